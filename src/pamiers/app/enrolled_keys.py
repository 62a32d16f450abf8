"""Put keys of parties and devices on record from the folder itself."""

from pathlib import Path
from typing import Any

from pamiers.app.recorded import append
from pamiers.app.wiring import opened
from pamiers.mission.access.devices import enrolment_bytes, verify_enrolment
from pamiers.mission.access.grants import KEEPER, KIND, access
from pamiers.mission.access.keys import read_key, refused_key
from pamiers.mission.judged import agreement_of

Body = dict[str, Any]


def enrol_party(folder: Path, party: str, key: str) -> int:
    """Put the key of a party on record, and return the entry.

    Args:
        folder: Mission folder.
        party: Id of a party of the agreement.
        key: Its public key, in hexadecimal.

    Returns:
        The index of the entry.

    Raises:
        UsageError: No such party, it has a key in force, or the key is refused.
    """
    with opened(folder) as mission:
        held, parties = access(mission), agreement_of(mission).party_ids
        if party not in parties:
            raise refused_key("--party", f"one of {', '.join(parties)}", party)
        read_key(key)
        if party in held.party_keys or key in held.keys:
            raise refused_key("key", f"{party} without a key, and a new one", "another")
        body = {"do": "party-key", "by": KEEPER, "party": party, "key": key}
        return append(mission, folder, KIND, body)


def device_to_sign(body: Body) -> str:
    """Return what every party signs to enrol a device, in hexadecimal.

    Raises:
        UsageError: The key is refused.
    """
    read_key(str(body["key"]))
    return enrolment_bytes(body).hex()


def enrol_device(folder: Path, body: Body) -> int:
    """Put a device on record that every party signed for, and return the entry.

    Args:
        folder: Mission folder.
        body: `name`, `key`, `source`, `epoch`, `heartbeat_s`, `signatures`.

    Returns:
        The index of the entry.

    Raises:
        UsageError: A party has no key or did not sign, or the key is refused.
    """
    with opened(folder) as mission:
        verify_enrolment(body, access(mission), agreement_of(mission).party_ids)
        return append(mission, folder, KIND, {"do": "device", "by": KEEPER, **body})
