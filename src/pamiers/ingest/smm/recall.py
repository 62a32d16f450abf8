"""Places that a sentence does not name: what it takes from the ones before it.

A position carries on within one paragraph, for the same observer only; in
another paragraph only the words that point back ("the same location") reach
it. A sentence that names a place or an area of its own takes none.
"""

from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.clause.state import Assembly
from pamiers.ingest.smm.context import (
    CARE,
    Context,
    is_street,
    named_places,
    recalled,
    through,
)
from pamiers.ingest.smm.sentence import PlacePhrase, Standing
from pamiers.ingest.smm.wordlist import words

_STILL = frozenset(words("also there further additionally nearby inside thereafter"))
_ON_SITE = frozenset(words("scene spot site house building yard"))


def stood(draft: Draft, state: Assembly, context: Context) -> PlacePhrase | None:
    """Return where the observer of a thing stood, None where nothing says so."""
    place = draft.observer or state.observer
    if place is not None:
        return recalled(place, context)
    if (draft.platform or "").endswith("uav") or draft.standing is Standing.CLAIMED:
        return None
    if draft.sector is not None and state.scene:
        vantage = recalled(state.scene[0], context)
        return vantage if vantage is not None and not vantage.region else None
    works = next((d.place for d in state.drafts if d.sense == "monitored"), None)
    if draft.sector is not None and works is not None and works.names:
        return works
    return context.observer if _stays(draft, state, context) else None


def _stays(draft: Draft, state: Assembly, context: Context) -> bool:
    """Return whether the observer is where the sentence before left it."""
    agent = state.agent
    same = agent is not None and agent.same
    afar = any(other.sector is not None for other in state.drafts)
    heard = draft.event and (same or afar)
    if names_an_area(state) or not (heard or draft.sector is not None):
        return False
    platform = draft.platform or (agent.platform if agent is not None else None)
    if platform is not None and platform != context.stands:
        return False
    pointed = state.stream.source.lower()
    return context.observer_here or "same camera" in pointed


def names_an_area(state: Assembly) -> bool:
    """Return whether a sentence names a place, or whose area it speaks of."""
    return bool(named_places(state))


def staged(draft: Draft, state: Assembly, context: Context) -> PlacePhrase | None:
    """Return where a thing without a place of its own was, None when unsaid."""
    if not state.scene:
        if context.lead is not None:
            return context.lead_scene
        return context.scene if _goes_on(draft, state, context) else None
    brought = draft.kind == "casualty" and state.scene[0].feature in CARE
    if brought or (draft.sector is not None and state.observer is None):
        return None
    if not state.scene[0].names and _goes_on(draft, state, context):
        return context.scene
    return recalled(state.scene[0], context)


def placed(draft: Draft, state: Assembly, context: Context) -> PlacePhrase | None:
    """Return the place a sentence gives to a thing, its town made out."""
    place = draft.place
    if place is None or (draft.kind == "casualty" and place.feature in CARE):
        return None
    town = state.scene[0] if state.scene else None
    if is_street(place) and town is not None and town.names:
        return recalled(town, context)
    return _earlier(place, state) or recalled(place, context)


def _earlier(place: PlacePhrase, state: Assembly) -> PlacePhrase | None:
    """Return "the bridge" as the bridge that the same sentence has named."""
    if place.names or place.feature is None or place.control or place.region:
        return None
    known = [p for p in named_places(state) if p.feature == place.feature and p.names]
    return through(place, known[0]) if known else None


def _goes_on(draft: Draft, state: Assembly, context: Context) -> bool:
    """Return whether a thing lies where the things of the sentence before lay."""
    if not _one_scene(context) or names_an_area(state):
        return False
    afar = draft.sector is not None or draft.event
    if afar or draft.standing is Standing.CLAIMED:
        return False
    agent = state.agent
    other = agent is not None and agent.platform not in (context.platform, "patrol")
    if other or any(_dates(piece.value) for piece in state.pieces):
        return False
    told = {token.lower for token in state.stream.tokens}
    return draft.item.noun.group == "damage" or bool(told & (_STILL | _ON_SITE))


def _one_scene(context: Context) -> bool:
    """Return whether the paragraph speaks of one place where things lie."""
    known = context.scene
    if known is None or not context.scene_here or len(known.names) != 1:
        return False
    return known.feature not in CARE and known.relation != "towards"


def _dates(value: object) -> bool:
    """Return whether a piece is a time phrase that names another day."""
    return bool(getattr(value, "days", ()) or getattr(value, "shift_days", 0))
