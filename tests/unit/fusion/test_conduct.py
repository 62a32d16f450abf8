"""Whose acts a source passes over, by what the others say."""

from dataclasses import replace

import numpy as np

from pamiers.fusion.conduct import FEWEST, Silence, Witnessed, silences

ACTORS = ("North", "South")


def seen(told: tuple[float, float], each: int = 100, named_by: int = 1) -> Witnessed:
    """Return incidents of each actor that two tell of, and a third so often.

    Args:
        told: Share of those of either that source 0 tells of.
        each: Incidents of either.
        named_by: Which source names the actor.
    """
    actor = np.repeat([0, 1], each)
    heard = np.ones((2 * each, 3), dtype=bool)
    by = np.tile((np.arange(each) + 0.5) / each, 2)
    heard[:, 0] = by < np.repeat(told, each)
    names = np.zeros_like(heard)
    names[:, named_by] = True
    return Witnessed(heard=heard, names=names & heard, actor=actor)


def test_who_tells_of_one_side_only_passes_over_the_other() -> None:
    found = silences(seen((0.05, 0.60)), ACTORS, 0)
    assert found == [Silence(actor="North", told=5, of=100, elsewhere=0.6)]


def test_who_tells_of_both_alike_passes_over_nobody() -> None:
    assert silences(seen((0.55, 0.60)), ACTORS, 0) == []
    assert silences(seen((0.05, 0.60)), ACTORS, 1) == []


def test_less_by_a_third_is_not_silence() -> None:
    assert silences(seen((0.40, 0.60), each=5_000), ACTORS, 0) == []


def test_of_few_incidents_nothing_is_said() -> None:
    assert silences(seen((0.0, 1.0), each=FEWEST - 1), ACTORS, 0) == []
    assert silences(seen((0.0, 1.0), each=FEWEST), ACTORS, 0) != []


def test_what_a_source_says_itself_shows_nothing_of_it() -> None:
    """Whom it alone names, nobody else laid the act to."""
    assert silences(seen((0.05, 0.60), named_by=0), ACTORS, 0) == []


def test_names_take_no_part() -> None:
    (one,) = silences(seen((0.05, 0.60)), ("x", "y"), 0)
    (two,) = silences(seen((0.60, 0.05)), ("y", "x"), 0)
    assert one == two


def test_what_is_disputed_shows_nothing() -> None:
    disputed = replace(seen((0.05, 0.60)), actor=np.full(200, -1))
    assert silences(disputed, ACTORS, 0) == []
