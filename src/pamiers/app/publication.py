"""Write an export into a folder that holds no other edition, or a bundle to a file."""

import json
from pathlib import Path

from pamiers.app.bundle_writing import write_bundle
from pamiers.app.checkpoints import kept_checkpoints
from pamiers.app.log_key import log_key
from pamiers.app.tables import SHEETS, table_files
from pamiers.app.wiring import opened, write_file
from pamiers.core.errors import UsageError
from pamiers.ledger.checkpoint import sign_checkpoint
from pamiers.ledger.tiles import Tiles, tiles_of
from pamiers.ledger.tree import Head, root_of
from pamiers.mission.access.succession import lineage_of
from pamiers.mission.bundle.make import Plan
from pamiers.mission.export import ABOUT, NAMES, export_files
from pamiers.mission.published import as_of_instant
from pamiers.mission.witnessed import checkpoint
from pamiers.render.tabular import BOOK, DICTIONARY
from pamiers.report.redaction import edition_named


def write_export(
    folder: Path, output: Path, *, edition: str, as_of: str | None, form: str = "jsonl"
) -> dict[str, int]:
    """Write everything that stands as files.

    Args:
        folder: Mission folder.
        output: Folder to write to; made where it is not there.
        edition: public, parties or commission.
        as_of: Release or instant that limits what is known; None for everything.
        form: jsonl, csv, xlsx, gpkg, or tiles: the tree of the record alone.

    Returns:
        Number of bytes by name of file.

    Raises:
        UsageError: `output` holds an export of another edition, or a file of an
            earlier one that this one would leave lying beside its own.
        UnknownTermError: No such edition, form or release.
    """
    if form == "tiles":
        return write_tiles(folder, output)
    with opened(folder) as mission:
        instant = None if as_of is None else as_of_instant(mission, as_of)
        files = export_files(mission, edition=edition, as_of=instant)
        if form != "jsonl":  # beside the line that says whose edition it is
            files = table_files(mission, form, edition=edition, as_of=instant) | {
                ABOUT: _about_tables(files[ABOUT], form)
            }
    _refuse_mixing(output, edition, set(files))
    # Said first which edition this is: a run cut short is still told apart.
    for name in sorted(files, key=lambda each: each != ABOUT):
        write_file(output / name, files[name])
    return {name: len(data) for name, data in files.items()}


def write_tiles(folder: Path, output: Path) -> dict[str, int]:
    """Write the tree of the record as a log of tiles has it (C2SP, tlog-tiles).

    Args:
        folder: Mission folder.
        output: Folder to write to; an older state of the same record is gone on from.

    Returns:
        Number of bytes by name of file.

    Raises:
        StoreError: The disk refused.
    """
    with opened(folder) as mission:
        key = log_key(folder, mission)
        leaves = [entry.leaf for entry in mission.record.entries()]
    tree, sizes = Tiles(), dict[str, int]()
    tree.add(leaves)
    for tile in tiles_of(tree.size):
        data = tree.read(tile)
        assert data is not None  # noqa: S101 - it is one of this very tree
        write_file(output / str(tile), data)
        sizes[str(tile)] = len(data)
    # Last, so that whoever reads it finds all tiles that it speaks of.
    signed = str(sign_checkpoint(Head(tree.size, root_of(leaves)), key)).encode()
    write_file(output / "checkpoint", signed)
    return {**sizes, "checkpoint": len(signed)}


def _about_tables(about: bytes, form: str) -> bytes:
    """Return what an export says of itself, for files of another form."""
    told = {name: v for name, v in json.loads(about).items() if name != "files"}
    return json.dumps({**told, "format": form}, sort_keys=True).encode() + b"\n"


def write_bundle_of(folder: Path, target: Path, *, edition: str) -> dict[str, int]:
    """Write the record of a mission as one bundle.

    Args:
        folder: Mission folder.
        target: The file; an older one of that name is replaced.
        edition: public, parties or commission.

    Returns:
        Number of bytes by path inside the bundle.

    Raises:
        UnknownTermError: No such edition.
        LedgerMismatchError: An entry is not what was recorded: nothing is written.
    """
    edition_named(edition)
    with opened(folder) as mission:
        key = log_key(folder, mission)
        bare = checkpoint(mission, key)
        log = lineage_of(mission, key.verifier)
        older = kept_checkpoints(folder, mission, log)
        same = [each for each in older if each.head == bare.head]
        plan = Plan(
            mission=mission,
            edition=edition,
            checkpoint=same[0] if same else bare,
            key=key.verifier,
            older=[each for each in older if each.head.size < bare.head.size],
        )
        return write_bundle(plan, key, target)


def _refuse_mixing(output: Path, edition: str, names: set[str]) -> None:
    known = (*NAMES, *BOOK.values(), DICTIONARY, *(f"{s}.csv" for s in SHEETS))
    left = [name for name in known if name not in names and (output / name).exists()]
    other = _edition_in(output)
    if left or other not in {None, edition}:
        raise UsageError(
            str(output),
            expected=f"a new or empty folder, or one with the {edition} edition",
            got=f"the {other} edition" if other != edition else ", ".join(left),
            remedy="Name another folder: files of two exports must not lie together.",
        )


def _edition_in(output: Path) -> str | None:
    """Return the edition that a folder holds; None for none."""
    path = output / ABOUT
    if not path.is_file():
        return None
    try:
        return str(json.loads(path.read_bytes())["edition"])
    except (ValueError, KeyError, TypeError):
        return "unnamed"
