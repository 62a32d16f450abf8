"""A disk that remembers every write and sync, loses power, and fails on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

SECTOR = 512
#: how often moments are drawn until every cut left another disk
_ROUNDS = 20


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a power cut left: every file, and what had been acknowledged by then."""

    files: dict[str, bytearray]
    acked: int
    kept: tuple[int, ...]  #: which of the unsynced sectors and cuts, as bits

    def laid(self, folder: Path) -> None:
        """Lay the files out in a folder; what was there is removed."""
        for path in folder.iterdir():
            if path.name not in self.files:
                path.unlink()
        for name, data in self.files.items():
            (folder / name).write_bytes(data)


@dataclass(slots=True)
class _Disk:
    """A disk while it has power; of each file, what was not synced lies apart."""

    files: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Op]] = field(default_factory=dict)
    acked: int = 0

    def step(self, op: Op) -> None:
        """Take in one thing that was done before power went."""
        if op.what == "ack":
            self.acked = op.at
        elif op.what == "sync":
            held = self.files.setdefault(op.name, bytearray())
            for each in self.pending.pop(op.name, []):
                _apply(held, each)
        elif op.what == "delete":
            self.files.pop(op.name, None)
            self.pending.pop(op.name, None)
        else:
            self.pending.setdefault(op.name, []).extend(_sectors(op))

    def cut(self, rng: random.Random) -> Left:
        """Lose power: keep a random part of what was not synced, torn at sectors."""
        files, kept = dict(self.files), []
        for name, ops in self.pending.items():
            share, bits = rng.random(), 0
            held = bytearray(files.get(name, b""))
            for op in ops:
                bits <<= 1
                if rng.random() < share:
                    bits |= 1
                    _apply(held, op)
            files[name] = held
            kept.append(bits)
        lasting = {n: data for n, data in files.items() if not n.endswith("-shm")}
        return Left(files=lasting, acked=self.acked, kept=tuple(kept))


def _sectors(op: Op) -> Iterator[Op]:
    """Yield what a write or a cut is to a disk, which keeps each or loses it."""
    if op.what == "cut":
        yield op
        return
    for at in range(0, len(op.data), SECTOR):
        yield Op("write", op.name, op.at + at, op.data[at : at + SECTOR])


def _apply(held: bytearray, op: Op) -> None:
    """Put one write or cut on the disk."""
    end = op.at + len(op.data)
    if op.what == "cut":
        del held[op.at :]
        return
    if len(held) < end:
        held.extend(bytes(end - len(held)))
    held[op.at : end] = op.data


def power_cuts(ops: list[Op], times: int, rng: random.Random) -> Iterator[Left]:
    """Yield what power cuts at random moments leave, the earliest moment first.

    Args:
        ops: Everything that was done.
        times: How many cuts; each leaves a disk that no other left.
        rng: Chooses the moments, and what of the unsynced is kept.

    Yields:
        A disk each; fewer where so many different ones were not found.
    """
    seen: set[tuple[int, tuple[int, ...]]] = set()
    for _ in range(_ROUNDS):
        moments = sorted(rng.randrange(2, len(ops)) for _ in range(times - len(seen)))
        disk, done = _Disk(), 0
        for moment in moments:
            for op in ops[done:moment]:
                disk.step(op)
            done = moment
            left = disk.cut(rng)
            if (moment, left.kept) not in seen:
                seen.add((moment, left.kept))
                yield left
