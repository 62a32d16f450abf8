"""Formulas of bounded metric first-order temporal logic, as trees.

For what the eight verbs cannot say. A formula has to hold at every instant at which
its clause is in force. Facts of one instant form one set, without order. Spans are
closed on both sides; what looks ahead is bounded, so that a verdict comes.

`str` of a tree is text that `formula_text.parse_formula` reads back as the same
tree.

Source: Basin, Klaedtke, Müller, Zălinescu (2015), Monitoring metric first-order
temporal properties, JACM 62(2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.expression import Expression, attributes_of

Sort = Literal["party", "id", "zone"]
SORTS: Final[tuple[Sort, ...]] = ("party", "id", "zone")


@dataclass(frozen=True, slots=True)
class Variable:
    """What a quantifier ranges over, by the name that the formula gives it."""

    name: str

    def __str__(self) -> str:
        """Return the name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Name:
    """A party, zone or id, called by its name."""

    text: str

    def __str__(self) -> str:
        """Return the name."""
        return self.text


Term = Variable | Name


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, both ends included; counted from the instant judged."""

    low: Duration
    high: Duration | None  #: None: without end, which only the past may be

    @property
    def low_s(self) -> float:
        """Return the nearer end [s]."""
        return self.low.quantity.base

    @property
    def high_s(self) -> float | None:
        """Return the further end [s]; None for none."""
        return None if self.high is None else self.high.quantity.base

    def __str__(self) -> str:
        """Return the span as a formula writes it, such as `[0 s, 24 h]`."""
        return f"[{self.low}, {self.high or '*'}]"


@dataclass(frozen=True, slots=True)
class Truth:
    """What always holds, or never."""

    value: bool

    def __str__(self) -> str:
        """Return TRUE or FALSE."""
        return "TRUE" if self.value else "FALSE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happens:
    """An event of a kind, at the instant judged; a condition left out asks nothing."""

    kind: str
    party: Term | None = None
    id: Term | None = None
    zone: Term | None = None
    of: str = ""  #: class of weapon
    where: Expression | None = None

    def __str__(self) -> str:
        """Return the atom as a formula writes it."""
        return f"event({_arguments(self.kind, self)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """A state of affairs, at the instant judged."""

    state: str
    party: Term | None = None
    id: Term | None = None
    zone: Term | None = None
    of: str = ""  #: class of weapon
    where: Expression | None = None

    def __str__(self) -> str:
        """Return the atom as a formula writes it."""
        return f"state({_arguments(self.state, self)})"


@dataclass(frozen=True, slots=True)
class Equal:
    """Two terms that are the same; or that are not, where `negated`."""

    left: Term
    right: Term
    negated: bool = False

    def __str__(self) -> str:
        """Return the comparison as a formula writes it."""
        return f"{self.left} {'!=' if self.negated else '='} {self.right}"


@dataclass(frozen=True, slots=True)
class Not:
    """What does not hold."""

    part: "Formula"

    def __str__(self) -> str:
        """Return the negation as a formula writes it."""
        return f"NOT {_bracketed(self.part)}"


@dataclass(frozen=True, slots=True)
class Joined:
    """Two or more formulas, joined by AND or by OR."""

    by: Literal["AND", "OR"]
    parts: tuple["Formula", ...]

    def __str__(self) -> str:
        """Return the formulas as text."""
        return f" {self.by} ".join(_bracketed(each) for each in self.parts)


@dataclass(frozen=True, slots=True)
class Implies:
    """If the left holds, so does the right."""

    left: "Formula"
    right: "Formula"

    def __str__(self) -> str:
        """Return the implication as a formula writes it."""
        return f"{_bracketed(self.left)} IMPLIES {_bracketed(self.right)}"


@dataclass(frozen=True, slots=True)
class Past:
    """It held at some instant of a span back (ONCE), or at all (HISTORICALLY)."""

    operator: Literal["ONCE", "HISTORICALLY"]
    span: Span
    part: "Formula"

    def __str__(self) -> str:
        """Return the formula as text."""
        return f"{self.operator}{self.span} {_bracketed(self.part)}"


@dataclass(frozen=True, slots=True)
class Future:
    """It will hold at some instant of a span ahead (EVENTUALLY), or at all (ALWAYS)."""

    operator: Literal["EVENTUALLY", "ALWAYS"]
    span: Span
    part: "Formula"

    def __str__(self) -> str:
        """Return the formula as text."""
        return f"{self.operator}{self.span} {_bracketed(self.part)}"


@dataclass(frozen=True, slots=True)
class Since:
    """The right held at an instant of a span back; after it, the left up to now."""

    span: Span
    left: "Formula"
    right: "Formula"

    def __str__(self) -> str:
        """Return the formula as text."""
        return f"{_bracketed(self.left)} SINCE{self.span} {_bracketed(self.right)}"


@dataclass(frozen=True, slots=True)
class Until:
    """The right will hold at an instant of a span ahead; before it, the left."""

    span: Span
    left: "Formula"
    right: "Formula"

    def __str__(self) -> str:
        """Return the formula as text."""
        return f"{_bracketed(self.left)} UNTIL{self.span} {_bracketed(self.right)}"


@dataclass(frozen=True, slots=True)
class Quantified:
    """For some, or for every, party, id or zone."""

    operator: Literal["EXISTS", "FORALL"]
    variable: str
    sort: Sort
    part: "Formula"

    def __str__(self) -> str:
        """Return the formula as text."""
        return f"{self.operator} {self.variable} in {self.sort}. {self.part}"


Atom = Truth | Happens | Holds | Equal
Formula = Atom | Not | Joined | Implies | Past | Future | Since | Until | Quantified


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    """Return the formulas that a formula is made of; none for an atom."""
    match formula:
        case Not(part) | Past(_, _, part) | Future(_, _, part):
            return (part,)
        case Quantified(_, _, _, part):
            return (part,)
        case Joined(_, parts):
            return parts
        case Implies(left, right) | Since(_, left, right) | Until(_, left, right):
            return (left, right)
        case _:
            return ()


def atoms_of(formula: Formula) -> Iterator[Atom]:
    """Yield the atoms of a formula, from left to right."""
    parts = parts_of(formula)
    if isinstance(formula, Truth | Happens | Holds | Equal):
        yield formula
    for part in parts:
        yield from atoms_of(part)


def names_of(formula: Formula) -> Iterator[tuple[str, str]]:
    """Yield (what it is, name) of everything that a formula calls by name.

    Yields:
        kind, state, class, party or zone, and the name; ids of events are any text.
    """
    for atom in atoms_of(formula):
        if isinstance(atom, Happens):
            yield "kind", atom.kind
        if isinstance(atom, Holds):
            yield "state", atom.state
        if isinstance(atom, Happens | Holds):
            yield from _named(atom)


def asked_in(formula: Formula) -> Iterator[str]:
    """Yield the attributes that the conditions of a formula ask for, in its order."""
    for atom in atoms_of(formula):
        if isinstance(atom, Happens | Holds) and atom.where is not None:
            yield from attributes_of(atom.where)


def ahead_s(formula: Formula) -> float:
    """Return how long after an instant its verdict may have to wait [s]."""
    own = 0.0
    if isinstance(formula, Future | Until):
        own = formula.span.high_s or 0.0
    return own + max((ahead_s(part) for part in parts_of(formula)), default=0.0)


def _named(atom: Happens | Holds) -> Iterator[tuple[str, str]]:
    if atom.of:
        yield "class", atom.of
    if isinstance(atom.party, Name):
        yield "party", atom.party.text
    if isinstance(atom.zone, Name):
        yield "zone", atom.zone.text


def _arguments(first: str, atom: Happens | Holds) -> str:
    named = {"party": atom.party, "id": atom.id, "zone": atom.zone, "of": atom.of}
    told = [f"{key} = {value}" for key, value in named.items() if value]
    where = [f"where = ({atom.where})"] if atom.where is not None else []
    return ", ".join([first, *told, *where])


def _bracketed(part: Formula) -> str:
    plain = isinstance(part, Truth | Happens | Holds)
    return str(part) if plain else f"({part})"
