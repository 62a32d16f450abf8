"""Check what keys signed, in the order of the record: grants and messages of devices.

Nothing is believed of how it came to be on record: each signature is checked again by
the key that was in force then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import orjson

from pamiers.core.errors import LedgerMismatchError, PamiersError, UsageError
from pamiers.ledger.entry import Entry
from pamiers.mission.access.devices import enrolment_bytes
from pamiers.mission.access.grants import KIND as GRANT
from pamiers.mission.access.grants import Access, KeyLife
from pamiers.mission.access.keys import (
    holder_of,
    read_key,
    rotation_fits,
    unhexed,
    verified,
)
from pamiers.mission.messages.filing import KIND as MESSAGE
from pamiers.mission.messages.filing import TEXTS, kept_lines
from pamiers.mission.messages.sealed import Sealed, read_sealed
from pamiers.mission.mission import Mission

#: what was on its way when a key ended may still be recorded by it
LATE: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """What was checked, and what nobody signed for."""

    checked: int
    unsigned: tuple[str, ...]  #: devices that were enrolled without every party


def verify_signatures(mission: Mission) -> Signatures:
    """Check every signature of grants and of messages.

    Returns:
        How many there are; and devices that whoever holds the folder enrolled alone.

    Raises:
        LedgerMismatchError: One does not fit, or is by a key that was not in force.
    """
    held, count, unsigned = Access(), 0, []
    parties: set[str] = set()
    for entry in mission.record.entries((GRANT, MESSAGE)):
        if entry.kind == GRANT:
            count += sum(1 for _ in _grant(held, entry))
            held.take(entry.index, entry.body, entry.recorded_at)
            parties |= held.party_keys.keys()
            if entry.body.get("do") == "device" and not _all_signed(entry, parties):
                unsigned.append(f"{entry.body['name']} (entry {entry.index})")
        else:
            data = mission.record.payload(entry.index, TEXTS)
            for line in kept_lines(entry, data):
                count += _piece(held, entry, line)
    return Signatures(checked=count, unsigned=tuple(unsigned))


def _all_signed(entry: Entry, parties: set[str]) -> bool:
    given = entry.body.get("signatures")
    return isinstance(given, dict) and bool(parties) and parties <= given.keys()


def _grant(held: Access, entry: Entry) -> Iterator[None]:
    """Check the signatures of a grant; yield once for each."""
    body: Mapping[str, Any] = entry.body
    try:
        if "key" in body:
            read_key(str(body["key"]))
        if body.get("do") == "rotate" and not rotation_fits(held, body):
            raise _refused(entry, f"both keys of {holder_of(body)} to sign")
        fits = [True, True] if body.get("do") == "rotate" else []
        if body.get("do") == "device":
            fits = list(_parties_signed(held, body))
    except UsageError as error:
        raise _refused(entry, error.expected) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise _refused(entry, "a grant as it is written") from error
    if not all(fits):
        raise _refused(entry, "the signature of every party that is named")
    yield from (None for _ in fits)


def _parties_signed(held: Access, body: Mapping[str, Any]) -> Iterator[bool]:
    """Tell of each signature under an enrolment whether it fits a key in force."""
    signed = enrolment_bytes(body)
    for party, signature in (body.get("signatures") or {}).items():
        theirs = held.party_keys.get(str(party), "")
        yield bool(theirs) and verified(theirs, unhexed(str(signature)), signed)


def _piece(held: Access, entry: Entry, line: bytes) -> int:
    """Check a piece of an entry `message`; return how many signatures it has."""
    if "key" not in orjson.loads(line):
        return 0  # plain: the service knew by a token who sent it
    try:
        sealed = read_sealed(line)
    except PamiersError as error:
        raise _refused(entry, "a piece as it was signed") from error
    lives = held.keys_of(f"device {sealed.key}")
    if not any(_fits(life, entry, sealed) for life in lives):
        raise _refused(entry, f"the signature of {sealed.key} by a key then in force")
    return 1


def _fits(life: KeyLife, entry: Entry, sealed: Sealed) -> bool:
    """Tell whether a key signed a piece, and might still have it recorded."""
    over = life.ended_at is not None and entry.recorded_at > life.ended_at + LATE
    if over and (life.why != "rotated" or not entry.body["held"]):
        return False
    return verified(life.key, sealed.signature, sealed.signed)


def _refused(entry: Entry, expected: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        f"entry {entry.index}",
        expected=expected,
        got="none that fits",
        remedy="Ask the keeper what was recorded, and keep the record as evidence.",
    )
