"""Events of cases that come from elsewhere, put on record as they are, each once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pamiers.core.canonical import digest
from pamiers.mission.cases import EVENT
from pamiers.mission.mission import Mission, new_draft
from pamiers.procedure.event import Event
from pamiers.procedure.writing import from_dict, to_dict

Filing = tuple[str, str, Event]  #: case, procedure, event


def file_events(mission: Mission, filed: Sequence[Filing]) -> int:
    """Record events of cases, each as an entry dated when it was filed.

    What the cases ask for with them is told by the next round of the worker.

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
            EVENT,
            {"case": case, "procedure": procedure, "event": to_dict(event)},
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
    told = to_dict(replace(event, recorded_at=None, position=0))
    return digest({"case": case, "event": told, "procedure": procedure})


def events_on(mission: Mission) -> Iterator[Filing]:
    """Yield the events of cases on record, in order."""
    for entry in mission.record.entries((EVENT,)):
        body: Any = entry.body
        event = from_dict(body["event"], position=entry.index)
        yield body["case"], body["procedure"], event
