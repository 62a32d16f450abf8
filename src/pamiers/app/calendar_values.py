"""The obligation calendar of a mission or agreement, as values and as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.app.plain import plain
from pamiers.app.standing import read_tier, standing
from pamiers.app.wiring import write_file
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.duty import Duty, Status
from pamiers.compliance.ledgers.calendar.shown import shown
from pamiers.compliance.ledgers.known import Known
from pamiers.core.instant import format_instant, zone
from pamiers.render.icalendar import Deadline, render_icalendar

#: a version that stands so is told under the one that took its place
_OVER: Final = (Status.MISSED, Status.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A calendar as drawn up for a circle of readers."""

    known: Known
    duties: tuple[Duty, ...]
    kept_back: int  #: duties of clauses that the circle may not read

    @property
    def agreement(self) -> Agreement:
        """Return the agreement, its anchors bound."""
        return self.known.agreement


def drawn(path: str, at: str | None, tier: str, *, still_open: bool) -> Drawn:
    """Return the calendar of a mission folder or an agreement.

    Args:
        path: Mission folder, agreement folder, or name of a bundled agreement.
        at: As of which instant or date; None for now.
        tier: Who will read it.
        still_open: Only what is still to be done.

    Returns:
        Duties by due instant.
    """
    found = standing(path, at)
    every = calendar(found)
    kept = shown(every, found.agreement, read_tier(tier))
    if still_open:
        kept = tuple(each for each in kept if is_open(each))
    hidden = len(every) - len(shown(every, found.agreement, tier))
    return Drawn(known=found, duties=kept, kept_back=hidden)


def is_open(duty: Duty) -> bool:
    """Tell whether something is still to be done, or to be waited for."""
    return not (duty.status.closed or duty.status is Status.IN_FORCE)


def values(found: Drawn) -> dict[str, object]:
    """Return a calendar as plain values."""
    agreement = found.agreement
    return {
        "agreement": agreement.id,
        "digest": agreement.digest,
        "as_of": format_instant(found.known.now),
        "time_zone": agreement.time_zone,
        "counts": counts(found.duties),
        "kept_back": found.kept_back,
        "names": {each: dict(agreement.names.get(each, {})) for each in _bound(found)},
        "anchors": {name: format_instant(at) for name, at in agreement.anchors.items()},
        "duties": [_duty(each, agreement) for each in found.duties],
    }


def _bound(found: Drawn) -> tuple[str, ...]:
    """Return every actor and role that a duty binds, once."""
    every = (name for duty in found.duties for name in duty.binds)
    return tuple(sorted(dict.fromkeys(every)))


def counts(duties: Sequence[Duty]) -> dict[str, int]:
    """Return how many duties have each status, every status named.

    A version that a later one stands in for is not counted beside it.
    """
    numbers = {status.value: 0 for status in Status}
    for duty in duties:
        if not later_versions(duty, duties):
            numbers[duty.status.value] += 1
    return numbers


def later_versions(duty: Duty, duties: Iterable[Duty]) -> list[Duty]:
    """Return the later version of a duty that is over, as amended; empty for none."""
    if not duty.replaced_by or duty.status not in _OVER:
        return []
    found = [each for each in duties if _one(each) == _one(duty)]
    return [each for each in found if not each.replaced_by]


def _one(duty: Duty) -> tuple[object, ...]:
    """Return what the versions of one duty share."""
    return duty.clause, duty.occasion, duty.bearer, duty.trigger


def _duty(duty: Duty, agreement: Agreement) -> dict[str, object]:
    tz = zone(agreement.time_zone)
    local = None if duty.due_at is None else duty.due_at.astimezone(tz).isoformat()
    late = None
    if duty.late is not None:
        late = {"days": duty.late.days, "seconds": duty.late.seconds}
    return {
        **{
            name: plain(getattr(duty, name))
            for name in duty.__dataclass_fields__
            if name not in ("late", "why")
        },
        "due_local": local,
        "late": late,
        "late_by": None if duty.late is None else str(duty.late),
        "why": [each.to_dict() for each in duty.why],
    }


def write_ics(
    found: Drawn, file: Path, language: str, deadlines: Sequence[Deadline] = ()
) -> int:
    """Write a calendar as iCalendar and return how many events it has.

    Args:
        found: The calendar.
        file: Where to; replaced whole.
        language: Of names and titles.
        deadlines: What is due in cases, for readers who may see it.

    Returns:
        Number of events; duties without a date have none.
    """
    agreement, now = found.agreement, found.known.now
    write_file(
        file, render_icalendar(found.duties, agreement, now, language, deadlines)
    )
    return sum(each.due_at is not None for each in found.duties) + len(deadlines)
