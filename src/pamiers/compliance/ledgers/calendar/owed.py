"""What is owed, before it is asked whether it was done."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pamiers.agreement.model import Clause, Reading
from pamiers.compliance.evidence.happenings import Happening
from pamiers.compliance.ledgers.calendar.duty import Occasion
from pamiers.compliance.ledgers.remark import Remark
from pamiers.core.canonical import digest

_KEY_LENGTH: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing that one bearer owes by one instant, in one reading of a clause."""

    clause: Clause
    reading: Reading
    occasion: Occasion
    bearer: str | None
    written: str  #: every moment that the text names; part of the key
    due_at: datetime | None
    since: datetime | None = None  #: what was done before does not count
    waits_for: tuple[str, ...] = ()
    locked_by: tuple[str, ...] = ()
    trigger: str | None = None  #: key of what it is owed upon
    upon: Happening | None = None  #: the trigger, where it is a happening
    to: tuple[str, ...] = ()
    times: int = 1
    until: datetime | None = None  #: what was done later does not count
    lapses: bool = False  #: once late it can no longer be done
    replaced_by: str | None = None  #: instrument that amended this version
    why: tuple[Remark, ...] = field(default_factory=tuple)
    told: str = ""  #: the moment that decides, where it is known; empty: as written

    def key(self, agreement: str, readings: tuple[str, ...]) -> str:
        """Return a stable id of the duty.

        Args:
            agreement: Id of the agreement.
            readings: Readings that share the duty; empty for all.

        Returns:
            Hexadecimal digest of what does not change with time.
        """
        named = {
            "agreement": agreement,
            "clause": self.clause.id,
            "readings": list(readings),
            "occasion": self.occasion.value,
            "bearer": self.bearer,
            "written": self.written,
            "version": self.reading.version,
            "trigger": self.trigger,
        }
        return digest(named)[:_KEY_LENGTH]


def replaced_by(clause: Clause, reading: Reading) -> str | None:
    """Return the instrument that replaced a version of a reading; None for none."""
    versions = [each for each in clause.readings if each.id == reading.id]
    after = versions[versions.index(reading) + 1 :]
    return after[0].version if after else None


def bearers_of(reading: Reading) -> Iterator[str | None]:
    """Yield each bearer of a duty; None where none is named, or all share it."""
    shared = reading.bound is not None and reading.bound.together
    if shared or not reading.bearers:
        yield None
    else:
        yield from reading.bearers
