"""The lie of the land as heights on a grid, and who sees what over it.

Heights are of the ground [m] in cells of equal degrees (EPSG:4326). A line of sight is
straight; the earth falls away below it by d1 d2 / 2R. Refraction, trees and houses are
not reckoned with: put them into the heights.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.core.errors import MalformedAgreementError, Where
from pamiers.core.geodesy import distance_m
from pamiers.deterrence.margins import Figures

FILE: Final = "terrain.asc"
_HEAD: Final = ("ncols", "nrows", "xllcorner", "yllcorner", "cellsize")
_SAMPLES: Final = 64  #: along a line of sight
_EARTH_M: Final = 6_371_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terrain:
    """Heights [m], row 0 the southernmost; nowhere is there a gap."""

    west: float
    south: float
    cell_deg: float
    heights_m: Figures  #: (rows, columns)

    def at(self, lon: Figures, lat: Figures) -> Figures:
        """Return the height of the cell that each point lies in; the nearest beyond."""
        rows, columns = self.heights_m.shape
        x = np.clip((lon - self.west) // self.cell_deg, 0, columns - 1).astype(int)
        y = np.clip((lat - self.south) // self.cell_deg, 0, rows - 1).astype(int)
        return np.asarray(self.heights_m[y, x])


def read_terrain(text: str) -> Terrain:
    """Return the heights that an ESRI ASCII grid states.

    Args:
        text: The text of `terrain.asc`: five lines of head, then rows north to south.

    Returns:
        The terrain.

    Raises:
        MalformedAgreementError: Another form, a gap, or too few figures.
    """
    lines = text.splitlines()
    head: dict[str, float] = {}
    for number, line in enumerate(lines[: len(_HEAD)], 1):
        name, _, value = line.strip().lower().partition(" ")
        if name not in _HEAD or not _is_number(value.strip()):
            _refuse(number, f"one of {', '.join(_HEAD)} and a number", line)
        head[name] = float(value)
    if len(head) < len(_HEAD) or head["cellsize"] <= 0:
        _refuse(1, f"{', '.join(_HEAD)}, the last above 0", "less")
    start = len(_HEAD)
    if len(lines) > start and lines[start].strip().lower().startswith("nodata"):
        start += 1
    words = " ".join(lines[start:]).split()
    if len(words) != int(head["ncols"]) * int(head["nrows"]):
        _refuse(start + 1, "ncols times nrows heights", f"{len(words)} of them")
    bad = next((each for each in words if not _is_number(each)), None)
    if bad is not None:
        _refuse(start + 1, "heights in metres", bad)
    rows = np.array(words, dtype=np.float64).reshape(int(head["nrows"]), -1)
    return Terrain(
        west=head["xllcorner"],
        south=head["yllcorner"],
        cell_deg=head["cellsize"],
        heights_m=rows[::-1],
    )


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text))) and float(text) > -1000.0  # noqa: PLR2004 - lower is a mark of no data
    except ValueError:
        return False


def _refuse(line: int, expected: str, got: str) -> None:
    raise MalformedAgreementError(
        Where(FILE, line=line),
        expected=expected,
        got=repr(got[:40]),
        remedy="Write an ESRI ASCII grid without gaps, in degrees and metres.",
    )


def visible(
    terrain: Terrain, eyes: Figures, points: Figures, height_m: float
) -> Figures:
    """Tell which points can be seen from which eyes.

    Args:
        terrain: The heights.
        eyes: Places of the eyes, lon lat, shape (s, 2) [deg].
        points: What is looked at, on the ground, lon lat, shape (n, 2) [deg].
        height_m: Of the eyes above the ground [m].

    Returns:
        1 where nothing stands between, else 0; shape (s, n).
    """
    share = (np.arange(1, _SAMPLES) / _SAMPLES)[:, None]
    foot = terrain.at(points[:, 0], points[:, 1])
    seen = np.empty((len(eyes), len(points)))
    for i, (lon, lat) in enumerate(eyes.tolist()):
        top = float(terrain.at(np.array([lon]), np.array([lat]))[0]) + height_m
        between = terrain.at(
            lon + share * (points[:, 0] - lon), lat + share * (points[:, 1] - lat)
        )
        away = distance_m(lon, lat, points[:, 0], points[:, 1])
        fallen = share * (1.0 - share) * away**2 / (2.0 * _EARTH_M)
        line = top + share * (foot - top) - fallen
        seen[i] = np.all(between <= line + 1e-6, axis=0)
    return seen
