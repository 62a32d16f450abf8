"""Whether the weapons of an incident belong to a class of the agreement.

A source writes weapons in its own words, joined by `; `. Each is read for a kind,
a calibre and the name of a system; what the words do not say stays unknown, and
unknown is a bound from 0 to 1, never a guess.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pamiers.agreement.values.weapon import WeaponClass

Bound = tuple[float, float]
Known = Mapping[str, float | str | bool | None]

YES: Final[Bound] = (1.0, 1.0)
NO: Final[Bound] = (0.0, 0.0)
OPEN: Final[Bound] = (0.0, 1.0)

NOTHING: Final[Known] = MappingProxyType({})

_M_PER_KM: Final = 1000.0
#: attributes that a class asks for by names of its own
_OWN: Final = ("calibre_mm", "range", "system", "weapon", "calibre")
_CALIBRE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*-?\s*mm")
_BREAK: Final = re.compile(r"[\W_]+")
#: words of a source -> kind of the agreement; the first that is found names it
_KINDS: Final = (
    ("anti tank guided missile", "anti_tank_missile"),
    ("anti tank missile", "anti_tank_missile"),
    ("anti tank gun", "anti_tank_gun"),
    ("surface to air missile", "surface_to_air_missile"),
    ("anti aircraft", "anti_aircraft"),
    ("grenade launcher", "grenade_launcher"),
    ("machine gun", "machine_gun"),
    ("small arms", "small_arms"),
    ("infantry fighting vehicle", "ifv"),
    ("ifv", "ifv"),
    ("apc", "apc"),
    ("armoured personnel carrier", "apc"),
    ("armoured combat vehicle", "acv"),
    ("acv", "acv"),
    ("multiple launch rocket system", "mlrs"),
    ("mlrs", "mlrs"),
    ("howitzer", "howitzer"),
    ("mortar", "mortar"),
    ("tank", "tank"),
    ("missile", "missile"),
    ("gun", "gun"),
)
_VAGUE: Final = frozenset({"unknown", "undetermined", "n k", "weapon", "artillery"})


def belongs(
    weapons: str | None,
    calibre_mm: float | None,
    classes: Sequence[WeaponClass],
    *,
    known: Known = NOTHING,
    kinds: Sequence[str] = (),
) -> Bound:
    """Return bounds on the probability that a weapon of a list is of a class.

    Args:
        weapons: Weapons in a source's words, joined by `; `; None: not stated.
        calibre_mm: Calibre stated beside them; used where one weapon is named.
        classes: Classes, any of which will do; none stands for every weapon.
        known: What else is stated of it, such as `range` [m] or `system`; used where
            one weapon is named.
        kinds: Kinds that the agreement names, from `kinds_named`.

    Returns:
        (1, 1) where one surely belongs, (0, 0) where none can, else (0, 1).
    """
    if not classes:
        return YES
    parts = [part.strip() for part in (weapons or "").split(";") if part.strip()]
    stated = dict(known) if len(parts) <= 1 else {}
    stated["calibre_mm"] = calibre_mm if len(parts) <= 1 else None
    answers = [
        _holds((part, _kind(part, kinds)), stated, one)
        for part in parts or [""]
        for one in classes
    ]
    if True in answers:
        return YES
    return OPEN if None in answers else NO


def names_a_kind(
    words: str | None, classes: Sequence[WeaponClass], kinds: Sequence[str] = ()
) -> bool:
    """Tell whether a source's words name a kind that some classes name.

    Args:
        words: Weapons or people in a source's words, joined by `; `; None: not stated.
        classes: Classes, such as of soldiers; of none nothing is named.
        kinds: Kinds that the agreement names, from `kinds_named`.

    Returns:
        Whether one of the words is such a kind; False where nothing is stated.
    """
    named = {_plain(kind) for one in classes for kind in _every_kind(one)}
    told = (_kind(part, kinds) for part in (words or "").split(";"))
    return any(kind is not None and _plain(kind) in named for kind in told)


def kinds_named(classes: Iterable[WeaponClass]) -> tuple[str, ...]:
    """Return the kinds that an agreement's classes name and no source's word is.

    Returns:
        Kinds such as `soldier` or `border_guard`, the longest first.
    """
    usual = {kind for _, kind in _KINDS}
    named = {kind for one in classes for kind in one.kinds} - usual
    return tuple(sorted(named, key=lambda kind: (-len(kind), kind)))


def _kind(part: str, kinds: Sequence[str]) -> str | None:
    """Return the kind that words name: first those of the agreement's own."""
    words = _plain(part)
    own = [(_plain(kind), kind) for kind in kinds]
    return next((kind for text, kind in (*own, *_KINDS) if _has(words, text)), None)


def _plain(text: str) -> str:
    return " ".join(_BREAK.split(text.lower())).strip()


def _holds(
    said: tuple[str, str | None], stated: Known, one: WeaponClass
) -> bool | None:
    part, kind = said
    size = _CALIBRE.search(part.lower())
    calibre, reach = stated.get("calibre_mm"), stated.get("range")
    system = stated.get("system") or (part if _names_system(part) else None)
    return one.holds(
        kind=_also_called(kind, one),
        calibre_mm=float(size[1]) if size else _number(calibre),
        range_km=None if reach is None else (_number(reach) or 0.0) / _M_PER_KM,
        system=None if system is None else str(system),
        also={k: v for k, v in stated.items() if k not in _OWN},
    )


def _number(value: float | str | bool | None) -> float | None:  # noqa: FBT001 - a value, not a switch
    return float(value) if isinstance(value, int | float) else None


def _has(words: str, text: str) -> bool:
    return re.search(rf"\b{text}s?\b", words) is not None


def _also_called(kind: str | None, one: WeaponClass) -> str | None:
    """Return a kind as the class calls it: a howitzer is a gun where no class is."""
    named = {k.replace("-", "_").lower(): k for k in _every_kind(one)}
    if kind in {"howitzer", "anti_tank_gun"} and kind not in named and "gun" in named:
        return named["gun"]
    return named.get(kind, kind) if kind else None


def _every_kind(one: WeaponClass) -> list[str]:
    return [*one.kinds, *(kind for each in one.any_of for kind in _every_kind(each))]


def _names_system(part: str) -> bool:
    """Tell whether words carry a designation, such as `BM-21` or `(2S1 Gvozdika)`."""
    bare = _CALIBRE.sub("", part.lower())
    if _plain(bare) in _VAGUE:
        return False
    return any(c.isdigit() for c in bare) or "(" in part
