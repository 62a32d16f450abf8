"""Assess the days on record against the agreement, and record that it was done."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement
from pamiers.compliance.assess import assess_days
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.world import World
from pamiers.core.instant import reporting_date, reporting_day, zone
from pamiers.core.table import Table
from pamiers.mission.assessed import KIND, keep_assessed
from pamiers.mission.finding_lines import finding_lines, read_finding
from pamiers.mission.happened import incidents_of, record_once, sources_of
from pamiers.mission.mission import FACTS, Mission, basis
from pamiers.mission.resumed import LINES, Known, advanced
from pamiers.mission.state import State, state
from pamiers.mission.versions import agreement_files

#: a coverage row that lasts longer than this names its first and last day only
_LONGEST: Final = timedelta(days=31)
_BEFORE_ANY: Final = datetime(1970, 1, 1, tzinfo=UTC)
#: the first and last year of the calendar have no reporting days: the day before or
#: after one may lie outside it
_FIRST: Final = datetime(2, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9998, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a run of assessment gave, and whether that was news to the record."""

    findings: tuple[Finding, ...]
    days: tuple[date, ...]
    digest: str  #: SHA-256 over the canonical findings
    new_entries: int

    @property
    def by_verdict(self) -> dict[str, int]:
        """Return the number of findings of each of the four verdicts."""
        counted = Counter(finding.verdict for finding in self.findings)
        return {verdict.value: counted[verdict] for verdict in Verdict}


def agreement_of(mission: Mission) -> Agreement:
    """Return the agreement in force, ready to be judged against."""
    return load_agreement(agreement_files(mission))


def days_on_record(found: State, agreement: Agreement) -> list[date]:
    """Return the reporting days of which something is on record, in order.

    Args:
        found: The rows that stand.
        agreement: Its cut-off and zone make the days.

    Returns:
        Days that hold the middle of an observation, part of a coverage row, or the
        end of a published total's period. Of other days nothing is known: every
        clause is unobserved on them, and no row says so.
    """
    tz, cut_off = zone(agreement.time_zone), agreement.cut_off
    days: set[date] = set()

    def add(instant: datetime) -> None:
        if _FIRST <= instant < _LAST:
            days.add(reporting_date(instant, cut_off, tz))

    for start, end in _times(found.tables["observation"]):
        add(start + (end - start) / 2)
    for _, end in _times(found.tables["total"]):
        add(end - timedelta(microseconds=1))
    for start, end in _times(found.tables["coverage"]):
        last = end - timedelta(microseconds=1)
        at = start
        while end - start <= _LONGEST and at < last:
            add(at)
            at += timedelta(days=1)
        add(start)
        add(last)
    return sorted(days)


def _times(table: Table) -> set[tuple[datetime, datetime]]:
    start, end = (table.columns.column(name).to_pylist() for name in ("start", "end"))
    return set(zip(start, end, strict=True))


def standing_findings(mission: Mission) -> tuple[Finding, ...]:
    """Return the findings on what stands, computed only where facts are new.

    They are read from their canonical form, so that a finding kept and one just
    computed are the same to the last digit.
    """
    known = known_at(mission)
    lines = standing_lines(mission).splitlines()
    return tuple(read_finding(line, known) for line in lines)


def standing_lines(mission: Mission) -> bytes:
    """Return the canonical findings on what stands, one a line; empty for none."""
    pinned = basis(mission)
    kept = mission.projections.get(LINES, pinned)
    if kept is not None:
        return kept
    agreement, found = agreement_of(mission), state(mission)
    tz = zone(agreement.time_zone)
    periods = [
        reporting_day(day, agreement.cut_off, tz)
        for day in days_on_record(found, agreement)
    ]
    known = Known(
        world=world_of(mission, found), known_at=known_at(mission), basis=pinned
    )
    return advanced(mission, agreement, known, periods)


def findings_on(
    mission: Mission, agreement: Agreement, found: State, days: Iterable[date]
) -> tuple[Finding, ...]:
    """Return the findings of some reporting days, on record or not.

    Args:
        mission: The mission.
        agreement: Its agreement.
        found: The rows that stand.
        days: Reporting days.

    Returns:
        Findings, days in the order given; none are recorded.
    """
    world = world_of(mission, found)
    return tuple(assess_days(agreement, world, list(days), known_at(mission)))


def world_of(mission: Mission, found: State) -> World:
    """Return what a judgement may rest on: all that stands, and what it tells of."""
    return World(
        observations=found.tables["observation"],
        totals=found.tables["total"],
        coverage=found.tables["coverage"],
        statements=found.tables["statement"],
        tallies=found.tables["tally"],
        incidents=incidents_of(mission),
        sources=sources_of(mission),
    )


def known_at(mission: Mission) -> datetime:
    """Return when the last fact was recorded; 1970 where none is."""
    last = _BEFORE_ANY
    for entry in mission.record.entries(FACTS):
        last = max(last, entry.recorded_at)
    return last


def assess(
    mission: Mission, now: datetime, *, days: Iterable[date] | None = None
) -> Judged:
    """Judge the days on record and put on record that it was done.

    Args:
        mission: The mission.
        now: Instant of recording, aware.
        days: Other reporting days to judge instead; those are not recorded.

    Returns:
        The findings; `new_entries` is 0 where the record says the same already.
    """
    agreement, found = agreement_of(mission), state(mission)
    if days is not None:
        chosen = tuple(days)
        findings = findings_on(mission, agreement, found, chosen)
        digest = hashlib.sha256(b"\n".join(finding_lines(findings))).hexdigest()
        return Judged(findings=findings, days=chosen, digest=digest, new_entries=0)
    judged = Judged(
        findings=standing_findings(mission),
        days=tuple(days_on_record(found, agreement)),
        digest=findings_digest(mission),
        new_entries=0,
    )
    body: dict[str, object] = {
        "basis": basis(mission),
        "days": len(judged.days),
        "digest": judged.digest,
        "findings": judged.by_verdict,
    }
    added = record_once(mission, KIND, body, now)
    if added:
        keep_assessed(mission, basis(mission), standing_lines(mission))
    return replace(judged, new_entries=added)


def findings_digest(mission: Mission) -> str:
    """Return the SHA-256 over the canonical findings on what stands, in order."""
    return hashlib.sha256(standing_lines(mission)).hexdigest()
