"""Live through a setting: the world, what is found of it, and what people do about it.

One clock runs through it all. At each instant in order there is a day that dawns, a
time at which what came in is judged, or an act that somebody planned; times that run
out do so between them. After the last day nothing happens in the world any more, and
the clock runs on until every case has had its first step, or had its time for it.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain
from typing import Final

from numpy.random import Generator

from pamiers.agreement.model import Agreement
from pamiers.compliance.assessment.assessment import Assessment
from pamiers.compliance.finding import Finding
from pamiers.compliance.world import World
from pamiers.core.instant import Interval, reporting_day, zone
from pamiers.core.source import Source
from pamiers.procedure import Breach, Event, Transition
from pamiers.simulation.breaking import breaches_in
from pamiers.simulation.casework import Casework
from pamiers.simulation.knowing import Knowledge
from pamiers.simulation.people import UNCLOCKED_H, Moment, People, Planned
from pamiers.simulation.setting import Setting
from pamiers.simulation.stage import Stage
from pamiers.simulation.telling import Sent
from pamiers.simulation.theatre import Day, Theatre, lived, opened
from pamiers.simulation.voicing import Complaint, Voices

#: the last judgements, so long after the last day, for what came late [h]
_AFTERWARDS_H: Final = (12.0, 48.0)
#: the clock runs on for so long at most once all is judged; longer times than that
#: are told as still running
_RUN_ON: Final = timedelta(days=400)
_MONITOR: Final = "monitor"

Hearing = Callable[[datetime, Sequence[Sent]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A breach that went to a case, and whether its finding was taken back."""

    breach: Breach
    case: str
    at: datetime  #: when it was found [UTC]
    retracted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """Everything that came of a setting."""

    stage: Stage
    setting: Setting
    days: tuple[Day, ...]
    findings: tuple[Finding, ...]  #: on all that came to be known
    world: World
    taken: tuple[Taken, ...]  #: in the order in which they were found
    unforeseen: tuple[Breach, ...]  #: at the end, on clauses that lead nowhere
    casework: Casework
    ended_at: datetime  #: until when the clock ran [UTC]
    remedies: Mapping[str, int]  #: determined, by party


@dataclass(order=True, slots=True)
class _Next:
    at: datetime
    rank: int
    number: int
    act: Callable[[datetime], None] = field(compare=False)


def periods_of(stage: Stage, setting: Setting) -> list[Interval]:
    """Return the reporting days of a setting.

    Returns:
        As many as it has days, from its start, or else from the first day on which
        the most temptations are in force.
    """
    agreement = stage.agreement
    tz = zone(agreement.time_zone)
    start = setting.start_at or busiest(stage)
    first = start.astimezone(tz).date() + timedelta(days=1)
    days: list[date] = [first + timedelta(days=n) for n in range(setting.days)]
    return [reporting_day(day, agreement.cut_off, tz) for day in days]


def busiest(stage: Stage) -> datetime:
    """Return the first instant at which the most temptations are in force."""
    readings = [each.rule.reading for each in stage.temptations]
    starts = sorted({r.from_at for r in readings if r.from_at is not None})
    counted = [(sum(r.in_force(at) for r in readings), at) for at in starts]
    most = max((n for n, _ in counted), default=0)
    known = [at for n, at in counted if n == most]
    anchors = sorted(stage.agreement.anchors.values())
    return (known or anchors)[0]


def led(stage: Stage) -> list[str]:
    """Return the ids of the clauses that lead to a procedure of their agreement."""
    procedures = stage.agreement.procedures
    return [c.id for c in stage.agreement.clauses if c.on_breach in procedures]


def as_first_read(stage: Stage) -> Agreement:
    """Return an agreement in the readings that stand first in its text alone."""
    clauses = [
        replace(c, readings=tuple(r for r in c.readings if r.id == c.default.id))
        for c in stage.agreement.clauses
    ]
    return replace(stage.agreement, clauses=tuple(clauses))


def unforeseen(
    stage: Stage, world: World, now: datetime, begun: Sequence[Interval]
) -> Iterator[Breach]:
    """Yield what is broken and no procedure answers.

    Args:
        stage: Its agreement is judged.
        world: All that is known.
        now: When it is judged.
        begun: Reporting days that have begun.

    Yields:
        Breaches of clauses that lead to no procedure; none where every clause does.
    """
    others = {clause.id for clause in stage.agreement.clauses} - set(led(stage))
    if others:
        beside = Assessment(as_first_read(stage), [], sorted(others))
        beside.advance(world, now, begun)
        yield from breaches_in(beside.findings(), world, stage.agreement, led=False)


class _Life:
    """A setting being lived; made once, run once."""

    def __init__(
        self,
        stage: Stage,
        setting: Setting,
        sources: Mapping[str, Source],
        rng: Generator,
        heard: Hearing,
    ) -> None:
        self.stage, self.setting = stage, setting
        self.world_rng, people_rng, voices_rng = rng.spawn(3)
        self.people = People(setting, people_rng)
        self.voices = Voices(setting, stage.agreement, voices_rng)
        self.known = Knowledge(sources=sources, fused=setting.fused)
        self.assessment = Assessment(as_first_read(stage), [], led(stage))
        self.casework = Casework(agreement=stage.agreement)
        self.periods = periods_of(stage, setting)
        self.heard = heard
        self.theatre: Theatre | None = None
        self.days: list[Day] = []
        self.begun: list[Interval] = []
        self.sent: list[tuple[datetime, int, Sent]] = []
        self.queue: list[_Next] = []
        self.taken: dict[str, Taken] = {}
        self.remedied: Counter[str] = Counter()
        self.since: Counter[str] = Counter()
        self.number = 0
        self.last_world = World(sources=sources)
        self.now = self.periods[0].start

    def run(self) -> Lived:
        self._schedule()
        last = self.periods[-1].end + timedelta(hours=max(_AFTERWARDS_H)) + _RUN_ON
        while self.queue:
            upcoming = self.queue[0]
            due = self.casework.next_due()
            if due is not None and due < min(upcoming.at, last):
                self._at(due + timedelta(seconds=1))
                continue
            if upcoming.at > last:
                break
            heapq.heappop(self.queue)
            self._at(upcoming.at)
            upcoming.act(upcoming.at)
        self._run_on(last)
        return Lived(
            stage=self.stage,
            setting=self.setting,
            days=tuple(self.days),
            findings=tuple(self.assessment.findings()),
            world=self.last_world,
            taken=tuple(self.taken.values()),
            unforeseen=tuple(
                unforeseen(self.stage, self.last_world, self.now, self.begun)
            ),
            casework=self.casework,
            ended_at=self.now,
            remedies=dict(self.remedied),
        )

    def _run_on(self, last: datetime) -> None:
        """Let the times run out that nobody planned anything for."""
        while (due := self.casework.next_due()) is not None and due < last:
            self._at(due + timedelta(seconds=1))

    def _schedule(self) -> None:
        step = timedelta(hours=self.setting.judged_every_h)
        for period in self.periods:
            self._put(period.start, 0, partial(self._dawn, period))
            at = period.start + step
            while at < period.end:
                self._put(at, 1, self._judge)
                at += step
            self._put(period.end, 1, self._judge)
        for hours in _AFTERWARDS_H:
            end = self.periods[-1].end + timedelta(hours=hours)
            self._put(end, 1, self._judge)

    def _put(self, at: datetime, rank: int, act: Callable[[datetime], None]) -> None:
        self.number += 1
        heapq.heappush(self.queue, _Next(at, rank, self.number, act))

    def _at(self, now: datetime) -> None:
        """Let the clock come to an instant, and times run out on the way."""
        self.now = max(self.now, now)
        for case, what in list(self.casework.pass_time(self.now)):
            self._became(case, what)

    def _dawn(self, period: Interval, _: datetime) -> None:
        if self.theatre is None:
            self.theatre = opened(self.stage, self.setting, self.world_rng)
        self._pause(period.start)
        today = period, dict(self.since)
        self.since.clear()
        self.theatre, day = lived(
            self.theatre, self.stage, self.setting, today, self.world_rng
        )
        for said in self.voices.complaints(day, len(self.days)):
            self._put(said.at, 2, partial(self._complain, said))
        self.days.append(day)
        self.begun.append(period)
        for each in day.sent:
            heapq.heappush(self.sent, (each.at, len(self.sent) + self.number, each))
            self.number += 1

    def _pause(self, now: datetime) -> None:
        """Stop and start clocks with the watching, where a procedure lets them stop."""
        kinds = {
            self.setting.presence.away_from_day: "suspended",
            self.setting.presence.back_on_day: "resumed",
        }
        kind = kinds.get(len(self.days))
        for name, case in list(self.casework.cases.items()) if kind else ():
            office = case.rules.procedure.suspension
            if office is not None and case.is_open:
                why = "nobody watches" if kind == "suspended" else "watched again"
                event = Event(kind=str(kind), at=now, by=office.by[0], reason=why)
                for where, what in self.casework.file(name, event, now):
                    self._became(where, what)

    def _judge(self, now: datetime) -> None:
        """Hear what came in, judge what it touches, and file what is found."""
        came = []
        while self.sent and self.sent[0][0] <= now:
            came.append(heapq.heappop(self.sent)[2])
        news = self.known.hear(came)
        self.heard(now, news)
        if not news and now > self.periods[-1].end:
            return
        world = self.last_world = self.known.world()
        self.assessment.advance(world, now, self.begun)
        found = {
            breach.key: breach
            for breach in breaches_in(
                self.assessment.findings(), world, self.stage.agreement
            )
        }
        for key, breach in found.items():
            if key not in self.taken:
                self._take(breach, now)
        for key, taken in self.taken.items():
            if key not in found and taken.retracted_at is None:
                self._retract(taken, now)

    def _take(self, breach: Breach, now: datetime) -> None:
        became = self.casework.take(breach, "finding", _MONITOR, now)
        case = self.casework.case_of[breach.key]
        self.taken[breach.key] = Taken(breach=breach, case=case, at=now)
        for where, what in became:
            self._became(where, what)

    def _complain(self, what: Complaint, now: datetime) -> None:
        for case, became in self.casework.take(what.breach, "complaint", what.by, now):
            self._became(case, became)

    def _retract(self, taken: Taken, now: datetime) -> None:
        self.taken[taken.breach.key] = Taken(
            breach=taken.breach, case=taken.case, at=taken.at, retracted_at=now
        )
        event = Event(
            kind="retracted",
            at=now,
            by=_MONITOR,
            findings=(taken.breach.key,),
            reason="no longer found",
        )
        for where, what in self.casework.file(taken.case, event, now):
            self._became(where, what)

    def _became(self, case: str, what: Transition) -> None:
        """Let people plan upon what became so, and the world answer to remedies."""
        held = self.casework.cases[case]
        if what.what == "remedy":
            for party in what.reason.split():
                self._remedied(party)
        final = held.rules.procedure.steps[-1].id
        settles = what.what == "step-done" and what.key == final
        if settles and not held.rules.procedure.remedies:
            for party in self.stage.agreement.party_ids:
                if party in held.standing.concerned:
                    self._remedied(party)
        at = Moment(now=self.now, day=len(self.days) - 1)
        plans = chain(
            self.people.plan(held, what, at), self.voices.plan(held, what, at)
        )
        for planned in plans:
            at_once = max(planned.event.at, self.now)
            self._put(at_once, 2, partial(self._act, planned))

    def _remedied(self, party: str) -> None:
        self.remedied[party] += 1
        self.since[party] += 1

    def _act(self, planned: Planned, now: datetime) -> None:
        for where, what in self.casework.file(planned.case, planned.event, now):
            self._became(where, what)


def live(
    stage: Stage,
    setting: Setting,
    sources: Mapping[str, Source],
    rng: Generator,
    heard: Hearing = lambda *_: None,
) -> Lived:
    """Live through a setting to its end.

    Args:
        stage: The agreement, laid out.
        setting: Who behaves how, who watches, who answers when.
        sources: Those that the agreement describes.
        rng: Generator; the same one gives the same life.
        heard: Told of messages as they are heard, in order.

    Returns:
        Truth, findings and cases, side by side.
    """
    return _Life(stage, setting, sources, rng, heard).run()


def unclocked_until(opened_at: datetime) -> datetime:
    """Return until when a rehearsal waits for a step to which the text sets no time."""
    return opened_at + timedelta(hours=UNCLOCKED_H)
