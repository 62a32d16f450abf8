"""Whether somebody may: every route names what is done to which class of thing.

The decision is that of `mission.access`, and it is counted for the log.
"""

from collections.abc import Callable

from fastapi import HTTPException, Request

from pamiers.app.api.desk import Desk, desk_of, reader_of
from pamiers.app.api.reader import ANONYMOUS, Reader
from pamiers.mission.access.permissions import decide


def allowed(desk: Desk, reader: Reader, action: str, what: str) -> None:
    """Pass where a reader may do something; count the decision either way.

    Args:
        desk: Counts the decision.
        reader: Who asks.
        action: What he asks to do.
        what: The class of thing to which.

    Raises:
        HTTPException: 401 where who asks did not say who he is, 403 where he may not.
    """
    decision = decide(reader.roles, action, what)
    desk.decisions.add(reader.name, action, what, decision)
    if not decision.allowed:
        status = 401 if reader.name == ANONYMOUS else 403
        raise HTTPException(status, f"expected leave to {action} this: {decision.why}")


def may(action: str, what: str) -> Callable[[Request], None]:
    """Return what lets a request pass that does something to a class of thing."""

    def passed(request: Request) -> None:
        allowed(desk_of(request), reader_of(request), action, what)

    passed.__doc__ = f"{action} {what}"
    return passed
