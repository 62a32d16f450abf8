"""What counts against a prohibition: incidents, and how surely each of them does.

For each incident the probability that it counts is a product of bounds (`forbid`). Of
one of which it is not sure who did it, the product is taken for each who may have, by
its share, and added up: where the line is measured from, whom an exception lets, and
who is bound, all depend upon who it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np

from pamiers.agreement.model import Subject, Thresholds
from pamiers.compliance.clauses.acts import receivers
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.evidence.exemption import Excused, excused
from pamiers.compliance.evidence.facts import Floats, Ints
from pamiers.compliance.evidence.happenings import (
    NO,
    YES,
    Happening,
    done_to,
    satisfies,
)
from pamiers.compliance.evidence.weaponry import belongs, kinds_named, names_a_kind
from pamiers.compliance.joining import late_joiners


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """Incidents that may count against a clause, and each factor's bounds.

    Arrays have shape (m,), bounds (2, m): row 0 low, row 1 high. An incident of which
    it is not sure who did it stands there once for each who may have, together.
    """

    at: Ints  #: positions in the facts
    first: Ints  #: positions in `at` of the first of each incident, shape (k,)
    share: Floats  #: probability that it was this one's act, if it happened
    real: Floats  #: probability times share in the period
    site: Floats
    weapon: Floats
    exempt: Floats  #: probability of *not* being exempt
    bearer: Floats
    condition: Floats
    limits: Thresholds
    taken_out: tuple[tuple[str, str], ...]  #: incidents surely exempt, under what

    @property
    def each(self) -> Floats:
        """Return bounds on the probability that each counts, and was this one's act.

        Shape (2, m).
        """
        parts = (self.site, self.weapon, self.exempt, self.bearer, self.condition)
        if not self.at.size:
            return _NONE
        product: Floats = self.real * np.prod(parts, axis=0)
        return product

    @property
    def chances(self) -> Floats:
        """Return bounds on the probability that each incident counts, shape (2, k).

        Only one of those who may have did it, so their chances add up.
        """
        if self.first.size == self.at.size:
            return self.each
        return np.asarray(np.add.reduceat(self.each, self.first, axis=1).round(12))

    @property
    def incidents(self) -> Ints:
        """Return the position in the facts of the first of each incident."""
        return self.at[self.first]

    @property
    def spans(self) -> list[range]:
        """Return where in `at` each incident stands, in order."""
        ends = [*self.first.tolist(), self.at.size]
        return [range(start, end) for start, end in pairwise(ends)]

    def lower_if(self, part: str) -> Floats:
        """Return how surely each incident would count, were one question answered.

        Args:
            part: Factor whose answer would be the one that it may be at best. Who did
                it, once known, is the one of those who may have that counts surest.

        Returns:
            Lower bounds, shape (k,).
        """
        raised: dict[str, Any] = {part: np.stack([getattr(self, part)[1]] * 2)}
        found = replace(self, **raised)
        if part != "bearer" or not self.at.size:
            return np.asarray(found.chances[0])
        return np.asarray(np.maximum.reduceat(found.each[0] / self.share, self.first))


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
    rows = [court.row(int(i)).within(case.period) for i in at]
    out = [excused(row, case.clause, court.register) for row in rows]
    stays = np.array([each.under is None for each in out], dtype=bool)
    taken = _taken_out(rows, out)
    left = [row for row, each in zip(rows, out, strict=True) if each.under is None]
    maybe = np.array([e.bounds for e in out if e.under is None]).reshape(-1, 2).T
    at, site = at[stays], np.stack([low[stays], high[stays]])
    return Against(
        at=at,
        first=_firsts(facts.incident[at]) if facts.parted else np.arange(at.size),
        share=facts.share[at],
        real=facts.probability[at] * facts.share_in(case.period, at),
        site=site,
        weapon=_weapon_bounds(case, court, left),
        exempt=1.0 - maybe[::-1],
        bearer=_bearer_bounds(case, court, at) * _receiver_bounds(case, court, left),
        condition=_condition_bounds(case, left),
        limits=court.limits(case),
        taken_out=taken,
    )


def _firsts(incident: Ints) -> Ints:
    """Return the positions of the first of each run of equal numbers."""
    return np.asarray(np.unique(incident, return_index=True)[1])


def _taken_out(
    rows: Sequence[Happening], out: Sequence[Excused]
) -> tuple[tuple[str, str], ...]:
    """Return the incidents that are surely exempt, whoever did them, and under what."""
    stays = {row.key for row, each in zip(rows, out, strict=True) if not each.under}
    taken = {
        row.key: each.under
        for row, each in reversed(list(zip(rows, out, strict=True)))
        if each.under is not None and row.key not in stays
    }
    return tuple((row.key, taken.pop(row.key)) for row in rows if row.key in taken)


def _condition_bounds(case: Case, rows: Sequence[Happening]) -> Floats:
    bounds = [satisfies(case.reading.condition, row.known) for row in rows]
    return np.array(bounds, dtype=np.float64).reshape(-1, 2).T


def _nothing(limits: Thresholds) -> Against:
    return Against(
        at=_NOBODY,
        first=_NOBODY,
        share=_NONE[0],
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
    for i, row in enumerate(rows):  # people are of a class only where they are named
        people = bool(classes) and row.kind == "person_presence" and bounds[i] != YES
        if people and not names_a_kind(row.weapons, classes, kinds):
            bounds[i] = NO
    return np.array(bounds, dtype=np.float64).reshape(-1, 2).T


def _bearer_bounds(case: Case, court: Court, at: Ints) -> Floats:
    """Return bounds on the probability that one who is bound did it.

    Where the clause binds every party it matters not which one did it. Where it
    binds some, an incident without a named actor leaves the question open.
    """
    bound, others, everyone = conduct_of(case, court)
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
    if not late or case.reading.by or case.reading.not_by:
        return found
    times = [(agreement.meant_by([one]), late.get(one)) for one in case.reading.bearers]
    for column, i in enumerate(at):
        row = court.row(int(i))
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


def conduct_of(case: Case, court: Court) -> tuple[frozenset[str], frozenset[str], bool]:
    """Return whose conduct counts, whose does not, and whether anybody's does.

    Args:
        case: A ban, or an absence that is owed.
        court: What is known.

    Returns:
        Names of those who are bound and of those whom they answer for; names known to
        the agreement that are not; whether what names nobody counts as well.
    """
    agreement, reading = court.agreement, case.reading
    named = frozenset(agreement.names) | agreement.meant_by(agreement.party_ids)
    if reading.by:
        bound = agreement.meant_by(reading.by)
        return bound, named - bound, False
    if reading.not_by:
        spared = agreement.meant_by(reading.not_by)
        return named - spared, spared, False
    bound = court.register.bound(reading, case.clause)
    everyone = set(reading.bearers) >= set(agreement.party_ids)
    return bound, named - bound, everyone
