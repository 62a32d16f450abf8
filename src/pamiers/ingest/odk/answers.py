"""What the answers of a submission become: cells under the names of a row's fields.

Answers of the mission's own form are put together (a count and how it was meant, a
beginning and an end); others keep their names, for a mapping. What tells who collected,
or where the phone was, is left out unless a mapping asks for it.
"""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import MalformedSourceError
from pamiers.core.instant import format_instant, parse_instant
from pamiers.core.place import Sector, in_sector
from pamiers.core.rows import shape_text
from pamiers.ingest.odk.submission import Answers, Submission, is_point, numbers_of
from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.rows.loose import Cells, LooseRow
from pamiers.ingest.values.numbers import PLAIN, parse_number
from pamiers.mission.field_form import (
    BEGIN,
    CENTRE_M,
    COMPASS_DEG,
    COUNT,
    COUNT_MANNER,
    FROM,
    OBSERVER,
    ROW,
    TIME_MANNER,
    UNTIL,
    WHERE,
)

#: parts of a geopoint, as columns that a mapping can name
PARTS: Final = ("Latitude", "Longitude", "Accuracy")
#: a phone gives the radius that holds 68 % (Android, Location.getAccuracy); of a normal
#: error in two dimensions the one for 95 % is this many times as long
TO_95: Final = 1.622
#: "about ten past" is so much to either side
_ABOUT: Final = timedelta(minutes=10)
#: when the form was filled in, which is not when it happened
_FILLED_IN: Final = frozenset({"start", "end", "today"})
#: largest figures of the form that reckoning takes
_MOST: Final = {
    "from_lat": 90,
    "from_lon": 180,
    "bearing_deg": 360,
    "distance_km": 50,
    "radius_km": 50,
}
_MINUTE: Final = timedelta(minutes=1)
#: where the identifier is found, the one that corrections keep first
_IDS: Final = (
    *("meta/rootUuid", "meta-rootUuid", "meta/deprecatedID", "meta-deprecatedID"),
    *("__id", "KEY", "meta/instanceID", "meta-instanceID", "instanceID", "_uuid"),
)
#: who collected, and of the server's own accounts; nothing of what was seen
_OF_THE_SERVER: Final = frozenset(
    {
        *("deviceid", "device_id", "subscriberid", "simserial", "phonenumber"),
        *("username", "email", "audit", "submitterid", "submittername"),
        *("_submitted_by", "submitted_by", "_geolocation", "_attachments", "_notes"),
        *("_tags", "_status", "_id", "__id", "_index", "_uuid", "_submission_time"),
        *("submissiondate", "key", "instanceid", "instancename", "deprecatedid"),
        *("rootuuid", "formversion", "formhub/uuid", "_xform_id_string"),
        *("__version__", "_version_", "attachmentspresent", "attachmentsexpected"),
        *("status", "reviewstate", "edits", "_validation_status"),
    }
)
#: parts of a geopoint that Kobo writes once more beside it
_PART: Final = re.compile(r"(?:^|/)_.*_(?:latitude|longitude|altitude|precision)$")
_REJECTED: Final = frozenset(
    {"rejected", "validation_status_not_approved", "not approved"}
)
_REVIEWS: Final = (
    *("__system/reviewState", "ReviewState", "_validation_status/uid"),
    "_validation_status",
)


def row_of(submission: Submission, asked: Collection[str], kind: str) -> LooseRow:
    """Return a submission as a row.

    Args:
        submission: Its answers.
        asked: Questions that a mapping names.
        kind: Kind of row, where the submission does not say.

    Returns:
        The row, with cells named as fields where the form is the mission's own.

    Raises:
        RefusedError: `Q-REVIEW`, `Q-ID`, `Q-WORD`, `Q-NUM`, `Q-TIME-FORM`.
    """
    _refuse_rejected(submission.answers)
    cells, notes = _named(submission.answers, asked)
    kind = cells.pop(ROW, "") or kind
    if kind not in ("observation", "coverage"):
        raise RefusedError(
            "Q-WORD", expected="observation or coverage", got=repr(kind), column=ROW
        )
    _put_together(cells, kind)
    for name in asked:
        cells.setdefault(name, "")
    cells["meta.key"] = _identifier(submission.answers)
    raw = submission.raw
    return LooseRow(submission.number, submission.line, kind, cells, raw, notes)


def _refuse_rejected(answers: Answers) -> None:
    for name in _REVIEWS:
        said = answers.get(name, "")
        if said.casefold() in _REJECTED:
            raise RefusedError(
                "Q-REVIEW", expected="a submission that stands", got=said, column=name
            )


def _identifier(answers: Answers) -> str:
    for name in _IDS:
        if found := answers.get(name, ""):
            return found.removeprefix("uuid:")
    raise RefusedError("Q-ID", expected="an instanceID", got="none")


def _named(answers: Answers, asked: Collection[str]) -> tuple[Cells, tuple[str, ...]]:
    """Return answers by question, and codes of what was left out."""
    cells: Cells = {}
    left = False
    wanted = {each.partition(".")[0] for each in asked} | _OWN
    for path, answer in answers.items():
        name = _question(path, wanted)
        if name not in wanted and _of_the_server(path):
            continue
        if is_point(answer):
            if name not in wanted:  # perhaps where the phone was: for nobody
                left = True
                continue
            lat, lon, accuracy = numbers_of(answer)
            far = f"{accuracy * TO_95:.1f}" if accuracy > 0 else ""
            spot = zip(PARTS, (lat, lon, far), strict=True)
            cells |= {f"{name}.{part}": text for part, text in spot}
        if name in _FILLED_IN and name not in asked:
            name = f"form_{name}"
        cells[name] = answer
    return cells, ("W-COLUMN-IGNORED",) if left else ()


def _question(path: str, wanted: Iterable[str]) -> str:
    """Return the question that a path ends in; the path itself if it is unknown.

    Exports join groups and questions by `/` or `-`, which may be in a name, too.
    """
    fitting = [n for n in wanted if path == n or path.endswith((f"/{n}", f"-{n}"))]
    return max(fitting, key=len) if fitting else path


def _of_the_server(path: str) -> bool:
    plain = path.casefold()
    last = plain.replace("-", "/").rpartition("/")[2]
    inside = plain.startswith(("__system", "_validation_status", "meta/", "meta-"))
    known = plain in _OF_THE_SERVER or last in _OF_THE_SERVER
    return inside or known or _PART.search(plain) is not None


def _put_together(cells: Cells, kind: str) -> None:
    """Turn answers of the mission's own form into fields, in place."""
    _count(cells)
    _times(cells)
    _place(cells)
    here = cells.pop(OBSERVER, "")
    if is_point(here):
        lat, lon, _ = numbers_of(here)
        spot = {"lat": round(float(lat), 6), "lon": round(float(lon), 6)}
        cells[OBSERVER] = canonical_bytes(spot).decode()
    for part in PARTS:
        cells.pop(f"{OBSERVER}.{part}", None)
    if kind == "coverage" and "radius_km" in cells:
        cells["radius_m"] = str(round(_number(cells, "radius_km") * 1000.0, 1))
        cells.setdefault("status", "observed")
        cells.setdefault("means", "patrol")
        for name in ("kind", "count", "weapons", "radius_km"):
            cells.pop(name, None)


def _count(cells: Cells) -> None:
    manner = cells.pop(COUNT_MANNER, "")
    if manner and cells.get(COUNT):
        before = {"about": "about ", "more": "more than "}.get(manner, "")
        cells[COUNT] = f"{before}{cells[COUNT]}"


def _times(cells: Cells) -> None:
    if not cells.get(BEGIN):
        return
    begin = _instant(cells.pop(BEGIN), BEGIN)
    manner, until = cells.pop(TIME_MANNER, ""), cells.pop(UNTIL, "")
    start = begin.replace(second=0, microsecond=0)
    end = _instant(until, UNTIL) if until else start + _MINUTE
    if manner == "about" and not until:
        start, end = start - _ABOUT, start + _ABOUT
    cells["start"], cells["end"] = format_instant(start), format_instant(end)


def _instant(text: str, name: str) -> datetime:
    try:
        return parse_instant(text)
    except MalformedSourceError as error:
        raise RefusedError(
            "Q-TIME-FORM",
            expected="a time with its offset",
            got=repr(text),
            column=name,
        ) from error


def _place(cells: Cells) -> None:
    """Put the place among the cells, from the map or by direction and distance."""
    away = {name: cells.pop(name, "") for name in FROM}
    radius = cells.pop("radius", "")
    if is_point(cells.get(WHERE, "")):
        lat, lon, far = (cells.pop(f"{WHERE}.{part}") for part in PARTS)
        del cells[WHERE]
        # As far off as was said, and no nearer than the phone knew.
        most = max(float(far or 0), float(radius or 0))
        cells |= {"lat": lat, "lon": lon, "radius_m": str(most) if most else ""}
    elif away["bearing_deg"] and away["distance_km"]:
        _laid_off(cells, away)


def _laid_off(cells: Cells, away: Cells) -> None:
    """Put the place that a bearing and a distance give, with its uncertainty."""
    beside, shape, here = CENTRE_M, True, cells.get(OBSERVER, "")
    if not (away["from_lat"] and away["from_lon"]):
        if not is_point(here):
            raise RefusedError(
                "Q-MISSING", expected="where it was measured from", got="nothing",
                column="from_place",
            )  # fmt: skip
        # A sector from where the observer stood would tell where that was.
        away["from_lat"], away["from_lon"], accuracy = numbers_of(here)
        beside, shape = max(accuracy * TO_95, 1.0), False
    lat, lon, bearing, distance = (_number(away, name) for name in FROM)
    # A distance said in whole kilometres is as coarse as that.
    decimals = away["distance_km"].partition(".")[2].rstrip("0")
    slack = 500.0 / 10 ** min(len(decimals), 3) + beside
    wedge = Sector(
        origin_lon=lon,
        origin_lat=lat,
        bearing_from_deg=(bearing - COMPASS_DEG) % 360.0,
        bearing_to_deg=(bearing + COMPASS_DEG) % 360.0,
        distance_from_m=max(0.0, distance * 1000.0 - slack),
        distance_to_m=distance * 1000.0 + slack,
    )
    place = in_sector(wedge)
    cells |= {
        "lon": f"{place.lon:.6f}",
        "lat": f"{place.lat:.6f}",
        "radius_m": f"{place.radius_m:.1f}",
        "shape": (shape_text(wedge) or "") if shape else "",
    }


def _number(cells: Cells, name: str) -> float:
    try:
        found = parse_number(cells[name], PLAIN)
    except RefusedError as error:
        raise RefusedError(
            error.code, expected=error.expected, got=error.got, column=name
        ) from error
    if abs(found) > _MOST[name]:
        raise RefusedError(
            "Q-NUM-RANGE",
            expected=f"at most {_MOST[name]}",
            got=cells[name],
            column=name,
        )
    return found


#: questions of the mission's own form that carry an answer
_OWN: Final = frozenset(
    {
        *(ROW, COUNT, COUNT_MANNER, BEGIN, UNTIL, TIME_MANNER, WHERE, OBSERVER, *FROM),
        *("kind", "means", "weapons", "watched", "radius_km", "radius", "mgrs"),
        *("place_way", "from_place", "note", "photo", "source"),
    }
)
