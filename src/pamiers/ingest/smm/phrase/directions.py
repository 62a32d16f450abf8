"""Where from the observer: bearings, distances, sectors, and lines of flight."""

from collections.abc import Callable
from dataclasses import replace

from pamiers.ingest.smm.compass import (
    GENERAL_HALF_WIDTH_DEG,
    WIND_HALF_WIDTH_DEG,
    is_adjective,
    is_general,
)
from pamiers.ingest.smm.phrase.numbers import count
from pamiers.ingest.smm.sentence import Bearing, Distance, Flight, Sector
from pamiers.ingest.smm.stream import Match, Phrasebook, Stream
from pamiers.ingest.smm.wordlist import phrases, words

_ABOUT = words(
    """
about approximately around roughly some approx almost over nearly less more than at
least up to within estimated an a assessed distance distances of from ranging
between varying range ranges in areas locations both all undetermined the short
closer close respectively .
"""
)
_OWN = phrases(
    """
its position|its positions|its location|their position|their location
the smm 's position|the smm position|the smm 's location|the smm location
the patrol 's position|the patrol 's location|the patrol|the smm|the camera
the camera 's position|the uav|them|it|its patrol|the smm camera|the smm patrol
this position|the same position|the smm 's positions|the smm patrol 's position
the smm patrol 's location|the mission 's position|the observation point
the mission 's location|smm position|smm 's position|the position|that position
the monitors|the same location|the mission|the patrol members|its observation post
the smm vehicle|the smm vehicles|patrol position|the smm 's patrol|its camera
the location|the monitors 's position|its observation point
"""
)
_OWN_POSITION: Phrasebook[bool] = Phrasebook(
    {f"{lead} {own}": True for own in _OWN for lead in ("of", "from")}
)
_UNKNOWN: Phrasebook[bool] = Phrasebook(
    {
        phrase: True
        for what in ("distance", "distances", "direction", "directions", "location")
        for adjective in ("unknown", "undetermined", "unspecified", "an unknown")
        for article in ("", "an ")
        for preposition in ("at ", "from ", "in ", "")
        for tail in ("", " and direction", " and directions", " and bearing")
        for phrase in [f"{preposition}{article}{adjective} {what}{tail}".strip()]
    }
)


def bearing(stream: Stream, at: int) -> Match[Bearing] | None:
    """Read one wind, with "the" before it and "direction(s)" after it."""
    start = stream.skip(at, "the", "a", "an")
    token = stream.at(start)
    if token.kind != "bearing" or stream.is_word(start + 1, "facing"):
        return None
    end = start + 1
    end = stream.skip(end, "direction", "directions")
    spread = GENERAL_HALF_WIDTH_DEG if is_general(token.text) else WIND_HALF_WIDTH_DEG
    text = stream.text(start, end)
    return Match(Bearing(degrees=token.low, half_width_deg=spread, text=text), end)


def bearings(stream: Stream, at: int) -> Match[tuple[Bearing, ...]] | None:
    """Read a list of winds: "south-south-east, south, and south-south-west"."""
    first = bearing(stream, at)
    if first is None:
        return None
    found, end = [first.value], first.end
    while (more := _next_bearing(stream, end)) is not None:
        found.append(more.value)
        end = more.end
    return Match(tuple(found), stream.skip(end, "direction", "directions"))


def _next_bearing(stream: Stream, at: int) -> Match[Bearing] | None:
    """Read a comma, "and" or slash and another wind."""
    start = stream.skip(at, ",", "and", "or", "/", "to", "as", "well")
    if start == at:
        return None
    return bearing(stream, stream.skip(start, "to", "at", "in"))


def distance(stream: Stream, at: int) -> Match[Distance] | None:
    """Read 2-4km, about 500 metres, or between 3 and 8km, in metres."""
    start = stream.skip(at, *_ABOUT)
    rough = any(
        stream.is_word(i, "about", "approximately", "around", "roughly", "some")
        for i in range(at, start)
    )
    token = stream.at(start)
    if token.kind == "measure" and token.unit == "m":
        found = _wider(stream, start, rough=rough)
        limit = any(stream.is_word(i, "within", "up") for i in range(at, start))
        return _from_nought(found) if limit else found
    return _between(stream, start, rough=rough)


def _from_nought(found: Match[Distance]) -> Match[Distance]:
    """Return "up to 7km" as a distance from nought to it."""
    return Match(replace(found.value, low_m=0.0), found.end)


def _wider(stream: Stream, at: int, *, rough: bool) -> Match[Distance]:
    """Read a measure, and a second one that ends a range in words."""
    token = stream.at(at)
    other = stream.at(at + 2)
    two = stream.is_word(at + 1, "and") and stream.is_kind(at + 3, "bearing")
    ranges = two and token.low < other.high
    if other.kind == "measure" and (ranges or stream.is_word(at + 1, "to", "-")):
        found = Distance(low_m=token.low, high_m=other.high, approximate=rough)
        return Match(found, at + 3)
    found = Distance(low_m=token.low, high_m=token.high, approximate=rough)
    return Match(found, at + 1)


def _between(stream: Stream, at: int, *, rough: bool) -> Match[Distance] | None:
    """Read "3 and 8km": the unit is said once, at the end."""
    low, high = stream.at(at), stream.at(at + 2)
    if low.kind != "number" or not stream.is_word(at + 1, "and", "to", "-"):
        return None
    if high.kind != "measure" or high.unit != "m":
        return None
    unit = 1000.0 if "k" in high.text.lower() else 1.0
    found = Distance(low_m=low.low * unit, high_m=high.high, approximate=rough)
    return Match(found, at + 3)


def sector(stream: Stream, at: int) -> Match[tuple[Sector, ...]] | None:
    """Read one or more sectors: "2km south-south-west and 3-5km west".

    A distance or bearing followed by "of" and a name is a place, not a sector,
    and is declined; "of its position" is consumed.
    """
    found: list[Sector] = []
    end = at
    while (one := _one_sector(stream, end)) is not None:
        found.append(one.value)
        end = one.end
        following = stream.skip(end, ",", "and", "as", "well", "or", "all")
        if following == end or not _opens_sector(stream, following):
            break
        end = following
    return Match(tuple(found), end) if found else None


def _opens_sector(stream: Stream, at: int) -> bool:
    """Return whether another distance begins here, so that the list goes on."""
    far = distance(stream, at)
    if far is None:
        return False
    return bearings(stream, _to(stream, far.end)) is not None


def _to(stream: Stream, at: int) -> int:
    """Return the position after words that stand between distance and wind."""
    return stream.skip(
        at,
        "to",
        "in",
        "at",
        "a",
        "an",
        "the",
        "both",
        "direction",
        "away",
        ",",
        "and",
        "from",
        "distance",
        "distances",
        "towards",
        "areas",
        "locations",
        "ranging",
        "further",
        "farther",
        "generally",
    )


def _one_sector(stream: Stream, at: int) -> Match[Sector] | None:
    """Read one distance with its winds, or either alone, or "unknown"."""
    unknown = _UNKNOWN.read(stream, at)
    if unknown is not None:
        return _unknown_sector(stream, at, unknown.end)
    far = distance(stream, at)
    if far is not None:
        return _far_sector(stream, at, far)
    return _near_sector(stream, at)


def _unknown_sector(stream: Stream, at: int, end: int) -> Match[Sector]:
    """Read the winds that may follow "an unknown distance"."""
    winds = bearings(stream, _to(stream, end))
    found = winds.value if winds is not None else ()
    end = _own(stream, winds.end if winds is not None else end)
    return Match(Sector(bearings=found, text=stream.text(at, end)), end)


def _far_sector(stream: Stream, at: int, far: Match[Distance]) -> Match[Sector] | None:
    """Read the winds after a distance; decline when a place name follows."""
    winds = bearings(stream, _to(stream, far.end))
    end = _own(stream, winds.end if winds is not None else far.end)
    if winds is not None and _names_place(stream, end):
        return None
    if winds is None and (end == far.end or _names_place(stream, end)):
        return _bare_distance(stream, at, far, end)
    if winds is None:
        winds = bearings(stream, _to(stream, stream.skip(end, "in", "directions")))
        end = winds.end if winds is not None else end
    found = winds.value if winds is not None else ()
    text = stream.text(at, end)
    return Match(Sector(distance=far.value, bearings=found, text=text), end)


def _bare_distance(
    stream: Stream, at: int, far: Match[Distance], end: int
) -> Match[Sector] | None:
    """Read "about 5km away" and "at distances of 2-3km" as a ring."""
    said = stream.is_word(at, "at", "within") or stream.is_word(end, "away")
    if not said or stream.is_word(end, "from", "of", "above", "below", "high"):
        return None
    end = stream.skip(end, "away", "distance")
    return Match(Sector(distance=far.value, text=stream.text(at, end)), end)


def _near_sector(stream: Stream, at: int) -> Match[Sector] | None:
    """Read winds without a distance: "to the west-south-west"."""
    start = stream.skip(at, "at", "in", "to", "from", "towards", "areas", "all", "both")
    winds = bearings(stream, start)
    if winds is None or is_adjective(winds.value[0].text):
        return None
    end = _own(stream, winds.end)
    if _names_place(stream, end) or stream.is_word(end, "edge", "part", "side"):
        return None
    if stream.is_word(at, "in") and stream.is_kind(winds.end, "name", "control"):
        return None
    return Match(Sector(bearings=winds.value, text=stream.text(at, end)), end)


def is_own_position(stream: Stream, at: int) -> bool:
    """Return whether "of its position" and its like stand there."""
    return _own(stream, at) > at


def _own(stream: Stream, at: int) -> int:
    """Return the position after "of its position" and its like."""
    match = _OWN_POSITION.read(stream, at)
    if match is None or stream.is_word(match.end, "'s"):
        return at
    return match.end


def _names_place(stream: Stream, at: int) -> bool:
    """Return whether "of" and a place follow, so that this is an offset."""
    return stream.is_word(at, "of", "from") and not _OWN_POSITION.read(stream, at)


_Reader = Callable[[Stream, int], Match[Flight] | None]


def flight(stream: Stream, at: int) -> Match[tuple[Flight, ...]] | None:
    """Read lines of flight: "in flight (mostly from north to south and ...)".

    "in flight" alone gives one Flight without directions.
    """
    start = stream.after(at, "in flight") or stream.after(at, "in vertical flight")
    end = start if start is not None else at
    listed = _parenthesised(stream, end) or _lines(stream, stream.skip(end, ","))
    if listed is not None:
        return listed
    if start is None:
        return None
    return Match((Flight(text=stream.text(at, start)),), start)


def _parenthesised(stream: Stream, at: int) -> Match[tuple[Flight, ...]] | None:
    """Read the lines of flight inside parentheses, all of them or none."""
    close = stream.closing(at) if stream.is_word(at, "(") else None
    if close is None:
        return None
    inside = stream.part(at + 1, close)
    found = _lines(inside, 0)
    if found is None or inside.skip(found.end, ",") < len(inside):
        return None
    return Match(found.value, close + 1)


def _lines(stream: Stream, at: int) -> Match[tuple[Flight, ...]] | None:
    """Read a list of lines of flight, each with an optional number before it."""
    found: list[Flight] = []
    end = at
    while (
        line := _line(stream, end if not found else _joint(stream, end))
    ) is not None:
        found.append(line.value)
        end = line.end
    return Match(tuple(found), end) if found else None


def _joint(stream: Stream, at: int) -> int:
    """Return the position after what joins two lines of flight."""
    return stream.skip(at, ",", "and", "as", "well", "then")


def _line(stream: Stream, at: int) -> Match[Flight] | None:
    """Read "[mostly] [eight] from west to east" or "east to west"."""
    mostly = stream.is_word(at, "mostly", "mainly", "majority", "predominantly")
    start = stream.skip(at, "mostly", "mainly", "predominantly", "all", "both", "some")
    number = count(stream, start)
    start = number.end if number is not None else start
    start = stream.skip(start, "flying", "in", "flight", "of", "them", "which", "flew")
    origin = bearing(stream, stream.skip(start, "from"))
    if origin is None:
        return None
    goal = _goal(stream, origin.end)
    if goal is None and not stream.is_word(start, "from"):
        return None
    end = goal.end if goal is not None else origin.end
    several = goal is None and stream.is_word(end, "and", ",", "or")
    if _names_place(stream, end) or (several and _next_bearing(stream, end)):
        return None
    value = Flight(
        origin=origin.value,
        goal=goal.value if goal is not None else None,
        count=number.value if number is not None else None,
        mostly=mostly,
        text=stream.text(at, end),
    )
    return Match(value, end)


def _goal(stream: Stream, at: int) -> Match[Bearing] | None:
    """Read "to the east" after an origin."""
    if not stream.is_word(at, "to", "towards", "-"):
        return None
    return bearing(stream, at + 1)
