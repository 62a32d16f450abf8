"""The field form goes to ODK and Kobo, and what they collect comes back."""

import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from pyxform.xls2xform import convert
from xlsxwriter import Workbook

from pamiers.core.kind import KINDS
from pamiers.ingest.mapping import read_mapping
from pamiers.ingest.odk.workbook import read_workbook
from tests.unit.app.calling import answer, begun

SPOT = "48.1331 37.8080 0 0"
HERE = "48.10 37.80 120 4.5"
SEEN = {
    "row": "observation", "g_seen/kind": "explosion", "g_seen/means": "heard",
    "g_seen/count": "10", "g_seen/count_manner": "more",
    "g_time/time_manner": "about", "g_time/begin": "2020-07-27T10:30:20.000+03:00",
    "g_place/place_way": "map", "g_place/where": SPOT, "g_place/radius": "500",
    "g_place/observer": HERE, "note": "=1+1",
}  # fmt: skip
NOTHING = {
    "row": "coverage", "g_nothing/watched": "fire", "g_nothing/radius_km": "5",
    "g_time/begin": "2020-07-27T09:00:00.000+03:00",
    "g_time/until": "2020-07-27T14:20:00.000+03:00",
    "g_place/place_way": "map", "g_place/where": HERE,
}  # fmt: skip


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begun(tmp_path_factory.mktemp("form") / "mission")


@pytest.fixture(scope="module")
def xform(mission: Path) -> ET.Element:
    """Return the form as ODK's own converter reads it."""
    file = mission.parent / "form.xlsx"
    answer("form", "export", mission, "-o", file, "--language", "uk", "--source", "eum")
    made = convert(str(file))
    assert made.warnings == []
    return ET.fromstring(made.xform)  # noqa: S314 - made here


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def instance(xform: ET.Element, answers: dict[str, str], key: str) -> bytes:
    """Return what a phone sends: the form's own instance with answers filled in."""
    model = next(each for each in xform.iter() if local(each) == "instance")
    data = ET.fromstring(ET.tostring(model[0]))  # noqa: S314 - made here
    for path, text in {**answers, "meta/instanceID": f"uuid:{key}"}.items():
        at = data
        for step in path.split("/"):
            at = next(each for each in at if local(each) == step)
        at.text = text
    source = next(each for each in data if local(each) == "source")
    source.text = "eum"  # what the phone reckons from the form
    return ET.tostring(data)


def test_the_form_speaks_every_language_and_asks_what_the_page_asks(
    xform: ET.Element,
) -> None:
    spoken = [e.get("lang", "") for e in xform.iter() if local(e) == "translation"]
    assert [re.findall(r"\((\w+)\)", each)[0] for each in spoken] == [
        *("uk", "en", "fr", "lv")
    ]
    binds = {
        each.get("nodeset", ""): each for each in xform.iter() if local(each) == "bind"
    }
    begin = binds["/data/g_time/begin"]
    assert begin.get("constraint") == ". <= now()"
    assert "coverage" in (binds["/data/g_nothing"].get("relevant") or "")
    text = ET.tostring(xform, "unicode")
    assert "Відмова в доступі" in text
    assert "Avec quelle précision" in text
    unseen = {"any", "fatal_violence", "ceasefire_violation"}
    assert [kind for kind in KINDS - unseen if f">{kind}<" not in text] == []


def test_the_same_mission_gives_the_same_bytes(mission: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for file in files:
        answer("form", "export", mission, "-o", file)
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [("--format", "pdf", 1), ("--language", "de", 1), ("--source", "a' or 1", 2)],
)
def test_what_there_is_not_is_refused(
    mission: Path, tmp_path: Path, option: str, value: str, code: int
) -> None:
    file = tmp_path / "form.xlsx"
    said = answer("form", "export", mission, "-o", file, option, value, code=code)
    assert repr(value) in said["message"]
    assert not file.exists()


def taken(mission: Path, file: Path, *more: object, code: int = 0) -> Any:  # noqa: ANN401 - any JSON
    return answer("ingest", mission, file, "--format", "odk", *more, code=code)


def test_what_a_phone_sends_is_taken_without_a_mapping(
    mission: Path, xform: ET.Element, tmp_path: Path
) -> None:
    both = [instance(xform, SEEN, "a-1"), instance(xform, NOTHING, "a-2")]
    file = tmp_path / "submissions.xml"
    file.write_bytes(b"<submissions>" + b"\n".join(both) + b"</submissions>")
    found = taken(mission, file)
    assert (found["accepted"], found["quarantined"]) == (2, 0)
    assert taken(mission, file)["duplicate"] == 2


def form_of(survey: list[list[str]], choices: list[list[str]]) -> bytes:
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in (("Survey", survey), ("choices", choices)):
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return out.getvalue()


FOREIGN = form_of(
    [
        ["type", "name", "label"],
        ["start", "start", ""],
        ["deviceid", "deviceid", ""],
        ["select_one what", "q_подія", "Що сталося"],
        ["dateTime", "q_time", "Коли"],
        ["geopoint", "q_where", "Де"],
        ["geopoint", "q_me", "Де ви"],
        ["integer", "number", "Скільки"],
        ["begin repeat", "shells", ""],
        ["text", "calibre", ""],
        ["end repeat", "", ""],
        ["text", "remark", ""],
    ],
    [
        ["list_name", "name", "label"],
        ["what", "explosion", "Вибух"],
        ["what", "shot", "Постріл"],
        ["what", "salute", "Салют"],
    ],
)


def test_a_form_in_use_becomes_a_mapping_and_says_what_is_left(
    mission: Path, tmp_path: Path
) -> None:
    form, mapping = tmp_path / "theirs.xlsx", tmp_path / "theirs.yaml"
    form.write_bytes(FOREIGN)
    said = answer("form", "import", form, "-o", mapping)
    becomes = {each["name"]: each["becomes"] for each in said["questions"]}
    assert becomes["q_подія"] == "kind (by its answers)"
    assert becomes["q_me"].startswith("left out")
    assert becomes["deviceid"].startswith("left out")
    assert becomes["calibre"].startswith("kept in `extra` as JSON")
    assert any("'salute'" in each for each in said["to_do"])
    assert read_mapping(mapping.read_text()).columns["q_where.Latitude"] == "lat"
    csv = (
        "SubmissionDate,start,q_подія,q_time,q_where-Latitude,q_where-Longitude,"
        "q_where-Altitude,q_where-Accuracy,q_me-Latitude,q_me-Longitude,"
        "q_me-Altitude,q_me-Accuracy,number,remark,meta-instanceID,SubmitterName,KEY\n"
        "2020-07-28T01:00:00Z,2020-07-27T20:00:00+03:00,explosion,"
        "2020-07-27T19:00:00.000+03:00,48.1331,37.8080,0,20,48.0999,37.7999,0,5,3,"
        "зауваження,uuid:b-1,Ivan Canary,uuid:b-1\n"
        "2020-07-28T01:00:00Z,2020-07-27T20:00:00+03:00,salute,"
        "2020-07-27T19:30:00.000+03:00,48.1331,37.8080,0,20,48.0999,37.7999,0,5,3,"
        ",uuid:b-2,Ivan Canary,uuid:b-2\n"
    )
    file = tmp_path / "theirs.csv"
    file.write_text(csv)
    options = ("--mapping", mapping, "--source", "partner")
    found = taken(mission, file, *options, code=3)
    assert (found["accepted"], found["quarantined"]) == (1, 1)
    assert found["refusals"][0]["code"] == "Q-KIND"
    for edition in ("public", "parties", "commission"):
        out = tmp_path / edition
        answer("export", mission, "-o", out, "--edition", edition)
        told = b"".join(each.read_bytes() for each in out.iterdir())
        assert b"Ivan Canary" not in told
        assert b"48.0999" not in told


def test_the_missions_own_form_needs_no_mapping(mission: Path, tmp_path: Path) -> None:
    form, mapping = tmp_path / "form.xlsx", tmp_path / "own.yaml"
    answer("form", "export", mission, "-o", form)
    said = answer("form", "import", form, "-o", mapping)
    assert "own form" in said["questions"][0]["becomes"]
    assert said["to_do"] == []


def bomb() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", 8) as archive:
        archive.writestr("xl/workbook.xml", b" " * 200_000_000)
    return out.getvalue()


def with_doctype() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("xl/_rels/workbook.xml.rels", "<a/>")
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"type,name\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0old", bomb(),
        with_doctype(), form_of([["type", "name"]], []), form_of([], []),
        FOREIGN[:-400],
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused(data: bytes, tmp_path: Path) -> None:
    form, mapping = tmp_path / "f.xlsx", tmp_path / "m.yaml"
    form.write_bytes(data)
    said = answer("form", "import", form, "-o", mapping, code=1)
    assert "f.xlsx" in said["message"]
    assert not mapping.exists()


def test_a_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    page = book.add_worksheet("survey")
    page.write_row(0, 0, ["type", "name"])
    page.write_row(1, 0, ["text", "a"])
    page.write_string(1_048_575, 16_383, "far")
    book.close()
    found = read_workbook(out.getvalue(), "far.xlsx")
    assert found["survey"] == [{"type": "text", "name": "a"}]
