"""From what was put together to frozen readings of the sentence model."""

from dataclasses import replace
from itertools import pairwise

from pamiers.ingest.smm.calendar import resolve
from pamiers.ingest.smm.clause.assembly import aimed_at_mission
from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.clause.state import Assembly
from pamiers.ingest.smm.context import Context
from pamiers.ingest.smm.judge import seen
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.recall import placed, staged, stood
from pamiers.ingest.smm.sentence import (
    Observed,
    Published,
    TimeSpan,
    Weapon,
)
from pamiers.ingest.smm.totals import Tally

_SHARED = frozenset({"shot", "burst", "shot_or_burst", "projectile", "fire"})


def observations(state: Assembly, context: Context) -> tuple[Observed, ...]:
    """Return what was perceived, one reading per thing and, uncounted, per place.

    Args:
        state: The assembled sentence.
        context: Memory of the sentences before.

    Returns:
        Readings in the order of the text; empty when nothing was perceived.
    """
    found = seen(state)
    _share_weapons(found)
    _complete(found)
    aimed = aimed_at_mission(state)
    out: list[Observed] = []
    for draft in found:
        draft.aimed = aimed and draft.event
        out.extend(_at_each_place(_observed(draft, state, context), draft))
    return tuple(out)


def _share_weapons(found: list[Draft]) -> None:
    """Let "22 bursts and 43 shots of small-arms fire" share the weapon named last."""
    for earlier, later in pairwise(found):
        both = earlier.kind in _SHARED and later.kind in _SHARED - {"projectile"}
        if both and not earlier.weapons and earlier.kind in ("shot", "burst"):
            earlier.weapons = list(later.weapons)


def _complete(found: list[Draft]) -> None:
    """Let "two incoming and five outgoing mortar rounds" both be mortar rounds."""
    for earlier, later in pairwise(found):
        if earlier.item.noun.group == "elliptic" and earlier.group == later.group:
            earlier.kind = later.kind
            earlier.weapons = earlier.weapons or list(later.weapons)
            earlier.sector = earlier.sector or later.sector


def _at_each_place(one: Observed, draft: Draft) -> list[Observed]:
    """Return one reading per listed place of a thing without a count."""
    if one.count is not None or len(draft.places) < 2:  # noqa: PLR2004 - a figure plain in its place
        return [one]
    named = [place for place in draft.places if place.names]
    return [replace(one, place=place) for place in named] or [one]


def _observed(draft: Draft, state: Assembly, context: Context) -> Observed:
    """Return one thing with its time, places and weapons resolved in context."""
    if _is_mark(draft):
        draft.kind = "crater"
    place = placed(draft, state, context)
    if place is None or not (place.names or place.region):
        around = staged(draft, state, context)
        place = around if around is not None and around.names else place or around
    return Observed(
        kind="fire_at_mission" if draft.aimed else draft.kind,
        noun=draft.item.words,
        count=draft.count,
        description=draft.description,
        weapons=_weapons(draft),
        sense=draft.sense,
        platform=draft.platform or (context.platform if context.lead else None),
        observer=stood(draft, state, context),
        sector=draft.sector,
        place=place,
        time=_time(draft.time, context),
        flights=tuple(draft.flights),
        parts=tuple(draft.parts),
        standing=draft.standing,
        absent=draft.absent,
        known=draft.known,
        marks=tuple(dict.fromkeys(draft.marks)),
    )


def _is_mark(draft: Draft) -> bool:
    """Return whether an impact was found on the ground, not heard or filmed."""
    impact = draft.kind == "explosion" and draft.item.words.lower().startswith("impact")
    found = draft.sense in ("observed", "saw", "spotted") and draft.sector is None
    return impact and found


def _weapons(draft: Draft) -> tuple[Weapon, ...]:
    """Return the weapons of a thing, each once."""
    return tuple(dict.fromkeys(draft.weapons))


def _time(phrase: TimePhrase | None, context: Context) -> TimeSpan:
    """Return the interval of a thing."""
    return resolve(phrase, context.dates)


def published(tallies: list[Tally], context: Context) -> tuple[Published, ...]:
    """Return the counts a sentence publishes, with their periods resolved."""
    region = context.region if context.carries_region else None
    alone = region is not None and not any(tally.regions for tally in tallies)
    regions = (region,) if alone and region is not None else ()
    return tuple(
        _published(replace(tally, regions=tally.regions or regions), context)
        for tally in tallies
    )


def _published(tally: Tally, context: Context) -> Published:
    """Return one count; without a period of its own it is the reporting period's."""
    phrase = tally.time if tally.time is not None else TimePhrase(period="reporting")
    kind = {"evenings": "stated", None: "stated"}.get(phrase.period, phrase.period)
    if phrase.parts or phrase.days:
        kind = "stated" if phrase.period in (None, "evenings") else kind
    return Published(
        region=tally.regions[0] if tally.regions else None,
        measure=tally.measure,
        count=tally.count,
        change=tally.change,
        previous=tally.previous,
        period=resolve(phrase, context.dates),
        period_kind=kind or "stated",
    )
