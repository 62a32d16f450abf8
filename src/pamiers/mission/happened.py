"""Fuse the observations that stand into incidents, and record that it was done."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import pyarrow as pa

from pamiers.agreement.origins import sources_in
from pamiers.agreement.reader import read
from pamiers.core.canonical_rows import canonical_lines, read_canonical_lines
from pamiers.core.source import Source
from pamiers.core.table import Table
from pamiers.fusion.fuse import Fusion
from pamiers.fusion.fuse import fuse as fuse_reports
from pamiers.fusion.model import FusionModel
from pamiers.fusion.naming import name_groups
from pamiers.mission.calibrated import learned_in_force
from pamiers.mission.decided import bindings_of, decisions, in_force
from pamiers.mission.mission import Mission, basis, new_draft
from pamiers.mission.news import Happened, news
from pamiers.mission.register import PAYLOAD, borne, pack, register
from pamiers.mission.state import state
from pamiers.mission.taxonomies import words_in_force
from pamiers.mission.versions import agreement_files

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
    bindings = bindings_of(in_force(decisions(mission, as_of=as_of)))
    learned = learned_in_force(mission, as_of=as_of)
    beliefs = {} if learned is None else learned.beliefs
    model = FusionModel(
        sources=sources_of(mission),
        beliefs=beliefs,
        words=words_in_force(mission, as_of=as_of),
    )
    return fuse_reports(observations, model, bindings, learned)


def happened(mission: Mission, *, as_of: datetime | None = None) -> Happened:
    """Return what happened, each incident under the id that it bears.

    Args:
        mission: The mission.
        as_of: Leave out what was not yet known then; None for everything.

    Returns:
        Incidents, how they came of their reports, and how they came by their ids.
    """
    fusion = fusion_of(mission, as_of=as_of)
    groups = [frozenset(each) for each in fusion.groups]
    named = name_groups(groups, borne(register(mission, as_of=as_of)))
    return Happened(
        fusion=fusion, incidents=_under(fusion.incidents, named.keys), named=named
    )


def _under(incidents: Table, keys: Sequence[str]) -> Table:
    """Return incidents under their ids, ordered by start, then id."""
    columns = incidents.columns
    at = columns.schema.get_field_index("key")
    field = columns.schema.field(at)
    named = columns.set_column(at, field, pa.array(keys, pa.string()))
    order = [("start", "ascending"), ("key", "ascending")]
    return Table("incident", named.sort_by(order))


def incidents_of(mission: Mission, *, as_of: datetime | None = None) -> Table:
    """Return the incidents that stand, computed only where facts are new."""
    if as_of is not None:
        return happened(mission, as_of=as_of).incidents
    pinned = basis(mission)
    kept = mission.projections.get(_PROJECTION, pinned)
    if kept is not None:
        return read_canonical_lines("incident", kept.splitlines())
    return _kept(mission, pinned, happened(mission)).incidents


def _kept(mission: Mission, pinned: str, found: Happened) -> Happened:
    data = b"\n".join(canonical_lines(found.incidents))
    mission.projections.put(_PROJECTION, pinned, data)
    return found


def keep_happened(mission: Mission) -> Happened:
    """Fuse what stands, keep the incidents as `incidents_of` does, and return all."""
    return _kept(mission, basis(mission), happened(mission))


def incidents_digest(incidents: Table) -> str:
    """Return the SHA-256 over the canonical incidents, in order."""
    return hashlib.sha256(b"\n".join(canonical_lines(incidents))).hexdigest()


def fuse(mission: Mission, now: datetime) -> Fused:
    """Compute the incidents and put on record what is new of them.

    Args:
        mission: The mission.
        now: Instant of recording, aware.

    Returns:
        The incidents; `new_entries` is 0 where the record says the same already.
    """
    after, pinned = mission.record.head().size, basis(mission)
    incidents = incidents_of(mission)
    reports = len(state(mission).tables["observation"])
    digest = incidents_digest(incidents)
    done = Fused(incidents=incidents, reports=reports, digest=digest, new_entries=0)
    last: dict[str, object] = {}
    for entry in mission.record.entries(("fusion",)):
        last = entry.body
    if "said" in last and (last["basis"], last["digest"]) == (pinned, digest):
        return done
    lines = news(mission, _kept(mission, pinned, happened(mission)))
    said, payload = pack(lines)
    body: dict[str, object] = {
        "basis": pinned,
        "digest": digest,
        "incidents": len(incidents),
        "news": len(lines),
        "reports": reports,
        "said": said,
    }
    draft = new_draft(mission, "fusion", body, now, {PAYLOAD: payload})
    mission.record.append([draft], after=after)
    return replace(done, new_entries=1)


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
