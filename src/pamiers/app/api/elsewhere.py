"""The routes by which somebody signs in through an identity provider."""

from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from pamiers.app.accounts import COOKIE
from pamiers.app.api.desk import At, Desk
from pamiers.app.api.envelope import log
from pamiers.app.provider import PATIENCE, NotBelievedError, Provider

ROUTES: Final = APIRouter(tags=["access"], prefix="/oidc")
_BINDING: Final = "pamiers-oidc"
_PATH: Final = "/api/oidc"
#: a page that goes on by itself: a cookie for this site alone is not sent on a way that
#: began at another
_ON: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>pamiers</title>'
    '<meta http-equiv="refresh" content="0;url=/"><p><a href="/">pamiers</a></p></html>'
)


def _provider(desk: Desk) -> Provider:
    if desk.provider is None:
        raise HTTPException(404, "expected a service with an identity provider")
    return desk.provider


@ROUTES.get("/begin", status_code=302, response_class=RedirectResponse)
def begin(desk: At) -> Response:
    """Send a browser to the provider, to say there who it is.

    Raises:
        HTTPException: 404 where there is no provider, 502 where it does not answer.
    """
    try:
        address, binding = _provider(desk).begin(desk.clock())
    except NotBelievedError as error:
        raise HTTPException(502, str(error)) from error
    answer = RedirectResponse(address, 302, {"Cache-Control": "no-store"})
    answer.set_cookie(
        _BINDING,
        binding,
        max_age=int(PATIENCE.total_seconds()),
        httponly=True,
        samesite="lax",
        path=_PATH,
    )
    return answer


@ROUTES.get("/return", response_class=HTMLResponse)
def come_back(desk: At, request: Request) -> Response:
    """Begin a session for whoever comes back from the provider and is enrolled.

    Raises:
        HTTPException: 404 where there is no provider, 401 where what came back is not
            believed, 403 where nobody of that name is enrolled.
    """
    provider, now = _provider(desk), desk.clock()
    binding = request.cookies.get(_BINDING, "")
    try:
        name = provider.finish(dict(request.query_params), binding, now)
    except NotBelievedError as error:
        log("sign-in refused", why=str(error))
        raise HTTPException(401, str(error)) from error
    if not desk.door.access(anew=True).roles_of(name):
        log("sign-in refused", why="not enrolled, or without a role")
        raise HTTPException(403, "expected somebody who is enrolled and has a role")
    session = desk.accounts.by_provider(name, now)
    answer = HTMLResponse(_ON, headers={"Cache-Control": "no-store"})
    answer.delete_cookie(_BINDING, path=_PATH)
    answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", path="/")
    return answer
