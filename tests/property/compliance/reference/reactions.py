"""What must be done after a breach of another clause, and by whom."""

from dataclasses import replace
from datetime import timedelta

from pamiers.agreement.model import Mandate, Reading
from pamiers.compliance.rule import Form, Rule
from tests.property.compliance.reference.duties import owed, unlocked
from tests.property.compliance.reference.facts import Bench, Truth, in_force
from tests.property.compliance.reference.forbid import Breach, breach_of


def reaction(bench: Bench) -> Truth:
    """Judge what is owed after a breach, its time counted from the first incident."""
    found = breaches(bench)
    assert found
    late = _as_written(bench).lasting
    wait = timedelta(seconds=late.quantity.base) if late else None
    early, due = (
        min(breach.began[end] for breach in found) + wait if wait else None
        for end in (0, 1)
    )
    return owed(bench, (early, due), bench.period.start, locked=unlocked(bench)[0])


def breaches(bench: Bench) -> list[Breach]:
    """Return the breaches that a duty is owed after: while it was itself in force."""
    found, held = [], bench.period
    for name in bench.clause.upon:
        clause = bench.agreement.clause(name)
        reading = clause.default
        alone = reading.bearers[0] if len(reading.bearers) == 1 else None
        rule = Rule(clause=clause, reading=reading, form=Form.PROHIBITION, party=alone)
        for part in in_force(replace(bench, rule=rule), held):
            own = replace(bench, rule=rule, period=part, day=held)
            found.append(breach_of(own))
    return [each for each in found if each is not None]


def _as_written(bench: Bench) -> Reading:
    """Return the reading as the clause has it, its time not yet counted from a day."""
    same = [each for each in bench.clause.readings if each.id == bench.reading.id]
    return same[0]


def owed_by(bench: Bench) -> bool:
    """Tell whether a breach gives rise to a duty of the one that a rule binds."""
    found = breaches(bench)
    named = {breach.whose for breach in found} & set(bench.clause.default.bearers)
    alone = len(bench.clause.default.bearers) > 1 and bool(named)
    if bench.agreement.mandate is Mandate.FORBIDDEN:
        alone = False
    return bool(found) and (not alone or bench.rule.party in named)
