"""What records of cases have to mean, held to plainer reckonings than the engine's.

No step opens but by its trigger, none is done but by whoever may, parties are alike,
facts of one instant come to the same whichever is filed first, and pauses are no time.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import TypeVar, cast

from hypothesis import assume, given
from hypothesis import strategies as st

from pamiers.agreement.model.procedure import Step
from pamiers.procedure import Breach, Case, Event, Rules, Transition, advance, fold
from pamiers.procedure.effects import effects_of
from pamiers.procedure.event import GROUNDS
from tests.property.procedure.drawn import START, concerned_with, procedures, records

T = TypeVar("T")
LAST = timedelta(days=40)
Record = tuple[str, tuple[Event, ...]]


def whole(name: str, events: Sequence[Event]) -> Case:
    return fold("c", procedures()[name], events, events[-1].at + LAST)


# --- a plain reading of triggers ---


def told_by(case: Case) -> list[Event]:
    refused = {id(each.event) for each in case.refused}
    return [each for each in case.entries if id(each) not in refused]


def standing_findings(entries: Sequence[Event]) -> list[Breach]:
    found: dict[str, Breach] = {}
    gone: set[str] = set()
    taken_back: set[str] = set()  #: until they are found again
    for each in entries:
        if each.kind in {*GROUNDS, "classified", "joined"}:
            found |= {b.key: b for b in each.breaches}
        if each.kind in GROUNDS:
            taken_back -= {b.key for b in each.breaches}
        if each.kind == "retracted":
            taken_back |= set(each.findings) - gone
        if each.kind == "split":
            gone |= set(each.findings) - taken_back
    gone |= taken_back
    return [b for key, b in found.items() if key not in gone]


def findings_hold(rules: Rules, step: Step, entries: Sequence[Event]) -> bool:
    upon, asked = step.upon, rules.procedure.thresholds
    counted = [
        b
        for b in standing_findings(entries)
        if b.found_at and b.confidence >= asked.get(b.clause, 0)
    ]
    if upon.severity or upon.confidence or upon.breach_of or upon.recurrence:
        fitting = [
            b for b in counted if not upon.breach_of or b.clause in upon.breach_of
        ]
        levels = any(
            b.severity >= upon.severity and b.confidence >= upon.confidence
            for b in fitting
        )
        return levels and (upon.recurrence is None or recurs(rules, step, fitting))
    looks = step.act in {"verify", "visit", "investigate", "report"}
    grounds = {each.kind for each in entries if each.kind in GROUNDS}
    return looks or bool(counted) or grounds != {"finding"}


def recurs(rules: Rules, step: Step, fitting: Sequence[Breach]) -> bool:
    again = step.upon.recurrence
    assert again is not None
    for first in fitting:
        try:
            end = rules.calendar.after(first.breach_at, again.over)
        except OverflowError:
            end = datetime.max.replace(tzinfo=START.tzinfo)
        if (
            sum(first.breach_at <= b.breach_at <= end for b in fitting)
            >= again.at_least
        ):
            return True
    return False


def is_open_to(step: Step, opened: Transition, before: Sequence[Transition]) -> bool:
    """Tell whether what went before in the log lets a step open."""
    upon = step.upon
    said = [e for e in before if e.round == opened.round]
    for name in upon.after:
        done = any(
            e.key == name and e.what in {"step-done", "step-deemed"} for e in said
        )
        silent = any(e.key == name and e.what == "step-lapsed" for e in said)
        if not {"done": done, "silent": silent, "over": done or silent}[upon.how]:
            return False
    if upon.words and not any(e.what == "met" and e.key == step.id for e in before):
        return False
    named = {e.key for e in before if e.what == "recorded"}
    return not upon.event or bool(named & set(upon.event))


def prefixes(entries: Sequence[Event], at: datetime) -> Iterator[Sequence[Event]]:
    """Yield what was on record just before an instant, and after each thing at it."""
    for n, each in enumerate(entries, 1):
        if each.at == at:
            yield entries[:n]
    yield [each for each in entries if each.at < at]


@given(records())
def test_no_step_opens_without_its_trigger(record: Record) -> None:
    name, events = record
    case = whole(name, events)
    entries = told_by(case)
    for n, opened in enumerate(case.log):
        if opened.what != "step-opened":
            continue
        step = case.rules.procedure.step(opened.key)
        assert step is not None
        assert is_open_to(step, opened, case.log[:n])
        assert any(
            findings_hold(case.rules, step, held)
            for held in prefixes(entries, opened.at)
        )


@given(records())
def test_nothing_is_done_but_by_whoever_may(record: Record) -> None:
    name, events = record
    case = whole(name, events)
    entries = told_by(case)
    for each in case.log:
        step = case.rules.procedure.step(each.key)
        if each.what != "step-done":
            continue
        assert step is not None
        assert each.by in case.rules.meant(concerned_with(step))
        acts = [e for e in entries if e.at == each.at and e.step == step.id]
        assert any(e.by == each.by and e.kind in DOING for e in acts)
        if step.recusal and not case.standing.gone:
            found = standing_findings([e for e in entries if e.at < each.at])
            assert each.by not in {b.party for b in found}
    for effect in effects_of("c", case.rules, case.standing, list(case.log)):
        step = case.rules.procedure.step(effect.about)
        if effect.kind == "draft" and step is not None:
            assert set(effect.to) <= set(concerned_with(step))
        elif effect.kind == "notice":
            assert effect.to == case.rules.parties


DOING = ("act", "second", "vote")
ACTING = ("step-opened", "step-done", "step-deemed", "step-lapsed", "passed")


@given(records())
def test_nothing_goes_on_in_a_case_that_is_closed(record: Record) -> None:
    is_open = False
    for each in whole(*record).log:
        if each.what in {"opened", "reopened", "closed"}:
            is_open = each.what != "closed"
        assert is_open or each.what not in ACTING


# --- parties are alike ---


def renamed(value: T, names: Mapping[str, str]) -> T:
    """Return a value with the parties' names given to each other, to any depth."""
    found: object = value
    if isinstance(value, str):
        words = "|".join(names)
        found = re.sub(rf"\b({words})\b", lambda found: names[found[0]], value)
    elif is_dataclass(value) and not isinstance(value, type):
        held = {f.name: renamed(getattr(value, f.name), names) for f in fields(value)}
        found = replace(value, **held)
    elif isinstance(value, Mapping):
        found = {renamed(k, names): renamed(v, names) for k, v in value.items()}
    elif isinstance(value, (tuple, frozenset)):
        found = type(value)(renamed(each, names) for each in value)
    return cast("T", found)


@given(records())
def test_swapping_the_parties_swaps_the_case(record: Record) -> None:
    name, events = record
    one, two = procedures()[name].parties[:2]
    names = {one: two, two: one}
    rules = renamed(procedures()[name], names)
    case = whole(name, events)
    other = fold("c", rules, renamed(events, names), events[-1].at + LAST)
    assert Counter(other.log) == Counter(renamed(case.log, names))
    assert other.standing.steps == renamed(case.standing.steps, names)
    assert set(other.due) == set(renamed(case.due, names))


# --- what is filed first at one instant ---


GROUNDED = ("finding", "finding", "complaint", "self-report")


@given(records(), st.tuples(*[st.integers(0, 99)] * 4))
def test_of_grounds_of_one_instant_none_has_to_come_first(
    record: Record, drawn: tuple[int, ...]
) -> None:
    name, events = record
    n = len(events)
    at = events[drawn[0] % n].at
    made = [
        replace(
            events[place % n],
            kind=GROUNDED[place % len(GROUNDED)],
            at=at,
            breaches=tuple(
                replace(each, key=key) for each in events[place % n].breaches
            ),
        )
        for key, place in zip("xy", drawn[1:3], strict=True)
    ]
    one, two = (
        whole(
            name, (*events, *(replace(e, position=90 + k) for k, e in enumerate(order)))
        )
        for order in (made, made[::-1])
    )
    assert one.standing.steps == two.standing.steps
    assert one.standing.outcome == two.standing.outcome
    assert one.due == two.due


@given(
    st.sampled_from(("consensus", "majority", "two-thirds")),
    st.lists(st.sampled_from(("for", "against", "abstain")), min_size=3, max_size=3),
)
def test_votes_come_to_the_same_in_any_order(rule: str, choices: list[str]) -> None:
    came = {
        vote(rule, tuple(order))
        for order in permutations(zip("abc", choices, strict=True))
    }
    assert len(came) == 1


def vote(rule: str, votes: Sequence[tuple[str, str]]) -> tuple[object, ...]:
    held = procedures()["everything"]
    steps = tuple(
        replace(
            each,
            upon=replace(each.upon, after=()),
            recusal=False,
            decision=each.decision and replace(each.decision, rule=rule),
        )
        for each in held.procedure.steps
    )
    rules = replace(held, procedure=replace(held.procedure, steps=steps))
    found = Breach(
        key="f", party="a", breach_at=START, found_at=START, severity=3, confidence=3
    )
    case = Case(id="c", rules=rules)
    met = Event(
        kind="session",
        at=START,
        step="decide",
        present=tuple("abc"),
        outcome="repaired",
    )
    for event in (
        Event(kind="finding", at=START, breaches=(found,)),
        met,
        *(
            Event(kind="vote", at=START, step="decide", by=who, choice=choice)
            for who, choice in votes
        ),
    ):
        case, _ = advance(case, event, START)
    state = case.standing.steps["decide"]
    assert case.standing.votes["decide"]
    return state.status, state.outcome, state.passed_to


# --- pauses are no time ---


PAUSED = tuple(name for name, each in procedures().items() if each.procedure.suspension)


@given(records(of=PAUSED), st.integers(1, 200))
def test_what_is_due_waits_for_as_long_as_a_pause(record: Record, hours: int) -> None:
    name, events = record
    office = procedures()[name].procedure.suspension
    at = events[-1].at
    case = fold("c", procedures()[name], events, at)
    pending = case.standing.appeal_at or case.standing.suspended_at
    assume(office is not None and case.is_open and not pending)
    assert office is not None
    end = at + timedelta(hours=hours)
    assume(office.within is not None)
    paused = replace(events[-1], kind="suspended", by=office.by[0], reason="so")
    case = advance(case, replace(paused, position=98), at)[0]
    until = case.standing.suspended_until
    assert until is not None
    end = min(end, until)
    again = replace(paused, kind="resumed", at=end, position=99)
    later = advance(case, again, end)[0]
    before = fold("c", procedures()[name], events, at)
    assert {(d.key, d.due_at) for d in later.due} == {
        (d.key, d.due_at + (end - at if d.due_at >= at else timedelta()))
        for d in before.due
    }
