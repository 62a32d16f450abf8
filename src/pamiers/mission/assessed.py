"""What findings said when they were last put on record, and the time before that.

A finding is never silently changed: what facts make of it now is told beside what was
assessed. The two texts are kept as projections; where they are gone, only that there
are newer facts can be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.compliance.finding import Finding
from pamiers.mission.finding_lines import read_finding
from pamiers.mission.mission import Mission
from pamiers.mission.ports import Projections

KIND: Final = "assessment"
_NAMES: Final = ("assessed", "assessed-before")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """One assessment on record, and what it said where that is kept."""

    entry: int
    recorded_at: datetime
    basis: str
    lines: tuple[bytes, ...] | None  #: canonical findings; None where not kept

    def finding(self, key: str) -> Finding | None:
        """Return what it said under an id; None where nothing, or it is not kept."""
        marked = f'"key":"{key}"'.encode()
        for line in self.lines or ():
            if marked in line:
                return read_finding(line, self.recorded_at)
        return None


def keep_assessed(mission: Mission, basis: str, lines: bytes) -> None:
    """Keep what was just put on record, and what was before it.

    Args:
        mission: The mission, whose last assessment is the one put on record.
        basis: What that rests on.
        lines: Its canonical findings, one a line.
    """
    listed = _listed(mission)
    if len(listed) > 1:
        before = str(listed[-2][2])
        kept = mission.projections.get(_NAMES[0], before)
        if kept is not None:
            mission.projections.put(_NAMES[1], before, kept)
    mission.projections.put(_NAMES[0], basis, lines)


def assessed(mission: Mission, kept: Projections) -> list[Assessed]:
    """Return the last two assessments on record, the latest first.

    Args:
        mission: The mission, or a view of it.
        kept: The mission's own projections: a view holds only what it was made of.

    Returns:
        None for none.
    """
    return list(_latest(mission, kept))


def _latest(mission: Mission, projections: Projections) -> Iterator[Assessed]:
    latest = _listed(mission)[: -len(_NAMES) - 1 : -1]
    for name, (entry, at, basis) in zip(_NAMES, latest, strict=False):
        kept = projections.get(name, basis)
        lines = None if kept is None else tuple(kept.splitlines())
        yield Assessed(entry=entry, recorded_at=at, basis=basis, lines=lines)


def _listed(mission: Mission) -> list[tuple[int, datetime, str]]:
    entries = mission.record.entries((KIND,))
    return [(e.index, e.recorded_at, str(e.body["basis"])) for e in entries]
