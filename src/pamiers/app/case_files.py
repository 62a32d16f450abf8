"""Letters and pictures that acts of cases came with, kept as they were received.

An act on record names them by their digests, so that whoever holds the file can tell
whether it is the one that was meant; the bytes lie with the other originals.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from pamiers.app.wiring import opened
from pamiers.core.errors import StoreError, UnknownTermError, UsageError
from pamiers.core.instant import format_instant
from pamiers.mission.mission import Mission
from pamiers.procedure.event import Event

#: how files begin that people look at, and how their names end
_ENDINGS: Final = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG", "png"))
_SHORT: Final = 16  #: letters of a digest that a name begins with


def kept_files(folder: Path, paths: Sequence[Path]) -> tuple[str, ...]:
    """Keep files with the originals of a mission and return their digests, in order.

    Raises:
        UsageError: One cannot be read.
    """
    with opened(folder) as mission:
        return tuple(mission.originals.put(_bytes(each)) for each in paths)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            "--file",
            expected="a file that can be read",
            got=f"{path.name}: {error.strerror}",
            remedy="Correct the name, or the rights of the file.",
        ) from error


def are_kept(mission: Mission, event: Event) -> None:
    """Pass where the files that an act names lie with the originals.

    Raises:
        UsageError: One was not sent yet; nothing is recorded of it.
    """
    for each in event.files:
        try:
            mission.originals.get(each)
        except StoreError as error:
            raise UsageError(
                "event (files)",
                expected="a file that was sent before",
                got=f"{each[:_SHORT]}..., which is not here",
                remedy="Send the file first, then record the act.",
            ) from error


def file_values(acts: Iterable[Event]) -> list[dict[str, Any]]:
    """Return the files of some acts, each with what it came with, in order."""
    return [
        {
            "sha256": digest,
            "kind": event.kind,
            "by": event.by or None,
            "name": event.name or None,
            "at": format_instant(event.at),
            "entry": event.position,
        }
        for event in acts
        for digest in event.files
    ]


def case_file(
    mission: Mission, acts: Iterable[Event], digest: str
) -> tuple[str, bytes]:
    """Return a file of a case, and a name for it that says nothing of its content.

    Raises:
        UnknownTermError: None of these acts came with it.
    """
    if not any(digest in event.files for event in acts):
        raise UnknownTermError(
            "file",
            expected="the digest of a file of this case",
            got=repr(digest[:_SHORT]),
            remedy="The page of the case names them.",
        )
    data = mission.originals.get(digest)
    ending = next((end for begin, end in _ENDINGS if data.startswith(begin)), "bin")
    return f"{digest[:_SHORT]}.{ending}", data
