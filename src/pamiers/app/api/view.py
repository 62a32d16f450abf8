"""What a mission says at one head of its record, computed once and read by many."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
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
from pamiers.mission.mission import Mission
from pamiers.mission.register import Register, register
from pamiers.mission.state import State, state
from pamiers.mission.versions import agreement_files
from pamiers.report.coarsen import coarsened
from pamiers.report.redaction import EDITIONS

#: fewer sources than this are not named outside the commission's edition
LEAST_SOURCES: Final = 3
#: entries that say who looked, not what happened
UNSAID: Final = ("access", "grant", "claim")

Values = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that stands at one head; `mark` names it, and is the same for the same."""

    mission: Mission  #: as it stood at the head, with all that was computed of it
    head: Head
    mark: str  #: leaf of the last entry that says something, in hexadecimal
    said: int  #: how many entries say something
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
        reports = self.state.tables["observation"]
        told = shared(whole, self.closed, clearance, reports)
        table = coarsened(told, EDITIONS[edition])
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


def view_of(mission: Mission) -> View:
    """Return what a mission says, which does not grow meanwhile."""
    mark, said = "", 0
    for entry in mission.record.entries():
        if entry.kind not in UNSAID:
            mark, said = entry.leaf.hex(), said + 1
    incidents, closed = incidents_of(mission), closed_rows(mission)
    return View(
        mission=mission,
        head=mission.record.head(),
        mark=mark,
        said=said,
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


#: what a parcel leaves out: it is there already, or is read from what is kept
_LEFT_OUT: Final = frozenset({"mission", "state", "kept"})
Kept = Mapping[str, tuple[str, bytes]]  #: projections: name -> (basis, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A view on its way from the process that made it."""

    head: Head
    said: dict[str, Any]
    kept: Kept


def packed(view: View, kept: Kept) -> Parcel:
    """Return a view as it crosses to another process."""
    names = [each.name for each in fields(View) if each.name not in _LEFT_OUT]
    said = {name: getattr(view, name) for name in names}
    return Parcel(head=view.head, said=said, kept=kept)


def unpacked(parcel: Parcel, mission: Mission) -> View:
    """Return the view of a parcel.

    Args:
        parcel: The parcel.
        mission: As it stood at the parcel's head, its projections those kept in it.

    Returns:
        The view; nothing of it is computed anew.
    """
    return View(mission=mission, state=state(mission), **parcel.said)
