"""Fuse the observations that stand into incidents, and record that it was done."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.agreement.origins import sources_in
from pamiers.agreement.reader import read
from pamiers.core.canonical_rows import canonical_lines, read_canonical_lines
from pamiers.core.source import Source
from pamiers.core.table import Table
from pamiers.fusion.fuse import Fusion
from pamiers.fusion.fuse import fuse as fuse_reports
from pamiers.fusion.model import FusionModel
from pamiers.mission.mission import Mission, agreement_files, basis, new_draft
from pamiers.mission.state import state

_PROJECTION: Final = "incidents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """What a run of fusion gave, and whether that was news to the record."""

    incidents: Table
    reports: int  #: observations and claims that were fused
    digest: str  #: SHA-256 over the canonical incidents
    new_entries: int


def sources_of(mission: Mission) -> dict[str, Source]:
    """Return the sources that the agreement's folder describes, by id."""
    return sources_in(read(agreement_files(mission)).written)


def fusion_of(mission: Mission, *, as_of: datetime | None = None) -> Fusion:
    """Return the fusion of what stands, with all that explains it.

    Args:
        mission: The mission.
        as_of: Leave out what was not yet known then; None for everything.

    Returns:
        Incidents and how they came of their reports; nothing is recorded.
    """
    observations = state(mission, as_of=as_of).tables["observation"]
    return fuse_reports(observations, FusionModel(sources=sources_of(mission)))


def incidents_of(mission: Mission, *, as_of: datetime | None = None) -> Table:
    """Return the incidents that stand, computed only where facts are new."""
    if as_of is not None:
        return fusion_of(mission, as_of=as_of).incidents
    pinned = basis(mission)
    kept = mission.projections.get(_PROJECTION, pinned)
    if kept is not None:
        return read_canonical_lines("incident", kept.splitlines())
    incidents = fusion_of(mission).incidents
    data = b"\n".join(canonical_lines(incidents))
    mission.projections.put(_PROJECTION, pinned, data)
    return incidents


def incidents_digest(incidents: Table) -> str:
    """Return the SHA-256 over the canonical incidents, in order."""
    return hashlib.sha256(b"\n".join(canonical_lines(incidents))).hexdigest()


def fuse(mission: Mission, now: datetime) -> Fused:
    """Compute the incidents and put on record that it was done.

    Args:
        mission: The mission.
        now: Instant of recording, aware.

    Returns:
        The incidents; `new_entries` is 0 where the record says the same already.
    """
    incidents = incidents_of(mission)
    reports = len(state(mission).tables["observation"])
    digest = incidents_digest(incidents)
    body = {
        "basis": basis(mission),
        "digest": digest,
        "incidents": len(incidents),
        "reports": reports,
    }
    added = record_once(mission, "fusion", body, now)
    return Fused(incidents=incidents, reports=reports, digest=digest, new_entries=added)


def record_once(
    mission: Mission, kind: str, body: dict[str, object], now: datetime
) -> int:
    """Record a result unless the last entry of its kind says the same.

    Args:
        mission: The mission.
        kind: Kind of entry.
        body: The result, JSON values.
        now: Instant of recording, aware.

    Returns:
        The number of entries added, 0 or 1.
    """
    after, last = mission.record.head().size, None
    for entry in mission.record.entries((kind,)):
        last = entry.body
    if last == body:
        return 0
    mission.record.append([new_draft(mission, kind, body, now)], after=after)
    return 1
