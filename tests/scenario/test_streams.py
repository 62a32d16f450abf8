"""What the scenarios of `streams` say, the engine for many facts says too."""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pamiers.agreement.model import Agreement
from pamiers.app.scenario_files import KEYS, runnable, scenario_files
from pamiers.compliance.bulk.compiled import program_of
from pamiers.compliance.bulk.engine import Batch, Engine, engine_of
from pamiers.compliance.bulk.running import Running
from pamiers.compliance.bulk.standing import Standing
from pamiers.compliance.bulk.vocabulary import (
    EITHER,
    NOBODY,
    Thing,
    Vocabulary,
)
from pamiers.compliance.kernels.judging import Breaches, Ints, Setting
from pamiers.compliance.scenario.facts import versions_of, world_at
from pamiers.compliance.scenario.written import Expectation, Scenario, read_scenario
from pamiers.core.rows import Incident, read_extra, read_shares
from pamiers.core.source import Source
from tests.scenario.wording import number, span

#: what the engine for many facts tells of each, read once; `RENEW=1` writes it anew
AT_ONCE = Path(__file__).parent / "told-at-once"
FOLDER = str(Path(__file__).parent / "streams")
FILES = [file.name for file in scenario_files(FOLDER)]
WAYS = pytest.mark.parametrize("loops", [False, True], ids=["numpy", "loops"])
WORDS = {
    None: Thing(),
    "tank": Thing(kind="tank"),
    "122 mm howitzer": Thing(kind="howitzer", calibre_mm=122.0),
}
CODES = Vocabulary(
    kinds=(
        "shot",
        "impact",
        "flight",
        "weapon_presence",
        "event:alarm",
        "event:answer",
    ),
    things=tuple(WORDS.values()),
    actors=("north", "south", "militia", EITHER.join(("north", "south")), NOBODY),
)


@cache
def loaded() -> tuple[Agreement, dict[str, Source]]:
    return runnable(FOLDER)


@cache
def engine() -> Engine:
    return engine_of(program_of(loaded()[0], CODES), CODES)


@cache
def scenario(name: str) -> Scenario:
    (file,) = (each for each in scenario_files(FOLDER) if each.name == name)
    return read_scenario(file.read_text(encoding="utf-8"), name, KEYS)


def facts(told: Scenario) -> list[Incident]:
    agreement, sources = loaded()
    versions = versions_of(told.given, agreement, told.file)
    rows = world_at(versions, told.steps[-1].at, sources).incidents.views()
    kept = [row for row in rows if isinstance(row, Incident)]
    return sorted(kept, key=lambda row: (row.start, row.key))


def batch(rows: Sequence[Incident]) -> Batch:
    things, refs = list(WORDS), sorted({ref_of(row) for row in rows})

    def column(values: Sequence[float], kind: type) -> np.ndarray:
        return np.array(values, dtype=kind)

    return Batch(
        time=column([int(row.start.timestamp()) for row in rows], np.int64),
        lon=column([_number(row.lon) for row in rows], np.float64),
        lat=column([_number(row.lat) for row in rows], np.float64),
        kind=column([CODES.kinds.index(row.kind) for row in rows], np.int16),
        group=column([things.index(row.weapons) for row in rows], np.int16),
        actor=column([CODES.actors.index(whose(row)) for row in rows], np.int16),
        chance=column([row.probability for row in rows], np.float64),
        id=column([refs.index(ref_of(row)) for row in rows], np.int64),
    )


def whose(row: Incident) -> str:
    """Return what stands for who did it; of several, one did."""
    return EITHER.join(sorted(name for name, _ in read_shares(row.actors, row.actor)))


def ref_of(row: Incident) -> str:
    return read_extra(row.extra).get("ref", row.key)


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def setting(told: Scenario, *, loops: bool) -> Setting:
    return Setting(known_s=int(told.steps[-1].at.timestamp()) - 1, loops=loops)


def named(each: Expectation, row: Incident) -> bool:
    """Tell whether an expectation is about a fact: of its day, or its occasion."""
    day = each.which.get("day")
    if day is None:
        return row.key == each.which["occasion"]
    return row.start.astimezone(UTC).date() == date.fromisoformat(str(day))


def agrees(each: Expectation, rows: Sequence[Incident], found: Breaches) -> bool:
    bad = [rows[i].key for i in found.facts if named(each, rows[i])]
    waits = [rows[i].key for i in found.open if named(each, rows[i])]
    wanted = each.expected.get("verdict")
    certain = wanted == "BREACHED"
    if certain != bool(bad) or (wanted == "UNDETERMINED") != bool(waits):
        return False
    shown = each.expected.get("evidence")
    return shown is None or not certain or bad == shown


@WAYS
@pytest.mark.parametrize("name", FILES)
def test_many_facts_are_judged_as_one_by_one(name: str, *, loops: bool) -> None:
    told = scenario(name)
    rows = facts(told)
    judged = engine().judge(batch(rows), setting(told, loops=loops))
    demands = [demand.rule.clause.id for demand in engine().program.demands]
    for each in told.steps[-1].then:
        found = judged[demands.index(each.about)]
        assert agrees(each, rows, found), (each, found)


@WAYS
@pytest.mark.parametrize("name", FILES)
def test_counts_are_the_same_at_once_in_batches_and_corrected(
    name: str, *, loops: bool
) -> None:
    told = scenario(name)
    rows = facts(told)
    known = setting(told, loops=loops)
    at_once = engine().count(batch(rows), known)
    judged = engine().judge(batch(rows), known)
    assert at_once == [(len(each.facts), len(each.open)) for each in judged]
    running, standing = Running(engine(), loops=loops), Standing(engine(), loops=loops)
    whole = batch(rows)
    for i in range(len(rows)):
        running.put(_one(whole, i))
        standing.put(_one(whole, len(rows) - 1 - i))
    assert running.counts(known.known_s) == at_once
    assert standing.counts(known.known_s) == at_once
    for i in range(0, len(rows), 2):
        standing.take_out(_one(whole, i))
        standing.put(_one(whole, i))
    assert standing.counts(known.known_s) == at_once


def told_at_once(name: str, *, loops: bool) -> str:
    """Return all that the engine for many facts finds, clause by clause, as text."""
    told = scenario(name)
    rows = facts(told)
    lines = [told.title]
    judged = engine().judge(batch(rows), setting(told, loops=loops))
    for demand, found in zip(engine().program.demands, judged, strict=True):
        keys = [rows[i].key for i in found.evidence]
        bad, waits = listed(found.facts, rows), listed(found.open, rows)
        lines += [
            f"{demand.rule.clause.id}: breached at {bad}; open at {waits}",
            f"    certain {found.certain}; breach {span(found.low, found.high)}",
        ]
        lines += [
            f"    {', '.join(keys[first:last])}; breach {number(1.0 - none)}"
            for first, last, none in zip(
                found.begin.tolist(),
                found.end.tolist(),
                found.episodes.none.tolist(),
                strict=True,
            )
        ]
    return "\n".join(lines) + "\n"


def listed(places: Ints, rows: Sequence[Incident]) -> str:
    return ", ".join(rows[i].key for i in places.tolist()) or "none"


@WAYS
@pytest.mark.parametrize("name", FILES)
def test_the_same_follows_for_many_facts_at_once(name: str, *, loops: bool) -> None:
    kept = AT_ONCE / f"{name.removesuffix('.yaml')}.txt"
    told = told_at_once(name, loops=loops)
    if os.environ.get("RENEW"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(told, encoding="utf-8")
    assert told == kept.read_text(encoding="utf-8")


def _one(whole: Batch, i: int) -> Batch:
    return whole._replace(
        **{name: getattr(whole, name)[i : i + 1] for name in Batch._fields}
    )


def test_a_scenario_is_told_of_every_clause() -> None:
    asked = {each.about for name in FILES for each in scenario(name).steps[-1].then}
    assert asked == {demand.rule.clause.id for demand in engine().program.demands}
    assert datetime(2026, 3, 1, tzinfo=UTC) == loaded()[0].clauses[0].default.from_at
