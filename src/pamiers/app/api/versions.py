"""Versions of the agreement: what is in force, who signed it, and signing over HTTP."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, HTTPException, Path, Query
from pydantic import Field

from pamiers.app.agreement_versions import listed_in, sign_in, text_in
from pamiers.app.api.desk import At
from pamiers.app.api.enrolment import Strict, Who
from pamiers.app.api.guard import may
from pamiers.mission.access.permissions import ACT, READ

ROUTES: Final = APIRouter(tags=["agreement"], prefix="/agreement/versions")
Index = Annotated[int, Path(ge=0, le=10**12)]
Party = Annotated[str, Field(max_length=128)]
_READ: Final = [Depends(may(READ, "version"))]


class Signing(Strict):
    """A party's signature under a version."""

    party: Party
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]


@ROUTES.get("", dependencies=_READ)
def versions(desk: At) -> dict[str, Any]:
    """List versions on record: which is in force, who signed, who has yet to."""
    return {"items": listed_in(desk.mission)}


@ROUTES.get("/{entry}/to-sign", dependencies=_READ)
def to_sign(
    desk: At, entry: Index, party: Annotated[str, Query(max_length=128)]
) -> dict[str, str]:
    """Return what a party signs to accept a version, in hexadecimal."""
    return {"to_sign": text_in(desk.mission, entry, party)}


@ROUTES.post(
    "/{entry}/signatures",
    status_code=201,
    dependencies=[Depends(may(ACT, "version"))],
)
def sign(desk: At, who: Who, entry: Index, said: Signing) -> dict[str, Any]:
    """Put a party's signature under a version.

    Args:
        desk: What is answered from.
        who: Who asks.
        entry: Which version.
        said: The party and its signature.

    Returns:
        The version, whether it is in force, and whose signatures it waits for.

    Raises:
        HTTPException: 403 for a party that is not one's own, 405 where nothing is
            taken in.
    """
    if who.office is not None and who.office != said.party:
        raise HTTPException(403, "expected the party that one acts for")
    if desk.read_only:
        raise HTTPException(405, "expected nothing: this service is read-only")
    return sign_in(desk.mission, desk.folder, entry, said.party, said.signature)
