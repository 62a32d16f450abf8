"""Wherever a blank stands, the agreement can be checked, and cannot be run."""

import copy
from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest

from pamiers.agreement import Read, check, from_dict, to_dict
from pamiers.agreement.codes import CODES
from tests.unit.agreement.everything import everything
from tests.unit.agreement.small import checked

Plain: TypeAlias = Any
Path = tuple[str | int, ...]
SOME = 13  #: of the largest agreement only one place in so many, for the time it takes


def places(value: Plain, path: Path = ()) -> Iterator[Path]:
    """Yield the path of everything that stands in an agreement."""
    if not isinstance(value, dict | list):
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        yield from places(each, (*path, key))


def replaced(plain: Plain, path: Path, value: Plain) -> Read:
    """Return an agreement with something else at a path, read and checked."""
    copied = copy.deepcopy(plain)
    held = copied
    for key in path[:-1]:
        held = held[key]
    held[path[-1]] = value
    return check(from_dict(copied))


def small() -> Plain:
    """Return the small agreement as plain values."""
    written = checked().written
    assert written is not None
    return to_dict(written)


@pytest.mark.parametrize("value", [None, [], "zq"])
def test_a_small_agreement_can_be_checked_whatever_is_missing(value: Plain) -> None:
    plain = small()
    for path in places(plain):
        if path[0] != "zones.geojson":
            found = replaced(plain, path, value)
            assert {each.code for each in found.complaints} <= set(CODES)


def test_a_blank_never_runs() -> None:
    plain = small()
    free = {"pamiers", "zones.geojson"}
    runs = [
        path
        for path in places(plain)
        if path[0] not in free and replaced(plain, path, "TBD").runnable
    ]
    assert runs == []


def test_so_can_one_that_uses_every_key() -> None:
    plain = everything()
    for path in list(places(plain))[::SOME]:
        assert replaced(plain, path, "TBD").complaints
