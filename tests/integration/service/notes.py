"""Messages as senders write them, plain and signed."""

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pamiers.mission.messages.sealed import ONE, TOGETHER

ROW = {
    "start": "2020-08-02T09:00:00Z",
    "end": "2020-08-02T09:05:00Z",
    "lon": 38.012345,
    "lat": 48.112345,
    "radius_m": 300.0,
    "kind": "explosion",
    "means": "heard",
}


def message(key: str, source: str = "post-9", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a message with a row like any other."""
    row = {**ROW, **more.pop("row", {})}
    return {"source": source, "id": key, "kind": "observation", "row": row, **more}


def signed(said: dict[str, Any], seed: bytes, name: str = "camera") -> dict[str, str]:
    """Return a message under its sender's signature."""
    text = json.dumps(said)
    made = Ed25519PrivateKey.from_private_bytes(seed).sign(ONE + text.encode())
    return {
        "message": text,
        "key": name,
        "signature": base64.b64encode(made).decode(),
    }


def together(
    said: list[dict[str, Any]], seed: bytes, name: str = "camera"
) -> dict[str, Any]:
    """Return many messages under one signature."""
    texts = [json.dumps(each) for each in said]
    digests = [hashlib.sha256(each.encode()).hexdigest() for each in texts]
    manifest = json.dumps({"digests": digests})
    made = Ed25519PrivateKey.from_private_bytes(seed).sign(TOGETHER + manifest.encode())
    return {
        "manifest": manifest,
        "messages": texts,
        "key": name,
        "signature": base64.b64encode(made).decode(),
    }


def public(seed: bytes) -> str:
    """Return a public key as hexadecimal figures."""
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return key.public_bytes_raw().hex()
