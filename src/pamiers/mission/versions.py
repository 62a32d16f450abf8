"""Versions of the agreement: one is in force once the keys of all parties signed it.

    no party ever had a key     a version is in force as soon as it is on record
    a party has had one         it is a draft, until each party that ever had a key has
                                signed it with the one that is in force then

A party signs the digest of the version's canonical bytes, the entry that holds it and
the mission, so that no signature serves for another time or place. Whether a version
is in force is computed here from keys and signatures; what the entries say of it
is for readers who may not see the keys, and is checked by `verify_versions`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import LedgerMismatchError, StoreError, UsageError
from pamiers.ledger.entry import Entry
from pamiers.mission.access.grants import KIND as GRANT
from pamiers.mission.access.grants import Access
from pamiers.mission.access.keys import unhexed, verified
from pamiers.mission.mission import Mission

KIND: Final = "agreement"
VERSION: Final = b"pamiers agreement version\n"


@dataclass(slots=True, kw_only=True)
class Version:
    """A version on record, and how far it has come."""

    entry: int
    files: dict[str, str]
    sha256: str  #: of its canonical bytes
    signed: dict[str, int] = field(default_factory=dict)  #: party -> entry that signed
    since: int | None = None  #: entry from which on it was in force; None for a draft


@dataclass(slots=True)
class Versions:
    """All versions, folded over entries of the kinds mission, agreement and grant."""

    mission: str = ""  #: first leaf of the record, in hexadecimal
    held: dict[int, Version] = field(default_factory=dict)
    current: Version | None = None
    access: Access = field(default_factory=Access)
    keyed: set[str] = field(default_factory=set)  #: parties that ever had a key

    def take(self, entry: Entry) -> bool:
        """Take in an entry; tell whether it is of use and says of itself what is so."""
        body: dict[str, Any] = entry.body
        if entry.kind == GRANT:
            self.access.take(entry.index, body, entry.recorded_at)
            self.keyed |= self.access.party_keys.keys()
            return True
        if entry.kind == "mission":
            self.mission = entry.leaf.hex()
        if isinstance(body.get("agreement"), dict):
            self._recorded(entry.index, body["agreement"])
            fits = True
        else:
            fits = self._signed(entry.index, body)
        said, began = body.get("in_force"), self._since_of(entry) == entry.index
        return fits and (said is None or said is began)

    def _since_of(self, entry: Entry) -> int | None:
        signs = _signs(entry.body, entry.index)
        return self.held[signs].since if signs in self.held else None

    def _recorded(self, index: int, files: dict[str, str]) -> None:
        made = Version(entry=index, files=files, sha256=digest_of(files))
        self.held[index] = made
        if not self.keyed:
            self._begin(made, index)

    def _signed(self, index: int, body: Mapping[str, Any]) -> bool:
        """Take in a signature; one that does not fit changes nothing."""
        version = self.held.get(_signs(body, -1))
        party = str(body.get("party"))
        if version is None or self.refused(version, party, str(body.get("signature"))):
            return False
        if self.completed_by(version, party):
            self._begin(version, index)
        version.signed[party] = index
        return True

    def completed_by(self, version: Version, party: str) -> bool:
        """Tell whether a version is in force once a party has signed it too.

        One that is older than the version in force never is any more.
        """
        newer = self.current is None or version.entry > self.current.entry
        left = self.keyed - version.signed.keys() - {party}
        return version.since is None and newer and not left

    def refused(self, version: Version, party: str, signature: str) -> str:
        """Return why a signature under a version does not count; empty if it does."""
        key = self.access.party_keys.get(party, "")
        if not key:
            return f"no key of {party} is in force"
        if party in version.signed:
            return f"{party} has signed it"
        signed = signed_bytes(self.mission, version, party)
        fits = verified(key, unhexed(signature), signed)
        return "" if fits else f"it is not one of {party} over this version"

    def _begin(self, version: Version, index: int) -> None:
        version.since, self.current = index, version


def _signs(body: Mapping[str, Any], otherwise: int) -> int:
    """Return the entry whose version a body signs."""
    said = body.get("signs", otherwise)
    return said if isinstance(said, int) else -1


def digest_of(files: Mapping[str, str]) -> str:
    """Return the SHA-256 of a version's canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(dict(files))).hexdigest()


def signed_bytes(mission: str, version: Version, party: str) -> bytes:
    """Return what a party signs to accept a version.

    Args:
        mission: First leaf of the record, in hexadecimal.
        version: The version.
        party: Its id in the agreement.

    Returns:
        The bytes.
    """
    said = {
        "agreement": version.sha256,
        "entry": version.entry,
        "mission": mission,
        "party": party,
    }
    return VERSION + canonical_bytes(said)


def versions_of(mission: Mission) -> Versions:
    """Return every version on record, and which is in force."""
    return _folded(mission)[0]


def _folded(mission: Mission) -> tuple[Versions, list[Entry]]:
    found = Versions()
    entries = mission.record.entries(("mission", KIND, GRANT))
    return found, [entry for entry in entries if not found.take(entry)]


def agreement_files(mission: Mission) -> dict[str, str]:
    """Return the texts of the agreement in force, by file name.

    Raises:
        StoreError: The record does not begin with a mission entry.
    """
    first = next(iter(mission.record.entries(("mission",))), None)
    files = None if first is None else first.body.get("agreement")
    if any(True for _ in mission.record.entries((KIND,))):
        current = versions_of(mission).current
        files = None if current is None else current.files
    if not isinstance(files, dict):
        raise StoreError(
            mission.name,
            expected="a record that begins by naming its agreement",
            got="none",
            remedy=(
                "Restore the record from a copy; where the mission was never begun, "
                "remove the folder and run `pamiers init` again."
            ),
        )
    return files


def verify_versions(mission: Mission) -> Versions:
    """Check every signature under a version, and what entries say is in force.

    Returns:
        The versions.

    Raises:
        LedgerMismatchError: A signature does not fit, or an entry says that a version
            is in force, or is not, and keys and signatures say otherwise.
    """
    found, odd = _folded(mission)
    if odd:
        raise LedgerMismatchError(
            f"entry {odd[0].index}",
            expected="a signature that fits, and what follows from it",
            got="another",
            remedy="Ask the keeper what was recorded, and keep the record as evidence.",
        )
    return found


def version_of(found: Versions, entry: int) -> Version:
    """Return the version that an entry holds.

    Raises:
        UsageError: It holds none.
    """
    if entry not in found.held:
        raise UsageError(
            f"entry {entry}",
            expected=f"one of {', '.join(map(str, found.held))}, which hold versions",
            got="an entry that holds none",
            remedy="`pamiers agreement versions DIR` lists them.",
        )
    return found.held[entry]


@dataclass(slots=True)
class Told:
    """What entries say is in force: for readers who may not see keys."""

    files: dict[str, str] | None = None
    _held: dict[int, Any] = field(default_factory=dict)

    def take(self, index: int, body: Mapping[str, Any]) -> None:
        """Take in an entry of the kind mission or agreement; fields may be closed."""
        if "signs" not in body:
            self._held[index] = body.get("agreement")
        if body.get("in_force", True):
            files = self._held.get(_signs(body, index))
            self.files = files if isinstance(files, dict) else None


def told_versions(found: Versions) -> Iterator[dict[str, object]]:
    """Yield every version as plain values, in order."""
    for each in found.held.values():
        yield {
            "entry": each.entry,
            "sha256": each.sha256,
            "status": _status(found, each),
            "since": each.since,
            "signed": dict(each.signed),
            "missing": sorted(found.keyed - each.signed.keys()),
        }


def _status(found: Versions, version: Version) -> str:
    if version is found.current:
        return "in force"
    newest = -1 if found.current is None else found.current.entry
    return "superseded" if version.entry < newest else "draft"
