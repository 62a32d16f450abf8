"""Forms that only clauses use: conditions, periods, figures, formulas, positions."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.forms import (
    Leaf,
    Schema,
    Stretch,
    Text,
    Value,
    misfit,
    parsed,
)
from pamiers.agreement.text.node import Node
from pamiers.agreement.values.blank import BLANK
from pamiers.agreement.values.duration import TimeTroubleError, parse_duration
from pamiers.agreement.values.expression import parse_expression
from pamiers.agreement.values.formula_text import (
    FormulaTroubleError,
    parse_formula,
)
from pamiers.agreement.values.hours import HOURS, parse_hours
from pamiers.agreement.values.position import parse_position
from pamiers.agreement.values.quantity import UNITS, Quantity, parse_quantity

CALENDAR: Final = ("calendar day", "calendar week", "calendar month", "calendar year")
_COUNTED: Final = re.compile(r"\d{1,15}\s*(persons|items|events|kg|t|l|m3)")


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
    """A whole number of items, or of persons or events where it says so."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the quantity."""
        text = str(node.value).strip()
        if isinstance(node.value, int | float) and float(node.value).is_integer():
            return Quantity(float(node.value), "items")
        if text.isdecimal():
            return Quantity(float(text), "items")
        if _COUNTED.fullmatch(text) is None:
            return misfit(node, notes, path, "75, '6000 persons' or '500 t'")
        unit = text.lstrip("0123456789").strip()
        return parse_quantity(text, UNITS[unit][0])

    def schema(self) -> Schema:
        """Return the schema of a number with or without what is counted."""
        counted = {"type": "string", "pattern": rf"^{_COUNTED.pattern}$"}
        return {"anyOf": [{"type": "integer", "minimum": 0}, counted]}


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
