"""When anchors came and the agreement ended, by what is on record.

An anchor that waits for an event came with the first record of it (of several who
have to do it, with the last of theirs); one that waits for a duty, when all had
done it. An event that is known only to an interval came at its first instant or at its
last; where the two differ the agreement is bound to both. A duty may itself run from
another anchor, so binding is repeated until nothing new is known; every round can only
add.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pamiers.agreement.model import Agreement, Anchor, LifeEvent, Matter, Subject
from pamiers.agreement.schedule import bind, life_end
from pamiers.compliance.clauses.locks import done_at, verified_at
from pamiers.compliance.evidence.ground import Ground
from pamiers.compliance.evidence.happenings import Happening
from pamiers.compliance.evidence.register import Register, found_in, register_of
from pamiers.compliance.evidence.sought import Sought
from pamiers.compliance.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What the instants of an agreement follow from; equal times bind alike."""

    anchors: Mapping[str, datetime]
    ends_at: datetime | None
    late: "Times | None" = None  #: as late as they may be; None: the same


def bound(
    agreement: Agreement, world: World, known_at: datetime
) -> tuple[Agreement, Register]:
    """Return an agreement with every instant that is known, and what is on record.

    Args:
        agreement: Resolved.
        world: What is known.
        known_at: Last instant of knowledge [UTC].

    Returns:
        The agreement bound, and the register that it is judged by.
    """
    register = register_of(world, agreement).until(known_at)
    taken, _ = bound_by(register, known_at, sure=True)
    ground = Ground(agreement=taken, facts=register.ground.facts)
    return taken, replace(register, agreement=taken, ground=ground)


def bound_by(
    register: Register, known_at: datetime, *, late: bool = False, sure: bool = False
) -> tuple[Agreement, Times]:
    """Return the agreement of a register with every instant that is known.

    Args:
        register: What is on record, cut to what is known.
        known_at: Last instant of knowledge [UTC].
        late: Whether events that are known to an interval came at its end.
        sure: Whether what nobody ascribes neither renews the agreement nor ends it.

    Returns:
        The agreement bound, and what its instants follow from.
    """
    agreement = register.agreement
    known: dict[str, datetime] = {}
    taken = bind(agreement, known, known_at)
    for _ in agreement.waits:
        now = happened(replace(register, agreement=taken), late=late)
        if now == known:
            break
        known = now
        taken = bind(agreement, known, known_at)
    ends_at = life_end(taken, *_ends(taken, register, late=late, sure=sure))
    if ends_at is not None:
        taken = bind(agreement, known, known_at, ends_at)
    return taken, Times(anchors=taken.anchors, ends_at=ends_at)


def happened(register: Register, *, late: bool = False) -> dict[str, datetime]:
    """Return anchor -> when its event came, or its duty was done by all.

    Args:
        register: What is on record, with the agreement bound as far as it is known.
        late: Whether events that are known to an interval came at its end.

    Returns:
        Only anchors that wait for an event or a duty, and whose wait is over.
    """
    times = {
        name: _came(anchor, register, late=late)
        for name, anchor in register.agreement.waits.items()
    }
    return {name: at for name, at in times.items() if at is not None}


def _came(anchor: Anchor, register: Register, *, late: bool) -> datetime | None:
    if anchor.completed is not None:
        clause = register.agreement.clause(anchor.completed)
        when = verified_at if anchor.verified else done_at
        return when(clause, register)
    if anchor.event is None:
        return None
    if not anchor.by:
        return min(recorded(anchor.event, register, late=late), default=None)
    firsts = [
        min(
            recorded(
                anchor.event, register, register.agreement.meant_by([each]), late=late
            ),
            default=None,
        )
        for each in anchor.by
    ]
    known = [at for at in firsts if at is not None]
    return max(known) if len(known) == len(firsts) else None


def recorded(
    event: str,
    register: Register,
    who: frozenset[str] | None = None,
    *,
    late: bool = False,
) -> list[datetime]:
    """Return when an event surely happened, each time that it did.

    Args:
        event: Kind, or an event of the agreement.
        register: What is on record.
        who: Whose event; None: anybody's.
        late: Whether to return the instant by which each had surely happened.

    Returns:
        First instants, in order of the record; empty for none.
    """
    matter = Matter(subject=Subject.EVENT, kinds=(event,))
    rows = found_in(register, Sought(matter, who))
    sure = register.agreement.thresholds.breached
    certain = [row for row in rows if row.low >= sure]
    return [row.there_by if late else row.earliest for row in certain]


def life_events(
    event: LifeEvent | None, register: Register, *, perhaps: bool = False
) -> list[Happening]:
    """Return what renewed or ended an agreement, in order of the record.

    Args:
        event: What does, and whose it has to be.
        register: What is on record.
        perhaps: Whether what nobody ascribes counts: it may be theirs.

    Returns:
        What surely was such an event, or may have been; empty for none.
    """
    if event is None:
        return []
    matter = Matter(subject=Subject.EVENT, kinds=(event.event,))
    meant = register.agreement.meant_by
    by, to = (meant(names) if names else None for names in (event.by, event.to))
    sure = register.agreement.thresholds.breached
    rows = found_in(register, Sought(matter, by, to))
    return [row for row in rows if (row.high if perhaps else row.low) >= sure]


def _ends(
    agreement: Agreement, register: Register, *, late: bool, sure: bool
) -> tuple[Iterable[datetime], datetime | None]:
    """Return when the agreement was renewed, and when it was denounced.

    What nobody ascribes ends it early, and does not end it late; the other way round
    of a renewal. So what rests on it is open (`either`).
    """
    life = agreement.life
    if life is None:
        return (), None
    renewed = life_events(life.renewed_by, register, perhaps=late and not sure)
    ended = life_events(life.ended_by, register, perhaps=not (late or sure))
    at = [
        [row.there_by if late else row.earliest for row in rows]
        for rows in (renewed, ended)
    ]
    return at[0], min(at[1], default=None)
