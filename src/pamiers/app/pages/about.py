"""Whose mission this is, how far its record goes, and what there is to see."""

from collections import Counter
from datetime import datetime
from typing import Any

from pamiers.app.pages.readers import Reader
from pamiers.core.instant import format_instant
from pamiers.mission.judged import days_on_record
from pamiers.mission.published import releases
from pamiers.mission.state import state


def about(reader: Reader, now: datetime) -> dict[str, Any]:
    """Return what every page needs.

    Args:
        reader: The mission as its reader sees it.
        now: The present instant, aware.

    Returns:
        Name, agreement, parties, zone, edition, record, days and counts.
    """
    agreement, found = reader.agreement, state(reader.mission)
    head = reader.mission.record.head()
    verdicts = Counter(each.verdict.value for each in reader.findings)
    return {
        "mission": reader.mission.name,
        "edition": reader.edition.id,
        "now": format_instant(now),
        "agreement": {
            "id": agreement.id,
            "title": dict(agreement.title),
            "parties": [
                {"id": each.id, "name": dict(agreement.names.get(each.id, {}))}
                for each in agreement.parties
            ],
            "time_zone": agreement.time_zone,
            "cut_off": agreement.cut_off.isoformat("minutes"),
            "attribution": agreement.mandate.value,
            "sectors": [
                {"id": each.id, "title": dict(each.title)} for each in agreement.sectors
            ],
            "clauses": [
                {"id": each.id, "title": dict(each.title), "cite": each.cite}
                for each in agreement.clauses
                if each.id not in reader.secret
            ],
        },
        "record": {"entries": head.size, "head": head.hex},
        "findings": dict(verdicts),
        "days": [day.isoformat() for day in days_on_record(found, agreement)],
        "releases": [
            {
                "name": each.release.name,
                "on": each.release.released_on.isoformat(),
                "sources": list(each.sources),
            }
            for each in releases(reader.mission)
        ],
    }
