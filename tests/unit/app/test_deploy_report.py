"""The report of a plan: what stands first, what each edition shows, what is drawn."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pamiers.app.cli.main import app
from pamiers.app.deploy_values import given, plan_of
from pamiers.app.stress_report import titles, write_deploy_report
from pamiers.core.errors import UnknownTermError
from pamiers.core.share import Share
from pamiers.deployment.budgets import Budget, budgets
from pamiers.deployment.plan import Plan, needed
from pamiers.render.deploy import render_deploy
from pamiers.render.deploy.charts import TONES, tone
from pamiers.render.deploy.words import LABELS
from pamiers.render.stress.drawing import number
from pamiers.report.deploy import DeployReport, compose_deploy
from pamiers.report.watched import BANDS

CASE = "paris-2026-illustrative"
#: what only those may read who place posts: sites, areas of stretches, annexes
EXACT = r"\b[we]-\d+\b|right-bank|left-bank"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the plan of the bundled illustration."""
    return plan_of(given(CASE), solver=False)


@pytest.fixture(scope="module", autouse=True)
def reached(plan: Plan) -> Iterator[tuple[Budget, ...]]:
    """Work out once what other budgets reach: all reports here are of one plan."""
    found = budgets(plan)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pamiers.report.deploy.budgets", lambda _: found)
        yield found


@pytest.fixture(scope="module")
def report(plan: Plan) -> DeployReport:
    """Return its report for those who place posts."""
    title, names = titles(CASE)
    return compose_deploy(plan, title=title, names=names, public=False)


@pytest.fixture(scope="module")
def open_(plan: Plan) -> DeployReport:
    """Return its report for everybody."""
    title, names = titles(CASE)
    return compose_deploy(plan, title=title, names=names, public=True)


def page(report: DeployReport, language: str = "en") -> str:
    """Return a report as the text of a page."""
    return render_deploy(report, language=language, form="html").decode()


def test_both_languages_have_every_label() -> None:
    assert LABELS["en"].keys() == LABELS["uk"].keys()
    for key, words in LABELS["en"].items():
        asked = set(re.findall(r"{(\w+)", words))
        assert asked == set(re.findall(r"{(\w+)", LABELS["uk"][key])), key


@pytest.mark.parametrize("language", ["en", "uk"])
def test_limits_then_the_certificate_then_the_rest(
    report: DeployReport, language: str
) -> None:
    body = page(report, language).partition("</nav>")[2]
    keys = ["limits", "assumed", "summary", "margins", "watched", "pledged", "money"]
    keys += ["losses", "annex", "gaps", "all-figures"]
    places = [body.index(f">{LABELS[language][key]}<") for key in keys]
    assert places == sorted(places)
    clauses = {each.clause for each in report.views}
    assert body.count("<svg") == len(clauses) + 1
    assert "http" not in body.replace("http://www.w3.org/2000/svg", "")
    assert not re.search("probability of peace|[іi]мовірність миру", body.lower())


def test_everything_that_can_be_lost_has_a_row(report: DeployReport) -> None:
    assert report.protected is not None
    lost = {each.kind for each in report.protected.losses}
    assert lost == {"contingent", "road", "means"}
    text = page(report)
    for words in ("contingent France", "the road in from the west", "means drones"):
        assert f"{words}\n" in text or f"{words}," in text


def test_the_public_edition_shows_no_exact_gap(
    report: DeployReport, open_: DeployReport
) -> None:
    assert open_.protected is None
    assert re.search(EXACT, page(report))
    for language in ("en", "uk"):
        text = page(open_, language)
        shown = text.partition(LABELS[language]["all-figures"] + "</h2>")[0]
        assert not re.search(EXACT, shown)
        for key in ("annex", "gaps", "losses"):
            assert LABELS[language][key] not in text
    assert not open_.patches
    assert report.patches


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_open_edition_says_no_chance_of_the_protected_one(
    report: DeployReport, open_: DeployReport, language: str
) -> None:
    assert report.watched is not None
    exact = {f"{Share(each):.0%}" for each in report.watched.least.values()}
    exact |= {f"{Share(e):.0%}" for row in report.rows for e in row.noticed or ()}
    margins = {number(each.margin) for each in report.rows if each.margin is not None}
    kept = re.sub(r"<style>.*?</style>", "", page(report, language), flags=re.DOTALL)
    shown = re.sub(r"<style>.*?</style>", "", page(open_, language), flags=re.DOTALL)
    words = re.sub(r"<[^>]*>", " ", shown)
    edges = {"25%", "50%", "75%", "10%"}  # of bands, and what equity allows
    for figure in (exact - edges) | margins:
        assert re.search(rf"(?<![\d.]){re.escape(figure)}", kept), figure
        assert not re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", words), figure
    assert ".hours." not in words
    assert ".hours." in kept


def test_a_band_is_of_the_side_that_is_watched_less(
    report: DeployReport, open_: DeployReport
) -> None:
    assert open_.watched is None
    assert report.watched is not None
    for (clause, hour), band in open_.bands.items():
        least = min(
            noticed
            for (_, *at), noticed in report.watched.least.items()
            if at == [clause, hour]
        )
        assert (0.0, *BANDS)[band] <= least < (*BANDS, 1.01)[band]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_page_bears_its_edition(
    report: DeployReport, open_: DeployReport, language: str
) -> None:
    for held, key in ((report, "protected"), (open_, "public")):
        text = page(held, language)
        assert LABELS[language][key] in text
        assert LABELS[language]["foot"].startswith("{edition}")


def test_the_gap_between_pledged_and_needed_is_shown(report: DeployReport) -> None:
    rows = {each.contingent: each for each in report.pledged}
    assert set(rows) == {"french", "british", "american"}
    short = replace(rows["french"], used=700.0, most=600.0, delivered=10.0)
    text = page(replace(report, pledged=(short,)))
    cells = re.findall(r'class="n" data-l="[^"]*"><div>\s*(\S+)', text)
    assert ["700", f"{short.here:.0f}", "600", "10", "690"] == cells[:5]


def test_more_money_never_lowers_the_margin(
    plan: Plan, reached: tuple[Budget, ...]
) -> None:
    found = reached
    assert [each.share for each in found] == sorted(each.share for each in found)
    values = [each.value for each in found]
    assert values == sorted(values)
    own = next(each for each in found if each.share == 1.0)
    assert own.value == plan.chosen.value
    assert own.posts == len(plan.candidates)
    assert values[0] < values[-1]


def test_a_budget_that_pays_for_closing_every_clause_closes_it(
    plan: Plan, reached: tuple[Budget, ...]
) -> None:
    money, closes = sum(plan.task.caps[:1]), needed(plan)
    assert closes.reached
    paid = [each for each in reached if each.share * money >= closes.cost]
    assert min(each.share for each in paid) < 0.5
    assert all(each.value >= 0 for each in paid)


def test_tones_are_told_apart_without_colour() -> None:
    assert tone(None) == "#ffffff"
    fills = [tone(share) for share in (0.0, 0.2, 0.4, 0.6, 0.8)]
    assert fills == [fill for _, fill in TONES]
    assert (tone(0.19), tone(1.0)) == (fills[0], fills[-1])
    greys = [int(fill[1:3], 16) + int(fill[3:5], 16) for fill in fills[1:]]
    assert all(a - b > 40 for a, b in pairwise(greys))


def test_a_printed_report_is_the_same_every_time(open_: DeployReport) -> None:
    one = render_deploy(open_, language="uk", form="pdf")
    assert one.startswith(b"%PDF")
    assert one == render_deploy(open_, language="uk", form="pdf")
    with pytest.raises(UnknownTermError, match="language"):
        render_deploy(open_, language="xx", form="pdf")


def test_a_report_is_written_by_its_ending(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    size = write_deploy_report(CASE, plan, file, language="fr", public=True)
    assert file.stat().st_size == size
    assert file.read_text().startswith("<!doctype html>")
    run = CliRunner().invoke(app, ["deploy", CASE, "--report", str(tmp_path / "p.doc")])
    assert run.exit_code == 2
    assert ".html or .pdf" in run.stderr
