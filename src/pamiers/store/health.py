"""Look for damage in a record's file, page by page, before anything believes it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from pamiers.mission.audit import Damage
from pamiers.store.pages import PAGE, page_sums, read_sums, sums_path

_COPY: Final = "Restore the record from a copy that verifies."
_WAL_HEAD: Final = 32
_FRAME_HEAD: Final = 24
_SALTS: Final = slice(16, 24)
_FRAME_SALTS: Final = slice(8, 16)


def file_damage(path: Path) -> Iterator[Damage]:
    """Yield what is damaged in a record's file, by its sums and by SQLite itself.

    Args:
        path: The record.

    Yields:
        Damage, by page; nothing where all is as it was left.
    """
    kept = sums_path(path)
    if kept.exists():
        yield from _by_sums(path, kept)
    yield from _in_log(path.with_name(f"{path.name}-wal"))
    yield from _by_sqlite(path)


def summed(path: Path) -> bool:
    """Tell whether the pages of a record have sums that speak of it as it is."""
    return sums_path(path).exists()


def _by_sums(path: Path, kept: Path) -> Iterator[Damage]:
    said = read_sums(kept.read_bytes())
    if said is None:
        what = "the sums of the record's pages are damaged"
        yield Damage(file=kept.name, where="whole", what=what, remedy="", mendable=True)
        return
    pages = page_sums(path).differing(said)
    owners = _owners(path) if pages else {}
    for page in pages:
        where = f"page {page}, {owners.get(page, 'of no table')}"
        what = "its bytes are not those that were left"
        yield Damage(file=path.name, where=where, what=what, remedy=_COPY)


def _to_read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _owners(path: Path) -> dict[int, str]:
    """Return the table or index of each page, as far as SQLite can still tell."""
    try:
        with closing(_to_read(path)) as base:
            rows = base.execute("SELECT pageno, name FROM dbstat").fetchall()
    except (sqlite3.Error, UnicodeDecodeError):  # its own message quotes the damage
        return {}
    return {page: f"of {name}" for page, name in rows}


def _in_log(path: Path) -> Iterator[Damage]:
    """Yield damage in a write-ahead log: frames that later frames say were whole."""
    raw = path.read_bytes() if path.exists() else b""
    if len(raw) <= _WAL_HEAD:
        return
    size = int.from_bytes(raw[8:12], "big") or PAGE
    valid = _valid_frames(raw, size)
    step = _FRAME_HEAD + size
    frames = (len(raw) - _WAL_HEAD) // step
    for at in range(valid + 1, frames):
        start = _WAL_HEAD + at * step
        if raw[start:][_FRAME_SALTS] == raw[_SALTS]:
            what = "a frame is damaged, and later ones that depend on it are lost"
            yield Damage(
                file=path.name, where=f"frame {valid + 1}", what=what, remedy=_COPY
            )
            return


def _valid_frames(raw: bytes, size: int) -> int:
    """Return how many frames in a row have the checksum they should have.

    Source: SQLite, file format, section 4.2.
    """
    order = "big" if raw[3] & 1 else "little"
    one, two = _sum(raw[:24], order, 0, 0)
    if (one, two) != _pair(raw[24:32], "big"):
        return 0
    count, step = 0, _FRAME_HEAD + size
    for start in range(_WAL_HEAD, len(raw) - step + 1, step):
        frame = raw[start : start + step]
        one, two = _sum(frame[:8] + frame[_FRAME_HEAD:], order, one, two)
        if frame[_FRAME_SALTS] != raw[_SALTS] or (one, two) != _pair(
            frame[16:24], "big"
        ):
            break
        count += 1
    return count


def _pair(raw: bytes, order: str) -> tuple[int, int]:
    big = order == "big"
    return (
        int.from_bytes(raw[:4], "big" if big else "little"),
        int.from_bytes(raw[4:8], "big" if big else "little"),
    )


def _sum(raw: bytes, order: str, one: int, two: int) -> tuple[int, int]:
    for at in range(0, len(raw), 8):
        left, right = _pair(raw[at : at + 8], order)
        one = (one + left + two) & 0xFFFFFFFF
        two = (two + right + one) & 0xFFFFFFFF
    return one, two


def _by_sqlite(path: Path) -> Iterator[Damage]:
    """Yield what SQLite's own check finds, except that all is well."""
    try:
        with closing(_to_read(path)) as base:
            found = [str(row[0]) for row in base.execute("PRAGMA integrity_check(20)")]
    except sqlite3.Error as error:
        found = [str(error)]
    except UnicodeDecodeError:  # its own message quotes the damage
        found = ["text that is no UTF-8"]
    for what in found:
        if what != "ok":
            yield Damage(file=path.name, where="whole", what=what, remedy=_COPY)
