"""The bundled agreements: one that runs, one that must not."""

import json
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely

from pamiers.agreement import (
    Mandate,
    NearLine,
    Read,
    check,
    from_dict,
    load_agreement,
    read,
    show,
    to_dict,
)
from pamiers.agreement.model import Agreement
from pamiers.agreement.zones import Line
from pamiers.app.agreement_files import agreement_texts, bundled
from pamiers.core.instant import format_instant
from tests.shared import ROOT, SHARED, needs_shared

#: towns held by the armed formations, and by the Government, in 2015-2022
THEIRS = {
    "Donetsk": (37.802, 48.003),
    "Horlivka": (38.05, 48.3),
    "Luhansk": (39.306, 48.568),
    "Debaltseve": (38.403, 48.336),
    "Novoazovsk": (38.086, 47.114),
}
OURS = {
    "Avdiivka": (37.75, 48.14),
    "Marinka": (37.505, 47.945),
    "Shyrokyne": (37.818, 47.098),
    "Popasna": (38.371, 48.632),
    "Svitlodarsk": (38.223, 48.434),
    "Stanytsia Luhanska": (39.484, 48.662),
    "Mariupol": (37.541, 47.095),
}
TO_THE_EAST = [(40.5, 48.5), (40.5, 46.0), (37.87, 46.0)]


@cache
def bundle(name: str) -> Read:
    return check(read(agreement_texts(name)))


@cache
def donbas() -> Agreement:
    return load_agreement(agreement_texts("donbas-2020"))


def test_both_are_bundled() -> None:
    assert {"donbas-2020", "paris-2026"} <= set(bundled())


@pytest.mark.parametrize("name", ["donbas-2020", "paris-2026"])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_both_are_shown_and_survive_a_round_trip(name: str, language: str) -> None:
    written = bundle(name).written
    assert written is not None
    assert max(map(len, show(written, language).splitlines())) <= 80
    again = from_dict(json.loads(json.dumps(to_dict(written)))).written
    assert again == written


def test_donbas_runs_with_nothing_but_warnings() -> None:
    found = bundle("donbas-2020")
    assert found.runnable
    assert {each.severity for each in found.complaints} == {"warning"}


def test_donbas_does_not_attribute_and_binds_two_parties() -> None:
    assert donbas().mandate is Mandate.FORBIDDEN
    assert donbas().party_ids == ("ua", "cadlr")
    assert (donbas().time_zone, f"{donbas().cut_off:%H:%M}") == ("Europe/Kyiv", "19:30")


@pytest.mark.parametrize(
    ("clause", "instant"),
    [
        ("package-1-ceasefire", "2015-02-14T22:00:00Z"),
        ("measures-fire", "2020-07-26T21:01:00Z"),
        ("measures-aerial", "2020-07-26T21:01:00Z"),
        ("package-3-access", "2015-02-15T22:00:00Z"),
    ],
)
def test_donbas_begins_when_the_texts_say(clause: str, instant: str) -> None:
    from_at = donbas().clause(clause).default.from_at
    assert from_at is not None
    assert format_instant(from_at) == instant


@pytest.mark.parametrize(
    ("clause", "widths"),
    [
        ("package-2-artillery", {25_000.0, 50_000.0}),
        ("package-2-mlrs", {35_000.0, 70_000.0}),
        ("package-2-mlrs-long", {70_000.0, 140_000.0}),
        ("addendum-tanks", {15_000.0}),
    ],
)
def test_donbas_withdrawals_are_read_in_every_way(
    clause: str, widths: set[float]
) -> None:
    readings = donbas().clause(clause).readings
    wheres = [each.where for each in readings if isinstance(each.where, NearLine)]
    assert {where.distance_m for where in wheres} == widths
    assert len(readings) == 2 * len(widths)


def test_donbas_measures_each_side_from_its_own_line() -> None:
    where = donbas().clause("package-2-artillery").default.where
    assert isinstance(where, NearLine)
    assert where.lines == {"ua": "contact", "cadlr": "line-2014"}


def test_donbas_permits_return_fire_only_after_coordination() -> None:
    (exemption,) = donbas().clause("measures-fire").unless
    assert exemption.after_tried == "coordination"
    assert exemption.in_answer_to == ("offensive_action",)
    assert exemption.ordered_by is not None


@pytest.mark.parametrize(
    ("kind", "calibre_mm", "system", "classes"),
    [
        ("howitzer", 122, "D-30", {"artillery-100", "heavy"}),
        ("gun", 85, None, {"artillery-light"}),
        ("mlrs", 122, "BM-21 Grad", {"mlrs", "heavy"}),
        ("mlrs", 220, "BM-27 Uragan", {"mlrs-long", "heavy"}),
        ("missile", None, "Tochka-U", {"mlrs-long", "heavy"}),
        ("mortar", 82, None, {"mortars-120", "heavy"}),
        ("tank", 125, "T-72", {"tanks", "heavy"}),
        ("apc", None, "BTR-80", set()),
    ],
)
def test_donbas_classes(
    kind: str, calibre_mm: float | None, system: str | None, classes: set[str]
) -> None:
    found = {
        name
        for name, each in donbas().classes.items()
        if each.holds(kind=kind, calibre_mm=calibre_mm, system=system)
    }
    assert found == classes


@pytest.mark.parametrize("town", [*THEIRS, *OURS])
def test_the_line_has_each_town_on_its_side(town: str) -> None:
    line = shapely.get_coordinates(donbas().lines["contact"].shape)
    theirs = shapely.Polygon([*line.tolist(), *TO_THE_EAST])
    assert theirs.is_valid
    assert theirs.contains(shapely.Point(*{**THEIRS, **OURS}[town])) == (town in THEIRS)


@pytest.mark.parametrize(
    ("town", "sector"),
    [
        *((name, "donetsk") for name in ("Donetsk", "Horlivka", "Debaltseve")),
        *((name, "donetsk") for name in ("Mariupol", "Avdiivka", "Svitlodarsk")),
        *((name, "luhansk") for name in ("Luhansk", "Popasna", "Stanytsia Luhanska")),
    ],
)
def test_each_town_lies_in_one_sector(town: str, sector: str) -> None:
    lon, lat = {**THEIRS, **OURS}[town]
    inside = [s.id for s in donbas().sectors if s.zone.contains([lon], [lat])[0]]
    assert inside == [sector]


def reference_line() -> Line:
    (file,) = (SHARED / "data" / "contact_line").glob("*.geojson")
    collection: dict[str, Any] = json.loads(file.read_text())
    geometry = json.dumps(collection["features"][1]["geometry"])
    return Line(id="reference", title={}, shape=shapely.from_geojson(geometry))


@needs_shared
def test_the_line_is_as_near_the_reference_as_its_tolerance_says() -> None:
    drawn = donbas().lines["contact"]
    points = shapely.get_coordinates(shapely.segmentize(drawn.shape, 0.01))
    away = reference_line().distance_m(points[:, 0], points[:, 1])
    assert np.median(away) < 1_500
    assert np.percentile(away, 95) < drawn.tolerance_m


def test_paris_names_what_is_missing_and_never_runs() -> None:
    found = bundle("paris-2026")
    assert not found.runnable
    told = {each.code: each for each in found.complaints}
    assert told["L-UNSIGNED-ROLE"].path == "roles.lead-monitor.held_by"
    assert told["L-NO-CLAUSES"].path == "clauses"
    assert told["L-NO-ZONE"].path == "zones"
    assert told["L-NO-RULE"].path == "roles.special-commission.decides_by"
    assert "L-BLANK" in told
    assert "L-STEP-TRIGGER" in told


def test_paris_names_both_rival_sources() -> None:
    (found,) = [
        c for c in bundle("paris-2026").complaints if c.code == "L-UNSIGNED-ROLE"
    ]
    assert "politico" in found.message
    assert "online-ua" in found.message


def test_paris_shows_the_rival_claims_and_the_cap() -> None:
    written = bundle("paris-2026").written
    assert written is not None
    text = show(written)
    assert "did not sign" in text
    assert "up to 30,000 persons" in " ".join(text.split())
    assert text.count("United States of") >= 2


def test_the_reference_names_every_bundled_agreement() -> None:
    page = (ROOT / "docs" / "reference" / "agreements.md").read_text(encoding="utf-8")
    assert [name for name in bundled() if f"| `{name}` |" not in page] == []
