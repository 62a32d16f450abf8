"""The codes of complaints are documented, with the severity they carry."""

import re
from pathlib import Path

import pytest

from pamiers.agreement.codes import CODES
from pamiers.agreement.complaint import severity_of

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "complaints.md"
ROW = re.compile(r"^\| `([A-Z-]+)` \| (\w+) \| (.+) \|$", re.MULTILINE)
ROOMS = Path(__file__).parents[3] / "src" / "pamiers"


def test_the_page_lists_every_code_as_it_is() -> None:
    listed = [
        (code, severity, about)
        for code, severity, about in ROW.findall(PAGE.read_text())
    ]
    assert listed == [
        (code, str(severity_of(code)), about) for code, about in CODES.items()
    ]


def test_every_code_is_raised_somewhere() -> None:
    source = "".join(
        path.read_text()
        for room in ("agreement", "deployment", "deterrence", "procedure")
        for path in (ROOMS / room).rglob("*.py")
        if path.name != "codes.py"
    )
    unraised = {code for code in CODES if f'"{code}"' not in source}
    assert unraised == set()


@pytest.mark.parametrize("code", [c for c in CODES if c.startswith(("F-", "Q-"))])
def test_what_cannot_be_read_stops_the_run(code: str) -> None:
    assert severity_of(code) == "error"


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError):
        severity_of("L-NEVER")
