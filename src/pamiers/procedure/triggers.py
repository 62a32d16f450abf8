"""Whether the trigger of a step is met, by what is on record of the case."""

from collections.abc import Iterable
from typing import Final

from pamiers.agreement.model.procedure import Recurrence, Step, Upon
from pamiers.procedure.event import Breach
from pamiers.procedure.rules import Rules, after
from pamiers.procedure.standing import Standing, StepState

#: acts that look into what is not established yet
_LOOKS: Final = frozenset({"verify", "visit", "investigate", "report"})
_WAITING: Final = StepState()


def counting(rules: Rules, standing: Standing) -> tuple[Breach, ...]:
    """Return the findings that reach the confidence that their clause asks for."""
    asked = rules.procedure.thresholds
    return tuple(
        each
        for each in standing.active
        if each.found_at is not None and each.confidence >= asked.get(each.clause, 0)
    )


def is_met(rules: Rules, standing: Standing, step: Step) -> bool:
    """Tell whether everything that a step waits for is so.

    Args:
        rules: Of the case.
        standing: Of the case, at the instant asked about.
        step: One of the procedure's.

    Returns:
        True where all conditions hold together; findings below the confidence that
        their clause asks for open nothing but steps that look into them.
    """
    upon = step.upon
    if upon.words and step.id not in standing.met:
        return False
    if upon.opened_by and not set(upon.opened_by) & set(standing.opened_by):
        return False
    if upon.event and not set(upon.event) & set(standing.recorded):
        return False
    return _after(standing, upon) and _grounds(rules, standing, step)


def _grounds(rules: Rules, standing: Standing, step: Step) -> bool:
    """Tell whether findings, or what else opened the case, carry a step."""
    upon, found = step.upon, counting(rules, standing)
    if step.act in _LOOKS and not _asks(upon):
        return True
    if not _asks(upon):
        return bool(found) or standing.opened_by != ("finding",)
    return _levels(found, upon) and _again(rules, found, upon)


def _asks(upon: Upon) -> bool:
    asks = upon.breach_of or upon.severity or upon.confidence
    return bool(asks or upon.recurrence)


def _levels(found: Iterable[Breach], upon: Upon) -> bool:
    return any(
        (not upon.breach_of or each.clause in upon.breach_of)
        and each.severity >= upon.severity
        and each.confidence >= upon.confidence
        for each in found
    )


def _again(rules: Rules, found: Iterable[Breach], upon: Upon) -> bool:
    again = upon.recurrence
    if again is None:
        return True
    fitting = [e for e in found if not upon.breach_of or e.clause in upon.breach_of]
    return recurs(rules, fitting, again)


def recurs(rules: Rules, found: Iterable[Breach], again: Recurrence) -> bool:
    """Tell whether so many findings began within one window, ends included."""
    times = sorted(each.breach_at for each in found)
    n = again.at_least
    return any(
        (end := after(rules, times[last - n + 1], again.over)) is None
        or times[last] <= end
        for last in range(n - 1, len(times))
    )


def _after(standing: Standing, upon: Upon) -> bool:
    states = [standing.steps.get(name, _WAITING) for name in upon.after]
    if not all(_ended(each, upon.how) for each in states):
        return False
    if not states or not upon.outcome:
        return True
    return states[-1].outcome in upon.outcome


def _ended(state: StepState, how: str) -> bool:
    silent = state.lapsed_at is not None and state.status != "open"
    done = state.status == "done"
    return {"done": done, "silent": silent, "over": done or silent}[how]
