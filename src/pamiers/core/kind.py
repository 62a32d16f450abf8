"""What can be observed: one vocabulary of kinds, and the families they form.

A clause names a family (`fire`); an observation names what was perceived
(`burst`). Kinds are kept as the source gave them and are never sharpened. An event
that only an agreement knows is of the kind `event:<id>`, of no family but itself.

The kind says what an interval means. What lasts (a presence, a movement, a flight, a
restriction, an exercise) was going on throughout an interval that is given by the hour.
Everything else (fire, a casualty, an act), and whatever is dated only by a day or more,
was some time in it, nobody knows when.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from pamiers.core.errors import UnknownTermError

#: kind -> the family it belongs to; a family is itself a kind, for the unspecific
PARENT: Final[dict[str, str]] = {
    "explosion": "fire",
    "impact": "fire",
    "burst": "fire",
    "shot": "fire",
    "projectile": "fire",
    "muzzle_flash": "fire",
    "flare": "fire",
    "fire": "any",
    "ceasefire_violation": "fire",  # a source's own count of unspecified events
    "fire_at_monitor": "fire",
    "fatal_violence": "fire",
    "casualty": "harm",
    "damage": "harm",
    "harm": "any",
    "weapon_presence": "presence",
    "mine": "presence",
    "person_presence": "presence",
    "position": "presence",
    "presence": "any",
    "convoy": "movement",
    "movement": "any",
    "uav_flight": "flight",
    "aircraft_flight": "flight",
    "flight": "any",
    "access_denied": "restriction",
    "access_delayed": "restriction",
    "jamming": "restriction",
    "restriction": "any",
    "exercise": "any",
    "other": "any",
}
KINDS: Final = frozenset(PARENT) | {"any"}
#: a day, as short as clocks make one when they are put forward [s]
DAY_S: Final = 23 * 3600.0
#: families of what goes on throughout its interval
LASTING: Final = ("presence", "movement", "flight", "restriction", "exercise")
#: before the id of an event that an agreement adds to the vocabulary
EVENT: Final = "event:"
_OWN: Final = re.compile(r"event:[A-Za-z][A-Za-z0-9_.-]*")


def check_kind(kind: str) -> str:
    """Return a kind unchanged.

    Raises:
        UnknownTermError: It is not in the vocabulary.
    """
    if kind not in KINDS and _OWN.fullmatch(kind) is None:
        raise UnknownTermError(
            "kind",
            expected=f"one of {', '.join(sorted(KINDS))}, or event:<id>",
            got=repr(kind),
            remedy="Map the source's own word in the mapping file.",
        )
    return kind


def is_a(kind: str, family: str) -> bool:
    """Tell whether a kind is a family or belongs to it.

    Examples:
        >>> is_a("burst", "fire"), is_a("fire", "burst")
        (True, False)
    """
    while kind not in (family, "any"):
        kind = PARENT.get(kind, "any")
    return kind == family


@cache
def lasts(kind: str) -> bool:
    """Tell whether a kind goes on throughout an interval that is given by the hour.

    Examples:
        >>> lasts("convoy"), lasts("explosion"), lasts("event:inspection")
        (True, False, False)
    """
    return any(is_a(kind, family) for family in LASTING)


def members(families: Iterable[str]) -> frozenset[str]:
    """Return every kind that belongs to one of some families.

    Returns:
        Kinds, the families among them; empty for no family.
    """
    return _members(frozenset(families))


@cache
def _members(families: frozenset[str]) -> frozenset[str]:
    own = {family for family in families if family.startswith(EVENT)}
    known = {k for k in KINDS if any(is_a(k, family) for family in families)}
    return frozenset(known | own)
