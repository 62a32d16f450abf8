"""Which findings are breaches, which of them a procedure answers, and since when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pamiers.agreement.model import Agreement
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.world import World
from pamiers.core.rows import Incident
from pamiers.procedure import Breach, breach_of


def breaches_in(
    findings: Sequence[Finding],
    world: World,
    agreement: Agreement,
    *,
    led: bool = True,
) -> Iterator[Breach]:
    """Yield the breaches that findings establish, each once.

    Args:
        findings: On what is known.
        world: What is known; tells when the incidents were.
        agreement: Says which procedure a clause leads to.
        led: Those on clauses that name one of the agreement's procedures; else those
            that no procedure is there for.

    Yields:
        One for each finding of breach in the reading that stands first; of a duty that
        is late, one, however many days it is late. Its time is that of the first
        incident that goes into it, or when the duty was due.
    """
    began = _began(world)
    seen: set[str] = set()
    for finding in findings:
        if not _counts(finding, agreement, led=led):
            continue
        key = _key(finding)
        if key in seen:
            continue
        seen.add(key)
        breach = breach_of(finding, severity_of(finding, agreement))
        at = finding.due_at or _first(finding, began) or finding.start
        yield replace(breach, key=key, breach_at=min(at, finding.known_at))


def _counts(finding: Finding, agreement: Agreement, *, led: bool) -> bool:
    clause = agreement.clause(finding.clause)
    first = finding.reading in {None, clause.default.id}
    leads = clause.on_breach in agreement.procedures
    return finding.verdict is Verdict.BREACHED and first and leads is led


def _key(finding: Finding) -> str:
    if finding.due_at is None or finding.occasion is not None:
        return finding.key
    due = f"{finding.due_at:%Y%m%dT%H%M%S}"
    return f"{finding.clause}-{finding.party or 'all'}-{finding.zone or ''}-{due}"


def _began(world: World) -> Mapping[str, datetime]:
    return {
        row.key: row.start
        for row in world.incidents.views()
        if isinstance(row, Incident)
    }


def _first(finding: Finding, began: Mapping[str, datetime]) -> datetime | None:
    times = [began[key] for key in finding.evidence if key in began]
    within = [at for at in times if finding.start <= at < finding.end]
    return min(within or times, default=None)


def severity_of(finding: Finding, agreement: Agreement) -> int:
    """Return a severity, 1 to 4, where people have classified nothing.

    Args:
        finding: Of a breach.
        agreement: Says at which levels its clause is graded.

    Returns:
        One for each doubling of the events that surely count, no higher than the
        levels that the clause grades; 2 where it grades none.
    """
    levels = len(agreement.clause(finding.clause).severity) or 2
    return min(max(finding.count_low, 1).bit_length(), levels, 4)
