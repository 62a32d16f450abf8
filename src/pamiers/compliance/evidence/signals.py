"""Sets of instants as stretches of whole microseconds, and what time does to them.

A set is a sorted tuple of half-open stretches that neither meet nor overlap. A
formula of temporal logic becomes two of them: when it surely holds, and when it may.

Source: Maler, Nickovic (2004), Monitoring temporal properties of continuous signals,
on stretches of integers, where closed spans are exact.
"""

from collections.abc import Iterable
from typing import Final

Stretch = tuple[int, int]
Instants = tuple[Stretch, ...]

#: no instant of an agreement lies beyond these [us since 1970]
FIRST: Final = -(2**60)
LAST: Final = 2**60
ALWAYS: Final[Instants] = ((FIRST, LAST),)
NEVER: Final[Instants] = ()


def joined(parts: Iterable[Stretch]) -> Instants:
    """Return the instants of some stretches, in any order."""
    found: list[Stretch] = []
    for start, end in sorted(p for p in parts if p[0] < p[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def without(held: Instants) -> Instants:
    """Return every instant that is not in a set."""
    found, at = [], FIRST
    for start, end in held:
        found.append((at, start))
        at = end
    return joined([*found, (at, LAST)])


def both(one: Instants, other: Instants) -> Instants:
    """Return the instants that two sets share."""
    return joined(
        (max(a, c), min(b, d)) for a, b in one for c, d in other if a < d and c < b
    )


def either(one: Instants, other: Instants) -> Instants:
    """Return the instants of two sets."""
    return joined([*one, *other])


def ahead(held: Instants, low: int, high: int) -> Instants:
    """Return the instants from which a set is met within a span ahead.

    Args:
        held: When it holds.
        low: Nearer end of the closed span [us].
        high: Further end [us].

    Returns:
        Every t for which some t' in [t + low, t + high] is in the set.
    """
    return joined((_cut(a - high), _less(b, low)) for a, b in held)


def back(held: Instants, low: int, high: int | None) -> Instants:
    """Return the instants from which a set is met within a span back.

    Args:
        held: When it holds.
        low: Nearer end of the closed span [us].
        high: Further end [us]; None for none.

    Returns:
        Every t for which some t' in [t - high, t - low] is in the set.
    """
    if high is None:
        return joined((_more(a, low), LAST) for a, _ in held)
    return joined((_more(a, low), _cut(b + high)) for a, b in held)


def _more(start: int, by: int) -> int:
    """Return a later start; what has held for ever still has."""
    return start if start == FIRST else _cut(start + by)


def _less(end: int, by: int) -> int:
    """Return an earlier end; what holds for ever still does."""
    return end if end == LAST else _cut(end - by)


def _cut(at: int) -> int:
    return min(max(at, FIRST), LAST)


def since(left: Instants, right: Instants, low: int, high: int | None) -> Instants:
    """Return when `left SINCE[low, high] right` holds.

    Args:
        left: When the left holds.
        right: When the right holds.
        low: Nearer end of the closed span back [us].
        high: Further end [us]; None for none.

    Returns:
        Every t with some t' in [t - high, t - low] in the right, and every instant
        after t' up to t in the left.
    """
    found = list(right) if low == 0 else []
    for start, end in left:
        for a, b in right:
            first, last = max(a, start - 1), min(b, end - 1)
            if first < last:
                furthest = end if high is None else min(_cut(last + high), end)
                begun = FIRST if first == FIRST else max(_cut(first + low), first + 1)
                found.append((begun, furthest))
    return joined(found)


def until(left: Instants, right: Instants, low: int, high: int) -> Instants:
    """Return when `left UNTIL[low, high] right` holds.

    Args:
        left: When the left holds.
        right: When the right holds.
        low: Nearer end of the closed span ahead [us].
        high: Further end [us].

    Returns:
        Every t with some t' in [t + low, t + high] in the right, and every instant
        from t up to t', without it, in the left.
    """
    found = list(right) if low == 0 else []
    for start, end in left:
        for a, b in right:
            first, last = max(a, start + 1), min(b, end + 1)
            if first < last:
                nearest = max(_cut(first - high), start)
                over = LAST if last == LAST else min(_cut(last - low), last - 1)
                found.append((nearest, over))
    return joined(found)
