"""Spreadsheets, GeoPackages and CSV: read back by other programs, word for word."""

import csv
import io
import shutil
import sqlite3
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.compliance.finding import Finding
from pamiers.core.errors import UnknownTermError
from pamiers.core.table import SCHEMAS
from pamiers.ingest.rows.read import read_rows
from pamiers.ingest.rows.write import write_rows
from pamiers.mission.reading import ReadOptions
from pamiers.render.tabular import BOOK, FORMS, tabulate
from pamiers.render.tabular.dictionary import COLUMNS
from pamiers.render.tabular.sheet import (
    Sheet,
    guarded,
    sheet_of,
    sheet_of_lines,
    unguarded,
)
from pamiers.report.coarsen import CONFIDENTIAL
from pamiers.report.redaction import EDITIONS
from tests.fakes.reports import coverage, incidents, observations, rows

AT = datetime(2020, 7, 28, 6, tzinfo=UTC)
ABOUT = {"edition": "commission", "head": "9f" * 32}
COMMISSION = EDITIONS["commission"]
FORMULAS = ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "'quoted", "€ é"]


def sheets(edition: str = "commission") -> list[Sheet]:
    tables = [
        rows("observation", observations()),
        rows("coverage", coverage()),
        rows("incident", incidents()),
    ]
    return [sheet_of(each, EDITIONS[edition]) for each in tables]


def spoken(*words: str) -> Sheet:
    return Sheet(name="statement", columns=("text",), rows=tuple((w,) for w in words))


def made(form: str, given: list[Sheet]) -> dict[str, bytes]:
    return tabulate(given, form, about=ABOUT, at=AT)


def book(given: list[Sheet]) -> openpyxl.Workbook:
    data = made("xlsx", given)[BOOK["xlsx"]]
    return openpyxl.load_workbook(io.BytesIO(data))


def test_every_column_is_in_the_dictionary() -> None:
    columns = {name for schema in SCHEMAS.values() for name in schema.names}
    assert columns | set(Finding.__dataclass_fields__) == COLUMNS.keys()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_tables_give_the_same_bytes(form: str) -> None:
    assert made(form, sheets()) == made(form, sheets())


@pytest.mark.parametrize("form", FORMS)
def test_a_column_that_an_edition_never_holds_is_gone(form: str) -> None:
    for each in sheets("public"):
        assert not set(each.columns) & set(CONFIDENTIAL)
    for data in made(form, sheets("public")).values():
        assert b"observer" not in data


def test_a_workbook_gives_back_every_cell() -> None:
    found = book(sheets())
    for sheet in sheets():
        headings, tags, *lines = found[sheet.name].iter_rows(values_only=True)
        assert headings == sheet.columns
        assert tags == tuple(COLUMNS[name].hxl for name in sheet.columns)
        assert lines == list(sheet.rows)


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    page = book([spoken(*FORMULAS)])["statement"]
    cells = [page.cell(row, 1) for row in range(3, 3 + len(FORMULAS))]
    kinds = {cell.data_type for cell in cells}
    assert kinds == {"s"}
    assert [c.value.replace("_x000D_", "\r") for c in cells] == FORMULAS
    assert not any(cell.hyperlink for cell in cells)


def test_a_csv_gives_back_every_text_and_starts_no_formula() -> None:
    data = made("csv", [spoken(*FORMULAS)])["statement.csv"].decode()
    _, tags, *lines = csv.reader(io.StringIO(data, newline=""))
    assert tags == ["#description"]
    assert [unguarded(line[0]) for line in lines] == FORMULAS
    assert not any(line[0].startswith(tuple("=+-@\t\r")) for line in lines)


@given(st.text())
def test_guarding_can_be_undone_and_leaves_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_negative_number_in_a_csv_stays_a_number() -> None:
    sheet = Sheet(name="total", columns=("lon",), rows=((-3.5,),))
    assert made("csv", [sheet])["total.csv"].endswith(b"-3.5\r\n")


def test_lists_of_findings_are_joined() -> None:
    line = {"key": "F-1", "evidence": ["a", "b"], "attribution_share": [["east", 0.5]]}
    sheet = sheet_of_lines("finding", [line])
    assert dict(zip(sheet.columns, sheet.rows[0], strict=True)) == {
        "key": "F-1",
        "evidence": "a; b",
        "attribution_share": "east 0.5",
    }


def package(tmp_path: Path) -> Path:
    path = tmp_path / "made.gpkg"
    path.write_bytes(made("gpkg", sheets())[BOOK["gpkg"]])
    return path


def test_a_geopackage_is_a_whole_database_with_styles(tmp_path: Path) -> None:
    with sqlite3.connect(package(tmp_path)) as found:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert found.execute("PRAGMA foreign_key_check").fetchall() == []
        assert found.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        styled = found.execute("SELECT f_table_name FROM layer_styles").fetchall()
        layers = found.execute(
            "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'"
        ).fetchall()
    found.close()
    assert (
        sorted(styled)
        == sorted(layers)
        == [("coverage",), ("incident",), ("observation",)]
    )


def test_gdal_reads_the_layers_without_a_warning(tmp_path: Path) -> None:
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("ogrinfo (gdal-bin) is not on this machine")
    command = [ogrinfo, "-ro", "-al", str(package(tmp_path)), "incident"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Warning" not in told.stdout + told.stderr
    assert "Feature Count: 4" in told.stdout
    assert told.stdout.count("POINT (") == 4
    assert "start: DateTime" in told.stdout
    assert 'ID["EPSG",4326]' in told.stdout


@pytest.mark.integration
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    path = tmp_path / "made.xlsx"
    path.write_bytes(made("xlsx", [spoken(*FORMULAS[:4]), *sheets()])["pamiers.xlsx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    second = "44,34,76,1,,0,false,true,false,false,false,2"  # the sheet after `about`
    form = f"csv:Text - txt - csv (StarCalc):{second}"
    command = [office, profile, "--headless", "--convert-to", form]
    command += ["--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    (text,) = (tmp_path / "out").glob("*.csv")
    lines = list(csv.reader(io.StringIO(text.read_text(encoding="utf-8"))))
    assert [line[0] for line in lines[2:]] == FORMULAS[:4]


@pytest.mark.integration
def test_what_libreoffice_saves_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    texts = [each for each in FORMULAS if each.isprintable()]
    seen = [replace(each, text=text) for each in observations() for text in texts[:1]]
    first = observations()[0]
    seen = [
        replace(first, key=f"k{number}", text=text) for number, text in enumerate(texts)
    ]
    path = tmp_path / "out.csv"
    path.write_bytes(write_rows(rows("observation", seen)))
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    saved = tmp_path / "saved"
    command = [office, profile, "--headless", "--infilter=CSV:44,34,76,1"]
    command += ["--convert-to", form, "--outdir", str(saved), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    reading = read_rows((saved / "out.csv").read_bytes(), ReadOptions(file_name="x"))
    assert reading.quarantined == ()
    assert [each.text for each in reading.tables["observation"].views()] == texts


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(UnknownTermError, match="gpkg"):
        made("ods", sheets())
