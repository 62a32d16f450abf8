"""Numbers in plain digits: no words, no exponents, no separators unasked."""

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from pamiers.ingest.refusal import RefusedError, shown

_PLAIN: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,18}", re.ASCII)
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:[.,' \u00a0\u202f\u2019]\d{3})+")
_MARKS: Final = {
    "\u066b": ".",  # Arabic decimal separator
    "\u066c": "",  # Arabic thousands separator
    "\u2212": "-",
}


@dataclass(frozen=True, slots=True)
class NumberGrammar:
    """Which marks a column's numbers are written with."""

    decimal: str = "."
    thousands: str | None = None


PLAIN: Final = NumberGrammar()


def western_digits(text: str) -> str:
    """Return a number's text with digits of any script as 0 to 9.

    Examples:
        >>> western_digits("\u0664\u0668\u066b\u0660\u0661")
        '48.01'
    """
    if text.isascii():
        return text
    marked = "".join(_MARKS.get(c, c) for c in unicodedata.normalize("NFKC", text))
    return "".join(str(unicodedata.decimal(c, c)) for c in marked)


def has_foreign_digits(text: str) -> bool:
    """Tell whether a text has digits other than 0 to 9."""
    return not text.isascii() and any(
        not c.isascii() and unicodedata.decimal(c, None) is not None for c in text
    )


def parse_number(text: str, grammar: NumberGrammar = PLAIN) -> float:
    """Return a finite number.

    Args:
        text: Digits with at most one decimal mark; spaces outside do not matter.
        grammar: Marks of the column.

    Returns:
        The number.

    Raises:
        RefusedError: `Q-NUM` or `Q-NUM-AMBIG`.
    """
    plain = _in_points(western_digits(text).strip(), grammar)
    value = float(plain) if _PLAIN.fullmatch(plain) else math.nan
    if not math.isfinite(value):
        raise _refused(text, "a number such as 48.01")
    return value


def parse_whole(text: str, grammar: NumberGrammar = PLAIN) -> int:
    """Return a whole number that is not negative; `4.0` is 4.

    Raises:
        RefusedError: `Q-NUM` or `Q-NUM-AMBIG`: `1.234` may be one or a thousand.
    """
    plain = western_digits(text).strip()
    if grammar.thousands is None and _GROUPED.fullmatch(plain):
        raise RefusedError(
            "Q-NUM-AMBIG", expected="a whole number without marks", got=shown(text)
        )
    if grammar.thousands is not None and _GROUPED.fullmatch(plain):
        plain = plain.replace(grammar.thousands, "")
    # Software that holds counts as numbers writes 4.0 for 4; no mark of thousands
    # parts off a single figure.
    plain = plain.removesuffix(f"{grammar.decimal}0")
    if not _WHOLE.fullmatch(plain):
        raise _refused(text, "a whole number")
    return int(plain)


def _in_points(plain: str, grammar: NumberGrammar) -> str:
    if grammar.thousands is not None and _GROUPED.match(plain):
        plain = plain.replace(grammar.thousands, "")
    if grammar.decimal != ".":
        if "." in plain and "," not in plain:
            return plain  # a point cannot part thousands unless declared to
        return plain.replace(grammar.decimal, ".")
    return plain


def _refused(text: str, expected: str) -> RefusedError:
    return RefusedError("Q-NUM", expected=expected, got=shown(text))
