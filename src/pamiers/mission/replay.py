"""Compute everything again from the entries, and compare it with what was recorded."""

from dataclasses import dataclass
from itertools import islice

from pamiers.core.errors import LedgerMismatchError, StoreError
from pamiers.ledger.entry import Entry
from pamiers.ledger.tree import Head
from pamiers.mission.access.signed import Signatures, verify_signatures
from pamiers.mission.access.succession import verify_steps
from pamiers.mission.batch import verify_batch
from pamiers.mission.calibrated import model_in
from pamiers.mission.happened import incidents_digest, incidents_of
from pamiers.mission.judged import findings_digest, standing_lines
from pamiers.mission.messages.filing import TEXTS, kept_lines
from pamiers.mission.mission import Mission, basis
from pamiers.mission.ports import Progress
from pamiers.mission.quarantine import verify_items
from pamiers.mission.register import said_in
from pamiers.mission.versions import told_versions, verify_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a replay found; `differences` is empty where all agrees."""

    head: Head
    batches: int  #: batches of rows whose Merkle root was computed again
    incidents: int
    findings: int
    signatures: Signatures
    versions: tuple[dict[str, object], ...]  #: of the agreement, and who signed them
    differences: tuple[str, ...]


def replay(mission: Mission, progress: Progress | None = None) -> Replayed:
    """Forget every projection, compute all again, and compare.

    Args:
        mission: The mission.
        progress: Told of each entry.

    Returns:
        Counts, and one sentence for each result that differs from the record.

    Raises:
        LedgerMismatchError: An entry, a row or an original was altered, or is lost; or
            a signature does not fit.
    """
    head, batches = verify_entries(mission, progress)
    verify_steps(mission)
    signatures = verify_signatures(mission)
    versions = verify_versions(mission)
    mission.projections.clear()
    incidents, findings = incidents_of(mission), standing_lines(mission)
    made = {
        "fusion": incidents_digest(incidents),
        "assessment": findings_digest(mission),
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
        findings=len(findings.splitlines()),
        signatures=signatures,
        versions=tuple(told_versions(versions)),
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


def verify_record(mission: Mission) -> Head:
    """Return the head of a record of which every entry was checked.

    Raises:
        LedgerMismatchError: An entry, a row or an original was altered, or is lost.
    """
    return verify_entries(mission)[0]


def verify_entries(
    mission: Mission, progress: Progress | None = None
) -> tuple[Head, int]:
    """Check every entry and what lies beside it; return the head and the batches.

    Raises:
        LedgerMismatchError: An entry, a row or an original was altered, or is lost.
    """
    head, batches = mission.record.head(), 0
    # What is recorded meanwhile is left to the next replay.
    for at, entry in enumerate(islice(mission.record.entries(), head.size)):
        verify_entry(mission, entry, at)
        batches += entry.kind == "rows"
        if progress is not None:
            progress(at + 1, head.size, "entries verified")
    return head, batches


def verify_entry(mission: Mission, entry: Entry, at: int) -> None:
    """Check an entry and all that lies beside it; say nothing if so.

    Args:
        mission: The mission.
        entry: The entry.
        at: Where it has to stand.

    Raises:
        LedgerMismatchError: It, or something beside it, was altered or is lost.
    """
    entry.verify()
    if entry.index != at:
        raise LedgerMismatchError(
            "record",
            expected=f"entry {at}",
            got=f"entry {entry.index}",
            remedy="Restore the record from a copy that verifies.",
        )
    try:
        _verify_payload(mission, entry)
    except StoreError as lost:
        raise LedgerMismatchError(
            lost.where, expected=lost.expected, got=lost.got, remedy=lost.remedy
        ) from lost


def _verify_payload(mission: Mission, entry: Entry) -> None:
    match entry.kind:
        case "file":
            identity = entry.body["of_file"]
            if isinstance(identity, dict):
                mission.originals.get(str(identity["sha256"]))
        case "rows":
            names = ("rows", "origins", "digests")
            read = mission.record.payload
            verify_batch(entry, {name: read(entry.index, name) for name in names})
        case "message":
            kept_lines(entry, mission.record.payload(entry.index, TEXTS))
        case "quarantine":
            verify_items(mission, entry)
        case "calibration":
            model_in(mission, entry)
        case "fusion" if "said" in entry.body:
            said_in(mission, entry)
        case _:
            pass  # all that it says is in its body
