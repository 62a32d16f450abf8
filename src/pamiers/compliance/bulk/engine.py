"""The engine: an agreement made ready once, then held against columns of facts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.bulk.compiled import Program, placed
from pamiers.compliance.bulk.vocabulary import Vocabulary
from pamiers.compliance.kernels.index import Index, index_of
from pamiers.compliance.kernels.judging import (
    Breaches,
    Check,
    Facts,
    Lists,
    Setting,
    bounded,
    count,
    judge,
    listed,
)
from pamiers.compliance.kernels.sieve import Columns, Sieve, sieves_of
from pamiers.compliance.kernels.taking import take

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int16]


class Batch(NamedTuple):
    """Facts as columns of one length, in order of time."""

    time: Ints  #: seconds since 1970, UTC
    lon: Floats  #: NaN where the place is not known [deg]
    lat: Floats
    kind: Codes  #: codes of a `Vocabulary`
    group: Codes
    actor: Codes
    chance: Floats  #: probability that it really happened
    id: Ints  #: what ties an act to what it answers

    @property
    def columns(self) -> Columns:
        """Return what streams look at."""
        return Columns(*self[:6])

    @property
    def placed(self) -> bool:
        """Tell whether every fact has a place: a sum is a number only of numbers."""
        return math.isfinite(self.lon.sum() + self.lat.sum())

    @property
    def facts(self) -> Facts:
        """Return what rules look at."""
        return Facts(self.time, self.chance, self.id)


@dataclass(frozen=True, kw_only=True)
class Engine:
    """A program with its areas indexed."""

    program: Program
    index: Index
    codes: tuple[int, int, int]  #: how many kinds, things and actors there are
    placed: "Engine | None" = None  #: for facts that all have a place; None: itself

    @cached_property
    def sieves(self) -> tuple[Sieve, ...]:
        """Return the streams of the program, laid on the grid when first asked for."""
        return sieves_of(self.program.streams, self.index, self.codes)

    def fitting(self, batch: Batch) -> "Engine":
        """Return the engine of the same demands that a batch asks for."""
        return self.placed if self.placed is not None and batch.placed else self

    def count(self, batch: Batch, setting: Setting) -> list[tuple[int, int]]:
        """Return how often each rule is breached, and how often that is undetermined.

        Args:
            batch: Facts, in order of time.
            setting: Until when is known, and how to count.

        Returns:
            (breaches, open) of each demand, in order; open is what time, a class, an
            actor or a place that is not known leaves so.
        """
        fit = self.fitting(batch)
        lists = fit.lists(batch, setting, whole=False)
        return fit.told(count(fit.checks, lists, setting))

    def judge(self, batch: Batch, setting: Setting) -> list[Breaches]:
        """Return where each rule is breached, how surely, and on what evidence.

        Args:
            batch: Facts, in order of time.
            setting: Until when is known, what is certain, and how to count.

        Returns:
            Breaches of each demand, in order; rules that are alike share theirs.
        """
        fit = self.fitting(batch)
        lists = fit.lists(batch, setting, whole=True)
        known = {
            rule: judge(rule, lists, setting) for rule in dict.fromkeys(fit.checks)
        }
        return [
            known[one.check]
            if one.perhaps is None
            else bounded(known[one.check], known[one.perhaps])
            for one in fit.program.demands
        ]

    @property
    def checks(self) -> list[Check]:
        """Return the checks of the demands, then those by what may count."""
        demands = self.program.demands
        perhaps = [one.perhaps for one in demands if one.perhaps is not None]
        return [one.check for one in demands] + perhaps

    def parted(self, before: "Engine") -> dict[Check, Check]:
        """Return which checks have met the same facts while every one had a place.

        Args:
            before: The engine that was kept to until then, `placed`.

        Returns:
            Each check of this engine -> that of the engine before.
        """
        pairs = list(zip(self.program.demands, before.program.demands, strict=True))
        found = {one.check: same.check for one, same in pairs}
        perhaps = {
            one.perhaps: same.perhaps or same.check
            for one, same in pairs
            if one.perhaps is not None
        }
        return found | perhaps

    def told(self, counts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the counts of the demands.

        Args:
            counts: (breaches, open) of each of the checks, in order.

        Returns:
            (breaches, open) of each demand, in order.
        """
        demands = self.program.demands
        further = iter(counts[len(demands) :])
        found = []
        for (sure, open_), one in zip(counts, demands, strict=False):
            most = sure + open_ if one.perhaps is None else sum(next(further))
            found.append((sure, most - sure))
        return found

    def lists(self, batch: Batch, setting: Setting, *, whole: bool) -> Lists:
        """Return what the streams take of a batch."""
        wanted = listed(self.checks, len(self.program.streams), whole=whole)
        taken = take(
            self.sieves, self.index, batch.columns, wanted, loops=setting.loops
        )
        return Lists(taken, batch.facts)


def engine_of(program: Program, vocabulary: Vocabulary) -> Engine:
    """Return the engine of a program: its areas laid on a grid.

    Args:
        program: Checks on streams.
        vocabulary: What the codes of facts stand for.

    Returns:
        The engine.
    """
    index = index_of(program.areas)
    whole = Engine(program=program, index=index, codes=vocabulary.sizes)
    plain = placed(program)
    if plain != program:
        whole = replace(whole, placed=replace(whole, program=plain))
    _ = (whole.placed or whole).sieves  # the other, if ever a place is not known
    return whole
