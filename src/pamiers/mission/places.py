"""The gazetteer of an agreement's folder, as names for positions in reports."""

import csv
import io
import unicodedata
from typing import Final

from pamiers.report.message import named
from pamiers.report.places import NamedPlace

#: how early a map labels a place of a kind; others are only used in words
IMPORTANCE: Final = {"city": 3, "town": 2, "village": 1}


def read_places(text: str) -> tuple[NamedPlace, ...]:
    """Return the places of `places.csv`, in the order of the file.

    Args:
        text: Columns name, aliases (joined by `|`), lat, lon, radius_m, kind.

    Returns:
        Places with their English name and, where an alias is in Cyrillic, that as
        the Ukrainian one.
    """
    return tuple(
        NamedPlace(
            name=named(_names(row["name"], row["aliases"]), row["name"]),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            importance=IMPORTANCE.get(row["kind"], 0),
        )
        for row in csv.DictReader(io.StringIO(text))
    )


def _names(name: str, aliases: str) -> dict[str, str]:
    names = {"en": name}
    for alias in aliases.split("|"):
        if alias and unicodedata.name(alias[0], "").startswith("CYRILLIC"):
            names.setdefault("uk", alias)
    return names
