"""Random records of cases: whatever anybody might file, sense and nonsense.

What is drawn is drawn by hypothesis, in a few small numbers for each event, so that a
failure shrinks to few and plain events. Two in three fit the case as it stands.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final, TypeVar

from hypothesis import strategies as st

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement
from pamiers.agreement.model.procedure import Procedure, Step
from pamiers.app.agreement_files import agreement_texts, worked_procedures
from pamiers.procedure import KINDS, Breach, Case, Event, Rules, advance, rules_of
from pamiers.procedure.event import GROUNDS
from tests.property.procedure.everything import everything
from tests.property.procedure.fitting import fitting

T = TypeVar("T")
START = datetime(2028, 2, 26, 9, 0, tzinfo=UTC)  #: a leap day and a change of clocks on
BUNDLED: Final = ("donbas-2020", "paris-2026-illustrative")
LASTS = ("12 h elapsed", "24 h", "2 d working", "-3 h", "9999999 d", "a while")
OUTCOMES = ("", "adopted", "rejected", "complied", "anew", "stands", "nonsense")
CHOICES = ("for", "against", "abstain", "yes", "no", "")
#: drawn more often than the rest: several vote in them, or much may be done
OFTEN: Final = (
    *("everything",) * 10,
    *("paris-three-tiers/response", "jmc-joint-visit/inquiry") * 3,
)
#: instants that no calendar reaches beyond
ENDS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@cache
def agreement(name: str) -> Agreement:
    return load_agreement(agreement_texts(name))


@cache
def procedures() -> dict[str, Rules]:
    """Return every procedure of the library and of two agreements, by name."""
    found = {
        f"{name}/{each}": rules_of(agreement(name), each)
        for name in (*worked_procedures(), *BUNDLED)
        for each in agreement(name).procedures
    }
    return {**found, "everything": everything()}


@cache
def people(name: str) -> tuple[str, ...]:
    """Return everybody who may turn up in a case: bodies, members, outsiders."""
    held = procedures()[name]
    steps = held.procedure.steps
    named = {who for step in steps for who in concerned_with(step)}
    return (*held.parties, *sorted(held.meant(named) - {*held.parties}), "public", "x")


def concerned_with(step: Step) -> tuple[str, ...]:
    """Return everybody whom the text of a step names."""
    decision, silence = step.decision, step.silence
    found = (*step.by, *step.alternates, *(silence.to if silence else ()))
    if decision is not None:
        found += (*decision.among, *decision.chair, *decision.arbiter)
    return found


@cache
def clauses(name: str) -> tuple[str, ...]:
    wanted = procedures()[name].procedure
    asked = {c for step in wanted.steps for c in step.upon.breach_of}
    return (*sorted({*asked, *wanted.thresholds}), "another")


@dataclass(frozen=True, slots=True)
class Dice:
    """Small numbers, each used for one thing."""

    numbers: tuple[int, ...]

    def pick(self, at: int, of: tuple[T, ...]) -> T:
        return of[self.numbers[at] % len(of)]


def breach(name: str, dice: Dice, at: datetime) -> Breach:
    held = procedures()[name]
    back = timedelta(hours=dice.numbers[0] % 9 * 5)
    far = at if dice.numbers[6] % 16 else dice.pick(0, ENDS)
    return Breach(
        key=f"f{dice.numbers[1] % 5}",
        clause=dice.pick(2, clauses(name)),
        party=dice.pick(3, (*held.parties, *held.parties, None)),
        breach_at=far if far in ENDS else at - back,
        found_at=at if dice.numbers[4] % 8 else None,
        severity=1 + dice.numbers[4] % 4,
        confidence=1 + dice.numbers[5] % 3,
    )


def _names(held: Procedure) -> tuple[str, ...]:
    events = tuple(e for step in held.steps for e in step.upon.event)
    return (*(r.id for r in held.remedies), *events, "case-2", "")


def event(name: str, dice: Dice, at: datetime) -> Event:
    """Return an event that anybody might file."""
    held = procedures()[name].procedure
    step = dice.pick(7, held.steps)
    may = concerned_with(step)
    outcomes = step.outcomes or OUTCOMES
    everybody = people(name)
    return Event(
        kind=dice.pick(8, (*KINDS, "act", "act", "vote", "session", "finding", "?")),
        at=at,
        by=dice.pick(9, may if dice.numbers[10] % 4 else everybody),
        person=dice.pick(10, ("", "one", "two")),
        step=step.id if dice.numbers[11] % 9 else "nowhere",
        outcome=dice.pick(12, outcomes if dice.numbers[11] % 5 else OUTCOMES),
        choice=dice.pick(13, CHOICES),
        breaches=(breach(name, dice, at),),
        findings=(f"f{dice.numbers[1] % 5}",),
        party=dice.pick(3, (*procedures()[name].parties, "", "x")),
        name=dice.pick(2, _names(held)),
        present=may[: 1 + dice.numbers[5] % 5],
        lasts=dice.pick(4, LASTS),
        method="craters" if dice.numbers[6] % 2 else "",
        confidence=dice.numbers[6] % 4,
        reason="so" if dice.numbers[0] % 5 else "",
    )


SIZE: Final = 17  #: numbers that one event is made of
#: hours between one event and the next; none: at the same instant
GAPS = (0, 0, 0, 0, 0.5, 0.5, 1, 1, 1, 2, 2, 3, 3, 12, 12, 24, 30, 72, 24 * 31)


@st.composite
def records(
    draw: st.DrawFn, *, of: tuple[str, ...] = (), least: int = 8, most: int = 20
) -> tuple[str, tuple[Event, ...]]:
    """Draw a procedure, and a record of one case of it, in the order of time."""
    name = draw(st.sampled_from(of or (*sorted(procedures()), *OFTEN)))
    drawn = draw(st.binary(min_size=least * SIZE, max_size=most * SIZE))
    case = Case(id="c", rules=procedures()[name])
    at = START
    for n in range(len(drawn) // SIZE):
        dice = Dice(tuple(drawn[n * SIZE : (n + 1) * SIZE]))
        at += timedelta(hours=dice.pick(14, GAPS))
        made = one_more(case, dice, at)
        case, _ = advance(case, replace(made, position=n + 1, recorded_at=at), at)
    return name, case.entries


def one_more(case: Case, dice: Dice, at: datetime) -> Event:
    """Return an event for a case as it stands: a fitting one, or any at all."""
    name = next(n for n, rules in procedures().items() if rules is case.rules)
    made = event(name, dice, at)
    if case.standing.status == "new":
        return replace(made, kind=dice.pick(15, ("finding", "finding", *GROUNDS)))
    fits = fitting(case, made)
    return dice.pick(16, tuple(fits)) if fits and dice.numbers[15] % 3 else made
