"""Each route asks the table of permissions, and each role gets what its cell says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from pamiers.mission.access.permissions import ACTIONS, CLASSES, PUBLIC, decide
from tests.integration.service.inside import Inside
from tests.integration.service.test_permissions import GIVEN, Staffed, staffed

pytestmark = pytest.mark.integration
__all__ = ["staffed"]  # the fixture
#: what asks for itself, or is for everybody; a new route is red until it is here or
#: names its cell
WITHOUT = {
    "/healthz",
    "/readyz",
    "/api/me",
    "/api/session",
    "/api/permissions",
    "/api/oidc/begin",
    "/api/oidc/return",
    "/ogc",
    "/ogc/conformance",
}
#: what never ends, once it has begun
STREAM = "/api/events"
#: what asks the table inside, since what is done or to what is told by what is sent
INSIDE = {
    *(f"/api/cases/{{name}}/{act}" for act in ("acknowledge", "close", "dispute")),
    *(f"/api/cases/{{name}}/{act}" for act in ("event", "remedy", "reply", "vote")),
    "/api/cases",
    "/api/findings/{key}/case",
    "/api/hotline",
    "/api/hotline/{entry}/answer",
    "/api/messages",
    "/api/messages/batch",
    "/api/rows/{what}",
    "/ogc/",
    "/ogc/collections",
    "/ogc/collections/{name}",
    "/ogc/collections/{name}/items",
    "/ogc/collections/{name}/items/{key}",
}


def routes(running: Inside) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Yield (method, path, cells that it asks for) of every route there is."""
    app: Any = running.app
    for held in app._app.routes:  # noqa: SLF001 - the application inside
        router = getattr(held, "original_router", None)
        if router is None:
            continue
        for route in router.routes:
            asked = [each.call for each in route.dependant.dependencies]
            docs = [each.__doc__ for each in asked if each.__name__ == "passed"]
            cells = [(doc.split()[0], doc.split()[1]) for doc in docs]
            path = held.include_context.prefix + route.path
            for method in sorted(route.methods):
                yield method, path, cells


def filled(path: str) -> str:
    """Return a path with something in the place of what it names."""
    named = {"digest": "0" * 64, "kind": "weapons", "what": "total", "name": "zones"}
    return re.sub(r"{(\w+)(?::path)?}", lambda hit: named.get(hit[1], "0"), path)


def test_every_route_names_its_cell(staffed: Staffed) -> None:
    bare = {path for _, path, cells in routes(staffed.running) if not cells}
    assert bare <= WITHOUT | INSIDE, sorted(bare - WITHOUT - INSIDE)
    for _, path, cells in routes(staffed.running):
        for action, what in cells:
            assert action in ACTIONS, path
            assert what in CLASSES, path


@pytest.mark.parametrize("role", [PUBLIC, *GIVEN])
def test_every_role_gets_of_every_route_what_its_cell_says(
    staffed: Staffed, role: str
) -> None:
    held = () if role == PUBLIC else (role,)
    asked = 0
    for method, path, cells in routes(staffed.running):
        if not cells or method == "HEAD" or path == STREAM:
            continue
        body: object = {} if method in {"POST", "PUT", "PATCH"} else None
        answer = staffed.running.ask(
            filled(path), body, method=method, token=staffed.tokens[role]
        )
        able = all(decide(held, action, what).allowed for action, what in cells)
        stopped = b"expected leave to" in answer.body
        assert stopped is not able, (role, method, path, answer.status, answer.body)
        if stopped:
            assert answer.status == (401 if role == PUBLIC else 403)
        assert answer.status < 500, (role, method, path, answer.body)
        asked += 1
    assert asked > 50
