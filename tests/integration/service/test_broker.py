"""MQTT: broker and service are killed; nothing that was receipted is lost."""

import asyncio
import json
import random
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pamiers.app.enrolled import enrol
from pamiers.app.log_key import log_key
from pamiers.app.recorded import append
from pamiers.app.wiring import opened
from pamiers.mission.access.devices import enrolment_bytes
from tests.integration.service.notes import message, public, signed
from tests.integration.service.serving import free_port, prepared
from tests.integration.service.test_kills import check

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("mosquitto") is None, reason="no mosquitto here"),
]
aiomqtt = pytest.importorskip("aiomqtt")
CAMERA = b"c" * 32
MESSAGES, KILLS = 120, 6


def enrolled(folder: Path) -> None:
    """Put a device on record that both parties signed for."""
    enrol(folder, "admin", ["admin"], None, [])
    parties = {"ua": b"a" * 32, "cadlr": b"b" * 32}
    body = {"name": "camera", "key": public(CAMERA), "source": "camera-1", "epoch": 1}
    signatures = {
        party: Ed25519PrivateKey.from_private_bytes(seed)
        .sign(enrolment_bytes(body))
        .hex()
        for party, seed in parties.items()
    }
    with opened(folder) as mission:
        append(
            mission,
            folder,
            "grant",
            {"do": "device", "by": "admin", **body, "signatures": signatures},
        )


def broker(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    settings = folder / "mosquitto.conf"
    settings.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
    command = ["mosquitto", "-c", str(settings)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


async def send_until_receipted(port: int, ended: asyncio.Event) -> dict[str, Any]:
    """Be a sensor: send, and send again until a receipt has come for each."""
    receipts: dict[str, Any] = {}
    bodies = {
        f"q{i}": json.dumps(
            signed(message(f"q{i}", "camera-1", seq=i + 1, epoch=1), CAMERA)
        )
        for i in range(MESSAGES)
    }
    patience = 1.5  # longer each time: a machine under load answers late
    while len(receipts) < MESSAGES:
        with suppress(aiomqtt.MqttError, TimeoutError):
            async with aiomqtt.Client("127.0.0.1", port) as client:
                await client.subscribe("receipts/camera-1", qos=1)
                missing = [each for each in bodies if each not in receipts]
                for name in missing:
                    await client.publish("messages/camera-1", bodies[name], qos=1)
                async with asyncio.timeout(patience):
                    async for told in client.messages:
                        said = json.loads(told.payload)
                        assert said["status"] == "recorded", said
                        receipts[said["id"]] = said
                        if len(receipts) == MESSAGES:
                            break
        patience = min(patience * 1.3, 30)
        await asyncio.sleep(0.05)
    ended.set()
    return receipts


def test_what_was_receipted_survives_kills_of_broker_and_service(  # noqa: PLR0915
    tmp_path: Path,
) -> None:
    import multiprocessing  # noqa: PLC0415

    from pamiers.app.api.running import Settings, serve  # noqa: PLC0415

    folder, port = prepared(tmp_path / "mission"), free_port()
    enrolled(folder)
    fork = multiprocessing.get_context("fork")
    settings = Settings(broker=("127.0.0.1", port))

    def life() -> Any:  # noqa: ANN401 - a process of this context
        process = fork.Process(target=serve, args=(folder, settings), daemon=True)
        process.start()
        return process

    async def run() -> dict[str, Any]:
        rng, ended = random.Random(4), asyncio.Event()  # noqa: S311 - a seed
        post, service = broker(tmp_path, port), life()
        sensor = asyncio.create_task(send_until_receipted(port, ended))
        try:
            for kill in range(KILLS):
                await asyncio.sleep(rng.uniform(0.5, 1.5))
                if kill % 2:
                    post.kill()
                    post.wait()
                    post = broker(tmp_path, port)
                else:
                    service.kill()
                    service.join()
                    service = life()
            return await asyncio.wait_for(sensor, 240)
        finally:
            service.kill()
            service.join()
            post.kill()
            post.wait()

    began = time.monotonic()
    receipts = asyncio.run(run())
    assert time.monotonic() - began < 300
    assert len(receipts) == MESSAGES
    check(folder, list(receipts.values()))
    with opened(folder) as mission:
        assert log_key(folder, mission).verifier is not None
