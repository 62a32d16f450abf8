"""How a value is written: read it, write it back, walk it, describe it as a schema.

A form is the single definition of one way of writing. The reader, `to_dict`, the
check for undefined names and the JSON Schema are all derived from forms, so that
they cannot disagree. Reading never raises: a value that is not of the form becomes
a complaint and a blank, and reading goes on.
"""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol, TypeAlias

from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.node import Node, Plain, type_name
from pamiers.agreement.values.blank import BLANK, Blank
from pamiers.agreement.values.duration import TimeTroubleError, parse_duration
from pamiers.agreement.values.moment import parse_moment
from pamiers.agreement.values.quantity import UNITS, parse_quantity, stated_quantity
from pamiers.agreement.values.weapon import parse_bounds
from pamiers.core.errors import MalformedAgreementError, UnknownTermError
from pamiers.core.instant import zone
from pamiers.core.party import ID_PATTERN

Value: TypeAlias = Any  #: what a form reads; each form says which type that is
Walked = Iterator[tuple[str, "Form", Any]]
Schema = dict[str, Any]

_TEXTUAL: Final[Schema] = {"type": ["string", "number"]}
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Form(Protocol):
    """One way of writing a value."""

    def read(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the value a node states, or a blank after a complaint."""

    def write(self, value: Value) -> Plain:
        """Return what to write so that `read` gives the value again."""

    def walk(self, value: Value, path: str) -> Walked:
        """Yield the value, and every value it holds, with path and form."""

    def schema(self) -> Schema:
        """Return the JSON Schema (2020-12) of what may be written."""


def blank_at(node: Node, notes: Notes, path: str) -> bool:
    """Note a blank, and tell whether there is one.

    Args:
        node: The value.
        notes: Takes the complaint.
        path: Where it stands in the document.

    Returns:
        True for `TBD`.
    """
    if node.value != BLANK.value:
        return False
    notes.complain(
        "L-BLANK",
        path,
        "expected something agreed, got TBD",
        "Fill it in once it is agreed; until then the agreement cannot run.",
        mark=node.mark,
    )
    return True


def misfit(node: Node, notes: Notes, path: str, expected: str) -> Blank:
    """Complain of another type than expected, and return a blank for the value.

    Args:
        node: The value.
        notes: Takes the complaint.
        path: Where it stands in the document.
        expected: What should stand there.

    Returns:
        The blank.
    """
    got = type_name(node) if isinstance(node.value, dict | list) else repr(node.value)
    notes.complain(
        "F-SCHEMA-TYPE",
        path,
        f"expected {expected}, got {'nothing' if node.value is None else got}",
        "Only one may stand here; write an entry of its own for each."
        if isinstance(node.value, list)
        else "Correct the value, write TBD where nothing is agreed, or remove the key.",
        mark=node.mark,
    )
    return BLANK


@dataclass(frozen=True, slots=True)
class Leaf(ABC):
    """Base of forms that hold no others and are written as text or number."""

    def write(self, value: Value) -> Plain:
        """Return the text of the value."""
        return str(value)

    def walk(self, value: Value, path: str) -> Walked:
        """Yield the value itself."""
        yield path, self, value

    def read(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the value a node states, or a blank after a complaint."""
        if blank_at(node, notes, path):
            return BLANK
        return self.take(node, notes, path)

    @abstractmethod
    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the value of a node that is no blank."""

    def schema(self) -> Schema:
        """Return the schema of any text."""
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Text(Leaf):
    """Free text; a number or truth value is taken as it was written."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the text."""
        if isinstance(node.value, str) and node.value.strip():
            return unicodedata.normalize("NFC", node.value)
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return str(node.value)
        return misfit(node, notes, path, "text")

    def schema(self) -> Schema:
        """Return the schema of text, or of a number taken as text."""
        return dict(_TEXTUAL)


@dataclass(frozen=True, slots=True)
class Id(Leaf):
    """An identifier: the name that other places refer to."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the identifier."""
        if not isinstance(node.value, str | int) or isinstance(node.value, bool):
            return misfit(node, notes, path, "an identifier")
        return checked_id(str(node.value), notes, path, node)

    def schema(self) -> Schema:
        """Return the schema of an identifier."""
        return {"type": ["string", "integer"], "pattern": f"^{ID_PATTERN.pattern}$"}


def checked_id(text: str, notes: Notes, path: str, node: Node) -> str | Blank:
    """Return an identifier, or a blank after naming its odd characters.

    Args:
        text: The identifier, in NFC.
        notes: Takes the complaint.
        path: Where it stands in the document.
        node: The value or key, for its place.

    Returns:
        `text`, or a blank.
    """
    if ID_PATTERN.fullmatch(text):
        return text
    odd = sorted({c for c in text if not ID_PATTERN.fullmatch(c)})
    points = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '?')}" for c in odd)
    plain = "".join(odd).isascii()
    notes.complain(
        "F-ID-CHAR",
        path,
        f"expected an identifier of a-z, A-Z, 0-9, _ and -, got {text!r} with "
        f"{points or 'nothing in it'}",
        "Give one id, without spaces or signs; several stand in [a, b]."
        if plain
        else "Replace those characters; some only look like Latin letters.",
        mark=node.mark,
    )
    return BLANK


@dataclass(frozen=True, slots=True)
class Ref(Leaf):
    """The identifier of something defined elsewhere in the agreement."""

    of: tuple[str, ...]  #: sections in which it may be defined
    also: tuple[str, ...] = ()  #: words that stand for several

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the identifier; whether it is defined is checked later."""
        if isinstance(node.value, str) and node.value in self.also:
            return node.value
        return Id().take(node, notes, path)

    def schema(self) -> Schema:
        """Return the schema of a reference."""
        pattern = {**Id().schema(), "description": f"id in {' or '.join(self.of)}"}
        return {"anyOf": [{"enum": list(self.also)}, pattern]} if self.also else pattern


@dataclass(frozen=True, slots=True)
class Choice(Leaf):
    """One of a few words."""

    words: tuple[str, ...]

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the word."""
        text = str(node.value)
        if text in self.words:
            return text
        notes.complain(
            "F-SCHEMA-VALUE",
            path,
            f"expected one of {', '.join(self.words)}, got {text!r}",
            "Use one of these words.",
            mark=node.mark,
        )
        return BLANK

    def schema(self) -> Schema:
        """Return the schema of the choice."""
        figures = [int(word) for word in self.words if word.isdigit()]
        return {"enum": [*self.words, *figures]}


@dataclass(frozen=True, slots=True)
class Number(Leaf):
    """A number within bounds, both included."""

    low: float
    high: float

    def write(self, value: Value) -> Plain:
        """Return the number."""
        return float(value)

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the number."""
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            return misfit(node, notes, path, "a number")
        if self.low <= node.value <= self.high:
            return float(node.value)
        notes.complain(
            "F-SCHEMA-VALUE",
            path,
            f"expected a number from {self.low:g} to {self.high:g}, got {node.value}",
            "Correct the number.",
            mark=node.mark,
        )
        return BLANK

    def schema(self) -> Schema:
        """Return the schema of the number."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Yes(Leaf):
    """True or false."""

    def write(self, value: Value) -> Plain:
        """Return the truth value."""
        return bool(value)

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the truth value."""
        if isinstance(node.value, bool):
            return node.value
        return misfit(node, notes, path, "true or false")

    def schema(self) -> Schema:
        """Return the schema of a truth value."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Amount(Leaf):
    """A quantity of one dimension."""

    dimension: str

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the quantity."""
        return parsed(node, notes, path, lambda t: parse_quantity(t, self.dimension))

    def schema(self) -> Schema:
        """Return the schema of an amount and a unit."""
        fitting = [unit for unit, (kind, _) in UNITS.items() if kind == self.dimension]
        return {"type": "string", "pattern": rf"^\d+(\.\d+)?\s*({'|'.join(fitting)})$"}


@dataclass(frozen=True, slots=True)
class Figure(Leaf):
    """A quantity of any dimension, or words where no figure is stated."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the quantity, or the text."""
        return stated_quantity(str(node.value)) or Text().take(node, notes, path)

    def schema(self) -> Schema:
        """Return the schema of text."""
        return dict(_TEXTUAL)


@dataclass(frozen=True, slots=True)
class Range(Leaf):
    """Bounds such as `>= 100 mm`."""

    units: tuple[str, ...]

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the bounds."""
        return parsed(node, notes, path, lambda t: parse_bounds(t, self.units))


@dataclass(frozen=True, slots=True)
class Day(Leaf):
    """A date of the calendar, `2015-02-12`."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the date."""
        try:
            return date.fromisoformat(str(node.value))
        except ValueError:
            return _untimely(
                node,
                notes,
                path,
                (
                    "Q-TIME-FORM",
                    f"expected a date such as 2015-02-12, got {node.value!r}",
                ),
            )

    def schema(self) -> Schema:
        """Return the schema of a date."""
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class When(Leaf):
    """An instant with its offset, or days counted from an anchor."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the moment."""
        return _timed(node, notes, path, lambda t: parse_moment(t, notes.time_zone))


@dataclass(frozen=True, slots=True)
class Stretch(Leaf):
    """A duration such as `48 h elapsed`."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the duration."""
        return _timed(node, notes, path, parse_duration)


@dataclass(frozen=True, slots=True)
class TimeZone(Leaf):
    """An IANA time zone."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the name of the zone."""
        try:
            zone(str(node.value))
        except UnknownTermError as error:
            facts = ("Q-TIME-ZONE", f"expected {error.expected}, got {error.got}")
            return _untimely(node, notes, path, facts)
        return str(node.value)


@dataclass(frozen=True, slots=True)
class Clock(Leaf):
    """An hour and minute of the day, `19:30`."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the text of the hour."""
        if isinstance(node.value, str) and _CLOCK.fullmatch(node.value):
            return node.value
        facts = ("Q-TIME-FORM", f"expected an hour such as '19:30', got {node.value!r}")
        return _untimely(node, notes, path, facts)

    def schema(self) -> Schema:
        """Return the schema of an hour."""
        return {"type": "string", "pattern": f"^{_CLOCK.pattern}$"}


_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class Words(Leaf):
    """Text in one or several languages; plain text is English."""

    def write(self, value: Value) -> Plain:
        """Return language code -> text."""
        return dict(value)

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return language code -> text."""
        if not isinstance(node.value, dict):
            text = Text().take(node, notes, path)
            return text if isinstance(text, Blank) else {"en": text}
        texts = {
            language: self._text(language, each, notes, f"{path}.{language}")
            for language, each in node.value.items()
        }
        return {key: text for key, text in texts.items() if text is not BLANK}

    def _text(self, language: str, node: Node, notes: Notes, path: str) -> Value:
        if node.value is None and not _LANGUAGE.fullmatch(language):
            notes.complain(
                "F-SCHEMA-TYPE",
                path,
                f"expected a language and its text, got {language!r} without one",
                'Quote a text that has a comma or a colon: {en: "10,000 soldiers"}.',
                mark=node.mark,
            )
            return BLANK
        return Text().read(node, notes, path)

    def schema(self) -> Schema:
        """Return the schema of text or texts by language."""
        texts = {"type": "object", "additionalProperties": dict(_TEXTUAL)}
        return {"anyOf": [dict(_TEXTUAL), texts]}


@dataclass(frozen=True, slots=True)
class Free(Leaf):
    """Plain values of whatever shape."""

    def write(self, value: Value) -> Plain:
        """Return the value."""
        kept: Plain = value
        return kept

    def take(self, node: Node, notes: Notes, path: str) -> Value:  # noqa: ARG002 - the form of its kin
        """Return the value."""
        return node.plain()

    def schema(self) -> Schema:
        """Return the schema that allows anything."""
        return {}


def parsed(
    node: Node,
    notes: Notes,
    path: str,
    parse: Callable[[str], Value],
    *,
    code: str = "Q-UNIT",
) -> Value:
    """Return what a parser of units makes of a text, or a blank.

    Args:
        node: The value.
        notes: Takes the complaint.
        path: Where it stands in the document.
        parse: Raises `MalformedAgreementError` of what it cannot take.
        code: What the complaint is called.

    Returns:
        The value, or a blank after a complaint.
    """
    try:
        return parse(str(node.value))
    except MalformedAgreementError as error:
        message = f"expected {error.expected}, got {error.got}"
        notes.complain(code, path, message, error.remedy, mark=node.mark)
        return BLANK


def _timed(node: Node, notes: Notes, path: str, parse: Callable[[str], Value]) -> Value:
    """Return what a parser of times makes of a text, or a blank."""
    try:
        return parse(str(node.value))
    except TimeTroubleError as error:
        notes.complain(error.code, path, error.message, error.remedy, mark=node.mark)
        return BLANK


def _untimely(node: Node, notes: Notes, path: str, facts: tuple[str, str]) -> Blank:
    code, message = facts
    remedy = "Quote it, and write it in the form shown."
    notes.complain(code, path, message, remedy, mark=node.mark)
    return BLANK
