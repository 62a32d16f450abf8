"""What is owed on a day, by duty or in turn, and whether its bearer does it.

Acts that an agreement demands (a daily report, a notice after a breach, a withdrawal by
a date) have to be done in the world, or every clause of that sort would be broken all
the time. Each is a statement of an event, as a commission's record would hold it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from numpy.random import Generator

from pamiers.agreement.model import Agreement, Reading
from pamiers.compliance.rule import Form, Rule
from pamiers.core.instant import Interval, zone
from pamiers.core.rows import Statement
from pamiers.simulation.deed import Deed, Omission
from pamiers.simulation.setting import Setting
from pamiers.simulation.stage import Stage
from pamiers.simulation.telling import Sent

#: source of what the mission or its commission puts on record itself
RECORD: Final = "record"
_HOUR: Final = timedelta(hours=1)
_USUAL_S: Final = 48 * 3600.0
_EARLY_SHARE: Final = 0.1  #: of a period, that an act comes before it is due at most
_OFFICE: Final = (8.0, 8.0)  #: first hour of the day, and how many of them
_WEEKDAY: Final = 2  #: on which what is owed each week is done
_DAY_OF_MONTH: Final = 10


@dataclass(frozen=True, slots=True)
class Turns:
    """When each rule that owes an act again and again is due next."""

    due: Mapping[int, datetime] = field(default_factory=dict)  #: number of a rule


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a day's duties."""

    sent: tuple[Sent, ...]
    omitted: tuple[Omission, ...]
    turns: Turns


def duties_on(
    stage: Stage,
    setting: Setting,
    period: Interval,
    told: tuple[Sequence[Deed], Turns],
    rng: Generator,
) -> Done:
    """Return what is done of all that falls due in a reporting day.

    Args:
        stage: The rules.
        setting: Who keeps what it owes.
        period: The reporting day.
        told: The day's deeds, and when what is owed in turn is due.
        rng: Generator; two numbers are drawn for each rule that may owe something.

    Returns:
        Statements of what was done, and what was not.
    """
    deeds, turns = told
    sent: list[Sent] = []
    omitted: list[Omission] = []
    due_next = dict(turns.due)
    for number, rule in enumerate(stage.rules):
        if rule.form not in _OWED or rule.reading.state:
            continue
        chances = (rng.random(), rng.random())
        for party in _bearers(rule):
            owed = rule, party, number
            for due_at in _due(owed, period, (deeds, due_next), stage):
                act = _Act(rule=rule, party=party, due_at=due_at)
                done_at = _done_at(act, setting, stage.agreement, chances)
                due_next[number] = _next_due(act, done_at)
                omitted += _left_undone(act, done_at)
                if done_at is not None:
                    sent += _put_on_record(act, done_at, stage.agreement)
    return Done(tuple(sent), tuple(omitted), Turns(due_next))


def _next_due(act: "_Act", done_at: datetime | None) -> datetime:
    """Return when an act that is owed in turn is owed the next time."""
    period = act.rule.reading.period
    base = done_at if done_at and done_at <= act.due_at else act.due_at
    return base + timedelta(seconds=(period.nominal_s if period else None) or 0.0)


def _left_undone(act: "_Act", done_at: datetime | None) -> Iterator[Omission]:
    if done_at is None or done_at > act.due_at:
        yield Omission(
            clause=act.rule.clause.id,
            party=act.party,
            due_at=act.due_at,
            done_at=done_at,
        )


_OWED: Final = frozenset({Form.DUTY, Form.REACTION, Form.RHYTHM})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    rule: Rule
    party: str
    due_at: datetime


def _bearers(rule: Rule) -> tuple[str, ...]:
    return (rule.party,) if rule.party else rule.reading.bearers


def _due(
    owed: tuple[Rule, str, int],
    period: Interval,
    told: tuple[Sequence[Deed], Mapping[int, datetime]],
    stage: Stage,
) -> Iterator[datetime]:
    """Yield by when, in a day, one bearer owes an act."""
    deeds, due_next = told
    rule, party, number = owed
    reading = rule.reading
    if rule.form is Form.DUTY:
        if reading.by_at is not None and period.contains(reading.by_at):
            yield reading.by_at
    elif not reading.in_force(period.end - _HOUR):
        return
    elif rule.form is Form.REACTION:
        yield from _in_reaction(rule, party, deeds)
    elif reading.period is not None and reading.period.calendar:
        yield from _of_the_calendar(reading.period.calendar, period, stage.agreement)
    else:
        yield from _in_turn(reading, period, due_next.get(number))


def _in_reaction(rule: Rule, party: str, deeds: Sequence[Deed]) -> Iterator[datetime]:
    reading = rule.reading
    upon = [deed for deed in deeds if deed.clause in rule.clause.upon]
    owed = [deed for deed in upon if _owes(deed, party, reading.bearers)]
    if owed and reading.in_force(owed[0].end):
        yield owed[0].end + timedelta(seconds=reading.within_s or _USUAL_S)


def _in_turn(
    reading: Reading, period: Interval, due_next: datetime | None
) -> Iterator[datetime]:
    if reading.period is None or reading.period.unstated or reading.from_at is None:
        return
    length = timedelta(seconds=reading.period.nominal_s or _USUAL_S)
    due_at = due_next or reading.first_at or reading.from_at + length
    while due_at < period.start:
        due_at += length
    while due_at < period.end:
        yield due_at
        due_at += length


def _owes(deed: Deed, party: str, bearers: Sequence[str]) -> bool:
    return party == deed.party or deed.party not in bearers


def _of_the_calendar(
    unit: str, period: Interval, agreement: Agreement
) -> Iterator[datetime]:
    """Yield the end of the calendar unit whose act is done on this day, if any is."""
    tz = zone(agreement.time_zone)
    day = period.middle.astimezone(tz).date()
    wanted = {
        "day": True,
        "week": day.weekday() == _WEEKDAY,
        "month": day.day == _DAY_OF_MONTH,
        "year": (day.month, day.day) == (1, _DAY_OF_MONTH),
    }
    if wanted.get(unit, False):
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), tz)
        yield midnight.astimezone(period.end.tzinfo)


def _done_at(
    act: _Act, setting: Setting, agreement: Agreement, chances: tuple[float, float]
) -> datetime | None:
    """Return when an act is done; late, or never, where its bearer does not keep it."""
    kept = chances[0] < setting.conduct_of(act.party).keeps_duties_share
    if not kept:
        never = chances[1] < 0.5  # noqa: PLR2004 - half of it never
        late = timedelta(hours=1 + int(chances[1] * 72))
        return None if never else _whole(act.due_at + late)
    period = act.rule.reading.period
    if period is not None and period.calendar:
        first, hours = _OFFICE
        day = (act.due_at - _HOUR).astimezone(zone(agreement.time_zone))
        at = day.replace(hour=0, minute=0, second=0, microsecond=0)
        at += timedelta(hours=first + hours * chances[1])
        return _whole(at.astimezone(act.due_at.tzinfo))
    room = (period and period.nominal_s) or act.rule.reading.within_s
    early = _EARLY_SHARE if period else 0.8
    before = (room or 24 * 3600.0) * early * chances[1]
    return _whole(act.due_at - timedelta(seconds=before))


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _put_on_record(
    act: _Act, done_at: datetime, agreement: Agreement
) -> Iterator[Sent]:
    clause = act.rule.clause
    spot = _spot(act.rule, agreement)
    named = f"{clause.id}-{act.party}-{act.rule.zone or ''}-{done_at:%Y%m%d%H%M}"
    event = act.rule.reading.kinds[0].removeprefix("event:")
    row = Statement(
        source=RECORD,
        key=f"done-{named}",
        category=f"event:{event}",
        start=done_at,
        end=done_at + timedelta(seconds=1),
        text=event,
        actor=act.party,
        to=clause.to[0] if clause.to else None,
        given_at=done_at,
        lon=spot[0],
        lat=spot[1],
        radius_m=None if spot[0] is None else 100.0,
        place=act.rule.zone,
    )
    yield Sent(at=done_at + _HOUR, row=row)
    for verifier in clause.verified_by:
        verified = done_at + 6 * _HOUR
        row = Statement(
            source=RECORD,
            key=f"verified-{named}-{verifier}",
            category=f"verified:{clause.id}",
            start=verified,
            end=verified + timedelta(seconds=1),
            text="verified",
            actor=verifier,
            to=act.party,
            given_at=verified,
        )
        yield Sent(at=verified + _HOUR, row=row)


def _spot(rule: Rule, agreement: Agreement) -> tuple[float | None, float | None]:
    if rule.zone is None:
        return None, None
    point = agreement.zones[rule.zone].shape.representative_point()
    return float(point.x), float(point.y)
