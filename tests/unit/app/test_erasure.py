"""What is forgotten is gone from every file, and every checkpoint still verifies."""

from pathlib import Path

import pytest

from pamiers.app.accounts import Accounts
from pamiers.app.backup import backup
from pamiers.app.enrolled import enrol
from pamiers.app.publication import write_bundle_of
from pamiers.app.recorded import append
from pamiers.app.wiring import now, opened
from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.mission.access.grants import KIND as GRANT
from pamiers.mission.erasure import KIND, erasures, finish
from pamiers.mission.hotline import Call, log_call
from pamiers.mission.mission import Mission
from tests.unit.app.calling import answer, begun

CANARY = "canary-name-of-a-witness"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = begun(tmp_path / "m")
    with opened(folder) as mission:
        said = Call(by="clerk", to=("ua",), said=f"It was {CANARY}.", outcome="none")
        assert log_call(mission, said, now()) == 1
    return folder


@pytest.fixture
def two(folder: Path) -> tuple[str, str]:
    first, second = (
        str(enrol(folder, name, ["commission"], None, [])["token"])
        for name in ("olha", "petro")
    )
    return first, second


def everywhere(folder: Path) -> list[str]:
    """Return the files that hold the canary."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if CANARY.encode() in path.read_bytes()]


def propose(folder: Path, token: str, *fields: str, code: int = 0) -> int:
    named = [part for name in fields for part in ("--field", name)]
    asked = ("erasure", "propose", folder, 1, *named, "--why", "asked to", "--token")
    found = answer(*asked, token, code=code)
    return int(found.get("proposal", -1))


def test_what_two_persons_forget_is_gone_and_the_record_verifies(
    folder: Path, two: tuple[str, str], tmp_path: Path
) -> None:
    before = answer("checkpoint", folder)
    (tmp_path / "kept.txt").write_text(before["checkpoint"])
    write_bundle_of(folder, tmp_path / "old.zip", edition="commission")
    assert everywhere(folder)
    proposal = propose(folder, two[0], "said", "by")
    own = ("erasure", "approve", folder, proposal, "--token", two[0])
    assert "error" in answer(*own, code=2)  # not by oneself
    assert everywhere(folder)
    done = answer("erasure", "approve", folder, proposal, "--token", two[1])
    assert done == {"entries": [1], "log_clean": True}
    assert everywhere(folder) == []
    answer("verify", folder, "--since", tmp_path / "kept.txt")
    assert answer("fsck", folder)["damage"] == []
    with opened(folder) as mission:
        (call,) = mission.record.entries(("call",))
        assert call.body["said"] == call.body["by"] == "[withheld]"
        assert call.body["to"] == ["ua"]
    backup(folder, tmp_path / "copy")
    assert everywhere(tmp_path / "copy") == []
    write_bundle_of(folder, tmp_path / "new.zip", edition="commission")
    for name in ("old", "new"):
        answer("verify", tmp_path / f"{name}.zip", "--key", before["key"])
    assert CANARY.encode() not in (tmp_path / "new.zip").read_bytes()
    (told,) = answer("erasure", "list", folder)["erasures"]
    assert (told["by"], told["second"], told["done"]) == ("olha", "petro", True)


def test_what_may_not_be_forgotten_is_refused(
    folder: Path, two: tuple[str, str]
) -> None:
    stranger = str(enrol(folder, "ivan", ["observer"], None, [])["token"])
    propose(folder, stranger, "said", code=2)
    propose(folder, "no token", "said", code=2)
    propose(folder, two[0], "none", code=2)
    asked = ("--field", "agreement", "--why", "x", "--token", two[0])
    answer("erasure", "propose", folder, 0, *asked, code=2)
    answer("erasure", "propose", folder, 99, *asked, code=2)
    assert everywhere(folder)


def test_what_a_power_cut_left_is_named_and_finished(
    folder: Path, two: tuple[str, str]
) -> None:
    proposal = propose(folder, two[0], "said")
    body = {"by": "petro", "do": "approve", "proposal": proposal}
    with opened(folder) as mission:
        append(mission, folder, KIND, body)
        assert [each.done for each in erasures(mission)] == [False]
    found = answer("fsck", folder, code=4)["damage"]
    assert [each["where"] for each in found] == ["entry 1"]
    assert answer("erasure", "finish", folder)["entries"] == [1]
    assert answer("erasure", "finish", folder)["entries"] == []
    assert everywhere(folder) == []


def test_an_approval_of_ones_own_on_record_forgets_nothing(
    folder: Path, two: tuple[str, str]
) -> None:
    proposal = propose(folder, two[0], "said")
    body = {"by": "olha", "do": "approve", "proposal": proposal}
    with opened(folder) as mission:
        append(mission, folder, KIND, body)
        assert finish(mission) == []


def test_an_approval_by_whom_one_enrolled_forgets_nothing(
    folder: Path, two: tuple[str, str]
) -> None:
    body = {"do": "enrol", "by": "olha", "name": "shadow", "roles": ["commission"]}
    with opened(folder) as mission:
        append(mission, folder, GRANT, body)
    proposal = propose(folder, two[0], "said")
    token = Accounts(folder).issue("shadow")
    told = answer("erasure", "approve", folder, proposal, "--token", token, code=2)
    assert "enrolled" in str(told)
    with opened(folder) as mission:
        append(
            mission,
            folder,
            KIND,
            {"by": "shadow", "do": "approve", "proposal": proposal},
        )
        assert finish(mission) == []
    answer("erasure", "approve", folder, proposal, "--token", two[1])


def _other(mission: Mission) -> tuple[bytes, bytes]:
    entry = next(mission.record.entries(start=2))
    return entry.content, entry.salt


def test_nothing_but_what_has_the_same_leaf_takes_its_place(
    folder: Path, two: tuple[str, str]
) -> None:
    del two
    with opened(folder) as mission:
        with pytest.raises(LedgerMismatchError):
            mission.record.forget(1, *_other(mission))
        with pytest.raises((UsageError, LedgerMismatchError)):
            mission.record.forget(1, b"{}", b"")
