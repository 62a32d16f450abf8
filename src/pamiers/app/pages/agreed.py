"""What was promised: the agreement in prose, and how each clause stands."""

from collections import Counter
from datetime import datetime
from typing import Any

from pamiers.agreement.prose.show import show_parts
from pamiers.agreement.prose.words import TONGUES
from pamiers.agreement.reader import read
from pamiers.app.calendar_values import Drawn, values
from pamiers.app.pages.readers import Reader
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.shown import shown
from pamiers.mission.stands import known
from pamiers.mission.versions import agreement_files


def agreement(reader: Reader) -> dict[str, Any]:
    """Return the agreement as numbered prose in every language that there is.

    Args:
        reader: The mission as its reader sees it.

    Returns:
        `prose` by language, and `standing`: verdicts counted by clause. A clause
        that the reader may not see has neither prose nor a count.
    """
    written = read(agreement_files(reader.mission)).written
    counted: dict[str, Counter[str]] = {}
    for each in reader.findings:
        counted.setdefault(each.clause, Counter())[each.verdict.value] += 1
    prose = {} if written is None else {t: show_parts(written, t) for t in TONGUES}
    return {
        "digest": reader.agreement.digest,
        "prose": {language: _told(told, reader) for language, told in prose.items()},
        "standing": {name: dict(counts) for name, counts in counted.items()},
        "texts": {
            each.id: {"text": dict(each.text), "title": dict(each.title)}
            for each in reader.agreement.clauses
            if each.id not in reader.secret
        },
    }


def _told(told: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """Return prose without the clauses that the reader may not see."""
    if not reader.secret:
        return told
    marks = tuple(f"[{name}]" for name in reader.secret)
    parts = [
        {
            **part,
            "items": [
                item
                for item in part["items"]
                if not any(mark in _said(item) for mark in marks)
            ],
        }
        for part in told["parts"]
    ]
    return {**told, "parts": parts}


def _said(item: dict[str, Any]) -> str:
    return " ".join([item["text"], *item["under"]])


def duties(reader: Reader, now: datetime) -> dict[str, object]:
    """Return the calendar of dated duties as the reader may see it."""
    found = known(reader.mission, now)
    every = calendar(found)
    kept = shown(every, found.agreement, reader.edition.id)
    drawn = Drawn(known=found, duties=kept, kept_back=len(every) - len(kept))
    return values(drawn)
