"""The Minsk texts as amending instruments, and what of them stood in July 2020."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from pamiers.agreement import check, load_agreement, read
from pamiers.agreement.model import Agreement, Clause, Reading
from pamiers.app.agreement_files import agreement_texts

KYIV = ZoneInfo("Europe/Kyiv")
MEASURES = datetime(2020, 7, 27, 0, 1, tzinfo=KYIV)
#: in force then as well, and no military term of 2015 to 2020: see its source.md
BESIDE = {
    *(f"protocol-{point}" for point in ("4-border", "5-prisoners")),
    *("memorandum-2-stop", "memorandum-5-south", "memorandum-6-no-mines"),
    *("memorandum-6-old-mines", "memorandum-8-monitors", "memorandum-8-sectors"),
    *("memorandum-9-foreign", "package-2-finish", "package-4-resolution"),
    *("package-5-amnesty", "package-6-prisoners", "package-7-aid"),
    *("package-8-links", "package-9-border", "package-10-foreign"),
    *("package-11-constitution", "package-12-elections", "addendum-start"),
    *("measures-inform", "measures-order-notified"),
}


@cache
def minsk() -> Agreement:
    return load_agreement(agreement_texts("minsk-2014-2020"))


@cache
def donbas() -> Agreement:
    return load_agreement(agreement_texts("donbas-2020"))


def in_force(agreement: Agreement, at: datetime) -> dict[str, Clause]:
    return {
        clause.id: clause
        for clause in agreement.clauses
        if any(reading.in_force(at) for reading in clause.readings)
    }


def test_what_stood_in_july_2020_is_donbas_2020() -> None:
    then = in_force(minsk(), MEASURES)
    short = in_force(donbas(), MEASURES)
    assert len(short) == len(donbas().clauses)
    assert {name: then[name] for name in short} == short
    assert set(then) - set(short) == BESIDE


def test_both_mean_the_same_weapons_lines_and_places() -> None:
    for name, each in donbas().classes.items():
        assert minsk().classes[name] == each
    for name, line in donbas().lines.items():
        assert minsk().lines[name].shape.equals(line.shape)
    for name, zone in donbas().zones.items():
        assert minsk().zones[name].shape.equals(zone.shape)


def versions(clause: str) -> list[Reading]:
    return list(minsk().clause(clause).readings)


@pytest.mark.parametrize(
    ("clause", "last"),
    [
        ("protocol-1-ceasefire", datetime(2015, 2, 15, tzinfo=KYIV)),
        ("memorandum-1-ceasefire", datetime(2015, 2, 15, tzinfo=KYIV)),
        ("memorandum-3-weapons", datetime(2015, 2, 15, tzinfo=KYIV)),
        ("memorandum-4-15-km", datetime(2015, 3, 1, tzinfo=KYIV)),
        ("memorandum-4-mt-12", datetime(2015, 3, 1, tzinfo=KYIV)),
        ("memorandum-7-air", MEASURES),
    ],
)
def test_a_later_text_ends_an_earlier_one(clause: str, last: datetime) -> None:
    ends = [each.until_at for each in versions(clause)]
    assert {end for end in ends if end is not None} >= {last}
    assert not any(each.in_force(last) for each in versions(clause))


def test_the_memorandum_made_the_ceasefire_general() -> None:
    amended = minsk().clause("protocol-1-ceasefire").amendments
    assert [each.instrument for each in amended] == ["memorandum-2014", "package-2015"]


def test_the_order_of_border_and_elections_is_read_both_ways() -> None:
    waits = {
        (clause, each.id): {need.clause for need in each.requires}
        for clause in ("package-9-border", "package-12-elections")
        for each in minsk().clause(clause).readings
    }
    assert "package-12-elections" in waits["package-9-border", "elections-first"]
    assert waits["package-9-border", "border-first"] == set()
    assert "package-9-border" in waits["package-12-elections", "border-first"]


def test_both_positions_on_the_order_stand() -> None:
    written = read(agreement_texts("minsk-2014-2020")).written
    assert written is not None
    assert {"elections-first", "border-first"} <= {
        getattr(each, "id", "") for each in written.statements
    }


def test_minsk_runs() -> None:
    assert check(read(agreement_texts("minsk-2014-2020"))).runnable
