"""The closed forms against recursion, enumeration, linear solving and simulation."""

from fractions import Fraction
from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pamiers.deterrence.joint import Temptations, worst_joint, worst_set, worth_of
from pamiers.deterrence.ladder import Suspension, most_gain, shortest, value_kept
from pamiers.deterrence.levers import best_level
from pamiers.deterrence.margins import (
    Stakes,
    least_detection,
    lump_margin,
    margin,
    standing_margin,
)
from pamiers.deterrence.quotas import dresher, stengel, visit_now

shares = st.floats(0.01, 0.99)
amounts = st.floats(0.01, 20)


@cache
def played(n: int, m: int, k: int, b: Fraction) -> Fraction:
    """Return the value of the recursive inspection game, stage by stage."""
    if m >= n or k == 0:
        return Fraction(0)
    if m == 0:
        return Fraction(min(n, k))
    # rows: the inspectee breaks or keeps now; columns: a visit or none
    caught, missed_now = -b, 1 + played(n - 1, m, k - 1, b)
    kept_visited, kept_alone = played(n - 1, m - 1, k, b), played(n - 1, m, k, b)
    return _two_by_two(((caught, missed_now), (kept_visited, kept_alone)))


def _two_by_two(rows: tuple[tuple[Fraction, ...], tuple[Fraction, ...]]) -> Fraction:
    """Return the value of a zero-sum game of two by two, rows maximising."""
    low = max(min(row) for row in rows)
    high = min(max(rows[0][j], rows[1][j]) for j in (0, 1))
    if low >= high:
        return low
    (a, b), (c, d) = rows
    return (a * d - b * c) / (a + d - b - c)


@given(
    st.integers(1, 9), st.integers(0, 9), st.integers(0, 9), st.sampled_from([1, 2, 5])
)
def test_visits_are_worth_what_the_recursion_says(
    n: int, m: int, k: int, b: int
) -> None:
    assert stengel(n, m, k, b) == played(n, m, k, Fraction(b))


@given(st.integers(1, 30), st.integers(0, 30))
def test_dressers_game_is_the_recursion(n: int, m: int) -> None:
    @cache
    def value(occasions: int, visits: int) -> Fraction:
        if visits >= occasions:
            return Fraction(0)
        if visits == 0:
            return Fraction(-1)
        kept = (value(occasions - 1, visits - 1), value(occasions - 1, visits))
        # to the inspectee, who breaks or keeps: minus the inspectorate's
        return -_two_by_two(((Fraction(-1), Fraction(1)), (-kept[0], -kept[1])))

    assert dresher(n, m) == value(n, m)


@given(st.integers(1, 9), st.integers(0, 9), st.integers(0, 4))
def test_the_chance_of_a_visit_needs_no_knowledge_of_intent(
    n: int, m: int, k: int
) -> None:
    share = visit_now(n, m)
    assert 0 <= share <= 1
    if 0 < m < n and k > 0:
        breaks = share * -1 + (1 - share) * (1 + stengel(n - 1, m, k - 1))
        keeps = share * stengel(n - 1, m - 1, k) + (1 - share) * stengel(n - 1, m, k)
        assert max(breaks, keeps) == stengel(n, m, k)


@st.composite
def stakes(draw: st.DrawFn) -> Stakes:
    values = {
        "gain": draw(amounts),
        "detection": draw(shares),
        "false_alarm": draw(st.floats(0, 0.5)),
        "lag": draw(st.integers(0, 12)),
        "loss": draw(st.floats(0, 40)),
        "discount": draw(st.floats(0.5, 0.99)),
    }
    arrays = {name: np.asarray(float(each)) for name, each in values.items()}
    return Stakes(**arrays, standing=np.asarray(draw(st.booleans())))


def solved(given_stakes: Stakes) -> float:
    """Return the margin from the linear equations of breaking and of keeping."""
    g, d, f, lag, loss, discount = (
        float(getattr(given_stakes, name))
        for name in ("gain", "detection", "false_alarm", "lag", "loss", "discount")
    )
    periods = int(lag)
    late = discount ** (periods + 1) * loss
    if not given_stakes.standing:
        return late * (d - f) - g
    free = sum(discount**i for i in range(1, periods + 1)) * g
    # V = g + d (free - late) + (1 - d) discount V, against -f late at the same times
    breaking = (g + d * (free - late)) / (1 - discount * (1 - d))
    keeping = -f * late / (1 - discount * (1 - d))
    return keeping - breaking


@given(stakes())
def test_margins_solve_the_equations(found: Stakes) -> None:
    expected = solved(found)
    assert np.isclose(float(margin(found)), expected, rtol=1e-9, atol=1e-9)


@given(stakes(), st.sampled_from(["gain", "false_alarm", "lag"]), st.floats(0, 3))
def test_what_favours_breaking_never_raises_a_margin(
    found: Stakes, name: str, more: float
) -> None:
    moved = _moved(found, name, more)
    if float(moved.false_alarm) <= 1:
        assert float(margin(moved)) <= float(margin(found)) + 1e-9 or _lag_helps(
            found, name
        )


def _lag_helps(found: Stakes, name: str) -> bool:
    """Tell whether a later response falls less on compliers than on violators.

    With more false alarms than detections a response does harm, and putting it off
    helps: the one case in which a lag raises a margin.
    """
    return name == "lag" and bool(found.detection < found.false_alarm)


@given(stakes(), st.sampled_from(["detection", "loss"]), st.floats(0, 3))
def test_what_favours_keeping_never_lowers_a_margin(
    found: Stakes, name: str, more: float
) -> None:
    moved = _moved(found, name, more)
    harmful = name == "loss" and bool(found.detection < found.false_alarm)
    if float(moved.detection) <= 1 and not harmful:
        assert float(margin(moved)) >= float(margin(found)) - 1e-9


def _moved(found: Stakes, name: str, more: float) -> Stakes:
    values = {each: getattr(found, each) for each in Stakes.__slots__}
    values[name] = np.asarray(values[name] + more)
    return Stakes(**values)


@given(stakes())
def test_without_a_lag_both_kinds_of_breach_hinge_on_the_same_detection(
    found: Stakes,
) -> None:
    values = {each: getattr(found, each) for each in Stakes.__slots__}
    values["lag"] = np.asarray(0.0)
    least = [
        float(least_detection(Stakes(**{**values, "standing": np.asarray(kind)})))
        for kind in (True, False)
    ]
    assert least[0] == least[1] or np.isclose(least[0], least[1])
    same = Stakes(**values)
    assert np.sign(standing_margin(same)) == np.sign(lump_margin(same)) or np.isclose(
        lump_margin(same), 0, atol=1e-9
    )


@given(shares, st.floats(0, 0.5), st.integers(1, 30), st.floats(0.5, 0.99))
def test_the_value_kept_solves_the_automaton(
    breaking: float, keeping: float, length: int, discount: float
) -> None:
    found = Suspension(
        alarm_breaking=np.asarray(breaking),
        alarm_keeping=np.asarray(keeping),
        length=np.asarray(float(length)),
        discount=np.asarray(discount),
    )
    states = length + 1  # keeping, then suspended for 1..length periods more
    moves = np.zeros((states, states))
    moves[0, 0], moves[0, length] = 1 - keeping, keeping
    for left in range(1, states):
        moves[left, left - 1] = 1.0
    flow = np.zeros(states)
    flow[0] = 1.0
    worth = np.linalg.solve(np.eye(states) - discount * moves, (1 - discount) * flow)
    assert np.isclose(float(value_kept(found)), worth[0])
    # a breach pays now, and is followed by a suspension more often
    gain = float(most_gain(found))
    broken = (1 - discount) * (1 + gain) + discount * (
        breaking * worth[length] + (1 - breaking) * worth[0]
    )
    assert np.isclose(broken, worth[0])


@given(
    st.floats(0.2, 0.95), st.floats(0, 0.15), st.floats(0.05, 3), st.floats(0.8, 0.99)
)
def test_no_shorter_suspension_deters(
    breaking: float, keeping: float, gain: float, discount: float
) -> None:
    def deters(length: float) -> bool:
        given_length = Suspension(
            alarm_breaking=np.asarray(breaking),
            alarm_keeping=np.asarray(keeping),
            length=np.asarray(length),
            discount=np.asarray(discount),
        )
        return bool(most_gain(given_length) >= gain)

    found = shortest(
        Suspension(
            alarm_breaking=np.asarray(breaking),
            alarm_keeping=np.asarray(keeping),
            length=np.asarray(1.0),
            discount=np.asarray(discount),
        ),
        gain,
    )
    first = next((n for n in range(1, 3_000) if deters(float(n))), None)
    if found is None:
        assert first is None
    elif first is not None:
        assert found == first


@st.composite
def temptations(draw: st.DrawFn, most: int = 9) -> Temptations:
    n = draw(st.integers(1, most))
    shape = st.lists(shares, min_size=n, max_size=n)
    detected = np.array(draw(shape))
    return Temptations(
        gain=np.array(draw(st.lists(st.floats(0, 2), min_size=n, max_size=n))),
        after=np.array(draw(st.lists(st.floats(0, 1), min_size=n, max_size=n))),
        detection=detected,
        false_alarm=detected * np.array(draw(shape)) * 0.2,
        loss=np.array(draw(st.lists(st.floats(0, 5), min_size=n, max_size=n))),
    )


@given(st.data())
def test_the_worst_prefix_is_the_worst_of_all_sets(data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 12))
    gains = np.array(data.draw(st.lists(st.floats(-1, 2), min_size=n, max_size=n)))
    seen = np.array(data.draw(st.lists(st.floats(0, 1), min_size=n, max_size=n)))
    loss = data.draw(st.floats(0, 5))
    sets = np.arange(2**n)[:, None] >> np.arange(n) & 1 == 1
    caught = 1 - np.where(sets, 1 - seen, 1.0).prod(axis=1)
    best = float((sets @ gains - loss * caught).max())
    found = worst_joint(gains, seen, loss)
    assert np.isclose(found.worth, best, atol=1e-9)
    inside = list(found.clauses)
    again = gains[inside].sum() - loss * (1 - np.prod(1 - seen[inside]))
    assert np.isclose(found.worth, max(again, 0.0), atol=1e-9)


@given(temptations(6), st.integers(0, 2**32 - 1))
def test_a_set_is_worth_what_simulation_says(found: Temptations, seed: int) -> None:
    rng = np.random.default_rng(seed)
    mask = rng.random(found.gain.size) < 0.5
    runs = 40_000

    def lost(breaking: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        rates = np.where(breaking, found.detection, found.false_alarm)
        alarms = rng.random((runs, rates.size)) < rates
        loss = (alarms * found.loss).max(axis=1)
        return loss, (alarms & breaking).any(axis=1)

    broken, caught = lost(mask)
    kept, _ = lost(np.zeros_like(mask))
    each = found.gain[mask].sum() + caught * found.after[mask].sum() - broken + kept
    error = each.std() / np.sqrt(runs)
    worth = float(worth_of(found, mask[None])[0])
    assert abs(worth - each.mean()) <= 4 * error + 1e-9


@given(temptations(12))
def test_no_clause_alone_pays_more_than_the_worst_set(found: Temptations) -> None:
    alone = worth_of(found, np.eye(found.gain.size, dtype=bool))
    worst = worst_set(found)
    assert worst.exact
    assert worst.worth >= alone.max() - 1e-9


@given(st.floats(0.05, 0.9), amounts, st.floats(0.2, 5), st.floats(0.2, 5))
def test_the_cheapest_rise_is_that_of_a_grid(
    gap: float, loss: float, detection_cost: float, loss_cost: float
) -> None:
    wanted = gap * loss * 1.7
    x, y = best_level(wanted, gap, loss, (detection_cost, loss_cost))
    assert (gap + x) * (loss + y) >= wanted * (1 - 1e-9)
    cost = detection_cost * x + loss_cost * y
    rises = np.linspace(0, 1 - gap, 20_001)
    needed = np.maximum(wanted / (gap + rises) - loss, 0)
    assert cost <= (detection_cost * rises + loss_cost * needed).min() + 1e-9
