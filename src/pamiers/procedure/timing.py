"""Longer times asked for and consented to, and appeals."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from pamiers.agreement.model.procedure import Step
from pamiers.agreement.values.duration import (
    Duration,
    TimeTroubleError,
    parse_duration,
)
from pamiers.procedure.clocks import timed
from pamiers.procedure.event import Event
from pamiers.procedure.moves import reopen, shift
from pamiers.procedure.rules import Rules, after
from pamiers.procedure.standing import Standing, StepState


def _duration(text: str) -> Duration | None:
    with suppress(TimeTroubleError):
        return parse_duration(text)
    return None


def _asked(rules: Rules, standing: Standing, event: Event) -> str:
    step, state = rules.procedure.step(event.step), standing.steps.get(event.step)
    if step is None or state is None or state.status != "open" or not state.due_at:
        return "step-not-open"
    if step.longer is None:
        return "no-extension"
    lasts = _duration(event.lasts)
    if lasts is None:
        return "no-duration"
    if not _within(rules, state, step.longer, (*state.longer, event.lasts)):
        return "too-long"
    agreed = frozenset({event.by} & set(step.consent_of))
    standing.asked[step.id] = (event.by, event.lasts, agreed)
    standing.note(
        event.at, "extension-asked", step.id, by=event.by, reason=event.reason
    )
    _agree(rules, standing, (step, state), event.at)
    return ""


def _within(
    rules: Rules, state: StepState, most: Duration, longer: tuple[str, ...]
) -> bool:
    """Tell whether all prolongations together stay within what was agreed."""
    end: datetime | None = state.base_at
    last = end and after(rules, end, most)
    for each in longer:
        end = end and after(rules, end, parse_duration(each))
    return bool(end and last and end <= last)


def _consent(rules: Rules, standing: Standing, event: Event) -> str:
    step, state = rules.procedure.step(event.step), standing.steps.get(event.step)
    asked = standing.asked.get(event.step)
    if step is None or state is None or asked is None:
        return "nothing-asked"
    if state.status != "open":
        return "step-not-open"
    if event.by not in step.consent_of:
        return "not-entitled"
    by, lasts, agreed = asked
    if event.choice != "yes":
        del standing.asked[step.id]
        standing.note(
            event.at, "extension-refused", step.id, by=event.by, reason=event.reason
        )
        return ""
    standing.asked[step.id] = (by, lasts, agreed | {event.by})
    _agree(rules, standing, (step, state), event.at)
    return ""


def _agree(
    rules: Rules, standing: Standing, found: tuple[Step, StepState], at: datetime
) -> None:
    step, state = found
    by, lasts, agreed = standing.asked[step.id]
    if not set(step.consent_of) <= agreed:
        return
    del standing.asked[step.id]
    longer = replace(state, longer=(*state.longer, lasts))
    state = timed(rules, standing, step, longer)
    standing.steps[step.id] = state
    standing.note(at, "extended", step.id, by=by, due_at=state.due_at)


def _appeal(rules: Rules, standing: Standing, event: Event) -> str:
    appeal = rules.procedure.appeal
    if appeal is None or event.by not in rules.speakers(appeal.by):
        return "not-entitled"
    if standing.decided_at is None or standing.appeal_at is not None:
        return "nothing-decided"
    end = after(rules, standing.decided_at, appeal.within)
    if end is not None and event.at > end:
        return "too-late"
    standing.appeal_at, standing.appeal_by = event.at, event.by
    if appeal.decided_within:
        standing.appeal_due = after(rules, event.at, appeal.decided_within)
    standing.note(
        event.at, "appeal", by=event.by, due_at=standing.appeal_due, reason=event.reason
    )
    return ""


def _appeal_decided(rules: Rules, standing: Standing, event: Event) -> str:
    appeal, since = rules.procedure.appeal, standing.appeal_at
    if appeal is None or since is None:
        return "no-appeal"
    able = rules.speakers(appeal.to) - standing.recused
    if event.by not in able:
        return "not-entitled"
    stopped = appeal.suspends and standing.appeal_due is not None
    standing.appeal_at = standing.appeal_due = None
    standing.note(
        event.at,
        "appeal-decided",
        by=event.by,
        outcome=event.outcome,
        reason=event.reason,
    )
    if stopped:
        shift(rules, standing, since, event.at)
    if event.outcome == "anew":
        reopen(rules, standing, event.at, event.reason or "appeal")
    elif event.outcome and event.outcome != "stands":
        standing.outcome = event.outcome
    return ""


TIMING: Final = {
    "extension-asked": _asked,
    "consent": _consent,
    "appeal": _appeal,
    "appeal-decided": _appeal_decided,
}
