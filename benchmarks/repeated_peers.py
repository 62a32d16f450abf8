"""Whether a five-by-five repeated game holds, beside quantecon and nashpy.

    repeated_peers.py [ours | quantecon | nashpy] [DELTA]...

The game: both choose an effort from 0 to 4 each period; the other's pays three a unit,
one's own costs two. Without a future nobody makes an effort, and nobody can be held
below that; with one, all effort is kept up if breaking off gains no more than an
endless suspension takes. That much is exact here: full effort is a corner of what is
feasible, so that no other path reaches it. The least patience is 2/3.

`ours`, which is what runs unasked, asks the closed form of a suspension; `quantecon`
computes all equilibrium payoffs (Abreu and Sannikov 2014) and looks whether full effort
is among them; `nashpy` knows no repetition, and finds what one period alone comes to,
which the suspension falls back to. The peers want an environment of their own. Each
prints one line of JSON with CPU seconds, compiling and importing not counted.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

EFFORTS = np.arange(5.0)
#: by own effort and the other's
PAYOFFS = 3.0 * EFFORTS[None, :] - 2.0 * EFFORTS[:, None]
DELTAS = (0.5, 0.6, 0.66, 0.67, 0.7, 0.9)
_RUNS = 20


def least(run: Callable[[], Any], times: int = _RUNS) -> tuple[Any, float]:
    """Return what a run gives, and the least CPU seconds of several."""
    found, best = run(), np.inf
    for _ in range(times):
        start = time.process_time()
        found = run()
        best = min(best, time.process_time() - start)
    return found, float(best)


def ours(deltas: list[float]) -> dict[str, Any]:
    """Return at which patience full effort is kept up, by the closed form."""
    from pamiers.deterrence.ladder import Suspension, most_gain

    kept, broken = PAYOFFS[-1, -1], PAYOFFS[:, -1].max()
    alone = PAYOFFS[0, 0]
    gain = (broken - kept) / (kept - alone)

    def run() -> list[bool]:
        given = Suspension(
            alarm_breaking=np.asarray(1.0),
            alarm_keeping=np.asarray(0.0),
            length=np.asarray(np.inf),
            discount=np.asarray(deltas),
        )
        return [bool(each) for each in most_gain(given) >= gain]

    return told(deltas, *least(run))


def quantecon(deltas: list[float]) -> dict[str, Any]:
    """Return the same from the set of all equilibrium payoffs."""
    # peers are installed in an environment of their own
    from quantecon.game_theory import (  # type: ignore[import-not-found] # see above
        NormalFormGame,
        Player,
        RepeatedGame,
    )

    game = NormalFormGame([Player(PAYOFFS), Player(PAYOFFS)])
    full = PAYOFFS[-1, -1]

    def one(delta: float) -> bool:
        hull = RepeatedGame(game, delta).equilibrium_payoffs()
        inside = hull.equations[:, :2] @ [full, full] + hull.equations[:, 2]
        return bool(np.all(inside <= 1e-6))

    def run() -> list[bool]:
        return [held(one, delta) for delta in deltas]

    return told(deltas, *least(run, times=1))


def held(one: Callable[[float], bool], delta: float) -> bool:
    """Return the answer; no where the set is one point, of which no hull is made."""
    try:
        return one(delta)
    except Exception as error:  # of scipy, which is absent here
        if "Qhull" not in type(error).__name__:
            raise
        return False


def nashpy(_: list[float]) -> dict[str, Any]:
    """Return the equilibria of one period; patience has no part in them."""
    import nashpy as peer  # type: ignore[import-not-found] # an environment of its own

    game = peer.Game(PAYOFFS, PAYOFFS.T)
    found, spent = least(lambda: list(game.support_enumeration()), times=2)
    rounded = [[each.round(6).tolist() for each in pair] for pair in found]
    return {"equilibria": rounded, "cpu_s": spent}


def told(deltas: list[float], kept: list[bool], spent: float) -> dict[str, Any]:
    """Return answers by patience and the time of all together."""
    answers = {f"{delta:g}": each for delta, each in zip(deltas, kept, strict=True)}
    return {"full_effort_is_kept": answers, "cpu_s": spent}


def main(given: list[str]) -> int:
    """Print the answers asked for; 2 if asked wrongly."""
    kinds = {"ours": ours, "quantecon": quantecon, "nashpy": nashpy}
    given = given or ["ours"]
    if given[0] not in kinds:
        print(__doc__, file=sys.stderr)
        return 2
    deltas = [float(each) for each in given[1:]] or list(DELTAS)
    print(json.dumps({"who": given[0]} | kinds[given[0]](deltas)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
