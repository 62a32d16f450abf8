"""How a case changes: steps that open and end, the case that closes and reopens."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from pamiers.procedure.clocks import moved, timed
from pamiers.procedure.rules import Rules, after
from pamiers.procedure.standing import Standing, StepState
from pamiers.procedure.triggers import is_met


def open_steps(rules: Rules, standing: Standing, at: datetime) -> None:
    """Open every step whose trigger is met, until none opens any more."""
    while standing.status == "open" and any(
        _opens(rules, standing, step.id, at) for step in rules.procedure.steps
    ):
        continue


def _opens(rules: Rules, standing: Standing, name: str, at: datetime) -> bool:
    step = rules.procedure.step(name)
    waiting = standing.steps.get(name, StepState()).status == "waiting"
    if step is None or not waiting or not is_met(rules, standing, step):
        return False
    state = timed(rules, standing, step, StepState(status="open", opened_at=at))
    standing.steps[name] = state
    by = available(rules, standing, name)
    standing.note(at, "step-opened", name, by=" ".join(by), due_at=state.due_at)
    return True


def available(rules: Rules, standing: Standing, name: str) -> tuple[str, ...]:
    """Return who has to act on a step: its role, or the first alternate that can.

    Args:
        rules: Of the case.
        standing: Where it stands.
        name: Step.

    Returns:
        Roles or actors; empty where the role is vacant or recused and no alternate
        is there.
    """
    step, state = rules.procedure.step(name), standing.steps.get(name)
    if step is None:
        return ()
    named = state.passed_to if state and state.passed_to else step.by
    able = tuple(each for each in named if _able(rules, standing, name, each))
    if able:
        return able
    others = (e for e in step.alternates if _able(rules, standing, name, e))
    return tuple(others)[:1]


def _able(rules: Rules, standing: Standing, name: str, who: str) -> bool:
    if who in standing.vacant or who in rules.vacant or who in standing.recused:
        return False
    step = rules.procedure.step(name)
    if step is None or not step.recusal or step.decision is not None:
        return True
    return not rules.speakers([who]) & standing.concerned


def retime(rules: Rules, standing: Standing, at: datetime) -> None:
    """Count the times of steps anew, where what they run from has changed.

    A step whose time has run out already stays overdue; where an earlier breach has
    come to be known, it has been so for longer.
    """
    for step in rules.procedure.steps:
        state = standing.steps.get(step.id)
        if state is None or state.status not in {"open", "lapsed"}:
            continue
        anew = timed(rules, standing, step, state)
        if anew.due_at == state.due_at or (
            state.status == "lapsed" and not _sooner(anew, state)
        ):
            continue
        standing.steps[step.id] = anew
        by = " ".join(available(rules, standing, step.id))
        standing.note(at, "step-retimed", step.id, by=by, due_at=anew.due_at)


def _sooner(one: StepState, other: StepState) -> bool:
    return bool(one.due_at and other.due_at and one.due_at < other.due_at)


def recheck(rules: Rules, standing: Standing, at: datetime) -> None:
    """Withdraw open steps whose trigger no longer holds."""
    for step in rules.procedure.steps:
        state = standing.steps.get(step.id)
        if state and state.status == "open" and not is_met(rules, standing, step):
            standing.steps[step.id] = replace(state, status="withdrawn", ended_at=at)
            standing.note(at, "step-withdrawn", step.id)


def end_step(
    rules: Rules, standing: Standing, name: str, ended: StepState, by: str
) -> None:
    """End a step, and the case with it where the step says so.

    Args:
        rules: Of the case.
        standing: Where it stands.
        name: Step.
        ended: Its state, `ended_at` and `outcome` set.
        by: Who acted; empty where it is deemed.
    """
    at = ended.ended_at
    step = rules.procedure.step(name)
    if at is None or step is None:
        return
    standing.steps[name] = replace(ended, status="done", by=by, first=None)
    what = "step-deemed" if ended.deemed else "step-done"
    standing.note(at, what, name, by=by, due_at=ended.due_at, outcome=ended.outcome)
    if step.act in {"decide", "rule", "verify", "investigate", "visit"}:
        standing.outcome = ended.outcome or standing.outcome
    if step.act in {"decide", "rule"}:
        standing.decided_at = at
    if step.closes:
        close(rules, standing, at, ended.outcome or standing.outcome or "settled")


def close(
    rules: Rules, standing: Standing, at: datetime, outcome: str, reason: str = ""
) -> None:
    """Close a case: open steps are withdrawn, minutes and publication become due.

    Args:
        rules: Of the case.
        standing: Where it stands; changed in place.
        at: When [UTC].
        outcome: With which outcome.
        reason: Why, in words, where somebody closed it.
    """
    for name, state in standing.steps.items():
        if state.status == "open":
            standing.steps[name] = replace(state, status="withdrawn", ended_at=at)
    standing.status, standing.outcome, standing.closed_at = "closed", outcome, at
    standing.suspended_at = standing.suspended_until = None
    standing.decided_at = standing.decided_at or at
    standing.note(at, "closed", outcome=outcome, reason=reason)
    minutes, public = rules.procedure.minutes, rules.procedure.publication
    if minutes and minutes.within:
        standing.minutes_due = after(rules, at, minutes.within)
    if public and public.within:
        standing.publication_due = after(rules, at, public.within)


def reopen(rules: Rules, standing: Standing, at: datetime, why: str) -> None:
    """Open a closed case again: a new round, in which clocks run from now.

    Args:
        rules: Of the case.
        standing: Where it stands; changed in place.
        at: When [UTC].
        why: The reason, in words.
    """
    standing.round += 1
    standing.status, standing.outcome, standing.closed_at = "open", "", None
    standing.base_at, standing.steps, standing.votes = at, {}, {}
    standing.sessions, standing.asked, standing.hands = {}, {}, {}
    standing.evidence_due = standing.minutes_due = standing.minutes_at = None
    standing.publication_due = standing.published_at = standing.decided_at = None
    standing.appeal_at = standing.appeal_due = None
    standing.signatures, standing.lapsed = {}, frozenset()
    standing.note(at, "reopened", reason=why)
    ask_reply(rules, standing, at)
    open_steps(rules, standing, at)


def ask_reply(rules: Rules, standing: Standing, at: datetime) -> None:
    """Ask the parties concerned for their reply, where the procedure gives a time."""
    if rules.procedure.reply is None:
        return
    for party in sorted(standing.concerned):
        standing.replies.setdefault(party, None)
    if standing.reply_due is None or standing.base_at:
        standing.reply_at = standing.base_at or at
        standing.reply_due = after(rules, standing.base_at or at, rules.procedure.reply)


def shift(rules: Rules, standing: Standing, since: datetime, at: datetime) -> None:
    """Move what is due by the time for which nothing ran.

    Args:
        rules: Of the case.
        standing: Where it stands; changed in place.
        since: From when nothing ran [UTC].
        at: Until when [UTC].
    """
    lost = _less((since, at), standing.pauses)
    standing.pause(since, at)
    for step in rules.procedure.steps:
        state = standing.steps.get(step.id)
        if state and state.status == "open":
            standing.steps[step.id] = timed(rules, standing, step, state)
    for name, held in standing.remedies.items():
        due = moved(lost, held.determined_at, held.due_at) or held.due_at
        check = held.done_at and moved(lost, held.done_at, held.check_at)
        if held.done_at is None:
            standing.remedies[name] = replace(held, due_at=due)
        else:
            standing.remedies[name] = replace(held, check_at=check)
    for begun, due_by in _WAITED_FOR:
        start = getattr(standing, begun) or since
        setattr(standing, due_by, moved(lost, start, getattr(standing, due_by)))


def _less(
    whole: tuple[datetime, datetime], parts: tuple[tuple[datetime, datetime], ...]
) -> tuple[tuple[datetime, datetime], ...]:
    """Return what of an interval lies in no part, in order."""
    found, start = [], whole[0]
    for since, until in parts:
        if since < whole[1] and until > start:
            found += [(start, since)] if since > start else []
            start = until
    return (*found, (start, whole[1])) if start < whole[1] else tuple(found)


#: what else is waited for: since when, until when
_WAITED_FOR: Final = (
    ("reply_at", "reply_due"),
    ("appeal_at", "appeal_due"),
    ("evidence_at", "evidence_due"),
    ("closed_at", "minutes_due"),
    ("closed_at", "publication_due"),
)


def resume(rules: Rules, standing: Standing, at: datetime) -> None:
    """End a suspension."""
    since = standing.suspended_at
    if since is None:
        return
    standing.suspended_at = standing.suspended_until = None
    shift(rules, standing, since, at)
    standing.note(at, "resumed")
    open_steps(rules, standing, at)
