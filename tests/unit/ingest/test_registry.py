"""Formats are found by name, by what a file begins with, and without metadata."""

from importlib.metadata import EntryPoints

import pytest

from pamiers.core.errors import UnknownTermError
from pamiers.ingest import registry

HEADS = {
    "pamiers-csv": b"key,time,lat,lon,kind\n",
    "claims-csv": b"ref,date,complete_day,claimant,accused,region\n",
    "counts-csv": b"report,issued,donetsk_violations,donetsk_explosions\n",
    "ucdp-ged": b"id,relid,year,type_of_violence,where_prec,date_prec,best\n",
    "odk": b'[{"_uuid": "a"}]',
    "geojson": b'{"type": "FeatureCollection", "features": []}',
}


@pytest.mark.parametrize("name", HEADS)
def test_a_format_knows_its_own_beginning_only(name: str) -> None:
    found = registry.get(name)
    assert found.name == name
    assert [each for each in HEADS if found.detect(HEADS[each])] == [name]


def test_nothing_is_detected_in_nothing() -> None:
    assert registry.detect(b"") == ()


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownTermError, match="geojson"):
        registry.get("xlsx")


def test_stale_metadata_hides_no_built_in_format(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "entry_points", lambda group: EntryPoints())  # noqa: ARG005
    assert set(registry.names()) == {*HEADS, "smm-report"}
    assert registry.get("geojson").name == "geojson"
