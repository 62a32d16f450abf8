"""Take in the record of another mission: two posts that had no line to one another.

Files are filed as if they had been received here: rows that are known already are
duplicates, and what contradicts is quarantined, by the same code. So taking in the same
bundle twice changes nothing, and the order in which posts exchange does not matter.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import numpy as np

from pamiers.core.canonical import digest
from pamiers.core.canonical_rows import read_canonical_lines
from pamiers.core.errors import UsageError
from pamiers.core.instant import Interval, parse_instant
from pamiers.core.table import Table, concatenate
from pamiers.ledger.disclosed import Disclosed, read_disclosed
from pamiers.mission.bundle.check import Checked
from pamiers.mission.bundle.layout import (
    ENTRIES,
    ORIGINALS,
    BundleFiles,
    payload_file,
    rows_file,
)
from pamiers.mission.decided import decisions, in_force, read_decision, record_decision
from pamiers.mission.mission import Mission, new_draft
from pamiers.mission.reading import Quarantined, Reading, ReadOptions, Release
from pamiers.mission.record import Submission, record
from pamiers.mission.versions import Told, agreement_files

#: decisions that speak of reports alone, and so mean the same in any record
PORTABLE: Final = ("withdraw", "correct")
#: kinds that `merge` takes in, or that say nothing of the world
_TAKEN: Final = ("mission", "file", "rows", "quarantine", "release", "fusion")
_OWN: Final = ("assessment", "import", "issue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What became of a bundle that was taken in."""

    files: int
    rows_read: int
    accepted: int
    duplicate: int
    quarantined: int
    decisions: int  #: decisions about reports that were put on record
    left: dict[str, int]  #: entries by kind that mean nothing in another record
    new_entries: int


@dataclass(slots=True)
class _File:
    """A file as another mission received it, gathered from its entries."""

    body: dict[str, Any]
    rows: list[Disclosed] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    release: dict[str, Any] | None = None

    @property
    def sha256(self) -> str:
        return str(self.body["of_file"]["sha256"])


def merge(
    files: BundleFiles, checked: Checked, mission: Mission, now: datetime
) -> Merged:
    """Take in a bundle that was checked.

    Args:
        files: The bundle.
        checked: What the check found.
        mission: Where to.
        now: Instant of recording, aware.

    Returns:
        The account: `rows_read == accepted + duplicate + quarantined`.

    Raises:
        UsageError: The edition withholds rows or files, or it is of another agreement.
        OutOfOrderError: Somebody else recorded meanwhile; take it in again.
    """
    told = [read_disclosed(line, i) for i, line in enumerate(files.lines(ENTRIES))]
    _check_whole(checked, told)
    _check_agreement(told, mission)
    before = mission.record.head().size
    gathered = _gathered(files, told)
    receipts = [record(mission, _submission(files, each), now=now) for each in gathered]
    decided = _decide(told, mission, now)
    _note(checked, mission, now)
    return Merged(
        files=len(gathered),
        rows_read=sum(each.rows_read for each in receipts),
        accepted=sum(each.accepted for each in receipts),
        duplicate=sum(each.duplicate for each in receipts),
        quarantined=sum(each.quarantined for each in receipts),
        decisions=decided,
        left=_left(told),
        new_entries=mission.record.head().size - before,
    )


def _check_whole(checked: Checked, told: list[Disclosed]) -> None:
    if checked.withheld or not all(each.whole for each in told):
        raise UsageError(
            "bundle",
            expected="the commission's edition, which holds rows and files",
            got=f"the {checked.about.edition} edition",
            remedy="Ask the other post for `--edition commission`.",
        )


def _check_agreement(told: list[Disclosed], mission: Mission) -> None:
    there = Told()
    for each in told:
        if _kind(each) in {"mission", "agreement"}:
            there.take(each.index, _body(each))
    here = agreement_files(mission)
    if digest(there.files) != digest(here):
        raise UsageError(
            "bundle",
            expected="a record of the same agreement, in the same version",
            got="one of another",
            remedy="Bring both missions to one version of the agreement first.",
        )


def _kind(told: Disclosed) -> str:
    return "" if told.content is None else told.content.kind


def _body(told: Disclosed) -> dict[str, Any]:
    return {} if told.content is None else dict(told.content.body)


def _gathered(files: BundleFiles, told: list[Disclosed]) -> list[_File]:
    """Return the files of a record with all that came of each, in order."""
    found: dict[str, _File] = {}
    last: dict[str, str] = {}  # digest of the bytes -> how they were read last
    for each in told:
        kind, body = _kind(each), _body(each)
        if kind == "file":
            name = digest(body["of_file"])
            found.setdefault(name, _File(body))
            last[found[name].sha256] = name
        elif kind == "rows":
            found[last[body["file"]]].rows.append(each)
        elif kind == "quarantine":
            items = json.loads(files.read(payload_file(each.index, "items.json")))
            found[digest(body["of_file"])].items = items
        elif kind == "release":
            found[digest(body["of_file"])].release = body
    return list(found.values())


def _submission(files: BundleFiles, one: _File) -> Submission:
    identity, release = one.body["of_file"], one.release
    options = ReadOptions(
        file_name=one.body["name"],
        mapping=one.body["mapping"],
        source=identity.get("source"),
        release=None if release is None else _release(release),
    )
    return Submission(
        data=files.read(f"{ORIGINALS}{one.sha256}"),
        format=identity["format"],
        options=options,
        reading=_reading(files, one),
    )


def _release(body: dict[str, Any]) -> Release:
    covers = body["covers"]
    return Release(
        name=body["name"],
        released_on=date.fromisoformat(body["released_on"]),
        covers=None if covers is None else Interval(*map(parse_instant, covers)),
    )


def _reading(files: BundleFiles, one: _File) -> Reading:
    tables: dict[str, list[Table]] = {}
    origins: dict[str, list[Any]] = {}
    for each in one.rows:
        kind = str(_body(each)["of"])
        lines = list(files.lines(rows_file(each.index)))
        pairs = json.loads(files.read(payload_file(each.index, "origins.json")))
        tables.setdefault(kind, []).append(read_canonical_lines(kind, lines))
        origins.setdefault(kind, []).append(np.array(pairs, dtype=np.int64))
    return Reading(
        tables={kind: concatenate(kind, each) for kind, each in tables.items()},
        origins={kind: np.concatenate(each) for kind, each in origins.items()},
        rows_read=int(one.body["rows_read"]),
        quarantined=tuple(Quarantined(**item) for item in one.items),
        header=int(one.body["header"]),
    )


def _decide(told: list[Disclosed], mission: Mission, now: datetime) -> int:
    """Put decisions about reports on record that are not there yet."""
    made = [
        read_decision(each.index, now, _body(each))
        for each in told
        if _kind(each) == "decision"
    ]
    here = {_said(each) for each in decisions(mission)}
    count = 0
    for each in in_force(made):
        if each.act in PORTABLE and _said(each) not in here:
            said: dict[str, object] = {
                "fields": each.fields,
                "reports": list(each.reports),
            }
            record_decision(mission, each.act, said, (each.by, each.reason), now)
            count += 1
    return count


def _said(decision: Any) -> str:  # noqa: ANN401 - a decision
    about = (decision.act, decision.by, decision.reason, list(decision.reports))
    return digest([*about, decision.fields])


def _note(checked: Checked, mission: Mission, now: datetime) -> None:
    """Put on record which record was taken in, unless it says so already."""
    body: dict[str, object] = {
        "edition": checked.about.edition,
        "entries": len(checked.leaves),
        "head": checked.checkpoint.head.hex,
        "key": str(checked.key),
        "origin": checked.checkpoint.origin,
    }
    after = mission.record.head().size
    if not any(e.body == body for e in mission.record.entries(("import",))):
        mission.record.append([new_draft(mission, "import", body, now)], after=after)


def _left(told: list[Disclosed]) -> dict[str, int]:
    return dict(sorted(Counter(_not_taken(told)).items()))


def _not_taken(told: list[Disclosed]) -> Iterator[str]:
    for each in told:
        kind = _kind(each)
        portable = kind == "decision" and _body(each)["act"] in PORTABLE
        if kind not in (*_TAKEN, *_OWN) and not portable:
            yield kind
