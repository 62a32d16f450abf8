"""How many there are over time, by tallies and by sightings, as steps.

A tally of what is there holds from its start until the same counter counts again
at the same site, or for as long as the agreement takes what was seen to stay. A
tally of what is done adds to what its counter counted before, or, where cumulative,
says what that comes to. A sighting says how many are certainly there while it
lasts, and how many may be there for as long as things are taken to stay.

Counters are never added: of rivals the lower bound is the lowest, the upper the
highest. What one counter tells of several sites, or of several kinds of a class, is
added up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import shapely

from pamiers.agreement.model import (
    AllOf,
    Bound,
    Clause,
    InZones,
    Matter,
    OutsideZones,
    Reading,
    Where,
)
from pamiers.agreement.zones import Zone
from pamiers.compliance.evidence.ground import Site, drawn_since
from pamiers.compliance.evidence.happenings import (
    NO,
    OPEN,
    YES,
    Bounds,
    Value,
    satisfies,
    typed,
)
from pamiers.compliance.evidence.papers import END
from pamiers.compliance.evidence.register import Register, tally_key
from pamiers.core.rows import LEVELS, Tally, read_extra

_TICK: Final = timedelta(microseconds=1)
#: share of a zone that two drawings may differ by and mean the same
_SLIVER: Final = 1e-3
_PERSONS: Final = "persons"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How many one counter counts at one site from one instant to another.

    `most` None: or more.
    """

    counter: str
    site: tuple[str | None, str, str | None]  #: place, what was counted, whose
    start: datetime
    end: datetime
    least: float
    most: float | None
    key: str


@dataclass(frozen=True, slots=True)
class Level:
    """How many there are at one instant, by all who counted; None: or more."""

    least: float
    most: float | None
    counters: int  #: how many counters tell of it
    apart: bool  #: whether counters differ
    keys: tuple[str, ...] = ()


def steps(
    reading: Reading,
    clause: Clause,
    register: Register,
    matter: Matter | None = None,
) -> list[Step]:
    """Return what tallies say of what a reading counts, by time.

    Args:
        reading: What is counted, whose, where, of which status.
        clause: Says whose things count as the bearers'.
        register: Tallies on record.
        matter: Another matter than the reading's, for the other side of a ratio.

    Returns:
        Steps, ordered by start; those of one counter and site do not overlap.
    """
    counted = matter or reading.matter
    bound = reading.bound or Bound()
    rows = [
        (row, bounds)
        for row in register.tallies
        if _counted_by(row, bound, register)
        and row.status == (counted.status or "present")
        for bounds in [_bounds(row, counted, reading, clause, register)]
        if bounds[1] > 0.0
    ]
    by_site: dict[tuple[str, object], list[tuple[Tally, Bounds]]] = {}
    for row, bounds in rows:
        by_site.setdefault((row.source, _site(row)), []).append((row, bounds))
    level = (counted.status or "present") in LEVELS
    found: list[Step] = []
    for told in by_site.values():
        found += _held(told, bound) if level else _summed(told, reading)
    return sorted(found, key=lambda each: (each.start, each.key))


def _counted_by(row: Tally, bound: Bound, register: Register) -> bool:
    return bound.counter is None or row.source in register.agreement.meant_by(
        [bound.counter]
    )


def _site(row: Tally) -> tuple[str | None, str, str | None]:
    return (row.place or row.region, row.of, row.party)


def _bounds(
    row: Tally, counted: Matter, reading: Reading, clause: Clause, register: Register
) -> Bounds:
    """Return bounds on the probability that a tally counts what is asked for."""
    parts = (
        _of_class(row, counted, reading, register),
        _of_party(row, counted, reading, clause, register),
        satisfies(counted.condition, _known(row)),
        _here(row, counted.where, register),
    )
    low = min(part[0] for part in parts)
    return (low, min(part[1] for part in parts))


def _here(row: Tally, where: Where, register: Register) -> Bounds:
    """Return whether a tally is of where a clause holds; it is where it says it is."""
    zones = register.agreement.zones
    named = zones.get(row.place or "")
    match where:
        case InZones(asked) if named is not None:
            return _part_of(named, [zones[each] for each in asked])
        case OutsideZones(asked) if named is not None:
            low, high = _part_of(named, [zones[each] for each in asked])
            return 1.0 - high, 1.0 - low
        case AllOf(parts):
            each = [_here(row, part, register) for part in parts]
            return min(one[0] for one in each), min(one[1] for one in each)
        case _:
            site = Site(where, None, drawn_since(register.agreement, row.start))
            return register.ground.holds(site, row.at, row.region, row.party)


def _part_of(named: Zone, asked: Sequence[Zone]) -> Bounds:
    """Return whether a zone is one of some, or lies in them."""
    if any(each.id == named.id for each in asked):
        return YES
    whole = shapely.union_all([each.shape for each in asked])
    shared = shapely.intersection(named.shape, whole).area / named.shape.area
    if shared >= 1.0 - _SLIVER:
        return YES
    return NO if shared <= _SLIVER else OPEN


def _of_class(
    row: Tally, counted: Matter, reading: Reading, register: Register
) -> Bounds:
    if not counted.classes:
        persons = reading.bound is not None and reading.bound.unit == _PERSONS
        return YES if persons == (row.of == _PERSONS) else NO
    if row.of in counted.classes:
        return YES
    classes = [register.agreement.classes[name] for name in counted.classes]
    answers = [one.holds(kind=row.of) for one in classes]
    if row.of in register.agreement.classes:
        return NO
    return YES if True in answers else OPEN if None in answers else NO


def _of_party(
    row: Tally, counted: Matter, reading: Reading, clause: Clause, register: Register
) -> Bounds:
    who = register.bound(reading, clause)
    if counted.by:
        who = register.agreement.meant_by(counted.by)
    if row.party is None:
        everyone = who >= frozenset(register.agreement.party_ids)
        return YES if everyone or len(reading.bearers) <= 1 else OPEN
    return YES if row.party in who else NO


def _known(row: Tally) -> dict[str, Value]:
    found = typed(read_extra(row.extra))
    stated = row.count if row.count is not None else row.count_low
    own = {"kind": row.of, "status": row.status, "actor": row.party, "ref": row.ref}
    counted: dict[str, Value] = {} if stated is None else {"count": float(stated)}
    return {**found, **counted, **{k: v for k, v in own.items() if v is not None}}


def _figures(row: Tally, bounds: Bounds) -> tuple[float, float | None]:
    low = row.count_low if row.count_low is not None else row.count
    high = row.count_high if row.count_high is not None else row.count
    open_end = row.count_high is None and row.count is None
    least = float(low or 0) if bounds[0] >= 1.0 else 0.0
    return least, None if open_end else float(high or 0)


def _held(told: Sequence[tuple[Tally, Bounds]], bound: Bound) -> list[Step]:
    """Return steps of what is there: each tally holds until the next."""
    found = []
    for i, (row, bounds) in enumerate(told):
        later = [other.start for other, _ in told[i + 1 :] if other.start > row.start]
        if any(other.start == row.start for other, _ in told[i + 1 :]):
            continue
        end = min(later, default=END)
        if bound.presence_lasts_s is not None:
            stays = row.start + timedelta(seconds=bound.presence_lasts_s)
            end = min(end, max(stays, row.end))
        found.append(_step(row, (row.start, end), _figures(row, bounds)))
    return found


def _summed(told: Sequence[tuple[Tally, Bounds]], reading: Reading) -> list[Step]:
    """Return steps of what is done: running sums from when the clause began."""
    since = reading.since_at or reading.from_at
    ordered = sorted(told, key=lambda each: (each[0].end, tally_key(each[0])))
    least, most = 0.0, 0.0
    open_end = False
    found = []
    for i, (row, bounds) in enumerate(ordered):
        if since is not None and row.end <= since:
            continue
        low, high = _figures(row, bounds)
        open_end = (open_end and not row.cumulative) or high is None
        most = (high or 0.0) + (0.0 if row.cumulative else most)
        least = low if row.cumulative else least + low
        at = done_by(row)
        after = [done_by(other) for other, _ in ordered[i + 1 :]]
        end = min((t for t in after if t > at), default=END)
        if not any(t == at for t in after):
            found.append(_step(row, (at, end), (least, None if open_end else most)))
    return found


def done_by(row: Tally) -> datetime:
    """Return the instant by which a tally of what is done says it surely was."""
    last = row.end - timedelta(microseconds=1)
    return max(row.start, last)


def _step(
    row: Tally,
    span: tuple[datetime, datetime],
    figures: tuple[float, float | None],
) -> Step:
    return Step(
        counter=row.source,
        site=_site(row),
        start=span[0],
        end=span[1],
        least=figures[0],
        most=figures[1],
        key=tally_key(row),
    )


def told_of_all(
    told: Sequence[Step], instants: Iterable[datetime], whose: Sequence[frozenset[str]]
) -> bool:
    """Tell whether tallies stand of each of several at every one of some instants.

    Args:
        told: Steps; one that names no party counts everybody's.
        instants: When.
        whose: For each who is bound, those whose things are its own.

    Returns:
        True where there is no instant, or nobody to be counted.
    """
    return all(
        any(s.start <= at < s.end and s.site[2] in {None, *who} for s in told)
        for at in instants
        for who in whose
    )


def level_at(told: Iterable[Step], instant: datetime) -> Level | None:
    """Return how many there are at an instant by tallies; None where none holds."""
    by_counter: dict[str, list[Step]] = {}
    for each in told:
        if each.start <= instant < each.end:
            by_counter.setdefault(each.counter, []).append(each)
    if not by_counter:
        return None
    sums = [_sum(held) for held in by_counter.values()]
    lows = [low for low, _ in sums]
    highs = [high for _, high in sums]
    known = [high for high in highs if high is not None]
    return Level(
        least=min(lows),
        most=max(known) if len(known) == len(highs) else None,
        counters=len(sums),
        apart=len(set(sums)) > 1,
        keys=tuple(step.key for held in by_counter.values() for step in held),
    )


def _sum(held: Sequence[Step]) -> tuple[float, float | None]:
    highs = [each.most for each in held]
    known = [high for high in highs if high is not None]
    least = sum(each.least for each in held)
    return least, sum(known) if len(known) == len(highs) else None


def between(
    told: Sequence[Step], since: datetime, at: datetime
) -> tuple[float, float | None]:
    """Return how many were done from one instant to another, by all who counted.

    Args:
        told: Running sums; before the first of them nothing was done.
        since: The first instant that counts.
        at: The last.

    Returns:
        Surely and possibly, of rival counters the lowest and the highest; None: or
        more.
    """
    sums = []
    for counter in sorted({step.counter for step in told}):
        own = [step for step in told if step.counter == counter]
        now = level_at(own, at) or Level(0.0, 0.0, 0, apart=False)
        then = level_at(own, since - _TICK) or Level(0.0, 0.0, 0, apart=False)
        before = then.most if then.most is not None else now.least
        top = None if now.most is None else max(now.most - then.least, 0.0)
        sums.append((max(now.least - before, 0.0), top))
    tops = [top for _, top in sums if top is not None]
    most = max(tops, default=0.0) if len(tops) == len(sums) else None
    return min((low for low, _ in sums), default=0.0), most


def turns(told: Iterable[Step], start: datetime, end: datetime) -> list[datetime]:
    """Return the instants of `[start, end)` at which a level may change, in order."""
    cuts = {start, *(t for each in told for t in (each.start, each.end))}
    return sorted(cut for cut in cuts if start <= cut < end)
