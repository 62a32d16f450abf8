"""Keys over time: what a key signed is treated as its life says, before and after."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pamiers.app.keys_kept import listed, rotate, to_sign
from pamiers.app.publication import write_bundle_of
from pamiers.app.recorded import append
from pamiers.app.wiring import opened
from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.mission.access.keys import rotation_bytes
from pamiers.mission.access.signed import verify_signatures
from pamiers.mission.replay import replay
from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.notes import message, public, signed
from tests.integration.service.serving import prepared
from tests.integration.service.test_senders import CAMERA, PARTIES, enrolment, sent
from tests.shared import ROOT

pytestmark = pytest.mark.integration
NEW, THIEF = b"n" * 32, b"t" * 32
LONE = ROOT / "tools" / "verify_pamiers.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepared(tmp_path / "mission")


@pytest.fixture
def admin(folder: Path) -> Iterator[tuple[Inside, str]]:
    token = token_of(folder, "admin", "admin")
    with inside(folder) as running:
        for party, seed in PARTIES.items():
            body = {"party": party, "key": public(seed)}
            assert running.ask("/api/party-keys", body, token=token).status == 201
        assert running.ask("/api/devices", enrolment(), token=token).status == 201
        yield running, token


def made(seed: bytes, text: bytes) -> str:
    return Ed25519PrivateKey.from_private_bytes(seed).sign(text).hex()


def rotation(old: bytes, new: bytes, **who: str) -> dict[str, Any]:
    body: dict[str, Any] = {**who, "key": public(new)}
    text = rotation_bytes(public(old), body)
    return {**body, "signatures": {"old": made(old, text), "new": made(new, text)}}


def standing(running: Inside) -> list[str]:
    """Return the keys of the device's rows, as the commission reads them."""
    at = running.desk.mission.record.head().size
    token = token_of(running.desk.folder, f"reader-{at}", "commission")
    rows = "/api/rows/observation?limit=999"
    found = running.ask(rows, token=token).json["items"]
    return sorted(each["key"] for each in found if each["source"] == "camera-1")


def test_a_rotated_key_is_held_and_the_new_one_taken(
    admin: tuple[Inside, str], folder: Path
) -> None:
    running, token = admin
    assert running.ask("/api/messages", signed(sent("s1", 1), CAMERA)).status == 201
    body = rotation(CAMERA, NEW, name="camera")
    other = rotation(THIEF, NEW, name="camera")
    half = {**body, "signatures": {**body["signatures"], "new": "00" * 64}}
    for bad in (other, half):
        assert running.ask("/api/devices/rotate", bad, token=token).status == 400
    assert running.ask("/api/devices/rotate", body).status == 401
    assert running.ask("/api/devices/rotate", body, token=token).status == 201
    late = running.ask("/api/messages", signed(sent("s2", 2), CAMERA))
    assert (late.status, late.json["status"]) == (202, "R-KEY-ROTATED")
    assert running.ask("/api/messages", signed(sent("s3", 3), NEW)).status == 201
    assert running.ask("/api/messages", signed(sent("s4", 4), THIEF)).status == 403
    assert standing(running) == ["s1", "s3"]
    back = rotation(NEW, CAMERA, name="camera")  # never back to an old one
    assert running.ask("/api/devices/rotate", back, token=token).status == 400
    told = {each["key"]: each["status"] for each in listed(folder)}
    assert told[public(CAMERA)] == "rotated"
    assert told[public(NEW)] == "in force"
    with opened(folder) as mission:
        # two parties over the device, two keys over the rotation, three messages
        assert verify_signatures(mission).checked == 2 + 2 + 3
        assert verify_signatures(mission).unsigned == ()


def test_what_a_compromised_device_sent_since_is_withdrawn(
    admin: tuple[Inside, str], folder: Path
) -> None:
    running, token = admin
    for seq, at in ((1, "2020-08-02T09:00:00Z"), (2, "2020-08-05T09:00:00Z")):
        body = signed(sent(f"s{seq}", seq, at), CAMERA)
        assert running.ask("/api/messages", body).status == 201
    assert standing(running) == ["s1", "s2"]
    said = {"name": "camera", "compromised_since": "2093-01-01T00:00:00Z"}
    answer = running.ask("/api/devices/revoke", said, token=token)
    assert (answer.status, answer.json["withdrawn"]) == (200, 0)
    again = running.ask("/api/devices/revoke", said, token=token)
    assert again.status == 400  # no key in force any more
    assert running.ask("/api/messages", signed(sent("s3", 3), CAMERA)).status == 403
    assert standing(running) == ["s1", "s2"]
    new = enrolment(seed=NEW, epoch=2)
    assert running.ask("/api/devices", new, token=token).status == 201
    for key, at in (("n1", "2020-08-02T10:00:00Z"), ("n2", "2020-08-05T10:00:00Z")):
        one = message(key, "camera-1", seq=1 + (key == "n2"), epoch=2, sent_at=at)
        assert running.ask("/api/messages", signed(one, NEW)).status == 201
    # Everything was recorded after this instant, whatever the device's clock said.
    said = {"name": "camera", "compromised_since": "2020-08-04T00:00:00Z"}
    answer = running.ask("/api/devices/revoke", said, token=token)
    assert answer.json["withdrawn"] == 4
    assert standing(running) == []
    with opened(folder) as mission:
        found = replay(mission)
        assert found.signatures.checked == 4 + 4
        assert found.differences == ()


def test_devices_that_a_compromised_party_key_signed_for_are_doubtful(
    admin: tuple[Inside, str],
) -> None:
    running, token = admin
    said = {"party": "ua", "compromised_since": "2020-01-01T00:00:00Z"}
    answer = running.ask("/api/party-keys/revoke", said, token=token)
    assert answer.json["doubtful"] == ["camera"]
    held = running.ask("/api/messages", signed(sent("s1", 1), CAMERA))
    assert (held.status, held.json["status"]) == (202, "R-KEY-DOUBTFUL")
    body = {"party": "ua", "key": public(NEW)}
    assert running.ask("/api/party-keys", body, token=token).status == 201
    one = enrolment(name="uav", seed=b"d" * 32)
    assert running.ask("/api/devices", one, token=token).status == 400  # the old key
    turned = rotation(PARTIES["cadlr"], THIEF, party="cadlr")
    assert running.ask("/api/party-keys/rotate", turned, token=token).status == 201
    keys = running.ask("/api/keys", token=token).json["items"]
    assert [each["status"] for each in keys if each["holder"] == "party cadlr"] == [
        "rotated",
        "in force",
    ]


def test_a_rotation_is_made_from_the_folder(
    admin: tuple[Inside, str], folder: Path
) -> None:
    del admin
    body: dict[str, Any] = {"name": "camera", "key": public(NEW)}
    text = bytes.fromhex(to_sign(folder, body))
    both = {"old": made(CAMERA, text), "new": made(NEW, text)}
    with pytest.raises(UsageError, match="signatures of the old and new key"):
        rotate(folder, {**body, "signatures": {**both, "old": both["new"]}})
    assert rotate(folder, {**body, "signatures": both})["holder"] == "device camera"


@pytest.mark.parametrize("what", ["rotate", "device", "point"])
def test_what_a_keeper_forges_is_found_by_both_verifiers(
    admin: tuple[Inside, str], folder: Path, tmp_path: Path, what: str
) -> None:
    running, _ = admin
    running.ask("/api/messages", signed(sent("s1", 1), CAMERA))
    honest, forged = tmp_path / "honest.zip", tmp_path / "forged.zip"
    write_bundle_of(folder, honest, edition="commission")
    assert lone(honest) == 0
    body = enrolment(name="uav", seed=b"d" * 32)
    if what == "rotate":
        body = {"do": what, **rotation(THIEF, NEW, name="camera")}
    elif what == "point":
        body = {"do": "party-key", "party": "ua", "key": "01" + "00" * 31}
    else:
        body = {**body, "do": what, "source": "camera-9"}
    append(running.desk.mission, folder, "grant", {**body, "by": "keeper"})
    with (
        opened(folder) as mission,
        pytest.raises(LedgerMismatchError, match="entry"),
    ):
        verify_signatures(mission)
    write_bundle_of(folder, forged, edition="commission")
    assert lone(forged) == 4


def lone(path: Path) -> int:
    told = subprocess.run(
        [sys.executable, LONE, path, "--json"], capture_output=True, check=False
    )
    return told.returncode
