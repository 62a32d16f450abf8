"""Check a bundle, compute its findings again, and tell what was found."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pamiers.app.bundle_reading import opened_bundle
from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.bag import mismatch
from pamiers.ledger.checkpoint import read_checkpoint
from pamiers.ledger.keys import verifier
from pamiers.mission.bundle.check import Checked, Trust, check_bundle
from pamiers.mission.bundle.layout import BundleFiles
from pamiers.mission.mission import PROJECTION_VERSION

if TYPE_CHECKING:
    from pamiers.mission.replay import Replayed

#: how a file of another form shows itself to code that reads it
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a bundle holds, and what computing its findings again gave."""

    checked: Checked
    again: "Replayed | None"  #: None where that could not be done
    why_not: str | None  #: why it could not
    differences: tuple[str, ...]


def trust_of(key: str | None, since: Path | None, witnesses: list[str]) -> Trust:
    """Return what whoever checks knows already.

    Raises:
        UsageError: A key is none.
        LedgerMismatchError: The checkpoint is none.
    """
    return Trust(
        key=None if key is None else verifier(key),
        since=None if since is None else read_checkpoint(since.read_bytes()),
        witnesses=tuple(verifier(each) for each in witnesses),
    )


def verify_bundle(path: Path, trust: Trust) -> Verified:
    """Check a bundle, and compute its findings again where it has what that needs.

    Raises:
        LedgerMismatchError: It was altered; the message names the file or the entry.
    """
    with opened_bundle(path) as files:
        try:
            return _again(files, check_bundle(files, trust))
        except MALFORMED as error:
            raise malformed(error) from error


def malformed(error: Exception) -> LedgerMismatchError:
    """Return the error of a bundle whose files have another form."""
    return mismatch("bundle", "the form of a bundle", type(error).__name__)


def _again(files: BundleFiles, checked: Checked) -> Verified:
    why_not = _why_not(checked)
    if why_not is not None:
        return Verified(checked=checked, again=None, why_not=why_not, differences=())
    # Engines are loaded only where something is computed again.
    from pamiers.app.wiring import mission_in_memory  # noqa: PLC0415 - loaded when it is used
    from pamiers.mission.bundle.rebuild import (  # noqa: PLC0415 - loaded when it is used
        name_in,
        rebuild,
        replayed,
    )

    mission = mission_in_memory(name_in(files))
    rebuild(files, mission)
    found, differences = replayed(files, mission)
    return Verified(
        checked=checked, again=found, why_not=None, differences=tuple(differences)
    )


def _why_not(checked: Checked) -> str | None:
    if checked.withheld or checked.partly:
        return f"the {checked.about.edition} edition withholds what that needs"
    if checked.about.version != PROJECTION_VERSION:
        made, here = checked.about.version, PROJECTION_VERSION
        return f"it was computed by version {made}, and this is version {here}"
    return None


def told(found: Verified, path: Path, trust: Trust) -> dict[str, object]:
    """Return what was found as plain values."""
    checked, again = found.checked, found.again
    return {
        "bundle": str(path),
        "edition": checked.about.edition,
        "origin": checked.checkpoint.origin,
        "entries": len(checked.leaves),
        "whole": checked.whole,
        "in_part": checked.partly,
        "withheld": checked.withheld,
        "rows": checked.rows,
        "originals": checked.originals,
        "head": checked.checkpoint.head.hex,
        "key": str(checked.key),
        "key_known": trust.key is not None,
        "since": None if trust.since is None else _since(checked, trust),
        "witnesses": [
            {"name": each.name, "at": each.at.isoformat()} for each in checked.witnesses
        ],
        "replayed": again is not None,
        "not_replayed": found.why_not,
        "incidents": None if again is None else again.incidents,
        "findings": None if again is None else again.findings,
        "differences": list(found.differences),
    }


def _since(checked: Checked, trust: Trust) -> dict[str, object]:
    assert trust.since is not None  # noqa: S101 - as called
    size = trust.since.head.size
    head = trust.since.head.hex
    return {"entries": size, "head": head, "added": len(checked.leaves) - size}


def lines(told: dict[str, object]) -> list[str]:
    """Return what was found in words, one sentence a line."""
    given = f"{told['whole']} whole, {told['in_part']} in part"
    said = [
        f"{told['edition']} edition of {told['origin']}.",
        f"{told['entries']} entries: {given}, {told['withheld']} as a leaf.",
        f"{told['rows']} rows and {told['originals']} original files verified.",
        f"Head {told['head']}",
        f"Key  {told['key']}",
    ]
    if not told["key_known"]:
        said.append("You gave no key: compare this one with the key that you know.")
    since = told["since"]
    if isinstance(since, dict):
        said.append(f"{since['added']} entries added since the checkpoint; none before")
        said.append("it was changed.")
    if told["replayed"]:
        counts = f"{told['incidents']} incidents, {told['findings']} findings"
        said.append(f"{counts} computed again.")
    else:
        said.append(f"Findings were not computed again: {told['not_replayed']}.")
    differences = told["differences"]
    assert isinstance(differences, list)  # noqa: S101 - made above
    said += [f"Differs: {each}" for each in differences]
    said.append("The bundle differs." if differences else "Everything agrees.")
    return said
