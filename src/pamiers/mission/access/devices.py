"""Devices: enrolled by both parties, and what is taken of what they send.

Source: RFC 8032; Chalkias, Garillot and Nikolaenko (2020), Taming the many EdDSAs.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import LedgerMismatchError
from pamiers.core.instant import parse_instant
from pamiers.mission.access.grants import Access, Device
from pamiers.mission.access.keys import (
    COMPROMISED,
    DOUBTFUL,
    OLD_KEY,
    ROTATED,
    read_key,
    refused_key,
    unhexed,
    verified,
)
from pamiers.mission.messages.message import Message
from pamiers.mission.messages.sealed import Sealed

ENROLMENT: Final = b"pamiers device\n"
#: fields of an enrolment that the parties sign
SIGNED: Final = ("epoch", "heartbeat_s", "key", "name", "source")
#: a device's clock may be this far ahead before what it says is held
AHEAD: Final = timedelta(minutes=10)
CLOCK: Final = "R-CLOCK-AHEAD"
Signed = tuple[str, bytes, bytes]  #: key in hexadecimal, signature, what was signed


def enrolment_bytes(body: Mapping[str, Any]) -> bytes:
    """Return what a party signs to enrol a device."""
    said = {name: body[name] for name in SIGNED if body.get(name) is not None}
    return ENROLMENT + canonical_bytes(said)


def verify_enrolment(
    body: Mapping[str, Any], held: Access, parties: tuple[str, ...]
) -> None:
    """Check that a device may be enrolled; say nothing if so.

    Args:
        body: Fields of the enrolment, and `signatures`: party -> hexadecimal.
        held: What grants say: keys of the parties among it.
        parties: Every party of the agreement.

    Raises:
        UsageError: Its key is none, of small order or not canonical, or is another
            device's; a party's key is not known, or its signature is not there or is of
            something else; its epoch is not above the last.
    """
    key = read_key(str(body.get("key", "")))
    before = held.devices.get(str(body["name"]))
    if before is not None and int(body.get("epoch", 0)) <= before.epoch:
        raise refused_key(
            "epoch", f"more than {before.epoch}", str(body.get("epoch", 0))
        )
    if key.hex() in held.keys:
        raise refused_key("key", "a key that no device had before", "one of another")
    signed, given = enrolment_bytes(body), body.get("signatures") or {}
    for party in parties:
        theirs = held.party_keys.get(party)
        if theirs is None:
            raise refused_key("signatures", f"a key of {party} on record", "none")
        if not verified(theirs, unhexed(str(given.get(party, ""))), signed):
            raise refused_key("signatures", f"the signature of {party} over it", "none")


def sender_of(sealed: Sealed, held: Access, now: datetime) -> tuple[Device, Signed]:
    """Return the device that a piece is said to be of, and what to check for that.

    Args:
        sealed: What arrived, with a signature.
        held: What grants say.
        now: Instant, aware.

    Returns:
        The device, which may send; and what has to be `verified` before it is believed.

    Raises:
        LedgerMismatchError: No such device, or a key that was revoked.
    """
    device = held.device_of_key(sealed.key or "")
    if device is None:
        raise _forged("a device that is enrolled", "another key")
    if device.revoked_at is not None and parse_instant(device.revoked_at) <= now:
        raise _forged("a key in force", "one that was revoked")
    return device, (device.key, sealed.signature, sealed.signed)


def held_by_old_key(device: Device, signed: tuple[bytes, bytes], held: Access) -> str:
    """Return why a piece is held that the key in force did not sign.

    Args:
        device: Whose piece it is said to be.
        signed: The signature, and what was signed.
        held: What grants say.

    Returns:
        That a key signed it which another took the place of.

    Raises:
        LedgerMismatchError: No key signed it that the device ever had, or one that was
            revoked.
    """
    for life in held.keys_of(f"device {device.name}"):
        if life.ended is not None and verified(life.key, *signed):
            if life.why == ROTATED:
                return OLD_KEY
            raise _forged("a key in force", f"one that entry {life.ended} ended")
    raise _forged("a signature of this device over the message", "another")


def held_because(
    device: Device, messages: tuple[Message, ...], now: datetime, held: Access
) -> str:
    """Return why what a device sent is held; empty where it is taken.

    Args:
        device: The sender.
        messages: What it sent.
        now: Instant, aware.
        held: What grants say.

    Returns:
        A code, or nothing.
    """
    sent = [each.sent_at for each in messages if each.sent_at is not None]
    if any(each - now > AHEAD for each in sent):
        return CLOCK
    since = device.compromised_since
    if since is not None and any(each >= parse_instant(since) for each in sent):
        return COMPROMISED
    life = held.keys.get(device.key)
    return DOUBTFUL if life is not None and life.is_doubtful(held) else ""


def _forged(expected: str, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        "signature",
        expected=expected,
        got=got,
        remedy="Check the device, its key and its enrolment.",
    )
