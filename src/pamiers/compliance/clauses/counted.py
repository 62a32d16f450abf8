"""What counts say of a presence that is forbidden: some are there, or none is.

A tally of more than none is a presence, and one of none is its absence for as long
as the tally stands. An exception for so many takes out a count of no more.
"""

from dataclasses import dataclass
from datetime import timedelta

from pamiers.agreement.model import Subject
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.evidence.exemption import excused
from pamiers.compliance.evidence.happenings import Happening
from pamiers.compliance.evidence.levels import Step, heard, steps, told_of_all, turns
from pamiers.compliance.evidence.register import Register

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What tallies say of a presence over a period."""

    low: float = 0.0  #: 1 where some are surely there
    high: float = 0.0  #: 1 where some may be
    whole: bool = False  #: whether a tally stands all the time
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
        Bounds, and whether tallies stand all the time; nothing where none does.
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
    told = heard(step for step in told if _within(step, case, register))
    if not told:
        return Counted()
    free, against = _excused(told, case, register)
    cuts = turns(told, case.period.start, end)
    return Counted(
        low=float(any(step.least > 0 for step in against)),
        high=float(any(step.most is None or step.most > 0 for step in against)),
        whole=told_of_all(told, cuts, register.each_bound(reading, case.clause)),
        keys=tuple(step.key for step in against),
        most=max((step.least for step in against), default=0.0),
        exempt=free,
    )


def _within(step: Step, case: Case, register: Register) -> bool:
    """Tell whether a count is of the sector that is judged."""
    if case.sector is None:
        return True
    place = step.site.place
    return place is not None and place in {case.sector, *_names(case.sector, register)}


def _names(sector: str, register: Register) -> tuple[str, ...]:
    known = {each.id: each for each in register.agreement.sectors}
    return tuple(known[sector].title.values()) if sector in known else ()


def _excused(
    told: list[Step], case: Case, register: Register
) -> tuple[tuple[tuple[str, str], ...], list[Step]]:
    taken, against = [], []
    for step in told:
        out = excused(_row(step, case), case.clause, register)
        some = step.most is None or step.most > 0
        if some and out.under is not None:
            taken.append((step.key, out.under))
        elif some or step.least > 0:
            against.append(step)
    return tuple(taken), against


def _row(step: Step, case: Case) -> Happening:
    """Return a count as the presence that it tells of, over the period judged."""
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
