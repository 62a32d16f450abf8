"""Counts over batches that follow one another in time, however many there are.

Only what may still change is kept: of a ceiling the facts of the last window, of a
duty what is asked and not answered yet.
"""

from copy import deepcopy
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.bulk.engine import Batch, Engine
from pamiers.compliance.kernels.answers import first_after
from pamiers.compliance.kernels.judging import (
    Answered,
    Barred,
    Capped,
    Check,
    Lists,
    Setting,
)
from pamiers.compliance.kernels.windows import counts_within

Ints = NDArray[np.int64]


class Running:
    """The counts of an engine's checks over the batches put in so far."""

    def __init__(self, engine: Engine, *, loops: bool = False) -> None:
        """Begin with no facts.

        Args:
            engine: Checks, with their areas indexed.
            loops: Compiled loops rather than numpy; the counts are the same.
        """
        self._whole = engine
        self._engine = engine.placed or engine
        self._setting = Setting(known_s=0, loops=loops)
        self._tallies = {
            check: _tally_of(check, loops=loops) for check in self._engine.checks
        }

    def put(self, batch: Batch) -> None:
        """Take in facts that are no earlier than any before, in order of time."""
        if not len(batch.time):
            return
        if self._engine is not self._whole and not batch.placed:
            self._part()
        lists = self._engine.lists(batch, self._setting, whole=False)
        for tally in self._tallies.values():
            tally.put(lists, int(batch.time[-1]))

    def _part(self) -> None:
        """Keep apart what the first fact without a place tells apart."""
        before, self._engine = self._engine, self._whole
        self._tallies = {
            check: self._tallies[same].under(check)
            for check, same in self._whole.parted(before).items()
        }

    def counts(self, known_s: int) -> list[tuple[int, int]]:
        """Return how often each check is breached, and how many are still open.

        Args:
            known_s: Last second that is known of, not before the last fact.

        Returns:
            (breaches, open) of each demand, in order.
        """
        checks = self._engine.checks
        return self._engine.told([self._tallies[c].count(known_s) for c in checks])


class _Tally:
    """The count of one check."""

    _check: Check

    def under(self, check: Check) -> Self:
        """Return the same count of a check that has met the same facts so far."""
        found = deepcopy(self)
        found._check = check  # noqa: SLF001 - its own
        return found

    def put(self, lists: Lists, last: int) -> None:
        """Take in what streams took of a batch that ends with the second `last`."""
        raise NotImplementedError

    def count(self, known_s: int) -> tuple[int, int]:
        """Return breaches and what is open."""
        raise NotImplementedError


def _tally_of(check: Check, *, loops: bool) -> _Tally:
    match check:
        case Barred():
            return _BarredTally(check)
        case Capped():
            return _CappedTally(check, loops=loops)
        case Answered():
            return _AnsweredTally(check, loops=loops)


class _BarredTally(_Tally):
    def __init__(self, check: Barred) -> None:
        self._check: Barred = check
        self._many = 0

    def put(self, lists: Lists, last: int) -> None:  # noqa: ARG002 - whenever it was
        self._many += int(lists.count[self._check.stream])

    def count(self, known_s: int) -> tuple[int, int]:  # noqa: ARG002 - the form of its kin
        return self._many, 0


class _CappedTally(_Tally):
    """A ceiling; windows that end at the last second may still fill."""

    def __init__(self, check: Capped, *, loops: bool) -> None:
        self._check: Capped = check
        self._loops = loops
        self._times: Ints = np.empty(0, dtype=np.int64)
        self._settled, self._many = 0, 0

    def put(self, lists: Lists, last: int) -> None:
        self._times = np.concatenate([self._times, lists.time(self._check.stream)])
        over = self._over()
        settled = int(np.searchsorted(self._times, last, side="left"))
        self._many += int(np.count_nonzero(over[: settled - self._settled]))
        first = np.searchsorted(self._times, last - self._check.within_s, side="left")
        self._times = self._times[first:].copy()
        self._settled = settled - int(first)

    def _over(self) -> NDArray[np.bool_]:
        """Tell which windows that are not settled hold too many."""
        check = self._check
        held = counts_within(
            self._times, check.within_s, since=self._settled, loops=self._loops
        )
        return np.asarray(held > check.most)

    def count(self, known_s: int) -> tuple[int, int]:  # noqa: ARG002 - the form of its kin
        return self._many + int(np.count_nonzero(self._over())), 0


class _AnsweredTally(_Tally):
    """A duty; an act of the last second may still answer what is asked in it."""

    def __init__(self, check: Answered, *, loops: bool) -> None:
        none: Ints = np.empty(0, dtype=np.int64)
        self._check: Answered = check
        self._loops = loops
        self._asked, self._acts = (none, none), (none, none)
        self._many = 0

    def put(self, lists: Lists, last: int) -> None:
        check = self._check
        asked = _joined(self._asked, lists.dated(check.stream))
        acts = _joined(self._acts, lists.dated(check.acts))
        first = first_after(asked, acts, loops=self._loops)
        until = asked[0] + check.within_s
        missed = np.append(acts[0], np.iinfo(np.int64).max)[first] > until
        late = missed & (until < last)
        self._many += int(np.count_nonzero(late))
        open_ = missed & ~late
        self._asked = (asked[0][open_], asked[1][open_])
        held = acts[0] >= last
        self._acts = (acts[0][held], acts[1][held])

    def count(self, known_s: int) -> tuple[int, int]:
        open_ = int(np.count_nonzero(self._asked[0] + self._check.within_s > known_s))
        return self._many + len(self._asked[0]) - open_, open_


def _joined(before: tuple[Ints, Ints], after: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    return (
        np.concatenate([before[0], after[0]]),
        np.concatenate([before[1], after[1]]),
    )
