"""How long a stress test of 200 clauses takes, beside reading its draws once.

    deterrence_speed.py [CLAUSES] [DRAWS]

Prints one line of JSON, CPU seconds in one process beside the peer, which
reads the same bytes once: clauses x parties x draws x 6 doubles of inputs. Ours are the
draws themselves, their margins and shares; then whether breaches together pay in every
draw, at the losses stated and at thirty times these, where some draws pay and others
do not and bounds tell least; then worst corner, tornado and radius. `cold` is what
importing and, the first time on a machine, compiling add; `plain` is the same shares by
numpy. The peak of memory is what the shares took beyond what was held before.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from pamiers.agreement.values.quantity import Quantity
from pamiers.deterrence.assumptions.written import (
    Belief,
    ClauseStakes,
    Figure,
    Incentives,
    LadderStep,
    PartyStakes,
)
from pamiers.deterrence.draws import shares
from pamiers.deterrence.game import Game
from pamiers.deterrence.laying_out import lay_out
from pamiers.deterrence.lots import Lots
from pamiers.deterrence.sweeping import paying_draws, shared_of, swept_draws
from pamiers.deterrence.worst import radius, tornado, worst_corner

DAY = 86_400.0
PARTIES = ("a", "b")


def about(value: float, unit: str = "") -> Figure:
    """Return a range of a fifth either way."""
    return Figure(low=value * 0.8, mode=value, high=value * 1.2, unit=unit)


def made(clauses: int) -> Incentives:
    """Return assumptions of so many clauses, all ranges open."""
    stakes = PartyStakes(
        discount=Figure(low=0.97, mode=0.98, high=0.99),
        peace=about(100.0),
        war=about(40.0),
        first_strike=about(20.0),
        belief=Belief(
            both_keep=about(100.0),
            only_other_breaks=about(20.0),
            only_self_breaks=about(80.0),
            both_break=about(30.0),
        ),
    )
    return Incentives(
        agreement="made",
        period=Quantity(7.0, "d"),
        unit="points",
        correlation=about(0.2),
        parties=dict.fromkeys(PARTIES, stakes),
        clauses=tuple(
            ClauseStakes(
                id=f"c{i}",
                breach="standing" if i % 2 else "once",
                gain={each: about(3.0 + i % 5) for each in PARTIES},
                detection={"m": about(0.6)},
                verification=about(0.8),
                attribution=about(0.8),
                false_alarm=about(0.0001),
                lag=about(7 * DAY, "s"),
                answered_by=("s",),
            )
            for i in range(clauses)
        ),
        ladder=(
            LadderStep(
                id="s",
                kind="suspension",
                after=about(DAY, "s"),
                lasts=about(60 * DAY, "s"),
                loss={each: about(8.0) for each in PARTIES},
                credibility=about(0.8),
                responder="r",
                cost=about(0.5),
                restores=about(2.0),
            ),
        ),
    )


def cpu(run: Callable[[], object], times: int = 3) -> float:
    """Return the least CPU seconds of a few runs."""
    best = np.inf
    for _ in range(times):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return float(best)


def peak_mb(*, anew: bool = False) -> float:
    """Return the most memory held since it was last asked for anew [MB]; Linux only."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


def corners(game: Game) -> None:
    """Compute worst corner, tornado of the weakest clause of each party, and radius."""
    found = worst_corner(game, game.low, game.high, loops=True)
    for party in range(len(game.parties)):
        tornado(game, party, int(np.argmin(found.margins[party])), loops=True)
    radius(game, loops=True)


def swept(game: Game, draws: int) -> None:
    """Draw every figure, and compute margins and shares of all draws."""
    lots = Lots.of(game, 0)
    swept_draws(game, lots, shared_of(game, lots, draws))


def repeated(game: Game, times: int = 20) -> None:
    """Compute them again and again: once is too short for the clock."""
    for _ in range(times):
        corners(game)


def dearer(game: Game, times: float) -> Game:
    """Return the same game with losses so many times as large."""
    size = np.ones(len(game.names))
    size[game.at.loss.ravel()] = times
    return game.with_figures(game.low * size, game.mode * size, game.high * size)


def together(game: Game, draws: int) -> float:
    """Return how long telling of joint breaches takes in all draws."""
    lots = Lots.of(game, 0)
    shared = shared_of(game, lots, draws)
    return cpu(lambda: paying_draws(game, lots, shared), times=7)


def main(given: list[str]) -> None:
    """Print the figures."""
    clauses = int(given[0]) if given else 200
    draws = int(given[1]) if len(given) > 1 else 10_000
    game = lay_out(made(clauses))
    cold = cpu(lambda: shares(game, 100, 0, loops=True), times=1)
    cold += cpu(lambda: repeated(game, 1), times=1)
    before = peak_mb(anew=True)
    spent = cpu(lambda: swept(game, draws), times=7)
    joint = together(game, draws)
    hard = together(dearer(game, 30.0), draws)
    peak = peak_mb() - before
    corner = cpu(lambda: repeated(game), times=7) / 20
    plain = cpu(lambda: shares(game, draws, 0, loops=False), times=1)
    held = np.ones(2 * clauses * draws * 6)
    floor = cpu(held.sum, times=7)
    print(
        json.dumps(
            {
                "figures": len(game.names),
                "shares_cpu_s": spent,
                "floor_cpu_s": floor,
                "times_floor": spent / floor,
                "peak_mb": peak,
                "joint_cpu_s": joint,
                "joint_share": joint / spent,
                "joint_hard_cpu_s": hard,
                "joint_hard_share": hard / spent,
                "corner_tornado_radius_cpu_s": corner,
                "corner_share": corner / spent,
                "plain_cpu_s": plain,
                "cold_cpu_s": cold,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
