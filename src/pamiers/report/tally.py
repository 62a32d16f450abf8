"""How many events rows stand for: at least, at best, at most.

A source's total of ceasefire violations counts explosions, impacts, bursts,
shots and rounds in flight. Rows that an illustration added are never counted.
"""

import json
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pamiers.core.kind import is_a, members
from pamiers.core.table import Table

Counts = NDArray[np.int64]

#: what a published total of a kind counts; a count of deaths is another matter
COUNTED: Final = {
    "ceasefire_violation": members(["fire"]) - {"fatal_violence"},
    "explosion": frozenset({"explosion", "impact"}),
}
#: rows so unspecific that some of what they count may be of the kind
UNSPECIFIC: Final = frozenset({"fire", "ceasefire_violation", "fire_at_monitor"})


def counted_kinds(kind: str) -> frozenset[str]:
    """Return the kinds of row that a total of a kind surely counts."""
    return COUNTED.get(kind, members([kind]))


def perhaps_kinds(kind: str) -> frozenset[str]:
    """Return the kinds of row that may hold some of what a total counts."""
    return UNSPECIFIC - counted_kinds(kind) if is_a(kind, "fire") else frozenset()


@dataclass(frozen=True, slots=True)
class Tally:
    """Number of events per row: least, best, most; shape (n,) each."""

    low: Counts
    best: Counts
    high: Counts
    without: NDArray[np.bool_]  #: rows that state no figure at all


def tally(table: Table) -> Tally:
    """Return what rows with counts stand for; a row without a figure adds 0."""
    stated = [table.columns[name] for name in ("count_low", "count", "count_high")]
    low, best, high = stated
    best = pc.coalesce(best, low, high)
    least = pc.coalesce(low, best)
    most = pc.coalesce(high, best)
    return Tally(_whole(least), _whole(best), _whole(most), _empty(best))


def counted(table: Table) -> Table:
    """Return the rows that may be counted: none marked as an illustration."""
    table = Table(table.kind, table.columns.combine_chunks())
    extra = table.columns["extra"]
    suspects = np.flatnonzero(
        pc.fill_null(pc.match_substring(extra, "illustrative"), fill_value=False)
    )
    marked = [int(i) for i in suspects if _illustrative(extra[int(i)].as_py())]
    if not marked:
        return table
    keep = np.ones(len(table), dtype=bool)
    keep[marked] = False
    return table.where(pa.array(keep))


def _illustrative(extra: str) -> bool:
    return json.loads(extra).get("illustrative") not in (None, False, "", "no", "false")


def _whole(column: pa.ChunkedArray) -> Counts:
    return np.asarray(pc.fill_null(column, 0).to_numpy(), dtype=np.int64)


def _empty(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), dtype=bool)
