"""How each report of an incident agrees with the others: by place, time, kind, count.

The product by which reports are joined, taken apart for the incident as it is. Place
and time are held against being anywhere in a box of 24 km by 24 km and three days about
it; the crowd is how many lone reports of its source are to be expected in that box.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from pamiers.fusion.columns import Floats, Ints

if TYPE_CHECKING:
    from pamiers.fusion.fuse import Fusion

#: what cannot be is told as this, or less [bit]
_NEVER: Final = -99.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Why one report was joined with the others of its incident.

    Invariant: `total_bits` is the sum of the parts, and the logarithm of the ratio by
    which the report goes with the others rather than stands alone.
    """

    member: str  #: `source:key`
    place_bits: float
    time_bits: float
    kind_bits: float
    count_bits: float  #: 0 where no count is stated
    told_bits: float  #: how readily its source tells of what others do
    crowd_bits: float  #: how thickly its source reports from there anyway
    total_bits: float


def agreements(fusion: "Fusion", at: Ints) -> tuple[Agreement, ...]:
    """Return how reports of one incident agree, each with all the others.

    Args:
        fusion: Result of `fuse`.
        at: Positions of the reports.

    Returns:
        One for each report that has a place and repeats no other, by name; none where
        fewer than two are left.
    """
    reports, ids = fusion.reports, fusion.reports.ids
    here = {ids[i] for i in at.tolist()}
    asked = [
        i
        for i in at.tolist()
        if reports.placed[i] and fusion.repeats.get(ids[i]) not in here
    ]
    if len(asked) < 2:  # noqa: PLR2004 - one cannot agree
        return ()
    found = dict(_taken_apart(fusion, np.array(asked, dtype=np.int64)))
    return tuple(found[name] for name in sorted(found))


def _taken_apart(fusion: "Fusion", asked: Ints) -> Iterator[tuple[str, Agreement]]:
    # Compiled loops are loaded only where something is taken apart (ADR 0018).
    from pamiers.fusion.learned import read_for  # noqa: PLC0415 - loaded when it is used
    from pamiers.fusion.loops.crowd import ABOUT, CELL_M, CELL_S  # noqa: PLC0415 - loaded when it is used
    from pamiers.fusion.loops.parts import COLUMNS, parts  # noqa: PLC0415 - loaded when it is used
    from pamiers.fusion.working import aside_of  # noqa: PLC0415 - loaded when it is used

    field, rows = read_for(fusion.reports, asked, fusion.learned)
    turn = np.empty(len(field.own), dtype=np.int64)
    turn[field.order(0)] = field.own
    by_turn = np.argsort(turn[rows])
    asked, rows = asked[by_turn], rows[by_turn]
    found = np.zeros((len(rows), COLUMNS))
    taxonomy = field.beliefs.taxonomy
    parts(rows, aside_of(field.reports, taxonomy), field.beliefs.tables, found)
    area, span = 9.0 * CELL_M**2, ABOUT / 9.0 * CELL_S
    place, time, kind, side, count, told, crowd = _bits(
        found
        / np.array([1.0 / area, 1.0 / span, 1.0, 1.0, 1.0, 1.0, 1.0 / area / span])
    ).T
    for k, i in enumerate(asked.tolist()):
        each = (place[k], time[k], kind[k] + side[k], count[k], told[k], -crowd[k])
        name = fusion.reports.ids[i]
        rounded = [round(float(bits), 3) for bits in each]
        yield (
            name,
            Agreement(
                member=name,
                place_bits=rounded[0],
                time_bits=rounded[1],
                kind_bits=rounded[2],
                count_bits=rounded[3],
                told_bits=rounded[4],
                crowd_bits=rounded[5],
                total_bits=round(sum(rounded), 3),
            ),
        )


def _bits(factors: Floats) -> Floats:
    return np.maximum(np.log2(np.maximum(factors, 1e-300)), _NEVER)
