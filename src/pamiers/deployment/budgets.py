"""What other budgets would reach: the smallest margin against money."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pamiers.deployment.placing.choice import Chosen, place
from pamiers.deployment.plan import Plan

#: shares of what is stated that are tried besides
SHARES: Final = (0.05, 0.1, 0.2, 0.5, 1.5)


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
    tried = [(share, _placed(plan, share)) for share in SHARES]
    tried.append((1.0, plan.chosen))
    found: list[Budget] = []
    best: Chosen | None = None
    for share, chosen in sorted(tried, key=lambda each: each[0]):
        if best is None or chosen.value >= best.value:
            best = chosen
        found.append(_told(plan, share, best))
    return tuple(found)


def _placed(plan: Plan, share: float) -> Chosen:
    task = plan.task
    money = np.array([name.endswith("budget") for name in task.limits])
    return place(replace(task, caps=np.where(money, task.caps * share, task.caps)))


def _told(plan: Plan, share: float, chosen: Chosen) -> Budget:
    taken = [plan.task.candidates[i] for i in chosen.candidates]
    return Budget(
        share=share,
        cost=sum(each.cost for each in taken),
        persons=sum(each.persons for each in taken),
        posts=len(taken),
        value=chosen.value,
    )
