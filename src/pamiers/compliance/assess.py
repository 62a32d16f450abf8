"""An agreement and what is known, in; findings out, a rule and day or occasion each."""

from collections.abc import Sequence
from datetime import date, datetime

from pamiers.agreement.model import Agreement
from pamiers.compliance.assessment.assessment import Assessment
from pamiers.compliance.finding import Finding
from pamiers.compliance.world import World
from pamiers.core.instant import Interval, reporting_day, zone


def assess(
    agreement: Agreement,
    world: World,
    period: Interval,
    known_at: datetime,
    clauses: Sequence[str] | None = None,
) -> list[Finding]:
    """Judge every clause of an agreement over one reporting interval.

    Args:
        agreement: Agreement in force.
        world: Tables as known at `known_at`.
        period: Reporting interval.
        known_at: Last instant of knowledge [UTC].
        clauses: Ids of the clauses to judge; None for all.

    Returns:
        One finding per rule in force and sector, in the order of the agreement; one
        per occasion in the period where a duty is owed each time. Where something
        may lie in no sector, one more with no sector. A duty owed after a breach is
        judged only where there was one.
    """
    return _assessed(agreement, world, [period], known_at, clauses)


def assess_days(
    agreement: Agreement, world: World, days: Sequence[date], known_at: datetime
) -> list[Finding]:
    """Judge every clause on each of some reporting days.

    Args:
        agreement: Agreement in force; its cut-off and zone make the days.
        world: Tables as known at `known_at`.
        days: Reporting days, in any order.
        known_at: Last instant of knowledge [UTC].

    Returns:
        The findings of `assess` for each day, days in the order given.
    """
    tz = zone(agreement.time_zone)
    periods = [reporting_day(day, agreement.cut_off, tz) for day in days]
    return _assessed(agreement, world, periods, known_at)


def _assessed(
    agreement: Agreement,
    world: World,
    periods: Sequence[Interval],
    known_at: datetime,
    clauses: Sequence[str] | None = None,
) -> list[Finding]:
    """Return the findings of an assessment that has taken everything at once."""
    assessment = Assessment(agreement, periods, clauses)
    assessment.advance(world, known_at)
    return assessment.findings()
