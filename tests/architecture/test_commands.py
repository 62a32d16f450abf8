"""Every command line that the documentation shows is one that the program takes."""

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from pamiers.app.cli.main import app
from tests.architecture.tree import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"^```(?:sh|console|bash)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL
)
LINE = re.compile(r"^(?:\$ )?(?:\./)?pamiers (.+)$", re.MULTILINE)
MARKS = {"...", "|", "&&", ";", ">", "<", "2>", "&"}  #: where a line of ours ends
COMMANDS = get_command(app)


def lines(page: Path) -> list[str]:
    """Return what follows `pamiers` in every block of commands of a page."""
    blocks = BLOCK.findall(page.read_text())
    return [
        each
        for block in blocks
        for each in LINE.findall(block.replace("\\\n", ""))
        if not each.startswith("VERB")
    ]


def refused(line: str) -> str:
    """Return why the program would not take a line, or nothing."""
    words = shlex.split(line, comments=True)
    cut = next((n for n, word in enumerate(words) if word in MARKS), len(words))
    words, command = words[:cut], COMMANDS
    while words and (below := getattr(command, "commands", None)):
        if words[0] not in below:
            return "" if words[0].startswith("-") else f"no command {words[0]}"
        command = below[words.pop(0)]
    parser = command.make_parser(command.context_class(command))
    try:
        _, left, _ = parser.parse_args(words)
    except Exception as error:  # noqa: BLE001 - an error of the parser's own library
        return str(error)
    return f"too much: {left}" if left else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_has_its_reader_type_is_taken(page: Path) -> None:
    found = {line: why for line in lines(page) if (why := refused(line))}
    assert found == {}


def test_what_is_not_taken_is_noticed() -> None:
    assert refused("status mission") == ""
    assert "--date" in refused("report week --date 2026-09-24")
    assert refused("statuss mission") == "no command statuss"
    assert refused("status mission other") == "too much: ['other']"
