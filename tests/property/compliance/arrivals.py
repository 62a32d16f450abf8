"""Facts as they come: out of order, late, corrected, taken back; in batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from pamiers.agreement.model import Agreement
from pamiers.compliance.assessment.assessment import Assessment
from pamiers.compliance.assessment.change import Change, changed
from pamiers.compliance.finding import Finding
from pamiers.compliance.log import Logged, append, turned
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.rows import Row

SIZES = (1, 2, 7, 50, 10_000)
LATE, CORRECTED, TAKEN_BACK = 0.10, 0.01, 0.01
_TIMES = ("start", "end", "given_at")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One batch, and when it is known."""

    change: Change
    at: datetime


def moved(row: Row, by: timedelta) -> Row:
    """Return a row that tells of the same at another time."""
    held: dict[str, Any] = {name: getattr(row, name, None) for name in _TIMES}
    return replace(row, **{n: at + by for n, at in held.items() if at is not None})


def arrivals(
    rng: Random, rows: Sequence[Row], size: int, first: datetime, last: datetime
) -> Iterator[Arrival]:
    """Yield facts in batches, by their time but one in ten; one in a hundred wrong.

    A wrong one is corrected, or taken back, some facts later.
    """
    queue: list[tuple[float, int, Row, int]] = []
    for number, row in enumerate(sorted(rows, key=_told_at)):
        turn = number + (rng.random() * len(rows) if rng.random() < LATE else 0.0)
        queue.append((turn, number, row, 1))
        fate = rng.random()
        if fate < CORRECTED + TAKEN_BACK:
            again = turn + rng.random() * len(rows)
            queue.append((again, number, row, -1))
            if fate < CORRECTED:
                other = moved(row, timedelta(hours=rng.choice([-30, -3, 1, 20])))
                queue.append((again, number, other, 1))
    queue.sort(key=lambda each: each[:2])
    cuts = range(0, len(queue), size)
    for i, begin in enumerate(cuts):
        part = queue[begin : begin + size]
        share = (i + 1) / len(cuts)
        yield Arrival(
            Change(
                added=tuple(row for _, _, row, sign in part if sign > 0),
                withdrawn=tuple(row for _, _, row, sign in part if sign < 0),
            ),
            first + share * (last - first),
        )


def _told_at(row: Row) -> tuple[float, str]:
    at = getattr(row, "given_at", None) or row.start
    return (at.timestamp() if at else 0.0), f"{row.source}:{row.key}"


def from_nothing(
    agreement: Agreement, periods: Sequence[Interval], world: World, at: datetime
) -> list[Finding]:
    """Return what an assessment finds that has taken everything at once."""
    assessment = Assessment(agreement, periods)
    assessment.advance(world, at)
    return assessment.findings()


@dataclass(slots=True)
class Held:
    """An assessment held, batch by batch, to one from nothing and to its log."""

    agreement: Agreement
    periods: Sequence[Interval]
    world: World
    judged: int = 0  #: cells judged, of all that there were

    def through(self, steps: Sequence[Arrival]) -> tuple[Logged, ...]:
        """Take batches in; after each compare findings, and at last the log."""
        begun = steps[0].at
        assessment = Assessment(self.agreement, self.periods)
        assessment.advance(self.world, begun)
        log = plain = append((), assessment.findings(), begun)
        for step in steps:
            turn = assessment.take(step.change, step.at)
            self.judged += len(turn.cells)
            self.world = changed(self.world, step.change)
            wanted = from_nothing(self.agreement, self.periods, self.world, step.at)
            assert_same(assessment.findings(), wanted, step)
            log = turned(log, turn.before, turn.now, step.at)
            plain = append(plain, wanted, step.at)
        assert log == plain
        return log


def assert_same(
    found: Sequence[Finding], wanted: Sequence[Finding], step: Arrival
) -> None:
    """Say of the first finding that differs in which fields it does."""
    for one, other in zip(found, wanted, strict=False):
        if one != other:
            names = [
                name
                for name in Finding.__slots__
                if getattr(one, name) != getattr(other, name)
            ]
            told = {n: (getattr(one, n), getattr(other, n)) for n in names}
            raise AssertionError(f"{one.clause} {one.start}: {told} after {step}")
    assert len(found) == len(wanted), (len(found), len(wanted), step)
