"""Every example of data in the documentation can be read, and says what is meant.

Whole agreements are checked and run elsewhere; here every block of every page is read
by the grammar that it is an example of, so that no page shows what is refused.
"""

import json
import re
from pathlib import Path

import pytest

from pamiers.agreement.codes import CODES
from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.text.yaml_text import read_yaml
from tests.architecture.tree import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "adr" not in path.parts)
BLOCK = re.compile(
    r"^```(yaml|json|geojson)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL
)
ROW = re.compile(r"^\| `(L-[A-Z-]+)` \| (?!error|warning|blank)", re.MULTILINE)
BLOCKS = [
    (str(page.relative_to(DOCS)), kind, text)
    for page in PAGES
    for kind, text in BLOCK.findall(page.read_text())
    if kind != "yaml" or re.search(r"^[^#\n]", text, re.MULTILINE)
]


def complaints(text: str) -> list[str]:
    """Return what reading says of a block, as far as it is part of an agreement."""
    notes = Notes()
    root = read_yaml(text, "page", notes)
    held = root.value if root is not None and isinstance(root.value, dict) else {}
    heading = held.get("agreement")
    if heading is not None and isinstance(heading.value, str):
        return []  # a file of another kind that names the agreement it is about
    for key in set(held) & set(AGREEMENT.fields):
        AGREEMENT.fields[key].form.read(held[key], notes, key)
    # a piece of a clause, or of the heading, leaves out what the page said before
    return [str(e) for e in notes.complaints if e.code not in _PIECES]


_PIECES = ("F-SCHEMA-MISSING", "L-BLANK")


@pytest.mark.parametrize(
    ("page", "kind", "text"),
    BLOCKS,
    ids=[f"{page}-{number}" for number, (page, _, _) in enumerate(BLOCKS)],
)
def test_an_example_is_read(page: str, kind: str, text: str) -> None:
    if kind != "yaml":
        assert json.loads(text) is not None
        return
    assert complaints(text) == [], page


def test_there_are_examples_on_many_pages() -> None:
    assert len({page for page, _, _ in BLOCKS}) >= 8
    assert Path(DOCS / "howto" / "encode-a-text.md").exists()


def test_every_question_of_a_lawyer_is_explained() -> None:
    told = ROW.findall((DOCS / "reference" / "complaints.md").read_text())
    assert sorted(told) == sorted(code for code in CODES if code.startswith("L-"))
