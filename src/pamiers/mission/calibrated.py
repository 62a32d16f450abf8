"""Learn what sources are like, as a step on record that fusion then rests on."""

import hashlib
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

import orjson

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import LedgerMismatchError, Where
from pamiers.core.source import Source
from pamiers.fusion.model import FusionModel
from pamiers.fusion.plane import plane_about
from pamiers.fusion.reports import reports_of
from pamiers.ledger.entry import Entry
from pamiers.mission.mission import Mission, new_draft
from pamiers.mission.state import state
from pamiers.mission.taxonomies import words_in_force

if TYPE_CHECKING:
    from pamiers.fusion.learned import Learned
    from pamiers.fusion.scorecard import Scorecard

PAYLOAD: Final = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """What a calibration learned, and whether that was news to the record."""

    entry: int  #: index of the entry that holds it
    digest: str  #: SHA-256 of the model's canonical bytes
    reports: int  #: how many taught it
    cards: "tuple[Scorecard, ...]"
    new_entries: int


def calibrate(
    mission: Mission, sources: dict[str, Source], *, code: str, now: datetime
) -> Calibrated:
    """Learn what sources are like from what stands, and put it on record.

    Args:
        mission: The mission.
        sources: As the agreement's folder describes them.
        code: Version of the program that learns.
        now: Instant of recording, aware.

    Returns:
        What was learned; `new_entries` is 0 where the model in force is the same.
    """
    # Compiled loops are loaded only where something is learned (ADR 0018).
    from pamiers.fusion.learned import learn  # noqa: PLC0415 - loaded when it is used
    from pamiers.fusion.scorecard import scorecards  # noqa: PLC0415 - loaded when it is used

    head = mission.record.head()
    model = FusionModel(sources=sources, words=words_in_force(mission))
    reports = reports_of(state(mission).tables["observation"], model)
    placed = reports.placed
    plane = plane_about(reports.lon[placed], reports.lat[placed])
    found = learn(reports, model, plane)
    data = canonical_bytes(found.plain())
    digest = hashlib.sha256(data).hexdigest()
    done = Calibrated(
        entry=head.size,
        digest=digest,
        reports=found.calibration.reports,
        cards=scorecards(reports, found),
        new_entries=1,
    )
    last = last_calibration(mission)
    if last is not None and last.body["model"] == digest:
        return replace(done, entry=last.index, new_entries=0)
    body: dict[str, object] = {
        "code": code,
        "learned_from": {"entries": head.size, "head": head.hex},
        "model": digest,
        "reports": done.reports,
        "sources": [name for name in found.sources if name],
    }
    payload = {PAYLOAD: zlib.compress(data)}
    draft = new_draft(mission, "calibration", body, now, payload)
    mission.record.append([draft], after=head.size)
    return done


def last_calibration(
    mission: Mission, *, as_of: datetime | None = None
) -> Entry | None:
    """Return the entry of the calibration in force; None where there is none."""
    found = None
    for entry in mission.record.entries(("calibration",)):
        if as_of is None or entry.recorded_at <= as_of:
            found = entry
    return found


def learned_in_force(
    mission: Mission, *, as_of: datetime | None = None
) -> "Learned | None":
    """Return what was learned of sources, as the record has it.

    Args:
        mission: The mission.
        as_of: Leave out what was learned later; None for the last.

    Returns:
        None where nothing was learned: then priors hold.

    Raises:
        LedgerMismatchError: The model was altered.
    """
    entry = last_calibration(mission, as_of=as_of)
    if entry is None:
        return None
    from pamiers.fusion.learned import learned_of  # noqa: PLC0415 - loaded when it is used

    return learned_of(orjson.loads(model_in(mission, entry)))


def model_in(mission: Mission, entry: Entry) -> bytes:
    """Return the canonical bytes of a calibration's model, checked.

    Raises:
        LedgerMismatchError: They were altered.
    """
    try:
        data = zlib.decompress(mission.record.payload(entry.index, PAYLOAD))
        got = hashlib.sha256(data).hexdigest()
    except zlib.error as error:
        data, got = b"", type(error).__name__
    if got != entry.body["model"]:
        raise LedgerMismatchError(
            Where(f"entry {entry.index}", field=PAYLOAD),
            expected=str(entry.body["model"]),
            got=got,
            remedy="Restore the record from a copy that verifies.",
        )
    return data
