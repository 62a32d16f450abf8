"""No label covers another, nor the point of another that is shown."""

from itertools import combinations

from pamiers.render.frame import Box
from pamiers.render.labels import Label, Placed, place_labels

PAGE = (200.0, 100.0)


def label(text: str, x: float, y: float) -> Label:
    return Label(text=text, x=x, y=y, size=10.0, room=10.0)


def boxes(placed: Placed) -> tuple[Box, Box]:
    wide = len(placed.label.text) * 5.6
    left = placed.x - {"start": 0.0, "middle": wide / 2, "end": wide}[placed.anchor]
    dot = Box(*(at - 1 for at in _at(placed)), *(at + 1 for at in _at(placed)))
    return Box(left, placed.y - 8, left + wide, placed.y), dot


def _at(placed: Placed) -> tuple[float, float]:
    return placed.label.x, placed.label.y


def test_a_text_turns_from_the_point_to_its_right() -> None:
    near = [label("Avdiivka", 90, 50), label("Yasynuvata", 112, 52)]
    first, second = place_labels(near, (), PAGE)
    assert first.anchor == "end"
    assert second.anchor == "start"


def test_a_point_under_a_text_that_has_no_other_room_is_left_out() -> None:
    cramped = [label("A" * 30, 10, 50), label("B", 100, 50)]
    assert [each.label.text for each in place_labels(cramped, (), PAGE)] != ["B"]
    every = list(
        place_labels(cramped, (Box(0, 0, 200, 40), Box(0, 60, 200, 100)), PAGE)
    )
    assert [each.label.text for each in every] == ["A" * 30]


def test_no_text_over_another_text_or_shown_point() -> None:
    crowd = [label(f"Town {n}", 40 + 13 * n % 120, 20 + 29 * n % 60) for n in range(20)]
    placed = list(place_labels(crowd, (), PAGE))
    assert len(placed) > 3
    for one, two in combinations(placed, 2):
        (text, dot), (other, point) = boxes(one), boxes(two)
        assert not text.overlaps(other)
        assert not (text.overlaps(point) and other.overlaps(dot))
        assert not text.overlaps(point)
