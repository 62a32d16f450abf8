"""A point of the globe as an agreement names it: `47.67 N, 38.08 E`."""

import re
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import MalformedAgreementError

_FORM: Final = re.compile(
    r"(\d{1,2}(?:\.\d{1,9})?)\s*([NS])\s*,\s*(\d{1,3}(?:\.\d{1,9})?)\s*([EW])"
)
_MOST_LAT: Final = 90.0
_MOST_LON: Final = 180.0


@dataclass(frozen=True, slots=True)
class Position:
    """A point, WGS84 (EPSG:4326) [deg]."""

    lon: float
    lat: float

    def __str__(self) -> str:
        """Return the point as an agreement writes it."""
        south, west = self.lat < 0, self.lon < 0
        lat = f"{_said(self.lat)} {'S' if south else 'N'}"
        return f"{lat}, {_said(self.lon)} {'W' if west else 'E'}"


def _said(degrees: float) -> str:
    return f"{abs(degrees):.9f}".rstrip("0").rstrip(".")


def parse_position(text: str) -> Position:
    """Return the point that text such as `47.67 N, 38.08 E` states.

    Raises:
        MalformedAgreementError: Another form, or off the globe.

    Examples:
        >>> parse_position("47.67 N, 38.08 E")
        Position(lon=38.08, lat=47.67)
    """
    found = _FORM.fullmatch(text.strip())
    lat, lon = (float(found[1]), float(found[3])) if found else (999.0, 999.0)
    if found is None or lat > _MOST_LAT or lon > _MOST_LON:
        raise MalformedAgreementError(
            "position",
            expected="a point such as '47.67 N, 38.08 E'",
            got=repr(text),
            remedy="Write latitude with N or S, a comma, longitude with E or W.",
        )
    return Position(-lon if found[4] == "W" else lon, -lat if found[2] == "S" else lat)
