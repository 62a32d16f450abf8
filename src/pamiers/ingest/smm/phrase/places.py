"""Places as worded: offset, name, control, and the town that fixes them."""

from dataclasses import replace

from pamiers.ingest.smm.phrase.directions import bearing, distance, is_own_position
from pamiers.ingest.smm.sentence import Anchor, PlacePhrase
from pamiers.ingest.smm.stream import Match, Stream
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.places import (
    BODIES,
    FEATURES,
    HOLDERS,
    REGION_NAMES,
    RELATIONS,
    STREETS,
)

Places = tuple[PlacePhrase, ...]
_MAX_DEPTH = 4
#: Verbs that a name follows without a preposition.
_ENTERED = words("entered patrolled visited reached hit struck shelled left leave")
_DETERMINERS = words(
    """
the a an its their both all some this these that each other another above mentioned
aforementioned same latter two three four respective various several relevant first
different many limited certain parts areas any last
"""
)
_ADJECTIVES = words(
    """
residential civilian military local nearby former main central upper lower inner
outer external front rear left right populated built densely open abandoned
destroyed damaged urban rural industrial eastern western northern southern second
third fourth fifth ground top known designated new old working functioning non
functional corresponding single paved unpaved dirt asphalt wooden concrete metal
brick fortified wooded forested agricultural private public adjacent neighbouring
close facing outside broken repaired government official permanent heavy storey
immediate wider separate south undisclosed exact entry exit security multi
two-storey one-storey five-storey three-storey nine-storey single-storey four-storey
inhabited living
"""
)

_DESCRIBING = frozenset(_DETERMINERS + _ADJECTIVES)


def places(stream: Stream, at: int) -> Match[Places] | None:
    """Read a place or a list of places: "near Luhanske, Lohvynove and Berezove".

    Declines unless a preposition, an offset or a control mark opens it.
    """
    first = place(stream, at)
    if first is None:
        return None
    found, end = [first.value], first.end
    while (more := _another(stream, end, found[-1])) is not None:
        found.append(more.value)
        end = more.end
    region = _region_tail(stream, end)
    if region is not None:
        found = [replace(p, region=p.region or region.value) for p in found]
        end = region.end
    return Match(tuple(found), end)


def place(stream: Stream, at: int, depth: int = 0) -> Match[PlacePhrase] | None:
    """Read one place with its preposition, offset, names and parentheses."""
    relation = RELATIONS.read(stream, stream.skip(at, "also", "just", "again"))
    start = relation.end if relation is not None else at
    if relation is not None and relation.value == "between":
        return _between(stream, at, start)
    offset = _offset(stream, start)
    begin = offset.end if offset is not None else start
    control = stream.is_kind(stream.skip(begin, *_DETERMINERS), "control")
    entered = stream.is_word(at - 1, *_ENTERED) and stream.is_kind(begin, "name")
    if relation is None and offset is None and not control and not entered:
        return None
    target = _target(stream, begin, depth)
    if target is None:
        return None
    town = _town_of_street(stream, target, depth)
    target = town if town is not None else target
    word = relation.value if relation is not None else "in"
    base = (
        target.value
        if target.value.relation != "in"
        else replace(target.value, relation=word)
    )
    found = _moved(base, offset.value if offset is not None else None)
    return Match(replace(found, text=stream.text(at, target.end)), target.end)


def _town_of_street(
    stream: Stream, street: Match[PlacePhrase], depth: int
) -> Match[PlacePhrase] | None:
    """Read "Myru Street in Pisky" as a place in Pisky."""
    names = street.value.names
    if not names or names[0].rpartition(" ")[2].lower() not in STREETS:
        return None
    if not stream.is_word(street.end, "in", ",") or depth:
        return None
    inner = place(stream, stream.skip(street.end, ","), depth + 1)
    return inner if inner is not None and inner.value.names else None


def _moved(found: PlacePhrase, offset: PlacePhrase | None) -> PlacePhrase:
    """Return a place with an offset put on it."""
    if offset is None:
        return found
    return replace(
        found,
        relation="offset" if offset.bearing is not None else "near",
        offset=offset.offset or found.offset,
        bearing=offset.bearing or found.bearing,
    )


def _offset(stream: Stream, at: int) -> Match[PlacePhrase] | None:
    """Read "about 2km south-east of", "north-west of" and "immediately east of"."""
    start = stream.skip(at, "areas", "an", "area", "immediately", "just", "locations")
    start = stream.skip(
        start, "further", "farther", "a", "location", "point", "position"
    )
    far = distance(stream, start)
    after = far.end if far is not None else stream.skip(start, "about")
    wind = bearing(stream, stream.skip(after, "to", "at", "and", "in", "areas"))
    end = wind.end if wind is not None else after
    if wind is None:
        return _plain_offset(stream, far)
    more = end
    while stream.is_word(more, "and", ",", "or"):
        other = bearing(stream, stream.skip(more, "and", ",", "or"))
        if other is None:
            break
        end = more = other.end
    if not stream.is_word(end, "of", "from", "off") and not _misprint(stream, end, far):
        return None
    if is_own_position(stream, end):
        return None
    found = PlacePhrase(
        names=(), offset=far.value if far is not None else None, bearing=wind.value
    )
    return Match(found, end + 1)


def _misprint(stream: Stream, at: int, far: object) -> bool:
    """Return whether "or" before a name was meant as "of": 15km north or Donetsk."""
    return (
        far is not None and stream.is_word(at, "or") and stream.is_kind(at + 1, "name")
    )


def _plain_offset(
    stream: Stream, far: Match[object] | None
) -> Match[PlacePhrase] | None:
    """Read "400m from" and "within 5km of": a distance without a wind."""
    if far is None or not stream.is_word(far.end, "from", "of", "away", "off"):
        return None
    end = stream.skip(far.end, "away")
    if not stream.is_word(end, "from", "of", "off"):
        return None
    found = distance(stream, far.end - 1)
    value = found.value if found is not None else None
    return Match(PlacePhrase(names=(), offset=value), end + 1)


def _between(stream: Stream, at: int, start: int) -> Match[PlacePhrase] | None:
    """Read "between Spartak (...) and Avdiivka (...)" as one place of two names."""
    first = _target(stream, start, 0)
    if first is None or not stream.is_word(stream.skip(first.end, ","), "and"):
        return None
    second = _target(stream, stream.skip(first.end, ",", "and"), 0)
    if second is None:
        return None
    names = first.value.names + second.value.names
    found = replace(
        first.value,
        names=names,
        relation="between",
        text=stream.text(at, second.end),
    )
    return Match(found, second.end)


def _another(stream: Stream, at: int, before: PlacePhrase) -> Match[PlacePhrase] | None:
    """Read the next of a list of places, its preposition said or understood."""
    start = stream.skip(at, ",", "and", "or", "as", "well", "/", "also")
    if start == at:
        return None
    if not stream.is_kind(stream.skip(start, "the"), "name", "control"):
        again = place(stream, start)
        named = again is not None and again.value.names and _same_sort(again.value)
        return again if named else None
    if _region_tail(stream, at) is not None or _opens_clause(stream, start):
        return None
    target = _named(stream, start)
    if target is None:
        return None
    text = stream.text(start, target.end)
    return Match(replace(target.value, relation=before.relation, text=text), target.end)


def _same_sort(found: PlacePhrase) -> bool:
    """Return whether a place can follow another in a list."""
    return found.relation in ("in", "near", "offset", "edge", "inside", "outside")


def _opens_clause(stream: Stream, at: int) -> bool:
    """Return whether a capitalised word here opens a clause, not a name."""
    return BODIES.read(stream, stream.skip(at, "the")) is not None


def _target(stream: Stream, at: int, depth: int) -> Match[PlacePhrase] | None:
    """Read what a preposition governs: a name, or a feature near a name."""
    if depth > _MAX_DEPTH:
        return None
    edge = _edge(stream, at)
    if edge is not None:
        return _edged(stream, edge, depth)
    for reader in (_region, _named):
        match = reader(stream, at)
        if match is not None:
            return match
    return _feature(stream, at, depth)


def _edge(stream: Stream, at: int) -> Match[PlacePhrase] | None:
    """Read "the south-western edge of" and "the eastern outskirts of"."""
    wind = bearing(stream, at)
    start = wind.end if wind is not None else stream.skip(at, "the", "an", "a")
    start = stream.skip(start, "and", "or")
    extra = bearing(stream, start)
    start = extra.end if wind is not None and extra is not None else start
    if not stream.is_word(
        start,
        "edge",
        "edges",
        "outskirts",
        "part",
        "parts",
        "side",
        "end",
        "suburbs",
        "entrance",
        "suburb",
        "fringe",
        "bank",
    ):
        return None
    if not stream.is_word(start + 1, "of"):
        return None
    found = PlacePhrase(
        names=(), relation="edge", bearing=wind.value if wind is not None else None
    )
    return Match(found, start + 2)


def _edged(
    stream: Stream, edge: Match[PlacePhrase], depth: int
) -> Match[PlacePhrase] | None:
    """Return the place whose edge was read."""
    inner = _target(stream, edge.end, depth + 1)
    if inner is None:
        return None
    found = replace(
        inner.value, relation="edge", bearing=edge.value.bearing or inner.value.bearing
    )
    return Match(found, inner.end)


def _named(stream: Stream, at: int) -> Match[PlacePhrase] | None:
    """Read a control mark and a proper name with its parentheses."""
    start = stream.skip(at, "the", "both", "either", "central", "downtown", "formerly")
    control = stream.at(start).value if stream.is_kind(start, "control") else None
    start += control is not None
    start = stream.skip(start, "side", "of") if control is not None else start
    if stream.is_kind(start, "number") and _street(stream, start + 1):
        start += 1
    name = _name(stream, stream.skip(start, "the"))
    if name is None:
        return None
    found = PlacePhrase(names=(name.value,), control=control)
    return _closed(stream, _after_name(stream, name.end, found))


def _street(stream: Stream, at: int) -> bool:
    """Return whether the name of a street begins here."""
    name = _name(stream, at)
    return name is not None and "street" in name.value.lower()


def _name(stream: Stream, at: int) -> Match[str] | None:
    """Read capitalised words that are no body, month or weapon."""
    end = at
    while stream.is_kind(end, "name") and BODIES.read(stream, end) is None:
        end += 1
        if stream.is_kind(end, "number") and stream.is_word(end + 1, "/"):
            end += 2
        elif end > at and _is_quarter(stream, end):
            end += 1
    if end == at:
        return None
    return Match(stream.text(at, end), end)


def _is_quarter(stream: Stream, at: int) -> bool:
    """Return whether a lone figure belongs to a name, as in Zolote 4."""
    return stream.is_kind(at, "number") and stream.at(at - 1).lower == "zolote"


def _after_name(stream: Stream, at: int, found: PlacePhrase) -> Match[PlacePhrase]:
    """Read "disengagement area" or "city centre" after a name."""
    feature = FEATURES.read(stream, at)
    if feature is None:
        station = stream.after(at, "'s")
        feature = FEATURES.read(stream, station) if station is not None else None
    if feature is None:
        return Match(found, at)
    return Match(replace(found, feature=feature.value), feature.end)


def _closed(stream: Stream, match: Match[PlacePhrase]) -> Match[PlacePhrase]:
    """Read the parentheses after a name, as many as say something of a place."""
    found, end = match.value, match.end
    while (inside := _parenthesis(stream, end, found)) is not None:
        found, end = inside.value, inside.end
    return Match(found, end)


def _parenthesis(
    stream: Stream, at: int, found: PlacePhrase
) -> Match[PlacePhrase] | None:
    """Read "(formerly X, non-government-controlled, 50km west of Luhansk)"."""
    close = stream.closing(at) if stream.is_word(at, "(", "[") else None
    if close is None:
        return None
    position = at + 1
    while position < close:
        fact = _fact(stream, position, close, found)
        if fact is None:
            return None
        found, position = fact.value, stream.skip(fact.end, ",", ";", "and")
    return Match(found, close + 1)


def _fact(
    stream: Stream, at: int, close: int, found: PlacePhrase
) -> Match[PlacePhrase] | None:
    """Read one fact inside the parentheses of a place."""
    token = stream.at(at)
    if token.kind == "control":
        return Match(replace(found, control=token.value), at + 1)
    if token.lower in ("formerly", "former", "previously"):
        name = _name(stream, at + 1)
        if name is None:
            return None
        return Match(replace(found, former=name.value), name.end)
    anchor = _anchor(stream, at)
    if anchor is not None:
        return Match(replace(found, anchor=anchor.value), anchor.end)
    aside = token.lower in ("see", "hereinafter", "hereafter", "between")
    short = token.text.isupper() and at + 1 == close
    return Match(found, close) if aside or short else None


def _anchor(stream: Stream, at: int) -> Match[Anchor] | None:
    """Read "20km north-east of Mariupol"."""
    far = distance(stream, at)
    wind = bearing(stream, far.end) if far is not None else None
    if far is None or wind is None:
        return None
    if not stream.is_word(wind.end, "of", "or", "from", "off"):
        return None
    name = _name(stream, stream.skip(wind.end + 1, "the"))
    if name is None:
        return None
    end = stream.skip(name.end, "city", "centre", "center", "'s", "town", "airport")
    text = name.value.removesuffix(" City")
    return Match(Anchor(name=text, distance=far.value, bearing=wind.value), end)


def _region(stream: Stream, at: int) -> Match[PlacePhrase] | None:
    """Read "Donetsk region", "both Donetsk and Luhansk regions", "southern ..."."""
    start = stream.skip(at, "the", "both", "central")
    wind = bearing(stream, start)
    start = wind.end if wind is not None else start
    found: list[str] = []
    end = start
    while stream.at(end).lower in REGION_NAMES:
        found.append(stream.at(end).text)
        end = stream.skip(end + 1, "and", ",", "or")
    if not found or not stream.is_word(end, "region", "regions", "oblast", "oblasts"):
        return None
    names = " and ".join(found)
    return Match(PlacePhrase(names=(), region=names, feature="region"), end + 1)


def _region_tail(stream: Stream, at: int) -> Match[str] | None:
    """Read ", Luhansk region" after a place."""
    start = stream.skip(at, ",", "in", "of", "both", "the")
    region = _region(stream, start)
    if region is None or region.value.region is None:
        return None
    return Match(region.value.region, region.end)


def _feature(stream: Stream, at: int, depth: int) -> Match[PlacePhrase] | None:
    """Read "a checkpoint of the armed formations near X" and "the same area"."""
    start, control = _described(stream, at)
    feature = FEATURES.read(stream, start)
    if feature is None:
        return None
    end = feature.end
    while (more := FEATURES.read(stream, end)) is not None:
        feature, end = more, more.end
    end += stream.is_kind(end, "code")
    holder = HOLDERS.read(stream, end)
    end = holder.end if holder is not None else end
    found = PlacePhrase(names=(), control=control, feature=feature.value)
    closed = _closed(stream, Match(_deixis(stream, at, start, found), end))
    return _nested(stream, closed, depth)


def _described(stream: Stream, at: int) -> tuple[int, str | None]:
    """Return where the feature noun stands, past its adjectives, and its control."""
    control = None
    end = at
    while True:
        token = stream.at(end)
        if token.kind == "control":
            control = token.value
        elif not _is_describing(stream, end):
            return end, control
        end += 1


def _is_describing(stream: Stream, at: int) -> bool:
    """Return whether a word stands before a feature; "areas" may be one itself."""
    token = stream.at(at)
    if token.lower == "areas" and FEATURES.read(stream, at) is not None:
        return False
    return token.kind == "bearing" or token.lower in _DESCRIBING


def _deixis(stream: Stream, at: int, start: int, found: PlacePhrase) -> PlacePhrase:
    """Mark a place that points back: the same location, the latter two areas."""
    words = {stream.at(i).lower for i in range(at, start)}
    if words & {"same", "latter", "mentioned", "this", "that", "these"}:
        return replace(found, relation="same")
    return found


def _nested(
    stream: Stream, closed: Match[PlacePhrase], depth: int
) -> Match[PlacePhrase]:
    """Read the place that a feature lies at, and keep the feature's own word."""
    outer = closed.value
    if outer.anchor is not None or outer.names:
        return closed
    inner = place(stream, closed.end, depth + 1)
    if inner is None or inner.value.relation == "towards":
        return _listed_control(stream, closed)
    value = replace(
        inner.value,
        feature=outer.feature,
        control=outer.control or inner.value.control,
        relation=outer.relation
        if outer.relation != "in" or inner.value.relation == "of"
        else inner.value.relation,
    )
    return Match(value, inner.end)


def _listed_control(stream: Stream, closed: Match[PlacePhrase]) -> Match[PlacePhrase]:
    """Read "areas not under government control" after a feature."""
    if closed.value.control is None and stream.is_kind(closed.end, "control"):
        value = replace(closed.value, control=stream.at(closed.end).value)
        return Match(value, closed.end + 1)
    return closed
