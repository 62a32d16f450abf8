"""The commission's room: what is to be decided, by how many, and what was signed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pamiers.agreement.model.procedure import Decision, Step
from pamiers.app.pages.case_seen import Seen
from pamiers.app.pages.cases import Values, at_text, listed, names
from pamiers.app.pages.readers import Reader
from pamiers.core.instant import format_instant
from pamiers.core.sharing import Sharing
from pamiers.procedure.standing import StepState
from pamiers.procedure.voting import voters

#: decisions listed, the newest first
MOST: Final = 100
_NOW: Final = frozenset({"open", "lapsed"})


def commission(reader: Reader, now: datetime) -> Values:
    """Return the agenda with quorum and votes, minutes with signatures, decisions.

    Args:
        reader: The mission as its reader sees it.
        now: As of when.

    Returns:
        `agenda`: steps that several decide and that wait, what is due first first;
        `minutes` of closed cases; `decided`: what came of such steps. The public is
        given what was published, and no agenda.
    """
    found = listed(reader, now)
    public = Sharing(reader.edition.id) is Sharing.PUBLIC
    agenda = [] if public else [each for one in found for each in _agenda(one, now)]
    decided = sorted(
        (each for one in found for each in _decided(one)),
        key=lambda each: str(each["at"]),
        reverse=True,
    )
    return {
        "as_of": format_instant(now),
        "withheld": public,
        "votes_withheld": Sharing(reader.edition.id) < Sharing.COMMISSION,
        "agenda": sorted(agenda, key=lambda each: each["due_at"] or "9"),
        "minutes": [each for one in found for each in _minutes(one)],
        "decided": decided[:MOST],
        "names": names(reader),
    }


def _agenda(found: Seen, now: datetime) -> Iterator[Values]:
    case = found.case
    if not case.is_open:
        return
    for step in case.rules.procedure.steps:
        state = case.standing.steps.get(step.id)
        if step.decision and state is not None and state.status in _NOW:
            yield _item(found, step, (step.decision, state), now)


def _item(
    found: Seen, step: Step, at: tuple[Decision, StepState], now: datetime
) -> Values:
    rule, state = at
    case, held = found.case, found.case.standing
    able = voters(case.rules, held, step)
    present, motion = held.sessions.get(step.id, ((), ""))
    left = state.due_at and (state.due_at - now).total_seconds()
    return {
        "case": case.id,
        "step": step.id,
        "do": dict(step.do),
        "status": state.status,
        "due_at": at_text(state.due_at),
        "left_s": left,
        "rule": rule.rule,
        "quorum": rule.quorum,
        "each_party": rule.each_party,
        "chair": list(rule.chair),
        "among": list(able),
        "present": list(present) if found.votes else [],
        "absent": [e for e in able if e not in present]
        if present and found.votes
        else [],
        "motion": (motion or None) if found.votes else None,
        "votes": held.votes.get(step.id, {}) if found.votes else {},
    }


def _minutes(found: Seen) -> Iterator[Values]:
    case, held = found.case, found.case.standing
    office = case.rules.procedure.minutes
    if office is not None and held.status == "closed":
        yield {
            "case": case.id,
            "outcome": held.outcome or None,
            "closed_at": at_text(held.closed_at),
            "due_at": at_text(held.minutes_due),
            "at": at_text(held.minutes_at),
            "by": list(office.by),
            "signed_by": {who: held.signatures.get(who) for who in office.signed_by},
        }


def _decided(found: Seen) -> Iterator[Values]:
    procedure = found.case.rules.procedure
    for each in found.log():
        step = procedure.step(each.key)
        if each.what == "step-done" and step is not None and step.decision:
            yield {
                "case": found.case.id,
                "at": at_text(each.at),
                "do": dict(step.do),
                "by": each.by,
                "outcome": each.outcome or None,
            }
