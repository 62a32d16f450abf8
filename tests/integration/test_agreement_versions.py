"""A version of the agreement takes effect when the parties' keys have signed it."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pamiers.app.agreement_versions import listed, record_version, sign, to_sign
from pamiers.app.recorded import append
from pamiers.app.wiring import opened
from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.mission.versions import agreement_files, verify_versions
from tests.integration.program import DONBAS, answer
from tests.integration.service.serving import prepared
from tests.shared import ROOT

pytestmark = pytest.mark.integration
PARTIES = ("ua", "cadlr")


def key_of(n: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepared(tmp_path / "mission")


@pytest.fixture
def newer(tmp_path: Path) -> str:
    """Return a folder with another version of the mission's agreement."""
    target = tmp_path / "newer"
    shutil.copytree(DONBAS, target)
    text = (target / "source.md").read_text()
    (target / "source.md").write_text(f"{text}\nAmended by exchange of letters.\n")
    return str(target)


def grant(folder: Path, **body: Any) -> None:  # noqa: ANN401 - any JSON
    with opened(folder) as mission:
        append(mission, folder, "grant", {"by": "keeper", **body})


def enrolled(folder: Path) -> dict[str, Ed25519PrivateKey]:
    keys = {party: key_of(n) for n, party in enumerate(PARTIES, 1)}
    for party, key in keys.items():
        grant(folder, do="party-key", party=party, key=public(key))
    return keys


def signed(folder: Path, party: str, key: Ed25519PrivateKey) -> dict[str, Any]:
    asked = bytes.fromhex(to_sign(folder, None, party))
    return sign(folder, None, party, key.sign(asked).hex())


def in_force(folder: Path) -> bool:
    """Tell whether the engine reads the newer version."""
    with opened(folder) as mission:
        return "exchange of letters" in agreement_files(mission)["source.md"]


def test_without_keys_a_version_is_in_force_at_once(folder: Path, newer: str) -> None:
    found = record_version(folder, newer)
    assert found["status"] == "in force"
    assert in_force(folder)
    assert [each["status"] for each in listed(folder)] == ["superseded", "in force"]


def test_with_keys_it_is_a_draft_until_all_have_signed(
    folder: Path, newer: str
) -> None:
    keys = enrolled(folder)
    found = record_version(folder, newer)
    assert (found["status"], found["missing"]) == ("draft", sorted(PARTIES))
    assert not in_force(folder)
    first = signed(folder, "ua", keys["ua"])
    assert (first["status"], first["missing"]) == ("draft", ["cadlr"])
    assert not in_force(folder)
    last = signed(folder, "cadlr", keys["cadlr"])
    assert (last["status"], last["missing"]) == ("in force", [])
    assert last["since"] == last["signed"]["cadlr"]
    assert in_force(folder)
    verified = answer("verify", folder)
    assert [each["status"] for each in verified["agreement_versions"]] == [
        "superseded",
        "in force",
    ]
    assert list(verified["agreement_versions"][1]["signed"]) == list(PARTIES)
    assert verified["differences"] == []


@pytest.mark.parametrize("edition", ["public", "commission"])
def test_a_bundle_holds_the_version_in_force(
    folder: Path, newer: str, tmp_path: Path, edition: str
) -> None:
    keys = enrolled(folder)
    record_version(folder, newer)
    signed(folder, "ua", keys["ua"])
    for name, last in (("draft", False), ("signed", True)):
        if last:
            signed(folder, "cadlr", keys["cadlr"])
        file = tmp_path / f"{name}.zip"
        answer("export", folder, "--bundle", file, "--edition", edition)
        assert answer("verify", file)["differences"] == []
        alone = subprocess.run(
            [sys.executable, "tools/verify_pamiers.py", str(file)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert alone.returncode == 0, alone.stdout + alone.stderr


def test_signatures_that_do_not_fit_are_refused(folder: Path, newer: str) -> None:
    keys = enrolled(folder)
    record_version(folder, newer)
    with pytest.raises(UsageError, match="not one of ua"):
        signed(folder, "ua", keys["cadlr"])
    with pytest.raises(UsageError, match="whose key is in force"):
        to_sign(folder, None, "osce")
    asked = bytes.fromhex(to_sign(folder, 0, "ua"))
    with pytest.raises(UsageError, match="over this version"):
        sign(folder, None, "ua", keys["ua"].sign(asked).hex())
    signed(folder, "ua", keys["ua"])
    with pytest.raises(UsageError, match="has signed it"):
        signed(folder, "ua", keys["ua"])
    assert not in_force(folder)


def test_a_key_taken_away_lets_nobody_decide_alone(folder: Path, newer: str) -> None:
    keys = enrolled(folder)
    grant(folder, do="revoke", party="cadlr", at="2020-08-02T00:00:00Z")
    record_version(folder, newer)
    found = signed(folder, "ua", keys["ua"])
    assert (found["status"], found["missing"]) == ("draft", ["cadlr"])
    again = key_of(9)
    grant(folder, do="party-key", party="cadlr", key=public(again))
    assert signed(folder, "cadlr", again)["status"] == "in force"


def test_an_older_draft_is_overtaken(folder: Path, newer: str) -> None:
    keys = enrolled(folder)
    record_version(folder, newer)
    path = Path(newer) / "source.md"
    path.write_text(path.read_text() + "\nSecond letters.\n")
    record_version(folder, newer)
    entries = [each["entry"] for each in listed(folder)]
    for party, key in keys.items():
        signed(folder, party, key)
    for party, key in keys.items():
        asked = bytes.fromhex(to_sign(folder, entries[1], party))
        found = sign(folder, entries[1], party, key.sign(asked).hex())
        assert found["status"] == "superseded"
    assert [each["status"] for each in listed(folder)][2] == "in force"


@pytest.mark.parametrize("lie", ["draft", "signature", "early"])
def test_a_keeper_who_lies_about_it_is_found_out(
    folder: Path, newer: str, lie: str
) -> None:
    enrolled(folder)
    version = record_version(folder, newer)["entry"]
    with opened(folder) as mission:
        files = agreement_files(mission)
        forged = {"party": "ua", "signature": "00" * 64, "signs": version}
        body: dict[str, object] = {
            "draft": {"agreement": files, "in_force": True},
            "signature": {**forged, "in_force": False},
            "early": {**forged, "in_force": True},
        }[lie]
        append(mission, folder, "agreement", body)
        with pytest.raises(LedgerMismatchError, match="a signature that fits"):
            verify_versions(mission)
    assert not in_force(folder)


def test_no_other_agreement_takes_its_place(folder: Path) -> None:
    with pytest.raises(UsageError, match="another version of"):
        record_version(folder, "aceh-2005")
    with pytest.raises(UsageError, match="the one in force"):
        record_version(folder, DONBAS)
    assert len(listed(folder)) == 1
