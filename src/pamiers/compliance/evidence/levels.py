"""How many there are over time, by tallies and by sightings, as steps.

A tally of what is there holds from its start until the same counter counts again
at the same site, or for as long as the agreement takes what was seen to stay. A
tally of what is done adds to what its counter counted before, or, where cumulative,
says what that comes to. A sighting says how many are certainly there while it
lasts, and how many may be there for as long as things are taken to stay.

What one counter tells of sites that lie apart, or of different kinds of a class, is
added up; rivals are held side by side in `rivals`. What it tells of a part of a place,
or of a class within a class, is in the number of the whole already, which is at least
the sum of its parts; where nobody can tell whether two tallies count the same things,
the sum is only possible.

The count of somebody with an interest decides nothing: it says that there may be any
number, and nothing at all where others counted. It is a count like others where the
clause names its counter, or where what was declared is what is asked for.

A tally of what is done counts what was done some time in its interval: surely all of it
once that is over, possibly from its beginning on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from pamiers.agreement.model import (
    Agreement,
    Bound,
    Clause,
    Matter,
    Reading,
)
from pamiers.compliance.evidence.amounts import total
from pamiers.compliance.evidence.fitting import fits
from pamiers.compliance.evidence.happenings import (
    Bounds,
)
from pamiers.compliance.evidence.papers import END
from pamiers.compliance.evidence.register import Register, tally_key
from pamiers.compliance.evidence.sites import (
    Counted,
    Lie,
    Sites,
    counted_by,
    parts_of,
)
from pamiers.core.rows import LEVELS, Tally

_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How many one counter counts at one site from one instant to another.

    `most` None: or more.
    """

    counter: str
    site: Counted
    start: datetime
    end: datetime
    least: float
    most: float | None
    key: str
    free: bool = True  #: whether its counter gains nothing by it, or is named
    exact: bool = True  #: whether it surely counts what is asked for, and all of it
    part_of: frozenset[Counted] = frozenset()  #: what its counter also counts whole
    unsure: frozenset[Counted] = frozenset()  #: what may count the same things


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
    bound = reading.limit
    level = (counted.status or "present") in LEVELS
    found: list[Step] = []
    for place, told in told_of(reading, clause, register, matter):
        own = _held(told, bound) if level else _summed(told, reading)
        found += [place.lay(step) for step in own]
    return sorted(found, key=lambda each: (each.start, each.key))


def _own_count(step: Step) -> Step:
    """Return what an own count says: there may be any number."""
    return replace(step, least=0.0, most=None, free=False)


def heard(told: Iterable[Step]) -> list[Step]:
    """Return those who gain nothing by their counts, where there are any; else all.

    Args:
        told: Steps, in any order.

    Returns:
        The same, in their order, without counts of somebody with an interest where
        another counted.
    """
    held = list(told)
    return [each for each in held if each.free] or held


@dataclass(frozen=True, slots=True)
class Laid:
    """What one counter counts at one site, and how that lies to what else it counts."""

    counter: str
    site: Counted
    whole: bool  #: whether its class leaves out nothing of what is asked for
    part_of: frozenset[Counted]
    unsure: frozenset[Counted]
    free: bool = True  #: whether its counter gains nothing by it, or is the one named

    def lay(self, step: Step) -> Step:
        """Return a step of this site, with how it lies to others."""
        exact = step.exact and self.whole
        laid = replace(step, exact=exact, part_of=self.part_of, unsure=self.unsure)
        return laid if self.free else _own_count(laid)


def told_of(
    reading: Reading,
    clause: Clause,
    register: Register,
    matter: Matter | None = None,
) -> list[tuple[Laid, list[tuple[Tally, Bounds]]]]:
    """Return the tallies that may be of what a reading counts, site by site.

    Args:
        reading: What is counted, whose, where, of which status.
        clause: Says whose things count as the bearers'.
        register: Tallies on record.
        matter: Another matter than the reading's.

    Returns:
        Of each counter and site the tallies in order of time, each with bounds on the
        probability that it counts what is asked for.
    """
    counted = matter or reading.matter
    bound = reading.limit
    by_site: dict[tuple[str, Counted], list[tuple[Tally, Bounds]]] = {}
    for row in register.tallies:
        if not _counted_by(row, bound, register):
            continue
        if row.status != (counted.status or "present"):
            continue
        bounds = fits(row, counted, reading, clause, register)
        if bounds[1] > 0.0:
            by_site.setdefault((row.source, counted_by(row)), []).append((row, bounds))
    lain = _lain(by_site, register)
    named = bound.counter is not None or counted.status == "declared"
    return [
        (
            Laid(
                source,
                site,
                _is_all(site.of, counted, register.agreement),
                *lain[source, site],
                free=named or source not in register.interested,
            ),
            told,
        )
        for (source, site), told in by_site.items()
    ]


def _is_all(of: str, counted: Matter, agreement: Agreement) -> bool:
    """Tell whether a class leaves out nothing of the classes that are asked for."""
    known = agreement.classes
    return all(
        of == name
        or (name in known and all(p.within(of, known) for p in parts_of(known[name])))
        for name in counted.classes
    )


def _lain(
    by_site: Mapping[tuple[str, Counted], object], register: Register
) -> dict[tuple[str, Counted], tuple[frozenset[Counted], frozenset[Counted]]]:
    """Return what each site of a counter is part of, and what it may overlap."""
    sites = Sites(register.agreement)
    found = {}
    for source, site in by_site:
        others = [o for s, o in by_site if s == source and o != site]
        found[source, site] = _lies(site, others, sites)
    return found


def _lies(
    site: Counted, others: Iterable[Counted], sites: Sites
) -> tuple[frozenset[Counted], frozenset[Counted]]:
    """Return which of others a site is part of, and which it may overlap."""
    lies = [(other, sites.lie(site, other)) for other in others]
    within = frozenset(o for o, lie in lies if lie is Lie.PART)
    unsure = frozenset(o for o, lie in lies if lie in {Lie.UNKNOWN, Lie.SAME})
    return within, unsure


def laid(held: Sequence[Step], agreement: Agreement) -> list[Step]:
    """Return what several count with how it lies to what the others count.

    Args:
        held: Steps, at most one of each site.
        agreement: Its zones, sectors and classes.

    Returns:
        The same, in their order; empty for none.
    """
    sites = Sites(agreement)
    found = []
    for step in held:
        others = [each.site for each in held if each is not step]
        within, unsure = _lies(step.site, others, sites)
        found.append(replace(step, part_of=within, unsure=unsure))
    return found


def _counted_by(row: Tally, bound: Bound, register: Register) -> bool:
    return bound.counter is None or row.source in register.agreement.meant_by(
        [bound.counter]
    )


def figures(row: Tally, bounds: Bounds) -> tuple[float, float | None]:
    """Return how many a tally surely and possibly tells of; None: or more."""
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
        found.append(_step(row, (row.start, end), figures(row, bounds), bounds))
    return found


def _summed(told: Sequence[tuple[Tally, Bounds]], reading: Reading) -> list[Step]:
    """Return steps of what is done: running sums from when the clause began."""
    since = reading.since_at or reading.from_at
    ordered = [
        (row, bounds)
        for row, bounds in sorted(told, key=lambda o: done_order(o[0]))
        if since is None or row.end > since
    ]
    cuts = sorted({t for row, _ in ordered for t in (row.start, done_by(row))})
    found = []
    for at, end in pairwise([*cuts, END]):
        begun = [(row, bounds) for row, bounds in ordered if row.start <= at]
        done = [(row, bounds) for row, bounds in begun if done_by(row) <= at]
        least = _running([(r, figures(r, b)[0]) for r, b in done]) or 0.0
        most = _running([(r, figures(r, b)[1]) for r, b in begun])
        row, bounds = begun[-1]
        found.append(_step(row, (at, end), (least, most), bounds))
    return found


def _running(told: Sequence[tuple[Tally, float | None]]) -> float | None:
    """Return what tallies in order of time come to; None where one has no limit."""
    total: float | None = 0.0
    for row, figure in told:
        if row.cumulative or figure is None:
            total = figure
        elif total is not None:
            total += figure
    return total


def done_order(row: Tally) -> tuple[datetime, bool, str]:
    """Return by what tallies of what is done are ordered: a total has all before it."""
    return row.end, row.cumulative, tally_key(row)


def done_by(row: Tally) -> datetime:
    """Return the instant by which a tally of what is done says it surely was."""
    last = row.end - timedelta(microseconds=1)
    return max(row.start, last)


def _step(
    row: Tally,
    span: tuple[datetime, datetime],
    figures: tuple[float, float | None],
    bounds: Bounds,
) -> Step:
    return Step(
        counter=row.source,
        site=counted_by(row),
        exact=bounds[0] >= 1.0,
        start=span[0],
        end=span[1],
        least=figures[0],
        most=figures[1],
        key=tally_key(row),
    )


def summed(held: Sequence[Step]) -> tuple[float, float | None]:
    """Return what one counter's tallies come to, whole and part counted once.

    Args:
        held: Steps of one counter, at most one of each site.

    Returns:
        Surely and possibly; None: or more.
    """
    counts = [each for each in held if not _told_better(each, held)]
    sites = {each.site for each in counts}
    tops = [each for each in counts if not each.part_of & sites]
    low = 0.0
    highs: list[float | None] = []
    for group in _groups(tops):
        worth = [_worth(each, counts) for each in group]
        low += max(least for least, _ in worth)
        highs += [most for _, most in worth]
    return low, total(highs)


def _told_better(each: Step, held: Sequence[Step]) -> bool:
    """Tell whether a tally of more than is asked for has one of just that beside it."""
    where = (each.site.place, each.site.party)
    return not each.exact and any(
        other.exact
        and each.site in other.part_of
        and (other.site.place, other.site.party) == where
        for other in held
    )


def _worth(each: Step, held: Sequence[Step]) -> tuple[float, float | None]:
    """Return what a tally comes to: no fewer than the sum of its parts."""
    parts = [other for other in held if each.site in other.part_of]
    if not parts:
        return each.least, each.most
    low = max(each.least, summed(parts)[0])
    return low, None if each.most is None else max(each.most, low)


def _may_be_same(one: Step, other: Step) -> bool:
    return one.site in other.unsure or other.site in one.unsure


def _groups(tops: Sequence[Step]) -> list[list[Step]]:
    """Return tallies with those that may count the same things, in their order."""
    found: list[list[Step]] = []
    for each in tops:
        near = [g for g in found if any(_may_be_same(each, other) for other in g)]
        rest = [group for group in found if group not in near]
        found = [*rest, [*(other for group in near for other in group), each]]
    return found


def turns(told: Iterable[Step], start: datetime, end: datetime) -> list[datetime]:
    """Return the instants of `[start, end)` at which a level may change, in order."""
    cuts = {start, *(t for each in told for t in (each.start, each.end))}
    return sorted(cut for cut in cuts if start <= cut < end)
