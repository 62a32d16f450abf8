"""The probability that at some time more are there than a number, exactly.

What is unsure comes and goes in the order of time: it is in sets that follow one
another. So the worlds need not be gone through one by one. A sweep carries how likely
each combination is of those that are there now, forgets who has gone, and sets aside
what has passed the number. It is exact as long as not too many combinations are alive
at once; beyond that, whoever asks has to do with bounds, and to say so.

Source: the transfer-matrix method; for things that are all there at once it is the
Poisson-binomial distribution (Hong 2013).
"""

from collections.abc import Sequence
from typing import Final

#: combinations that a sweep carries at most
MOST_ALIVE: Final = 20_000

_State = tuple[tuple[int, int], ...]  #: when it goes, and how many; sums are merged


def chance_over(
    chances: Sequence[float],
    counts: Sequence[int],
    inside: Sequence[Sequence[bool]],
    most: float,
) -> float | None:
    """Return the probability that some set holds more than a number.

    Args:
        chances: Probability that each is real, independent, shape (n,).
        counts: How many each stands for, positive, shape (n,).
        inside: For each set, in order, which of them are in it.
        most: Number that may be reached, not passed.

    Returns:
        Exact; None where one is in sets that do not follow one another, or too many
        combinations are alive at once.
    """
    runs = [_run([held[i] for held in inside]) for i in range(len(chances))]
    if any(run is None for run in runs):
        return None
    alive: dict[_State, float] = {(): 1.0}
    over = 0.0
    for at in range(len(inside)):
        alive = _gone(alive, at)
        for i, run in enumerate(runs):
            if run is not None and run[0] == at and chances[i] > 0.0:
                alive, passed = _come(alive, chances[i], (run[1], counts[i]), most)
                over += passed
        if len(alive) > MOST_ALIVE:
            return None
    return min(over, 1.0)


def _run(held: Sequence[bool]) -> tuple[int, int] | None:
    """Return from where to where something is, the end left out; None for gaps."""
    if True not in held:
        return (len(held), len(held))
    start = list(held).index(True)
    end = len(held) - list(reversed(held)).index(True)
    return (start, end) if all(held[start:end]) else None


def _gone(alive: dict[_State, float], at: int) -> dict[_State, float]:
    """Return the same without what is no longer there."""
    found: dict[_State, float] = {}
    for state, weight in alive.items():
        left = tuple(each for each in state if each[0] > at)
        found[left] = found.get(left, 0.0) + weight
    return found


def _come(
    alive: dict[_State, float], chance: float, one: tuple[int, int], most: float
) -> tuple[dict[_State, float], float]:
    """Return the combinations once one more may be there, and what passed."""
    found: dict[_State, float] = {}
    passed = 0.0
    for state, weight in alive.items():
        if chance < 1.0:
            found[state] = found.get(state, 0.0) + weight * (1.0 - chance)
        more = _with(state, one)
        if sum(count for _, count in more) <= most:
            found[more] = found.get(more, 0.0) + weight * chance
        else:
            passed += weight * chance
    return found, passed


def _with(state: _State, one: tuple[int, int]) -> _State:
    """Return a combination with one more; those that go together are one number."""
    held = dict(state)
    held[one[0]] = held.get(one[0], 0) + one[1]
    return tuple(sorted(held.items()))
