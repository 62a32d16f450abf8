"""A disk that remembers every write and sync, loses power, and fails on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

if TYPE_CHECKING:
    import random

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Op:
    """One thing done to the disk: write, sync, cut, delete, folder sync, or an ack."""

    what: str
    name: str = ""
    at: int = 0
    data: bytes = b""


@dataclass(slots=True)
class Log:
    """Everything done to the disk, in order, and which call is to fail."""

    ops: list[Op] = field(default_factory=list)
    calls: int = 0
    fail_at: int = -1  #: number of the call that fails; -1 for none
    error: type[apsw.Error] = apsw.IOError
    forever: bool = False  #: every call from there on fails, as on a full disk

    def call(self, op: Op) -> None:
        """Note a call, or fail it."""
        self.calls += 1
        due = self.calls == self.fail_at or (
            self.forever and self.calls >= self.fail_at
        )
        if self.fail_at >= 0 and due:
            raise self.error
        self.ops.append(op)


class _File(apsw.VFSFile):
    def __init__(
        self,
        log: Log,
        below: str,
        name: str | apsw.URIFilename | None,
        flags: list[int],
    ) -> None:
        text = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self._log, self._name = log, Path(text).name
        super().__init__(below, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._log.call(Op("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._log.call(Op("sync", self._name))
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._log.call(Op("cut", self._name, size))
        super().xTruncate(size)


class RecordingDisk(apsw.VFS):
    """A file system for SQLite that notes every call in a log."""

    def __init__(self, name: str, log: Log) -> None:
        """Register under a name, above that of this machine."""
        self._log, self.name = log, name
        super().__init__(name, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _File:  # noqa: N802
        """Open a file that notes its calls."""
        return _File(self._log, "", name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: FBT001, N802
        """Delete a file, noted."""
        self._log.call(Op("delete", Path(name).name))
        super().xDelete(name, sync)


@dataclass(slots=True)
class _Crash:
    """A disk at the moment when power went."""

    files: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Op]] = field(default_factory=dict)
    acked: int = 0

    def apply(self, op: Op) -> None:
        """Put one write or cut on the disk."""
        held = self.files.setdefault(op.name, bytearray())
        if op.what == "cut":
            del held[op.at :]
            return
        if len(held) < op.at + len(op.data):
            held.extend(bytes(op.at + len(op.data) - len(held)))
        held[op.at : op.at + len(op.data)] = op.data

    def step(self, op: Op) -> None:
        """Take in one thing that was done before power went."""
        if op.what == "ack":
            self.acked = op.at
        elif op.what == "sync":
            for each in self.pending.pop(op.name, []):
                self.apply(each)
        elif op.what == "delete":
            self.files.pop(op.name, None)
            self.pending.pop(op.name, None)
        else:
            self.pending.setdefault(op.name, []).append(op)

    def lose(self, rng: random.Random) -> None:
        """Keep a random part of what was not synced, torn at sectors."""
        for ops in self.pending.values():
            share = rng.random()
            for op in ops:
                if op.what == "cut":
                    if rng.random() < share:
                        self.apply(op)
                    continue
                for at in range(0, len(op.data), SECTOR):
                    if rng.random() < share:
                        part = op.data[at : at + SECTOR]
                        self.apply(Op("write", op.name, op.at + at, part))


def after_power_cut(ops: list[Op], cut: int, rng: random.Random, folder: Path) -> int:
    """Lay a disk out as a power cut might leave it.

    Args:
        ops: Everything that was done.
        cut: How much of it was done when power went.
        rng: Chooses what of the unsynced is kept.
        folder: Where to lay the files; what was there is removed.

    Returns:
        What was acknowledged by then.
    """
    state = _Crash()
    for op in ops[:cut]:
        state.step(op)
    state.lose(rng)
    for path in folder.iterdir():
        path.unlink()
    for name, data in state.files.items():
        if not name.endswith("-shm"):
            (folder / name).write_bytes(data)
    return state.acked
