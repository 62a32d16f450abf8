"""README shows what the program prints, and links to what exists."""

import re
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

README = (ROOT / "README.md").read_text()
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def test_the_help_shown_is_the_help_printed() -> None:
    command = (sys.executable, "-m", "tools.readme", "check", "help-output")
    found = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_demo_shown_was_printed_by_the_demo() -> None:
    block = README.partition("<!-- demo-output -->")[2].partition("<!-- /demo")[0]
    assert block.startswith("\n```text\n$ ./pamiers demo --no-serve\n")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_links_lead_somewhere(name: str) -> None:
    links = LINK.findall((ROOT / name).read_text())
    assert [link for link in links if not (ROOT / link).exists()] == []
