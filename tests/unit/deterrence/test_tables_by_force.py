"""Figures that nobody printed: the tool beside slow computations of the same games.

Nothing of `pamiers.deterrence` is used to find what is expected.
"""

import itertools
import json
import math
from fractions import Fraction
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

TABLES = Path(__file__).parents[3] / "benchmarks" / "deterrence_tables.py"


def _tool() -> Any:  # noqa: ANN401 - a script has no type
    spec = spec_from_file_location("tables_by_force", TABLES)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


def asked(capsys: pytest.CaptureFixture[str], *given: object) -> dict[str, Any]:
    """Return the line that the tool prints."""
    assert TOOL.main([str(each) for each in given]) == 0
    line: dict[str, Any] = json.loads(capsys.readouterr().out)
    return line


def of_two(rows: tuple[tuple[Fraction, ...], tuple[Fraction, ...]]) -> Fraction:
    """Return the value of a zero-sum game of two by two, rows maximising.

    The best of the lotteries over rows at which columns are worth the same, and of
    the pure ones.
    """
    (a, b), (c, d) = rows
    shares = {Fraction(0), Fraction(1)}
    if a - b - c + d:
        shares.add(min(max((d - c) / (a - b - c + d), Fraction(0)), Fraction(1)))
    return max(min(x * a + (1 - x) * c, x * b + (1 - x) * d) for x in shares)


@cache
def inspected(n: int, m: int, k: int, b: Fraction) -> Fraction:
    """Return what the recursive inspection game is worth to the inspectee."""
    if m >= n or k == 0:
        return Fraction(0)
    if m == 0:
        return Fraction(min(n, k))
    broken = (-b, 1 + inspected(n - 1, m, k - 1, b))
    kept = (inspected(n - 1, m - 1, k, b), inspected(n - 1, m, k, b))
    return of_two((broken, kept))


@cache
def caught_or_not(n: int, m: int) -> Fraction:
    """Return what Dresher's game is worth to the inspector."""
    if m >= n:
        return Fraction(0)
    if m == 0:
        return Fraction(-1)
    kept = (caught_or_not(n - 1, m - 1), caught_or_not(n - 1, m))
    return -of_two(((Fraction(-1), Fraction(1)), (-kept[0], -kept[1])))


def test_dresher(capsys: pytest.CaptureFixture[str]) -> None:
    for n, m in itertools.product(range(13), range(15)):
        line = asked(capsys, "dresher", n, m)
        assert Fraction(line["exact"]) == caught_or_not(n, m), (n, m)
        assert line["value"] == float(caught_or_not(n, m))


@pytest.mark.parametrize("b", ["1", "1/2", "0.25", "2", "7/3", "10"])
def test_stengel(capsys: pytest.CaptureFixture[str], b: str) -> None:
    for n, m, k in itertools.product(range(8), range(9), range(10)):
        line = asked(capsys, "stengel", n, m, k, b)
        assert Fraction(line["exact"]) == inspected(n, m, k, Fraction(b)), (n, m, k)


def most_gain(breaking: float, keeping: float, length: int | None, d: float) -> float:
    """Return the gain at which a breach is worth as much as keeping, state by state."""
    states = 2 if length is None else length + 1
    moves = np.zeros((states, states))
    moves[0, 0], moves[0, -1] = 1 - keeping, keeping
    for each in range(1, states):
        moves[each, each if length is None else each - 1] = 1.0
    if states == 1:
        moves[0, 0] = 1.0
    flow = np.zeros(states)
    flow[0] = 1 - d
    worth = np.linalg.solve(np.eye(states) - d * moves, flow)
    after = breaking * worth[-1] + (1 - breaking) * worth[0]
    return float((worth[0] - d * after) / (1 - d) - 1)


@pytest.mark.parametrize("d", [0.5, 0.9, 0.99])
@pytest.mark.parametrize(
    ("breaking", "keeping"), [(0.9, 0.0), (0.6, 0.05), (0.31, 0.3), (0.2, 0.4), (1, 1)]
)
def test_gmax(
    capsys: pytest.CaptureFixture[str], breaking: float, keeping: float, d: float
) -> None:
    for length in (0, 1, 2, 3, 7, 30, None):
        given = "inf" if length is None else length
        line = asked(capsys, "gmax", breaking, keeping, given, d)
        expected = most_gain(breaking, keeping, length, d)
        assert math.isclose(line["value"], expected, rel_tol=1e-9, abs_tol=1e-9)


def strictest(mu: float, b: float, d: float, h: float) -> float | None:
    """Return the least false alarm that deters, by a fine walk and halving."""
    bell = NormalDist()

    def spare(rate: float) -> float:
        missed = bell.cdf(bell.inv_cdf(1 - rate) - mu)
        return (b - h * rate) / (b + d) - missed

    low = 1e-9
    if spare(low) >= 0:
        return 0.0
    for step in range(1, 4_000):
        high = step / 4_000
        if spare(high) >= 0:
            for _ in range(80):
                middle = (low + high) / 2
                low, high = (low, middle) if spare(middle) >= 0 else (middle, high)
            return high
        low = high
    return None


@pytest.mark.parametrize("mu", [0.3, 1, 1.7, 2.5, 4])
@pytest.mark.parametrize(("b", "d", "h"), [(1, 1, 0.1), (2, 1, 0), (0.3, 2, 0.2)])
def test_alpha(
    capsys: pytest.CaptureFixture[str], mu: float, b: float, d: float, h: float
) -> None:
    line = asked(capsys, "alpha", mu, b, d, h)
    expected = strictest(mu, b, d, h)
    if expected is None:
        assert line["value"] is None
        assert line["why"]
    else:
        assert math.isclose(line["value"], expected, rel_tol=1e-6, abs_tol=1e-8)


def test_iaea(capsys: pytest.CaptureFixture[str]) -> None:
    for lot, false in itertools.product((1, 2, 7, 20, 50), (1, 2, 5, 7)):
        if false > lot:
            continue
        for wanted in ("0", "0.2", "0.5", "0.9", "0.95", "1"):
            sizes = (
                n
                for n in range(lot + 1)
                if Fraction(math.comb(lot - false, n), math.comb(lot, n))
                <= 1 - Fraction(wanted)
            )
            line = asked(capsys, "iaea", lot, false, wanted)
            assert line["value"] == next(sizes), (lot, false, wanted)


def test_delta_star(capsys: pytest.CaptureFixture[str]) -> None:
    for p, q in itertools.product(range(1, 21), range(20)):
        kept, broken = Fraction(p, 20), Fraction(q, 20)

        def upheld(
            d: Fraction, kept: Fraction = kept, broken: Fraction = broken
        ) -> bool:
            worth = 2 * (1 - d) / (1 - d * kept)
            return 3 * (1 - d) + d * broken * worth <= worth

        line = asked(capsys, "delta_star", kept, broken)
        nearly_one = 1 - Fraction(1, 10**9)
        if line["value"] is None:
            assert not upheld(nearly_one)
            continue
        least = Fraction(line["exact"])
        assert upheld(least)
        assert not upheld(least - Fraction(1, 10**9))


@pytest.mark.parametrize(
    "given",
    [
        "dresher 3 -1",
        "dresher 3.5 1",
        "dresher 3",
        "stengel 4 2 2 0",
        "stengel 4 2 2 nan",
        "stengel 4 2 two 1",
        "gmax 1.2 0 1 .9",
        "gmax .5 .1 -1 .9",
        "gmax .5 .1 nan .9",
        "gmax .5 .1 1 1",
        "gmax .5 .1 1 0",
        "alpha -1 1 1 .1",
        "alpha 1 0 1 .1",
        "alpha inf 1 1 .1",
        "iaea 5 6 .9",
        "iaea 5 1 1.1",
        "iaea 5 1 90%",
        "delta_star .9 1.5",
        "delta_star .9",
        "nothing",
        "",
    ],
)
def test_what_is_asked_wrongly_is_refused(
    capsys: pytest.CaptureFixture[str], given: str
) -> None:
    assert TOOL.main(given.split()) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "expected" in told.err or "deterrence_tables.py" in told.err
    assert "Traceback" not in told.err
