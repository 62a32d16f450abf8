"""The Mission's own counts: by region and period, with the figure before.

A count is published when violations, or explosions of a whole region, are
counted or compared; the same nouns at a named place are observations.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import Count, Flight, Manner, PlacePhrase
from pamiers.ingest.smm.stream import Stream

#: The Mission counts violations in two regions: all in one is none in the other.
_OTHER_REGION = {"Donetsk": "Luhansk", "Luhansk": "Donetsk"}
_TIMES = ("consecutive", "times", "time", "days", "day", "day-long")
#: Sites that a sentence need not name: violations at one are no region's count.
_SPOTS = frozenset(
    ("airport", "village", "town", "bridge", "checkpoint", "station", "railway station")
)
VIOLATIONS, EXPLOSIONS = "ceasefire_violations", "explosions"
#: kind of the grammar -> what the Mission counts under that name
MEASURES = {
    "ceasefire_violation": VIOLATIONS,
    "explosion": EXPLOSIONS,
    "projectile": "projectiles",
    "burst": "bursts",
    "shot": "shots",
    "shot_or_burst": "bursts_and_shots",
    "muzzle_flash": "muzzle_flashes",
    "illumination": "flares",
}
_BARE = ("in", "on", "during", ",", ".", "", "and")
#: "no further violations": none after others, which is no count of a period
_ON_TOP = frozenset({"further", "more", "other", "additional", "new"})


@dataclass(slots=True)
class Tally:
    """One published count while its sentence is read."""

    measure: str
    count: Count | None
    regions: tuple[str, ...] = ()
    change: str | None = None
    previous: Count | None = None
    again: bool = False  #: "again no": the period before had none either
    time: TimePhrase | None = None


@dataclass(slots=True)
class Tallies:
    """The state of a sentence that publishes counts."""

    stream: Stream
    region_before: str | None  #: what "the region" means
    found: list[Tally] = field(default_factory=list)
    leading: tuple[str, ...] = ()
    time: TimePhrase | None = None
    change: str | None = None
    comparing: bool = False  #: "compared with" was read
    negated: bool = False  #: "did not" was read: the verb after it is denied
    denied: bool = False  #: the verb before was denied: what follows is none
    named: list[tuple[str, ...]] = field(default_factory=list)  #: regions so far
    main: str = VIOLATIONS  #: what the last figure outside parentheses counts
    depth: int = 0


def tallies(
    stream: Stream, pieces: tuple[Piece, ...], region_before: str | None
) -> list[Tally]:
    """Return the counts a sentence publishes, in its order; () when none.

    Args:
        stream: Tokens of the sentence.
        pieces: What `scan` read of them.
        region_before: Region of the sentence before, for "in the region".

    Returns:
        One tally for each region and measure; both regions give two.
    """
    state = Tallies(stream, region_before)
    for piece in pieces:
        reader = _READERS.get(piece.tag)
        if reader is not None:
            reader(state, piece)
    return [one for tally in state.found for one in _by_region(tally, state)]


def is_published(pieces: tuple[Piece, ...]) -> bool:
    """Return whether a sentence counts or compares violations of a region."""
    if any(p.tag == "hearsay" for p in pieces):
        return False
    nouns = {p.value.noun.group for p in pieces if isinstance(p.value, Item)}
    compared = any(p.tag == "compare" for p in pieces)
    counted = any(_counts_violations(p) for p in pieces)
    if any(map(_is_observed, _without_shares(pieces))):
        return False
    regional = any(_has_region(p) or _speaks_of(p) for p in pieces)
    if "violation" in nouns:
        return counted or compared or (regional and _is_denied(pieces))
    if not nouns and any(p.tag == "number" for p in pieces):
        periods = [p.value for p in pieces if isinstance(p.value, TimePhrase)]
        told = any(p.tag == "sense" for p in pieces)
        return told and any(t.period for t in periods) and any(map(_speaks_of, pieces))
    explosions = any(_counts(p, "explosion") for p in pieces)
    named = any(_is_of(p, "explosion") for p in pieces)
    regional = any(_has_region(p) for p in pieces)
    told = (explosions and (compared or regional)) or (named and compared and regional)
    return told and "weapon" not in nouns


def _without_shares(pieces: tuple[Piece, ...]) -> list[Piece]:
    """Return the pieces but for "40 of which were near A": it tells of a part."""
    out: list[Piece] = []
    within = False
    for before, piece in pairwise((pieces[0], *pieces)):
        opens = piece.tag == "partition" and before.tag in ("number", "pool")
        within = (within or opens) and piece.value not in (",", ")")
        if not within:
            out.append(piece)
    return out


def _is_observed(piece: Piece) -> bool:
    """Return whether a piece tells of one observation: a place, a sector, a flight."""
    here = _is_named(piece) or piece.tag in ("sector", "position")
    return here or _flies(piece) or _adds_none(piece)


def _flies(piece: Piece) -> bool:
    """Return whether a line of flight with a direction is said."""
    lines = piece.value if piece.tag == "flight" else ()
    return isinstance(lines, tuple) and any(
        isinstance(line, Flight) and line.origin is not None for line in lines
    )


def _adds_none(piece: Piece) -> bool:
    """Return whether a piece says "no further violations": none after others."""
    item = piece.value
    none = isinstance(item, Item) and _is_zero(item.count)
    return isinstance(item, Item) and none and bool(_ON_TOP & {*item.marks})


def _is_denied(pieces: tuple[Piece, ...]) -> bool:
    """Return whether a verb of perception is denied: "did not observe"."""
    verbs = [p for p in pieces if p.tag not in ("filler", "mark", "aside")]
    return any(
        first.tag == "negation" and second.tag == "sense"
        for first, second in pairwise(verbs)
    )


def _counts_violations(piece: Piece) -> bool:
    """Return whether a piece counts violations."""
    return _counts(piece, "ceasefire_violation")


def _is_of(piece: Piece, kind: str) -> bool:
    """Return whether a piece speaks of things of a kind."""
    return isinstance(piece.value, Item) and piece.value.noun.kind == kind


def _counts(piece: Piece, kind: str) -> bool:
    """Return whether a piece counts things of a kind."""
    item = piece.value
    return isinstance(item, Item) and item.noun.kind == kind and item.count is not None


def _is_named(piece: Piece) -> bool:
    """Return whether a piece names a place smaller than a region."""
    if piece.tag != "places" or not isinstance(piece.value, tuple):
        return False
    return any(
        p.names
        or p.feature in _SPOTS
        or p.feature in ("disengagement area", "disengagement areas", "areas")
        for p in piece.value
    )


def _speaks_of(piece: Piece) -> bool:
    """Return whether a piece names a region, or points to "the region"."""
    if piece.tag != "places" or not isinstance(piece.value, tuple):
        return False
    return any(p.feature in ("region", "regions") for p in piece.value)


def _has_region(piece: Piece) -> bool:
    """Return whether a piece names a region."""
    if piece.tag != "places" or not isinstance(piece.value, tuple):
        return False
    return any(p.region for p in piece.value)


def _regions(value: object, before: str | None) -> tuple[str, ...]:
    """Return the regions a place phrase names; "the region" means the last one."""
    first = value[0] if isinstance(value, tuple) and value else None
    if not isinstance(first, PlacePhrase):
        return ()
    if first.region:
        return tuple(first.region.split(" and "))
    if first.feature not in ("region", "regions"):
        return ()
    if "both" in first.text.lower().split():
        return ("Donetsk", "Luhansk")
    return (before,) if before is not None else ()


def _places(state: Tallies, piece: Piece) -> None:
    """Give a region to the counts before it that have none."""
    regions = _regions(piece.value, state.region_before)
    if not regions:
        return
    state.named.append(regions)
    waiting = [tally for tally in state.found if not tally.regions]
    if not waiting and (not state.found or _leads(state, piece)):
        state.leading = regions
    for tally in waiting:
        tally.regions = regions
    other = _OTHER_REGION.get(regions[0]) if len(regions) == 1 else None
    if waiting and other is not None and state.stream.is_word(piece.start - 1, "all"):
        none = Count(
            low=0, high=0, manner=Manner.EXACT,
            text=f"all {state.stream.text(piece.start, piece.end)}",
        )  # fmt: skip
        state.found.insert(0, Tally(VIOLATIONS, none, regions=(other,)))


def _leads(state: Tallies, piece: Piece) -> bool:
    """Return whether a region opens the next count: ", in Luhansk region 44"."""
    stream = state.stream
    joined = stream.is_word(piece.start - 1, ",", "and", ";")
    figure = stream.is_kind(piece.end, "number") or stream.is_word(piece.end, "no")
    return joined and figure


def _item(state: Tallies, piece: Piece) -> None:
    """Take a count of violations or explosions, now or of the period before."""
    item = piece.value
    if not isinstance(item, Item) or item.noun.kind not in MEASURES:
        return
    measure = MEASURES[item.noun.kind]
    if measure not in (VIOLATIONS, EXPLOSIONS) and item.count is None:
        return
    if state.comparing:
        _before(state, measure, item.count)
        return
    figure = item.count if item.count is not None else _implied(state, piece)
    own = state.found and state.stream.is_word(piece.end, "on", "during")
    time = None if own else state.time
    tally = Tally(measure, figure, change=state.change, time=time)
    tally.again = state.stream.is_word(piece.start, "again")
    if state.depth == 0:
        state.main = measure
    if state.found and measure != VIOLATIONS and not _starts_group(state, piece):
        tally.regions = state.found[-1].regions
        tally.change = None
    elif state.leading:
        tally.regions = state.leading
    state.found.append(tally)
    state.change = None


def _implied(state: Tallies, piece: Piece) -> Count | None:
    """Return the count of "five violations, all explosions" and of "did not record"."""
    if state.found and state.stream.is_word(piece.start - 1, "all"):
        return state.found[-1].count
    none = Count(low=0, high=0, manner=Manner.EXACT, text="did not")
    return none if state.denied else None


def _starts_group(state: Tallies, piece: Piece) -> bool:
    """Return whether a count of explosions stands alone, not in "including"."""
    words = {state.stream.at(i).lower for i in range(piece.start - 3, piece.start)}
    return not words & {"including", "however", "included", "of"} and state.depth == 0


def _before(state: Tallies, measure: str, count: Count | None) -> None:
    """Put a figure of the period before on the count it belongs to."""
    same = [tally for tally in state.found if tally.measure == measure]
    if same:
        same[-1].previous = count
    elif state.found:
        state.found.append(
            Tally(measure, None, regions=state.found[-1].regions, previous=count)
        )


def _number(state: Tallies, piece: Piece) -> None:
    """Take a bare figure: "none in Luhansk region", "(32)", "compared with three"."""
    if not isinstance(piece.value, Count) or state.stream.is_word(piece.end, *_TIMES):
        return
    if state.stream.is_word(piece.end, "of") or state.stream.is_word(0, "of"):
        return
    if not state.found:
        state.found.append(
            Tally(VIOLATIONS, piece.value, regions=state.leading, time=state.time)
        )
        return
    last = state.found[-1]
    if state.comparing:
        _before(state, last.measure, piece.value)
    elif state.depth > 0 or (last.count is None and last.measure == EXPLOSIONS):
        last.count = last.count or piece.value
    else:
        further = Tally(state.main, piece.value, time=state.time)
        opened = state.leading and state.leading != state.found[0].regions
        further.regions = state.leading if opened else ()
        state.found.append(further)


def _compare(state: Tallies, piece: Piece) -> None:
    """Take more, fewer or the same; in parentheses it is about the last count."""
    change = str(piece.value)
    if state.depth > 0 and state.found:
        _compare_last(state, change)
        return
    state.change = change
    follows = state.stream.at(piece.end)
    bare = follows.lower in _BARE and state.found
    if bare and change in ("more", "fewer", "similar", "same"):
        time = None if follows.lower == "on" else state.time
        last = state.found[-1]
        state.found.append(Tally(last.measure, None, change=change, time=time))
        state.change = None


def _compare_last(state: Tallies, change: str) -> None:
    """Read "(the same as during the previous reporting period)"."""
    last = state.found[-1]
    last.change = change
    if change == "same":
        last.previous = last.count


def _aside(state: Tallies, piece: Piece) -> None:
    """Read "compared with": the figures that follow are of the period before."""
    words = state.stream.text(piece.start, piece.end).lower()
    if state.found and words.endswith(("compared with", "compared to")):
        state.comparing = True


def _time(state: Tallies, piece: Piece) -> None:
    """Take the period of the counts that follow, or of those without one."""
    phrase = piece.value
    if not isinstance(phrase, TimePhrase) or state.comparing or state.depth:
        return
    if phrase.period == "previous" and state.found:
        return
    if state.stream.is_word(piece.start - 1, "with", "to", "than", "including"):
        return
    if phrase.period is None and piece.start > 0 and not state.found:
        return
    state.time = phrase
    for tally in state.found:
        tally.time = tally.time or phrase


def _mark(state: Tallies, piece: Piece) -> None:
    """Follow parentheses; leaving one ends a comparison inside it."""
    if piece.start == 0 or (piece.value == ")" and state.depth == 0):
        return
    state.depth += (piece.value == "(") - (piece.value == ")")
    state.depth = max(0, state.depth)
    if piece.value == ")" or (piece.value == "," and _moves_on(state, piece)):
        state.comparing = False


def _moves_on(state: Tallies, piece: Piece) -> bool:
    """Return whether a comma ends "compared with the previous period"."""
    after = piece.end
    if state.depth > 0:
        return False
    return state.stream.is_word(after, "and", "including")


def _by_region(tally: Tally, state: Tallies) -> list[Tally]:
    """Return one tally for each region when it holds for both alike."""
    only = state.named[0] if len({*state.named}) == 1 else ()
    regions = tally.regions or state.leading or only
    if tally.again and tally.previous is None and _is_zero(tally.count):
        tally.previous = tally.count
    alike = tally.count is None or _is_zero(tally.count)
    if len(regions) < 2 or not alike:  # noqa: PLR2004 - a figure plain in its place
        joined = (" and ".join(regions),) if regions else ()
        return [replace(tally, regions=joined)]
    return [replace(tally, regions=(region,)) for region in regions]


def _is_zero(count: Count | None) -> bool:
    """Return whether a count is nought."""
    return count is not None and count.low == 0 and count.high == 0


def _negation(state: Tallies, piece: Piece) -> None:
    """Remember that the verb that follows is denied."""
    del piece
    state.negated = True


def _sense(state: Tallies, piece: Piece) -> None:
    """Take whether what follows was perceived or denied."""
    del piece
    state.denied, state.negated = state.negated, False


_Reader = Callable[[Tallies, Piece], None]
_READERS: dict[str, _Reader] = {
    "places": _places,
    "item": _item,
    "number": _number,
    "compare": _compare,
    "aside": _aside,
    "time": _time,
    "mark": _mark,
    "negation": _negation,
    "sense": _sense,
}
