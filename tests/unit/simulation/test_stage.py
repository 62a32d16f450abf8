"""What of an agreement can be broken, by whom and where."""

import pytest

from pamiers.agreement import load_agreement
from pamiers.app.agreement_files import agreement_texts, bundled
from pamiers.core.kind import is_a
from pamiers.simulation.armoury import weapon_of
from pamiers.simulation.stage import Way, stage_of
from tests.unit.simulation.truce import agreement, stage

RUNNABLE = [name for name in bundled() if name != "paris-2026"]  # which has blanks


def test_each_party_is_tempted_by_each_clause_in_the_order_of_the_text() -> None:
    found = [(each.clause, each.party) for each in stage().temptations]
    clauses = ("no-fire", "no-guns", "access")
    assert found == [(c, p) for c in clauses for p in ("north", "south")]
    assert stage().undrawn == ()


def test_what_breaks_a_clause_is_what_the_clause_speaks_of() -> None:
    fire, guns, access = stage().temptations[::2]
    assert fire.way is Way.EVENT
    assert all(is_a(kind, "fire") for kind in fire.kinds)
    assert (guns.way, guns.kinds) == (Way.PRESENCE, ("weapon_presence",))
    assert guns.weapon == weapon_of(agreement(), "guns")
    assert all(is_a(kind, "restriction") for kind in access.kinds)


def test_deeds_are_placed_well_inside() -> None:
    zone = agreement().zones["valley"]
    for tempted in stage().temptations:
        margins = zone.margin_m(tempted.points[:, 0], tempted.points[:, 1])
        assert margins.min() > 2_000.0


@pytest.mark.parametrize("name", RUNNABLE)
def test_every_agreement_makes_a_stage(name: str) -> None:
    found = stage_of(load_agreement(agreement_texts(name)))
    drawn = {each.clause for each in found.temptations}
    assert drawn
    assert drawn.isdisjoint(clause for clause, _ in found.undrawn)
    every = {clause.id for clause in found.agreement.clauses}
    assert drawn | {clause for clause, _ in found.undrawn} == every
    assert {why for _, why in found.undrawn} <= {"owed", "form", "matter"}
