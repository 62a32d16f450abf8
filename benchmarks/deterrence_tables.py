"""Print one figure of the closed forms of deterrence, as one line of JSON.

    deterrence_tables.py dresher N M            value of Dresher's inspection game
    deterrence_tables.py stengel N M K B        value of the recursive inspection game
    deterrence_tables.py gmax RHO_D RHO_C T DELTA   largest gain a suspension deters
    deterrence_tables.py alpha MU B D H         strictest alarm that deters
    deterrence_tables.py iaea N R P             smallest sample that finds with P
    deterrence_tables.py delta_star P Q         least patience for cooperation

The line is {"value": ..., "exact": "p/q"}, `exact` where the figure is a fraction.
Where nothing qualifies, `value` is null and `why` says so. T may be `inf`; numbers of
`stengel`, `iaea` and `delta_star` are read as decimal strings, exactly.
"""

import json
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Final

import numpy as np

from pamiers.deterrence.alarms import Inspectee, least_false_alarm
from pamiers.deterrence.ladder import Suspension, least_patience, most_gain
from pamiers.deterrence.quotas import dresher, least_sample, stengel

Line = dict[str, object]


def exact(value: Fraction) -> Line:
    """Return a fraction as a number and as it is."""
    shown = f"{value.numerator}/{value.denominator}"
    return {"value": float(value), "exact": shown}


def none(why: str) -> Line:
    """Return the absence of a figure, and why."""
    return {"value": None, "why": why}


def gmax(breaking: str, keeping: str, length: str, discount: str) -> Line:
    """Return the largest gain that a mutual suspension deters."""
    given = [np.asarray(float(each)) for each in (breaking, keeping, length, discount)]
    limit = most_gain(
        Suspension(
            alarm_breaking=given[0],
            alarm_keeping=given[1],
            length=given[2],
            discount=given[3],
        )
    )
    return {"value": float(limit)}


def alpha(shift: str, caught: str, uncaught: str, accused: str) -> Line:
    """Return the least false-alarm rate at which keeping is the better choice."""
    found = least_false_alarm(
        float(shift),
        Inspectee(
            caught=float(caught), uncaught=float(uncaught), accused=float(accused)
        ),
    )
    if found is None:
        return none("no threshold makes keeping the rule the better choice")
    return {"value": found.false_alarm, "missed": found.missed}


def iaea(items: str, false_items: str, wanted: str) -> Line:
    """Return the exact size of the sample, as an integer."""
    found = least_sample(int(items), int(false_items), Fraction(wanted))
    if found is None:
        return none("no sample finds what is not there")
    return {"value": found, "exact": f"{found}/1"}


def delta_star(kept: str, broken: str) -> Line:
    """Return the least discount at which endless punishment upholds cooperation."""
    found = least_patience(Fraction(kept), Fraction(broken))
    if found is None:
        return none("no patience below one is enough: 3p - 2q is not above 1")
    return exact(Fraction(found))


TABLES: Final[dict[str, tuple[int, Callable[..., Line]]]] = {
    "dresher": (2, lambda n, m: exact(dresher(int(n), int(m)))),
    "stengel": (
        4,
        lambda n, m, k, b: exact(stengel(int(n), int(m), int(k), Fraction(b))),
    ),
    "gmax": (4, gmax),
    "alpha": (4, alpha),
    "iaea": (3, iaea),
    "delta_star": (2, delta_star),
}


def main(given: list[str]) -> int:
    """Print the figure asked for; 2 if it was not asked for rightly."""
    wanted, table = TABLES.get(given[0] if given else "", (0, None))
    if table is None or len(given) != wanted + 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        line = table(*given[1:])
    except (ValueError, ZeroDivisionError) as error:
        print(f"{' '.join(given)}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(line))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
