"""Approximate figures, sums of money, shares, times in office, duties in step."""

from datetime import UTC, datetime, timedelta

import pytest

from pamiers.agreement import Agreement, load_agreement, show
from pamiers.agreement.schedule import bind, life_end
from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.quantity import UNITS
from tests.unit.agreement.small import checked, codes, complaint, texts

FORBID = "forbid: {event: fire, in: strip}"
HELD = "held_by: club, created_by: truce, tasks: [observe]"
D = datetime(2026, 2, 28, 22, tzinfo=UTC)
DAY = timedelta(days=1)
#: by the wall clock; clocks in Kyiv go forward on 29 March
DAY_90 = datetime(2026, 5, 29, 21, tzinfo=UTC)
DUTY = "oblige: {event: movement}\n    deadline: D + 20 d"


def loaded(*changes: tuple[str, str]) -> Agreement:
    return load_agreement(texts(*changes))


def test_an_approximate_ceiling_has_a_reading_for_each_tolerance() -> None:
    verb = "at_most: {n: about 300 persons, tolerance: [5 %, 12.5 %], in: strip}"
    found = loaded((FORBID, verb)).clause("quiet")
    told = [(r.id, r.bound and r.bound.most) for r in found.readings]
    assert told == [("about-5", 315.0), ("about-12_5", 337.5)]
    assert [r.answers[0]["en"] for r in found.readings] == [
        "give or take 5 %",
        "give or take 12.5 %",
    ]
    assert [r.answers[0]["uk"] for r in found.readings][1] == "плюс-мінус 12,5 %"
    assert len(found.questions) == 1


def test_an_approximate_floor_gives_way_downwards_and_an_exact_one_does_not() -> None:
    verb = "at_least: {n: about 300 persons, tolerance: 10 %, in: strip}"
    found = loaded((FORBID, verb)).clause("quiet").default
    assert found.bound is not None
    assert (found.bound.least, found.bound.most) == (270.0, None)
    exact = loaded((FORBID, "at_least: {n: 300 persons, in: strip}")).clause("quiet")
    assert [r.id for r in exact.readings] == ["as-written"]
    assert exact.questions == ()


def test_tolerances_multiply_with_other_answers_and_counters() -> None:
    verb = (
        "at_most: {n: about 10, tolerance: [10 %, 20 %], of: big, "
        "counters: [club, sage]}\n"
        "    readings: [{question: Where?, options: {a: {says: strip, in: strip}, "
        "b: {says: anywhere}}}]"
    )
    ids = [each.id for each in loaded((FORBID, verb)).clause("quiet").readings]
    assert ids[:3] == ["a+club+about-10", "a+club+about-20", "a+sage+about-10"]
    assert len(ids) == len(set(ids)) == 8


def test_an_amendment_with_an_exact_figure_ends_the_doubt() -> None:
    verb = (
        "at_most: {n: about 100, tolerance: 10 %, of: big}\n"
        "    amended: {instrument: truce, on: D + 30 d, n: 90}"
    )
    found = loaded((FORBID, verb)).clause("quiet").readings
    assert [each.bound and each.bound.most for each in found] == [110.0, 90.0]


def test_money_is_counted_in_its_own_currency() -> None:
    verb = "at_least: {n: 10000000 PGK, event: movement, per: calendar year}"
    found = loaded((FORBID, verb)).clause("quiet").default
    assert found.bound is not None
    assert (found.bound.least, found.bound.unit) == (10_000_000.0, "PGK")
    written = checked((FORBID, verb)).written
    assert written is not None
    assert "10,000,000 PGK" in show(written)
    assert UNITS["USD"][0] != UNITS["EUR"][0]


@pytest.mark.parametrize(
    ("figure", "remedy"),
    [
        ("30 %", "a ratio"),
        ("'10,000 persons'", "all its digits"),
        ("94 million USD", "all its digits"),
        ("approx. 300 persons", "'about 300 persons'"),
        ("7000 to 8000 persons", "two clauses"),
        ("300 men", "'300 persons'"),
        ("300 widgets", "persons, items, events"),
        ("[1, 2]", "a number"),
    ],
)
def test_a_figure_that_is_not_read_says_what_to_write(figure: str, remedy: str) -> None:
    found = complaint("F-SCHEMA-TYPE", (FORBID, f"at_most: {{n: {figure}}}"))
    assert remedy in found.remedy


def test_a_share_is_due_by_its_deadline_and_counted_from_the_beginning() -> None:
    verb = (
        "ratio: {of: {of: big, status: accepted}, to: {of: big, status: declared}, "
        "at_least: 30 %}\n    deadline: D + 90 d"
    )
    found = loaded((FORBID, verb)).clause("quiet").default
    assert found.bound is not None
    assert found.bound.least == 0.3
    assert (found.from_at, found.since_at) == (DAY_90, D)


def test_feet_and_miles_are_lengths() -> None:
    verb = 'forbid: {event: flight, where: "altitude < 5000 ft"}'
    assert checked((FORBID, verb)).runnable
    assert UNITS["nmi"] == ("length", 1852.0)


def test_a_role_owes_nothing_before_its_mandate_between_terms_and_after() -> None:
    mandate = (
        f"{HELD}, mandate: [{{from: D + 1 d, lasts: 2 mo}}, "
        "{from: 2026-06-01T00:00+03:00, until: 2026-09-01T00:00+03:00}]"
    )
    theirs = ("bearer: each party", "bearer: monitor")
    agreement = bind(loaded((HELD, mandate), theirs), {})
    clause = agreement.clause("quiet")
    assert clause.default.from_at == D + DAY
    assert clause.default.until_at == datetime(2026, 8, 31, 21, tzinfo=UTC)
    (gap,) = clause.suspended
    assert gap.from_at == datetime(2026, 5, 1, 21, tzinfo=UTC)
    assert gap.until_at == datetime(2026, 5, 31, 21, tzinfo=UTC)
    assert not agreement.in_office("monitor", D)
    assert agreement.in_office("monitor", D + DAY)
    assert not agreement.in_office("monitor", datetime(2026, 5, 15, tzinfo=UTC))
    assert agreement.in_office("umpire", D)


def test_duties_in_step_are_due_so_long_after_one_another() -> None:
    step = f"{DUTY}\n    alongside: {{clause: withdrawal, within: 3 d}}"
    gone = ("forbid: {state: presence, of: big,", "oblige: {state: absence, of: big,")
    both = (("from: D + 14 d", "from: D"), gone, (FORBID, step))
    agreement = loaded(*both)
    assert agreement.clause("quiet").default.by_at == D + 20 * DAY
    done = bind(agreement, {"withdrawal done": D + 5 * DAY})
    assert done.clause("quiet").default.by_at == D + 8 * DAY
    written = checked(*both).written
    assert written is not None
    assert "at most 3 days after" in " ".join(show(written).split())


def test_a_term_is_extended_by_a_time_of_its_own_if_agreed_before_its_end() -> None:
    life = (
        "life: {from: D, lasts: 7 d, renewed_by: denunciation, extended: "
        "{on: D + 6 d, until: D + 12 d}}"
    )
    late = life.replace("on: D + 6 d", "on: D + 8 d")
    old = "life: {ended_by: denunciation}"
    assert life_end(loaded((old, life)), (), None) == D + 12 * DAY
    assert life_end(loaded((old, late)), (), None) == D + 7 * DAY


def test_days_of_work_and_of_rest_are_the_headings() -> None:
    calendar = Calendar(
        time_zone="Europe/Kyiv", holidays=(datetime(2026, 3, 9, tzinfo=UTC).date(),)
    )
    monday = datetime(2026, 3, 9, tzinfo=UTC).date()
    assert calendar.is_named(monday, "holidays")
    assert calendar.is_named(monday, "monday")
    assert not calendar.is_named(monday, "working days")
    assert calendar.is_named(monday + DAY, "working days")


def test_a_ban_that_ends_before_what_it_bans_is_due_can_be_kept() -> None:
    vote = (
        "  - {id: late, instrument: truce, bearer: north, from: D, deadline: D + 15 y,"
        " oblige: {event: movement}}\n"
        "  - {id: early, instrument: truce, bearer: north, from: D, until: D + 10 y,"
        " forbid: {event: movement}}\nmonitoring:\n"
    )
    for_ever = vote.replace(" until: D + 10 y,", "")
    assert "L-IMPOSSIBLE" not in codes(("monitoring:\n", vote))
    assert "L-IMPOSSIBLE" in codes(("monitoring:\n", for_ever))


def ceiling(name: str, n: int, where: str) -> str:
    return (
        f"  - {{id: {name}, instrument: truce, bearer: north, from: D, "
        f"at_most: {{n: {n}, of: big, in: {where}}}}}\n"
    )


@pytest.mark.parametrize(("inner", "told"), [(20, True), (5, False)])
def test_ceilings_are_compared_over_unions_of_zones(inner: int, told: bool) -> None:  # noqa: FBT001
    discs = (
        "  a: {around: {radius: 5 km, places: {p: '48.2 N, 37.2 E'}}}\n"
        "  b: {around: {radius: 5 km, places: {p: '48.8 N, 37.8 E'}}}\nlines:\n"
    )
    both = ceiling("inner", inner, "[a, b]") + ceiling("outer", 10, "strip")
    found = codes(("lines:\n", discs), ("monitoring:\n", f"{both}monitoring:\n"))
    assert ("L-CEILINGS" in found) == told


def test_a_list_where_one_value_stands_is_told_to_become_entries() -> None:
    pledge = "pledges: [{id: a, by: north, of: aid, source: [gazette, herald]}]\n"
    found = complaint("F-SCHEMA-TYPE", ("clauses:\n", f"{pledge}clauses:\n"))
    assert "an entry of its own" in found.remedy


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((HELD, f"{HELD}, mandate: {{from: D, until: D - 3 d}}"), "Q-TIME-ORDER"),
        (
            (HELD, f"{HELD}, mandate: [{{from: D, lasts: 2 mo}}, {{from: D + 9 d}}]"),
            "Q-TIME-ORDER",
        ),
        ((HELD, f"{HELD}, mandate: {{from: Q, lasts: 2 mo}}"), "L-ANCHOR"),
        (
            (FORBID, f"{DUTY}\n    alongside: {{clause: withdrawal, within: 2 d}}"),
            "L-NEVER-DONE",
        ),
        (
            (FORBID, "at_most: {n: about 5, tolerance: [5 %, 5.0 %], of: big}"),
            "L-READINGS",
        ),
    ],
)
def test_terms_steps_and_tolerances_that_cannot_be_are_named(
    change: tuple[str, str], code: str
) -> None:
    assert code in codes(change)
