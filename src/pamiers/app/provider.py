"""Sign-in through an identity provider: it says who, the record what he may.

The authorization code flow with a proof key, for a browser that comes back to
`/api/oidc/return`. What the provider says is believed only if it is signed by a key
that it publishes, for this very service and this very question, and in time. A claim
then names somebody who is enrolled; nobody is enrolled and no role is given here.

Source: OpenID Connect Core 1.0, 3.1; RFC 7636 (proof key); RFC 9207 (issuer in answer).
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlencode, urlsplit

from pamiers.app.wiring import secret
from pamiers.core.errors import UsageError

if TYPE_CHECKING:
    import httpx
    from joserfc.jwk import KeySetSerialization

SCOPE: Final = "openid profile email"
#: how long somebody may take to sign in there
PATIENCE: Final = timedelta(minutes=10)
#: how far the provider's clock may be from this one [s]
LEEWAY_S: Final = 60
#: signatures that are taken: by a key pair, never by a shared secret and never none
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
_MOST_WAITING: Final = 10_000
_WAIT_S: Final = 10.0
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_KNOWN: Final = frozenset(
    {
        *("issuer", "client_id", "client_secret", "redirect_uri"),
        *("claim", "people", "require"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """A provider, and how its claims name people."""

    issuer: str
    client_id: str
    redirect_uri: str
    client_secret: str = field(default="", repr=False)
    claim: str = "sub"  #: the claim that says who somebody is
    people: Mapping[str, str] = field(default_factory=dict)  #: claim -> name on record
    #: claims that have to hold a value, such as a group
    require: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """Somebody who went to the provider and has not come back."""

    binding: str  #: digest of what his browser holds
    nonce: str
    proof: str
    until: datetime


class NotBelievedError(Exception):
    """What came back is not believed; the message holds nothing of it."""


def read_settings(path: Path, client_secret: str = "") -> ProviderSettings:
    """Return the settings that a JSON file states.

    Args:
        path: The file.
        client_secret: What proves this service to the provider, where not in the file.

    Returns:
        The settings.

    Raises:
        UsageError: It is no such file, or an address is neither https nor local.
    """
    try:
        told = json.loads(path.read_bytes())
        odd = sorted(set(told) - _KNOWN)
        if odd:
            raise _refused(path, f"fields of {', '.join(sorted(_KNOWN))}", odd[0])
        found = ProviderSettings(**{"client_secret": client_secret, **told})
    except (OSError, ValueError, TypeError) as error:
        what = "issuer, client_id and redirect_uri as JSON"
        raise _refused(path, what, type(error).__name__) from error
    for address in (found.issuer, found.redirect_uri):
        if not _is_safe(address):
            raise _refused(path, "addresses that begin with https://", address)
    return found


def check_installed() -> None:
    """Pass where what signing in elsewhere takes is installed.

    Raises:
        UsageError: It is not.
    """
    try:
        import authlib  # noqa: F401, PLC0415 - an extra
        import httpx  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "--oidc",
            expected="the extra `oidc`",
            got="none installed",
            remedy="Install it: pip install 'pamiers[oidc]'.",
        ) from error


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    return parts.scheme == "https" or local


@dataclass(slots=True)
class Provider:
    """Asks a provider who somebody is. Safe to be called from several threads."""

    settings: ProviderSettings
    _waiting: dict[str, _Waiting] = field(default_factory=dict)
    _found: dict[str, Any] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, now: datetime) -> tuple[str, str]:
        """Return where to send a browser, and what it has to bring back.

        Args:
            now: Instant, aware.

        Returns:
            The address at the provider; and a secret for a cookie.

        Raises:
            NotBelievedError: The provider does not answer as one.
        """
        from authlib.oauth2 import rfc7636  # noqa: PLC0415 - an extra

        binding, state, nonce, proof = (secret() for _ in range(4))
        told = self._provider()
        with self._lock:
            for old in [s for s, each in self._waiting.items() if each.until <= now]:
                del self._waiting[old]
            while len(self._waiting) >= _MOST_WAITING:
                del self._waiting[next(iter(self._waiting))]
            self._waiting[state] = _Waiting(
                binding=_digest(binding), nonce=nonce, proof=proof, until=now + PATIENCE
            )
        asked = {
            "client_id": self.settings.client_id,
            "code_challenge": rfc7636.create_s256_code_challenge(proof),
            "code_challenge_method": "S256",
            "nonce": nonce,
            "redirect_uri": self.settings.redirect_uri,
            "response_type": "code",
            "scope": SCOPE,
            "state": state,
        }
        return f"{told['authorization_endpoint']}?{urlencode(asked)}", binding

    def finish(self, given: Mapping[str, str], binding: str, now: datetime) -> str:
        """Return who came back, by his name on record.

        Args:
            given: What the browser brought: `code`, `state`, `iss`.
            binding: What its cookie holds.
            now: Instant, aware.

        Returns:
            The name that a claim gives; whether anybody has it is not looked at.

        Raises:
            NotBelievedError: It was not asked for by this browser, was asked before,
                or is not what the provider signed for this service.
        """
        with self._lock:
            waiting = self._waiting.pop(given.get("state", ""), None)
        if waiting is None or waiting.until <= now:
            raise NotBelievedError("expected an answer to a question that waits")
        if not secrets.compare_digest(waiting.binding, _digest(binding)):
            raise NotBelievedError("expected the browser that asked")
        if given.get("iss", self.settings.issuer) != self.settings.issuer:
            raise NotBelievedError("expected an answer of the provider")
        if "error" in given or not given.get("code"):
            raise NotBelievedError("expected leave of the provider")
        return self._named(self._claims(given["code"], waiting, now))

    def _named(self, claims: Mapping[str, Any]) -> str:
        for claim, wanted in self.settings.require.items():
            held = claims.get(claim)
            if wanted not in (held if isinstance(held, list) else [held]):
                raise NotBelievedError(f"expected {claim} as this service requires")
        said = claims.get(self.settings.claim)
        if self.settings.claim == "email" and claims.get("email_verified") is not True:
            raise NotBelievedError("expected an address that the provider verified")
        if not isinstance(said, str) or not said:
            raise NotBelievedError(f"expected a claim {self.settings.claim}")
        people = self.settings.people
        name = people.get(said) if people else said
        if name is None:
            raise NotBelievedError("expected somebody whom this service knows")
        return name

    def _claims(self, code: str, waiting: _Waiting, now: datetime) -> dict[str, Any]:
        """Return what the provider says of whoever a code is for, checked."""
        own, told = self.settings, self._provider()
        body = {
            "code": code,
            "code_verifier": waiting.proof,
            "grant_type": "authorization_code",
            "redirect_uri": own.redirect_uri,
        }
        with _client() as client:
            auth = (own.client_id, own.client_secret) if own.client_secret else None
            if auth is None:
                body["client_id"] = own.client_id
            answer = _asked(client, told["token_endpoint"], body, auth)
            keys = _asked(client, told["jwks_uri"])
        return checked(str(answer.get("id_token", "")), keys, own, waiting.nonce, now)

    def _provider(self) -> dict[str, Any]:
        """Return what the provider says of itself; asked once."""
        with self._lock:
            if not self._found:
                address = self.settings.issuer.rstrip("/")
                with _client() as client:
                    told = _asked(client, f"{address}/.well-known/openid-configuration")
                safe = all(_is_safe(str(told.get(name, ""))) for name in _NEEDED)
                if told.get("issuer") != self.settings.issuer or not safe:
                    raise NotBelievedError("expected the provider's own description")
                self._found = told
            return self._found


def checked(
    token: str,
    keys: dict[str, Any],
    own: ProviderSettings,
    nonce: str,
    now: datetime,
) -> dict[str, Any]:
    """Return the claims of an ID token, after checking all of OpenID Connect 3.1.3.7.

    Args:
        token: As it came.
        keys: What the provider publishes (JWKS).
        own: Issuer and client.
        nonce: Of the question.
        now: Instant, aware.

    Returns:
        The claims.

    Raises:
        NotBelievedError: Signature, issuer, audience, time or nonce is another.
    """
    from joserfc import jwt  # noqa: PLC0415 - an extra
    from joserfc.errors import JoseError  # noqa: PLC0415 - an extra
    from joserfc.jwk import KeySet  # noqa: PLC0415 - an extra

    try:
        published = KeySet.import_key_set(cast("KeySetSerialization", keys))
        found = jwt.decode(token, published, algorithms=[*ALGORITHMS])
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": own.issuer},
            aud={"essential": True, "value": own.client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
        ).validate(found.claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        what = f"expected a token for this question ({type(error).__name__})"
        raise NotBelievedError(what) from error
    claims: dict[str, Any] = found.claims
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", own.client_id) != own.client_id or (
        several and "azp" not in claims
    ):
        raise NotBelievedError("expected a token for this service alone")
    return claims


def _client() -> "httpx.Client":
    import httpx  # noqa: PLC0415 - an extra

    return httpx.Client(timeout=_WAIT_S, follow_redirects=False)


def _asked(
    client: "httpx.Client",
    address: str,
    body: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """Return the JSON object that an address of the provider answers."""
    import httpx  # noqa: PLC0415 - an extra

    try:
        if body is None:
            answer = client.get(address)
        else:
            sent = None if auth is None else httpx.BasicAuth(*auth)
            answer = client.post(address, data=dict(body), auth=sent or httpx.Auth())
        told = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        what = f"expected an answer of the provider ({type(error).__name__})"
        raise NotBelievedError(what) from error
    if not isinstance(told, dict):
        raise NotBelievedError("expected an object of the provider")
    return told


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refused(path: Path, expected: str, got: str) -> UsageError:
    return UsageError(
        str(path),
        expected=expected,
        got=got,
        remedy="docs/howto/sign-in-elsewhere.md shows one.",
    )
