"""Every way a procedure may go, up to a bound: where it ends, waits or cannot go on.

Breadth first, so that what is found comes with a shortest trace. States that stand
alike are visited once, with the latest time at which they were reached.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from pamiers.agreement.model.procedure import Step
from pamiers.procedure.advance import advance
from pamiers.procedure.case import Case
from pamiers.procedure.event import Breach, Event
from pamiers.procedure.playing import Played, Stance, moves, open_now
from pamiers.procedure.rules import Rules

#: a Monday at noon, far from any change of clocks
_START: Final = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
BOUND: Final = 4000  #: states looked at for one stance and opening
_WORST: Final = (4, 3)  #: severity and confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that goes wrong, and the shortest way there, in words."""

    code: str
    step: str  #: empty: of the procedure as a whole
    says: str
    trace: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Explored:
    """What was found of one procedure."""

    troubles: dict[tuple[str, str], Trouble] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    worst: dict[str, timedelta] = field(default_factory=dict)  #: clause -> to its end
    complete: bool = True  #: False: the bound was reached

    def add(self, code: str, step: str, says: str, trace: tuple[str, ...]) -> None:
        """Keep the first of a kind: it has the shortest trace.

        Args:
            code: Of the complaint.
            step: Which it is about; empty for the procedure as a whole.
            says: What goes wrong.
            trace: The way there, move by move.
        """
        found = Trouble(code=code, step=step, says=says, trace=trace)
        self.troubles.setdefault((code, step), found)


def explore(rules: Rules, clauses: tuple[str, ...]) -> Explored:
    """Return what is found of a procedure by playing it.

    Args:
        rules: Of the procedure.
        clauses: Ids of those whose breach it answers; empty: any.

    Returns:
        Troubles, each with a shortest trace; steps that opened; the longest time
        to the end of a case, for each clause whose every case ends.
    """
    found = Explored()
    stances = (
        Stance(),
        *(Stance(party=each) for each in rules.parties),
        Stance(anybody=True),
    )
    for stance in stances:
        for clause in clauses or ("",):
            for start in _openings(rules, clause):
                _walk(found, start, stance, clause)
    return found


def _openings(rules: Rules, clause: str) -> Iterator[Played]:
    """Yield ways in which a case may begin: slight, grave and often, by complaint."""
    party = rules.parties[0] if rules.parties else None
    asked = rules.procedure.thresholds.get(clause, 1)
    for severity, confidence, times in (
        (1, max(asked, 2), 1),
        (*_WORST, _often(rules)),
    ):
        breaches = tuple(
            Breach(
                key=f"f{n}",
                clause=clause,
                party=party,
                breach_at=_START,
                found_at=_START,
                severity=severity,
                confidence=confidence,
            )
            for n in range(times)
        )
        event = Event(kind="finding", at=_START, breaches=breaches)
        level = f"severity S{severity}, confidence C{confidence}"
        said = f"{_breaches(clause, times)} found ({level})"
        yield _begun(rules, event, said)
    if any("request" in each.upon.opened_by for each in rules.procedure.steps):
        event = Event(kind="request", at=_START, breaches=(_alleged(clause, party),))
        yield _begun(rules, event, "a request is made")
    if rules.procedure.complaints_by:
        by = next(iter(rules.parties), "public")
        alleged = (_alleged(clause, party),)
        event = Event(kind="complaint", by=by, at=_START, breaches=alleged)
        yield _begun(rules, event, f"{by} complains of {_named(clause)}")


def _breaches(clause: str, times: int) -> str:
    return (
        f"{_named(clause)} is" if times == 1 else f"{times} times {_named(clause)} is"
    )


def _named(clause: str) -> str:
    return f"a breach of [{clause}]" if clause else "a breach"


def _alleged(clause: str, party: str | None) -> Breach:
    return Breach(key="k", clause=clause, party=party, breach_at=_START)


def _often(rules: Rules) -> int:
    counts = [s.upon.recurrence for s in rules.procedure.steps if s.upon.recurrence]
    return max((each.at_least for each in counts), default=1)


def _begun(rules: Rules, event: Event, said: str) -> Played:
    case, _ = advance(Case(id="explored", rules=rules), event, _START)
    for step in rules.procedure.steps:
        for kind in step.upon.event:
            case, _ = advance(
                case, Event(kind="recorded", name=kind, at=_START), _START
            )
        if step.upon.words:
            by = next(iter(step.by), "")
            met = Event(kind="met", step=step.id, by=by, at=_START)
            case, _ = advance(case, met, _START)
    return Played(case=case, now=_START, trace=(said,))


def _walk(found: Explored, start: Played, stance: Stance, clause: str) -> None:
    waiting, seen, looked = deque([start]), dict[object, datetime](), 0
    while waiting:
        played = waiting.popleft()
        mark = _mark(played.case)
        if mark in seen and seen[mark] >= played.now:
            continue
        seen[mark] = played.now
        looked += 1
        if looked > BOUND:
            found.complete = False
            return
        _note(found, played, clause)
        after = list(moves(played, stance)) if played.case.is_open else []
        waiting.extend(after)
        if not after and played.case.is_open:
            _ends(found, played, stance)


def _mark(case: Case) -> object:
    held = case.standing
    steps = tuple(
        (name, e.status, e.outcome, e.passed_to, e.lapsed_at is None)
        for name, e in sorted(held.steps.items())
    )
    return held.status, held.outcome, steps


def _note(found: Explored, played: Played, clause: str) -> None:
    """Keep which steps opened, which had no time left, and how long it took."""
    standing = played.case.standing
    found.opened.update(standing.steps)
    for each in standing.log:
        if each.what == "step-opened" and each.due_at and each.due_at <= each.at:
            said = "its time is over when it opens, though the breach was found at once"
            found.add("L-CASE-CLOCKS", each.key, said, played.trace)
    if standing.closed_at is not None:
        took = standing.closed_at - _START
        found.worst[clause] = max(took, found.worst.get(clause, timedelta()))


def _ends(found: Explored, played: Played, stance: Stance) -> None:
    """Say what is wrong with a case that is open and in which nobody moves."""
    case = played.case
    waiting = open_now(case)
    if waiting:
        _stuck(found, played, stance, waiting[0])
        return
    last = _last_step(case)
    if last is None:
        if (
            case.standing.opened_by != ("complaint",)
            and not case.rules.procedure.thresholds
        ):
            said = "a case opens, and no step follows"
            found.add("L-CASE-DEAD-END", "", said, played.trace)
        return
    step, state = last
    who = " and ".join(sorted(played.silent))
    if state == "lapsed" and step.otherwise:
        return  # its words say what follows; the check asks for them
    if state == "lapsed":
        code = "L-CASE-BLOCKED" if who in case.rules.parties else "L-CASE-DEAD-END"
        said = f"if {who or 'nobody'} stays silent on {step.id!r}, nothing follows"
        found.add(code, step.id, said, played.trace)
        return
    step, state = _last_step(case, choosing=True) or last
    if len(step.outcomes) > 1 and state and state != "lapsed":
        said = f"{step.id} comes to {state!r}, and nothing follows from that"
        found.add("L-CASE-DEAD-END", step.id, said, played.trace)
    elif case.rules.procedure.cases.over is None and _has_end(case):
        said = f"nothing follows {step.id}, and nothing closes the case"
        found.add("L-CASE-DEAD-END", step.id, said, played.trace)


def _has_end(case: Case) -> bool:
    return any(step.closes for step in case.rules.procedure.steps)


def _stuck(found: Explored, played: Played, stance: Stance, step: Step) -> None:
    if stance.party is not None:
        said = (
            f"if {stance.party} stays away, step {step.id!r} waits for it for ever: "
            "no time ends that wait"
        )
        found.add("L-CASE-BLOCKED", step.id, said, played.trace)
    else:
        said = f"nobody can take the step {step.id!r}, and no time ends that wait"
        found.add("L-CASE-ENDLESS", step.id, said, played.trace)


def _last_step(case: Case, *, choosing: bool = False) -> tuple[Step, str] | None:
    """Return the step that ended last, and `lapsed` or what it came to.

    With `choosing`, of those that may come to several things.
    """
    for each in reversed(case.log):
        if each.what in {"step-done", "step-deemed", "step-lapsed"}:
            step = case.rules.procedure.step(each.key)
            if step is not None and (not choosing or len(step.outcomes) > 1):
                lapsed = each.what == "step-lapsed"
                return step, "lapsed" if lapsed else each.outcome
    return None
