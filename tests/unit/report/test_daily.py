"""The daily report as a value."""

from dataclasses import replace
from datetime import date, datetime
from itertools import permutations

import pyarrow as pa
import pytest

from pamiers.compliance.finding import Verdict
from pamiers.core.table import Table, empty
from pamiers.report.daily import DailyReport, compose
from pamiers.report.message import Message
from tests.fakes.reports import DAY, HEAD, dated, finding, inputs, rows, total


def keys(report: DailyReport) -> list[str]:
    return [each.key for each in report.summary]


def backwards(table: Table) -> Table:
    return table.take(pa.array(range(len(table) - 1, -1, -1), pa.int64()))


def quiet() -> DailyReport:
    """Return the report of a day of which nothing is on record."""
    return compose(
        inputs(
            findings=(),
            previous_findings=(),
            observations=empty("observation"),
            totals=empty("total"),
            coverage=empty("coverage"),
            incidents=empty("incident"),
        )
    )


def test_the_header_says_as_of_when_and_of_what() -> None:
    head = compose(inputs()).header
    assert (head.number, head.cut_off, head.day) == ("209/2020", "19:30", DAY)
    assert (head.zone_name, head.utc_offset) == ("EEST", "UTC+3")
    assert (head.head, head.entries) == (HEAD, 7)
    assert head.previous_day == date(2020, 7, 26)


def test_winter_days_have_winter_time() -> None:
    head = compose(inputs(day=date(2020, 12, 7))).header
    assert (head.zone_name, head.utc_offset) == ("EET", "UTC+2")


def test_the_order_of_rows_changes_nothing() -> None:
    given = inputs()
    turned = replace(
        given,
        observations=backwards(given.observations),
        totals=backwards(given.totals),
        coverage=backwards(given.coverage),
        incidents=backwards(given.incidents),
        findings=given.findings[::-1],
    )
    assert compose(turned) == compose(given)


def test_each_sector_is_set_against_the_day_before() -> None:
    donetsk, luhansk = compose(inputs()).sectors
    fire = dict(donetsk.events)["fire"]
    assert (fire.now, fire.before) == (23, 4)
    assert [figure.previous for figure in donetsk.published] == [4]
    assert (luhansk.incidents.now, luhansk.claimed_only.now) == (0, 1)


def test_a_figure_without_its_own_before_takes_the_record_of_that_day() -> None:
    totals = [
        total(date(2020, 7, 26), 9, region="Luhansk"),
        total(DAY, 0, region="Luhansk"),
    ]
    report = compose(inputs(totals=rows("total", totals)))
    assert [f.previous for f in report.sectors[1].published] == [9]


def test_a_quiet_record_is_not_called_quiet() -> None:
    report = quiet()
    assert keys(report).count("summary.record.none") == 2
    assert keys(report).count("summary.unwatched") == 2
    assert "summary.findings.none" in keys(report)


def test_nobody_watching_is_said_plainly_unless_something_was_told() -> None:
    report = compose(inputs(coverage=empty("coverage")))
    assert keys(report).count("summary.unwatched.unstated") == 2
    assert [each.share for each in report.watch] == [0.0, 0.0]


def test_breaches_come_first_with_clause_and_what_was_before() -> None:
    first, second = compose(inputs()).findings
    assert (first.verdict, first.previous) == (Verdict.BREACHED, Verdict.KEPT)
    assert second.verdict is Verdict.UNOBSERVED
    assert (first.clause, first.cite) == ("no-fire", "measures, point 2")
    assert dict(first.text.words)["en"] == "A ban on the use of fire."


def test_where_the_mandate_forbids_it_nobody_is_named() -> None:
    for line in compose(inputs()).findings:
        assert (line.attribution, line.attributed_to) == ("not_mandated", None)
        assert line.attribution_share == ()


def test_a_finding_of_another_version_keeps_its_clause_id() -> None:
    old = finding(Verdict.KEPT, "donetsk", clause="gone")
    (line,) = compose(inputs(findings=(old,))).findings
    assert (line.title.words, line.cite) == ((("", "gone"),), "")


def test_all_sides_appear_beside_one_another() -> None:
    said = compose(inputs()).claims
    assert dict(said.day.by_claimant).keys() == {"east-press", "west-press"}
    assert dict(said.day.by_accused).keys() == {"east", "west"}
    assert (said.day.total.claims, said.day.total.near) == (2, 1)
    assert (said.before.total.claims, said.since.total.claims) == (1, 2)


def test_swapping_the_parties_swaps_the_claims() -> None:
    given = inputs()
    swap = {"east": "west", "west": "east"}
    actors = [
        swap.get(a or "", a) for a in given.observations.columns["actor"].to_pylist()
    ]
    at = given.observations.columns.schema.get_field_index("actor")
    columns = given.observations.columns.set_column(
        at, given.observations.columns.schema.field(at), pa.array(actors, pa.string())
    )
    turned = compose(replace(given, observations=Table("observation", columns)))
    was, now = compose(given).claims, turned.claims
    assert dict(was.day.by_accused)["west"] == dict(now.day.by_accused)["east"]
    assert replace(now.day, by_accused=(), beside=()) == replace(
        was.day, by_accused=(), beside=()
    )


def test_a_claim_stands_beside_the_nearest_observation_of_its_family() -> None:
    near, far = compose(inputs()).claims.lines
    assert (near.near, near.nearest_km, near.nearest_kind) == (True, 1.0, "explosion")
    assert (far.near, far.nearest_kind) == (False, "burst")


def test_illustrations_are_nowhere() -> None:
    report = compose(inputs())
    assert all(row.count != 500 for row in report.annex)


def test_rows_over_the_cut_off_are_flagged() -> None:
    flags = {row.kind: row.straddles for row in compose(inputs()).annex}
    assert flags["explosion"]
    assert not flags["burst"]


@pytest.mark.parametrize("hour", [15, 16])
def test_a_row_is_shown_under_the_day_that_holds_its_middle(hour: int) -> None:
    start = datetime.fromisoformat(f"2020-07-27T{hour}:00+00:00")
    row = dated(DAY, "x", start=start, end=start.replace(hour=hour + 1))
    report = compose(inputs(observations=rows("observation", [row])))
    assert len(report.annex) == (1 if hour == 15 else 0)


def test_messages_do_not_depend_on_the_order_of_their_parameters() -> None:
    made = {Message("k", tuple(sorted(p))) for p in permutations([("a", 1), ("b", 2)])}
    assert len(made) == 1


def test_positions_are_described_from_a_named_place() -> None:
    report = compose(inputs("commission"))
    (row,) = [row for row in report.annex if row.kind == "burst"]
    assert row.whereabouts is not None
    assert row.whereabouts.near.words[0] == ("en", "Avdiivka")
    assert row.whereabouts.compass == "south-east"
