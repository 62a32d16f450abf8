"""From an agreement to rules on streams.

A clause becomes a rule for each reading, and for each bearer or zone that it is
judged by on its own. What a text leaves uncertain of a thing (a mortar of no stated
calibre) is taken as possible.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pamiers.agreement.model import (
    Agreement,
    AllOf,
    Clause,
    Everywhere,
    InZones,
    Matter,
    NearLine,
    OutsideZones,
    Reading,
    Subject,
    Verb,
    Where,
)
from pamiers.compliance.bulk.vocabulary import NOBODY, Vocabulary
from pamiers.compliance.kernels.judging import Answered, Barred, Capped, Rule
from pamiers.compliance.kernels.shapes import Area, Band, Metric
from pamiers.compliance.kernels.sieve import ALWAYS, Stream
from pamiers.core.errors import UnknownTermError

_PRESENCE = ("presence",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A rule, and whose it is."""

    clause: str
    reading: str
    party: str | None  #: None: of all bearers together
    zone: str | None  #: where it is judged in each zone by itself
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """An agreement as rules on streams. Sequence order numbers streams and areas."""

    demands: tuple[Demand, ...]
    streams: tuple[Stream, ...]
    areas: tuple[Area, ...]


def compile_rules(agreement: Agreement, vocabulary: Vocabulary) -> Program:
    """Return the rules that an agreement sets.

    Args:
        agreement: Bound to the events known: readings not in force yet give no rule.
        vocabulary: What the codes of facts stand for.

    Returns:
        The rules, clause by clause in the order of the agreement.

    Raises:
        UnknownTermError: A clause needs more than streams can say; `assess` takes it.
    """
    builder = _Builder(agreement, vocabulary)
    demands = tuple(
        demand
        for clause in agreement.clauses
        for reading in clause.readings
        if reading.from_at is not None
        for demand in builder.demands(clause, reading)
    )
    return Program(
        demands=demands,
        streams=tuple(builder.streams),
        areas=tuple(builder.areas.values()),
    )


@dataclass(slots=True)
class _Builder:
    agreement: Agreement
    vocabulary: Vocabulary
    streams: dict[Stream, int] = field(default_factory=dict)
    areas: dict[object, Area] = field(default_factory=dict)

    def demands(self, clause: Clause, reading: Reading) -> Iterator[Demand]:
        """Yield the rules of one reading."""
        self._refuse_more(clause, reading)
        for party, zone in self._split(clause, reading):
            yield Demand(
                clause=clause.id,
                reading=reading.id,
                party=party,
                zone=zone,
                rule=self._rule(clause, reading, (party, zone)),
            )

    def _refuse_more(self, clause: Clause, reading: Reading) -> None:
        more = {
            "a condition": reading.condition,
            "exemptions": clause.unless,
            "suspensions": clause.suspended,
            "requirements": reading.requires,
            "verification": clause.verified_by,
            "a breach as trigger": clause.upon,
        }
        for name, given in more.items():
            if given:
                raise _refused(clause, name)

    def _split(
        self, clause: Clause, reading: Reading
    ) -> Iterator[tuple[str | None, str | None]]:
        """Yield by which bearer and in which zone a clause is judged by itself."""
        own_line = isinstance(reading.where, NearLine) and (
            len(set(reading.where.lines.values())) > 1
        )
        each = clause.verb is Verb.AT_MOST and not (
            reading.bound is not None and reading.bound.together
        )
        parties = reading.bearers if own_line or each else (None,)
        for party in parties:
            for zone in reading.each_zone or (None,):
                yield party, zone

    def _rule(
        self, clause: Clause, reading: Reading, of: tuple[str | None, str | None]
    ) -> Rule:
        gap_s = int(clause.gap_s)
        match clause.verb:
            case Verb.FORBID:
                stream = self._stream(clause, reading, reading.matter, of)
                return Barred(stream=stream, gap_s=gap_s)
            case Verb.AT_MOST:
                return self._capped(clause, reading, of)
            case Verb.OBLIGE if reading.upon is not None:
                return self._answered(clause, reading)
            case _:
                raise _refused(clause, f"the verb {clause.verb}")

    def _capped(
        self, clause: Clause, reading: Reading, of: tuple[str | None, str | None]
    ) -> Capped:
        bound = reading.bound
        if bound is None or bound.most is None or bound.per is None:
            raise _refused(clause, "a ceiling on what is present")
        if bound.per.seconds is None:
            raise _refused(clause, "a window of the calendar")
        return Capped(
            stream=self._stream(clause, reading, reading.matter, of),
            gap_s=int(clause.gap_s),
            most=int(bound.most),
            within_s=int(bound.per.seconds),
        )

    def _answered(self, clause: Clause, reading: Reading) -> Answered:
        if reading.upon is None or reading.within_s is None or reading.same != ("id",):
            raise _refused(clause, "a trigger other than by id, within a time")
        return Answered(
            stream=self._stream(clause, reading, reading.upon, (None, None)),
            gap_s=int(clause.gap_s),
            acts=self._acts(clause, reading),
            within_s=int(reading.within_s),
        )

    def _acts(self, clause: Clause, reading: Reading) -> int:
        """Return the stream of the acts of a duty, done at whatever time."""
        stream = self._drawn(clause, reading.matter, (None, None), reading.bearers)
        return self.streams.setdefault(stream, len(self.streams))

    def _stream(
        self,
        clause: Clause,
        reading: Reading,
        matter: Matter,
        of: tuple[str | None, str | None],
    ) -> int:
        """Return the number of the stream of a matter, in force as its reading is."""
        doers = () if matter is reading.upon else (of[0],) if of[0] else reading.bearers
        drawn = self._drawn(clause, matter, of, tuple(doers))
        stream = Stream(
            kinds=drawn.kinds,
            groups=drawn.groups,
            actors=drawn.actors,
            span=(_second(reading.from_at, 0), _second(reading.until_at, 1)),
            places=drawn.places,
            elsewhere=drawn.elsewhere,
        )
        return self.streams.setdefault(stream, len(self.streams))

    def _drawn(
        self,
        clause: Clause,
        matter: Matter,
        of: tuple[str | None, str | None],
        doers: tuple[str, ...],
    ) -> Stream:
        """Return the stream of a matter, at whatever time."""
        if matter.condition is not None or matter.state not in {"", "presence"}:
            raise _refused(clause, "a condition, or a state of its own")
        where = InZones((of[1],)) if of[1] is not None else matter.where
        places, elsewhere = self._places(clause, where, of[0])
        kinds = matter.kinds if matter.subject is Subject.EVENT else _PRESENCE
        return Stream(
            kinds=self.vocabulary.kinds_of(kinds),
            groups=self.vocabulary.things_of(
                self.agreement, matter.classes, surely=False
            ),
            actors=self._actors(clause, matter, doers),
            places=places,
            elsewhere=elsewhere,
        )

    def _actors(
        self, clause: Clause, matter: Matter, doers: tuple[str, ...]
    ) -> frozenset[int]:
        """Return whose conduct counts; what is ascribed to nobody may be anybody's."""
        wanted = matter.by or (*doers, *(clause.answers_for if doers else ()))
        everybody = set(self.agreement.party_ids) <= set(wanted)
        if not wanted or (everybody and clause.verb is Verb.FORBID):
            return frozenset(range(len(self.vocabulary.actors)))
        named = self.agreement.meant_by(wanted)
        return self.vocabulary.actors_of(named | ({NOBODY} if everybody else set()))

    def _places(
        self, clause: Clause, where: Where, party: str | None
    ) -> tuple[frozenset[int] | None, bool]:
        match where:
            case Everywhere():
                return None, False
            case InZones(zones):
                return frozenset(self._zone(clause, zone) for zone in zones), False
            case OutsideZones(zones):
                return frozenset(self._zone(clause, zone) for zone in zones), True
            case NearLine():
                return frozenset({self._band(clause, where, party)}), False
            case AllOf():
                raise _refused(clause, "several conditions of place")

    def _zone(self, clause: Clause, name: str) -> int:
        zone = self.agreement.zones[name]
        if zone.versions or zone.tolerance_m:
            raise _refused(clause, f"the versions or the tolerance of zone {name}")
        return self._area(("zone", name), zone.shape)

    def _band(self, clause: Clause, near: NearLine, party: str | None) -> int:
        names = {near.lines[party]} if party else set(near.lines.values())
        line = self.agreement.lines[min(names)]
        if line.versions or line.tolerance_m:
            raise _refused(clause, f"the versions or the tolerance of line {line.id}")
        metric = Metric()
        if line.plane is not None:
            metric = Metric(
                east_m_per_deg=line.plane.east_m_per_deg,
                north_m_per_deg=line.plane.north_m_per_deg,
            )
        band = Band(line=line.shape, distance_m=near.distance_m, metric=metric)
        return self._area(("line", line.id, near.distance_m), band)

    def _area(self, name: object, area: Area) -> int:
        self.areas.setdefault(name, area)
        return list(self.areas).index(name)


def _second(at: datetime | None, which: int) -> int:
    """Return an instant in whole seconds; None is the beginning or end of time."""
    return ALWAYS[which] if at is None else int(at.timestamp())


def _refused(clause: Clause, what: str) -> UnknownTermError:
    return UnknownTermError(
        f"clause {clause.id}",
        expected="what kinds, classes, actors, times and one place can say",
        got=what,
        remedy="Judge it with `assess`, which takes every clause.",
    )
