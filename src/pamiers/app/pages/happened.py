"""What happened, who was watching, and the ground it lies on."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

import numpy as np
import shapely

from pamiers.agreement.zones import Line, Zone
from pamiers.app.pages.marks import (
    Marks,
    Wanted,
    column_values,
    date_of,
    local_days,
)
from pamiers.app.pages.readers import Reader, table_columns
from pamiers.core.errors import UnknownTermError
from pamiers.core.instant import format_instant, parse_instant, zone
from pamiers.mission.mission import FACTS
from pamiers.mission.places import read_places
from pamiers.mission.published import releases
from pamiers.mission.state import state
from pamiers.mission.versions import agreement_files

_WATCHED: Final = (
    *("key", "start", "end", "lon", "lat", "radius_m", "means", "status", "watched"),
    *("place", "region", "source", "detection"),
)
_SIMPLER_DEG: Final = 0.001  #: detail below a hundred metres is not drawn
_DECIMALS: Final = 4
#: incidents that are told with the page; of more, what is looked at is asked for
FEW: Final = 1_000
#: of those many, how many are listed at first
STRETCH: Final = 100
NOW: Final = "now"
_TICK: Final = timedelta(milliseconds=1)
_MOST_KNOWN: Final = 40  #: instants that can be gone back to


def situation(reader: Reader, as_of: datetime | None = None) -> dict[str, Any]:
    """Return incidents and coverage as columns, and the ground they lie on.

    Args:
        reader: The mission as its reader sees it.
        as_of: Leave out what was not yet known then; None for everything.

    Returns:
        As `outline`, with every incident by column.
    """
    shown = reader.marks(as_of).columns
    told = {name: column_values(shown.column(name)) for name in shown.schema.names}
    return {**_without_rows(reader, as_of), "incidents": told}


def outline(reader: Reader, number: str) -> dict[str, Any]:
    """Return the situation without its rows where they are many.

    Args:
        reader: The mission as its reader sees it.
        number: `now`, or the place of an instant among those of `knowledge`.

    Returns:
        `incidents` by column, null for more than `FEW` of them: whoever shows them
        asks for tiles, and for stretches of the list, of which the first is `listed`;
        `total`, how many there are;
        `kinds`, how many of each; `days`, on how many each day began; `box`, where they
        lie; `coverage` by column; `ground`, zones and lines as GeoJSON features of
        WGS84 (RFC 7946); `places` to label, the most important first; `knowledge`, the
        instants at which something became known.

    Raises:
        UnknownTermError: There is no such instant.
    """
    as_of = None if number == NOW else instant_known(reader, number)
    marks = reader.marks(as_of)
    if len(marks) <= FEW:
        return situation(reader, as_of)
    told = {"incidents": None, "listed": marks.listed(Wanted(), 0, STRETCH)}
    return {**_without_rows(reader, as_of), **told}


def _without_rows(reader: Reader, as_of: datetime | None) -> dict[str, Any]:
    marks = reader.marks(as_of)
    coverage = reader.told(state(reader.mission, as_of=as_of).tables["coverage"])
    watched = table_columns(coverage, reader.edition, _WATCHED)
    return {
        "total": len(marks),
        "kinds": marks.kinds(Wanted()),
        "days": _days(reader, marks, watched["end"]),
        "box": marks.box(),
        "coverage": watched,
        "ground": _ground(reader),
        "places": _places(reader),
        "knowledge": [format_instant(each) for each in knowledge(reader)],
    }


def _days(reader: Reader, marks: Marks, watched: list[str]) -> dict[str, list[Any]]:
    """Return every day with an incident's begin or a watch's end, in order."""
    ends = [parse_instant(each, "coverage") - _TICK for each in watched]
    at_us = [int(each.timestamp()) * 1_000_000 for each in ends]
    local = local_days(
        np.array(at_us, dtype=np.int64), zone(reader.agreement.time_zone)
    )
    begun = marks.days()
    every = sorted({*begun, *map(date_of, np.unique(local).tolist())})
    return {
        "day": [each.isoformat() for each in every],
        "incidents": [begun.get(each, 0) for each in every],
    }


def knowledge(reader: Reader) -> list[datetime]:
    """Return the latest instants at which facts or releases became known, in order."""
    facts = {e.recorded_at for e in reader.mission.record.entries(FACTS)}
    days = {each.release.released_on for each in releases(reader.mission)}
    out = {datetime.combine(day, time.max, tzinfo=UTC) for day in days}
    return sorted(facts | out)[-_MOST_KNOWN:]


def known(reader: Reader, number: str) -> dict[str, Any]:
    """Return the situation as it was known at an instant, by its place among them.

    Raises:
        UnknownTermError: There is no such instant.
    """
    return situation(reader, instant_known(reader, number))


def instant_known(reader: Reader, number: str) -> datetime:
    """Return an instant at which something became known, by its place among them.

    Raises:
        UnknownTermError: There is no such instant.
    """
    instants = knowledge(reader)
    if not number.isdecimal() or int(number) >= len(instants):
        raise UnknownTermError(
            "known",
            expected=f"a number below {len(instants)}",
            got=repr(number),
            remedy="`knowledge` of the situation lists the instants.",
        )
    return instants[int(number)]


def _places(reader: Reader) -> list[dict[str, Any]]:
    listed = read_places(agreement_files(reader.mission).get("places.csv", ""))
    named = sorted(
        (each for each in listed if each.importance > 0),
        key=lambda each: (-each.importance, each.name.words),
    )
    return [
        {
            "name": dict(each.name.words),
            "lon": each.lon,
            "lat": each.lat,
            "importance": each.importance,
        }
        for each in named
    ]


def _ground(reader: Reader) -> dict[str, Any]:
    """Return zones and lines; sectors follow borders of regions and are not drawn."""
    agreement = reader.agreement
    sectors = {each.zone.id for each in agreement.sectors}
    drawn: list[Zone | Line] = [
        *(each for name, each in agreement.zones.items() if name not in sectors),
        *agreement.lines.values(),
    ]
    return {"type": "FeatureCollection", "features": [_feature(e) for e in drawn]}


def _feature(drawn: Zone | Line) -> dict[str, Any]:
    shape = shapely.set_precision(
        shapely.simplify(drawn.shape, _SIMPLER_DEG), 10**-_DECIMALS
    )
    return {
        "type": "Feature",
        "properties": {
            "id": drawn.id,
            "title": dict(drawn.title),
            "role": "line" if isinstance(drawn, Line) else "zone",
        },
        "geometry": shapely.geometry.mapping(shape),
    }
