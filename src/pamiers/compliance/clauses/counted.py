"""What counts say of a presence that is forbidden: some are there, or none is.

A tally of more than none is a presence, and one of none is its absence for as long
as the tally stands, and of what it counts: nothing of the rest. An exception for so
many takes out a count of no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import shapely
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import Subject
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.evidence.exemption import excused
from pamiers.compliance.evidence.fitting import lies_in
from pamiers.compliance.evidence.ground import OUTSIDE, drawn, drawn_since
from pamiers.compliance.evidence.happenings import NO, OPEN, Bounds, Happening
from pamiers.compliance.evidence.levels import Step, heard, steps, turns
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.evidence.sites import Sites
from pamiers.compliance.evidence.whole import Whole

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What tallies say of a presence over a period."""

    low: float = 0.0  #: 1 where some are surely there
    high: float = 0.0  #: 1 where some may be
    some: bool = False  #: whether a part of it is counted, or all for some time
    whole: bool = False  #: whether all of it is counted all the time
    keys: tuple[str, ...] = ()
    most: float = 0.0  #: how many there surely are at once
    exempt: tuple[tuple[str, str], ...] = ()


def counted(case: Case, court: Court, register: Register) -> Counted:
    """Return what tallies say of a presence.

    Args:
        case: What is judged; of an event tallies say nothing.
        court: What is known.
        register: What is on record.

    Returns:
        Bounds, and whether all of it was counted all the time; nothing where no tally
        stands.
    """
    reading = case.reading
    if reading.subject is not Subject.STATE or not register.tallies:
        return Counted()
    end = min(case.period.end, max(court.known_at, case.period.start + _TICK))
    told = [
        step
        for step in steps(reading, case.clause, register)
        if step.start < end and step.end > case.period.start
    ]
    told = heard(_in_sector(told, case, register))
    if not told:
        return Counted()
    free, against = _excused(told, case, register)
    cuts = turns(told, case.period.start, end)
    whole = whole_of(case, register, anything=not reading.classes)
    return Counted(
        low=float(any(step.least > 0 for step in against)),
        high=float(any(step.most is None or step.most > 0 for step in against)),
        some=True,
        whole=all(whole.counted(told, at) for at in cuts),
        keys=tuple(step.key for step in against),
        most=max((step.least for step in against), default=0.0),
        exempt=free,
    )


def whole_of(case: Case, register: Register, *, anything: bool = False) -> Whole:
    """Return all that a case speaks of, for counts to be held against.

    Args:
        case: What is judged.
        register: What is on record.
        anything: Whether it speaks of all that can be there.

    Returns:
        Where it holds, of which classes, of whom.
    """
    return Whole(
        ground=register.ground,
        site=case.site,
        classes=case.reading.classes,
        whose=register.each_bound(case.reading, case.clause),
        anything=anything,
    )


def _in_sector(told: Sequence[Step], case: Case, register: Register) -> list[Step]:
    """Return the counts that may be of the sector that is judged.

    One that names another place is of it by where that is drawn. One that may be of the
    sector, and may be of elsewhere, says for sure of none that it is there.
    """
    if case.sector is None:
        return list(told)
    known = {each.id: each.zone.shape for each in register.agreement.sectors}
    found = []
    for step in told:
        low, high = _share_in(step, case.sector, known, register)
        if high > 0.0:
            found.append(step if low >= 1.0 else replace(step, least=0.0))
    return found


def _share_in(
    step: Step, sector: str, known: dict[str, BaseGeometry], register: Register
) -> Bounds:
    """Return bounds on the chance that what a count tells of lies in a sector."""
    since = drawn_since(register.agreement, step.start)
    area = Sites(drawn(register.agreement, since)).area(step.site)
    if area is None:
        return OPEN
    if sector == OUTSIDE:
        low, high = lies_in(area, shapely.union_all(list(known.values())))
        return 1.0 - high, 1.0 - low
    return lies_in(area, known[sector]) if sector in known else NO


def _excused(
    told: list[Step], case: Case, register: Register
) -> tuple[tuple[tuple[str, str], ...], list[Step]]:
    taken, against = [], []
    for step in told:
        out = excused(presence_of(step, case), case.clause, register)
        some = step.most is None or step.most > 0
        if some and out.under is not None:
            taken.append((step.key, out.under))
        elif some or step.least > 0:
            against.append(step)
    return tuple(taken), against


def presence_of(step: Step, case: Case) -> Happening:
    """Return a count as the presence that it tells of, over the period judged.

    Args:
        step: A count that stands in some of the period.
        case: What is judged; whose it is where the count names nobody.

    Returns:
        A presence of as many as are counted, of no place.
    """
    of, party = step.site.of, step.site.party
    start = max(step.start, case.period.start)
    end = max(min(step.end, case.period.end), start + _TICK)
    kind = "person_presence" if of == "persons" else "weapon_presence"
    return Happening(
        key=step.key,
        kind=kind,
        start=start,
        end=end,
        actor=party or case.rule.party,
        weapons=None if of == "persons" else of,
        least=int(step.least),
        most=None if step.most is None else int(step.most),
    )
