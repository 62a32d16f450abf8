"""A party keeps a checkpoint; the operator rewrites; the party can tell."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.integration.program import answer, begun, run

pytestmark = pytest.mark.integration


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return begun(tmp_path / "mission")


def test_a_kept_checkpoint_holds_the_record_to_it(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(run("checkpoint", folder).stdout)
    key = run("checkpoint", folder, "--key").stdout.strip()
    assert kept.read_text().startswith("pamiers.mission/")
    found = answer("verify", folder, "--since", kept, "--key", key)
    assert found["since"] == {
        "entries": 1,
        "head": found["head"],
        "added": 0,
        "witnesses": [],
    }
    assert found["differences"] == []
    assert stat.S_IMODE((folder / "keys" / "log.seed").stat().st_mode) == 0o600


def test_a_rewritten_record_leaves_with_code_four(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(run("checkpoint", folder).stdout)
    other = begun(tmp_path / "other")
    (other / "keys").mkdir()
    (other / "keys" / "log.seed").write_bytes(
        (folder / "keys" / "log.seed").read_bytes()
    )
    key = run("checkpoint", folder, "--key").stdout.strip()
    said = run("verify", other, "--since", kept, "--key", key, expect=4).stderr
    assert "rewritten" in said


def test_an_altered_entry_is_named(folder: Path) -> None:
    with sqlite3.connect(folder / "record.sqlite") as base:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in base.execute(guards).fetchall():
            base.execute(f"DROP TRIGGER {name}")
        content = base.execute("SELECT content FROM entry").fetchone()[0]
        spoilt = bytes(content).replace(b"donbas", b"donbus", 1)
        base.execute("UPDATE entry SET content = ?", (spoilt,))
    said = run("verify", folder, expect=4).stderr
    assert "entry 0" in said


def test_a_checkpoint_of_a_stranger_is_refused(folder: Path, tmp_path: Path) -> None:
    other = begun(tmp_path / "other")
    kept = tmp_path / "kept.txt"
    kept.write_text(run("checkpoint", other).stdout)
    key = run("checkpoint", other, "--key").stdout.strip()
    run("verify", folder, "--since", kept, expect=4)
    run("verify", folder, "--since", kept, "--key", key, expect=4)
    kept.write_text("nonsense")
    run("verify", folder, "--since", kept, expect=4)
