"""A finding's page: what is new since it was assessed; and reports as issued."""

from pathlib import Path
from typing import Any

import pytest

from pamiers.app.issued_copies import issued_copy
from pamiers.app.pages.catalogue import page
from pamiers.app.pages.readers import reader_of
from pamiers.app.wiring import now, opened
from tests.unit.app.calling import answer, begun, csv, line


def shown(folder: Path, key: str) -> Any:  # noqa: ANN401 - any JSON
    with opened(folder) as mission:
        reader = reader_of(mission, "commission", folder=folder)
        return page(reader, f"finding/{key}", now())


def breached(folder: Path) -> str:
    with opened(folder) as mission:
        reader = reader_of(mission, "commission", folder=folder)
        return next(e.key for e in reader.findings if e.evidence)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = begun(tmp_path / "m")
    answer("ingest", made, csv(tmp_path / "a.csv", line("1")))
    answer("fuse", made)
    return made


def test_a_finding_tells_what_is_new_and_then_what_the_assessment_changed(
    folder: Path, tmp_path: Path
) -> None:
    key = breached(folder)
    first = shown(folder, key)
    assert (first["assessed"], first["newer"], first["since"]) == (None, True, None)
    answer("assess", folder)
    told = shown(folder, key)
    assert (told["newer"], told["since"], told["before"]) == (False, [], None)
    late = csv(tmp_path / "b.csv", line("2").replace("48.0,37.8", "48.3,38.1"))
    answer("ingest", folder, late)
    told = shown(folder, key)
    assert told["newer"]
    (evidence,) = [each for each in told["since"] if each["field"] == "evidence"]
    assert len(evidence["was"]) == 1
    assert len(evidence["now"]) == 2
    answer("fuse", folder)
    answer("assess", folder)
    again = shown(folder, key)
    assert (again["newer"], again["since"]) == (False, [])
    (then,) = [each for each in again["before"] if each["field"] == "evidence"]
    assert len(then["now"]) == len(then["was"]) + 1
    with opened(folder) as mission:
        mission.projections.clear()
    assert shown(folder, key)["before"] is None


def test_a_report_is_kept_as_it_was_issued_for_those_it_was_issued_for(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.html"
    answer("report", folder, "--day", "2020-07-27", "--issue", "-o", out)
    kept = sorted(each.name for each in (folder / "issued").iterdir())
    assert [each.split("-")[-1] for each in kept] == [
        f"{code}.html" for code in ("en", "fr", "lv", "uk")
    ]
    assert issued_copy(folder, kept[0], "public") is not None
    assert issued_copy(folder, kept[0], "commission") is None
    for name in ("../mission.json", "x-public-en.html", kept[0].replace("en", "xx")):
        assert issued_copy(folder, name, "public") is None
