"""What lies decades or continents apart is solved by itself, and fuses alike."""

from datetime import timedelta

import numpy as np

from pamiers.core.rows import Observation
from pamiers.fusion.islands import MOST_CELLS, islands
from pamiers.fusion.plane import Plane
from pamiers.fusion.reports import reports_of
from tests.unit.fusion.small import MODEL, NOON, groups, seen, table

YEAR = timedelta(days=365)


def scattered() -> list[Observation]:
    """Return pairs of reports over forty years and four thousand kilometres."""
    found = []
    for i in range(20):
        at = NOON - i * 2 * YEAR
        told = {"start": at, "end": at + timedelta(minutes=1)}
        found += [
            seen(source, str(i), lon=10.0 + 3 * i + off, **told)
            for source, off in (("a", 0.0), ("b", 0.002))
        ]
    return found


def test_islands_hold_every_report_once_and_none_that_bears_on_another() -> None:
    reports = reports_of(table(scattered()), MODEL)
    at = np.arange(len(reports))
    columns = reports.columns(at, ["a", "b"], (), Plane(lon=40.0, lat=50.0))
    parts = islands(columns)
    assert len(parts) == 20
    assert sorted(np.concatenate(parts).tolist()) == at.tolist()
    assert all(len(part) == 2 for part in parts)


def test_a_small_box_is_one_island() -> None:
    reports = reports_of(table([seen("a"), seen("b", lon=38.5)]), MODEL)
    columns = reports.columns(np.arange(2), ["a", "b"], (), Plane(lon=40.0, lat=50.0))
    assert [part.tolist() for part in islands(columns)] == [[0, 1]]
    assert MOST_CELLS > 0


def test_far_apart_they_fuse_as_each_pair_does_alone() -> None:
    rows = scattered()
    alone = set()
    for i in range(0, len(rows), 2):
        alone |= groups(*rows[i : i + 2])
    assert groups(*rows) == alone == {f"a:{i}; b:{i}" for i in range(20)}
