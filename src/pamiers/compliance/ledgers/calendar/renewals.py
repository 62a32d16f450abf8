"""How long the agreement itself runs, and what renewed or ended it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pamiers.agreement.model import Agreement, Life, LifeEvent
from pamiers.agreement.schedule import extended, instant, life_end
from pamiers.compliance.clauses.happened import life_events
from pamiers.compliance.ledgers.act import Act
from pamiers.compliance.ledgers.calendar.duty import Duty, Occasion, Status
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import unknown
from pamiers.compliance.ledgers.remark import Remark, remark
from pamiers.core.canonical import digest
from pamiers.core.instant import format_instant

_KEY_LENGTH = 16


def renewals(known: Known) -> Iterator[Duty]:
    """Yield each term of the agreement by when it had to be renewed, and its end.

    A term that was renewed is done. One that an act has to renew is due until it runs
    out, any other is to come; both have ended from then on. A notice on record ends
    the agreement when it has run.
    """
    life = known.agreement.life
    if life is None:
        return
    if life.from_ is not None and life.lasts is not None:
        yield from _terms(life, known)
    ended = next(iter(_acts(life.ended_by, known)), None)
    if ended is not None:
        yield _end(life, ended, known)


def _acts(event: LifeEvent | None, known: Known) -> tuple[Act, ...]:
    """Return what surely renewed or ended it, in order; what is open does neither."""
    return known.established(life_events(event, known.register))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """One term of the agreement, and what renewed it."""

    number: int  #: from 1
    end: datetime | None
    status: Status
    act: Act | None = None


def _terms(life: Life, known: Known) -> Iterator[Duty]:
    start = None if life.from_ is None else instant(life.from_, known.agreement)
    if start is None:
        waiting = _Term(number=1, end=None, status=Status.WAITING)
        yield _duty(life, waiting, known)
        return
    if life.tacit:
        yield _tacit(life, start, known)
        return
    renewed = _acts(life.renewed_by, known)
    agreement = known.agreement
    number, end = 1, _after(life, start, known)
    for act in renewed:
        end = _lengthened(life, end, agreement, act.start)
        if end is None or act.start > end:
            break  # what has run out cannot be renewed
        done = _Term(number=number, end=end, status=Status.DONE, act=act)
        yield _duty(life, done, known)
        number, end = number + 1, _after(life, end, known)
    end = _lengthened(life, end, agreement)
    over = end is not None and end <= known.now
    coming = Status.DUE if life.renewed_by is not None else Status.COMING
    status = Status.ENDED if over else coming
    yield _duty(life, _Term(number=number, end=end, status=status), known)


def _lengthened(
    life: Life, end: datetime | None, agreement: Agreement, by: datetime | None = None
) -> datetime | None:
    """Return the end of a term as it was lengthened, as far as agreed by an instant."""
    anchors, counted = agreement.anchors, agreement.calendar
    return extended(life.extended, end, anchors, counted, by=by)


def _tacit(life: Life, start: datetime, known: Known) -> Duty:
    """Return the term that runs, of those that silence has renewed."""
    ended = [act.end for act in _acts(life.ended_by, known)]
    stop = life_end(known.agreement, (), min(ended, default=None))
    number, end = 1, _after(life, start, known)
    while end is not None and end <= known.now and (stop is None or end < stop):
        number, end = number + 1, _after(life, end, known)
    over = stop is not None and stop <= known.now
    status = Status.ENDED if over else Status.COMING
    return _duty(life, _Term(number=number, end=end, status=status), known)


def _after(life: Life, start: datetime | None, known: Known) -> datetime | None:
    if start is None or life.lasts is None:
        return None
    return known.agreement.calendar.after(start, life.lasts)


def _duty(life: Life, term: _Term, known: Known) -> Duty:
    agreement, act = known.agreement, term.act
    named = life.renewed_by
    renewed_by = named.event if named else "nothing that the text names"
    text = f"Term {term.number} of {life.lasts}; renewed by {renewed_by}."
    return Duty(
        key=_key(agreement, f"term {term.number}"),
        clause=agreement.id,
        readings=(),
        occasion=Occasion.RENEWAL,
        bearer=None,
        to=(),
        title=agreement.title,
        written=f"{life.from_} + {term.number} x {life.lasts}",
        due_at=term.end,
        status=term.status,
        done_at=act.end if act else None,
        done_by=(act.key,) if act else (),
        sources=act.sources if act else (),
        waits_for=unknown((life.from_,), agreement) if life.from_ else (),
        why=(
            remark(
                "calendar.term",
                text,
                number=term.number,
                lasts=str(life.lasts),
                renewed_by=renewed_by,
            ),
        ),
    )


def _end(life: Life, act: Act, known: Known) -> Duty:
    agreement = known.agreement
    end = act.end
    if life.tacit:
        end = life_end(agreement, (), act.end) or end
    elif life.notice is not None:
        end = agreement.calendar.after(act.end, life.notice)
    return Duty(
        key=_key(agreement, "end"),
        clause=agreement.id,
        readings=(),
        occasion=Occasion.ENDS,
        bearer=act.actor,
        binds=(act.actor,) if act.actor else (),
        to=(),
        title=agreement.title,
        written=f"{act.kind} + {life.notice}" if life.notice else act.kind,
        due_at=end,
        status=Status.ENDED if end <= known.now else Status.COMING,
        sources=act.sources,
        why=(_notice(act),),
    )


def _notice(act: Act) -> Remark:
    at = format_instant(act.end)
    sources = ", ".join(act.sources)
    text = f"{act.kind} on record at {at}, according to {sources} ({act.key})."
    return remark("calendar.ended", text, at=at, source=sources, key=act.key)


def _key(agreement: Agreement, what: str) -> str:
    return digest({"agreement": agreement.id, "life": what})[:_KEY_LENGTH]
