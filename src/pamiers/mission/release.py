"""What changed between two releases of a source that corrects itself."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.geodesy import distance_m
from pamiers.core.instant import Interval
from pamiers.core.table import INSTANT, Table, concatenate
from pamiers.mission.mission import Mission
from pamiers.mission.state import Published, filed, fold_releases, releases

#: a place given anew with more digits is not a move
MOVED_M: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How a release differs from what stood before it, inside what it covers.

    Rows outside `covers` are counted apart, since absence says nothing there.
    """

    release: str
    previous: str | None  #: the release before it by day of publication
    withdrawn: int
    added: int
    recounted: int  #: another `count`
    moved: int  #: by more than 100 m
    redated: int  #: another first day
    added_outside: int
    changed_outside: int

    def to_dict(self) -> dict[str, object]:
        """Return the counts as plain values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def changes(mission: Mission, name: str) -> Changes | None:
    """Return what a release changed; None where it is not on record.

    Args:
        mission: The mission.
        name: Name of the release.

    Returns:
        Counts against the releases published before it, whatever came first.
    """
    published = releases(mission)
    at = next((i for i, p in enumerate(published) if p.release.name == name), None)
    if at is None:
        return None
    whole = concatenate(
        "observation", [b.table for b in filed(mission) if b.kind == "observation"]
    )
    earlier = [p.release for p in published[:at]]
    before, _ = fold_releases(whole, earlier)
    named = pc.equal(whole.columns.column("release"), name)
    return _compare(before, whole.where(named), published[at], earlier and earlier[-1])


def _compare(before: Table, after: Table, this: Published, previous: object) -> Changes:
    inside_before = _covered(before, this.release.covers)
    inside_after = _covered(after, this.release.covers)
    first, second = before.columns, after.columns
    shared = first.join(
        second, keys=["source", "key"], join_type="inner", right_suffix="_after"
    )
    old, new = _keys(first), _keys(second)
    added = pc.invert(pc.is_in(new, value_set=old))
    gone = pc.invert(pc.is_in(old, value_set=new))
    within = _mask(shared, this.release.covers)
    differs = _differences(shared)
    return Changes(
        release=this.release.name,
        previous=getattr(previous, "name", None),
        withdrawn=_count(pc.and_(gone, inside_before))
        if this.release.covers is not None
        else 0,
        added=_count(pc.and_(added, inside_after)),
        recounted=int(np.sum(differs["count"] & within)),
        moved=int(np.sum(differs["place"] & within)),
        redated=int(np.sum(differs["start"] & within)),
        added_outside=_count(pc.and_(added, pc.invert(inside_after))),
        changed_outside=int(
            np.sum((differs["count"] | differs["place"] | differs["start"]) & ~within)
        ),
    )


def _count(mask: pa.Array | pa.ChunkedArray) -> int:
    return int(pc.sum(mask).as_py() or 0)


def _keys(columns: pa.Table) -> pa.Array:
    joined = pc.binary_join_element_wise(
        columns.column("source"), columns.column("key"), "\x1f"
    )
    return joined.combine_chunks()


def _covered(table: Table, covers: Interval | None) -> pa.Array:
    return pa.array(_mask(table.columns, covers))


def _mask(columns: pa.Table, covers: Interval | None) -> np.ndarray:
    if covers is None:
        return np.ones(columns.num_rows, dtype=bool)
    start = columns.column("start")
    inside = pc.and_(
        pc.greater_equal(start, pa.scalar(covers.start, INSTANT)),
        pc.less(start, pa.scalar(covers.end, INSTANT)),
    )
    return np.asarray(inside.to_numpy(), dtype=bool)


def _differences(shared: pa.Table) -> dict[str, np.ndarray]:
    place = [
        shared.column(name).to_numpy()
        for name in ("lon", "lat", "lon_after", "lat_after")
    ]
    return {
        "count": _unequal(shared, "count"),
        "start": _unequal(shared, "start"),
        "place": distance_m(*place) > MOVED_M,
    }


def _unequal(shared: pa.Table, name: str) -> np.ndarray:
    same = pc.equal(shared.column(name), shared.column(f"{name}_after"))
    return ~np.asarray(pc.fill_null(same, fill_value=False).to_numpy(), dtype=bool)
