# ruff: noqa: C901, PLR0912 - brute force goes case by case
"""What is on record, as plain values; one pass over every row, nothing remembered."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from pamiers.agreement.model import (
    Agreement,
    Clause,
    Matter,
    Reading,
    Subject,
    Thresholds,
)
from pamiers.agreement.values.calendar import WEEKDAYS
from pamiers.agreement.values.expression import Comparison
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.compliance.rule import Rule
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.kind import KINDS, is_a
from pamiers.core.rows import Coverage, Incident, Statement
from tests.property.compliance.reference.fact import Fact, by_each, together, weighed
from tests.property.compliance.reference.ground import Ground, nowhere
from tests.property.compliance.reference.terms import end_of

TICK = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
Said = tuple[str, str]


@dataclass(frozen=True)
class Bench:
    """A rule, what is known, and the period and instant of judging."""

    agreement: Agreement
    rule: Rule
    world: World
    period: Interval
    known_at: datetime
    ground: Ground = field(default_factory=nowhere)
    day: Interval | None = None  #: asked about, before it was cut to the time in force
    cut: datetime | None = None  #: last instant of which a fact counts, if an earlier
    sector: str | None = None  #: what is judged by itself; None: the whole
    shut: bool = False  #: whether a gate keeps the clause from being due

    @property
    def clause(self) -> Clause:
        return self.agreement.clause(self.rule.clause.id)

    @property
    def reading(self) -> Reading:
        return self.rule.reading

    @property
    def limits(self) -> Thresholds:
        return self.clause.thresholds or self.agreement.thresholds

    @property
    def until(self) -> datetime:
        return min(self.period.end, self.known_at)

    def holds(self, when: datetime) -> bool:
        """Tell whether the clause, so read, is in force at an instant."""
        open_now = shown(self.reading, when, self.agreement.time_zone)
        ends_at = end_of(self.agreement, self.world, self.known_at)
        if ends_at is not None and ends_at <= when:
            return False
        return self.reading.in_force(when) and open_now and not self.suspended(when)

    def suspended(self, when: datetime) -> bool:
        """Tell whether the clause is suspended, by its text or by what is on record."""
        for text in self.clause.suspended:
            begun = text.from_at is not None and text.from_at <= when
            if begun and (text.until_at is None or when < text.until_at):
                return True
        for row in papers(self, "suspension", self.clause.id):
            begun = row.start is not None and row.start <= when
            if begun and (row.end is None or when < row.end) and not speaks(self, row):
                return True
        return False

    @property
    def last(self) -> datetime:
        """The end of a day is not in it; the instant of knowledge is."""
        return min(self.period.end - TICK, self.known_at)

    @property
    def by(self) -> datetime:
        return self.cut or self.known_at

    @property
    def ended(self) -> datetime:
        """Up to when something late is late."""
        return self.until if self.cut else self.known_at

    @property
    def begun(self) -> datetime:
        return self.reading.from_at or self.period.start

    @property
    def who(self) -> set[str]:
        return {*self.reading.bearers, *self.clause.answers_for}


def shown(reading: Reading, when: datetime, zone: str) -> bool:
    """Tell whether the clock of a zone shows an hour at which a reading holds."""
    at = when.astimezone(ZoneInfo(zone))
    minute, today = at.hour * 60 + at.minute, at.weekday()
    held = [WEEKDAYS.index(day) for day in reading.days] or list(range(7))
    if not reading.hours:
        return today in held
    for each in reading.hours:
        late = each.begin > each.end
        if not late and today in held and each.begin <= minute < each.end:
            return True
        if late and today in held and minute >= each.begin:
            return True
        if late and (today - 1) % 7 in held and minute < each.end:
            return True
    return False


def in_force(bench: Bench, day: Interval) -> list[Interval]:
    """Return the stretches of a day in which a reading holds, hour by hour."""
    held, at = [], day.start
    while at < day.end:
        held.append((at, bench.holds(at)))
        at += HOUR
    found: list[Interval] = []
    for at, so in held:
        if so and found and found[-1].end == at:
            found[-1] = Interval(found[-1].start, at + HOUR)
        elif so:
            found.append(Interval(at, at + HOUR))
    return found


def everything(bench: Bench) -> Iterator[Fact]:
    for row in bench.world.incidents.views():
        assert isinstance(row, Incident)
        stated = row.count_low if row.count_low is not None else row.count
        if row.count_high is not None:
            most = max(row.count_high, 1)
        elif row.count_low is not None:
            most = None
        else:
            most = max(row.count if row.count is not None else 1, 1)
        short = row.end - row.start <= MINUTE
        whose = weighed(row)
        yield Fact(
            key=row.key,
            kind=row.kind,
            first=row.start,
            last=row.start if short else row.end - TICK,
            start=row.start,
            end=row.end,
            low=row.probability,
            high=row.probability,
            actor=row.actor if row.actors is None else whose[0][0],
            whose=tuple((n, p * row.probability, p * row.probability) for n, p in whose)
            if len(whose) > 1
            else (),
            ref=None,
            least=max(stated if stated is not None else 1, 1),
            most=most,
            count=float(row.count) if row.count is not None else None,
            weapons=row.weapons,
            place=row.at,
            control=row.control,
            to=json.loads(row.extra or "{}").get("to"),
            region=row.region,
            claimed_by=None if row.observed else row.sources,
            interested=frozenset() if row.observed else frozenset({row.sources}),
        )
    for row in bench.world.statements.views():
        assert isinstance(row, Statement)
        if row.category.startswith("event:") and row.start is not None:
            assert row.end is not None
            short = row.end - row.start <= MINUTE
            yield Fact(
                key=f"{row.source}:{row.key}",
                kind=row.category,
                first=row.start,
                last=row.start if short else row.end - TICK,
                start=row.start,
                end=row.end,
                low=1.0,
                high=1.0,
                actor=row.actor,
                ref=row.ref,
                least=1,
                most=1,
                to=row.to,
                interested=speaks(bench, row),
            )


def of_kind(kind: str, kinds: tuple[str, ...]) -> bool:
    """Tell whether a kind is one of some, of their families, or of an event's id."""
    if "presence itself" in kinds and kind == "presence":
        return True
    return any(kind == f"event:{k}" or is_a(kind, k) for k in kinds)


def matching(
    bench: Bench,
    matter: Matter,
    who: set[str] | None,
    *,
    alone: bool,
    of_day: bool = False,
) -> list[Fact]:
    """Return facts that may be what is asked for, begun by the last knowledge.

    Of a prohibition, day by day, zones are those drawn when the period begins.
    """
    found = []
    by = None if who is None else {*who, *([None] if alone else [])}
    for fact in everything(bench):
        if fact.first > bench.by or not of_kind(fact.kind, kinds_of(matter)):
            continue
        ways = [chance(bench, matter, one, by, of_day=of_day) for one in by_each(fact)]
        row = together(fact, ways)
        if row.high > 0.0:
            found.append(row)
    return sorted(found, key=lambda f: (f.first, f.key))


def chance(
    bench: Bench,
    matter: Matter,
    fact: Fact,
    by: set[str | None] | None,
    *,
    of_day: bool,
) -> tuple[float, float]:
    """Return how surely a fact, of which is known who did it, is what is sought."""
    low = fact.low
    belongs, answer = of_class(bench, fact, matter.classes), asked(matter, fact.count)
    if belongs is False or answer is False:
        return 0.0, 0.0
    if belongs is None or answer is None:
        low = 0.0
    if by is not None and fact.actor not in by:
        if fact.actor is not None:
            return 0.0, 0.0
        low = 0.0
    here = lies(bench, matter, fact, of_day=of_day)
    side = in_sector(bench, fact.region)
    return low * here[0] * side[0], fact.high * here[1] * side[1]


def lies(
    bench: Bench, matter: Matter, fact: Fact, *, of_day: bool
) -> tuple[float, float]:
    """Return bounds on the probability that something lies where a clause holds.

    Where lines differ by party, whoever did it says which counts; of a presence that
    must not be, else whoever holds the ground.
    """
    ruled = of_day and matter.subject is Subject.STATE
    whose = fact.actor or (fact.control if ruled else None)
    drawn_at = bench.period.start if of_day else fact.start
    return bench.ground.holds(matter.where, fact.place, whose, drawn_at)


def in_sector(bench: Bench, region: str | None) -> tuple[float, float]:
    """Return bounds on the chance that a place in words is in the sector judged."""
    if bench.sector is None:
        return 1.0, 1.0
    named = named_sector(bench, region)
    if named is None:
        return 0.0, 1.0
    return (1.0, 1.0) if named == bench.sector else (0.0, 0.0)


def named_sector(bench: Bench, region: str | None) -> str | None:
    """Return the sector that a region's name is, however it is written."""
    known = {sector.id for sector in bench.agreement.sectors}
    return region.lower() if region and region.lower() in known else None


def kinds_of(matter: Matter) -> tuple[str, ...]:
    """Return the kinds of event that a matter is shown by."""
    if matter.subject is Subject.EVENT:
        return matter.kinds
    if matter.classes:  # mines and people are no weapon of a class
        return ("weapon_presence", "presence itself")
    return ("presence",)


def of_class(bench: Bench, fact: Fact, classes: tuple[str, ...]) -> bool | None:
    """Return whether what was told of is of some classes; None where it is open."""
    kinds = {kind for name in classes for kind in kinds_in(bench.agreement, name)}
    if not classes or fact.weapons in kinds:
        return True
    return None if fact.weapons is None else False


def kinds_in(agreement: Agreement, of: str) -> frozenset[str]:
    """Return the kinds of a class, or the one that is named itself."""
    named = agreement.classes.get(of)
    return frozenset([of]) if named is None else frozenset(_kinds(named))


def _kinds(named: WeaponClass) -> list[str]:
    return [*named.kinds, *(kind for part in named.any_of for kind in _kinds(part))]


def asked(matter: Matter, count: float | None) -> bool | None:
    """Return whether a condition on the count holds; None where it is not known."""
    if matter.condition is None:
        return True
    assert isinstance(matter.condition, Comparison)
    if count is None:
        return None
    value = matter.condition.value
    assert isinstance(value, float)
    return {">": count > value, "<=": count <= value}[matter.condition.operator]


def papers(bench: Bench, form: str, about: str | None = None) -> list[Statement]:
    found = []
    for row in bench.world.statements.views():
        assert isinstance(row, Statement)
        lead, _, rest = row.category.partition(":")
        given = row.given_at or row.start
        assert given is not None
        if lead == form and (about is None or rest == about) and given <= bench.ended:
            found.append(row)
    return found


def speaks(bench: Bench, row: Statement) -> frozenset[str]:
    """Return the parties in whose interest a source tells."""
    source = bench.world.sources.get(row.source)
    return frozenset(source.interested if source else ())


def watched(
    bench: Bench, over: Interval, kinds: tuple[str, ...], *, own: bool = False
) -> Said:
    """Return what silence over an interval says, hour by hour, up to what is known."""
    last = bench.known_at
    own = own or any(kind not in KINDS for kind in kinds)
    total = seen = stated = 0
    detection = denied = some = False
    if last <= over.start:
        return "unobserved", "no_coverage"
    for at in middles(over):
        total += 1
        rows = []
        for row in bench.world.coverage.views():
            assert isinstance(row, Coverage)
            fits = _able(bench, row, kinds, own=own)
            if fits and row.start < min(over.end, last) and row.end > over.start:
                denied = denied or row.status == "denied"
                some = some or row.status == "observed"
                here = bench.sector is None or named_sector(bench, row.region)
                if here and row.start <= at < min(row.end, last):
                    rows.append(row)
        shut = any(row.status == "denied" for row in rows)
        good = [row for row in rows if row.status == "observed" and not shut]
        seen += bool(good)
        if any(_stated(bench, row) for row in good):
            stated += 1
            detection = True
    enough = 1.0 - bench.limits.kept
    if stated / total >= enough - 1e-9 and detection:
        return "kept", "watched"
    if seen / total >= enough - 1e-9:
        return "undetermined", "detection_unstated"
    if seen or some:
        return "undetermined", "partial_coverage"
    return ("unobserved", "access_denied") if denied else ("unobserved", "no_coverage")


def watched_share(bench: Bench, over: Interval, kinds: tuple[str, ...]) -> float:
    """Return in what share of the hours of an interval somebody could have seen it."""
    hours = middles(over)
    seen = 0
    for at in hours:
        there = [
            row
            for row in bench.world.coverage.views()
            if isinstance(row, Coverage)
            and _able(bench, row, kinds, own=False)
            and row.start <= at < min(row.end, bench.known_at)
        ]
        shut = any(row.status == "denied" for row in there)
        seen += not shut and any(row.status == "observed" for row in there)
    return seen / len(hours)


def middles(over: Interval) -> list[datetime]:
    """Return the middles of the hours of an interval; of a shorter one its start.

    Facts lie on hours, and windows within a microsecond of them.
    """
    at = over.start.replace(minute=30, second=0, microsecond=0)
    found = [at + n * HOUR for n in range(int((over.end - over.start) / HOUR) + 2)]
    return [t for t in found if over.start <= t < over.end] or [over.start]


def _able(bench: Bench, row: Coverage, kinds: tuple[str, ...], *, own: bool) -> bool:
    """Tell whether a row's means would notice every one of some kinds."""
    theirs = bench.clause.watched_by
    able = not own or row.means in theirs
    named = named_sector(bench, row.region)
    if bench.sector is not None and named not in {None, bench.sector}:
        return False
    if theirs and row.means in bench.agreement.monitoring:
        able = able and row.means in theirs
    return able and all(is_a(kind, row.watched) for kind in kinds)


def _stated(bench: Bench, row: Coverage) -> bool:
    means = bench.agreement.monitoring.get(row.means or "")
    return row.detection is not None or bool(means and means.detection)


def worlds(chances: list[float]) -> Iterator[tuple[float, tuple[bool, ...]]]:
    """Yield every world of what may be real or not, with its probability."""
    for bits in product((False, True), repeat=len(chances)):
        weight = 1.0
        for bit, chance in zip(bits, chances, strict=True):
            weight *= chance if bit else 1.0 - chance
        if weight > 0.0:
            yield weight, bits


@dataclass(frozen=True)
class Truth:
    """What is to be found; None where the reference does not say."""

    verdict: str
    why: str
    low: float | None = None
    high: float | None = None
    late_s: float | None = None
    margin: float | None = None
