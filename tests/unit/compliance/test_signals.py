"""Sets of instants agree with their definitions, instant by instant."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from random import Random

import pytest

from pamiers.agreement.values.calendar import Calendar
from pamiers.compliance.evidence.signals import (
    ALWAYS,
    FIRST,
    LAST,
    NEVER,
    Instants,
    ahead,
    back,
    both,
    either,
    joined,
    since,
    until,
    without,
)
from pamiers.compliance.evidence.suspended import less
from pamiers.compliance.evidence.units import units
from pamiers.core.instant import Interval

TIME = range(-12, 13)
Held = Callable[[int], bool]


def of(held: Instants) -> Held:
    return lambda t: any(a <= t < b for a, b in held)


def sound(held: Instants) -> bool:
    """Tell whether stretches are in order, and neither empty nor meet."""
    ends = [end for _, end in held]
    starts = [start for start, _ in held[1:]]
    return all(a < b for a, b in held) and all(
        a < b for a, b in zip(ends, starts, strict=False)
    )


def same(got: Instants, wanted: Held, times: Iterable[int] = TIME) -> None:
    assert sound(got)
    for t in times:
        assert of(got)(t) == wanted(t), (t, got)


def drawn(rng: Random) -> Instants:
    cuts = [(a, a + rng.randint(0, 4)) for a in rng.sample(range(-8, 8), 3)]
    return joined(cuts[: rng.randint(0, 3)])


CASES = [(drawn(Random(f"a{n}")), drawn(Random(f"b{n}"))) for n in range(60)]  # noqa: S311


@pytest.mark.parametrize(("a", "b"), CASES)
def test_sets_are_joined_cut_and_turned_about(a: Instants, b: Instants) -> None:
    inside, within = of(a), of(b)
    same(without(a), lambda t: not inside(t))
    same(both(a, b), lambda t: inside(t) and within(t))
    same(either(a, b), lambda t: inside(t) or within(t))


@pytest.mark.parametrize(("a", "b"), CASES)
@pytest.mark.parametrize(("low", "high"), [(0, 0), (0, 2), (1, 3), (2, None)])
def test_what_time_does_is_as_defined(
    a: Instants, b: Instants, low: int, high: int | None
) -> None:
    left, right = of(a), of(b)
    past = range(low, 30 if high is None else high + 1)
    same(back(a, low, high), lambda t: any(left(t - d) for d in past))
    same(
        since(a, b, low, high),
        lambda t: any(
            right(t - d) and all(left(u) for u in range(t - d + 1, t + 1)) for d in past
        ),
    )
    if high is not None:
        same(ahead(a, low, high), lambda t: any(left(t + d) for d in past))
        same(
            until(a, b, low, high),
            lambda t: any(
                right(t + d) and all(left(u) for u in range(t, t + d)) for d in past
            ),
        )


def test_time_has_ends() -> None:
    assert without(NEVER) == ALWAYS == ((FIRST, LAST),)
    assert without(ALWAYS) == NEVER == ()
    assert (FIRST, LAST) == (-(2**60), 2**60)
    assert back(((LAST - 2, LAST),), 0, 9) == ((LAST - 2, LAST),)
    assert back(((0, 1),), 3, None) == ((3, LAST),)
    assert ahead(((FIRST, FIRST + 2),), 0, 9) == ((FIRST, FIRST + 2),)
    assert since(ALWAYS, ((0, 1),), 0, None) == ((0, LAST),)
    assert since(ALWAYS, ((LAST - 3, LAST - 2),), 1, 9) == ((LAST - 2, LAST),)
    assert until(ALWAYS, ((FIRST + 3, FIRST + 4),), 1, 9) == ((FIRST, FIRST + 3),)


def at(day: int, hour: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gaps", "left"),
    [
        ([], [(1, 5)]),
        ([(0, 1)], [(1, 5)]),
        ([(2, 3)], [(1, 2), (3, 5)]),
        ([(1, 2), (4, 9)], [(2, 4)]),
        ([(3, 4), (2, 3)], [(1, 2), (4, 5)]),
        ([(2, 4), (3, 3)], [(1, 2), (4, 5)]),
        ([(7, 9)], [(1, 5)]),
        ([(0, 5)], []),
    ],
)
def test_what_is_left_of_an_interval(
    gaps: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    whole = Interval(at(11), at(15))
    cut = [(at(10 + a), at(10 + b)) for a, b in gaps]
    assert [(i.start.day - 10, i.end.day - 10) for i in less(whole, cut)] == left


@pytest.mark.parametrize(
    ("unit", "first", "found"),
    [
        ("day", at(10, 12), [(at(10), at(11)), (at(11), at(12))]),
        ("week", at(10, 12), [(at(9), at(16))]),
        ("month", at(10, 12), [(at(1), at(1, month=4))]),
        (
            "month",
            at(31, 12),
            [(at(1), at(1, month=4)), (at(1, month=4), at(1, month=5))],
        ),
        ("week", at(8, 12), [(at(2), at(9)), (at(9), at(16))]),
        ("week", at(9), [(at(9), at(16))]),
        ("year", at(10, 12), [(at(1, month=1), datetime(2027, 1, 1, tzinfo=UTC))]),
    ],
)
def test_units_of_the_calendar_that_a_day_touches(
    unit: str, first: datetime, found: list[tuple[datetime, datetime]]
) -> None:
    period = Interval(first, first + (at(2) - at(1)))
    assert list(units(unit, period, Calendar(time_zone="UTC"))) == found


def test_what_has_always_held_holds_from_the_beginning_of_time() -> None:
    assert back(ALWAYS, 6, 12) == back(ALWAYS, 6, None) == ALWAYS
    assert ahead(ALWAYS, 6, 12) == ALWAYS
    assert since(ALWAYS, ALWAYS, 3, None) == ALWAYS
    assert until(ALWAYS, ALWAYS, 3, 9) == ALWAYS
