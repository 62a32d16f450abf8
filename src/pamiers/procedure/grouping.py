"""Which case a finding belongs to: by clause, party and place, within a time."""

from collections.abc import Iterable
from typing import Final

from pamiers.agreement.model.procedure import Grouping
from pamiers.compliance.finding import NOT_MANDATED, UNATTRIBUTED, Finding
from pamiers.core.geodesy import distance_m
from pamiers.procedure.case import Case
from pamiers.procedure.event import Breach
from pamiers.procedure.rules import after

#: from which probability of breach on a finding is C2, and C3: the thresholds of a
#: commission are its own; 80 % is the example that drafters give for the first
CONFIDENT: Final = ((0.95, 3), (0.8, 2))


def confidence_of(probability: float) -> int:
    """Return the level of confidence, 1 to 3, of a probability of breach."""
    return next((level for p, level in CONFIDENT if probability >= p), 1)


def breach_of(finding: Finding, severity: int) -> Breach:
    """Return what a case needs of a finding of breach.

    Args:
        finding: A finding whose verdict is a breach.
        severity: 1 to 4, as classified by whoever may.

    Returns:
        The breach; its party is the one that the finding is about or attributed to.
    """
    named = finding.attribution
    attributed = None if named in {NOT_MANDATED, UNATTRIBUTED} else named
    return Breach(
        key=finding.key,
        clause=finding.clause,
        party=finding.party or attributed,
        breach_at=finding.start,
        found_at=finding.known_at,
        severity=severity,
        confidence=confidence_of(finding.probability_low),
        place=finding.sector or "",
    )


def case_for(cases: Iterable[Case], breach: Breach) -> str | None:
    """Return the open case that a finding belongs to.

    Args:
        cases: Cases of one procedure, in any order.
        breach: The finding.

    Returns:
        Id of the fitting case whose last breach began latest, of equals the first
        by id; None where it makes a case of its own.
    """
    fitting = [each for each in cases if each.is_open and belongs(each, breach)]
    if not fitting:
        return None
    last = max(_last(each) for each in fitting)
    return min(each.id for each in fitting if _last(each) == last)


def belongs(case: Case, breach: Breach) -> bool:
    """Tell whether a finding belongs to a case by the rules of its procedure."""
    rules, held = case.rules, case.standing.active
    grouping = rules.procedure.cases
    if not any(_alike(grouping, each, breach) for each in held):
        return False
    if grouping.over is None:
        return True
    first = min(each.breach_at for each in held)
    last = max(each.breach_at for each in held)
    end = after(rules, last, grouping.over)
    back = after(rules, breach.breach_at, grouping.over)
    not_after = end is None or breach.breach_at <= end
    return not_after and (back is None or back >= first)


def _last(case: Case) -> float:
    return max(each.breach_at.timestamp() for each in case.standing.active)


def _alike(grouping: Grouping, one: Breach, other: Breach) -> bool:
    if "clause" in grouping.same and one.clause != other.clause:
        return False
    if "party" in grouping.same and one.party != other.party:
        return False
    return "place" not in grouping.same or _near(grouping, one, other)


def _near(grouping: Grouping, one: Breach, other: Breach) -> bool:
    if grouping.near_m is None or one.lat_deg is None or other.lat_deg is None:
        return one.place == other.place
    if one.lon_deg is None or other.lon_deg is None:
        return one.place == other.place
    apart = distance_m(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)
    return float(apart) <= grouping.near_m
