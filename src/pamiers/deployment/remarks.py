"""What a plan says, as values: codes with figures, that every language spells out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from pamiers.agreement.undertaking import Pledge
from pamiers.deployment.patrols import Lottery, lotteries
from pamiers.deployment.plan import (
    Loss,
    Needed,
    Plan,
    Worst,
    losses,
    needed,
    worst_places,
)
from pamiers.deployment.stated.written import Contingent

_SLIGHT = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One sentence: its code and its figures."""

    code: str
    figures: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A plan with everything that is computed of it."""

    plan: Plan
    losses: tuple[Loss, ...]
    needed: Needed
    lotteries: tuple[Lottery, ...]
    worst: Mapping[tuple[int, int], Worst]


def told_of(plan: Plan) -> Told:
    """Return a plan with what is lost without parts of it, and what would be needed."""
    return Told(
        plan=plan,
        losses=losses(plan),
        needed=needed(plan),
        lotteries=lotteries(plan.setting.stated),
        worst=worst_places(plan),
    )


def remarks(told: Told) -> tuple[Remark, ...]:
    """Return every sentence about a plan, the certificate first."""
    plan = told.plan
    return (
        *reached(plan),
        _equity(plan),
        _used(plan),
        _needed(told),
        *(_lottery(each) for each in told.lotteries),
    )


def open_remarks(told: Told) -> tuple[Remark, ...]:
    """Return what everybody may read about a plan.

    No chance of being noticed, nor what it could be worked out from: by how much the
    sides are watched unlike, and how likely the next visit is.
    """
    open_ = {"equity": "equity-open", "uneven": "uneven-open"}
    return tuple(
        Remark(code=open_[each.code], figures={"allowed": each.figures["allowed"]})
        if each.code in open_
        else each
        for each in remarks(told)
        if not each.code.startswith("lottery")
    )


def certificate(plan: Plan) -> Remark:
    """Return how far from best a plan is."""
    chosen, left = plan.chosen, plan.left
    figures: dict[str, object] = {
        "before": plan.before,
        "value": chosen.value,
        "bound": plan.bound,
    }
    if left is None or chosen.value <= plan.before + _SLIGHT:
        return Remark(code="certificate-none", figures=figures)
    if chosen.value >= plan.task.enough - _SLIGHT:
        return Remark(code="certificate-enough", figures=figures)
    return Remark(code="certificate", figures=figures | {"left": left})


def reached(plan: Plan) -> tuple[Remark, ...]:
    """Return how far a plan goes: its certificate, and what that leaves out."""
    return (certificate(plan), *_open(plan))


def not_counted(plan: Plan) -> tuple[str, ...]:
    """Return clauses that no monitoring closes for some party."""
    rest = np.flatnonzero(~plan.task.wanted)
    held = {plan.task.demands[i].clause for i in rest.tolist()}
    return tuple(plan.setting.game.clauses[i] for i in sorted(held))


def _open(plan: Plan) -> Iterator[Remark]:
    if names := not_counted(plan):
        yield Remark(code="open", figures={"clauses": ", ".join(names)})


def _equity(plan: Plan) -> Remark:
    fine = plan.chosen.unequal <= plan.task.equity + _SLIGHT
    return Remark(
        code="equity" if fine else "uneven",
        figures={"unequal": plan.chosen.unequal, "allowed": plan.task.equity},
    )


def taken(plan: Plan, limit: str) -> tuple[float, float]:
    """Return how much of a limit is used, and how much there is."""
    at = plan.task.limits.index(limit)
    used = float(plan.task.use[at, list(plan.chosen.candidates)].sum())
    return used, float(plan.task.caps[at])


def _used(plan: Plan) -> Remark:
    (cost, budget), (persons, most) = taken(plan, "budget"), taken(plan, "persons")
    return Remark(
        code="used",
        figures={
            "posts": len(plan.chosen.candidates),
            "cost": round(cost, 3),
            "budget": budget,
            "unit": str(plan.setting.stated.cost_unit),
            "persons": persons,
            "most": most,
        },
    )


def _needed(told: Told) -> Remark:
    if not told.needed.reached:
        return Remark(code="needed-more")
    return Remark(
        code="needed",
        figures={
            "posts": told.needed.posts,
            "cost": round(told.needed.cost, 3),
            "unit": str(told.plan.setting.stated.cost_unit),
            "persons": told.needed.persons,
        },
    )


def _lottery(given: Lottery) -> Remark:
    return Remark(
        code="lottery" if given.enough else "lottery-short",
        figures={
            "clause": given.clause,
            "now": float(given.now),
            "announced": given.announced,
            "visits": given.visits,
            "occasions": given.occasions,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledged:
    """What one contingent brings, what was pledged, and what the plan needs of it."""

    contingent: str
    pledge: str  #: empty without one
    used: float  #: persons of the plan
    here: float  #: persons that the file says it brings
    most: float | None  #: persons pledged; None where no figure is pledged
    delivered: float | None  #: persons that have come, as the agreement says


def pledged(plan: Plan) -> tuple[Pledged, ...]:
    """Return for every contingent the gap between pledged and needed, in persons."""
    return tuple(_pledged(plan, each) for each in plan.setting.stated.contingents)


def _pledged(plan: Plan, contingent: Contingent) -> Pledged:
    used, here = taken(plan, f"contingent {contingent.id} persons")
    held = {each.id: each for each in plan.setting.agreement.pledges}
    promised = held.get(str(contingent.pledge))
    persons = promised is not None and promised.unit == "persons"
    return Pledged(
        contingent=str(contingent.id),
        pledge=str(contingent.pledge),
        used=used,
        here=here,
        most=promised.up_to if persons and promised is not None else None,
        delivered=_delivered(promised) if persons and promised is not None else None,
    )


def _delivered(promised: Pledge) -> float:
    """Return the most that any source says has come of a pledge."""
    return max((each.amount for each in promised.deliveries), default=0.0)


def loss_remarks(told: Told) -> tuple[Remark, ...]:
    """Return a sentence for everything that can be lost."""
    return tuple(
        Remark(
            code=f"loss-{each.kind}",
            figures={"what": each.what, "posts": each.posts, "value": each.value},
        )
        for each in told.losses
    )


def pledge_remarks(plan: Plan) -> tuple[Remark, ...]:
    """Return a sentence for every contingent: needed, brought, pledged."""
    return tuple(
        Remark(
            code="pledged" if each.most is not None else "pledged-open",
            figures={
                "contingent": each.contingent,
                "pledge": each.pledge,
                "used": each.used,
                "here": each.here,
                "most": each.most or 0.0,
                "delivered": each.delivered or 0.0,
            },
        )
        for each in pledged(plan)
    )
