"""The routes by which keys of parties and devices are enrolled, rotated and revoked."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, HTTPException
from pydantic import Field

from pamiers.app.api.desk import At, Desk
from pamiers.app.api.enrolment import Name, Strict, Who, granted
from pamiers.app.api.guard import may
from pamiers.app.keys_kept import check_rotation, plain
from pamiers.app.keys_kept import revoke as revoked
from pamiers.core.errors import UsageError
from pamiers.mission.access.grants import check_instant
from pamiers.mission.access.keys import read_key
from pamiers.mission.access.permissions import ENROL, READ
from pamiers.mission.judged import agreement_of

ROUTES: Final = APIRouter(tags=["access"])
_KEY: Final = r"^[0-9a-f]{64}$"
Signature = Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
Since = Annotated[str, Field(max_length=40)] | None
Party = Annotated[str, Field(max_length=128)]
_MAY: Final = [Depends(may(ENROL, "device"))]


class PartyKey(Strict):
    """The key by which a party signs."""

    party: Party
    key: Annotated[str, Field(pattern=_KEY)]


class Both(Strict):
    """The signatures of the key in force and of the new one, over the rotation."""

    old: Signature
    new: Signature


class Rotation(Strict):
    """A new key of a device, in the place of the one in force."""

    name: Name
    key: Annotated[str, Field(pattern=_KEY)]
    signatures: Both


class PartyRotation(Strict):
    """A new key of a party, in the place of the one in force."""

    party: Party
    key: Annotated[str, Field(pattern=_KEY)]
    signatures: Both


class Revocation(Strict):
    """A device of which nothing is taken any more."""

    name: Name
    compromised_since: Since = None


class PartyRevocation(Strict):
    """A party's key that signs no longer."""

    party: Party
    compromised_since: Since = None


@ROUTES.get("/keys", dependencies=[Depends(may(READ, "device"))])
def keys(desk: At) -> dict[str, Any]:
    """List every key that there ever was: whose, from when to when, and why."""
    held = desk.door.access(anew=True)
    lives = sorted(held.keys.values(), key=lambda each: each.entry)
    return {"items": [plain(each, held) for each in lives]}


@ROUTES.post("/party-keys", status_code=201, dependencies=_MAY)
def party_key(desk: At, who: Who, said: PartyKey) -> dict[str, Any]:
    """Put the key of a party on record; it signs for devices.

    Raises:
        HTTPException: 404 for no such party, 409 where it has one in force, or had
            this one.
    """
    held = desk.door.access(anew=True)
    if said.party not in agreement_of(desk.mission).party_ids:
        raise HTTPException(404, "expected a party of the agreement")
    if said.party in held.party_keys or said.key in held.keys:
        raise HTTPException(409, "expected a party without a key, and a new key")
    read_key(said.key)
    body = {"do": "party-key", "by": who.name, **said.model_dump()}
    return {"entry": granted(desk, body)}


@ROUTES.post("/party-keys/rotate", status_code=201, dependencies=_MAY)
def rotate_party(desk: At, who: Who, said: PartyRotation) -> dict[str, Any]:
    """Put a new key in the place of a party's; both have signed that."""
    return _rotated(desk, {"by": who.name, **said.model_dump()})


@ROUTES.post("/party-keys/revoke", dependencies=_MAY)
def revoke_party(desk: At, who: Who, said: PartyRevocation) -> dict[str, Any]:
    """Revoke a party's key, at once.

    What is sent by devices that it signed for since it was compromised is held.
    """
    return _revoked(desk, who.name, said)


@ROUTES.post("/devices/rotate", status_code=201, dependencies=_MAY)
def rotate(desk: At, who: Who, said: Rotation) -> dict[str, Any]:
    """Put a new key in the place of a device's; both have signed that.

    What the old one signed and comes later is kept and held.
    """
    return _rotated(desk, {"by": who.name, **said.model_dump()})


@ROUTES.post("/devices/revoke", dependencies=_MAY)
def revoke(desk: At, who: Who, said: Revocation) -> dict[str, Any]:
    """Revoke a device, at once; what it sent since it was compromised is withdrawn.

    Raises:
        HTTPException: 404 for no such device.
    """
    if said.name not in desk.door.access().devices:
        raise HTTPException(404, "expected a device that is enrolled")
    told = _revoked(desk, who.name, said)
    device = desk.door.access(anew=True).devices[said.name]
    shown = {n: getattr(device, n) for n in device.__dataclass_fields__}
    return {**shown, **told}


def _rotated(desk: Desk, body: dict[str, Any]) -> dict[str, Any]:
    check_rotation(desk.door.access(anew=True), body)
    entry = granted(desk, {**body, "do": "rotate"})
    held = desk.door.access(anew=True)
    life = held.keys.get(body["key"])
    if life is None:
        raise UsageError(
            "rotation", expected="a key in force", got="none now", remedy="Look again."
        )
    return {**plain(life, held), "entry": entry}


def _revoked(desk: Desk, by: str, said: Revocation | PartyRevocation) -> dict[str, Any]:
    if desk.read_only:
        raise HTTPException(405, "expected nothing: this service is read-only")
    body = said.model_dump(exclude_none=True)
    if said.compromised_since is not None:
        check_instant(said.compromised_since)
    told = revoked(desk.mission, desk.folder, body, by)
    desk.door.stale = True
    return told
