"""What arrives: one message or several, plain or under one signature.

    {"source": ..., "id": ..., ...}                     plain
    {"message": TEXT, "key": ID, "signature": BASE64}   signed by itself
    {"manifest": TEXT, "key": ID, "signature": BASE64,
     "messages": [TEXT, ...]}                           signed together
    {"messages": [TEXT, ...]}                           several, plain

A text is the JSON of a message as its sender wrote it, so that what is signed are
bytes and nobody has to agree on how JSON is written. A manifest is the JSON of an
object whose `digests` are the SHA-256 of each text, in hexadecimal, in order.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any, Final

import orjson

from pamiers.core.errors import MalformedSourceError, Where
from pamiers.mission.messages.message import Message, read_message
from pamiers.mission.messages.strict import MOST_BYTES, read_object

ONE: Final = b"pamiers message\n"
TOGETHER: Final = b"pamiers manifest\n"
#: how many messages may come in one piece
MOST: Final = 10_000
_SIGNATURE_BYTES: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What arrived, read and not yet believed. Invariant: `texts` is not empty."""

    texts: tuple[bytes, ...]
    key: str | None = None  #: id of the key that is said to have signed
    signature: bytes = b""
    signed: bytes = b""  #: the bytes that were signed
    kept: bytes = b""  #: as it is put on record, one line
    said: dict[str, Any] | None = None  #: of a plain message, what it says

    def messages(self) -> tuple[Message, ...]:
        """Return the messages, read.

        Raises:
            MalformedSourceError: One of them is none; which, and why.
        """
        if len(self.texts) == 1:
            return (read_message(self.texts[0], self.said),)
        found = []
        for at, text in enumerate(self.texts):
            try:
                found.append(read_message(text))
            except MalformedSourceError as error:
                raise MalformedSourceError(
                    Where(f"message {at}", field=error.where.field),
                    expected=error.expected,
                    got=error.got,
                    remedy=error.remedy,
                ) from error
        return tuple(found)


def read_sealed(data: bytes) -> Sealed:
    """Return what a body holds.

    Args:
        data: UTF-8 JSON in one of the forms above.

    Returns:
        Texts and the signature over them; nothing is checked but their form, and that
        a manifest has the digests of its messages.

    Raises:
        MalformedSourceError: Another form.
    """
    said = read_object(data, "body")
    if "message" in said:
        return _one(said)
    if "manifest" in said:
        return _together(said)
    if "messages" in said:
        texts = _texts(said)
        held = {"messages": [text.decode() for text in texts]}
        return Sealed(texts=texts, kept=orjson.dumps(held))
    if len(data) > MOST_BYTES:
        raise _refused("body", f"a message of at most {MOST_BYTES} bytes", "more")
    kept = orjson.dumps({"message": data.decode()})
    return Sealed(texts=(data,), kept=kept, said=said)


def _one(said: dict[str, Any]) -> Sealed:
    text = _text(said["message"])
    key, signature = _seal(said)
    held = {"key": key, "message": said["message"], "signature": said["signature"]}
    return Sealed(
        texts=(text,),
        key=key,
        signature=signature,
        signed=ONE + text,
        kept=orjson.dumps(held),
    )


def _together(said: dict[str, Any]) -> Sealed:
    manifest, texts = _text(said["manifest"], 100 * MOST_BYTES), _texts(said)
    key, signature = _seal(said)
    digests = read_object(manifest, "manifest").get("digests")
    if digests != [hashlib.sha256(text).hexdigest() for text in texts]:
        raise _refused("manifest.digests", "the SHA-256 of each message", "others")
    held = {name: said[name] for name in ("key", "manifest", "messages", "signature")}
    return Sealed(
        texts=texts,
        key=key,
        signature=signature,
        signed=TOGETHER + manifest,
        kept=orjson.dumps(held),
    )


def _texts(said: dict[str, Any]) -> tuple[bytes, ...]:
    given = said.get("messages")
    if not isinstance(given, list) or not 0 < len(given) <= MOST:
        raise _refused("messages", f"1 to {MOST} messages, each as text", "others")
    return tuple(_text(each) for each in given)


def _text(value: object, most: int = MOST_BYTES) -> bytes:
    if not isinstance(value, str):
        raise _refused(
            "message", "the JSON of a message, as text", type(value).__name__
        )
    data = value.encode()
    if len(data) > most:
        raise _refused("message", f"at most {most} bytes", "more")
    return data


def _seal(said: dict[str, Any]) -> tuple[str, bytes]:
    key, written = said.get("key"), said.get("signature")
    if not isinstance(key, str) or not isinstance(written, str):
        raise _refused("key, signature", "both, as text", "one or none")
    try:
        signature = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _refused("signature", "base64", "other text") from error
    if len(signature) != _SIGNATURE_BYTES:
        raise _refused("signature", f"{_SIGNATURE_BYTES} bytes", f"{len(signature)}")
    return key[:128], signature


def _refused(field: str, expected: str, got: str) -> MalformedSourceError:
    return MalformedSourceError(
        Where("message", field=field),
        expected=expected,
        got=got,
        remedy="Correct the message and send it again.",
    )
