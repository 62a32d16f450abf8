"""An assessment that goes on from the last one, kept among the projections.

What is kept: the facts that were judged, when they were known, which instants they
bound, and how many findings each rule had on each day. What does not fit together, or
is of another agreement or version, is not gone on from: then all is judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
import pyarrow as pa

from pamiers.agreement.model import Agreement
from pamiers.compliance.assessment.assessment import Assessment, Basis, Cell
from pamiers.compliance.assessment.change import TABLES
from pamiers.compliance.clauses.happened import Times
from pamiers.compliance.world import World
from pamiers.core.canonical import digest
from pamiers.core.instant import Interval, format_instant
from pamiers.core.source import Source
from pamiers.core.table import Table, upgraded
from pamiers.mission.finding_lines import finding_lines, read_finding
from pamiers.mission.mission import PROJECTION_VERSION, Mission
from pamiers.mission.versions import agreement_files

HEAD: Final = "assessment"
LINES: Final = "findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that stands, and as of when."""

    world: World
    known_at: datetime  #: UTC
    basis: str  #: digest of the facts on record


def advanced(
    mission: Mission, agreement: Agreement, known: Known, periods: Sequence[Interval]
) -> bytes:
    """Return the canonical findings on what is known, one a line, and keep them.

    Args:
        mission: The mission.
        agreement: Its agreement.
        known: Everything that stands.
        periods: Reporting intervals, in order.

    Returns:
        The lines; those that no new fact touches are taken from the last run.
    """
    assessment = Assessment(agreement, periods)
    before = _resume(mission, assessment, known.world.sources)
    anew = set(assessment.advance(known.world, known.known_at).cells)
    lines = {
        cell: finding_lines(found) if cell in anew else before[cell]
        for cell, found in assessment.cells.items()
    }
    order = [(p, n) for p in periods for n in range(len(assessment.rules))]
    data = b"\n".join(line for cell in order for line in lines.get(cell, ()))
    mission.projections.put(LINES, known.basis, data)
    counts = [len(lines.get(cell, ())) for cell in order]
    _keep(mission, assessment, known.basis, counts)
    return data


def _lineage(mission: Mission) -> str:
    """Return a digest of what findings depend on beside the facts."""
    return digest([HEAD, PROJECTION_VERSION, agreement_files(mission)])


def _keep(
    mission: Mission, assessment: Assessment, pinned: str, counts: Sequence[int]
) -> None:
    """Keep what the next run goes on from; the head last, so that all of it fits."""
    basis = assessment.basis
    if basis is None:
        return
    for name in TABLES:
        table: Table = getattr(basis.world, name)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.columns.schema) as stream:
            stream.write_table(table.columns)
        data = sink.getvalue().to_pybytes()
        mission.projections.put(f"{HEAD}-{name}", pinned, data)
    times = basis.times
    head = {
        "basis": pinned,
        "known_at": format_instant(basis.known_at),
        "times": _said_times(times),
        "late": None if times.late is None else _said_times(times.late),
        "periods": [
            [format_instant(p.start), format_instant(p.end)] for p in assessment.periods
        ],
        "rules": len(assessment.rules),
        "counts": list(counts),
    }
    mission.projections.put(HEAD, _lineage(mission), orjson.dumps(head))


def _resume(
    mission: Mission, assessment: Assessment, sources: Mapping[str, Source]
) -> dict[Cell, list[bytes]]:
    """Go on from what was kept, if anything was.

    Args:
        mission: The mission.
        assessment: Just begun.
        sources: Of the agreement.

    Returns:
        The canonical findings of each cell that has any; empty where nothing was kept.
    """
    kept = mission.projections.get(HEAD, _lineage(mission))
    if kept is None:
        return {}
    head: dict[str, Any] = orjson.loads(kept)
    world = _world(mission, head["basis"], sources)
    lines = mission.projections.get(LINES, head["basis"])
    if world is None or lines is None:
        return {}
    known_at = datetime.fromisoformat(head["known_at"])
    periods = [Interval(*map(datetime.fromisoformat, each)) for each in head["periods"]]
    cells = _cells(periods, head, lines.splitlines())
    assessment.resume(
        Basis(world=world, known_at=known_at, times=_times(head)),
        periods,
        {
            cell: tuple(read_finding(line, known_at) for line in some)
            for cell, some in cells.items()
        },
    )
    return cells


def _said_times(times: Times) -> dict[str, Any]:
    ends_at = times.ends_at
    return {
        "anchors": {n: format_instant(at) for n, at in times.anchors.items()},
        "ends_at": None if ends_at is None else format_instant(ends_at),
    }


def _times(head: Mapping[str, Any]) -> Times:
    late = head["late"]
    return _read_times(head["times"], None if late is None else _read_times(late, None))


def _read_times(said: Mapping[str, Any], late: Times | None) -> Times:
    anchors, ends_at = said["anchors"], said["ends_at"]
    return Times(
        anchors={name: datetime.fromisoformat(at) for name, at in anchors.items()},
        ends_at=None if ends_at is None else datetime.fromisoformat(ends_at),
        late=late,
    )


def _cells(
    periods: Sequence[Interval], head: Mapping[str, Any], lines: Sequence[bytes]
) -> dict[Cell, list[bytes]]:
    """Return the lines of each cell that has any."""
    found: dict[Cell, list[bytes]] = {}
    at = 0
    for number, count in enumerate(head["counts"]):
        if count:
            day, rule = divmod(number, head["rules"])
            found[periods[day], rule] = list(lines[at : at + count])
            at += count
    return found


def _world(
    mission: Mission, pinned: str, sources: Mapping[str, Source]
) -> World | None:
    tables: dict[str, Table] = {}
    for name, kind in TABLES.items():
        data = mission.projections.get(f"{HEAD}-{name}", pinned)
        if data is None:
            return None
        with pa.ipc.open_stream(data) as stream:
            tables[name] = upgraded(kind, stream.read_all())
    return World(sources=sources, **tables)
