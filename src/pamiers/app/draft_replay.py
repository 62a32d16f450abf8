"""Replay a draft over a mission's record: what it would have found, and begun."""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement
from pamiers.agreement.origins import sources_in
from pamiers.agreement.reader import read
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.judgement import by_clause
from pamiers.app.wiring import opened
from pamiers.compliance.assess import assess_days
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.world import World
from pamiers.core.instant import format_instant
from pamiers.core.sharing import Sharing
from pamiers.mission.judged import (
    agreement_of,
    days_on_record,
    known_at,
    standing_findings,
    world_of,
)
from pamiers.mission.open_part import open_to
from pamiers.mission.state import state
from pamiers.procedure import Breach, Case
from pamiers.simulation.breaking import breaches_in
from pamiers.simulation.casework import Casework
from pamiers.simulation.outcome import Step, steps_of

#: so often times run out before cases are taken to come to no end
_MOST_TURNS: Final = 20_000


def replay_draft(draft: str, over: Path) -> dict[str, object]:
    """Judge a mission's record by a draft agreement, and open the cases it foresees.

    Every breach is taken to have been found at the end of its reporting day, on what
    is on record today. Nobody acts: the steps that open, and when each would have been
    due, are what a draft demands of people, not what they did.

    Args:
        draft: Folder of the draft, or name of a bundled agreement.
        over: Mission folder; nothing is recorded in it.

    Returns:
        Findings by verdict and by clause, of the draft and of the mission's own
        agreement; cases with their steps; `in_silence`, what time alone makes of
        the cases; plain values.

    Raises:
        MalformedAgreementError: The draft cannot be run.
        UsageError: There is no mission in the folder.
    """
    return replay_texts(agreement_texts(draft), over)


def replay_texts(
    texts: Mapping[str, str], over: Path, reader: Sharing = Sharing.CONFIDENTIAL
) -> dict[str, object]:
    """Judge a mission's record by the texts of a draft, as `replay_draft` does.

    Args:
        texts: Of the draft's folder, file name -> text.
        over: Mission folder; nothing is recorded in it.
        reader: The most closed class that may be told of; what is closed beyond it
            is left out, as if it had not been sent.

    Returns:
        As `replay_draft`.

    Raises:
        MalformedAgreementError: The draft cannot be run.
        UsageError: There is no mission in the folder.
    """
    agreement = load_agreement(texts)
    with opened(over) as whole:
        mission = open_to(whole, reader)
        found, known = state(mission), known_at(mission)
        own, standing = agreement_of(mission), standing_findings(mission)
        world = world_of(mission, found)
        days = days_on_record(found, agreement)
        name = mission.name
    sources = {**world.sources, **sources_in(read(texts).written)}
    world = World(
        observations=world.observations,
        totals=world.totals,
        coverage=world.coverage,
        statements=world.statements,
        tallies=world.tallies,
        incidents=world.incidents,
        sources=sources,
    )
    findings = tuple(assess_days(agreement, world, days, known))
    breaches, casework = _cases(findings, world, agreement)
    steps = [each for case in casework.cases.values() for each in steps_of(case)]
    told = [_told(step, breaches, casework) for step in steps]
    foreseen = {step.case for step in steps}
    return {
        "agreement": agreement.id,
        "over": name,
        "days": len(days),
        "findings": _counted(findings),
        "clauses": by_clause(findings),
        "own_agreement": own.id,
        "own_findings": _counted(standing),
        "own_clauses": by_clause(standing),
        "breaches": len(breaches),
        "cases": len(casework.cases),
        "no_step_foreseen": sum(case not in foreseen for case in casework.cases),
        "steps": told,
        "in_silence": in_silence(casework),
    }


def _counted(findings: Sequence[Finding]) -> dict[str, int]:
    counts = {verdict.value: 0 for verdict in Verdict}
    for finding in findings:
        counts[finding.verdict.value] += 1
    return counts


def _cases(
    findings: Sequence[Finding], world: World, agreement: Agreement
) -> tuple[Mapping[str, Breach], Casework]:
    """Return the breaches of a draft, and the cases they make, in order of time."""
    ends = {finding.key: finding.end for finding in findings}
    casework = Casework(agreement=agreement)
    found: list[tuple[datetime, Breach]] = []
    for breach in breaches_in(findings, world, agreement):
        end = ends.get(breach.key)
        late = breach.breach_at if end is None else max(end, breach.breach_at)
        found.append((late, breach))
    found.sort(key=lambda each: (each[0], each[1].key))
    for at, breach in found:
        casework.take(breach, "finding", "record", at)
    return {breach.key: breach for _, breach in found}, casework


def in_silence(casework: Casework) -> dict[str, object]:
    """Let every time of some cases run out while nobody acts, and say what became.

    Args:
        casework: Cases with all that was found; they are moved on.

    Returns:
        `steps`: how many opened. `closed`: cases that silence closes; `stuck`: cases
        that stay open with nothing due any more, or that come to no end.
        `longest_s`: from a case's opening to its close, or to the last that was due
        in it, at the longest [s]; null without cases. `waited_s`: the same of all
        cases together.
    """
    for _ in range(_MOST_TURNS):
        due = casework.next_due()
        if due is None:
            break
        deque(casework.pass_time(due + timedelta.resolution), maxlen=0)
    cases = [case for case in casework.cases.values() if case.log]
    waits = [(_end(case) - case.log[0].at).total_seconds() for case in cases]
    stuck = sum(case.is_open for case in cases)
    return {
        "steps": sum(1 for case in cases for _ in steps_of(case)),
        "closed": len(cases) - stuck,
        "stuck": stuck,
        "longest_s": max(waits, default=None),
        "waited_s": sum(waits),
    }


def _end(case: Case) -> datetime:
    """Return when a case was closed, or when the last that was due in it was over."""
    closed = (each.at for each in case.log if each.what == "closed")
    return next(closed, case.log[-1].at)


def _told(
    step: Step, breaches: Mapping[str, Breach], casework: Casework
) -> dict[str, object]:
    clauses = {
        breaches[key].clause
        for key, case in casework.case_of.items()
        if case == step.case
    }
    return {
        "case": step.case,
        "clauses": sorted(clauses),
        "step": step.step,
        "by": list(step.by),
        "opened_at": format_instant(step.opened_at),
        "due_at": format_instant(step.due_at) if step.clocked else None,
    }
