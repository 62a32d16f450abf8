"""What a mission says at one head of its record, computed once and read by many."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import orjson

from pamiers.agreement.model import Agreement
from pamiers.compliance.finding import Finding
from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.sharing import Sharing, joined
from pamiers.core.table import Table
from pamiers.ledger.tree import Head
from pamiers.mission.happened import incidents_of
from pamiers.mission.judged import agreement_of, known_at, standing_findings
from pamiers.mission.messages.closed import Closed, closed_rows, members_of, shared
from pamiers.mission.mission import Mission, agreement_files
from pamiers.mission.register import Register, register
from pamiers.mission.state import State, state
from pamiers.report.coarsen import coarsened
from pamiers.report.redaction import EDITIONS

#: how long a reader waits for news before the last view is given instead [s]
PATIENCE_S: Final = 2.0
#: fewer sources than this are not named outside the commission's edition
LEAST_SOURCES: Final = 3
#: entries that say who looked, not what happened
UNSAID: Final = ("access", "grant")

Values = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that stands at one head; `mark` names it, and is the same for the same."""

    head: Head
    mark: str  #: leaf of the last entry that says something, in hexadecimal
    known_at: datetime
    agreement: Agreement
    files: dict[str, str]  #: texts of the agreement
    state: State
    incidents: Table
    findings: tuple[Finding, ...]
    held: Register
    closed: Closed
    closed_incidents: dict[str, Sharing]  #: those that rest on closed reports
    kept: dict[tuple[str, str], Values] = field(default_factory=dict)
    """What was made of it for an edition, by (what, edition)."""

    def rows(self, kind: str, edition: str, clearance: Sharing) -> Values:
        """Return the rows of a kind as an edition may have them, in order.

        Args:
            kind: `incident`, or a kind that is recorded.
            edition: public, parties or commission.
            clearance: The most closed class of rows that may be told of.

        Returns:
            One mapping a row, fields that are not stated left out; empty where the
            edition has nothing of that kind.
        """
        name = (kind, f"{edition} {clearance.value}")
        if name not in self.kept:
            self.kept[name] = self._made(kind, edition, clearance)
        return self.kept[name]

    def closed_in(self, key: str, clearance: Sharing) -> bool:
        """Tell whether an incident rests on a report that may not be told of."""
        return not self.closed_incidents.get(key, Sharing.PUBLIC).seen_with(clearance)

    def _made(self, kind: str, edition: str, clearance: Sharing) -> Values:
        whole = self.incidents if kind == "incident" else self.state.tables[kind]
        table = coarsened(shared(whole, self.closed, clearance), EDITIONS[edition])
        if table is None:
            return []
        return [orjson.loads(line) for line in canonical_lines(table)]


def few_withheld(row: dict[str, Any]) -> dict[str, Any]:
    """Return an incident without its sources where they are too few to hide among."""
    if len(str(row.get("sources", "")).split("; ")) >= LEAST_SOURCES:
        return row
    hidden = {"sources", "members"}
    kept = {name: value for name, value in row.items() if name not in hidden}
    return {**kept, "sources_withheld": True}


class Views:
    """Keeps the newest view of a mission; one thread at a time makes a newer one."""

    def __init__(self, mission: Mission) -> None:
        """Begin with no view made."""
        self._mission = mission
        self.patience_s = PATIENCE_S
        self._lock = threading.Lock()
        self._making: Future[View] | None = None
        self._last: View | None = None
        self._size = -1
        self._mark = ""
        self._pool = ThreadPoolExecutor(1, "view")

    def current(self) -> View:
        """Return the newest view; an older one where that takes long to make."""
        with self._lock:
            last, mark = self._last, self._look()
            if last is not None and last.mark == mark:
                return last
            if self._making is None:
                self._making = self._pool.submit(self._make)
            making = self._making
        try:
            return making.result(None if last is None else self.patience_s)
        except TimeoutError:
            assert last is not None  # noqa: S101 - else there is no limit
            return last

    def _look(self) -> str:
        """Return the leaf of the last entry that says something, in hexadecimal."""
        head = self._mission.record.head()
        if head.size != self._size:
            for entry in self._mission.record.entries(start=max(0, self._size)):
                if entry.kind not in UNSAID:
                    self._mark = entry.leaf.hex()
            self._size = head.size
        return self._mark

    def _make(self) -> View:
        try:
            view = view_of(self._mission)
        finally:
            with self._lock:
                self._making = None
        with self._lock:
            self._last = view
        return view

    def close(self) -> None:
        """Wait for what is being made, and make nothing more."""
        self._pool.shutdown(cancel_futures=True)


def view_of(mission: Mission) -> View:
    """Return what a mission says now."""
    mark = ""
    for entry in mission.record.entries():
        if entry.kind not in UNSAID:
            mark = entry.leaf.hex()
    incidents, closed = incidents_of(mission), closed_rows(mission)
    return View(
        head=mission.record.head(),
        mark=mark,
        known_at=known_at(mission),
        agreement=agreement_of(mission),
        files=agreement_files(mission),
        state=state(mission),
        incidents=incidents,
        findings=standing_findings(mission),
        held=register(mission),
        closed=closed,
        closed_incidents=dict(_resting(incidents, closed)) if closed else {},
    )


def _resting(incidents: Table, closed: Closed) -> Iterator[tuple[str, Sharing]]:
    """Yield each incident with the most closed class of its reports."""
    keys, members = (
        incidents.columns.column(name).to_pylist() for name in ("key", "members")
    )
    for key, text in zip(keys, members, strict=True):
        labels = [closed.get(each, Sharing.PUBLIC) for each in members_of(text)]
        yield key, joined(Sharing.PUBLIC, *labels)
