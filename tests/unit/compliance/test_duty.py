# ruff: noqa: ANN401 - fields of a row are of every type
"""Duties to act: done, late, pending, or nobody could see."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pamiers.agreement.model import Matter, Reading, Requirement, Subject, Verb
from pamiers.agreement.values.duration import Duration, parse_duration
from pamiers.compliance.assess import assess
from pamiers.compliance.clauses.case import Court
from pamiers.compliance.docket import cases, judge
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.rows import Statement
from tests.unit.compliance.small import (
    KNOWN,
    NOON,
    PERIOD,
    agreement,
    clause,
    coverage,
    incident,
    presence,
    reading,
    world,
)

HOUR = timedelta(hours=1)
EVENTS = {"events": {"withdrawn": {"en": "withdrawal"}}}
START = NOON - 48 * HOUR


def duty(**changed: Any) -> Reading:
    given: dict[str, Any] = {"kinds": ("withdrawn",), "from_at": START, "by_at": NOON}
    return reading(**{**given, **changed})


def judged(known: World, given: Reading | None = None, **more: Any) -> Finding:
    rule = clause(given or duty(), verb=Verb.OBLIGE, **more)
    found = assess(agreement(rule, **EVENTS), known, PERIOD, KNOWN)
    return next(f for f in found if f.clause == "quiet")


def act(at: Any = NOON - HOUR, category: str = "withdrawn") -> Statement:
    start = at - HOUR
    return Statement(
        source="tcg",
        key=category,
        category=category,
        text="",
        start=start,
        end=at,
        actor="A; B",  # a joint act is that of each who owes it
    )


def said(found: Finding) -> tuple[Verdict, Why]:
    return found.verdict, found.why


def test_done_in_time_is_kept_and_of_no_sector() -> None:
    found = judged(world(statements=[act()]))
    assert said(found) == (Verdict.KEPT, Why.DONE)
    assert (found.sector, found.evidence) == (None, ("tcg:withdrawn",))
    assert (found.probability_low, found.probability_high) == (0.0, 0.0)


def test_done_after_the_deadline_is_late() -> None:
    found = judged(world(statements=[act(NOON + 2 * HOUR)]))
    assert said(found) == (Verdict.BREACHED, Why.LATE)


def test_what_may_have_been_done_in_time_is_not_late() -> None:
    found = judged(world(statements=[act(NOON + HOUR / 2)]))
    assert said(found) == (Verdict.UNDETERMINED, Why.LOW_PROBABILITY)


def test_before_the_deadline_nothing_is_decided() -> None:
    found = judged(world(), duty(by_at=PERIOD.end + HOUR))
    assert said(found) == (Verdict.UNDETERMINED, Why.PENDING)


def test_an_act_of_tomorrow_is_not_known_today() -> None:
    tomorrow = world(statements=[act(PERIOD.end + HOUR)])
    found = judged(tomorrow, duty(by_at=PERIOD.end + 3 * HOUR))
    assert said(found) == (Verdict.UNDETERMINED, Why.PENDING)


def test_silence_where_nobody_watched_is_unobserved_not_late() -> None:
    assert said(judged(world())) == (Verdict.UNOBSERVED, Why.NO_COVERAGE)


def test_silence_where_it_would_have_been_seen_is_late() -> None:
    rows = [
        coverage(name, region=name, start=START, means="camera")
        for name in ("West region", "East region")
    ]
    found = judged(world(coverage=rows), watched_by=("camera",))
    assert said(found) == (Verdict.BREACHED, Why.LATE)
    assert found.detection == 0.8


def test_each_who_bears_it_is_judged_for_itself() -> None:
    one = world(statements=[replace(act(category="withdrawn:A"), actor=None)])
    rule = clause(duty(), verb=Verb.OBLIGE)
    found = assess(agreement(rule, **EVENTS), one, PERIOD, KNOWN)
    by = {each.party: each.verdict for each in found}
    assert by == {"A": Verdict.KEPT, "B": Verdict.UNOBSERVED}


def test_an_incident_by_the_bearer_may_be_the_act() -> None:
    moved = duty(kinds=("convoy",), bearers=("A",))
    row = incident("a", kind="convoy", start=START + HOUR, end=START + 2 * HOUR)
    assert judged(world([row]), moved).evidence == ("a",)
    doubtful = incident("b", kind="convoy", start=START, end=NOON, probability=0.5)
    assert said(judged(world([doubtful]), moved))[1] is Why.LOW_PROBABILITY


def test_without_a_deadline_it_is_open_for_ever() -> None:
    assert said(judged(world(), duty(by_at=None)))[1] is Why.PENDING


def test_absence_is_owed_from_the_deadline_on() -> None:
    gone = presence(state="absence", from_at=START, by_at=NOON)
    gun: dict[str, Any] = {"kind": "weapon_presence", "weapons": "howitzer 122mm"}
    gun["actor"] = "A"
    before = judged(world([incident("a", start=NOON - HOUR, end=NOON, **gun)]), gone)
    assert said(before) == (Verdict.UNOBSERVED, Why.NO_COVERAGE)
    after = judged(world([incident("a", **gun)]), gone)
    assert said(after) == (Verdict.BREACHED, Why.ESTABLISHED)
    early = presence(state="absence", from_at=START, by_at=PERIOD.end)
    assert said(judged(world(), early))[1] is Why.PENDING


def test_presence_is_owed_by_a_sighting() -> None:
    there = presence(state="presence", bearers=("A",), by_at=NOON, from_at=START)
    span = {"start": START + HOUR, "end": NOON - HOUR}
    row = incident("a", kind="weapon_presence", weapons="122 mm howitzer", **span)
    assert said(judged(world([row]), there)) == (Verdict.KEPT, Why.DONE)
    assert there.subject is Subject.STATE


@pytest.mark.parametrize("within", [None, parse_duration("7 d elapsed")])
def test_what_is_owed_after_a_breach_is_owed_only_then(
    within: Duration | None,
) -> None:
    owed = clause(
        duty(by_at=None, lasting=within),
        verb=Verb.OBLIGE,
        name="answer",
        upon=("quiet",),
    )
    rules = agreement(clause(), owed, **EVENTS)
    calm = assess(rules, world(), PERIOD, KNOWN)
    assert [f.clause for f in calm] == ["quiet", "quiet"]
    loud = assess(rules, world([incident("a")]), PERIOD, KNOWN)[-1]
    expected = Why.PENDING if within is None else Why.NO_COVERAGE
    assert (loud.clause, loud.why) == ("answer", expected)
    answered = world([incident("a")], statements=[act(PERIOD.end + HOUR)])
    assert assess(rules, answered, PERIOD, KNOWN)[-1].verdict is Verdict.KEPT


def test_an_answer_is_locked_again_without_what_unlocked_it() -> None:
    rule = clause(
        duty(
            by_at=None,
            kinds=("withdrawn",),
            bearers=("A",),
            upon=Matter(subject=Subject.EVENT, kinds=("casualty",)),
            lasting=parse_duration("24 h elapsed"),
            requires=(Requirement(event="opened"),),
        ),
        verb=Verb.OBLIGE,
    )
    events = {"withdrawn": {"en": "withdrawal"}, "opened": {"en": "gate opened"}}
    key = act(START, "opened")
    hurt = incident(
        "hurt", kind="casualty", start=NOON - 30 * HOUR, end=NOON - 29 * HOUR
    )
    known = world([hurt], statements=[key])
    court = Court(agreement(rule, events=events), known, KNOWN)
    whole = Interval(START, KNOWN)
    (case,) = cases(court, whole)
    assert said(judge(case, court)) == (Verdict.UNOBSERVED, Why.NO_COVERAGE)
    locked = judge(case, court, frozenset({f"{key.source}:{key.key}"}))
    assert said(locked) == (Verdict.UNDETERMINED, Why.LOCKED)
    assert locked.locked_by == ("opened",)
