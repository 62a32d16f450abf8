"""The gazetteer of an agreement's folder, as names for positions in reports."""

import csv
import io
import math
import unicodedata
from typing import Final

from pamiers.core.errors import MalformedAgreementError, Where
from pamiers.report.message import named
from pamiers.report.places import NamedPlace

COLUMNS: Final = ("name", "aliases", "lat", "lon", "radius_m", "kind", "source")
_MAX_LAT: Final = 90.0
_MAX_LON: Final = 180.0
#: how early a map labels a place of a kind; others are only used in words
IMPORTANCE: Final = {"city": 3, "town": 2, "village": 1}


def read_places(text: str) -> tuple[NamedPlace, ...]:
    """Return the places of `places.csv`, in the order of the file.

    Args:
        text: Columns name, aliases (joined by `|`), lat, lon, radius_m, kind,
            source.

    Returns:
        Places with their English name and, where an alias is in Cyrillic, that as
        the Ukrainian one; none for a file without a line.

    Raises:
        MalformedAgreementError: A column is missing, a row is cut short, or a
            position is none.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = sorted(set(COLUMNS).difference(reader.fieldnames or COLUMNS))
    if missing:
        raise _malformed(1, f"the columns {', '.join(COLUMNS)}", "no " + missing[0])
    return tuple(_place(row, reader.line_num) for row in reader)


def _place(row: dict[str, str | None], line: int) -> NamedPlace:
    name, aliases, kind = (row[column] for column in ("name", "aliases", "kind"))
    if not name or aliases is None or kind is None:
        raise _malformed(line, "a cell for each column", "fewer")
    numbers = [_number(row[column], line) for column in ("lon", "lat", "radius_m")]
    lon, lat, radius = numbers
    # A place refuses what lies off the globe; the message would name no line.
    if not (abs(lon) <= _MAX_LON and abs(lat) <= _MAX_LAT and 0 < radius < math.inf):
        raise _malformed(line, "a point on the globe and a radius", str(numbers))
    return NamedPlace(
        name=named(_names(name, aliases), name),
        lon=lon,
        lat=lat,
        importance=IMPORTANCE.get(kind, 0),
    )


def _number(text: str | None, line: int) -> float:
    try:
        return float(text or "")
    except ValueError as error:
        raise _malformed(line, "numbers in degrees and metres", repr(text)) from error


def _malformed(line: int, expected: str, got: str) -> MalformedAgreementError:
    return MalformedAgreementError(
        Where("places.csv", line=line),
        expected=expected,
        got=got,
        remedy="Correct the line, or leave the file out.",
    )


def _names(name: str, aliases: str) -> dict[str, str]:
    names = {"en": name}
    for alias in aliases.split("|"):
        if alias and unicodedata.name(alias[0], "").startswith("CYRILLIC"):
            names.setdefault("uk", alias)
    return names
