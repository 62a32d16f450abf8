"""A mission in memory, and readings made by hand, for tests."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

import numpy as np

from pamiers.core.rows import Observation, Row
from pamiers.core.table import table_of
from pamiers.mission.mission import Mission
from pamiers.mission.reading import Quarantined, Reading, ReadOptions, Release
from pamiers.mission.record import Receipt, Submission, record
from pamiers.store.memory import MemoryOriginals, MemoryProjections, MemoryRecord

NOW = datetime(2020, 8, 10, tzinfo=UTC)
DAY = datetime(2020, 7, 27, 9, 0, tzinfo=UTC)


def mission() -> Mission:
    """Return an empty mission in memory whose salts can be told apart."""
    numbers = count(1)
    return Mission(
        name="test",
        record=MemoryRecord(),
        originals=MemoryOriginals(),
        projections=MemoryProjections(),
        entropy=lambda n: next(numbers).to_bytes(n, "big"),
    )


def seen(key: str, **fields: object) -> Observation:
    """Return an observation with defaults for what a test does not care about."""
    given: dict[str, object] = {
        "source": "patrol",
        "start": DAY,
        "end": DAY + timedelta(minutes=1),
        "kind": "explosion",
        "lon": 37.8,
        "lat": 48.0,
        "radius_m": 1000.0,
        **fields,
    }
    return Observation(key=key, **given)  # type: ignore[arg-type]


def reading(
    rows: Sequence[Row], refused: Sequence[Quarantined] = (), kind: str = "observation"
) -> Reading:
    """Return a reading of one row of the file for each row of the record."""
    n = len(rows)
    return Reading(
        tables={kind: table_of(kind, rows)},
        origins={kind: np.column_stack((np.arange(1, n + 1), np.arange(2, n + 2)))},
        rows_read=n + len(refused),
        quarantined=tuple(refused),
    )


def file(
    to: Mission,
    what: Reading,
    *,
    data: bytes = b"file",
    release: Release | None = None,
    now: datetime = NOW,
) -> Receipt:
    """File a reading and return its receipt."""
    options = ReadOptions(file_name="rows.csv", release=release)
    submission = Submission(
        data=data, format="pamiers-csv", options=options, reading=what
    )
    return record(to, submission, now=now)
