"""Store, clock and network fail as they please; what is on record in the end is one.

The faults wrap a mission from outside: a store that dies between any two appends, a
clock that jumps by an hour, a day or a month, messages that come twice, out of order
and late. After every death the driver begins again with everything it was ever told.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import numpy as np
import pytest

from pamiers.app.simulation import file_rows
from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.rows import Row
from pamiers.ledger.entry import Draft
from pamiers.ledger.tree import Head
from pamiers.mission.casebook import Filing, events_on, file_events
from pamiers.mission.mission import Mission, begin
from pamiers.mission.state import state
from pamiers.procedure import fold, rules_of
from pamiers.simulation.casework import Filed
from pamiers.simulation.conduct import Conduct
from pamiers.simulation.living import live
from pamiers.simulation.setting import Setting, Telling
from pamiers.simulation.telling import Sent
from pamiers.store.memory import MemoryOriginals, MemoryProjections, MemoryRecord
from tests.unit.simulation.truce import agreement, stage, text

JUMPS = (timedelta(hours=1), timedelta(days=1), timedelta(days=30))
Message = tuple[datetime, Sequence[Row] | Filed]


class PowerCutError(Exception):
    """The machine died."""


class DyingRecord(MemoryRecord):
    """A record that dies before, or after, any append that it is told to."""

    def __init__(self, dies: Callable[[], bool]) -> None:
        super().__init__()
        self.dies = dies

    def append(self, drafts: Sequence[Draft], *, after: int) -> Head:
        if self.dies():
            raise PowerCutError
        head = super().append(drafts, after=after)
        if self.dies():  # recorded, and nobody was told
            raise PowerCutError
        return head


def mission_on(record: MemoryRecord) -> Mission:
    return Mission(
        name="small",
        record=record,
        originals=MemoryOriginals(),
        projections=MemoryProjections(),
        entropy=bytes,
    )


@cache
def messages(seed: int) -> tuple[Message, ...]:
    """Return everything that a life tells a mission, in the order it was told."""
    heard: list[Message] = []

    def hear(now: datetime, news: Sequence[Sent]) -> None:
        heard.append((now, [each.row for each in news]))

    setting = Setting(
        days=2,
        fused=False,
        shifts=1,
        judged_every_h=12.0,
        usual_conduct=Conduct(breaches_per_day=0.5),
        telling=Telling(withdrawn_share=0.0),
    )
    lived = live(stage(), setting, {}, np.random.default_rng(seed), hear)
    heard += [(each.event.at, each) for each in lived.casework.filed]
    return tuple(sorted(heard, key=lambda each: each[0]))


def deliver(mission: Mission, message: Message, now: datetime) -> None:
    _, what = message
    if isinstance(what, Filed):
        file_events(mission, [(what.case, what.procedure, what.event)])
    else:
        file_rows(mission, what, now)


def content(mission: Mission) -> dict[str, object]:
    """Return what is on record, up to ids, positions and instants of recording."""
    rows = {
        kind: sorted(canonical_lines(table))
        for kind, table in state(mission).tables.items()
    }
    filed = list(events_on(mission))
    end = max(event.at for _, _, event in filed) + timedelta(days=60)
    return {
        "rows": rows,
        "events": sorted(
            (case, event.kind, event.at, event.by) for case, _, event in filed
        ),
        "cases": {case: folded(case, filed, end) for case, _, _ in filed},
    }


def folded(case: str, filed: Sequence[Filing], end: datetime) -> object:
    """Return what a case comes to; of one instant, events in an order of their own."""
    rules = rules_of(agreement(), next(p for name, p, _ in filed if name == case))
    events = sorted(
        (
            replace(e, position=0, recorded_at=None)
            for name, _, e in filed
            if name == case
        ),
        key=lambda e: (e.at, repr(e)),
    )
    placed = [replace(event, position=n) for n, event in enumerate(events)]
    return fold(case, rules, placed, end).log


def told(seed: int, dice: random.Random | None) -> dict[str, object]:
    """Return what is on record after everything was told, with faults or without."""
    budget = 0 if dice is None else 40
    calm = True

    def dies() -> bool:
        nonlocal budget
        if calm or dice is None or budget <= 0 or dice.random() > 0.2:
            return False
        budget -= 1
        return True

    record = DyingRecord(dies)
    begin(mission_on(record), {"agreement.yaml": text()}, messages(seed)[0][0])
    calm = False
    waiting = list(messages(seed))
    while waiting:
        mission = mission_on(record)  # what was not on record is forgotten
        try:
            for message in spoilt(waiting, dice):
                deliver(mission, message, jumped(message[0], dice))
            waiting = []
        except PowerCutError:
            continue  # and everything is told again
    return content(mission_on(record))


def spoilt(given: Sequence[Message], dice: random.Random | None) -> list[Message]:
    """Return messages shuffled, some of them twice or thrice."""
    if dice is None:
        return list(given)
    found = [each for each in given for _ in range(dice.choice([1, 1, 2, 3]))]
    dice.shuffle(found)
    return found


def jumped(at: datetime, dice: random.Random | None) -> datetime:
    """Return what a clock shows that may have jumped, forth or back."""
    if dice is None or dice.random() < 0.5:
        return at
    return at + dice.choice([-1, 1]) * dice.choice(JUMPS)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_fails_what_is_on_record_in_the_end_is_the_same(seed: int) -> None:
    plain = told(seed % 3, None)
    assert plain["cases"]
    dice = random.Random(seed)  # noqa: S311 - a test's own dice
    assert told(seed % 3, dice) == plain


def test_the_store_dies_as_it_is_told_to() -> None:
    record = DyingRecord(lambda: True)
    with pytest.raises(PowerCutError):
        begin(mission_on(record), {"agreement.yaml": text()}, messages(0)[0][0])
    assert record.head().size == 0
