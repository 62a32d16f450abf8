"""Reports become records, each by itself."""

import math
from typing import Final, NamedTuple

from pamiers.fusion.loops.index import COLUMN_M
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import INTERVAL_S, Floats, Ints, Record, Records

#: how far a report looks for others: standard deviations of its place, and more [m]
REACH, AND_M = 3.0, 1_500.0
#: blur that makes a turn later: of place and time together, in logarithms
STEP: Final = 1.5
#: stated errors are taken to be no less [m]
NEVER_NEARER_M: Final = 50.0


class Raw(NamedTuple):
    """Reports as they came, as `fusion.columns.Columns`; each of shape (n,)."""

    x: Floats
    y: Floats
    sigma_m: Floats
    start_s: Floats
    end_s: Floats
    source: Ints
    counted: Ints


class Lens(NamedTuple):
    """What is believed of sources, as `fusion.sources.Sources`."""

    place: Floats  #: of each mode; the others of each source
    clock: Floats
    count_error: Floats
    east: Floats
    north: Floats
    ahead: Floats
    more: Floats
    lone: Floats
    meant: Floats  #: where incidents told at places of habit were, shape (m, 2) [m]
    amount: Floats  #: mean and variance of the logarithm of counts, shape (2,)


@compiled
def read(asked: Ints, raw: Raw, of: Lens, reports: Records) -> None:
    """Write reports as they are read in the light of what is believed.

    Args:
        asked: Which.
        raw: Reports as they came.
        of: What is believed.
        reports: Records with what does not depend on beliefs; written.
    """
    for i in asked:
        report, s = reports[i], raw.source[i]
        length = raw.end_s[i] - raw.start_s[i]
        interval = length > INTERVAL_S
        error = max(raw.sigma_m[i], NEVER_NEARER_M) * of.place[report.mode]
        clock = max(length / 4.0, 1.0) * of.clock[s]
        report.x, report.y = raw.x[i] - of.east[s], raw.y[i] - of.north[s]
        if report.town >= 0:
            report.x, report.y = of.meant[report.town, 0], of.meant[report.town, 1]
        report.v = error * error
        report.t = report.when - (0.0 if interval else of.ahead[s])
        report.w = 0.0 if interval else clock * clock
        report.c = math.log(max(raw.counted[i], 1)) - of.more[s]
        report.u = of.count_error[s] if raw.counted[i] > 0 else 0.0
        report.free = free(report, of)
        report.reach = min(REACH * error + AND_M, COLUMN_M)
        blur = 2.0 * math.log(error)
        blur += math.log((length if interval else clock) + 1.0)
        report.turn = math.floor(blur / STEP)


@inlined
def free(report: Record, of: Lens) -> float:
    """Return the root of the variance over the density of a count by itself."""
    v = report.u + of.amount[1]
    away = (report.c - of.amount[0]) ** 2 / v
    return math.sqrt(v) * math.exp(min(away / 2.0, 30.0))


@compiled
def place_in_crowd(
    asked: Ints, crowd: Floats, usual: float, of: Lens, reports: Records
) -> None:
    """Write how dense lone reports of its source are about each report.

    Args:
        asked: Which.
        crowd: Density of all reports about each [1 / m2 s], shape (n,).
        usual: Density that is usual.
        of: What is believed.
        reports: Records; written.
    """
    for i in asked:
        share = of.lone[reports[i].source]
        reports[i].null, reports[i].base = share * crowd[i], share * usual
