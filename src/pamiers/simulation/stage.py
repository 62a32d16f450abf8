"""What an agreement lets be broken, by whom and where: the stage of a simulated world.

A temptation is one way for one party to break one clause. Temptations are drawn from
the clauses as they stand first in the text; what cannot be drawn is named with its
reason, so that a rehearsal never seems to cover more than it does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import (
    Agreement,
    AllOf,
    Everywhere,
    InZones,
    NearLine,
    OutsideZones,
    Subject,
    Where,
)
from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.expression import Expression, attributes_of
from pamiers.agreement.zones import Zone
from pamiers.compliance.compile import rules
from pamiers.compliance.coverage import even_points
from pamiers.compliance.evidence.facts import facts_of
from pamiers.compliance.evidence.ground import Ground, Site
from pamiers.compliance.evidence.happenings import YES, satisfies, typed
from pamiers.compliance.rule import Form, Rule
from pamiers.core.kind import KINDS, PARENT
from pamiers.core.table import empty
from pamiers.simulation.armoury import Weapon, weapon_of

#: how far from every edge a deed is placed where there is room, so that a place known
#: to a few hundred metres is surely on one side [m]
CLEAR_M: Final = 2_000.0
#: values tried for what a condition asks
_TRIED: Final = ("100000", "1000", "600", "100", "10", "1", "0", "yes", "no")
_PRESENT: Final = "presence"
_PART: Final = (InZones, OutsideZones, NearLine)
#: how far beside its zones something may be that must be inside them [deg]
_BESIDE_DEG: Final = 0.5
Points = NDArray[np.float64]


class Way(StrEnum):
    """How a clause is broken."""

    EVENT = "event"  #: something happens that must not
    PRESENCE = "presence"  #: something is where it must not be
    BURST = "burst"  #: something happens too often
    UNANNOUNCED = "unannounced"  #: something happens without notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Temptation:
    """One way for one party to break one clause."""

    clause: str
    party: str
    way: Way
    rule: Rule
    kinds: tuple[str, ...]  #: that a deed may be of
    weapon: Weapon | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    most: int = 0  #: BURST: how many the clause allows
    window_s: float = 86_400.0  #: BURST: over what time [s]
    points: Points  #: (n, 2) lon, lat; shape (0, 2): no ground
    calendar: Calendar  #: of the agreement, for hours of the day


@dataclass(frozen=True, kw_only=True)
class Stage:
    """An agreement, laid out for a simulated world."""

    agreement: Agreement
    temptations: tuple[Temptation, ...]
    undrawn: tuple[tuple[str, str], ...]  #: clause and why it is never broken here

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules of the agreement as they stand first in the text."""
        first = {each.id: each.default.id for each in self.agreement.clauses}
        return tuple(
            rule
            for rule in rules(self.agreement)
            if rule.reading.id == first[rule.clause.id]
        )


def stage_of(agreement: Agreement) -> Stage:
    """Return the stage of an agreement, ways to break it in the order of its text."""
    stage = Stage(agreement=agreement, temptations=(), undrawn=())
    ground = Ground(agreement=agreement, facts=facts_of(empty("incident")))
    found: list[Temptation] = []
    undrawn: dict[str, str] = {}
    for rule in stage.rules:
        drawn = list(_tempting(rule, agreement, ground))
        found += drawn
        if not drawn:
            undrawn[rule.clause.id] = _why_not(rule)
    drawn_ids = {each.clause for each in found}
    left = tuple((k, why) for k, why in undrawn.items() if k not in drawn_ids)
    return Stage(agreement=agreement, temptations=tuple(found), undrawn=left)


def _why_not(rule: Rule) -> str:
    if rule.form in _OWED:
        return "owed"
    return "form" if rule.form not in _WAYS else "matter"


_WAYS: Final = {
    Form.PROHIBITION: Way.EVENT,
    Form.ABSENCE: Way.PRESENCE,
    Form.FREQUENCY: Way.BURST,
    Form.ANNOUNCEMENT: Way.UNANNOUNCED,
}
#: broken by leaving something undone
_OWED: Final = frozenset({Form.DUTY, Form.REACTION, Form.RESPONSE, Form.RHYTHM})


def _tempting(rule: Rule, agreement: Agreement, ground: Ground) -> Iterator[Temptation]:
    """Yield the ways to break one rule, a party each; none where none can be drawn."""
    way = _WAYS.get(rule.form)
    reading = rule.reading
    if way is None:
        return
    if reading.subject is Subject.STATE:
        way = Way.PRESENCE
    if reading.subject is Subject.STOCK or (way is Way.BURST and _floor(rule)):
        return
    kinds, weapon = _kinds(rule, agreement)
    attributes = _meeting(reading.condition, kinds)
    if not kinds or attributes is None or (reading.classes and weapon is None):
        return
    bound = reading.bound
    per = bound.per if bound else None
    spared = agreement.meant_by(reading.not_by)
    for party in reading.by or reading.bearers:
        if party in spared:
            continue
        points = _points(_narrowed(reading.where, party), ground)
        if points is None:
            continue
        yield Temptation(
            clause=rule.clause.id,
            party=party,
            way=way,
            rule=rule,
            kinds=kinds,
            weapon=weapon,
            attributes={**attributes, **(weapon.attributes if weapon else {})},
            most=int(bound.most or 0) if bound else 0,
            window_s=(per.seconds if per else None) or 86_400.0,
            points=points,
            calendar=agreement.calendar,
        )


def _floor(rule: Rule) -> bool:
    return rule.reading.bound is None or rule.reading.bound.most is None


def _kinds(rule: Rule, agreement: Agreement) -> tuple[tuple[str, ...], Weapon | None]:
    """Return kinds of incident that are surely what a rule speaks of."""
    reading = rule.reading
    weapons = [weapon_of(agreement, name) for name in reading.classes]
    weapon = next((each for each in weapons if each is not None), None)
    if reading.subject is Subject.STATE:
        if reading.state not in {_PRESENT, "absence"}:
            return (), weapon
        return (("weapon_presence",) if reading.classes else ("position",)), weapon
    found: list[str] = []
    for kind in reading.kinds:
        if kind not in KINDS:
            found.append(f"event:{kind.removeprefix('event:')}")
            continue
        found += _leaves(kind) or [kind]
    return tuple(found), weapon


def _leaves(family: str) -> list[str]:
    """Return the plainest kinds of a family: what people see, not what they count."""
    counted = {"ceasefire_violation", "fatal_violence", "fire_at_monitor", "flare"}
    return [
        kind
        for kind, parent in PARENT.items()
        if parent == family and kind not in counted and kind not in PARENT.values()
    ]


def _meeting(
    condition: Expression | None, kinds: tuple[str, ...]
) -> Mapping[str, str] | None:
    """Return attributes that meet a condition; None where none are found."""
    if condition is None:
        return {}
    asked = tuple(dict.fromkeys(attributes_of(condition)))
    plain = {"kind": kinds[0].removeprefix("event:")} if kinds else {}
    for value in _TRIED:
        tried = dict.fromkeys(asked, value)
        if satisfies(condition, {**typed(tried), **plain}) == YES:
            return tried
    return None


def _narrowed(where: Where, party: str) -> Where:
    """Return a place as measured from a party's own line alone."""
    match where:
        case NearLine(lines, distance_m) if party in lines:
            return NearLine({party: lines[party]}, distance_m)
        case AllOf(parts):
            narrowed = [_narrowed(part, party) for part in parts]
            return AllOf(tuple(p for p in narrowed if isinstance(p, _PART)))
        case _:
            return where


def _points(where: Where, ground: Ground) -> Points | None:
    """Return where a rule can be broken; (0, 2): anywhere; None: nowhere."""
    agreement = ground.agreement
    area = ground.area(Site(where, None))
    if area is None and not isinstance(where, Everywhere):
        return _outside(where, agreement)
    if area is None:
        return np.empty((0, 2))
    sectors = ground.area(Site(Everywhere(), None))
    if sectors is not None and sectors.intersects(area):
        area = shapely.intersection(area, sectors)  # where somebody reports from
    if area.is_empty:
        return None
    points = even_points(area)
    points = points[np.isfinite(points[:, 0])]
    return _clear(points, agreement, area) if len(points) else None


def _outside(where: Where, agreement: Agreement) -> Points | None:
    """Return places outside zones where the agreement draws no sectors: beside them."""
    if not isinstance(where, OutsideZones):
        return None
    shapes = [agreement.zones[zone].shape for zone in where.zones]
    out = shapely.union_all(shapes)
    beside = shapely.difference(out.envelope.buffer(_BESIDE_DEG), out)
    return _clear(even_points(beside), agreement, beside)


def _clear(points: Points, agreement: Agreement, area: BaseGeometry) -> Points:
    """Return the points that are clear of every edge; all, where none is."""
    stays = np.ones(len(points), dtype=bool)
    within = Zone(id="", title={}, shape=area)
    drawn = [*agreement.zones.values(), *(each.zone for each in agreement.sectors)]
    for zone in (within, *drawn):
        away = zone.edge_distance_m(points[:, 0], points[:, 1])
        stays &= away > CLEAR_M + zone.tolerance_m
    return points[stays] if stays.any() else points
