"""Stretches of time that meet are one, in order."""

from datetime import UTC, datetime

from pamiers.compliance.assessment.stretch import merged, reached


def at(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)


def days(*spans: tuple[int, int]) -> list[tuple[datetime, datetime]]:
    return [(at(a), at(b)) for a, b in spans]


def test_what_meets_or_overlaps_is_one_and_the_rest_stands_apart() -> None:
    assert merged(days((8, 9), (1, 2), (5, 7), (5, 6))) == days((1, 2), (5, 7), (8, 9))
    assert merged(days((1, 2), (4, 9), (5, 6), (9, 11))) == days((1, 2), (4, 11))
    assert merged([]) == []


def test_an_end_that_touches_is_reached() -> None:
    held = days((3, 5))
    assert reached(held, at(5), at(6))
    assert reached(held, at(1), at(3))
    assert not reached(held, at(6), at(7))
    assert not reached(held, at(1), at(2))
