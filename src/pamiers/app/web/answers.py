"""What answers of pages have in common: who may keep them, how an error is told."""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from starlette.responses import Response

from pamiers.core.errors import PamiersError

#: an answer is for who asked, and is asked for again
PRIVATE: Final[Mapping[str, str]] = {
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization, Cookie",
}


def told(error: PamiersError, status: int) -> Response:
    """Return a deliberate error as an answer with some status."""
    body: dict[str, Any] = {"detail": str(error)}
    return Response(orjson.dumps(body), status, media_type="application/json")
