"""What a language brings to the prose: phrases, names, units, months, signs."""

import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from pamiers.agreement.prose.plural import category

#: cases that a phrase may ask for: `{time:accusative}`
CASES: Final = ("genitive", "accusative")


class Figure(str):
    """A figure in the nominative, and in the cases that its language tells apart."""

    __slots__ = ("cases",)
    cases: Mapping[str, str]

    def __new__(cls, plain: str, cases: Mapping[str, str]) -> Self:
        """Return a figure; `cases` by name, empty where all are alike."""
        figure = super().__new__(cls, plain)
        figure.cases = cases
        return figure

    def within(self, frame: Callable[[str], str]) -> "Figure":
        """Return the figure with other words around it, case by case."""
        framed = {case: frame(said) for case, said in self.cases.items()}
        return Figure(frame(str(self)), framed)


class Sentences(string.Formatter):
    """Fills phrases: `{time:accusative}` takes a figure in that case."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - as the base has it
        """Return a fact as the phrase asks for it."""
        if format_spec not in CASES:
            return str(super().format_field(value, format_spec))
        cases = value.cases if isinstance(value, Figure) else {}
        return cases.get(format_spec, str(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language of the prose.

    Invariant: every tongue has the same phrases, with the same placeholders.
    """

    code: str
    phrases: Mapping[str, str]
    names: Mapping[str, str]  #: kinds, states, choices -> what people call them
    kinds: Mapping[str, str]  #: kinds of weapons and persons -> several of them
    tasks: Mapping[str, str]  #: what bodies are often tasked with -> something to do
    labels: Mapping[str, str]  #: keys of agreements -> what people call them
    attributes: Mapping[str, str]  #: attributes of conditions
    units: Mapping[str, Mapping[str, str]]  #: unit -> plural category -> its name
    months: tuple[str, ...]  #: January first, as they stand in a date
    thousands: str  #: what stands between groups of three digits
    decimal: str
    semicolon: str = "; "  #: between parts of a sentence
    colon: str = ": "
    #: case -> form that stands in the nominative -> the form of that case
    cases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def kind(self, value: str) -> str:
        """Return what people call several of a kind of weapon or person.

        A kind of the agreement's own stands as it is written, its words parted.
        """
        return self.kinds.get(value, value.replace("_", " "))

    def number(self, value: float) -> str:
        """Return a number as people of this language write it."""
        whole = float(value).is_integer()
        text = f"{int(value):,}" if whole else f"{value:,.10f}".rstrip("0")
        swap = {",": self.thousands, ".": self.decimal}
        return "".join(swap.get(sign, sign) for sign in text)

    def counted(self, amount: float, unit: str) -> "Figure":
        """Return an amount with its unit, in the form that the number asks for.

        Returns:
            The figure; a phrase that needs one of the `cases` asks for it by name.
        """
        forms = self.units.get(unit, {"other": unit})  # a currency is its own name
        plain = category(self.code, amount)
        said = {
            case: self._counted(amount, forms, (swap.get(plain, plain), plain))
            for case, swap in self.cases.items()
        }
        return Figure(self._counted(amount, forms, (plain,)), said)

    def parts(self, said: Iterable[str]) -> str:
        """Return parts of a sentence, one behind the other; empty ones left out."""
        return self.semicolon.join(part for part in said if part)

    def headed(self, *said: str) -> str:
        """Return a heading and what follows; the one alone if the other lacks."""
        return self.colon.join(part for part in said if part)

    def _counted(
        self, amount: float, forms: Mapping[str, str], wanted: tuple[str, ...]
    ) -> str:
        name = next((forms[each] for each in wanted if each in forms), forms["other"])
        return f"{self.number(amount)} {name}".strip()
