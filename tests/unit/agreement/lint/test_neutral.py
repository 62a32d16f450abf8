"""The linter takes no side: with the parties' names swapped it asks the same."""

import re

import pytest

from pamiers.agreement import check, read
from tests.unit.agreement.expected import FILES, FOLDER, folders
from tests.unit.agreement.lint.bodies import BODIES
from tests.unit.agreement.lint.case import Case
from tests.unit.agreement.small import texts


def swapped(text: str, one: str, two: str) -> str:
    """Return a text with two identifiers in one another's place."""
    names = {one: two, two: one}
    whole = re.compile(rf"(?<![\w-])({re.escape(one)}|{re.escape(two)})(?![\w-])")
    return whole.sub(lambda found: names[found[1]], text)


def asked(files: dict[str, str]) -> list[tuple[str, int]]:
    """Return code and line of every complaint, in order."""
    return sorted((each.code, each.line) for each in check(read(files)).complaints)


@pytest.mark.parametrize("name", folders())
def test_swapped_parties_are_asked_the_same(name: str) -> None:
    held = (FOLDER / name / file for file in FILES)
    files = {each.name: each.read_text() for each in held if each.exists()}
    written = read(files).written
    assert written is not None
    one, two = [str(party) for party in written.heading.parties][:2]
    text = swapped(files["agreement.yaml"], one, two)
    assert text != files["agreement.yaml"]
    assert asked({**files, "agreement.yaml": text}) == asked(files)


@pytest.mark.parametrize("case", BODIES, ids=lambda case: f"{case.code} {case.path}")
def test_so_are_swapped_faults(case: Case) -> None:
    files = texts(*case.spoilt)
    text = swapped(files["agreement.yaml"], "north", "south")
    assert asked({**files, "agreement.yaml": text}) == asked(files)
