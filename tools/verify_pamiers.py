"""Check a bundle of pamiers on a machine without pamiers: one file, one dependency.

    python verify_pamiers.py FILE [CHECKPOINT] [--key KEY]

FILE is what `pamiers export DIR --bundle FILE` wrote; CHECKPOINT is one that you kept
from before; KEY is the key of the record as you know it. It needs Python 3.11 and the
package `cryptography`, and shares no code with pamiers. Leaves with 0 where everything
agrees, with 4 where something was altered, naming the file or the entry, and with 2
where it was called wrongly. It never writes anything and never opens a connection.

What is checked, in this order:
 1. the archive: every byte is derived again from names, sizes and contents (zip)
 2. the manifests list every file, and every file has the digest they say (BagIt)
 3. one signature of the record's key is over the manifests
 4. the checkpoint is signed by the same key
 5. every entry is what its leaf pins, field by field; signatures in it fit, and keys
    were enrolled and rotated by keys that were in force
 6. rows, other bytes and originals are those that entries pin
 7. the leaves have the root that the checkpoint says, and keys of the record followed
    from one another, up to the one that signs
 8. proofs and older checkpoints lead to the same record; the agreement is as recorded
 9. what stands is told of this record and these files
10. the record begins with exactly what CHECKPOINT saw
Incidents and findings are not computed again: that takes pamiers.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import struct
import sys
import unicodedata
import zlib
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 1 << 20
HEAD = struct.Struct("<4sHHHHHIIIHH")
ROW = struct.Struct("<4sHHHHHHIIIHHHHHII")
LAST = struct.Struct("<4sHHHHIIH")
DATE = (1 << 5) | 1
TAG_FILES = (
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
    "signature.txt",
)
PLAIN_NAME = re.compile(r"(?:[\w.-]+/)*[\w.-]+", re.ASCII)
WHOLE_LINE = re.compile(
    rb',"index":(\d+),"leaf":"([0-9a-f]{64})","salt":"([0-9a-f]{64})"}\Z'
)
BARE_LINE = re.compile(rb'{"index":(\d+),"leaf":"([0-9a-f]{64})"}')
WHOLE_TAIL = re.compile(
    r',"format":([12]),"kind":"([^"\\]*)","recorded_at":"([^"\\]*)"}\Z'
)
COLUMN = re.compile(rb'"(\w+)":("(?:[^"\\]|\\.)*"|[^\s",{}\[\]]+)(?:,|(?=}))')
SCAN = json.JSONDecoder().raw_decode
P = 2**255 - 19
NOTE_KEY, COSIGNING_KEY = 1, 4
EMPTY_ROOT = hashlib.sha256().digest()


class Altered(Exception):  # noqa: N818 - what it says
    """Something is not as it was recorded or signed."""


def altered(where: str, what: str) -> NoReturn:
    """Stop, naming where something differs and what."""
    raise Altered(f"{where}: {what}")


def sha256(*parts: bytes) -> bytes:
    """Return the SHA-256 of some bytes after one another."""
    return hashlib.sha256(b"".join(parts)).digest()


# --- 1: the archive ----------------------------------------------------------


class Bundle:
    """A file whose every byte was derived again."""

    def __init__(self, file: IO[bytes]) -> None:
        """Walk through the archive, and hold every byte of it to its one form."""
        self.file = file
        self.places: dict[str, tuple[int, int]] = {}
        self.digests: dict[str, str] = {}
        at, rows = 0, b""
        while (found := self._member(at)) is not None:
            at, row = found
            rows += row
        count = len(self.places)
        last = LAST.pack(b"PK\x05\x06", 0, 0, count, count, len(rows), at, 0)
        file.seek(at)
        if not count or file.read(len(rows) + len(last) + 1) != rows + last:
            altered("archive", f"the directory at byte {at} is not as it is written")

    def _member(self, at: int) -> tuple[int, bytes] | None:
        """Check one member; return where the next begins, and its directory row."""
        self.file.seek(at)
        raw = self.file.read(HEAD.size + 4096)
        if raw[:4] != b"PK\x03\x04":
            return None
        if len(raw) < HEAD.size:
            altered("archive", "it ends in the middle of a head")
        fields = HEAD.unpack_from(raw)
        crc, size, length = fields[6], fields[7], fields[9]
        name = raw[HEAD.size : HEAD.size + length]
        told = (20, 0x0800, 0, 0, DATE, crc, size, size, len(name), 0)
        path = name.decode("utf-8", "replace")
        if raw[: HEAD.size] != HEAD.pack(b"PK\x03\x04", *told) or path in self.places:
            altered("archive", f"the head at byte {at} is not as it is written")
        begin = at + HEAD.size + length
        self.places[path] = (begin, size)
        self.digests[path] = self._held(path, begin, size, crc)
        fixed = (20, 20, 0x0800, 0, 0, DATE, crc, size, size, len(name))
        return begin + size, ROW.pack(b"PK\x01\x02", *fixed, 0, 0, 0, 0, 0, at) + name

    def _held(self, path: str, begin: int, size: int, crc: int) -> str:
        """Return the digest of a member, after checking its checksum."""
        self.file.seek(begin)
        pinned, check, left = hashlib.sha256(), 0, size
        while left and (piece := self.file.read(min(PIECE, left))):
            pinned.update(piece)
            check, left = zlib.crc32(piece, check), left - len(piece)
        if left or check != crc:
            altered(path, "its bytes are not those of the archive's checksum")
        return pinned.hexdigest()

    def read(self, path: str) -> bytes:
        """Return a file whole."""
        if path not in self.places:
            altered(path, "there is no such file in the bundle")
        begin, size = self.places[path]
        self.file.seek(begin)
        return self.file.read(size)

    def lines(self, path: str) -> Iterator[bytes]:
        """Yield the lines of a file, never all at once."""
        if path not in self.places:
            altered(path, "there is no such file in the bundle")
        (at, size), rest = self.places[path], b""
        while size:
            self.file.seek(at)
            piece = self.file.read(min(PIECE, size))
            at, size = at + len(piece), size - len(piece)
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
        if rest:
            altered(path, "it does not end in a line end")


# --- 2: the manifests ---------------------------------------------------------


def check_manifests(bundle: Bundle) -> None:
    """Check that the manifests list every file, and what each of them is."""
    names = list(bundle.places)
    payload = sorted(name for name in names if name.startswith("data/"))
    if names != [*TAG_FILES, *payload]:
        altered("archive", "it does not hold the files of a bundle in their order")
    for path in payload:
        if not PLAIN_NAME.fullmatch(path) or {".", ".."} & set(path.split("/")):
            altered(path, "such a name may leave the folder it is unpacked into")
    declared = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    if bundle.read("bagit.txt") != declared:
        altered("bagit.txt", "it does not declare BagIt 1.0")
    for name, listed in (
        ("manifest-sha256.txt", payload),
        ("tagmanifest-sha256.txt", sorted(TAG_FILES[:3])),
    ):
        check_manifest(bundle, name, listed)


def check_manifest(bundle: Bundle, name: str, listed: list[str]) -> None:
    """Check that a manifest lists exactly some files as they are."""
    said = [f"{bundle.digests[path]}  {path}\n".encode() for path in listed]
    if bundle.read(name) == b"".join(said):
        return
    for line, row in zip(said, bundle.lines(name), strict=False):
        if line != row + b"\n":
            altered(line[66:].decode().strip(), f"it is not as {name} says")
    altered(name, "it does not list every file once")


# --- 3 and 4: keys, notes, checkpoints -----------------------------------------


class Key:
    """A public key as C2SP writes it: name+id+base64. Bad points are refused."""

    def __init__(self, text: str, where: str) -> None:
        """Read a key, and refuse one that is not canonical or of small order."""
        self.text, self.name = text, text.partition("+")[0]
        said, _, held = text.partition("+")[2].partition("+")
        raw = unbase64(held, where)
        if len(raw) != 33 or raw[0] not in {NOTE_KEY, COSIGNING_KEY} or not self.name:
            altered(where, "it is not an Ed25519 key")
        self.kind, self.public = raw[0], raw[1:]
        self.id = sha256(self.name.encode() + b"\n" + raw)[:4]
        if self.id.hex() != said:
            altered(where, "the id of the key is not that of the key")
        check_point(self.public, where)
        self._key = Ed25519PublicKey.from_public_bytes(self.public)

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Tell whether a signature is this key's."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def check_point(public: bytes, where: str) -> None:
    """Refuse a key that is not canonical, off the curve or of small order."""
    number = int.from_bytes(public, "little")
    y, odd = number & (2**255 - 1), number >> 255
    root_of_minus_one = pow(2, (P - 1) // 4, P)
    d = -121665 * pow(121666, -1, P) % P
    if y >= P:
        altered(where, "the key is not written canonically")
    square = (y * y - 1) * pow(d * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * root_of_minus_one % P
    if (x * x - square) % P or (x == 0 and odd):
        altered(where, "the key is not a point of the curve")
    for _ in range(3):  # eight times the point
        product = d * x * x * y * y
        x, y = (
            2 * x * y * pow(1 + product, -1, P) % P,
            (y * y + x * x) * pow(1 - product, -1, P) % P,
        )
    if (x, y) == (0, 1):
        altered(where, "the key is of small order: it fits any message")


def unbase64(text: str, where: str) -> bytes:
    """Return what base64 says, in its one form."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        altered(where, "it is not base64")
    if base64.b64encode(raw).decode() != text:
        altered(where, "it is not base64 in its one form")
    return raw


def read_note(raw: bytes, where: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return the text of a note, and its signature lines as (name, bytes)."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        altered(where, "it is not UTF-8")
    body, break_, below = text.rpartition("\n\n")
    if not break_ or not below.endswith("\n"):
        altered(where, "it is not a signed note")
    signed = []
    for row in below[:-1].split("\n"):
        name, _, held = row.removeprefix("\u2014 ").partition(" ")
        if not row.startswith("\u2014 ") or not name:
            altered(where, "a signature line has another form")
        signed.append((name, unbase64(held, where)))
    return body + "\n", signed


def check_signed(raw: bytes, key: Key, where: str) -> tuple[str, int]:
    """Return the text of a note that a key signed, and the number of lines."""
    return checked_signed(raw, [key], where)


def checked_signed(raw: bytes, keys: list[Key], where: str) -> tuple[str, int]:
    """Return the text of a note that one of some keys signed, and how many lines."""
    text, signed = read_note(raw, where)
    found = 0
    for name, held in signed:
        for key in keys:
            if (name, held[:4]) == (key.name, key.id):
                found += 1
                if not key.verify(held[4:], text.encode()):
                    altered(where, "a signature of the record's key does not fit")
    if not found:
        altered(where, "it is not signed by the key of the record")
    return text, len(signed)


def check_signature(bundle: Bundle, key: Key) -> str:
    """Check the one signature over the manifests; return the edition."""
    where = "signature.txt"
    text, count = check_signed(bundle.read(where), key, where)
    rows = text.split("\n")
    tags = base64.b64encode(bytes.fromhex(bundle.digests["tagmanifest-sha256.txt"]))
    said = [
        "pamiers.bundle/v1",
        key.name,
        rows[2] if len(rows) > 2 else "",
        tags.decode(),
    ]
    if count != 1 or rows != [*said, ""]:
        altered(where, "it is over another bundle")
    return rows[2]


def read_checkpoint(raw: bytes, log: Lineage, where: str) -> tuple[int, bytes]:
    """Return the size and root that a checkpoint of the record says."""
    text, _ = read_note(raw, where)
    rows = text.removesuffix("\n").split("\n")
    if len(rows) < 3 or rows[0] != log.key.name or not rows[1].isdecimal():
        altered(where, "it is not a checkpoint of this record")
    checked_signed(raw, log.able(int(rows[1])), where)
    root = unbase64(rows[2], where)
    if len(root) != 32 or str(int(rows[1])) != rows[1]:
        altered(where, "it is not a checkpoint")
    return int(rows[1]), root


# --- 5: entries ----------------------------------------------------------------


def fields_of(text: str) -> dict[str, str]:
    """Return the values of a JSON object as they are written, by name."""
    found: dict[str, str] = {}
    at = 1
    while at < len(text) - 1:
        name, colon = SCAN(text, at)
        _, end = SCAN(text, colon + 1)
        found[name] = text[colon + 1 : end]
        at = end + 1
    if object_of(found) != text:
        raise ValueError(text[:20])
    return found


def object_of(fields: dict[str, str]) -> str:
    """Return a JSON object of values that are written already."""
    names = sorted(fields)
    if not "".join(names).isascii():
        names.sort(key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join([named(name) + fields[name] for name in names]) + "}"


@cache
def named(name: str) -> str:
    """Return a name as it stands before its value."""
    return json.dumps(name, ensure_ascii=False) + ":"


class Entry:
    """One line of entries.jsonl: an entry whole, in part, or its leaf alone."""

    def __init__(self, line: bytes, index: int) -> None:
        """Read a line, and check what is open of it against its leaf."""
        self.index, self.kind, self.whole, self.bare = index, "", False, False
        self.fields: dict[str, str] = {}
        self.salts: dict[str, str] = {}
        found = BARE_LINE.fullmatch(line)
        self.bare = found is not None
        if found is None:
            found = WHOLE_LINE.search(line)
            if found is None or not line.startswith(b'{"content":'):
                altered(f"entry {index}", "it has another form")
            self.secret = bytes.fromhex(found[3].decode())
        if found[1] != str(index).encode():
            altered(f"entry {index}", f"entry {found[1].decode()} stands in its place")
        self.leaf = bytes.fromhex(found[2].decode())
        if not self.bare:
            self._check(line[11 : found.start()].decode())

    def _check(self, text: str) -> None:
        tail = WHOLE_TAIL.search(text)
        whole = tail is not None and text.startswith('{"body":')
        if whole and tail is not None:
            self.format, self.kind, self.at = tail[1], tail[2], tail[3]
            self.fields = fields_of(text[8 : tail.start()])
            again = '{"body":' + object_of(self.fields) + tail[0]
        else:
            again = self._part(fields_of(text))
        self.whole = whole
        leaf = self._old_leaf(text) if self.format == "1" else self._leaf()
        if again != text or leaf != self.leaf:
            altered(f"entry {self.index}", "it is not what its leaf pins")

    def _part(self, rows: dict[str, str]) -> str:
        self.format, self.kind = rows["format"], json.loads(rows["kind"])
        self.at = json.loads(rows["recorded_at"])
        self.fields = fields_of(rows["body"])
        self.salts = json.loads(rows["opened"])
        self.closed: dict[str, str] = json.loads(rows["closed"])
        if self.format != "2" or self.salts.keys() != self.fields.keys():
            altered(f"entry {self.index}", "it is not an entry in part")
        return object_of({**rows, "body": object_of(self.fields)})

    def _old_leaf(self, text: str) -> bytes:
        return sha256(b"\x00", self.secret, text.encode())

    def _leaf(self) -> bytes:
        pins = {} if self.whole else dict(self.closed)
        salt_of, sha = b"pamiers field salt\x00" + self.secret, hashlib.sha256
        for name, raw in self.fields.items():
            if self.whole:
                salt = sha(salt_of + name.encode()).digest()
            else:
                salt = bytes.fromhex(self.salts[name])
            pins[name] = sha(b"\x02" + salt + raw.encode()).hexdigest()
        body = object_of({name: f'"{pin}"' for name, pin in pins.items()})
        kind, at = json.dumps(self.kind, ensure_ascii=False), json.dumps(self.at)
        rest = f'"format":2,"kind":{kind},"recorded_at":{at}'
        envelope = f'{{"body":{body},{rest}}}'
        salt = self.secret
        if self.whole:
            salt = sha(b"pamiers envelope salt\x00" + self.secret).digest()
        return sha(b"\x00" + salt + envelope.encode()).digest()

    def said(self, name: str) -> Any:  # noqa: ANN401 - JSON
        """Return the value of a field; None where it is closed or not there."""
        return json.loads(self.fields[name]) if name in self.fields else None

    def check_signatures(self, known: dict[str, Key]) -> int:
        """Check the signatures in a whole entry; return how many there are."""
        if not self.whole or not self.fields.get("signatures", "").startswith("["):
            return 0
        rest = {n: raw for n, raw in self.fields.items() if n != "signatures"}
        where = f"entry {self.index}"
        text = f"pamiers.statement/v1\n{self.kind}\n{object_of(rest)}".encode()
        signed = self.said("signatures")
        for each in signed:
            key = known.get(each["key"])
            if key is None:
                key = known[each["key"]] = Key(each["key"], where)
            if not key.verify(unbase64(each["signature"], where), text):
                altered(where, f"the signature of {key.name} does not fit")
        return len(signed)


def plain_key(text: object, where: str) -> Ed25519PublicKey:
    """Return a key from 64 hexadecimal figures; bad points are refused."""
    try:
        raw = bytes.fromhex(str(text))
    except ValueError:
        altered(where, "a key is not in hexadecimal")
    if len(raw) != 32:
        altered(where, "a key has another length")
    check_point(raw, where)
    return Ed25519PublicKey.from_public_bytes(raw)


class Step:
    """A note by which another key of the record took the place of one."""

    def __init__(self, entry: Entry) -> None:
        """Read a note, and check that all who have to signed it."""
        where, raw = f"entry {entry.index}", str(entry.said("note")).encode()
        self.where, self.index = where, entry.index
        text, signed = read_note(raw, where)
        rows = text.removesuffix("\n").split("\n")
        self.old, self.new = Key(rows[2], where), Key(rows[3], where)
        size, _, root = rows[4].partition(" ")
        self.size, self.root = int(size), unbase64(root, where)
        self.compromised = rows[5].startswith("compromised ")
        named = [row.split(" ") for row in rows[6:]]
        self.parties = {party: key for _, party, key in named}
        told = [rows[0], "pamiers key succession v1", self.old.text, self.new.text]
        told += [f"{self.size} {root}", rows[5]]
        told += [f"party {party} {key}" for party, key in sorted(self.parties.items())]
        form = self.compromised or rows[5] == "sound"
        names = {self.old.name, self.new.name, rows[0]}
        if (
            told != rows
            or not form
            or len(names) != 1
            or self.old.text == self.new.text
        ):
            altered(where, "it is not a succession of keys in its one form")
        if self.compromised != bool(self.parties):
            altered(where, "it names parties where none have to sign, or none")
        needed = [] if self.compromised else [self.old]
        for party, key in self.parties.items():
            public = bytes.fromhex(key)
            made = sha256(party.encode() + b"\n" + bytes([NOTE_KEY]) + public)[:4].hex()
            held = base64.b64encode(bytes([NOTE_KEY]) + public).decode()
            needed.append(Key(f"{party}+{made}+{held}", where))
        for known in (self.new, *needed):
            own = [h for n, h in signed if (n, h[:4]) == (known.name, known.id)]
            if not own or not all(known.verify(h[4:], text.encode()) for h in own):
                altered(where, f"{known.name} did not sign the succession of keys")


class Lineage:
    """The keys of a record after one another; the last is in force."""

    def __init__(self, key: Key, steps: list[Step] | None = None) -> None:
        """Check that each key followed from the one before."""
        self.key, self.steps, size = key, steps or [], 0
        after = [*(step.old for step in self.steps[1:]), key]
        for step, then in zip(self.steps, after, strict=False):
            if step.new.text != then.text or step.size < size:
                altered(step.where, "the key that follows is another")
            size = step.size
        self.keys = [*(step.old for step in self.steps), key]
        if len({each.public for each in self.keys}) != len(self.keys):
            altered("data/keys.txt", "a key came back")

    def able(self, size: int) -> list[Key]:
        """Return the keys that are believed of a head of a size."""
        return [*(s.old for s in self.steps if size <= s.size), self.key]

    def check_known(self, text: str, doubted: list[Step]) -> None:
        """Check that keys lead from the one that is known to the one in force."""
        known = [at for at, each in enumerate(self.keys) if each.text == text]
        if not known:
            altered("data/keys.txt", "nothing leads to it from the key that you know")
        for step in self.steps[known[0] :]:
            if step in doubted:
                what = "it rests on parties whose keys this edition does not show"
                altered(step.where, what)


class Grants:
    """Keys of parties and devices, as grants enrol, rotate and revoke them."""

    def __init__(self) -> None:
        """Begin with none."""
        self.in_force: dict[str, str] = {}
        self.parties: set[str] = set()
        self.ever: set[str] = set()

    def take(self, entry: Entry) -> int:
        """Check a grant about a key; return how many signatures it has."""
        body = {name: json.loads(raw) for name, raw in entry.fields.items()}
        where, do = f"entry {entry.index}", body.get("do")
        holder = f"party {body['party']}" if "party" in body else ""
        holder = holder or f"device {body.get('name')}"
        if do == "revoke":
            self.in_force.pop(holder, None)
        if do not in {"party-key", "device", "rotate"}:
            return 0
        plain_key(body["key"], where)
        count = 0
        if do == "device":
            count = self._enrolled(body, where)
        elif do == "rotate":
            count = self._rotated(body, holder, where)
        self.in_force[holder] = body["key"]
        if "party" in body:
            self.parties.add(holder)
        self.ever.add(body["key"])
        return count

    def vouch(self, step: Step) -> bool:
        """Tell whether parties on record vouch for a key; False where none is shown."""
        held = {f"party {party}": key for party, key in step.parties.items()}
        known = {h: key for h, key in self.in_force.items() if h.startswith("party ")}
        if self.parties and (held != known or self.parties != held.keys()):
            altered(step.where, "not every party with a key on record vouches")
        return bool(self.parties)

    def _enrolled(self, body: dict[str, Any], where: str) -> int:
        names = ("epoch", "heartbeat_s", "key", "name", "source")
        said = {n: body[n] for n in names if body.get(n) is not None}
        given = body.get("signatures") or {}
        for party, signature in given.items():
            key = self.in_force.get(f"party {party}")
            self._check(key, signature, b"pamiers device\n" + compact(said), where)
        return len(given)

    def _rotated(self, body: dict[str, Any], holder: str, where: str) -> int:
        old, given = self.in_force.get(holder), body.get("signatures") or {}
        said = {"holder": holder, "new": body["key"], "old": old}
        text = b"pamiers key rotation\n" + compact(said)
        if body["key"] in self.ever:
            altered(where, "the new key was there before")
        self._check(old, given.get("old"), text, where)
        self._check(body["key"], given.get("new"), text, where)
        return 2

    def _check(self, key: str | None, made: object, text: bytes, where: str) -> None:
        try:
            plain_key(key, where).verify(bytes.fromhex(str(made)), text)
        except (InvalidSignature, ValueError):
            altered(where, "a signature does not fit a key that was in force")


def compact(said: dict[str, Any]) -> bytes:
    """Return a small object as canonical JSON; whole numbers are written as such."""
    told = {
        n: int(v) if isinstance(v, float) and v.is_integer() else v
        for n, v in said.items()
    }
    text = json.dumps(
        normal(told), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return text.encode()


# --- 6: what lies beside entries ------------------------------------------------


def row_leaf(pins: dict[str, bytes]) -> bytes:
    """Return the leaf of a row from the commitments of its parts."""
    named = b"".join(name.encode() + b"\x00" + pins[name] for name in sorted(pins))
    return sha256(b"\x00", named)


def split_row(line: bytes, part_of: dict[bytes, str], rest: str) -> dict[str, bytes]:
    """Return the parts of a row that is written flat."""
    groups: dict[str, list[bytes]] = {}
    found = COLUMN.findall(line)
    for name, value in found:
        groups.setdefault(part_of.get(name, rest), []).append(
            b'"%b":%b' % (name, value)
        )
    if b"{" + b",".join(b'"%b":%b' % each for each in found) + b"}" != line:
        raise ValueError(line[:20])
    return {name: b"{" + b",".join(group) + b"}" for name, group in groups.items()}


def row_leaves(bundle: Bundle, entry: Entry, path: str) -> Iterator[bytes]:
    """Yield the leaf of each row of a batch."""
    said = entry.said("parts")
    if said is None:  # recorded before rows had parts
        for at, line in enumerate(bundle.lines(path)):
            salt = sha256(b"pamiers row salt\x00", entry.secret, at.to_bytes(8, "big"))
            yield sha256(b"\x00", salt, line)
        return
    names = sorted(said)
    rest = next(name for name in names if not said[name])
    part_of = {column.encode(): name for name in names for column in said[name]}
    for at, line in enumerate(bundle.lines(path)):
        if entry.whole:
            seed = b"pamiers row salts\x00" + entry.secret + at.to_bytes(8, "big")
            drawn = hashlib.shake_256(seed).digest(32 * len(names))
            salts = {name: drawn[32 * i : 32 * i + 32] for i, name in enumerate(names)}
            parts, pins = split_row(line, part_of, rest), {}
        else:
            told = fields_of(line.decode())
            salts = {n: bytes.fromhex(s) for n, s in json.loads(told["opened"]).items()}
            pins = {n: bytes.fromhex(s) for n, s in json.loads(told["closed"]).items()}
            parts = split_row(told["row"].encode(), part_of, rest)
            if salts.keys() != parts.keys() or salts.keys() & pins.keys():
                raise ValueError(line[:20])
        for name, data in parts.items():
            pins[name] = sha256(b"\x02", salts[name], data)
        yield row_leaf(pins)


def check_rows(bundle: Bundle, entry: Entry) -> tuple[int, list[str]]:
    """Check the rows of a batch; return how many there are, and the files looked at."""
    path = f"data/rows/{entry.index:08}.jsonl"
    try:
        leaves = list(row_leaves(bundle, entry, path))
    except (ValueError, KeyError, StopIteration):
        altered(path, "a row has another form")
    if len(leaves) != entry.said("rows") or root_of(leaves).hex() != entry.said("root"):
        altered(path, f"its rows are not those that entry {entry.index} pins")
    if not entry.whole:
        return len(leaves), [path]
    origins = f"data/payloads/{entry.index:08}-origins.json"
    pairs = json.loads(bundle.read(origins))
    packed = b"".join(struct.pack("<qq", *pair) for pair in pairs)
    if hashlib.sha256(packed).hexdigest() != entry.said("origins"):
        altered(origins, f"it is not what entry {entry.index} pins")
    return len(leaves), [path, origins]


def check_beside(bundle: Bundle, entry: Entry) -> list[str]:
    """Check the other bytes beside a whole entry; return the files looked at."""
    start = f"data/payloads/{entry.index:08}-"
    if entry.kind == "quarantine":
        path, said = f"{start}items.json", entry.said("digest")
        items = normal(json.loads(bundle.read(path)))
        text = json.dumps(
            items, ensure_ascii=False, separators=(",", ":"), sort_keys=True
        )
        got = hashlib.sha256(text.encode()).hexdigest()
    elif entry.kind == "calibration":
        path, said = f"{start}model.json", entry.said("model")
        got = bundle.digests.get(path, "nothing")
    elif entry.kind == "fusion" and "said" in entry.fields:
        path, said = f"{start}said.jsonl", entry.said("said")
        got = bundle.digests.get(path, "nothing")
    else:
        return []
    if got != said:
        altered(path, f"it is not what entry {entry.index} pins")
    return [path]


def normal(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a value whose texts are in Unicode NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [normal(each) for each in value]
    if isinstance(value, dict):
        return {normal(name): normal(each) for name, each in value.items()}
    return value


# --- 7 and 8: the tree ----------------------------------------------------------


def root_of(leaves: list[bytes]) -> bytes:
    """Return the root of RFC 6962 over leaf hashes."""
    level = leaves
    while len(level) > 1:
        pairs = len(level) // 2 * 2
        level = [
            hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest()
            for i in range(0, pairs, 2)
        ] + level[pairs:]
    return level[0] if level else EMPTY_ROOT


def check_proof(raw: bytes, path: str, record: Record) -> None:
    """Check a proof that an entry is in the record (C2SP tlog-proof)."""
    top, _, note = raw.partition(b"\n\n")
    rows = top.decode().split("\n")
    head, index = record.head, rows[1].removeprefix("index ") if len(rows) > 1 else ""
    if rows[0] != "c2sp.org/tlog-proof@v1" or not index.isdecimal():
        altered(path, "it is not a proof")
    if read_checkpoint(note, record.log, path) != head or int(index) >= head[0]:
        altered(path, "it is under another checkpoint")
    at, last, reached = int(index), head[0] - 1, record.leaves[int(index)]
    steps = [unbase64(row, path) for row in rows[2:]]
    while last > 0:
        if at % 2 or at < last:
            if not steps:
                altered(path, "it is too short")
            beside = steps.pop(0)
            pair = (beside, reached) if at % 2 else (reached, beside)
            reached = sha256(b"\x01", *pair)
        at, last = at // 2, last // 2
    if steps or reached != head[1]:
        altered(path, "it does not lead to the root")


class Record:
    """What was met on the way through the entries."""

    def __init__(self, key: Key, head: tuple[int, bytes]) -> None:
        """Begin with a key, and the size and root that its checkpoint says."""
        self.key, self.head, self.log = key, head, Lineage(key)
        self.steps: list[Step] = []
        self.doubted: list[Step] = []
        self.leaves: list[bytes] = []
        self.paths: set[str] = set()
        self.agreement: dict[str, str] = {}
        self.versions: dict[int, dict[str, str]] = {}
        self.counts = {"whole": 0, "in_part": 0, "withheld": 0, "rows": 0}
        self.signatures, self.known = 0, dict[str, Key]()
        self.grants = Grants()

    def add(self, bundle: Bundle, line: bytes) -> None:
        """Check one entry and what lies beside it."""
        entry = Entry(line, len(self.leaves))
        self.leaves.append(entry.leaf)
        kind = "withheld" if entry.bare else "whole" if entry.whole else "in_part"
        self.counts[kind] += 1
        if entry.bare:
            return
        self.signatures += entry.check_signatures(self.known)
        if entry.kind in {"mission", "agreement"}:
            self.take_version(entry)
        elif entry.kind in {"grant", "succession"}:
            self.take_key(entry)
        elif entry.kind == "rows":
            rows, paths = check_rows(bundle, entry)
            self.counts["rows"] += rows
            self.paths.update(paths)
        elif entry.whole and entry.kind == "file":
            self.paths.add(f"data/originals/{entry.said('of_file')['sha256']}")
        elif entry.whole and entry.kind == "case":
            files = entry.said("event").get("files", [])
            self.paths.update(f"data/originals/{each}" for each in files)
        elif entry.whole:
            self.paths.update(check_beside(bundle, entry))

    def take_key(self, entry: Entry) -> None:
        """Note what an entry says of keys: of parties, devices or the record itself."""
        if entry.kind == "grant":
            self.signatures += self.grants.take(entry) if entry.whole else 0
            return
        step = Step(entry)
        self.steps.append(step)
        if step.compromised and not self.grants.vouch(step):
            self.doubted.append(step)

    def take_version(self, entry: Entry) -> None:
        """Note which version of the agreement an entry says is in force."""
        signs = entry.said("signs")
        if signs is None:
            self.versions[entry.index] = entry.said("agreement") or {}
        if entry.said("in_force") is not False:
            index = entry.index if signs is None else signs
            self.agreement = self.versions.get(index, {})

    def check_root(self) -> None:
        """Check that the leaves have the size and root of the checkpoint."""
        if (len(self.leaves), root_of(self.leaves)) != self.head:
            altered("data/entries.jsonl", "it is not under the root of the checkpoint")
        first = self.leaves[0][:8].hex() if self.leaves else ""
        if self.key.name != f"pamiers.mission/{first}":
            altered("data/checkpoint.txt", "the key is named after another record")

    def check_keys(self, known: str | None) -> None:
        """Check that keys led from one to the next, each over a head of this record."""
        for step in self.steps:
            root = root_of(self.leaves[: step.size])
            if step.size > step.index or root != step.root:
                altered(step.where, "the key ended at a head of another record")
        self.log = Lineage(self.key, self.steps)
        if known is not None:
            self.log.check_known(known, self.doubted)

    def check_grown(self, head: tuple[int, bytes], where: str) -> None:
        """Check that the record begins with what an older checkpoint saw."""
        size, root = head
        if size > len(self.leaves) or root_of(self.leaves[:size]) != root:
            what = f"entries 0 to {size - 1} are not those that it saw: rewritten"
            altered(where, what)


# --- 9 and 10 -------------------------------------------------------------------


def check_rest(bundle: Bundle, record: Record) -> None:
    """Check the files that no single entry accounts for, and that there are no more."""
    fixed = ("README.txt", "keys.txt", "checkpoint.txt", "entries.jsonl")
    accounted = record.paths | {f"data/{name}" for name in fixed}
    accounted.add("data/ro-crate-metadata.json")
    for name, text in record.agreement.items():
        path = f"data/agreement/{name}"
        accounted.add(path)
        if bundle.read(path) != text.encode():
            altered(path, "it is not the text on record")
    for path in bundle.places:
        if path.split("/")[1:2] in (["proofs"], ["checkpoints"], ["standing"]):
            accounted.add(path)
        check_apart(bundle, record, path)
    odd = sorted(accounted ^ (set(bundle.places) - set(TAG_FILES)))
    if odd:
        altered(odd[0], "exactly the files that entries name have to be there")


def check_apart(bundle: Bundle, record: Record, path: str) -> None:
    """Check a file that has to say something by itself."""
    top, name = path.split("/")[1:2], path.rpartition("/")[2]
    if top == ["originals"] and bundle.digests[path] != name:
        altered(path, "it does not have the digest it is named by")
    if top == ["proofs"]:
        check_proof(bundle.read(path), path, record)
    if top == ["checkpoints"]:
        record.check_grown(read_checkpoint(bundle.read(path), record.log, path), path)


def check_standing(bundle: Bundle, record: Record, edition: str) -> None:
    """Check that what stands is told of this record, this edition and these files."""
    path = "data/standing/about.json"
    told = json.loads(bundle.read(path))
    said = (told["entries"], told["head"], told["edition"])
    if said != (record.head[0], record.head[1].hex(), edition):
        altered(path, "it is told of another record or edition")
    for name, digest in told["files"].items():
        if bundle.digests.get(f"data/standing/{name}") != digest:
            altered(f"data/standing/{name}", "it is not what about.json says")


def verify(path: Path, kept: Path | None, known: str | None) -> dict[str, Any]:
    """Check a bundle; return what it holds.

    Raises:
        Altered: Something is not as it was recorded or signed.
    """
    with path.open("rb") as file:
        bundle = Bundle(file)
        check_manifests(bundle)
        text = bundle.read("data/keys.txt").decode()
        key = Key(text.removesuffix("\n"), "data/keys.txt")
        if text != f"{key.text}\n":
            altered("data/keys.txt", "it is not a key on one line")
        edition = check_signature(bundle, key)
        name = "data/checkpoint.txt"
        record = Record(key, read_checkpoint(bundle.read(name), Lineage(key), name))
        for line in bundle.lines("data/entries.jsonl"):
            record.add(bundle, line)
        record.check_root()
        record.check_keys(known)
        check_rest(bundle, record)
        check_standing(bundle, record, edition)
        if kept is not None:
            since = read_checkpoint(kept.read_bytes(), record.log, str(kept))
            record.check_grown(since, str(kept))
    return {
        "edition": edition,
        "origin": key.name,
        "entries": len(record.leaves),
        **record.counts,
        "signatures": record.signatures,
        "head": record.head[1].hex(),
        "key": key.text,
        "key_known": known is not None,
        "since": kept is not None,
    }


class Said(Entry):
    """A note of succession that stands by itself."""

    def __init__(self, note: str) -> None:
        """Hold the note as an entry would."""
        self.index, self.fields = 0, {"note": json.dumps(note)}


def ended_before(kept: bytes, log: Lineage) -> Step | None:
    """Return the step that ended the key of a checkpoint before its size, if any."""
    text, signed = read_note(kept, "kept")
    size = int(text.split("\n")[1])
    named = {(name, held[:4]) for name, held in signed}
    by = [key for key in log.keys if (key.name, key.id) in named]
    found = [s for s in log.steps if len(by) == 1 and s.old.text == by[0].text]
    return found[0] if found and size > found[0].size else None


def lineage_told(told: dict[str, Any], where: str) -> Lineage:
    """Return the keys that evidence names, of which none was compromised."""
    steps = [Step(Said(note)) for note in told.get("successions", [])]
    if any(step.compromised for step in steps):
        altered(where, "it leads over a key that was compromised")
    return Lineage(Key(told["key"], "key"), steps)


def verify_evidence(path: Path) -> dict[str, Any]:
    """Check a file of evidence; return what it shows.

    Raises:
        Altered: It shows nothing, or is not as it was written.
    """
    raw = path.read_bytes()
    told = json.loads(raw)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if f"{text}\n".encode() != raw or told["format"] != "pamiers.evidence/v1":
        altered(str(path), "it is not a file of evidence in its one form")
    log, kept = lineage_told(told, str(path)), told["kept"].encode()
    head = read_checkpoint(told["shown"].encode(), log, "shown")
    ended = None if "receipt" in told else ended_before(kept, log)
    by = log if ended is None else Lineage(ended.old)
    size, root = read_checkpoint(kept, by, "kept")
    leaves = [bytes.fromhex(each) for each in told["leaves"]]
    if (len(leaves), root_of(leaves)) != head:
        altered("leaves", "they are not those of the tree that was shown")
    if ended is None and size <= len(leaves) and root_of(leaves[:size]) == root:
        altered(str(path), "it shows nothing: the record grew out of what was kept")
    kind = "split view" if size == head[0] else "rewritten history"
    kind = kind if ended is None else "key past its end"
    if "receipt" in told:
        kind = "withheld receipt"
        check_receipt(told, log, (size, root))
    if told["kind"] != kind:
        altered(str(path), f"it shows {kind}")
    return {"kind": kind, "origin": log.key.name, "kept": size, "shown": head[0]}


def check_receipt(told: dict[str, Any], log: Lineage, head: tuple[int, bytes]) -> None:
    """Check the receipt in a file of evidence against the kept checkpoint."""
    record = Record(log.key, head)
    record.log = log
    index = told["receipt"].split("\n")[1].removeprefix("index ")
    record.leaves = [b""] * int(index) + [bytes.fromhex(told["leaf"])]
    check_proof(told["receipt"].encode(), "receipt", record)


def main() -> int:
    """Check a file as the command line says; return the exit code."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("file", type=Path, help="a bundle")
    reader.add_argument("checkpoint", type=Path, nargs="?", help="one that you kept")
    reader.add_argument("--key", help="the key of the record as you know it")
    what = "FILE is evidence that pamiers wrote, not a bundle"
    reader.add_argument("--evidence", action="store_true", help=what)
    reader.add_argument("--json", action="store_true", help="print one line of JSON")
    asked = reader.parse_args()
    malformed = (KeyError, TypeError, ValueError, AttributeError, IndexError)
    try:
        if asked.evidence:
            told = verify_evidence(asked.file)
        else:
            told = verify(asked.file, asked.checkpoint, asked.key)
    except (Altered, *malformed, struct.error, RecursionError) as error:
        return refused(error, as_json=asked.json)
    except OSError as error:
        print(f"Cannot read: {error}", file=sys.stderr)
        return 2
    tell(told, asked)
    return 0


def refused(error: Exception, *, as_json: bool) -> int:
    """Say what was altered; return the exit code."""
    what = str(error) if isinstance(error, Altered) else "bundle: another form"
    if as_json:
        print(json.dumps({"error": what}))
    print(f"ALTERED. {what}", file=sys.stderr)
    return 4


def tell(told: dict[str, Any], asked: argparse.Namespace) -> None:
    """Say what was found."""
    if asked.json:
        print(json.dumps(told))
        return
    for name, value in told.items():
        print(f"{name:12}{value}")
    if asked.evidence:
        print("It shows what it says, of whoever holds the key of that record.")
        return
    if not asked.key:
        print("You gave no key: compare the one above with the key that you know.")
    print("Everything agrees.")


if __name__ == "__main__":
    sys.exit(main())
