"""The choice as a mixed-integer program, for a solver that proves optima.

One round asks: at a level of margin, what is the largest least slack over all demands?
What a choice gives a demand is a submodular function F of the set; for every set T

    F(S) <= F(T) + sum over j in S of [F(T with j) - F(T)]

so that each known choice T adds one row per demand, and the optimum of the rows is a
bound on the slack. The choice that the solver returns adds the next rows.

Source: Nemhauser and Wolsey (1981), Maximizing submodular set functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pamiers.deployment.placing.choice import needs
from pamiers.deployment.placing.task import Noticing, Task
from pamiers.deterrence.margins import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Maximise gain @ x within row limits. n variables, m rows.

    Invariant: lower <= upper in both; infinite ends are allowed.
    """

    gain: Figures  #: (n,)
    lower: Figures  #: (n,)
    upper: Figures  #: (n,)
    whole: NDArray[np.bool_]  #: (n,) has to be an integer
    rows: Figures  #: (m, n)
    row_upper: Figures  #: (m,) rows @ x is at most this


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a solver found."""

    x: Figures | None  #: (n,) the best point found; None without any
    bound: float  #: no point is worth more; infinite if nothing was proved


def slack_program(
    task: Task, level: float, known: Sequence[tuple[int, ...]]
) -> Program | None:
    """Return the program of the largest least slack at a level.

    Args:
        task: The task.
        level: The margin [periods of peace].
        known: Choices of which each adds a row per demand; the empty one is added.

    Returns:
        Variables: one per candidate, then the slack. None where nothing is wanted.
    """
    wanted = needs(task, level)
    counted = np.flatnonzero(wanted > 0)
    if counted.size == 0:
        return None
    many = task.use.shape[1]
    rows = [np.column_stack([task.use, np.zeros(len(task.caps))])]
    uppers = [task.caps]
    for each in {(), *known}:
        now, more = _additions(task, each)
        cut = np.column_stack([-more[counted], np.ones(counted.size)])
        rows.append(cut)
        uppers.append(now[counted] - wanted[counted])
    return Program(
        gain=np.concatenate([np.zeros(many), [1.0]]),
        lower=np.concatenate([np.zeros(many), [-1.0]]),
        upper=np.ones(many + 1),
        whole=np.concatenate([np.ones(many, bool), [False]]),
        rows=np.concatenate(rows),
        row_upper=np.concatenate(uppers),
    )


def _additions(task: Task, chosen: tuple[int, ...]) -> tuple[Figures, Figures]:
    """Return what a choice gives each demand, and what each candidate adds to it."""
    noticing = Noticing.of(task, chosen)
    now = noticing.found()
    more = (noticing.with_each() - now[:, None])[:, task.post_of]
    more[:, list(chosen)] = 0.0
    return now, np.maximum(more, 0.0)


def candidates_of(answer: Answer) -> tuple[int, ...]:
    """Return the candidates that an answer takes."""
    if answer.x is None:
        return ()
    return tuple(int(i) for i in np.flatnonzero(answer.x[:-1] > 0.5))  # noqa: PLR2004 - rounded
