"""What was pledged and what came of it: per contributor, and in all, against caps.

What has come is told by the agreement's own deliveries and by tallies, each source by
itself. Where it was pledged by a day, less is short only from then on; whether it came
in time is not told. A contributor of whom no source says anything is *not reported*,
which is not the same as having delivered nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from pamiers.agreement.schedule import instant
from pamiers.agreement.undertaking import Delivery, Pledge
from pamiers.compliance.evidence.amounts import total
from pamiers.compliance.evidence.papers import named_in
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.tallied import counted
from pamiers.core.rows import Tally

_STATUSES: Final = ("delivered", "arrived", "present")


class Came(StrEnum):
    """What one source says came of a pledge."""

    DELIVERED = "delivered"
    SHORT = "short"
    OVER = "over its cap"
    SOME = "some"  #: within the cap, if any; no least amount was pledged
    NOTHING = "nothing"  #: the source says so; silence is no source


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one source says has come, as of a date."""

    source: str
    low: float
    high: float | None  #: None: or more
    as_of: datetime | str | None  #: instant, date as written, or not stated
    came: Came
    short_by: float = 0.0  #: less than the least pledged, at least so many
    over_by: float = 0.0  #: more than the cap, at least so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One pledge, and what each source says came of it."""

    pledge: str
    by: str  #: several who give one amount together with `;` between them
    of: tuple[str, ...]
    at_least: float | None
    up_to: float | None
    unit: str
    due_at: datetime | None  #: when more is due the next time [UTC]; None: never
    owed: float | None  #: how many are to have come by now; None: none yet, or ever
    condition: str  #: in words
    pledged_by_source: str | None  #: who says that it was pledged
    reports: tuple[Report, ...]  #: by source; empty: not reported

    @property
    def is_reported(self) -> bool:
        """Tell whether any source says what came of it."""
        return bool(self.reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """What one source says came of every pledge of one thing, in all."""

    of: tuple[str, ...]
    unit: str
    source: str
    low: float
    high: float | None
    reported: int  #: contributors of whom it says something
    contributors: int  #: all who pledged it
    floor: float | None  #: pledged at least, in all; None: not stated by each
    cap: float | None  #: pledged at most, in all; None: not stated by each
    silent_on: tuple[str, ...]  #: contributors of whom it says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """Pledges one by one, and those of one thing together."""

    each: tuple[Contribution, ...]
    together: tuple[Combined, ...]


def pledges(known: Known) -> Contributions:
    """Return what came of every pledge, in the order of the file."""
    each = tuple(_contribution(pledge, known) for pledge in known.agreement.pledges)
    return Contributions(each=each, together=tuple(_together(each)))


def _contribution(pledge: Pledge, known: Known) -> Contribution:
    owed, due_at = _owed(pledge, known)
    held = replace(pledge, at_least=owed)
    reports = [*_by_agreement(held, known), *_by_tally(held, known)]
    return Contribution(
        pledge=pledge.id,
        by=pledge.by,
        of=pledge.of,
        at_least=pledge.at_least,
        up_to=pledge.up_to,
        unit=pledge.unit,
        due_at=due_at,
        owed=owed,
        condition=pledge.when,
        pledged_by_source=pledge.source,
        reports=tuple(sorted(reports, key=lambda r: (r.source, str(r.as_of)))),
    )


def _owed(pledge: Pledge, known: Known) -> tuple[float | None, datetime | None]:
    """Return how many are to have come by now, and when more are due the next time.

    What waits for an anchor that has not come is not due.
    """
    if not pledge.stages:
        return pledge.at_least, None
    dated = [(instant(each.due, known.agreement), each) for each in pledge.stages]
    due = [(at, each.at_least) for at, each in dated if at is not None]
    owed = max((least for at, least in due if at <= known.now), default=None)
    return owed, min((at for at, _ in due if at > known.now), default=None)


def _by_agreement(pledge: Pledge, known: Known) -> Iterator[Report]:
    """Yield the last delivery that each source tells of in the agreement itself."""
    last: dict[str, Delivery] = {}
    today = known.now.date()
    for each in sorted(pledge.deliveries, key=lambda d: str(d.on or "")):
        if each.on is None or each.on <= today:
            last[each.source] = each
    for source, each in last.items():
        on = None if each.on is None else each.on.isoformat()
        yield _report(pledge, source, (each.amount, each.amount), on)


def _by_tally(pledge: Pledge, known: Known) -> Iterator[Report]:
    rows = [row for row in known.tallies if _is_of(row, pledge)]
    for figure in counted(rows):
        high = None if figure.high is None else float(figure.high)
        yield _report(pledge, figure.counter, (float(figure.low), high), figure.as_of)


def _is_of(row: Tally, pledge: Pledge) -> bool:
    if row.status not in _STATUSES:
        return False
    of_it = row.of in pledge.of or (row.of == "persons" == pledge.unit)
    givers = named_in(row.party) == named_in(pledge.by)
    return row.ref == pledge.id or (givers and of_it)


def _report(
    pledge: Pledge,
    source: str,
    amount: tuple[float, float | None],
    as_of: datetime | str | None,
) -> Report:
    low, high = amount
    wanted = None if pledge.about else pledge.at_least
    cap = None if pledge.about else pledge.up_to
    short = 0.0 if wanted is None or high is None else max(0.0, wanted - high)
    over = 0.0 if cap is None else max(0.0, low - cap)
    return Report(
        source=source,
        low=low,
        high=high,
        as_of=as_of,
        came=_came(amount, short=short, over=over, wanted=wanted),
        short_by=short,
        over_by=over,
    )


def _came(
    amount: tuple[float, float | None],
    *,
    short: float,
    over: float,
    wanted: float | None,
) -> Came:
    if over > 0.0:
        return Came.OVER
    if amount[1] == 0.0:
        return Came.NOTHING
    if wanted is None:
        return Came.SOME
    return Came.SHORT if short > 0.0 else Came.DELIVERED


def _together(each: Sequence[Contribution]) -> Iterator[Combined]:
    """Yield, for each thing that several pledged and each source, the sum."""
    things = dict.fromkeys((c.of, c.unit) for c in each)
    for of, unit in things:
        held = [c for c in each if (c.of, c.unit) == (of, unit)]
        for source in sorted({r.source for c in held for r in c.reports}):
            yield _combined(held, source)


def _combined(held: Sequence[Contribution], source: str) -> Combined:
    told = [(c, r) for c in held for r in c.reports if r.source == source]
    by = {c.by for c, _ in told}
    return Combined(
        of=held[0].of,
        unit=held[0].unit,
        source=source,
        low=sum(r.low for _, r in told),
        high=total(r.high for _, r in told),
        reported=len(by),
        contributors=len({c.by for c in held}),
        floor=total(c.at_least for c in held),
        cap=total(c.up_to for c in held),
        silent_on=tuple(sorted({c.by for c in held} - by)),
    )
