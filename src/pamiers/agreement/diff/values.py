"""Any value of an agreement in words, by the form it is written in."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pamiers.agreement.diff.same import Value
from pamiers.agreement.grammar import clause_forms as c
from pamiers.agreement.grammar import forms as f
from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.grammar.records import (
    ById,
    Listed,
    OneOrByParty,
    Record,
    Several,
)
from pamiers.agreement.prose.conditions import tell_condition
from pamiers.agreement.prose.telling import Teller
from pamiers.agreement.prose.telling_clauses import tell_exemption
from pamiers.agreement.prose.telling_ground import tell_position
from pamiers.agreement.prose.telling_matter import tell_line
from pamiers.agreement.prose.telling_verbs import tell_sentences
from pamiers.agreement.values.blank import BLANK
from pamiers.agreement.written import Provision, Unless

Say = Callable[[Teller, Value], str]


def _ref(tell: Teller, form: f.Ref, value: Value) -> str:
    if value == EACH_PARTY:
        return tell.say("each")
    if "sources" in form.of and value in tell.written.sources:
        return tell.speaker(value)
    clauses = {str(each.id) for each in tell.written.clauses}
    if "clauses" in form.of and value in clauses:
        return f"[{value}]"
    return tell.name(value, *form.of)


def _yes(tell: Teller, value: Value) -> str:
    return tell.say("yes" if value else "no")


_SAID: Final[dict[type, Say]] = {
    f.Choice: lambda tell, value: tell.tongue.names.get(str(value), str(value)),
    f.Number: Teller.number,
    f.Yes: _yes,
    f.Amount: Teller.amount,
    f.Figure: Teller.amount,
    f.Range: Teller.bounds,
    f.Day: Teller.date,
    f.When: Teller.moment,
    f.Stretch: Teller.duration,
    c.HowMany: Teller.amount,
    c.Per: Teller.per,
    c.Condition: tell_condition,
    c.Point: tell_position,
    OneOrByParty: tell_line,
}


def tell_value(tell: Teller, form: f.Form, value: Value) -> str:
    """Return a value in words; of a record, every key that is set."""
    if value is BLANK or value is None:
        return tell.say("blank")
    match form:
        case Record() if hasattr(value, "extra"):
            return _record(tell, form, value)
        case Several(each) | Listed(each) if isinstance(value, tuple):
            return tell.joined(tell_value(tell, each, one) for one in value)
        case ById(each) if isinstance(value, Mapping):
            return "; ".join(
                f"[{name}] {tell_value(tell, each, one)}" for name, one in value.items()
            )
        case _:
            return _leaf(tell, form, value)


def _leaf(tell: Teller, form: f.Form, value: Value) -> str:
    if isinstance(form, f.Ref):
        return _ref(tell, form, value)
    return _SAID.get(type(form), Teller.words)(tell, value)


def _record(tell: Teller, form: Record, value: Value) -> str:
    if isinstance(value, Provision):
        return " ".join(tell_sentences(tell, value))
    if isinstance(value, Unless):
        return tell_exemption(tell, value)
    return "; ".join(_keys(tell, form, value)) or tell.say("none")


def _keys(tell: Teller, form: Record, value: Value) -> Iterator[str]:
    for key, field in form.fields.items():
        held = getattr(value, field.attribute or key)
        if held in (None, "", (), {}) or key == "id":
            continue
        said = tell_value(tell, field.form, held)
        yield tell.say("labelled", label=tell.tongue.labels[key], value=said)
