"""Entries as an edition gives them: whole, in part, or as a bare leaf; one a line.

A line is canonical JSON with the entry's content inside it, so that what was pinned can
be cut out of the line as bytes.
"""

import json
import re
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import LedgerMismatchError, MalformedSourceError
from pamiers.core.sharing import Sharing, joined
from pamiers.ledger.content import OLDEST, Content, read_content
from pamiers.ledger.entry import Entry
from pamiers.ledger.shared import seen, sharing_of

_OPEN: Final = b'{"content":'
_REST: Final = re.compile(
    rb',"index":(0|[1-9][0-9]*),"leaf":"([0-9a-f]{64})","salt":"([0-9a-f]{64})"}\Z'
)
_BARE: Final = re.compile(rb'{"index":(0|[1-9][0-9]*),"leaf":"([0-9a-f]{64})"}')


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """An entry as an edition gives it.

    Invariant: `content` and `salt` are both there, or neither is.
    """

    index: int
    leaf: bytes
    content: Content | None = None
    salt: bytes = b""

    def __bytes__(self) -> bytes:
        """Return the line that tells it, without a line end."""
        rest = b'"index":%d,"leaf":"%b"' % (self.index, self.leaf.hex().encode())
        if self.content is None:
            return b"{%b}" % rest
        salt = self.salt.hex().encode()
        return b'{"content":%b,%b,"salt":"%b"}' % (bytes(self.content), rest, salt)

    @property
    def whole(self) -> bool:
        """Tell whether nothing of it is closed."""
        return self.content is not None and not self.content.partial

    def verify(self) -> None:
        """Check that what is open is what the leaf pins; say nothing if so.

        Raises:
            LedgerMismatchError: It is not.
        """
        if self.content is None:
            return
        got = self.content.leaf(self.salt)
        if got != self.leaf:
            raise _mismatch(self.index, self.leaf.hex(), got.hex())


def disclosed(
    entry: Entry, reader: Sharing, *, closed: frozenset[str], partly: bool = False
) -> Disclosed:
    """Return an entry as a reader may have it.

    Args:
        entry: As recorded.
        reader: Up to which class the reader may see.
        closed: Further fields that the reader may not see.
        partly: Never give the secret: something beside the entry is closed.

    Returns:
        Whole where the reader may see all of it; a bare leaf where not even its kind.
        An entry of the first format is given whole or not at all.
    """
    content = entry.said()
    bare = Disclosed(index=entry.index, leaf=entry.leaf)
    if not seen_by(content, reader):
        return bare
    names = frozenset(
        name
        for name in content.fields
        if name in closed or not sharing_of(content.kind, name).seen_with(reader)
    )
    if not names and not partly:
        return Disclosed(
            index=entry.index, leaf=entry.leaf, content=content, salt=entry.salt
        )
    if content.format == OLDEST:
        return bare
    held, salt = content.closing(entry.salt, names)
    return Disclosed(index=entry.index, leaf=entry.leaf, content=held, salt=salt)


def seen_by(content: Content, reader: Sharing) -> bool:
    """Tell whether a reader may know of an entry: its kind, and what class it bears."""
    own = content.fields.get("label") if content.kind == "rows" else None
    bears = Sharing.PUBLIC if own is None else Sharing(json.loads(own))
    return joined(seen(content.kind), bears).seen_with(reader)


def read_disclosed(line: bytes, index: int) -> Disclosed:
    """Return the entry that a line tells, checked against its leaf.

    Args:
        line: Without its line end.
        index: Which entry it has to be.

    Returns:
        The entry.

    Raises:
        LedgerMismatchError: Another entry, another form, or not what its leaf pins.
    """
    found = _read(line, index)
    if found.index != index or bytes(found) != line:
        raise _mismatch(index, f"entry {index} in canonical form", f"{found.index}")
    found.verify()
    return found


def _read(line: bytes, index: int) -> Disclosed:
    bare = _BARE.fullmatch(line)
    if bare is not None:
        return Disclosed(index=int(bare[1]), leaf=bytes.fromhex(bare[2].decode()))
    rest = _REST.search(line)
    if rest is None or not line.startswith(_OPEN):
        raise _mismatch(index, "an entry, or its leaf", "something else")
    try:
        content = read_content(line[len(_OPEN) : rest.start()])
    except MalformedSourceError as error:
        raise _mismatch(index, error.expected, error.got) from error
    leaf, salt = (bytes.fromhex(rest[at].decode()) for at in (2, 3))
    return Disclosed(index=int(rest[1]), leaf=leaf, content=content, salt=salt)


def _mismatch(index: int, expected: str, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        f"entry {index}",
        expected=expected,
        got=got,
        remedy="It was altered. Keep the bundle as evidence, and fetch it again.",
    )
