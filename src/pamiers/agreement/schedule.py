"""When the times of a resolved agreement are, once events have set its anchors.

Facts are none of this room's: whoever knows them says which anchors have come
(`happened`), and `bind` fills in every instant that follows. Binding anew from the
same agreement and other facts is always possible: moments are kept beside instants.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from pamiers.agreement.model import (
    Agreement,
    Amendment,
    Anchor,
    Clause,
    Exemption,
    Extension,
    Life,
    Reading,
    Suspension,
    Tenure,
)
from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.moment import Moment, anchor_of, when
from pamiers.agreement.zones import Line, Zone

_Drawn = TypeVar("_Drawn", Zone, Line)


def bind(
    agreement: Agreement,
    happened: Mapping[str, datetime],
    known_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Agreement:
    """Return an agreement with every instant filled in that is known.

    Args:
        agreement: Resolved; whether bound before makes no difference.
        happened: Anchor -> when its event came, or its duty was done by all.
        known_at: Last instant of knowledge; an anchor that has a `latest` and has
            not come by then is taken to be then. None: no such anchor is.
        ends_at: When the whole agreement ends, see `life_end`; None: not known to.

    Returns:
        The agreement. A reading whose beginning waits for an anchor has none.
    """
    anchors = anchored(agreement, happened, known_at)
    clock = _Clock(anchors, agreement.calendar, ends_at)
    zones = {name: clock.drawn(each) for name, each in agreement.zones.items()}
    return replace(
        agreement,
        anchors=anchors,
        clauses=tuple(clock.clause(each) for each in agreement.clauses),
        zones=zones,
        lines={name: clock.drawn(each) for name, each in agreement.lines.items()},
        mandates={
            role: tuple(clock.tenure(each) for each in terms)
            for role, terms in agreement.mandates.items()
        },
        sectors=tuple(
            replace(each, zone=zones.get(each.id, each.zone))
            for each in agreement.sectors
        ),
    )


def anchored(
    agreement: Agreement,
    happened: Mapping[str, datetime],
    known_at: datetime | None = None,
) -> dict[str, datetime]:
    """Return anchor -> UTC instant, for those that have come or can be reckoned.

    Args:
        agreement: Names its anchors in `waits`; one without keeps its `anchors`.
        happened: Anchor -> when its event came.
        known_at: As for `bind`.

    Returns:
        Anchors, in the order of the agreement.
    """
    found = {} if agreement.waits else {**agreement.anchors, **happened}
    counted = agreement.calendar
    for _ in agreement.waits:
        reached = {
            name: _come(anchor, happened.get(name), found, counted, known_at)
            for name, anchor in agreement.waits.items()
        }
        now = {name: at for name, at in reached.items() if at is not None}
        if now == found:
            break
        found = now
    return found


def _come(
    anchor: Anchor,
    event_at: datetime | None,
    anchors: Mapping[str, datetime],
    counted: Calendar,
    known_at: datetime | None,
) -> datetime | None:
    """Return when an anchor came; None where it has not."""
    at = _set(anchor, event_at, anchors, counted)
    at = extended(anchor.extended, at, anchors, counted) if at is not None else None
    if anchor.latest is None:
        return at
    latest = when(anchor.latest, anchors, counted)
    if latest is None or (at is None and (known_at is None or known_at < latest)):
        return at
    return latest if at is None else min(at, latest)


def _set(
    anchor: Anchor,
    event_at: datetime | None,
    anchors: Mapping[str, datetime],
    counted: Calendar,
) -> datetime | None:
    """Return when what sets an anchor came; None where it has not."""
    if anchor.at is not None:
        return when(anchor.at, anchors, counted)
    several = anchor.last_of or anchor.first_of
    if not several:
        return event_at
    found = [when(each, anchors, counted) for each in several]
    come = [each for each in found if each is not None]
    if anchor.first_of:
        return min(come, default=None)
    return max(come) if len(come) == len(found) else None


def instant(moment: Moment, agreement: Agreement) -> datetime | None:
    """Return when a moment of a bound agreement is [UTC]; None while it waits."""
    return when(moment, agreement.anchors, agreement.calendar)


def waits_on(moment: Moment, agreement: Agreement) -> str | None:
    """Return the anchor that a moment waits for; None where it is known.

    Of anchors that wait for one another, the one that has to come first.
    """
    name = anchor_of(moment)
    if name is None or name in agreement.anchors:
        return None
    rule = agreement.waits.get(name)
    if rule is None:
        return name
    parts = (*((rule.at,) if rule.at is not None else ()), *rule.last_of)
    waiting = (waits_on(each, agreement) for each in parts)
    return next((each for each in waiting if each is not None), name)


def life_end(
    agreement: Agreement,
    renewed_at: Iterable[datetime],
    ended_at: datetime | None,
) -> datetime | None:
    """Return when an agreement ends, by what is on record.

    Args:
        agreement: Bound.
        renewed_at: When each renewal was recorded; one after the end, as lengthened by
            then, is too late.
        ended_at: When it was denounced, or ended by its own event; None: not.

    Returns:
        UTC instant; None where nothing ends it.
    """
    life, counted = agreement.life, agreement.calendar
    if life is None:
        return None
    start = None if life.from_ is None else instant(life.from_, agreement)
    end = None
    if life.lasts is not None and start is not None:
        end = counted.after(start, life.lasts)
        for each in sorted(renewed_at):
            longer = extended(life.extended, end, agreement.anchors, counted, by=each)
            if longer is not None and each <= longer:
                end = counted.after(longer, life.lasts)
    end = extended(life.extended, end, agreement.anchors, counted)
    if life.tacit and end is not None:
        return _tacit_end(life, end, ended_at, counted)
    if ended_at is None:
        return end
    out = counted.after(ended_at, life.notice) if life.notice else ended_at
    return out if end is None else min(out, end)


def extended(
    terms: Sequence[Extension],
    end: datetime | None,
    anchors: Mapping[str, datetime],
    counted: Calendar,
    *,
    by: datetime | None = None,
) -> datetime | None:
    """Return when something ends that was lengthened.

    Args:
        terms: By which times it was lengthened; one agreed after the end is too late.
        end: When it ends without.
        anchors: Anchor -> UTC instant, as far as known.
        counted: Counts the time.
        by: Only as far as it was agreed by then; None: all of it.

    Returns:
        UTC instant; None where there is no end.
    """
    told = [
        (when(each.on, anchors, counted), when(each.until, anchors, counted))
        for each in terms
    ]
    agreed = [(on, until) for on, until in told if on is not None and until is not None]
    for on, until in sorted(agreed):
        if end is not None and on <= end and (by is None or on <= by):
            end = max(end, until)
    return end


def _tacit_end(
    life: Life, first: datetime, ended_at: datetime | None, counted: Calendar
) -> datetime | None:
    """Return the end of the first term that was denounced in time; None: of none."""
    if ended_at is None or life.lasts is None:
        return None
    end = first
    while ended_at > (counted.before(end, life.notice) if life.notice else end):
        end = counted.after(end, life.lasts)
    return end


@dataclass(frozen=True, slots=True)
class _Clock:
    """Reckons the moments of one agreement against one set of anchors."""

    anchors: Mapping[str, datetime]
    counted: Calendar
    ends_at: datetime | None

    def at(self, moment: Moment | None) -> datetime | None:
        return None if moment is None else when(moment, self.anchors, self.counted)

    def latest(self, moments: Sequence[Moment]) -> datetime | None:
        """Return the latest of some moments; None while one has not come."""
        found = [self.at(each) for each in moments]
        known = [each for each in found if each is not None]
        return max(known) if known and len(known) == len(found) else None

    def earliest(self, moments: Sequence[Moment]) -> datetime | None:
        """Return the earliest of those that are known."""
        found = [self.at(each) for each in moments]
        return min((each for each in found if each is not None), default=None)

    def clause(self, clause: Clause) -> Clause:
        return replace(
            clause,
            readings=tuple(self.reading(each) for each in clause.readings),
            unless=tuple(self.exemption(each) for each in clause.unless),
            suspended=tuple(self.suspension(each) for each in clause.suspended),
            amendments=tuple(self.amendment(each) for each in clause.amendments),
        )

    def reading(self, reading: Reading) -> Reading:
        if not reading.from_:
            return self.ended(reading)  # its instants were given outright
        return self.ended(
            replace(
                reading,
                from_at=self.latest(reading.from_),
                until_at=self.earliest(reading.until),
                by_at=self.earliest(reading.deadline),
                first_at=self.earliest(reading.first),
                since_at=self.latest(reading.since),
            )
        )

    def ended(self, reading: Reading) -> Reading:
        ends = [each for each in (reading.until_at, self.ends_at) if each is not None]
        return replace(reading, until_at=min(ends, default=None))

    def exemption(self, exemption: Exemption) -> Exemption:
        if exemption.from_ is None and exemption.until is None:
            return exemption
        return replace(
            exemption,
            from_at=self.at(exemption.from_),
            until_at=self.at(exemption.until),
        )

    def suspension(self, suspension: Suspension) -> Suspension:
        return replace(
            suspension,
            from_at=self.at(suspension.from_),
            until_at=self.at(suspension.until),
        )

    def tenure(self, tenure: Tenure) -> Tenure:
        return replace(
            tenure, from_at=self.at(tenure.from_), until_at=self.at(tenure.until)
        )

    def amendment(self, amendment: Amendment) -> Amendment:
        return replace(amendment, on_at=self.at(amendment.on))

    def drawn(self, drawn: _Drawn) -> _Drawn:
        """Return a zone or line with its times; the same one where none changes."""
        from_at, until_at = drawn.from_at, drawn.until_at
        if drawn.from_ is not None or drawn.until is not None:
            from_at, until_at = self.at(drawn.from_), self.at(drawn.until)
        versions = tuple(self.drawn(each) for each in drawn.versions)
        same = all(a is b for a, b in zip(versions, drawn.versions, strict=True))
        if same and (from_at, until_at) == (drawn.from_at, drawn.until_at):
            return drawn
        return replace(drawn, from_at=from_at, until_at=until_at, versions=versions)
