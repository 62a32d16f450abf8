"""Classes of weapon as agreements define them: kind, calibre, range, system.

A text rarely lists everything it means. So a class answers *yes*, *no*, or *not
known*: a report of "a mortar" of no stated calibre is not outside "100 mm and
more", it cannot be told.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pamiers.agreement.values.expression import Expression, Known, holds
from pamiers.agreement.values.quantity import decimal
from pamiers.core.errors import MalformedAgreementError

_BOUND: Final = re.compile(r"(>=|<=|>|<|=)\s*(\d{1,15}(?:\.\d{1,15})?)")
_MM_PER_M: Final = 1000.0
_M_PER_KM: Final = 1000.0
_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A range of sizes; a bound is part of it unless `open`."""

    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False
    unit: str = "mm"

    def holds(self, value: float) -> bool:
        """Tell whether a value lies within the bounds."""
        above = self.low is None or (
            value > self.low if self.open_low else value >= self.low
        )
        below = self.high is None or (
            value < self.high if self.open_high else value <= self.high
        )
        return above and below

    def __str__(self) -> str:
        """Return the bounds as an agreement writes them, such as `>= 100 mm`."""
        if self.low is not None and self.low == self.high:
            return f"= {decimal(self.low)} {self.unit}"
        parts = []
        if self.low is not None:
            parts.append(f"{'>' if self.open_low else '>='} {decimal(self.low)}")
        if self.high is not None:
            parts.append(f"{'<' if self.open_high else '<='} {decimal(self.high)}")
        return f"{', '.join(parts)} {self.unit}"


def parse_bounds(text: str, units: tuple[str, ...]) -> Bounds:
    """Return the bounds that text such as `>= 100 mm` or `> 60, <= 120 mm` states.

    Args:
        text: One or two comparisons, then a unit.
        units: Units allowed here, such as `("mm",)`.

    Returns:
        The bounds.

    Raises:
        MalformedAgreementError: Another form, another unit, or an empty range.

    Examples:
        >>> str(parse_bounds("> 60, <= 120 mm", ("mm",)))
        '> 60, <= 120 mm'
    """
    body, _, unit = text.strip().rpartition(" ")
    parts = [_BOUND.fullmatch(part.strip()) for part in body.split(",")]
    found = [part for part in parts if part is not None]
    if unit not in units or len(found) != len(parts):
        raise _malformed(text, units)
    bounds = _joined([(part[1], float(part[2])) for part in found], unit)
    if bounds is None:
        raise _malformed(text, units)
    return bounds


def _joined(parts: list[tuple[str, float]], unit: str) -> Bounds | None:
    lows = [(sign, size) for sign, size in parts if sign in {">", ">=", "="}]
    highs = [(sign, size) for sign, size in parts if sign in {"<", "<=", "="}]
    if len(lows) > 1 or len(highs) > 1:
        return None
    low = lows[0][1] if lows else None
    high = highs[0][1] if highs else None
    bounds = Bounds(
        low=low,
        high=high,
        open_low=bool(lows) and lows[0][0] == ">",
        open_high=bool(highs) and highs[0][0] == "<",
        unit=unit,
    )
    if low is None or high is None:
        return bounds
    return bounds if bounds.holds((low + high) / 2) else None


def _malformed(text: str, units: tuple[str, ...]) -> MalformedAgreementError:
    return MalformedAgreementError(
        "class",
        expected=f"bounds such as '>= 100 {units[0]}'",
        got=repr(text),
        remedy=f"Write one or two comparisons and a unit of {', '.join(units)}.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WeaponClass:
    """A class of weapon: what it takes to belong to it.

    A weapon belongs when every criterion given among kind, calibre, range, system
    and `where` holds and its system is not in `except_systems`; or when it belongs
    to a class of `any_of`. Of a class with `any_of`, `where` narrows the others too.
    """

    id: str
    title: Mapping[str, str]
    kinds: tuple[str, ...] = ()  #: gun howitzer mortar mlrs tank missile ...
    calibre_mm: Bounds | None = None
    range_km: Bounds | None = None
    systems: tuple[str, ...] = ()
    except_systems: tuple[str, ...] = ()
    any_of: "tuple[WeaponClass, ...]" = ()
    where: Expression | None = None  #: a further condition

    def holds(
        self,
        *,
        kind: str | None = None,
        calibre_mm: float | None = None,
        range_km: float | None = None,
        system: str | None = None,
        also: Known = MappingProxyType({}),
    ) -> bool | None:
        """Tell whether a weapon belongs; None where what is known cannot tell.

        Args:
            kind: Such as `mortar`; None when not stated.
            calibre_mm: Calibre [mm]; None when not stated.
            range_km: Greatest range [km]; None when not stated.
            system: Such as `2S1 Gvozdika`; None when not stated.
            also: Other attributes that `where` may ask for, in base units.

        Returns:
            True, False, or None for *not known*.
        """
        known = {
            "weapon": kind,
            "calibre": None if calibre_mm is None else calibre_mm / _MM_PER_M,
            "range": None if range_km is None else range_km * _M_PER_KM,
            "system": system,
            **also,
        }
        criteria = [
            *([holds(self.where, known)] if self.where else []),
            *([_in(kind, self.kinds)] if self.kinds else []),
            *([_within(calibre_mm, self.calibre_mm)] if self.calibre_mm else []),
            *([_within(range_km, self.range_km)] if self.range_km else []),
            *([_named(system, self.systems)] if self.systems else []),
            *([_not(_named(system, self.except_systems))] * bool(self.except_systems)),
        ]
        answers = [
            each.holds(
                kind=kind,
                calibre_mm=calibre_mm,
                range_km=range_km,
                system=system,
                also=also,
            )
            for each in self.any_of
        ]
        return _any([*answers, *([_all(criteria)] if criteria else [])])


def _all(answers: list[bool | None]) -> bool | None:
    """Return the conjunction in Kleene's logic."""
    if False in answers:
        return False
    return None if None in answers else True


def _any(answers: list[bool | None]) -> bool | None:
    """Return the disjunction in Kleene's logic."""
    if True in answers:
        return True
    return None if None in answers else False


def _not(answer: bool | None) -> bool | None:  # noqa: FBT001 - a truth value
    return None if answer is None else not answer


def _in(word: str | None, words: tuple[str, ...]) -> bool | None:
    return None if word is None else word in words


def _within(size: float | None, bounds: Bounds) -> bool | None:
    return None if size is None else bounds.holds(size)


def _named(system: str | None, names: tuple[str, ...]) -> bool | None:
    """Tell whether a system's name has all the letter groups of a listed name.

    `BM-27 Uragan` is named by `Uragan`; `Tornado-G` is not named by `Tornado-S`.
    """
    if system is None:
        return None
    have = set(_WORDS.split(system.lower()))
    return any(set(_WORDS.split(name.lower())) <= have for name in names)
