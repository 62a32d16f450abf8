"""Print one figure of the closed forms of deterrence, as one line of JSON.

    deterrence_tables.py dresher N M            value of Dresher's inspection game
    deterrence_tables.py stengel N M K B        value of the recursive inspection game
    deterrence_tables.py visit N M B            probability of visiting now in it
    deterrence_tables.py gmax RHO_D RHO_C T DELTA   largest gain a suspension deters
    deterrence_tables.py alpha MU B D H         strictest alarm that deters
    deterrence_tables.py inspect B D FOUND      least announced chance of inspection
    deterrence_tables.py iaea N R P             smallest sample that finds with P
    deterrence_tables.py delta_star P Q         least patience for cooperation
    deterrence_tables.py commitment LEADER FOLLOWER   best announced lottery
    deterrence_tables.py change D F R K CD CR   cheapest rise of detection and loss
    deterrence_tables.py common N P RHO         like sensors under a common cause
    deterrence_tables.py search WIDTH_M SPEED_M_S HOURS AREA_M2   random search
    deterrence_tables.py looks REVISIT CLEAR LASTS   a clear look through clouds

The line is {"value": ..., "exact": "p/q"}, `exact` where the figure is a fraction.
Where nothing qualifies, `value` is null and `why` says so. T may be `inf`; numbers of
the inspection games, of `iaea` and of `delta_star` are read exactly, from decimals or
fractions. LEADER and FOLLOWER are two rows each, as in "1 3; 0 2".
"""

import json
import math
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Final

import numpy as np

from pamiers.deployment.detection import (
    clear_looks,
    common_cause,
    covered_share,
    random_search,
)
from pamiers.deterrence.alarms import (
    Inspectee,
    best_commitment,
    least_false_alarm,
    least_inspection,
)
from pamiers.deterrence.ladder import Suspension, least_patience, most_gain
from pamiers.deterrence.levers import best_level
from pamiers.deterrence.quotas import dresher, least_sample, stengel, visit_now

Line = dict[str, object]
#: a whole number above this would take minutes, and no agreement has as many
MOST: Final = 1_000_000


def expected(what: str, got: str) -> ValueError:
    """Return the sentence about an argument that is not as it should be."""
    return ValueError(f"expected {what}, got {got!r}")


def whole(text: str) -> int:
    """Return a count, 0 or more."""
    if not text.isascii() or not text.isdigit() or int(text) > MOST:
        raise expected(f"a whole number from 0 to {MOST}", text)
    return int(text)


def fraction(text: str) -> Fraction:
    """Return a number written as a decimal or as p/q, exactly."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise expected("a number such as 0.9 or 9/10", text) from None


def share(text: str) -> Fraction:
    """Return a probability, exactly."""
    value = fraction(text)
    if not 0 <= value <= 1:
        raise expected("a probability from 0 to 1", text)
    return value


def positive(text: str) -> Fraction:
    """Return a number above 0, exactly."""
    value = fraction(text)
    if value <= 0:
        raise expected("a number above 0", text)
    return value


def at_least_0(text: str) -> Fraction:
    """Return a number of 0 or more, exactly."""
    value = fraction(text)
    if value < 0:
        raise expected("0 or more", text)
    return value


def patience(text: str) -> float:
    """Return a discount between 0 and 1, both excluded."""
    value = fraction(text)
    if not 0 < value < 1:
        raise expected("a discount between 0 and 1, neither included", text)
    return float(value)


def periods(text: str) -> float:
    """Return a length in periods, 0 or more; `inf` is endless."""
    if text.strip().lower() in {"inf", "infinity", "+inf"}:
        return math.inf
    return float(at_least_0(text))


def exact(value: Fraction) -> Line:
    """Return a fraction as a number and as it is."""
    shown = f"{value.numerator}/{value.denominator}"
    return {"value": float(value), "exact": shown}


def none(why: str) -> Line:
    """Return the absence of a figure, and why."""
    return {"value": None, "why": why}


def gmax(breaking: str, keeping: str, length: str, discount: str) -> Line:
    """Return the largest gain that a mutual suspension deters."""
    limit = most_gain(
        Suspension(
            alarm_breaking=np.asarray(float(share(breaking))),
            alarm_keeping=np.asarray(float(share(keeping))),
            length=np.asarray(periods(length)),
            discount=np.asarray(patience(discount)),
        )
    )
    return {"value": float(limit)}


def alpha(shift: str, caught: str, uncaught: str, accused: str) -> Line:
    """Return the least false-alarm rate at which keeping is the better choice."""
    found = least_false_alarm(
        float(at_least_0(shift)),
        Inspectee(
            caught=float(positive(caught)),
            uncaught=float(positive(uncaught)),
            accused=float(at_least_0(accused)),
        ),
    )
    if found is None:
        return none("no threshold makes keeping the rule the better choice")
    return {"value": found.false_alarm, "missed": found.missed}


def iaea(items: str, false_items: str, wanted: str) -> Line:
    """Return the exact size of the sample, as an integer."""
    lot, false = whole(items), whole(false_items)
    if false > lot:
        raise expected(f"at most as many false items as items ({lot})", false_items)
    found = least_sample(lot, false, share(wanted))
    if found is None:
        return none("no sample finds what is not there")
    return {"value": found, "exact": f"{found}/1"}


def delta_star(kept: str, broken: str) -> Line:
    """Return the least discount at which endless punishment upholds cooperation."""
    found = least_patience(share(kept), share(broken))
    if found is None:
        return none("no patience below one is enough: 3p - 2q is not above 1")
    return exact(Fraction(found))


def commitment(leader: str, follower: str) -> Line:
    """Return what the best announced lottery over two actions is worth."""
    rows = [
        [tuple(fraction(each) for each in row.split()) for row in text.split(";")]
        for text in (leader, follower)
    ]
    found = best_commitment(*rows)
    first = f"{found.first.numerator}/{found.first.denominator}"
    return exact(found.value) | {"first": first, "answer": found.answer}


def change(*given: str) -> Line:
    """Return the cheapest rise of detection and of loss that closes one clause."""
    detection, quiet, loss, product, *costs = given
    gap = float(share(detection)) - float(share(quiet))
    wanted, held = float(positive(product)), float(at_least_0(loss))
    unit = (float(positive(costs[0])), float(positive(costs[1])))
    more, dearer = best_level(wanted, gap, held, unit)
    cost = unit[0] * more + unit[1] * dearer
    return {"value": cost, "detection": more, "loss": dearer}


def inspect(caught: str, uncaught: str, found: str) -> Line:
    """Return the least announced chance of inspection that deters."""
    return exact(
        Fraction(least_inspection(positive(caught), at_least_0(uncaught), seen(found)))
    )


def seen(text: str) -> Fraction:
    """Return a probability above 0, exactly."""
    return min(positive(text), share(text))


def common(count: str, each: str, correlation: str) -> Line:
    """Return the detection of like sensors under a common cause."""
    given = float(share(each)), whole(count), float(share(correlation))
    return {"value": common_cause(*given)}


def search(*given: str) -> Line:
    """Return the detection of a search at random."""
    width, speed, hours = (float(at_least_0(each)) for each in given[:3])
    task = width, speed, hours, float(positive(given[3]))
    return {"value": random_search(*task), "exhaustive": covered_share(*task)}


def looks(revisit: str, clear: str, lasts: str) -> Line:
    """Return the chance of a clear look before what is to be seen is over."""
    times = float(positive(revisit)), float(share(clear)), float(at_least_0(lasts))
    return {"value": clear_looks(*times)}


TABLES: Final[dict[str, tuple[int, Callable[..., Line]]]] = {
    "dresher": (2, lambda n, m: exact(dresher(whole(n), whole(m)))),
    "stengel": (
        4,
        lambda n, m, k, b: exact(stengel(whole(n), whole(m), whole(k), positive(b))),
    ),
    "visit": (3, lambda n, m, b: exact(visit_now(whole(n), whole(m), positive(b)))),
    "gmax": (4, gmax),
    "alpha": (4, alpha),
    "inspect": (3, inspect),
    "iaea": (3, iaea),
    "delta_star": (2, delta_star),
    "commitment": (2, commitment),
    "change": (6, change),
    "common": (3, common),
    "search": (4, search),
    "looks": (3, looks),
}


def main(given: list[str]) -> int:
    """Print the figure asked for; 2 if it was not asked for rightly."""
    wanted, table = TABLES.get(given[0] if given else "", (0, None))
    if table is None or len(given) != wanted + 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        line = table(*given[1:])
    except (ValueError, OverflowError) as error:
        print(f"{' '.join(given)}: {error}. Correct it.", file=sys.stderr)
        return 2
    print(json.dumps(line))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
