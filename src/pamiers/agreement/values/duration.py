"""Stretches of time as agreements state them, and the words for how they count.

Seconds to weeks are counted `elapsed` or by the `wall_clock`; days also as `working`
days. Months and years have no fixed length: they always run by the calendar.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

from pamiers.agreement.values.quantity import UNITS, Quantity

Reckoning = Literal["elapsed", "wall_clock", "working"]

_FORM: Final = re.compile(
    r"(\d{1,9}(?:\.\d{1,6})?)\s*(s|min|h|d|w|mo|y)(?:\s+(elapsed|wall_clock|working))?"
)
_MONTHS: Final = {"mo": 1, "y": 12}
_LONGEST_S: Final = 250 * 366 * 86_400.0
_REMEDY: Final = (
    "Write amount, unit (s, min, h, d, w; mo and y by the calendar) and elapsed or "
    "wall_clock; days also as working."
)


class TimeTroubleError(Exception):
    """A time that cannot be taken; becomes a complaint with the same facts."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        """Keep the facts."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time, and how it is counted; None leaves it to the agreement.

    Invariants: months and years are whole and have no reckoning; working days are
    whole days; nothing is longer than 250 years.
    """

    quantity: Quantity
    reckoning: Reckoning | None = None

    def __str__(self) -> str:
        """Return the duration as an agreement writes it, such as `48 h elapsed`."""
        return " ".join([str(self.quantity), *([self.reckoning or ""])]).strip()

    @property
    def months(self) -> int | None:
        """Return the number of calendar months; None for other units."""
        each = _MONTHS.get(self.quantity.unit)
        return None if each is None else each * int(self.quantity.amount)

    @property
    def is_fixed(self) -> bool:
        """Tell whether it has a length of its own: no months, no working days."""
        return self.months is None and self.reckoning != "working"

    @property
    def needs_reckoning(self) -> bool:
        """Tell whether the agreement has to say how the duration is counted."""
        return self.reckoning is None and self.months is None

    @property
    def nominal_s(self) -> float:
        """Return about how long it is [s]: a month 30 days, a working day 1.4.

        For horizons and the order of durations; never for a deadline.
        """
        if self.reckoning == "working":
            return self.quantity.base * 1.4
        return self.quantity.base


def parse_duration(text: str) -> Duration:
    """Return the duration that text such as `14 d wall_clock` states.

    Raises:
        TimeTroubleError: Another form, a way of counting that the unit does not
            allow, or more than 250 years.

    Examples:
        >>> str(parse_duration("5 d working"))
        '5 d working'
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise _refused(f"a duration such as '24 h elapsed', got {text!r}")
    quantity = Quantity(float(found[1]), found[2])
    counted = cast("Reckoning | None", found[3])
    whole = quantity.amount.is_integer()
    if found[2] in _MONTHS and (counted or not whole):
        raise _refused(f"whole months and years, by the calendar, got {text!r}")
    if counted == "working" and not (whole and found[2] == "d"):
        raise _refused(f"whole working days, such as '5 d working', got {text!r}")
    if quantity.base > _LONGEST_S:
        raise _refused(f"at most 250 years, got {text!r}")
    return Duration(quantity, counted)


def _refused(expected: str) -> TimeTroubleError:
    return TimeTroubleError("Q-TIME-FORM", f"expected {expected}", _REMEDY)


#: units of time, for the schema
TIME_UNITS: Final = tuple(u for u, (kind, _) in UNITS.items() if kind == "time")
