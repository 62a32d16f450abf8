"""Whether the weapons of an incident belong to a class of the agreement.

A source writes weapons in its own words, joined by `; `. Each is read for a kind,
a calibre and the name of a system; what the words do not say stays unknown, and
unknown is a bound from 0 to 1, never a guess.
"""

import re
from collections.abc import Sequence
from typing import Final

from pamiers.agreement.values.weapon import WeaponClass

Bound = tuple[float, float]

YES: Final[Bound] = (1.0, 1.0)
NO: Final[Bound] = (0.0, 0.0)
OPEN: Final[Bound] = (0.0, 1.0)

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
    weapons: str | None, calibre_mm: float | None, classes: Sequence[WeaponClass]
) -> Bound:
    """Return bounds on the probability that a weapon of a list is of a class.

    Args:
        weapons: Weapons in a source's words, joined by `; `; None: not stated.
        calibre_mm: Calibre stated beside them; used where one weapon is named.
        classes: Classes, any of which will do; none stands for every weapon.

    Returns:
        (1, 1) where one surely belongs, (0, 0) where none can, else (0, 1).
    """
    if not classes:
        return YES
    parts = [part.strip() for part in (weapons or "").split(";") if part.strip()]
    calibre = calibre_mm if len(parts) <= 1 else None
    answers = [_holds(part, calibre, one) for part in parts or [""] for one in classes]
    if True in answers:
        return YES
    return OPEN if None in answers else NO


def _holds(part: str, calibre_mm: float | None, one: WeaponClass) -> bool | None:
    words = " ".join(_BREAK.split(part.lower())).strip()
    size = _CALIBRE.search(part.lower())
    kind = next((kind for text, kind in _KINDS if _has(words, text)), None)
    kinds = _also_called(kind, one)
    system = part if _names_system(part) else None
    return one.holds(
        kind=kinds,
        calibre_mm=float(size[1]) if size else calibre_mm,
        system=system,
    )


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
    if " ".join(_BREAK.split(bare)).strip() in _VAGUE:
        return False
    return any(c.isdigit() for c in bare) or "(" in part
