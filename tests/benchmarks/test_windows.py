"""The rule of windows on entries small enough to see."""

from tests.benchmarks.windows import Entry, Windows, matched, misfit

WITHIN = Windows(km=4.0, days=2)


def entry(of: int, key: int, day: int = 0, **more: object) -> Entry:
    given: dict[str, object] = {
        "begins": day,
        "ends": day,
        "lat": 39.0,
        "lon": -76.0,
        "categories": (("van", "large"), ("red",)),
        **more,
    }
    return Entry(of=of, key=key, **given)  # type: ignore[arg-type]


def groups(*lists: list[Entry]) -> list[list[tuple[int, int]]]:
    return [[(e.of, e.key) for e in group] for group in matched(lists, WITHIN)]


def test_windows_are_hard() -> None:
    assert groups([entry(1, 1)], [entry(2, 1, day=2)]) == [[(1, 1), (2, 1)]]
    assert len(groups([entry(1, 1)], [entry(2, 1, day=3)])) == 2
    assert len(groups([entry(1, 1)], [entry(2, 1, lat=39.04)])) == 2


def test_a_category_of_each_taxonomy_must_be_shared() -> None:
    coarse = entry(2, 1, categories=(("bus", "large"), ("red",)))
    other = entry(2, 1, categories=(("van", "large"), ("blue",)))
    assert misfit(entry(1, 1), coarse) == 0.5
    assert misfit(entry(1, 1), other) is None


def test_the_finest_is_taken_first_and_each_entry_once() -> None:
    coarse = entry(2, 1, categories=(("bus", "large"), ("red",)))
    assert groups([entry(1, 1)], [coarse, entry(2, 2)]) == [[(1, 1), (2, 2)], [(2, 1)]]


def test_what_lasts_is_matched_with_its_like() -> None:
    lasting = entry(2, 1, ends=1)
    assert len(groups([entry(1, 1)], [lasting])) == 2
    assert len(groups([entry(1, 1, ends=1)], [lasting])) == 1


def test_a_third_list_is_held_against_the_first_of_a_group() -> None:
    found = groups([entry(1, 1)], [entry(2, 1, day=2)], [entry(3, 1, day=4)])
    assert found == [[(1, 1), (2, 1)], [(3, 1)]]


def test_no_entries_make_no_groups() -> None:
    assert groups([], [], []) == []
