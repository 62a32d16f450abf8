"""What parties do by command: make a key, sign for a phone and for a version."""

import stat
from pathlib import Path
from typing import Any

import pytest

from pamiers.app.wiring import opened
from pamiers.mission.judged import agreement_of
from tests.integration.program import answer, begun, run
from tests.integration.service.inside import inside, token_of
from tests.integration.service.notes import message, public, signed

pytestmark = pytest.mark.integration
PHONE = b"p" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return begun(tmp_path / "mission")


def parties_of(folder: Path) -> tuple[str, ...]:
    with opened(folder) as mission:
        return agreement_of(mission).party_ids


def keyed(folder: Path) -> dict[str, Path]:
    """Make a key for each party, and put it on record."""
    files = {}
    for party in parties_of(folder):
        file = files[party] = folder.parent / f"{party}.key"
        key = run("key", "make", file).stdout.strip()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert run("key", "show", file).stdout.strip() == key
        answer("access", "party-key", folder, key, "--party", party)
    return files


def signatures(files: dict[str, Path], to_sign: str) -> list[str]:
    told = []
    for party, file in files.items():
        made = answer("key", "sign", file, to_sign)["signature"]
        told += ["--signature", f"{party}={made}"]
    return told


def test_parties_sign_for_a_phone_that_then_may_send(folder: Path) -> None:
    files = keyed(folder)
    phone = ("access", "device", folder, "phone-1", "--source", "patrol-3")
    said = (*phone, "--key", public(PHONE))
    to_sign = run(*said).stdout.strip()
    shown = run("key", "sign", next(iter(files.values())), to_sign).stderr
    assert "patrol-3" in shown  # whoever signs reads what he signs
    every = signatures(files, to_sign)
    run(*said, *every[2:], expect=2)
    other = (*phone[:-1], "patrol-4", "--key", public(PHONE))
    run(*other, *every, expect=2)
    answer(*said, *every)
    answer("verify", folder)
    with inside(folder) as running:
        sent = {**message("m-1"), "source": "patrol-3", "seq": 1, "epoch": 0}
        told = running.ask("/api/messages", signed(sent, PHONE, "phone-1"))
        assert told.status == 201, told.body


def test_a_key_is_not_written_over_and_not_put_on_record_twice(folder: Path) -> None:
    files = keyed(folder)
    party, file = next(iter(files.items()))
    run("key", "make", file, expect=2)
    key = run("key", "show", file).stdout.strip()
    run("access", "party-key", folder, key, "--party", party, expect=2)
    run("access", "party-key", folder, "01" + "00" * 31, "--party", party, expect=2)
    run("access", "party-key", folder, key, "--party", "nobody", expect=2)
    run("key", "sign", file, "no hex", expect=2)


def drafted(folder: Path) -> Path:
    """Write another version of the agreement on record."""
    made = folder.parent / "amended"
    made.mkdir()
    with opened(folder) as mission:
        from pamiers.mission.versions import agreement_files  # noqa: PLC0415

        for name, text in agreement_files(mission).items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(text + "\n")
    return made


def test_a_version_is_signed_over_http(folder: Path) -> None:
    files = keyed(folder)
    entry = answer("agreement", "record", folder, drafted(folder))["entry"]
    tokens = {party: token_of(folder, f"for-{party}", "party") for party in files}
    stranger = token_of(folder, "olha", "observer")
    at = f"/api/agreement/versions/{entry}"
    with inside(folder) as running:
        assert running.ask("/api/agreement/versions").status == 401
        assert running.ask("/api/agreement/versions", token=stranger).status == 403
        for party, file in files.items():
            token = tokens[party]
            told = running.ask(f"{at}/to-sign?party={party}", token=token)
            made = answer("key", "sign", file, told.json["to_sign"])["signature"]
            body: dict[str, Any] = {"party": party, "signature": made}
            assert running.ask(f"{at}/signatures", body).status == 401
            assert running.ask(f"{at}/signatures", body, token=stranger).status == 403
            wrong = {**body, "signature": "00" * 64}
            assert running.ask(f"{at}/signatures", wrong, token=token).status == 400
            put = running.ask(f"{at}/signatures", body, token=token)
            assert put.status == 201, put.body
        reader = next(iter(tokens.values()))
        listed = running.ask("/api/agreement/versions", token=reader).json["items"]
    assert listed[-1]["status"] == "in force"
    assert listed[-1]["missing"] == []
    answer("verify", folder)
