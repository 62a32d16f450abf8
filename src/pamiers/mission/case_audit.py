"""Does the index of cases say what the record says?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pamiers.mission.case_index import Plain
from pamiers.mission.cases import EVENT, TOLD
from pamiers.mission.mission import Mission


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """Everything that an index of cases holds."""

    through: int  #: entries of the record that it has taken in
    events: Mapping[int, tuple[str, Plain]]  #: entry -> case and event
    told: Mapping[str, Plain]  #: key -> effect


def index_faults(mission: Mission, index: Indexed) -> Iterator[str]:
    """Yield where an index of cases is not what the record makes it.

    Args:
        mission: Its record is right, whatever the index says.
        index: Of its cases; it may lag behind.

    Yields:
        `size`, `entry N` or `notice KEY`: what was changed, left out or put in.
    """
    if index.through > mission.record.head().size:
        yield "size"
    events, told = dict(index.events), dict(index.told)
    for entry in mission.record.entries((EVENT, TOLD)):
        if entry.index >= index.through:
            break
        body: Any = entry.body
        if entry.kind == EVENT:
            if events.pop(entry.index, None) != (body["case"], body["event"]):
                yield f"entry {entry.index}"
            continue
        for each in body["told"]:
            if told.pop(each["key"], None) != each:
                yield f"notice {each['key']}"
    yield from (f"entry {n}" for n in events)
    yield from (f"notice {key}" for key in told)
