"""Draw up the calendar: every dated duty of an agreement, in order of time."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from pamiers.agreement.model import Clause, Reading
from pamiers.compliance.ledgers.calendar.deadlines import deadlines
from pamiers.compliance.ledgers.calendar.duty import PASSING, Duty
from pamiers.compliance.ledgers.calendar.notices import noticed
from pamiers.compliance.ledgers.calendar.owed import Owed
from pamiers.compliance.ledgers.calendar.passing import passing
from pamiers.compliance.ledgers.calendar.periods import periods
from pamiers.compliance.ledgers.calendar.renewals import renewals
from pamiers.compliance.ledgers.calendar.responses import responses
from pamiers.compliance.ledgers.calendar.settle import settle
from pamiers.compliance.ledgers.known import Known

_KINDS: Final = (deadlines, responses, periods, passing)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def calendar(known: Known) -> tuple[Duty, ...]:
    """Return every dated duty of an agreement, as known now.

    Args:
        known: The agreement with its anchors bound, what is on record, and now.

    Returns:
        Duties by due instant, those without one last; the same for every order of
        the facts. Readings of a clause that ask the same share one duty.
    """
    found = [*renewals(known)]
    for clause in known.agreement.clauses:
        owed = [each for kind in _KINDS for each in kind(clause, known)]
        found += [_settled(group, clause, known) for group in _alike(owed)]
        found += noticed(clause, known)
    return tuple(sorted(found, key=_order))


def _order(duty: Duty) -> tuple[datetime, str, str, str, str]:
    return (
        duty.due_at or _NEVER,
        duty.clause,
        duty.occasion.value,
        duty.bearer or "",
        duty.key,
    )


def _alike(owed: Iterable[Owed]) -> Iterator[list[Owed]]:
    """Yield what is owed in groups of readings that ask the same."""
    groups: dict[object, list[Owed]] = {}
    for each in owed:
        groups.setdefault(_asks(each), []).append(each)
    yield from groups.values()


def _asks(owed: Owed) -> object:
    """Return what two readings have to share to be told as one duty."""
    dated = (owed.occasion, owed.bearer, owed.written, owed.due_at, owed.trigger)
    if owed.occasion in PASSING:
        return dated
    return dated, _told(owed.reading)


def _told(reading: Reading) -> str:
    return repr(replace(reading, id="", answers=()))


def _settled(group: list[Owed], clause: Clause, known: Known) -> Duty:
    duty = settle(group[0], known)
    named = tuple(each.reading.id for each in group)
    every = {each.id for each in clause.readings} <= set(named)
    readings = () if every else named
    key = group[0].key(known.agreement.id, readings)
    return replace(duty, readings=readings, key=key)
