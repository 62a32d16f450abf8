"""What simulated people plan once a case asks something of them.

A step that opens, a remedy that is determined, a reply that is asked for: whoever has
to act draws once, by its manner, when it will, or that it will not. The plan is an
event with an instant; whether it still counts then, the rules of the case say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from numpy.random import Generator

from pamiers.agreement.model.procedure import Step
from pamiers.core.instant import Interval
from pamiers.procedure import Case, Event, Transition
from pamiers.simulation.manner import acts_at, is_away
from pamiers.simulation.setting import Setting

#: time that a role is given in a rehearsal where the text gives none [h]
UNCLOCKED_H: Final = 72.0
_SOON: Final = timedelta(hours=12)
_LEAST: Final = timedelta(minutes=30)
_TURN: Final = timedelta(minutes=10)
_VOTED: Final = frozenset({"consensus", "majority", "two-thirds"})
_SAID: Final = "as rehearsed"
_APPEALS_SHARE: Final = 0.15
#: share of cases in which an event that a step waits for comes about
_COMES_ABOUT_SHARE: Final = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An event that somebody means to bring about."""

    case: str
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When people plan: the instant, and the day of the rehearsal, from 0."""

    now: datetime
    day: int


Maker = Callable[[Case, Transition, Moment], Iterator[Event]]


def planned(
    maker: Maker | None, case: Case, what: Transition, at: Moment
) -> Iterator[Planned]:
    """Yield what a maker of events means to bring about; nothing where there is none.

    Args:
        maker: That belongs to what became so.
        case: As it stands.
        what: What became so.
        at: When people learn of it.

    Yields:
        Events in the future.
    """
    for event in maker(case, what, at) if maker is not None else ():
        yield Planned(case=case.id, event=event)


class People:
    """Everybody who has to act, each by its manner."""

    def __init__(self, setting: Setting, rng: Generator) -> None:
        """Take the manners of a setting, and a generator of their own."""
        self._setting = setting
        self._rng = rng
        self._asked: set[tuple[str, str]] = set()

    def plan(self, case: Case, what: Transition, at: Moment) -> Iterator[Planned]:
        """Return what people mean to do upon something that became so in a case.

        Args:
            case: As it stands.
            what: What became so.
            at: When they learn of it.

        Returns:
            Events in the future; none where nothing is asked, or they stay silent.
        """
        makers: dict[str, Maker] = {
            "opened": self._upon_opening,
            "step-opened": self._step,
            "passed": self._step,
            "step-done": self._after_step,
            "step-deemed": self._after_step,
            "remedy": self._remedy,
            "remedy-done": self._checked,
            "closed": self._papers,
            "appeal": self._appealed,
        }
        return planned(makers.get(what.what), case, what, at)

    def _when(self, role: str, allowed: Interval, day: int) -> datetime | None:
        manner = self._setting.manner_of(role)
        found = acts_at(manner, allowed, self._rng)
        return None if is_away(manner, day) else found

    def _allowed(self, due_at: datetime | None, at: Moment) -> Interval:
        """Return from when to when somebody may act in time; late already: soon."""
        if due_at is None:
            return Interval(at.now, at.now + timedelta(hours=UNCLOCKED_H))
        end = due_at if due_at >= at.now + _LEAST else at.now + _SOON
        return Interval(at.now, end)

    def _upon_opening(
        self, case: Case, what: Transition, at: Moment
    ) -> Iterator[Event]:
        """Plan replies, and what people have to find before a step can open."""
        due = case.standing.reply_due
        for party in (p for p in case.rules.parties if p in case.standing.replies):
            when = self._when(party, self._allowed(due, at), at.day)
            if when is not None:
                yield Event(kind="reply", at=when, by=party, reason=_SAID)
        yield from self._findings(case, what, at)

    def _findings(self, case: Case, what: Transition, at: Moment) -> Iterator[Event]:
        del what
        for step in case.rules.procedure.steps:
            if (case.id, step.id) in self._asked:
                continue
            self._asked.add((case.id, step.id))
            chances = self._rng.random(2)
            later = at.now + timedelta(seconds=int(3600 * (1 + 11 * chances[0])))
            away = is_away(self._setting.manner_of(step.by[0]), at.day)
            if step.upon.words and not away:
                yield Event(
                    kind="met", at=later, by=step.by[0], step=step.id, reason=_SAID
                )
            if step.upon.event and chances[1] < _COMES_ABOUT_SHARE:
                name = step.upon.event[0]
                yield Event(kind="recorded", at=later, by=step.by[0], name=name)

    def _step(self, case: Case, what: Transition, at: Moment) -> Iterator[Event]:
        step = case.rules.procedure.step(what.key)
        state = case.standing.steps.get(what.key)
        if step is None or state is None:
            return
        allowed = self._allowed(state.due_at, at)
        decision = step.decision
        passed = what.what == "passed"
        if decision is not None and decision.rule in _VOTED and not passed:
            yield from self._session(step, allowed, at)
            return
        actors = what.by.split() or list(step.by)
        if decision is not None and not passed:
            actors = list(decision.chair or decision.arbiter or tuple(actors))
        planned = [(self._when(role, allowed, at.day), role) for role in actors]
        done = [(when, role) for when, role in planned if when is not None]
        if not done:
            return
        when, role = done[0]  # the first who is named and is not silent
        outcome = step.outcomes[0] if step.outcomes else ""
        yield Event(
            kind="act",
            at=when,
            by=role,
            person=f"{role} 1",
            step=step.id,
            outcome=outcome,
        )
        if step.four_eyes:
            yield Event(
                kind="second",
                at=when + _TURN,
                by=role,
                person=f"{role} 2",
                step=step.id,
                choice="yes",
            )

    def _session(self, step: Step, allowed: Interval, at: Moment) -> Iterator[Event]:
        """Plan a session: who comes, and how each votes who does."""
        decision = step.decision
        if decision is None:
            return
        chair = (decision.chair or step.by)[0]
        opens = self._when(chair, allowed, at.day)
        votes: list[tuple[str, str]] = []
        for member in decision.among:
            manner = self._setting.manner_of(member)
            chances = self._rng.random(2)
            comes = chances[0] >= manner.silent_share and not is_away(manner, at.day)
            if comes:
                yes = chances[1] < manner.approves_share
                votes.append((member, "for" if yes else "against"))
        if opens is None:
            return
        yield Event(
            kind="session",
            at=opens,
            by=chair,
            step=step.id,
            present=tuple(member for member, _ in votes),
            outcome=step.outcomes[0] if step.outcomes else "",
        )
        for n, (member, choice) in enumerate(votes, 1):
            yield Event(
                kind="vote",
                at=opens + n * _TURN,
                by=member,
                step=step.id,
                choice=choice,
            )

    def _after_step(self, case: Case, what: Transition, at: Moment) -> Iterator[Event]:
        """Plan what follows a step: attribution, a remedy, an appeal, the end."""
        step = case.rules.procedure.step(what.key)
        procedure = case.rules.procedure
        if step is None:
            return
        concerned = _concerned(case)
        appeals = self._rng.random() < _APPEALS_SHARE
        soon = at.now + timedelta(hours=1)
        if step.act == "attribute" and concerned:
            yield Event(
                kind="attributed",
                at=soon,
                by=what.by,
                party=concerned[0],
                method=_SAID,
                confidence=2,
            )
        if (
            step.act in {"decide", "rule", "remedy"}
            or step.id == procedure.steps[-1].id
        ):
            yield from self._determined(case, what.by, soon)
            if appeals and procedure.appeal is not None and concerned:
                later = at.now + timedelta(hours=20)
                yield Event(kind="appeal", at=later, by=concerned[0], reason=_SAID)
        if step.id == procedure.steps[-1].id and not step.closes:
            later = at.now + timedelta(hours=30)
            yield Event(kind="closed", at=later, by=what.by or step.by[0], reason=_SAID)

    def _determined(self, case: Case, by: str, soon: datetime) -> Iterator[Event]:
        worst = max((b.severity for b in case.standing.active), default=0)
        speakers = case.rules.speakers
        for remedy in case.rules.procedure.remedies:
            able = by in speakers(remedy.by) and remedy.severity <= worst
            if able and remedy.id not in case.standing.remedies:
                concerned = _concerned(case)
                party = concerned[0] if concerned else ""
                yield Event(kind="remedy", at=soon, by=by, name=remedy.id, party=party)
                return

    def _remedy(self, _: Case, what: Transition, at: Moment) -> Iterator[Event]:
        for party in what.reason.split()[:1]:
            when = self._when(party, self._allowed(what.due_at, at), at.day)
            if when is not None:
                yield Event(kind="remedy-done", at=when, by=party, name=what.key)

    def _checked(self, case: Case, what: Transition, at: Moment) -> Iterator[Event]:
        remedy = case.rules.procedure.remedy(what.key)
        for role in remedy.verified_by[:1] if remedy else ():
            when = self._when(role, self._allowed(what.due_at, at), at.day)
            if when is not None:
                yield Event(
                    kind="remedy-verified",
                    at=when,
                    by=role,
                    name=what.key,
                    choice="yes",
                )

    def _papers(self, case: Case, what: Transition, at: Moment) -> Iterator[Event]:
        del what
        procedure, standing = case.rules.procedure, case.standing
        asked = (
            ("minutes", procedure.minutes, standing.minutes_due),
            ("published", procedure.publication, standing.publication_due),
        )
        for kind, office, due in asked:
            if office is not None and office.by:
                when = self._when(office.by[0], self._allowed(due, at), at.day)
                if when is not None:
                    yield Event(kind=kind, at=when, by=office.by[0], reason=_SAID)

    def _appealed(self, case: Case, what: Transition, at: Moment) -> Iterator[Event]:
        appeal = case.rules.procedure.appeal
        for role in appeal.to[:1] if appeal else ():
            when = self._when(role, self._allowed(what.due_at, at), at.day)
            if when is not None:
                yield Event(
                    kind="appeal-decided",
                    at=when,
                    by=role,
                    outcome="stands",
                    reason=_SAID,
                )


def _concerned(case: Case) -> list[str]:
    """Return the parties concerned, in the order of the agreement, not of names."""
    return [p for p in case.rules.parties if p in case.standing.concerned]
