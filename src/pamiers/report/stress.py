"""The report of a stress test as a value: everything that its pages show.

Assumptions and limits come first, whatever the form. Where a plan of posts is known,
what it notices by clause and hour goes along; where it stands and where it sees little
only if the report is made for those who may know.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from pamiers.deployment.plan import Plan, worst_places
from pamiers.deployment.remarks import Remark as PlanRemark
from pamiers.deployment.remarks import reached
from pamiers.deterrence.assumptions.written import Incentives
from pamiers.deterrence.curves import (
    DelayCurve,
    LadderCurve,
    delay_curve,
    ladder_curve,
)
from pamiers.deterrence.draws import shares
from pamiers.deterrence.frontier import Point, frontier
from pamiers.deterrence.levers import changed, effects_of
from pamiers.deterrence.remarks import Remark, remarks
from pamiers.deterrence.runs import Runs, course_of, runs
from pamiers.deterrence.stress import Stress
from pamiers.deterrence.worst import worst_corner
from pamiers.report.watched import Watched, watched_of

#: runs that are shown of each strategy, and how many periods each
SHOWN: Final = 20
PERIODS: Final = 104
Names = Mapping[str, Mapping[str, str]]  #: id -> its name, by language


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakest:
    """The weakest clause of one party, and what is drawn of it."""

    party: str
    clause: str
    delay: DelayCurve
    keeping: Runs
    breaking: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The cheapest package that closes everything at the likeliest figures."""

    levers: tuple[str, ...]
    cost: float
    likeliest: float  #: smallest margin [unit of payoff]
    worst: float  #: the same in the worst corner
    share: tuple[float, ...]  #: of draws in which all holds with it, by party


@dataclass(frozen=True, slots=True, kw_only=True)
class StressReport:
    """A stress test with all that is drawn of it."""

    agreement: str
    title: Mapping[str, str]  #: of the agreement, by language
    about: Mapping[str, str]  #: of the assumptions, by language
    assumed: Incentives
    outcome: Stress
    said: tuple[Remark, ...]
    frontier: tuple[Point, ...]
    ladder: LadderCurve
    weakest: tuple[Weakest, ...]  #: per party; none where no clause is tested
    closing: Closing | None  #: none found, or nothing needs to change
    watched: Watched | None
    planned: tuple[PlanRemark, ...]  #: how far the plan of posts goes
    annex: bool  #: exact gaps are shown
    names: Names = field(default_factory=dict)  #: of parties and clauses, by id


def compose_stress(
    assumed: Incentives,
    outcome: Stress,
    *,
    title: Mapping[str, str],
    plan: Plan | None = None,
    annex: bool = False,
) -> StressReport:
    """Return the report of a stress test.

    Args:
        assumed: The assumptions.
        outcome: The stress test of them.
        title: Of the agreement, by language.
        plan: Of posts, where there is one.
        annex: Show where the plan sees little: only for those who place posts.

    Returns:
        The report; the same arguments give the same report.
    """
    about = assumed.about if isinstance(assumed.about, dict) else {}
    weakest = (
        [_weakest(outcome, party) for party in range(len(outcome.game.parties))]
        if outcome.game.clauses
        else []
    )
    return StressReport(
        agreement=str(assumed.agreement),
        title=title,
        about=about,
        assumed=assumed,
        outcome=outcome,
        said=remarks(outcome),
        frontier=frontier(assumed, outcome.game),
        ladder=ladder_curve(outcome.game),
        weakest=tuple(weakest),
        closing=_closing(assumed, outcome),
        watched=None
        if plan is None
        else watched_of(plan, worst_places(plan) if annex else None),
        planned=() if plan is None else reached(plan),
        annex=annex,
    )


def _closing(assumed: Incentives, outcome: Stress) -> Closing | None:
    packages = [e.package for e in outcome.cheapest if e.over == "likeliest"]
    package = packages[0] if packages else None
    if package is None or not package.levers or not package.margins.size:
        return None
    effects = [
        effect
        for each in assumed.levers
        if str(each.id) in package.levers
        for effect in effects_of(each, outcome.game, outcome.period_s)
    ]
    after = changed(outcome.game, tuple(effects))
    drawn = shares(after, outcome.shares.draws, outcome.shares.seed)
    return Closing(
        levers=package.levers,
        cost=package.cost,
        likeliest=float(package.margins.min()),
        worst=float(worst_corner(after, after.low, after.high).margins.min()),
        share=tuple(drawn.all_of_it.tolist()),
    )


def weakest_clause(outcome: Stress, party: int) -> int:
    """Return the clause with the smallest margin at the likeliest figures."""
    return int(np.argmin(outcome.likeliest.margins[party, :, 0]))


def _weakest(outcome: Stress, party: int) -> Weakest:
    game, clause = outcome.game, weakest_clause(outcome, party)
    lasts = game.mode[game.at.lasts][game.answered[clause]].max(initial=0.0)
    course = course_of(outcome.likeliest, party, clause, float(lasts))
    shape = (SHOWN, PERIODS)
    drawn = [
        runs(
            course,
            breaking=breaking,
            shape=shape,
            rng=np.random.default_rng([outcome.shares.seed, party, int(breaking)]),
        )
        for breaking in (False, True)
    ]
    return Weakest(
        party=game.parties[party],
        clause=game.clauses[clause],
        delay=delay_curve(outcome.likeliest, party, clause),
        keeping=drawn[0],
        breaking=drawn[1],
    )
