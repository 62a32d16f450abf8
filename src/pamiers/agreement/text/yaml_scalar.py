"""Plain scalars by the core schema of YAML 1.2.2, section 10.3.2.

`NO`, `on` and `22:00` are text; `010` is refused, since it may be a code that
loses its zero or a number; `.nan` and `.inf` are refused.
"""

import math
import re
from typing import Final

from pamiers.agreement.text.node import Scalar

_INT: Final = re.compile(r"[-+]?\d+")
_FLOAT: Final = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?")
_RADIX: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_ENDLESS: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LEADING_ZERO: Final = re.compile(r"[-+]?0\d+")
_DIGITS: Final = 15  #: a longer integer stays text: JSON readers may round it
_WORDS: Final[dict[str, Scalar]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

Fault = tuple[str, str, str]  #: code, message, remedy


def resolve_plain(text: str) -> tuple[Scalar, Fault | None]:
    """Return what an unquoted scalar is, and what is wrong with it, if anything.

    Args:
        text: The scalar, without quotation marks.

    Returns:
        Its value, and a fault; a scalar at fault is returned as text.

    Examples:
        >>> resolve_plain("NO")[0], resolve_plain("22:00")[0], resolve_plain("1e3")[0]
        ('NO', '22:00', 1000.0)
    """
    if text in _WORDS:
        return _WORDS[text], None
    if _LEADING_ZERO.fullmatch(text):
        return text, (
            "Q-NUM-ZERO",
            f"expected text or a number, got {text}, which loses its zero",
            f"Write '{text}' in quotation marks if it is a code.",
        )
    short = len(text) <= _DIGITS
    if _INT.fullmatch(text):
        return (int(text) if short else text), None
    if _RADIX.fullmatch(text):
        return (int(text, 0) if short else text), None
    return _real(text)


def _real(text: str) -> tuple[Scalar, Fault | None]:
    endless = _ENDLESS.fullmatch(text) is not None
    if not endless and not _FLOAT.fullmatch(text):
        return text, None
    number = math.inf if endless else float(text)
    if math.isfinite(number):
        return number, None
    return text, (
        "Q-NUM",
        f"expected a finite number, got {text}",
        "Write the figure, or TBD where none is agreed.",
    )
