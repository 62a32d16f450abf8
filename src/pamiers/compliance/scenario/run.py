"""Run a scenario: assess what is known at each step, and compare with what follows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol

from pamiers.agreement.model import Agreement, Clause
from pamiers.compliance.assess import assess
from pamiers.compliance.clauses.case import Court
from pamiers.compliance.docket import not_judged, owed_each_time
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.log import superseding
from pamiers.compliance.scenario.compare import differences
from pamiers.compliance.scenario.facts import Version, versions_of, world_at
from pamiers.compliance.scenario.names import silent
from pamiers.compliance.scenario.written import Expectation, Scenario, Step
from pamiers.compliance.turned import Turning, naming
from pamiers.compliance.world import World
from pamiers.core.errors import MalformedSourceError, Where
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone
from pamiers.core.source import Source

_TICK: Final = timedelta(microseconds=1)
_BEGINNING: Final = datetime(1900, 1, 1, tzinfo=UTC)
#: of these one finding is enough; of the others every finding has to agree
_ANY: Final = (Verdict.BREACHED, Verdict.UNDETERMINED)
#: how a scenario names what lies in no sector
_NO_SECTOR: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What did not come out as expected, on which line of the scenario."""

    line: int
    clause: str
    reasons: tuple[str, ...]


class Check(Protocol):
    """Compares what else is expected, such as an entry of a calendar."""

    def __call__(
        self,
        expected: Expectation,
        agreement: Agreement,
        world: World,
        at: datetime,
        /,
    ) -> Sequence[str]:
        """Return one sentence for each thing that is not as expected."""
        ...


def try_out(
    scenario: Scenario,
    agreement: Agreement,
    sources: Mapping[str, Source],
    checks: Mapping[str, Check] | None = None,
) -> tuple[Failure, ...]:
    """Return what of a scenario does not come out as expected.

    Args:
        scenario: Facts, and what follows from them.
        agreement: Agreement they are judged against.
        sources: Described by the agreement.
        checks: First key of an expectation other than `clause` -> its check.

    Returns:
        One failure an expectation; empty where all hold.

    Raises:
        MalformedSourceError: A fact or an expectation that cannot be read.
    """
    versions = versions_of(scenario.given, agreement, scenario.file, sources)
    before: tuple[Finding, ...] = ()
    known: World | None = None
    found: list[Failure] = []
    for step in scenario.steps:
        bench = _Bench(
            scenario, agreement, versions, sources, step, before, checks or {}, known
        )
        found += bench.failures()
        before, known = bench.everything(), bench.world()
    return tuple(found)


@dataclass(slots=True)
class _Bench:
    """One step under trial."""

    scenario: Scenario
    agreement: Agreement
    versions: Sequence[Version]
    sources: Mapping[str, Source]
    step: Step
    before: tuple[Finding, ...]
    checks: Mapping[str, Check]
    known: World | None  #: what was known at the step before; None: at none
    _world: World | None = None
    #: clause, when -> findings: several expectations may ask about the same
    _held: dict[tuple[str, Interval], list[Finding]] = field(default_factory=dict)

    def failures(self) -> Iterator[Failure]:
        for each in self.step.then:
            reasons = tuple(self._reasons(each))
            if reasons:
                yield Failure(line=each.line, clause=each.about, reasons=reasons)

    def everything(self) -> tuple[Finding, ...]:
        """Return all that the step's expectations asked about, for the next step."""
        clauses = dict.fromkeys(
            (e.about, str(e.which.get("day"))) for e in self.clauses
        )
        return tuple(
            finding
            for each in self.clauses
            if clauses.pop((each.about, str(each.which.get("day"))), 0) is None
            for finding in self._findings(each)
        )

    @property
    def clauses(self) -> list[Expectation]:
        asked = [each for each in self.step.then if each.form == "clause"]
        return [each for each in asked if each.about in self._known]

    @property
    def _known(self) -> frozenset[str]:
        return frozenset(clause.id for clause in self.agreement.clauses)

    def world(self) -> World:
        if self._world is None:
            self._world = world_at(self.versions, self.step.at, self.sources)
        return self._world

    def _reasons(self, each: Expectation) -> Iterator[str]:
        if each.form != "clause":
            check = self.checks[each.form]
            yield from check(each, self.agreement, self.world(), self.step.at)
        elif each.about not in self._known:
            yield "the agreement has no such clause"
        elif "not judged" in each.expected:
            yield from self._not_judged(each)
        else:
            yield from self._judged(each)

    def _not_judged(self, each: Expectation) -> Iterator[str]:
        clause = self.agreement.clause(each.about)
        court = Court(self.agreement, self.world(), self.step.at)
        period = self._over(clause, each)
        named = each.which.get("reading")
        why = not_judged(clause, court, period, None if named is None else str(named))
        wanted = each.expected["not judged"]
        if why != wanted:
            got = "it is judged" if why is None else f"not judged: {why}"
            yield f"expected not judged: {wanted}, got: {got}"

    def _judged(self, each: Expectation) -> Iterator[str]:
        findings = self._findings(each)
        if not findings:
            clause = self.agreement.clause(each.about)
            yield silent(each, self._assessed(clause, each)) + self._of_day(each)
            return
        self._refuse_party(each, findings)
        try:
            told = [differences(each, one, self.agreement) for one in findings]
        except (ValueError, TypeError) as error:
            raise MalformedSourceError(
                Where(self.scenario.file, line=each.line),
                expected="an expectation that can be compared",
                got=str(error),
                remedy="docs/reference/scenarios.md shows how each is written.",
            ) from error
        good = [one for one in told if not one]
        enough = each.expected.get("verdict") in {str(v).upper() for v in _ANY}
        if len(good) == len(told) or (enough and good):
            return
        *others, last = next(one for one in told if one)
        failed = next(f for f, one in zip(findings, told, strict=True) if one)
        named = self._named(each, failed, len(findings))
        yield from (*others, "; ".join((last + self._of_day(each), *named)))

    def _named(self, each: Expectation, failed: Finding, of: int) -> Iterator[str]:
        """Yield which of the findings that are meant it is, and why an old one is."""
        said = ", ".join(
            f"{name} {value}"
            for name, value in _own(failed, self.agreement.clause(each.about)).items()
            if value and name not in each.which
        )
        if said:
            yield f"that is the finding of {said}" + (
                f", one of {of}" if of > 1 else ""
            )
        if "occasion" not in each.which and failed.occasion is not None:
            tz, cut_off = zone(self.agreement.time_zone), self.agreement.cut_off
            day = reporting_date(failed.start, cut_off, tz)
            if failed.end <= self._period(each).start:
                yield (
                    f"it was of {day.isoformat()}: findings of earlier occasions stand "
                    "on later days too; choose one with `occasion`"
                )

    def _of_day(self, each: Expectation) -> str:
        """Return the reporting day that was meant, where none was named."""
        clause = self.agreement.clause(each.about)
        if "day" in each.which or owed_each_time(clause, self.agreement):
            return ""
        tz = zone(self.agreement.time_zone)
        start = self._period(each).end - _TICK
        day = reporting_date(start, self.agreement.cut_off, tz)
        return f", on the reporting day {day.isoformat()}"

    def _refuse_party(self, each: Expectation, findings: Sequence[Finding]) -> None:
        """Refuse to choose by party among findings that tell of all together.

        Raises:
            MalformedSourceError: It would say of one what another may have done.
        """
        if "party" in each.which and any(one.party is None for one in findings):
            raise MalformedSourceError(
                Where(self.scenario.file, line=each.line, field="party"),
                expected=f"no `party`: {each.about} is judged for all whom it binds",
                got=repr(each.which["party"]),
                remedy="Leave it out; say whose act it was with `attribution`.",
            )

    def _findings(self, each: Expectation) -> list[Finding]:
        clause = self.agreement.clause(each.about)
        found = [
            finding
            for finding in self._assessed(clause, each)
            if _chosen(finding, each, clause)
        ]
        if self.known is None or "turned_by" not in each.expected:
            return list(superseding(self.before, found))
        turning = Turning(
            agreement=self.agreement,
            before=self.known,
            after=self.world(),
            known_at=self.step.at,
        )
        return naming(self.before, found, self._over(clause, each), turning)

    def _assessed(self, clause: Clause, each: Expectation) -> list[Finding]:
        over = self._over(clause, each)
        if (clause.id, over) not in self._held:
            world, at = self.world(), self.step.at
            found = assess(self.agreement, world, over, at, (clause.id,))
            self._held[clause.id, over] = found
        return self._held[clause.id, over]

    def _over(self, clause: Clause, each: Expectation) -> Interval:
        """Return the day asked about; of what is owed each time, all that was."""
        if owed_each_time(clause, self.agreement) and "day" not in each.which:
            return Interval(_BEGINNING, self.step.at + _TICK)
        return self._period(each)

    def _period(self, each: Expectation) -> Interval:
        """Return the reporting day asked about, or the last by the assessment."""
        tz = zone(self.agreement.time_zone)
        day = each.which.get("day")
        if day is None:
            last = reporting_date(self.step.at - _TICK, self.agreement.cut_off, tz)
        else:
            last = date.fromisoformat(str(day))
        return reporting_day(last, self.agreement.cut_off, tz)


def _chosen(finding: Finding, each: Expectation, clause: Clause) -> bool:
    """Tell whether a finding is one of those that an expectation is about."""
    bearers = clause.default.bearers
    asked = each.which.get("party")
    own = _own(finding, clause) | {"reading": finding.reading or clause.default.id}
    own["sector"] = finding.sector or _NO_SECTOR
    if finding.party is None and asked in bearers:
        own["party"] = asked
    return all(
        str(own[name]) == str(value)
        for name, value in each.which.items()
        if name != "day"
    )


def _own(finding: Finding, clause: Clause) -> dict[str, object]:
    """Return what tells a finding from others on its clause; None for what does not."""
    several = len({each.id for each in clause.readings}) > 1
    return {
        "party": finding.party,
        "reading": finding.reading if several else None,
        "zone": finding.zone,
        "sector": finding.sector,
        "counter": finding.counter,
        "occasion": (finding.occasion or "").rpartition(":")[2],
    }


def instants(scenario: Scenario) -> tuple[datetime, ...]:
    """Return when a scenario is assessed, in order."""
    return tuple(step.at for step in scenario.steps)
