"""Times in office, and duties in step: moments that hang upon anchors of their own.

A mandate that *lasts* so long from a moment, and a duty owed so long after another was
done, are counted from anchors that nobody has to write. Their names have a space, so
that no identifier of an agreement can be the same.
"""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from pamiers.agreement.model import Anchor, Reading, Suspension, Tenure
from pamiers.agreement.resolve.sure import held, moment, moments, sure
from pamiers.agreement.values.blank import known
from pamiers.agreement.values.moment import Moment, Relative
from pamiers.agreement.written import Alongside, Provision, Role, Written
from pamiers.agreement.written import Tenure as WrittenTenure


def mandates(written: Written) -> dict[str, tuple[Tenure, ...]]:
    """Return role -> its times in office, in the order of the file; no empty ones."""
    return {
        name: tuple(_tenures(name, role))
        for name, role in written.roles.items()
        if isinstance(role, Role) and role.mandate
    }


def hidden_anchors(written: Written) -> dict[str, Anchor]:
    """Return the anchors that mandates and duties in step are counted from, by name."""
    found = {}
    for name, role in written.roles.items():
        for index, each in enumerate(role.mandate if isinstance(role, Role) else ()):
            term = held(each, WrittenTenure)
            if known(term.lasts) is not None:
                begun = _begun(name, index)
                found[begun] = Anchor(id=begun, at=moment(term.from_))
    for clause in written.clauses:
        for step in clause.alongside:
            other = sure(held(step, Alongside).clause)
            found[_done(other)] = Anchor(id=_done(other), completed=other)
    return found


def steps(clause: Provision) -> tuple[Moment, ...]:
    """Return the deadlines of a clause that hang upon when other duties were done."""
    found = (held(each, Alongside) for each in clause.alongside)
    return tuple(
        Relative(_done(sure(each.clause)), known(each.within))
        for each in found
        if known(each.within) is not None
    )


def in_office(reading: Reading, terms: tuple[Tenure, ...]) -> Reading:
    """Return a reading of a clause that binds a role, in force while it is in office.

    Args:
        reading: Binds that role alone.
        terms: Its times in office; empty: no term.

    Returns:
        The reading, from the first of them to the end of the last.
    """
    if not terms:
        return reading
    return replace(
        reading,
        from_=(*reading.from_, terms[0].from_),
        until=(*reading.until, *moments(terms[-1].until)),
    )


def vacancies(terms: tuple[Tenure, ...]) -> Iterator[Suspension]:
    """Yield the times between two terms, in which nobody is in office."""
    for before, after in itertools.pairwise(terms):
        if before.until is not None and before.until != after.from_:
            yield Suspension(from_=before.until, until=after.from_)


def _tenures(role: str, written: Role) -> Iterator[Tenure]:
    for index, each in enumerate(written.mandate):
        term = held(each, WrittenTenure)
        (begin,) = moments(term.from_)
        lasts = known(term.lasts)
        until = moment(term.until)
        if lasts is not None:
            until = Relative(_begun(role, index), lasts)
        yield Tenure(from_=begin, until=until)


def _begun(role: str, index: int) -> str:
    return f"{role} mandate {index + 1}"


def _done(clause: str) -> str:
    return f"{clause} done"
