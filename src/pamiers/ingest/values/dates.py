"""Calendar dates: ISO, day and month in either order, in words, and in part.

A date whose day and month can be exchanged is refused unless the order is declared
or proven by another row of its column. Parts of dates follow a subset of EDTF
(ISO 8601-2): a year, a year and month, `2015-02-XX`.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from pamiers.ingest.refusal import RefusedError, shown

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_BASIC: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_PART: Final = re.compile(r"(\d{4})(?:-(\d{2}|XX)(?:-XX)?)?", re.ASCII)
_PARTED: Final = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_DAY_FIRST: Final = re.compile(r"\s*\d{1,2}([./-])\d{1,2}\1\d", re.ASCII)
_DAY_WORD: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)\.?,?[ -](\d{4})", re.ASCII)
_WORD_DAY: Final = re.compile(r"([A-Za-z]+)\.? (\d{1,2}),? (\d{4})", re.ASCII)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH: Final = {name[:3]: i + 1 for i, name in enumerate(_MONTHS)}
_LAST_MONTH: Final = 12
_YEAR_DIGITS: Final = 4

Days = tuple[date, date]  # first day, and the day after the last


def parse_days(text: str, order: str | None = None) -> Days:
    """Return the days that a date stands for.

    Args:
        text: Such as `2020-07-27`, `27/07/2020`, `27 July 2020`, `2015-02`.
        order: `dmy`, `mdy` or `ymd` where it is declared or proven.

    Returns:
        First day, and the day after the last.

    Raises:
        RefusedError: `Q-DATE-AMBIG` or `Q-TIME-FORM`.
    """
    found = _ISO.fullmatch(text) or _BASIC.fullmatch(text)
    if found is not None:
        return _one_day(int(found[1]), int(found[2]), int(found[3]), text)
    part = _PART.fullmatch(text)
    if part is not None:
        return _part(part, text)
    parted = _PARTED.fullmatch(text)
    if parted is not None:
        return _one_day(*_in_order(parted, text, order), text)
    return _in_words(text)


def may_be_parted(text: str) -> bool:
    """Tell whether a text begins with a date in figures, as in 27/07/2020."""
    return _DAY_FIRST.match(text) is not None


def prove_order(texts: Iterable[str]) -> tuple[str, int] | None:
    """Return the order of day and month that a column proves, and where.

    Args:
        texts: Cells of the column, in order.

    Returns:
        `dmy` or `mdy` and the position of the first cell that admits no other
        order; None where no cell does, or two contradict each other.
    """
    proofs: dict[str, int] = {}
    for i, text in enumerate(texts):
        found = _PARTED.match(text)
        if found is None or len(found[4]) != _YEAR_DIGITS:
            continue
        first, second = int(found[1]), int(found[3])
        if first > _LAST_MONTH >= second:
            proofs.setdefault("dmy", i)
        elif second > _LAST_MONTH >= first:
            proofs.setdefault("mdy", i)
    return next(iter(proofs.items())) if len(proofs) == 1 else None


def _in_order(
    found: re.Match[str], text: str, order: str | None
) -> tuple[int, int, int]:
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == _YEAR_DIGITS:
        return first, second, third
    if len(found[4]) != _YEAR_DIGITS:
        raise _ambiguous(text, "a year of four digits")
    if order == "dmy" or first == second or (order is None and first > _LAST_MONTH):
        return third, second, first
    if order == "mdy" or (order is None and second > _LAST_MONTH):
        return third, first, second
    raise _ambiguous(text, "a date with day and month told apart")


def _ambiguous(text: str, expected: str) -> RefusedError:
    return RefusedError("Q-DATE-AMBIG", expected=expected, got=shown(text))


def _part(found: re.Match[str], text: str) -> Days:
    year = int(found[1])
    if found[2] is None or found[2] == "XX":
        first, _ = _one_day(year, 1, 1, text)
        return first, date(year + 1, 1, 1)
    first, _ = _one_day(year, int(found[2]), 1, text)
    return first, (first + timedelta(days=31)).replace(day=1)


def _in_words(text: str) -> Days:
    found = _DAY_WORD.fullmatch(text)
    day, word, year = (found[1], found[2], found[3]) if found else ("", "", "")
    other = _WORD_DAY.fullmatch(text)
    if other is not None:
        day, word, year = other[2], other[1], other[3]
    month = _MONTH.get(word[:3].lower())
    if month is None or not _MONTHS[month - 1].startswith(word.lower()):
        raise _form(text)
    return _one_day(int(year), month, int(day), text)


def _one_day(year: int, month: int, day: int, text: str) -> Days:
    try:
        first = date(year, month, day)
        return first, first + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise _form(text) from error


def _form(text: str) -> RefusedError:
    return RefusedError(
        "Q-TIME-FORM", expected="a date such as 2020-07-27", got=shown(text)
    )
