"""A weapon, or people, that surely belong to a class: what a deed is done with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.agreement.values.weapon import Bounds, WeaponClass
from pamiers.compliance.evidence.weaponry import YES, belongs, kinds_named

_STEP_MM: Final = 1.0
_KM_M: Final = 1000.0
_USUAL_MM: Final = (122.0, 120.0, 152.0, 100.0, 82.0, 85.0, 220.0, 300.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon:
    """Words and figures by which whoever sees a thing knows its class."""

    words: str
    calibre_mm: float | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


def weapon_of(agreement: Agreement, class_id: str) -> Weapon | None:
    """Return something that surely belongs to a class.

    Args:
        agreement: Defines the class.
        class_id: Id of the class.

    Returns:
        The first that its definition yields; None where none can be told by kind,
        calibre, range or name alone.
    """
    one = agreement.classes[class_id]
    kinds = kinds_named(agreement.classes.values())
    for weapon in _candidates(one):
        known = {name: float(value) for name, value in weapon.attributes.items()}
        found = belongs(
            weapon.words, weapon.calibre_mm, [one], known=known, kinds=kinds
        )
        if found == YES:
            return weapon
    return None


def _candidates(one: WeaponClass) -> Iterator[Weapon]:
    calibre = _inside(one.calibre_mm, _USUAL_MM, _STEP_MM)
    reach = _inside(one.range_km, (), 1.0)
    attributes = {} if reach is None else {"range": f"{reach * _KM_M:g}"}
    names = [*one.systems, *(kind.replace("_", " ") for kind in one.kinds)]
    both = [f"{kind} ({name})" for kind in one.kinds for name in one.systems]
    for words in (*both, *names, *([] if names else ["weapon"])):
        yield Weapon(words=words, calibre_mm=calibre, attributes=attributes)
    for part in one.any_of:
        yield from _candidates(part)


def _inside(
    bounds: Bounds | None, usual: tuple[float, ...], step: float
) -> float | None:
    """Return a size within bounds, a usual one if there is; None for no bounds."""
    if bounds is None:
        return None
    low = bounds.low if bounds.low is not None else 0.0
    high = bounds.high if bounds.high is not None else low + 2.0 * step
    tried = (*usual, (low + high) / 2.0, low + step, low, high)
    return next((size for size in tried if bounds.holds(size)), None)
