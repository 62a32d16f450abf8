"""Whether counts, together, are of all that a clause speaks of."""

from datetime import UTC, datetime
from typing import Any

import pytest

from pamiers.agreement.model import Everywhere, InZones
from pamiers.agreement.values.weapon import Bounds, WeaponClass
from pamiers.compliance.evidence.facts import facts_of
from pamiers.compliance.evidence.ground import Ground, Site
from pamiers.compliance.evidence.levels import Step
from pamiers.compliance.evidence.sites import Counted, Lie, classes_lie
from pamiers.compliance.evidence.whole import Whole
from pamiers.core.table import table_of
from tests.unit.compliance import small

A, B = frozenset({"A"}), frozenset({"B"})
GUNS = WeaponClass(id="guns", title={}, kinds=("gun", "mortar"))
LONG = WeaponClass(
    id="long", title={}, kinds=("gun",), range_km=Bounds(low=20.0, unit="km")
)
SHORT = WeaponClass(
    id="short",
    title={},
    kinds=("gun",),
    range_km=Bounds(high=20.0, open_high=True, unit="km"),
)
TANKS = WeaponClass(id="tanks", title={}, kinds=("tank",))
ARMS = WeaponClass(id="arms", title={}, any_of=(GUNS, TANKS))
CLASSES = {each.id: each for each in (GUNS, LONG, SHORT, TANKS, ARMS)}


def at(hour: int) -> datetime:
    return datetime(2026, 3, 1, hour, tzinfo=UTC)


def step(place: str | None, of: str, **more: Any) -> Step:  # noqa: ANN401 - any field
    party, ref = more.pop("party", None), more.pop("ref", None)
    given: dict[str, Any] = {"counter": "un", "least": 0.0, "most": 0.0}
    return Step(
        site=Counted(place, of, party, ref=ref),
        start=at(1),
        end=at(5),
        key=f"{place} {of}",
        **{**given, **more},
    )


def whole(*classes: str, **more: Any) -> Whole:  # noqa: ANN401 - any field
    where = more.pop("where", InZones(("west", "east")))
    agreement = small.agreement(classes=CLASSES)
    ground = Ground(agreement=agreement, facts=facts_of(table_of("incident", ())))
    given: dict[str, Any] = {"whose": [A], **more}
    return Whole(ground=ground, site=Site(where, None), classes=classes, **given)


@pytest.mark.parametrize(
    ("told", "all_of_it"),
    [
        ([step("west", "tanks"), step("east", "tanks")], True),
        ([step("west", "tanks")], False),
        ([step(None, "tanks")], True),
        ([step(None, "tanks", ref="depot 4")], False),
        ([step(None, "tank")], True),
        ([step(None, "arms")], True),
        ([step(None, "guns")], False),
        ([step("a village", "tanks")], False),
        ([step(None, "tanks", free=False)], False),
        ([step(None, "tanks", party="A")], True),
        ([step(None, "tanks", party="B")], False),
        ([], False),
    ],
)
def test_counts_cover_ground_kinds_and_parties(
    told: list[Step], *, all_of_it: bool
) -> None:
    assert whole("tanks").counted(told, at(1)) is all_of_it
    assert not whole("tanks").counted(told, at(5)), "it stands no more"


def test_each_kind_of_each_class_has_to_be_counted() -> None:
    guns, mortars = step(None, "gun"), step(None, "mortar")
    assert whole("guns").counted([guns, mortars], at(2))
    assert not whole("guns").counted([guns], at(2))
    assert not whole("guns", "tanks").counted([guns, mortars], at(2))
    assert whole("arms").counted([guns, mortars, step(None, "tanks")], at(2))
    assert whole("long").counted([guns], at(2))
    assert not whole("long").counted([step(None, "short")], at(2))


def test_of_several_each_is_counted_or_all() -> None:
    one = step(None, "tanks", party="A")
    assert not whole("tanks", whose=[A, B]).counted([one], at(2))
    both = [one, step(None, "tanks", party="B")]
    assert whole("tanks", whose=[A, B]).counted(both, at(2))
    assert whole("tanks", whose=[]).counted([step(None, "tanks")], at(2))
    assert not whole("tanks", whose=[]).counted([one], at(2))


def test_of_everywhere_no_zone_is_all_and_of_anything_no_class() -> None:
    zones = [step("west", "tanks"), step("east", "tanks")]
    assert not whole("tanks", where=Everywhere()).counted(zones, at(2))
    everything = [step(None, "tanks"), step(None, "arms")]
    assert not whole(anything=True).counted(everything, at(2))


def test_most_is_of_one_who_counted_all_or_of_all_together() -> None:
    west, east = step("west", "tanks", most=5.0), step("east", "tanks", most=4.0)
    assert whole("tanks").most([west], at(2)) is None
    assert whole("tanks").most([west, east], at(2)) == 9
    rival = step("east", "tanks", most=4.0, counter="press")
    assert whole("tanks").most([west, rival], at(2)) == 9
    alone = step(None, "tanks", most=6.0, counter="press")
    assert whole("tanks").most([west, alone], at(2)) == 6
    again = step("east", "tanks", most=7.0, counter="army")
    assert whole("tanks").most([west, rival, again], at(2)) == 12
    open_end = step("east", "tanks", most=None, counter="army")
    assert whole("tanks").most([west, rival, open_end], at(2)) is None


def test_what_a_rival_found_in_a_part_may_be_in_the_whole() -> None:
    west, east = step("west", "arms", most=3.0), step("east", "arms", counter="army")
    assert whole("arms").most([west, east], at(2)) == 3
    some = step("west", "tanks", counter="press", least=2.0, most=8.0)
    assert whole("arms").most([west, east, some], at(2)) == 8
    open_end = step("west", "tanks", counter="press", least=2.0, most=None)
    assert whole("arms").most([west, east, open_end], at(2)) is None


def test_ranges_that_do_not_meet_are_apart() -> None:
    assert classes_lie("long", "short", CLASSES) is Lie.APART
    assert classes_lie("short", "long", CLASSES) is Lie.APART
    assert classes_lie("long", "guns", CLASSES) is not Lie.APART
