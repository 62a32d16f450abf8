"""Breaches that follow closely upon one another, as one episode each.

A finding is about a reporting day or an occasion; what people speak of is an
episode: from its onset to its end, with everything that was found in between. What
parts two episodes is the clause's own gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pamiers.agreement.model import Agreement
from pamiers.compliance.finding import Finding, Verdict
from pamiers.core.canonical import digest
from pamiers.core.instant import format_instant

_ID_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """Breaches of one rule that no longer pause than its gap parts.

    Invariant: `id` depends on the rule and the onset alone, so that an episode that
    goes on keeps it.
    """

    id: str
    clause: str
    reading: str | None
    sector: str | None
    party: str | None
    zone: str | None
    start: datetime  #: onset [UTC]
    end: datetime  #: [UTC]
    findings: tuple[str, ...]  #: keys, in order of time
    evidence: tuple[str, ...]  #: keys of facts, each once
    probability_low: float  #: the surest of the findings
    margin: float | None  #: the largest of the findings


def episodes(findings: Iterable[Finding], agreement: Agreement) -> tuple[Episode, ...]:
    """Return the episodes of breach among findings.

    Args:
        findings: In any order; only breaches count.
        agreement: Its clauses say how long a pause parts two episodes.

    Returns:
        Episodes by onset, then clause; empty where nothing is breached.
    """
    by_rule: dict[tuple[str | None, ...], list[Finding]] = {}
    for each in findings:
        if each.verdict is Verdict.BREACHED:
            by_rule.setdefault(_rule(each), []).append(each)
    found = [
        _episode(run)
        for breaches in by_rule.values()
        for run in _runs(breaches, agreement)
    ]
    return tuple(sorted(found, key=lambda e: (e.start, e.clause, e.id)))


def _rule(finding: Finding) -> tuple[str | None, ...]:
    return (
        finding.clause,
        finding.reading,
        finding.sector,
        finding.party,
        finding.zone,
        finding.counter,
    )


def _runs(breaches: list[Finding], agreement: Agreement) -> list[list[Finding]]:
    gap = timedelta(seconds=agreement.clause(breaches[0].clause).gap_s)
    runs: list[list[Finding]] = []
    last: datetime | None = None
    for each in sorted(breaches, key=lambda f: (f.start, f.end, f.key)):
        if last is None or each.start - last > gap:
            runs.append([])
        runs[-1].append(each)
        last = max(last or each.end, each.end)
    return runs


def _episode(run: list[Finding]) -> Episode:
    first = run[0]
    named = [str(part) for part in _rule(first)]
    margins = [each.margin for each in run if each.margin is not None]
    return Episode(
        id=digest([*named, format_instant(first.start)])[:_ID_LENGTH],
        clause=first.clause,
        reading=first.reading,
        sector=first.sector,
        party=first.party,
        zone=first.zone,
        start=first.start,
        end=max(each.end for each in run),
        findings=tuple(each.key for each in run),
        evidence=tuple(dict.fromkeys(key for each in run for key in each.evidence)),
        probability_low=max(each.probability_low for each in run),
        margin=max(margins, default=None),
    )
