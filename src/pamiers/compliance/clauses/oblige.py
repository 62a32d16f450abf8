"""Judge a duty to act by a deadline: done, late, pending, or nobody could see.

A duty is done by an incident of the kind by its bearer, or by a statement whose
category is the event's id, or `<event>:<party>` for one party; without a party it
stands for all bearers. Before the deadline nothing is decided but what is done.
After it, silence is lateness only where the act would have been seen; where nobody
watched, it is unobserved.

A duty that something be absent is, from its deadline on, a prohibition of its
presence; a duty that something be present is done by an incident of presence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from pamiers.agreement.model import Subject
from pamiers.compliance.attribution import attribute
from pamiers.compliance.clauses import forbid
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.coverage import NOTHING, Watched
from pamiers.compliance.finding import NOT_MANDATED, Finding, Verdict, Why
from pamiers.core.instant import Interval
from pamiers.core.rows import Statement

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One act that discharges a duty, of one bearer or, with None, of all."""

    key: str  #: incident, or `source:key` of a statement
    bearer: str | None
    at: datetime  #: last instant by which it was surely done
    probability: float


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on a duty.

    Args:
        case: What is judged; its reading obliges an event or a state.
        court: What is known.
        without: Keys of incidents and statements to leave out.

    Returns:
        One finding.
    """
    if case.reading.state == "absence":
        return _absent(case, court, without)
    done = [each for each in _acts(case, court) if each.key not in without]
    verdict, why, seen = _verdict(case, court, done)
    return _finding(case, court, (verdict, why, seen), done)


def _absent(case: Case, court: Court, without: frozenset[str]) -> Finding:
    """Judge a duty of absence as a prohibition of presence after the deadline."""
    due = case.reading.by_at
    if due is not None and due < case.period.end:
        start = max(due, case.period.start)
        cut = replace(case, period=Interval(start, case.period.end))
        found = forbid.judge(cut, court, without)
        return replace(
            found, key=case.key, start=case.period.start, end=case.period.end
        )
    if due is None and case.period.end <= court.known_at:
        return forbid.judge(case, court, without)
    return _finding(case, court, (Verdict.UNDETERMINED, Why.PENDING, NOTHING), [])


def _acts(case: Case, court: Court) -> list[Done]:
    """Return the acts that may discharge a duty, as far as may be seen."""
    return [
        each
        for each in (*_by_incident(case, court), *_by_statement(case, court))
        if (case.reading.from_at or _EPOCH) < each.at <= case.until
    ]


def _by_incident(case: Case, court: Court) -> list[Done]:
    facts = court.facts
    kinds = case.kinds
    at = np.array(
        [
            i
            for i in range(len(facts))
            if facts.kind[i] in kinds
            and (
                facts.actor[i] in case.reading.bearers or len(case.reading.bearers) == 1
            )
        ],
        dtype=np.int64,
    )
    low, _ = court.ground.lies(case.site, at, by_control=False)
    return [
        Done(
            key=facts.key[i],
            bearer=facts.actor[i],
            at=_EPOCH + timedelta(microseconds=int(facts.end_us[i])),
            probability=float(facts.probability[i] * least),
        )
        for i, least in zip(at, low, strict=True)
    ]


def _by_statement(case: Case, court: Court) -> list[Done]:
    return [
        Done(
            key=f"{row.source}:{row.key}",
            bearer=row.category.partition(":")[2] or None,
            at=row.end,
            probability=1.0,
        )
        for row in court.world.statements.views()
        if isinstance(row, Statement)
        and row.end is not None
        and row.category.partition(":")[0] in _events(case)
    ]


def _events(case: Case) -> tuple[str, ...]:
    return case.reading.kinds if case.reading.subject is Subject.EVENT else ()


def _verdict(
    case: Case, court: Court, done: Sequence[Done]
) -> tuple[Verdict, Why, Watched]:
    due = case.reading.by_at
    sure = court.agreement.thresholds.breached
    certain = [each for each in done if each.probability >= sure]
    if _discharged(case, [e for e in certain if due is None or e.at <= due]):
        return Verdict.KEPT, Why.DONE, NOTHING
    if due is not None and _discharged(case, certain):
        return Verdict.BREACHED, Why.LATE, NOTHING
    if due is None or case.until < due:
        return Verdict.UNDETERMINED, Why.PENDING, NOTHING
    if done:
        return Verdict.UNDETERMINED, Why.LOW_PROBABILITY, NOTHING
    return _silence(case, court, due)


def _discharged(case: Case, done: Sequence[Done]) -> bool:
    """Tell whether every bearer has done it."""
    by = {each.bearer for each in done}
    alone = len(case.reading.bearers) == 1
    return bool(done) and (
        None in by or all(p in by or alone for p in case.reading.bearers)
    )


def _silence(case: Case, court: Court, due: datetime) -> tuple[Verdict, Why, Watched]:
    """Return what silence up to the deadline says: lateness, only if watched."""
    seen = court.watch(case, Interval(case.reading.from_at or _EPOCH, due))
    verdict, why = absence(seen, enough_coverage(court.agreement))
    if verdict is Verdict.KEPT:
        return Verdict.BREACHED, Why.LATE, seen
    return verdict, why, seen


def _finding(
    case: Case,
    court: Court,
    said: tuple[Verdict, Why, Watched],
    done: Sequence[Done],
) -> Finding:
    verdict, why, seen = said
    low, high = _bounds(verdict, done)
    nobody, _ = attribute(
        court.agreement, court.facts, np.empty(0, np.int64), np.empty(0)
    )
    late = verdict is Verdict.BREACHED
    return Finding(
        key=case.key,
        clause=case.clause.id,
        reading=case.reading.id if len(case.clause.readings) > 1 else None,
        sector=case.sector or None,
        start=case.period.start,
        end=case.period.end,
        verdict=verdict,
        why=why,
        probability_low=low,
        probability_high=high,
        reported_high=high,
        coverage_share=seen.share,
        detection=seen.detection,
        count_low=int(late),
        count_high=0 if verdict is Verdict.KEPT else 1,
        margin_m=None,
        evidence=tuple(sorted({each.key for each in done})),
        exempt=(),
        attribution=_owed_by(case, nobody) if late else nobody,
        attribution_share=(),
        known_at=court.known_at,
        agreement=court.agreement.digest,
    )


def _bounds(verdict: Verdict, done: Sequence[Done]) -> tuple[float, float]:
    """Return bounds on the probability that the duty was not done in time."""
    if verdict is Verdict.KEPT:
        best = max((each.probability for each in done), default=1.0)
        return 0.0, round(1.0 - best, 9)
    return (1.0, 1.0) if verdict is Verdict.BREACHED else (0.0, 1.0)


def _owed_by(case: Case, nobody: str) -> str:
    """Return who owes a duty that only one party bears, where it may be said."""
    if nobody == NOT_MANDATED or len(case.reading.bearers) != 1:
        return nobody
    return case.reading.bearers[0]
