"""What other budgets would reach: the smallest margin against money."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pamiers.deployment.placing.choice import Chosen, exchanged, place, score
from pamiers.deployment.placing.task import Task
from pamiers.deployment.plan import Plan, closing

#: shares of what is stated that are tried besides
SHARES: Final = (0.05, 0.1, 0.2, 0.5, 1.5)
#: margins asked for without any limit of money, as shares of what is enough: what
#: they take is tried wherever it is paid for
_ASKED: Final = (0.0, 1 / 3, 2 / 3, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a budget reaches with the same sites, persons and caveats."""

    share: float  #: of the money that is stated, everybody's cut or raised alike
    cost: float  #: of what is placed
    persons: float  #: on the roll
    posts: int
    value: float  #: the smallest margin [periods of peace]


def budgets(plan: Plan) -> tuple[Budget, ...]:
    """Return what more and less money reaches, by budget, the plan's own included.

    Args:
        plan: The plan.

    Returns:
        Ascending by share; the margin never falls, because a plan that less money
        pays for is a plan that more money pays for. No bound goes with them.
    """
    asked = [closing(plan, plan.task.enough * part) for part in _ASKED]
    found: list[Budget] = []
    best: Chosen | None = None
    for share in sorted((*SHARES, 1.0)):
        task = _cut(plan.task, share)
        chosen = plan.chosen if share == 1.0 else place(task)
        known = [each for each in asked if task.allowed(each.candidates)]
        if share != 1.0:
            chosen = _bettered(task, chosen, known + ([best] if best else []))
        if best is None or chosen.value >= best.value:
            best = chosen
        found.append(_told(plan, share, best))
    return tuple(found)


def _cut(task: Task, share: float) -> Task:
    """Return a task with everybody's money cut or raised alike."""
    money = np.array([name.endswith("budget") for name in task.limits])
    return replace(task, caps=np.where(money, task.caps * share, task.caps))


def _bettered(task: Task, chosen: Chosen, known: list[Chosen]) -> Chosen:
    """Return a choice, or what comes of a better one that is known and paid for."""
    best = max(known, key=lambda each: score(task, each), default=chosen)
    if score(task, best) <= score(task, chosen):
        return chosen
    return best if best.value >= task.enough else exchanged(task, best)


def _told(plan: Plan, share: float, chosen: Chosen) -> Budget:
    taken = [plan.task.candidates[i] for i in chosen.candidates]
    return Budget(
        share=share,
        cost=sum(each.cost for each in taken),
        persons=sum(each.persons for each in taken),
        posts=len(taken),
        value=chosen.value,
    )
