"""The Mission's own counts: by region and period, with the figure before.

A count is published when violations, or explosions of a whole region, are
counted or compared; the same nouns at a named place are observations.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import Count, Manner, PlacePhrase
from pamiers.ingest.smm.stream import Stream

#: The Mission counts violations in two regions: all in one is none in the other.
_OTHER_REGION = {"Donetsk": "Luhansk", "Luhansk": "Donetsk"}
_TIMES = ("consecutive", "times", "time", "days", "day", "day-long")
VIOLATIONS, EXPLOSIONS = "ceasefire_violations", "explosions"


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
    if any(_is_named(p) or p.tag in ("sector", "position", "flight") for p in pieces):
        return False
    if "violation" in nouns:
        return counted or compared
    if not nouns and any(p.tag == "number" for p in pieces):
        periods = [p.value for p in pieces if isinstance(p.value, TimePhrase)]
        told = any(p.tag == "sense" for p in pieces)
        return told and any(t.period for t in periods) and any(map(_speaks_of, pieces))
    explosions = any(_counts(p, "explosion") for p in pieces)
    named = any(_is_of(p, "explosion") for p in pieces)
    regional = any(_has_region(p) for p in pieces)
    told = (explosions and (compared or regional)) or (named and compared and regional)
    return told and "weapon" not in nouns


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
        p.names or p.feature in ("disengagement area", "disengagement areas", "areas")
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
    waiting = [tally for tally in state.found if not tally.regions]
    if not waiting and not state.found:
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


def _item(state: Tallies, piece: Piece) -> None:
    """Take a count of violations or explosions, now or of the period before."""
    item = piece.value
    if not isinstance(item, Item) or item.noun.kind not in (
        "ceasefire_violation",
        "explosion",
    ):
        return
    measure = EXPLOSIONS if item.noun.kind == "explosion" else VIOLATIONS
    if state.comparing:
        _before(state, measure, item.count)
        return
    figure = item.count
    if figure is None and state.found and state.stream.is_word(piece.start - 1, "all"):
        figure = state.found[-1].count  # "five ceasefire violations, all explosions"
    tally = Tally(measure, figure, change=state.change, time=state.time)
    tally.again = state.stream.is_word(piece.start, "again")
    if state.found and measure == EXPLOSIONS and not _starts_group(state, piece):
        tally.regions = state.found[-1].regions
        tally.change = None
    elif state.leading:
        tally.regions = state.leading
    state.found.append(tally)
    state.change = None


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
        state.found.append(Tally(last.measure, piece.value, time=state.time))


def _compare(state: Tallies, piece: Piece) -> None:
    """Take more, fewer or the same; in parentheses it is about the last count."""
    change = str(piece.value)
    if state.depth > 0 and state.found:
        _compare_last(state, change)
        return
    state.change = change
    follows = state.stream.at(piece.end)
    bare = follows.lower in ("in", ",", ".", "", "and") and state.found
    if bare and change in ("more", "fewer", "similar", "same"):
        last = state.found[-1]
        state.found.append(Tally(last.measure, None, change=change, time=state.time))
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
    regions = tally.regions or state.leading
    if tally.again and tally.previous is None and _is_zero(tally.count):
        tally.previous = tally.count
    alike = tally.count is None or _is_zero(tally.count)
    if len(regions) < 2 or not alike:  # noqa: PLR2004
        joined = (" and ".join(regions),) if regions else ()
        return [replace(tally, regions=joined)]
    return [replace(tally, regions=(region,)) for region in regions]


def _is_zero(count: Count | None) -> bool:
    """Return whether a count is nought."""
    return count is not None and count.low == 0 and count.high == 0


_Reader = Callable[[Tallies, Piece], None]
_READERS: dict[str, _Reader] = {
    "places": _places,
    "item": _item,
    "number": _number,
    "compare": _compare,
    "aside": _aside,
    "time": _time,
    "mark": _mark,
}
