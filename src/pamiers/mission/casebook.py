"""Events of cases on record: each an entry, from which its case is folded again."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from pamiers.agreement.model import Agreement
from pamiers.core.canonical import digest
from pamiers.core.instant import format_instant, parse_instant
from pamiers.mission.mission import Mission, new_draft
from pamiers.procedure import Breach, Case, Event, fold, rules_of

KIND: Final = "case-event"
Filing = tuple[str, str, Event]  #: case, procedure, event


def file_events(mission: Mission, filed: Sequence[Filing]) -> int:
    """Record events of cases, each as an entry dated when it was filed.

    Args:
        mission: The mission.
        filed: In the order in which they were filed; what is on record already, word
            for word, is passed over.

    Returns:
        How many entries were added.
    """
    known = {_identity(*each) for each in events_on(mission)}
    fresh = {_identity(*each): each for each in filed}
    drafts = [
        new_draft(
            mission,
            KIND,
            {"case": case, "procedure": procedure, "event": plain(event)},
            event.recorded_at or event.at,
        )
        for name, (case, procedure, event) in fresh.items()
        if name not in known
    ]
    if drafts:
        mission.record.append(drafts, after=mission.record.head().size)
    return len(drafts)


def _identity(case: str, procedure: str, event: Event) -> str:
    """Return what tells an event from others: all it says but when it was filed."""
    told = replace(event, recorded_at=None, position=0)
    return digest({"case": case, "event": plain(told), "procedure": procedure})


def events_on(mission: Mission) -> Iterator[Filing]:
    """Yield the events of cases on record, in order."""
    for entry in mission.record.entries((KIND,)):
        body: Any = entry.body
        yield body["case"], body["procedure"], read_event(body["event"])


def cases_on(mission: Mission, agreement: Agreement, now: datetime) -> list[Case]:
    """Return the cases on record, folded as far as an instant, by their ids.

    Args:
        mission: The mission.
        agreement: Its agreement.
        now: Until when times are taken to have run out [UTC].

    Returns:
        Cases in the order in which they were opened.
    """
    events: dict[str, list[Event]] = {}
    under: dict[str, str] = {}
    for case, procedure, event in events_on(mission):
        events.setdefault(case, []).append(event)
        under[case] = procedure
    return [
        fold(case, rules_of(agreement, under[case]), told, now)
        for case, told in events.items()
    ]


def plain(event: Event | Breach) -> dict[str, object]:
    """Return an event as JSON values; what holds its default is left out."""
    found: dict[str, object] = {}
    for each in fields(event):
        value = getattr(event, each.name)
        if value == each.default:
            continue
        if isinstance(value, datetime):
            value = format_instant(value)
        elif isinstance(value, tuple):
            value = [plain(v) if isinstance(v, Breach) else v for v in value]
        found[each.name] = value
    return found


def read_event(held: dict[str, Any]) -> Event:
    """Return the event that `plain` wrote."""
    breaches = tuple(Breach(**_typed(Breach, b)) for b in held.get("breaches", ()))
    return Event(**{**_typed(Event, held), "breaches": breaches})


def _typed(kind: type[Event | Breach], held: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(kind):
        if each.name in held:
            value = held[each.name]
            if each.name.endswith("at"):
                value = parse_instant(value)
            found[each.name] = tuple(value) if isinstance(value, list) else value
    return found
