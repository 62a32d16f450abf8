"""What follows where something was not done in time: each once, at its instant."""

from dataclasses import replace
from datetime import datetime

from pamiers.procedure.clocks import Due, dues
from pamiers.procedure.moves import close, end_step, open_steps, resume, shift
from pamiers.procedure.rules import Rules, after
from pamiers.procedure.standing import Standing


def run_to(rules: Rules, standing: Standing, now: datetime) -> None:
    """Let every time run out that did so before an instant, in order.

    What is due at `now` itself is not late yet. A time that was over before it was
    known, because its step opened late or counts from an earlier breach that was found
    since, runs out when that came about, and keeps its date; not before everything of
    that instant is known.
    """
    while standing.reached_at is None or standing.reached_at < now:
        late = [each for each in dues(rules, standing) if each.due_at < now]
        if not late:
            return
        first = min(late, key=lambda each: (each.due_at, each.key))
        at = standing.reached_at = max(first.due_at, standing.reached_at or first.since)
        lapse(rules, standing, first, at)
        open_steps(rules, standing, at)


def lapse(rules: Rules, standing: Standing, due: Due, at: datetime) -> None:
    """Record that a time ran out, and do what was agreed for that case.

    Args:
        rules: Of the case.
        standing: Where it stands; changed in place.
        due: What was due.
        at: When it lapsed, or opened lapsed [UTC].
    """
    if due.what == "step":
        _step(rules, standing, due, at)
    elif due.what == "suspension":
        resume(rules, standing, at)
    elif due.what == "rest":
        close(rules, standing, at, standing.outcome or "at-rest")
    elif due.what == "appeal":
        _appeal(rules, standing, due, at)
    else:
        standing.lapsed |= {due.key}
        standing.note(at, "lapsed", due.key, by=" ".join(due.by), due_at=due.due_at)


def _step(rules: Rules, standing: Standing, due: Due, at: datetime) -> None:
    step, state = rules.procedure.step(due.name), standing.steps[due.name]
    silence = step.silence if step else None
    standing.note(at, "step-lapsed", due.name, by=" ".join(due.by), due_at=due.due_at)
    lapsed = replace(state, status="lapsed", lapsed_at=due.due_at)
    standing.steps[due.name] = lapsed
    if silence is None or silence.then == "next":
        return
    if silence.then == "passes":
        if state.passed_to:
            if silence.outcome:
                close(rules, standing, at, silence.outcome)
            return
        until = after(rules, due.due_at, silence.within)
        standing.steps[due.name] = replace(
            lapsed,
            status="open",
            passed_to=silence.to,
            passed_due=until,
            due_at=until,
            longer=(),
        )
        standing.note(at, "passed", due.name, by=" ".join(silence.to), due_at=until)
    elif silence.then == "deemed":
        ended = replace(lapsed, ended_at=at, outcome=silence.outcome or "", deemed=True)
        end_step(rules, standing, due.name, ended, "")
    else:
        close(
            rules, standing, at, silence.outcome or standing.outcome or "unverifiable"
        )


def _appeal(rules: Rules, standing: Standing, due: Due, at: datetime) -> None:
    appeal = rules.procedure.appeal
    if appeal is None or standing.appeal_at is None:
        return
    since, standing.appeal_at, standing.appeal_due = standing.appeal_at, None, None
    standing.note(
        at,
        "appeal-lapsed",
        by=" ".join(due.by),
        due_at=due.due_at,
        outcome=appeal.silence,
    )
    if appeal.suspends:
        shift(rules, standing, since, at)
    if appeal.silence == "falls":
        standing.outcome = "not-substantiated"
