"""What a field format makes of a file: rows, refusals, and the account of both.

The port between `ingest`, which implements `Format`, and `record`, which files
a `Reading`. A *row* here is what the file calls one (a line of a table, a
feature, a sentence); one row may give several rows of the record, or a
`Statement` where it carries no quantity, but never nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pamiers.core.instant import Interval
from pamiers.core.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """One row that was not understood, kept whole with the way to mend it.

    Codes start with `Q-` (a row) or `F-` (the whole file, as `row` 0).
    """

    row: int  #: logical row, from 1 after the header; 0 for the whole file
    line: int  #: physical line where it starts, from 1
    column: str | None  #: name of the offending column
    code: str  #: such as `Q-TIME-NOZONE`; listed in docs/reference
    message: str  #: expected ..., got ...
    remedy: str  #: what to do, in one imperative sentence
    raw: str  #: the row as received, cut at 32 kB


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark on an accepted row or on the file; codes start with `W-`."""

    code: str
    message: str
    row: int | None = None
    line: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A named release of a source that publishes corrected versions of itself.

    Invariant: releases of a source order by `released_on`, never by arrival;
    a row absent from a release is withdrawn only inside `covers`.
    """

    name: str
    released_on: date
    covers: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a reader may know besides the bytes; nothing here is guessed."""

    file_name: str  #: for messages
    time_zone: str | None = None  #: zone of times without one, where stated
    cut_off: time = time(0, 0)  #: end of the mission's reporting day
    mapping: str | None = None  #: text of the mapping file (YAML)
    places: str | None = None  #: text of the gazetteer (`places.csv`)
    source: str | None = None  #: id of the source, where the file does not say
    bounds: tuple[float, float, float, float] | None = None
    #: west, south, east, north of the mission area [deg]
    parties: tuple[str, ...] = ()  #: party ids of the agreement
    release: Release | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was in a file.

    Invariants: every row read is accepted or quarantined, so `rows_read` is the
    number of distinct accepted rows plus `len(quarantined)`; `origins[kind][i]`
    is (row, line) of row `i` of `tables[kind]`.
    """

    tables: Mapping[str, Table]
    origins: Mapping[str, NDArray[np.int64]]  #: shape (n, 2): row, physical line
    rows_read: int
    quarantined: tuple[Quarantined, ...] = ()
    notes: tuple[Note, ...] = ()
    header: int = 0  #: header and furniture lines: metadata, not rows
    counts: Mapping[str, int] = field(default_factory=dict)  #: rows by category
    truncated: bool = False  #: the file ended in the middle of a row


class Format(Protocol):
    """A field format: detect whether bytes are of it, and read them.

    Registered under the entry-point group `pamiers.formats`.
    """

    @property
    def name(self) -> str:
        """Return the name used on the command line."""

    def detect(self, head: bytes) -> bool:
        """Tell whether bytes look like this format, from their beginning."""

    def read(self, data: bytes, options: ReadOptions) -> Reading:
        """Read bytes whole; what is not understood is quarantined, not raised."""
