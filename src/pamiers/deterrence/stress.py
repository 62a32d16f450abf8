"""Put an agreement to the test: both parties side by side, from stated ranges.

The order of the checks is the order in which they override one another: taking part
at all, each clause, several clauses together, trust, responders who act. A clause that
holds is a necessary condition within a model, never a forecast.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.agreement.values.blank import known
from pamiers.deterrence.assumptions.leaves import HUGE
from pamiers.deterrence.assumptions.written import (
    Belief,
    Figure,
    Incentives,
    PartyStakes,
)
from pamiers.deterrence.choices import (
    Resolve,
    Trust,
    blinded,
    least_trust,
    resolve_of,
    withdrawn,
)
from pamiers.deterrence.draws import Shares, shares
from pamiers.deterrence.game import Game, Outcome, column, evaluate
from pamiers.deterrence.joint import JointBreach
from pamiers.deterrence.laying_out import lay_out
from pamiers.deterrence.levers import Cheapest, cheapest, effects_of, packed
from pamiers.deterrence.margins import (
    NEVER,
    Figures,
    least_detection,
    least_loss,
    longest_lag,
)
from pamiers.deterrence.together import joint_breaches
from pamiers.deterrence.worst import (
    Corner,
    Swing,
    radius,
    tornado,
    worst_corner,
)

#: draws for the shares, unless another number is asked for
DRAWS: Final = 10_000
#: how far above zero a margin has to be to hold, as a share of the largest peace flow
SLACK: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What would bring each margin to zero, everything else likeliest; (P, C) each."""

    detection: Figures  #: least, per period; above 1 where monitoring cannot do it
    lag: Figures  #: longest [periods]; below 0 where no speed can do it
    loss: Figures  #: least stock [unit of payoff]; infinite where no loss can do it


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is left when a means sees nothing, or a responder stays away."""

    kind: str  #: `blind` or `withdrawn`
    what: str
    corner: Corner


@dataclass(frozen=True, slots=True, kw_only=True)
class Stress:
    """The outcome of a stress test. Parties and clauses are those of `game`."""

    game: Game
    period_s: float
    unit: str
    cost_unit: str
    likeliest: Outcome  #: one column
    corner: Corner
    shares: Shares
    thresholds: Thresholds
    radius: Figures  #: (P,)
    joint: tuple[JointBreach, ...]  #: per party, at the likeliest figures
    joint_worst: tuple[JointBreach, ...]  #: per party, in the worst corner
    trust: tuple[Trust, ...]  #: per party
    resolve: tuple[Resolve, ...]  #: per step
    shift: tuple[bool, ...]  #: per party: waiting for war is worth more than peace
    scenarios: tuple[Scenario, ...]
    singles: dict[tuple[int, int], str]  #: (party, clause) -> cheapest lever alone
    singles_likeliest: dict[tuple[int, int], str]  #: the same, at those figures
    cheapest: tuple[Cheapest, ...]  #: at the likeliest figures; over all ranges
    tornado: tuple[tuple[Swing, ...], ...]  #: per party, of its weakest clause

    def weakest(self, party: int) -> int | None:
        """Return the clause with the least margin in the worst corner; none if none."""
        margins = self.corner.margins[party]
        return int(np.argmin(margins)) if margins.size else None


def stress(
    found: Incentives, *, draws: int = DRAWS, seed: int = 0, game: Game | None = None
) -> Stress:
    """Return whether keeping is each party's better choice, and what would change it.

    Args:
        found: Assumptions without errors or blanks.
        draws: How many columns to draw for the shares, at least 1.
        seed: Seed of the draws.
        game: Their game with something changed, such as a plan of posts put in place
            of what they state of detection; None for the game as they state it.

    Returns:
        Margins, thresholds, joint breaches, scenarios and the cheapest change.
    """
    game = lay_out(found) if game is None else game
    period = known(found.period)
    assert period is not None  # noqa: S101 - the reader left no blank
    likeliest = evaluate(game, column(game.mode))
    corner = worst_corner(game, game.low, game.high)
    slack = SLACK * float(np.abs(game.mode[game.at.peace]).max(initial=1.0))
    return Stress(
        game=game,
        period_s=period.base,
        unit=str(found.unit),
        cost_unit=str(found.cost_unit),
        likeliest=likeliest,
        corner=corner,
        shares=shares(game, draws, seed),
        thresholds=_thresholds(likeliest),
        radius=radius(game),
        joint=joint_breaches(game.with_figures(*[game.mode] * 3)),
        joint_worst=joint_breaches(game),
        trust=tuple(_trust(each) for each in found.parties.values()),
        resolve=resolve_of(game),
        shift=tuple(_shifts(each) for each in found.parties.values()),
        scenarios=_scenarios(game),
        singles=_singles(found, game, period.base, slack),
        singles_likeliest=_singles(
            found, game.with_figures(*[game.mode] * 3), period.base, slack
        ),
        cheapest=tuple(
            cheapest(found, game, slack=slack, over=over)
            for over in ("likeliest", "ranges")
        ),
        tornado=tuple(_swings(game, corner, i) for i in range(len(game.parties))),
    )


def _thresholds(likeliest: Outcome) -> Thresholds:
    stakes = likeliest.stakes
    shape = likeliest.margins.shape
    loss = np.broadcast_to(least_loss(stakes), shape)[..., 0]
    return Thresholds(
        detection=np.broadcast_to(least_detection(stakes), shape)[..., 0],
        lag=np.broadcast_to(longest_lag(stakes), shape)[..., 0],
        loss=np.where(loss > HUGE, NEVER, loss),  # more than any file may state
    )


def _trust(given: object) -> Trust:
    assert isinstance(given, PartyStakes)  # noqa: S101 - the reader left no blank
    belief = given.belief
    assert isinstance(belief, Belief)  # noqa: S101 - the reader left no blank
    return least_trust(
        _mode(belief.both_keep),
        _mode(belief.only_other_breaks),
        _mode(belief.only_self_breaks),
        _mode(belief.both_break),
    )


def _mode(given: object) -> float:
    assert isinstance(given, Figure)  # noqa: S101 - the reader left no blank
    return given.mode


def _shifts(given: object) -> bool:
    """Tell whether a war put off is worth more than the peace in between gives.

    Source: Powell (2006), War as a commitment problem: a large shift of power makes a
    party prefer to wait, or the other to strike first.
    """
    assert isinstance(given, PartyStakes)  # noqa: S101 - the reader left no blank
    if not isinstance(given.war_later, Figure):
        return False
    discount = _mode(given.discount)
    gain = discount * given.war_later.mode - _mode(given.war)
    surplus = (_mode(given.peace) - _mode(given.war)) * (1.0 - discount)
    return gain > max(surplus, 0.0)


def _scenarios(game: Game) -> tuple[Scenario, ...]:
    means = sorted({name for names in game.means for name in names})
    blind = [("blind", name, blinded(game, name)) for name in means]
    away = [
        ("withdrawn", name, withdrawn(game, name))
        for name in sorted(set(game.responders))
    ]
    return tuple(
        Scenario(kind=kind, what=name, corner=worst_corner(left, left.low, left.high))
        for kind, name, left in [*blind, *away]
    )


def _singles(
    found: Incentives, game: Game, period_s: float, slack: float
) -> dict[tuple[int, int], str]:
    """Return for every failing margin the cheapest lever that alone closes it."""
    corner = worst_corner(game, game.low, game.high)
    effects = [effects_of(each, game, period_s) for each in found.levers]
    order = sorted(
        range(len(found.levers)),
        key=lambda i: (float(found.levers[i].cost), i),  # type: ignore[arg-type]  # no blanks
    )
    best: dict[tuple[int, int], str] = {}
    for i in order:
        after = packed(found, game, (i,), effects)
        closed = (corner.margins < slack) & (after.margins >= slack)
        for party, clause in np.argwhere(closed):
            best.setdefault((int(party), int(clause)), str(found.levers[i].id))
    return best


def _swings(game: Game, corner: Corner, party: int) -> tuple[Swing, ...]:
    if corner.margins.shape[1] == 0:
        return ()
    return tornado(game, party, int(np.argmin(corner.margins[party])))
