"""The days round 27 July 2020, from reference rows that are not part of the project."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from pamiers.core.instant import calendar_day, reporting_day
from pamiers.core.rows import Observation, Total
from pamiers.core.table import Table, table_of
from pamiers.report.claims import beside_observations, claim_tally
from pamiers.report.period import period_of
from pamiers.report.reconciliation import Outcome, Reconciled, reconcile
from pamiers.report.sectors import Sectors
from tests.fakes.reports import KYIV, agreement
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
FOLDER = SHARED / "data" / "smm_by_place"
COUNTS = SHARED / "data" / "osce_smm" / "smm_counts.csv"
KINDS = {"explosions": "explosion", "projectiles": "projectile", "shots": "shot"}
SINCE = datetime(2020, 7, 26, 21, 1, tzinfo=UTC)


def lines(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def place_of(row: dict[str, str]) -> dict[str, object]:
    span = calendar_day(date.fromisoformat(row["date"]), KYIV)
    return {
        "key": row["ref"],
        "start": span.start,
        "end": span.end,
        "lon": float(row["lon"]),
        "lat": float(row["lat"]),
        "radius_m": 3000.0,
        "place": row["place"],
        "region": row["region"],
    }


@cache
def record() -> Table:
    observed = [
        Observation(
            source="osce-smm",
            kind=KINDS.get(row["kinds"], "fire"),
            count=int(row["count"]) if row["count"] else None,
            **place_of(row),  # type: ignore[arg-type]
        )
        for row in lines("smm_observations_2020.csv")
    ]
    claimed = [
        Observation(
            source=row["claimant"],
            standing="claimed",
            kind="fire",
            actor=row["accused"],
            **place_of(row),  # type: ignore[arg-type]
        )
        for row in lines("party_claims_2020.csv")
    ]
    return table_of("observation", [*observed, *claimed])


def totals() -> Iterator[Total]:
    with COUNTS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["issued"]) - timedelta(days=1)
            window = reporting_day(day, time(19, 30), KYIV)
            common = {"source": "osce-smm", "end": window.end, "cite": row["report"]}
            for region in ("donetsk", "luhansk"):
                if row[f"{region}_violations"]:
                    yield Total(
                        key=f"{row['report']}/{region}",
                        start=window.start,
                        region=region.title(),
                        count=int(row[f"{region}_violations"]),
                        **common,  # type: ignore[arg-type]
                    )
            running = row["cumulative_since_2020-07-27T00:01"]
            if running:
                yield Total(
                    key=f"{row['report']}/running",
                    start=SINCE,
                    cumulative=True,
                    count=int(running),
                    **common,  # type: ignore[arg-type]
                )


def of(day: date) -> dict[tuple[str, str | None], Reconciled]:
    made = agreement()
    found = reconcile(
        table_of("total", totals()), record(), period_of(made, day), Sectors(made)
    )
    return {(each.report, each.region): each for each in found}


def test_27_july_has_111_as_published() -> None:
    found = of(date(2020, 7, 27))
    for region in ("donetsk", None):
        each = found["178/2020", region]
        assert (each.published, each.on_record) == (111, 111)
        assert each.outcome is Outcome.MATCHES
    assert found["178/2020", "luhansk"].on_record == 0


def test_121_to_28_july_as_published() -> None:
    each = of(date(2020, 7, 28))["179/2020", None]
    assert (each.published, each.on_record) == (121, 121)
    assert each.outcome is Outcome.MATCHES


def test_123_is_reached_a_reporting_day_early() -> None:
    each = of(date(2020, 7, 30))["181/2020", None]
    assert (each.published, each.on_record, each.reached_on) == (
        123,
        124,
        date(2020, 7, 29),
    )
    assert (each.on_record_low, each.on_record_high) == (123, 124)
    assert each.outcome is Outcome.REACHED_EARLY
    assert dict(each.note.params)["cut_off"] == "19:30"


def test_the_gap_by_4_august_is_reported_as_a_gap() -> None:
    each = of(date(2020, 8, 4))["185/2020", None]
    assert (each.published, each.on_record, each.difference) == (251, 137, 114)
    assert each.outcome is Outcome.GAP


def test_two_of_23_claims_have_an_observation_within_5_km_that_day() -> None:
    first, last = date(2020, 7, 27), date(2020, 8, 3)
    beside = beside_observations(record(), period_of(agreement(), last), first)
    found = claim_tally(beside, (first, last), [], [])
    assert (found.total.claims, found.total.near) == (23, 2)
    assert sum(count.claims for _, count in found.by_claimant) == 23
    assert len(found.by_claimant) == 3
