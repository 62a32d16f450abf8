"""Clauses behind a gate: locked while it is shut, judged as written once it is open."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pamiers.agreement.model import Agreement, Reading, Verb
from pamiers.agreement.undertaking import Gate, Indicator
from pamiers.agreement.values.duration import parse_duration
from pamiers.compliance.assess import assess, assess_days
from pamiers.compliance.explain import explain
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone
from pamiers.core.rows import Incident, Row, Statement
from tests.unit.compliance.small import (
    NOON,
    agreement,
    clause,
    coverage,
    incident,
    reading,
    world,
)

DAY = timedelta(days=1)
DUE = NOON + DAY
GATE = Gate(
    id="calm",
    title={"en": "Calm"},
    window=parse_duration("2 d"),
    indicators=(Indicator(clause="quiet", breaches_at_most=0.0),),
    certified_by="judge",
    opens=("leave",),
    rolls_back=True,
)
WATCHED = [
    coverage(name, start=NOON - 9 * DAY, end=NOON + 9 * DAY, region=f"{name} region")
    for name in ("West", "East")
]


def owed(**changed: object) -> Reading:
    given = {
        "kinds": ("withdrawn",),
        "bearers": ("A",),
        "from_at": NOON - 9 * DAY,
        "by_at": DUE,
    }
    return reading(**{**given, **changed})


def deal(
    given: Reading | None = None, gate: Gate = GATE, verb: Verb = Verb.OBLIGE
) -> Agreement:
    quiet = clause(reading(kinds=("fire",), from_at=NOON - 9 * DAY))
    leave = clause(given or owed(), verb=verb, name="leave")
    events = {"withdrawn": {"en": "withdrawal"}}
    return agreement(quiet, leave, events=events, gates={gate.id: gate})


def said(category: str, at: datetime, actor: str = "judge", key: str = "") -> Statement:
    return Statement(
        source="tcg",
        key=key or category,
        category=category,
        text="",
        actor=actor,
        start=at - timedelta(hours=1),
        end=at,
    )


CERTIFIED = said("gate:calm", NOON - DAY)


def day_of(at: datetime, parties: Agreement) -> Interval:
    tz = zone(parties.time_zone)
    day = reporting_date(at, parties.cut_off, tz)
    return reporting_day(day, parties.cut_off, tz)


def judged(
    at: datetime, *rows: Row, parties: Agreement | None = None, lines: bool = True
) -> Finding:
    held = parties or deal()
    known = world(
        [row for row in rows if isinstance(row, Incident)],
        coverage=WATCHED if lines else [],
        statements=[row for row in rows if isinstance(row, Statement)],
    )
    period = day_of(at - timedelta(seconds=1), held)
    (found,) = assess(held, known, period, at, ("leave",))
    return found


def told(found: Finding) -> tuple[Verdict, Why, tuple[str, ...]]:
    return found.verdict, found.why, found.locked_by


LOCKED = (Verdict.UNDETERMINED, Why.LOCKED, ("gate calm",))
PENDING = (Verdict.UNDETERMINED, Why.PENDING, ())


def test_it_is_locked_until_somebody_entitled_certifies_good_conduct() -> None:
    assert told(judged(NOON)) == LOCKED
    assert told(judged(NOON, said("gate:calm", NOON - DAY, "A"))) == LOCKED
    assert told(judged(NOON, CERTIFIED, lines=False)) == LOCKED
    assert told(judged(NOON, CERTIFIED)) == PENDING


def test_past_its_deadline_it_is_locked_behind_the_gate_and_judged_without() -> None:
    act = said("withdrawn", DUE + timedelta(hours=5), "A")
    after = DUE + DAY
    assert told(judged(after)) == LOCKED
    assert told(judged(after, act)) == LOCKED
    assert told(judged(after, act, CERTIFIED)) == (Verdict.BREACHED, Why.LATE, ())


def test_done_before_the_gate_opens_is_done() -> None:
    early = said("withdrawn", NOON - 2 * DAY, "A")
    assert told(judged(NOON, early)) == (Verdict.KEPT, Why.DONE, ())


def test_it_rolls_back_and_wants_certifying_anew() -> None:
    shot = incident(
        "shot", start=NOON + timedelta(hours=1), end=NOON + timedelta(hours=2)
    )
    again = said("gate:calm", NOON + 4 * DAY, key="again")
    long = deal(owed(by_at=NOON + 9 * DAY))
    one = [
        told(judged(NOON + n * DAY, shot, CERTIFIED, again, parties=long))
        for n in (0, 2, 4, 5)
    ]
    assert one == [PENDING, LOCKED, PENDING, PENDING]
    held = deal(owed(by_at=NOON + 9 * DAY), replace(GATE, rolls_back=False))
    assert told(judged(NOON + 2 * DAY, shot, CERTIFIED, parties=held)) == PENDING


def test_a_certificate_withdrawn_shuts_it() -> None:
    no = replace(
        said("gate:calm", NOON - timedelta(hours=5), key="no"), extra='{"open": "no"}'
    )
    assert told(judged(NOON, CERTIFIED, no)) == LOCKED


def test_who_says_yes_and_no_at_one_instant_certifies_nothing() -> None:
    for yes, no in (("a", "b"), ("b", "a")):
        both = (
            replace(CERTIFIED, key=yes),
            replace(CERTIFIED, key=no, extra='{"open": "no"}'),
        )
        later = said("gate:calm", NOON - timedelta(hours=5), key="later")
        assert told(judged(NOON, *both)) == LOCKED
        assert told(judged(NOON, *both, later)) == PENDING


@pytest.mark.parametrize("verb", [Verb.FORBID, Verb.EVERY])
def test_a_clause_of_any_verb_is_locked(verb: Verb) -> None:
    period = {"period": None} if verb is Verb.FORBID else {}
    given = owed(by_at=None, kinds=("withdrawn",), **period)
    assert told(judged(NOON, parties=deal(given, verb=verb))) == LOCKED


def test_many_days_at_once_are_judged_as_each_by_itself() -> None:
    shot = incident(
        "shot", start=NOON + timedelta(hours=1), end=NOON + timedelta(hours=2)
    )
    held, known_at = deal(owed(by_at=NOON + 9 * DAY)), NOON + 6 * DAY
    known = world([shot], coverage=WATCHED, statements=[CERTIFIED])
    tz = zone(held.time_zone)
    first = reporting_date(NOON - 3 * DAY, held.cut_off, tz)
    days = [first + n * DAY for n in range(9)]
    each = [f for day in days for f in assess_days(held, known, [day], known_at)]
    assert assess_days(held, known, days, known_at) == each
    back = assess_days(held, known, days[::-1], known_at)
    assert sorted(back, key=lambda f: f.key) == sorted(each, key=lambda f: f.key)
    whys = [f.why for f in each if f.clause == "leave"]
    assert {Why.LOCKED, Why.PENDING} <= set(whys)


def test_a_gate_that_rests_on_what_it_opens_stays_shut() -> None:
    own = replace(GATE, indicators=(Indicator(clause="leave", kept_share=0.1),))
    early = said("withdrawn", NOON - 2 * DAY, "A")
    assert told(judged(NOON, CERTIFIED, parties=deal(gate=own))) == LOCKED
    assert judged(NOON, CERTIFIED, early, parties=deal(gate=own)).why is Why.DONE


def test_the_explanation_names_the_gate_that_is_shut() -> None:
    held = deal()
    said_of = explain(judged(NOON), held, world(coverage=WATCHED))
    texts = [each.text for each in said_of.because]
    assert "gate calm has to come first, and is shut." in texts
