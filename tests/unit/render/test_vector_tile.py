"""Vector tiles, read by a decoder that is not ours: GDAL's."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pamiers.render.vector_tile import EXTENT, Attribute, point_tile

pyogrio = pytest.importorskip("pyogrio", reason="comes with geopandas, an extra")


def read(data: bytes, folder: Path) -> list[dict[str, Any]]:
    """Return what GDAL reads; its y grows to the north."""
    (folder / "t.mvt").write_bytes(data)
    found = pyogrio.read_dataframe(f"MVT:{folder / 't.mvt'}")
    return [
        {**row, "x": point.x, "y": EXTENT - point.y}
        for row, point in zip(
            found.drop(columns=["geometry", "mvt_id"]).to_dict("records"),
            found.geometry,
            strict=True,
        )
    ]


def test_gdal_reads_what_was_written(tmp_path: Path) -> None:
    x, y = np.array([0, 63, 64, 4095]), np.array([4095, 1, 300, 0])
    kinds = Attribute(values=["вибух", "shot"], index=np.array([1, 0, 0, 1]))
    counts = Attribute(values=[1, 300], index=np.array([0, 1, -1, 0]))
    told = point_tile("marks", x, y, {"kind": kinds, "n": counts})
    rows = read(told, tmp_path)
    seen = {(row["x"], row["y"]): (row["kind"], row["n"]) for row in rows}
    assert len(seen) == 4
    assert seen[0, 4095] == ("shot", 1)
    assert seen[63, 1] == ("вибух", 300)
    assert seen[4095, 0] == ("shot", 1)
    assert seen[64, 300][0] == "вибух"
    assert np.isnan(seen[64, 300][1])


def test_many_values_keep_their_points(tmp_path: Path) -> None:
    count = 20_000
    at = np.arange(count)
    keys = Attribute(values=[f"{each:016x}" for each in at.tolist()], index=at)
    told = point_tile("marks", at % EXTENT, at // EXTENT, {"key": keys})
    rows = read(told, tmp_path)
    assert len(rows) == count
    for row in rows[:: count // 7]:
        number = int(str(row["key"]), 16)
        assert (row["x"], row["y"]) == (number % EXTENT, number // EXTENT)


def test_no_points_are_an_empty_tile() -> None:
    nothing = np.array([], dtype=np.int64)
    assert point_tile("marks", nothing, nothing, {}) == b""


def test_points_may_state_nothing(tmp_path: Path) -> None:
    told = point_tile("marks", np.array([5]), np.array([7]), {})
    (tmp_path / "t.mvt").write_bytes(told)
    found = pyogrio.read_dataframe(f"MVT:{tmp_path / 't.mvt'}")
    assert [(p.x, EXTENT - p.y) for p in found.geometry] == [(5, 7)]
