"""Classes of weapon, quantities and bounds."""

from typing import Any

import pytest

from pamiers.agreement.values.quantity import parse_quantity
from pamiers.agreement.values.weapon import Bounds, WeaponClass, parse_bounds
from pamiers.core.errors import MalformedAgreementError

BIG = WeaponClass(
    id="big",
    title={},
    kinds=("gun", "mortar"),
    calibre_mm=parse_bounds(">= 100 mm", ("mm",)),
)
LONG = WeaponClass(
    id="long", title={}, kinds=("mlrs",), systems=("Uragan", "Tornado-S")
)
SHORT = WeaponClass(
    id="short", title={}, kinds=("mlrs",), except_systems=("Uragan", "Tornado-S")
)
HEAVY = WeaponClass(id="heavy", title={}, any_of=(BIG, LONG, SHORT))


@pytest.mark.parametrize(
    ("weapon", "belongs"),
    [
        ({"kind": "gun", "calibre_mm": 100}, True),
        ({"kind": "gun", "calibre_mm": 99.9}, False),
        ({"kind": "tank", "calibre_mm": 125}, False),
        ({"kind": "mortar"}, None),
        ({"calibre_mm": 82}, False),
        ({"calibre_mm": 122}, None),
        ({}, None),
    ],
)
def test_what_is_not_known_is_not_decided(
    weapon: dict[str, Any], *, belongs: bool | None
) -> None:
    assert BIG.holds(**weapon) is belongs


@pytest.mark.parametrize(
    ("system", "in_long", "in_short"),
    [
        ("BM-27 Uragan", True, False),
        ("Tornado-S", True, False),
        ("Tornado-G", False, True),
        ("BM-21 Grad", False, True),
        (None, None, None),
    ],
)
def test_named_systems_part_a_kind(
    system: str | None, *, in_long: bool | None, in_short: bool | None
) -> None:
    assert LONG.holds(kind="mlrs", system=system) is in_long
    assert SHORT.holds(kind="mlrs", system=system) is in_short


def test_a_mortar_is_no_rocket_launcher_of_any_system() -> None:
    assert LONG.holds(kind="mortar") is False


def test_a_union_holds_where_one_part_does() -> None:
    assert HEAVY.holds(kind="mlrs", system="Grad") is True
    assert HEAVY.holds(kind="tank", calibre_mm=125) is False
    assert HEAVY.holds(kind="mlrs") is None


@pytest.mark.parametrize(
    "text", [">= 100 mm", "< 100 mm", "> 60, <= 120 mm", "= 122 mm"]
)
def test_bounds_are_written_as_they_were_read(text: str) -> None:
    assert str(parse_bounds(text, ("mm",))) == text


def test_open_bounds_leave_their_edge_out() -> None:
    assert not parse_bounds("> 100 mm", ("mm",)).holds(100)
    assert parse_bounds(">= 100 mm", ("mm",)).holds(100)
    assert Bounds(low=1, high=2).holds(2)


@pytest.mark.parametrize(
    "text", ["100", ">= 100", ">= 100 cm", ">= x mm", "> 5, < 4 mm", "> 1, > 2 mm", ""]
)
def test_other_bounds_are_refused(text: str) -> None:
    with pytest.raises(MalformedAgreementError):
        parse_bounds(text, ("mm",))


@pytest.mark.parametrize(
    ("text", "dimension", "base"),
    [
        ("25 km", "length", 25_000),
        ("2.5km", "length", 2_500),
        ("100 mm", "length", 0.1),
        ("48 h", "time", 172_800),
        ("30000 persons", "persons", 30_000),
    ],
)
def test_quantities_know_their_unit(text: str, dimension: str, base: float) -> None:
    found = parse_quantity(text, dimension)
    assert found.base == pytest.approx(base)
    assert parse_quantity(str(found), dimension) == found


@pytest.mark.parametrize(
    ("text", "dimension", "remedy"),
    [
        ("25", "length", "25 km"),
        ("25 miles", "length", "25 km"),
        ("25 h", "length", "25 km"),
        ("14 days", "time", "Did you mean d?"),
        ("-5 km", "length", "25 km"),
        ("30,000 persons", "persons", "25 persons"),
    ],
)
def test_other_quantities_are_refused(text: str, dimension: str, remedy: str) -> None:
    with pytest.raises(MalformedAgreementError) as caught:
        parse_quantity(text, dimension)
    assert remedy in caught.value.remedy
