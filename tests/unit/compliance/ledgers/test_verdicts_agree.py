"""The calendar and the verdicts tell the same of every duty of every scenario."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from pamiers.agreement.model import Agreement, Verb
from pamiers.app.agreement_files import bundled
from pamiers.app.scenario_files import runnable, scenario_files
from pamiers.compliance.assess import assess
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.duty import Duty, Occasion, Status
from pamiers.compliance.ledgers.trial.compare import known_at
from pamiers.compliance.scenario.facts import versions_of, world_at
from pamiers.compliance.scenario.written import read_scenario
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone
from pamiers.core.source import Source

CASES = [(name, file) for name in bundled() for file in scenario_files(name)]
DONE = {Status.DONE, Status.DONE_LATE}
OTHERS = {"calendar": frozenset[str](), "ledger": frozenset[str]()}


@cache
def loaded(name: str) -> tuple[Agreement, dict[str, Source]]:
    """Return an agreement cut to its duties, and its sources."""
    agreement, sources = runnable(name)
    named = {anchor.completed for anchor in agreement.waits.values()}
    for clause in agreement.clauses:
        named |= set(clause.upon)
        for reading in clause.readings:
            named |= {each.clause for each in reading.requires}
            named |= set(reading.upon.breach_of if reading.upon is not None else ())
    named |= {i.clause for gate in agreement.gates.values() for i in gate.indicators}
    duties = (Verb.OBLIGE, Verb.AT_LEAST)
    kept = [c for c in agreement.clauses if c.verb in duties or c.id in named]
    return replace(agreement, clauses=tuple(kept)), sources


def pairs(name: str, text: str) -> Iterator[tuple[Duty, Finding]]:
    """Yield each duty with a deadline beside the finding on it, at every step."""
    agreement, sources = loaded(name)
    scenario = read_scenario(text, name, OTHERS)
    versions = versions_of(scenario.given, agreement, name)
    for step in scenario.steps:
        world = world_at(versions, step.at, sources)
        tz = zone(agreement.time_zone)
        day = reporting_date(step.at, agreement.cut_off, tz)
        period = reporting_day(day, agreement.cut_off, tz)
        findings = assess(agreement, world, Interval(period.start, period.end), step.at)
        known = known_at(agreement, world, step.at)
        for duty in calendar(known):
            for finding in findings:
                if same(duty, finding, known.agreement):
                    yield duty, finding


def same(duty: Duty, finding: Finding, agreement: Agreement) -> bool:
    if duty.occasion not in (Occasion.DEADLINE, Occasion.TOTAL):
        return False
    if duty.clause != finding.clause:
        return False
    clause = agreement.clause(duty.clause)
    reading = finding.reading or clause.default.id
    acts = clause.verb in (Verb.OBLIGE, Verb.AT_LEAST)
    state = all(r.state not in ("", "presence") for r in clause.readings)
    return (
        acts
        and not state
        and finding.party in (None, duty.bearer)
        and (not duty.readings or reading in duty.readings)
        and duty.status is not Status.ENDED
    )


@pytest.mark.parametrize(
    ("name", "file"), CASES, ids=[f"{name}/{file.name}" for name, file in CASES]
)
def test_calendar_and_verdict_agree(name: str, file: Traversable | Path) -> None:
    for duty, finding in pairs(name, file.read_text(encoding="utf-8")):
        told = f"{duty.clause} {duty.bearer}: {duty.status}, {finding.why}"
        done = finding.why is Why.DONE and finding.verdict is Verdict.KEPT
        late = finding.why is Why.LATE and finding.done_at is not None
        assert (duty.status in DONE) == (done or late), told
        assert (duty.status is Status.DONE_LATE) == late, told
        assert (duty.status is Status.LOCKED) == (finding.why is Why.LOCKED), told
