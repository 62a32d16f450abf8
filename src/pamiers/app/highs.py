"""HiGHS behind the port of solvers, in a process that can be killed.

The solver is compiled code that may overrun its own limit of time, and that does not
bear another solver beside it in one process; so it has a process of its own, which is
stopped when the time is up.
"""

import io
import subprocess
import sys
from typing import Final

import numpy as np

from pamiers.deployment.placing.program import Answer, Program

#: beyond the limit that the solver is given, until it is killed [s]
_GRACE: Final = 3.0
_NOTHING: Final = Answer(x=None, bound=float("inf"))


class Highs:
    """Solves programs with HiGHS; nothing is proved where it is not installed."""

    def solve(self, program: Program, *, seconds: float) -> Answer:
        """Return the best point found in the time, and what none exceeds.

        Args:
            program: What to maximise, and within which rows.
            seconds: After which the solver is stopped.

        Returns:
            The answer; nothing found and nothing proved if it was killed or failed.
        """
        given = io.BytesIO()
        np.savez(
            given,
            gain=program.gain,
            lower=program.lower,
            upper=program.upper,
            whole=program.whole,
            rows=program.rows,
            row_upper=program.row_upper,
            seconds=np.array(seconds),
        )
        try:
            run = subprocess.run(
                [sys.executable, "-m", "pamiers.app.highs_child"],
                input=given.getvalue(),
                capture_output=True,
                timeout=seconds + _GRACE,
                check=True,
            )
        except (subprocess.SubprocessError, OSError):
            return _NOTHING
        return _read(run.stdout)


def _read(told: bytes) -> Answer:
    try:
        with np.load(io.BytesIO(told)) as found:
            x = np.asarray(found["x"], dtype=np.float64)
            return Answer(x=x if x.size else None, bound=float(found["bound"]))
    except (ValueError, KeyError, OSError):
        return _NOTHING
