"""Reading formulas: text to tree, with the place of what does not fit.

Binding, tightest first: NOT and ONCE, HISTORICALLY, EVENTUALLY, ALWAYS; SINCE and
UNTIL; AND; OR; IMPLIES, which groups to the right. A quantifier reaches as far to
the right as it can.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, cast

from pamiers.agreement.values.duration import (
    Duration,
    TimeTroubleError,
    parse_duration,
)
from pamiers.agreement.values.expression import Expression, parse_expression
from pamiers.agreement.values.formula import (
    SORTS,
    Equal,
    Formula,
    Future,
    Happens,
    Holds,
    Implies,
    Joined,
    Name,
    Not,
    Past,
    Quantified,
    Since,
    Sort,
    Span,
    Term,
    Truth,
    Until,
    Variable,
    parts_of,
)
from pamiers.agreement.values.quantity import Quantity
from pamiers.core.errors import MalformedAgreementError

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d+)?(?:\s*[a-z]+)?)
      | (?P<word>[A-Za-z_](?:[\w-]*\w)?)
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<sign>[!<>=]=|[()\[\],.:=*<>])
    )""",
    re.VERBOSE,
)
_MOST_TOKENS: Final = 10_000  #: of text; `str` of a tree writes out every bracket
_MOST_DEEP: Final = 64
#: of a tree, so that its text stays below the limits of text
_MOST_PARTS: Final = 200
_MOST_LEVELS: Final = 24
_WORDS: Final = (
    *("NOT", "AND", "OR", "IMPLIES", "TRUE", "FALSE", "EXISTS", "FORALL"),
    *("ONCE", "HISTORICALLY", "EVENTUALLY", "ALWAYS", "SINCE", "UNTIL"),
)
_ALL_PAST: Final = Span(Duration(Quantity(0.0, "s")), None)
_REMEDY: Final = (
    "Write it as in 'FORALL p in party. event(fire, party = p) IMPLIES "
    "EVENTUALLY[0 s, 24 h] event(report, party = p)'."
)


class FormulaTroubleError(Exception):
    """A formula that cannot be taken; becomes a complaint with the same facts."""

    def __init__(self, code: str, message: str, remedy: str = _REMEDY) -> None:
        """Keep the facts."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    at: int  #: characters before it


def parse_formula(text: str) -> Formula:
    """Return the formula that a text states.

    Args:
        text: See the charter of this module and `formula`.

    Returns:
        The tree, in which every variable is bound and every one bound is used.

    Raises:
        FormulaTroubleError: Another form, a variable of another sort than its place
            needs, or an operator that looks ahead without a bound.

    Examples:
        >>> str(parse_formula("NOT event(fire) SINCE[0 s, 2 d] event(truce)"))
        '(NOT event(fire)) SINCE[0 s, 2 d] event(truce)'
    """
    reader = _Reader(_Cursor(text, list(_tokens(text))))
    found = reader.formula()
    if reader.cursor.left:
        raise reader.cursor.refused("the end")
    parts, levels = _size(found)
    if parts > _MOST_PARTS or levels > _MOST_LEVELS:
        limits = f"at most {_MOST_PARTS} parts in {_MOST_LEVELS} levels"
        raise _trouble(limits, f"{parts} in {levels}", 0)
    return found


def _size(formula: Formula) -> tuple[int, int]:
    """Return the number of parts of a tree, and of its levels."""
    sizes = [_size(part) for part in parts_of(formula)]
    levels = max((deep for _, deep in sizes), default=0)
    return 1 + sum(count for count, _ in sizes), 1 + levels


def _tokens(text: str) -> Iterator[_Token]:
    at = count = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        count += 1
        if match is None or count > _MOST_TOKENS:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            got = text[start : start + 12]
            raise _trouble(f"at most {_MOST_TOKENS} words and signs", got, start)
        yield _Token(match[0].strip(), match.end() - len(match[0].strip()))
        at = match.end()


def _trouble(expected: str, got: str, at: int) -> FormulaTroubleError:
    message = f"expected {expected}, got {got!r} (character {at + 1} of the formula)"
    return FormulaTroubleError("Q-FORMULA", message)


@dataclass(slots=True)
class _Cursor:
    """What is left of a text, word by word."""

    text: str
    left: list[_Token]

    def refused(self, expected: str) -> FormulaTroubleError:
        """Return the complaint that something else was expected next."""
        if not self.left:
            return _trouble(expected, "the end", len(self.text))
        return _trouble(expected, self.left[0].text, self.left[0].at)

    def peek(self) -> str:
        return self.left[0].text if self.left else ""

    def take(self, *wanted: str) -> str:
        """Return the next word or sign, which has to be one of those wanted."""
        if self.peek() not in wanted:
            raise self.refused(" or ".join(repr(each) for each in wanted))
        return self.left.pop(0).text

    def word(self, what: str) -> str:
        text = self.peek()
        if not re.fullmatch(r"[A-Za-z_][\w-]*", text) or text in _WORDS:
            raise self.refused(what)
        return self.left.pop(0).text

    def at(self) -> int:
        """Return the place of the next word or sign."""
        return self.left[0].at if self.left else len(self.text)

    def condition(self) -> Expression:
        """Return the condition in brackets, read by its own rules."""
        start = self.at()
        self.take("(")
        depth, end = 1, start
        while depth:
            if not self.left:
                raise self.refused("')'")
            token = self.left.pop(0)
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            end = token.at
        try:
            return parse_expression(self.text[start + 1 : end])
        except MalformedAgreementError as error:
            message = f"expected {error.expected}, got {error.got}"
            raise FormulaTroubleError("Q-FORMULA", message, error.remedy) from None

    def span(self, operator: str) -> Span:
        ahead = operator in {"EVENTUALLY", "ALWAYS", "UNTIL"}
        if self.peek() != "[":
            if ahead:
                raise self.unbounded(operator)
            return _ALL_PAST
        at = self.left[0].at
        self.take("[")
        low = self.duration()
        self.take(",")
        if self.peek() == "*":
            if ahead:
                raise self.unbounded(operator)
            self.take("*")
            high = None
        else:
            high = self.duration()
        self.take("]")
        found = Span(low, high)
        if found.high_s is not None and found.high_s < found.low_s:
            raise _trouble("a span that ends after it begins", str(found), at)
        return found

    def unbounded(self, operator: str) -> FormulaTroubleError:
        at = self.at()
        return FormulaTroubleError(
            "L-UNBOUNDED",
            f"expected a bound on {operator}, got none (character {at + 1} of the "
            "formula): no verdict would come",
            f"Write a bound in brackets, such as {operator}[0 s, 24 h].",
        )

    def duration(self) -> Duration:
        at = self.at()
        text = self.peek()
        if text == "0":
            self.take("0")
            return Duration(Quantity(0.0, "s"))
        try:
            found = parse_duration(text)
        except TimeTroubleError:
            raise _trouble("a duration such as '24 h'", text, at) from None
        if not found.is_fixed:
            raise _trouble("a duration of fixed length", text, at)
        self.left.pop(0)
        return found


@dataclass(slots=True)
class _Reader:
    """Reads one formula by descent."""

    cursor: _Cursor
    scope: dict[str, Sort] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    depth: int = 0

    def formula(self) -> Formula:
        self.depth += 1
        if self.depth > _MOST_DEEP:
            raise self.cursor.refused(f"at most {_MOST_DEEP} levels")
        quantified = self.cursor.peek() in {"EXISTS", "FORALL"}
        found = self.quantified() if quantified else self.implied()
        self.depth -= 1
        return found

    def quantified(self) -> Formula:
        at = self.cursor.at()
        operator = self.cursor.take("EXISTS", "FORALL")
        name = self.cursor.word("the name of a variable")
        if name in self.scope:
            raise _trouble("a variable that is not bound yet", name, at)
        self.cursor.take("in", ":")
        sort = cast("Sort", self.cursor.take(*SORTS))
        self.cursor.take(".")
        self.scope[name] = sort
        part = self.formula()
        del self.scope[name]
        if name not in self.used:
            raise _trouble(f"a use of the variable {name}", "none", at)
        self.used.discard(name)
        return Quantified(operator, name, sort, part)  # type: ignore[arg-type] # one of the words taken

    def implied(self) -> Formula:
        left = self.joined("OR", lambda: self.joined("AND", self.paired))
        if self.cursor.peek() != "IMPLIES":
            return left
        self.cursor.take("IMPLIES")
        return Implies(left, self.formula())

    def joined(self, word: str, part: Callable[[], Formula]) -> Formula:
        parts = [part()]
        while self.cursor.peek() == word:
            self.cursor.take(word)
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return Joined(word, tuple(parts))  # type: ignore[arg-type] # one of the words taken

    def paired(self) -> Formula:
        left = self.one()
        while self.cursor.peek() in {"SINCE", "UNTIL"}:
            operator = self.cursor.take("SINCE", "UNTIL")
            span = self.cursor.span(operator)
            pair = Since if operator == "SINCE" else Until
            left = pair(span, left, self.one())
        return left

    def one(self) -> Formula:
        match self.cursor.peek():
            case "NOT":
                self.cursor.take("NOT")
                return Not(self.nested())
            case "ONCE" | "HISTORICALLY":
                operator = self.cursor.take("ONCE", "HISTORICALLY")
                return Past(operator, self.cursor.span(operator), self.nested())  # type: ignore[arg-type] # one of the words taken
            case "EVENTUALLY" | "ALWAYS":
                operator = self.cursor.take("EVENTUALLY", "ALWAYS")
                return Future(operator, self.cursor.span(operator), self.nested())  # type: ignore[arg-type] # one of the words taken
            case "EXISTS" | "FORALL":
                return self.formula()
            case _:
                return self.primary()

    def nested(self) -> Formula:
        self.depth += 1
        if self.depth > _MOST_DEEP:
            raise self.cursor.refused(f"at most {_MOST_DEEP} levels")
        found = self.one()
        self.depth -= 1
        return found

    def primary(self) -> Formula:
        match self.cursor.peek():
            case "TRUE" | "FALSE":
                return Truth(self.cursor.take("TRUE", "FALSE") == "TRUE")
            case "(":
                self.cursor.take("(")
                found = self.formula()
                self.cursor.take(")")
                return found
            case "event" | "state":
                return self.atom()
            case _:
                return self.compared()

    def compared(self) -> Formula:
        left = self.term(None, "event(...), state(...), a comparison or a bracket")
        sign = self.cursor.take("=", "!=")
        return Equal(left, self.term(None, "a name"), sign == "!=")

    def atom(self) -> Formula:
        is_event = self.cursor.take("event", "state") == "event"
        self.cursor.take("(")
        first = self.cursor.word("a kind of event" if is_event else "a state")
        terms: dict[str, Term] = {}
        of, where = "", None
        while self.cursor.peek() == ",":
            self.cursor.take(",")
            left = [key for key in (*SORTS, "of", "where") if key not in terms]
            key = self.cursor.take(*left)
            self.cursor.take("=", ":")
            if key == "of":
                of = self.cursor.word("a class")
            elif key == "where":
                where = self.cursor.condition()
            else:
                terms[key] = self.term(cast("Sort", key), f"a {key}")
        self.cursor.take(")")
        if is_event:
            return Happens(kind=first, of=of, where=where, **terms)
        return Holds(state=first, of=of, where=where, **terms)

    def term(self, sort: Sort | None, what: str) -> Term:
        if self.cursor.peek()[:1].isdigit() and sort == "id":
            return Name(self.cursor.left.pop(0).text)
        at = self.cursor.at()
        name = self.cursor.word(what)
        if name not in self.scope:
            return Name(name)
        if sort not in {None, self.scope[name]}:
            got = f"{name}, a {self.scope[name]}"
            raise _trouble(f"a {sort}", got, at)
        self.used.add(name)
        return Variable(name)
