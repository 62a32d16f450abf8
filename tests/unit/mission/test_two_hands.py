"""Two persons are asked for: two names behind which one hand stands are not two."""

from datetime import UTC, datetime

import pytest

from pamiers.core.errors import UsageError
from pamiers.mission.access.grants import KEEPER, Access, check_name

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def granted(*bodies: dict[str, object]) -> Access:
    held = Access()
    for entry, body in enumerate(bodies):
        held.take(entry, body, NOW)
    return held


def enrolled(name: str, by: str, *roles: str) -> dict[str, object]:
    return {"do": "enrol", "by": by, "name": name, "roles": roles}


STAFF = (
    enrolled("ada", KEEPER, "admin"),
    enrolled("bo", KEEPER, "commission"),
    enrolled("cy", "ada", "commission"),
    enrolled("di", "cy", "observer"),
    enrolled("el", "ada", "commission"),
    enrolled("cy", "bo", "observer"),
)


@pytest.mark.parametrize(
    ("name", "other", "two"),
    [
        ("ada", "bo", True),
        ("ada", "ada", False),
        ("ada", "cy", False),
        ("cy", "ada", False),
        ("ada", "di", False),
        ("cy", "el", False),
        ("bo", "cy", True),
        ("bo", "nobody", True),
    ],
)
def test_who_was_told_a_token_is_no_second_person(
    name: str, other: str, *, two: bool
) -> None:
    assert granted(*STAFF).are_two(name, other) is two


@pytest.mark.parametrize(
    ("by", "given"), [("cy", ()), ("el", ()), ("bo", ("auditor",))]
)
def test_a_role_that_weighs_is_given_by_another_hand(
    by: str, given: tuple[str, ...]
) -> None:
    asked = enrolled("flo", "ada", "auditor")
    approved = {"do": "approve", "by": by, "proposal": len(STAFF)}
    held = granted(*STAFF, asked, approved)
    assert held.roles_of("flo") == given
    assert bool(held.proposals) is not bool(given)


def test_enrolments_in_a_ring_end() -> None:
    held = granted(enrolled("a", "b"), enrolled("b", "a"))
    assert held.hands("a") == held.hands("b") == {"a", "b"}


def test_who_gains_by_it_does_not_approve_in_another_name() -> None:
    asked = enrolled("ada", "bo", "auditor")
    approved = {"do": "approve", "by": "cy", "proposal": len(STAFF)}
    held = granted(*STAFF, asked, approved)
    assert held.are_two("cy", "bo"), "but ada was told the token of cy"
    assert held.roles_of("ada") == ("admin",)


def test_nobody_is_enrolled_in_the_name_of_who_holds_the_folder() -> None:
    bodies = (
        enrolled(KEEPER, "ada", "commission"),
        enrolled("flo", "ada", "auditor"),
        {"do": "approve", "by": KEEPER, "proposal": len(STAFF) + 1},
    )
    held = granted(*STAFF, *bodies)
    assert held.roles_of("flo") == held.roles_of(KEEPER) == ()
    with pytest.raises(UsageError, match="not `keeper`"):
        check_name(KEEPER)
    assert check_name("keeper-2") == "keeper-2"
