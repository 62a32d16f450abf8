"""Judge a formula: it has to hold at every instant for which the clause is in force.

Each part becomes two sets of instants: when it surely holds, by what is surely on
record, and when it may. An instant at which the formula cannot hold is a breach;
where it surely holds all the time, it is kept. Where it is open, it is unobserved only
if silence alone leaves it so: what is on record and may be otherwise (by a party's own
word, of an uncertain time) leaves it undetermined.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from pamiers.agreement.values import formula as f
from pamiers.compliance.clauses.atoms import Atoms, Names, Truth, term, us
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.said import Said, finding_of
from pamiers.compliance.evidence.signals import (
    ALWAYS,
    NEVER,
    Instants,
    ahead,
    back,
    both,
    either,
    since,
    until,
    without,
)
from pamiers.compliance.finding import Finding, Verdict, Why

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_US: Final = 1_000_000
_TRUE: Final[Truth] = (ALWAYS, ALWAYS)
_FALSE: Final[Truth] = (NEVER, NEVER)


def judge(case: Case, court: Court, left_out: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on a formula.

    Args:
        case: What is judged; its clause has a formula.
        court: What is known.
        left_out: Keys of incidents and statements to leave out.

    Returns:
        One finding; its evidence is what the formula's atoms found on record.
    """
    tree = case.clause.tree or f.Truth(value=True)
    register = court.register.without(left_out).until(court.known_at)
    atoms = Atoms(case, court, register)
    surely, possibly = truth(tree, {}, atoms)
    span = ((us(case.period.start), us(min(case.period.end, case.until))),)
    broken, unsure = both(span, without(possibly)), both(span, without(surely))
    said = Said(verdict=Verdict.UNDETERMINED, why=Why.PENDING)
    if broken:
        at = _EPOCH + broken[0][0] * _TICK
        said = replace(said, verdict=Verdict.BREACHED, why=Why.ESTABLISHED, low=1.0)
        said = replace(said, due_at=at, seen=atoms.seen)
    elif not unsure:
        said = replace(said, verdict=Verdict.KEPT, why=Why.DONE, high=0.0)
        said = replace(said, seen=atoms.seen)
    elif not _waits(tree, unsure, atoms):
        closed = truth(tree, {}, Atoms(case, court, register, closed=True))
        said = _unsure(case, court, said, atoms, by_record=_open_in(span, closed))
    keys = tuple(dict.fromkeys(atoms.keys))
    return finding_of(case, court, replace(said, evidence=keys))


def _open_in(span: Instants, held: Truth) -> bool:
    """Tell whether a formula may hold, and may not, at some instant of a span."""
    return bool(both(span, both(held[1], without(held[0]))))


def _unsure(
    case: Case, court: Court, said: Said, atoms: Atoms, *, by_record: bool
) -> Said:
    verdict, why = absence(atoms.seen, enough_coverage(court.limits(case)))
    if verdict is Verdict.KEPT or (verdict is Verdict.UNOBSERVED and by_record):
        verdict, why = Verdict.UNDETERMINED, Why.LOW_PROBABILITY
    return replace(said, verdict=verdict, why=why, seen=atoms.seen)


def _waits(tree: f.Formula, unsure: Instants, atoms: Atoms) -> bool:
    """Tell whether all that is unsure may yet be settled by the future."""
    wait = int(f.ahead_s(tree) * _US)
    return all(end + wait > atoms.known for _, end in unsure)


def truth(tree: f.Formula, names: Names, atoms: Atoms) -> Truth:
    """Return when a formula surely holds, and when it may.

    Args:
        tree: The formula.
        names: What its free variables stand for.
        atoms: What is on record.

    Returns:
        Two sets of instants; the first is part of the second.
    """
    match tree:
        case f.Truth(value):
            held = _TRUE if value else _FALSE
        case f.Equal(left, right, negated):
            same = term(left, names) == term(right, names)
            held = _FALSE if same == negated else _TRUE
        case f.Happens():
            held = atoms.event(tree, names)
        case f.Holds():
            held = atoms.state(tree, names)
        case _:
            held = _composed(tree, names, atoms)
    return held


def _composed(tree: f.Formula, names: Names, atoms: Atoms) -> Truth:
    match tree:
        case f.Quantified(operator, variable, sort, part):
            values = [{**names, variable: value} for value in atoms.values(sort)]
            by = "OR" if operator == "EXISTS" else "AND"
            held = _folded(by, [truth(part, each, atoms) for each in values])
        case f.Not(part):
            low, high = truth(part, names, atoms)
            held = without(high), without(low)
        case f.Implies(left, right):
            held = truth(f.Joined("OR", (f.Not(left), right)), names, atoms)
        case f.Joined(by, parts):
            held = _folded(by, [truth(part, names, atoms) for part in parts])
        case _:
            held = _timed(tree, names, atoms)
    return held


def _timed(tree: f.Formula, names: Names, atoms: Atoms) -> Truth:
    held = _TRUE
    match tree:
        case f.Past("HISTORICALLY", span, part):
            once = f.Past("ONCE", span, f.Not(part))
            held = truth(f.Not(once), names, atoms)
        case f.Past(_, span, part):
            met = truth(part, names, atoms)
            held = _each(met, lambda x: back(x, *_span(span)))
        case f.Future("ALWAYS", span, part):
            ever = f.Future("EVENTUALLY", span, f.Not(part))
            held = truth(f.Not(ever), names, atoms)
        case f.Future(_, span, part):
            met = truth(part, names, atoms)
            held = _each(met, lambda x: ahead(x, *_bounded(span)))
        case f.Since(span, left, right):
            a, b = truth(left, names, atoms), truth(right, names, atoms)
            low, high = _span(span)
            held = since(a[0], b[0], low, high), since(a[1], b[1], low, high)
        case f.Until(span, left, right):
            a, b = truth(left, names, atoms), truth(right, names, atoms)
            near, far = _bounded(span)
            held = until(a[0], b[0], near, far), until(a[1], b[1], near, far)
        case _:
            pass
    return held


def _each(held: Truth, of: Callable[[Instants], Instants]) -> Truth:
    return of(held[0]), of(held[1])


def _folded(by: str, parts: list[Truth]) -> Truth:
    found = _FALSE if by == "OR" else _TRUE
    for low, high in parts:
        if by == "OR":
            found = either(found[0], low), either(found[1], high)
        else:
            found = both(found[0], low), both(found[1], high)
    return found


def _span(span: f.Span) -> tuple[int, int | None]:
    high = span.high_s
    return int(span.low_s * _US), None if high is None else int(high * _US)


def _bounded(span: f.Span) -> tuple[int, int]:
    low, high = _span(span)
    return low, low if high is None else high
