"""The routes by which things come in, as the description of the API names them.

Messages are answered before routing (`intake`); these routes are the same answers,
where the application is asked without what goes round it.
"""

import hashlib
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Depends, HTTPException, Path, Request, Response
from fastapi.responses import JSONResponse

from pamiers.app.api.desk import At, Question, reader_of
from pamiers.app.api.guard import may
from pamiers.app.api.reader import Reader
from pamiers.mission.access.permissions import READ, SEND
from pamiers.mission.messages.filing import CONFLICT, KIND, TEXTS, listed
from pamiers.mission.messages.message import FIELDS

ROUTES: Final = APIRouter(tags=["messages"])
_HEX: Final = r"^[0-9a-f]{64}$"
Digest = Annotated[str, Path(pattern=_HEX)]
Who = Annotated[Reader, Depends(reader_of)]
#: of one attachment, and of one piece of it [bytes]
MOST_ATTACHED: Final = 1_000_000_000
MOST_PIECE: Final = 16_000_000
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    201: {"description": "Recorded, on the disk; a receipt. The same for a repeat."},
    202: {"description": "Kept and held, with the reason; a receipt."},
    400: {"description": "No message; where and why."},
    401: {"description": "Nobody said who sends it."},
    403: {"description": "Whoever sends it may not, or did not sign it."},
    409: {"description": "Another message under this id is on record; both are kept."},
    413: {"description": "Too long."},
    429: {"description": "Too many wait; send it again soon."},
    503: {"description": "The record cannot be written."},
}


@ROUTES.post("/messages", status_code=201, responses=_ANSWERS)
async def message(
    request: Request,
    body: Annotated[dict[str, Any], Body(description=f"Fields: {', '.join(FIELDS)}.")],
) -> Response:
    """Take one message, plain or signed, and answer with a receipt."""
    del body  # read once more below, as bytes: those are what was signed
    return await _passed_on(request)


@ROUTES.post("/messages/batch", status_code=201, responses=_ANSWERS)
async def batch(
    request: Request, body: Annotated[dict[str, Any], Body(description="messages")]
) -> Response:
    """Take many messages under one signature, and answer with their receipts."""
    del body
    return await _passed_on(request)


async def _passed_on(request: Request) -> Response:
    """Answer a request by the intake, its body as it came."""
    data, said = await request.body(), {"status": 500, "body": b"", "headers": []}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": data, "more_body": False}

    async def send(part: Any) -> None:  # noqa: ANN401 - an ASGI message
        said.update({k: v for k, v in part.items() if k in said})

    await request.app.state.intake(request.scope, receive, send)
    headers = {k.decode(): v.decode() for k, v in said["headers"]}  # type: ignore[attr-defined] # filled by the answer
    return Response(said["body"], int(str(said["status"])), headers)


@ROUTES.get("/conflicts", dependencies=[Depends(may(READ, "conflict"))])
def conflicts(question: Question) -> Response:
    """List messages that are held: another under the same id, or a reason to wait."""
    record, found = question.desk.mission.record, []
    for entry in record.entries((KIND,)):
        held = entry.body["held"]
        if not isinstance(held, dict) or not held:
            continue
        messages = listed(entry, record.payload(entry.index, TEXTS))
        for at, why in sorted(held.items(), key=lambda each: int(each[0])):
            one = messages[int(at)]
            found.append(
                {
                    "entry": entry.index,
                    "position": int(at),
                    "why": why,
                    "conflict": why == CONFLICT,
                    "source": one.message.source,
                    "id": one.message.id,
                    "sha256": one.digest,
                }
            )
    mark = record.head().hex
    return question.answer({"items": found, **question.on_record}, mark=mark)


@ROUTES.head("/attachments/{digest}", dependencies=[Depends(may(SEND, "attachment"))])
def attached(desk: At, who: Who, digest: Digest) -> Response:
    """Say how many bytes of an attachment are here already."""
    part = desk.parts.size(who.name, digest)
    return Response(headers={"Upload-Offset": str(part), "Cache-Control": "no-store"})


@ROUTES.patch("/attachments/{digest}", dependencies=[Depends(may(SEND, "attachment"))])
async def attach(request: Request, desk: At, who: Who, digest: Digest) -> JSONResponse:
    """Take the next piece of an attachment; `Upload-Offset` says where it goes.

    Args:
        request: The piece, and `Upload-Offset` and `Upload-Length` as headers.
        desk: The mission.
        who: Who sends it.
        digest: SHA-256 of the whole, in hexadecimal: it says when it is complete.

    Returns:
        How many bytes are here, and whether that is all; all of it is on the disk.

    Raises:
        HTTPException: 400, 405, 409 for another offset, 413, or 422 where the whole
            has another digest.
    """
    if desk.read_only:
        raise HTTPException(405, "expected nothing: this service is read-only")
    at, length = (_number(request, name) for name in ("upload-offset", "upload-length"))
    if length > MOST_ATTACHED:
        raise HTTPException(413, f"expected at most {MOST_ATTACHED} bytes")
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > MOST_PIECE or at + len(data) > length:
            raise HTTPException(413, f"expected a piece of at most {MOST_PIECE} bytes")
    here = desk.parts.add(who.name, digest, at, bytes(data))
    if here is None:
        raise HTTPException(409, "expected the offset that HEAD tells")
    if here < length:
        return JSONResponse({"offset": here, "complete": False}, 202)
    whole = desk.parts.take(who.name, digest)
    if hashlib.sha256(whole).hexdigest() != digest:
        raise HTTPException(422, "expected bytes of that digest; begin again at 0")
    desk.mission.originals.put(whole)
    return JSONResponse({"offset": here, "complete": True, "sha256": digest}, 201)


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > 12:  # noqa: PLR2004 - a figure plain in its place
        raise HTTPException(400, f"expected a header {name} with a number")
    return int(text)
