"""Every case of the catalogue of bad inputs that reading must withstand."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from pamiers.core.instant import format_instant
from pamiers.core.table import RECORDED
from pamiers.ingest.codes import CODES
from pamiers.ingest.registry import get
from pamiers.mission.reading import Reading, ReadOptions
from tests.badinput.ingest.case import GENERATED
from tests.badinput.ingest.write_inputs import CASES

FOLDERS = sorted(case.folder for case in CASES)
OWN = frozenset({"format", "generated", "within_s"})


def read(folder: Path) -> Reading:
    """Read a case as its options say."""
    options: dict[str, Any] = json.loads((folder / "options.json").read_text())
    given = {name: value for name, value in options.items() if name not in OWN}
    if "bounds" in given:
        given["bounds"] = tuple(given["bounds"])
    if "generated" in options:
        data = GENERATED[options["generated"]]()
    else:
        data = next(folder.glob("input.*")).read_bytes()
    begin = time.process_time()
    asked = ReadOptions(file_name=folder.name, **given)
    reading = get(options["format"]).read(data, asked)
    assert time.process_time() - begin < options.get("within_s", 60)
    return reading


def accepted_lines(reading: Reading) -> list[int]:
    return [
        int(line)
        for kind in RECORDED
        if kind in reading.origins
        for line in reading.origins[kind][:, 1]
    ]


def plain(value: object) -> object:
    return format_instant(value) if hasattr(value, "tzinfo") else value  # type: ignore[arg-type]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_case(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text())
    reading = read(folder)
    refused = [[q.line, q.code, q.column] for q in reading.quarantined]
    assert refused == expected["quarantined"]
    assert reading.rows_read == expected["rows_read"]
    assert len(accepted_lines(reading)) == expected["accepted"]
    codes = {note.code for note in reading.notes}
    assert codes >= set(expected["notes"])
    assert not codes - set(CODES)
    if "lines" in expected:
        assert accepted_lines(reading) == expected["lines"]
    for code, line in expected.get("note_lines", {}).items():
        assert [n.line for n in reading.notes if n.code == code] == [line]
    assert reading.header == expected.get("header", reading.header)
    check_values(reading, expected)


def check_values(reading: Reading, expected: dict[str, Any]) -> None:
    views = [view for table in reading.tables.values() for view in table.views()]
    if "values" not in expected or not any(expected["values"]):
        return
    assert len(views) == len(expected["values"])
    for view, values in zip(views, expected["values"], strict=True):
        for name, value in values.items():
            found = plain(getattr(view, name))
            if isinstance(value, float):
                assert found == pytest.approx(
                    value, abs=expected.get("tolerance", 1e-7)
                )
            else:
                assert found == value


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_refusal_says_what_to_do(folder: Path) -> None:
    for refused in read(folder).quarantined:
        assert refused.code in CODES
        assert refused.message.startswith("expected ")
        assert ", got " in refused.message
        assert refused.remedy.endswith(".")
        assert len(refused.raw.encode()) <= 4 * 32_768


def test_inputs_are_those_of_the_script() -> None:
    written = {path: data for case in CASES for path, data in case.files()}
    assert {path: path.read_bytes() for path in written} == written
