"""What follows a breach, in prose: each step a sentence, each rule of it a line.

The rules are told from the grammar, key by key, so that none is left out.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pamiers.agreement.grammar import forms as f
from pamiers.agreement.grammar.forms import Form, Value
from pamiers.agreement.grammar.procedure import (
    DECISION,
    PROCEDURE,
    REMEDY,
    SILENCE,
    STEP,
    UPON,
)
from pamiers.agreement.grammar.records import ById, Field, Record, Several
from pamiers.agreement.prose.telling import HAPPENINGS, Item, Teller, upper
from pamiers.agreement.prose.telling_bodies import identified, lines
from pamiers.agreement.prose.telling_clauses import tell_extra
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.written import Procedure, Remedy, Step

#: what the sentences say already
_TOLD: Final = frozenset(
    {
        *("title", "created_by", "clock", "steps", "remedies", "cite", "source"),
        *("id", "by", "do", "when", "within", "rule", "otherwise"),
    }
)
#: of a trigger: how the steps before were ended, told with them
_MANNER: Final = "how"
#: records whose keys are told in phrases, not with their labels
_SCOPES: Final[Mapping[int, Callable[[str], str]]] = {
    id(UPON): lambda key: f"upon.{key}",
    id(SILENCE): lambda key: f"silence.{key}",
    id(DECISION): lambda key: f"decision.{key}",
}
#: keys that are called otherwise here than elsewhere
_CALLED: Final = {
    "from": "clock",
    "upon": "when",
    "near": "distance",
    "same": "matching",
}


def tell_procedure(tell: Teller, named: tuple[str, Procedure]) -> Item:
    """Return a procedure, what its clock runs from, its steps and its rules."""
    name, each = named
    said = tell.say(
        "procedure",
        title=tell.words(each.title or name),
        instrument=tell.name(each.created_by, "instruments"),
    )
    under = (
        tell.also("procedure.clock", each.clock, clock=_clock(tell, each.clock)),
        *_rules(tell, PROCEDURE, each, "rule.line"),
        *(line for step in each.steps for line in _step(tell, step)),
        *(line for one in each.remedies for line in _remedy(tell, one)),
        tell.also("source.is", each.source, source=tell.speaker(each.source)),
        tell.also("source.in", each.cite, cite=tell.words(each.cite)),
        *tell_extra(tell, each.extra),
    )
    return identified(name, said), lines(*under)


def _clock(tell: Teller, clock: object) -> str:
    """Return what a clock is called; one in words as it stands."""
    return tell.tongue.names.get(str(clock), "") or tell.text(clock)


def _step(tell: Teller, step: Step) -> Iterator[str]:
    yield tell.say(
        "step",
        id=step.id,
        who=tell.who(step.by),
        do=tell.words(step.do).rstrip("."),
        within=tell.also("step.within", step.within, time=tell.duration(step.within)),
        when=tell.also("step.when", step.when, when=tell.text(step.when)),
        rule=tell.also(
            "step.rule", step.rule, rule=tell.texts((step.rule,), tell.tongue.names)
        ),
        other=tell.also("step.else", step.otherwise, rule=tell.text(step.otherwise)),
        cite=tell.also("source.cited", step.cite, cite=tell.words(step.cite)),
    )
    yield from _rules(tell, STEP, step, "rule.under")
    yield from tell_extra(tell, step.extra)


def _remedy(tell: Teller, remedy: Remedy) -> Iterator[str]:
    yield tell.say(
        "remedy",
        id=remedy.id,
        title=tell.words(remedy.title).rstrip("."),
        by=tell.who(remedy.by),
        within=tell.duration(remedy.within),
        cite=tell.also("source.cited", remedy.cite, cite=tell.words(remedy.cite)),
    )
    yield from _rules(tell, REMEDY, remedy, "rule.under")
    yield from tell_extra(tell, remedy.extra)


def _rules(tell: Teller, form: Record, value: Value, line: str) -> Iterator[str]:
    """Yield a line for each key that is set and that no sentence has said."""
    for key, field, held in _set(form, value):
        if key in _TOLD:
            continue
        label, said = _label(tell, key), _told(tell, field, held)
        if isinstance(field.form, f.Yes):
            yield tell.say(f"{line}.flag", label=upper(label))
        else:
            yield tell.say(line, label=upper(label), value=said)


def _set(form: Record, value: Value) -> Iterator[tuple[str, Field, Value]]:
    for key, field in form.fields.items():
        held = getattr(value, field.attribute or key)
        if held not in (None, "", (), {}, False):
            yield key, field, held


def _label(tell: Teller, key: str) -> str:
    return tell.tongue.labels[_CALLED.get(key, key)]


def _told(tell: Teller, field: Field, held: Value) -> str:
    return _value(tell, field.form, held)


def _value(tell: Teller, form: Form, held: Value) -> str:
    """Return what a value is called; records as `label: value`, joined."""
    if isinstance(held, Blank):
        return tell.say("blank")
    match form:
        case Record():
            return tell.tongue.parts(_parts(tell, form, held))
        case Several(each):
            return tell.joined(_value(tell, each, one) for one in held)
        case ById(each):
            said = ((key, _value(tell, each, one)) for key, one in held.items())
            return tell.tongue.parts(f"[{key}] {value}" for key, value in said)
        case _:
            return _leaf(tell, form, held)


def _leaf(tell: Teller, form: Form, held: Value) -> str:
    if isinstance(form, f.Ref):
        return _named(tell, form.of, held)
    return _SAID[type(form)](tell, held)


def _parts(tell: Teller, form: Record, held: Value) -> Iterator[str]:
    for key, field, value in _set(form, held):
        said, phrase = _told(tell, field, value), _phrase(form, key, held)
        if form.lone == key:
            yield said
        elif phrase in tell.tongue.phrases:
            yield tell.say(phrase, value=said)
        elif isinstance(field.form, f.Yes):
            yield _label(tell, key)
        elif key != _MANNER:
            yield tell.say("labelled", label=_label(tell, key), value=said)
    for key, kept in held.extra.items():
        yield tell.say("labelled", label=f"`{key}`", value=kept)


def _phrase(form: Record, key: str, held: Value) -> str:
    """Return which phrase tells a key of a trigger, a silence or a decision."""
    scope = _SCOPES.get(id(form))
    if scope is None:
        return ""
    if key == "after" and not isinstance(held.how, Blank):
        return scope(f"after.{held.how}")
    if key == "outcome" and getattr(held, "then", "") == "passes":
        return scope("outcome.passes")
    return scope(key)


def _named(tell: Teller, of: tuple[str, ...], held: str) -> str:
    if of == ("clauses",):
        return tell.clauses([held])
    if "events" in of:
        return tell.name(held, *HAPPENINGS)
    return tell.who((held,))


_Say = Callable[[Teller, Any], str]
_SAID: Final[Mapping[type, _Say]] = {
    f.Choice: Teller.word,
    f.Id: lambda _, held: f"[{held}]",
    f.Number: Teller.number,
    f.Stretch: Teller.duration,
    f.Amount: Teller.amount,
    f.Text: Teller.words,
    f.Words: Teller.words,
    f.Yes: lambda tell, _: tell.say("yes"),
}
