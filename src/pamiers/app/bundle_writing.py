"""Write a bundle to disk whole or not at all."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pamiers.app.wiring import write_stream
from pamiers.core.errors import StoreError
from pamiers.ledger.archive import Member, directory
from pamiers.ledger.bag import (
    DECLARATION,
    DECLARED,
    INFO,
    MANIFEST,
    SIGNATURE,
    TAG_FILES,
    TAGS,
    Signed,
    manifest,
    sign,
)
from pamiers.ledger.keys import SignerKey
from pamiers.mission.bundle.crate import bag_info
from pamiers.mission.bundle.make import Plan, payload_of_bundle

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class _Spooled:
    """A file of the payload, lying in a temporary folder until all are there."""

    name: str
    path: Path
    size: int
    crc: int
    sha256: str


def write_bundle(plan: Plan, key: SignerKey, target: Path) -> dict[str, int]:
    """Write a bundle to a file, in place of any older one.

    Args:
        plan: What to make.
        key: Key of the record, which signs it.
        target: The file.

    Returns:
        Bytes of each file of the payload, by path.

    Raises:
        StoreError: The disk refused; no part of a file is left behind.
        UsageError: It would be larger than an archive can be.
    """
    try:
        with TemporaryDirectory(prefix=".bundle-", dir=target.parent) as folder:
            spooled = sorted(_spooled(plan, Path(folder)), key=lambda each: each.name)
            write_stream(target, _archive(plan, key, spooled))
    except OSError as error:
        raise StoreError(
            str(target),
            expected="a folder with room for the bundle",
            got=error.strerror or str(error),
            remedy="Free space or mend the permissions, then run it again.",
        ) from error
    return {each.name: each.size for each in spooled}


def _spooled(plan: Plan, folder: Path) -> Iterator[_Spooled]:
    for number, (name, pieces) in enumerate(payload_of_bundle(plan)):
        path = folder / str(number)
        size, crc, pinned = 0, 0, hashlib.sha256()
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece)
                size, crc = size + len(piece), zlib.crc32(piece, crc)
                pinned.update(piece)
        yield _Spooled(name, path, size, crc, pinned.hexdigest())


def _archive(plan: Plan, key: SignerKey, spooled: list[_Spooled]) -> Iterator[bytes]:
    """Yield the bytes of the archive: tag files first, then the payload in order."""
    members: list[Member] = []
    for name, data in _tag_files(plan, key, spooled).items():
        members.append(_member(members, name, len(data), zlib.crc32(data)))
        yield members[-1].head + data
    for each in spooled:
        members.append(_member(members, each.name, each.size, each.crc))
        yield members[-1].head
        with each.path.open("rb") as file:
            yield from iter(lambda: file.read(_PIECE), b"")
    yield directory(members)


def _member(members: list[Member], name: str, size: int, crc: int) -> Member:
    return Member(name=name, size=size, crc=crc, at=members[-1].end if members else 0)


def _tag_files(plan: Plan, key: SignerKey, spooled: list[_Spooled]) -> dict[str, bytes]:
    told = {
        DECLARATION: DECLARED,
        INFO: bag_info(plan.about, [each.size for each in spooled]),
        MANIFEST: manifest({each.name: each.sha256 for each in spooled}),
    }
    tags = manifest({n: hashlib.sha256(data).hexdigest() for n, data in told.items()})
    signed = Signed(
        origin=plan.checkpoint.origin,
        edition=plan.edition,
        tags=hashlib.sha256(tags).digest(),
    )
    whole = {**told, TAGS: tags, SIGNATURE: sign(signed, key)}
    return {name: whole[name] for name in TAG_FILES}
