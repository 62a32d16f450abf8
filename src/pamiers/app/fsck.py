"""Look at every file of a mission's folder, and name what is damaged.

Facts are never mended here: only what can be computed again from them is thrown away.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from pamiers.app.checkpoints import FOLDER as CHECKPOINTS
from pamiers.app.checkpoints import read_kept
from pamiers.app.log_key import FILE as SEED
from pamiers.app.log_key import public_key
from pamiers.app.wiring import (
    CASES,
    ORIGINALS,
    PROJECTIONS,
    RECORD,
    indexed_cases,
    is_mission,
    opened,
    pages_summed,
    projection_whole,
    record_damage,
)
from pamiers.core.errors import PamiersError, StoreError, UsageError
from pamiers.ledger.checkpoint import verify_checkpoint
from pamiers.mission.access.succession import lineage_of
from pamiers.mission.audit import Damage, damage_of
from pamiers.mission.case_audit import index_faults
from pamiers.mission.erasure import unfinished
from pamiers.mission.mission import Mission

_COPY: Final = "Restore the file from a copy that verifies."
#: what can be made again, and copies: nothing that is checked here rests on them; what
#: the index of cases says is held against the record
_ASIDE: Final = ("reports", "backups", "index", CASES, f"{CASES}-wal", f"{CASES}-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What was looked at, and what is damaged."""

    checked: int  #: files
    pages_summed: bool  #: whether every byte of the record could be looked at
    damage: tuple[Damage, ...]
    mended: tuple[str, ...]  #: files thrown away, to be computed again
    aside: tuple[str, ...]  #: files that are not part of the mission's state

    def to_dict(self) -> dict[str, object]:
        """Return it as plain values."""
        return {
            "checked": self.checked,
            "pages_summed": self.pages_summed,
            "damage": [asdict(each) for each in self.damage],
            "mended": list(self.mended),
            "aside": list(self.aside),
        }


def fsck(folder: Path, *, repair: bool) -> Health:
    """Look at every file of a mission.

    Args:
        folder: The mission folder.
        repair: Throw away damaged files that are computed from others.

    Returns:
        What was found; damage that was mended is told as mended.

    Raises:
        UsageError: There is no mission in the folder.
    """
    if not is_mission(folder):
        raise UsageError(
            str(folder),
            expected=f"a mission folder, which holds {RECORD}",
            got="none",
            remedy="Name the folder of a mission.",
        )
    found = list(record_damage(folder))
    summed = pages_summed(folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    aside = [p for p in files if p.relative_to(folder).parts[0] in _ASIDE]
    found += _in_files(folder, [p for p in files if p not in aside])
    if not any(each.file == RECORD for each in found):
        found += _in_record(folder)
    return Health(
        checked=len(files) - len(aside),
        pages_summed=summed,
        damage=tuple(e for e in found if not (repair and e.mendable)),
        mended=tuple(_mended(folder, found)) if repair else (),
        aside=tuple(str(path.relative_to(folder)) for path in aside),
    )


def _mended(folder: Path, found: list[Damage]) -> Iterator[str]:
    for name in sorted({each.file for each in found if each.mendable}):
        (folder / name).unlink(missing_ok=True)
        yield name


def _in_files(folder: Path, files: list[Path]) -> Iterator[Damage]:
    """Yield damage in files that say of themselves what they should be."""
    for path in files:
        name = path.relative_to(folder)
        if name.parts[0] == ORIGINALS:
            yield from _original(path, str(name))
        elif name.parts[0] == PROJECTIONS and not projection_whole(path.read_bytes()):
            yield Damage(
                file=str(name),
                where="whole",
                what="it is not what was computed",
                remedy="Run it again with --repair: it will be computed anew.",
                mendable=True,
            )


def _original(path: Path, name: str) -> Iterator[Damage]:
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if path.name.endswith(".partial"):
        what, mendable = "a file that was never finished", True
    elif got != path.name or path.parent.name != got[:2]:
        what, mendable = f"its bytes have the digest {got[:16]}...", False
    else:
        return
    yield Damage(file=name, where="whole", what=what, remedy=_COPY, mendable=mendable)


def _in_record(folder: Path) -> Iterator[Damage]:
    """Yield damage in entries, the key, and checkpoints that were kept."""
    try:
        with opened(folder) as mission:
            yield from damage_of(mission)
            yield from _signed(folder, mission)
            yield from _not_forgotten(mission)
            yield from _of_cases(folder, mission)
    except PamiersError as error:
        what = f"expected {error.expected}, got {error.got}"
        yield Damage(file=RECORD, where="whole", what=what, remedy=error.remedy)


def _not_forgotten(mission: Mission) -> Iterator[Damage]:
    for each in unfinished(mission):
        yield Damage(
            file=RECORD,
            where=f"entry {each.entry}",
            what=f"it still says what proposal {each.proposal} had forgotten",
            remedy="Run `pamiers erasure finish`; copies may hold it too.",
        )


def _of_cases(folder: Path, mission: Mission) -> Iterator[Damage]:
    """Yield where the index of cases says what the record does not."""
    if not (folder / CASES).is_file():
        return
    try:
        faults = list(index_faults(mission, indexed_cases(folder)))
    except StoreError:
        faults = ["whole"]
    for where in faults:
        yield Damage(
            file=CASES,
            where=where,
            what="it says of cases what the record does not",
            remedy="Run it again with --repair: it is made again from the record.",
            mendable=True,
        )


def _signed(folder: Path, mission: Mission) -> Iterator[Damage]:
    try:
        key = public_key(folder, mission)
    except PamiersError as error:
        yield Damage(file=str(SEED), where="whole", what=error.got, remedy=error.remedy)
        return
    for path in sorted((folder / CHECKPOINTS).glob("*.txt")):
        name = f"{CHECKPOINTS}/{path.name}"
        whole = False
        with suppress(PamiersError):
            found = read_kept(path)
            if key is not None:
                verify_checkpoint(found, lineage_of(mission, key))
            whole = True
        if not whole:
            what = "it is not a checkpoint signed by the record"
            yield Damage(file=name, where="whole", what=what, remedy=_COPY)
