"""MQTT: observations in, receipts out.

A broker's acknowledgement says that the broker has a message, not that it is on a disk.
What counts is the receipt: it is published on `receipts/SOURCE` after the commit, and
whoever sends keeps a message, and sends it again, until its receipt has come. So
nothing that was receipted can be lost, whoever is killed when.
"""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import orjson
from fastapi import HTTPException

from pamiers.app.api.envelope import log
from pamiers.app.api.intake import Intake
from pamiers.core.errors import PamiersError, UsageError
from pamiers.mission.messages.strict import MOST_BYTES

if TYPE_CHECKING:
    import aiomqtt

IN: Final = "messages/+"
_MOST_WORKING: Final = 2_000
_PATIENCE_S: Final = 1.0
_QOS: Final = 1


def check_installed() -> None:
    """Pass where the client of MQTT is installed.

    Raises:
        UsageError: It is not.
    """
    try:
        import aiomqtt  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "--mqtt",
            expected="the extra `mqtt`",
            got="none installed",
            remedy="Install it: pip install 'pamiers[mqtt]'.",
        ) from error


@dataclass(slots=True)
class Bridge:
    """Joins a broker to the intake, and joins it again whenever the line breaks."""

    intake: Intake
    host: str
    port: int
    _working: set["asyncio.Task[None]"] = field(default_factory=set)

    async def run(self) -> None:
        """Take what comes until cancelled."""
        import aiomqtt  # noqa: PLC0415 - an extra

        while True:
            try:
                async with aiomqtt.Client(self.host, self.port) as client:
                    await client.subscribe(IN, qos=_QOS)
                    log("mqtt-joined")
                    async for message in client.messages:
                        await self._begin(client, message)
            except aiomqtt.MqttError as error:
                log("mqtt-parted", kind=type(error).__name__)
                await asyncio.sleep(_PATIENCE_S)

    async def _begin(self, client: "aiomqtt.Client", message: Any) -> None:  # noqa: ANN401 - any value
        """Begin to answer a message, not waiting for the disk before the next."""
        data = message.payload
        if message.retain or not isinstance(data, bytes) or len(data) > 2 * MOST_BYTES:
            self.intake.desk.figures.add("mqtt_ignored")
            return
        while len(self._working) >= _MOST_WORKING:
            await asyncio.wait(self._working, return_when=asyncio.FIRST_COMPLETED)
        topic = str(message.topic).partition("/")[2]
        task = asyncio.create_task(self._answer(client, topic, data))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _answer(self, client: "aiomqtt.Client", topic: str, data: bytes) -> None:
        import aiomqtt  # noqa: PLC0415 - loaded when it is used

        told: list[dict[str, Any]]
        try:
            sent = await self.intake.believed(data, "")
            told = await self.intake.recorded(sent)
        except PamiersError as error:
            self.intake.desk.figures.add("mqtt_refused")
            told = [{"status": "refused", "detail": str(error)}]
        except HTTPException as refusal:
            self.intake.desk.figures.add("mqtt_refused")
            told = [{"status": "refused", "detail": refusal.detail}]
        for each in told:
            try:
                await client.publish(f"receipts/{topic}", orjson.dumps(each), qos=_QOS)
            except aiomqtt.MqttError:
                return  # not receipted: it comes again


def place_of(text: str) -> tuple[str, int]:
    """Return host and port of a broker.

    Raises:
        UsageError: It is not `HOST:PORT`.
    """
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise UsageError(
            "--mqtt",
            expected="HOST:PORT of a broker",
            got=repr(text[:80]),
            remedy="Write it such as 127.0.0.1:1883.",
        )
    return host, int(port)
