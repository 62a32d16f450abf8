"""From a game to each party's temptation to break several clauses at once."""

import numpy as np

from pamiers.deterrence.game import Game, Outcome, column, evaluate
from pamiers.deterrence.joint import JointBreach, Temptations, worst_set
from pamiers.deterrence.margins import Figures, delayed_loss, geometric
from pamiers.deterrence.worst import toward_breaking


def joint_breaches(game: Game) -> tuple[JointBreach, ...]:
    """Return for every party the joint breach that pays most in the worst corner.

    Args:
        game: The game; with ranges of no width its likeliest figures alone count.

    Returns:
        One per party, at whichever end of the discounts it pays more.
    """
    figures = np.repeat(column(toward_breaking(game)), 2, axis=1)
    rows = game.at.discount
    figures[rows, 0], figures[rows, 1] = game.low[rows], game.high[rows]
    outcome = evaluate(game, figures)
    return tuple(
        max(
            (worst_set(temptations(outcome, party, end)) for end in (0, 1)),
            key=lambda each: each.worth,
        )
        for party in range(len(game.parties))
    )


def temptations(outcome: Outcome, party: int, at: int = 0) -> Temptations:
    """Return what one party wins and risks by breaking clauses together.

    Args:
        outcome: Evaluated columns of figures.
        party: Position of the party.
        at: Which column.

    Returns:
        The temptations of all clauses; a standing breach also pays during the lag,
        once anything is found.
    """
    stakes = outcome.stakes
    shape = outcome.margins.shape

    def of(figures: Figures) -> Figures:
        return np.asarray(np.broadcast_to(figures, shape)[party, :, at])

    lasting = stakes.discount * geometric(stakes.discount, stakes.lag) * stakes.gain
    return Temptations(
        gain=of(stakes.gain),
        after=of(np.where(stakes.standing, lasting, 0.0)),
        detection=of(stakes.detection),
        false_alarm=of(stakes.false_alarm),
        loss=of(delayed_loss(stakes)),
    )
