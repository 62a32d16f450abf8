"""`pamiers deploy`: what a person reads, what a program reads, what is refused."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pamiers.app.cli.main import app
from pamiers.app.deploy_values import Given, given, plan_of, values
from pamiers.deployment.plan import Plan

BUNDLED = Path(__file__).parents[3] / "src/pamiers/agreements/paris-2026-illustrative"
CASE = "paris-2026-illustrative"


def called(*arguments: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of one call."""
    run = CliRunner().invoke(app, ["deploy", *arguments])
    return run.exit_code, run.stdout, run.stderr


@pytest.fixture(scope="module")
def made() -> tuple[Given, Plan]:
    """Return what stands beside the bundled illustration, and its plan."""
    found = given(CASE)
    return found, plan_of(found, solver=False)


@pytest.fixture(scope="module")
def told(made: tuple[Given, Plan]) -> dict[str, object]:
    """Return what a program reads of the bundled illustration."""
    found: dict[str, object] = json.loads(json.dumps(values(*made, "en")))
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the bundled illustration that may be spoilt."""
    return Path(shutil.copytree(BUNDLED, tmp_path / "mine"))


def test_a_plan_keeps_every_limit_and_says_how_good_it_is(told: dict) -> None:  # type: ignore[type-arg]
    assert all(each["used"] <= each["of"] + 1e-6 for each in told["used"].values())
    proof = told["certificate"]
    assert proof["before"] < proof["smallest_margin"] <= proof["no_plan_above"] + 1e-9
    assert proof["at_most_better"] is not None
    assert told["equity"]["apart"] <= told["equity"]["allowed"] + 1e-9
    assert sum(each["posts"] for each in told["kinds"].values()) == len(told["posts"])
    persons = sum(each["persons"] for each in told["posts"])
    assert persons == pytest.approx(told["used"]["persons"]["used"], abs=1e-4)


def test_both_parties_stand_side_by_side(told: dict) -> None:  # type: ignore[type-arg]
    assert set(told["clauses"]) == {"ua", "ru"}
    assert told["clauses"]["ua"].keys() == told["clauses"]["ru"].keys()
    for clauses in told["clauses"].values():
        for each in clauses.values():
            low, likeliest, high = each["noticed"].values()
            assert 0 <= low <= likeliest <= high <= 1
            assert each["margin"] >= each["margin_without"] - 1e-9


def test_a_caveat_is_kept(told: dict) -> None:  # type: ignore[type-arg]
    french = [each for each in told["posts"] if each["contingent"] == "french"]
    assert french
    assert all(each["lon"] > 32.9 for each in french)  # none within the sector Kherson


def test_the_public_edition_names_no_place(made: tuple[Given, Plan]) -> None:
    found: dict[str, Any] = values(*made, "uk", public=True)
    assert found["edition"] == "public"
    assert not {"posts", "worst", "coverage", "rounds", "losses"} & set(found)
    assert not {"means", "visits"} & set(found)
    assert found["equity"].keys() == {"allowed"}
    assert not re.search(r"w-\d|e-\d", json.dumps(found))


def test_everybody_is_told_bands_on_every_way(made: tuple[Given, Plan]) -> None:
    """JSON and terminal say no finer than the open report (ADR 0060)."""
    found: dict[str, Any] = values(*made, "en", public=True)
    closed: dict[str, Any] = values(*made, "en")
    edges = {0.0, 0.25, 0.5, 0.75, 1.0}
    assert {each[end] for each in found["bands"] for end in ("from", "to")} <= edges
    for clauses in found["clauses"].values():
        for each in clauses.values():
            assert each.keys() == {"margin_without", "holds"}
    code, out, _ = called(CASE, "--no-solver", "--public")
    assert code == 0
    likeliest = {
        f"{each['noticed'][name]:.0%}"
        for clauses in closed["clauses"].values()
        for each in clauses.values()
        for name in ("low", "likeliest", "high")
    } - {f"{edge:.0%}" for edge in edges}
    assert likeliest
    said = set(re.findall(r"\d+%", out.partition("the least noticed")[2]))
    assert said <= {f"{edge:.0%}" for edge in edges}
    assert "margin" not in out.partition("the least noticed")[2]


def test_words_fit_eighty_columns() -> None:
    code, out, _ = called(CASE, "--no-solver", "--language", "uk")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "ймовірність миру" not in out.lower()


SPOILT = [
    ("spacing: 3 km", "spacing: 3", "spacing"),
    ("spacing: 3 km", "spacing: 0 km", "more than none"),
    ("stretch: 20 km", "stretch: 1 km", "at least the spacing"),
    ("stretch: 20 km, ", "", "'stretch'"),
    ("cost: 0.2", "cost: -0.2", "from 0"),
    ("budget: 45", "budget: -1", "budget"),
    ("persons: 30000 persons", "persons: 30000", "persons"),
    ("persons: 30000 persons", "persons: 30 km", "persons"),
    ("leave: 1.2", "leave: 0.5", "from 1"),
    ("equity: 0.1", "equity: 1.5", "from 0 to 1"),
    ("enough: 0.03\n", "", "'enough'"),
    ("uptime: [0.85, 0.92, 0.97]", "uptime: [0.85, 0.92, 1.97]", "0 to 1"),
    ("uptime: [0.85, 0.92, 0.97]", "uptime: [0.95, 0.92, 0.97]", "in this order"),
    ("at_none: [0.8, 0.9, 0.95]", "at_none: TBD", "something agreed"),
    ("scale: [9 km, 12 km, 15 km]", "scale: [9, 12, 15]", "unit"),
    ("scale: [9 km, 12 km, 15 km]", "scale: 0 km", "more than none"),
    ("hours: {day: 1, night: 1}", "hours: {day: 1}", "'night'"),
    ("hours: {day: 1, night: 1}", "hours: {day: 1, night: 1, dusk: 1}", "'dusk'"),
    ("means: drones", "means: balloons", "'balloons'"),
    ("party: ru, zone: security-zone", "party: xx, zone: security-zone", "'xx'"),
    ("zone: security-zone, side", "zone: nowhere, side", "'nowhere'"),
    ("on: left", "on: top", "left, right"),
    ("on: left}, clauses: [no-fire,", "on: left}, clauses: [", "area of 'ua'"),
    ("by: fr,", "by: zz,", "'zz'"),
    ("pledge: force", "pledge: promise", "'promise'"),
    ("not_in: [kherson]", "not_in: [kherson], only_in: [kherson]", "not_in"),
    ("assets: {acoustic-post: 20,", "assets: {balloon: 20,", "'balloon'"),
    ("roads: [west-road]", "roads: [east-road]", "'east-road'"),
    ('at: "46.60 N, 32.18 E"', 'at: "146.60 N, 32.18 E"', "a point such as"),
    ("shown: 40, found: 36", "shown: 40, found: 46", "at most as many"),
    ("visits: 8", "visits: 8.5", "whole number"),
    ("by: illustration\n", "", "whose judgement"),
    ("means: drones", "means: drones\n    weapon: yes", "weapons, targets"),
    ("room: 3}", "room: 0}", "from 1"),
    ("agreement: paris-2026-illustrative", "agreement: other", "'other'"),
    ("pamiers_deployment: 1", "pamiers_deployment: 7", "version 1"),
]


@pytest.mark.parametrize(("old", "new", "says"), SPOILT)
def test_every_fault_is_named_with_line_and_remedy(
    folder: Path, old: str, new: str, says: str
) -> None:
    file = folder / "deployment.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    code, out, err = called(str(folder))
    assert (code, out) == (1, "")
    lines = [each for each in err.splitlines() if each.startswith("deployment.yaml")]
    named = [each for each in lines if says in each]
    assert named, err
    assert re.match(
        r"deployment\.yaml:\d+:\d+: .*expected .+, got .+\. [A-Z].+", named[0]
    )


def test_a_folder_without_the_file_is_told_what_to_do(folder: Path) -> None:
    (folder / "deployment.yaml").unlink()
    code, _, err = called(str(folder))
    assert code == 2
    assert "deployment.yaml" in err
    (folder / "incentives.yaml").unlink()


def test_a_line_of_sight_needs_heights(folder: Path) -> None:
    file = folder / "deployment.yaml"
    text = file.read_text()
    sees = "on_duty: 3 persons"
    file.write_text(text.replace(sees, f"{sees}\n    height: 20 m", 1))
    code, _, err = called(str(folder), "--no-solver")
    assert code == 2
    assert "terrain.asc" in err
    flat = "0 " * 30
    rows = "\n".join([flat] * 20)
    head = "ncols 30\nnrows 20\nxllcorner 32\nyllcorner 46\ncellsize 0.1\n"
    (folder / "terrain.asc").write_text(head + rows)
    code, _, _ = called(str(folder), "--no-solver", "--json")
    assert code == 0
