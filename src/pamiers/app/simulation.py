"""Simulate a scenario: a mission's record as it would grow, and its truth apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import orjson

from pamiers.app.rehearsal import (
    Wanted,
    lived_through,
    prepare,
    text_of,
    told,
    write_report,
)
from pamiers.app.wiring import created, write_file
from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.rows import Observation, Row
from pamiers.core.table import RECORDED, table_of
from pamiers.mission.casebook import file_events
from pamiers.mission.happened import fuse
from pamiers.mission.incidents import withdraw
from pamiers.mission.judged import assess
from pamiers.mission.mission import Mission, begin
from pamiers.mission.reading import Reading, ReadOptions
from pamiers.mission.record import Submission, record
from pamiers.report.after_action import AfterAction
from pamiers.simulation.living import Lived, periods_of
from pamiers.simulation.telling import Sent
from pamiers.simulation.written import read_setting

#: format under which simulated rows are filed; no file of this format is ever read
FORMAT = "simulation"


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was heard, and when, to be filed once the mission is open."""

    batches: list[tuple[datetime, list[Sent]]] = field(default_factory=list)

    def __call__(self, now: datetime, news: Sequence[Sent]) -> None:
        if news:
            self.batches.append((now, list(news)))


def simulate(scenario: Path, seed: int, out: Path) -> dict[str, object]:
    """Live through a scenario and keep it as a mission, the truth in a folder beside.

    Args:
        scenario: YAML file of a simulation.
        seed: The same seed gives the same world.
        out: Folder of the mission, new or empty; the truth goes to `<out>-truth`.

    Returns:
        Figures, and what the mission holds, as plain values.

    Raises:
        MalformedAgreementError: The agreement cannot be run.
        MalformedSourceError: The scenario cannot be read.
        UsageError: The folder holds something already.
    """
    written = read_setting(text_of(scenario), scenario.name)
    beside = scenario.parent / written.agreement
    agreement = str(beside) if beside.is_dir() else written.agreement
    prepared = prepare(agreement, Wanted(seed=seed, scenario=scenario))
    heard = _Heard()
    with created(out) as mission:
        start = periods_of(prepared.stage, prepared.setting)[0].start
        begin(mission, prepared.texts, start)
        lived, report = lived_through(prepared, seed, heard)
        _file(mission, lived, heard)
        fused, judged = fuse(mission, lived.ended_at), assess(mission, lived.ended_at)
        entries = mission.record.head().size
    truth = out.with_name(f"{out.name}-truth")
    written_files = write_report(report, truth)
    write_file(truth / "truth.json", _truth(lived, report))
    return {
        **told(report),
        **written_files,
        "mission": str(out),
        "truth": str(truth),
        "entries": entries,
        "incidents": len(fused.incidents),
        "findings": judged.by_verdict,
    }


def _file(mission: Mission, lived: Lived, heard: _Heard) -> None:
    """File what was heard and what was done, in the order in which it was known."""
    waiting = list(lived.casework.filed)
    for now, news in heard.batches:
        before = [each for each in waiting if (each.event.recorded_at or now) < now]
        file_events(mission, [(e.case, e.procedure, e.event) for e in before])
        waiting = waiting[len(before) :]
        file_rows(mission, [each.row for each in news if not each.taken_back], now)
        for each in news:
            if each.taken_back and isinstance(each.row, Observation):
                name = f"{each.row.source}:{each.row.key}"
                withdraw(
                    mission, name, (each.row.source, "withdrawn by its source"), now
                )
    file_events(mission, [(e.case, e.procedure, e.event) for e in waiting])


def file_rows(mission: Mission, rows: Sequence[Row], now: datetime) -> None:
    """File rows as a reading of the bytes of their canonical lines.

    Args:
        mission: The mission.
        rows: Of any kind that is recorded; none files nothing.
        now: When they were heard [UTC].
    """
    tables, origins = {}, {}
    lines: list[bytes] = []
    for kind in RECORDED:
        own = [row for row in rows if type(row).__name__.lower() == kind]
        if own:
            tables[kind] = table_of(kind, own)
            first = len(lines) + 1
            lines += canonical_lines(tables[kind])
            count = np.arange(first, first + len(own), dtype=np.int64)
            origins[kind] = np.column_stack((count, count))
    if not rows:
        return
    submission = Submission(
        data=b"\n".join(lines),
        format=FORMAT,
        options=ReadOptions(file_name=f"heard-{now:%Y%m%dT%H%M%S}.jsonl"),
        reading=Reading(tables=tables, origins=origins, rows_read=len(rows)),
    )
    record(mission, submission, now=now)


def _truth(lived: Lived, report: AfterAction) -> bytes:
    """Return the truth of a simulated world as JSON: what happened, and was claimed."""
    held = {
        "agreement": lived.stage.agreement.id,
        "seed": report.rehearsed.seed,
        "days": [
            {
                "period": day.period,
                "foul": day.foul,
                "deeds": day.deeds,
                "omissions": day.omissions,
                "inventions": day.inventions,
            }
            for day in lived.days
        ],
    }
    return orjson.dumps(held, option=orjson.OPT_INDENT_2)
