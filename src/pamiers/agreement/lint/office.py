"""Times in office, duties in step, and amounts pledged: do they fit together?"""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.parts import bearers
from pamiers.agreement.lint.timeline import Fixed, Timeline
from pamiers.agreement.reckoning import instant
from pamiers.agreement.values.blank import BLANK, Blank, filled
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import Relative
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import (
    Alongside,
    Delivery,
    Pledge,
    Provision,
    Role,
    Stage,
    Tenure,
    Watch,
    Written,
)

_ZERO: Final = timedelta(0)


def check_offices(written: Written, notes: Notes) -> None:
    """Complain of work that outlasts a mandate, of paces, and of mixed amounts."""
    time = Timeline(written)
    ends = {name: end for name, end in _ends(written, time) if end is not None}
    for name, role in written.roles.items():
        if isinstance(role, Role):
            _check_order(written, role, f"roles.{name}.mandate", time, notes)
    for index, clause in enumerate(written.clauses):
        path = f"clauses[{index}]"
        _check_outlasted(written, clause, path, (time, ends), notes)
        _check_pace(clause, path, notes)
        _check_days(written, clause, path, notes)
    for index, pledge in enumerate(written.pledges):
        if isinstance(pledge, Pledge):
            _check_units(pledge, f"pledges[{index}]", notes)
            _check_pledged(pledge, f"pledges[{index}]", notes)


def _ends(written: Written, time: Timeline) -> Iterator[tuple[str, Fixed | None]]:
    """Yield the roles whose mandate surely ends, and when."""
    for name, role in written.roles.items():
        terms = role.mandate if isinstance(role, Role) else ()
        if terms and isinstance(terms[-1], Tenure):
            yield name, _end(written, terms[-1], time)


def _end(written: Written, term: Tenure, time: Timeline) -> Fixed | None:
    begun = time.lay(term.from_)
    if not isinstance(term.lasts, Duration):
        return time.lay(term.until)
    if begun is None:
        return None
    at = instant(Relative("begun", term.lasts), written, {"begun": begun.at})
    return None if at is None else Fixed(upon=begun.upon, at=at)


def _check_order(
    written: Written, role: Role, path: str, time: Timeline, notes: Notes
) -> None:
    """Complain of a term that begins before the one above it has ended."""
    terms = [each for each in role.mandate if isinstance(each, Tenure)]
    for index, (before, after) in enumerate(itertools.pairwise(terms), start=1):
        begun = time.lay(after.from_)
        gap = begun.later_than(_end(written, before, time)) if begun else None
        if gap is not None and gap < _ZERO:
            notes.complain(
                "Q-TIME-ORDER",
                f"{path}[{index}].from",
                "expected terms in order, each after the end of the last, got one that "
                "begins before it",
                "Put the earlier term first, and let it end where the next begins.",
            )


def _check_outlasted(
    written: Written,
    clause: Provision,
    path: str,
    known: tuple[Timeline, dict[str, Fixed]],
    notes: Notes,
) -> None:
    """Complain of a deadline after the mandate of one who acts or verifies."""
    time, ends = known
    due = [each for each in (time.lay(m) for m in clause.deadline) if each]
    for key, name in _needed(written, clause):
        late = [each.later_than(ends.get(name)) for each in due]
        if late and all(gap is not None and gap > _ZERO for gap in late):
            notes.complain(
                "L-MANDATE",
                f"{path}.{key}",
                f"expected {name} in office at the deadline, got a mandate that ends "
                f"on {ends[name].at:%Y-%m-%d}",
                "Add the term by which it was renewed to `mandate`, or name another.",
            )


def _needed(written: Written, clause: Provision) -> Iterator[tuple[str, str]]:
    """Yield the key and name of everybody whom a clause needs in office."""
    for name in bearers(written, clause):
        yield "bearer", name
    for name in filled(clause.verified_by):
        yield "verified_by", name
    for name in filled(clause.watched_by):
        means = written.monitoring.get(name)
        if isinstance(means, Watch) and isinstance(means.by, str):
            yield "watched_by", means.by


def _check_pace(clause: Provision, path: str, notes: Notes) -> None:
    for index, step in enumerate(clause.alongside):
        here = f"{path}.alongside[{index}]"
        if not isinstance(step, Alongside):
            continue
        if step.clause == clause.id:
            notes.complain(
                "L-CYCLE",
                here,
                "expected another duty, got the clause itself",
                "Name the duty that it has to keep step with.",
            )
        elif step.within is None:
            notes.complain(
                "L-PACE",
                here,
                f"expected how far apart {clause.id} and {step.clause} may be, got "
                "nothing: falling behind is never a breach",
                "Give `within` where the text does; else list this as a defect of it.",
            )


def _check_days(written: Written, clause: Provision, path: str, notes: Notes) -> None:
    if "holidays" in clause.days and not written.heading.holidays:
        notes.complain(
            "L-UNDEFINED",
            f"{path}.days",
            "expected holidays in the heading, got none: the clause never holds",
            "List the days in `agreement.holidays`.",
        )


def _check_units(pledge: Pledge, path: str, notes: Notes) -> None:
    amounts = [(key, each) for key, each in _amounts(pledge) if _stated(each)]
    for key, each in amounts[1:]:
        first = amounts[0][1]
        if isinstance(each, Quantity) and isinstance(first, Quantity):
            if each.dimension == first.dimension or "items" in {each.unit, first.unit}:
                continue  # a bare number leaves open what it counts
            notes.complain(
                "L-UNITS",
                f"{path}.{key}",
                f"expected an amount that measures the same as {first}, got {each}",
                "Make a pledge of its own for each; nothing is converted.",
            )


def _check_pledged(pledge: Pledge, path: str, notes: Notes) -> None:
    """Complain of a day by which no number is pledged."""
    if pledge.due is not None and pledge.at_least is None:
        notes.complain(
            "L-NO-NUMBER",
            f"{path}.due",
            "expected how many are to have come by then, got no `at_least`",
            "Give `at_least`; what has only an upper limit is never short.",
        )


def _stated(amount: Quantity | Blank | None) -> bool:
    return amount is not None and amount is not BLANK


def _amounts(pledge: Pledge) -> Iterator[tuple[str, Quantity | Blank | None]]:
    yield "at_least", pledge.at_least
    yield "up_to", pledge.up_to
    for index, stage in enumerate(pledge.stages):
        if isinstance(stage, Stage):
            yield f"stages[{index}].at_least", stage.at_least
    yield "delivered", pledge.delivered
    for index, each in enumerate(pledge.deliveries):
        if isinstance(each, Delivery):
            yield f"deliveries[{index}].amount", each.amount
