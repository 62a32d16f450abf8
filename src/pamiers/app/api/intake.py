"""Taking in: messages and the receipts that answer them.

The busiest path of the service, so it is answered before any routing: read, believe,
hand to the writer, wait until it is on the disk, answer.
"""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import orjson
from fastapi import HTTPException

from pamiers.app.api.checking import Checks
from pamiers.app.api.desk import Desk
from pamiers.app.api.door import Door
from pamiers.app.api.envelope import Receive, Scope, Send
from pamiers.app.api.guard import allowed
from pamiers.app.api.reader import Reader
from pamiers.app.api.writer import Answer, Writer
from pamiers.core.errors import LedgerMismatchError, PamiersError, StoreError
from pamiers.mission.access.devices import held_because, held_by_old_key, sender_of
from pamiers.mission.access.permissions import SEND
from pamiers.mission.messages.filing import CONFLICT, Sent
from pamiers.mission.messages.message import Message
from pamiers.mission.messages.receipt import RECORDED
from pamiers.mission.messages.sealed import Sealed, read_sealed
from pamiers.mission.messages.strict import MOST_BYTES

PATHS: Final = frozenset({"/api/messages", "/api/messages/batch"})
#: of a body with many messages
MOST_BATCH: Final = 32_000_000
_CREATED, _ACCEPTED, _CONFLICT, _UNKNOWN = 201, 202, 409, 401
_RETRY_S: Final = b"2"
ANY: Final = "*"


@dataclass(slots=True)
class Intake:
    """What takes messages in."""

    desk: Desk
    door: Door
    writer: Writer
    checks: Checks = field(default_factory=Checks)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request that brings messages."""
        try:
            status, told = await self._answered(scope, receive)
        except HTTPException as refusal:
            status, told = refusal.status_code, {"detail": refusal.detail}
        except PamiersError as error:
            status, told = _status(error), {"detail": str(error), **error.to_dict()}
        await _send(send, status, orjson.dumps(told))

    async def _answered(self, scope: Scope, receive: Receive) -> tuple[int, Any]:
        if scope["method"] != "POST":
            raise HTTPException(405, "expected POST")
        if self.desk.read_only:
            raise HTTPException(405, "expected nothing: this service is read-only")
        many = scope["path"].endswith("/batch")
        most = MOST_BATCH if many else 2 * MOST_BYTES
        sent = await self.believed(await _body(receive, most), _header(scope))
        if many or len(sent.messages) > 1:
            return _of_many(await self.recorded(sent))
        return _of_one(await self.recorded(sent))

    async def believed(self, data: bytes, authorization: str) -> Sent:
        """Return what a body brings, after checking who sends it and that he may.

        Args:
            data: The body.
            authorization: The header of that name; empty where there was none.

        Returns:
            Messages that may be recorded.

        Raises:
            HTTPException: 401 or 403.
            PamiersError: It is no message, or its signature is of something else.
        """
        sealed = read_sealed(data)
        if sealed.key is not None:
            return await self._of_device(sealed)
        reader = self.door.bearer(authorization) if authorization else Reader()
        allowed(self.desk, reader, SEND, "message")
        messages = sealed.messages()
        _check_sources(messages, reader.sources)
        return _sent(sealed, reader.name, messages)

    async def _of_device(self, sealed: Sealed) -> Sent:
        now = self.desk.clock()
        device, signed = sender_of(sealed, self.door.access(), now)
        held, why = self.door.access(), ""
        if not await self.checks.verified(signed):
            why = held_by_old_key(device, signed[1:], held)
        messages = sealed.messages()
        _check_sources(messages, (device.source,))
        if any(each.epoch != device.epoch for each in messages if each.seq is not None):
            raise HTTPException(403, f"expected epoch {device.epoch}, got another")
        why = why or held_because(device, messages, now, held)
        return _sent(sealed, device.name, messages, why)

    async def recorded(self, sent: Sent) -> list[dict[str, Any]]:
        """Return the receipts of messages, once they are on the disk.

        Args:
            sent: Messages that may be recorded.

        Returns:
            One receipt a message, in order.

        Raises:
            HTTPException: 429 where too many wait.
            PamiersError: The record cannot be written.
        """
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Answer] = loop.create_future()

        if not self.writer.submit(sent, partial(_settle, waiting), loop):
            self.desk.figures.add("messages_pushed_back", len(sent.messages))
            raise HTTPException(429, "expected fewer at once: send it again soon")
        answer = await waiting
        if isinstance(answer, PamiersError):
            raise answer
        return answer


def _settle(waiting: "asyncio.Future[Answer]", answer: Answer) -> None:
    if not waiting.done():
        waiting.set_result(answer)


def _sent(
    sealed: Sealed, by: str, messages: tuple[Message, ...], why: str = ""
) -> Sent:
    return Sent(kept=sealed.kept, by=by, texts=sealed.texts, messages=messages, why=why)


def _check_sources(messages: tuple[Message, ...], sources: tuple[str, ...]) -> None:
    for each in messages:
        if each.source not in sources and ANY not in sources:
            raise HTTPException(403, "expected a source that the sender speaks for")


def _of_one(receipts: list[dict[str, Any]]) -> tuple[int, Any]:
    (receipt,) = receipts
    return _code(receipt["status"]), receipt


def _of_many(receipts: list[dict[str, Any]]) -> tuple[int, Any]:
    codes = {_code(each["status"]) for each in receipts}
    status = _CREATED if codes == {_CREATED} else 207
    return status, {"receipts": receipts}


def _code(status: str) -> int:
    if status == RECORDED:
        return _CREATED
    return _CONFLICT if status == CONFLICT else _ACCEPTED


def _status(error: PamiersError) -> int:
    if isinstance(error, LedgerMismatchError):
        return 403
    return 503 if isinstance(error, StoreError) else 400


def _header(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"authorization":
            return str(value.decode("latin-1"))
    return ""


async def _body(receive: Receive, most: int) -> bytes:
    """Return the body of a request.

    Raises:
        HTTPException: 413 where it is too long, 400 where the sender went away.
    """
    first = await receive()
    data = first.get("body", b"")
    more = first.get("more_body", False)
    if more:
        parts, size = [data], len(data)
        while more:
            message = await receive()
            if message["type"] != "http.request":
                raise HTTPException(400, "expected the whole body")
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > most:
                raise HTTPException(413, f"expected at most {most} bytes")
            more = message.get("more_body", False)
        data = b"".join(parts)
    if len(data) > most:
        raise HTTPException(413, f"expected at most {most} bytes")
    return bytes(data)


async def _send(send: Send, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    ]
    if status in {429, 503}:
        headers.append((b"retry-after", _RETRY_S))
    if status == _UNKNOWN:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
