"""Conditions of `where`, put into words."""

from datetime import date
from typing import Final

from pamiers.agreement.prose.telling import BODIES, Teller
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.expression import (
    Among,
    Comparison,
    Expression,
    Junction,
    Literal,
    Negation,
)
from pamiers.agreement.values.quantity import Quantity

_ACTORS: Final = ("actor", "control")
_THINGS: Final = ("kind", "weapon")
_SIGNS: Final = {
    "==": "is",
    "!=": "is.not",
    "<": "less",
    "<=": "at.most",
    ">": "more",
    ">=": "at.least",
}


def tell_condition(tell: Teller, found: Expression | Blank | None) -> str:
    """Return a condition in words; `or` within `and` stands in brackets."""
    match found:
        case Comparison():
            return _comparison(tell, found)
        case Among(attribute, values):
            listed = _listed(tell, attribute, values)
            what = _attribute(tell, attribute)
            return tell.say("where.is", what=what, value=listed)
        case Negation(part):
            return tell.say("where.not", part=tell_condition(tell, part))
        case Junction(joined_by, parts):
            said = [_part(tell, part, joined_by) for part in parts]
            return tell.say(f"where.{joined_by}").join(said)
        case _:
            return tell.words(found)


def _listed(tell: Teller, attribute: str, values: tuple[Literal, ...]) -> str:
    return tell.joined((_literal(tell, attribute, v) for v in values), by="or")


def _part(tell: Teller, part: Expression, joined_by: str) -> str:
    said = tell_condition(tell, part)
    nested = isinstance(part, Junction) and part.joined_by != joined_by
    return f"({said})" if nested else said


def _comparison(tell: Teller, found: Comparison) -> str:
    what = _attribute(tell, found.attribute)
    if isinstance(found.value, bool):
        yes = found.value == (found.operator == "==")
        return tell.say("where.true" if yes else "where.false", what=what)
    key = f"where.{_SIGNS[found.operator]}"
    if isinstance(found.value, date) and found.operator not in {"==", "!="}:
        key = f"where.day.{_SIGNS[found.operator]}"
    value = _literal(tell, found.attribute, found.value)
    return tell.say(key, what=what, value=value)


def _attribute(tell: Teller, name: str) -> str:
    """Return an attribute in words: the agreement's own, the common ones, or as is."""
    if name in tell.written.attributes:
        return tell.say("quoted", text=tell.name(name, "attributes"))
    return tell.tongue.attributes.get(name, name.replace("_", " "))


def _literal(tell: Teller, attribute: str, value: Literal) -> str:
    if isinstance(value, Quantity | date):
        day = isinstance(value, date)
        return tell.date(value) if day else tell.amount(value)
    if isinstance(value, bool):
        return tell.say("yes" if value else "no")
    if isinstance(value, float):
        return _number(tell, attribute, value)
    if attribute in _ACTORS:
        return tell.name(value, *BODIES)
    own = _thing(tell, value) if attribute in _THINGS else value
    return tell.tongue.names.get(value, own)


def _number(tell: Teller, attribute: str, value: float) -> str:
    """Return a number; a whole one that may be a date or a code, without commas."""
    bare = attribute in tell.written.attributes and value.is_integer()
    return f"{value:.0f}" if bare else tell.number(value)


def _thing(tell: Teller, kind: str) -> str:
    """Return a kind of weapon in words; English has it singular in the word itself."""
    return (
        kind.replace("_", " ") if tell.tongue.code == "en" else tell.tongue.kind(kind)
    )
