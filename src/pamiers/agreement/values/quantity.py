"""Quantities as agreements state them: an amount and its unit, never a bare number."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pamiers.agreement.values.currency import CURRENCIES
from pamiers.core.errors import MalformedAgreementError

#: unit -> (dimension, how many of its base unit: m, s, or itself)
UNITS: Final[dict[str, tuple[str, float]]] = {
    "mm": ("length", 0.001),
    "cm": ("length", 0.01),
    "m": ("length", 1.0),
    "km": ("length", 1000.0),
    "ft": ("length", 0.3048),  #: the international foot
    "mi": ("length", 1609.344),  #: the statute mile
    "nmi": ("length", 1852.0),  #: the nautical mile
    "s": ("time", 1.0),
    "min": ("time", 60.0),
    "h": ("time", 3600.0),
    "d": ("time", 86_400.0),
    "w": ("time", 604_800.0),
    "mo": ("time", 2_592_000.0),  #: nominal; durations run by the calendar
    "y": ("time", 31_536_000.0),  #: nominal
    "persons": ("persons", 1.0),
    "items": ("items", 1.0),
    "events": ("events", 1.0),
    "kg": ("mass", 1.0),
    "t": ("mass", 1000.0),
    "l": ("volume", 0.001),
    "m3": ("volume", 1.0),
    **{code: (f"money in {code}", 1.0) for code in sorted(CURRENCIES)},
}
ABOUT: Final = "about "
#: the unit that a remedy shows, where it is not the last of its dimension
_SHOWN: Final = {"length": "km", "time": "d"}
#: what people write, for the remedy
LIKELY: Final = {
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("week", "weeks"), "w"),
    **dict.fromkeys(("month", "months"), "mo"),
    **dict.fromkeys(("year", "years"), "y"),
    **dict.fromkeys(("minute", "minutes"), "min"),
    **dict.fromkeys(("kilometre", "kilometres", "kms", "KM", "Km"), "km"),
    **dict.fromkeys(("metre", "metres", "meters", "M"), "m"),
    **dict.fromkeys(("person", "people", "men", "troops"), "persons"),
    **dict.fromkeys(("foot", "feet"), "ft"),
    **dict.fromkeys(("nm", "NM", "nautical"), "nmi"),
    **dict.fromkeys(("mile", "miles"), "mi"),
    **dict.fromkeys(("tonne", "tonnes", "ton", "tons"), "t"),
    **dict.fromkeys(("$", "dollars", "US$"), "USD"),
    **dict.fromkeys(("€", "euro", "euros"), "EUR"),
}
_FORM: Final = re.compile(r"(\d{1,15}(?:\.\d{1,15})?)\s*([^\d\s.]+3?)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of something. Invariant: `unit` is one of `UNITS`."""

    amount: float
    unit: str
    about: bool = False  #: the text itself says that it is approximate

    @property
    def dimension(self) -> str:
        """Return what is measured: length, time, persons, items, money ..."""
        return UNITS[self.unit][0]

    @property
    def base(self) -> float:
        """Return the amount in metres, seconds, persons or items."""
        return self.amount * UNITS[self.unit][1]

    def __str__(self) -> str:
        """Return the quantity as an agreement writes it, such as `25 km`."""
        return f"{ABOUT if self.about else ''}{decimal(self.amount)} {self.unit}"


def decimal(amount: float) -> str:
    """Return a number in decimals without an exponent, so that it reads back.

    Examples:
        >>> decimal(2500000.0), decimal(0.0000001)
        ('2500000', '0.0000001')
    """
    text = format(Decimal(repr(float(amount))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def approximate(text: str) -> tuple[bool, str]:
    """Return whether a figure is given as `about` so many, and the bare figure.

    Examples:
        >>> approximate("about 300 persons")
        (True, '300 persons')
    """
    bare = text.strip()
    said = bare.startswith(ABOUT)
    return said, bare.removeprefix(ABOUT).strip()


def stated_quantity(text: str) -> Quantity | None:
    """Return the quantity that a text is, of whatever dimension; None for none."""
    about, bare = approximate(text)
    found = _FORM.fullmatch(bare)
    if found is None or found[2] not in UNITS:
        return None
    return Quantity(float(found[1]), found[2], about)


def parse_quantity(text: str, dimension: str) -> Quantity:
    """Return the quantity that text such as `25 km` states.

    Args:
        text: Amount and unit; the decimal sign is a point.
        dimension: length, time, persons or items.

    Returns:
        The quantity, in the unit as written.

    Raises:
        MalformedAgreementError: No unit, another dimension, or another form.

    Examples:
        >>> parse_quantity("25 km", "length").base
        25000.0
    """
    found = _FORM.fullmatch(text.strip())
    unit = found[2] if found else ""
    if found is None or UNITS.get(unit, ("", 0.0))[0] != dimension:
        fitting = [name for name, (kind, _) in UNITS.items() if kind == dimension]
        meant = f" Did you mean {LIKELY[unit]}?" if unit in LIKELY else ""
        raise MalformedAgreementError(
            "quantity",
            expected=f"an amount with a unit of {', '.join(fitting)}",
            got=repr(text),
            remedy=f"Write it as '25 {_SHOWN.get(dimension, fitting[-1])}'.{meant}",
        )
    return Quantity(float(found[1]), unit)
