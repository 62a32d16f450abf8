"""Grid references of the Military Grid Reference System (MGRS), as squares.

A reference names a square, not a point: its digits say how large. The centre stands
for it, and half its diagonal is the radius.

Source: NGA.STND.0037, sections 3 and B; UTM through PROJ.
"""

# ruff: noqa: RUF001 - letters that look alike are the subject here

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyproj import Transformer

from pamiers.core.place import Area, Place
from pamiers.ingest.refusal import RefusedError, shown

_FORM: Final = re.compile(r"(\d{1,2})([A-Z])([A-Z])([A-Z])(\d*)", re.ASCII)
_NO_ZONE: Final = re.compile(r"([A-Z])([A-Z])(\d{2,10})", re.ASCII)
_BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS: Final = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")  # zone mod 3 = 0, 1, 2
_ROWS: Final = "ABCDEFGHJKLMNPQRSTUV"
_SQUARE_M: Final = 100_000
_CYCLE_M: Final = len(_ROWS) * _SQUARE_M
_FALSE_NORTHING_M: Final = 10_000_000
_BAND_DEG: Final = 8.0
_SOUTH_DEG: Final = -80.0
_LAST_ZONE: Final = 60
_MAX_DIGITS: Final = 10
#: Cyrillic letters that look like Latin ones
_LOOKALIKES: Final = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the grid: south-west corner in UTM, and side, in metres."""

    zone: int
    north: bool
    easting_m: float
    northing_m: float
    side_m: float


def parse_mgrs(text: str, zone: str | None = None) -> tuple[Place, tuple[str, ...]]:
    """Return the square that a grid reference names.

    Args:
        text: Such as `37UDP1234`, in either case, spaces allowed.
        zone: Zone and band, such as `37U`, of references that leave them out.

    Returns:
        Place with the square as its shape, and codes of what was assumed:
        `W-CONFUSABLE` for letters of another script, `W-COARSE` from 10 km up.

    Raises:
        RefusedError: `Q-MGRS`.
    """
    typed = "".join(text.split()).upper()
    latin = typed.translate(_LOOKALIKES)
    if zone is not None and _NO_ZONE.fullmatch(latin):
        typed, latin = zone + typed, zone + latin
    square = _square(latin, text)
    notes = ["W-CONFUSABLE"] if latin != typed else []
    if square.side_m >= 10_000:  # noqa: PLR2004 - metres
        notes.append("W-COARSE")
    return _place(square), tuple(notes)


def _square(latin: str, text: str) -> Square:
    found = _FORM.fullmatch(latin)
    if found is None:
        partial = _NO_ZONE.fullmatch(latin)
        wanted = "a zone before the square, such as 37U" if partial else "37UDP1234"
        raise _refused(text, wanted)
    zone, band, digits = int(found[1]), found[2], found[5]
    if not 1 <= zone <= _LAST_ZONE:
        raise _refused(text, "a zone from 1 to 60")
    if band not in _BANDS:
        raise _refused(text, "a band from C to X, without I and O")
    if len(digits) % 2 or len(digits) > _MAX_DIGITS:
        raise _refused(text, "an even number of digits, at most ten")
    column, row = _letters(found[3], found[4], zone, text)
    half = len(digits) // 2
    side = _SQUARE_M / 10**half
    east = column + int(digits[:half] or 0) * side
    north = row + int(digits[half:] or 0) * side
    return _in_band(Square(zone, band >= "N", east, north, side), band, text)


def _letters(column: str, row: str, zone: int, text: str) -> tuple[int, int]:
    """Return easting and northing of a square, the latter within its cycle [m]."""
    columns = _COLUMNS[zone % 3]
    if column not in columns:
        raise _refused(text, f"a column from {columns} in zone {zone}")
    if row not in _ROWS:
        raise _refused(text, "a row from A to V, without I and O")
    start = 0 if zone % 2 else 5
    north = (_ROWS.index(row) - start) % len(_ROWS) * _SQUARE_M
    return (columns.index(column) + 1) * _SQUARE_M, north


def _in_band(square: Square, band: str, text: str) -> Square:
    """Return a square in the cycle of rows that its band asks for."""
    south = _SOUTH_DEG + _BANDS.index(band) * _BAND_DEG
    height = _BAND_DEG if band != "X" else 12.0
    for cycle in range(_FALSE_NORTHING_M // _CYCLE_M + 1):
        north = square.northing_m + cycle * _CYCLE_M
        moved = Square(
            square.zone, square.north, square.easting_m, north, square.side_m
        )
        lats = [lat for _, lat in _ring(_hundred_km(moved))]
        if min(lats) < south + height and max(lats) > south:
            return moved
    raise _refused(text, f"a square that lies in band {band}")


def _hundred_km(square: Square) -> Square:
    """Return the square of 100 km that holds a square; bands are kept to that."""
    east = square.easting_m // _SQUARE_M * _SQUARE_M
    north = square.northing_m // _SQUARE_M * _SQUARE_M
    return Square(square.zone, square.north, east, north, _SQUARE_M)


@cache
def _from_utm(zone: int, *, north: bool) -> Transformer:
    code = (32_600 if north else 32_700) + zone
    return Transformer.from_crs(code, 4326, always_xy=True)


def _ring(square: Square) -> tuple[tuple[float, float], ...]:
    west, south, side = square.easting_m, square.northing_m, square.side_m
    corners = ((0, 0), (side, 0), (side, side), (0, side))
    return tuple(_to_degrees(square, west + x, south + y) for x, y in corners)


def _to_degrees(square: Square, east: float, north: float) -> tuple[float, float]:
    lon, lat = _from_utm(square.zone, north=square.north).transform(east, north)
    return round(float(lon), 7), round(float(lat), 7)


def _place(square: Square) -> Place:
    half = square.side_m / 2
    lon, lat = _to_degrees(square, square.easting_m + half, square.northing_m + half)
    return Place(
        lon=lon,
        lat=lat,
        radius_m=round(half * math.sqrt(2.0), 1),
        shape=Area(ring=_ring(square)),
    )


def _refused(text: str, expected: str) -> RefusedError:
    return RefusedError("Q-MGRS", expected=expected, got=shown(text))
