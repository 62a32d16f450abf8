"""Write evidence beside the checkpoint that was kept, where there is any."""

from contextlib import suppress
from pathlib import Path

from pamiers.app.bundle_reading import opened_bundle
from pamiers.app.bundled import trust_of
from pamiers.app.log_key import log_key
from pamiers.app.wiring import write_file
from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.checkpoint import read_checkpoint
from pamiers.ledger.evidence import Evidence, evidence
from pamiers.mission.access.succession import lineage_of
from pamiers.mission.bundle.check import check_bundle
from pamiers.mission.mission import Mission
from pamiers.mission.witnessed import checkpoint


def evidence_of_record(mission: Mission, folder: Path, since: Path) -> Path | None:
    """Return the file of evidence that a record and a kept checkpoint give.

    Args:
        mission: The record as it is shown now.
        folder: Its folder, which holds its key.
        since: The checkpoint that was kept.

    Returns:
        The file, beside the checkpoint; None where the record grew out of it, or the
        checkpoint is not of its key.
    """
    with suppress(LedgerMismatchError):
        key = log_key(folder, mission)
        log = lineage_of(mission, key.verifier)
        kept = read_checkpoint(since.read_bytes())
        leaves = [entry.leaf for entry in mission.record.entries()]
        found = evidence(log, kept, checkpoint(mission, key), leaves)
        return _written(found, since)
    return None


def evidence_of_bundle(path: Path, since: Path) -> Path | None:
    """Return the file of evidence that a bundle and a kept checkpoint give.

    Args:
        path: A bundle that agrees with itself.
        since: The checkpoint that was kept.

    Returns:
        As `evidence_of_record`; None where the bundle itself was altered.
    """
    with suppress(LedgerMismatchError), opened_bundle(path) as files:
        checked = check_bundle(files, trust_of(None, None, []))
        kept = read_checkpoint(since.read_bytes())
        shown = (checked.checkpoint, checked.leaves)
        return _written(evidence(checked.log, kept, *shown), since)
    return None


def _written(found: Evidence, since: Path) -> Path:
    path = since.with_name(f"{since.name}.evidence.json")
    write_file(path, bytes(found))
    return path
