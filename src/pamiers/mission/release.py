"""What changed between two releases of a source that corrects itself."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pamiers.core.geodesy import distance_m
from pamiers.core.instant import Interval
from pamiers.core.table import Table, concatenate
from pamiers.mission.mission import Mission
from pamiers.mission.published import (
    fold_releases,
    identifiers,
    last_of_each,
    of_sources,
    releases,
    rows_of,
    within,
)
from pamiers.mission.state import filed

#: a place given anew with more digits is not a move
MOVED_M: Final = 100.0
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How a release differs from what stood before it, inside what it covers.

    Rows outside `covers` are counted apart, since absence says nothing there. A
    release that does not say what it covers is compared whole, and withdraws nothing.
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
        return asdict(self)


def changes(mission: Mission, name: str) -> Changes | None:
    """Return what a release changed; None where it is not on record.

    Args:
        mission: The mission.
        name: Name of the release.

    Returns:
        Counts against the releases of its sources published before it, whatever
        came first.
    """
    published = releases(mission)
    these = [each for each in published if each.release.name == name]
    if not these:
        return None
    sources = {source for each in these for source in each.sources}
    earlier = [
        each
        for each in published[: published.index(these[0])]
        if sources.intersection(each.sources)
    ]
    whole = concatenate(
        "observation", [b.table for b in filed(mission) if b.kind == "observation"]
    )
    stood, _ = fold_releases(whole, earlier)
    before = stood.where(of_sources(stood, sources))
    parts = [rows_of(whole, each) for each in these]
    after = last_of_each(concatenate("observation", parts))
    covers = [each.release.covers for each in these if each.release.covers]
    counted = _compare(before, after, covers)
    previous = earlier[-1].release.name if earlier else None
    return Changes(release=name, previous=previous, **counted)


def _compare(before: Table, after: Table, covers: Sequence[Interval]) -> dict[str, int]:
    first, second = before.columns, after.columns
    shared = first.join(
        second, keys=["source", "key"], join_type="inner", right_suffix="_after"
    )
    old, new = identifiers(first), identifiers(second)
    added = _mask(pc.invert(pc.is_in(new, value_set=old)))
    gone = _mask(pc.invert(pc.is_in(old, value_set=new)))
    inside, of_added = _covered(shared, covers), _covered(second, covers)
    differs = _differences(shared)
    changed = differs["count"] | differs["place"] | differs["start"]
    withdrawn = gone & _covered(first, covers) if covers else np.zeros(0, dtype=bool)
    return {
        "withdrawn": int(withdrawn.sum()),
        "added": int((added & of_added).sum()),
        "recounted": int((differs["count"] & inside).sum()),
        "moved": int((differs["place"] & inside).sum()),
        "redated": int((differs["start"] & inside).sum()),
        "added_outside": int((added & ~of_added).sum()),
        "changed_outside": int((changed & ~inside).sum()),
    }


def _mask(values: pa.Array | pa.ChunkedArray) -> Mask:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=bool)


def _covered(columns: pa.Table, covers: Sequence[Interval]) -> Mask:
    inside = np.full(columns.num_rows, not covers)
    for each in covers:
        inside |= np.asarray(within(columns, each).to_numpy(), dtype=bool)
    return inside


def _differences(shared: pa.Table) -> dict[str, Mask]:
    place = [
        shared.column(name).to_numpy()
        for name in ("lon", "lat", "lon_after", "lat_after")
    ]
    return {
        "count": _unequal(shared, "count"),
        "start": _unequal(shared, "start"),
        "place": distance_m(*place) > MOVED_M,
    }


def _unequal(shared: pa.Table, name: str) -> Mask:
    """Tell where two columns differ; not stated equals not stated, and nothing else."""
    old, new = shared.column(name), shared.column(f"{name}_after")
    same = pc.fill_null(pc.equal(old, new), fill_value=False)
    neither = pc.and_(pc.is_null(old), pc.is_null(new))
    return ~np.asarray(pc.or_(same, neither).to_numpy(), dtype=bool)
