"""Compute everything again from the entries, and compare it with what was recorded."""

from dataclasses import dataclass

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.entry import Entry
from pamiers.ledger.leaf import leaf_hash
from pamiers.ledger.tree import Head, root_of
from pamiers.mission.batch import verify_batch
from pamiers.mission.happened import incidents_digest, incidents_of
from pamiers.mission.judged import findings_digest, standing_findings
from pamiers.mission.mission import Mission, basis
from pamiers.mission.ports import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a replay found; `differences` is empty where all agrees."""

    head: Head
    batches: int  #: batches of rows whose Merkle root was computed again
    incidents: int
    findings: int
    differences: tuple[str, ...]


def replay(mission: Mission, progress: Progress | None = None) -> Replayed:
    """Forget every projection, compute all again, and compare.

    Args:
        mission: The mission.
        progress: Told of each entry.

    Returns:
        Counts, and one sentence for each result that differs from the record.

    Raises:
        LedgerMismatchError: An entry, a row or an original was altered.
    """
    head, batches = _verify_entries(mission, progress)
    mission.projections.clear()
    incidents, findings = incidents_of(mission), standing_findings(mission)
    made = {
        "fusion": incidents_digest(incidents),
        "assessment": findings_digest(findings),
    }
    differences = [
        f"{kind}: expected {recorded}, got {made[kind]}"
        for kind in made
        if (recorded := _recorded(mission, kind)) not in {None, made[kind]}
    ]
    return Replayed(
        head=head,
        batches=batches,
        incidents=len(incidents),
        findings=len(findings),
        differences=tuple(differences),
    )


def _recorded(mission: Mission, kind: str) -> str | None:
    """Return the digest of the last run on the facts that stand now, if any."""
    pinned = basis(mission)
    found = None
    for entry in mission.record.entries((kind,)):
        if entry.body["basis"] == pinned:
            found = str(entry.body["digest"])
    return found


def _verify_entries(mission: Mission, progress: Progress | None) -> tuple[Head, int]:
    head, leaves, batches = mission.record.head(), [], 0
    for entry in mission.record.entries():
        _verify_leaf(entry)
        leaves.append(entry.leaf)
        batches += _verify_payload(mission, entry)
        if progress is not None:
            progress(len(leaves), head.size, "entries verified")
    if Head(len(leaves), root_of(leaves)) != head:
        raise _altered("record", head.hex, root_of(leaves).hex())
    return head, batches


def _verify_leaf(entry: Entry) -> None:
    got = leaf_hash(entry.salt, entry.content)
    if got != entry.leaf:
        raise _altered(f"entry {entry.index}", entry.leaf.hex(), got.hex())


def _verify_payload(mission: Mission, entry: Entry) -> int:
    if entry.kind == "file":
        identity = entry.body["of_file"]
        if isinstance(identity, dict):
            mission.originals.get(str(identity["sha256"]))
    if entry.kind != "rows":
        return 0
    rows = mission.record.payload(entry.index, "rows")
    verify_batch(entry, rows, mission.record.payload(entry.index, "origins"))
    return 1


def _altered(what: str, expected: str, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        what,
        expected=expected,
        got=got,
        remedy="Restore the record from a copy that verifies.",
    )
