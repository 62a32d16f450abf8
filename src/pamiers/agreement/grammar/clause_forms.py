"""Forms that only clauses use: conditions, periods, figures, formulas, positions."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.forms import (
    Leaf,
    Number,
    Ref,
    Schema,
    Stretch,
    Text,
    Value,
    parsed,
)
from pamiers.agreement.text.node import Node, Plain, type_name
from pamiers.agreement.values.blank import BLANK
from pamiers.agreement.values.currency import CURRENCIES
from pamiers.agreement.values.duration import TimeTroubleError, parse_duration
from pamiers.agreement.values.expression import parse_expression
from pamiers.agreement.values.formula_text import (
    FormulaTroubleError,
    parse_formula,
)
from pamiers.agreement.values.hours import HOURS, parse_hours
from pamiers.agreement.values.position import parse_position
from pamiers.agreement.values.quantity import (
    ABOUT,
    LIKELY,
    UNITS,
    Quantity,
    approximate,
    decimal,
    parse_quantity,
)

CALENDAR: Final = ("calendar day", "calendar week", "calendar month", "calendar year")
#: of what a text leaves open for good, where TBD is still to be agreed
UNSTATED: Final = "unstated"
_COUNTED: Final = re.compile(
    r"\d{1,15}\s*(?:persons|items|events)|\d{1,15}(?:\.\d{1,6})?\s*(?:kg|t|l|m3|"
    + "|".join(sorted(CURRENCIES))
    + ")"
)
_PERCENT: Final = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%")
_WHOLE: Final = 100
#: what people write for all parties
_ALL_PARTIES: Final = re.compile(
    r"(?:both|all|each|every|the)(?: of)?(?: the)? (?:part(?:y|ies)|sides?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bound(Ref):
    """Who is bound: an id, or the word that stands for every party."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the id or the word; other words for all parties are named."""
        if not isinstance(node.value, str) or not _ALL_PARTIES.fullmatch(node.value):
            return Ref.take(self, node, notes, path)
        if node.value in self.also:
            return node.value
        notes.complain(
            "F-SCHEMA-VALUE",
            path,
            f"expected an id, or {self.also[0]!r}, got {node.value!r}",
            f"Write `{self.also[0]}`: every one of `agreement.parties`, each for "
            "itself; or name some of them in [a, b].",
            mark=node.mark,
        )
        return BLANK


@dataclass(frozen=True, slots=True)
class Condition(Leaf):
    """A condition such as `calibre >= 100 mm and count > 5`."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the condition."""
        return parsed(node, notes, path, parse_expression, code="Q-CONDITION")


@dataclass(frozen=True, slots=True)
class Per(Leaf):
    """A window that slides (`24 h`), or a unit of the calendar."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the duration, or the name of the unit."""
        if str(node.value).strip() in CALENDAR:
            return str(node.value).strip()
        with suppress(TimeTroubleError):
            found = parse_duration(str(node.value))
            if found.is_fixed:
                return found
        notes.complain(
            "Q-TIME-FORM",
            path,
            f"expected a window such as '24 h' or 'calendar month', got {node.value!r}",
            "Write s, min, h, d or w, or one of: " + ", ".join(CALENDAR) + ".",
            mark=node.mark,
        )
        return BLANK

    def schema(self) -> Schema:
        """Return the schema of a duration or a unit of the calendar."""
        return {"anyOf": [{"enum": list(CALENDAR)}, Stretch().schema()]}


@dataclass(frozen=True, slots=True)
class HowOften(Leaf):
    """So long after the last time, a unit of the calendar, or `unstated`."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the duration, the name of the unit, or the word."""
        said = str(node.value).strip()
        if said in (*CALENDAR, UNSTATED):
            return said
        with suppress(TimeTroubleError):
            found = parse_duration(said)
            if found.is_fixed or found.months:
                return found
        notes.complain(
            "Q-TIME-FORM",
            path,
            "expected how often, such as '15 d', '3 mo' or 'calendar month', got "
            f"{node.value!r}",
            f"Write s, min, h, d, w, mo or y, or one of: {', '.join(CALENDAR)}; "
            f"`{UNSTATED}` where the text does not say.",
            mark=node.mark,
        )
        return BLANK

    def schema(self) -> Schema:
        """Return the schema of a duration, a unit of the calendar, or the word."""
        return {"anyOf": [{"enum": [*CALENDAR, UNSTATED]}, Stretch().schema()]}


@dataclass(frozen=True, slots=True)
class ByClock(Leaf):
    """Hours of the day such as `22:00-06:00`."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the hours."""
        try:
            return parse_hours(str(node.value))
        except TimeTroubleError as error:
            notes.complain(
                error.code, path, error.message, error.remedy, mark=node.mark
            )
            return BLANK

    def schema(self) -> Schema:
        """Return the schema of two hours."""
        return {"type": "string", "pattern": f"^{HOURS.pattern}$"}


@dataclass(frozen=True, slots=True)
class HowMany(Leaf):
    """A number of items, or an amount of what it says; perhaps `about` so much."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the quantity."""
        if isinstance(node.value, int | float) and float(node.value).is_integer():
            return Quantity(float(node.value), "items")
        about, text = approximate(str(node.value))
        if text.isdecimal():
            return Quantity(float(text), "items", about)
        if _COUNTED.fullmatch(text) is None:
            notes.complain(
                "F-SCHEMA-TYPE",
                path,
                "expected 75, '6000 persons', 'about 300 persons', '500 t' or "
                f"'250000 USD', got {_got(node)}",
                _figure_remedy(str(node.value)),
                mark=node.mark,
            )
            return BLANK
        unit = text.lstrip("0123456789.").strip()
        return replace(parse_quantity(text, UNITS[unit][0]), about=about)

    def schema(self) -> Schema:
        """Return the schema of a number with or without what is counted."""
        counted = rf"^({ABOUT})?({_COUNTED.pattern}|\d{{1,15}})$"
        counted_text = {"type": "string", "pattern": counted}
        return {"anyOf": [{"type": "integer", "minimum": 0}, counted_text]}


def _got(node: Node) -> str:
    if isinstance(node.value, dict | list) or node.value is None:
        return type_name(node)
    return repr(node.value)


def _figure_remedy(text: str) -> str:
    """Return what to write in place of a figure that cannot be read."""
    if "%" in text:
        return (
            "A share of a total is a ratio: `ratio: {of: {of: arms, status: stored}, "
            "to: {of: arms, status: declared}, at_least: 30 %}`, with its `deadline`."
        )
    if re.search(r"\d[,' ]\d|million|billion|thousand", text):
        return "Write all its digits and nothing between them, such as 10000 persons."
    if re.search(r"approx|circa|ca\.|roughly|some |around|~", text):
        return "Write `about` before it, such as 'about 300 persons'."
    if re.search(r"\d\s*(-|to)\s*\d", text):
        return "Two figures are two clauses: at_least the one, at_most the other."
    return _unit_remedy(text)


def _unit_remedy(text: str) -> str:
    """Return what to write for a number with a word that counts nothing here."""
    counted = re.fullmatch(r"(about )?(\d+) ([A-Za-z]+)", text.strip())
    unit = LIKELY.get(counted[3], "") if counted else ""
    if counted and unit and UNITS[unit][0] not in {"length", "time"}:
        return f"Write '{counted[1] or ''}{counted[2]} {unit}'."
    if counted and not unit and counted[3] not in UNITS:
        return (
            f"Write the number with a class, `n: {counted[2]}` and `of: CLASS`; beside "
            "it may stand persons, items, events, kg, t, l, m3 or a currency."
        )
    return (
        "Write a number, alone or with what is counted: persons, items, events, kg, t, "
        "l, m3, or the three letters of a currency (ISO 4217); TBD where nothing is "
        "agreed."
    )


@dataclass(frozen=True, slots=True)
class Percent(Leaf):
    """A percentage above 0, such as `10 %`."""

    def write(self, value: Value) -> Plain:
        """Return the percentage with its sign."""
        return f"{decimal(value)} %"

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the number of hundredths."""
        found = _PERCENT.fullmatch(str(node.value).strip())
        if found and 0.0 < float(found[1]) <= _WHOLE:
            return float(found[1])
        notes.complain(
            "F-SCHEMA-VALUE",
            path,
            f"expected a percentage such as '10 %', got {node.value!r}",
            "Write the number, a space and %; above 0, at most 100.",
            mark=node.mark,
        )
        return BLANK

    def schema(self) -> Schema:
        """Return the schema of a percentage."""
        return {"type": "string", "pattern": f"^{_PERCENT.pattern}$"}


@dataclass(frozen=True, slots=True)
class Times(Number):
    """So many for each: a number, or a percentage."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the number; `30 %` is 0.3."""
        found = _PERCENT.fullmatch(str(node.value).strip())
        if found is None:
            return Number(self.low, self.high).take(node, notes, path)
        return float(Decimal(found[1]) / _WHOLE)

    def schema(self) -> Schema:
        """Return the schema of a number or a percentage."""
        number = Number(self.low, self.high).schema()
        return {"anyOf": [number, Percent().schema()]}


@dataclass(frozen=True, slots=True)
class Formula(Leaf):
    """A formula of bounded metric first-order temporal logic."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the tree of the formula."""
        text = Text().take(node, notes, path)
        if not isinstance(text, str):
            return text
        try:
            return parse_formula(text)
        except FormulaTroubleError as error:
            notes.complain(
                error.code, path, error.message, error.remedy, mark=node.mark
            )
            return BLANK


@dataclass(frozen=True, slots=True)
class Point(Leaf):
    """A position such as `47.67 N, 38.08 E`."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the position."""
        return parsed(node, notes, path, parse_position)
