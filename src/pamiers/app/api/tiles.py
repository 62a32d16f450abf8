"""The tree of the record as tiles, for whoever mirrors it or makes his own proofs."""

from typing import Final

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import PlainTextResponse

from pamiers.app.api.desk import At, Desk, refused
from pamiers.app.api.guard import may
from pamiers.core.errors import UsageError
from pamiers.ledger.checkpoint import sign_checkpoint
from pamiers.ledger.tiles import read_tile
from pamiers.mission.access.permissions import READ

ROUTES: Final = APIRouter(dependencies=[Depends(may(READ, "record"))], tags=["record"])
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_BYTES: Final = "application/octet-stream"


@ROUTES.get("/checkpoint", response_class=PlainTextResponse)
def checkpoint(desk: At) -> PlainTextResponse:
    """Return the signed checkpoint of the record (C2SP tlog-tiles)."""
    signed = str(sign_checkpoint(desk.mission.record.head(), desk.key))
    return PlainTextResponse(signed, headers={"Cache-Control": "no-cache"})


@ROUTES.get("/tile/{level}/{index:path}", response_class=Response)
def tile(desk: At, level: str, index: str) -> Response:
    """Return up to 256 hashes of the tree (C2SP tlog-tiles); no entries.

    Raises:
        HTTPException: 404 where there is no such tile.
    """
    found = _found(desk, level, index)
    if found is None:
        raise refused(404, "a tile of the record as it is now", f"{level}/{index}"[:80])
    return Response(found, media_type=_BYTES, headers={"Cache-Control": _FOR_EVER})


def _found(desk: Desk, level: str, index: str) -> bytes | None:
    try:
        asked = read_tile(level, index)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error
    return desk.tiled.read(asked)
