"""Visits that are fewer than the occasions for a breach, exactly.

An inspectorate has m visits for n occasions. It should draw by lot when to go; the
closed forms give the value of that game and the probability of going now. All of it
is exact: numbers are fractions.

Source: Dresher (1962), A sampling inspector's view of arms control; von Stengel
(2016), Recursive inspection games, Mathematics of Operations Research 41.
"""

from fractions import Fraction
from math import comb


def dresher(occasions: int, visits: int) -> Fraction:
    """Return the value to the inspectorate of Dresher's game.

    It wins 1 if a breach is caught, loses 1 if one is missed, and 0 if none is tried.

    Args:
        occasions: How many times a breach could be tried, at least 0.
        visits: How many visits there are, at least 0; more than occasions is enough.

    Returns:
        -C(n-1, m) / sum over i <= m of C(n, i); 0 where every occasion is visited.
    """
    _counts(occasions=occasions, visits=visits)
    if visits >= occasions:
        return Fraction(0)
    among = sum(comb(occasions, i) for i in range(visits + 1))
    return Fraction(-comb(occasions - 1, visits), among)


def stengel(
    occasions: int, visits: int, breaches: int, penalty: Fraction | int = 1
) -> Fraction:
    """Return the value to the inspectee of the recursive inspection game.

    Args:
        occasions: How many times a breach could be tried, at least 0.
        visits: How many visits there are, at least 0.
        breaches: How many breaches are intended, at least 0; each pays 1.
        penalty: What being caught costs, above 0; it ends the game.

    Returns:
        (C(n, m+1) - C(n-k, m+1)) / s(n, m).
    """
    _counts(occasions=occasions, visits=visits, breaches=breaches)
    tried = min(breaches, occasions)
    ways = comb(occasions, visits + 1) - comb(occasions - tried, visits + 1)
    return Fraction(ways) / _weighed(occasions, visits, Fraction(penalty))


def visit_now(occasions: int, visits: int, penalty: Fraction | int = 1) -> Fraction:
    """Return the probability with which to visit at the first of the occasions.

    It does not depend on how many breaches are intended, so the inspectorate need not
    know it.

    Args:
        occasions: How many occasions are left, at least 1.
        visits: How many visits are left, at least 0.
        penalty: What being caught costs the inspectee, above 0.

    Returns:
        s(n-1, m-1) / s(n, m); 0 without a visit, 1 where every occasion has one.
    """
    _counts(occasions=occasions - 1, visits=visits)
    if visits == 0:
        return Fraction(0)
    if visits >= occasions:
        return Fraction(1)
    cost = Fraction(penalty)
    left = _weighed(occasions - 1, visits - 1, cost)
    return left / _weighed(occasions, visits, cost)


def _weighed(occasions: int, visits: int, penalty: Fraction) -> Fraction:
    """Return s(n, m), the sum over i <= m of C(n, i) b^(m-i)."""
    if penalty <= 0:
        raise ValueError(f"penalty: expected more than 0, got {penalty}")
    weights = (comb(occasions, i) * penalty ** (visits - i) for i in range(visits + 1))
    return sum(weights, Fraction(0))


def _counts(**given: int) -> None:
    """Refuse a count below zero, by its name."""
    for name, value in given.items():
        if value < 0:
            raise ValueError(f"{name}: expected 0 or more, got {value}")


def least_sample(items: int, false_items: int, wanted: Fraction) -> int | None:
    """Return how many items to check so that a falsified lot is likely found out.

    Args:
        items: How many items the lot holds, at least 0.
        false_items: How many of them would be false, 0..items.
        wanted: The probability of finding at least one [0..1], exact.

    Returns:
        The smallest n with C(N-r, n) / C(N, n) <= 1 - wanted; None where no sample
        is enough, which is so only if none is false and something is wanted.

    Raises:
        ValueError: If there are more false items than items, or a count or
            probability is out of range.

    Source:
        IAEA Safeguards Technical Manual: attribute sampling without replacement.
    """
    _counts(items=items, false_items=false_items)
    if false_items > items or not 0 <= wanted <= 1:
        raise ValueError(
            f"expected false items up to {items} and a probability within 0..1, "
            f"got {false_items} and {wanted}"
        )
    low, high = 0, items
    if missed(items, false_items, high) > 1 - wanted:
        return None
    while low < high:
        tried = (low + high) // 2
        enough = missed(items, false_items, tried) <= 1 - wanted
        low, high = (low, tried) if enough else (tried + 1, high)
    return low


def missed(items: int, false_items: int, sample: int) -> Fraction:
    """Return the probability that a sample holds none of the false items.

    Args:
        items: How many items the lot holds.
        false_items: How many of them are false, up to `items`.
        sample: How many are checked, up to `items`.

    Returns:
        C(N-r, n) / C(N, n), exact; 1 for an empty sample or none false.
    """
    few, many = sorted((false_items, sample))
    if few + many > items:
        return Fraction(0)
    share = Fraction(1)
    for i in range(few):
        share *= Fraction(items - many - i, items - i)
    return share
