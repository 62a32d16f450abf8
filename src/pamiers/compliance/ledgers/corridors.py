"""States of affairs over time: how much of it a corridor was open, and who says so.

Statements `state:<state>` say that it was so for a time, `not-state:<state>` that it
was not. Where both are said of one time it is disputed; where neither is, it is not
reported. A share is always of the whole time in force; the share of what was reported
stands beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from pamiers.agreement.model import Verb
from pamiers.compliance.ledgers.known import Known
from pamiers.core.instant import Interval
from pamiers.core.rows import Statement

UP: Final = "state:"
DOWN: Final = "not-state:"


class Spell(StrEnum):
    """What is said of a stretch of time."""

    UP = "up"
    DOWN = "down"
    DISPUTED = "disputed"
    UNREPORTED = "not reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of time of which one thing is said, and by whom."""

    start: datetime
    end: datetime
    spell: Spell
    sources: tuple[str, ...]

    @property
    def seconds(self) -> float:
        """Return how long it lasted [s]."""
        return (self.end - self.start).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime:
    """How a state of affairs ran over a time.

    Invariant: the four shares add up to 1.
    """

    state: str
    place: str | None  #: reference, place or region of the statements
    clauses: tuple[str, ...]  #: that demand it
    start: datetime
    end: datetime
    up_share: float
    down_share: float
    disputed_share: float
    unreported_share: float
    stretches: tuple[Stretch, ...]  #: in order of time, without gaps

    @property
    def up_of_reported(self) -> float | None:
        """Return the share up of what one thing is said of; None for nothing said."""
        told = self.up_share + self.down_share
        return self.up_share / told if told > 0.0 else None


def corridors(known: Known) -> tuple[Uptime, ...]:
    """Return how each state that a clause demands, or somebody reports, ran.

    Returns:
        By state, then place; from when the demand was in force, or was first
        reported on, until now or its end.
    """
    states = dict.fromkeys((*_demanded(known), *_told(known)))
    found = [each for state in sorted(states) for each in _of(state, known)]
    return tuple(found)


def _demanded(known: Known) -> Iterator[str]:
    for clause in known.agreement.clauses:
        for reading in clause.readings:
            own = reading.state not in ("", "presence", "absence")
            if clause.verb is Verb.MAINTAIN and own:
                yield reading.state


def _told(known: Known) -> Iterator[str]:
    for row in known.statements:
        if row.category.startswith((UP, DOWN)) and row.about:
            yield row.about


def _of(state: str, known: Known) -> Iterator[Uptime]:
    rows = [
        row
        for row in known.statements
        if row.category in (UP + state, DOWN + state) and _begun(row, known)
    ]
    clauses = tuple(
        clause.id
        for clause in known.agreement.clauses
        if any(reading.state == state for reading in clause.readings)
    )
    places = sorted({_place(row) or "" for row in rows}) or [""]
    for place in places:
        held = [row for row in rows if (_place(row) or "") == place]
        span = _span(state, held, known)
        if span is not None:
            yield _uptime((state, place or None), clauses, held, span)


def _begun(row: Statement, known: Known) -> bool:
    return row.start is not None and row.start < known.now


def _place(row: Statement) -> str | None:
    return row.ref or row.place or row.region


def _span(state: str, rows: Sequence[Statement], known: Known) -> Interval | None:
    """Return from when to when a state is asked about."""
    begun = [
        reading.from_at
        for clause in known.agreement.clauses
        for reading in clause.readings
        if reading.state == state and reading.from_at is not None
    ]
    starts = begun or [row.start for row in rows if row.start is not None]
    over = [
        reading.until_at
        for clause in known.agreement.clauses
        for reading in clause.readings
        if reading.state == state and reading.until_at is not None
    ]
    start, end = min(starts, default=None), min([known.now, *over])
    return Interval(start, end) if start is not None and start < end else None


def _uptime(
    named: tuple[str, str | None],
    clauses: tuple[str, ...],
    rows: Sequence[Statement],
    span: Interval,
) -> Uptime:
    stretches = tuple(_stretches(rows, span))
    shares = {
        spell: sum(s.seconds for s in stretches if s.spell is spell) / span.seconds
        for spell in Spell
    }
    return Uptime(
        state=named[0],
        place=named[1],
        clauses=clauses,
        start=span.start,
        end=span.end,
        up_share=shares[Spell.UP],
        down_share=shares[Spell.DOWN],
        disputed_share=shares[Spell.DISPUTED],
        unreported_share=shares[Spell.UNREPORTED],
        stretches=stretches,
    )


def _stretches(rows: Sequence[Statement], span: Interval) -> Iterator[Stretch]:
    """Yield what is said of a time, neighbours that say the same joined."""
    cuts = {span.start, span.end}
    for row in rows:
        cuts |= {at for at in _ends(row, span) if span.start < at < span.end}
    order = sorted(cuts)
    last: Stretch | None = None
    for start, end in pairwise(order):
        each = _said(rows, start, end, span)
        if last is not None and (last.spell, last.sources) == (
            each.spell,
            each.sources,
        ):
            last = Stretch(
                start=last.start, end=end, spell=last.spell, sources=last.sources
            )
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _ends(row: Statement, span: Interval) -> tuple[datetime, datetime]:
    return row.start or span.start, row.end or span.end


def _said(
    rows: Sequence[Statement], start: datetime, end: datetime, span: Interval
) -> Stretch:
    during = [
        row
        for row in rows
        if _ends(row, span)[0] <= start and end <= _ends(row, span)[1]
    ]
    up = any(row.category.startswith(UP) for row in during)
    down = any(row.category.startswith(DOWN) for row in during)
    spell = Spell.UNREPORTED
    if up or down:
        spell = Spell.DISPUTED if up and down else (Spell.UP if up else Spell.DOWN)
    sources = tuple(sorted({row.source for row in during}))
    return Stretch(start=start, end=end, spell=spell, sources=sources)
