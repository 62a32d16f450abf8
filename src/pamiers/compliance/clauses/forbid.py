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
from typing import Any, Final

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
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.counted import Counted, counted
from pamiers.compliance.coverage import Watched
from pamiers.compliance.evidence.amounts import highest
from pamiers.compliance.evidence.exemption import excused, may_cover
from pamiers.compliance.evidence.facts import Floats, Ints
from pamiers.compliance.evidence.happenings import (
    NO,
    YES,
    Happening,
    done_to,
    satisfies,
)
from pamiers.compliance.evidence.totals import Published, chance_bounds
from pamiers.compliance.evidence.weaponry import belongs, kinds_named
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.joining import late_joiners
from pamiers.core.instant import Interval
from pamiers.core.kind import is_a

#: chances below this leave no trace in evidence or counts; they still enter bounds
NEGLIGIBLE: Final = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """Incidents that may count against a clause, and each factor's bounds.

    Arrays have shape (m,), bounds (2, m): row 0 low, row 1 high.
    """

    at: Ints  #: positions in the facts
    real: Floats  #: probability times share in the period
    site: Floats
    weapon: Floats
    exempt: Floats  #: probability of *not* being exempt
    bearer: Floats
    condition: Floats
    limits: Thresholds
    taken_out: tuple[tuple[str, str], ...]  #: incidents surely exempt, under what

    @property
    def chances(self) -> Floats:
        """Return bounds on the probability that each counts, shape (2, m)."""
        parts = (self.site, self.weapon, self.exempt, self.bearer, self.condition)
        if not self.at.size:
            return _NONE
        product: Floats = self.real * np.prod(parts, axis=0)
        return product

    def but(self, part: str) -> "Against":
        """Return the same with one factor's lower bound raised to its upper."""
        raised: dict[str, Any] = {part: np.stack([getattr(self, part)[1]] * 2)}
        return replace(self, **raised)


def against(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Against:
    """Return the incidents that may count against a case.

    Args:
        case: What is judged.
        court: What is known.
        without: Keys of incidents to leave out.

    Returns:
        Incidents of its kinds that may lie in its period, exempt ones taken out.
    """
    facts = court.facts
    at = _candidates(case, court, without)
    if not at.size:
        return _nothing(court.limits(case))
    state = case.reading.subject is Subject.STATE
    low, high = court.ground.lies(case.site, at, by_control=state)
    reaches = high > 0.0
    at, low, high = at[reaches], low[reaches], high[reaches]
    rows = [court.rows[facts.key[i]].within(case.period) for i in at]
    out = [excused(row, case.clause, court.register) for row in rows]
    stays = np.array([each.under is None for each in out], dtype=bool)
    taken = tuple(
        (row.key, each.under)
        for row, each in zip(rows, out, strict=True)
        if each.under is not None
    )
    left = [row for row, each in zip(rows, out, strict=True) if each.under is None]
    maybe = np.array([e.bounds for e in out if e.under is None]).reshape(-1, 2).T
    at, site = at[stays], np.stack([low[stays], high[stays]])
    return Against(
        at=at,
        real=facts.probability[at] * facts.share_in(case.period, at),
        site=site,
        weapon=_weapon_bounds(case, court, left),
        exempt=1.0 - maybe[::-1],
        bearer=_bearer_bounds(case, court, at) * _receiver_bounds(case, court, left),
        condition=_condition_bounds(case, left),
        limits=court.limits(case),
        taken_out=taken,
    )


def _condition_bounds(case: Case, rows: Sequence[Happening]) -> Floats:
    bounds = [satisfies(case.reading.condition, row.known) for row in rows]
    return np.array(bounds, dtype=np.float64).reshape(-1, 2).T


def _nothing(limits: Thresholds) -> Against:
    return Against(
        at=_NOBODY,
        real=_NONE[0],
        site=_NONE,
        weapon=_NONE,
        exempt=_NONE,
        bearer=_NONE,
        condition=_NONE,
        limits=limits,
        taken_out=(),
    )


_NOBODY: Final[Ints] = np.empty(0, dtype=np.int64)
_NONE: Final[Floats] = np.empty((2, 0))


def _candidates(case: Case, court: Court, without: frozenset[str]) -> Ints:
    """Return the incidents of a case's kinds that may have been in its period."""
    facts, kinds = court.facts, case.kinds
    of_kind = court.once(("of kinds", kinds), lambda: facts.of_kinds(kinds))
    at = of_kind[facts.overlap(case.period, of_kind)]
    if not without:
        return at
    left = [i for i in at if facts.key[i] not in without]
    return np.array(left, dtype=np.int64)


def _weapon_bounds(case: Case, court: Court, rows: Sequence[Happening]) -> Floats:
    classes = [court.agreement.classes[name] for name in case.reading.classes]
    kinds = kinds_named(court.agreement.classes.values())
    bounds = [
        belongs(row.weapons, row.calibre_mm, classes, known=row.known, kinds=kinds)
        for row in rows
    ]
    for i, row in enumerate(rows):
        if classes and row.kind == "person_presence" and bounds[i] != YES:
            bounds[i] = NO
    return np.array(bounds, dtype=np.float64).reshape(-1, 2).T


def _bearer_bounds(case: Case, court: Court, at: Ints) -> Floats:
    """Return bounds on the probability that one who is bound did it.

    Where the clause binds every party it matters not which one did it. Where it
    binds some, an incident without a named actor leaves the question open.
    """
    bound, others, everyone = _conduct(case, court)
    found = np.ones((2, at.size))
    for column, i in enumerate(at):
        actor = court.facts.actor[i]
        if actor in others:
            found[:, column] = 0.0
        elif not everyone and actor not in bound:
            found[0, column] = 0.0
    return found * _joined_bounds(case, court, at)


def _joined_bounds(case: Case, court: Court, at: Ints) -> Floats:
    """Return bounds on the probability that who did it was bound by then.

    Of an act that names nobody they are open while any who is bound had not signed.
    """
    agreement, found = court.agreement, np.ones((2, at.size))
    late = late_joiners(case.reading, case.clause, agreement)
    if not late or case.reading.by:
        return found
    times = [(agreement.meant_by([one]), late.get(one)) for one in case.reading.bearers]
    for column, i in enumerate(at):
        row = court.rows[court.facts.key[i]]
        own = [when for who, when in times if row.actor in who]
        last = own or [when for _, when in times]
        if any(when is None or when <= row.earliest for when in own):
            continue
        if any(when is not None and row.earliest < when for when in last):
            found[0, column] = 0.0
        if own and all(when is not None and row.latest < when for when in own):
            found[1, column] = 0.0
    return found


def _receiver_bounds(case: Case, court: Court, rows: Sequence[Happening]) -> Floats:
    """Return bounds on the probability that it was done to whom the clause names."""
    names = receivers(case.clause)
    if not names:
        return np.ones((2, len(rows)))
    to = court.agreement.meant_by(names)
    bounds = [done_to(row.to, to) for row in rows]
    return np.array(bounds, dtype=np.float64).reshape(-1, 2).T


def _conduct(case: Case, court: Court) -> tuple[frozenset[str], frozenset[str], bool]:
    """Return whose conduct counts, whose does not, and whether anybody's does."""
    agreement, reading = court.agreement, case.reading
    named = frozenset(agreement.names) | agreement.meant_by(agreement.party_ids)
    if reading.by:
        bound = agreement.meant_by(reading.by)
        return bound, named - bound, False
    bound = court.register.bound(reading, case.clause)
    everyone = set(reading.bearers) >= set(agreement.party_ids)
    return bound, named - bound, everyone


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
        or not _conduct(case, court)[2]
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
    lower = any_grouped(low, court.facts.claims[found.at])
    lower = max([lower, *(each.low for each in totals)])
    upper = any_independent(np.array([*high, *_by_source(totals)]))
    return round(lower, 9), round(max(lower, upper), 9)


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
    chances = found.chances
    order = np.lexsort((np.arange(found.at.size), -chances[1]))
    leading = [int(found.at[k]) for k in order if chances[1][k] >= NEGLIGIBLE]
    middle = chances.mean(axis=0)
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
    return said


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
        low, _ = probability(found.but(part), totals, court)
        if low >= found.limits.breached:
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
    alone = likeliest(low, facts.claims[found.at])
    fewest = [facts.least[i] for i in found.at]
    surely = surely_counted(low[alone], [fewest[k] for k in alone], sure)
    possibly = possibly_counted(high, [facts.most[i] for i in found.at], sure)
    whole = [
        each.total.least if each.total.inside(period) else 1
        for each in totals
        if each.low >= sure
    ]
    most = highest([possibly, *(each.total.most for each in totals)])
    return max([surely, *whole]), None if most is None else int(most)
