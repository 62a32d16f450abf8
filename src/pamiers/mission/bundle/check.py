"""Check a bundle without believing anybody: every file, every entry, every row.

The steps are numbered as in docs/howto/export-and-verify.md, and as the stand-alone
verifier has them.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from pamiers.core.canonical import digest
from pamiers.core.errors import LedgerMismatchError, PamiersError
from pamiers.ledger.bag import (
    DECLARATION,
    DECLARED,
    INFO,
    MANIFEST,
    PAYLOAD,
    SIGNATURE,
    TAG_FILES,
    TAGS,
    check_name,
    mismatch,
    read_manifest,
    verify_signature,
)
from pamiers.ledger.checkpoint import (
    Checkpoint,
    Cosigned,
    Log,
    cosignatures,
    read_checkpoint,
    verify_checkpoint,
)
from pamiers.ledger.disclosed import Disclosed, read_disclosed
from pamiers.ledger.keys import VerifierKey, verifier
from pamiers.ledger.leaf import row_leaves
from pamiers.ledger.proof import read_proof
from pamiers.ledger.rows import Parts, part_leaves, read_parts, split_rows
from pamiers.ledger.succession import Lineage
from pamiers.ledger.tree import root_of
from pamiers.mission.bundle.crate import About, bag_info, crate, read_info
from pamiers.mission.bundle.keys import KeysTold
from pamiers.mission.bundle.layout import (
    AGREEMENT,
    CHECKPOINT,
    CHECKPOINTS,
    CRATE,
    ENTRIES,
    KEYS,
    ORIGINALS,
    PROOFS,
    READERS,
    README,
    STANDING,
    BundleFiles,
    files_of,
    payload_file,
    rows_file,
)
from pamiers.mission.bundle.rows import partial_leaves
from pamiers.mission.cases import EVENT
from pamiers.mission.versions import Told

_ORIGIN_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What whoever checks a bundle knows already."""

    key: VerifierKey | None = None  #: one of the record; None: that in the bundle
    since: Checkpoint | None = None  #: a checkpoint kept from before
    witnesses: Sequence[VerifierKey] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A bundle that agrees with itself, and what it holds."""

    about: About
    checkpoint: Checkpoint
    log: Lineage  #: keys of the record after one another
    leaves: list[bytes]
    whole: int  #: entries given whole
    partly: int  #: entries given in part
    rows: int  #: rows held to their batch, whole or in part
    originals: int
    witnesses: tuple[Cosigned, ...]

    @property
    def key(self) -> VerifierKey:
        """Return the key in force."""
        return self.log.last

    @property
    def withheld(self) -> int:
        """Return how many entries are given as a bare leaf."""
        return len(self.leaves) - self.whole - self.partly


@dataclass(slots=True)
class _Found:
    """What was met on the way through the entries."""

    leaves: list[bytes] = field(default_factory=list)
    files: set[str] = field(default_factory=set)  #: paths that entries account for
    versions: Told = field(default_factory=Told)
    keys: KeysTold = field(default_factory=KeysTold)
    whole: int = 0
    partly: int = 0
    rows: int = 0
    originals: set[str] = field(default_factory=set)


def check_bundle(files: BundleFiles, trust: Trust) -> Checked:
    """Check a bundle; its files were held to the archive they came in.

    Args:
        files: Its files.
        trust: What is known already.

    Returns:
        What it holds.

    Raises:
        LedgerMismatchError: Something was altered; the message names the file or entry.
    """
    _check_bag(files)  # 1, 2
    key = _key(files)
    about = _check_signature(files, key)  # 3
    checkpoint = _checkpoint(files.read(CHECKPOINT), CHECKPOINT, key)  # 4
    found = _Found()
    for told in _entries(files):  # 5, 6
        _account(files, told, found)
    _check_root(found.leaves, checkpoint, about)  # 7
    log = found.keys.lineage(found.leaves, key, trust.key)  # 7
    _check_rest(files, found, checkpoint, log)  # 8
    _check_standing(files, checkpoint, about)  # 9
    witnesses = _grown(found.leaves, trust, log)  # 10
    return Checked(
        about=about,
        checkpoint=checkpoint,
        log=log,
        leaves=found.leaves,
        whole=found.whole,
        partly=found.partly,
        rows=found.rows,
        originals=len(found.originals),
        witnesses=witnesses or cosignatures(checkpoint, trust.witnesses),
    )


def _check_bag(files: BundleFiles) -> None:
    """Check that the manifests list every file, and every file is as they say."""
    names = list(files.names)
    payload = [name for name in names if name.startswith(PAYLOAD)]
    if names != [*TAG_FILES, *sorted(payload)]:
        raise mismatch("bundle", "the files of a bundle, in order", "others")
    if files.read(DECLARATION) != DECLARED:
        raise mismatch(DECLARATION, "BagIt 1.0 in UTF-8", "something else")
    for name, listed in ((MANIFEST, payload), (TAGS, [DECLARATION, INFO, MANIFEST])):
        digests = read_manifest(files.read(name), name)
        if sorted(digests) != sorted(listed):
            odd = sorted(set(digests) ^ set(listed))
            raise mismatch(name, "every file, and no other", ", ".join(odd[:3]))
        for path, said in digests.items():
            check_name(path)
            got = files.sha256(path)
            if got != said:
                raise mismatch(path, said, got)


def _key(files: BundleFiles) -> VerifierKey:
    raw = files.read(KEYS)
    try:
        found = verifier(raw.decode().removesuffix("\n"))
    except (PamiersError, UnicodeDecodeError) as error:
        raise mismatch(KEYS, "the key of a record", type(error).__name__) from error
    if f"{found}\n".encode() != raw:
        raise mismatch(KEYS, "the key of a record on one line", "something else")
    return found


def _check_signature(files: BundleFiles, key: VerifierKey) -> About:
    signed = verify_signature(files.read(SIGNATURE), files.read(TAGS), key)
    raw = files.read(INFO)
    about = read_info(raw)
    payload = [name for name in files.names if name.startswith(PAYLOAD)]
    if about is None or bag_info(about, map(files.size, payload)) != raw:
        raise mismatch(INFO, "what tells the bundle from others", "something else")
    if (about.origin, about.edition) != (signed.origin, signed.edition):
        raise mismatch(INFO, f"{signed.edition} edition of {signed.origin}", "another")
    if about.edition not in READERS:
        raise mismatch(INFO, f"one of {', '.join(READERS)}", repr(about.edition))
    if files.read(CRATE) != crate(about, [n for n in payload if n != CRATE]):
        raise mismatch(CRATE, "the metadata of these files", "something else")
    return about


def _checkpoint(raw: bytes, name: str, log: Log) -> Checkpoint:
    try:
        found = read_checkpoint(raw)
        verify_checkpoint(found, log)
    except LedgerMismatchError as error:
        raise mismatch(name, error.expected, error.got) from error
    if str(found).encode() != raw:
        raise mismatch(name, "a checkpoint in its one form", "other bytes")
    return found


def _entries(files: BundleFiles) -> Iterator[Disclosed]:
    for index, line in enumerate(files.lines(ENTRIES)):
        yield read_disclosed(line, index)


def _account(files: BundleFiles, told: Disclosed, found: _Found) -> None:
    """Check what lies beside an entry, and note which files it accounts for."""
    found.leaves.append(told.leaf)
    if told.content is None:
        return
    found.whole += told.whole
    found.partly += not told.whole
    fields, kind = told.content.fields, told.content.kind
    found.keys.take(told.index, kind, told.content.body)
    if kind in {"mission", "agreement"}:
        found.versions.take(told.index, told.content.body)
    elif kind == "rows":
        _check_rows(files, told, found)
    elif told.whole and kind == "file":
        found.originals.add(json.loads(fields["of_file"])["sha256"])
    elif told.whole and kind == EVENT:
        found.originals.update(files_of(told.content.body))
    elif told.whole:
        _check_payload(files, told, found)


def _check_payload(files: BundleFiles, told: Disclosed, found: _Found) -> None:
    """Check the bytes beside an entry that is neither a batch nor a file."""
    assert told.content is not None  # noqa: S101 - as called
    body, kind = told.content.body, told.content.kind
    if kind == "quarantine":
        name = payload_file(told.index, "items.json")
        got = _digest(files.read(name), name)
        said = body["digest"]
    elif kind == "calibration":
        name = payload_file(told.index, "model.json")
        got, said = files.sha256(name), body["model"]
    elif kind == "fusion" and "said" in body:
        name = payload_file(told.index, "said.jsonl")
        got, said = files.sha256(name), body["said"]
    else:
        return
    found.files.add(name)
    if got != said:
        raise mismatch(name, str(said), got)


def _digest(raw: bytes, name: str) -> str:
    try:
        return digest(json.loads(raw))
    except (ValueError, RecursionError, PamiersError) as error:
        raise mismatch(name, "JSON", type(error).__name__) from error


def _check_rows(files: BundleFiles, told: Disclosed, found: _Found) -> None:
    """Check the rows of a batch against the root that its entry pins."""
    assert told.content is not None  # noqa: S101 - as called
    body, name = told.content.body, rows_file(told.index)
    found.files.add(name)
    try:
        leaves = list(_row_leaves(files, told, name))
    except ValueError as error:
        raise mismatch(name, "rows as they were recorded", str(error)[:80]) from error
    root = root_of(leaves).hex()
    if (len(leaves), root) != (body["rows"], body["root"]):
        raise mismatch(name, f"{body['rows']} rows under {body['root']}", root)
    found.rows += len(leaves)
    if told.whole:
        origins = payload_file(told.index, "origins.json")
        found.files.add(origins)
        got = _origins(files.read(origins), origins)
        if got != body["origins"]:
            raise mismatch(origins, str(body["origins"]), got)


def _row_leaves(files: BundleFiles, told: Disclosed, name: str) -> Iterator[bytes]:
    assert told.content is not None  # noqa: S101 - as called
    said = told.content.body.get("parts")
    if not isinstance(said, dict):
        return iter(row_leaves(told.salt, list(files.lines(name))))
    parts: Parts = read_parts(said)
    if told.whole:
        return iter(part_leaves(told.salt, split_rows(files.lines(name), parts), parts))
    return partial_leaves(files.lines(name), parts)


def _origins(raw: bytes, name: str) -> str:
    """Return the digest of where rows came from, as their entry pins it."""
    try:
        pairs = np.array(json.loads(raw), dtype="<i8")
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise mismatch(name, "pairs of numbers", type(error).__name__) from error
    return hashlib.sha256(pairs.tobytes()).hexdigest()


def _check_root(leaves: list[bytes], checkpoint: Checkpoint, about: About) -> None:
    head = checkpoint.head
    if (len(leaves), about.entries) != (head.size, head.size):
        raise mismatch(ENTRIES, f"{head.size} entries", f"{len(leaves)}")
    if (root := root_of(leaves)) != head.root:
        raise mismatch(ENTRIES, f"the root {head.hex}", root.hex())
    name = leaves[0][:_ORIGIN_BYTES].hex() if leaves else ""
    if checkpoint.origin != f"pamiers.mission/{name}":
        raise mismatch(CHECKPOINT, f"the record {name}", checkpoint.origin)


def _check_rest(
    files: BundleFiles, found: _Found, checkpoint: Checkpoint, log: Lineage
) -> None:
    """Check the files that no single entry accounts for, and that there are no more."""
    accounted = {README, KEYS, CHECKPOINT, ENTRIES, CRATE} | found.files
    accounted |= {f"{ORIGINALS}{each}" for each in found.originals}
    accounted |= {f"{AGREEMENT}{name}" for name in found.versions.files or {}}
    for name in files.names:
        if name.startswith(ORIGINALS) and files.sha256(name) != name[len(ORIGINALS) :]:
            raise mismatch(name, "the digest it is named by", files.sha256(name))
        if name.startswith(PROOFS):
            _check_proof(files.read(name), name, (found.leaves, checkpoint, log))
            accounted.add(name)
        if name.startswith(CHECKPOINTS):
            older = _checkpoint(files.read(name), name, log)
            _check_grown(found.leaves, older, name)
            accounted.add(name)
    for name, text in (found.versions.files or {}).items():
        if files.read(f"{AGREEMENT}{name}") != text.encode():
            raise mismatch(f"{AGREEMENT}{name}", "the text on record", "another")
    outside = (*TAG_FILES,)
    odd = {n for n in files.names if n not in outside and not n.startswith(STANDING)}
    if odd != accounted:
        raise mismatch(min(odd ^ accounted), "exactly what entries name", "other")


def _check_proof(
    raw: bytes, name: str, record: tuple[list[bytes], Checkpoint, Lineage]
) -> None:
    leaves, checkpoint, log = record
    try:
        proof = read_proof(raw)
        if str(proof).encode() != raw or proof.checkpoint.head != checkpoint.head:
            raise mismatch(name, "a proof under the checkpoint", "another")
        proof.verify(leaves[proof.index], log)
    except (LedgerMismatchError, IndexError) as error:
        raise mismatch(name, "a proof that leads to the root", "another") from error


def _check_standing(files: BundleFiles, checkpoint: Checkpoint, about: About) -> None:
    """Check that what stands is told of this record, this edition and these files."""
    name = f"{STANDING}about.json"
    try:
        told = json.loads(files.read(name))
        said = (told["entries"], told["head"], told["edition"])
        digests = {f"{STANDING}{each}": sha for each, sha in told["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise mismatch(name, "what was exported", type(error).__name__) from error
    head = checkpoint.head
    if said != (head.size, head.hex, about.edition):
        raise mismatch(name, f"{about.edition} edition of {head.hex}", str(said))
    here = {n for n in files.names if n.startswith(STANDING)}
    beside = {name, f"{STANDING}README.txt"}
    if here - beside != digests.keys() - beside:
        raise mismatch(name, "the files that stand", "others")
    for path, sha in digests.items():
        if files.sha256(path) != sha:
            raise mismatch(path, str(sha), files.sha256(path))


def _grown(leaves: list[bytes], trust: Trust, log: Lineage) -> tuple[Cosigned, ...]:
    """Check that the record grew out of the checkpoint that was kept."""
    if trust.since is None:
        return ()
    verify_checkpoint(trust.since, log)
    _check_grown(leaves, trust.since, "checkpoint kept")
    return cosignatures(trust.since, trust.witnesses)


def _check_grown(leaves: list[bytes], since: Checkpoint, name: str) -> None:
    size = since.head.size
    if size > len(leaves):
        raise mismatch(name, f"at most {len(leaves)} entries", f"{size}")
    if (root := root_of(leaves[:size])) != since.head.root:
        raise mismatch(
            f"{name}: entries 0 to {size - 1}", f"the root {since.head.hex}", root.hex()
        )
