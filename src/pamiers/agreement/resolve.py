"""From the agreement as written to the one that engines take.

Deadlines become instants, distances metres, `each party` a list, and every
combination of answers to the questions a text leaves open a reading of its own.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final, TypeVar

from shapely.geometry.base import BaseGeometry

from pamiers.agreement.drawing import draw
from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.lint.clauses import matter, watchers
from pamiers.agreement.model import (
    Agreement,
    Clause,
    Detection,
    Everywhere,
    Exemption,
    InZones,
    Mandate,
    Means,
    NearLine,
    Reading,
    Sector,
    Subject,
    Thresholds,
    Verb,
    Where,
    Words,
)
from pamiers.agreement.reader import Read, digest
from pamiers.agreement.reckoning import anchor_instants, instant, time_zone
from pamiers.agreement.undertakings import gates, pledges
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.values.moment import Moment
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.agreement.written import (
    Actor,
    Arms,
    Cuts,
    Drawn,
    Estimate,
    Mandated,
    Matter,
    Option,
    Provision,
    Question,
    Role,
    Trigger,
    Unless,
    Watch,
    Within,
    Written,
)
from pamiers.agreement.zones import Line, Zone
from pamiers.core.errors import MalformedAgreementError
from pamiers.core.party import Party

AS_WRITTEN: Final = "as-written"
_DAY_S: Final = 86_400.0

_Value = TypeVar("_Value")


def resolve(checked: Read) -> Agreement:
    """Return the agreement that engines take.

    Args:
        checked: What `check` returned.

    Returns:
        The agreement, without blanks.

    Raises:
        MalformedAgreementError: It has errors or blanks; the first is named.
    """
    if checked.written is None or not checked.runnable:
        stops = [c for c in checked.complaints if c.severity != "warning"]
        raise MalformedAgreementError(
            "agreement",
            expected="an agreement without errors and blanks",
            got=f"{len(stops)} of them, the first: {stops[0] if stops else 'none'}",
            remedy=stops[0].remedy if stops else "Check it first.",
        )
    return _Resolver(checked.written, anchor_instants(checked.written)).agreement()


def _sure(value: _Value | Blank | None) -> _Value:
    """Return a value that the check has shown to be there."""
    if value is None or isinstance(value, Blank):
        raise MalformedAgreementError(
            "agreement",
            expected="a value that the check lets through",
            got=repr(value),
            remedy="Report this: the check should have named it.",
        )
    return value


@dataclass(frozen=True, slots=True)
class _Resolver:
    written: Written
    anchors: dict[str, datetime]

    def agreement(self) -> Agreement:
        heading, zones = self.written.heading, self._zones()
        cuts = _held(heading.thresholds, Cuts)
        return Agreement(
            id=_sure(heading.id),
            digest=digest(self.written),
            title=_sure(heading.title),
            parties=tuple(self._party(each) for each in filled(heading.parties)),
            names=self._names(),
            instruments={
                _sure(each.id): _sure(each.title) for each in self.written.instruments
            },
            clauses=tuple(self._clause(each) for each in self.written.clauses),
            classes={name: self._class(name) for name in self.written.classes},
            zones=zones,
            lines=self._lines(),
            events={name: _sure(each) for name, each in self.written.events.items()},
            monitoring=dict(self._monitoring()),
            sectors=tuple(
                Sector(id=name, title=zones[name].title, zone=zones[name])
                for name in filled(self.written.sectors)
            ),
            mandate=Mandate(_sure(_held(heading.mandate, Mandated).attribution)),
            thresholds=Thresholds(breached=_sure(cuts.breached), kept=_sure(cuts.kept)),
            time_zone=time_zone(self.written),
            cut_off=time.fromisoformat(_sure(heading.cut_off)),
            anchors=dict(self.anchors),
            pledges=pledges(self.written),
            gates=gates(self.written),
        )

    def _party(self, actor: str) -> Party:
        return Party(id=actor, name=dict(self._name(actor)))

    def _name(self, actor: str) -> Words:
        held = self.written.actors.get(actor)
        return _sure(held.name) if isinstance(held, Actor) else {}

    def _names(self) -> dict[str, Words]:
        roles = {
            name: _sure(each.title)
            for name, each in self.written.roles.items()
            if isinstance(each, Role)
        }
        return {name: self._name(name) for name in self.written.actors} | roles

    def _zones(self) -> dict[str, Zone]:
        return {
            name: Zone(
                id=name,
                title=dict(_sure(each.title)),
                shape=self._shape(name, each),
                tolerance_m=_metres(each.tolerance),
            )
            for name, each in self.written.zones.items()
            if isinstance(each, Drawn)
        }

    def _lines(self) -> dict[str, Line]:
        return {
            name: Line(
                id=name,
                title=dict(_sure(each.title)),
                shape=self._shape(name, each),
                tolerance_m=_metres(each.tolerance),
                as_of=_sure(each.as_of),
                from_at=self._instant(each.from_),
                until_at=self._instant(each.until),
            )
            for name, each in self.written.lines.items()
            if isinstance(each, Drawn)
        }

    def _shape(self, name: str, drawn: Drawn) -> BaseGeometry:
        return draw(self.written.drawings[_sure(drawn.feature) or name])

    def _class(self, name: str) -> WeaponClass:
        held = _held(self.written.classes[name], Arms)
        return WeaponClass(
            id=name,
            title=_sure(held.title),
            kinds=filled(held.kind),
            calibre_mm=known(held.calibre),
            range_km=known(held.range),
            systems=filled(held.systems),
            except_systems=filled(held.except_systems),
            any_of=tuple(self._class(each) for each in filled(held.any_of)),
        )

    def _monitoring(self) -> Iterator[tuple[str, Means]]:
        for name, held in self.written.monitoring.items():
            each = _held(held, Watch)
            yield (
                name,
                Means(
                    id=name,
                    title=_sure(each.title),
                    by=_sure(each.by),
                    kinds=filled(each.kinds),
                    detection=_detection(known(each.detection)),
                ),
            )

    def _clause(self, clause: Provision) -> Clause:
        found = _sure(matter(clause))
        gap = known(clause.gap)
        return Clause(
            id=_sure(clause.id),
            verb=Verb.FORBID if clause.forbid is not None else Verb.OBLIGE,
            title=_sure(clause.title) or {"en": _sure(clause.id)},
            text=_sure(clause.text),
            cite=_sure(clause.cite),
            instrument=_sure(clause.instrument),
            readings=tuple(self._readings(clause, found)),
            questions=tuple(
                _sure(_held(q, Question).question) for q in clause.readings
            ),
            unless=tuple(_exemption(each) for each in clause.unless),
            upon=filled(clause.upon.breach_of)
            if isinstance(clause.upon, Trigger)
            else (),
            to=filled(found.to),
            watched_by=watchers(self.written, clause),
            severity=_sure(clause.severity),
            on_breach=str(clause.on_breach) or None,
            gap_s=gap.quantity.base if gap else _DAY_S,
        )

    def _readings(self, clause: Provision, found: Matter) -> Iterator[Reading]:
        questions = [
            [(name, _held(each, Option)) for name, each in q.options.items()]
            for q in clause.readings
            if isinstance(q, Question)
        ]
        for answers in itertools.product(*questions):
            name = "+".join(answer for answer, _ in answers) or AS_WRITTEN
            read_as, changed = clause, found
            for _, option in answers:
                read_as, changed = _apply(option, read_as, changed)
            said = tuple(_sure(option.says) for _, option in answers)
            yield replace(self._reading(name, read_as, changed), answers=said)

    def _reading(self, name: str, clause: Provision, found: Matter) -> Reading:
        bearers = self._bearers(filled(clause.bearer))
        lasts = known(clause.lasting)
        due = [self._instant(each) for each in clause.deadline]
        return Reading(
            id=name,
            subject=Subject.EVENT if found.event else Subject.STATE,
            kinds=filled(found.event),
            state=str(found.state),
            classes=filled(found.of),
            where=_where(found, bearers),
            bearers=bearers,
            from_at=self._instant(clause.from_),
            until_at=self._instant(clause.until),
            by_at=min((at for at in due if at is not None), default=None),
            within_s=lasts.quantity.base if lasts else None,
        )

    def _bearers(self, names: tuple[str, ...]) -> tuple[str, ...]:
        parties = filled(self.written.heading.parties)
        wanted = parties if EACH_PARTY in names else names
        return tuple(each for each in parties if each in wanted)

    def _instant(self, moment: Moment | Blank | None) -> datetime | None:
        if moment is None or isinstance(moment, Blank):
            return None
        return _sure(instant(moment, self.written, self.anchors))


def _held(value: object, kind: type[_Value]) -> _Value:
    return _sure(value if isinstance(value, kind) else None)


def _metres(quantity: Quantity | Blank | None) -> float:
    found = known(quantity)
    return found.base if found else 0.0


def _detection(estimate: Estimate | None) -> Detection | None:
    if estimate is None:
        return None
    return Detection(
        probability=_sure(estimate.probability),
        author=_sure(estimate.author),
        on=str(estimate.on),
        source=_sure(estimate.source),
    )


def _where(found: Matter, bearers: tuple[str, ...]) -> Where:
    if isinstance(found.within, Within):
        of = _sure(found.within.of)
        lines = of if isinstance(of, Mapping) else dict.fromkeys(bearers, of)
        metres = _sure(found.within.distance).base
        return NearLine({each: _sure(lines[each]) for each in bearers}, metres)
    return InZones(filled(found.in_)) if found.in_ else Everywhere()


def _apply(
    option: Option, clause: Provision, found: Matter
) -> tuple[Provision, Matter]:
    """Return a clause and its matter as an option reads them."""
    within = found.within
    if isinstance(within, Within):
        within = replace(
            within,
            distance=option.distance or within.distance,
            of=option.line or within.of,
        )
    changed = replace(
        found, within=within, of=option.of or found.of, in_=option.in_ or found.in_
    )
    read_as = replace(
        clause,
        bearer=option.bearer or clause.bearer,
        from_=option.from_ or clause.from_,
        until=option.until or clause.until,
        deadline=option.deadline or clause.deadline,
    )
    return read_as, changed


def _exemption(unless: Unless) -> Exemption:
    notice = known(unless.notified)
    before = None if notice is None else known(notice.before)
    return Exemption(
        id=_sure(unless.id),
        text=_sure(unless.text),
        priority=int(known(unless.priority) or 0),
        notified_s=before.quantity.base if before else (0.0 if notice else None),
        matching=filled(notice.matching) if notice else (),
        in_answer_to=filled(unless.in_answer_to),
        after_tried=str(unless.after_tried) or None,
        ordered_by=str(unless.ordered_by) or None,
        by=filled(unless.by),
    )
