"""How many, with the vagueness the source itself puts in words."""

import re
from dataclasses import dataclass
from typing import Final

from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.values.numbers import (
    PLAIN,
    NumberGrammar,
    parse_whole,
    western_digits,
)

#: "about 110" is read as 110 give or take this share; a reading, not a measurement
ABOUT_SHARE: Final = 0.2

_N: Final = r"(\d[\d.,' \u00a0]*?)"
_ABOUT: Final = re.compile(
    rf"(?:about|around|approximately|approx\.?|circa|ca\.?|some|nearly|~|≈)\s*{_N}",
    re.IGNORECASE,
)
_LEAST: Final = re.compile(
    rf"(?:at least|no fewer than|not less than|>=|≥)\s*{_N}", re.IGNORECASE
)
_MORE: Final = re.compile(rf"(?:more than|over|>)\s*{_N}", re.IGNORECASE)
_PLUS: Final = re.compile(rf"{_N}\s*(?:\+|or more)", re.IGNORECASE)
_MOST: Final = re.compile(rf"(?:at most|up to|no more than|<=|≤)\s*{_N}", re.IGNORECASE)
_FEWER: Final = re.compile(rf"(?:fewer than|less than|under|<)\s*{_N}", re.IGNORECASE)
_RANGE: Final = re.compile(
    rf"(?:between\s+|from\s+)?{_N}\s*(?:-|\u2013|\u2014|\bto\b|\band\b)\s*{_N}",
    re.IGNORECASE,
)


_EXPECTED: Final = "a count such as 12, about 110, 30-35"


@dataclass(frozen=True, slots=True)
class Count:
    """Best figure, and the bounds the source gives.

    `low` without `high` means "or more"; all None means "not stated".
    """

    best: int | None = None
    low: int | None = None
    high: int | None = None


def parse_count(text: str, grammar: NumberGrammar = PLAIN) -> Count:
    """Return a count and how vague it is.

    Args:
        text: Such as `12`, `about 110`, `30-35`, `>=48`, `at least 5`, `up to 20`.
        grammar: Marks of the column.

    Returns:
        The count; a range has no best figure, since the source gives none.

    Raises:
        RefusedError: `Q-COUNT`, `Q-NUM-AMBIG`.

    Examples:
        >>> parse_count("about 110")
        Count(best=110, low=88, high=132)
        >>> parse_count(">=48")
        Count(best=None, low=48, high=None)
    """
    plain = western_digits(text).strip()
    if plain[:1].isdigit() and plain.isdigit():
        return Count(best=parse_whole(plain, grammar))
    if not any(letter.isdigit() for letter in plain):
        raise RefusedError("Q-COUNT", expected=_EXPECTED, got=shown(text))
    found = _RANGE.fullmatch(plain)
    if found is not None:
        return _range(parse_whole(found[1], grammar), parse_whole(found[2], grammar))
    for form, build in _FORMS:
        found = form.fullmatch(plain)
        if found is not None:
            return build(parse_whole(found[1], grammar))
    try:
        return Count(best=parse_whole(plain, grammar))
    except RefusedError as error:
        code = error.code if error.code == "Q-NUM-AMBIG" else "Q-COUNT"
        raise RefusedError(code, expected=_EXPECTED, got=shown(text)) from error


def _about(n: int) -> Count:
    slack = max(1, round(n * ABOUT_SHARE))
    return Count(best=n, low=max(0, n - slack), high=n + slack)


def _range(low: int, high: int) -> Count:
    if low > high:
        raise RefusedError(
            "Q-COUNT", expected="a range that rises", got=f"{low} to {high}"
        )
    return Count(low=low, high=high)


def _fewer(n: int) -> Count:
    if n == 0:
        raise RefusedError("Q-COUNT", expected="a count", got="fewer than 0")
    return Count(low=0, high=n - 1)


_FORMS: Final = (
    (_ABOUT, _about),
    (_LEAST, lambda n: Count(low=n)),
    (_MORE, lambda n: Count(low=n + 1)),
    (_PLUS, lambda n: Count(low=n)),
    (_MOST, lambda n: Count(low=0, high=n)),
    (_FEWER, _fewer),
)
