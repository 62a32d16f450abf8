"""What a run of fusion says that is not on record already, as lines of an entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pyarrow as pa

from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.table import Table, concatenate
from pamiers.fusion.fuse import Fusion, lone_incidents
from pamiers.fusion.naming import Named, name_groups
from pamiers.mission.amended import report_ids
from pamiers.mission.decided import decisions, in_force
from pamiers.mission.mission import Mission
from pamiers.mission.published import last_of_each
from pamiers.mission.register import (
    BY_DECISION,
    BY_SOURCE,
    MERGED,
    STANDING,
    Register,
    Saying,
    borne,
    line_of,
    register,
)
from pamiers.mission.state import filed, state


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Incidents under the ids that they bear on record, or would be given now.

    Invariant: `keys` and `named.own` run as `fusion.incidents` does.
    """

    fusion: Fusion
    incidents: Table  #: ordered by start, then id
    named: Named

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the id of each incident of the fusion, in its order."""
        return self.named.keys

    def position(self, key: str) -> int | None:
        """Return where an id stands in the fusion; None where no group bears it."""
        return self.keys.index(key) if key in self.keys else None


def news(mission: Mission, found: Happened) -> list[bytes]:
    """Return what the record does not say yet of incidents, as canonical lines.

    Args:
        mission: The mission.
        found: What happened, under ids.

    Returns:
        Lines in the order of incidents, then ids that became other names, then those
        whose reports are gone; empty where nothing is new.
    """
    held = register(mission)
    lines = [*_standing(found, held), *_renamed(found, held)]
    return [*lines, *_gone(mission, found, held)]


def _standing(found: Happened, held: Register) -> Iterator[bytes]:
    at = {key: i for i, key in enumerate(found.keys)}
    groups = found.fusion.groups
    keys = found.incidents.columns.column("key").to_pylist()
    for key, line in zip(keys, canonical_lines(found.incidents), strict=True):
        row: dict[str, Any] = orjson.loads(line)
        own = found.named.own[at[key]]
        saying = _saying(STANDING, members=groups[at[key]], row=row)
        known = held.get(key)
        if known is None or not _same(known.last, saying) or known.own != own:
            yield line_of(saying, key, own)


def _renamed(found: Happened, held: Register) -> Iterator[bytes]:
    for key, older in found.named.alias.items():
        saying = _saying(MERGED, alias_of=older)
        if not _same(held[key].last, saying):
            yield line_of(saying, key)


def _gone(mission: Mission, found: Happened, held: Register) -> Iterator[bytes]:
    """Yield ids whose reports are gone, and reports gone before they were fused."""
    decided = withdrawn_by_decision(mission)
    for key in found.named.gone:
        saying = _saying(_why(held[key].own, decided))
        if not _same(held[key].last, saying):
            yield line_of(saying, key)
    told = {report for each in held.values() for report in each.own}
    told.update(report for each in held.values() for report in each.whole.members)
    lost = _never_fused(mission, told)
    if not len(lost):
        return
    alone = lone_incidents(lost, found.fusion.model)
    members = alone.columns.column("members").to_pylist()
    named = name_groups([frozenset({each}) for each in members], borne(held))
    for key, report, line in zip(
        named.keys, members, canonical_lines(alone), strict=True
    ):
        why = _why(frozenset({report}), decided)
        row = {**orjson.loads(line), "key": key}
        yield line_of(_saying(why, members=(report,), row=row), key)


def _never_fused(mission: Mission, told: set[str]) -> Table:
    """Return observations on record that neither stand nor were ever in an incident."""
    standing = state(mission).tables["observation"]
    every = [each.table for each in filed(mission) if each.kind == "observation"]
    rows = last_of_each(concatenate("observation", every))
    known = told | set(report_ids(standing))
    lost = [name not in known for name in report_ids(rows)]
    return rows.where(pa.array(lost, pa.bool_()))


def withdrawn_by_decision(mission: Mission) -> frozenset[str]:
    """Return the reports that decisions in force withdrew."""
    force = in_force(decisions(mission))
    return frozenset(each.reports[0] for each in force if each.act == "withdraw")


def _why(reports: frozenset[str], decided: frozenset[str]) -> str:
    return BY_DECISION if reports <= decided else BY_SOURCE


def _saying(
    status: str,
    *,
    alias_of: str | None = None,
    members: Sequence[str] = (),
    row: dict[str, Any] | None = None,
) -> Saying:
    return Saying(
        entry=-1,
        recorded_at=None,
        status=status,
        alias_of=alias_of,
        members=tuple(members),
        row=row,
    )


def _same(one: Saying, other: Saying) -> bool:
    return (one.status, one.alias_of, one.members, one.row) == (
        other.status,
        other.alias_of,
        other.members,
        other.row,
    )
