"""What surely was done, on record: by whom, when, and on whose word.

Acts are the happenings that judgements read, as far as they are established. What is
announced for later is no act yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pamiers.compliance.evidence.happenings import Happening, Value
from pamiers.core.kind import EVENT
from pamiers.core.place import Place

TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing done, between `start` and `end`."""

    kind: str  #: kind of `core.kind`, or an event of the agreement, without prefix
    actor: str | None  #: whom sources name; None: nobody, or several
    start: datetime  #: first instant at which it may have been done [UTC]
    end: datetime  #: first instant by which it surely had been done [UTC]
    sources: tuple[str, ...]  #: who says so
    key: str  #: incident, or `source:key` of a statement
    ref: str | None = None
    region: str | None = None
    at: Place | None = None
    known: Mapping[str, Value]  #: attributes, such as `count` and `persons`
    happening: Happening


def act_of(row: Happening, sources: Mapping[str, str]) -> Act:
    """Return a happening as an act.

    Args:
        row: The happening.
        sources: Key of an incident -> its sources, joined by `; `.

    Returns:
        The act; the source of a statement stands in its key.
    """
    told = sources.get(row.key)
    named = row.key.partition(":")[0] if told is None else told
    return Act(
        kind=row.kind.removeprefix(EVENT),
        actor=row.named,
        start=row.earliest,
        end=row.latest + TICK,
        sources=tuple(each.strip() for each in named.split(";") if each.strip()),
        key=row.key,
        ref=row.ref,
        region=row.region,
        at=row.place,
        known=row.known,
        happening=row,
    )
