"""Readings of sentences to rows of the record: the words of one for the other."""

import math
from collections.abc import Callable
from typing import Any, Final

from pamiers.core.canonical import canonical_bytes
from pamiers.core.kind import is_a
from pamiers.ingest.smm.sentence import Count, Manner, Observed, PlacePhrase, Weapon
from pamiers.ingest.smm.wordlist import phrases

#: "about 110" is kept as 110 give or take this share, as other formats do.
ABOUT_SHARE: Final = 0.2
#: kind or group of the grammar -> kind of the record
KINDS: Final[dict[str, str]] = {
    "explosion": "explosion",
    "round": "explosion",
    "salvo": "explosion",
    "projectile": "projectile",
    "burst": "burst",
    "shot": "shot",
    "shot_or_burst": "fire",
    "muzzle_flash": "muzzle_flash",
    "illumination": "flare",
    "fire": "fire",
    "ceasefire_violation": "ceasefire_violation",
    "fire_at_mission": "fire_at_monitor",
    "smoke": "other",
    "mine": "mine",
    "uxo": "mine",
    "mine_sign": "other",
    "crater": "damage",
    "damage": "damage",
    "bullet_impact": "damage",
    "shrapnel_mark": "damage",
    "casualty": "casualty",
    "person": "person_presence",
    "queue": "person_presence",
    "convoy": "convoy",
    "vehicle": "movement",
    "truck": "movement",
    "train": "movement",
    "structure": "position",
    "aircraft": "aircraft_flight",
    "presence": "presence",
    "gathering": "other",
    "works": "other",
    "other": "other",
    "ammunition": "weapon_presence",
}
_FALLBACK: Final = "weapon_presence"
_BULLETS: Final = frozenset({"small_arms", "heavy_machine_gun", "light_machine_gun"})
_WRECKED: Final = frozenset({"destroyed", "burned", "burnt", "damaged", "wrecked"})
_UAV: Final = frozenset({"uav", "uavs", "mini uav", "drone", "quadcopter"})


def kind_of(observed: Observed) -> str:
    """Return the kind of the record for what a sentence says was perceived.

    What is said to be missing is `other`, so that it never counts as present; so is
    what was counted before and is only told of again.
    """
    if observed.absent or observed.known:
        return "other"
    kind = KINDS.get(observed.kind, _FALLBACK)
    wrecked = not _WRECKED.isdisjoint(observed.marks)
    if wrecked and kind in ("movement", _FALLBACK):
        return "damage"
    return _sharper(observed) or kind


def _sharper(observed: Observed) -> str | None:
    """Return the kind that the words beside the noun make of it, None for none."""
    small = {weapon.kind for weapon in observed.weapons}
    if observed.kind == "explosion" and observed.description == "impact":
        return "impact"
    if observed.kind == "round" and small and small <= _BULLETS:
        return "shot"
    if observed.kind == "aircraft" and observed.noun.lower() in _UAV:
        return "uav_flight"
    return None


def families(denied: tuple[str, ...]) -> tuple[str, ...]:
    """Return the families of kinds that were watched for, from what was not seen.

    Whoever hears no shot listened for fire; whoever saw no civilian looked for
    persons only. Things of no kind of the record watch for nothing.
    """
    kinds = [KINDS.get(kind, _FALLBACK) for kind in denied if kind != "nothing"]
    found = ("fire" if is_a(kind, "fire") else kind for kind in kinds)
    return tuple(dict.fromkeys(kind for kind in found if kind != "other"))


def figures(count: Count | None) -> dict[str, Any]:
    """Return best, low and high of a worded count, as columns.

    A range has no best figure and "several" has none at all, since the text
    gives none; a thing in the singular counts one.
    """
    best, low, high = _bounds(count)
    return {"count": best, "count_low": low, "count_high": high}


_Bounds = tuple[int | None, int | None, int | None]


def _bounds(count: Count | None) -> _Bounds:
    """Return best, low and high."""
    if count is None or count.manner is Manner.VAGUE:
        return None, None, None
    if count.low is not None and count.high is not None and count.low < count.high:
        return None, count.low, count.high
    figure = count.stated or 0
    if count.manner in (Manner.ABOUT, Manner.ALMOST):
        slack = max(1, math.ceil(figure * ABOUT_SHARE))
        top = figure + slack if count.manner is Manner.ABOUT else figure
        return figure, max(0, figure - slack), top
    return _OPEN.get(count.manner, _exact)(figure)


def _exact(figure: int) -> _Bounds:
    """Return a figure as it stands."""
    return figure, None, None


#: Words that leave one side open; "over 200" is 201 or more.
_OPEN: Final[dict[Manner, Callable[[int], _Bounds]]] = {
    Manner.AT_LEAST: lambda figure: (None, figure, None),
    Manner.OVER: lambda figure: (None, figure + 1, None),
    Manner.UP_TO: lambda figure: (None, 0, figure),
}


def weapon_words(weapons: tuple[Weapon, ...]) -> str | None:
    """Return weapons as words of a source, joined by `; `: `tank (T-72)`."""
    words = [_words(weapon) for weapon in weapons]
    return "; ".join(dict.fromkeys(words)) or None


def _words(weapon: Weapon) -> str:
    """Return one weapon: class, system in parentheses, calibre with its unit."""
    text = weapon.kind.replace("_", " ")
    if weapon.system is not None:
        text += f" ({weapon.system})"
    if weapon.calibre_mm is not None:
        text += f" {weapon.calibre_mm:g} mm"
    return text


def calibre(weapons: tuple[Weapon, ...]) -> float | None:
    """Return the calibre of the one weapon named [mm], None for several."""
    return weapons[0].calibre_mm if len(weapons) == 1 else None


def means(observed: Observed) -> str | None:
    """Return by what it was perceived: camera, uav, satellite, heard, saw."""
    platform = observed.platform or ""
    if platform.endswith("uav"):
        return "uav"
    if platform in ("camera", "satellite", "imagery", "sensor"):
        return platform
    return observed.sense if observed.sense in _SENSES else None


_SENSES: Final = frozenset(
    phrases(
        """
heard|saw|saw and heard|recorded|observed|spotted|corroborated
"""
    )
)


def control(phrase: PlacePhrase | None, parties: tuple[str, ...]) -> str | None:
    """Return the party that holds a place according to the text, None if unsaid.

    The Mission writes "government-controlled" and "non-government-controlled";
    the ids are those of an agreement that names both, else nothing is stated.
    """
    if phrase is None or phrase.control is None:
        return None
    party = "ua" if phrase.control == "government" else "cadlr"
    return party if party in parties else None


def details(observed: Observed) -> dict[str, object]:
    """Return what a reading holds beside the columns, plain values only."""
    return {
        "noun": observed.noun,
        "count": observed.count.text if observed.count else None,
        "description": observed.description,
        "flights": [flight.text for flight in observed.flights],
        "parts": [
            {
                "count": part.count.text if part.count else None,
                "weapon": _words(part.weapon) if part.weapon else None,
                "noun": part.noun,
            }
            for part in observed.parts
        ],
        "marks": list(observed.marks),
        "absent": observed.absent or None,
        "known": observed.known or None,
        "sector": observed.sector.text if observed.sector else None,
        "time": observed.time.basis if observed.time else None,
    }


def packed(values: dict[str, object]) -> str | None:
    """Return values as canonical JSON, those that say nothing left out."""
    kept = {
        name: value for name, value in values.items() if value not in (None, [], "")
    }
    return canonical_bytes(kept).decode() if kept else None
