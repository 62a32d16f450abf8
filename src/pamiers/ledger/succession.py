"""How the key of a record is followed by another, so that whoever knew one knows both.

A note says which key ends, which begins, and the head up to which the old one is
believed. Where the old key is sound, it signs that itself, with the new one. Where it
was compromised its word is worth nothing: then every party signs with a key of its own.

    pamiers.mission/9c1f0a64d2b7e830
    pamiers key succession v1
    OLD KEY
    NEW KEY
    SIZE ROOT
    sound, or: compromised INSTANT
    party ID KEY, a line each, where it was compromised

What the old key signs of a longer record is not believed, whoever holds it. A later key
may sign an earlier head: it has taken over the record with all that is in it.

Source: C2SP signed-note for the form; decision 0076.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pamiers.core.errors import LedgerMismatchError, PamiersError
from pamiers.core.instant import format_instant, parse_instant
from pamiers.ledger.keys import NOTE, VerifierKey, check_point, verifier
from pamiers.ledger.note import Note, read_note, verify_note
from pamiers.ledger.tree import Head

TITLE: Final = "pamiers key succession v1"
SOUND: Final = "sound"
COMPROMISED: Final = "compromised"
_FIXED: Final = 6
_HEAD: Final = re.compile(r"(0|[1-9][0-9]{0,18}) ([A-Za-z0-9+/]{43}=)")
_PARTY: Final = re.compile(r"party ([^\s+]{1,128}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One key after another. Invariant: `parties` are named where `since` is."""

    old: VerifierKey
    new: VerifierKey
    head: Head  #: up to which the old key is believed
    since: str | None = None  #: since when it was compromised; None: it was sound
    parties: Mapping[str, str] = field(default_factory=dict)  #: id -> key, who vouch
    note: Note

    def __str__(self) -> str:
        """Return the note as it is kept and sent."""
        return str(self.note)

    def verify(self) -> None:
        """Check that all who have to signed it; say nothing if so.

        Raises:
            LedgerMismatchError: Somebody did not, or a signature does not fit.
        """
        vouching = [party_verifier(*each) for each in self.parties.items()]
        needed = [self.new, *(vouching if self.since else [self.old])]
        for key in needed:
            verify_note(self.note, [key])


@dataclass(frozen=True, slots=True)
class Lineage:
    """The keys of a record, one after another; `last` is in force."""

    last: VerifierKey
    steps: tuple[Succession, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the record."""
        return self.last.name

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """Return every key there ever was, the first first."""
        return (*(each.old for each in self.steps), self.last)

    def able(self, size: int) -> tuple[VerifierKey, ...]:
        """Return the keys that are believed of a head of a size."""
        older = [each.old for each in self.steps if size <= each.head.size]
        return (*older, self.last)

    def ended_before(self, key: VerifierKey, size: int) -> Succession | None:
        """Return the step that ended a key before a size; None where none did."""
        found = [each for each in self.steps if each.old == key]
        return found[0] if found and size > found[0].head.size else None


def party_verifier(party: str, key: str) -> VerifierKey:
    """Return a party's key as one that signs notes, under the party's id.

    Raises:
        UsageError: The key is of small order or not canonical.
    """
    raw = bytes.fromhex(key)
    check_point(raw)
    return VerifierKey(party, NOTE, raw)


def succession_text(
    old: VerifierKey,
    new: VerifierKey,
    head: Head,
    since: str | None = None,
    parties: Mapping[str, str] | None = None,
) -> str:
    """Return what is signed for one key to take another's place.

    Args:
        old: The key that ends.
        new: The one that begins.
        head: Of the record up to which the old key is believed.
        since: Instant since when the old key was compromised; None: it was sound.
        parties: Ids and keys of all who vouch, where it was compromised.

    Returns:
        The text of the note.
    """
    root = base64.b64encode(head.root).decode()
    how = SOUND if since is None else f"{COMPROMISED} {since}"
    named = [f"party {party} {key}" for party, key in sorted((parties or {}).items())]
    rows = [old.name, TITLE, str(old), str(new), f"{head.size} {root}", how, *named]
    return "\n".join(rows) + "\n"


def read_succession(raw: bytes) -> Succession:
    """Return the succession that bytes state; no signature is looked at.

    Args:
        raw: A note in UTF-8.

    Returns:
        The succession, of two different keys of one record.

    Raises:
        LedgerMismatchError: It is none, or not in its one form.
    """
    note = read_note(raw)
    rows = note.text.removesuffix("\n").split("\n")
    if len(rows) < _FIXED or rows[1] != TITLE:
        raise _misread(f"a note of the form {TITLE}", repr(rows[0][:60]))
    try:
        found = _read(rows, note)
    except (PamiersError, ValueError, binascii.Error) as error:
        raise _misread(
            "two keys, a head and how the old one was", str(error)
        ) from error
    told = succession_text(found.old, found.new, found.head, found.since, found.parties)
    alike = found.old.name == found.new.name == rows[0] and found.old != found.new
    if told != note.text or not alike or str(note).encode() != raw:
        raise _misread("a succession of one record in its one form", "another")
    if (found.since is None) != (not found.parties):
        raise _misread("parties exactly where the key was compromised", "another")
    return found


def _read(rows: Sequence[str], note: Note) -> Succession:
    head, how = _HEAD.fullmatch(rows[4]), rows[5]
    named = [_PARTY.fullmatch(row) for row in rows[_FIXED:]]
    said = how.removeprefix(f"{COMPROMISED} ")
    if head is None or (how == said and how != SOUND):
        raise ValueError(rows[4] if head is None else how)
    if how != said and format_instant(parse_instant(said, "since")) != said:
        raise ValueError(said)
    return Succession(
        old=verifier(rows[2]),
        new=verifier(rows[3]),
        head=Head(int(head[1]), base64.b64decode(head[2], validate=True)),
        since=None if how == said else said,
        parties={each[1]: each[2] for each in named if each is not None},
        note=note,
    )


def lineage(steps: Iterable[Succession], last: VerifierKey) -> Lineage:
    """Return the keys of a record, after checking that each followed from the last.

    Args:
        steps: In the order of the record.
        last: The key in force.

    Returns:
        The lineage; of one key where there are no steps.

    Raises:
        LedgerMismatchError: A step is not signed by all who have to, does not follow
            from the one before, brings a key back, or the last one leads elsewhere.
    """
    found = Lineage(last, tuple(steps))
    size = 0
    for step, after in zip(found.steps, found.keys[1:], strict=True):
        step.verify()
        if step.new != after or step.head.size < size:
            raise _misread(f"a key after {step.old}", f"{step.new}")
        size = step.head.size
    if len({key.public for key in found.keys}) != len(found.keys):
        raise _misread("keys that never come back", "one that did")
    return found


def _misread(expected: str, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        "succession",
        expected=expected,
        got=got,
        remedy="Ask the keeper and the parties which key is in force; keep the note.",
    )
