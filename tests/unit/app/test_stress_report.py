"""The report of a stress test, two drafts, and the loop from posts to findings."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from pamiers.agreement import load_agreement
from pamiers.app import stress_values
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.cli.main import app
from pamiers.app.deploy_feedback import AUTHOR, write_fed
from pamiers.app.deploy_values import given, plan_of
from pamiers.deployment.feedback import fed_back, rounded
from pamiers.deployment.plan import Plan, by_means, game_with
from pamiers.deterrence.game import column, evaluate
from pamiers.render.page import Detail
from pamiers.render.stress import render_stress
from pamiers.render.stress.charts import lettered
from pamiers.render.stress.page import Pages
from pamiers.render.stress.words import LABELS
from pamiers.report.stress import StressReport, compose_stress

CASE = "paris-2026-illustrative"
PEACE = ("probability of peace", "ймовірність миру", "імовірність миру")


def called(*arguments: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of one call of `pamiers stress`."""
    run = CliRunner().invoke(app, ["stress", *arguments])
    return run.exit_code, run.stdout, run.stderr


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the plan of the bundled illustration."""
    return plan_of(given(CASE), solver=False)


@pytest.fixture(scope="module")
def found() -> stress_values.Tested:
    """Return the stress test of the bundled illustration."""
    return stress_values.tested(stress_values.assumed(CASE), draws=300, seed=0)


@pytest.fixture(scope="module")
def report(found: stress_values.Tested, plan: Plan) -> StressReport:
    """Return its report, the annex included."""
    return compose_stress(
        found.assumed, found.outcome, title={"en": "Paris"}, plan=plan, annex=True
    )


def test_both_languages_have_every_label() -> None:
    assert LABELS["en"].keys() == LABELS["uk"].keys()
    assert LABELS["fr"].keys() == LABELS["lv"].keys() == LABELS["en"].keys()
    for key, words in LABELS["en"].items():
        asked = set(re.findall(r"{(\w+)", words))
        assert asked == set(re.findall(r"{(\w+)", LABELS["uk"][key])), key


@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_page_says_what_it_is_before_what_it_found(
    report: StressReport, language: str
) -> None:
    text = render_stress(report, language=language, form="html").decode()
    labels = LABELS[language]
    order = ["limits", "assumed", "summary", "heat", "thresholds", "joint", "ladder"]
    body = text.partition("</nav>")[2]
    places = [body.index(f">{labels[key]}<") for key in order]
    assert places == sorted(places)
    assert not any(words in text.lower() for words in PEACE)
    assert text.count("<svg") == 3 * len(report.weakest) + 2
    assert 'id="h"' in text  # the zone that no monitoring closes is hatched
    assert "<script" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_the_page_names_the_weakest_clause_and_what_closes_it(
    report: StressReport,
) -> None:
    text = render_stress(report, language="en", form="html").decode()
    for party in ("ua", "ru"):
        assert f"{party}: the weakest clause is heavy-withdrawn" in text
    closing = (
        "“findings in three tenths of the time”, "
        "“a published warning with a fee: six times the loss”. "
        "It costs 7 million euros a year"
    )
    assert closing in text
    # a party keeps in every draw, but not in the worst corner: that is not everywhere
    not_everywhere = re.findall(r"worst −[^,]+, ([^ ]+) of the draws", text)
    assert not_everywhere
    assert "100%" not in not_everywhere


def test_the_words_count_the_packages_that_the_table_lists(
    report: StressReport,
) -> None:
    parts = {each.id: each for each in Pages(report, "en").page().parts}
    listed = len(parts["frontier"].grids[0].rows)
    assert f" {listed} are not bettered" in parts["frontier"].charts[0].words


@pytest.mark.parametrize("language", list(LABELS))
def test_every_lever_is_told_with_what_it_does_and_who_pays(
    report: StressReport, language: str
) -> None:
    parts = {each.id: each for each in Pages(report, language).page().parts}
    rows = parts["menu"].grids[0].rows
    assert len(rows) == len(report.assumed.levers)
    for row, lever in zip(rows, report.assumed.levers, strict=True):
        assert isinstance(row[0], Detail)
        assert row[0].small == lever.id
        assert row[0].text != lever.id
        assert len(str(row[1]).split("; ")) == len(lever.changes)
        assert row[3] != LABELS[language]["payer-open"]
    times = rows[[each.id for each in report.assumed.levers].index("faster-findings")][
        1
    ]
    assert str(times).endswith("× 0.3")


def test_trust_is_the_risk_over_risk_and_interest(report: StressReport) -> None:
    parts = {each.id: each for each in Pages(report, "en").page().parts}
    *cases, last = parts["others"].grids[0].rows
    for at, told in enumerate(last[1:], start=1):
        both, other, own, none = (
            float(str(row[at]).replace("−", "-")) for row in cases
        )
        risk, interest = none - other, both - own
        assert told == f"{risk / (risk + interest):.0%}"


def test_the_frontier_is_told_at_the_likeliest_figures_too(
    report: StressReport,
) -> None:
    letters = lettered(report.frontier)
    assert letters[0] == "A"
    both = zip(report.frontier, letters, strict=True)
    shown = [each for each, letter in both if letter]
    for kind in ("worst", "likeliest"):
        top = max(getattr(each, kind) for each in report.frontier)
        assert max(getattr(each, kind) for each in shown) == top
    text = render_stress(report, language="en", form="html").decode()
    assert "At the likeliest figures everything holds from a cost of 7." in text


def test_a_printed_report_is_the_same_every_time(report: StressReport) -> None:
    one = render_stress(report, language="uk", form="pdf")
    assert one.startswith(b"%PDF")
    assert one == render_stress(report, language="uk", form="pdf")


def test_gaps_are_only_in_the_annex(found: stress_values.Tested, plan: Plan) -> None:
    open_ = compose_stress(found.assumed, found.outcome, title={}, plan=plan)
    text = render_stress(open_, language="en", form="html").decode()
    assert "right-bank" not in text
    assert "left-bank" not in text
    assert LABELS["en"]["annex"] not in text
    assert LABELS["en"]["watched"] in text


def test_a_report_is_written_by_its_ending(tmp_path: Path) -> None:
    file = tmp_path / "r.html"
    code, out, _ = called("minsk-2014-2020", "--report", str(file), "--draws", "50")
    assert code == 0
    assert str(file) in out
    assert file.read_text().startswith("<!doctype html>")
    code, _, err = called(CASE, "--report", str(tmp_path / "r.docx"))
    assert code == 2
    assert ".html or .pdf" in err


def test_a_response_without_steps_is_drawn_too(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(_folder("minsk-2014-2020"), tmp_path / "mine"))
    file = folder / "incentives.yaml"
    text = file.read_text()
    text = text.replace("answered_by: [published]", "answered_by: []")
    start, end = text.index("ladder:"), text.index("levers:")
    head = text[:start] + "ladder: []\n\n" + text[end:]
    file.write_text(head[: head.index("  - id: agreed-response")])
    target = tmp_path / "r.pdf"
    code, _, err = called(str(folder), "--report", str(target), "--draws", "50")
    assert code == 0, err
    assert target.stat().st_size > 10_000


def _folder(name: str) -> Path:
    return Path(__file__).parents[3] / "src/pamiers/agreements" / name


def test_two_drafts_stand_side_by_side(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(_folder(CASE), tmp_path / "other"))
    file = folder / "incentives.yaml"
    text = file.read_text()
    file.write_text(text.replace("lag: [7 d, 14 d, 28 d]", "lag: 1 d", 1))
    code, out, _ = called(CASE, "--against", str(folder), "--json", "--draws", "50")
    assert code == 0
    rows = json.loads(out)["against"]["rows"]
    moved = [
        (each["clause"], each["party"])
        for each in rows
        if each["first"]["likeliest"] != each["second"]["likeliest"]
    ]
    assert moved == [("heavy-withdrawn", "ua"), ("heavy-withdrawn", "ru")]
    code, out, _ = called(CASE, "--against", str(folder), "--draws", "50")
    assert code == 0
    assert "heavy-withdrawn, ua: better" in out
    assert max(map(len, out.splitlines())) <= 80


def test_posts_move_margins_as_the_plan_says(plan: Plan) -> None:
    game = game_with(plan)
    margins = evaluate(game, column(game.mode)).margins[..., 0]
    worth = np.abs(game.mode[game.at.peace])[:, None]
    placed = np.isfinite(plan.margins())
    assert placed.any()
    assert np.allclose((margins / worth)[placed], plan.margins()[placed])
    assert np.all(game.low <= game.mode)
    assert np.all(game.mode <= game.high)


def test_the_loop_closes_from_posts_to_findings(plan: Plan, tmp_path: Path) -> None:
    """A plan moves detection, margins, and what stands beside a kept clause."""
    folder = tmp_path / "fed"
    assert write_fed(CASE, plan, folder) == ()
    fed = load_agreement(agreement_texts(str(folder)))
    told = by_means(plan)
    for name, chance in told.items():
        held = fed.monitoring[name].detection
        assert held is not None
        assert (held.probability, held.author) == (rounded(chance), AUTHOR)
    before = load_agreement(agreement_texts(CASE))
    assert fed.monitoring == fed_back(before, told, AUTHOR).monitoring
    assert _printed(CASE, tmp_path / "one") == {0.9}
    assert _printed(str(folder), tmp_path / "two") == {rounded(told["sensors"])}
    with_plan = stress_values.tested(
        stress_values.assumed(CASE), draws=50, seed=0, game=game_with(plan)
    ).outcome
    without = stress_values.tested(
        stress_values.assumed(CASE), draws=50, seed=0
    ).outcome
    assert not np.allclose(with_plan.likeliest.margins, without.likeliest.margins)


QUIET_DAY = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "c1",
            "geometry": None,
            "properties": {
                "row": "coverage",
                "source": "lead-monitor",
                "start": "2026-09-17T19:30+03:00",
                "end": "2026-09-18T19:30+03:00",
                "region": "kherson",
                "means": "sensors",
                "status": "observed",
                "watched": "any",
            },
        }
    ],
}


def _printed(agreement: str, folder: Path) -> set[float]:
    """Return the detections that the daily report prints beside clauses kept."""
    file = folder.with_suffix(".geojson")
    file.write_text(json.dumps(QUIET_DAY))
    mission = str(folder)
    program("init", mission, "--agreement", agreement)
    program("ingest", mission, str(file), "--format", "geojson")
    program("fuse", mission)
    program("assess", mission)
    asked = ("--day", "2026-09-18", "--edition", "commission", "--format", "json")
    told = json.loads(program("report", mission, *asked))
    kept = [each for each in told["findings"] if each["verdict"] == "kept"]
    assert kept
    return {each["detection"] for each in kept}


def program(*arguments: str) -> str:
    """Return what one call of the program prints."""
    run = CliRunner().invoke(app, list(arguments))
    assert run.exit_code == 0, run.output
    return run.stdout
