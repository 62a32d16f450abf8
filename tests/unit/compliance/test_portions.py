"""How many were done in a window, where tallies speak of times of their own."""

from datetime import UTC, datetime, timedelta

from pamiers.compliance.evidence.levels import Laid
from pamiers.compliance.evidence.portions import Portion, between
from pamiers.compliance.evidence.sites import Counted

START = datetime(2026, 3, 1, tzinfo=UTC)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def portion(
    counter: str,
    days: tuple[int, int],
    least: float,
    most: float | None,
    site: str = "",
) -> Portion:
    return Portion(
        laid=Laid(
            counter=counter,
            site=Counted(site or None, "tank", "A"),
            whole=True,
            part_of=frozenset(),
            unsure=frozenset(),
        ),
        exact=True,
        earliest=at(days[0]),
        latest=at(days[1]),
        least=least,
        most=most,
        running=False,
        key=f"{counter}:{days}",
    )


def total(counter: str, day: int, least: float, most: float | None) -> Portion:
    one = portion(counter, (day, day), least, most)
    return Portion(**{n: getattr(one, n) for n in one.__slots__} | {"running": True})


def test_what_lies_in_a_window_whole_counts_what_meets_it_may() -> None:
    told = [portion("un", (1, 3), 10, 12)]
    assert between(told, at(1), at(3)) == (10, 12)
    assert between(told, at(2), at(4)) == (0, 12)
    assert between(told, at(0), at(2)) == (0, 12)
    assert between(told, at(4), at(6)) == (0, 0)
    assert between(told, at(3), at(3)) == (0, 12)
    assert between([], at(1), at(2)) == (0.0, 0.0)


def test_a_running_total_counts_from_the_one_before() -> None:
    told = [total("un", 1, 10, 10), total("un", 3, 15, 18), total("un", 5, 20, 20)]
    assert between(told, at(1), at(2)) == (10, 10)
    assert between(told, at(2), at(4)) == (5, 8)
    assert between(told, at(4), at(6)) == (2, 5)
    assert between(told, at(6), at(7)) == (0, 0)


def test_portions_add_to_the_total_before_them() -> None:
    told = [total("un", 1, 10, 10), portion("un", (2, 2), 3, 4), total("un", 4, 20, 20)]
    assert between(told, at(2), at(3)) == (3, 4)
    assert between(told, at(3), at(4)) == (6, 7)
    assert between(told, at(0), at(3)) == (13, 14)
    early = [portion("un", (0, 2), 3, 4), total("un", 2, 20, None)]
    assert between(early, at(1), at(2)) == (16, None)


def test_a_total_that_is_lower_than_before_adds_nothing() -> None:
    told = [total("un", 1, 10, 10), total("un", 3, 4, 4), portion("un", (4, 4), 2, 2)]
    assert between(told, at(2), at(5)) == (2, 2)


def test_what_is_unsure_before_a_window_does_not_blur_what_is_in_it() -> None:
    told = [portion("un", (1, 1), 3, 9), portion("un", (4, 4), 2, 2)]
    assert between(told, at(3), at(5)) == (2, 2)


def test_sites_are_added_and_rivals_set_side_by_side() -> None:
    told = [portion("un", (1, 1), 3, 3), portion("un", (1, 1), 4, 5, "depot")]
    assert between(told, at(0), at(2)) == (7, 8)
    rival = [*told, portion("press", (1, 1), 1, 20)]
    assert between(rival, at(0), at(2)) == (1, 20)
    open_end = [*told, portion("press", (1, 1), 9, None)]
    assert between(open_end, at(0), at(2)) == (7, None)


def test_in_a_ratio_what_was_counted_enters_at_its_end() -> None:
    assert portion("un", (1, 3), 1, 1).whole().earliest == at(3)
