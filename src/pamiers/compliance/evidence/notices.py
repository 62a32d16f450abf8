"""Whether an activity was announced: by whom, to whom, how early, and of what.

A notice fits an activity when nothing that it states speaks against it: its giver,
whom it was given to, the kind, the time and, where the agreement asks for them, the
place and the identifier. What a notice leaves unsaid that has to match stays open, and
so does a notice of which only somebody with an interest tells.

An activity that lasts has to begin within its notice and stay within it. One that was
some time in an interval was surely within a notice that spans the interval, and may
have been within one that meets it; in the same way its notice was surely early enough,
or may have been. What is only uncertain is never late and never an overrun.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.agreement.values.duration import Duration
from pamiers.compliance.evidence.happenings import (
    NO,
    OPEN,
    YES,
    Bounds,
    Happening,
    done_to,
)
from pamiers.compliance.evidence.papers import END, Paper, about, named_in
from pamiers.compliance.evidence.register import Register
from pamiers.core.geodesy import distance_m
from pamiers.core.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a notice has to be, to count."""

    before: Duration | None = None  #: how early; None: by when it begins
    to: tuple[str, ...] = ()  #: who all have to be told; empty: anybody
    by: frozenset[str] | None = None  #: who has to give it; None: anybody
    matching: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """How surely an activity was announced, by which notice, and what went beyond."""

    bounds: Bounds
    key: str | None = None
    keys: tuple[str, ...] = ()  #: of every notice that counts, if several are told
    late_s: float | None = None  #: how much later than asked it was given [s]
    due_at: datetime | None = None  #: by when it had to be given [UTC]
    overrun_s: float = 0.0  #: how long the activity went on past what was announced

    @property
    def rank(self) -> tuple[Bounds, Bounds, float, float]:
        """Return what tells the better of two notices: first, one that covers it."""
        covers = NO if self.overrun_s > 0.0 else self.bounds
        return covers, self.bounds, -self.overrun_s, -(self.late_s or 0.0)


def announced(row: Happening, asked: Asked, register: Register) -> Announced:
    """Return whether an activity was announced as asked.

    Args:
        row: The activity.
        asked: What the notice has to be.
        register: Notices on record.

    Returns:
        The best notice, one that the activity did not outlast before any that it did;
        bounds (0, 0) where there is none, or only late ones. Where several have to be
        told, in one notice or in one each, that to the one who was told worst; its
        `keys` are those of all.
    """
    whom = _receivers(row, asked, register.agreement)
    each = [_told(row, asked, one, register) for one in whom]
    worst = min(each, key=lambda told: told.rank)
    keys = dict.fromkeys(told.key for told in each if told.key is not None)
    return replace(worst, keys=tuple(keys))


def _receivers(
    row: Happening, asked: Asked, agreement: Agreement
) -> list[frozenset[str] | None]:
    """Return who all have to be told, less him who acted; anybody: None."""
    doers = named_in(row.actor)
    others = [name for name in asked.to if not doers & agreement.speaking_for(name)]
    return [agreement.meant_by([name]) for name in others or asked.to] or [None]


def _told(
    row: Happening, asked: Asked, to: frozenset[str] | None, register: Register
) -> Announced:
    """Return the best notice of an activity to one who has to be told."""
    due = _due(row.begins[1], asked, register)
    early = _due(row.begins[0], asked, register)
    fitting = [
        (bounds, paper)
        for paper in about(register.papers, "notice")
        for bounds in [_fits(paper, row, (asked, to), register.agreement)]
        if bounds[1] > 0.0
    ]
    if not fitting:
        return Announced(bounds=NO, due_at=due)
    found = [_judged(bounds, paper, row, (early, due)) for bounds, paper in fitting]
    return max(found, key=lambda each: each.rank)


def _due(began: datetime, asked: Asked, register: Register) -> datetime:
    if asked.before is None:
        return began
    return register.agreement.calendar.before(began, asked.before)


def _judged(
    bounds: Bounds, paper: Paper, row: Happening, due_in: tuple[datetime, datetime]
) -> Announced:
    early, due = due_in
    over = 0.0
    if row.lasts and paper.end is not None and paper.end > paper.start:
        over = max((row.latest - paper.end).total_seconds(), 0.0)
    if paper.given_at is None:
        open_bounds = (0.0, bounds[1])
        return Announced(bounds=open_bounds, key=paper.key, due_at=due, overrun_s=over)
    late = (paper.given_at - due).total_seconds()
    in_time = NO if late > 0.0 else YES if paper.given_at <= early else OPEN
    return Announced(
        bounds=(min(bounds[0], in_time[0]), min(bounds[1], in_time[1])),
        key=paper.key,
        late_s=late if late > 0.0 else None,
        due_at=due,
        overrun_s=over,
    )


def _fits(
    paper: Paper,
    row: Happening,
    wanted: tuple[Asked, frozenset[str] | None],
    agreement: Agreement,
) -> Bounds:
    """Return bounds on the probability that a notice is of an activity."""
    asked, to = wanted
    parts = [
        YES if paper.decides() else OPEN,
        done_to(paper.to, to),
        _one_of(paper.actor, asked.by),
        YES if paper.is_of(row.kind) else NO,
        _same_time(paper, row),
        *(_MATCH[name](paper, row) for name in asked.matching if name in _MATCH),
    ]
    if "party" in asked.matching:
        parts.append(_same_party(paper, row, agreement))
    return min(part[0] for part in parts), min(part[1] for part in parts)


def _one_of(name: str | None, wanted: frozenset[str] | None) -> Bounds:
    if wanted is None:
        return YES
    if name is None:
        return OPEN
    return YES if name in wanted else NO


def _same_time(paper: Paper, row: Happening) -> Bounds:
    """A notice without an end, or of one instant, is of what begins from then on."""
    first, last = row.begins
    end = paper.end
    if end is None or end - paper.start <= timedelta(minutes=1):
        end = END
    if paper.start <= first and last < end:
        return YES
    return OPEN if first < end and paper.start <= last else NO


def _same_party(paper: Paper, row: Happening, agreement: Agreement) -> Bounds:
    """Whether a notice is by or to who acted, or of the same party or office."""
    if row.actor is None:
        return OPEN
    named = named_in(paper.actor) | named_in(paper.to)
    pairs = product(named, named_in(row.actor))
    return YES if any(agreement.are_one(*pair) for pair in pairs) else NO


def _same_id(paper: Paper, row: Happening) -> Bounds:
    if paper.ref is None or row.ref is None:
        return OPEN
    return YES if paper.ref in {row.ref, row.key} else NO


def _same_place(paper: Paper, row: Happening) -> Bounds:
    return near(paper.place, row.place, (paper.region, row.region))


def near(
    one: Place | None, other: Place | None, regions: tuple[str | None, str | None]
) -> Bounds:
    """Return bounds on the probability that two places are the same.

    Args:
        one: A place; None where it is unknown.
        other: Another.
        regions: Sectors that their sources name.

    Returns:
        YES where the circles of their errors meet, NO where they do not; by the
        sectors where one has no place; open where nothing tells.
    """
    if one is not None and other is not None:
        away = float(distance_m(one.lon, one.lat, other.lon, other.lat))
        return YES if away <= one.radius_m + other.radius_m else NO
    first, second = regions
    if first is None or second is None:
        return OPEN
    return YES if first == second else NO


_MATCH: Final = {"place": _same_place, "id": _same_id}
