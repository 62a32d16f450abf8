"""Numbers of which the upper bound may be open: how many surely, and possibly."""

from collections.abc import Iterable

Amount = tuple[float, float | None]  #: surely, possibly; None: or more


def total(parts: Iterable[float | None]) -> float | None:
    """Return what numbers come to; 0 for none, None (or more) where one is open."""
    known = _known(parts)
    return None if known is None else sum(known)


def highest(parts: Iterable[float | None]) -> float | None:
    """Return the highest of numbers; 0 for none, None (or more) where one is open."""
    known = _known(parts)
    return None if known is None else max(known, default=0.0)


def _known(parts: Iterable[float | None]) -> list[float] | None:
    """Return numbers; None where one of them is open."""
    told = list(parts)
    known = [each for each in told if each is not None]
    return known if len(known) == len(told) else None
