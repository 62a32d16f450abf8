"""How whoever has to act might act: the moves that a case leaves open, and silence.

Used to explore a procedure before it is signed. A stance says who stays silent:
nobody, one party with all who speak for it, or anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pamiers.agreement.model.procedure import Step
from pamiers.procedure.advance import advance
from pamiers.procedure.case import Case
from pamiers.procedure.event import Event
from pamiers.procedure.moves import available
from pamiers.procedure.standing import StepState
from pamiers.procedure.voting import VOTED, has_quorum, voters

_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A case after some moves, and how it came there, in words."""

    case: Case
    now: datetime
    trace: tuple[str, ...] = ()
    silent: frozenset[str] = frozenset()  #: who stayed silent on the way


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """Who stays silent: one party, or anybody who has to act."""

    party: str | None = None
    anybody: bool = False


def open_now(case: Case) -> list[Step]:
    """Return the open steps of a case, the first that is due before the others."""
    found = []
    for step in case.rules.procedure.steps:
        state = case.standing.steps.get(step.id)
        if state and state.status == "open":
            found.append((state.due_at is None, state.due_at or state.opened_at, step))
    found.sort(key=lambda each: each[:2])
    return [step for _, _, step in found]


def moves(played: Played, stance: Stance) -> Iterator[Played]:
    """Yield what may come next: each way to do the first open step, and silence.

    Args:
        played: So far.
        stance: Who stays silent.

    Returns:
        Cases after one more move; nothing where no step is open. Whoever acts does
        so in the last moment, so that times are the longest.
    """
    steps = open_now(played.case)
    if not steps:
        return
    step = steps[0]
    state = played.case.standing.steps[step.id]
    at = max(played.now, state.due_at or played.now)
    acted = False
    for by, outcome in _ways(played.case, step, stance):
        after = _done(played, step, (by, outcome), at)
        if after is not None:
            acted = True
            yield after
    if state.due_at is not None and (stance.anybody or not acted):
        yield _silence(played, step, state, stance)


def _ways(case: Case, step: Step, stance: Stance) -> Iterator[tuple[str, str]]:
    """Yield who may act on a step, and what it may come to."""
    outcomes = step.outcomes or ("",)
    able = _acting(case, step)
    willing = sorted(each for each in able if not _is_silent(case, each, stance))
    if case.standing.steps[step.id].passed_to or not _voted(step):
        for by in willing[:1]:
            for outcome in outcomes:
                yield by, outcome
    elif _can_meet(case, step, stance):
        for outcome in (*(step.outcomes or ("adopted",)), "rejected"):
            yield "", outcome


def _acting(case: Case, step: Step) -> tuple[str, ...]:
    decision = step.decision
    if decision and not case.standing.steps[step.id].passed_to:
        if decision.rule == "chair":
            return decision.chair
        if decision.rule == "arbitration":
            return decision.arbiter
    return available(case.rules, case.standing, step.id)


def _voted(step: Step) -> bool:
    return step.decision is not None and step.decision.rule in VOTED


def _is_silent(case: Case, who: str, stance: Stance) -> bool:
    if stance.party is None:
        return False
    return stance.party in case.rules.speakers([who])


def _present(case: Case, step: Step, stance: Stance) -> tuple[str, ...]:
    able = voters(case.rules, case.standing, step)
    return tuple(e for e in able if not _is_silent(case, e, stance))


def _can_meet(case: Case, step: Step, stance: Stance) -> bool:
    there = _present(case, step, stance)
    enough = bool(there) and has_quorum(case.rules, case.standing, step, there)
    all_needed = step.decision is not None and step.decision.rule == "consensus"
    whole = len(there) == len(voters(case.rules, case.standing, step))
    return enough and (whole or not all_needed)


def _done(
    played: Played, step: Step, way: tuple[str, str], at: datetime
) -> Played | None:
    by, outcome = way
    case = played.case
    if by:
        done = Event(kind="act", step=step.id, by=by, outcome=outcome, at=at)
        case, _ = advance(case, done, at)
        if step.four_eyes:
            second = replace(done, kind="second", person="second", choice="yes")
            case, _ = advance(case, second, at)
    else:
        case = _vote(case, step, outcome, at)
    if case.standing.steps.get(step.id, StepState()).status == "open":
        return None
    who = by or "those who vote"
    said = f"{_after(case, at)} {who} {_came(step, outcome)}"
    return replace(played, case=case, now=at, trace=(*played.trace, said))


def _came(step: Step, outcome: str) -> str:
    said = f"takes the step {step.id!r}"
    return said + (f", which comes to {outcome!r}" if outcome else "")


def _vote(case: Case, step: Step, outcome: str, at: datetime) -> Case:
    there = voters(case.rules, case.standing, step)
    motion = "" if outcome in {"adopted", "rejected"} else outcome
    choice = "against" if outcome == "rejected" else "for"
    met = Event(kind="session", step=step.id, present=there, outcome=motion, at=at)
    if step.outcomes and not motion:
        met = replace(met, outcome=step.outcomes[0])
    case, _ = advance(case, met, at)
    for name in there:
        vote = Event(kind="vote", step=step.id, by=name, choice=choice, at=at)
        case, _ = advance(case, vote, at)
    return case


def _silence(played: Played, step: Step, state: StepState, stance: Stance) -> Played:
    at = max(played.now, state.due_at or played.now) + _MOMENT
    case, _ = advance(played.case, None, at)
    able = _acting(played.case, step)
    concerned = any(_is_silent(played.case, each, stance) for each in able)
    party = stance.party if concerned or _voted(step) else None
    who = party or " or ".join(able) or "nobody"
    said = f"{_after(case, at - _MOMENT)} {who} stays silent on {step.id!r}"
    return replace(
        played,
        case=case,
        now=at,
        trace=(*played.trace, said),
        silent=played.silent | {who},
    )


def _after(case: Case, at: datetime) -> str:
    """Return how long after the first breach an instant is, such as `after 26 h`."""
    start = min(b.breach_at for b in case.standing.breaches.values())
    minutes = round((at - start).total_seconds() / 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = (f"{days} d" * bool(days), f"{hours} h" * bool(hours))
    minute = f"{minutes} min" * bool(minutes)
    told = " ".join(each for each in (*parts, minute) if each)
    return f"after {told}" if told else "at once"
