"""Draw up a deployment, and have a solver better it and prove how good it is."""

from dataclasses import replace
from typing import Final

from pamiers.deployment.placing.choice import even, judged
from pamiers.deployment.placing.lay import Setting
from pamiers.deployment.placing.program import candidates_of, slack_program
from pamiers.deployment.plan import Plan, drawn_up
from pamiers.mission.ports import Solver

#: the certificate is worked on until no plan can add this share more
WANTED: Final = 0.01
_ROUNDS: Final = 12
_SECONDS: Final = 10.0  #: that one question to the solver may take
_SLIGHT: Final = 1e-7


def planned(setting: Setting, solver: Solver | None, *, wanted: float = WANTED) -> Plan:
    """Return a plan with its certificate.

    Args:
        setting: What it is made from.
        solver: Betters plan and bound; None to leave both as they are.
        wanted: The share that may be left when the solver is no longer asked.

    Returns:
        The plan: allowed, even between the sides, its bound valid.
    """
    plan = drawn_up(setting)
    if solver is None:
        return plan
    known = [plan.chosen.candidates]
    for _ in range(_ROUNDS):
        if plan.left is not None and plan.left <= wanted:
            break
        plan, more = _asked(plan, solver, known)
        if not more:
            break
    return plan


def _asked(
    plan: Plan, solver: Solver, known: list[tuple[int, ...]]
) -> tuple[Plan, bool]:
    """Ask whether a level half-way to the bound can be reached; note the answer.

    Returns:
        The plan with what was learnt, and whether to ask on.
    """
    task, value = plan.task, plan.chosen.value
    level = (value + plan.bound) / 2
    program = slack_program(task, level, known)
    if program is None:
        return plan, False
    answer = solver.solve(program, seconds=_SECONDS)
    if answer.bound < -_SLIGHT:
        return replace(plan, bound=max(level, value), proof="solver"), True
    found = candidates_of(answer)
    if not found or not task.allowed(found):
        return plan, False
    tried = even(task, judged(task, found))
    if tried.unequal <= task.equity + _SLIGHT and tried.value > value:
        plan = replace(plan, chosen=tried)
    if found in known:
        return plan, tried.value > value
    known.append(found)
    return plan, True
