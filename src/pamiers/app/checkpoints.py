"""Checkpoints that witnesses cosigned, kept in the mission's folder, one a size."""

import hashlib
from pathlib import Path
from typing import Final

from pamiers.app.wiring import write_file
from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.checkpoint import (
    Checkpoint,
    Log,
    read_checkpoint,
    verify_checkpoint,
)
from pamiers.ledger.frontier import Frontier
from pamiers.mission.mission import Mission

FOLDER: Final = "checkpoints"
_MARK_LETTERS: Final = 16


def keep_checkpoint(folder: Path, found: Checkpoint) -> None:
    """Keep a checkpoint with what witnesses added, beside the lines kept before.

    Args:
        folder: The mission folder.
        found: A checkpoint of its record.

    Raises:
        StoreError: The disk refused.
    """
    note, size = found.note, found.head.size
    older = sorted((folder / FOLDER).glob(f"{size:08}-*.txt"))
    for path in older:
        before = read_kept(path)
        if before.head == found.head:
            note = before.note.with_lines(note.lines)
    data = str(note).encode()
    target = folder / FOLDER / f"{size:08}-{_mark(data)}.txt"
    write_file(target, data)
    for path in older:
        if path != target:
            path.unlink()


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_MARK_LETTERS]


def read_kept(path: Path) -> Checkpoint:
    """Return a checkpoint that was kept, held to the digest in its name.

    Raises:
        LedgerMismatchError: The file was altered.
    """
    data = path.read_bytes()
    if not path.stem.endswith(f"-{_mark(data)}"):
        raise LedgerMismatchError(
            f"{FOLDER}/{path.name}",
            expected="the digest in its name",
            got=_mark(data),
            remedy="The file was altered: restore it from a copy.",
        )
    return read_checkpoint(data)


def kept_checkpoints(folder: Path, mission: Mission, log: Log) -> list[Checkpoint]:
    """Return the checkpoints that were kept, by size.

    Args:
        folder: The mission folder.
        mission: Its record.
        log: Key of the record, or its keys after one another.

    Returns:
        Those that the record grew out of; empty where no witness was ever asked.

    Raises:
        LedgerMismatchError: One is not signed by the record's key, or the record did
            not grow out of it: history was rewritten.
    """
    paths = sorted((folder / FOLDER).glob("*.txt"))
    found = [read_kept(path) for path in paths]
    leaves = [entry.leaf for entry in mission.record.entries()] if found else []
    for path, each in zip(paths, found, strict=True):
        verify_checkpoint(each, log)
        size = each.head.size
        if size > len(leaves) or Frontier().grown(leaves[:size]).head != each.head:
            raise LedgerMismatchError(
                f"{FOLDER}/{path.name}",
                expected=f"a record that grew out of {each.head.hex}",
                got="another",
                remedy="History was rewritten since: keep the file as evidence.",
            )
    return found
