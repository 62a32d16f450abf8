"""From the rules of an agreement to checks on streams.

What sources leave open (the calibre of a mortar, who fired it, and where) gives a
rule two checks: what surely counts breaches the one, what may count the other, and
between the two it is undetermined. Where codes leave nothing open, and every fact has
a place, there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
    Where,
)
from pamiers.compliance.bulk.vocabulary import Vocabulary
from pamiers.compliance.compile import rules
from pamiers.compliance.joining import late_joiners
from pamiers.compliance.kernels.judging import Answered, Barred, Capped, Check
from pamiers.compliance.kernels.shapes import Area, Band, Metric
from pamiers.compliance.kernels.sieve import ALWAYS, Stream
from pamiers.compliance.rule import Form, Rule
from pamiers.core.errors import UnknownTermError

_PRESENCE = ("presence",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A rule of the agreement, and the checks on streams that it comes to."""

    rule: Rule
    party: str | None  #: whose line it is measured from, where parties' lines differ
    check: Check  #: by what surely counts
    perhaps: Check | None  #: by all that may count; None: just the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """An agreement as checks on streams. Sequence order numbers streams and areas."""

    demands: tuple[Demand, ...]
    streams: tuple[Stream, ...]
    areas: tuple[Area, ...]


def program_of(agreement: Agreement, vocabulary: Vocabulary) -> Program:
    """Return the checks that the rules of an agreement come to.

    Args:
        agreement: Bound to the events known; rules not in force yet give no check.
        vocabulary: What the codes of facts stand for.

    Returns:
        The checks, rule by rule in the order of the agreement.

    Raises:
        UnknownTermError: A rule needs more than streams can say; `assess` takes it.
    """
    builder = _Builder(agreement, vocabulary)
    demands = tuple(
        builder.demand(rule, party)
        for rule in rules(agreement)
        if rule.reading.from_at is not None
        for party in _lines_of(rule.reading)
    )
    return Program(
        demands=demands,
        streams=tuple(builder.streams),
        areas=tuple(builder.areas.values()),
    )


def placed(program: Program) -> Program:
    """Return what a program comes to where every fact has a place.

    Args:
        program: Checks on streams.

    Returns:
        The same demands in the same order; streams that only a missing place tells
        apart are one, and so are the checks on them.
    """
    streams: dict[Stream, int] = {}
    number = [
        streams.setdefault(replace(each, unplaced=False), len(streams))
        for each in program.streams
    ]
    demands = tuple(_renumbered(one, number) for one in program.demands)
    return replace(program, demands=demands, streams=tuple(streams))


def _renumbered(demand: Demand, number: Sequence[int]) -> Demand:
    surely = _on(demand.check, number)
    perhaps = demand.perhaps and _on(demand.perhaps, number)
    return replace(demand, check=surely, perhaps=None if perhaps == surely else perhaps)


def _on(check: Check, number: Sequence[int]) -> Check:
    """Return a check on streams of other numbers."""
    if isinstance(check, Answered):
        check = replace(check, acts=number[check.acts])
    return replace(check, stream=number[check.stream])


def _lines_of(reading: Reading) -> tuple[str | None, ...]:
    """Return by which party a rule is split because their lines differ."""
    where = reading.where
    differ = isinstance(where, NearLine) and len(set(where.lines.values())) > 1
    return reading.bearers if differ else (None,)


@dataclass(frozen=True, slots=True)
class _View:
    """How a rule is looked at: from whose line, and by what surely counts, or may."""

    party: str | None
    surely: bool = field(kw_only=True)


@dataclass(slots=True)
class _Builder:
    agreement: Agreement
    vocabulary: Vocabulary
    streams: dict[Stream, int] = field(default_factory=dict)
    areas: dict[object, Area] = field(default_factory=dict)

    def demand(self, rule: Rule, party: str | None) -> Demand:
        """Return what one rule comes to."""
        _refuse_more(rule.clause, rule.reading)
        if late_joiners(rule.reading, rule.clause, self.agreement):
            raise _refused(rule.clause, "a party that signed after it was in force")
        surely, perhaps = (
            self._check(rule, _View(party, surely=each)) for each in (True, False)
        )
        other = None if perhaps == surely else perhaps
        return Demand(rule=rule, party=party, check=surely, perhaps=other)

    def _check(self, rule: Rule, view: _View) -> Check:
        clause, reading = rule.clause, rule.reading
        match rule.form:
            case Form.PROHIBITION:
                stream = self._stream(clause, reading, reading.matter, view)
                return Barred(stream=stream, gap_s=int(clause.gap_s))
            case Form.FREQUENCY:
                return self._capped(clause, reading, view)
            case Form.RESPONSE:
                return self._answered(clause, reading, view)
            case form:
                raise _refused(clause, f"a {form}")

    def _capped(self, clause: Clause, reading: Reading, view: _View) -> Capped:
        bound = reading.bound
        if bound is None or bound.most is None or bound.per is None:
            raise _refused(clause, "a floor")
        if bound.per.seconds is None:
            raise _refused(clause, "a window of the calendar")
        return Capped(
            stream=self._stream(clause, reading, reading.matter, view),
            gap_s=int(clause.gap_s),
            most=int(bound.most),
            within_s=int(bound.per.seconds),
        )

    def _answered(self, clause: Clause, reading: Reading, view: _View) -> Answered:
        if reading.upon is None or reading.within_s is None or reading.same != ("id",):
            raise _refused(clause, "a trigger other than by id, within a time")
        # what may have answered leaves a breach unsure, as what may not have asked does
        other = _View(None, surely=not view.surely)
        acts = self._drawn(clause, reading.matter, other, reading.bearers)
        return Answered(
            stream=self._stream(clause, reading, reading.upon, view),
            gap_s=int(clause.gap_s),
            acts=self.streams.setdefault(acts, len(self.streams)),
            within_s=int(reading.within_s),
        )

    def _stream(
        self, clause: Clause, reading: Reading, matter: Matter, view: _View
    ) -> int:
        """Return the number of the stream of a matter, in force as its reading is."""
        doers = (view.party,) if view.party else reading.bearers
        if matter is reading.upon:
            doers = ()
        drawn = self._drawn(clause, matter, view, doers)
        span = (_second(reading.from_at, 0), _second(reading.until_at, 1))
        stream = replace(drawn, span=span)
        return self.streams.setdefault(stream, len(self.streams))

    def _drawn(
        self, clause: Clause, matter: Matter, view: _View, doers: tuple[str, ...]
    ) -> Stream:
        """Return the stream of a matter, at whatever time."""
        if matter.condition is not None or matter.state not in {"", "presence"}:
            raise _refused(clause, "a condition, or a state of its own")
        if matter.not_by:
            raise _refused(clause, "a ban on all but some")
        places, elsewhere = self._places(clause, matter.where, view.party)
        kinds = matter.kinds if matter.subject is Subject.EVENT else _PRESENCE
        things = self.vocabulary.things_of(
            self.agreement, matter.classes, surely=view.surely
        )
        return Stream(
            kinds=self.vocabulary.kinds_of(kinds),
            groups=things,
            actors=self._actors(clause, matter, doers, surely=view.surely),
            places=places,
            elsewhere=elsewhere,
            unplaced=places is not None and not view.surely,
        )

    def _actors(
        self, clause: Clause, matter: Matter, doers: tuple[str, ...], *, surely: bool
    ) -> frozenset[int]:
        """Return whose conduct counts; all parties answer for nobody's, too."""
        codes, agreement = self.vocabulary, self.agreement
        wanted = matter.by or (*doers, *(clause.answers_for if doers else ()))
        if not wanted:
            return frozenset(range(len(codes.actors)))
        bound = agreement.meant_by(wanted)
        named = frozenset(agreement.names) | agreement.meant_by(agreement.party_ids)
        anybody = not matter.by and set(agreement.party_ids) <= set(wanted)
        if surely and not anybody:
            return codes.actors_of(bound)
        if surely:
            return codes.actors_free_of(named - bound)
        return codes.actors_but(named - bound)

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


def _refuse_more(clause: Clause, reading: Reading) -> None:
    more = {
        "a condition": reading.condition,
        "exemptions": clause.unless,
        "suspensions": clause.suspended,
        "hours of the day": reading.hours or reading.days,
        "requirements": reading.requires,
        "verification": clause.verified_by,
        "a breach as trigger": clause.upon,
    }
    for name, given in more.items():
        if given:
            raise _refused(clause, name)


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
