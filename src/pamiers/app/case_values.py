"""The cases of a mission, opened for use and as plain values."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pamiers.agreement.model import Agreement
from pamiers.agreement.model.procedure import Step
from pamiers.app.wiring import case_index, is_mission, opened
from pamiers.core.instant import format_instant
from pamiers.mission.case_index import UNTOLD, CaseLine
from pamiers.mission.cases import Cases, caught_up, load
from pamiers.mission.judged import agreement_of
from pamiers.mission.mission import Mission
from pamiers.procedure.case import Case
from pamiers.procedure.clocks import Due
from pamiers.procedure.event import Breach
from pamiers.procedure.rules import rules_of
from pamiers.procedure.standing import StepState, Transition

_SAID = ("reply", "account", "dispute", "reserved", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The cases of a mission, and the agreement they run under."""

    cases: Cases
    agreement: Agreement


@contextmanager
def cases_of(folder: Path) -> Iterator[Opened]:
    """Open the cases of a mission, and let go of them at the end.

    Raises:
        UsageError: There is no mission in the folder.
    """
    with opened(folder) as mission, cases_in(mission, folder) as held:
        yield held


@contextmanager
def cases_in(mission: Mission, folder: Path) -> Iterator[Opened]:
    """Open the cases of a mission that is open already.

    Args:
        mission: The mission.
        folder: Its folder, where the index of its cases lies.

    Yields:
        Its cases, under the rules of the agreement in force.
    """
    with case_index(folder) as index:
        agreement = agreement_of(mission)
        rules = {name: rules_of(agreement, name) for name in agreement.procedures}
        held = Cases(mission=mission, index=index, rules=rules)
        yield Opened(cases=held, agreement=agreement)


def listed(
    folder: Path, now: datetime, *, status: str | None, limit: int
) -> dict[str, Any]:
    """Return cases as plain values, those that are due next first.

    Args:
        folder: Mission.
        now: As of when what is overdue is told.
        status: Only of this status; None for all.
        limit: Most cases.

    Returns:
        `cases`, `counts` of each status, and `overdue` among those listed. What is due
        next of a case is `untold` where something came about that nobody was told yet.
    """
    with cases_of(folder) as held:
        caught_up(held.cases, now)
        lines = held.cases.index.lines(status=status, limit=limit)
        counts = held.cases.index.counts()
    rows = [_line(each, now) for each in lines]
    return {
        "cases": rows,
        "counts": counts,
        "overdue": sum(bool(each["overdue"]) for each in rows),
        "as_of": format_instant(now),
    }


def _line(line: CaseLine, now: datetime) -> dict[str, Any]:
    untold = line.next_key == UNTOLD
    late = line.next_due is not None and line.next_due < now
    return {
        "id": line.id,
        "procedure": line.procedure,
        "status": line.status,
        "outcome": line.outcome or None,
        "clause": line.clause or None,
        "parties": list(line.parties),
        "opened_at": _at(line.opened_at),
        "next_due": _at(line.next_due),
        "next": line.next_key or None,
        "overdue": late and not untold,
        "untold": untold,
        "lapsed": line.lapsed,
    }


def due_in_cases(path: str, now: datetime) -> list[dict[str, Any]]:
    """Return what is due next in each open case of a mission, the first first.

    Args:
        path: Mission folder; an agreement has no cases.
        now: As of when.

    Returns:
        Case, key, instant and whether it is overdue; empty for an agreement.
    """
    if not is_mission(Path(path)):
        return []
    rows = listed(Path(path), now, status="open", limit=1000)["cases"]
    return [
        {
            "case": each["id"],
            "key": each["next"],
            "due_at": each["next_due"],
            "overdue": each["overdue"],
        }
        for each in rows
        if each["next_due"] is not None and not each["untold"]
    ]


def shown(folder: Path, name: str, now: datetime) -> dict[str, Any]:
    """Return a case with everything that is on record of it, as plain values.

    Raises:
        UsageError: There is no such case.
    """
    with cases_of(folder) as held:
        told = case_values(load(held.cases, name, now), now)
        return {**told, "notices": notices_of(held.cases, name)}


def notices_of(cases: Cases, name: str) -> list[dict[str, Any]]:
    """Return the notices of a case with their receipts, the earliest first.

    Args:
        cases: Of the mission; their index has caught up.
        name: Id of the case.

    Returns:
        When it became so, was put on record and was delivered, by what means; and
        when each addressee acknowledged it, None where he has not.
    """
    return [
        {
            **{key: told[key] for key in ("key", "at", "told_at", "what", "to")},
            "about": told["about"] or None,
            "delivered_at": next((_at(r.at) for r in receipts if not r.by), None),
            "means": next((r.means for r in receipts if not r.by), None),
            "acknowledged": {
                who: next((_at(r.at) for r in receipts if r.by == who), None)
                for who in told["to"]
            },
        }
        for told, receipts in cases.index.notices(name)
        if told["kind"] == "notice"
    ]


def case_values(case: Case, now: datetime) -> dict[str, Any]:
    """Return a case as plain values: findings and what contests them side by side.

    A step that nobody took is late until now, or until the case was closed.
    """
    held = case.standing
    until = held.closed_at or now
    return {
        "id": case.id,
        "procedure": case.rules.procedure.id,
        "status": held.status,
        "outcome": held.outcome or None,
        "round": held.round,
        "opened_at": _at(held.opened_at),
        "closed_at": _at(held.closed_at),
        "as_of": format_instant(now),
        "findings": [
            {**_breach(b), "withdrawn": held.gone.get(key)}
            for key, b in held.breaches.items()
        ],
        "said": [_transition(each) for each in held.log if each.what in _SAID],
        "steps": [
            _step(each, held.steps.get(each.id, StepState()), until)
            for each in case.rules.procedure.steps
        ],
        "due": [_due(each, now) for each in case.due],
        "attribution": _plain(held.attribution),
        "remedies": {
            name: {
                "of": list(each.of),
                "determined_at": _at(each.determined_at),
                "due_at": _at(each.due_at),
                "done_at": _at(each.done_at),
                "verified_at": _at(each.verified_at),
            }
            for name, each in held.remedies.items()
        },
        "signatures": dict(held.signatures),
        "log": [_transition(each) for each in held.log],
        "refused": [
            {
                "kind": r.event.kind,
                "by": r.event.by,
                "at": _at(r.event.at),
                "why": r.why,
            }
            for r in case.refused
        ],
    }


def lapsed(case: Case) -> Iterator[tuple[Step, StepState]]:
    """Yield steps whose time ran out and that nobody took; they may still be taken."""
    if case.is_open:
        for step in case.rules.procedure.steps:
            state = case.standing.steps.get(step.id)
            if state is not None and state.status == "lapsed":
                yield step, state


def _plain(held: Mapping[str, object]) -> dict[str, object] | None:
    return {
        key: format_instant(each) if isinstance(each, datetime) else each
        for key, each in held.items()
    } or None


def _breach(breach: Breach) -> dict[str, Any]:
    return {
        "key": breach.key,
        "clause": breach.clause,
        "party": breach.party,
        "level": breach.level,
        "breach_at": _at(breach.breach_at),
        "found_at": _at(breach.found_at),
        "alleged": breach.found_at is None,
    }


def _step(step: Step, state: StepState, until: datetime) -> dict[str, Any]:
    ended = state.ended_at or until
    late = state.lapsed_at and (ended - state.lapsed_at).total_seconds()
    return {
        "id": step.id,
        "do": dict(step.do),
        "by": list(state.passed_to or step.by),
        "status": state.status,
        "clock": step.from_,
        "within": str(step.within) if step.within else None,
        "opened_at": _at(state.opened_at),
        "due_at": _at(state.due_at),
        "lapsed_at": _at(state.lapsed_at),
        "ended_at": _at(state.ended_at),
        "late_s": late,
        "outcome": state.outcome or None,
        "done_by": state.by or None,
        "deemed": state.deemed,
    }


def _due(due: Due, now: datetime) -> dict[str, Any]:
    return {
        "key": due.key,
        "by": list(due.by),
        "due_at": _at(due.due_at),
        "overdue": due.due_at < now,
    }


def _transition(each: Transition) -> dict[str, Any]:
    return {
        "at": _at(each.at),
        "what": each.what,
        "about": each.key or None,
        "by": each.by or None,
        "due_at": _at(each.due_at),
        "outcome": each.outcome or None,
        "reason": each.reason or None,
        "round": each.round,
    }


def _at(at: datetime | None) -> str | None:
    return None if at is None else format_instant(at)
