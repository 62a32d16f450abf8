"""Whether weapons in a source's words are of a class."""

import pytest

from pamiers.agreement.values.weapon import WeaponClass, parse_bounds
from pamiers.compliance.evidence.weaponry import (
    NO,
    OPEN,
    YES,
    belongs,
    kinds_named,
    names_a_kind,
)

HEAVY = WeaponClass(
    id="heavy",
    title={},
    kinds=("gun", "mortar"),
    calibre_mm=parse_bounds(">= 100 mm", ("mm",)),
)
TANKS = WeaponClass(id="tanks", title={}, kinds=("tank",))
LONG = WeaponClass(id="long", title={}, kinds=("mlrs",), systems=("Uragan", "Smerch"))
SHORT = WeaponClass(
    id="short", title={}, kinds=("mlrs",), except_systems=("Uragan", "Smerch")
)


@pytest.mark.parametrize(
    ("weapons", "calibre", "one", "expected"),
    [
        ("mortar 120mm", None, HEAVY, YES),
        ("mortar", 120.0, HEAVY, YES),
        ("mortar", 82.0, HEAVY, NO),
        ("mortar", None, HEAVY, OPEN),
        ("120-mm mortars; small arms", None, HEAVY, YES),
        ("mortar; small arms", 120.0, HEAVY, OPEN),
        ("self-propelled howitzer (2S1 Gvozdika, 122mm)", None, HEAVY, YES),
        ("small arms; heavy machine gun", None, HEAVY, NO),
        (None, None, HEAVY, OPEN),
        (None, 82.0, HEAVY, NO),
        ("undetermined weapon", None, HEAVY, OPEN),
        ("artillery", None, HEAVY, OPEN),
        ("tank (T-72)", None, TANKS, YES),
        ("anti-tank guided missile", None, TANKS, NO),
        ("surface-to-air missile system (9K35)", None, TANKS, NO),
        ("mlrs (BM-27 Uragan, 220mm)", None, LONG, YES),
        ("mlrs (BM-27 Uragan, 220mm)", None, SHORT, NO),
        ("mlrs (BM-21 Grad, 122mm)", None, LONG, NO),
        ("multiple launch rocket system", None, LONG, OPEN),
    ],
)
def test_a_class_answers_yes_no_or_not_known(
    weapons: str | None,
    calibre: float | None,
    one: WeaponClass,
    expected: tuple[float, float],
) -> None:
    assert belongs(weapons, calibre, [one]) == expected


def test_no_class_is_every_weapon() -> None:
    assert belongs(None, None, []) == YES


def test_any_of_several_classes_will_do() -> None:
    assert belongs("tank", None, [HEAVY, TANKS]) == YES
    either = WeaponClass(id="any", title={}, any_of=(HEAVY, TANKS))
    assert belongs("howitzer 152mm", None, [either]) == YES


SOLDIERS = WeaponClass(id="soldiers", title={}, kinds=("soldier",))
FOREIGN = WeaponClass(id="foreign", title={}, kinds=("foreign_soldier",))
FAR = WeaponClass(
    id="far", title={}, kinds=("gun",), range_km=parse_bounds("> 20 km", ("km",))
)


@pytest.mark.parametrize(
    ("weapons", "one", "expected"),
    [
        ("soldier", SOLDIERS, YES),
        ("12 soldiers", SOLDIERS, YES),
        ("soldier", TANKS, NO),
        ("foreign soldier", SOLDIERS, NO),
        ("foreign_soldier", FOREIGN, YES),
        ("tank", SOLDIERS, NO),
        ("something", SOLDIERS, OPEN),
    ],
)
def test_kinds_of_the_agreement_are_words_too(
    weapons: str, one: WeaponClass, expected: tuple[float, float]
) -> None:
    kinds = kinds_named([SOLDIERS, FOREIGN, TANKS])
    assert kinds == ("foreign_soldier", "soldier")
    assert belongs(weapons, None, [one], kinds=kinds) == expected


@pytest.mark.parametrize(
    ("weapons", "range_m", "expected"),
    [
        ("gun", 27_000.0, YES),
        ("gun", 20_000.0, NO),
        ("gun", None, OPEN),
        ("gun; tank", 27_000.0, OPEN),
    ],
)
def test_what_else_is_stated_counts_where_one_weapon_is_named(
    weapons: str, range_m: float | None, expected: tuple[float, float]
) -> None:
    assert belongs(weapons, None, [FAR], known={"range": range_m}) == expected


def test_a_system_may_be_stated_by_itself() -> None:
    assert belongs("mlrs", None, [LONG], known={"system": "BM-27 Uragan"}) == YES
    assert belongs("mlrs", None, [LONG], known={"system": "BM-21 Grad"}) == NO


def test_words_name_a_kind_of_a_class_or_none() -> None:
    armed = WeaponClass(id="armed", title={}, kinds=("border_guard",))
    whole = WeaponClass(id="whole", title={}, any_of=(armed, TANKS))
    kinds = kinds_named([whole, armed])
    assert names_a_kind("Border guards", [whole], ("border_guard",))
    assert names_a_kind("people; tank", [whole], kinds)
    assert not names_a_kind("tank", [armed], ("border_guard",))
    assert not names_a_kind(None, [whole], kinds)
    assert not names_a_kind("border guard", [], ("border_guard",))
