"""A bit that flips in any file of a mission is found, and said to be where it is."""

import os
import random
import shutil
from pathlib import Path

import pytest

from pamiers.app.backup import backup, restore
from pamiers.app.fsck import fsck
from pamiers.app.log_key import log_key
from pamiers.app.wiring import created, opened
from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.ledger.checkpoint import Checkpoint
from pamiers.mission.happened import fuse
from pamiers.mission.judged import assess
from pamiers.mission.mission import begin
from pamiers.mission.witnessed import checkpoint
from tests.integration.bundle.record import DAY, agreement, rows
from tests.unit.mission.world import NOW, file, reading

pytestmark = pytest.mark.integration
FLIPS = int(os.environ.get("PAMIERS_FLIPS", "150"))


def kept(folder: Path) -> Path:
    """Return the folder of a mission in which every kind of file lies."""
    from pamiers.app.checkpoints import keep_checkpoint  # noqa: PLC0415 - used once

    with created(folder) as mission:
        begin(mission, agreement(), NOW)
        file(mission, reading(rows()), data=f"as received {DAY}\n".encode() * 40)
        fuse(mission, NOW)
        assess(mission, NOW)
        key = log_key(folder, mission)
        found = checkpoint(mission, key)
        keep_checkpoint(folder, Checkpoint(found.origin, found.head, found.note))
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(tmp_path_factory.mktemp("whole") / "mission")


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "mission"))


def test_a_mission_may_be_named_from_where_one_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    assert fsck(Path(folder.name), repair=False).damage == ()
    spoil = folder / "record.sqlite"
    spoil.write_bytes(spoil.read_bytes()[:-4096])
    assert fsck(Path(folder.name), repair=False).damage != ()


def test_a_whole_mission_has_no_fault(folder: Path) -> None:
    found = fsck(folder, repair=False)
    assert found.damage == ()
    assert found.pages_summed
    names = {path.name for path in folder.rglob("*")}
    assert {"record.sqlite", "record.sqlite.sums", "log.seed", "log.pub"} <= names
    assert fsck(folder, repair=False).damage == ()  # looking changes nothing


def test_every_flipped_bit_is_located(folder: Path) -> None:
    """A flip anywhere but in the clocks of the file system: the file is named."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    paths = [
        path
        for path in paths
        if not path.name.startswith(("cases.sqlite", "seen.sqlite"))
    ]
    sizes = [path.stat().st_size for path in paths]
    rng = random.Random(FLIPS)  # noqa: S311 - no secret
    small = [path for path, size in zip(paths, sizes, strict=True) if size < 10_000]
    chosen = rng.choices(paths, sizes, k=FLIPS // 2) + rng.choices(small, k=FLIPS // 2)
    for path in chosen:
        data = path.read_bytes()
        at, bit = rng.randrange(len(data)), rng.randrange(8)
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        found = fsck(folder, repair=False)
        named = {each.file for each in found.damage}
        name = str(path.relative_to(folder))
        key = name.startswith("keys/") and any(n.startswith("keys/") for n in named)
        assert name in named or key, (name, at, bit, found.damage)
        path.write_bytes(data)


def test_a_flipped_bit_in_the_record_names_its_page_and_table(folder: Path) -> None:
    path = folder / "record.sqlite"
    data = bytearray(path.read_bytes())
    at = data.rindex(b"as received") if b"as received" in data else len(data) - 100
    data[at] ^= 1
    path.write_bytes(data)
    (found,) = [e for e in fsck(folder, repair=False).damage if "page" in e.where]
    assert found.where.startswith(f"page {at // 4096 + 1}, of ")
    assert "copy" in found.remedy


def test_damage_that_sqlite_quotes_is_told(folder: Path) -> None:
    path = folder / "record.sqlite"
    data = bytearray(path.read_bytes())
    data[data.index(b"CREATE TABLE entry") + 7] ^= 0x80  # no letter of UTF-8 any more
    path.write_bytes(data)
    found = fsck(folder, repair=False).damage
    assert path.name in {each.file for each in found}


def test_what_can_be_computed_is_thrown_away_and_comes_again(folder: Path) -> None:
    path = next((folder / "projections").iterdir())
    path.write_bytes(path.read_bytes()[:-1])
    assert [e.mendable for e in fsck(folder, repair=False).damage] == [True]
    found = fsck(folder, repair=True)
    assert found.damage == ()
    assert found.mended == (f"projections/{path.name}",)
    assert not path.exists()


def test_facts_are_never_mended(folder: Path) -> None:
    path = next(p for p in (folder / "originals").rglob("*") if p.is_file())
    path.write_bytes(b"another")
    found = fsck(folder, repair=True).damage  # the file, and the entry that names it
    assert len(found) == 2
    assert path.read_bytes() == b"another"


def test_an_original_that_is_gone_is_named_by_its_entry(folder: Path) -> None:
    next(p for p in (folder / "originals").rglob("*") if p.is_file()).unlink()
    (found,) = fsck(folder, repair=False).damage
    assert "original" in found.where


def test_a_record_not_closed_in_order_is_looked_at_as_far_as_it_goes(
    folder: Path,
) -> None:
    with opened(folder) as mission:
        file(mission, reading(rows()[:1], kind="observation"), data=b"other")
        found = fsck(folder, repair=False)  # while somebody still has it open
        assert found.damage == ()
        assert not found.pages_summed
    assert fsck(folder, repair=False).pages_summed


def test_a_folder_without_a_mission_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds record"):
        fsck(tmp_path, repair=False)


def test_a_copy_made_in_use_is_put_in_the_place_of_what_was_lost(
    folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as mission:
        told = backup(folder, tmp_path / "copy")
        head = mission.record.head()
        file(mission, reading(rows()[:1]), data=b"later")
    assert told["head"] == head.hex
    shutil.rmtree(folder)
    assert restore(tmp_path / "copy", folder)["head"] == head.hex
    assert fsck(folder, repair=False).damage == ()
    with pytest.raises(UsageError, match="new or empty"):
        restore(tmp_path / "copy", folder)


def test_a_damaged_copy_is_refused(folder: Path, tmp_path: Path) -> None:
    backup(folder, tmp_path / "copy")
    path = tmp_path / "copy" / "record.sqlite"
    data = bytearray(path.read_bytes())
    data[-50] ^= 1
    path.write_bytes(data)
    with pytest.raises(LedgerMismatchError, match=r"record\.sqlite"):
        restore(tmp_path / "copy", tmp_path / "again")
    with pytest.raises(UsageError, match="pamiers backup"):
        restore(folder, tmp_path / "third")
