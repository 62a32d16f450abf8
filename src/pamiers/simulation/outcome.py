"""What came of a rehearsal: first steps in time or late, what was left undone, by whom.

`breaches = first steps in time + late + missed`. Missed is a fault of the engine: a
breach whose first step was neither taken nor recorded as overdue once its time was
over. A breach that no procedure is there for, or for which its procedure foresees no
step, is counted apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pamiers.procedure import Breach, Case, Transition
from pamiers.simulation.living import Lived, Taken, unclocked_until

_DONE = ("step-done", "step-deemed")


class First(StrEnum):
    """What became of the first step after a breach."""

    IN_TIME = "in_time"
    LATE = "late"  #: done after its time, or never, and recorded as overdue
    MISSED = "missed"  #: neither done nor recorded: a fault of the engine
    NONE = "none"  #: the procedure foresees no step for such a breach


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of one case, as it went."""

    case: str
    step: str
    by: tuple[str, ...]  #: who had to act
    opened_at: datetime
    due_at: datetime  #: by the text; where it sets no time, by the rehearsal's own
    clocked: bool  #: whether the text sets a time
    done_at: datetime | None = None
    done_by: str = ""
    deemed: bool = False  #: taken to be done, by silence
    withdrawn: bool = False  #: its ground fell away before it was due
    lapsed: bool = False  #: recorded as overdue

    @property
    def late(self) -> bool:
        """Tell whether it was not done by the time that was set for it."""
        if self.withdrawn and not self.lapsed:
            return False
        return self.lapsed or self.done_at is None or self.done_at > self.due_at

    @property
    def undone(self) -> bool:
        """Tell whether nobody ever did it."""
        return not self.withdrawn and (self.done_at is None or self.deemed)

    @property
    def late_s(self) -> float | None:
        """Return how late it was done [s]; None where in time, or never."""
        if self.done_at is None or self.deemed or not self.late:
            return None
        return (self.done_at - self.due_at).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A breach that was found, and what became of its first step."""

    taken: Taken
    first: First
    step: Step | None


def steps_of(case: Case) -> Iterator[Step]:
    """Yield the steps of a case that opened, in order of time.

    A case that was opened again has some of them twice.
    """
    log = case.log
    for at, opened in enumerate(log):
        if opened.what != "step-opened":
            continue
        later = [
            each
            for each in log[at + 1 :]
            if each.key == opened.key and each.round == opened.round
        ]
        yield _gone(case.id, opened, later)


def _gone(case: str, opened: Transition, later: Sequence[Transition]) -> Step:
    done = next((each for each in later if each.what in _DONE), None)
    lapsed = next((each for each in later if each.what == "step-lapsed"), None)
    back = any(each.what == "step-withdrawn" for each in later)
    dues = [e.due_at for e in (opened, *later) if e.due_at and e.what in _DATED]
    if lapsed is not None:  # a step that passed to others is late by its own time
        dues = [e.due_at for e in later if e.due_at and e.what in _RAN_OUT]
    due_at = dues[-1] if dues else None
    reckoned = unclocked_until(opened.at)
    return Step(
        case=case,
        step=opened.key,
        by=tuple(opened.by.split()),
        opened_at=opened.at,
        due_at=due_at or reckoned,
        clocked=due_at is not None,
        done_at=done.at if done else None,
        done_by=done.by if done else "",
        deemed=done is not None and done.what == "step-deemed",
        withdrawn=back,
        lapsed=lapsed is not None,
    )


_RAN_OUT = ("step-lapsed", "step-retimed")
_DATED = ("step-opened", "step-retimed", "extended", "step-done", "step-lapsed")


def answered(lived: Lived) -> list[Answered]:
    """Return what became of the first step after each breach that stands.

    Returns:
        Breaches in the order in which they were found; those whose finding was taken
        back are left out.
    """
    cases = lived.casework.cases
    steps = {name: list(steps_of(c)) for name, c in cases.items()}
    closed = {name: _closed_at(case) for name, case in cases.items()}
    return [
        _answer(taken, steps[taken.case], closed[taken.case], lived.ended_at)
        for taken in lived.taken
        if taken.retracted_at is None
    ]


def _closed_at(case: Case) -> datetime | None:
    return next((e.at for e in case.log if e.what == "closed"), None)


def _answer(
    taken: Taken, steps: Sequence[Step], closed_at: datetime | None, until: datetime
) -> Answered:
    if not steps:
        return Answered(taken=taken, first=First.NONE, step=None)
    step = steps[0]
    if not step.late:
        return Answered(taken=taken, first=First.IN_TIME, step=step)
    settled = closed_at is not None and closed_at <= step.due_at
    if step.done_at is None and settled and not step.lapsed:
        return Answered(taken=taken, first=First.IN_TIME, step=step)
    recorded = step.lapsed or step.done_at is not None
    # what has no time in the text is overdue by the rehearsal's own reckoning
    told = recorded or (not step.clocked and step.due_at <= until)
    first = First.LATE if told else First.MISSED
    return Answered(taken=taken, first=first, step=step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """How one role answered all that was asked of it."""

    role: str
    asked: int
    in_time: int
    late: int  #: done, after the time
    undone: int
    worst_late_s: float | None


def by_role(steps: Sequence[Step]) -> list[Duty]:
    """Return how each role did, in the order in which each was first asked.

    Returns:
        A step that several roles may take counts for each of them.
    """
    found: dict[str, list[Step]] = {}
    for step in steps:
        for role in step.by:
            found.setdefault(role, []).append(step)
    return [_duty(role, asked) for role, asked in found.items()]


def _duty(role: str, asked: Sequence[Step]) -> Duty:
    late = [step.late_s for step in asked if step.late_s is not None]
    undone = sum(step.undone for step in asked)
    return Duty(
        role=role,
        asked=len(asked),
        in_time=len(asked) - len(late) - undone,
        late=len(late),
        undone=undone,
        worst_late_s=max(late, default=None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A rehearsal in figures."""

    answered: tuple[Answered, ...]
    unforeseen: tuple[Breach, ...]  #: found on clauses that lead to no procedure
    steps: tuple[Step, ...]
    roles: tuple[Duty, ...]

    def count(self, first: First) -> int:
        """Return how many breaches had such a first step."""
        return sum(each.first is first for each in self.answered)

    @property
    def figures(self) -> Mapping[str, int]:
        """Return the figures of the rehearsal by name.

        `breaches` is the sum of the three after it; `no_step_foreseen` stands beside
        them, with what led to no procedure and what a procedure has no step for.
        """
        in_time, late = self.count(First.IN_TIME), self.count(First.LATE)
        missed = self.count(First.MISSED)
        return {
            "breaches": in_time + late + missed,
            "first_steps_in_time": in_time,
            "late": late,
            "missed": missed,
            "omissions": sum(step.undone for step in self.steps),
            "late_steps": sum(step.late for step in self.steps),
            "no_step_foreseen": self.count(First.NONE) + len(self.unforeseen),
        }


def outcome_of(lived: Lived) -> Outcome:
    """Return what came of a life."""
    steps = [step for case in lived.casework.cases.values() for step in steps_of(case)]
    return Outcome(
        answered=tuple(answered(lived)),
        unforeseen=lived.unforeseen,
        steps=tuple(steps),
        roles=tuple(by_role(steps)),
    )
