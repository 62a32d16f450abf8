"""What must be done after a breach of another clause, and by whom."""

from dataclasses import replace
from datetime import timedelta

from pamiers.agreement.model import Mandate
from pamiers.compliance.rule import Form, Rule
from tests.property.compliance.reference.duties import owed, unlocked
from tests.property.compliance.reference.facts import Bench, Truth, in_force
from tests.property.compliance.reference.forbid import Breach, breach_of


def reaction(bench: Bench) -> Truth:
    """Judge what is owed after a breach, its time counted from the first incident."""
    found = breaches(bench)
    assert found
    late = bench.clause.default.lasting
    began = min(at for at, _ in found)
    due = began + timedelta(seconds=late.quantity.base) if late else None
    return owed(bench, (due, due), bench.period.start, locked=unlocked(bench)[0])


def breaches(bench: Bench) -> list[Breach]:
    """Return the breaches, on the day asked about, that a duty is owed after."""
    assert bench.day is not None
    found = []
    for name in bench.clause.upon:
        clause = bench.agreement.clause(name)
        reading = clause.default
        alone = reading.bearers[0] if len(reading.bearers) == 1 else None
        rule = Rule(clause=clause, reading=reading, form=Form.PROHIBITION, party=alone)
        for part in in_force(reading, bench.day, bench.agreement.time_zone):
            own = replace(bench, rule=rule, period=part)
            found.append(breach_of(own))
    return [each for each in found if each is not None]


def owed_by(bench: Bench) -> bool:
    """Tell whether a breach gives rise to a duty of the one that a rule binds."""
    found = breaches(bench)
    named = {who for _, who in found} & set(bench.clause.default.bearers)
    alone = len(bench.clause.default.bearers) > 1 and bool(named)
    if bench.agreement.mandate is Mandate.FORBIDDEN:
        alone = False
    return bool(found) and (not alone or bench.rule.party in named)
