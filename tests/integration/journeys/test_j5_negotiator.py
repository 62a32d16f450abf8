"""J5: a negotiator tries a draft on his own machine. Steps as in the manual's table."""

import socket
from pathlib import Path
from typing import Any

import pytest

from tests.integration.program import answer, run
from tests.integration.service.serving import CSV

pytestmark = pytest.mark.integration
LIBRARY = "jmc-joint-visit"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """J5.9: nothing leaves the machine: who asks for a connection fails."""

    def refused(*given: object, **_: object) -> None:
        raise AssertionError(f"asked for a connection: {given}")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "create_connection", refused)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """J5.1: a draft from a template, which validates."""
    made = tmp_path / "draft"
    answer("agreement", "new", made, "--template", "ceasefire")
    told = answer("agreement", "check", made)
    assert told["runnable"]
    return made


def test_1_the_text_stands_beside_the_rule(draft: Path) -> None:
    page = run("agreement", "show", draft, "--table").stdout
    assert len(page.splitlines()) > 5
    whole = answer("agreement", "show", draft)
    assert whole


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("in: ", "in: nowhere-", "nowhere-"),
        ("bearer: ", "bearer: nobody-", "nobody-"),
    ],
)
def test_2_what_is_undefined_is_named_with_its_line(
    draft: Path, was: str, now: str, told: str
) -> None:
    path = draft / "agreement.yaml"
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, now, 1))
    said = run("agreement", "check", draft, expect=1)
    whole = said.stdout + said.stderr
    assert told in whole
    assert "agreement.yaml:" in whole


def test_3_a_draft_is_tried_on_what_happened(draft: Path, tmp_path: Path) -> None:
    folder, rows = tmp_path / "m", tmp_path / "rows.csv"
    answer("init", folder, "--agreement", "donbas-2020")
    rows.write_text(CSV)
    answer("ingest", folder, rows)
    told = answer("replay", "donbas-2020", "--over", folder)
    assert told
    assert any("case" in key for key in told)
    assert draft.is_dir()


def test_4_dead_ends_are_told_with_whom_they_wait_for() -> None:
    told: Any = answer("agreement", "check", LIBRARY)
    assert "worst_case_s" in str(told)


def test_5_two_drafts_are_compared_in_words(draft: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    answer("agreement", "new", other, "--template", "ceasefire")
    path = other / "agreement.yaml"
    text = path.read_text()
    assert "within: 24 h" in text
    assert "breached: 0.9" in text
    changed = text.replace("breached: 0.9", "breached: 0.8", 1)
    path.write_text(changed.replace("within: 24 h", "within: 48 h", 1))
    said = run("agreement", "diff", draft, other).stdout
    assert "0.8" in said or "48" in said


def test_6_to_8_posts_gaps_and_a_paper_for_the_table(tmp_path: Path) -> None:
    paper = tmp_path / "paper.html"
    run("agreement", "show", LIBRARY, "--table", "--html")
    told = answer("deploy", "paris-2026-illustrative", "--public", "--no-solver")
    assert told
    draws = ("--draws", "200", "--report", paper)
    run("stress", "paris-2026-illustrative", *draws)
    assert "<h1" in paper.read_text()
