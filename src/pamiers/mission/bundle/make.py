"""What goes into a bundle of an edition, file by file.

Entries are given as the edition's readers may see them; payloads and originals only
where the whole entry may be seen; what stands as `export` gives it.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from pamiers.core.canonical import canonical_bytes
from pamiers.core.instant import format_instant
from pamiers.core.sharing import Sharing
from pamiers.ledger.checkpoint import Checkpoint
from pamiers.ledger.disclosed import Disclosed, disclosed
from pamiers.ledger.entry import Entry
from pamiers.ledger.keys import VerifierKey
from pamiers.ledger.proof import Proof
from pamiers.ledger.rows import read_parts
from pamiers.ledger.tree import prove
from pamiers.mission.batch import unpack_lines
from pamiers.mission.bundle.crate import About, crate
from pamiers.mission.bundle.layout import (
    AGREEMENT,
    CHECKPOINT,
    CRATE,
    ENTRIES,
    KEYS,
    ORIGINALS,
    READERS,
    README,
    STANDING,
    checkpoint_file,
    files_of,
    payload_file,
    proof_file,
    rows_file,
)
from pamiers.mission.bundle.rows import closed_parts, partial_lines
from pamiers.mission.bundle.secrecy import agreement_sharing
from pamiers.mission.calibrated import PAYLOAD as MODEL
from pamiers.mission.cases import EVENT
from pamiers.mission.export import export_files
from pamiers.mission.mission import PROJECTION_VERSION, Mission
from pamiers.mission.register import PAYLOAD as SAID
from pamiers.mission.versions import agreement_files
from pamiers.report.redaction import edition_named

#: a file of a bundle, and its bytes in pieces
Pieces = tuple[str, Iterator[bytes]]
#: kinds whose last entry is proved in a file of its own
PROVED: Final = ("mission", "agreement", "fusion", "assessment")
_README: Final = """A record of pamiers, checked without pamiers by verify_pamiers.py.

entries.jsonl     every entry in order: whole, in part, or its leaf alone
rows/             the rows of each batch, whole or in part
payloads/         other bytes beside entries
originals/        files as they were received, by their SHA-256
agreement/        the agreement in force
standing/         what stands: observations, incidents, findings
checkpoint.txt    size and root of the record, signed, and who else saw it
checkpoints/      older checkpoints that witnesses saw
proofs/           proofs that single entries are in the record
keys.txt          the key of the record; compare it with the one you know
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A bundle to be made. Invariant: `checkpoint` is of the record as it is."""

    mission: Mission
    edition: str
    checkpoint: Checkpoint
    key: VerifierKey  #: of the record
    older: Sequence[Checkpoint] = ()  #: that witnesses cosigned, by size

    @property
    def reader(self) -> Sharing:
        """Return up to which class readers of the edition may see."""
        return READERS[self.edition]

    @property
    def about(self) -> About:
        """Return what tells the bundle from another."""
        last = ""
        for entry in self.entries():
            last = format_instant(entry.recorded_at)
        return About(
            origin=self.checkpoint.origin,
            edition=self.edition,
            entries=self.checkpoint.head.size,
            recorded_at=last,
            version=PROJECTION_VERSION,
        )

    def entries(self) -> Iterator[Entry]:
        """Yield the entries that the checkpoint is over."""
        return islice(self.mission.record.entries(), self.checkpoint.head.size)


def payload_of_bundle(plan: Plan) -> Iterator[Pieces]:
    """Yield the files of a bundle's payload; each has to be read before the next.

    Args:
        plan: What to make.

    Yields:
        Path and bytes.

    Raises:
        UnknownTermError: No such edition.
        LedgerMismatchError: An entry is not what was recorded.
    """
    edition_named(plan.edition)
    names: list[str] = []
    for name, pieces in _files(plan):
        names.append(name)
        yield name, pieces
    yield CRATE, iter([crate(plan.about, names)])


def _files(plan: Plan) -> Iterator[Pieces]:
    yield README, iter([_README.encode()])
    yield KEYS, iter([f"{plan.key}\n".encode()])
    yield CHECKPOINT, iter([str(plan.checkpoint).encode()])
    for each in plan.older:
        yield checkpoint_file(each.head.size), iter([str(each).encode()])
    closed = _closed(plan)
    yield ENTRIES, (bytes(_told(plan, e, closed)) + b"\n" for e in plan.entries())
    for entry in plan.entries():
        yield from _beside(plan, entry, _told(plan, entry, closed))
    yield from _originals(plan)
    if not closed:
        for name, text in sorted(agreement_files(plan.mission).items()):
            yield f"{AGREEMENT}{name}", iter([text.encode()])
    for name, data in export_files(plan.mission, edition=plan.edition).items():
        yield f"{STANDING}{name}", iter([data])
    yield from _proofs(plan)


def _closed(plan: Plan) -> frozenset[str]:
    """Return the fields that are closed because the agreement has secret parts."""
    open_to = agreement_sharing(plan.mission)
    return frozenset() if open_to.seen_with(plan.reader) else frozenset({"agreement"})


def _told(plan: Plan, entry: Entry, closed: frozenset[str]) -> Disclosed:
    return disclosed(
        entry, plan.reader, closed=closed, partly=bool(_closed_in(plan, entry))
    )


def _closed_in(plan: Plan, entry: Entry) -> frozenset[str]:
    """Return which parts of an entry's rows are closed; empty for none."""
    if entry.kind != "rows" or "parts" not in entry.body:
        return frozenset()
    said = entry.body["parts"]
    parts = read_parts(said) if isinstance(said, dict) else None
    return frozenset() if parts is None else closed_parts(parts, plan.reader)


def _beside(plan: Plan, entry: Entry, told: Disclosed) -> Iterator[Pieces]:
    """Yield what lies beside an entry, as far as the edition gives it."""
    if told.content is None:
        return
    read = plan.mission.record.payload
    if entry.kind == "rows":
        yield rows_file(entry.index), _rows(plan, entry)
        if told.whole:
            yield _origins(plan, entry)
    elif told.whole and entry.kind == "quarantine":
        yield (
            payload_file(entry.index, "items.json"),
            iter([read(entry.index, "items")]),
        )
    elif told.whole and entry.kind == "calibration":
        data = zlib.decompress(read(entry.index, MODEL))
        yield payload_file(entry.index, "model.json"), iter([data])
    elif told.whole and entry.kind == "fusion" and "said" in entry.body:
        data = zlib.decompress(read(entry.index, SAID))
        yield payload_file(entry.index, "said.jsonl"), iter([data])


def _rows(plan: Plan, entry: Entry) -> Iterator[bytes]:
    lines: Iterator[bytes] = iter(
        unpack_lines(plan.mission.record.payload(entry.index, "rows"))
    )
    closed, said = _closed_in(plan, entry), entry.body.get("parts")
    if closed and isinstance(said, dict):
        lines = partial_lines(entry.salt, lines, read_parts(said), closed)
    for line in lines:
        yield line + b"\n"


def _origins(plan: Plan, entry: Entry) -> Pieces:
    data = zlib.decompress(plan.mission.record.payload(entry.index, "origins"))
    pairs = np.frombuffer(data, dtype="<i8").reshape(-1, 2).tolist()
    name = payload_file(entry.index, "origins.json")
    return name, iter([canonical_bytes(pairs) + b"\n"])


def _originals(plan: Plan) -> Iterator[Pieces]:
    """Yield the files as received, where the edition may have them."""
    digests = set()
    for entry in plan.entries():
        if entry.kind == "file" and _told(plan, entry, frozenset()).whole:
            identity = entry.body["of_file"]
            assert isinstance(identity, dict)  # noqa: S101 - as recorded
            digests.add(str(identity["sha256"]))
        elif entry.kind == EVENT and _told(plan, entry, frozenset()).whole:
            digests.update(files_of(entry.body))
    for digest in sorted(digests):
        yield f"{ORIGINALS}{digest}", iter([plan.mission.originals.get(digest)])


def _proofs(plan: Plan) -> Iterator[Pieces]:
    last: dict[str, int] = {}
    leaves = []
    for entry in plan.entries():
        leaves.append(entry.leaf)
        if entry.kind in PROVED:
            last[entry.kind] = entry.index
    for index in sorted(last.values()):
        proof = Proof(index, tuple(prove(leaves, index)), plan.checkpoint)
        yield proof_file(index), iter([str(proof).encode()])
