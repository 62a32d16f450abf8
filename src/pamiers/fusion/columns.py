"""Reports as plain columns on a plane: what calibration and solving take.

A mission's observations and a benchmark's arrays are both brought into this form.
Nothing here is named: sources, labels, kinds and sides are numbers, so that no rule
can favour one by its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.core.errors import UnknownTermError
from pamiers.fusion.loops.state import INTERVAL_S

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: the columns in which the very same report agrees, whenever it was received
REPORTED: Final = (
    *("x", "y", "sigma_m", "start_s", "end_s"),
    *("source", "label", "count", "side"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Reports; all arrays have shape (n,).

    Invariants: `end_s > start_s`; `sigma_m > 0`; `source` counts from 0; `label` is -1
    where a source gives none, else the number of one of its own labels; `count` is 0
    where none is stated; `side` is -1 where none is, else 0 or 1.
    """

    x: Floats  #: easting on a plane [m]
    y: Floats  #: northing [m]
    sigma_m: Floats  #: stated standard deviation along each axis [m]
    start_s: Floats
    end_s: Floats
    received_s: Floats
    source: Ints
    label: Ints
    count: Ints
    side: Ints

    def __len__(self) -> int:
        """Return the number of reports."""
        return len(self.x)

    def take(self, at: Ints) -> "Columns":
        """Return some reports, in the order asked for."""
        names = self.__dataclass_fields__
        return Columns(**{name: getattr(self, name)[at] for name in names})

    @property
    def middle_s(self) -> Floats:
        """Return the middle of each interval [s]."""
        return (self.start_s + self.end_s) / 2.0

    @property
    def by_interval(self) -> Mask:
        """Tell which are dated by an interval only."""
        return self.end_s - self.start_s > INTERVAL_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """What the labels of sources may mean.

    Invariant: `rows` has one row per source and label, the row of no label first in
    each source; rows sum to 1.
    """

    kinds: int
    rows: Floats  #: P(kind | source, label) before anything is learned, (rows, kinds)
    weight: Floats  #: how many reports that is worth, shape (rows,)
    offset: Ints  #: row of "no label" of each source, shape (sources,)

    @property
    def sources(self) -> int:
        """Return the number of sources."""
        return len(self.offset)


def taxonomy_of(
    kinds: int, priors: Sequence[Floats], weights: Sequence[Floats]
) -> Taxonomy:
    """Return the taxonomy of sources, each with a prior per label.

    Args:
        kinds: How many kinds there are.
        priors: For each source P(kind | label), shape (labels, kinds).
        weights: For each source how many reports each row is worth, shape (labels,).

    Returns:
        The taxonomy; a row of even chances is put before each source's labels.

    Raises:
        UnknownTermError: No kinds, or rows of another width.
    """
    if kinds < 1 or any(each.ndim != 2 or each.shape[1] != kinds for each in priors):  # noqa: PLR2004 - a figure plain in its place
        raise UnknownTermError(
            "taxonomy",
            expected=f"rows of {kinds} kinds for every source, at least one",
            got=", ".join(str(each.shape) for each in priors),
            remedy="Give a chance for each kind; even ones where nothing is known.",
        )
    even = np.full((1, kinds), 1.0 / kinds)
    sizes = [len(each) + 1 for each in priors]
    rows = [part for each in priors for part in (even, each)]
    worth = [part for each in weights for part in (np.ones(1), each)]
    return Taxonomy(
        kinds=kinds,
        rows=np.concatenate(rows) if rows else even[:0],
        weight=np.concatenate(worth) if worth else np.empty(0),
        offset=np.cumsum([0, *sizes[:-1]]).astype(np.int64),
    )


def columns_of_none() -> Columns:
    """Return columns without a row."""
    floats, ints = np.empty(0), np.empty(0, dtype=np.int64)
    return Columns(
        x=floats,
        y=floats,
        sigma_m=floats,
        start_s=floats,
        end_s=floats,
        received_s=floats,
        source=ints,
        label=ints,
        count=ints,
        side=ints,
    )


def joined(parts: Sequence[Columns]) -> Columns:
    """Return the rows of several, one after another; none for none."""
    every = [columns_of_none(), *parts]
    names = Columns.__dataclass_fields__
    return Columns(
        **{name: np.concatenate([getattr(p, name) for p in every]) for name in names}
    )
