"""Figures of agreements that anyone can look up, as they come out of the encodings."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement, InZones, NearLine, Reading
from pamiers.agreement.schedule import bind
from pamiers.app.agreement_files import agreement_texts

SARAJEVO = ZoneInfo("Europe/Sarajevo")
TRANSFER = datetime(1995, 12, 20, 11, 0, tzinfo=SARAJEVO)
MINUTE = timedelta(minutes=1)


@cache
def loaded(name: str) -> Agreement:
    return load_agreement(agreement_texts(name))


@cache
def dayton(transfer: datetime | None = TRANSFER) -> Agreement:
    happened = {} if transfer is None else {"D": transfer}
    return bind(loaded("dayton-1a-1995"), happened)


def last_day(reading: Reading) -> date:
    assert reading.by_at is not None
    return (reading.by_at - MINUTE).astimezone(SARAJEVO).date()


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("sarajevo-positions", date(1995, 12, 27)),
        ("phase-1", date(1996, 1, 19)),
        ("armed-civilians", date(1996, 1, 19)),
        ("sarajevo-complete", date(1996, 1, 19)),
        ("phase-2", date(1996, 2, 3)),
        ("phase-3", date(1996, 4, 18)),
        ("talks", date(1995, 12, 21)),
        ("measures", date(1996, 1, 28)),
    ],
)
def test_dayton_ends_its_duties_on_the_days_of_the_handbook(
    clause: str, day: date
) -> None:
    assert last_day(dayton().clause(clause).default) == day


def test_dayton_has_foreign_forces_out_by_13_january() -> None:
    begins = dayton().clause("foreign-forces").default.from_at
    assert begins == datetime(1996, 1, 14, tzinfo=SARAJEVO)


def test_dayton_reads_the_day_of_entry_in_two_ways() -> None:
    until = {each.id: each.until_at for each in dayton().clause("wait-srpska").readings}
    assert until == {
        "day-90": datetime(1996, 3, 19, tzinfo=SARAJEVO),
        "day-91": datetime(1996, 3, 20, tzinfo=SARAJEVO),
    }


def test_dayton_counts_from_the_event_and_not_from_a_date() -> None:
    later = dayton(TRANSFER + timedelta(days=3))
    assert last_day(later.clause("phase-1").default) == date(1996, 1, 22)
    assert dayton(None).clause("phase-1").default.by_at is None


def test_dayton_moves_its_zone_with_the_line() -> None:
    zone = dayton().zones["zos"]
    before, after = (zone.at(datetime(1996, month, 1, tzinfo=UTC)) for month in (2, 3))
    assert before is not None
    assert after is not None
    mrkonjic_north = ([17.25], [44.5])
    assert before.contains(*mrkonjic_north)[0]
    assert not after.contains(*mrkonjic_north)[0]


@pytest.mark.parametrize(
    ("name", "clause", "most", "bearers"),
    [
        ("israel-syria-1974", "near-brigades", 2, ("israel", "syria")),
        ("israel-syria-1974", "near-men", 6_000, ("israel", "syria")),
        ("israel-syria-1974", "near-tanks", 75, ("israel", "syria")),
        ("israel-syria-1974", "near-guns", 36, ("israel", "syria")),
        ("israel-syria-1974", "middle-artillery", 162, ("israel", "syria")),
        ("israel-syria-1974", "undof-strength", 1_250, ("undof",)),
        ("egypt-israel-1979", "a-division", 1, ("egypt",)),
        ("egypt-israel-1979", "a-personnel", 22_000, ("egypt",)),
        ("egypt-israel-1979", "b-battalions", 4, ("egypt",)),
        ("egypt-israel-1979", "d-battalions", 4, ("israel",)),
    ],
)
def test_a_ceiling_is_what_the_source_says(
    name: str, clause: str, most: float, bearers: tuple[str, ...]
) -> None:
    reading = loaded(name).clause(clause).default
    assert reading.bound is not None
    assert (reading.bound.most, reading.bearers) == (most, bearers)


@pytest.mark.parametrize(
    ("exemption", "number"), [("border-guards-2005", 750), ("troops-2011", 3_500)]
)
def test_egypt_and_israel_agreed_to_exceptions(exemption: str, number: float) -> None:
    clause = loaded("egypt-israel-1979").clause("c-no-forces")
    (found,) = [each for each in clause.unless if each.id == exemption]
    assert found.up_to == number
    assert found.from_at is not None


@pytest.mark.parametrize(
    ("clause", "watched", "zones"),
    [
        ("near-tanks", ("inspections",), ("near",)),
        ("middle-artillery", ("air",), ("middle",)),
        ("no-sam-25", ("inspections", "air"), ("whole",)),
    ],
)
def test_two_verifiers_watch_two_bands(
    clause: str, watched: tuple[str, ...], zones: tuple[str, ...]
) -> None:
    found = loaded("israel-syria-1974").clause(clause)
    assert found.watched_by == watched
    assert found.default.where == InZones(zones)


def test_the_limits_of_syria_are_for_few_to_read() -> None:
    found = loaded("israel-syria-1974")
    assert found.clause("near-tanks").visibility == "restricted"
    assert found.clause("ceasefire").visibility == "public"


@pytest.mark.parametrize(
    ("clause", "distances_km"),
    [
        ("memorandum-4-15-km", {15}),
        ("memorandum-4-mt-12", {9}),
        ("memorandum-4-mortars", {8, 15}),
        ("package-2-artillery", {25, 50}),
        ("package-2-mlrs", {35, 70}),
        ("package-2-mlrs-long", {70, 140}),
        ("addendum-tanks", {15}),
        ("addendum-light", {15}),
    ],
)
def test_minsk_withdraws_so_far_under_some_reading(
    clause: str, distances_km: set[float]
) -> None:
    readings = loaded("minsk-2014-2020").clause(clause).readings
    wheres = [each.where for each in readings if isinstance(each.where, NearLine)]
    assert {where.distance_m / 1000 for where in wheres} == distances_km
