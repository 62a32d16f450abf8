"""What a judge who saw everything would say: breaches, rule by rule, from the deeds.

Written out plainly and apart from the engine that judges by reports, so that one can
be held against the other. Only what deeds can break is told: bans, and limits on how
often.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pamiers.agreement.model import (
    Agreement,
    AllOf,
    InZones,
    NearLine,
    OutsideZones,
    Subject,
    Where,
)
from pamiers.agreement.values.expression import holds
from pamiers.compliance.evidence.happenings import typed
from pamiers.compliance.evidence.weaponry import YES, belongs, kinds_named
from pamiers.compliance.rule import Form, Rule
from pamiers.core.instant import Interval
from pamiers.core.kind import is_a
from pamiers.simulation.deed import Deed
from pamiers.simulation.stage import Stage

_DOUBT_M: Final = 150.0
_BANS: Final = frozenset({Form.PROHIBITION, Form.ABSENCE})
#: presences that a ban on things of a class speaks of
_OF_CLASS: Final = ("weapon_presence", "person_presence", "presence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Whether a rule was broken in a reporting day, by which deeds."""

    clause: str
    party: str | None  #: whose rule it is; None: of all together
    broken: bool
    deeds: tuple[str, ...]  #: ids, in order of time
    sharp: bool = True  #: all of these lie clear of every edge, tolerance and all


def told_of(stage: Stage, deeds: Sequence[Deed], period: Interval) -> Iterator[Told]:
    """Yield the truth about a reporting day.

    Args:
        stage: The rules.
        deeds: Everything that happened up to the end of the day.
        period: The reporting day.

    Yields:
        One answer for each ban and each limit on how often that was in force in all of
        the day and whose exceptions ask for more than who did it.
    """
    for rule in stage.rules:
        if not _tellable(rule, period):
            continue
        against = [deed for deed in deeds if speaks_of(rule, deed, stage.agreement)]
        found = (
            [deed for deed in against if _within(deed, period)]
            if rule.form in _BANS
            else _too_often(rule, against, period)
        )
        yield Told(
            clause=rule.clause.id,
            party=rule.party,
            broken=bool(found),
            deeds=tuple(deed.id for deed in found),
            sharp=all(_is_sharp(deed, rule, stage.agreement) for deed in found),
        )


def _tellable(rule: Rule, period: Interval) -> bool:
    reading = rule.reading
    bound = reading.bound
    often = (
        rule.form is Form.FREQUENCY
        and bound is not None
        and bound.most is not None
        and bound.per is not None
        and bound.per.seconds is not None
    )
    if reading.subject is Subject.STATE and reading.state not in _STATES:
        return False
    whole = reading.in_force(period.start) and reading.in_force(
        period.end - timedelta(microseconds=1)
    )
    return (rule.form in _BANS or often) and whole and not reading.hours


_STATES: Final = ("presence", "absence")


def speaks_of(rule: Rule, deed: Deed, agreement: Agreement) -> bool:
    """Tell whether a deed is one that a rule speaks of, wherever it is in force."""
    return (
        _of_kind(rule, deed)
        and _by_one_bound(rule, deed, agreement)
        and _of_class(rule, deed, agreement)
        and _meets(rule, deed)
        and lies_in(rule.reading.where, deed, agreement)
    )


def _of_kind(rule: Rule, deed: Deed) -> bool:
    reading = rule.reading
    if reading.subject is Subject.STATE:
        presence = is_a(deed.kind, "presence")
        return deed.kind in _OF_CLASS if reading.classes else presence
    own = deed.kind.removeprefix("event:")
    return any(own == kind or is_a(deed.kind, kind) for kind in reading.kinds)


def _by_one_bound(rule: Rule, deed: Deed, agreement: Agreement) -> bool:
    if rule.reading.by:
        return deed.party in agreement.meant_by(rule.reading.by)
    if rule.reading.not_by:
        return deed.party not in agreement.meant_by(rule.reading.not_by)
    bound = agreement.meant_by(rule.reading.bearers)
    return deed.party in bound | agreement.meant_by(rule.clause.answers_for)


def _of_class(rule: Rule, deed: Deed, agreement: Agreement) -> bool:
    if not rule.reading.classes:
        return True
    known = typed(deed.attributes)
    found = belongs(
        deed.weapons,
        deed.calibre_mm,
        [agreement.classes[name] for name in rule.reading.classes],
        known=known,
        kinds=kinds_named(agreement.classes.values()),
    )
    return found == YES


def _meets(rule: Rule, deed: Deed) -> bool:
    condition = rule.reading.condition
    if condition is None:
        return True
    kind = deed.kind.removeprefix("event:")
    return bool(holds(condition, {**typed(deed.attributes), "kind": kind}))


def lies_in(where: Where, deed: Deed, agreement: Agreement) -> bool:
    """Tell whether a deed lies where a rule holds; one without a place, anywhere."""
    if deed.lon is None or deed.lat is None:
        return True
    parts = where.parts if isinstance(where, AllOf) else (where,)
    return all(_lies(part, (deed.lon, deed.lat), deed, agreement) for part in parts)


def _lies(
    where: Where, spot: tuple[float, float], deed: Deed, agreement: Agreement
) -> bool:
    match where:
        case InZones(zones):
            return _in_any(zones, spot, agreement)
        case OutsideZones(zones):
            return not _in_any(zones, spot, agreement)
        case NearLine(lines, distance_m):
            named = [lines[deed.party]] if deed.party in lines else lines.values()
            away = [agreement.lines[n].distance_m([spot[0]], [spot[1]]) for n in named]
            return any(float(each[0]) <= distance_m for each in away)
        case _:
            return True


def _in_any(
    zones: Sequence[str], spot: tuple[float, float], agreement: Agreement
) -> bool:
    lon, lat = [spot[0]], [spot[1]]
    return any(bool(agreement.zones[name].contains(lon, lat)[0]) for name in zones)


def _is_sharp(deed: Deed, rule: Rule, agreement: Agreement) -> bool:
    """Tell whether nobody who knows a place to a hundred metres can doubt the side."""
    if deed.lon is None or deed.lat is None:
        return True
    lon, lat = [deed.lon], [deed.lat]
    where = rule.reading.where
    parts = where.parts if isinstance(where, AllOf) else (where,)
    near = [part for part in parts if isinstance(part, NearLine)]
    lines = [
        (agreement.lines[name], part.distance_m)
        for part in near
        for name in part.lines.values()
    ]
    zones = [*agreement.zones.values(), *(each.zone for each in agreement.sectors)]
    return all(
        float(zone.edge_distance_m(lon, lat)[0]) > zone.tolerance_m + _DOUBT_M
        for zone in zones
    ) and all(
        abs(float(line.distance_m(lon, lat)[0]) - away) > line.tolerance_m + _DOUBT_M
        for line, away in lines
    )


def _within(deed: Deed, period: Interval) -> bool:
    return deed.start < period.end and deed.end > period.start


def _too_often(rule: Rule, against: Sequence[Deed], period: Interval) -> list[Deed]:
    """Return the deeds of the first window that ends in a day and holds too many."""
    bound = rule.reading.bound
    per = bound.per if bound else None
    if bound is None or bound.most is None or per is None or per.seconds is None:
        return []
    length = timedelta(seconds=per.seconds)
    times = sorted(against, key=lambda deed: deed.start)
    for deed in times:
        window = [each for each in times if deed.start <= each.start]
        window = [each for each in window if each.start <= deed.start + length]
        # a window counts in the day in which it, closed at both ends, may end
        if sum(each.count or 1 for each in window) > bound.most and _ends_in(
            window, length, period
        ):
            return window
    return []


def _ends_in(window: Sequence[Deed], length: timedelta, period: Interval) -> bool:
    first, last = window[0].start, window[-1].start
    return last < period.end and first + length >= period.start
