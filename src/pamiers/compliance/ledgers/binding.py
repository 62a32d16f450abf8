"""Bind an agreement's anchors to what is on record, and draw up what ledgers need."""

from collections.abc import Sequence
from datetime import datetime

from pamiers.agreement.model import Agreement, Anchor
from pamiers.agreement.schedule import bind, life_end
from pamiers.compliance.finding import Finding
from pamiers.compliance.ledgers.calendar.discharge import done_by_all
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.world import World


def known_of(
    agreement: Agreement, world: World, findings: Sequence[Finding], now: datetime
) -> Known:
    """Return what ledgers are drawn up from, every anchor bound that has come.

    Args:
        agreement: Resolved; bound or not.
        world: Tables as known.
        findings: Findings on the same agreement and facts; may be empty.
        now: What begins later is left out [UTC].

    Returns:
        A duty that sets an anchor may itself run from another, so binding is
        repeated until nothing new is known.
    """
    found = Known(
        agreement=bind(agreement, {}, now),
        world=world,
        findings=tuple(findings),
        now=now,
    )
    happened: dict[str, datetime] = {}
    for _ in agreement.waits:
        come = _happened(found)
        if come == happened:
            break
        happened = come
        found = _rebound(found, happened)
    end = _end(found)
    return found if end is None else _rebound(found, happened, end)


def _rebound(
    known: Known, happened: dict[str, datetime], end: datetime | None = None
) -> Known:
    return Known(
        agreement=bind(known.agreement, happened, known.now, end),
        world=known.world,
        findings=known.findings,
        now=known.now,
    )


def _happened(known: Known) -> dict[str, datetime]:
    found = {name: _came(each, known) for name, each in known.agreement.waits.items()}
    return {name: at for name, at in found.items() if at is not None}


def _came(anchor: Anchor, known: Known) -> datetime | None:
    """Return when an anchor's event first came, or of several actors the last did."""
    if anchor.completed is not None:
        return done_by_all(known.agreement.clause(anchor.completed), known)
    if anchor.event is None:
        return None
    if not anchor.by:
        return _first(anchor.event, None, known)
    each = [
        _first(anchor.event, known.agreement.meant_by((by,)), known) for by in anchor.by
    ]
    come = [at for at in each if at is not None]
    return max(come) if len(come) == len(each) else None


def _first(event: str, by: frozenset[str] | None, known: Known) -> datetime | None:
    starts = [
        act.start
        for act in known.acts
        if act.is_of((event,)) and (by is None or act.actor in by)
    ]
    return min(starts, default=None)


def _end(known: Known) -> datetime | None:
    life = known.agreement.life
    if life is None:
        return None
    renewed = [
        act.start
        for act in known.acts
        if life.renewed_by is not None and act.is_of((life.renewed_by,))
    ]
    ended = None if life.ended_by is None else _first(life.ended_by, None, known)
    return life_end(known.agreement, renewed, ended)
