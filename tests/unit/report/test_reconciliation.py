"""Published totals beside the record: matches, edges of the day, gaps."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from pamiers.core.rows import Observation, Total
from pamiers.report.period import period_of
from pamiers.report.reconciliation import Outcome, Reconciled, reconcile
from pamiers.report.sectors import Sectors
from tests.fakes.reports import DAY, START, agreement, dated, rows, total

NEXT = DAY + timedelta(days=1)


def compared(
    day: date, totals: list[Total], observations: list[Observation]
) -> tuple[Reconciled, ...]:
    made = agreement()
    return reconcile(
        rows("total", totals),
        rows("observation", observations),
        period_of(made, day),
        Sectors(made),
    )


def one(totals: list[Total], observations: list[Observation]) -> Reconciled:
    (found,) = compared(DAY, totals, observations)
    return found


def test_rows_of_the_day_match_what_was_published() -> None:
    found = one([total(DAY, 5)], [dated(DAY, "a", count=2), dated(DAY, "b", count=3)])
    assert (found.published, found.on_record, found.difference) == (5, 5, 0)
    assert found.outcome is Outcome.MATCHES


def test_rows_with_a_date_are_not_surely_inside_the_reporting_day() -> None:
    found = one([total(DAY, 5)], [dated(DAY, "a", count=5)])
    assert (found.on_record_low, found.on_record_high) == (0, 5)
    assert found.note.key == "reconciliation.note.matches_by_date"


def test_the_evening_before_may_belong_to_the_period() -> None:
    before = DAY - timedelta(days=1)
    found = one([total(DAY, 4)], [dated(before, "a", count=4)])
    assert (found.on_record, found.on_record_high) == (0, 4)
    assert found.outcome is Outcome.WITHIN_RANGE


def test_what_no_row_could_make_up_is_a_gap() -> None:
    found = one([total(DAY, 9)], [dated(DAY, "a", count=5)])
    assert (found.outcome, found.difference) == (Outcome.GAP, 4)
    assert dict(found.note.params)["n"] == 4


def test_more_on_record_than_published_is_said() -> None:
    long_period = total(NEXT, 3, start=START, cumulative=True)
    (found,) = compared(NEXT, [long_period], [dated(DAY, "a", count=5)])
    assert (found.outcome, found.difference) == (Outcome.EXCESS, -2)


def test_a_running_total_reached_a_day_early_is_said_to_be() -> None:
    running = total(NEXT, 5, start=START, cumulative=True)
    seen = [dated(DAY, "a", count=5), dated(NEXT, "b", count=1)]
    (found,) = compared(NEXT, [running], seen)
    assert (found.outcome, found.reached_on) == (Outcome.REACHED_EARLY, DAY)
    assert (found.on_record_low, found.on_record_high) == (5, 6)
    assert found.note.key == "reconciliation.note.reached_early"


def test_earlier_running_totals_are_compared_again_and_others_are_not() -> None:
    totals = [
        total(DAY, 5, start=START, cumulative=True),
        total(NEXT, 6, start=START, cumulative=True),
        total(DAY, 5),
        total(NEXT + timedelta(days=1), 9, start=START, cumulative=True),
    ]
    found = compared(NEXT, totals, [dated(DAY, "a", count=5)])
    assert [(each.cumulative, each.published) for each in found] == [
        (True, 5),
        (True, 6),
    ]


def test_rows_marked_as_an_illustration_are_never_counted() -> None:
    shown = dated(DAY, "a", count=5)
    made_up = dated(DAY, "b", count=90, extra='{"illustrative":true}')
    assert one([total(DAY, 5)], [shown, made_up]).outcome is Outcome.MATCHES


def test_claims_are_never_counted() -> None:
    claim = dated(DAY, "c", count=40, standing="claimed")
    assert one([total(DAY, 0)], [claim]).on_record_high == 0


def test_a_region_counts_its_own_rows_named_or_placed() -> None:
    seen = [
        dated(DAY, "a", count=1, region="Luhansk oblast"),
        dated(DAY, "b", count=2, region=None, lon=39.3, lat=48.7),
        dated(DAY, "c", count=4),
    ]
    assert one([total(DAY, 3, region="Luhansk")], seen).on_record == 3


def test_rows_of_the_same_source_are_preferred() -> None:
    seen = [dated(DAY, "a", count=2), dated(DAY, "b", count=7, source="ucdp")]
    assert (
        one([total(DAY, 2)], seen).on_record,
        one([total(DAY, 2)], seen).own_rows,
    ) == (
        2,
        True,
    )
    other = one([total(DAY, 7)], seen[1:])
    assert (other.on_record, other.own_rows) == (7, False)


def test_rows_without_a_figure_add_nothing_and_are_mentioned() -> None:
    found = one([total(DAY, 0)], [dated(DAY, "a", kind="impact")])
    assert (found.on_record, found.without_figure) == (0, 1)


def test_unspecific_fire_may_hold_explosions() -> None:
    seen = [dated(DAY, "a", count=2), dated(DAY, "b", kind="fire", count=7)]
    found = one([total(DAY, 5, kind="explosion")], seen)
    assert (found.on_record, found.on_record_high) == (2, 9)
    assert found.outcome is Outcome.WITHIN_RANGE


@pytest.mark.parametrize(
    ("published", "outcome"),
    [
        ({"count_low": 3}, Outcome.MATCHES),
        ({"count_low": 30}, Outcome.GAP),
        ({"relation": "more"}, Outcome.NO_FIGURE),
    ],
)
def test_vague_figures_are_compared_as_bounds(
    published: dict[str, object], outcome: Outcome
) -> None:
    found = one([total(DAY, None, **published)], [dated(DAY, "a", count=5)])
    assert found.outcome is outcome


def test_one_figure_typed_twice_is_one_comparison() -> None:
    twice = [total(DAY, 5, key="a"), total(DAY, 5, key="b")]
    assert len(compared(DAY, twice, [])) == 1


def test_the_number_of_the_report_is_read_from_the_citation() -> None:
    assert (
        one([total(DAY, 5, cite="SMM daily report 178/2020")], []).report == "178/2020"
    )
    assert one([total(DAY, 5, cite="a leaflet")], []).report == "a leaflet"


def test_bounds_hold_the_figure_shown() -> None:
    found = one([total(DAY, 5)], [dated(DAY, "a", count=None, count_low=3)])
    figures = (found.on_record_low, found.on_record, found.on_record_high)
    assert all(low <= high for low, high in pairwise(figures))
