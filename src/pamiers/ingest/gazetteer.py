"""Names of places to positions, with ambiguity shown and never guessed.

A gazetteer is a table (`places.csv`: name, aliases joined by `|`, lat, lon,
radius_m, kind, source). Look-up ignores case, accents, apostrophes, hyphens and
the usual differences of transliteration; it returns every place of that name. A
name that several places bear is decided only by what the text itself states, a
bearing and distance from a town, and only when exactly one place agrees.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import MalformedSourceError, Where
from pamiers.core.geodesy import bearing_deg, distance_m
from pamiers.core.place import Place, Sector, in_sector

COLUMNS: Final = ("name", "aliases", "lat", "lon", "radius_m", "kind", "source")
#: A published distance is whole kilometres from a town's middle, taken by hand.
DISTANCE_SLACK_M: Final = 3_000.0
DISTANCE_SLACK_SHARE: Final = 0.12
BEARING_SLACK_DEG: Final = 30.0  #: the Mission rounds to eight winds, not always well
WIND_DEG: Final = 22.5  #: half of one of eight winds
_WEIGHT: Final = {"city": 3, "town": 2}
_FOLDS: Final = (
    ("shch", "sc"),
    ("sch", "sc"),
    ("zgh", "zh"),
    ("kh", "h"),
    ("g", "h"),
    ("iy", "i"),
    ("yi", "i"),
    ("yy", "i"),
    ("ij", "i"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("ye", "e"),
    ("ie", "e"),
    ("yo", "o"),
    ("io", "o"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("oe", "e"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """One named place of a gazetteer, WGS84 degrees."""

    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    radius_m: float  #: radius that holds what the name means, 95 in 100 [m]
    kind: str  #: city, town, village, facility
    source: str  #: where the position comes from

    def place(self) -> Place:
        """Return its position with its uncertainty."""
        return Place(lon=self.lon, lat=self.lat, radius_m=self.radius_m, name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What a text says of a place: so far, in that direction, from a town."""

    name: str
    bearing_deg: float  #: clockwise from north [deg]
    distance_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a name came to.

    Invariant: `place` is given exactly for `named`, `chosen` and `computed`.
    How: named (one place bears the name), chosen (of several, one agrees with
    the stated bearing), computed (laid off from the town), ambiguous,
    unknown. A known name that the text puts elsewhere is another place of that
    name: it is computed, and the known ones stay among the candidates. So is
    what a town is said to lie away from itself: a station or an airport of it.
    """

    name: str
    how: str
    candidates: tuple[Settlement, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by name; `read_gazetteer` makes one."""

    exact: Mapping[str, tuple[Settlement, ...]]
    folded: Mapping[str, tuple[Settlement, ...]]

    def find(self, name: str) -> tuple[Settlement, ...]:
        """Return every place of a name, in the order of the table.

        Args:
            name: As written: `Avdiyivka` finds Avdiivka.

        Returns:
            All candidates: by spelling where any matches, else by sound; empty
            for an unknown name.
        """
        return self.exact.get(plain(name)) or self.folded.get(fold(name), ())

    def resolve(self, name: str, near: Near | None = None) -> Resolution:
        """Return what a name means, with the help of what the text states.

        Args:
            name: Name as written.
            near: Bearing and distance from a town, when the text gives them.

        Returns:
            One place, or every candidate and why none was chosen.
        """
        found = self.find(name)
        anchor = self._anchor(near) if near is not None else None
        if near is not None and anchor is not None:
            if anchor in found and near.distance_m > 0:
                place = laid_off(name, anchor, near)
                return Resolution(
                    name=name, how="computed", candidates=found, place=place
                )
            return _with_anchor(name, found, anchor, near)
        if len(found) == 1:
            how, place = "named", found[0].place()
            return Resolution(name=name, how=how, candidates=found, place=place)
        how = "ambiguous" if found else "unknown"
        return Resolution(name=name, how=how, candidates=found)

    def _anchor(self, near: Near) -> Settlement | None:
        """Return the town a bearing is taken from: the largest of its name."""
        found = sorted(self.find(near.name), key=_rank)
        rival = len(found) > 1 and _rank(found[0]) == _rank(found[1])
        return None if not found or rival else found[0]


def _rank(one: Settlement) -> int:
    """Return how a place ranks among namesakes, the largest first."""
    return -_WEIGHT.get(one.kind, 0)


def plain(name: str) -> str:
    """Return a name without case, accents, apostrophes, hyphens and spaces.

    Examples:
        >>> plain("Zolote-5/Mykhailivka"), plain("Horl\u2019vka")
        ('zolote5mykhailivka', 'horlvka')
    """
    wide = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in wide if not unicodedata.combining(c))
    return re.sub(r"[^\w]|_", "", unicodedata.normalize("NFC", bare))


def fold(name: str) -> str:
    """Return how a name sounds: transliterations of one name give one fold.

    Examples:
        >>> fold("Avdiyivka") == fold("Avdiivka"), fold("Gorlivka") == fold("Horlivka")
        (True, True)
    """
    out = plain(name)
    for old, new in _FOLDS:
        out = out.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", out)


def read_gazetteer(text: str, source: str = "places.csv") -> Gazetteer:
    """Return the gazetteer of a table.

    Args:
        text: The table, with a header of `COLUMNS`.
        source: What to name in an error.

    Returns:
        A gazetteer; an empty table gives one that knows no name.

    Raises:
        MalformedSourceError: A column is missing or a figure cannot be read.
    """
    rows = csv.DictReader(io.StringIO(text))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise MalformedSourceError(
            Where(source, line=1),
            expected=f"the columns {', '.join(COLUMNS)}",
            got=f"none called {', '.join(missing)}",
            remedy="Add them to the header.",
        )
    settlements = [_settlement(row, source, n) for n, row in enumerate(rows, start=2)]
    return Gazetteer(_index(settlements, plain), _index(settlements, fold))


def _settlement(row: Mapping[str, str], source: str, line: int) -> Settlement:
    """Return one row of the table."""
    try:
        return Settlement(
            name=row["name"],
            kind=row["kind"],
            source=row["source"],
            aliases=tuple(a for a in row["aliases"].split("|") if a),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius_m=float(row["radius_m"]),
        )
    except (TypeError, ValueError) as error:
        raise MalformedSourceError(
            Where(source, line=line),
            expected="numbers for lat, lon and radius_m",
            got=f"{row.get('lat')!r}, {row.get('lon')!r}, {row.get('radius_m')!r}",
            remedy="Write decimal degrees and metres.",
        ) from error


def _index(
    settlements: Iterable[Settlement], key: Callable[[str], str]
) -> dict[str, tuple[Settlement, ...]]:
    """Return settlements by every name they bear, each once per name."""
    out: dict[str, tuple[Settlement, ...]] = {}
    for one in settlements:
        for name in dict.fromkeys(key(n) for n in (one.name, *one.aliases)):
            out[name] = (*out.get(name, ()), one)
    return out


def agrees(one: Settlement, anchor: Settlement, near: Near) -> bool:
    """Return whether a place lies where a text says, within its rounding."""
    away = distance_m(anchor.lon, anchor.lat, one.lon, one.lat).item()
    slack = max(DISTANCE_SLACK_M, DISTANCE_SLACK_SHARE * near.distance_m)
    slack += one.radius_m / 2
    if abs(away - near.distance_m) > slack:
        return False
    if near.distance_m <= anchor.radius_m:
        return True
    bearing = bearing_deg(anchor.lon, anchor.lat, one.lon, one.lat).item()
    turn = abs((bearing - near.bearing_deg + 180.0) % 360.0 - 180.0)
    return turn <= BEARING_SLACK_DEG + 57.3 * slack / max(near.distance_m, 1.0)


def _with_anchor(
    name: str, found: tuple[Settlement, ...], anchor: Settlement, near: Near
) -> Resolution:
    """Return what a name and a stated bearing come to together."""
    fitting = tuple(one for one in found if agrees(one, anchor, near))
    if len(fitting) == 1:
        how = "named" if len(found) == 1 else "chosen"
        place = fitting[0].place()
        return Resolution(name=name, how=how, candidates=found, place=place)
    if fitting:
        return Resolution(name=name, how="ambiguous", candidates=fitting)
    place = laid_off(name, anchor, near)
    return Resolution(name=name, how="computed", candidates=found, place=place)


def laid_off(name: str, anchor: Settlement, near: Near) -> Place:
    """Return the place that lies so far in that direction from a town.

    Returns:
        A sector one wind wide, as deep as the rounding of the distance.
    """
    slack = max(1_000.0, 0.05 * near.distance_m)
    sector = Sector(
        origin_lon=anchor.lon,
        origin_lat=anchor.lat,
        bearing_from_deg=(near.bearing_deg - WIND_DEG) % 360.0,
        bearing_to_deg=(near.bearing_deg + WIND_DEG) % 360.0,
        distance_from_m=max(0.0, near.distance_m - slack),
        distance_to_m=near.distance_m + slack,
    )
    return in_sector(sector, name=name)
