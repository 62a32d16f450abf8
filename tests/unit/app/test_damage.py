"""A damaged mission says what is damaged; it neither crashes nor looks away."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.unit.app.calling import answer, begun, csv, line

Damage = Callable[[Path], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = begun(tmp_path_factory.mktemp("whole") / "m")
    file = csv(folder.parent / "rows.csv", line("1"), line("2"), "osce,3\n")
    answer("ingest", folder, file, code=3)
    answer("fuse", folder)
    assert answer("replay", folder)["differences"] == []
    return folder


@pytest.fixture
def mission(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "m")
    return tmp_path / "m"


def altered(statement: str) -> Damage:
    """Return what alters a record behind its own back."""

    def damage(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "record.sqlite")) as record:
            for table in ("entry", "payload"):
                for act in ("update", "delete"):
                    record.execute(f"DROP TRIGGER {table}_no_{act}")
            record.execute(statement)
            record.commit()

    return damage


def cut(folder: Path) -> None:
    path = folder / "record.sqlite"
    path.write_bytes(path.read_bytes()[:20_000])


def overwritten(folder: Path) -> None:
    (folder / "record.sqlite").write_bytes(b"no database" * 1000)


def emptied(folder: Path) -> None:
    (folder / "record.sqlite").write_bytes(b"")


def scrambled(folder: Path) -> None:
    path = folder / "record.sqlite"
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data) - 64, 4096):
        data[at : at + 64] = bytes(64)
    path.write_bytes(data)


def unversioned(folder: Path) -> None:
    altered("DELETE FROM alembic_version")(folder)


def of_another_branch(folder: Path) -> None:
    altered("UPDATE alembic_version SET version_num = '0000'")(folder)


@pytest.mark.parametrize(
    "damage", [cut, overwritten, emptied, scrambled, unversioned, of_another_branch]
)
@pytest.mark.parametrize("verb", ["status", "fuse", "assess", "replay"])
def test_a_record_that_cannot_be_read_is_told(
    mission: Path, damage: Damage, verb: str
) -> None:
    damage(mission)
    shutil.rmtree(mission / "projections")
    said = answer(verb, mission, code=1)
    assert said["error"] == "StoreError"


FORGED = {
    "content": "UPDATE entry SET content = '{}' WHERE kind = 'rows'",
    "kind": "UPDATE entry SET kind = 'file' WHERE kind = 'quarantine'",
    "time": "UPDATE entry SET recorded_at = '2020-01-01T00:00:00Z' WHERE position = 1",
    "gap": "UPDATE entry SET position = position + 5 WHERE kind = 'fusion'",
    "rows": "UPDATE payload SET data = x'00' WHERE name = 'rows'",
    "origins": "UPDATE payload SET data = x'00' WHERE name = 'origins'",
    "digests": "UPDATE payload SET data = zeroblob(64) WHERE name = 'digests'",
    "items": "UPDATE payload SET data = '[]' WHERE name = 'items'",
    "lost rows": "DELETE FROM payload WHERE name = 'rows'",
}


@pytest.mark.parametrize("statement", FORGED.values(), ids=FORGED)
def test_a_replay_finds_what_was_altered(mission: Path, statement: str) -> None:
    altered(statement)(mission)
    assert answer("replay", mission, code=4)["error"] == "LedgerMismatchError"


@pytest.mark.parametrize("statement", FORGED.values(), ids=FORGED)
def test_no_command_fails_without_a_word(mission: Path, statement: str) -> None:
    altered(statement)(mission)
    shutil.rmtree(mission / "projections")
    for call in (
        ("status", mission),
        ("quarantine", "list", mission),
        ("export", mission, "-o", mission.parent / "out"),
    ):
        try:
            answer(*call)
        except AssertionError:
            answer(*call, code=1)


def test_a_replay_finds_a_lost_or_altered_original(mission: Path) -> None:
    (original,) = (mission / "originals").glob("*/*")
    data = original.read_bytes()
    original.write_bytes(data + b"x")
    assert "altered" in answer("replay", mission, code=4)["remedy"]
    original.unlink()
    assert "originals folder" in answer("replay", mission, code=4)["remedy"]
    again = mission.parent / "again.csv"
    again.write_bytes(data)
    answer("ingest", mission, again, code=3)
    assert answer("replay", mission)["differences"] == []


def test_an_original_cut_short_is_mended_by_filing_it_again(mission: Path) -> None:
    (original,) = (mission / "originals").glob("*/*")
    again = mission.parent / "again.csv"
    again.write_bytes(original.read_bytes())
    original.write_bytes(b"")
    answer("ingest", mission, again, code=3)
    assert answer("replay", mission)["differences"] == []


@pytest.mark.parametrize("rubbish", [b"", b"x", b"x\ny", None])
def test_projections_may_be_anything(mission: Path, rubbish: bytes | None) -> None:
    answer("assess", mission)
    right = answer("export", mission, "-o", mission.parent / "right")["files"]
    for path in (mission / "projections").iterdir():
        if rubbish is None:
            path.unlink()
            path.mkdir()
            path.rmdir()
        else:
            path.write_bytes(rubbish)
    assert answer("export", mission, "-o", mission.parent / "again")["files"] == right
    for name in right:
        pair = [(mission.parent / f / name).read_bytes() for f in ("right", "again")]
        assert pair[0] == pair[1]


@pytest.mark.parametrize("name", ["a?b=1", "50%41", "a#b", "Маріуполь ;'"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = begun(tmp_path / name)
    assert (folder / "record.sqlite").is_file()
    assert answer("status", folder)["mission"] == name
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_mission_never_begun_says_how_to_begin_it(tmp_path: Path) -> None:
    folder = begun(tmp_path / "m")
    (folder / "record.sqlite").write_bytes(b"")
    remedy = answer("status", folder, code=1)["remedy"]
    assert "remove the folder" in remedy
