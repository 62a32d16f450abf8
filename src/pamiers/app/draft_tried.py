"""A draft tried over a mission's record: other figures or texts, and what follows.

The draft is the agreement in force with other times and thresholds, or texts of one's
own. It is read, judged and forgotten: nothing of it is recorded or kept in a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pamiers.agreement import Complaint, Written, check, read
from pamiers.agreement.adjusting import Adjustable, adjustable, adjusted
from pamiers.agreement.diff.change import diff
from pamiers.agreement.prose.words import TONGUES
from pamiers.app.draft_replay import replay_texts
from pamiers.core.sharing import Sharing

_FILE: Final = "agreement.yaml"
Values = dict[str, Any]
Texts = tuple[tuple[str, str], ...]  #: file name and text, in order of name
#: what of a replay is set side by side
_OWN: Final = ("own_agreement", "own_findings", "own_clauses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is tried. Two that are equal come to the same."""

    head: str  #: of the record
    reader: Sharing  #: the most closed class that may be told of
    held: Texts  #: of the agreement in force
    files: Texts = ()  #: of a draft of one's own; empty: the agreement in force
    changes: tuple[tuple[str, float], ...] = ()  #: number by path of a figure
    language: str = "en"  #: of the words for what differs; English where it has none


def figures_in(texts: Mapping[str, str]) -> list[Values]:
    """Return the figures of an agreement that may be tried at other values.

    Args:
        texts: Of its folder, file name -> text.

    Returns:
        Each as `path`, `title` by language, `number`, `unit` (empty for a threshold)
        and as `written`; empty where there is no text that is read.
    """
    return [_figure(each) for each in adjustable(texts.get(_FILE, ""))]


def _figure(each: Adjustable) -> Values:
    return {
        "path": each.path,
        "title": dict(each.title),
        "number": each.number,
        "unit": each.unit,
        "written": each.written,
    }


def tried(draft: Draft, over: Path) -> Values:
    """Return what a draft would have found and begun on what is on record.

    Args:
        draft: What is tried.
        over: Mission folder; nothing is recorded in it.

    Returns:
        `complaints` with place and remedy where the draft cannot be run, and then no
        more than `figures`; else `differs` from the agreement in force, in words,
        `draft` and `own` with counts by verdict, cases, and what silence makes of
        them.

    Raises:
        UsageError: A figure that the draft does not have, or that cannot be so.
    """
    base = dict(draft.files or draft.held)
    texts = {**base, _FILE: adjusted(base.get(_FILE, ""), dict(draft.changes))}
    figures = figures_in(base)
    found = check(read(texts))
    if not found.runnable or found.written is None:
        named = [_told(each) for each in found.complaints if each.severity == "error"]
        return {"figures": figures, "complaints": named}
    return {
        "figures": figures,
        "complaints": [],
        "differs": _differs(dict(draft.held), found.written, draft.language),
        "draft": _without(replay_texts(texts, over, draft.reader)),
        "own": _own(draft.head, draft.held, over, draft.reader),
    }


@lru_cache(maxsize=2)
def _own(head: str, held: Texts, over: Path, reader: Sharing) -> Values:
    """Return what the agreement in force comes to by the same reckoning."""
    del head  # what is on record is part of what is asked
    return _without(replay_texts(dict(held), over, reader))


def _without(told: Mapping[str, object]) -> Values:
    """Return a replay without what is told beside it, its steps only counted."""
    steps = told["steps"]
    assert isinstance(steps, list)  # noqa: S101 - as `replay_texts` gives them
    plain = {key: each for key, each in told.items() if key not in _OWN}
    return {**plain, "steps": len(steps)}


def _differs(held: Mapping[str, str], draft: Written, language: str) -> list[str]:
    before = read(held).written
    if before is None:
        return []
    spoken = language if language in TONGUES else "en"
    return [each.says for each in diff(before, draft, spoken)]


def _told(each: Complaint) -> Values:
    return {
        "file": each.file,
        "line": each.line,
        "path": each.path,
        "message": each.message,
        "remedy": each.remedy,
    }
