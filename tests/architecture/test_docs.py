"""What the program offers is documented, and what is documented exists."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pamiers.agreement import check, read
from pamiers.ingest.formats.pamiers_csv import FORMAT
from pamiers.mission.reading import ReadOptions
from tests.architecture.tree import PACKAGE, ROOT, modules, parsed
from tools.blocks import run
from tools.reference import PAGES, verbs

DOCS = ROOT / "docs"
ADRS = sorted((DOCS / "adr").glob("0*.md"))
SECTIONS = ("## Context", "## Drivers", "## Options", "## Decision", "## Consequences")
FORMAT_NAMES = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
    "entry-points"
]["pamiers.formats"]
NOUNS = [
    *modules(PACKAGE / "core"),
    *modules(PACKAGE / "ledger"),
    PACKAGE / "compliance" / "finding.py",
    *modules(PACKAGE / "agreement" / "model"),
]
CODE = re.compile(r"[\"'](([QFW])-[A-Z0-9]+(?:-[A-Z0-9]+)*)[\"']")


def page(name: str) -> str:
    return (DOCS / name).read_text()


def public_classes(path: Path) -> set[str]:
    """Return the names of a module's public classes, errors aside."""
    names = {node.name for node in parsed(path).body if isinstance(node, ast.ClassDef)}
    return {name for name in names if not name.startswith("_") and "Error" not in name}


def codes_given() -> set[str]:
    """Return every code that a reader of field data names in its source."""
    texts = [path.read_text() for path in modules(PACKAGE / "ingest")]
    return {hit[1] for text in texts for hit in CODE.finditer(text)}


def test_the_reference_is_what_the_program_says() -> None:
    assert run(PAGES, ["check"]) == 0


@pytest.mark.parametrize("verb", [" ".join(verb) for verb in verbs()])
def test_every_command_has_a_section(verb: str) -> None:
    assert f"\n## `pamiers {verb}`\n" in page("reference/cli.md")


def test_every_documented_command_exists() -> None:
    documented = re.findall(
        r"^## `pamiers ([^`]+)`$", page("reference/cli.md"), re.MULTILINE
    )
    assert sorted(documented) == sorted(map(" ".join, verbs()))


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_every_format_has_a_section(name: str) -> None:
    assert f"\n## `{name}`\n" in page("reference/formats.md")


def test_every_code_that_is_given_is_documented() -> None:
    documented = page("reference/quarantine-codes.md") + page("reference/formats.md")
    given = codes_given()
    assert given
    assert {code for code in given if f"`{code}`" not in documented} == set()


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_is_whole_and_listed(path: Path) -> None:
    text = path.read_text()
    assert text.startswith(f"# {path.stem[:4]} ")
    assert [part for part in SECTIONS if part not in text] == []
    assert page("adr/index.md").count(f"({path.name})") == 1
    assert f"adr/{path.name}" in (ROOT / "mkdocs.yml").read_text()


def test_no_two_decisions_share_a_number() -> None:
    numbers = [path.stem[:4] for path in ADRS]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) >= {f"{n:04}" for n in range(1, 13)}


def test_decisions_that_the_code_cites_exist() -> None:
    cited = {
        hit[1]
        for path in modules()
        for hit in re.finditer(r"(?:docs/adr/|ADR )(\d{4})", path.read_text())
    }
    assert cited <= {path.stem[:4] for path in ADRS}


def test_the_nouns_of_the_program_are_in_the_glossary() -> None:
    nouns = set().union(*map(public_classes, NOUNS)) - {"Where"}
    assert {noun for noun in nouns if f"`{noun}`" not in page("glossary.md")} == set()


def test_the_names_in_the_glossary_exist() -> None:
    named = set(re.findall(r"`([A-Z][a-z]\w+)`", page("glossary.md")))
    assert named - set().union(*map(public_classes, modules())) == set()


def files_in(name: str) -> dict[str, str]:
    """Return the files that a page shows, by the title of their block."""
    block = re.compile(r'^```\w+ title="(.+?)"\n(.*?)^```', re.MULTILINE | re.DOTALL)
    return dict(block.findall(page(name)))


def test_the_agreement_in_the_guide_runs() -> None:
    found = check(read(files_in("howto/write-an-agreement.md")))
    assert [str(each) for each in found.complaints] == []
    assert found.runnable


def test_the_mapping_in_the_guide_reads_its_table() -> None:
    files = files_in("howto/map-a-csv.md")
    options = ReadOptions(file_name="sightings.csv", mapping=files["sightings.yaml"])
    found = FORMAT.read(files["sightings.csv"].encode(), options)
    assert found.quarantined == ()
    rows = found.tables["observation"].columns.to_pylist()
    assert [row["kind"] for row in rows] == ["explosion", "burst", "weapon_presence"]
    assert [row["count"] for row in rows] == [10, 3, 2]


@pytest.mark.integration
def test_the_documentation_builds_without_a_warning(tmp_path: Path) -> None:
    mkdocs = Path(sys.executable).with_name("mkdocs")
    found = subprocess.run(
        (mkdocs, "build", "--strict", "--site-dir", tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    fetched = re.findall(
        r"(?:src|href)=\"(?:https?:)?//[^\"]+\.(?:js|css)",
        (tmp_path / "index.html").read_text(),
    )
    assert fetched == []
