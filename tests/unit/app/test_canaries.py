"""What must not leave the mission is planted, and looked for in all that leaves it."""

import json
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from pamiers.app.pages.marks import Wanted
from pamiers.app.pages.readers import reader_of
from pamiers.app.wiring import opened
from tests.unit.app.calling import HEADER, answer, begun, csv

#: words planted beside an observation, and the digits of where things were exactly
PLANTED = re.compile(
    rb"canary\w*|47\.7777\d*|37\.1111\d*|48\.1234\d*|37\.7611\d*|10:00:11|10:05:17"
)
OBSERVER = '"{""lat"":47.7777777,""lon"":37.1111111,""name"":""canaryobserver""}"'
PROSE = """OSCE SMM daily report 28 July 2020

On 27 July, while at canaryobserver positioned 2km north of Hnutove
(government-controlled, 20km north-east of Mariupol), the SMM heard five undetermined
explosions 2-4km east.
On the evening of 26 July, the SMM camera 1.5km north-east of Hnutove
(government-controlled, 20km north-east of Mariupol) recorded three undetermined
explosions, all 2-4km east-north-east.
"""


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("canaryfolder")
    times = "2020-07-27T10:00:11+03:00,2020-07-27T10:05:17+03:00"
    rows = [
        f"osce,{key},{times},48.1234567,37.7611111,100,{kind},3,"
        f"canarytext,{OBSERVER},canarycolumn\n"
        for key, kind in (("1", "explosion"), ("2", "explosion"), ("3", "canarykind"))
    ]
    file = csv(folder / "canaryfile.csv", *rows)
    wider = HEADER.replace("\n", ",text,observer,canaryname\n")
    file.write_text(file.read_text().replace(HEADER, wider))
    report = folder / "canaryreport.txt"
    report.write_text(PROSE)
    begun(folder / "m")
    answer("ingest", folder / "m", file, "--format", "pamiers-csv", code=3)
    answer("ingest", folder / "m", report, "--format", "smm-report")
    return folder / "m"


def artefacts(mission: Path, out: Path, edition: str) -> Path:
    answer("export", mission, "-o", out / "export", "--edition", edition)
    for form in ("csv", "xlsx", "gpkg"):
        told = ("--edition", edition, "--format", form)
        answer("export", mission, "-o", out / f"export-{form}", *told)
    if edition == "public":
        with pytest.MonkeyPatch.context() as patched:
            # the pages themselves are the same for every mission
            patched.setattr("pamiers.app.site.front_files", lambda: {"i": b""})
            answer("site", mission, "-o", out / "site")
    for form in ("html", "pdf", "json", "geojson", "svg"):
        for kind in ("daily", "weekly") if form in {"html", "json"} else ("daily",):
            asked = ("--edition", edition, "--format", form, "--kind", kind)
            target = out / f"{kind}.{form}"
            answer("report", mission, "--day", "2020-07-27", *asked, "-o", target)
    return out


def contents(folder: Path) -> Iterator[bytes]:
    """Yield every file, and every compressed stream in one."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield data
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    yield from (packed.read(name) for name in packed.namelist())
            for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
                inflated = zlib.decompressobj()
                try:
                    yield inflated.decompress(found[1])
                except zlib.error:
                    continue


@pytest.mark.parametrize("edition", ["public", "parties", "commission"])
def test_no_tile_holds_what_was_planted(mission: Path, edition: str) -> None:
    with opened(mission) as held:
        reader = reader_of(held, edition, folder=mission)
        marks = reader.marks()
    tiles = [marks.tile(Wanted(), z, *at(37.7611111, 48.1234567, z)) for z in range(15)]
    assert all(tiles[:8])
    told = b"".join([*tiles, orjson.dumps(marks.listed(Wanted(), 0, 500))])
    secret = b"canary" if edition == "commission" else PLANTED.pattern
    assert re.findall(secret, told) == []
    finest = {round(each * 50, 6) % 1 for each in marks.x * 360 - 180}
    assert (finest <= {0.0, 1.0}) is (edition != "commission")


def at(lon: float, lat: float, z: int) -> tuple[int, int]:
    """Return the tile that holds a position."""
    turned = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    shares = ((lon + 180) / 360, (1 - turned / math.pi) / 2)
    column, row = (int(each * 2**z) for each in shares)
    return column, row


@pytest.mark.parametrize("edition", ["public", "parties"])
def test_nothing_planted_leaves_the_mission(
    mission: Path, tmp_path: Path, edition: str
) -> None:
    found: set[bytes] = set()
    for data in contents(artefacts(mission, tmp_path, edition)):
        found.update(PLANTED.findall(data))
    assert found == set()


def test_the_commission_gets_what_was_planted(mission: Path, tmp_path: Path) -> None:
    answer("export", mission, "-o", tmp_path, "--edition", "commission")
    found = set(PLANTED.findall((tmp_path / "observation.jsonl").read_bytes()))
    assert {b"canaryobserver", b"canarytext", b"canarycolumn"} <= found


def test_no_message_repeats_what_was_planted(mission: Path) -> None:
    for item in answer("quarantine", "list", mission):
        assert not re.search("observer|47.7777|37.1111", item["message"])


@pytest.mark.parametrize("form", ["csv", "xlsx", "gpkg"])
def test_the_commission_finds_it_in_every_form(
    mission: Path, tmp_path: Path, form: str
) -> None:
    asked = ("--edition", "commission", "--format", form)
    answer("export", mission, "-o", tmp_path, *asked)
    told = b"".join(contents(tmp_path))
    planted = (b"canaryobserver", b"canarytext", b"canarycolumn", b"47.7777777")
    assert [each for each in planted if each not in told] == []


def test_another_form_is_not_left_lying_beside(mission: Path, tmp_path: Path) -> None:
    answer("export", mission, "-o", tmp_path, "--format", "xlsx")
    answer("export", mission, "-o", tmp_path, "--format", "gpkg", code=2)


def test_a_later_entry_shows_in_the_report_that_was_issued(
    mission: Path, tmp_path: Path
) -> None:
    asked = ("report", mission, "--day", "2020-07-27", "-o", tmp_path / "r.html")
    first = answer(*asked, "--issue")
    assert (first["corrected"], first["new_entries"]) == (False, 1)
    assert answer(*asked, "--issue")["new_entries"] == 0
    row = "osce,late,2020-07-27T11:00Z,2020-07-27T11:05Z,48.1,37.9,100,explosion,9"
    late = mission.parent / "late.csv"
    late.write_text(f"{HEADER}{row}\n")
    answer("ingest", mission, late, "--format", "pamiers-csv")
    assert answer(*asked)["corrected"] is True
    assert b'id="corrected"' in (tmp_path / "r.html").read_bytes()


@pytest.mark.parametrize(
    ("edition", "whole_km"), [("public", True), ("commission", False)]
)
def test_a_margin_is_no_finer_than_a_place(
    mission: Path, tmp_path: Path, *, edition: str, whole_km: bool
) -> None:
    heavy = HEADER.replace("count\n", "count,weapons\n")
    row = "osce,9,2020-07-27T10:00Z,2020-07-27T10:05Z,48.1,37.9,100"
    file = mission.parent / "heavy.csv"
    file.write_text(f"{heavy}{row},weapon_presence,2,howitzer 152 mm\n")
    answer("ingest", mission, file, "--format", "pamiers-csv")
    answer("export", mission, "-o", tmp_path, "--edition", edition)
    lines = (tmp_path / "finding.jsonl").read_bytes().splitlines()
    margins = [json.loads(each)["margin_m"] for each in lines]
    stated = [margin for margin in margins if margin is not None]
    assert stated
    assert all(margin % 1000 == 0 for margin in stated) is whole_km


def test_two_editions_never_lie_in_one_folder(mission: Path, tmp_path: Path) -> None:
    for edition, code in (
        ("commission", 0),
        ("commission", 0),
        ("public", 2),
        ("parties", 2),
    ):
        answer("export", mission, "-o", tmp_path, "--edition", edition, code=code)
    assert (tmp_path / "statement.jsonl").is_file()


def test_what_an_earlier_export_left_is_not_taken_for_this_one(
    mission: Path, tmp_path: Path
) -> None:
    answer("export", mission, "-o", tmp_path)
    asked = ("export", mission, "-o", tmp_path, "--as-of", "2020-01-01T00:00Z")
    assert "finding.jsonl" in answer(*asked, code=2)["message"]
    (tmp_path / "about.json").write_text("{}")
    assert "unnamed" in answer("export", mission, "-o", tmp_path, code=2)["message"]
