"""Advance notices held against what was seen: matched, over-run, or never announced.

A notice is a statement of category `notice`: of an activity of a kind, by a party, at
a time and place, given at an instant. An activity on record is matched to the notice
that fits it best, as a judgement would. What goes beyond its notice in time, place or
size is an over-run, and is flagged; whether that breaches anything, a finding says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pamiers.agreement.model import (
    Clause,
    Exemption,
    InZones,
    Matter,
    Reading,
    Subject,
    Verb,
)
from pamiers.compliance.evidence.happenings import Value
from pamiers.compliance.evidence.notices import Announced, Asked, announced
from pamiers.compliance.ledgers.act import Act
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import standing
from pamiers.core.geodesy import distance_m
from pamiers.core.kind import is_a
from pamiers.core.place import Place
from pamiers.core.rows import Statement, read_extra

NOTICE: Final = "notice"
_SIZES: Final = ("count", "persons", "vehicles")


class Outcome(StrEnum):
    """What became of a notice, or of an activity that wants one."""

    MATCHED = "matched"
    LATE = "matched, announced too late"
    OVERRUN = "over-run"
    UNSURE = "may have been announced"  #: the notice leaves open what has to match
    UNANNOUNCED = "not announced"
    UNSEEN = "announced, not seen"
    COMING = "announced, still to come"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified:
    """One notice beside the activity it announced; either may be missing."""

    clause: str
    rule: str | None  #: exemption that asks for the notice; None: the clause does
    outcome: Outcome
    party: str | None
    kind: str | None
    notice: str | None  #: `source:key`
    act: str | None  #: key of the incident or statement
    given_at: datetime | None
    needed_by: datetime | None  #: last instant at which it was in time
    announced: tuple[datetime | None, datetime | None]  #: from, until
    seen: tuple[datetime, datetime] | None
    overruns: tuple[str, ...]  #: such as `time: 3 h past its end`
    sources: tuple[str, ...]  #: who says so: the notice's source, then the act's


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What asks for a notice: a clause that demands it, or an exemption."""

    clause: Clause
    reading: Reading
    exemption: Exemption | None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of activity that it speaks of."""
        own = () if self.exemption is None else self.exemption.kinds
        return own or self.reading.kinds

    @property
    def matter(self) -> Matter | None:
        """Return the activities that an exemption is about; None: the reading's."""
        out = self.exemption
        if out is None or not self.kinds:
            return None
        return Matter(
            subject=Subject.EVENT,
            kinds=self.kinds,
            classes=out.classes or self.reading.classes,
            where=InZones(out.zones) if out.zones else self.reading.where,
            condition=out.condition,
            by=out.by,
        )

    def asked(self, known: Known) -> Asked:
        """Return what a notice has to be, to count."""
        by = known.register.bound(self.reading, self.clause)
        if self.exemption is None:
            to, before = self.clause.to, self.reading.before
            matching = self.reading.same
        else:
            to, before = self.exemption.notified_to, self.exemption.notice
            matching = self.exemption.matching
        return Asked(
            before=before,
            to=to,
            by=by,
            matching=matching,
        )

    def needed_by(self, start: datetime, known: Known) -> datetime:
        """Return the last instant at which an activity could be announced in time."""
        before = self.asked(known).before
        if before is None:
            return start
        return known.agreement.calendar.before(start, before)


def notices(known: Known) -> tuple[Notified, ...]:
    """Return every notice and every activity that wants one, matched.

    Args:
        known: Agreement, facts and now.

    Returns:
        By clause in the order of the file, then by time. Under an exemption only
        what was announced is listed: what was not is for a finding.
    """
    found: list[Notified] = []
    for clause in known.agreement.clauses:
        for rule in rules(clause, known.now):
            found += sorted(matched(rule, known), key=_order)
    return tuple(found)


def rules(clause: Clause, now: datetime) -> Iterator[Rule]:
    """Yield what asks for notices in a clause, as it stands first in the text."""
    reading = standing(clause, now)
    if clause.verb is Verb.NOTIFY:
        yield Rule(clause=clause, reading=reading, exemption=None)
    for exemption in clause.unless:
        if exemption.notified_s is not None:
            yield Rule(clause=clause, reading=reading, exemption=exemption)


def matched(rule: Rule, known: Known) -> Iterator[Notified]:
    """Yield the notices and activities of one rule, each once.

    Args:
        rule: What asks for the notice.
        known: Agreement, facts and now.

    Yields:
        Activities with their best notice, then notices that no activity met.
    """
    given = {_key(row): row for row in known.statements if _given(row, known)}
    used: set[str | None] = set()
    asked = rule.asked(known)
    rows = known.conduct_by(rule.clause, rule.reading, rule.matter)
    for act in known.established(rows):
        told = announced(act.happening, asked, known.register)
        notice = given.get(told.key or "")
        used.update(told.keys)
        if notice is not None or rule.exemption is None:
            yield _told(rule, notice, (act, told))
    for key, row in given.items():
        if key not in used and _concerns(row, rule, known):
            yield _alone(rule, row, known)


def overruns(notice: Statement, act: Act) -> tuple[str, ...]:
    """Return in what an activity went beyond its notice; empty for nothing."""
    return (*_time(notice, act), *_place(notice, act), *_size(notice, act))


def _order(each: Notified) -> tuple[str, str, str]:
    at = each.seen[0] if each.seen else each.announced[0]
    return (at.isoformat() if at else "", each.act or "", each.notice or "")


def _key(row: Statement) -> str:
    return f"{row.source}:{row.key}"


def _given(row: Statement, known: Known) -> bool:
    """Tell whether a statement is a notice that was given by now."""
    given = row.given_at or row.start
    notice = row.category.partition(":")[0] == NOTICE
    return notice and given is not None and given <= known.now


def _concerns(row: Statement, rule: Rule, known: Known) -> bool:
    """Tell whether a notice is of a kind that a rule asks about, by whom it binds."""
    about = row.kind or row.about
    fits = about is None or _family(about, rule)
    theirs = row.actor is None or row.actor in known.register.bound(
        rule.reading, rule.clause
    )
    return fits and theirs


def _family(kind: str, rule: Rule) -> bool:
    plain = kind.removeprefix("event:")
    return any(plain == each or is_a(plain, each) for each in rule.kinds)


def _time(row: Statement, act: Act) -> Iterator[str]:
    """Yield how long an activity surely was before or past what was announced.

    What lasts was going on from its beginning to its end; anything else was at one
    instant of its interval, nobody knows at which.
    """
    first, last = act.start, act.end
    if not act.happening.lasts:
        first, last = last, first
    lasts = row.start is not None and row.end is not None and row.end > row.start
    if row.start is not None and act.end <= row.start:
        yield f"time: {_length(row.start - first)} before its beginning"
    elif lasts and row.end is not None and last > row.end:
        yield f"time: {_length(last - row.end)} past its end"
    elif row.start is not None and first < row.start:
        yield f"time: {_length(row.start - first)} before its beginning"


def _length(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    if hours >= 48.0:  # noqa: PLR2004 - below two days, hours say more
        return f"{hours / 24:.3g} d"
    return f"{hours:.3g} h" if hours >= 1.0 else f"{hours * 60:.3g} min"


def _place(row: Statement, act: Act) -> Iterator[str]:
    away = _away_m(row, act)
    if away > 0.0:
        yield f"place: at least {away / 1000:.3g} km outside"
    elif row.region and act.region and row.region != act.region and row.at is None:
        yield f"place: {act.region}, announced for {row.region}"


def _away_m(row: Statement, act: Act) -> float:
    """Return how far outside the announced place an activity surely was [m]."""
    planned, seen = row.at, act.at
    if planned is None or seen is None:
        return 0.0
    return max(0.0, _apart_m(planned, seen) - planned.radius_m - seen.radius_m)


def _apart_m(one: Place, other: Place) -> float:
    return float(distance_m(one.lon, one.lat, other.lon, other.lat))


def _size(row: Statement, act: Act) -> Iterator[str]:
    planned = read_extra(row.extra)
    for name in _SIZES:
        most, seen = _number(planned, name), _number(act.known, name)
        if most is not None and seen is not None and seen > most:
            yield f"size: {seen:g} {_of(name)}, announced {most:g}"


def _number(stated: Mapping[str, Value] | Mapping[str, str], name: str) -> float | None:
    try:
        return float(str(stated[name]))
    except (KeyError, ValueError):
        return None


def _of(name: str) -> str:
    return "in all" if name == "count" else name


def _told(rule: Rule, row: Statement | None, seen: tuple[Act, Announced]) -> Notified:
    act, told = seen
    over = () if row is None else overruns(row, act)
    return Notified(
        clause=rule.clause.id,
        rule=rule.exemption.id if rule.exemption else None,
        outcome=_outcome(row, told, over),
        party=act.actor or (row.actor if row else None),
        kind=act.kind,
        notice=_key(row) if row else None,
        act=act.key,
        given_at=None if row is None else row.given_at or row.start,
        needed_by=told.due_at,
        announced=(row.start, row.end) if row else (None, None),
        seen=(act.start, act.end),
        overruns=over,
        sources=(*((row.source,) if row else ()), *act.sources),
    )


def _outcome(row: Statement | None, told: Announced, over: tuple[str, ...]) -> Outcome:
    if row is None:
        return Outcome.UNANNOUNCED
    if over:
        return Outcome.OVERRUN
    if told.late_s is not None:
        return Outcome.LATE
    return Outcome.MATCHED if told.bounds[0] > 0.0 else Outcome.UNSURE


def _alone(rule: Rule, row: Statement, known: Known) -> Notified:
    """Return a notice that no activity on record met."""
    over = row.end is not None and row.end <= known.now
    needed = None if row.start is None else rule.needed_by(row.start, known)
    return Notified(
        clause=rule.clause.id,
        rule=rule.exemption.id if rule.exemption else None,
        outcome=Outcome.UNSEEN if over else Outcome.COMING,
        party=row.actor,
        kind=row.kind or row.about,
        notice=_key(row),
        act=None,
        given_at=row.given_at or row.start,
        needed_by=needed,
        announced=(row.start, row.end),
        seen=None,
        overruns=(),
        sources=(row.source,),
    )
