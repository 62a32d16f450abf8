"""What devices may not send is refused by a broker's road as by HTTP, and says so."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from pamiers.app.api.bridge import Bridge
from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.notes import message, public, signed, together
from tests.integration.service.serving import prepared
from tests.integration.service.test_senders import CAMERA, PARTIES, enrolment, sent

pytestmark = pytest.mark.integration


class _Broker:
    """Keeps what is published."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    async def publish(self, topic: str, payload: bytes, qos: int) -> None:
        """Take what would go to subscribers."""
        assert topic == "receipts/camera-1"
        assert qos == 1
        self.told.append(json.loads(payload))


def by_broker(running: Inside, body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the bridge publishes for an envelope that came from a broker."""
    broker = _Broker()
    bridge = Bridge(running.intake, "127.0.0.1", 1)
    answer = bridge._answer(broker, "camera-1", json.dumps(body).encode())  # type: ignore[arg-type]  # noqa: SLF001 - no broker
    asyncio.run(answer)
    return broker.told


def test_each_forgery_is_refused_with_a_reason(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "mission")
    token = token_of(folder, "admin", "admin")
    with inside(folder) as running:
        for party, seed in PARTIES.items():
            body = {"party": party, "key": public(seed)}
            assert running.ask("/api/party-keys", body, token=token).status == 201
        assert running.ask("/api/devices", enrolment(), token=token).status == 201
        good = signed(sent("s1", 1), CAMERA)
        many = together([sent("s2", 2), sent("s3", 3)], CAMERA)
        size = running.desk.mission.record.head().size
        changed = good["message"].replace("explosion", "burst")
        forged: list[dict[str, Any]] = [
            signed(sent("s1", 1), b"x" * 32),
            {**good, "key": "another"},
            {**good, "message": changed},
            {**good, "signature": good["signature"][:-4] + "AAA="},
            {k: v for k, v in good.items() if k != "signature"},
            {"message": good["message"]},
            signed(message("s1", "camera-2", seq=1, epoch=1), CAMERA),
            signed(message("s1", "camera-1", seq=1, epoch=0), CAMERA),
            {**many, "messages": many["messages"][::-1]},
            {**many, "messages": many["messages"][:1]},
            {**many, "manifest": many["manifest"].replace("digests", "Digests")},
        ]
        for body in forged:
            (told,) = by_broker(running, body)
            assert told["status"] == "refused", body
            assert told["detail"]
            assert running.desk.mission.record.head().size == size
        (first,) = by_broker(running, good)
        assert first["status"] == "recorded"
        size = running.desk.mission.record.head().size
        assert by_broker(running, good) == [first]  # replayed: the same receipt
        assert running.desk.mission.record.head().size == size
        ahead = signed(sent("s9", 9, "2099-01-01T00:00:00Z"), CAMERA)
        (held,) = by_broker(running, ahead)
        assert held["status"] == "R-CLOCK-AHEAD"
        ended = running.ask("/api/devices/revoke", {"name": "camera"}, token=token)
        assert ended.status == 200
        (told,) = by_broker(running, signed(sent("s4", 4), CAMERA))
        assert told["status"] == "refused"
