"""The process in which HiGHS runs: a program on stdin, its answer on stdout."""

import io
import os
import sys
from typing import Any

import numpy as np


def main() -> None:
    """Solve the program on stdin, and write the answer to stdout."""
    out = os.dup(1)
    os.dup2(2, 1)  # what the solver prints goes to stderr
    with np.load(io.BytesIO(sys.stdin.buffer.read())) as given:
        x, bound = solved({name: given[name] for name in given.files})
    told = io.BytesIO()
    np.savez(told, x=x, bound=np.array(bound))
    with os.fdopen(out, "wb") as stream:
        stream.write(told.getvalue())


def solved(given: dict[str, Any]) -> "tuple[np.ndarray[Any, Any], float]":
    """Return the best point, or an empty one, and the bound.

    Args:
        given: The parts of a program, and the seconds it may take.

    Returns:
        (x, bound); the bound is infinite where nothing was proved, and minus
        infinity where no point is allowed.
    """
    import highspy as wheel  # noqa: PLC0415 - only where a solver runs

    highspy: Any = wheel  # it has no type hints
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own form
    model.setOptionValue("time_limit", float(given["seconds"]))
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 1e-4)
    model.passModel(_model(highspy, given))
    model.run()
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return np.empty(0), -np.inf
    info, point = model.getInfo(), model.getSolution()
    feasible = info.primal_solution_status == highspy.kSolutionStatusFeasible
    x = np.array(point.col_value) if feasible else np.empty(0)
    bound = (
        info.mip_dual_bound if given["whole"].any() else info.objective_function_value
    )
    return x, float(bound)


def _model(highspy: Any, given: dict[str, Any]) -> Any:  # noqa: ANN401 - the solver has no types
    rows = np.asarray(given["rows"])
    held = highspy.HighsLp()
    held.num_col_, held.num_row_ = rows.shape[1], rows.shape[0]
    held.col_cost_, held.sense_ = given["gain"], highspy.ObjSense.kMaximize
    held.col_lower_, held.col_upper_ = given["lower"], given["upper"]
    held.row_lower_ = np.full(rows.shape[0], -highspy.kHighsInf)
    held.row_upper_ = given["row_upper"]
    at, column = np.nonzero(rows)
    matrix = held.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.concatenate(
        [[0], np.cumsum(np.bincount(at, minlength=rows.shape[0]))]
    )
    matrix.index_, matrix.value_ = column, rows[at, column]
    kinds = highspy.HighsVarType
    held.integrality_ = [
        kinds.kInteger if each else kinds.kContinuous for each in given["whole"]
    ]
    return held


if __name__ == "__main__":
    main()
