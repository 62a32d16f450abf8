"""Judge a prohibition: P(breach) from incidents and totals, then silence.

For each incident `i` of the clause's kinds, the probability that it counts against
the clause here and now is a product of bounds

    q_i = p_i * share_i * P(site)_i * P(class)_i * P(not exempt)_i * P(bearer)_i

with `share_i` the probability that it was in the period. What lasts, such as a
presence, is in every period that it touches. Anything else was some time in its
interval: an incident dated only by its day, where the reporting day ends in the
evening, counts in two days with the parts it spends in each, and no rounding gives it
to one of them.
Then P(breach) = 1 - prod(1 - q_i) over distinct incidents, mere claims by the same
voices counting in the lower bound as the likeliest of them alone. A published total
may count the very same events, so it lifts the lower bound only to its own height;
the upper bound takes it as further, once per source.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pamiers.agreement.model import Subject, Thresholds
from pamiers.compliance.attribution import attribute
from pamiers.compliance.chance import (
    any_grouped,
    any_independent,
    likeliest,
    possibly_counted,
    surely_counted,
)
from pamiers.compliance.clauses.acts import receivers
from pamiers.compliance.clauses.against import Against, against, conduct_of
from pamiers.compliance.clauses.case import (
    Case,
    Court,
    absence,
    enough_coverage,
    of_a_part,
)
from pamiers.compliance.clauses.counted import Counted, counted
from pamiers.compliance.coverage import Watched
from pamiers.compliance.evidence.amounts import highest
from pamiers.compliance.evidence.exemption import may_cover
from pamiers.compliance.evidence.facts import Floats
from pamiers.compliance.evidence.totals import Published, chance_bounds
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.core.instant import Interval
from pamiers.core.kind import is_a

#: chances below this leave no trace in evidence or counts; they still enter bounds
NEGLIGIBLE: Final = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A published total that bears on a case, with bounds on what it establishes."""

    total: Published
    low: float
    high: float


def told(
    case: Case, court: Court, without: frozenset[str] = frozenset()
) -> tuple[Told, ...]:
    """Return the published totals that bear on a case.

    Args:
        case: What is judged.
        court: What is known.
        without: Keys of totals to leave out.

    Returns:
        Each with its bounds. The lower is 0 where the clause is narrower than the
        total: in class, in place, in who is bound, or by an exception invoked.
    """
    bearing = [
        total
        for total in court.published
        if total.chance_in(case.period) > 0.0
        and total.key not in without
        and _same_kind(total.kind, case)
    ]
    narrower = bool(bearing) and (
        bool(case.reading.classes)
        or case.reading.condition is not None
        or bool(receivers(case.clause))
        or not conduct_of(case, court)[2]
        or may_cover(case.clause, court.register, case.period)
    )
    found = []
    for total in bearing:
        low, high = chance_bounds(total, court.ground, case.site, case.period)
        if high > 0.0:
            found.append(Told(total=total, low=0.0 if narrower else low, high=high))
    return tuple(found)


def _same_kind(kind: str, case: Case) -> bool:
    """Tell whether all that a total counts is of the clause's kinds."""
    event = case.reading.subject is Subject.EVENT
    return event and any(is_a(kind, family) for family in case.families)


def probability(
    found: Against, totals: Sequence[Told], court: Court
) -> tuple[float, float]:
    """Return bounds on the probability of breach.

    Args:
        found: Incidents against the clause.
        totals: Published totals against it.
        court: What is known.

    Returns:
        Low and high, in [0, 1].
    """
    if not found.at.size and not totals:
        return 0.0, 0.0
    low, high = found.chances
    lower = _lower(low, found, totals, court)
    upper = any_independent(np.array([*high, *_by_source(totals)]))
    return round(lower, 9), round(max(lower, upper), 9)


def _lower(
    chances: Floats, found: Against, totals: Sequence[Told], court: Court
) -> float:
    """Return how probable a breach is at least, by how surely incidents count."""
    lower = any_grouped(chances, court.facts.claims[found.incidents])
    return max([lower, *(each.low for each in totals)])


def _by_source(totals: Sequence[Told]) -> list[float]:
    """Return what each source's totals establish at most: it has one reliability."""
    best: dict[str, float] = {}
    for each in totals:
        best[each.total.source] = max(best.get(each.total.source, 0.0), each.high)
    return [best[source] for source in sorted(best)]


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on a prohibition.

    Args:
        case: What is judged; its reading forbids an event or a state.
        court: What is known.
        without: Keys of incidents and totals to leave out, to see what they carry.

    Returns:
        One finding.
    """
    found = against(case, court, without)
    totals = told(case, court, without)
    count = counted(case, court, court.register.without(without))
    chance = probability(found, totals, court)
    low, high = max(chance[0], count.low), max(chance[1], count.high)
    seen = court.watch(case, case.period)
    verdict, why = _verdict(found, totals, court, (chance, seen))
    if verdict is not Verdict.BREACHED:
        verdict, why = _by_count(count, found.limits, (low, high), (verdict, why))
    fewest, most = _counts(found, totals, court, case.period)
    leading = _leading(found)
    middle = found.each.mean(axis=0)
    closed = verdict is Verdict.KEPT and case.period.end <= court.known_at
    actor, shares = attribute(court.agreement, court.facts, found.at, middle)
    bounded = _bounded(seen, found.limits) or verdict is Verdict.KEPT
    exempt = (*found.taken_out, *count.exempt)
    return Finding(
        key=case.key,
        clause=case.clause.id,
        reading=case.reading.id if case.many_readings else None,
        sector=case.sector or None,
        start=case.period.start,
        end=case.period.end,
        verdict=verdict,
        why=why,
        probability_low=low,
        probability_high=high if bounded else 1.0,
        reported_high=high,
        coverage_share=seen.share,
        detection=seen.detection,
        count_low=max(fewest, int(verdict is Verdict.BREACHED)),
        count_high=most,
        margin_m=court.ground.margin_m(case.site, leading[0]) if leading else None,
        evidence=(*_evidence(leading, totals, court), *count.keys),
        exempt=tuple(key for key, _ in exempt),
        attribution=actor,
        attribution_share=shares,
        known_at=court.known_at,
        agreement=court.agreement.digest,
        party=case.rule.party,
        zone=case.rule.zone,
        measured_low=count.most if count.keys else None,
        exempt_under=tuple(under for _, under in exempt),
        closed_at=case.period.end if closed else None,
    )


def _leading(found: Against) -> list[int]:
    """Return positions of the incidents that bear on it, strongest first.

    Of each that of the one who may have done it with whom it counts surest.
    """
    high, each = found.chances[1], found.each[1]
    order = np.lexsort((np.arange(high.size), -high))
    best = found.first.tolist()
    if found.first.size < found.at.size:
        best = [max(span, key=lambda i: each[i]) for span in found.spans]
    return [int(found.at[best[k]]) for k in order if high[k] >= NEGLIGIBLE]


def _by_count(
    count: Counted,
    limits: Thresholds,
    chance: tuple[float, float],
    said: tuple[Verdict, Why],
) -> tuple[Verdict, Why]:
    """Return what counts add to what incidents and silence say."""
    if chance[0] >= limits.breached:
        return Verdict.BREACHED, Why.ESTABLISHED
    if count.high > limits.kept:
        return Verdict.UNDETERMINED, Why.COUNT
    if count.whole and chance[1] <= limits.kept:
        return Verdict.KEPT, Why.COUNTED
    return of_a_part(said) if count.some else said


def _bounded(seen: Watched, limits: Thresholds) -> bool:
    """Tell whether enough was watched, well enough, for silence to bound anything."""
    return absence(seen, enough_coverage(limits))[0] is Verdict.KEPT


def _evidence(
    leading: Sequence[int], totals: Sequence[Told], court: Court
) -> tuple[str, ...]:
    """Return keys of incidents, strongest first, then of totals."""
    incidents = [court.facts.key[i] for i in leading]
    return (*incidents, *(t.total.key for t in totals if t.high >= NEGLIGIBLE))


def _verdict(
    found: Against,
    totals: Sequence[Told],
    court: Court,
    told: tuple[tuple[float, float], Watched],
) -> tuple[Verdict, Why]:
    """Return the verdict: decided only past a threshold the agreement declares."""
    limits = found.limits
    (low, high), seen = told
    if low >= limits.breached:
        return Verdict.BREACHED, Why.ESTABLISHED
    if high > limits.kept:
        return Verdict.UNDETERMINED, _open(found, totals, court)
    return absence(seen, enough_coverage(limits))


#: what keeps a breach from being established, asked in this order
_QUESTIONS: Final = (
    ("site", Why.LOCATION),
    ("weapon", Why.CLASS),
    ("condition", Why.CLASS),
    ("exempt", Why.EXEMPTION),
    ("bearer", Why.ATTRIBUTION),
)


def _open(found: Against, totals: Sequence[Told], court: Court) -> Why:
    """Return the one question whose answer would establish the breach."""
    for part, why in _QUESTIONS:
        low = _lower(found.lower_if(part), found, totals, court)
        if round(low, 9) >= found.limits.breached:
            return why
    raised = [replace(each, low=each.high) for each in totals]
    if probability(found, raised, court)[0] >= found.limits.breached:
        return Why.LOCATION
    return Why.LOW_PROBABILITY


def _counts(
    found: Against, totals: Sequence[Told], court: Court, period: Interval
) -> tuple[int, int | None]:
    """Return how many events surely and possibly count, by the agreement's limit.

    Of a total and the incidents on record the larger counts: they may be the same.
    Of a total that is not wholly of the period, one event surely counts.
    """
    if not found.at.size and not totals:
        return 0, 0
    sure = found.limits.breached
    facts, (low, high) = court.facts, found.chances
    alone = likeliest(low, facts.claims[found.incidents])
    fewest = [facts.least[i] for i in found.incidents]
    surely = surely_counted(low[alone], [fewest[k] for k in alone], sure)
    possibly = possibly_counted(high, [facts.most[i] for i in found.incidents], sure)
    whole = [
        each.total.least if each.total.inside(period) else 1
        for each in totals
        if each.low >= sure
    ]
    most = highest([possibly, *(each.total.most for each in totals)])
    return max([surely, *whole]), None if most is None else int(most)
