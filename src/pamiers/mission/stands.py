"""Where a mission's agreement stands: what its ledgers and calendar rest on."""

from datetime import datetime

from pamiers.compliance.ledgers.known import Known, known_of
from pamiers.mission.judged import agreement_of, standing_findings, world_of
from pamiers.mission.mission import Mission
from pamiers.mission.state import state


def known(mission: Mission, now: datetime) -> Known:
    """Return what ledgers are drawn up from: facts, findings and now.

    Args:
        mission: The mission.
        now: Instant at which things stand; what begins later is left out.

    Returns:
        All that stands on record; findings only of the days on record.
    """
    world = world_of(mission, state(mission))
    return known_of(agreement_of(mission), world, standing_findings(mission), now)
