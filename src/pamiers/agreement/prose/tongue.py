"""What a language brings to the prose: phrases, names, units, months, signs."""

from collections.abc import Mapping
from dataclasses import dataclass

from pamiers.agreement.prose.plural import category


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language of the prose.

    Invariant: every tongue has the same phrases, with the same placeholders.
    """

    code: str
    phrases: Mapping[str, str]
    names: Mapping[str, str]  #: kinds, states, choices -> what people call them
    labels: Mapping[str, str]  #: keys of agreements -> what people call them
    attributes: Mapping[str, str]  #: attributes of conditions
    units: Mapping[str, Mapping[str, str]]  #: unit -> plural category -> its name
    months: tuple[str, ...]  #: January first, as they stand in a date
    thousands: str  #: what stands between groups of three digits
    decimal: str

    def number(self, value: float) -> str:
        """Return a number as people of this language write it."""
        whole = float(value).is_integer()
        text = f"{int(value):,}" if whole else f"{value:,.10f}".rstrip("0")
        swap = {",": self.thousands, ".": self.decimal}
        return "".join(swap.get(sign, sign) for sign in text)

    def counted(self, amount: float, unit: str) -> str:
        """Return an amount with its unit, in the form that the number asks for."""
        forms = self.units.get(unit, {"other": unit})  # a currency is its own name
        name = forms.get(category(self.code, amount), forms["other"])
        return f"{self.number(amount)} {name}".strip()
