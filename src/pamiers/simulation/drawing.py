"""Draw what parties do on one day, from their conduct, their mood and the clauses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from numpy.random import Generator

from pamiers.agreement.values.hours import open_hours
from pamiers.compliance.evidence.suspended import less
from pamiers.compliance.spans import in_force
from pamiers.core.instant import Interval
from pamiers.core.kind import is_a, lasts
from pamiers.simulation.conduct import Mood
from pamiers.simulation.deed import Deed
from pamiers.simulation.setting import Setting
from pamiers.simulation.stage import Stage, Temptation, Way

#: free at both ends of a stretch, so that no deed lies in two reporting days [s]
_EDGE_S: Final = 600.0
_EVENT_S: Final = 30.0
_LASTS_S: Final = (1_800.0, 14_400.0)  #: least and most
#: a burst is so much rarer than a single deed
_BURST: Final = 0.15
#: a party answers no more deeds of a kind than this a day; a burst is one
_MOST_ANSWERS: Final = 3
#: events of a burst are counted by those who hear them, in so many spells at most
_GROUPS: Final = 6
_MORE: Final = 2.0  #: mean number of events past the limit and one


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a day is drawn upon: moods, and the deeds of the day before."""

    moods: Mapping[str, Mood]
    deeds: Sequence[Deed] = ()


def deeds_on(
    stage: Stage, setting: Setting, before: Before, period: Interval, rng: Generator
) -> list[Deed]:
    """Return what happens in a reporting day.

    Args:
        stage: What can be broken.
        setting: How parties behave.
        before: Their moods, and what happened the day before.
        period: The reporting day.
        rng: Generator.

    Returns:
        Deeds in order of time, ids unique within the day's start; empty for a quiet
        day.
    """
    found = [
        deed
        for tempted in stage.temptations
        for deed in _tempted(tempted, setting, before, period, rng)
    ]
    found += _staged(stage, setting, period, rng)
    found.sort(key=lambda each: each.start)
    day = period.end.date().isoformat()
    return [replace(each, id=f"{day}-{n:03d}") for n, each in enumerate(found)]


def _tempted(
    tempted: Temptation,
    setting: Setting,
    before: Before,
    period: Interval,
    rng: Generator,
) -> Iterator[Deed]:
    conduct = setting.conduct_of(tempted.party)
    mood = before.moods.get(tempted.party, Mood())
    rate = conduct.rate(tempted.clause) * mood.factor(conduct)
    if tempted.way is Way.BURST:
        rate *= _BURST
    own = int(rng.poisson(rate))
    against = [d for d in before.deeds if _provokes(d, tempted)]
    against = against[: 1 if tempted.way is Way.BURST else _MOST_ANSWERS]
    restraint = conduct.restraint**mood.remedies
    answered = [
        deed for deed in against if rng.random() < conduct.retaliates_share * restraint
    ]
    stretches = open_in(tempted, period)
    for answers in (*[None] * own, *(each.id for each in answered)):
        if stretches:
            yield from _done(tempted, stretches, answers, rng)


def _provokes(deed: Deed, tempted: Temptation) -> bool:
    """Tell whether a deed is one that a party may answer in kind."""
    author = deed.blamed or deed.party
    return deed.clause == tempted.clause and author != tempted.party


def open_in(tempted: Temptation, period: Interval) -> list[Interval]:
    """Return when in a period a clause can be broken: in force, at its hours."""
    reading = tempted.rule.reading
    span = in_force(reading, period)
    if span is None:
        return []
    hours = open_hours(reading.hours, reading.days, span, tempted.calendar)
    gaps = [
        (each.from_at, each.until_at or period.end)
        for each in tempted.rule.clause.suspended
        if each.from_at is not None
    ]
    parts = [part for each in hours for part in less(each, gaps)]
    return [part for part in parts if part.seconds > 4 * _EDGE_S]


def _done(
    tempted: Temptation,
    stretches: Sequence[Interval],
    answers: str | None,
    rng: Generator,
) -> Iterator[Deed]:
    """Yield the deed, or the burst of deeds, by which a clause is broken once."""
    stretch = stretches[int(rng.integers(len(stretches)))]
    kind = tempted.kinds[int(rng.integers(len(tempted.kinds)))]
    if tempted.way is not Way.BURST:
        yield _one(tempted, kind, _when(kind, stretch, rng), answers, rng)
        return
    n = tempted.most + 1 + int(rng.poisson(_MORE))
    groups = min(n, _GROUPS)
    room = stretch.seconds - 2 * _EDGE_S
    length = min(tempted.window_s, room) * 0.8
    first = stretch.start + timedelta(seconds=_EDGE_S + rng.random() * (room - length))
    for group in range(groups):
        at = first + timedelta(seconds=int(length * group / groups))
        when = Interval(_whole(at), _whole(at) + timedelta(seconds=_EVENT_S))
        count = (n * (group + 1)) // groups - (n * group) // groups
        yield replace(_one(tempted, kind, when, answers, rng), count=count)


def _when(kind: str, stretch: Interval, rng: Generator) -> Interval:
    room = stretch.seconds - 2 * _EDGE_S
    low, high = _LASTS_S
    chance = rng.random()
    length = low + chance * (high - low) if lasts(kind) else _EVENT_S
    length = min(length, room / 2)
    offset = _EDGE_S + rng.random() * (room - length)
    start = _whole(stretch.start + timedelta(seconds=offset))
    return Interval(start, start + timedelta(seconds=max(1, int(length))))


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _one(
    tempted: Temptation,
    kind: str,
    when: Interval,
    answers: str | None,
    rng: Generator,
) -> Deed:
    lon, lat = _where(tempted, rng)
    weapon = tempted.weapon
    return Deed(
        id="",
        clause=tempted.clause,
        party=tempted.party,
        kind=kind,
        start=when.start,
        end=when.end,
        lon=lon,
        lat=lat,
        weapons=weapon.words if weapon else None,
        calibre_mm=weapon.calibre_mm if weapon else None,
        attributes=tempted.attributes,
        answers=answers,
    )


def _where(tempted: Temptation, rng: Generator) -> tuple[float | None, float | None]:
    chance = rng.random()
    if not len(tempted.points):
        return None, None
    lon, lat = tempted.points[int(chance * len(tempted.points))]
    return round(float(lon), 6), round(float(lat), 6)


def _staged(
    stage: Stage, setting: Setting, period: Interval, rng: Generator
) -> Iterator[Deed]:
    """Yield deeds that a party lays at another's door."""
    for party in stage.agreement.party_ids:
        others = [each for each in stage.agreement.party_ids if each != party]
        n = int(rng.poisson(setting.conduct_of(party).stages_per_day))
        own = [t for t in stage.temptations if _stageable(t, party)]
        for _ in range(n):
            pick, whom = rng.random(), rng.random()
            if not own or not others:
                continue
            tempted = own[int(pick * len(own))]
            stretches = open_in(tempted, period)
            blamed = others[int(whom * len(others))]
            if stretches:
                for deed in _done(tempted, stretches, None, rng):
                    yield replace(deed, blamed=blamed)


def _stageable(tempted: Temptation, party: str) -> bool:
    own = tempted.party == party and tempted.way is Way.EVENT
    return own and not any(is_a(kind, "restriction") for kind in tempted.kinds)
