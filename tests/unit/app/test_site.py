"""The public site: all there is to see as files, and nothing finer than public."""

import json
from pathlib import Path
from typing import Any

import pytest

from pamiers.app import site as site_module
from pamiers.app.front import front_files
from pamiers.core.errors import UsageError
from tests.unit.app.calling import answer, begun, csv, line

FRONT = {"index.html": b"<!doctype html><title>pages</title>", "assets/a.js": b"1"}


@pytest.fixture(autouse=True)
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the built pages, which need a bundler; their data are real."""
    monkeypatch.setattr(site_module, "front_files", lambda: FRONT)


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    begun(folder / "m")
    answer("ingest", folder / "m", csv(folder / "a.csv", line("1"), line("2", 5)))
    answer("fuse", folder / "m")
    return folder / "m"


def page(site: Path, name: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads((site / "data" / f"{name}.json").read_bytes())


def test_everything_that_is_listed_has_its_page(mission: Path, tmp_path: Path) -> None:
    told = answer("site", mission, "-o", tmp_path / "s")
    site = tmp_path / "s"
    assert told["edition"] == page(site, "about")["edition"] == "public"
    assert told["head"] == page(site, "record")["head"]
    found = page(site, "findings")["findings"]
    assert len(set(map(len, found.values()))) == 1
    for key in found["key"]:
        assert page(site, f"finding/{key}")["finding"]["key"] == key
    incidents = page(site, "situation")["incidents"]["key"]
    assert incidents
    for key in incidents:
        assert page(site, f"incident/{key}")["incident"]["key"] == key
    for day in page(site, "about")["days"]:
        assert (site / "reports" / "files" / f"{day}-en.html").is_file()
    assert (site / "assets" / "a.js").read_bytes() == b"1"


def test_a_finding_shows_its_evidence_and_the_evidence_its_finding(
    mission: Path, tmp_path: Path
) -> None:
    answer("site", mission, "-o", tmp_path)
    found = page(tmp_path, "findings")["findings"]
    rows = zip(found["key"], found["evidence"], strict=True)
    with_evidence = [key for key, evidence in rows if evidence]
    assert with_evidence
    shown = page(tmp_path, f"finding/{with_evidence[0]}")
    for each in shown["evidence"]:
        told = page(tmp_path, f"incident/{each['key']}")
        assert with_evidence[0] in [line["key"] for line in told["findings"]]
        assert told["reports"]


def test_a_second_site_leaves_nothing_of_the_first(
    mission: Path, tmp_path: Path
) -> None:
    answer("site", mission, "-o", tmp_path)
    stale = tmp_path / "data" / "incident" / "withdrawn.json"
    stale.write_bytes(b"{}")
    answer("site", mission, "-o", tmp_path)
    assert not stale.exists()


def test_a_folder_of_something_else_is_refused(mission: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    said = answer("site", mission, "-o", tmp_path, code=2)
    assert "something else" in said["message"]
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_package_without_pages_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("pamiers.app.front.files", lambda _: tmp_path)
    with pytest.raises(UsageError, match="make web"):
        front_files()
