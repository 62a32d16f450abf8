"""Devices: enrolled by both parties; what is forged, replayed or revoked is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pamiers.core.instant import format_instant, parse_instant
from pamiers.mission.access.devices import enrolment_bytes
from pamiers.mission.access.pulse import missing
from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.notes import message, public, signed, together
from tests.integration.service.serving import prepared

pytestmark = pytest.mark.integration
PARTIES = {"ua": b"a" * 32, "cadlr": b"b" * 32}
CAMERA = b"c" * 32


def enrolment(**changed: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an enrolment that both parties signed."""
    seed = changed.pop("seed", CAMERA)
    body = {"name": "camera", "key": public(seed), "source": "camera-1", "epoch": 1}
    body = {**body, "heartbeat_s": 60.0, **changed}
    signatures = {
        party: Ed25519PrivateKey.from_private_bytes(each)
        .sign(enrolment_bytes(body))
        .hex()
        for party, each in PARTIES.items()
    }
    return {**body, "signatures": signatures}


def sent(key: str, seq: int, at: str = "2020-08-02T09:06:00Z") -> dict[str, Any]:
    return message(key, "camera-1", seq=seq, epoch=1, sent_at=at)


@pytest.fixture
def admin(tmp_path: Path) -> Iterator[tuple[Inside, str]]:
    folder = prepared(tmp_path / "mission")
    token = token_of(folder, "admin", "admin")
    with inside(folder) as running:
        for party, seed in PARTIES.items():
            body = {"party": party, "key": public(seed)}
            assert running.ask("/api/party-keys", body, token=token).status == 201
        answer = running.ask("/api/devices", enrolment(), token=token)
        assert answer.status == 201, answer.body
        yield running, token


def test_signed_messages_are_taken_without_any_token(
    admin: tuple[Inside, str],
) -> None:
    running, _ = admin
    one = running.ask("/api/messages", signed(sent("s1", 1), CAMERA))
    assert one.status == 201, one.body
    many = together([sent("s2", 2), sent("s3", 3)], CAMERA)
    answer = running.ask("/api/messages/batch", many)
    assert answer.status == 201, answer.body
    assert [each["id"] for each in answer.json["receipts"]] == ["s2", "s3"]
    again = running.ask("/api/messages", signed(sent("s1", 1), CAMERA))
    assert again.json == one.json


def test_what_is_forged_is_refused(admin: tuple[Inside, str]) -> None:
    running, _ = admin
    size = running.desk.mission.record.head().size
    good = signed(sent("s1", 1), CAMERA)
    many = together([sent("s2", 2), sent("s3", 3)], CAMERA)
    forged = [
        signed(sent("s1", 1), b"x" * 32),
        {**good, "key": "another"},
        {**good, "message": good["message"].replace("explosion", "burst")},
        {**good, "signature": good["signature"][:-4] + "AAA="},
        signed(message("s1", "camera-2", seq=1, epoch=1), CAMERA),
        signed(message("s1", "camera-1", seq=1, epoch=0), CAMERA),
    ]
    for body in forged:
        answer = running.ask("/api/messages", body)
        assert answer.status in {400, 403}, answer.body
    for body in (
        {**many, "messages": [many["messages"][1], many["messages"][0]]},
        {**many, "messages": many["messages"][:1]},
        {**many, "manifest": many["manifest"].replace("digests", "Digests")},
    ):
        assert running.ask("/api/messages/batch", body).status in {400, 403}
    assert running.desk.mission.record.head().size == size


@pytest.mark.parametrize(
    "key",
    [
        "00" * 32,
        "01" + "00" * 31,
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "ff" * 32,
    ],
)
def test_keys_of_small_order_or_of_two_names_are_refused(
    admin: tuple[Inside, str], key: str
) -> None:
    running, token = admin
    answer = running.ask("/api/devices", enrolment(key=key, epoch=9), token=token)
    assert answer.status == 400, answer.body


def test_a_device_wants_the_signature_of_every_party(
    admin: tuple[Inside, str],
) -> None:
    running, token = admin
    body = enrolment(name="uav", seed=b"d" * 32)
    for party in PARTIES:
        fewer = {k: v for k, v in body["signatures"].items() if k != party}
        found = running.ask("/api/devices", {**body, "signatures": fewer}, token=token)
        assert found.status == 400
    swapped = {**body, "source": "another"}
    assert running.ask("/api/devices", swapped, token=token).status == 400
    assert running.ask("/api/devices", body).status == 401
    assert running.ask("/api/devices", body, token=token).status == 201


def test_a_key_that_was_revoked_is_refused_at_once(admin: tuple[Inside, str]) -> None:
    running, token = admin
    assert running.ask("/api/messages", signed(sent("s1", 1), CAMERA)).status == 201
    body = {"name": "camera"}
    assert running.ask("/api/devices/revoke", body, token=token).status == 200
    assert running.ask("/api/messages", signed(sent("s2", 2), CAMERA)).status == 403
    anew = enrolment(seed=b"e" * 32, epoch=2)
    assert running.ask("/api/devices", anew, token=token).status == 201
    later = message("s2", "camera-1", seq=1, epoch=2)
    assert running.ask("/api/messages", signed(later, b"e" * 32)).status == 201
    old = enrolment(seed=b"f" * 32, epoch=2)
    assert running.ask("/api/devices", old, token=token).status == 400


def test_a_clock_that_is_ahead_is_held_and_one_behind_is_taken(
    admin: tuple[Inside, str],
) -> None:
    running, _ = admin
    ahead = signed(sent("s1", 1, "2093-01-01T00:00:00Z"), CAMERA)
    answer = running.ask("/api/messages", ahead)
    assert (answer.status, answer.json["status"]) == (202, "R-CLOCK-AHEAD")
    assert running.ask("/api/messages", ahead).json == answer.json
    behind = signed(sent("s2", 2, "2019-01-01T00:00:00Z"), CAMERA)
    assert running.ask("/api/messages", behind).status == 201


def test_numbers_that_do_not_come_are_coverage(admin: tuple[Inside, str]) -> None:
    from pamiers.app.api.beat import Beat  # noqa: PLC0415

    running, _ = admin
    reader = token_of(running.desk.folder, "reader", "commission")
    for seq, minute in ((1, 6), (5, 7), (3, 20)):
        body = signed(sent(f"s{seq}", seq, f"2020-08-02T09:{minute:02}:00Z"), CAMERA)
        assert running.ask("/api/messages", body).status == 201
    Beat(running.desk, running.intake.writer).once()
    running.intake.writer.stop()
    size = running.desk.mission.record.head().size
    rows = running.ask("/api/coverage?limit=50", token=reader).json["items"]
    holes = [r["key"] for r in rows if "/hole/" in r["key"]]
    assert holes == ["camera/hole/1/2-2"]  # 4 is between 09:20 and 09:07: no time
    assert size == running.desk.mission.record.head().size


def test_what_is_missing_depends_on_what_came_alone(admin: tuple[Inside, str]) -> None:
    running, _ = admin
    device = running.desk.door.access().devices["camera"]
    came = [
        (1, "2026-01-01T00:00:00Z"),
        (2, "2026-01-01T00:01:00Z"),
        (4, "2026-01-01T06:00:00Z"),
    ]
    soon = parse_instant("2026-01-01T06:01:30Z")
    later = datetime(2026, 1, 2, tzinfo=UTC)
    first = list(missing(device, came, soon))
    again = list(missing(device, came, later))
    assert not any(b"/hole/" in text for text in first)  # it may still come
    assert sum(b"/hole/1/3-3" in text for text in again) == 1
    silent = [text for text in first if b"/silence/" in text]
    assert silent
    assert set(silent) <= set(again)
    assert format_instant(later).encode() not in b"".join(again)
