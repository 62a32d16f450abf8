"""Keys of a record as its bundle tells them: which followed which, and who vouched.

Successions are told to everybody, enrolments of parties to the commission. Where a key
was compromised and an edition does not show the parties' keys, nothing in it says that
those who vouched were the parties: whoever checks has to know the key in force already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pamiers.core.errors import LedgerMismatchError
from pamiers.core.instant import parse_instant
from pamiers.ledger.bag import mismatch
from pamiers.ledger.keys import VerifierKey
from pamiers.ledger.succession import Lineage, Succession, lineage, read_succession
from pamiers.ledger.tree import root_of
from pamiers.mission.access.grants import KIND as GRANT
from pamiers.mission.access.grants import Access
from pamiers.mission.access.succession import KIND
from pamiers.mission.bundle.layout import KEYS

_EARLIEST = parse_instant("1970-01-01T00:00:00Z")


@dataclass(slots=True)
class KeysTold:
    """What was met of keys on the way through the entries."""

    steps: list[tuple[int, Succession]] = field(default_factory=list)
    #: index of a succession that nobody was seen to vouch for who should
    doubted: list[int] = field(default_factory=list)
    _held: Access = field(default_factory=Access)
    _ever: set[str] = field(default_factory=set)

    def take(self, index: int, kind: str, body: Mapping[str, Any]) -> None:
        """Take in an entry that may be about a key.

        Raises:
            LedgerMismatchError: It is a succession, and does not hold.
        """
        if kind == GRANT and "do" in body:
            self._held.take(index, body, _EARLIEST)
            self._ever |= self._held.party_keys.keys()
        if kind != KIND:
            return
        try:
            step = read_succession(str(body.get("note", "")).encode())
            step.verify()
        except LedgerMismatchError as error:
            raise mismatch(f"entry {index}", error.expected, error.got) from error
        if step.since is not None and not self._vouched(step, index):
            self.doubted.append(len(self.steps))
        self.steps.append((index, step))

    def _vouched(self, step: Succession, index: int) -> bool:
        """Tell whether the parties on record vouch; False where none is shown."""
        held = self._held.party_keys
        if not self._ever:
            return False
        if dict(step.parties) != held or self._ever != held.keys():
            raise mismatch(
                f"entry {index}", "every party with a key on record", "others"
            )
        return True

    def lineage(
        self, leaves: list[bytes], key: VerifierKey, known: VerifierKey | None
    ) -> Lineage:
        """Return the keys of the record, held to its leaves and to the key known.

        Args:
            leaves: Of all entries.
            key: That the bundle is signed with.
            known: One that whoever checks knows; None for none.

        Returns:
            The lineage.

        Raises:
            LedgerMismatchError: Keys do not lead to `key`, a head is none of this
                record, or nothing leads from the key that is known.
        """
        for index, step in self.steps:
            size, root = step.head.size, step.head.root
            if size > index or root_of(leaves[:size]) != root:
                raise mismatch(f"entry {index}", "a head of this record", "another")
        try:
            found = lineage((step for _, step in self.steps), key)
        except LedgerMismatchError as error:
            raise mismatch(KEYS, error.expected, error.got) from error
        if known is not None:
            self._check_known(found, known)
        return found

    def _check_known(self, found: Lineage, known: VerifierKey) -> None:
        if known not in found.keys:
            raise mismatch(KEYS, str(known), str(found.last))
        begun = found.keys.index(known)
        for at in self.doubted:
            if at >= begun:
                what = f"a key after {self.steps[at][1].old} that parties vouched for"
                raise mismatch(KEYS, what, "parties that this edition does not show")
