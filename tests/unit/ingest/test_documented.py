"""The reference pages and the code say the same of codes, keys and formats."""

import re

from pamiers.ingest.codes import CODES
from pamiers.ingest.mapping import Mapping
from pamiers.ingest.registry import names
from tests.shared import ROOT

REFERENCE = ROOT / "docs" / "reference"
ROW = re.compile(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_every_code_is_documented_as_it_is() -> None:
    page = (REFERENCE / "quarantine-codes.md").read_text()
    written = {code: (meaning, remedy) for code, meaning, remedy in ROW.findall(page)}
    assert written == {k: (v.meaning, v.remedy) for k, v in CODES.items()}


def test_a_code_says_what_becomes_of_the_row() -> None:
    assert {code[:2] for code in CODES} == {"F-", "Q-", "W-"}
    for code in CODES.values():
        assert code.meaning.endswith(".")
        assert code.remedy.endswith(".")


def test_every_key_of_a_mapping_is_documented() -> None:
    page = (REFERENCE / "mapping.md").read_text()
    assert {key for key, _, _ in ROW.findall(page)} >= set(Mapping.model_fields)


def test_every_format_is_documented() -> None:
    page = (REFERENCE / "formats.md").read_text()
    assert {f"## `{name}`" for name in names()} <= set(page.splitlines())
