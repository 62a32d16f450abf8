"""All that follows from a scenario, in words: what the files of `told/` hold.

A scenario says of a few clauses what is found; its telling says of every clause what
the facts make of it, step by step, of the days that they touch: findings with every
figure, what they rest on, episodes, the calendar, and the ledgers. What rests on no
fact is told of the clauses that the scenario asks about alone; and once of every
clause, where nothing is given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pamiers.agreement.model import Agreement
from pamiers.compliance.assessment.assessment import Assessment
from pamiers.compliance.clauses.case import Court
from pamiers.compliance.episodes import episodes
from pamiers.compliance.explain import explain_before
from pamiers.compliance.finding import Finding
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.kinds import KINDS, ledger
from pamiers.compliance.ledgers.known import known_of
from pamiers.compliance.log import Logged, standing_at, turned
from pamiers.compliance.scenario.facts import Version, versions_of, world_at
from pamiers.compliance.scenario.written import Scenario, Step
from pamiers.compliance.world import World
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone
from pamiers.core.source import Source
from tests.scenario.wording import (
    bears,
    body,
    contradicts_itself,
    entry_lines,
    instant,
    reasons,
    subject,
)

_TICK = timedelta(microseconds=1)
#: reporting days that are looked at, the last ones
MOST_DAYS = 8
#: those that are looked at where a scenario asks about gates, the first ones
_OF_GATES = 30
#: agreement by its identity, when -> entries where nothing is on record
_SILENT: dict[tuple[int, datetime], tuple[Agreement, frozenset[str]]] = {}


def telling(
    scenario: Scenario, agreement: Agreement, sources: dict[str, Source]
) -> str:
    """Return what follows from a scenario, step by step."""
    versions = versions_of(scenario.given, agreement, scenario.file)
    teller = _Teller(scenario, agreement, sources, versions)
    lines = [scenario.title]
    latest = scenario.steps[0].at
    for step in scenario.steps:
        if step.at < latest:  # back to what was known before: begin again
            teller = _Teller(scenario, agreement, sources, versions)
        latest = step.at
        lines += ["", f"== known by {instant(step.at)}", *teller.told(step)]
    return "\n".join(lines) + "\n"


@dataclass(slots=True)
class _Teller:
    """Goes through the steps, and tells of each what is new."""

    scenario: Scenario
    agreement: Agreement
    sources: dict[str, Source]
    versions: Sequence[Version]
    log: tuple[Logged, ...] = ()
    entries: frozenset[str] = frozenset()  #: of calendar and ledgers, as told last
    held: Assessment = field(init=False)

    def __post_init__(self) -> None:
        self.held = Assessment(self.agreement, ())

    def told(self, step: Step) -> Iterator[str]:
        world = world_at(self.versions, step.at, self.sources)
        turn = self.held.advance(world, step.at, self._days(step.at))
        stood = standing_at(self.log, step.at - _TICK)
        self.log = turned(self.log, turn.before, turn.now, step.at)
        assert standing_at(self.log, step.at - _TICK) == stood
        stands = {each.key for each in standing_at(self.log, step.at)}
        assert stands == {each.key for each in self.held.findings()}
        asked = {each.about for each in step.then if each.form == "clause"}
        if not self.scenario.given:
            asked = {clause.id for clause in self.agreement.clauses}
        yield from self._findings(asked, Court(self.agreement, world, step.at))
        yield from self._entries(world, self.held.findings(), step.at)

    def _days(self, at: datetime) -> list[Interval]:
        """Return the reporting days of facts and of assessments that have begun."""
        tz, cut_off = zone(self.agreement.time_zone), self.agreement.cut_off
        found = {
            reporting_date(each.at - _TICK, cut_off, tz) for each in self.scenario.steps
        }
        for row in (each.row for each in self.versions):
            starts = [getattr(row, "start", None), getattr(row, "given_at", None)]
            found |= {reporting_date(each, cut_off, tz) for each in starts if each}
        told = sorted(found)[-MOST_DAYS:]
        if self._of_gates():  # they look at every day of their windows
            told = [min(found) + timedelta(days=n) for n in range(_OF_GATES)]
        days = [reporting_day(day, cut_off, tz) for day in told]
        return [day for day in days if day.start < at]

    def _of_gates(self) -> bool:
        asked = (each for step in self.scenario.steps for each in step.then)
        return any(each.about == "gates" for each in asked)

    def _findings(self, asked: set[str], court: Court) -> Iterator[str]:
        fresh = [e.finding for e in self.log if e.known_from == court.known_at]
        groups: dict[tuple[str, ...], list[Finding]] = {}
        assert not [each for each in fresh if contradicts_itself(each)]
        for each in fresh:
            if each.clause in asked or bears(each):
                told = [each.clause, body(each)]
                if each.clause in asked:
                    told += reasons(explain_before(each, court))
                groups.setdefault(tuple(told), []).append(each)
        for (clause, first, *rest), found in groups.items():
            yield f"{clause} {subject(found, self.agreement)}"
            yield from (f"    {line}" for line in (first, *rest))
        named = {each.key for each in fresh}
        gone = [e.finding for e in self.log if e.known_to == court.known_at]
        for each in gone:
            if each.key not in named:
                yield f"{each.clause} {subject([each], self.agreement)}"
                yield "    no longer judged"

    def _entries(
        self, world: World, findings: list[Finding], at: datetime
    ) -> Iterator[str]:
        found = self._drawn(world, findings, at)
        silent: set[str] = set()
        if self.scenario.given:
            silent |= self._of_nothing(at)
        new = [line for line in found if line not in silent]
        yield from (line for line in new if line not in self.entries)
        self.entries = frozenset(new)

    def _of_nothing(self, at: datetime) -> frozenset[str]:
        """Return the entries where nothing is on record; once for all scenarios."""
        key = id(self.agreement), at
        if key not in _SILENT:
            found = self._drawn(World(sources=self.sources), [], at)
            _SILENT[key] = self.agreement, frozenset(found)
        return _SILENT[key][1]

    def _drawn(self, world: World, findings: list[Finding], at: datetime) -> list[str]:
        known = known_of(self.agreement, world, findings, at)
        drawn: list[tuple[str, object]] = [("calendar", e) for e in calendar(known)]
        drawn += [("episode", each) for each in episodes(findings, self.agreement)]
        for kind in KINDS:
            drawn += [(kind, each) for each in ledger(kind, known, "restricted")]
        return [f"{kind}: {line}" for kind, e in drawn for line in entry_lines(e)]
