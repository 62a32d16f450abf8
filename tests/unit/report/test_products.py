"""Kinds of report: what each covers, against days told one by one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pamiers.compliance.finding import Finding, Verdict
from pamiers.core.errors import UnknownTermError
from pamiers.render import render
from pamiers.render.layout import page
from pamiers.report.context import themed
from pamiers.report.daily import DailyInputs, DailyReport, compose
from pamiers.report.product import PRODUCTS, product_named
from tests.fakes.reports import DAY, dated, finding, incident, inputs, rows, total

WEEK = [DAY - timedelta(days=n) for n in range(6, -1, -1)]
DAY_S = timedelta(days=1)


def weekly(given: DailyInputs | None = None) -> DailyReport:
    return compose(replace(given or inputs(), product=PRODUCTS["weekly"]))


def told(day: date, verdict: Verdict, **given: object) -> Finding:
    made = finding(verdict, "donetsk", key=f"F-{day}", **given)
    shift = day - DAY
    return replace(made, start=made.start + shift, end=made.end + shift)


def test_a_week_is_the_seven_days_that_a_day_ends() -> None:
    head = weekly().header
    assert (head.first_day, head.day, head.days) == (date(2020, 7, 21), DAY, 7)
    assert (head.previous_day, head.next_day) == (date(2020, 7, 20), date(2020, 8, 3))
    assert (head.end - head.start, head.number) == (timedelta(days=7), "31/2020")


def test_a_week_counts_what_its_days_count() -> None:
    seen = [dated(day, f"o-{day}", count=n + 1) for n, day in enumerate(WEEK)]
    seen += [dated(WEEK[0] - DAY_S, "before", count=50), dated(DAY + DAY_S, "after")]
    fused = [incident(row, f"INC-{row.key}", observed=1) for row in seen]
    given = inputs(
        observations=rows("observation", seen), incidents=rows("incident", fused)
    )
    by_day = [compose(replace(given, day=day)) for day in WEEK]
    fire = [dict(each.sectors[0].events)["fire"].now for each in by_day]
    whole = weekly(given)
    week = dict(whole.sectors[0].events)["fire"]
    assert (week.now, week.before) == (sum(fire), 50)
    assert len(whole.incidents) == sum(len(d.incidents) for d in by_day)


@pytest.mark.parametrize("missing", [None, 3])
def test_published_figures_are_added_only_where_every_day_has_one(
    missing: int | None,
) -> None:
    given = [total(day, n, region="Donetsk") for n, day in enumerate(WEEK)]
    if missing is not None:
        del given[missing]
    published = weekly(inputs(totals=rows("total", given))).sectors[0].published
    assert [each.count for each in published] == ([21] if missing is None else [])


def test_a_line_gathers_the_days_and_shows_the_gravest() -> None:
    verdicts = [Verdict.KEPT] * 5 + [Verdict.BREACHED, Verdict.UNOBSERVED]
    found = [
        told(day, each, count_low=n, coverage_share=n / 10)
        for n, (day, each) in enumerate(zip(WEEK, verdicts, strict=True))
    ]
    (line,) = weekly(inputs(findings=tuple(found), previous_findings=())).findings
    assert (line.verdict, line.count_low) == (Verdict.BREACHED, 21)
    assert dict(line.days) == {
        Verdict.KEPT: 5,
        Verdict.BREACHED: 1,
        Verdict.UNOBSERVED: 1,
        Verdict.UNDETERMINED: 0,
    }
    assert line.coverage_share == 0.3


def test_a_theme_holds_its_rows_and_clauses_and_all_of_coverage() -> None:
    given = inputs()
    held = themed(given, PRODUCTS["withdrawal"])
    assert set(held.observations.columns["kind"].to_pylist()) == {"weapon_presence"}
    assert held.findings == ()  # the one clause is about fire
    assert held.coverage.columns.equals(given.coverage.columns)
    assert themed(given, PRODUCTS["weekly"]) is given


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownTermError, match="weekly"):
        product_named("monthly")


@pytest.mark.parametrize("kind", sorted(PRODUCTS))
@pytest.mark.parametrize("language", ["en", "uk", "fr", "lv"])
def test_each_kind_is_told_in_each_language(kind: str, language: str) -> None:
    report = compose(inputs(product=PRODUCTS[kind]))
    laid_out = page(report, language)
    other = page(compose(inputs()), language)
    assert (laid_out.title == other.title) is (kind == "daily")
    assert b"<html" in render(report, language=language, format="html")


def test_a_flash_says_that_nobody_reviewed_it() -> None:
    laid_out = page(compose(inputs(product=PRODUCTS["flash"])), "en")
    assert [each.id for each in laid_out.sections] == [
        *("summary", "sectors", "map", "incidents", "check", "about")
    ]
    assert "superseded" in laid_out.sections[0].paragraphs[0]
