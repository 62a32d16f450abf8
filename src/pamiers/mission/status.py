"""What is on record, counted."""

from datetime import datetime

from pamiers.agreement import load_agreement
from pamiers.mission.mission import Mission
from pamiers.mission.published import releases
from pamiers.mission.quarantine import quarantined
from pamiers.mission.state import state
from pamiers.mission.versions import agreement_files


def status_of(mission: Mission, *, as_of: datetime | None = None) -> dict[str, object]:
    """Return counts of entries, rows that stand, and what waits.

    Args:
        mission: The mission.
        as_of: Leave out what was not yet known then; None for everything.

    Returns:
        Plain values: agreement, entries, rows by kind, withdrawn, superseded,
        decided, quarantined, releases, head.
    """
    found = state(mission, as_of=as_of)
    head = mission.record.head()
    tables = found.tables
    standing = tables["observation"].columns.column("standing").to_pylist()
    return {
        "mission": mission.name,
        "agreement": load_agreement(agreement_files(mission)).id,
        "entries": head.size,
        "observations": standing.count("observed"),
        "claims": standing.count("claimed"),
        "totals": len(tables["total"]),
        "coverage": len(tables["coverage"]),
        "statements": len(tables["statement"]),
        "tallies": len(tables["tally"]),
        "withdrawn": found.withdrawn,
        "superseded": found.superseded,
        "decided": found.decided,
        "quarantined": sum(1 for item in quarantined(mission) if not item.waived),
        "releases": list(dict.fromkeys(p.release.name for p in releases(mission))),
        "head": head.hex,
    }
