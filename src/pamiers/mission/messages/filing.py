"""Put messages on record: one entry with their texts, and their rows like any others.

Pure but for salts: what is to be appended, and what is to be answered, are values.
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import numpy as np
import orjson

from pamiers.core.errors import LedgerMismatchError, Where
from pamiers.core.sharing import Sharing
from pamiers.ledger.entry import Draft, Entry, draft
from pamiers.ledger.leaf import SALT_BYTES, row_leaves
from pamiers.ledger.tree import root_of
from pamiers.mission.batch import pack_lines
from pamiers.mission.messages.closed import LABEL
from pamiers.mission.messages.message import HEARTBEAT, Message, read_message
from pamiers.mission.messages.receipt import RECORDED, receipt_leaf
from pamiers.mission.ports import Entropy

KIND: Final = "message"
TEXTS: Final = "messages"
CONFLICT: Final = "R-ID-CONFLICT"
_FAST: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Messages that came in one piece, from somebody who may send them."""

    kept: bytes  #: as it is put on record, one line of JSON
    by: str  #: who sent it: a principal or a device
    texts: tuple[bytes, ...]
    messages: tuple[Message, ...]
    why: str = ""  #: why all of it is held; empty where it is not


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message lies: its entry, and its position among the entry's messages."""

    entry: int
    position: int
    digest: str  #: SHA-256 of its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is on record under an identifier."""

    says: bytes  #: digest of its row
    place: Place | None  #: None where only a file told of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What one commit puts on record, and what becomes of each message.

    `places` has one place for each message of each piece, in order; entries count from
    the first of `drafts`, except where a place is `known` already.
    """

    drafts: tuple[Draft, ...]
    leaves: tuple[bytes, ...]  #: of the receipts, by position
    statuses: tuple[str, ...]  #: by position
    listed: tuple[Message, ...]  #: by position
    digests: tuple[str, ...]  #: SHA-256 of each text, by position
    answers: tuple[tuple["Answered", ...], ...]  #: for each piece, each message


@dataclass(frozen=True, slots=True)
class Answered:
    """What a message is answered with: a place on record, or one of this commit."""

    place: Place | None  #: on record before
    position: int = -1  #: of this commit, where `place` is None
    status: str = RECORDED


@dataclass(slots=True)
class _Making:
    """A filing in the making."""

    known: Mapping[bytes, Found]
    held_before: Mapping[tuple[bytes, bytes], Place]
    fresh: dict[bytes, tuple[bytes, int]] = field(default_factory=dict)
    held_now: dict[tuple[bytes, bytes], int] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[tuple[Message, int]]] = field(default_factory=dict)
    statuses: list[str] = field(default_factory=list)
    listed: list[Message] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    by: dict[str, int] = field(default_factory=dict)


def file_messages(
    sent: Sequence[Sent],
    known: Mapping[bytes, Found],
    held: Mapping[tuple[bytes, bytes], Place],
    *,
    now: datetime,
    entropy: Entropy,
) -> Filing:
    """Return what puts messages on record.

    Args:
        sent: Pieces, in the order in which they came.
        known: What is on record under the identifiers that they name.
        held: What is held on record, by identifier and digest of what it says.
        now: Instant of recording, aware.
        entropy: Gives salts.

    Returns:
        Entries to append, none where all is known; and the answer to each message.
    """
    making = _Making(known=known, held_before=held)
    answers = tuple(_piece(making, each) for each in sent)
    return Filing(
        drafts=tuple(_drafts(making, now, entropy)),
        leaves=tuple(_leaves(making)),
        statuses=tuple(making.statuses),
        listed=tuple(making.listed),
        digests=tuple(making.digests),
        answers=answers,
    )


def _piece(making: _Making, sent: Sent) -> tuple[Answered, ...]:
    """Sort the messages of a piece; the piece is kept where any of them is news."""
    first = len(making.listed)
    answers = tuple(
        _sorted(making, each, sent.why, first + i)
        for i, each in enumerate(sent.messages)
    )
    if not any(each.place is None and each.position >= first for each in answers):
        return answers
    making.lines.append(sent.kept)
    making.by[sent.by] = making.by.get(sent.by, 0) + len(sent.messages)
    for message, text, answer in zip(sent.messages, sent.texts, answers, strict=True):
        making.listed.append(message)
        making.digests.append(hashlib.sha256(text).hexdigest())
        making.statuses.append(answer.status)
    return answers


def _sorted(making: _Making, message: Message, why: str, position: int) -> Answered:
    """Return the answer to a message, its status with it."""
    found, here = making.known.get(message.known), making.fresh.get(message.known)
    said = found.says if found is not None else here[0] if here is not None else None
    if why or said not in {None, message.says}:
        return _held(making, message, why or CONFLICT, position)
    if found is not None and found.place is not None:
        return Answered(found.place)
    if here is not None:
        return Answered(None, here[1])
    return _fresh(making, message, position)


def _fresh(making: _Making, message: Message, position: int) -> Answered:
    """Take a message that is news; a row that a file told of is not filed again."""
    making.fresh[message.known] = (message.says, position)
    if message.known not in making.known and message.kind != HEARTBEAT:
        name = (message.kind, message.label.value)
        making.rows.setdefault(name, []).append((message, position))
    return Answered(None, position)


def _held(making: _Making, message: Message, why: str, position: int) -> Answered:
    name = (message.known, message.says)
    before = making.held_before.get(name)
    if before is not None:
        return Answered(before, status=why)
    return Answered(None, making.held_now.setdefault(name, position), why)


def _leaves(making: _Making) -> Iterator[bytes]:
    for message, digest, status in zip(
        making.listed, making.digests, making.statuses, strict=True
    ):
        yield receipt_leaf(message.source, message.id, digest, status)


def _drafts(making: _Making, now: datetime, entropy: Entropy) -> Iterator[Draft]:
    if not making.lines:
        return
    data = b"\n".join(making.lines)
    file, salt = hashlib.sha256(data).hexdigest(), entropy(SALT_BYTES)
    held = {str(at): why for at, why in enumerate(making.statuses) if why != RECORDED}
    body: dict[str, object] = {
        "by": making.by,
        "entries": 1 + len(making.rows),
        "held": held,
        "messages": len(making.listed),
        "root": root_of(row_leaves(salt, making.lines)).hex(),
        "sha256": file,
    }
    payload = {TEXTS: zlib.compress(data, _FAST)}
    yield draft(KIND, body, now=now, salt=salt, payload=payload)
    for name, rows in sorted(making.rows.items()):
        yield _row_entry(name, rows, file, now, entropy(SALT_BYTES))


def _row_entry(
    name: tuple[str, str],
    rows: Sequence[tuple[Message, int]],
    file: str,
    now: datetime,
    salt: bytes,
) -> Draft:
    """Return the entry that files rows of one kind and one class of sharing."""
    kind, label = name
    origins = np.array([(at + 1, at + 1) for _, at in rows], dtype=np.int64)
    lines = [message.line for message, _ in rows]
    digests = [message.known + message.says for message, _ in rows]
    parts = [message.parts for message, _ in rows]
    body, payload = pack_lines(kind, lines, (origins, digests, parts), salt)
    body["file"] = file
    if label != Sharing.PUBLIC.value:
        body[LABEL] = label
    return draft("rows", body, now=now, salt=salt, payload=payload)


def kept_lines(entry: Entry, data: bytes) -> list[bytes]:
    """Return the pieces that an entry keeps, checked against it.

    Args:
        entry: An entry of kind `message`.
        data: Its payload `messages`.

    Returns:
        One line of JSON a piece.

    Raises:
        LedgerMismatchError: They were altered.
    """
    try:
        lines = zlib.decompress(data).split(b"\n")
        got = root_of(row_leaves(entry.salt, lines)).hex()
    except zlib.error as error:
        got = type(error).__name__
        lines = []
    expected = str(entry.body["root"])
    if got != expected:
        raise LedgerMismatchError(
            Where(f"entry {entry.index}", field=TEXTS),
            expected=expected,
            got=got,
            remedy="Restore the record from a copy that verifies.",
        )
    return lines


def texts_of(line: bytes) -> list[bytes]:
    """Return the texts of the messages of a piece, in order."""
    said: dict[str, Any] = orjson.loads(line)
    given = [said["message"]] if "message" in said else said["messages"]
    return [str(each).encode() for each in given]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A message on record, by position in its entry."""

    message: Message
    digest: str
    status: str

    @property
    def leaf(self) -> bytes:
        """Return its leaf in the tree of receipts."""
        said = self.message
        return receipt_leaf(said.source, said.id, self.digest, self.status)


def listed(entry: Entry, data: bytes) -> list[Listed]:
    """Return the messages of an entry, by position.

    Args:
        entry: An entry of kind `message`.
        data: Its payload `messages`.

    Returns:
        Each with its status.

    Raises:
        LedgerMismatchError: They were altered.
    """
    held = entry.body["held"]
    assert isinstance(held, dict)  # noqa: S101 - as it was written
    found: list[Listed] = []
    for line in kept_lines(entry, data):
        for text in texts_of(line):
            status = str(held.get(str(len(found)), RECORDED))
            digest = hashlib.sha256(text).hexdigest()
            message = read_message(text)
            found.append(Listed(message=message, digest=digest, status=status))
    return found
