"""Counts that are kept as facts come in, late and corrected ones among them.

Each fact is sifted by the same kernels as a batch, put in its place in time in the
streams that take it, and only what it can have changed is judged anew: of a ceiling
the windows that hold it, of a duty what it answers or what may answer it. A fact
taken out leaves by the same door, so a correction is one out and one in. The counts
are those of a batch over the same facts, whatever the order in which they came.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.bulk.engine import Batch, Engine
from pamiers.compliance.kernels.judging import Answered, Barred, Capped, Check
from pamiers.compliance.kernels.taking import Sifter
from pamiers.compliance.kernels.windows import counts_within

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]


@dataclass(slots=True)
class _Row:
    """What one stream holds: times and ids in order of time, with room to grow."""

    time: Ints = field(default_factory=lambda: np.empty(16, dtype=np.int64))
    id: Ints = field(default_factory=lambda: np.empty(16, dtype=np.int64))
    many: int = 0

    @property
    def times(self) -> Ints:
        return self.time[: self.many]

    def put(self, time: int, id_: int) -> None:
        if self.many == len(self.time):
            room = np.empty(self.many, dtype=np.int64)
            self.time = np.concatenate([self.time, room])
            self.id = np.concatenate([self.id, room])
        at = self._after(time)
        self.time[at + 1 : self.many + 1] = self.time[at : self.many]
        self.id[at + 1 : self.many + 1] = self.id[at : self.many]
        self.time[at], self.id[at] = time, id_
        self.many += 1

    def _after(self, time: int) -> int:
        if not self.many or self.time[self.many - 1] <= time:
            return self.many
        return int(np.searchsorted(self.times, time, side="right"))

    def take_out(self, time: int, id_: int) -> None:
        begin = int(np.searchsorted(self.times, time, side="left"))
        end = int(np.searchsorted(self.times, time, side="right"))
        at = begin + int(np.flatnonzero(self.id[begin:end] == id_)[0])
        self.time[at : self.many - 1] = self.time[at + 1 : self.many]
        self.id[at : self.many - 1] = self.id[at + 1 : self.many]
        self.many -= 1


class Standing:
    """The counts of an engine's checks over the facts it was given so far."""

    def __init__(self, engine: Engine, *, loops: bool = False) -> None:
        """Begin with no facts.

        Args:
            engine: Checks, with their areas indexed.
            loops: Compiled loops rather than numpy; the counts are the same.
        """
        self._loops, self._whole = loops, engine
        plain = engine.placed or engine
        self._keep(plain, {check: _keeper_of(check) for check in plain.checks})

    def _keep(self, engine: Engine, keepers: "dict[Check, _Keeper]") -> None:
        """Keep the checks of an engine from now on."""
        self._engine, self._keepers = engine, keepers
        self._sifters = [
            Sifter(sieve, engine.index, loops=self._loops) for sieve in engine.sieves
        ]
        self._by_stream: dict[int, list[_Keeper]] = {}
        for keeper in keepers.values():
            for stream in keeper.streams:
                self._by_stream.setdefault(stream, []).append(keeper)

    def _part(self) -> None:
        """Keep apart what the first fact without a place tells apart."""
        parted = self._whole.parted(self._engine).items()
        held = self._keepers
        self._keep(
            self._whole, {check: held[same].under(check) for check, same in parted}
        )

    def put(self, batch: Batch) -> None:
        """Take facts in, in any order of time."""
        if self._engine is not self._whole and not batch.placed:
            self._part()
        for stream, time, id_ in self._taken(batch):
            for keeper in self._by_stream.get(stream, ()):
                keeper.put(stream, time, id_)

    def take_out(self, batch: Batch) -> None:
        """Take facts out that were put in just so."""
        for stream, time, id_ in self._taken(batch):
            for keeper in self._by_stream.get(stream, ()):
                keeper.take_out(stream, time, id_)

    def counts(self, known_s: int) -> list[tuple[int, int]]:
        """Return how often each check is breached, and how many are still open.

        Args:
            known_s: Last second that is known of.

        Returns:
            (breaches, open) of each demand, in order.
        """
        checks = self._engine.checks
        return self._engine.told([self._keepers[c].count(known_s) for c in checks])

    def _taken(self, batch: Batch) -> Iterable[tuple[int, int, int]]:
        """Yield (stream, time, id) for every stream that takes a fact."""
        columns = batch.columns
        for word, sifter in enumerate(self._sifters):
            words = sifter.words_of(columns)
            for i in np.flatnonzero(words).tolist():
                rest, time, id_ = int(words[i]), int(batch.time[i]), int(batch.id[i])
                while rest:
                    lowest = rest & -rest
                    yield word * 64 + lowest.bit_length() - 1, time, id_
                    rest ^= lowest


class _Keeper:
    """Keeps the count of one check."""

    _check: Check

    @property
    def streams(self) -> tuple[int, ...]:
        """Return the streams that it looks at."""
        check = self._check
        more = (check.acts,) if isinstance(check, Answered) else ()
        return (check.stream, *more)

    def under(self, check: Check) -> Self:
        """Return the same count of a check that has met the same facts so far."""
        found = deepcopy(self)
        found._check = check  # noqa: SLF001 - its own
        return found

    def put(self, stream: int, time: int, id_: int) -> None:
        raise NotImplementedError

    def take_out(self, stream: int, time: int, id_: int) -> None:
        raise NotImplementedError

    def count(self, known_s: int) -> tuple[int, int]:
        raise NotImplementedError


def _keeper_of(check: Check) -> _Keeper:
    match check:
        case Barred():
            return _BarredKeeper(check)
        case Capped():
            return _CappedKeeper(check)
        case Answered():
            return _AnsweredKeeper(check)


class _BarredKeeper(_Keeper):
    def __init__(self, check: Barred) -> None:
        self._check: Barred = check
        self._many = 0

    def put(self, stream: int, time: int, id_: int) -> None:  # noqa: ARG002 - a bar
        self._many += 1

    def take_out(self, stream: int, time: int, id_: int) -> None:  # noqa: ARG002 - the form of its kin
        self._many -= 1

    def count(self, known_s: int) -> tuple[int, int]:  # noqa: ARG002 - the form of its kin
        return self._many, 0


class _CappedKeeper(_Keeper):
    """A ceiling: a fact is in the windows of those up to its length later."""

    def __init__(self, check: Capped) -> None:
        self._check: Capped = check
        self._row = _Row()
        self._over = 0

    def put(self, stream: int, time: int, id_: int) -> None:  # noqa: ARG002 - the form of its kin
        before = self._over_near(time)
        self._row.put(time, id_)
        self._over += self._over_near(time) - before

    def take_out(self, stream: int, time: int, id_: int) -> None:  # noqa: ARG002 - the form of its kin
        before = self._over_near(time)
        self._row.take_out(time, id_)
        self._over += self._over_near(time) - before

    def _over_near(self, time: int) -> int:
        """Return how many windows that may hold an instant hold too many."""
        times, within, most = self._row.times, self._check.within_s, self._check.most
        begin = int(np.searchsorted(times, time - within, side="left"))
        end = int(np.searchsorted(times, time + within, side="right"))
        if end - begin <= most:
            return 0
        near = times[begin:end]
        counts = counts_within(near, within)
        return int(np.count_nonzero((counts > most) & (near >= time)))

    def count(self, known_s: int) -> tuple[int, int]:  # noqa: ARG002 - the form of its kin
        return self._over, 0


class _AnsweredKeeper(_Keeper):
    """A duty: by id, what was asked and what was done, each in order of time."""

    def __init__(self, check: Answered) -> None:
        self._check: Answered = check
        self._asked: dict[int, list[int]] = {}
        self._acts: dict[int, list[int]] = {}
        self._missed = _Row()

    def put(self, stream: int, time: int, id_: int) -> None:
        self._changed(stream, time, id_, put=True)

    def take_out(self, stream: int, time: int, id_: int) -> None:
        self._changed(stream, time, id_, put=False)

    def _changed(self, stream: int, time: int, id_: int, *, put: bool) -> None:
        """Change one list, and what it makes missed: the asked up to a time before."""
        held = self._asked if stream == self._check.stream else self._acts
        before = self._missed_near(time, id_)
        times = held.setdefault(id_, [])
        at = bisect_right(times, time)
        if put:
            times.insert(at, time)
        else:
            del times[at - 1]
        after = self._missed_near(time, id_)
        self._exchange(before, after, id_)

    def _exchange(self, before: list[int], after: list[int], id_: int) -> None:
        gone = list(before)
        for time in after:
            if time in gone:
                gone.remove(time)
            else:
                self._missed.put(time, id_)
        for time in gone:
            self._missed.take_out(time, id_)

    def _missed_near(self, time: int, id_: int) -> list[int]:
        """Return what was asked within a time before an instant and is not answered."""
        asked, acts = self._asked.get(id_, ()), self._acts.get(id_, ())
        within = self._check.within_s
        some = asked[bisect_left(asked, time - within) : bisect_right(asked, time)]
        return [
            t
            for t in some
            if (at := bisect_left(acts, t)) == len(acts) or acts[at] > t + within
        ]

    def count(self, known_s: int) -> tuple[int, int]:
        times = self._missed.times
        due = int(np.searchsorted(times, known_s - self._check.within_s, side="right"))
        return due, len(times) - due
