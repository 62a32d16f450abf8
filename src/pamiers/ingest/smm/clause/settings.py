"""Where, when and by whom: the circumstances of what a sentence says was seen."""

from dataclasses import replace

from pamiers.ingest.smm.clause.draft import FLYING, Draft
from pamiers.ingest.smm.clause.figures import is_more
from pamiers.ingest.smm.clause.state import INSIDE, Assembly, merged
from pamiers.ingest.smm.phrase.agents import Agent
from pamiers.ingest.smm.phrase.dates import outer_days
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import Flight, PlacePhrase, Sector
from pamiers.ingest.smm.wordlist import words

_WEAK = frozenset(
    words(
        """
vehicle patrol ground floor surface wall roof side direction window door
"""
    )
)


def take_time(state: Assembly, index: int, piece: Piece) -> None:
    """Take a time: for what follows, or for what was just read."""
    value = piece.value
    if not isinstance(value, TimePhrase):
        return
    if value.period == "cumulative" and state.word_before(piece) == "total":
        return
    if _pairs(state, value) or _joins(state, piece, value):
        return
    follows = state.following(index)
    opens = follows is not None and _opens(state, follows)
    if follows is not None and follows.tag == "sense" and state.current():
        opens = state.word_before(piece) in ("and", ",", ";", "then")
    if state.current() and not opens:
        lots = [d for d in state.current() if d.marks[-1:] == ["more"]]
        for draft in lots or state.current():
            if draft.time is None or not draft.time.text or draft.time is state.time:
                draft.time = merged(draft.time, value)
        return
    state.time = merged(state.time, value)


def _opens(state: Assembly, follows: Piece) -> bool:
    """Return whether a new thing or observer comes after a time."""
    more = follows.tag == "number" and is_more(state, follows)
    return more or follows.tag in ("item", "agent", "sense", "position")


def _pairs(state: Assembly, value: TimePhrase) -> bool:
    """Read "at 11:05 and again at 11:40" as the stretch from one to the other."""
    held = state.time
    if held is None or held.start_min is None or held.end_min is not None:
        return False
    if value.start_min is None or value.days or state.current():
        return False
    state.time = replace(held, end_min=value.end_min or value.start_min)
    return True


def _joins(state: Assembly, piece: Piece, value: TimePhrase) -> bool:
    """Read "on the evening of 3 and the morning of 4 May" as one stretch."""
    held = state.time
    parted = held is not None and held.parts and held.days and value.parts
    joined = state.word_before(piece) == "and" and not state.current()
    if held is None or not (parted and joined and value.days):
        return False
    days = outer_days(held.days + value.days)
    state.time = replace(held, days=days, parts=held.parts + value.parts)
    return True


def take_agent(state: Assembly, index: int, piece: Piece) -> None:
    """Take an observer; the object of a verb is none."""
    del index
    if isinstance(piece.value, Agent) and not (
        state.current() and state.word_before(piece) in INSIDE | {"of", "with"}
    ):
        state.agent = piece.value


def take_position(state: Assembly, index: int, piece: Piece) -> None:
    """Expect the place at which the observer stood."""
    del index
    thing = state.current()[-1] if state.current() else None
    still = state.stream.is_word(piece.start, "stationary", "parked", "standing")
    if still and thing is not None and not thing.event:
        return  # the tank was stationary, not the observer
    state.expecting = True


def take_places(state: Assembly, index: int, piece: Piece) -> None:
    """Give a place to the observer, to the scene, or to what was just read."""
    del index
    found = piece.value
    if not isinstance(found, tuple) or not found or _is_weak(found[0]):
        return
    first = found[0]
    if first.relation == "same" and any(d.sector for d in state.current()):
        return  # "in that area" is the sector just said
    if state.is_row and state.observer is None and not state.current():
        state.observer = first
    elif state.expecting or _stands_at(state, piece):
        first = _one_of_several(found)
        state.observer, state.expecting = first, False
        for draft in [d for d in state.drafts if d.group == state.group]:
            draft.observer = draft.observer or first
    elif state.current() and state.depth == 0 and _holds(state, first):
        _place_drafts(state, found)
    elif not state.current():
        state.scene = found if not state.scene else state.scene


def _is_camera(piece: Piece) -> bool:
    """Return whether an observer is no patrol, which moves about."""
    return isinstance(piece.value, Agent) and piece.value.platform != "patrol"


def _stands_at(state: Assembly, piece: Piece) -> bool:
    """Return whether a place is said of the camera, the patrol or its position."""
    if _of_observer(state, piece) or _by_agent(state, piece):
        return True
    return any(
        p.tag == "sector"
        and p.end == piece.start
        and state.word_before(piece) in ("position", "location", "positions")
        for p in state.pieces
    )


def _one_of_several(found: tuple[PlacePhrase, ...]) -> PlacePhrase:
    """Return the place of an observer; several cameras give all their names."""
    simple = all(p.offset is None and p.relation in ("in", "near") for p in found)
    if len(found) == 1 or not simple or not all(p.names for p in found):
        return found[0]
    names = tuple(name for place in found for name in place.names)
    return replace(found[0], names=names, relation="several", anchor=None)


def _holds(state: Assembly, place: PlacePhrase) -> bool:
    """Return whether a place is where the last thing was, not where it went."""
    if place.relation == "towards":
        group = state.current()[-1].item.noun.group
        return bool(place.names) and group in ("damage", "casualty")
    if place.relation == "of":
        return bool(place.names) and place.feature is not None
    return place.relation != "from"


def _is_weak(place: PlacePhrase) -> bool:
    """Return whether a phrase places nothing: "outside the vehicles"."""
    bare = not (place.names or place.region or place.control)
    return bare and place.relation != "same" and place.feature in _WEAK


def _of_observer(state: Assembly, piece: Piece) -> bool:
    """Return whether a place stands right after a camera or patrol."""
    agent = state.agent
    if agent is None or state.sense is not None or state.current():
        return False
    earlier = [p for p in state.pieces if p.end <= piece.start]
    close = [p for p in earlier if p.tag not in ("mark", "filler", "time", "body")]
    stands = bool(close) and close[-1].tag == "agent"
    return stands and agent.platform in ("camera", "patrol") and state.observer is None


def _by_agent(state: Assembly, piece: Piece) -> bool:
    """Return whether a place follows "recorded by the SMM camera"."""
    return any(
        p.tag == "agent"
        and p.end == piece.start
        and state.word_before(p) == "by"
        and (_is_camera(p) or any(d.event for d in state.drafts))
        for p in state.pieces
    )


def _place_drafts(state: Assembly, found: tuple[PlacePhrase, ...]) -> None:
    """Give a place to each thing of this verb that has none."""
    waiting = [d for d in state.current() if d.place is None]
    region = found[0].region if not found[0].names else None
    if not waiting and region is not None:
        for draft in state.current():
            draft.place = draft.place and replace(
                draft.place, region=draft.place.region or region
            )
    words = {token.lower for token in state.stream.tokens}
    if "respectively" in words and len(found) == len(waiting):
        for draft, place in zip(waiting, found, strict=True):
            draft.place = place
        return
    for draft in waiting:
        draft.place, draft.places = found[0], found


def take_sector(state: Assembly, index: int, piece: Piece) -> None:
    """Give a sector to each thing of this verb that has none."""
    del index
    if not isinstance(piece.value, tuple):
        return
    sectors = piece.value
    if state.word_before(piece) == "," and state.stream.is_word(piece.start - 2, "and"):
        state.ahead = sectors[0]
        return
    chosen = state.current()
    if sectors[0].text.lower().startswith("all ") or state.word_before(piece) == "all":
        chosen = [d for d in state.drafts if d.perceived and d.event]
    waiting = [
        d
        for d in chosen or state.current()
        if d.sector is None or d.sector in state.early
    ]
    if not waiting:
        state.ahead = sectors[0] if not state.current() else None
        state.early += [sectors[0]] if not state.senses and state.ahead else []
        return
    for draft in waiting:
        draft.sector = _union(sectors)


def _union(sectors: tuple[Sector, ...]) -> Sector:
    """Return several sectors as one that holds them all."""
    far = [s.distance for s in sectors if s.distance is not None]
    first = sectors[0]
    if len(sectors) == 1 or not far:
        return first
    distance = replace(
        far[0], low_m=min(d.low_m for d in far), high_m=max(d.high_m for d in far)
    )
    winds = tuple(bearing for s in sectors for bearing in s.bearings)
    return Sector(
        distance=distance, bearings=winds, text="; ".join(s.text for s in sectors)
    )


def take_flight(state: Assembly, index: int, piece: Piece) -> None:
    """Give a line of flight to the last thing that can fly."""
    del index
    lines = piece.value
    flying = [d for d in state.current() if d.kind in FLYING]
    if not flying and state.drafts and state.drafts[-1].kind in FLYING:
        flying = [state.drafts[-1]]
    if isinstance(lines, tuple) and flying:
        within = state.depth > 0 or any(
            state.stream.is_word(i, "(") for i in range(piece.start, piece.end)
        )
        _fly(state, flying[-1], lines, divides=within)


def _fly(
    state: Assembly, last: Draft, lines: tuple[object, ...], *, divides: bool
) -> None:
    """Give lines to a thing; "and 58 from west to east" is another lot of it."""
    for line in lines:
        if not isinstance(line, Flight):
            continue
        counted = line.count is not None and line.count.stated is not None
        flown = any(f.origin is not None and f.count is None for f in last.flights)
        if counted and flown and not divides:
            own = replace(line, count=None)
            last = replace(
                last, count=line.count, flights=[own], parts=[], at=state.at,
                weapons=list(last.weapons), marks=list(last.marks),
            )  # fmt: skip
            state.drafts.append(last)
        else:
            last.flights.append(line)


def take_heading(state: Assembly, index: int, piece: Piece) -> None:
    """Note which way the last thing moved or pointed."""
    del index
    for draft in state.current()[-1:]:
        draft.marks.append(str(piece.value))
