"""Notes: text with signature lines below, as transparency logs exchange them.

Source: C2SP signed-note, unchanged.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.keys import ID_BYTES, SignerKey, VerifierKey, forged

_DASH: Final = "\u2014 "
#: most signature lines that are read; at least 16 have to be
MOST_LINES: Final = 100
#: longest note that is read [bytes]
MOST_BYTES: Final = 1_000_000
_SPACE: Final = 0x20


@dataclass(frozen=True, slots=True)
class Line:
    """One signature line; what it holds is looked at by whoever knows the key."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        """Return the line, with its end."""
        held = base64.b64encode(self.key_id + self.signature).decode()
        return f"{_DASH}{self.name} {held}\n"

    def is_of(self, key: VerifierKey) -> bool:
        """Tell whether the line names a key."""
        return self.name == key.name and self.key_id == key.id


@dataclass(frozen=True, slots=True)
class Note:
    """Text that ends in a line break, and its signature lines."""

    text: str
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        """Return the note as it is sent."""
        return self.text + "\n" + "".join(map(str, self.lines))

    def with_lines(self, lines: Iterable[Line]) -> "Note":
        """Return the note with more signature lines; none stands twice."""
        more = [each for each in lines if each not in self.lines]
        return Note(self.text, (*self.lines, *dict.fromkeys(more)))


def read_note(raw: bytes) -> Note:
    """Return the note that bytes state; no signature is looked at.

    Args:
        raw: UTF-8.

    Returns:
        The note.

    Raises:
        LedgerMismatchError: Not a note.
    """
    text = _clean(raw)
    body, break_, below = text.rpartition("\n\n")
    if not break_ or not below.endswith("\n"):
        raise _misread("text, an empty line and signature lines", "something else")
    rows = below.removesuffix("\n").split("\n")
    if len(rows) > MOST_LINES:
        raise _misread(f"at most {MOST_LINES} signature lines", f"{len(rows)}")
    return Note(body + "\n", tuple(_line(row) for row in rows))


def _clean(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise _misread(f"at most {MOST_BYTES} bytes", f"{len(raw)}")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _misread("UTF-8", "other bytes") from error
    if any(ord(c) < _SPACE and c != "\n" for c in text):
        raise _misread("no control characters but line breaks", "others")
    return text


def _line(row: str) -> Line:
    if not row.startswith(_DASH):
        raise _misread("a line that begins with a dash", repr(row[:20]))
    name, _, held = row.removeprefix(_DASH).partition(" ")
    try:
        raw = base64.b64decode(held, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _misread("a name and base64", repr(row[:20])) from error
    if not name or "+" in name or len(raw) <= ID_BYTES:
        raise _misread("a name, and more than a key's id", repr(row[:20]))
    return Line(name, raw[:ID_BYTES], raw[ID_BYTES:])


def sign_note(text: str, key: SignerKey) -> Note:
    """Return a note of a text with one signature.

    Args:
        text: Ends in a line break.
        key: A key that signs notes as they are.

    Returns:
        The note, with one line.
    """
    verifier = key.verifier
    line = Line(key.name, verifier.id, key.sign(text.encode()))
    return Note(text, (line,))


def verify_note(note: Note, keys: Iterable[VerifierKey]) -> tuple[str, ...]:
    """Return the names of the known keys that signed a note.

    Args:
        note: The note.
        keys: Keys that sign notes as they are.

    Returns:
        Names, in the order of the lines; lines of unknown keys are passed over.

    Raises:
        LedgerMismatchError: A line of a known key does not fit, or none is known.
    """
    known = {(key.name, key.id): key for key in keys}
    found = []
    for line in note.lines:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        if not key.verify(line.signature, note.text.encode()):
            raise forged(line.name)
        found.append(line.name)
    if not found:
        raise _misread("a signature of a known key", "none")
    return tuple(found)


def _misread(expected: str, got: str) -> LedgerMismatchError:
    remedy = "Fetch the note again; if it stays so, keep it as evidence."
    return LedgerMismatchError("note", expected=expected, got=got, remedy=remedy)
