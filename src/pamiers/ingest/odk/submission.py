"""One submission as flat answers, whatever the export it came in.

A path such as `g_place/where` names a question within its groups. Geopoints are four
numbers with spaces between (latitude, longitude, altitude, accuracy), as ODK and Kobo
write them; GeoJSON points of ODK Central become so too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pamiers.core.canonical import canonical_bytes
from pamiers.ingest.json_text import check_strict, plain_json
from pamiers.ingest.refusal import RefusedError

Answers = dict[str, str]
_NUMBER: Final = r"[+-]?\d{1,10}(?:\.\d{1,20})?"
_POINT: Final = re.compile(rf"{_NUMBER}(?: {_NUMBER}){{3}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission: its answers by path, and where it stands in the file."""

    number: int  #: from 1
    line: int
    answers: Answers
    raw: str


def is_point(text: str) -> bool:
    """Tell whether an answer is a geopoint."""
    return _POINT.fullmatch(text) is not None


def flattened(value: object) -> Answers:
    """Return the answers of a submission in JSON, by path.

    Args:
        value: An object; groups are objects within it, repeats are lists.

    Returns:
        Texts; a list is kept as its JSON.

    Raises:
        RefusedError: `Q-JSON`, `Q-NUM`: it is no object, or not strict JSON.
    """
    check_strict(value)
    if not isinstance(value, dict):
        raise RefusedError("Q-JSON", expected="a submission", got="something else")
    found: Answers = {}
    _flatten(value, "", found)
    return found


def _flatten(value: Mapping[str, object], above: str, found: Answers) -> None:
    for name, each in value.items():
        path = f"{above}{name}"
        if isinstance(each, dict) and (point := _geojson_point(each)):
            found[path] = point
        elif isinstance(each, dict):
            _flatten(each, f"{path}/", found)
        else:
            found[path] = _text(each)


def _geojson_point(value: Mapping[str, object]) -> str:
    at, more = value.get("coordinates"), value.get("properties")
    if value.get("type") != "Point" or not isinstance(at, list) or len(at) < 2:  # noqa: PLR2004 - longitude and latitude
        return ""
    accuracy = more.get("accuracy") if isinstance(more, dict) else None
    altitude = at[2] if len(at) > 2 else None  # noqa: PLR2004 - a point may have a height
    return " ".join(str(each or "0") for each in (at[1], at[0], altitude, accuracy))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):  # also a number, as its digits
        return str(value)
    return canonical_bytes(plain_json(value)).decode()


def numbers_of(point: str) -> tuple[str, str, float]:
    """Return latitude and longitude as written, and the accuracy [m].

    Args:
        point: A geopoint.

    Returns:
        Accuracy 0 where the point was put on the map by hand.
    """
    lat, lon, _, accuracy = point.split(" ")
    return lat, lon, float(accuracy)
