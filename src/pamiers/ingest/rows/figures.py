"""Columns of numbers and counts."""

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.rows.account import Account
from pamiers.ingest.rows.kernels import Mask, plain_numbers, plain_wholes
from pamiers.ingest.rows.layout import Column, Layout
from pamiers.ingest.values.counts import Count, parse_count
from pamiers.ingest.values.numbers import (
    NumberGrammar,
    has_foreign_digits,
    parse_number,
    parse_whole,
)

#: what a number may be: more than, at least, at most
_RANGES: Final[dict[str, tuple[float, float, bool]]] = {
    "radius_m": (0.0, 20_040_000.0, True),
    "calibre_mm": (0.0, 2_000.0, True),
    "detection": (0.0, 1.0, False),
}
UNKNOWN: Final = -1  #: stands for "not stated" in a column of counts


def read_numbers(
    column: Column, account: Account, grammar: NumberGrammar
) -> NDArray[np.float64]:
    """Return a column of numbers, NaN where none is stated or the row is refused.

    Args:
        column: The cells.
        account: Takes refusals.
        grammar: Marks of the column.

    Returns:
        Numbers, checked against the range of the field.
    """
    fast = grammar.thousands is None and account.table.fast
    n = len(column.text)
    if fast:
        values, plain = plain_numbers(column.text, column.stated, grammar.decimal)
    else:
        values, plain = np.full(n, np.nan), np.zeros(n, np.bool_)
    values[~plain] = np.nan
    odd = np.flatnonzero(column.stated & ~plain)
    read = account.each(
        column.text, odd, lambda text: parse_number(text, grammar), column.header
    )
    for position, value in read:
        values[position] = value
        _flag_digits(column, position, account)
    _refuse_range(values, column, account)
    return values


def _flag_digits(column: Column, position: int, account: Account) -> None:
    if has_foreign_digits(column.text[position].as_py()):
        account.flag("W-DIGITS", position, column.header)


def _refuse_range(
    values: NDArray[np.float64], column: Column, account: Account
) -> None:
    if column.field not in _RANGES:
        return
    low, high, above = _RANGES[column.field]
    with np.errstate(invalid="ignore"):
        outside = (values > high) | ((values <= low) if above else (values < low))
    for position in np.flatnonzero(outside).tolist():
        error = RefusedError(
            "Q-NUM-RANGE",
            expected=f"a number {'above' if above else 'from'} {low:g} to {high:g}",
            got=f"{values[position]:g}",
        )
        account.refuse(position, error, column.header)
        values[position] = np.nan


class Counts:
    """Best, low and high figure of each row; `UNKNOWN` where not stated."""

    def __init__(self, n: int) -> None:
        """Begin with nothing stated."""
        self.best, self.low, self.high = (np.full(n, UNKNOWN, np.int64) for _ in "123")

    def put(self, position: int, count: Count) -> None:
        """Take what one cell says."""
        for column, value in (
            (self.best, count.best),
            (self.low, count.low),
            (self.high, count.high),
        ):
            if value is not None:
                column[position] = value

    def columns(self) -> dict[str, pa.Array]:
        """Return the three columns, null where not stated."""
        return {
            "count": figures(self.best),
            "count_low": figures(self.low),
            "count_high": figures(self.high),
        }


def figures(values: NDArray[np.int64]) -> pa.Array:
    """Return a column of counts with `UNKNOWN` as null."""
    return pa.array(values, mask=values == UNKNOWN)


def read_counts(layout: Layout, account: Account, grammar: NumberGrammar) -> Counts:
    """Return the counts of each row, from `count`, `count_low` and `count_high`.

    Args:
        layout: Where the three columns are; each may be missing.
        account: Takes refusals: also of counts out of order (`Q-COUNT`).
        grammar: Marks of the columns.

    Returns:
        The counts; a vague `count` gives its own bounds.
    """
    counts = Counts(len(layout.table))
    column = layout.column("count")
    if column is not None:
        odd = _plain_into(counts.best, column, account)
        read = account.each(
            column.text, odd, lambda text: parse_count(text, grammar), column.header
        )
        for position, count in read:
            counts.put(position, count)
            _flag_digits(column, position, account)
    for field, into in (("count_low", counts.low), ("count_high", counts.high)):
        bound = layout.column(field)
        if bound is not None:
            read_wholes(bound, into, account, grammar)
    _refuse_disorder(counts, column, layout, account)
    return counts


def read_wholes(
    column: Column, into: NDArray[np.int64], account: Account, grammar: NumberGrammar
) -> None:
    """Read a column of whole numbers into an array of counts.

    Args:
        column: The cells.
        into: Takes the figures; left as it is where none is stated.
        account: Takes refusals.
        grammar: Marks of the column.
    """
    odd = _plain_into(into, column, account)
    read = account.each(
        column.text, odd, lambda text: parse_whole(text, grammar), column.header
    )
    for position, value in read:
        into[position] = value
        _flag_digits(column, position, account)


def _plain_into(
    into: NDArray[np.int64], column: Column, account: Account
) -> NDArray[np.int64]:
    """Take the plain cells of a column; return the positions of the others."""
    if not account.table.fast:
        return np.flatnonzero(column.stated)
    values, plain = plain_wholes(column.text, column.stated)
    into[plain] = values[plain]
    return np.flatnonzero(column.stated & ~plain)


def _refuse_disorder(
    counts: Counts, column: Column | None, layout: Layout, account: Account
) -> None:
    best, low, high = counts.best, counts.low, counts.high

    def above(a: NDArray[np.int64], b: NDArray[np.int64]) -> Mask:
        mask: Mask = (a != UNKNOWN) & (b != UNKNOWN) & (a > b)
        return mask

    header = column.header if column else None
    if layout.mapping.widen_counts:
        _widen(counts, above(low, best) | above(best, high), account, header)
    wrong = above(low, best) | above(best, high) | above(low, high)
    for position in np.flatnonzero(wrong).tolist():
        error = RefusedError(
            "Q-COUNT",
            expected="low <= count <= high",
            got=f"{low[position]}, {best[position]}, {high[position]}",
        )
        account.refuse(position, error, header)


def _widen(counts: Counts, wrong: Mask, account: Account, header: str | None) -> None:
    """Move the bounds out to a best figure that lies outside them."""
    for position in np.flatnonzero(wrong).tolist():
        account.flag("W-COUNT-ORDER", position, header)
    best = counts.best[wrong]
    counts.low[wrong] = np.minimum(counts.low[wrong], best)
    high = counts.high[wrong]
    counts.high[wrong] = np.where(high == UNKNOWN, UNKNOWN, np.maximum(high, best))
