"""What an exception takes out of a clause, and what it might.

An exception that only names actors applies where the sources name one of them. Any
other has conditions (notice given, an order, a procedure tried) that only a record
can show, and whoever invokes it owes that record: a statement of category
`exemption:<id>` that covers the incident's time takes it out, and one that covers
part of it, or a `notice` of the kind the exception asks for, leaves it open.
Silence does not: an exception nobody has invoked does not apply.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pamiers.agreement.model import Exemption
from pamiers.compliance.evidence.facts import Facts, Ints, Mask, microseconds
from pamiers.core.instant import Interval
from pamiers.core.rows import Statement
from pamiers.core.table import Table


@dataclass(frozen=True, slots=True)
class Invoked:
    """A record that an exception was invoked, and for what time."""

    category: str  #: `exemption:<id>` or `notice`
    start_us: int
    end_us: int

    def bears_on(self, one: Exemption) -> bool:
        """Tell whether the record may be of an exemption."""
        notice = self.category == "notice" and one.notified_s is not None
        return notice or self.category == f"exemption:{one.id}"


@dataclass(frozen=True, slots=True)
class Exempted:
    """Which of some incidents are surely, or possibly, taken out."""

    surely: Mask
    possibly: Mask


def invoked_of(statements: Table) -> tuple[Invoked, ...]:
    """Return the records of exceptions among statements; empty for none."""
    return tuple(
        Invoked(row.category, *microseconds(Interval(row.start, row.end)))
        for row in statements.views()
        if isinstance(row, Statement)
        and row.start is not None
        and row.end is not None
        and (row.category == "notice" or row.category.startswith("exemption:"))
    )


def exempted(
    unless: Sequence[Exemption],
    invoked: Sequence[Invoked],
    facts: Facts,
    at: Ints,
) -> Exempted:
    """Return what the exceptions of a clause do to some incidents.

    Args:
        unless: Exceptions, in any order.
        invoked: Records that exceptions were invoked.
        facts: Incidents.
        at: Positions of those asked about, shape (m,).

    Returns:
        Masks of shape (m,); an incident is in one of them at most.
    """
    surely, possibly = np.zeros(at.size, dtype=bool), np.zeros(at.size, dtype=bool)
    for one in unless:
        surely |= np.array([facts.actor[i] in one.by for i in at], dtype=bool)
        for record in invoked:
            if record.bears_on(one):
                whole, part = _covered(record, facts, at)
                surely |= whole
                possibly |= part
    return Exempted(surely, possibly & ~surely)


def _covered(record: Invoked, facts: Facts, at: Ints) -> tuple[Mask, Mask]:
    """Return which incidents a record covers surely, and which it may."""
    start, end = facts.start_us[at], facts.end_us[at]
    overlaps = (start < record.end_us) & (end > record.start_us)
    within = (record.start_us <= start) & (end <= record.end_us)
    if record.category == "notice":
        within = np.zeros(at.size, dtype=bool)
    return within, overlaps & ~within


def may_cover(
    unless: Sequence[Exemption], invoked: Sequence[Invoked], period: Interval
) -> bool:
    """Tell whether an exception was invoked for some of a period.

    Args:
        unless: Exceptions of a clause.
        invoked: Records that exceptions were invoked.
        period: Period asked about.

    Returns:
        False where nobody invoked any.
    """
    start, end = microseconds(period)
    return any(
        record.bears_on(one) and record.start_us < end and record.end_us > start
        for one in unless
        for record in invoked
    )
