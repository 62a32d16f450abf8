"""What a mission says at one head of its record, computed once and read by many."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
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
from pamiers.mission.messages.closed import Closed, Closings, closings, members_of
from pamiers.mission.mission import Mission
from pamiers.mission.open_part import as_told, gate_of, gates, open_to, readers_of
from pamiers.mission.register import Register
from pamiers.mission.standing_ids import standing_ids
from pamiers.mission.state import State, state
from pamiers.mission.versions import agreement_files
from pamiers.report.coarsen import LEAST_SOURCES, WITHHELD, coarsened
from pamiers.report.redaction import EDITIONS

#: entries that say who looked, not what happened
UNSAID: Final = ("access", "grant", "claim")

Values = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that stands at one head; `mark` names it, and is the same for the same.

    What is closed to some readers they are told nothing of: `to` gives what they may
    know, which is a view of its own, at the same head.
    """

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
    closings: Closings
    closed_incidents: dict[str, Sharing]  #: those that rest on closed reports
    gate: Sharing | None = None  #: of whom it is; None: of those who may know all
    apart: dict[Sharing, "View"] = field(default_factory=dict)  #: by gate
    kept: dict[tuple[str, str], Values] = field(default_factory=dict)
    """What was made of it for an edition, by (what, edition)."""

    @property
    def closed(self) -> Closed:
        """Return the rows that are not for everybody."""
        return self.closings.rows

    def to(self, clearance: Sharing) -> "View":
        """Return what readers of a clearance may know."""
        gate = gate_of(self.closings, clearance)
        return self if gate is None else self.apart.get(gate, self)

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
        view, name = self.to(clearance), (kind, edition)
        if name not in view.kept:
            view.kept[name] = view._made(kind, edition)  # noqa: SLF001 - of this class
        return view.kept[name]

    def closed_in(self, key: str, clearance: Sharing) -> bool:
        """Tell whether an incident rests on a report that may not be told of."""
        return not self.closed_incidents.get(key, Sharing.PUBLIC).seen_with(clearance)

    def _made(self, kind: str, edition: str) -> Values:
        whole = self.incidents if kind == "incident" else self.state.tables[kind]
        readers = readers_of(self.mission, edition)
        table = coarsened(as_told(whole, readers), readers)
        if table is None:
            return []
        return [orjson.loads(line) for line in canonical_lines(table)]


def few_withheld(row: dict[str, Any], edition: str) -> dict[str, Any]:
    """Return an incident that says whether sources of it are withheld.

    Parties, who may know who reported, are not told here of sources that are few.
    """
    told = {name: str(row.get(name, "")).split("; ") for name in ("sources", "members")}
    few = EDITIONS[edition].least_sources == 1 and len(told["sources"]) < LEAST_SOURCES
    if not few and WITHHELD not in told["sources"]:
        return row
    kept = {name: value for name, value in row.items() if name not in told}
    for name, named in told.items():
        left = [] if few else [each for each in named if each != WITHHELD]
        kept |= {name: "; ".join(left)} if left else {}
    return {**kept, "sources_withheld": True}


def view_of(mission: Mission) -> View:
    """Return what a mission says, which does not grow meanwhile."""
    found = closings(mission)
    whole = _view(mission, found)
    apart = {
        gate: replace(
            _view(open_to(mission, gate, found), found),
            gate=gate,
            mark=whole.mark,
            said=whole.said,
            closed_incidents=whole.closed_incidents,
        )
        for gate in gates(found)
    }
    return replace(whole, apart=apart)


def _view(mission: Mission, found: Closings) -> View:
    mark, said = "", 0
    for entry in mission.record.entries():
        if entry.kind not in UNSAID:
            mark, said = entry.leaf.hex(), said + 1
    incidents = incidents_of(mission)
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
        held=standing_ids(mission),
        closings=found,
        closed_incidents=dict(_resting(incidents, found.rows)) if found.rows else {},
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
_LEFT_OUT: Final = frozenset({"mission", "state", "kept", "apart"})
Kept = Mapping[str, tuple[str, bytes]]  #: projections: name -> (basis, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A view on its way from the process that made it."""

    head: Head
    said: dict[str, Any]
    apart: dict[Sharing, dict[str, Any]]  #: what it says to others, by gate
    kept: Kept


def packed(view: View, kept: Kept) -> Parcel:
    """Return a view as it crosses to another process."""
    apart = {gate: _said(each) for gate, each in view.apart.items()}
    return Parcel(head=view.head, said=_said(view), apart=apart, kept=kept)


def _said(view: View) -> dict[str, Any]:
    names = [each.name for each in fields(View) if each.name not in _LEFT_OUT]
    return {name: getattr(view, name) for name in names}


def unpacked(parcel: Parcel, mission: Mission) -> View:
    """Return the view of a parcel.

    Args:
        parcel: The parcel.
        mission: As it stood at the parcel's head, its projections those kept in it.

    Returns:
        The view; nothing of it is computed anew.
    """
    found: Closings = parcel.said["closings"]
    apart = {}
    for gate, said in parcel.apart.items():
        own = open_to(mission, gate, found)
        apart[gate] = View(mission=own, state=state(own), **said)
    return View(mission=mission, state=state(mission), apart=apart, **parcel.said)
