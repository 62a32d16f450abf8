"""An identity provider: discovery, keys, codes with proof keys, ID tokens.

It answers over a socket as OpenID Connect Core 1.0 has it and refuses what a provider
refuses: a code twice, another proof, another client secret, another way back. `tell` is
what it says of whoever signs in; `spoil` makes it a provider that lies.
"""

import base64
import hashlib
import http.server
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from pamiers.app.wiring import now

CLIENT, SECRET = "pamiers", "a-client-secret"
Claims = dict[str, Any]


@dataclass
class FakeProvider:
    """What the provider knows, and how it lies."""

    back: str
    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    tell: Claims = field(default_factory=lambda: {"sub": "olha"})
    spoil: Callable[[Claims], Claims] = lambda claims: claims
    signed_with: Any = None  #: another key than it publishes
    algorithm: str = "RS256"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        """Return what it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def authorized(self, asked: dict[str, str]) -> str:
        """Return where a browser goes on to, with a code."""
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["redirect_uri"] == self.back
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        told = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{self.back}?{urlencode(told)}"

    def token(self, body: dict[str, str], auth: str) -> dict[str, Any] | None:
        """Return an ID token for a code, once; None where it is refused."""
        wanted = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.pop(body.get("code", ""), None)
        if asked is None or auth != f"Basic {wanted}":
            return None
        digest = hashlib.sha256(body["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if proof != asked["code_challenge"] or body["redirect_uri"] != self.back:
            return None
        return {"id_token": self.signed(asked["nonce"]), "token_type": "Bearer"}

    def signed(self, nonce: str) -> str:
        """Return the ID token of whoever signs in."""
        at = int(now().timestamp())
        told = {"iss": self.issuer, "aud": CLIENT, "nonce": nonce, **self.tell}
        claims = self.spoil({**told, "iat": at, "exp": at + 300})
        header = {"alg": self.algorithm, "kid": "1"}
        key = self.signed_with or self.key
        return jwt.encode(header, claims, key, algorithms=[self.algorithm])


@contextmanager
def running(back: str) -> Iterator[FakeProvider]:
    """Run a provider that sends browsers back to an address."""
    made = FakeProvider(back)

    class Handler(http.server.BaseHTTPRequestHandler):
        """Its addresses."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: each[0] for name, each in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                self._json(200, made.described())
            elif parts.path == "/keys":
                self._json(200, {"keys": [made.key.as_dict(private=False)]})
            elif parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", made.authorized(asked))
                self.end_headers()
            else:
                self._json(404, {})

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            body = {name: each[0] for name, each in parse_qs(raw).items()}
            told = made.token(body, self.headers.get("Authorization", ""))
            refused = {"error": "invalid_grant"}
            self._json(400 if told is None else 200, told or refused)

        def _json(self, status: int, told: object) -> None:
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
