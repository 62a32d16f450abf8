"""Malformed agreements and drawings of the catalogue: cases 1-16 and 77-83; and
from 201 on, of the constructs of version 2.

Each folder holds the input and `expected.json`: every error, blank and warning with
its line, in order; what a lawyer would only ask (`L-` warnings) has tests of its own.
A file that a case does not spoil is that of the small agreement.
"""

import json
import time
from pathlib import Path

import pytest

from pamiers.agreement import Complaint, Read, check, load_agreement, read
from tests.unit.agreement.small import TEXTS

HERE = Path(__file__).resolve().parent
FACTS = ("code", "severity", "file", "line", "path")
CASES = sorted(
    path
    for path in HERE.glob("[0-9][0-9][0-9]_*")
    if int(path.name[:3]) <= 16
    or 77 <= int(path.name[:3]) <= 83
    or int(path.name[:3]) >= 201
)


def texts_of(case: Path) -> dict[str, str]:
    """Return the texts of a case, decoded as they lie there."""
    own = {
        path.name: path.read_bytes().decode()
        for path in case.iterdir()
        if path.name in TEXTS
    }
    return {**TEXTS, **own}


def named(found: Read) -> list[Complaint]:
    """Return the complaints that say a text is malformed."""
    return [
        each
        for each in found.complaints
        if each.severity != "warning" or not each.code.startswith("L-")
    ]


def test_every_number_of_the_catalogue_has_a_case() -> None:
    numbers = {int(path.name[:3]) for path in CASES}
    assert numbers == {*range(1, 17), *range(77, 84), *range(201, 262)}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_malformed_agreement_is_told_what_is_wrong_and_where(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text())
    begun = time.process_time()
    found = check(read(texts_of(case)))
    assert time.process_time() - begun < 1.0
    told = [{key: each.to_dict()[key] for key in FACTS} for each in named(found)]
    assert told == expected["complaints"]
    assert found.runnable is expected["runnable"]
    assert all(each.remedy for each in found.complaints)
    assert all(each.line and each.column for each in named(found))


def test_line_ends_and_byte_order_marks_do_not_change_the_digest() -> None:
    spoilt = texts_of(HERE / "016_line_ends")
    plain = {
        name: text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        for name, text in spoilt.items()
    }
    assert spoilt != plain
    assert load_agreement(spoilt).digest == load_agreement(plain).digest
