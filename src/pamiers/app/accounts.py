"""How somebody shows who he is: a token, or a password and then a session.

Only digests are kept, beside the record and never on it: a token as SHA-256 of its 32
random bytes, a password as argon2id. Sessions live in memory and end with the process.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, Final

from pamiers.app.wiring import seconds, secret, write_file
from pamiers.core.errors import StoreError, UsageError

FILE: Final = Path("keys") / "accounts.json"
SESSION: Final = timedelta(hours=12)
COOKIE: Final = "pamiers"
#: how often the file is looked at for what another process wrote [s]
_LOOK_S: Final = 0.5
_OWNER_ONLY: Final = 0o600
_SHORTEST: Final = 12
_LONGEST: Final = 1024
#: sessions at once; the oldest ends where there are more
_MOST: Final = 10_000


@dataclass(slots=True)
class Accounts:
    """Names and the digests of what proves them; read anew where the file changed."""

    folder: Path
    _held: dict[str, dict[str, Any]] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)
    _sessions: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _stamp: int = -1
    _looked_s: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    @property
    def path(self) -> Path:
        """Return where the digests lie."""
        return self.folder / FILE

    def _read(self) -> None:
        """Read the file again where it changed; looked for twice a second."""
        if self._stamp >= 0 and seconds() - self._looked_s < _LOOK_S:
            return
        self._looked_s = seconds()
        try:
            stamp = self.path.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if stamp == self._stamp:
            return
        try:
            held = json.loads(self.path.read_bytes())
        except ValueError as error:
            raise StoreError(
                str(FILE),
                expected="digests as JSON",
                got=type(error).__name__,
                remedy="Restore the file from a copy, or remove it and enrol anew.",
            ) from error
        self._held, self._stamp = held, stamp
        self._tokens = {
            digest: name for name, each in held.items() for digest in each["tokens"]
        }

    def _write(self) -> None:
        write_file(self.path, json.dumps(self._held, indent=1).encode())
        self.path.chmod(_OWNER_ONLY)
        self._stamp = -1
        self._read()

    def issue(self, name: str) -> str:
        """Return a new token for a name; it is shown once and never kept."""
        with self._lock:
            self._read()
            token = secret()
            held = self._held.setdefault(name, {"tokens": []})
            held["tokens"].append(_digest(token))
            self._write()
        return token

    def forget(self, name: str) -> None:
        """Take every token, password and session of a name away."""
        with self._lock:
            self._read()
            self._held.pop(name, None)
            self._write()
            ended = [t for t, (whose, _) in self._sessions.items() if whose == name]
            for each in ended:
                del self._sessions[each]

    def set_password(self, name: str, password: str) -> None:
        """Keep the digest of a password.

        Raises:
            UsageError: It is too short or too long.
        """
        from argon2 import PasswordHasher  # noqa: PLC0415 - only where one is given

        if not _SHORTEST <= len(password) <= _LONGEST:
            raise UsageError(
                "password",
                expected=f"{_SHORTEST} to {_LONGEST} letters",
                got="another length",
                remedy="Choose a longer one, such as four words.",
            )
        with self._lock:
            self._read()
            held = self._held.setdefault(name, {"tokens": []})
            held["password"] = PasswordHasher().hash(password)
            self._write()

    def by_token(self, token: str) -> str | None:
        """Return whose token this is; None for nobody's."""
        self._read()
        digest = _digest(token)
        if digest not in self._tokens:  # it may be a moment old
            self._looked_s = 0.0
            self._read()
        return self._tokens.get(digest)

    def by_password(self, name: str, password: str, now: datetime) -> str | None:
        """Return a new session where the password is right; None where it is not.

        An unknown name costs as long as a wrong password.
        """
        from argon2 import PasswordHasher  # noqa: PLC0415 - loaded when it is used
        from argon2.exceptions import Argon2Error, InvalidHashError  # noqa: PLC0415 - loaded when it is used

        self._read()
        held = self._held.get(name, {}).get("password", _NOBODYS)
        try:
            PasswordHasher().verify(held, password[:_LONGEST])
        except (Argon2Error, InvalidHashError):
            return None
        return self._begin(name, now)

    def by_own_token(self, name: str, token: str, now: datetime) -> str | None:
        """Return a new session where a token is that of a name; None where not."""
        return self._begin(name, now) if self.by_token(token) == name else None

    def by_provider(self, name: str, now: datetime) -> str:
        """Return a new session for somebody whom an identity provider vouched for."""
        return self._begin(name, now)

    def _begin(self, name: str, now: datetime) -> str:
        with self._lock:
            while len(self._sessions) >= _MOST:
                del self._sessions[next(iter(self._sessions))]
            session = secret()
            self._sessions[_digest(session)] = (name, now + SESSION)
        return session

    def by_session(self, session: str, now: datetime) -> str | None:
        """Return whose session this is; None where it ended or never was."""
        held = self._sessions.get(_digest(session))
        return held[0] if held is not None and now < held[1] else None

    def end(self, session: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_digest(session), None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


#: a digest that no password has, so that an unknown name takes as long
_NOBODYS: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5bm9ib2R5bm9ibw$"
    "aW1wb3NzaWJsZWltcG9zc2libGVpbXBvc3NpYmxlISE"
)
