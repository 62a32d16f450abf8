"""One dated duty, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pamiers.compliance.ledgers.remark import Remark

_HOUR: Final = timedelta(hours=1)


class Occasion(StrEnum):
    """What makes a duty dated."""

    DEADLINE = "deadline"  #: by a moment, or some time after being unlocked
    RESPONSE = "response"  #: some time after each event of a kind
    PERIOD = "period"  #: again and again
    NOTICE = "notice"  #: before each event of a kind
    TOTAL = "total"  #: so many, by a moment
    BEGINS = "begins"  #: the clause begins to hold
    ENDS = "ends"  #: the clause ceases to hold
    EXEMPTION = "exemption"  #: an agreed exemption runs out
    RENEWAL = "renewal"  #: the agreement runs out, unless it is renewed


#: on these nothing is to be done: a date passes, and that is all
PASSING: Final = frozenset({Occasion.BEGINS, Occasion.ENDS, Occasion.EXEMPTION})


class Status(StrEnum):
    """How a dated duty stands."""

    DONE = "done"
    DONE_LATE = "done late"
    DONE_UNTIMED = "done, in time or late is open"  #: its record spans the instant
    DUE = "due"
    OVERDUE = "overdue"  #: nothing on record shows it done
    MISSED = "missed"  #: late, and lateness ends it
    WAITING = "waiting"  #: its instant depends on what has not happened
    LOCKED = "locked"  #: something else has to be done first
    SUSPENDED = "suspended"
    OPEN = "open"  #: owed, and the text sets no date
    COMING = "to come"  #: of a date on which nothing is to be done: it has not passed
    IN_FORCE = "in force"  #: of a beginning: the clause holds now
    ENDED = "ended"  #: no longer owed

    @property
    def closed(self) -> bool:
        """Tell whether nothing more is to be done."""
        return self in _CLOSED


_CLOSED: Final = frozenset(
    {Status.DONE, Status.DONE_LATE, Status.DONE_UNTIMED, Status.MISSED, Status.ENDED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """How late something was, or is.

    Of what was due by the end of a day, `days` counts midnights of the mission's
    zone between the last day in time and the day it was done, so that a law due on 31
    March and passed on 11 July is 102 days late. Of what was due at an hour they are
    days of 24 h, and below two of them `seconds` tell.
    """

    days: int
    seconds: float

    def __str__(self) -> str:
        """Return such as `102 d`, `5 h` or `less than 1 h`."""
        if self.days:
            return f"{self.days} d"
        hours = int(self.seconds // _HOUR.total_seconds())
        return f"{hours} h" if hours else "less than 1 h"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One dated duty of one bearer, as known at one time.

    Invariants: `late` is given for what is done late, overdue or missed and for
    nothing else; a WAITING duty names what it waits for, a LOCKED one what locks it.
    """

    key: str  #: stable id; the same whatever its status and date become
    clause: str  #: id of the clause; of a renewal, the agreement's own id
    readings: tuple[str, ...]  #: under which it holds; empty: under every one
    version: str = ""  #: instrument that amended it so; empty: as first written
    replaced_by: str = ""  #: instrument that amended it since; empty: it stands
    occasion: Occasion
    bearer: str | None  #: actor or role that owes it alone; None: nobody in particular
    binds: tuple[str, ...] = ()  #: whom the clause binds, all of them
    to: tuple[str, ...]  #: to whom
    title: Mapping[str, str]  #: short name of the clause, by language
    #: the date as the agreement writes it, such as `D + 14 d`; what may be it, while
    #: several may, with ` / ` between them
    written: str
    due_at: datetime | None  #: first instant that is too late [UTC]
    status: Status
    late: Late | None = None
    done_at: datetime | None = None  #: instant by which it was surely done [UTC]
    done_by: tuple[str, ...] = ()  #: records that show it done
    sources: tuple[str, ...] = ()  #: who says that it was done
    waits_for: tuple[str, ...] = ()  #: anchors, events or times that have not come
    locked_by: tuple[str, ...] = ()  #: clauses, events or gates that come first
    trigger: str | None = None  #: what it is owed upon
    times: int = 1  #: so many alike, told as one
    visibility: str = "public"  #: of the clause: public, parties, commission ...
    cite: str = ""
    why: tuple[Remark, ...] = ()

    @property
    def is_joint(self) -> bool:
        """Tell whether several owe one act, or one number, between them."""
        return self.bearer is None and self.occasion not in PASSING
