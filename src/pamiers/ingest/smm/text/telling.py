"""Whether a line of the page says that something was perceived.

The net under every rule that takes a line for a heading, a title or a note:
what names a verb of perception and a quantity is a sentence, whatever it looks
like.
"""

import re
from collections.abc import Iterator

from pamiers.ingest.smm.phrase.dates import read_days
from pamiers.ingest.smm.stream import Stream

_PERCEIVED = re.compile(
    r"\b(?:saw|heard|observed|recorded|spotted|noted|counted|detected|registered|"
    r"witnessed|noticed|sighted|logged|corroborated|confirmed|identified|found|"
    r"discovered|captured|revealed|came\ under)\b",
    re.IGNORECASE,
)
#: Words before a figure that is a name: "Report 145", "page 3", "Point 5".
_NAMED = frozenset(
    ("report", "no", "number", "page", "section", "chapter", "annex", "table", "point")
)


def perceives(text: str) -> bool:
    """Return whether a text has a verb of perception."""
    return _PERCEIVED.search(text) is not None


def tells(text: str) -> bool:
    """Return whether a text has a verb of perception and a figure that counts.

    Dates, clocks, measures and numbers of reports count nothing.

    Examples:
        >>> tells("Note: the SMM heard ten shots."), tells("As recorded on 3 May 2018")
        (True, False)
    """
    return perceives(text) and any(_counting(Stream.of(text)))


def _counting(stream: Stream) -> Iterator[bool]:
    """Yield for each figure of a text, dates left out, whether it counts."""
    at = 0
    while at < len(stream):
        days = read_days(stream, at)
        if days is None and stream.is_kind(at, "number"):
            before = at - 2 if stream.is_word(at - 1, ".", "(") else at - 1
            yield stream.at(before).lower not in _NAMED
        at = days.end if days is not None else at + 1
