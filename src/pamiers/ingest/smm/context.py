"""What one sentence leaves behind for the next: dates, position, camera, region."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pamiers.ingest.smm.calendar import (
    ZONE,
    Dates,
    at_clock,
    dates_of,
    named_days,
    resolve,
)
from pamiers.ingest.smm.clause.state import Assembly
from pamiers.ingest.smm.phrase.times import TimePhrase, time_phrase
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import PlacePhrase, ReportHeader, Sentence, TimeSpan
from pamiers.ingest.smm.stream import Stream
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.places import STREETS

_TWO_DAYS = timedelta(days=2)
_ONE_WEEK = timedelta(days=7)
_HALF_DAY = timedelta(hours=12)
_AREAS = 2  #: "the latter two"
#: Where the harmed are brought to, which is not where they came to harm.
CARE = frozenset(words("hospital hospitals morgue morgues clinic polyclinic"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The memory of a report between two sentences."""

    header: ReportHeader
    dates: Dates
    paragraph: int = -1
    section: str | None = None
    observer: PlacePhrase | None = None
    stands: str | None = None  #: platform that stood there
    observer_here: bool = False  #: the position was said in this paragraph
    scene_here: bool = False  #: one place was said in this paragraph
    platform: str | None = None
    scene: PlacePhrase | None = None
    region: str | None = None
    totalled: int = -1  #: paragraph of the last count published for one region
    carries_region: bool = False  #: "it recorded": the region is the one before
    listed: tuple[PlacePhrase, ...] = ()  #: the last places listed together
    lead: str | None = None  #: verb of a sentence that ended with a colon
    lead_withdrawal: bool = False
    lead_scene: PlacePhrase | None = None
    village: PlacePhrase | None = None  #: what "the village" stands for


def opening(header: ReportHeader, period_start: datetime | None = None) -> Context:
    """Return the memory at the head of a report."""
    dates = dates_of(header)
    if period_start is not None and dates.as_of and period_start < dates.as_of:
        dates = replace(dates, period_start=period_start)
    return Context(header=header, dates=dates)


def entering(
    context: Context,
    sentence: Sentence,
    *,
    carries: bool,
    resumes: bool = False,
    clock: float | None = None,
) -> Context:
    """Return the memory that holds for a sentence.

    A new paragraph forgets time and date, unless the sentence points back or the
    report is a spot report, which tells one event throughout; a heading may give
    it a date. It forgets the position too, unless it resumes with a bare time of
    day.

    Args:
        context: Memory after the sentence before.
        sentence: The row that is read next.
        carries: Whether it points back, or leaves the date out.
        resumes: Whether it opens with a time of day and no date.
        clock: That time of day [min after midnight], when it is one.

    Returns:
        The memory, without the time and place that hold no longer.
    """
    if sentence.paragraph == context.paragraph:
        return context
    spot = context.header.kind == "spot"
    dates = context.dates
    if not (carries or spot or (clock is not None and _follows(dates, clock))):
        dates = _headed(replace(dates, span=None, days=None), sentence.day)
    stays = (spot or resumes) and sentence.section == context.section
    return replace(
        context,
        paragraph=sentence.paragraph,
        dates=dates,
        section=sentence.section,
        observer_here=stays and context.observer_here,
        scene_here=spot and context.scene_here,
    )


def _follows(dates: Dates, clock: float) -> bool:
    """Return whether a bare clock goes on from the clock said last, on its day.

    Only a day near the cut-off is gone on with: an older one was looked back at.
    """
    span, cut = dates.span, dates.as_of
    if span is None or span.start is None or span.end is None or span.basis != "stated":
        return False
    near = cut is None or timedelta() <= cut - span.start <= _TWO_DAYS
    ended = span.end.astimezone(ZONE)
    return (
        near
        and span.end - span.start < _HALF_DAY
        and clock >= 60 * ended.hour + ended.minute - 1
    )


def _headed(dates: Dates, day: str | None) -> Dates:
    """Return the dates under a heading, with the day it names if it names one."""
    found = time_phrase(Stream.of(day), 0) if day is not None else None
    if found is None:
        return dates
    days = named_days(found.value, dates)
    return replace(dates, days=days, span=resolve(found.value, dates))


def recalled(place: PlacePhrase | None, context: Context) -> PlacePhrase | None:
    """Return the place a phrase points back to: same position, latter two areas."""
    if place is None or place.names:
        return in_town(place, context)
    if place.feature == "village" and context.village is not None:
        return through(place, context.village)
    if place.relation == "same" and "two" in place.text.lower().split():
        return _named(place, context.listed[-_AREAS:])
    return _pointed(place, context)


def _pointed(place: PlacePhrase, context: Context) -> PlacePhrase:
    """Return the last place that "the same position" or "the town" can mean."""
    if place.relation == "same" and place.feature in ("position", "location", "site"):
        return context.observer or context.scene or place
    here = context.scene_here or context.observer_here
    near = place.relation == "offset" or place.feature in ("village", "town")
    if place.relation == "same" or (near and here):
        known = context.scene or context.observer
        return through(place, known) if known is not None else place
    return place


def in_town(place: PlacePhrase | None, context: Context) -> PlacePhrase | None:
    """Return a street in the town that the paragraph speaks of."""
    if place is None or len(place.names) != 1 or place.anchor is not None:
        return place
    if place.names[0].rpartition(" ")[2].lower() not in STREETS:
        return place
    known = context.scene if context.scene_here else context.observer
    if known is None or not (context.scene_here or context.observer_here):
        return place
    town = replace(known, relation="in", offset=None, bearing=None, text=place.text)
    return town if known.names else place


def through(place: PlacePhrase, known: PlacePhrase) -> PlacePhrase:
    """Return a known place seen through the relation of a new phrase."""
    relation = known.relation if place.relation == "same" else place.relation
    return replace(
        known,
        relation=relation,
        offset=place.offset or known.offset,
        bearing=place.bearing or known.bearing,
        text=place.text,
    )


def _named(place: PlacePhrase, listed: tuple[PlacePhrase, ...]) -> PlacePhrase:
    """Return one phrase with the names of several listed places."""
    names = tuple(name for one in listed for name in one.names)
    feature = listed[0].feature if listed else place.feature
    return replace(place, names=names, relation="inside", feature=feature)


def leaving(context: Context, state: Assembly, span: TimeSpan | None) -> Context:
    """Return the memory after a sentence was read."""
    dates = _dates_after(context.dates, state, span)
    listed = lists_of(state)
    platform = state.agent.platform if state.agent else context.platform
    return replace(
        _positioned(context, state, platform),
        dates=dates,
        platform=platform,
        region=_region(state) or context.region,
        listed=listed[-1] if listed else context.listed,
    )


def _dates_after(dates: Dates, state: Assembly, span: TimeSpan | None) -> Dates:
    """Return the dates after a sentence; an account of others sets no clock time."""
    found = _last_time(state)
    if found is None or found.period:
        return dates
    dated = [
        p.value
        for p in _settled(state)
        if isinstance(p.value, TimePhrase)
        and (p.value.days or p.value.shift_days)
        and not p.value.period
    ]
    days = named_days(dated[-1], dates) if dated else None
    if "hearsay" in state.tags:
        return _after_account(dates, days)
    known = span is not None and span.start is not None
    return replace(dates, days=days or dates.days, span=span if known else dates.span)


def _after_account(dates: Dates, days: tuple[date, date] | None) -> Dates:
    """Return the dates after an account: its day, when it lies near the report's."""
    recent = (
        days is not None
        and dates.anchor is not None
        and dates.anchor - days[0] <= _ONE_WEEK
    )
    if days is None or not recent:
        return dates
    whole = TimeSpan(
        start=at_clock(days[0], time()),
        end=at_clock(days[1] + timedelta(days=1), time()),
        basis="carried",
    )
    return replace(dates, days=days, span=whole)


def lists_of(state: Assembly) -> list[tuple[PlacePhrase, ...]]:
    """Return the lists of places in a sentence, of what they are said to be.

    "the disengagement areas near A, B and C" lists disengagement areas.
    """
    out: list[tuple[PlacePhrase, ...]] = []
    for piece in state.pieces:
        value = piece.value
        if piece.tag != "places" or not isinstance(value, tuple) or len(value) < 2:  # noqa: PLR2004 - a figure plain in its place
            continue
        before = state.stream.text(max(0, piece.start - 2), piece.start).lower()
        if before in ("disengagement areas", "disengagement area"):
            value = tuple(replace(p, feature="disengagement area") for p in value)
        out.append(value)
    return out


def _last_time(state: Assembly) -> TimePhrase | None:
    """Return the last time phrase with a date or clock in a sentence."""
    phrases = [p.value for p in _settled(state) if isinstance(p.value, TimePhrase)]
    dated = [p for p in phrases if p.days or p.start_min is not None or p.shift_days]
    return dated[-1] if dated else None


def _positioned(context: Context, state: Assembly, platform: str | None) -> Context:
    """Return the memory with where the observer stood and what was spoken of."""
    named = named_places(state)
    areas = {place.names for place in named if place.names and not is_street(place)}
    observer = recalled(state.observer or _vantage(state), context)
    scene = recalled(_scene(state), context)
    spoken = bool(named) and not all(place.relation == "same" for place in named)
    held = context.scene_here if not spoken else len(areas) == 1
    return replace(
        context,
        observer=observer or context.observer,
        stands=platform if observer is not None else context.stands,
        observer_here=observer is not None or (context.observer_here and not spoken),
        scene=scene if scene is not None and scene.names else context.scene,
        scene_here=held,
    )


def named_places(state: Assembly) -> list[PlacePhrase]:
    """Return the places of a sentence that say which place or area is meant."""
    return [
        place
        for piece in state.pieces
        if piece.tag == "places" and isinstance(piece.value, tuple)
        for place in piece.value
        if place.names or place.region or place.control or place.relation == "same"
    ]


def _vantage(state: Assembly) -> PlacePhrase | None:
    """Return the place before the verb from which things were seen in a sector."""
    afar = any(draft.sector is not None for draft in state.drafts)
    return state.scene[0] if afar and state.scene and not state.claimed else None


def _settled(state: Assembly) -> list[Piece]:
    """Return the pieces of a sentence before what it only compares with."""
    for at in range(len(state.stream)):
        if state.stream.is_word(at, "compared", "previously", "than"):
            return [p for p in state.pieces if p.end <= at]
    return list(state.pieces)


def _scene(state: Assembly) -> PlacePhrase | None:
    """Return the last named place of a sentence, none where the harmed lie."""
    last = [draft.place for draft in reversed(state.drafts)]
    for place in (*last, *state.scene, state.observer):
        if place is None or not place.names or is_street(place):
            continue
        if place.feature not in CARE:
            return place
    return None


def is_street(place: PlacePhrase) -> bool:
    """Return whether a place is a street, which lies in a town said elsewhere."""
    return any(name.rpartition(" ")[2].lower() in STREETS for name in place.names)


def _region(state: Assembly) -> str | None:
    """Return the last single region of a sentence."""
    found = None
    for piece in state.pieces:
        if piece.tag == "places" and isinstance(piece.value, tuple):
            for place in piece.value:
                single = place.region and " and " not in place.region
                found = place.region if single else found
    return found
