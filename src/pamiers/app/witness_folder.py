"""A witness's folder: its key, each log's keys and last cosigned head, and evidence.

What is kept is on disk before an answer leaves. One lock, held by one process, makes
looking at the last head and keeping the new one a single step.
"""

import fcntl
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import IO, Any, Final

from pamiers.app.wiring import write_file
from pamiers.core.errors import StoreError
from pamiers.ledger.keys import COSIGNATURE, KEY_BYTES, SignerKey, VerifierKey, signer
from pamiers.ledger.succession import read_succession
from pamiers.ledger.tree import Head
from pamiers.ledger.witness import NOTHING, Answer, answer
from pamiers.ledger.witness_keys import Known, follow

_SEED: Final = "witness.seed"
_LOCK: Final = "lock"
_OWNER_ONLY: Final = 0o600


@dataclass(slots=True)
class WitnessFolder:
    """A witness whose memory is a folder. Open it once; it refuses a second time."""

    folder: Path
    name: str
    logs: Mapping[str, VerifierKey]  #: origin -> key of each log it witnesses
    #: keys of parties who vouch for a log's next key where one was compromised
    parties: Mapping[str, str] = field(default_factory=dict)
    key: SignerKey = field(init=False)
    _one_at_a_time: Lock = field(default_factory=Lock)
    _held: IO[bytes] = field(init=False)

    def __post_init__(self) -> None:
        """Take the folder, making it and its key where there are none.

        Raises:
            StoreError: Another process holds it, or its key is spoilt.
        """
        for each in (
            self.folder,
            self.folder / "heads",
            self.folder / "evidence",
            self.folder / "keys",
        ):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._held = (self.folder / _LOCK).open("wb")
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            self._held.close()
            raise StoreError(
                str(self.folder),
                expected="a folder that no other witness holds",
                got="one that is held",
                remedy="Stop the other witness first: two could sign two histories.",
            ) from taken
        self.key = signer(self.name, COSIGNATURE, self._seed())

    def _seed(self) -> bytes:
        path = self.folder / _SEED
        if not path.exists():
            write_file(path, secrets.token_bytes(KEY_BYTES))
            path.chmod(_OWNER_ONLY)
        seed = path.read_bytes()
        if len(seed) != KEY_BYTES:
            raise StoreError(
                str(path),
                expected=f"{KEY_BYTES} bytes",
                got=f"{len(seed)}",
                remedy="Restore the file from a copy, or begin in a new folder.",
            )
        return seed

    def asked(self, raw: bytes, now: datetime) -> Answer:
        """Return the answer to a request, after keeping what it binds to.

        Args:
            raw: Body of an `add-checkpoint` request.
            now: Instant, aware.

        Returns:
            The answer; what it makes the witness remember is on disk.

        Raises:
            StoreError: The disk refused; nothing is answered.
        """
        with self._one_at_a_time:
            last = {origin: self._last(origin) for origin in self.logs}
            known = {origin: head for origin, head in last.items() if head is not None}
            keys = {origin: self._keys(origin)[-1] for origin in self.logs}
            found = answer(raw, logs=keys, last=known, key=self.key, now=now)
            self._shown(raw, found)
            if found.keep is not None:
                self._keep(raw, found.keep)
            return found

    def followed(self, raw: bytes) -> Answer:
        """Return the answer to a note by which a log changes its key.

        Args:
            raw: The note.

        Returns:
            The answer; the new key is on disk before it is given.

        Raises:
            StoreError: The disk refused; nothing is answered.
        """
        with self._one_at_a_time:
            known = {
                origin: Known(
                    keys=self._keys(origin),
                    last=self._last(origin) or NOTHING,
                    parties=self.parties,
                )
                for origin in self.logs
            }
            found, step = follow(raw, known)
            self._shown(raw, found)
            if step is not None:
                notes = [*self._notes(step.old.name), str(step)]
                told = json.dumps(notes).encode()
                write_file(self._path(step.old.name, "keys"), told)
            return found

    def _shown(self, raw: bytes, found: Answer) -> None:
        """Keep a request that shows what a log must not do."""
        if found.evidence:
            name = hashlib.sha256(raw).hexdigest()
            write_file(self.folder / "evidence" / f"{name}.txt", raw)

    def _keys(self, origin: str) -> tuple[VerifierKey, ...]:
        """Return the keys of a log, as far as the witness followed them."""
        steps = [read_succession(each.encode()) for each in self._notes(origin)]
        begun = self.logs[origin]
        known = [step for step in steps if step.old == begun]
        after = steps[steps.index(known[0]) :] if known else []
        return (begun, *(step.new for step in after))

    def _notes(self, origin: str) -> list[str]:
        path = self._path(origin, "keys")
        return json.loads(path.read_bytes()) if path.exists() else []

    def _keep(self, raw: bytes, head: Head) -> None:
        """Write down the head that is about to be cosigned."""
        origin = raw.partition(b"\n\n")[2].partition(b"\n")[0].decode()
        told = {"origin": origin, "size": head.size, "root": head.hex}
        write_file(self._path(origin), json.dumps(told).encode())

    def _last(self, origin: str) -> Head | None:
        path = self._path(origin)
        if not path.exists():
            return None
        told: dict[str, Any] = json.loads(path.read_bytes())
        return Head(int(told["size"]), bytes.fromhex(told["root"]))

    def _path(self, origin: str, of: str = "heads") -> Path:
        digest = hashlib.sha256(origin.encode()).hexdigest()
        return self.folder / of / f"{digest}.json"

    def close(self) -> None:
        """Let go of the folder."""
        self._held.close()
