"""What one sentence leaves behind for the next: dates, position, camera, region."""

from dataclasses import dataclass, replace
from datetime import datetime

from pamiers.ingest.smm.calendar import Dates, dates_of, named_days
from pamiers.ingest.smm.clause.state import Assembly
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.sentence import PlacePhrase, ReportHeader, Sentence, TimeSpan

_AREAS = 2  #: "the latter two"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The memory of a report between two sentences."""

    header: ReportHeader
    dates: Dates
    paragraph: int = -1
    fresh: bool = True  #: the position said before still holds
    observer: PlacePhrase | None = None
    platform: str | None = None
    scene: PlacePhrase | None = None
    region: str | None = None
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


def entering(context: Context, sentence: Sentence, *, carries: bool) -> Context:
    """Return the memory that holds for a sentence.

    A new paragraph forgets the time, unless the sentence points back or the
    report is a spot report, which tells one event throughout.
    """
    if sentence.paragraph == context.paragraph:
        return replace(context, fresh=True)
    keep = carries or context.header.kind == "spot"
    dates = context.dates if keep else replace(context.dates, span=None)
    return replace(context, paragraph=sentence.paragraph, dates=dates, fresh=keep)


def recalled(place: PlacePhrase | None, context: Context) -> PlacePhrase | None:
    """Return the place a phrase points back to: same position, latter two areas."""
    if place is None or place.names:
        return place
    if place.feature == "village" and context.village is not None:
        return _through(place, context.village)
    if place.relation == "same" and "two" in place.text.lower().split():
        return _named(place, context.listed[-_AREAS:])
    return _pointed(place, context)


def _pointed(place: PlacePhrase, context: Context) -> PlacePhrase:
    """Return the last place that "the same position" or "the town" can mean."""
    if place.relation == "same" and place.feature in ("position", "location", "site"):
        return context.observer or context.scene or place
    if place.relation in ("same", "offset") or place.feature in ("village", "town"):
        known = context.scene or context.observer
        return _through(place, known) if known is not None else place
    return place


def _through(place: PlacePhrase, known: PlacePhrase) -> PlacePhrase:
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
    found = _last_time(state)
    dated = [
        p.value
        for p in state.pieces
        if isinstance(p.value, TimePhrase)
        and (p.value.days or p.value.shift_days)
        and not p.value.period
    ]
    days = named_days(dated[-1], context.dates) if dated else None
    dates = context.dates
    if found is not None and not found.period:
        dates = replace(
            dates,
            days=days or dates.days,
            span=span if span is not None and span.start is not None else dates.span,
        )
    listed = lists_of(state)
    return replace(
        context,
        dates=dates,
        observer=recalled(state.observer, context) or context.observer,
        platform=state.agent.platform if state.agent else context.platform,
        scene=_scene(state, context) or context.scene,
        region=_region(state) or context.region,
        listed=listed[-1] if listed else context.listed,
    )


def lists_of(state: Assembly) -> list[tuple[PlacePhrase, ...]]:
    """Return the lists of places in a sentence, of what they are said to be.

    "the disengagement areas near A, B and C" lists disengagement areas.
    """
    out: list[tuple[PlacePhrase, ...]] = []
    for piece in state.pieces:
        value = piece.value
        if piece.tag != "places" or not isinstance(value, tuple) or len(value) < 2:  # noqa: PLR2004
            continue
        before = state.stream.text(max(0, piece.start - 2), piece.start).lower()
        if before in ("disengagement areas", "disengagement area"):
            value = tuple(replace(p, feature="disengagement area") for p in value)
        out.append(value)
    return out


def _last_time(state: Assembly) -> TimePhrase | None:
    """Return the last time phrase with a date or clock in a sentence."""
    phrases = [p.value for p in state.pieces if isinstance(p.value, TimePhrase)]
    dated = [p for p in phrases if p.days or p.start_min is not None or p.shift_days]
    return dated[-1] if dated else None


def _scene(state: Assembly, context: Context) -> PlacePhrase | None:
    """Return the last named place of a sentence."""
    for draft in reversed(state.drafts):
        if draft.place is not None and draft.place.names:
            return draft.place
    for place in state.scene:
        if place.names:
            return place
    del context
    return state.observer


def _region(state: Assembly) -> str | None:
    """Return the last single region of a sentence."""
    found = None
    for piece in state.pieces:
        if piece.tag == "places" and isinstance(piece.value, tuple):
            for place in piece.value:
                single = place.region and " and " not in place.region
                found = place.region if single else found
    return found
