"""Join reports into incidents, the strongest pair first.

Two groups become one only where every report of the one speaks for every report
of the other (more than 0 bits), and no source would have two reports in it. Pairs
of observations go before pairs with a claim, and those before pairs of claims, so
that a claim finds what was observed and never divides it.
"""

import numpy as np
from numpy.typing import NDArray

from pamiers.fusion.reports import Ints, Reports
from pamiers.fusion.weights import Weighed


def associate(reports: Reports, pairs: Weighed) -> tuple[Ints, Ints]:
    """Return which incident each report belongs to, and the pairs that joined.

    Args:
        reports: Reports, shape (n,).
        pairs: Weighed pairs; those absent weigh 0 bits or less.

    Returns:
        Number of the incident per report, shape (n,), incidents numbered by their
        first report; and the positions in `pairs` of the joining pairs, in order.
    """
    total = pairs.total
    keep = np.flatnonzero(total > 0.0)
    claims = reports.claimed[pairs.first].astype(int) + reports.claimed[pairs.second]
    turn = np.lexsort(
        (pairs.second[keep], pairs.first[keep], -total[keep], claims[keep])
    )
    queue = keep[turn]
    groups = _Groups(len(reports), reports.source)
    groups.allow(pairs.first[keep], pairs.second[keep])
    joined = [
        int(k) for k in queue if groups.join(int(pairs.first[k]), int(pairs.second[k]))
    ]
    return groups.labels(), np.array(joined, dtype=np.int64)


class _Groups:
    """Disjoint groups of reports that only grow where all agree."""

    def __init__(self, n: int, source: Ints) -> None:
        self._group = list(range(n))
        self._members: dict[int, list[int]] = {}
        self._source: list[int] = source.tolist()
        self._n = n
        self._agree: set[int] = set()

    def allow(self, first: Ints, second: Ints) -> None:
        """Note pairs, first < second, that speak for each other."""
        self._agree.update((first * self._n + second).tolist())

    def join(self, a: int, b: int) -> bool:
        """Make one group of two where that is allowed; tell whether it was done."""
        one, two = self._group[a], self._group[b]
        if one == two:
            return False
        first = self._members.get(one, [one])
        second = self._members.get(two, [two])
        if not self._may(first, second):
            return False
        merged = sorted(first + second)
        for member in merged:
            self._group[member] = merged[0]
        self._members.pop(one, None)
        self._members.pop(two, None)
        self._members[merged[0]] = merged
        return True

    def _may(self, first: list[int], second: list[int]) -> bool:
        source, agree, n = self._source, self._agree, self._n
        sources = {source[i] for i in first}
        for j in second:
            if source[j] in sources:
                return False
            for i in first:
                if (i * n + j if i < j else j * n + i) not in agree:
                    return False
        return True

    def labels(self) -> NDArray[np.int64]:
        """Return the group of each report, numbered by first member."""
        _, number = np.unique(np.array(self._group, np.int64), return_inverse=True)
        return np.asarray(number, dtype=np.int64)
