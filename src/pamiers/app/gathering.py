"""Standing findings put into cases, and taken back where they stand no longer."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pamiers.app.case_values import Opened, case_values, cases_of
from pamiers.compliance.finding import Finding, Verdict
from pamiers.core.errors import UsageError
from pamiers.mission.cases import (
    Cases,
    caught_up,
    file_finding,
    folded,
    record_event,
)
from pamiers.mission.judged import standing_findings
from pamiers.procedure.case import Case
from pamiers.procedure.event import Event
from pamiers.procedure.grouping import breach_of

#: who files what was assessed, and takes it back
ASSESSMENT: Final = "assessment"
_MOST: Final = 1_000_000  #: cases of a mission


def gather(folder: Path, severity: int, now: datetime) -> dict[str, Any]:
    """Put every standing finding of breach into a case; those in one stay there.

    A finding that was put into a case so and is found no longer is taken back there,
    by an entry that says how it is judged now; the case, open or closed, keeps it.

    Args:
        folder: Mission.
        severity: Of findings until somebody classifies them, 1 to 4.
        now: Instant of recording.

    Returns:
        How many findings there are, which cases they are in, what no procedure answers,
        and what was taken back.
    """
    with cases_of(folder) as held:
        judged = standing_findings(held.cases.mission)
        return gathered(held, judged, severity, now)


def gathered(
    held: Opened, judged: Iterable[Finding], severity: int, now: datetime
) -> dict[str, Any]:
    """Put findings into the cases of a mission that is open already.

    Args:
        held: Its cases.
        judged: Every finding that stands, whatever its verdict.
        severity: Of findings until somebody classifies them, 1 to 4.
        now: Instant of recording.

    Returns:
        As `gather`.
    """
    plain = [each for each in judged if each.reading is None]
    found = [each for each in plain if each.verdict is Verdict.BREACHED]
    caught_up(held.cases, now)
    gone = list(_taken_back(held.cases, plain, now))
    names, unanswered = _put(held, found, severity, now)
    return {
        "findings": len(found),
        "cases": sorted(set(names)),
        "unanswered": unanswered,
        "retracted": gone,
    }


def _put(
    held: Opened, found: list[Finding], severity: int, now: datetime
) -> tuple[list[str], list[str]]:
    """Return the cases that findings are in now, and what no procedure answers."""
    answered = {each.id: each.on_breach for each in held.agreement.clauses}
    known = {
        key: case.id
        for case in _every(held.cases, now)
        for key in case.standing.breaches
        if key not in case.standing.gone
    }
    names, unanswered = [], []
    for finding in sorted(found, key=lambda each: (each.start, each.key)):
        procedure = str(answered.get(finding.clause))
        if procedure not in held.cases.rules:
            unanswered.append(finding.key)
        elif finding.key in known:
            names.append(known[finding.key])
        else:
            breach = breach_of(finding, severity)
            case, _ = file_finding(
                held.cases, procedure, breach, now, by=(ASSESSMENT, "")
            )
            names.append(case.id)
    return names, unanswered


def brought(
    held: Opened, finding: Finding, severity: int, by: tuple[str, str], now: datetime
) -> dict[str, Any]:
    """Put one finding of breach into the case that it belongs to, by name.

    Args:
        held: The cases of a mission that is open already.
        finding: One whose verdict is a breach.
        severity: 1 to 4, until somebody classifies it.
        by: Office that brings it in, and person.
        now: Instant of recording.

    Returns:
        `case`, and what is due in it; one that is in a case already changes nothing.

    Raises:
        UsageError: It is no finding of breach, or no procedure answers its clause.
    """
    answered = {each.id: each.on_breach for each in held.agreement.clauses}
    procedure = str(answered.get(finding.clause))
    if finding.verdict is not Verdict.BREACHED or procedure not in held.cases.rules:
        raise UsageError(
            finding.key,
            expected="a finding of breach of a clause that a procedure answers",
            got=f"{finding.verdict.value}, of {finding.clause}",
            remedy="Say in the agreement what answers the clause (`on_breach`).",
        )
    caught_up(held.cases, now)
    breach = breach_of(finding, severity)
    case, _ = file_finding(held.cases, procedure, breach, now, by=by)
    return {"case": case.id, "due": case_values(case, now)["due"]}


def _taken_back(cases: Cases, judged: list[Finding], now: datetime) -> Iterator[str]:
    """Take back findings of cases that are found no longer; yield their keys."""
    verdicts = {each.key: each.verdict for each in judged}
    for case in list(_every(cases, now)):
        ours = {
            breach.key
            for event in case.entries
            if event.kind == "finding" and event.by == ASSESSMENT
            for breach in event.breaches
        }
        for key in case.standing.breaches:
            verdict = verdicts.get(key)
            stands = verdict is Verdict.BREACHED or key in case.standing.gone
            if stands or (verdict is None and key not in ours):
                continue
            told = "not judged any more" if verdict is None else verdict.value
            event = Event(
                kind="retracted",
                at=now,
                by=ASSESSMENT,
                findings=(key,),
                reason=f"assessed anew: {told}",
            )
            record_event(cases, case.id, case.rules.procedure.id, event, now)
            yield key


def _every(cases: Cases, now: datetime) -> Iterator[Case]:
    """Yield every case but those that were joined to another."""
    lines = cases.index.lines(status=None, limit=_MOST)
    names = [each.id for each in lines if each.status != "merged"]
    return folded(cases, names, now)
