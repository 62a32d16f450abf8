"""A witness follows a record from one key to the next, by the same rules for all.

The rules alone: what to answer to a note of succession, and what to keep first. C2SP
tlog-witness leaves to each witness which keys it takes a log's to be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.keys import VerifierKey
from pamiers.ledger.succession import Succession, read_succession
from pamiers.ledger.tree import Head
from pamiers.ledger.witness import NOTHING, Answer

_OK: Final = 200
_UNREAD: Final = 400
_UNSIGNED: Final = 403
_UNKNOWN: Final = 404
_CONFLICT: Final = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a witness knows of a record."""

    keys: tuple[VerifierKey, ...]  #: the first first, the one in force last
    last: Head = NOTHING  #: that it cosigned last
    parties: Mapping[str, str]  #: keys of parties who vouch for its next key


def follow(raw: bytes, known: Mapping[str, Known]) -> tuple[Answer, Succession | None]:
    """Return what a witness replies to a note of succession.

    Args:
        raw: The note.
        known: Origin -> what is known of each record that it witnesses.

    Returns:
        Status 200 where the new key is taken for the record's from now on, or 400, 403,
        404 or 409; and the step to keep before answering, None for none.
    """
    try:
        step = read_succession(raw)
    except LedgerMismatchError as error:
        return Answer(status=_UNREAD, body=f"{error}\n"), None
    held = known.get(step.old.name)
    if held is None:
        return Answer(status=_UNKNOWN, body="unknown log\n"), None
    if step.new in held.keys and step.old in held.keys:
        return Answer(status=_OK, body="known\n"), None
    refused = _refused(step, held)
    return (refused, None) if refused is not None else (Answer(status=_OK), step)


def _refused(step: Succession, held: Known) -> Answer | None:
    """Return why a step is not followed; None where it is."""
    try:
        step.verify()
    except LedgerMismatchError:
        return Answer(status=_UNSIGNED, body="not signed by all who have to\n")
    own = step.since is None or dict(step.parties) == dict(held.parties)
    if not own or step.old not in held.keys:
        said = "not a key of this log, or parties that this witness does not know\n"
        return Answer(status=_UNSIGNED, body=said)
    if step.old != held.keys[-1]:
        said = "another key took its place already\n"
        return Answer(status=_CONFLICT, body=said, evidence=True)
    size, last = step.head.size, held.last
    if size < last.size or (size == last.size and step.head.root != last.root):
        said = f"a head of {last.size} entries was seen that it does not lead to\n"
        return Answer(status=_CONFLICT, body=said, evidence=True)
    return None
