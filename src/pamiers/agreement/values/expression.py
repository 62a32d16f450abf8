"""Conditions of `where`: a small typed language without calls, loops or recursion.

`calibre >= 100 mm and (kind in [gun, howitzer] or unit > battalion)` is true, false,
or, where an attribute it needs is not known, *not known* (Kleene's third value).
Attributes and their types are listed in `ATTRIBUTES`; an event of the agreement may
carry others, which are compared as words, bare numbers or dates of the calendar.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from pamiers.agreement.values.quantity import Quantity, decimal
from pamiers.core.errors import MalformedAgreementError

Literal = Quantity | float | str | bool | date
Known = Mapping[str, float | str | bool | None]  #: attribute -> value, base units

#: attribute -> its dimension (of `quantity.UNITS`), `number`, `word`, `unit` or `truth`
ATTRIBUTES: Final[dict[str, str]] = {
    "kind": "word",
    "weapon": "word",  #: kind of weapon: gun howitzer mortar mlrs tank missile ...
    "system": "word",
    "calibre": "length",
    "range": "length",
    "count": "number",
    "persons": "number",
    "vehicles": "number",
    "casualties": "number",
    "unit": "unit",
    "actor": "word",
    "control": "word",
    "means": "word",
    "armed": "truth",
    "notified": "truth",
    "duration": "time",
    "altitude": "length",
    "status": "word",
}
#: sizes of military units, smallest first
UNIT_SIZES: Final = (
    *("team", "section", "squad", "platoon", "company", "battalion"),
    *("regiment", "brigade", "division", "corps", "army"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One attribute held against one value. `operator`: == != < <= > >=."""

    attribute: str
    operator: str
    value: Literal

    def __str__(self) -> str:
        """Return the comparison as an agreement writes it."""
        return f"{self.attribute} {self.operator} {_said(self.value)}"


@dataclass(frozen=True, slots=True)
class Among:
    """One attribute held against a list of values."""

    attribute: str
    values: tuple[Literal, ...]

    def __str__(self) -> str:
        """Return the test as an agreement writes it."""
        return f"{self.attribute} in [{', '.join(_said(each) for each in self.values)}]"


@dataclass(frozen=True, slots=True)
class Negation:
    """What a condition denies."""

    part: "Expression"

    def __str__(self) -> str:
        """Return the negation as an agreement writes it."""
        return f"not ({self.part})"


@dataclass(frozen=True, slots=True)
class Junction:
    """Two or more conditions, joined by `and` or by `or`."""

    joined_by: str
    parts: tuple["Expression", ...]

    def __str__(self) -> str:
        """Return the conditions as an agreement writes them, `or` in brackets."""
        said = f" {self.joined_by} ".join(str(part) for part in self.parts)
        return f"({said})" if self.joined_by == "or" else said


Expression = Comparison | Among | Negation | Junction


def attributes_of(expression: Expression) -> Iterator[str]:
    """Yield the attributes a condition asks for, in the order of its text."""
    match expression:
        case Negation(part):
            yield from attributes_of(part)
        case Junction(_, parts):
            for part in parts:
                yield from attributes_of(part)
        case Comparison(attribute) | Among(attribute):
            yield attribute


def _said(value: Literal) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return decimal(value)
    if isinstance(value, Quantity | date):
        return str(value)
    if _BARE.fullmatch(value) and value not in _WORDS:
        return value
    return f'"{value}"' if "'" in value else f"'{value}'"


#: what needs no quotes, neither by itself nor within a formula
_BARE: Final = re.compile(r"[A-Za-z_](?:[\w-]*\w)?")
_WORDS: Final = ("and", "or", "not", "in", "yes", "no")
_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<text>"[^"]*"|'[^']*')
      | (?P<date>\d{4}-\d{2}-\d{2}\b)
      | (?P<number>\d{1,15}(?:\.\d{1,15})?
            (?:\s*(?:mm|cm|km|m|ft|mi|nmi|min|s|h|d|w|mo|y)\b)?)
      | (?P<word>[A-Za-z_][\w./-]*)
      | (?P<sign>==|!=|<=|>=|<|>|\(|\)|\[|\]|,)
    )""",
    re.VERBOSE,
)
_ORDERED: Final = ("==", "!=", "<", "<=", ">", ">=")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_TOKENS: Final = 5_000  #: of text; `str` of a tree writes out every bracket


def parse_expression(text: str) -> Expression:
    """Return the condition that a text states.

    Args:
        text: Comparisons (`==`, `!=`, `<`, `<=`, `>`, `>=`, `in [a, b]`) joined by
            `and`, `or`, `not` and brackets; `not` binds tightest, then `and`.

    Returns:
        The condition.

    Raises:
        MalformedAgreementError: Another form, a value of another type than its
            attribute, or more than 200 parts or 24 levels.

    Examples:
        >>> str(parse_expression("calibre >= 100 mm and not (kind in [tank, mlrs])"))
        'calibre >= 100 mm and not (kind in [tank, mlrs])'
    """
    parser = _Parser(text, _tokens(text))
    found = parser.either()
    if parser.left:
        raise _refused(text, f"the end, got {parser.left[0]!r}")
    parts, levels = _size(found)
    if parts > _MOST_PARTS or levels > _MOST_LEVELS:
        raise _refused(text, f"at most {_MOST_PARTS} parts in {_MOST_LEVELS} levels")
    return found


def _size(expression: Expression) -> tuple[int, int]:
    """Return the number of parts and values of a tree, and of its levels."""
    match expression:
        case Negation(part):
            parts, levels = _size(part)
            return parts + 1, levels + 1
        case Junction(_, joined):
            sizes = [_size(part) for part in joined]
            return 1 + sum(n for n, _ in sizes), 1 + max(deep for _, deep in sizes)
        case Among(_, values):
            return len(values), 1
        case _:
            return 1, 1


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or len(found) >= _MOST_TOKENS:
            raise _refused(text, f"a word or sign at {text[at : at + 12].strip()!r}")
        found.append(match[0].strip())
        at = match.end()
    return found


@dataclass(slots=True)
class _Parser:
    """Reads one condition by descent; brackets may nest as deep as tokens allow."""

    text: str
    left: list[str]
    depth: int = 0

    def next(self, wanted: str) -> str:
        if not self.left:
            raise _refused(self.text, wanted)
        return self.left.pop(0)

    def peek(self) -> str:
        return self.left[0] if self.left else ""

    def either(self) -> Expression:
        parts = [self.both()]
        while self.peek() == "or":
            self.left.pop(0)
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Junction("or", tuple(parts))

    def both(self) -> Expression:
        parts = [self.one()]
        while self.peek() == "and":
            self.left.pop(0)
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else Junction("and", tuple(parts))

    def one(self) -> Expression:
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise _refused(self.text, f"at most {_MOST_DEPTH} levels of brackets")
        word = self.next("a condition")
        if word == "not":
            found: Expression = Negation(self.one())
        elif word == "(":
            found = self.either()
            if self.next("')'") != ")":
                raise _refused(self.text, "')'")
        else:
            found = self.comparison(word)
        self.depth -= 1
        return found

    def comparison(self, attribute: str) -> Expression:
        if not re.fullmatch(r"[A-Za-z_]\w*", attribute):
            raise _refused(self.text, f"the name of an attribute, got {attribute!r}")
        sign = self.next("a comparison")
        if sign == "in":
            return Among(attribute, self.listed(attribute))
        if sign not in _ORDERED:
            raise _refused(self.text, f"one of {', '.join(_ORDERED)}, in; got {sign!r}")
        value = self.literal(attribute, self.next("a value"))
        typed = ATTRIBUTES.get(attribute, "")
        if sign in _ORDERED[2:] and typed in {"word", "truth"}:
            raise _refused(self.text, f"== or != with {attribute}, got {sign}")
        return Comparison(attribute, sign, value)

    def listed(self, attribute: str) -> tuple[Literal, ...]:
        if self.next("'['") != "[":
            raise _refused(self.text, "'[' after in")
        found = [self.literal(attribute, self.next("a value"))]
        while self.peek() == ",":
            self.left.pop(0)
            found.append(self.literal(attribute, self.next("a value")))
        if self.next("']'") != "]":
            raise _refused(self.text, "']'")
        return tuple(found)

    def literal(self, attribute: str, word: str) -> Literal:
        typed = ATTRIBUTES.get(attribute, "")
        found = _literal(word)
        if found is None:
            raise _refused(self.text, f"a day of the calendar, got {word}")
        if not _fits(found, typed):
            wanted = _WANTED.get(typed, f"an amount with a unit of {typed}")
            raise _refused(self.text, f"{wanted} for {attribute}, got {word!r}")
        return found


_MOST_DEPTH: Final = 64
#: of a tree, so that its text stays below the limits of text
_MOST_PARTS: Final = 200
_MOST_LEVELS: Final = 24
_WANTED: Final = {
    "number": "a number",
    "word": "a word",
    "truth": "yes or no",
    "unit": f"one of {', '.join(UNIT_SIZES)}",
}


def _literal(word: str) -> Literal | None:
    """Return a value as it is written; None for a day that no calendar has."""
    if word[:1] in {'"', "'"}:
        return word[1:-1]
    if word in {"yes", "no"}:
        return word == "yes"
    if _DAY.fullmatch(word):
        return day_of(word)
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", word)
    if found is None:
        return word
    return Quantity(float(found[1]), found[2]) if found[2] else float(found[1])


def _fits(value: Literal, typed: str) -> bool:
    types = {"word": str, "truth": bool, "number": float}
    if typed in types:
        return isinstance(value, types[typed])
    if typed == "unit":
        return value in UNIT_SIZES
    measured = isinstance(value, Quantity) and value.dimension == typed
    return measured or not typed


def _refused(text: str, expected: str) -> MalformedAgreementError:
    return MalformedAgreementError(
        "where",
        expected=f"a condition: {expected}",
        got=repr(text),
        remedy="Write it as in 'calibre >= 100 mm and kind in [gun, howitzer]'.",
    )


def holds(expression: Expression, known: Known) -> bool | None:
    """Tell whether a condition holds; None where what is known cannot tell.

    Args:
        expression: The condition.
        known: Attribute -> value in base units (m, s); absent or None: not known.

    Returns:
        True, False, or None, by Kleene's logic.
    """
    match expression:
        case Negation(part):
            found = holds(part, known)
            return None if found is None else not found
        case Junction("and", parts):
            answers = [holds(part, known) for part in parts]
            return False if False in answers else None if None in answers else True
        case Junction(_, parts):
            answers = [holds(part, known) for part in parts]
            return True if True in answers else None if None in answers else False
        case Among(attribute, values):
            have = known.get(attribute)
            lost = have is None or (_dated(values) and day_of(have) is None)
            return None if lost else any(_equal(have, v) for v in values)
        case Comparison(attribute, operator, value):
            have = known.get(attribute)
            return None if have is None else _compared(have, operator, value)


def day_of(text: float | str | bool | None) -> date | None:  # noqa: FBT001 - a value
    """Return the day that an attribute states, `1988-05-25`; None for anything else."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _dated(values: Iterable[Literal]) -> bool:
    return any(isinstance(each, date) for each in values)


def _base(value: Literal) -> float | str | bool:
    """Return a value in base units; of a day its number, from the year 1 on."""
    if isinstance(value, date):
        return float(value.toordinal())
    return value.base if isinstance(value, Quantity) else value


def _equal(have: float | str | bool | None, value: Literal) -> bool:  # noqa: FBT001 - a value, not a switch
    wanted = _base(value)
    if isinstance(value, date):
        return day_of(have) == value
    if isinstance(have, str) and isinstance(wanted, str):
        return have.casefold() == wanted.casefold()
    return have == wanted


def _compared(have: float | str | bool, sign: str, value: Literal) -> bool | None:  # noqa: FBT001 - a value, not a switch
    if isinstance(value, date):
        day = day_of(have)
        if day is None:
            return None
        have = float(day.toordinal())
        value = float(value.toordinal())
    if sign in {"==", "!="}:
        return _equal(have, value) == (sign == "==")
    a, b = _rank(have), _rank(_base(value))
    if a is None or b is None:
        return None
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def _rank(value: float | str | bool) -> float | None:  # noqa: FBT001 - a value, not a switch
    if isinstance(value, str):
        return float(UNIT_SIZES.index(value)) if value in UNIT_SIZES else None
    return float(value)
