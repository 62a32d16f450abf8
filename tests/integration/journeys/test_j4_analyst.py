"""J4: an analyst in a notebook. Steps as in docs/reference/journeys.md."""

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pytest

import pamiers
from pamiers.app.notebook import Analysis, CoverageWarning
from tests.integration.program import DONBAS, answer, run

pd = pytest.importorskip("pandas")
np = pytest.importorskip("numpy")
geopandas = pytest.importorskip("geopandas")
pytestmark = pytest.mark.integration
DAY = "2020-07-28"
HEADER = "source,key,start,end,lat,lon,radius_m,kind,count,region,text\n"
ROWS = (
    f"osce,in,{DAY}T06:00Z,{DAY}T06:05Z,48.0,37.8,1000,explosion,6,Donetsk,canary\n"
    f"osce,out,{DAY}T10:00Z,{DAY}T10:05Z,48.0,37.8,1000,explosion,10,Donetsk,\n"
)
LATE = f"osce,late,{DAY}T12:00Z,{DAY}T12:05Z,48.1,37.9,1000,shot,1,Donetsk,\n"
WATCHED = (
    f"source,key,start,end,status,region\nosce,w,{DAY}T05:00Z,{DAY}T07:00Z,"
    "observed,Donetsk\n"
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """J4.1: a record opened by one line, without a network."""
    home = tmp_path_factory.mktemp("analyst")
    folder, rows, watch = home / "m", home / "a.csv", home / "w.csv"
    answer("init", folder, "--agreement", DONBAS)
    rows.write_text(HEADER + ROWS)
    watch.write_text(WATCHED)
    mapping = home / "coverage.yaml"
    mapping.write_text("row: coverage\n")
    answer("ingest", folder, rows, "--format", "pamiers-csv")
    asked = ("--format", "pamiers-csv", "--mapping", mapping)
    answer("ingest", folder, watch, *asked)
    answer("fuse", folder)
    answer("assess", folder)
    return pamiers.open(folder)


def test_2_incidents_have_places_aware_times_units_and_a_dictionary(
    record: Analysis,
) -> None:
    found = record.incidents(since=DAY, sector="Donetsk region")
    assert len(found) >= 2
    assert str(found.crs) == "EPSG:4326"
    assert str(found["start"].dt.tz) == "UTC"
    assert "radius_m" in found.columns
    assert found.attrs["units"]["radius_m"] == "metre"
    assert set(record.schema().index) == set(found.columns) - {"geometry"}


def test_3_a_rate_rests_on_hours_watched_and_warns_where_they_are_few(
    record: Analysis,
) -> None:
    assert len(record.coverage()) == 1
    with pytest.warns(CoverageWarning, match="fewer eyes"):
        found = record.rate(by="day")
    assert found["watched_h"].max() == pytest.approx(2.0, abs=0.01)


def test_4_and_5_a_day_is_as_it_was_known_and_what_was_added_is_listed(
    record: Analysis,
) -> None:
    before = max(record.incidents()["start"]).isoformat()  # long before it was recorded
    assert len(record.as_of(before).incidents()) == 0
    known = max(pd.Timestamp.now(tz="UTC"), pd.Timestamp(before)).isoformat()
    first, again = (record.as_of(known).incidents() for _ in range(2))
    assert first.equals(again)
    assert first.equals(record.incidents())
    changed = record.compare(before)
    assert len(changed) == len(record.incidents())


def test_4_a_published_report_is_made_again_to_the_byte(record: Analysis) -> None:
    """What was added since changes nothing of it; another word of it is told."""
    paper = record.folder.parent / "published.json"
    run("report", record.folder, "--day", DAY, "--format", "json", "-o", paper)
    assert record.reproduce(paper).same
    late = {
        **dict(zip(HEADER.strip().split(","), LATE.strip().split(","), strict=True))
    }
    record.ingest(pd.DataFrame([{**late, "key": "after"}]))
    again = record.reproduce(paper)
    assert again.same
    assert again.published == hashlib.sha256(paper.read_bytes()).hexdigest()
    told = again.values["incidents"]
    assert set(again.incidents["key"]) == {each["key"] for each in told} != set()
    assert len(record.incidents()) > len(told)
    known = again.values["header"]["generated_at"]
    frame = record.as_of(known).incidents(since=DAY)
    assert {*again.incidents["key"]} <= {*frame["key"]}
    other = record.folder.parent / "other.json"
    other.write_bytes(paper.read_bytes().replace(b'"probability"', b'"probabilita"', 1))
    assert not record.reproduce(other).same
    other.write_bytes(
        paper.read_bytes().replace(again.values["header"]["head"].encode(), b"0" * 64)
    )
    assert record.reproduce(other).again == ""


def test_6_a_finding_is_explained_and_an_incident_drawn(record: Analysis) -> None:
    finding = (
        next(iter(record.findings()["key"]))
        if "key" in record.findings()
        else (record.findings().index[0])
    )
    assert str(record.explain(str(finding)))
    incident = record.incidents()
    key = incident["key"].iloc[0] if "key" in incident else incident.index[0]
    assert "<svg" in record.explain(str(key)).plot()._repr_svg_()


def test_7_rows_of_a_frame_are_filed_and_ambiguous_dates_set_aside(
    record: Analysis,
) -> None:
    good = dict(zip(HEADER.strip().split(","), LATE.strip().split(","), strict=True))
    wrong = {
        **good,
        "key": "vague",
        "start": "03/04/2020 10:00",
        "end": "03/04/2020 11:00",
    }
    held = record.ingest(pd.DataFrame([good, wrong]))
    assert len(held) == 1
    assert held["row"].tolist() == [2]
    assert held["remedy"].iloc[0].endswith(".")
    assert record.ingest(pd.DataFrame([good])).empty


def many(n: int) -> Any:  # noqa: ANN401 - a data frame
    """Return a frame of observations of five minutes, one a minute."""
    chance = np.random.default_rng(8)
    start = pd.Timestamp(f"{DAY}T00:00Z") + pd.to_timedelta(np.arange(n) * 60, "s")
    return pd.DataFrame(
        {
            "source": "osce",
            "key": [f"m{at:07}" for at in range(n)],
            "start": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "end": (start + pd.Timedelta("5min")).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lat": chance.uniform(47.5, 48.5, n).round(4),
            "lon": chance.uniform(37.5, 38.5, n).round(4),
            "radius_m": 1000,
            "kind": "explosion",
            "count": 1,
        }
    )


def test_8_many_observations_are_filed_loaded_and_chosen(tmp_path: Path) -> None:
    """J4.8: as many as `PAMIERS_ROWS` says; a million within the times of the list."""
    n = int(os.environ.get("PAMIERS_ROWS", "20000"))
    folder, kept, took = tmp_path / "m", tmp_path / "kept.parquet", {}
    answer("init", folder, "--agreement", DONBAS)
    of_many = pamiers.open(folder, edition="commission")
    begun = time.monotonic()
    assert of_many.ingest(many(n)).empty
    took["filed"] = time.monotonic() - begun
    begun = time.monotonic()
    of_many.observations().to_parquet(kept)
    took["kept as Parquet"] = time.monotonic() - begun
    begun = time.monotonic()
    loaded = geopandas.read_parquet(kept)
    took["loaded"] = time.monotonic() - begun
    assert len(loaded) == n
    begun = time.monotonic()
    middle = loaded["start"].iloc[n // 2]
    chosen = loaded[(loaded["start"] >= middle) & (loaded["kind"] == "explosion")]
    took["chosen"] = time.monotonic() - begun
    assert len(chosen) == n - n // 2
    begun = time.monotonic()
    assert len(of_many.observations(since=middle.isoformat())) >= len(chosen)
    took["asked of the record"] = time.monotonic() - begun
    print({name: round(each, 2) for name, each in took.items()})  # noqa: T201 - a measure
    if n >= 1_000_000:
        assert took["loaded"] < 5
        assert took["chosen"] < 0.5


def test_9_confidential_columns_are_absent(record: Analysis) -> None:
    assert "text" not in record.observations().columns
    closed = pamiers.open(record.folder, edition="commission").observations()
    assert "canary" in set(closed["text"])


def test_10_a_citation_names_version_edition_and_head(record: Analysis) -> None:
    said = record.cite()
    assert answer("status", record.folder)["head"] in said
    assert "public edition" in said
    assert "pamiers " in said
