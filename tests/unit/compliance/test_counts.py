# ruff: noqa: ANN401 - fields of a row are of every type
"""Numbers: too few only once the time is over, and never by what nobody watched."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from math import comb
from typing import Any

import pytest

from pamiers.agreement.model import (
    Bound,
    InZones,
    Matter,
    Reading,
    Subject,
    Verb,
    Window,
)
from pamiers.compliance.assess import assess
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.rows import Incident, Tally
from pamiers.core.table import table_of
from tests.unit.compliance.small import (
    KNOWN,
    NOON,
    PERIOD,
    START,
    agreement,
    clause,
    coverage,
    incident,
    reading,
    world,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MONTH = Bound(least=2.0, per=Window(calendar="month"))
SECOND_OF_AUGUST = Interval(START + DAY, START + 2 * DAY)
END_OF_AUGUST = Interval(START + 31 * DAY, START + 32 * DAY)


def judged(given: Reading, known: World, verb: Verb, **more: Any) -> Finding:
    rule = clause(given, verb=verb)
    period, at = more.get("period", PERIOD), KNOWN + 30 * DAY
    found = assess(agreement(rule), known, period, at)
    return next(f for f in found if f.party in {None, "A"})


def said(found: Finding) -> tuple[Verdict, Why]:
    return found.verdict, found.why


def watch(**more: Any) -> Any:
    given = {"start": START - 60 * DAY, "end": START + 90 * DAY}
    return coverage("all", **{**given, **more})


def tally(key: str, count: int, at: datetime) -> Tally:
    return Tally(
        source="un",
        key=key,
        start=at,
        end=at + HOUR,
        of="persons",
        status="released",
        count=count,
        party="A",
        place="west",
    )


def flow(bound: Bound = MONTH) -> Reading:
    return reading(
        subject=Subject.STOCK,
        kinds=(),
        bearers=("A",),
        status="released",
        where=InZones(("west",)),
        bound=Bound(least=bound.least, per=bound.per, unit="persons"),
    )


def counted(*rows: Tally, watched: bool = True) -> World:
    known = world(coverage=[watch(watched="person_presence")] if watched else [])
    return World(
        incidents=known.incidents,
        coverage=known.coverage,
        totals=known.totals,
        statements=known.statements,
        tallies=table_of("tally", rows),
        sources={},
    )


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (SECOND_OF_AUGUST, (Verdict.UNDETERMINED, Why.PENDING)),
        (END_OF_AUGUST, (Verdict.BREACHED, Why.SHORT)),
    ],
)
def test_too_few_released_in_a_month_is_said_when_it_is_over(
    period: Interval, expected: tuple[Verdict, Why]
) -> None:
    known = counted(tally("one", 1, NOON))
    assert said(judged(flow(), known, Verb.AT_LEAST, period=period)) == expected


def test_enough_released_is_kept_before_the_month_is_over() -> None:
    known = counted(tally("two", 2, NOON - HOUR))
    found = judged(flow(), known, Verb.AT_LEAST, period=SECOND_OF_AUGUST)
    assert found.verdict is Verdict.KEPT


@pytest.mark.parametrize(
    ("watched", "expected"), [(True, Verdict.BREACHED), (False, Verdict.UNOBSERVED)]
)
def test_a_release_that_nobody_counted_is_never_kept(
    watched: bool,  # noqa: FBT001 - a case of the table
    expected: Verdict,
) -> None:
    found = judged(
        flow(), counted(watched=watched), Verb.AT_LEAST, period=END_OF_AUGUST
    )
    assert found.verdict is expected


@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_of_a_ceiling_that_binds_from_tomorrow_nothing_is_known_today(
    unit: str,
) -> None:
    """What is told of a time that goes on into it is in no window that has begun."""
    ceiling = replace(
        flow(), bound=Bound(most=2.0, unit="persons", per=Window(calendar=unit))
    )
    begins = replace(ceiling, from_at=NOON + 6 * HOUR)
    told = replace(tally("one", 5, NOON - 3 * DAY), end=NOON + 8 * HOUR)
    (found,) = assess(
        agreement(clause(begins, verb=Verb.AT_MOST), cut_off=time(0, 0)),
        counted(told),
        Interval(NOON - 12 * HOUR, NOON + 12 * HOUR),
        NOON,
    )
    assert said(found) == (Verdict.UNDETERMINED, Why.PENDING)
    assert found.evidence == ()


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (2, (Verdict.UNDETERMINED, Why.CONFLICT)),
        (1, (Verdict.BREACHED, Why.LATE)),
    ],
)
def test_rivals_of_whom_one_counted_enough_in_time_leave_it_open(
    first: int, expected: tuple[Verdict, Why]
) -> None:
    owed = replace(flow(), bound=Bound(least=2.0, unit="persons"), by_at=NOON)
    one = tally("one", first, NOON - 3 * HOUR)
    other = replace(tally("other", 1, NOON - 5 * HOUR), source="icrc")
    late = tally("late", 1, NOON + HOUR)
    more = replace(tally("more", 1, NOON + HOUR), source="icrc")
    known = counted(one, other, late, more)
    assert said(judged(owed, known, Verb.AT_LEAST)) == expected


def sighted(name: str, start: datetime, **more: Any) -> Incident:
    given = {"kind": "person_presence", "actor": "A", "end": start + HOUR, "count": 5}
    return incident(name, start=start, **{**given, **more})


def test_guards_surely_enough_but_not_surely_seen_are_not_short() -> None:
    floor = reading(
        subject=Subject.STOCK,
        kinds=(),
        bearers=("A",),
        where=InZones(("west",)),
        bound=Bound(least=3.0, unit="persons"),
    )
    noon = PERIOD.start + (PERIOD.end - PERIOD.start) / 2
    for probability, expected in (
        (0.97, (Verdict.KEPT, Why.WATCHED)),
        (0.85, (Verdict.UNDETERMINED, Why.COUNT)),
    ):
        seen = [
            sighted("guards", PERIOD.start, end=noon, probability=probability),
            sighted("later", noon, probability=probability, end=PERIOD.end),
        ]
        found = judged(floor, world(seen, coverage=[watch()]), Verb.AT_LEAST)
        assert said(found) == expected
    none = judged(floor, world(coverage=[watch()]), Verb.AT_LEAST)
    assert said(none) == (Verdict.BREACHED, Why.SHORT)


@pytest.mark.parametrize(
    ("watched", "expected"), [(True, Verdict.KEPT), (False, Verdict.UNOBSERVED)]
)
def test_a_ratio_of_events_that_nobody_watched_is_unobserved(
    watched: bool,  # noqa: FBT001 - a case of the table
    expected: Verdict,
) -> None:
    west = InZones(("west",))
    given = reading(
        kinds=("burst",),
        where=west,
        bearers=("A",),
        bound=Bound(most=1.0),
        other=Matter(subject=Subject.EVENT, kinds=("explosion",), where=west),
    )
    known = world(coverage=[watch()] if watched else [])
    assert judged(given, known, Verb.RATIO).verdict is expected


def test_of_twenty_unsure_shots_the_probability_is_exact() -> None:
    per = Window(seconds=86_400.0)
    rule = reading(bearers=("A",), bound=Bound(most=10.0, unit="events", per=per))
    end = NOON + timedelta(minutes=1)
    shots = [
        incident(f"{i:02}", start=NOON, end=end, actor="A", probability=0.5)
        for i in range(20)
    ]
    found = judged(rule, world(shots), Verb.AT_MOST)
    wanted = sum(comb(20, k) for k in range(11, 21)) / 2**20
    assert said(found) == (Verdict.UNDETERMINED, Why.COUNT)
    assert found.probability_low == pytest.approx(wanted, abs=1e-9)
    assert found.probability_high == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(
    ("unit", "of", "came"),
    [
        ("items", "heavy", (Verdict.UNDETERMINED, Why.PARTIAL_COVERAGE)),
        ("persons", "persons", (Verdict.KEPT, Why.COUNTED)),
    ],
)
def test_no_count_of_one_class_keeps_a_ceiling_on_anything(
    unit: str, of: str, came: tuple[Verdict, Why]
) -> None:
    given = reading(
        subject=Subject.STOCK,
        kinds=(),
        bearers=("A",),
        where=InZones(("west",)),
        bound=Bound(most=20.0, unit=unit),
    )
    row = replace(
        tally("few", 12, START - HOUR),
        of=of,
        status="present",
        party="A",
        place="west",
    )
    known = replace(world(), tallies=table_of("tally", (row,)))
    assert said(judged(given, known, Verb.AT_MOST)) == came
