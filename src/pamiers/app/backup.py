"""Copy a mission that is in use, and put a copy in the place of one that was lost."""

import hashlib
import json
from pathlib import Path
from typing import Final

from pamiers.app.checkpoints import FOLDER as CHECKPOINTS
from pamiers.app.wiring import (
    ORIGINALS,
    copy_online,
    is_mission,
    move_to_server,
    new_folder,
    opened,
    write_file,
)
from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.mission.replay import verify_record

#: what a copy says of its files: name -> SHA-256
LIST: Final = "backup.json"
_BESIDE: Final = (ORIGINALS, CHECKPOINTS, "keys")


def backup(folder: Path, target: Path) -> dict[str, object]:
    """Copy a mission, while others may write to it, and verify the copy.

    Args:
        folder: The mission folder.
        target: A new or empty folder.

    Returns:
        Entries, head and number of files of the copy.

    Raises:
        UsageError: No mission, or the target holds something.
        LedgerMismatchError: The copy does not verify; it is left as it is.
        StoreError: The disk refused.
    """
    with opened(folder):
        new_folder(target)
        # The record first: every original that its entries name is there already.
        copy_online(folder, target)
        for path in _beside(folder):
            write_file(target / path.relative_to(folder), path.read_bytes())
    told = _verified(target)
    files = {
        str(path.relative_to(target)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }
    listed = json.dumps({**told, "files": files}, indent=1, sort_keys=True)
    write_file(target / LIST, f"{listed}\n".encode())
    (target / "keys").chmod(0o700) if (target / "keys").exists() else None
    return {**told, "files": len(files)}


def restore(
    source: Path, folder: Path, database: str | None = None
) -> dict[str, object]:
    """Put a copy in the place of a mission that was lost.

    Args:
        source: A folder made by `backup`.
        folder: A new or empty folder.
        database: Address of an empty database of PostgreSQL for the record, without a
            password; None keeps the record in the folder.

    Returns:
        Entries, head and number of files.

    Raises:
        UsageError: The source is no copy, or the folder holds something.
        LedgerMismatchError: A file of the copy was altered or is lost.
    """
    files = _listed(source)
    new_folder(folder)
    for name, said in files.items():
        data = (source / name).read_bytes()
        got = hashlib.sha256(data).hexdigest()
        if got != said:
            raise LedgerMismatchError(
                name, expected=said, got=got, remedy="Take an older copy."
            )
        write_file(folder / name, data)
        if name.endswith(".seed"):
            (folder / name).chmod(0o600)
    if database is not None:
        move_to_server(folder, database)
    return {**_verified(folder), "files": len(files)}


def _beside(folder: Path) -> list[Path]:
    """Return the files beside the record that have to be copied, in order."""
    found = [path for name in _BESIDE for path in (folder / name).rglob("*")]
    return sorted(path for path in found if path.is_file())


def _listed(source: Path) -> dict[str, str]:
    try:
        files = json.loads((source / LIST).read_bytes())["files"]
        return {str(name): str(sha) for name, sha in files.items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise UsageError(
            str(source),
            expected=f"a folder that `pamiers backup` made, with {LIST}",
            got="a mission" if is_mission(source) else "another folder",
            remedy="Name the folder of a copy.",
        ) from error


def _verified(folder: Path) -> dict[str, object]:
    with opened(folder) as mission:
        head = verify_record(mission)
    return {"entries": head.size, "head": head.hex}
