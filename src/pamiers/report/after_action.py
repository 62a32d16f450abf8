"""The after-action report of a rehearsal: what was asked, answered, late and left.

Truth stands here beside what was found of it, as it can only after a rehearsal. Both
parties stand side by side; no figure is a forecast of anybody.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pamiers.core.rows import Incident, Observation
from pamiers.procedure import Case, Effect
from pamiers.report.message import Named, Term, named
from pamiers.simulation.casework import Filed
from pamiers.simulation.deed import Deed
from pamiers.simulation.living import Lived, Taken
from pamiers.simulation.outcome import First, Outcome, Step

if TYPE_CHECKING:
    from pamiers.agreement.model import Agreement

SCHEMA: Final = "pamiers/after-action/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What was rehearsed."""

    agreement: Named
    seed: int
    start: datetime  #: UTC
    end: datetime  #: of the last day
    ran_until: datetime  #: when the clock stopped
    time_zone: str
    days: int
    fused: bool  #: whether reports were fused, or told apart by the truth


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """How one role kept its appointments."""

    role: Named
    asked: int
    in_time: int
    late: int
    undone: int
    worst_late_s: float | None
    messages: int  #: that came to it


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """One party, in the same words and figures as the other."""

    party: Named
    deeds: int  #: that it did
    staged: int  #: of these, laid at another's door
    found: int  #: breaches found that name it
    retaliations: int
    invented: int  #: claims of what never was
    remedies: int  #: determined against it
    late_replies: int
    undone: int  #: steps of its own left undone
    complaints: int  #: that it made
    disputes: int  #: in which it contested a finding


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step that was late, or never taken."""

    case: str
    step: str
    role: Named
    clauses: tuple[Named, ...]
    due_at: datetime
    done_at: datetime | None
    late_s: float | None  #: None: never done
    clocked: bool  #: whether the text sets the time


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLine:
    """One clause: what was done against it, and what came of that."""

    clause: Named
    deeds: int
    reported: int
    found: int  #: breaches that went to a procedure
    in_time: int
    late: int
    no_step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inject:
    """One thing that happened in the rehearsal, and who came to know of it."""

    at: datetime
    clause: Named
    party: Named
    kind: Term | Named
    count: int
    blamed: Named | None
    reports: int
    case: str  #: empty: none


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One complaint, dispute or wish for a longer time, and what came of it."""

    at: datetime
    by: Named
    case: str
    what: Term
    about: Named
    came: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message in a role's inbox."""

    at: datetime
    to: Named
    case: str
    what: Term
    about: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterAction:
    """A rehearsal, told."""

    rehearsed: Rehearsed
    figures: tuple[tuple[str, int], ...]
    roles: tuple[RoleLine, ...]
    parties: tuple[PartyLine, ...]
    late: tuple[StepLine, ...]
    clauses: tuple[ClauseLine, ...]
    injects: tuple[Inject, ...]
    words: tuple[Word, ...]
    inboxes: tuple[Letter, ...]
    undrawn: tuple[tuple[Named, Term], ...]


def after_action(lived: Lived, outcome: Outcome, seed: int) -> AfterAction:
    """Return what a rehearsal comes to.

    Args:
        lived: Everything that happened in it.
        outcome: What came of the first steps.
        seed: That made it.

    Returns:
        The report; equal for equal arguments.
    """
    told = _Told(lived, outcome)
    agreement = lived.stage.agreement
    first, last = lived.days[0].period, lived.days[-1].period
    return AfterAction(
        rehearsed=Rehearsed(
            agreement=named(agreement.title, agreement.id),
            seed=seed,
            start=first.start,
            end=last.end,
            ran_until=lived.ended_at,
            time_zone=agreement.time_zone,
            days=len(lived.days),
            fused=lived.setting.fused,
        ),
        figures=tuple(figures(lived, outcome).items()),
        roles=tuple(told.roles()),
        parties=tuple(told.parties()),
        late=tuple(told.late()),
        clauses=tuple(told.clauses()),
        injects=tuple(told.injects()),
        words=tuple(told.words()),
        inboxes=tuple(told.letters()),
        undrawn=tuple(
            (told.clause(clause), Term("undrawn", why))
            for clause, why in lived.stage.undrawn
        ),
    )


def figures(lived: Lived, outcome: Outcome) -> Mapping[str, int]:
    """Return the figures of a rehearsal, those of its first steps before all."""
    deeds = [deed for day in lived.days for deed in day.deeds]
    reports = _reports(lived)
    retracted = sum(each.retracted_at is not None for each in lived.taken)
    said = Counter(each.event.kind for each in _spoken(lived))
    granted = sum(
        each.what == "extended"
        for case in lived.casework.cases.values()
        for each in case.log
    )
    return {
        **outcome.figures,
        "cases": len(lived.casework.cases),
        "retracted": retracted,
        "deeds": len(deeds),
        "unseen": sum(reports[deed.id] == 0 for deed in deeds),
        "complaints": said["complaint"],
        "disputes": said["dispute"],
        "longer_asked": said["extension-asked"],
        "longer_granted": granted,
        "events_filed": len(lived.casework.filed),
    }


_SPOKEN: Final = ("complaint", "dispute", "extension-asked")


def _spoken(lived: Lived) -> Iterator[Filed]:
    """Yield complaints, disputes and wishes that a case took, as they were filed."""
    for each in lived.casework.filed:
        refused = lived.casework.cases[each.case].refused
        if each.event.kind in _SPOKEN and all(r.event != each.event for r in refused):
            yield each


def _reports(lived: Lived) -> Counter[str]:
    """Return how many reports tell of each deed, of all that were ever heard."""
    found: Counter[str] = Counter()
    for day in lived.days:
        for row in {each.row for each in day.sent if not each.taken_back}:
            if isinstance(row, Observation) and row.standing == "observed":
                found[row.key.removesuffix(f"-{row.source}")] += 1
    return found


class _Told:
    """A life and its outcome, asked for the lines of a report."""

    def __init__(self, lived: Lived, outcome: Outcome) -> None:
        self.lived, self.outcome = lived, outcome
        self.agreement: Agreement = lived.stage.agreement
        self.reports = _reports(lived)
        self.deeds = [deed for day in lived.days for deed in day.deeds]
        self.case_of = _cases_of_deeds(lived)
        self.spoken = list(_spoken(lived))

    def who(self, name: str) -> Named:
        return named(self.agreement.names.get(name), name)

    def clause(self, name: str) -> Named:
        return named(self.agreement.clause(name).title, name)

    def roles(self) -> Iterator[RoleLine]:
        effects = self.lived.casework.effects.values()
        came = Counter(to for each in effects for to in each.to)
        for duty in self.outcome.roles:
            yield RoleLine(
                role=self.who(duty.role),
                asked=duty.asked,
                in_time=duty.in_time,
                late=duty.late,
                undone=duty.undone,
                worst_late_s=duty.worst_late_s,
                messages=came[duty.role],
            )

    def parties(self) -> Iterator[PartyLine]:
        found = Counter(each.breach.party for each in self._standing())
        found.update(each.party for each in self.outcome.unforeseen)
        for party in self.agreement.party_ids:
            own = [deed for deed in self.deeds if deed.party == party]
            days = self.lived.days
            steps = [step for step in self.outcome.steps if party in step.by]
            yield PartyLine(
                party=self.who(party),
                deeds=len(own),
                staged=sum(deed.blamed is not None for deed in own),
                found=found[party],
                retaliations=sum(deed.answers is not None for deed in own),
                invented=sum(i.by == party for day in days for i in day.inventions),
                remedies=self.lived.remedies.get(party, 0),
                late_replies=self._late_replies(party),
                undone=sum(step.undone for step in steps),
                complaints=self._said("complaint", party),
                disputes=self._said("dispute", party),
            )

    def _said(self, kind: str, party: str) -> int:
        events = [each.event for each in self.spoken]
        return sum(e.kind == kind and e.by == party for e in events)

    def _standing(self) -> list[Taken]:
        return [each.taken for each in self.outcome.answered]

    def _late_replies(self, party: str) -> int:
        return sum(
            f"reply:{party}" in case.standing.lapsed
            for case in self.lived.casework.cases.values()
        )

    def late(self) -> Iterator[StepLine]:
        late = [step for step in self.outcome.steps if step.late]
        for step in sorted(late, key=lambda s: (s.due_at, s.case, s.step)):
            standing = self.lived.casework.cases[step.case].standing
            clauses = dict.fromkeys(b.clause for b in standing.breaches.values())
            yield StepLine(
                case=step.case,
                step=step.step,
                role=self.who(_one(step)),
                clauses=tuple(self.clause(name) for name in clauses),
                due_at=step.due_at,
                done_at=None if step.deemed else step.done_at,
                late_s=step.late_s,
                clocked=step.clocked,
            )

    def clauses(self) -> Iterator[ClauseLine]:
        done = Counter(deed.clause for deed in self.deeds)
        seen = Counter(d.clause for d in self.deeds if self.reports[d.id])
        unforeseen = Counter(each.clause for each in self.outcome.unforeseen)
        for clause in self.agreement.clauses:
            answers = [
                each.first
                for each in self.outcome.answered
                if each.taken.breach.clause == clause.id
            ]
            led_nowhere = unforeseen[clause.id]
            if done[clause.id] or answers or led_nowhere:
                yield ClauseLine(
                    clause=self.clause(clause.id),
                    deeds=done[clause.id],
                    reported=seen[clause.id],
                    found=len(answers) + led_nowhere,
                    in_time=answers.count(First.IN_TIME),
                    late=answers.count(First.LATE) + answers.count(First.MISSED),
                    no_step=answers.count(First.NONE) + led_nowhere,
                )

    def injects(self) -> Iterator[Inject]:
        for deed in self.deeds:
            yield Inject(
                at=deed.start,
                clause=self.clause(deed.clause),
                party=self.who(deed.party),
                kind=self._kind(deed),
                count=deed.count or 1,
                blamed=self.who(deed.blamed) if deed.blamed else None,
                reports=self.reports[deed.id],
                case=self.case_of.get(deed.id, ""),
            )

    def _kind(self, deed: Deed) -> Term | Named:
        own = deed.kind.removeprefix("event:")
        words = self.agreement.events.get(own)
        return Term("kind", own) if words is None else named(words, own)

    def words(self) -> Iterator[Word]:
        for each in self.spoken:
            event = each.event
            yield Word(
                at=event.at,
                by=self.who(event.by),
                case=each.case,
                what=Term("said", event.kind),
                about=self._about(each),
                came=Term("came", _came(each, self.lived.casework.cases[each.case])),
            )

    def _about(self, filed: Filed) -> Named:
        """Return the clause that a word is about, or the step."""
        event = filed.event
        if event.kind == "extension-asked":
            return named(None, event.step)
        held = self.lived.casework.cases[filed.case].standing.breaches
        keys = event.findings or tuple(b.key for b in event.breaches)
        return self.clause(held[keys[0]].clause)

    def letters(self) -> Iterator[Letter]:
        effects = sorted(
            self.lived.casework.effects.values(), key=lambda e: (e.at, e.key)
        )
        for each in effects:
            for to in each.to:
                yield Letter(
                    at=each.at,
                    to=self.who(to),
                    case=each.case,
                    what=Term("became", _became(each)),
                    about=_which(each, self.lived.casework.cases[each.case]),
                    due_at=each.due_at,
                )


def _one(step: Step) -> str:
    return step.done_by or (step.by[0] if step.by else "")


def _became(effect: Effect) -> str:
    """Return what an effect tells of; of a time that ran out, which."""
    if effect.what != "lapsed":
        return effect.what
    return f"lapsed-{effect.about.partition(':')[0]}"


def _which(effect: Effect, case: Case) -> str:
    """Return the step or remedy that an effect is about; empty where it is neither."""
    procedure = case.rules.procedure
    name = effect.about.rpartition(":")[2]
    known = procedure.step(name) or procedure.remedy(name)
    return name if known else ""


def _came(filed: Filed, case: Case) -> str:
    """Return what came of a complaint, dispute or wish, in one word."""
    event = filed.event
    if event.kind == "complaint":
        alone = case.log[0].by == event.by and case.log[0].at == event.at
        return "opened" if alone else "joined"
    if event.kind == "dispute":
        return "beside"
    answers = ("extended", "extension-refused")
    return next(
        (
            each.what
            for each in case.log
            if each.key == event.step and each.at >= event.at and each.what in answers
        ),
        "unanswered",
    )


def _cases_of_deeds(lived: Lived) -> Mapping[str, str]:
    """Return the case that each deed came to, through reports, incident and finding."""
    members = {
        row.key: row.members.split("; ")
        for row in lived.world.incidents.views()
        if isinstance(row, Incident)
    }
    found: dict[str, str] = {}
    by_key = {finding.key: finding for finding in lived.findings}
    for taken in lived.taken:
        finding = by_key.get(taken.breach.key)
        for incident in finding.evidence if finding else ():
            for member in members.get(incident, ()):
                source, _, key = member.partition(":")
                found.setdefault(key.removesuffix(f"-{source}"), taken.case)
    return found
