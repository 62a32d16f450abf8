"""Who will see this: a row as each circle would have it, before it is sent."""

from typing import Annotated, Any, Final

import orjson
from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from pamiers.app.api.desk import At, reader_of
from pamiers.app.api.guard import may
from pamiers.app.api.reader import Reader
from pamiers.core.canonical_rows import canonical_lines, read_canonical_lines
from pamiers.core.errors import UnknownTermError
from pamiers.core.sharing import Sharing
from pamiers.mission.access.permissions import READ, clearance, decide
from pamiers.mission.messages.message import HEARTBEAT, read_message
from pamiers.report.coarsen import coarsened
from pamiers.report.redaction import EDITIONS

ROUTES: Final = APIRouter(tags=["access"])
Who = Annotated[Reader, Depends(reader_of)]


class Draft(BaseModel):
    """A message that is not sent yet."""

    model_config = ConfigDict(extra="forbid")
    kind: Annotated[str, Field(max_length=32)] = "observation"
    label: Sharing = Sharing.PUBLIC
    row: dict[str, Any]


@ROUTES.post("/preview", dependencies=[Depends(may(READ, "preview"))])
def preview(desk: At, who: Who, said: Draft) -> dict[str, Any]:
    """Show a row as each circle would read it, and who of those enrolled is in it.

    Those who do not serve the commission are told which of those who do, by name.

    Raises:
        UnknownTermError: A heartbeat, which nobody reads.
        MalformedSourceError: The row cannot be read.
    """
    if said.kind == HEARTBEAT:
        raise UnknownTermError(
            "kind", expected="a kind of row", got="a heartbeat", remedy="Name one."
        )
    text = {"source": "preview", "id": "preview", **said.model_dump(mode="json")}
    message = read_message(orjson.dumps(text))
    table = read_canonical_lines(message.kind, [message.line])
    circles = {}
    for edition in EDITIONS.values():
        shown = coarsened(table, edition)
        open_to = said.label.seen_with(Sharing(edition.id))
        lines = canonical_lines(shown) if shown is not None and open_to else []
        circles[edition.id] = _plain(lines)
    whole = canonical_lines(table)
    circles[Sharing.CONFIDENTIAL.value] = _plain(whole)
    readers = [
        each.name
        for each in desk.door.access().principals.values()
        if (EDITIONS[who.edition].confidential or _serves(each.roles))
        and decide(each.roles, READ, message.kind, said.label).allowed
    ]
    return {
        "label": said.label.value,
        "circles": circles,
        "readers": readers,
        "everybody": decide((), READ, message.kind, said.label).allowed,
    }


def _serves(roles: tuple[str, ...]) -> bool:
    """Tell whether somebody serves the commission: observers' names stay with it."""
    return clearance(roles) >= Sharing.COMMISSION


def _plain(lines: list[bytes]) -> dict[str, Any] | None:
    """Return what a circle reads; None where it is told nothing at all."""
    if not lines:
        return None
    row: dict[str, Any] = orjson.loads(lines[0])
    return {n: v for n, v in row.items() if n not in {"source", "key"}}
