"""Findings as a reader meets them: clause, words, citation, verdict, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pamiers.agreement.model import Clause
from pamiers.compliance.finding import NOT_MANDATED, UNATTRIBUTED, Finding, Verdict
from pamiers.core.errors import UnknownTermError
from pamiers.report.context import Context
from pamiers.report.message import Named, named
from pamiers.report.redaction import distance_km

_Same = tuple[str, str | None, str | None]  # clause, reading, sector

#: verdicts in the order a reader needs them
ORDER: Final = (
    Verdict.BREACHED,
    Verdict.UNDETERMINED,
    Verdict.UNOBSERVED,
    Verdict.KEPT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One finding with the clause it judges; `previous` is the day before's."""

    key: str
    clause: str
    title: Named
    text: Named
    cite: str
    instrument: Named
    reading: str | None
    rival_readings: int  #: how many ways the clause is read; 1 where it is plain
    questions: tuple[Named, ...]  #: what the text of the clause leaves open
    answers: tuple[Named, ...]  #: to each of them, under this reading
    region: str | None
    sector: Named | None
    start: datetime  #: [UTC]
    end: datetime  #: [UTC]
    verdict: Verdict
    previous: Verdict | None
    why: str
    probability_low: float
    probability_high: float
    coverage_share: float
    detection: float | None
    count_low: int
    count_high: int | None
    margin_km: float | None
    evidence: tuple[str, ...]
    exempt: tuple[str, ...]
    attribution: str  #: `not_mandated`, `not_attributed` or `party`
    attributed_to: Named | None
    attribution_share: tuple[tuple[str, Named, float], ...]
    known_at: datetime  #: [UTC]
    agreement: str
    days: tuple[tuple[Verdict, int], ...] = ()
    #: of a line that gathers several days: how many came to each verdict


def finding_lines(context: Context) -> tuple[FindingLine, ...]:
    """Return the day's findings, breaches first, then by clause and sector.

    Over several days each clause, reading and sector has one line: the gravest.
    """
    previous = sorted(context.inputs.previous_findings, key=_order, reverse=True)
    before = {_same(each): each for each in previous}
    findings = sorted(context.inputs.findings, key=_order)
    if context.period.days == 1:
        return tuple(_line(each, before, context) for each in findings)
    same: dict[_Same, list[Finding]] = {}
    for each in findings:
        same.setdefault(_same(each), []).append(each)
    return tuple(
        _gathered(_line(group[0], before, context), group) for group in same.values()
    )


def _gathered(gravest: FindingLine, days: Sequence[Finding]) -> FindingLine:
    """Return the line of the gravest day, with what all the days together say."""
    counted = [each.count_high for each in days if each.count_high is not None]
    return replace(
        gravest,
        start=min(each.start for each in days),
        end=max(each.end for each in days),
        coverage_share=round(sum(each.coverage_share for each in days) / len(days), 4),
        count_low=sum(each.count_low for each in days),
        count_high=sum(counted) if len(counted) == len(days) else None,
        evidence=tuple(dict.fromkeys(key for each in days for key in each.evidence)),
        exempt=tuple(dict.fromkeys(key for each in days for key in each.exempt)),
        days=verdict_counts(days),
    )


def verdict_counts(findings: Iterable[Finding]) -> tuple[tuple[Verdict, int], ...]:
    """Return how many findings came to each verdict, all four named."""
    verdicts = [each.verdict for each in findings]
    return tuple((verdict, verdicts.count(verdict)) for verdict in ORDER)


def _order(finding: Finding) -> tuple[object, ...]:
    place = ORDER.index(finding.verdict)
    return (place, finding.clause, finding.reading or "", finding.sector or "")


def _same(finding: Finding) -> _Same:
    return finding.clause, finding.reading, finding.sector


def _line(
    finding: Finding, before: Mapping[_Same, Finding], context: Context
) -> FindingLine:
    agreement = context.inputs.agreement
    clause = _clause(finding.clause, context)
    instrument = clause.instrument if clause else ""
    previous = before.get(_same(finding))
    kind, party = _attribution(finding)
    return FindingLine(
        key=finding.key,
        clause=finding.clause,
        title=named(clause.title if clause else None, finding.clause),
        text=named(clause.text if clause else None, finding.clause),
        cite=clause.cite if clause else "",
        instrument=named(agreement.instruments.get(instrument), instrument),
        reading=finding.reading,
        rival_readings=len(clause.readings) if clause else 1,
        questions=tuple(named(each, "") for each in clause.questions) if clause else (),
        answers=_answers(finding.reading, clause),
        region=finding.sector,
        sector=context.sectors.title(finding.sector),
        start=finding.start,
        end=finding.end,
        verdict=finding.verdict,
        previous=previous.verdict if previous else None,
        why=finding.why.value,
        probability_low=finding.probability_low,
        probability_high=finding.probability_high,
        coverage_share=finding.coverage_share,
        detection=finding.detection,
        count_low=finding.count_low,
        count_high=finding.count_high,
        margin_km=distance_km(finding.margin_m, context.edition),
        evidence=finding.evidence,
        exempt=finding.exempt,
        attribution=kind,
        attributed_to=context.who(party),
        attribution_share=_shares(finding, kind, context),
        known_at=finding.known_at,
        agreement=finding.agreement,
    )


def _clause(clause_id: str, context: Context) -> Clause | None:
    try:
        return context.inputs.agreement.clause(clause_id)
    except UnknownTermError:  # a finding under an earlier version of the agreement
        return None


def _answers(reading: str | None, clause: Clause | None) -> tuple[Named, ...]:
    """Return what a reading answers, in the agreement's words, else by its ids."""
    if clause is None or not reading:
        return ()
    read = next((each for each in clause.readings if each.id == reading), None)
    if read is None:  # a reading that an earlier version of the agreement had
        return ()
    pairs = zip(read.answers, read.id.split("+"), strict=False)
    return tuple(named(words, option) for words, option in pairs)


def _attribution(finding: Finding) -> tuple[str, str | None]:
    if finding.attribution == NOT_MANDATED:
        return "not_mandated", None
    if finding.attribution == UNATTRIBUTED:
        return "not_attributed", None
    return "party", finding.attribution


def _shares(
    finding: Finding, kind: str, context: Context
) -> tuple[tuple[str, Named, float], ...]:
    """Return who it may have been, unless the mandate forbids saying so."""
    if kind == "not_mandated":
        return ()
    return tuple(
        (party, named(context.inputs.agreement.names.get(party), party), share)
        for party, share in finding.attribution_share
    )
