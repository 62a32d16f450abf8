"""From the agreement as written to the one that engines take."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.model import (
    Agreement,
    Anchor,
    Detection,
    Extension,
    Life,
    LifeEvent,
    Mandate,
    Means,
    Sector,
    Words,
)
from pamiers.agreement.reader import digest
from pamiers.agreement.reckoning import calendar
from pamiers.agreement.resolve.clause import clause_of, thresholds
from pamiers.agreement.resolve.ground import Surveyor
from pamiers.agreement.resolve.office import hidden_anchors, mandates
from pamiers.agreement.resolve.procedure import bodies, holders, procedures
from pamiers.agreement.resolve.signing import joined
from pamiers.agreement.resolve.sure import condition, held, moment, moments, sure
from pamiers.agreement.schedule import bind
from pamiers.agreement.undertakings import gates, pledges
from pamiers.agreement.values.blank import filled, known
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.agreement.written import (
    Actor,
    Arms,
    Estimate,
    Mandated,
    Role,
    Watch,
    Written,
)
from pamiers.agreement.written import Anchor as WrittenAnchor
from pamiers.agreement.written import Extension as WrittenExtension
from pamiers.agreement.written import Life as WrittenLife
from pamiers.agreement.written import LifeEvent as WrittenLifeEvent
from pamiers.core.party import Party


def agreement_of(written: Written) -> Agreement:
    """Return an agreement that can be judged against.

    Args:
        written: Without errors and blanks.

    Returns:
        The agreement, every instant filled in that needs no event.

    Raises:
        MalformedAgreementError: A zone that has no area.
    """
    return bind(_Resolver(written).agreement(), {})


@dataclass(frozen=True, slots=True)
class _Resolver:
    written: Written

    def agreement(self) -> Agreement:
        written, heading = self.written, self.written.heading
        surveyor, counted = Surveyor(written), calendar(written)
        zones = surveyor.zones()
        return Agreement(
            id=sure(heading.id),
            digest=digest(written),
            title=sure(heading.title),
            parties=tuple(self._party(each) for each in filled(heading.parties)),
            names=self._names(),
            instruments={
                sure(each.id): sure(each.title) for each in written.instruments
            },
            clauses=tuple(clause_of(written, each) for each in written.clauses),
            classes={name: self._class(name) for name in written.classes},
            zones=zones,
            lines=surveyor.lines(),
            events={name: sure(each) for name, each in written.events.items()},
            monitoring=dict(self._monitoring()),
            sectors=tuple(
                Sector(id=name, title=zones[name].title, zone=zones[name])
                for name in filled(written.sectors)
            ),
            mandate=Mandate(sure(held(heading.mandate, Mandated).attribution)),
            thresholds=sure(thresholds(heading.thresholds)),
            time_zone=counted.time_zone,
            cut_off=time.fromisoformat(sure(heading.cut_off)),
            anchors={},
            waits={name: self._anchor(name) for name in written.anchors}
            | hidden_anchors(written),
            states={name: sure(each) for name, each in written.states.items()},
            durations=counted.durations,
            holidays=counted.holidays,
            weekend=counted.weekend,
            life=self._life(heading.life),
            holders=dict(holders(written)),
            bodies=dict(bodies(written)),
            pledges=pledges(written),
            gates=gates(written),
            mandates=mandates(written),
            procedures=procedures(written),
            joined=joined(written, counted.time_zone),
        )

    def _party(self, actor: str) -> Party:
        return Party(id=actor, name=dict(self._name(actor)))

    def _name(self, actor: str) -> Words:
        found = self.written.actors.get(actor)
        return sure(found.name) if isinstance(found, Actor) else {}

    def _names(self) -> dict[str, Words]:
        roles = {
            name: sure(each.title)
            for name, each in self.written.roles.items()
            if isinstance(each, Role)
        }
        return {name: self._name(name) for name in self.written.actors} | roles

    def _class(self, name: str) -> WeaponClass:
        arms = held(self.written.classes[name], Arms)
        return WeaponClass(
            id=name,
            title=sure(arms.title),
            kinds=filled(arms.kind),
            calibre_mm=known(arms.calibre),
            range_km=known(arms.range),
            systems=filled(arms.systems),
            except_systems=filled(arms.except_systems),
            any_of=tuple(self._class(each) for each in filled(arms.any_of)),
            where=condition(arms.where),
        )

    def _monitoring(self) -> Iterator[tuple[str, Means]]:
        for name, found in self.written.monitoring.items():
            each = held(found, Watch)
            yield (
                name,
                Means(
                    id=name,
                    title=sure(each.title),
                    by=sure(each.by),
                    kinds=filled(each.kinds),
                    detection=_detection(known(each.detection)),
                ),
            )

    def _anchor(self, name: str) -> Anchor:
        found = held(self.written.anchors[name], WrittenAnchor)
        parties = filled(self.written.heading.parties)
        by = filled(found.by)
        return Anchor(
            id=name,
            at=moment(found.at),
            event=str(found.event) or None,
            by=_spelt(by, parties),
            completed=str(found.completed) or None,
            verified=known(found.once) == "verified",
            last_of=moments(*found.last_of),
            first_of=moments(*found.first_of),
            latest=moment(found.latest),
            extended=tuple(
                _extension(held(e, WrittenExtension)) for e in found.extended
            ),
        )

    def _life(self, life: object) -> Life | None:
        if not isinstance(life, WrittenLife):
            return None
        return Life(
            from_=moment(life.from_),
            lasts=known(life.lasts),
            renewed_by=self._life_event(life.renewed_by),
            ended_by=self._life_event(life.ended_by),
            notice=known(life.notice),
            extended=tuple(
                _extension(held(e, WrittenExtension)) for e in life.extended
            ),
        )

    def _life_event(self, found: object) -> LifeEvent | None:
        """Return an event of the agreement's life: of a party, or of all together."""
        if not isinstance(found, WrittenLifeEvent):
            return None
        by = filled(found.by) or self._parties_and_their_bodies()
        return LifeEvent(event=sure(found.event), by=by, to=filled(found.to))

    def _parties_and_their_bodies(self) -> tuple[str, ...]:
        """Return the parties, and the roles in which every one of them has a seat."""
        parties = filled(self.written.heading.parties)
        joint = (
            name
            for name, role in self.written.roles.items()
            if isinstance(role, Role) and set(parties) <= set(filled(role.members))
        )
        return (*parties, *joint)


def _detection(estimate: Estimate | None) -> Detection | None:
    if estimate is None:
        return None
    return Detection(
        probability=sure(estimate.probability),
        author=sure(estimate.author),
        on=str(estimate.on),
        source=sure(estimate.source),
    )


def _extension(found: WrittenExtension) -> Extension:
    (agreed,), (until,) = moments(found.on), moments(found.until)
    return Extension(on=agreed, until=until)


def _spelt(names: tuple[str, ...], parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return names with `each party` spelt out."""
    everyone = parties if EACH_PARTY in names else ()
    return tuple(dict.fromkeys((*everyone, *(n for n in names if n != EACH_PARTY))))
