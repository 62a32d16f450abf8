"""In zones, in strips along lines and under errors of place, engine = reference."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.docket import cases, judge
from pamiers.compliance.evidence.ground import Site, drawn_since, zones_of
from pamiers.compliance.finding import Finding
from pamiers.compliance.rule import Form
from pamiers.core.rows import Incident, Statement
from tests.property.compliance.reference import draw, terrain
from tests.property.compliance.reference.fact import Fact
from tests.property.compliance.reference.facts import Bench, Truth, everything, lies
from tests.property.compliance.reference.ground import Ground
from tests.property.compliance.reference.judge import judge as truth

#: cases a form; a tenth of those on plain ground, for each takes far longer
MANY = int(os.environ.get("PAMIERS_REFERENCE_CASES", "2000")) // 120
_HARDLY = 1e-4  #: the engine's chance of what quadrature does not reach
_CLOSE = 0.01  #: both integrate; each incident may differ by so much


@pytest.mark.parametrize("form", terrain.FORMS)
def test_where_things_lie_is_found_alike(form: str) -> None:
    judged = 0
    for number in range(MANY):
        posed, atlas = terrain.problem(form, number)
        known = draw.world(posed.rows)
        court = Court(posed.rules, known, posed.known_at)
        for case in cases(court, posed.day, ("c",)):
            assert_one_drawing(case, atlas["redrawn"][1].from_at)
            bench = Bench(
                agreement=posed.rules,
                rule=case.rule,
                world=known,
                period=case.period,
                known_at=posed.known_at,
                ground=Ground(atlas),
                day=posed.day,
            )
            found, wanted = judge(case, court), truth(bench, case.occasion)
            wrong = list(differences(found, wanted, bench))
            far = _out_of_reach(bench) if wrong else []
            if far:
                assert_hardly_there(case, court, far)
                found, wanted = without(case, bench, posed, far)
                wrong = list(differences(found, wanted, bench))
            judged += 1
            assert not wrong, f"{form} {number}: {wrong}\n{wanted}\n{found}\n{posed}"
    assert judged or MANY < 12, "nothing of this form was judged"


def assert_one_drawing(case: Case, redrawn_at: datetime | None) -> None:
    """A prohibition is judged by one drawing at a time: it is cut where one changes."""
    period, standing = case.period, case.rule.form in {Form.PROHIBITION, Form.ABSENCE}
    if (
        standing
        and redrawn_at is not None
        and "redrawn" in zones_of(case.reading.where)
    ):
        assert not period.start < redrawn_at < period.end


def _out_of_reach(bench: Bench) -> list[Fact]:
    """Return the facts of which quadrature finds no chance at all that they lie there.

    The engine's cloud has no edge and keeps a chance of a millionth; quadrature ends at
    some five standard deviations and has none. To a duty the one may be the act.
    """
    matter = bench.reading.matter
    return [
        fact
        for fact in everything(bench)
        if lies(bench, matter, fact, of_day=False)[1] <= 0.0
    ]


def assert_hardly_there(case: Case, court: Court, far: list[Fact]) -> None:
    """Hold the engine's chance that such facts lie there to next to nothing."""
    where = case.reading.where
    for fact in far:
        site = Site(where, None, drawn_since(court.agreement, fact.start))
        chance = court.ground.holds(site, fact.place, fact.region, fact.actor)[1]
        assert chance <= _HARDLY, (chance, fact)


def without(
    case: Case, bench: Bench, posed: draw.Problem, far: list[Fact]
) -> tuple[Finding, Truth]:
    """Return what both find where some facts are not on record."""
    keys = {fact.key for fact in far}
    rows = [
        row
        for row in posed.rows
        if not {row.key, f"{row.source}:{row.key}"} & keys
        or not isinstance(row, Incident | Statement)
    ]
    world = draw.world(rows)
    court = Court(posed.rules, world, posed.known_at)
    other = truth(replace(bench, world=world), case.occasion)
    return judge(case, court), other


def differences(found: Finding, wanted: Truth, bench: Bench) -> Iterator[str]:
    """Yield what differs, but where a probability lies at a threshold."""
    close = _CLOSE * max(1, len(found.evidence))
    for name, got in (("low", found.probability_low), ("high", found.probability_high)):
        asked = getattr(wanted, name)
        if asked is not None and abs(got - asked) > close:
            yield f"{name} {got}, not {asked}"
    limits = (bench.limits.breached, bench.limits.kept)
    bounds = (found.probability_low, found.reported_high)
    if any(0.0 < abs(p - t) <= close for p in bounds for t in limits):
        return
    if found.verdict != wanted.verdict:
        yield f"verdict {found.verdict} ({found.why}), not {wanted.verdict}"
