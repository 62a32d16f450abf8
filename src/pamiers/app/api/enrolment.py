"""The routes by which people and devices are enrolled, and what was decided is read."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from pamiers.app.accounts import COOKIE
from pamiers.app.api.desk import At, Desk, Question, reader_of
from pamiers.app.api.guard import may
from pamiers.app.api.reader import Reader
from pamiers.core.instant import format_instant
from pamiers.mission.access.devices import verify_enrolment
from pamiers.mission.access.grants import check_name, check_roles
from pamiers.mission.access.permissions import (
    APPROVE,
    ENROL,
    GRANT,
    MATRIX,
    READ,
)
from pamiers.mission.judged import agreement_of

ROUTES: Final = APIRouter(tags=["access"])
Who = Annotated[Reader, Depends(reader_of)]
_NAME: Final = r"^[\w.@-]{1,64}$"
Name = Annotated[str, Field(pattern=_NAME)]
_HEX: Final = r"^[0-9a-f]{64}$"


class Strict(BaseModel):
    """What is asked for, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class SignIn(Strict):
    """A name and its password."""

    name: Name
    password: Annotated[str, Field(max_length=1024)]


class Enrolment(Strict):
    """Somebody to be enrolled, or to be given more."""

    name: Name
    roles: Annotated[list[str], Field(max_length=16)] = []
    office: Annotated[str, Field(max_length=128)] | None = None
    sources: Annotated[list[str], Field(max_length=64)] = []


class Approval(Strict):
    """The proposal that is approved, by the entry that made it."""

    proposal: Annotated[int, Field(ge=0, le=10**12)]


class Removal(Strict):
    """Whose roles are taken; none named: all of them."""

    name: Name
    roles: Annotated[list[str], Field(max_length=16)] = []


class DeviceEnrolment(Strict):
    """A device, and the signatures of all parties over what it is."""

    name: Name
    key: Annotated[str, Field(pattern=_HEX)]
    source: Annotated[str, Field(pattern=r"^[\w.:/@+-]{1,128}$")]
    epoch: Annotated[int, Field(ge=0, le=2**31)] = 0
    heartbeat_s: Annotated[float, Field(gt=0, le=86_400)] | None = None
    signatures: dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]]


@ROUTES.post("/session")
def sign_in(desk: At, said: SignIn) -> JSONResponse:
    """Begin a session: the answer sets a cookie for pages of this service.

    The token that was told at enrolment does for a password.

    Raises:
        HTTPException: 401 where name or password is another.
    """
    now, accounts = desk.clock(), desk.accounts
    session = accounts.by_own_token(said.name, said.password, now)
    session = session or accounts.by_password(said.name, said.password, now)
    if session is None:
        raise HTTPException(401, "expected a name and its password")
    answer = JSONResponse({"name": said.name}, 201)
    answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", path="/")
    return answer


@ROUTES.delete("/session", status_code=204)
def sign_out(request: Request, desk: At) -> Response:
    """End a session."""
    desk.accounts.end(request.cookies.get(COOKIE, ""))
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@ROUTES.get("/principals", dependencies=[Depends(may(READ, "principal"))])
def principals(desk: At) -> dict[str, Any]:
    """List who is enrolled, with which roles, and what waits for a second person."""
    held = desk.door.access()
    return {
        "items": [_shown(each) for each in held.principals.values()],
        "proposals": [_shown(each) for each in held.proposals.values()],
    }


def _shown(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any record of grants
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


@ROUTES.post(
    "/principals", status_code=201, dependencies=[Depends(may(GRANT, "principal"))]
)
def enrol(desk: At, who: Who, said: Enrolment) -> dict[str, Any]:
    """Enrol somebody; the token is told once. Weighty roles wait for another person."""
    check_roles(said.roles)
    check_name(said.name)
    body = {"do": "enrol", "by": who.name, **said.model_dump(exclude_none=True)}
    new = said.name not in desk.door.access().principals
    entry = granted(desk, body)
    held = desk.door.access()
    waiting = held.proposals.get(entry)
    return {
        **_shown(held.principals[said.name]),
        "entry": entry,
        "proposal": None if waiting is None else waiting.entry,
        "token": desk.accounts.issue(said.name) if new else None,
    }


_ONE_HAND: Final = (
    "expected somebody in whose name who proposed it cannot act: one enrolled the "
    "other, or a third enrolled both; ask one whom the keeper or somebody else enrolled"
)


@ROUTES.post("/principals/approve", dependencies=[Depends(may(APPROVE, "principal"))])
def approve(desk: At, who: Who, said: Approval) -> dict[str, Any]:
    """Approve what another proposed.

    Raises:
        HTTPException: 404 for no such proposal, 403 for one's own, or that of one whom
            one enrolled or was enrolled by, or for who enrolled one: who enrols
            somebody is told his token.
    """
    held = desk.door.access()
    proposal = held.proposals.get(said.proposal)
    if proposal is None:
        raise HTTPException(404, "expected a proposal that waits")
    if who.name in {proposal.by, proposal.name}:
        raise HTTPException(403, "expected another person than who proposed it")
    if not held.may_approve(who.name, proposal):
        raise HTTPException(403, _ONE_HAND)
    granted(desk, {"do": "approve", "by": who.name, "proposal": said.proposal})
    return _shown(desk.door.access().principals[proposal.name])


@ROUTES.post("/principals/take", dependencies=[Depends(may(GRANT, "principal"))])
def take(desk: At, who: Who, said: Removal) -> dict[str, Any]:
    """Take roles away, at once; with none named, tokens and sessions too."""
    body = {"do": "take", "by": who.name, "name": said.name, "roles": said.roles}
    entry = granted(desk, body)
    if not said.roles:
        desk.accounts.forget(said.name)
    return {"entry": entry, "roles": desk.door.access().roles_of(said.name)}


@ROUTES.get("/devices", dependencies=[Depends(may(READ, "device"))])
def devices(desk: At) -> dict[str, Any]:
    """List devices that were enrolled, those revoked too."""
    held = desk.door.access()
    return {
        "items": [_shown(each) for each in held.devices.values()],
        "party_keys": held.party_keys,
    }


@ROUTES.post("/devices", status_code=201, dependencies=[Depends(may(ENROL, "device"))])
def enrol_device(desk: At, who: Who, said: DeviceEnrolment) -> dict[str, Any]:
    """Enrol a device that every party has signed for."""
    body = said.model_dump(exclude_none=True)
    parties = agreement_of(desk.mission).party_ids
    verify_enrolment(body, desk.door.access(), parties)
    entry = granted(desk, {"do": "device", "by": who.name, **body})
    return {"entry": entry, **_shown(desk.door.access().devices[said.name])}


def granted(desk: Desk, body: dict[str, Any]) -> int:
    """Put a grant on record, and return its entry.

    Raises:
        HTTPException: 405 where nothing is taken in.
    """
    if desk.read_only:
        raise HTTPException(405, "expected nothing: this service is read-only")
    return desk.append("grant", body)


@ROUTES.get("/permissions")
def permissions() -> dict[str, Any]:
    """Show the permission matrix, as it is enforced."""
    return {"matrix": MATRIX}


@ROUTES.get("/access", dependencies=[Depends(may(READ, "access"))])
def log(
    question: Question, start: Annotated[int, Query(ge=0, le=10**12)] = 0
) -> Response:
    """List what was decided about who may do what, by entries of the log."""
    record = question.desk.mission.record
    found = [
        {
            "entry": each.index,
            "recorded_at": format_instant(each.recorded_at),
            "decisions": each.body["decisions"],
        }
        for each in record.entries(("access",), start=start)
    ]
    return question.answer({"items": found}, mark=record.head().hex)
