"""Incidents as marks of a map, some at a time: tiles, counts and stretches of the list.

Made once of a table that an edition has been applied to; nothing here is finer than
that. From afar one mark stands for all of one standing within a few pixels, and says
how many: what is drawn is thinned, what is counted is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pamiers.core.instant import format_instant
from pamiers.core.table import Table
from pamiers.render.vector_tile import EXTENT, Attribute, Integers, point_tile

LAYER: Final = "incidents"
#: from this zoom on only what lies at the very same place shares a mark
FINEST: Final = 14
STANDINGS: Final = ("verified", "assessed", "claimed")
#: at least this probable, and observed by a monitor, counts as verified
VERIFIED_FROM: Final = 0.9

_CELL: Final = 32  #: units within which marks are one from afar: 4 pixels of 512
_QUARTER_US: Final = 900_000_000  #: no zone's clock is set by less [us]
_INSTANT_US: Final = 1_000
_REACH_M: Final = 10  #: finer than anybody sees [m]
_EPOCH: Final = date(1970, 1, 1)
_MOST_KEPT: Final = 32
_MOST_TILES: Final = 256
_PLACED: Final = ("lon", "lat", "radius_m")
_SAID: Final = ("place", "region", "weapons", "key")
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which incidents are asked for; what is empty asks nothing."""

    since: str = ""  #: the first day, in the mission's zone
    until: str = ""  #: the last one
    kind: str = ""
    standing: str = ""
    text: str = ""  #: part of a place, region, weapon or id
    key: str = ""  #: the id of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Incidents by column, in the order of their table."""

    columns: pa.Table
    x: Floats  #: Web Mercator, 0 (180 W) to 1; NaN without a place
    y: Floats  #: the same, 0 (85.05 N) to 1
    reach: Floats  #: radius as Mercator draws it [m]
    first: Integers  #: day of the mission's zone on which it began [d since 1970]
    last: Integers  #: and on which it ended
    standing: Integers  #: index in `STANDINGS`
    said: pa.ChunkedArray  #: what a search looks in, in lower case
    masks: dict[Wanted, Mask] = field(default_factory=dict)
    tiles: dict[tuple[Wanted, int, int, int], bytes] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.first)

    def chosen(self, wanted: Wanted) -> Mask:
        """Return which are asked for."""
        kept = self.masks.get(wanted)
        if kept is None:
            every = np.ones(len(self), dtype=np.bool_)
            kept = np.logical_and.reduce([every, *self._asks(wanted)])
            put_of_few(self.masks, wanted, kept, _MOST_KEPT)
        return kept

    def _asks(self, wanted: Wanted) -> Iterator[Mask]:
        if wanted.since:
            yield self.last >= _day_number(wanted.since)
        if wanted.until:
            yield self.first <= _day_number(wanted.until)
        if wanted.standing:
            yield np.array([*STANDINGS])[self.standing] == wanted.standing
        for name, value in (("kind", wanted.kind), ("key", wanted.key)):
            if value:
                yield _mask(pc.equal(self.columns.column(name), value))
        if wanted.text:
            yield _mask(pc.match_substring(self.said, wanted.text.lower()))

    def kinds(self, wanted: Wanted) -> dict[str, int]:
        """Return how many of each kind are asked for; kinds with none are left out."""
        chosen = self.columns.column("kind").filter(pa.array(self.chosen(wanted)))
        counted = pc.value_counts(chosen).to_pylist()
        return {each["values"]: each["counts"] for each in counted}

    def listed(self, wanted: Wanted, offset: int, limit: int) -> dict[str, Any]:
        """Return how many are asked for, of which kinds, and some of them by column."""
        found = np.flatnonzero(self.chosen(wanted))
        some = self.columns.take(pa.array(found[offset : offset + limit]))
        return {
            "matched": len(found),
            "offset": offset,
            "kinds": self.kinds(wanted),
            "incidents": {
                name: column_values(some.column(name)) for name in some.schema.names
            },
        }

    def days(self) -> dict[date, int]:
        """Return on how many incidents each day began; days with none are left out."""
        days, counts = np.unique(self.first, return_counts=True)
        told = zip(days.tolist(), counts.tolist(), strict=True)
        return {date_of(day): count for day, count in told}

    def box(self) -> list[float] | None:
        """Return west, south, east, north of what has a place [deg]; None: nothing."""
        placed = [self.columns.column(name) for name in ("lon", "lat")]
        found = [pc.min_max(each).as_py() for each in placed]
        if any(each["min"] is None for each in found):
            return None
        return [*(each["min"] for each in found), *(each["max"] for each in found)]

    def tile(self, wanted: Wanted, z: int, x: int, y: int) -> bytes:
        """Return the marks of a tile.

        Args:
            wanted: Which incidents.
            z: Zoom, 0 to `FINEST`.
            x: Column of the tile, from the west.
            y: Row of the tile, from the north.

        Returns:
            One layer: `standing`, `n` (how many incidents the mark stands for),
            `reach` (its radius as Mercator draws it [m]) and, of a mark of one alone,
            its `key`. Empty without marks.
        """
        named = (wanted, z, x, y)
        if named not in self.tiles:
            put_of_few(self.tiles, named, self._tile(wanted, z, x, y), _MOST_TILES)
        return self.tiles[named]

    def _tile(self, wanted: Wanted, z: int, x: int, y: int) -> bytes:
        side = 2.0**z
        across, down = self.x * side - x, self.y * side - y
        inside = (across >= 0) & (across < 1) & (down >= 0) & (down < 1)
        rows = np.flatnonzero(inside & self.chosen(wanted))
        at = [np.floor(each[rows] * EXTENT).astype(np.int64) for each in (across, down)]
        cell = _CELL if z < FINEST else 1
        named = (at[0] // cell * EXTENT + at[1] // cell) * len(STANDINGS)
        _, first, many = np.unique(
            named + self.standing[rows], return_index=True, return_counts=True
        )
        return point_tile(
            LAYER, at[0][first], at[1][first], self._stated(rows[first], many)
        )

    def _stated(self, rows: Integers, many: Integers) -> dict[str, Attribute]:
        counts, count_of = np.unique(many, return_inverse=True)
        drawn = np.round(self.reach[rows] / _REACH_M).astype(np.int64)
        reaches, reach_of = np.unique(drawn * _REACH_M, return_inverse=True)
        alone = many == 1
        keys = self.columns.column("key").take(pa.array(rows[alone])).to_pylist()
        return {
            "standing": Attribute(values=STANDINGS, index=self.standing[rows]),
            "n": Attribute(values=counts.tolist(), index=count_of),
            "reach": Attribute(values=reaches.tolist(), index=reach_of),
            "key": Attribute(
                values=keys, index=np.where(alone, np.cumsum(alone) - 1, -1)
            ),
        }


def marks_of(table: Table, names: tuple[str, ...], tz: tzinfo) -> Marks:
    """Return incidents as marks.

    Args:
        table: Incidents as an edition may have them.
        names: The columns that a list shows of them.
        tz: The mission's time zone, whose days are counted.

    Returns:
        The marks, in the table's order.
    """
    columns = table.columns.select(names)
    lon, lat, radius = (_floats(columns.column(name)) for name in _PLACED)
    turned = np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))
    start, end = (_microseconds(columns.column(name)) for name in ("start", "end"))
    probable = _floats(columns.column("probability")) >= VERIFIED_FROM
    observed = _floats(columns.column("observed")) > 0
    said = [pc.fill_null(columns.column(name), "") for name in _SAID]
    return Marks(
        columns=columns,
        x=(lon + 180) / 360,
        y=(1 - turned / np.pi) / 2,
        reach=np.nan_to_num(radius / np.cos(np.radians(lat))),
        first=local_days(start, tz),
        last=local_days(end - _INSTANT_US, tz),
        standing=np.where(observed, np.where(probable, 0, 1), 2),
        said=pc.utf8_lower(pc.binary_join_element_wise(*said, " ")),
    )


def local_days(at_us: Integers, tz: tzinfo) -> Integers:
    """Return the days of a zone on which instants fall [d since 1970].

    Args:
        at_us: Instants [us since 1970, UTC].
        tz: The zone; each quarter of an hour is looked up once.

    Returns:
        One day an instant.
    """
    quarters, which = np.unique(at_us // _QUARTER_US, return_inverse=True)
    local = [
        (datetime.fromtimestamp(each * 900, UTC).astimezone(tz).date() - _EPOCH).days
        for each in quarters.tolist()
    ]
    return np.array(local, dtype=np.int64)[which]


def column_values(column: pa.ChunkedArray) -> list[Any]:
    """Return a column as plain values; instants as canonical text."""
    if not pa.types.is_timestamp(column.type):
        return list(column.to_pylist())
    told = column.combine_chunks().dictionary_encode()
    words = [format_instant(each) for each in told.dictionary.to_pylist()]
    return [None if at is None else words[at] for at in told.indices.to_pylist()]


def date_of(day: int) -> date:
    """Return a day by its number since 1970."""
    return _EPOCH + timedelta(days=day)


def _day_number(text: str) -> int:
    return (date.fromisoformat(text) - _EPOCH).days


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _microseconds(column: pa.ChunkedArray) -> Integers:
    return np.asarray(pc.cast(column, pa.int64()).to_numpy(), dtype=np.int64)


def _mask(found: pa.ChunkedArray) -> Mask:
    return np.asarray(pc.fill_null(found, False).to_numpy(), dtype=np.bool_)  # noqa: FBT003 - what a missing value counts as


def put_of_few(kept: dict[K, V], name: K, value: V, most: int) -> None:
    """Keep a value, and let go of the one that was put first where they are many.

    Args:
        kept: What is kept, by name.
        name: The value's name; one that is kept already is put anew.
        value: The value.
        most: How many are kept at most.
    """
    while len(kept) >= most:
        kept.pop(next(iter(kept)), None)
    kept[name] = value
