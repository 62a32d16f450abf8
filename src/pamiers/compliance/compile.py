"""From an agreement to its rules: every clause, reading, party and zone by itself."""

from collections.abc import Iterator
from dataclasses import replace

from pamiers.agreement.model import (
    Agreement,
    AllOf,
    Bound,
    Clause,
    Everywhere,
    InZones,
    Reading,
    Verb,
    Where,
)
from pamiers.compliance.joining import as_joined
from pamiers.compliance.rule import Form, Rule, form_of

#: what every bearer owes by itself; a prohibition says what must not be, whoever did
#: it, and who did it is a field of the finding
_OWED_BY_EACH = frozenset(Form) - {Form.PROHIBITION, Form.ABSENCE, Form.FORMULA}


def rules(agreement: Agreement, clause_id: str | None = None) -> tuple[Rule, ...]:
    """Return the rules of an agreement, in the order of its clauses.

    Args:
        agreement: With its anchors bound as far as they are known.
        clause_id: Only of this clause; None for all.

    Returns:
        One rule per clause, reading, version of a reading, party that owes it by
        itself, and zone that is judged by itself.
    """
    return tuple(
        rule
        for clause in agreement.clauses
        if clause_id in {None, clause.id}
        for reading in clause.readings
        for rule in _bound(clause, reading, agreement)
    )


def _bound(clause: Clause, reading: Reading, agreement: Agreement) -> Iterator[Rule]:
    form = form_of(clause, reading)
    if form is Form.STOCK and reading.bound is None:  # what has to be there always
        reading = replace(reading, bound=Bound(least=1.0))
    together = reading.bound is not None and reading.bound.together
    each = _by_each(clause, form) and not together
    alone = reading.bearers[0] if len(reading.bearers) == 1 else None
    for party in (reading.bearers if each else ()) or (alone,):
        owed = replace(reading, bearers=(party,)) if party else reading
        owed = as_joined(owed, clause, party, agreement)
        for zone in reading.each_zone or (None,):
            where = owed.where if zone is None else _also(owed.where, zone)
            yield Rule(
                clause=clause.as_read(reading),
                reading=replace(owed, where=where),
                form=form,
                party=party,
                zone=zone,
                shared=len(reading.bearers) > 1,
            )


def _by_each(clause: Clause, form: Form) -> bool:
    """Tell whether every bearer owes it by itself: also that what is its own goes."""
    gone = form is Form.ABSENCE and clause.verb is Verb.OBLIGE
    return gone or form in _OWED_BY_EACH


def _also(where: Where, zone: str) -> Where:
    """Return a place that is cut to one zone."""
    match where:
        case Everywhere():
            return InZones((zone,))
        case AllOf(parts):
            return AllOf((*parts, InZones((zone,))))
        case _:
            return AllOf((where, InZones((zone,))))
