"""A latitude or longitude as written: decimal, or degrees, minutes and seconds."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.values.numbers import (
    PLAIN,
    NumberGrammar,
    parse_number,
    western_digits,
)

Axis = Literal["lat", "lon"]

_SIXTY: Final = 60.0
_LIMIT: Final = {"lat": 90.0, "lon": 180.0}
_HEMISPHERES: Final = {"lat": "NS", "lon": "EW"}
_DECIMAL: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_SEXAGESIMAL: Final = re.compile(
    r"(?P<sign>[+-])?(?P<deg>\d{1,3})(?:\s*\u00b0\s*|\s*-\s*|\s+)"
    r"(?P<min>\d{1,2}(?:\.\d+)?)(?:\s*'\s*|\s*-\s*|\s+|$)"
    r"(?:(?P<sec>\d{1,2}(?:\.\d+)?)\s*(?:\"|'')?)?\s*",
    re.ASCII,
)
_MARKS: Final = str.maketrans(
    {
        "\u2019": "'", "\u2032": "'", "\u02b9": "'", "\u00b4": "'", "\u2018": "'",
        "\u201d": '"', "\u2033": '"', "\u02ba": '"', "\u201c": '"', "\u201e": '"',
        "\u00ba": "\u00b0", "\u02da": "\u00b0", "\u2218": "\u00b0",
        "\u2013": "-", "\u2212": "-",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Angle:
    """Degrees, and the size of the last digit given [deg]."""

    deg: float
    step_deg: float
    minutes_written: bool = False  #: not decimal degrees


def parse_angle(text: str, axis: Axis, grammar: NumberGrammar = PLAIN) -> Angle:
    """Return a latitude or longitude; whether it is on the globe is not checked.

    Args:
        text: Such as `48.01`, `48 00 36 N`, `N48\u00b030.5'`, `48-00-36`.
        axis: Says which letters of the compass may stand beside it.
        grammar: Marks of the column.

    Returns:
        Degrees, negative in the south and west, and their resolution.

    Raises:
        RefusedError: `Q-COORD-FORM`.

    Examples:
        >>> parse_angle("48 00 36 N", "lat").deg
        48.01
    """
    plain = western_digits(text.translate(_MARKS)).strip()
    bare, sign = _hemisphere(plain, axis, text)
    bare = bare.removesuffix("\u00b0").strip()
    if _DECIMAL.fullmatch(bare) or _DECIMAL.fullmatch(bare.replace(",", ".")):
        return _decimal(bare, sign, text, grammar)
    found = _SEXAGESIMAL.fullmatch(bare)
    if found is None:
        raise _refused(text, f"a {axis} such as 48.01 or 48\u00b000'36\"")
    return _sexagesimal(found, sign, text)


def _hemisphere(plain: str, axis: Axis, text: str) -> tuple[str, int]:
    letters = [c for c in plain if c.isalpha()]
    if not letters:
        return plain, 1
    letter = unicodedata.normalize("NFKC", letters[0]).upper()
    outside = plain[0].isalpha() or plain[-1].isalpha()
    if len(letters) > 1 or not outside or letter not in _HEMISPHERES[axis]:
        raise _refused(text, f"{' or '.join(_HEMISPHERES[axis])} beside a {axis}")
    bare = plain.replace(letters[0], "").strip()
    if bare.startswith(("-", "+")):
        raise _refused(text, "a sign or a letter, not both")
    return bare, -1 if letter in "SW" else 1


def _decimal(bare: str, sign: int, text: str, grammar: NumberGrammar) -> Angle:
    try:
        value = parse_number(bare, grammar)
    except RefusedError as error:
        raise _refused(text, error.expected) from error
    decimals = len(bare.replace(",", ".").partition(".")[2])
    return Angle(sign * value, 10.0**-decimals)


def _sexagesimal(found: re.Match[str], sign: int, text: str) -> Angle:
    minutes, seconds = float(found["min"]), float(found["sec"] or 0)
    split = found["sec"] is not None and "." in found["min"]
    if minutes >= _SIXTY or seconds >= _SIXTY or split:
        raise _refused(text, "minutes and seconds below 60")
    value = int(found["deg"]) + minutes / 60 + seconds / 3600
    last, unit = (found["sec"], 3600) if found["sec"] else (found["min"], 60)
    step = 10.0 ** -len(last.partition(".")[2]) / unit
    if found["sign"] == "-":
        sign = -sign
    return Angle(sign * round(value, 10), step, minutes_written=True)


def on_globe(deg: float, axis: Axis) -> bool:
    """Tell whether degrees are within the range of an axis."""
    return abs(deg) <= _LIMIT[axis]


def _refused(text: str, expected: str) -> RefusedError:
    return RefusedError("Q-COORD-FORM", expected=expected, got=shown(text))
