"""`advance` on random records: total, deterministic, and the same by every way there.

The default is cheap; `make soak` draws many more (HYPOTHESIS_PROFILE).
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pamiers.procedure import KINDS, Case, Effect, Event, advance, fold
from pamiers.procedure.effects import effects_of
from pamiers.procedure.writing import from_dict, to_dict
from tests.property.procedure.drawn import START, procedures, records

LAST = timedelta(days=40)  #: after the last event, every time of a case has run out
JUMPS = (timedelta(hours=1), timedelta(days=1), timedelta(days=31))
Record = tuple[str, tuple[Event, ...]]


def whole(name: str, events: Iterable[Event], now: datetime) -> Case:
    return fold("c", procedures()[name], events, now)


def followed(
    name: str, arrivals: Sequence[tuple[datetime, Event | None]]
) -> tuple[Case, list[Effect]]:
    """Return a case that was followed arrival by arrival, and what it asked for."""
    case = Case(id="c", rules=procedures()[name])
    told: list[Effect] = []
    for now, event in arrivals:
        case, effects = advance(case, event, now)
        told += effects
    return case, told


def state_of(case: Case) -> tuple[object, ...]:
    return case.entries, case.log, case.standing, case.refused, case.due


def late_by(events: Sequence[Event], seed: int) -> list[tuple[datetime, Event]]:
    """Return events in an order of arrival of their own, none before it took place."""
    dice = random.Random(seed)  # noqa: S311 - a test's own dice
    came = [(e.at + timedelta(hours=dice.choice((0, 0, 2, 50))), e) for e in events]
    dice.shuffle(came)
    came.sort(key=lambda each: each[0])
    return [(at, replace(each, recorded_at=at)) for at, each in came]


@given(records())
def test_whatever_is_filed_the_case_goes_on_and_the_same_way(record: Record) -> None:
    name, events = record
    case = Case(id="c", rules=procedures()[name])
    for event in events:
        once, again = advance(case, event, event.at), advance(case, event, event.at)
        assert once == again
        case = once[0]
    assert {e.event for e in case.refused} <= set(events)


@given(records(), st.integers(0, 10**6))
def test_step_by_step_is_all_at_once_in_whatever_order(
    record: Record, seed: int
) -> None:
    name, events = record
    arrivals = late_by(events, seed)
    now = max(at for at, _ in arrivals) + LAST
    case, told = followed(name, [*arrivals, (now, None)])
    entries = [event for _, event in arrivals]
    random.Random(seed).shuffle(entries)  # noqa: S311 - a test's own dice
    at_once = whole(name, entries, now)
    assert state_of(case) == state_of(at_once)
    asked = effects_of("c", case.rules, at_once.standing, at_once.standing.log)
    assert {each.key for each in asked} <= {each.key for each in told}


@given(records(), st.sampled_from(JUMPS))
def test_however_the_clock_jumps_each_time_runs_out_once(
    record: Record, jump: timedelta
) -> None:
    name, events = record
    end = events[-1].at + LAST
    arrivals: list[tuple[datetime, Event | None]] = []
    now = START
    for event in events:
        # where the clock leaps over an event it is filed late, dated when it was
        while now < event.at:
            now += jump
            arrivals.append((now, None))
        arrivals.append((now, event))
    smooth, asked = followed(name, [*((e.at, e) for e in events), (end, None)])
    case, told = followed(name, [*arrivals, (max(end, now), None)])
    again = whole(name, events, max(end, now))
    assert case.log == again.log
    if now <= end:
        assert case.log == smooth.log
        final = {
            each.key
            for each in effects_of("c", case.rules, case.standing, case.standing.log)
        }
        assert final <= {each.key for each in told}
        assert final <= {each.key for each in asked}


@given(records())
def test_no_time_is_missed_nor_runs_out_twice(record: Record) -> None:
    name, events = record
    case = whole(name, events, events[-1].at + LAST)
    log = case.log
    assert [each.at for each in log] == sorted(each.at for each in log)
    assert len({each.identity for each in log}) == len(log)
    assert all(due.due_at >= (case.as_of or START) for due in case.due)
    lapses = Counter((e.round, e.what, e.key) for e in log if e.what in RUN_OUT)
    passed = Counter((e.round, e.key) for e in log if e.what == "passed")
    set_anew = Counter((e.round, e.key) for e in log if e.what == "remedy")
    for (of_round, what, key), times in lapses.items():
        again = passed[of_round, key] if what == "step-lapsed" else 0
        if key.startswith("remedy"):  # determined again, it has a time of its own
            again = set_anew[of_round, key.partition(":")[2]]
        assert times <= 1 + again, (what, key)
    for each in log:
        if each.what in RUN_OUT:
            assert each.due_at is not None
            assert each.due_at <= each.at


RUN_OUT = ("step-lapsed", "lapsed", "appeal-lapsed")


@given(records())
def test_a_record_that_was_written_and_read_makes_the_same_case(
    record: Record,
) -> None:
    name, events = record
    events = tuple(each for each in events if each.kind in KINDS)
    read = [from_dict(to_dict(each), position=each.position) for each in events]
    now = events[-1].at + LAST
    assert state_of(whole(name, read, now)) == state_of(whole(name, events, now))
