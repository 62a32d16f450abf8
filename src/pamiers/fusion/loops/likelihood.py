"""How likely a report is if it tells of a group, over being a lone report.

The ratio is a product: time x place x kind x side x count x detection x whether a
lone member is real, over the density of the source's lone reports there. Place and
time have the tails of Student's distribution (4 and 6 degrees of freedom), so that
one bad report does not rule.
"""

import math

from pamiers.fusion.loops.mark import inlined
from pamiers.fusion.loops.state import DAY_S, Record, State, Tables

_ALMOST_A_DAY = 0.7 * DAY_S
_FAR = 24.0  # squared distance in units of variance
_LONG_AGO = 30.0
_ANYWHERE = 1e-5
_ROOMY = 1.0 + 1e-9  # what only rounding parts is looked at more closely


@inlined
def ratio(i: int, g: int, state: State, tables: Tables) -> float:
    """Return the likelihood ratio of report i in group g; 0 where it cannot be.

    Args:
        i: Number of the report.
        g: Number of the group.
        state: Reports and groups.
        tables: What is believed of the sources.

    Returns:
        A ratio of densities, 0 or more; 1 leaves the question open.
    """
    return float(likeness(i, g, 0.0, state, tables) / state.reports[i].null)


@inlined
def worth(i: int, g: int, state: State, tables: Tables) -> float:
    """Return the same where reports are as dense as is usual.

    Args:
        i: Number of the report.
        g: Number of the group.
        state: Reports and groups.
        tables: What is believed of the sources.

    Returns:
        A ratio of densities that does not depend on the crowd.
    """
    return float(likeness(i, g, 0.0, state, tables) / state.reports[i].base)


@inlined
def likeness(i: int, g: int, least: float, state: State, tables: Tables) -> float:
    """Return the density of report i in group g; 0 where it cannot be.

    Args:
        i: Number of the report.
        g: Number of the group.
        least: Density below which 0 may be returned; what a place of habit says is
            the dearest part, and is left out where it could not change that.
        state: Reports and groups.
        tables: What is believed of the sources.

    Returns:
        A density [1 / m2 s], to be held against that of lone reports.
    """
    report, group = state.reports[i], state.groups[g]
    if report.w > 0.0 and group.q > 0.0:
        gap = report.t - group.t
        if gap * gap > _LONG_AGO * (report.w + group.q):
            return 0.0
    dx, dy = report.x - group.x, report.y - group.y
    v = report.v + group.s
    q = (dx * dx + dy * dy) / v
    if q > _FAR:
        return 0.0
    found = when(report, group, tables.source[report.source].late)
    if found == 0.0:
        return 0.0
    found *= what(i, g, state, tables) * told(i, g, state, tables)
    if report.town >= 0 and found * at_best(report, tables) < least:
        return 0.0
    return float(found * where(report, group, q, tables))


@inlined
def told(i: int, g: int, state: State, tables: Tables) -> float:
    """Return the odds that its source reports what a group tells of.

    Args:
        i: Number of the report.
        g: Number of the group.
        state: Reports and groups.
        tables: What is believed of the sources.

    Returns:
        Odds, times P(it is real) of what one voice alone tells.
    """
    source, report = tables.source[state.reports[i].source], state.reports[i]
    heard = (state.voices[g, report.source >> 6] >> (report.source & 63)) & 1
    odds = source.again if heard else source.odds
    return float(odds * state.groups[g].alone)


@inlined
def when(report: Record, group: Record, late: float) -> float:
    """Return the density of a report's time, given a group's [1/s]."""
    if report.w > 0.0 and group.q > 0.0:
        v, gap = report.w + group.q, report.t - group.t
        f = 1.0 + gap * gap / (7.0 * v)
        f *= f
        return float(0.385 / (math.sqrt(v) * f * f))
    if report.w > 0.0:
        return inside(report.t, math.sqrt(report.w), group.a, group.b, late)
    if group.q > 0.0:
        return inside(group.t, math.sqrt(group.q), report.a, report.b, late)
    length, shared = (
        report.b - report.a,
        min(report.b, group.b) - max(report.a, group.a),
    )
    if shared > 0.0:
        return float((1.0 - late) * shared / (length * (group.b - group.a)))
    before = min(report.b, group.b) - max(report.a - DAY_S, group.a)
    return late / length if length > _ALMOST_A_DAY and before > 0.0 else 0.0


@inlined
def inside(t: float, error: float, a: float, b: float, late: float) -> float:
    """Return the density of an instant within an interval that may be a day late.

    Args:
        t: Instant [s].
        error: Standard deviation, of time [s] or place [m].
        a: Beginning [s].
        b: End [s].
        late: P(dated a day late).

    Returns:
        Density [1/s]; 0 where the instant cannot lie in it.
    """
    length = b - a
    if a - error < t < b + error:
        return (1.0 - late) / length
    if length > _ALMOST_A_DAY and a - DAY_S - error < t < b + error:
        return late / length
    return 0.0


@inlined
def where(report: Record, group: Record, q: float, tables: Tables) -> float:
    """Return the density of a report's place, given a group's [1/m2].

    Args:
        report: The report.
        group: Its group, or the one asked about.
        q: Squared distance in units of variance.
        tables: What is believed of the sources.

    Returns:
        Density [1/m2].
    """
    if report.town < 0:
        f = 1.0 + q / 6.0
        f *= f
        return float(0.159 / ((report.v + group.s) * f * f))
    a, b = shares(report.town, group.x, group.y, math.sqrt(group.s), tables)
    rank = tables.rank[report.mode]
    found = rank[0] * a * b + rank[1] * ((1.0 - a) * b + a * (1.0 - b)) + _ANYWHERE
    found += rank[2] * (1.0 - a) * (1.0 - b) / (1.0 + q)
    return float(found / tables.area[report.town])


@inlined
def at_best(report: Record, tables: Tables) -> float:
    """Return a density that no place of a report at a place of habit exceeds."""
    rank = tables.rank[report.mode]
    best = max(rank[0], rank[1], rank[2]) + _ANYWHERE
    return float(_ROOMY * best / tables.area[report.town])


@inlined
def shares(
    town: int, x: float, y: float, error: float, tables: Tables
) -> tuple[float, float]:
    """Return how surely a place of habit is nearer than its first two rivals.

    Args:
        town: Number of the place of habit.
        x: Easting [m].
        y: Northing [m].
        error: Standard deviation, of time [s] or place [m].
        tables: What is believed of the sources.

    Returns:
        P(nearer than the first rival), P(nearer than the second); 1 for none.
    """
    gx, gy = tables.towns[town, 0], tables.towns[town, 1]
    here = (x - gx) ** 2 + (y - gy) ** 2
    first, second, one, two = 1e300, 1e300, -1, -1
    for k in range(tables.near.shape[1]):
        h = tables.near[town, k]
        if h < 0:
            break
        d = (x - tables.towns[h, 0]) ** 2 + (y - tables.towns[h, 1]) ** 2
        if d < first:
            second, two, first, one = first, one, d, h
        elif d < second:
            second, two = d, h
    a = nearer((first - here) / error, town, one, tables) if one >= 0 else 1.0
    b = nearer((second - here) / error, town, two, tables) if two >= 0 else 1.0
    return a, b


@inlined
def nearer(gain: float, town: int, h: int, tables: Tables) -> float:
    """Return P(nearer to one place than to another), by the half-plane between.

    Args:
        gain: Difference of squared distances over the error [m].
        town: Number of the place of habit.
        h: Number of the other place.
        tables: What is believed of the sources.

    Returns:
        A probability, 0.5 on the line between the two.
    """
    gx, gy = tables.towns[town, 0], tables.towns[town, 1]
    apart = math.hypot(tables.towns[h, 0] - gx, tables.towns[h, 1] - gy)
    d = 0.85 * gain / (2.0 * apart)
    return 0.5 + 0.5 * d / math.sqrt(1.0 + d * d)


@inlined
def what(i: int, g: int, state: State, tables: Tables) -> float:
    """Return the ratio of kind, side and count.

    Args:
        i: Number of the report.
        g: Number of the group.
        state: Reports and groups.
        tables: What is believed of the sources.

    Returns:
        A ratio; 1 where nothing is stated.
    """
    found = of_kind(i, g, state, tables) * of_side(i, g, state, tables)
    return float(found * of_count(state.reports[i], state.groups[g]))


@inlined
def of_kind(i: int, g: int, state: State, tables: Tables) -> float:
    """Return the ratio of kind.

    Args:
        i: Number of the report.
        g: Number of the group.
        state: Reports and groups.
        tables: What is believed of the sources.

    Returns:
        A ratio; 1 where nothing is stated.
    """
    row, found = state.reports[i].row, 0.0
    for k in range(state.kinds.shape[1]):
        found += state.kinds[g, k] * tables.kind[row, k]
    return found


@inlined
def of_side(i: int, g: int, state: State, tables: Tables) -> float:
    """Return the ratio of side.

    Args:
        i: Number of the report.
        g: Number of the group.
        state: Reports and groups.
        tables: What is believed of the sources.

    Returns:
        A ratio; 1 where nothing is stated.
    """
    side, group = tables.side[state.reports[i].who], state.groups[g]
    return float(group.one * side[0] + group.two * side[1])


@inlined
def of_count(report: Record, group: Record) -> float:
    """Return the ratio of count; 1 where none is stated."""
    if report.u <= 0.0:
        return 1.0
    v, d = report.u + group.r, report.c - group.c
    agrees = report.free / math.sqrt(v) * math.exp(-0.5 * d * d / v)
    return float(0.93 * agrees + 0.07)
