"""What has to happen on a disk so that a loss of power loses nothing acknowledged.

A file is filled and synced beside its place, renamed into it, and then the folder is
synced; a folder that was made is synced into the one above it. One small port, so that
tests can record and fail every step.

Source: transparency-dev/tessera, pull request 619; fsync(2), notes.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pamiers.core.errors import StoreError


class Disk:
    """The disk of this machine."""

    def make(self, folder: Path) -> None:
        """Make one folder, whose parent exists."""
        folder.mkdir(exist_ok=True)

    def fill(self, path: Path, pieces: Iterable[bytes]) -> None:
        """Write a new file and sync what it holds."""
        with path.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())

    def rename(self, path: Path, target: Path) -> None:
        """Put a file in the place of another, at once or not at all."""
        path.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Sync which files a folder holds."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


DISK = Disk()


def make_folder(folder: Path, disk: Disk = DISK) -> None:
    """Make a folder and those above it, each synced into the one above."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        disk.make(each)
        disk.sync_folder(each.parent)


def write_durably(path: Path, data: bytes, disk: Disk = DISK) -> None:
    """Write a file so that a power cut leaves the old one or the new one whole.

    Args:
        path: Where; its folder is made.
        data: What.
        disk: The disk.

    Raises:
        StoreError: The disk refused; no part of the file is left behind.
    """
    write_stream_durably(path, [data], disk)


def write_stream_durably(
    path: Path, pieces: Iterable[bytes], disk: Disk = DISK
) -> None:
    """Write a file of many pieces, as `write_durably` does.

    Args:
        path: Where; its folder is made.
        pieces: What, in order.
        disk: The disk.

    Raises:
        StoreError: The disk refused; no part of the file is left behind.
    """
    partial = path.parent / f".{path.name}.{os.getpid()}.partial"
    try:
        make_folder(path.parent, disk)
        disk.fill(partial, pieces)
        disk.rename(partial, path)
        disk.sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise StoreError(
            str(path),
            expected="room and permission to write",
            got=error.strerror or str(error),
            remedy="Free space or mend the permissions, then run it again.",
        ) from error
