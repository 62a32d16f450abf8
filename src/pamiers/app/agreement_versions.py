"""Put versions of the agreement on record, and the signatures of parties under them."""

from pathlib import Path
from typing import Any

from pamiers.agreement import load_agreement
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.recorded import append_all
from pamiers.app.wiring import now, opened
from pamiers.core.errors import UsageError
from pamiers.ledger.entry import Draft
from pamiers.mission.mission import Mission, new_draft
from pamiers.mission.places import read_places
from pamiers.mission.versions import (
    KIND,
    agreement_files,
    digest_of,
    signed_bytes,
    told_versions,
    version_of,
    versions_of,
)


def record_version(folder: Path, agreement: str) -> dict[str, Any]:
    """Put another version of the agreement on record.

    Args:
        folder: Mission folder.
        agreement: Folder of the version, or the name of a bundled one.

    Returns:
        Its entry and digest, whether it is in force, and whose signatures it waits for.

    Raises:
        MalformedAgreementError: It has errors or blanks, so it cannot be run.
        UsageError: It is another agreement, or says what is in force already.
    """
    files = agreement_texts(agreement)
    loaded = load_agreement(files)
    read_places(files.get("places.csv", ""))
    with opened(folder) as mission:
        held = agreement_files(mission)
        was = load_agreement(held).id
        if loaded.id != was:
            raise _refused("agreement", f"another version of {was}", loaded.id)
        if digest_of(files) == digest_of(held):
            raise _refused("agreement", "another version", "the one in force")

        def drafts() -> list[Draft]:
            free = not versions_of(mission).keyed
            body = {"agreement": files, "in_force": free}
            return [new_draft(mission, KIND, body, now())]

        entry = append_all(mission, folder, drafts)
        return _told(entry, list(told_versions(versions_of(mission))))


def to_sign(folder: Path, entry: int | None, party: str) -> str:
    """Return what a party signs to accept a version.

    Args:
        folder: Mission folder.
        entry: Which version; None for the last.
        party: Its id.

    Returns:
        The bytes, in hexadecimal.

    Raises:
        UsageError: No such version, or no key of the party is in force.
    """
    with opened(folder) as mission:
        return text_in(mission, entry, party)


def text_in(mission: Mission, entry: int | None, party: str) -> str:
    """Return what a party signs to accept a version, as `to_sign` does.

    Raises:
        UsageError: No such version, or no key of the party is in force.
    """
    found = versions_of(mission)
    version = version_of(found, max(found.held) if entry is None else entry)
    if party not in found.access.party_keys:
        raise _refused("--party", "a party whose key is in force", party)
    return signed_bytes(found.mission, version, party).hex()


def sign(folder: Path, entry: int | None, party: str, signature: str) -> dict[str, Any]:
    """Put a party's signature under a version on record.

    Args:
        folder: Mission folder.
        entry: Which version; None for the last.
        party: Its id.
        signature: By its key over what `to_sign` returns, in hexadecimal.

    Returns:
        The version, whether it is in force, and whose signatures it waits for.

    Raises:
        UsageError: No such version, or the signature does not fit.
    """
    with opened(folder) as mission:
        return sign_in(mission, folder, entry, party, signature)


def sign_in(
    mission: Mission, folder: Path, entry: int | None, party: str, signature: str
) -> dict[str, Any]:
    """Put a party's signature under a version of a mission that is open.

    Args:
        mission: The mission.
        folder: Its folder.
        entry: Which version; None for the last.
        party: Its id.
        signature: By its key over what `text_in` returns, in hexadecimal.

    Returns:
        The version, whether it is in force, and whose signatures it waits for.

    Raises:
        UsageError: No such version, or the signature does not fit.
    """
    named = max(versions_of(mission).held) if entry is None else entry

    def drafts() -> list[Draft]:
        found = versions_of(mission)
        version = version_of(found, named)
        why = found.refused(version, party, signature)
        if why:
            raise _refused("--signature", f"a signature of {party}", why)
        body = {
            "in_force": found.completed_by(version, party),
            "key": found.access.party_keys[party],
            "party": party,
            "signature": signature,
            "signs": named,
        }
        return [new_draft(mission, KIND, body, now())]

    append_all(mission, folder, drafts)
    return _told(named, list(told_versions(versions_of(mission))))


def listed(folder: Path) -> list[dict[str, Any]]:
    """Return every version on record, as plain values, in order."""
    with opened(folder) as mission:
        return listed_in(mission)


def listed_in(mission: Mission) -> list[dict[str, Any]]:
    """Return every version on record of a mission that is open."""
    return list(told_versions(versions_of(mission)))


def _told(entry: int, found: list[dict[str, Any]]) -> dict[str, Any]:
    return next(each for each in found if each["entry"] == entry)


def _refused(where: str, expected: str, got: str) -> UsageError:
    return UsageError(
        where,
        expected=expected,
        got=got,
        remedy="`pamiers agreement versions DIR` shows versions and who signed.",
    )
