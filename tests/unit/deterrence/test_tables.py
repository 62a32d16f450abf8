"""Figures published or computed elsewhere, to the digits in which they were printed.

The inspection games after Dresher (1962) and von Stengel (2016); suspensions after
Green and Porter (1984); thresholds after Avenhaus, von Stengel and Zamir (2002);
samples after the IAEA's technical manual; the commitment after Conitzer (2016).
"""

import json
import re
import subprocess
import sys
from fractions import Fraction
from importlib.util import module_from_spec, spec_from_file_location
from math import comb
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from pamiers.deterrence.alarms import (
    Inspectee,
    best_commitment,
    least_false_alarm,
    least_inspection,
)
from pamiers.deterrence.ladder import (
    Suspension,
    best_symmetric,
    best_value,
    least_patience,
    most_gain,
    shortest,
    value_kept,
)
from pamiers.deterrence.margins import (
    Stakes,
    least_detection,
    least_loss,
    longest_lag,
    margin,
)
from pamiers.deterrence.quotas import dresher, least_sample, missed, stengel, visit_now

TABLES = Path(__file__).parents[3] / "benchmarks" / "deterrence_tables.py"
DRESHER = {
    1: "-1 0",
    2: "-1 -1/3 0",
    3: "-1 -1/2 -1/7 0",
    4: "-1 -3/5 -3/11 -1/15 0",
    5: "-1 -2/3 -3/8 -2/13 -1/31 0",
    6: "-1 -5/7 -5/11 -5/21 -5/57 -1/63 0",
}
MOST_GAIN = {
    (0.9, 0.0): (0.855, 1.66725, 3.171943, 5.755511, 9.573834, 17.1),
    (0.6, 0.05): (0.498807, 0.932502, 1.648001, 2.665092, 3.819279, 5.358974),
    (0.3, 0.2): (0.079832, 0.13517, 0.206724, 0.280606, 0.340129, 0.395833),
}
ALARMS = [
    ((1, 1, 1, 0.1), (0.163670, 0.491816)),
    ((2, 1, 1, 0.1), (0.022906, 0.498855)),
    ((3, 1, 1, 0.1), (0.001351, 0.499932)),
    ((2, 0.5, 1, 0.1), (0.059578, 0.329361)),
    ((1, 0.25, 1, 0.05), (0.464107, 0.181436)),
]


def stakes(*given: float, standing: bool = True) -> Stakes:
    """Return stakes from gain, detection, false alarm, lag, loss and discount."""
    arrays = [np.asarray(float(each)) for each in given]
    names = ("gain", "detection", "false_alarm", "lag", "loss", "discount")
    return Stakes(**dict(zip(names, arrays, strict=True)), standing=np.array(standing))


def suspension(*given: float) -> Suspension:
    """Return a suspension from its two alarm rates, length and discount."""
    arrays = [np.asarray(float(each)) for each in given]
    names = ("alarm_breaking", "alarm_keeping", "length", "discount")
    return Suspension(**dict(zip(names, arrays, strict=True)))


def test_dresher() -> None:
    for occasions, row in DRESHER.items():
        expected = [Fraction(each) for each in row.split()]
        assert [dresher(occasions, m) for m in range(occasions + 1)] == expected


def test_stengel() -> None:
    assert stengel(4, 2, 2) == visit_now(4, 2) == Fraction(4, 11)
    assert stengel(6, 2, 3) == Fraction(19, 22)
    assert visit_now(6, 2) == Fraction(3, 11)


@pytest.mark.parametrize(("rates", "row"), MOST_GAIN.items())
def test_the_largest_gain_that_is_deterred(
    rates: tuple[float, float], row: tuple[float, ...]
) -> None:
    lengths = (1, 2, 4, 8, 16, np.inf)
    found = [float(most_gain(suspension(*rates, each, 0.95))) for each in lengths]
    assert np.round(found, 6).tolist() == list(row)


def test_the_shortest_suspension() -> None:
    assert shortest(suspension(0.6, 0.05, 1, 0.95), 0.5) == 2
    assert shortest(suspension(0.6, 0.05, 1, 0.95), 1.5) == 4
    assert shortest(suspension(0.3, 0.05, 1, 0.9), 2) is None
    assert round(float(value_kept(suspension(0.6, 0.05, 2, 0.95))), 6) == 0.915227
    assert round(float(value_kept(suspension(0.6, 0.05, 4, 0.95))), 6) == 0.850182
    assert round(float(value_kept(suspension(0.6, 0.05, 8, 0.95))), 6) == 0.757719
    assert best_value(suspension(0.6, 0.05, 1, 0.95), 0.5) == pytest.approx(
        0.954545, abs=5e-7
    )
    assert best_value(suspension(0.3, 0.05, 1, 0.9), 2) is None


def test_patience_and_the_best_symmetric_payoff() -> None:
    known = {
        (0.9, 0.5): 0.588235,
        (0.95, 0.3): 0.444444,
        (0.8, 0.4): 0.625,
        (0.99, 0.1): 0.361011,
    }
    for rates, expected in known.items():
        assert round(float(least_patience(*rates) or 0.0), 6) == expected
    best = [best_symmetric(*rates) for rates in ((0.9, 0.5), (0.95, 0.3), (0.8, 0.4))]
    assert np.round(best, 6).tolist() == [1.75, 1.923077, 1.5]
    assert best_symmetric(0.5, 0.9) == 0.0
    assert least_patience(0.3, 0.3) is None


def test_standing_breaches() -> None:
    rows = [
        ((0.4, 0.45, 0, 4, 6, 0.98), 2.94116, 0.102513),
        ((0.4, 0.45, 0.05, 4, 6, 0.98), 2.35292, None),
        ((0.2, 0.3, 0, 0, 2, 0.95), 1.10448, 0.105263),
        ((1, 0.6, 0, 2, 8, 0.9), 2.30188, 0.242601),
    ]
    for given, expected, least in rows:
        assert float(margin(stakes(*given))) == pytest.approx(expected, abs=5.1e-6)
        if least is not None:
            assert round(float(least_detection(stakes(*given))), 6) == least


@pytest.mark.parametrize("standing", [True, False])
def test_the_thresholds_are_where_the_margin_is_nought(standing: bool) -> None:  # noqa: FBT001
    given = [0.4, 0.45, 0.05, 4, 6, 0.98]
    found = stakes(*given, standing=standing)
    for at, least in ((1, least_detection), (3, longest_lag), (4, least_loss)):
        moved = [*given[:at], float(least(found)), *given[at + 1 :]]
        assert float(margin(stakes(*moved, standing=standing))) == pytest.approx(
            0, abs=1e-12
        )


def test_no_monitoring_can_make_up_for_a_slow_and_small_response() -> None:
    slow = stakes(5, 0.9, 0, 40, 6, 0.98)
    assert float(least_detection(slow)) == np.inf
    blind = stakes(1, 0.05, 0.05, 1, 6, 0.98)
    assert float(least_loss(blind)) == np.inf
    assert float(longest_lag(stakes(0, 0.5, 0, 4, 6, 0.98))) == np.inf
    assert float(longest_lag(stakes(1, 0.05, 0.1, 4, 6, 0.98, standing=False))) < 0


@pytest.mark.parametrize(("given", "expected"), ALARMS)
def test_the_strictest_alarm(
    given: tuple[float, ...], expected: tuple[float, float]
) -> None:
    shift, caught, uncaught, accused = given
    found = least_false_alarm(
        shift, Inspectee(caught=caught, uncaught=uncaught, accused=accused)
    )
    assert found is not None
    assert (round(found.false_alarm, 6), round(found.missed, 6)) == expected


def test_an_alarm_that_costs_compliers_too_much_cannot_be_set() -> None:
    assert least_false_alarm(0.1, Inspectee(caught=1, uncaught=5, accused=3)) is None


def test_announced_inspections() -> None:
    found = [
        least_inspection(Fraction(b), Fraction(1), Fraction(d))
        for b, d in (("1", "1"), ("1", "0.8"), ("3", "0.6"))
    ]
    assert found == [Fraction(1, 2), Fraction(5, 8), Fraction(5, 12)]


def test_samples_are_exact_where_floats_are_not() -> None:
    assert least_sample(50, 1, Fraction("0.9")) == 45
    assert least_sample(10, 0, Fraction("0.5")) is None
    assert least_sample(10, 0, Fraction(0)) == 0
    assert least_sample(10, 10, Fraction(1)) == 1
    with pytest.raises(ValueError, match="up to 3"):
        least_sample(3, 4, Fraction("0.5"))


def test_a_sample_is_the_smallest() -> None:
    for items in range(1, 14):
        for false in range(1, items + 1):
            for wanted in (Fraction("0.2"), Fraction("0.5"), Fraction("0.9")):
                sizes = [
                    n
                    for n in range(items + 1)
                    if Fraction(comb(items - false, n), comb(items, n)) <= 1 - wanted
                ]
                assert least_sample(items, false, wanted) == sizes[0]
                share = (
                    Fraction(comb(items - false, 3), comb(items, 3)) if items > 2 else 0
                )
                assert items < 3 or missed(items, false, 3) == share


def test_the_best_commitment_is_mixed() -> None:
    leader = [(Fraction(1), Fraction(3)), (Fraction(0), Fraction(2))]
    follower = [(Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))]
    found = best_commitment(leader, follower)
    assert (found.first, found.answer, found.value) == (
        Fraction(1, 2),
        1,
        Fraction(5, 2),
    )
    with pytest.raises(ValueError, match="two rows"):
        best_commitment(leader[:1], follower)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("dresher 6 3", {"value": -5 / 21, "exact": "-5/21"}),
        ("stengel 6 2 3 1", {"value": 19 / 22, "exact": "19/22"}),
        ("iaea 50 1 0.9", {"value": 45, "exact": "45/1"}),
        ("delta_star .8 .4", {"value": 0.625, "exact": "5/8"}),
    ],
)
def test_the_figures_can_be_asked_for(given: str, line: dict[str, object]) -> None:
    run = subprocess.run(
        [sys.executable, TABLES, *given.split()],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout) == line


def test_a_figure_asked_for_wrongly_is_refused_with_help() -> None:
    run = subprocess.run(
        [sys.executable, TABLES, "dresher", "6"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "dresher N M" in run.stderr


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("gmax .9 0 inf .95", 17.1),
        ("gmax .6 .05 0 .95", 0.0),
        ("visit 6 2 1", 3 / 11),
        ("inspect 3 1 .6", 5 / 12),
        ("change .45 .03 1 1 2 1", 0.988427),
        ("common 5 .3 .3", 0.6417),
        ("looks 5 .35 10", 0.5775),
        ("search 1 1 1 3600", 0.6321),
        ("iaea 50 1 9/10", 45),
    ],
)
def test_the_tool_gives_other_figures(
    asked: str, value: float, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, *asked.split())["value"] == pytest.approx(value, abs=5e-5)


def test_the_tool_gives_the_commitment_exactly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = told(capsys, "commitment", "1 3; 0 2", "1 0; 0 1")
    assert (found["exact"], found["first"], found["answer"]) == ("5/2", "1/2", 1)


@pytest.mark.parametrize(
    "asked",
    [
        "gmax .9 0 nan .95",
        "gmax 1.2 0 4 .95",
        "gmax .9 0 -1 .95",
        "gmax .9 0 4 1",
        "gmax .9 0 4 x",
        "dresher 2.5 1",
        "dresher -1 1",
        "stengel 4 1 2 0",
        "alpha -1 1 1 1",
        "alpha 1 1 1 nan",
        "iaea 10 11 .5",
        "iaea 10 1 1.5",
        "delta_star inf 1",
        "commitment 1 1",
    ],
)
def test_the_tool_says_what_it_expected(
    asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool().main(asked.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.search(r": expected .+\. Correct it\.\n$", err)


def tool() -> ModuleType:
    """Return the tool as a module, so that it need not start anew each time."""
    spec = spec_from_file_location("deterrence_tables", TABLES)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(capsys: pytest.CaptureFixture[str], *asked: str) -> dict[str, float | str]:
    assert tool().main(list(asked)) == 0
    line: dict[str, float | str] = json.loads(capsys.readouterr().out)
    return line
