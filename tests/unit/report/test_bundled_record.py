"""The bundled case's record reads whole, and says where each row comes from."""

import re
from datetime import date, time

import pytest

from pamiers.core.instant import reporting_date
from pamiers.core.rows import Observation
from pamiers.core.table import Table
from pamiers.ingest.formats.counts_csv import FORMAT as COUNTS
from pamiers.ingest.formats.pamiers_csv import FORMAT as ROWS
from pamiers.mission.reading import Format, Reading, ReadOptions
from tests.fakes.reports import KYIV
from tests.shared import ROOT

FOLDER = ROOT / "src/pamiers/agreements/donbas-2020"
CUT_OFF = time(19, 30)
FILES: dict[str, tuple[Format, str | None, str]] = {
    "observations.csv": (ROWS, None, "observation"),
    "coverage.csv": (ROWS, "coverage.yaml", "coverage"),
    "published.csv": (ROWS, "published.yaml", "total"),
    "totals.csv": (COUNTS, None, "total"),
}


def read(name: str) -> Reading:
    form, mapping, _ = FILES[name]
    path = FOLDER / "record" / name
    options = ReadOptions(
        file_name=name,
        time_zone="Europe/Kyiv",
        cut_off=CUT_OFF,
        mapping=(FOLDER / "mappings" / mapping).read_text() if mapping else None,
        parties=("ua", "cadlr"),
    )
    return form.read(path.read_bytes(), options)


def table(name: str) -> Table:
    return read(name).tables[FILES[name][2]]


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_quarantined(name: str) -> None:
    reading = read(name)
    assert reading.quarantined == ()
    assert reading.rows_read == (FOLDER / "record" / name).read_text().count("\n") - 1


@pytest.mark.parametrize("name", FILES)
def test_every_row_names_its_report(name: str) -> None:
    cites = table(name).columns["cite"].to_pylist()
    assert all(cites)
    assert all(re.search(r"\d{4}", cite) for cite in cites)


def test_the_mission_names_nobody_for_fire() -> None:
    for row in table("observations.csv").views():
        if isinstance(row, Observation) and row.actor:
            assert row.kind in {"access_denied", "access_delayed"}


def test_descriptions_are_short_and_our_own() -> None:
    for name in ("observations.csv", "coverage.csv"):
        for text in table(name).columns["text"].to_pylist():
            assert text is None or len(text.split()) <= 30


@pytest.mark.parametrize(
    "day",
    [
        *(date(2016, 1, 16), date(2016, 3, 29), date(2017, 2, 7), date(2017, 7, 16)),
        *(date(2017, 7, 19), date(2017, 8, 9), date(2018, 9, 24), date(2018, 10, 5)),
        *(date(2018, 10, 10), date(2020, 5, 15), date(2020, 7, 27), date(2020, 8, 6)),
        *(date(2020, 12, 16), date(2021, 12, 2), date(2022, 2, 2)),
    ],
)
def test_further_mission_days_have_rows(day: date) -> None:
    rows = table("observations.csv").views()
    days = {
        reporting_date(row.interval.middle, CUT_OFF, KYIV)
        for row in rows
        if isinstance(row, Observation)
    }
    # A night watched before midnight is of the next morning's report.
    assert day in days


def test_totals_hold_the_figures_of_the_first_day() -> None:
    rows = table("totals.csv").columns.to_pylist()
    first = {
        row["region"]: row["count"]
        for row in rows
        if row["cite"] == "178/2020" and row["kind"] == "ceasefire_violation"
    }
    assert first == {"Donetsk": 111, "Luhansk": 0, None: 111}
