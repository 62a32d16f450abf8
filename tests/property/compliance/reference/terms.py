"""When an agreement ends: its term, what lengthened or renewed it, what ended it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pamiers.agreement.model import Agreement, LifeEvent
from pamiers.agreement.values.moment import SILENCE, At, Moment
from pamiers.compliance.world import World
from pamiers.core.rows import Statement


def end_of(agreement: Agreement, world: World, known_at: datetime) -> datetime | None:
    """Go from one turn to the next: a longer term, or one term more, while it runs."""
    life = agreement.life
    if life is None or life.from_ is None or life.lasts is None:
        return None
    length = timedelta(seconds=life.lasts.quantity.base)
    end = _at(life.from_) + length
    turns: list[tuple[datetime, datetime | None]] = [
        *((_at(each.on), _at(each.until)) for each in life.extended),
        *((at, None) for at in _told(life.renewed_by, world, known_at)),
    ]
    # at one instant it is lengthened first, and renewed from there
    for at, until in sorted(turns, key=lambda turn: (turn[0], turn[1] is None)):
        if at <= end:
            end = end + length if until is None else max(end, until)
    quits = min(_told(life.ended_by, world, known_at), default=None)
    notice = timedelta(seconds=life.notice.quantity.base if life.notice else 0.0)
    if life.renewed_by is None or life.renewed_by.event != SILENCE:
        return end if quits is None else min(end, quits + notice)
    if quits is None:
        return None
    while quits > end - notice:
        end += length
    return end


def _at(moment: Moment) -> datetime:
    assert isinstance(moment, At)
    return moment.instant


def _told(
    event: LifeEvent | None, world: World, known_at: datetime
) -> Iterator[datetime]:
    """Yield when those did it whose word counts; of nobody else."""
    if event is None:
        return
    for row in world.statements.views():
        assert isinstance(row, Statement)
        named = row.category == f"event:{event.event}"
        theirs = not event.by or row.actor in event.by
        if named and theirs and row.start is not None and row.start <= known_at:
            yield row.start
