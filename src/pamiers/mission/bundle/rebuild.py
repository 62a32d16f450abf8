"""Put the record of a bundle together again, and compute what stands from it."""

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from pamiers.core.canonical_rows import read_canonical_lines
from pamiers.core.instant import parse_instant
from pamiers.ledger.disclosed import Disclosed, read_disclosed
from pamiers.ledger.entry import Draft
from pamiers.mission.batch import digests_of
from pamiers.mission.bundle.layout import (
    ENTRIES,
    ORIGINALS,
    STANDING,
    BundleFiles,
    payload_file,
    rows_file,
)
from pamiers.mission.calibrated import PAYLOAD as MODEL
from pamiers.mission.export import export_files
from pamiers.mission.mission import Mission
from pamiers.mission.register import PAYLOAD as SAID
from pamiers.mission.replay import Replayed, replay

_FAST: Final = 1
_AT_ONCE: Final = 1000


def rebuild(files: BundleFiles, mission: Mission) -> None:
    """Fill an empty mission with the record of a bundle that was checked.

    Args:
        files: A bundle of which every entry is given, whole or in part.
        mission: An empty mission in memory.
    """
    for name in files.names:
        if name.startswith(ORIGINALS):
            mission.originals.put(files.read(name))
    drafts: list[Draft] = []
    size = 0
    for index, line in enumerate(files.lines(ENTRIES)):
        drafts.append(_draft(files, read_disclosed(line, index)))
        if len(drafts) == _AT_ONCE:
            size = mission.record.append(drafts, after=size).size
            drafts = []
    mission.record.append(drafts, after=size)


def _draft(files: BundleFiles, told: Disclosed) -> Draft:
    assert told.content is not None  # noqa: S101 - every entry is given
    return Draft(
        kind=told.content.kind,
        recorded_at=parse_instant(told.content.recorded_at, "entry"),
        content=bytes(told.content),
        salt=told.salt,
        leaf=told.leaf,
        payload=dict(_payload(files, told)),
    )


def _payload(files: BundleFiles, told: Disclosed) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes that lie beside an entry in a record."""
    assert told.content is not None  # noqa: S101 - every entry is given
    index, kind, body = told.index, told.content.kind, told.content.body
    if kind == "rows":
        lines = list(files.lines(rows_file(index)))
        pairs = json.loads(files.read(payload_file(index, "origins.json")))
        origins = np.array(pairs, dtype="<i8").tobytes()
        yield "rows", zlib.compress(b"\n".join(lines), _FAST)
        yield "origins", zlib.compress(origins, _FAST)
        yield "digests", digests_of(read_canonical_lines(str(body["of"]), lines), lines)
    elif kind == "quarantine":
        yield "items", files.read(payload_file(index, "items.json"))
    elif kind == "calibration":
        yield MODEL, zlib.compress(files.read(payload_file(index, "model.json")))
    elif kind == "fusion" and "said" in body:
        yield (
            SAID,
            zlib.compress(files.read(payload_file(index, "said.jsonl")), _FAST),
        )


def replayed(files: BundleFiles, mission: Mission) -> tuple[Replayed, Sequence[str]]:
    """Compute every incident and finding of a rebuilt record again, and compare.

    Args:
        files: The bundle.
        mission: Its record, rebuilt, under the name that the bundle gives it.

    Returns:
        What was computed, and a sentence for each result that differs from what the
        record or the bundle says.
    """
    found = replay(mission)
    told = json.loads(files.read(f"{STANDING}about.json"))
    made = export_files(mission, edition=str(told["edition"]))
    here = {name for name in files.names if name.startswith(STANDING)}
    names = {f"{STANDING}{name}": data for name, data in made.items()}
    differing = [
        name
        for name in sorted(here | names.keys())
        if name not in names or name not in here or files.read(name) != names[name]
    ]
    said = [
        f"{name}: expected what the record gives, got another" for name in differing
    ]
    return found, [*found.differences, *said]


def name_in(files: BundleFiles) -> str:
    """Return the name of the mission that a bundle tells of."""
    return str(json.loads(files.read(f"{STANDING}about.json"))["mission"])
