"""What stands at the keys of `incentives.yaml`: ranges, times, words, days."""

import re
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.forms import (
    Amount,
    Day,
    Leaf,
    Number,
    Schema,
    Text,
    Value,
    Words,
    misfit,
)
from pamiers.agreement.text.node import Node, Plain
from pamiers.agreement.values.blank import BLANK, Blank
from pamiers.agreement.values.quantity import (
    UNITS,
    Quantity,
    decimal,
    parse_quantity,
)
from pamiers.core.errors import MalformedAgreementError
from pamiers.deterrence.assumptions import written as w

#: more than any figure may be
HUGE: Final = 1e12
_FIGURES: Final = 3
_PER_CENT: Final = re.compile(r"(\d+(?:\.\d+)?) ?%")
_BARE: Final = re.compile(r"-?\d+(\.\d+)?")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
#: amounts as they are commonly written
_SUCH: Final = {"time": "2 d", "length": "5 km"}

#: a value, where complaints go, and where it stands in the document
Spot = tuple[Node, Notes, str]


def odd(spot: Spot, expected: str, remedy: str, code: str = "F-SCHEMA-TYPE") -> Blank:
    """Complain of a value with a remedy of its own, and return a blank for it.

    Args:
        spot: The value, where complaints go, and where it stands.
        expected: What is expected, and what was got.
        remedy: What to do.
        code: What the complaint is called.

    Returns:
        The blank.
    """
    node, notes, path = spot
    notes.complain(code, path, f"expected {expected}", remedy, mark=node.mark)
    return BLANK


def measured(spot: Spot, dimension: str, such: str) -> Quantity | Blank:
    """Return an amount with its unit, or a blank after a complaint.

    Args:
        spot: The value, where complaints go, and where it stands.
        dimension: length or time.
        such: One as it is commonly written at this key; a bare number is told to
            take its unit, for nobody writes a lag of 1 who means a year.

    Returns:
        The amount.
    """
    text = str(spot[0].value).strip()
    try:
        return parse_quantity(text, dimension)
    except MalformedAgreementError as error:
        unit = such.partition(" ")[2]
        least = text.startswith("-")
        bare = bool(_BARE.fullmatch(text)) and not least
        meant = error.remedy.partition("'.")[2]
        return odd(
            spot,
            f"{'none or more, as ' * least}{error.expected}, got {error.got}",
            f"Write it with its unit, such as '{f'{text} {unit}' if bare else such}'."
            f"{meant}",
            code="Q-UNIT",
        )


@dataclass(frozen=True, slots=True)
class Said(Text):
    """Text that is not a number: `paid_by: 7` names nobody."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the text."""
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return odd(
                (node, notes, path),
                f"words, got the number {node.value}",
                "Say it in words; a name that is a number stands in quotes.",
            )
        return Text.take(self, node, notes, path)

    def schema(self) -> Schema:
        """Return the schema of text."""
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class SaidIn(Words):
    """Words in one or several languages; none of them is a number."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return language code -> text."""
        texts = node.value.items() if isinstance(node.value, dict) else [("", node)]
        for language, each in texts:
            if isinstance(each.value, int | float) and not isinstance(each.value, bool):
                return Said().take(each, notes, f"{path}.{language}".rstrip("."))
        return Words.take(self, node, notes, path)

    def schema(self) -> Schema:
        """Return the schema of text or texts by language."""
        one = Said().schema()
        return {"anyOf": [one, {"type": "object", "additionalProperties": one}]}


@dataclass(frozen=True, slots=True)
class Dated(Day):
    """A date with its hyphens: 20261129 is a number."""

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the date."""
        if isinstance(node.value, int) or not _DAY.fullmatch(str(node.value)):
            return odd(
                (node, notes, path),
                f"a date such as 2026-11-29, got {node.value!r}",
                "Write year, month and day with hyphens.",
                code="Q-TIME-FORM",
            )
        return Day.take(self, node, notes, path)


@dataclass(frozen=True, slots=True)
class Span(Amount):
    """A length of time that is given once."""

    dimension: str = "time"
    such: str = "7 d"

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the length of time."""
        return measured((node, notes, path), self.dimension, self.such)


@dataclass(frozen=True, slots=True)
class Moved(Leaf):
    """A number, or a time with its unit: what a lever sets or adds."""

    def write(self, value: Value) -> Plain:
        """Return the number, or the time with its unit."""
        return str(value) if isinstance(value, Quantity) else float(value)

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the number, or the time."""
        if not isinstance(node.value, str):
            return Number(-HUGE, HUGE).take(node, notes, path)
        text = node.value.strip()
        back = text.startswith("-")
        try:
            time = parse_quantity(text.removeprefix("-"), "time")
        except MalformedAgreementError:
            return odd(
                (node, notes, path),
                f"a number, or a time with its unit, got {node.value!r}",
                "Write it such as 0.2, or 2 d.",
                code="Q-UNIT",
            )
        return Quantity(-time.amount, time.unit) if back else time

    def schema(self) -> Schema:
        """Return the schema of a number or a time."""
        time = dict(Amount("time").schema())
        time["pattern"] = str(time["pattern"]).replace("^", "^-?", 1)
        return {"anyOf": [{"type": "number"}, time]}


@dataclass(frozen=True, slots=True)
class Ranged(Leaf):
    """A figure as `[lowest, likeliest, highest]`, or one number that is exact.

    With another basis than the file's it is a mapping: `{range: [...], by: basis}`.
    """

    low: float = 0.0
    high: float = HUGE
    inside: bool = False  #: the bounds themselves are not allowed
    dimension: str = ""  #: figures carry a unit of it: time, length
    such: str = ""  #: one as it is commonly written, for the remedy

    def write(self, value: Value) -> Plain:
        """Return the three figures, and the basis where it is its own."""
        shown: list[Plain] = [self._shown(each, value.unit) for each in value.values]
        return {"range": shown, "by": value.by} if value.by else shown

    def _shown(self, figure: float, unit: str) -> Plain:
        if not self.dimension:
            return figure
        return f"{decimal(figure / UNITS[unit][1])} {unit}"

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the figure, or a blank after a complaint."""
        by = ""
        if isinstance(node.value, dict):
            others = set(node.value) - {"range", "by"}
            if others or "range" not in node.value or "by" not in node.value:
                return misfit(node, notes, path, "the keys range and by, or a list")
            by = str(node.value["by"].value)
            node = node.value["range"]
        given = node.value if isinstance(node.value, list) else [node] * _FIGURES
        if len(given) != _FIGURES:
            return odd(
                (node, notes, path),
                f"[lowest, likeliest, highest], got {len(given)} figures",
                "Write all three, or one figure that is exact.",
            )
        figures = [
            self._figure(each, notes, path) for each in given[: _distinct(given)]
        ]
        found = [each for each in figures if not isinstance(each, Blank)]
        if len(found) < len(figures):
            return BLANK
        low, mode, high = found * _FIGURES if len(found) == 1 else found
        unit = str(given[0].value).lstrip("0123456789. ") if self.dimension else ""
        return self._ordered(
            w.Figure(low=low, mode=mode, high=high, unit=unit, by=by), node, notes, path
        )

    def _figure(self, node: Node, notes: Notes, path: str) -> Value:
        """Return one of the three figures, in metres or seconds if it is measured."""
        if node.value == BLANK.value:
            return Number(0, 0).read(node, notes, path)
        if self.dimension:
            return self._measured(node, notes, path)
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            return self._no_number(node, notes, path)
        value = float(node.value)
        fits = self.low <= value <= self.high
        if fits and not (self.inside and value in {self.low, self.high}):
            return value
        words = ("between", "and") if self.inside else ("from", "to")
        return odd(
            (node, notes, path),
            f"a number {words[0]} {self.low:g} {words[1]} {self.high:g}, got {value:g}",
            "Correct the figure.",
            code="I-RANGE",
        )

    def _no_number(self, node: Node, notes: Notes, path: str) -> Blank:
        """Complain of what is no number, and of a percentage with its share."""
        share = _PER_CENT.fullmatch(str(node.value))
        if share is None or self.high > 1:
            return misfit(node, notes, path, "a number")
        return odd(
            (node, notes, path),
            f"a number from {self.low:g} to {self.high:g}, got {node.value!r}",
            f"Write {float(share[1]) / 100:g}.",
        )

    def _measured(self, node: Node, notes: Notes, path: str) -> Value:
        """Return a figure in metres or seconds."""
        such = self.such or _SUCH.get(self.dimension, "")
        got = measured((node, notes, path), self.dimension, such)
        if isinstance(got, Blank):
            return got
        if self.inside and got.base <= 0:
            expected = f"more than none, got {got}"
            return odd((node, notes, path), expected, "Correct it.", code="I-RANGE")
        return got.base

    def _ordered(self, figure: w.Figure, node: Node, notes: Notes, path: str) -> Value:
        if figure.low <= figure.mode <= figure.high:
            return figure
        shown = [self._shown(each, figure.unit) for each in figure.values]
        return odd(
            (node, notes, path),
            f"lowest, likeliest and highest in this order, got "
            f"{', '.join(str(e) if self.dimension else f'{e:g}' for e in shown)}",
            "Put the three figures in order.",
            code="I-RANGE",
        )

    def schema(self) -> Schema:
        """Return the schema of one figure, of three, or of three and their basis."""
        one: Schema = {"type": "string"} if self.dimension else {"type": "number"}
        if not self.dimension:
            edges = ("exclusiveMinimum", "exclusiveMaximum")
            names = edges if self.inside else ("minimum", "maximum")
            one |= dict(zip(names, (self.low, self.high), strict=True))
        three = {"type": "array", "items": one, "minItems": 3, "maxItems": 3}
        based = {
            "type": "object",
            "properties": {
                "range": {"anyOf": [one, three]},
                "by": {"type": "string"},
            },
            "required": ["range", "by"],
        }
        return {"anyOf": [one, three, based]}


def _distinct(given: list[Node]) -> int:
    """Return 1 for a single figure that stands for three, so that it is read once."""
    return 1 if all(each is given[0] for each in given) else _FIGURES
