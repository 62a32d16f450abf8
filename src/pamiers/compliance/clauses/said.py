"""What is said of one case, and the finding that says it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from pamiers.compliance.attribution import attribute
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.coverage import NOTHING, Watched
from pamiers.compliance.finding import NOT_MANDATED, Finding, Verdict, Why

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a judgement of acts, counts or states comes to."""

    verdict: Verdict
    why: Why
    low: float = 0.0
    high: float = 1.0
    seen: Watched = NOTHING
    evidence: tuple[str, ...] = ()
    exempt: tuple[tuple[str, str], ...] = ()  #: key, and exemption it is under
    count: tuple[int, int | None] | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    late_s: float | None = None
    limit: float | None = None
    measured: tuple[float, float | None] | None = None
    margin: float | None = None
    locked_by: tuple[str, ...] = ()
    rough: bool = False  #: too many combinations: the probabilities only bound it

    def late(self, until: datetime) -> "Said":
        """Return the same with how late it is at an instant, or was done."""
        if self.due_at is None:
            return self
        over = ((self.done_at or until) - self.due_at).total_seconds()
        return replace(self, late_s=max(over, 0.0))


#: what is said where the occasion is none, or no longer on record
GONE: Final = Said(verdict=Verdict.UNDETERMINED, why=Why.LOW_PROBABILITY)


def finding_of(case: Case, court: Court, said: Said) -> Finding:
    """Return the finding on a case.

    Args:
        case: What was judged.
        court: What is known.
        said: What it comes to.

    Returns:
        One finding; a breach of what one party owes is ascribed to it, where the
        mandate lets a party be named.
    """
    breached = said.verdict is Verdict.BREACHED
    nobody, _ = attribute(
        court.agreement, court.facts, np.empty(0, np.int64), np.empty(0)
    )
    closed = case.period.end <= court.known_at and said.verdict is Verdict.KEPT
    low, high = said.measured or (None, None)
    fewest, most = said.count or (
        int(breached),
        0 if said.verdict is Verdict.KEPT else 1,
    )
    return Finding(
        key=case.key,
        clause=case.clause.id,
        reading=case.reading.id if case.many_readings else None,
        sector=case.sector or None,
        start=case.period.start,
        end=case.period.end,
        verdict=said.verdict,
        why=said.why,
        probability_low=round(said.low, 9),
        probability_high=round(max(said.low, said.high), 9),
        reported_high=round(max(said.low, said.high), 9),
        coverage_share=said.seen.share,
        detection=said.seen.detection,
        count_low=fewest,
        count_high=most,
        margin_m=None,
        evidence=tuple(dict.fromkeys(said.evidence)),
        exempt=tuple(key for key, _ in said.exempt),
        attribution=owed_by(case, nobody) if breached else nobody,
        attribution_share=(),
        known_at=court.known_at,
        agreement=court.agreement.digest,
        party=case.rule.party,
        zone=case.rule.zone,
        counter=case.rule.counter,
        occasion=case.occasion,
        due_at=said.due_at,
        done_at=said.done_at,
        late_s=said.late_s,
        limit=said.limit,
        measured_low=low,
        measured_high=high,
        margin=said.margin,
        locked_by=said.locked_by,
        exempt_under=tuple(under for _, under in said.exempt),
        rough=said.rough,
        closed_at=case.period.end if closed else None,
    )


def owed_by(case: Case, nobody: str) -> str:
    """Return who owes what only one party bears, where it may be said."""
    if nobody == NOT_MANDATED or len(case.reading.bearers) != 1:
        return nobody
    return case.reading.bearers[0]


def by_silence(seen: Watched, said: tuple[Verdict, Why], breached: Said) -> Said:
    """Return what silence says of something that would have been seen.

    Args:
        seen: How much was watched.
        said: What may be said of something that nobody reported.
        breached: What is said where enough was watched.

    Returns:
        `breached` where silence speaks; else why it does not.
    """
    verdict, why = said
    if verdict is Verdict.KEPT:
        return replace(breached, seen=seen)
    silent = replace(breached, verdict=verdict, why=why, seen=seen, low=0.0, high=1.0)
    return replace(silent, late_s=None, margin=None)
