"""Every page's values by name: what the server answers and the site writes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from pamiers.app.pages.about import about
from pamiers.app.pages.agreed import agreement, duties
from pamiers.app.pages.case import case
from pamiers.app.pages.cases import cases
from pamiers.app.pages.commission import commission
from pamiers.app.pages.happened import known, outline, situation
from pamiers.app.pages.incident import incident
from pamiers.app.pages.judged import finding, findings
from pamiers.app.pages.origins import sources
from pamiers.app.pages.queue import queue
from pamiers.app.pages.readers import Reader
from pamiers.app.pages.received import received
from pamiers.app.pages.recorded import record
from pamiers.app.pages.reporting import field
from pamiers.app.pages.words import words
from pamiers.app.pages.would_hold import deployment, deterrence
from pamiers.core.errors import UnknownTermError

Values = dict[str, Any]

#: pages of a whole mission
WHOLE: Final[Mapping[str, Callable[[Reader, datetime], Values]]] = {
    "about": about,
    "situation": lambda reader, _: situation(reader),
    "findings": lambda reader, _: findings(reader),
    "agreement": lambda reader, _: agreement(reader),
    "calendar": duties,
    "cases": cases,
    "queue": queue,
    "commission": commission,
    "sources": lambda reader, _: sources(reader),
    "import": lambda reader, _: received(reader),
    "record": lambda reader, _: record(reader),
    "field": lambda reader, _: field(reader),
}
#: pages of one thing, by the sort of thing
SINGLE: Final[Mapping[str, Callable[[Reader, str, datetime], Values]]] = {
    "incident": lambda reader, key, _: incident(reader, key),
    "known": lambda reader, key, _: known(reader, key),
    "outline": lambda reader, key, _: outline(reader, key),
    "finding": lambda reader, key, _: finding(reader, key),
    "case": case,
    "words": lambda _, language, __: words(language),
    "deterrence": lambda reader, language, _: deterrence(reader, language),
    "deployment": lambda reader, language, _: deployment(reader, language),
}
#: pages that say something else as time passes, or at once when somebody decides
TIMED: Final = frozenset(
    {"about", "calendar", "cases", "case", "queue", "commission", "import", "incident"}
)


def page(reader: Reader, name: str, now: datetime) -> Values:
    """Return what a page shows.

    Args:
        reader: The mission as its reader sees it.
        name: One of `WHOLE`, or one of `SINGLE` with an id: `finding/8720bca307d6c47c`.
        now: The present instant, aware.

    Returns:
        Plain values.

    Raises:
        UnknownTermError: There is no such page, or nothing of that id.
    """
    sort, _, key = name.partition("/")
    if not key and sort in WHOLE:
        return WHOLE[sort](reader, now)
    if key and sort in SINGLE:
        return SINGLE[sort](reader, key, now)
    raise UnknownTermError(
        "page",
        expected=f"one of {', '.join([*WHOLE, *(f'{each}/ID' for each in SINGLE)])}",
        got=repr(name),
        remedy="Name one of these.",
    )
