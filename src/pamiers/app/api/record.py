"""The record itself: its head, its checkpoint, its entries and their proofs."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.responses import PlainTextResponse

from pamiers.app.api.desk import At, Question, refused
from pamiers.app.api.guard import may
from pamiers.core.instant import format_instant
from pamiers.ledger.checkpoint import sign_checkpoint
from pamiers.ledger.tree import Head, prove, prove_consistency, root_of
from pamiers.mission.access.permissions import READ
from pamiers.mission.access.succession import steps_of
from pamiers.mission.judged import known_at

ROUTES: Final = APIRouter(
    dependencies=[Depends(may(READ, "record"))], tags=["record"], prefix="/record"
)
_MOST: Final = 1_000
Index = Annotated[int, Path(ge=0, le=10**12)]


@ROUTES.get("")
def record(question: Question) -> Response:
    """Show the size and root of the record, signed, and the key to check it with."""
    desk, head = question.desk, question.desk.mission.record.head()
    told = {
        "entries": head.size,
        "head": head.hex,
        "origin": desk.key.name,
        "checkpoint": str(sign_checkpoint(head, desk.key)),
        "key": str(desk.key.verifier),
        "successions": [str(each) for each in steps_of(desk.mission)],
        "judged": question.freshness.judged,
        "known_at": format_instant(known_at(desk.mission)),
    }
    return question.answer(told, mark=head.hex)


@ROUTES.get("/checkpoint", response_class=PlainTextResponse)
def checkpoint(desk: At) -> PlainTextResponse:
    """Return the signed checkpoint of the record (C2SP tlog-checkpoint)."""
    head = desk.mission.record.head()
    return PlainTextResponse(str(sign_checkpoint(head, desk.key)))


@ROUTES.get("/entries")
def entries(
    question: Question,
    start: Annotated[int, Query(ge=0, le=10**12)] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 100,
) -> Response:
    """List entries by kind, time and leaf; what they say is told elsewhere."""
    found: list[dict[str, object]] = []
    for entry in question.desk.mission.record.entries(start=start):
        if len(found) == limit:
            break
        found.append(
            {
                "entry": entry.index,
                "kind": entry.kind,
                "recorded_at": format_instant(entry.recorded_at),
                "leaf": entry.leaf.hex(),
            }
        )
    told = {"items": found, **question.on_record}
    return question.answer(told, mark=question.desk.mission.record.head().hex)


@ROUTES.get("/entries/{index}/proof")
def inclusion(desk: At, index: Index) -> dict[str, Any]:
    """Prove that an entry is in the record (RFC 9162, 2.1.3).

    Raises:
        HTTPException: 404 where there is none.
    """
    leaves = _leaves(desk)
    if index >= len(leaves):
        raise refused(404, f"an entry from 0 to {len(leaves) - 1}", str(index))
    head = Head(len(leaves), root_of(leaves))
    return {
        "entry": index,
        "leaf": leaves[index].hex(),
        "path": [each.hex() for each in prove(leaves, index)],
        "checkpoint": str(sign_checkpoint(head, desk.key)),
    }


@ROUTES.get("/consistency")
def consistency(
    desk: At, since: Annotated[int, Query(ge=0, le=10**12)]
) -> dict[str, Any]:
    """Prove that the record grew out of one of `since` entries (RFC 9162, 2.1.4).

    Raises:
        HTTPException: 404 where there is none.
    """
    leaves = _leaves(desk)
    if since > len(leaves):
        raise refused(404, f"a size from 0 to {len(leaves)}", str(since))
    head = Head(len(leaves), root_of(leaves))
    return {
        "since": since,
        "path": [each.hex() for each in prove_consistency(leaves, since)],
        "checkpoint": str(sign_checkpoint(head, desk.key)),
    }


def _leaves(desk: At) -> list[bytes]:
    return [entry.leaf for entry in desk.mission.record.entries()]
