"""What a report said, line by line, as digests: enough to tell what changed since.

An outline holds no words and no figures, so that it can be kept for ever beside the
record and shown to anybody who has the report itself.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from pamiers.core.canonical import digest
from pamiers.report.correction import Outline
from pamiers.report.daily import DailyReport
from pamiers.report.document import plain
from pamiers.report.message import Message, Named, Term

_LETTERS: Final = 16  #: of a digest; 64 bits tell a day's lines apart
#: what a line says of other days or of the record, and not of this day
_ELSEWHERE: Final = frozenset({"known_at", "agreement", "previous", "cite"})


def outline(report: DailyReport) -> Outline:
    """Return the outline of a report; equal where its sections say the same.

    Lines without an id of their own are known by what they say: one that changed is
    one gone and one added.
    """
    named: dict[str, Sequence[object]] = {
        "incidents": report.incidents,
        "findings": report.findings,
        "claims": report.claims.lines,
        "annex": report.annex,
        "coverage": report.coverage,
        "reconciliation": report.reconciliation,
    }
    return {name: _lines(lines) for name, lines in named.items()}


def _lines(lines: Sequence[object]) -> dict[str, str]:
    found: dict[str, str] = {}
    again: Counter[str] = Counter()
    for line in lines:
        told: Any = plain(line, _bare)
        said = {name: v for name, v in told.items() if name not in _ELSEWHERE}
        words = digest(said)[:_LETTERS]
        name = str(told.get("key") or words)
        again[name] += 1
        found[name if again[name] == 1 else f"{name}#{again[name]}"] = words
    return found


def _bare(spoken: Message | Named | Term) -> str:
    """Return what a phrase says, in no language."""
    match spoken:
        case Message(key=key, params=params):
            told = (
                _bare(v) if isinstance(v, Message | Named | Term) else str(v)
                for _, v in params
            )
            return " ".join((key, *told))
        case Named(words=words):
            return words[0][1]
        case Term(family=family, id=word):
            return f"{family}.{word}"
