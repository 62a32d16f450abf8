"""Columns of dates and times: one of them, or a start and an end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pamiers.core.instant import Interval, format_instant, zone
from pamiers.core.table import INSTANT
from pamiers.ingest.mapping import Mapping
from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.rows.account import Account
from pamiers.ingest.rows.layout import Column, Layout
from pamiers.ingest.rows.time_kernel import Micros, PlainTimes
from pamiers.ingest.rows.words import missing
from pamiers.ingest.values.dates import may_be_parted, prove_order
from pamiers.ingest.values.times import TimeGrammar, When, parse_time
from pamiers.mission.reading import ReadOptions

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO: Final = timedelta(microseconds=1)
_LONG: Final = timedelta(days=21) // _MICRO
#: where no mapping says otherwise; before satellite navigation, dates are typing errors
USUAL: Final = Interval(
    datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
)
_ZONE: Final = "W-ZONE-ASSUMED"
_MINUTE_US: Final = 60_000_000


def time_grammar(mapping: Mapping, options: ReadOptions) -> TimeGrammar:
    """Return how the times of a file are read.

    A zone that the mapping declares holds for dates and clock times. Without one,
    calendar days are those of the mission's zone, and clock times are refused.

    Args:
        mapping: Zone, order and form.
        options: The mission's zone.

    Returns:
        The grammar.
    """
    declared = mapping.zone(options.time_zone)
    mission: tzinfo | None = None
    if declared is None and options.time_zone is not None:
        mission = zone(options.time_zone)
    return TimeGrammar(
        zone=declared or mission,
        clock_zone=declared,
        order=mapping.date_order,
        form=mapping.time_format,
        midnight_is_day=mapping.midnight_is_day,
    )


@dataclass(slots=True)
class Orders:
    """How the times of a file are read; orders of day and month as columns prove them.

    A column is only searched for a proof when one of its cells needs it.
    """

    layout: Layout  #: over the whole table
    account: Account  #: takes the remark on the row that proves an order
    grammar: TimeGrammar
    known: dict[str, TimeGrammar] = dataclass_field(default_factory=dict)

    def for_cells(self, field: str, cells: Iterable[str]) -> TimeGrammar:
        """Return the grammar for some cells of a field."""
        settled = self.grammar.order is not None or self.grammar.form != "iso"
        if settled or not any(may_be_parted(cell) for cell in cells):
            return self.grammar
        if field not in self.known:
            self.known[field] = self._proven(field)
        return self.known[field]

    def _proven(self, field: str) -> TimeGrammar:
        column = self.layout.column(field)
        if column is None:
            return self.grammar
        positions = np.flatnonzero(column.stated)
        proof = prove_order(column.text.take(pa.array(positions)).to_pylist())
        if proof is None:
            return self.grammar
        at = int(positions[proof[1]])
        message = f"order {proof[0]} is proven by {column.text[at].as_py()!r}"
        self.account.flag("W-DATE-ORDER", at, column.header, message)
        return replace(self.grammar, order=proof[0])


class Times:
    """Start and end of each row, in microseconds since 1970 in UTC."""

    def __init__(self, start: Micros, end: Micros, known: NDArray[np.bool_]) -> None:
        """Take the columns; `known` is where a time is stated and understood."""
        self.start, self.end, self.known = start, end, known

    def columns(self) -> dict[str, pa.Array]:
        """Return both columns as instants, null where no time is stated."""
        mask = None if self.known.all() else ~self.known
        return {
            "start": pa.array(self.start, pa.int64(), mask=mask).view(INSTANT),
            "end": pa.array(self.end, pa.int64(), mask=mask).view(INSTANT),
        }


def read_times(
    layout: Layout,
    account: Account,
    orders: Orders,
    *,
    needed: bool = True,
) -> Times | None:
    """Return when each row was.

    Args:
        layout: Where `time`, or `start` and `end`, are.
        account: Takes refusals and remarks.
        orders: Zone, form and order of the file's columns.
        needed: Whether a row without a time is refused.

    Returns:
        The times; None where the file has no column for them.
    """
    single = layout.column("time") or layout.column("start")
    if single is None:
        return None
    if needed:
        for position in np.flatnonzero(~single.stated).tolist():
            account.refuse(position, missing(single.field), single.header)
    times = _column(single, account, orders)
    last = layout.column("end")
    if last is not None and last.stated.any():
        times = _ended(times, last, account, orders)
    _flag_unlikely(times, single, account, layout.mapping)
    return times


def read_moments(column: Column, account: Account, orders: Orders) -> Times:
    """Return when some cells say that something was, such as a notice given.

    Args:
        column: The cells; empty ones are not stated.
        account: Takes refusals and remarks.
        orders: Zone, form and order of the file's columns.

    Returns:
        The times; the start of what a coarse one stands for.
    """
    return _column(column, account, orders)


def _column(column: Column, account: Account, orders: Orders) -> Times:
    fast, grammar = account.table.fast, orders.grammar
    plain = PlainTimes(column.text, column.stated & fast, grammar)
    start, end, known = plain.start, plain.end, plain.keep
    assumed = np.flatnonzero(plain.assumed)
    if len(assumed):
        _flag_zone(column, int(assumed[0]), account, grammar, len(assumed))
    odd = np.flatnonzero(column.stated & ~plain.keep)
    cells = column.text.take(pa.array(odd)).to_pylist()
    grammar = orders.for_cells(column.field, cells)
    read = account.each(column.text, odd, _parser(grammar), column.header)
    if len(odd):
        start, end, known = start.copy(), end.copy(), known.copy()
    for position, when in read:
        start[position], end[position] = _micros(when.start), _micros(when.end)
        known[position] = True
        _flag_when(when, column, position, account, grammar)
    return Times(start, end, known)


def _parser(grammar: TimeGrammar) -> Callable[[str], When]:
    return lambda text: parse_time(text, grammar)


def _flag_zone(
    column: Column, first: int, account: Account, grammar: TimeGrammar, rows: int = 1
) -> None:
    message = f"read in the zone {grammar.zone}"
    account.flag(_ZONE, first, column.header, message, rows)


def _flag_when(
    when: When, column: Column, at: int, account: Account, grammar: TimeGrammar
) -> None:
    for code in when.notes:
        if code == _ZONE:
            _flag_zone(column, at, account, grammar)
        else:
            account.flag(code, at, column.header)


def _ended(times: Times, last: Column, account: Account, orders: Orders) -> Times:
    """Return intervals that go on to a stated end.

    An end at a clock time is that instant; an end on a date is the end of the day.
    """
    ends = _column(last, account, orders)
    length = ends.end - ends.start
    clocked = length <= _MINUTE_US
    end = np.where(clocked, ends.start, ends.end)
    both = times.known & ends.known
    for position in np.flatnonzero(both & (end <= times.start)).tolist():
        got = " to ".join(
            format_instant(_EPOCH + int(us) * _MICRO)
            for us in (times.start[position], end[position])
        )
        error = RefusedError("Q-INTERVAL", expected="an end after its start", got=got)
        account.refuse(position, error, last.header)
    return Times(times.start, np.where(both, end, times.end), times.known)


def _flag_unlikely(
    times: Times, column: Column, account: Account, mapping: Mapping
) -> None:
    usual = _period(mapping)
    low, high = _micros(usual.start), _micros(usual.end)
    for code, odd in (
        ("W-TIME-RANGE", (times.start < low) | (times.end > high)),
        ("W-LONG", times.end - times.start > _LONG),
    ):
        found = np.flatnonzero(odd & times.known)
        if len(found):
            account.flag(code, int(found[0]), column.header, rows=len(found))


def _period(mapping: Mapping) -> Interval:
    if mapping.period is None:
        return USUAL
    when = parse_time(mapping.period, TimeGrammar(zone=mapping.zone(None) or UTC))
    return Interval(when.start, when.end)


def _micros(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICRO
