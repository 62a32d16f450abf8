"""Published data as they stand: every row read, and what corrections changed."""

import gzip
import json
from datetime import UTC, date, datetime, time

from pamiers.core.geodesy import distance_m
from pamiers.core.rows import Observation, Row, Total
from pamiers.ingest.registry import get
from pamiers.mission.reading import Reading, ReadOptions, Release
from tests.shared import ROOT, SHARED, needs_shared

pytestmark = needs_shared
DATA = SHARED / "data"
MAPPING = ROOT / "src/pamiers/agreements/donbas-2020/mappings/smm-by-place.yaml"
GED = {
    "v19": "ucdp_ged_ukr_2014_2018_release_v19.csv.gz",
    "v20": "ucdp_ged_ukr_2014_2019_release_v20.csv.gz",
    "newest": "ucdp_ged_ukr_2014_2020-08.csv.gz",
}


def options(**more: object) -> ReadOptions:
    given = {"time_zone": "Europe/Kyiv", "cut_off": time(19, 30), **more}
    return ReadOptions(file_name="published.csv", **given)  # type: ignore[arg-type]


def rows(reading: Reading, kind: str) -> list[Row]:
    assert reading.quarantined == ()
    assert reading.rows_read == len(set(reading.origins[kind][:, 0].tolist()))
    return list(reading.tables[kind].views())


def observations() -> list[Row]:
    data = (DATA / "smm_by_place/smm_observations_2020.csv").read_bytes()
    asked = options(mapping=MAPPING.read_text())
    return rows(get("pamiers-csv").read(data, asked), "observation")


def test_observations_by_place_are_read_through_their_mapping() -> None:
    found = observations()
    assert len(found) == 46
    assert {row.source for row in found} == {"osce-smm"}
    by_key = {row.key: row for row in found if isinstance(row, Observation)}
    mixed, uncounted = by_key["UKR40056"], by_key["UKR40031"]
    assert (mixed.kind, mixed.weapons, mixed.count) == (
        "fire",
        "small arms; unknown",
        70,
    )
    assert (uncounted.kind, uncounted.count, uncounted.actor) == ("impact", None, None)
    assert json.loads(mixed.extra or "")["coded_firing_side"] == "UAF"
    assert mixed.start == datetime(2020, 7, 26, 21, tzinfo=UTC)
    assert mixed.end == datetime(2020, 7, 27, 21, tzinfo=UTC)


def test_observations_of_the_first_day_add_up_to_the_published_total() -> None:
    first = datetime(2020, 7, 26, 21, tzinfo=UTC)
    day = [row for row in observations() if isinstance(row, Observation)]
    assert sum(row.count or 0 for row in day if row.start == first) == 111


def test_claims_are_read_and_stay_claims() -> None:
    data = (DATA / "smm_by_place/party_claims_2020.csv").read_bytes()
    mapping = "values: {actor: {UAF: ua, NAF: dl}}\nspeaks_for: {JFO HQ/MoD: ua}\n"
    reading = get("claims-csv").read(data, options(mapping=mapping))
    found = [
        row for row in rows(reading, "observation") if isinstance(row, Observation)
    ]
    assert len(found) == 34
    assert {row.standing for row in found} == {"claimed"}
    assert {row.source for row in found} == {"dpr-press", "lpr-press", "jfo-hq-mod"}
    assert {row.actor for row in found} == {"ua", "dl"}
    assert [note.code for note in reading.notes].count("W-CLAIM") == 1


def test_published_counts_become_totals_of_the_reporting_day() -> None:
    data = (DATA / "osce_smm/smm_counts.csv").read_bytes()
    found = rows(get("counts-csv").read(data, options()), "total")
    totals = {row.key: row for row in found if isinstance(row, Total)}
    first = totals["178/2020/donetsk/violations"]
    assert (first.count, first.region, first.cite) == (111, "Donetsk", "178/2020")
    assert first.start == datetime(2020, 7, 26, 16, 30, tzinfo=UTC)
    assert first.end == datetime(2020, 7, 27, 16, 30, tzinfo=UTC)
    running = totals["185/2020/total/running"]
    assert (running.count, running.cumulative) == (251, True)
    assert running.start == datetime(2020, 7, 26, 21, 1, tzinfo=UTC)
    assert totals["283/2021/donetsk/violations"].previous == 265


def release(name: str) -> dict[str, Observation]:
    data = gzip.decompress((DATA / "ucdp_ukraine" / GED[name]).read_bytes())
    asked = options(release=Release(name=name, released_on=date(2020, 1, 1)))
    reading = get("ucdp-ged").read(data, asked)
    assert reading.header == 2
    found = [r for r in rows(reading, "observation") if isinstance(r, Observation)]
    assert {row.release for row in found} == {name}
    return {r.key: r for r in found if int(json.loads(r.extra or "")["year"]) <= 2019}


def compared(
    old: dict[str, Observation], new: dict[str, Observation]
) -> tuple[int, ...]:
    """Return how many are withdrawn, added, re-counted, moved and re-dated."""
    common = sorted(old.keys() & new.keys())
    moved = distance_m(
        *(
            [getattr(each[key], name) for key in common]
            for each in (old, new)
            for name in ("lon", "lat")
        )
    )
    return (
        len(old.keys() - new.keys()),
        len(new.keys() - old.keys()),
        sum(old[key].count != new[key].count for key in common),
        int((moved > 100.0).sum()),
        sum(old[key].start != new[key].start for key in common),
    )


def test_releases_differ_as_their_publisher_changed_them() -> None:
    first, second, newest = release("v19"), release("v20"), release("newest")
    assert compared(second, newest) == (94, 1604, 59, 80, 21)
    assert compared(first, second) == (0, 174, 0, 1, 0)
