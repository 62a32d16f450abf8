"""Fast reading of columns of dates and times in ISO 8601."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pamiers.core.table import INSTANT
from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.rows.kernels import Mask, lengths, masked, parts
from pamiers.ingest.values.times import TimeGrammar, parse_time

Micros = NDArray[np.int64]  #: since 1970 in UTC

MINUTE_US: Final = 60_000_000
SECOND_US: Final = 1_000_000
_DAY_US: Final = 86_400 * SECOND_US
_DATE: Final = 10  # 2020-07-27
_NAIVE: Final = (16, 19)  # 2020-07-27T19:30, with seconds
_ZULU: Final = (17, 20)  # 2020-07-27T16:30Z, with seconds
_OFFSET: Final = (22, 25)  # 2020-07-27T19:30+03:00, with seconds
_PLUS: Final = 43
_MINUS: Final = 45
_Z: Final = 90
#: years that Arrow and `values.times` certainly agree on
_FROM: Final = -70 * 366 * _DAY_US
_TO: Final = 130 * 365 * _DAY_US
_ZERO: Final = np.uint8(48)
_MONTH_AT, _DAY_AT, _HOUR_AT, _MINUTE_AT, _SECOND_AT = 5, 8, 11, 14, 17
_LONGEST, _SHORTEST = 31, 28  #: days of a month


class PlainTimes:
    """Start and end of each plain time of a column; 0 where it is not plain."""

    def __init__(self, text: pa.Array, stated: Mask, grammar: TimeGrammar) -> None:
        """Read the plain cells.

        Args:
            text: Column of text.
            stated: Cells that hold a value.
            grammar: Zone and form; only ISO is ever plain.
        """
        n = len(text)
        self.text, self.grammar = text, grammar
        self.size = lengths(text)
        self.start, self.end = np.zeros(n, np.int64), np.zeros(n, np.int64)
        self.keep = np.zeros(n, np.bool_)
        self.assumed = np.zeros(n, np.bool_)  #: a zone was taken as given
        if grammar.form != "iso" or grammar.midnight_is_day:
            return
        present = {*np.flatnonzero(np.bincount(self.size)).tolist()}
        if present & {*_ZULU, *_OFFSET}:
            self._zoned(stated, present)
        if _DATE in present:
            self._dates(stated & (self.size == _DATE))
        if present & {*_NAIVE}:
            self._local(stated & self._sized(_NAIVE, present))

    def _sized(self, sizes: tuple[int, ...], present: set[int]) -> Mask:
        """Return the cells of one of some lengths."""
        keep = np.zeros(len(self.size), np.bool_)
        for each in present.intersection(sizes):
            keep |= self.size == each
        return keep

    def _zoned(self, stated: Mask, present: set[int]) -> None:
        offsets, data = parts(self.text)
        keep = stated & self._sized(_ZULU, present)
        keep &= data[np.maximum(offsets[1:] - 1, 0)] == _Z
        if present & {*_OFFSET}:
            ahead = stated & self._sized(_OFFSET, present)
            sign = data[np.maximum(offsets[1:] - 6, 0)]
            keep |= ahead & ((sign == _PLUS) | (sign == _MINUS))
        if keep.any():
            self._put(*self._instants(keep, INSTANT))

    def _instants(self, keep: Mask, to: pa.DataType) -> tuple[Micros, Mask]:
        for last in (None, _LONGEST, _SHORTEST):
            if last is not None:
                keep = keep & self._possible(last)
            try:
                found = masked(self.text, keep).cast(to).cast(pa.int64())
            except pa.ArrowInvalid:
                continue
            filled = found.fill_null(0) if found.null_count else found
            return filled.to_numpy(zero_copy_only=False), keep
        return np.zeros(len(self.text), np.int64), np.zeros(len(keep), np.bool_)

    def _possible(self, last_day: int) -> Mask:
        """Return where month, day, hour, minute and second may exist."""
        offsets, data = parts(self.text)
        begin, end = offsets[:-1], data.size - 2
        possible = np.ones(len(begin), np.bool_)
        for at, low, high in (
            *((_MONTH_AT, 1, 12), (_DAY_AT, 1, last_day)),
            *((_HOUR_AT, 0, 23), (_MINUTE_AT, 0, 59), (_SECOND_AT, 0, 59)),
        ):
            where = np.minimum(begin + at, end)
            two = (data[where] - _ZERO) * np.uint8(10) + (data[where + 1] - _ZERO)
            fits = (two >= low) & (two <= high)
            possible &= fits | (self.size <= at + 1) | (data[where] == _Z)
        return possible

    def _put(self, instants: Micros, keep: Mask) -> None:
        keep = keep & (instants > _FROM) & (instants < _TO)
        seconds = (self.size == _NAIVE[1]) | (self.size == _ZULU[1])
        seconds |= self.size == _OFFSET[1]
        step = np.where(seconds, SECOND_US, MINUTE_US)
        if keep.all():
            self.start, self.end, self.keep = instants, instants + step, keep
            return
        self.start = np.where(keep, instants, self.start)
        self.end = np.where(keep, instants + step, self.end)
        self.keep |= keep

    def _dates(self, keep: Mask) -> None:
        if not keep.any():
            return
        for last in (None, _SHORTEST):
            if last is not None:
                keep = keep & self._possible(last)
            try:
                found = masked(self.text, keep).cast(pa.date32()).cast(pa.int32())
            except pa.ArrowInvalid:
                continue
            self._put_days(found.fill_null(0).to_numpy(zero_copy_only=False), keep)
            return

    def _put_days(self, days: NDArray[np.int32], keep: Mask) -> None:
        distinct, which = np.unique(days[keep], return_inverse=True)
        ends = np.array([self._day(int(day)) for day in distinct], np.int64)
        if not len(ends):
            return
        found = np.flatnonzero(keep)
        sound = ends[which, 1] > 0
        at = found[sound]
        self.start[at], self.end[at] = ends[which[sound], 0], ends[which[sound], 1]
        self.keep[at] = self.assumed[at] = True

    def _day(self, day: int) -> tuple[int, int]:
        """Return the ends of a calendar day, 0, 0 where it is not plain."""
        try:
            when = parse_time(_iso(day), self.grammar)
        except RefusedError:
            return 0, 0
        start, end = round(when.start.timestamp()), round(when.end.timestamp())
        return (start * SECOND_US, end * SECOND_US) if start > 0 else (0, 0)

    def _local(self, keep: Mask) -> None:
        if self.grammar.clock_zone is None or not keep.any():
            return
        naive, keep = self._instants(keep, pa.timestamp("us"))
        days, which = np.unique(naive // _DAY_US, return_inverse=True)
        offsets = np.array([self._offset_us(int(day)) for day in days], np.int64)
        found = offsets[which]
        keep = keep & (found != _DAY_US)
        self._put(np.where(keep, naive - found, 0), keep)
        self.assumed |= keep & self.keep

    def _offset_us(self, day: int) -> int:
        """Return the offset of a day in the zone; a day's length if it changes."""
        zone = self.grammar.clock_zone
        try:
            ends = [
                parse_time(f"{_iso(d)}T00:00Z", TimeGrammar()) for d in (day, day + 1)
            ]
        except RefusedError:
            return _DAY_US
        around = [
            each.start.replace(tzinfo=zone, fold=fold).utcoffset()
            for each in ends
            for fold in (0, 1)
        ]
        if len(set(around)) != 1 or around[0] is None:
            return _DAY_US
        return around[0] // timedelta(microseconds=1)


def _iso(day: int) -> str:
    try:
        return (date(1970, 1, 1) + timedelta(days=day)).isoformat()
    except OverflowError:
        return "beyond the calendar"
