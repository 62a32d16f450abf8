"""One thing to be judged, and the parts every judgement shares."""

from collections.abc import Callable, Hashable, Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, TypeVar

from pamiers.agreement.model import Agreement, Clause, Reading, Subject, Thresholds
from pamiers.compliance.clauses.happened import bound_by
from pamiers.compliance.coverage import NOTHING, Lookout, Scene, Watched, watched
from pamiers.compliance.evidence.ground import OUTSIDE, Ground, Site
from pamiers.compliance.evidence.happenings import OPEN, Happening, kinds_of
from pamiers.compliance.evidence.register import Register, register_of
from pamiers.compliance.evidence.totals import Published, published_of, stated_of
from pamiers.compliance.finding import Verdict, Why
from pamiers.compliance.rule import Form, Rule, own_state
from pamiers.compliance.world import World
from pamiers.core.canonical import digest
from pamiers.core.instant import Interval, format_instant
from pamiers.core.kind import KINDS, members

_KEY_LENGTH: Final = 16
_TICK: Final = timedelta(microseconds=1)
_Made = TypeVar("_Made")
_OF_CLASS: Final = ("weapon_presence", "person_presence", "presence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A rule, a sector, and a period in which it was in force."""

    rule: Rule
    sector: str | None  #: None: not broken down; `OUTSIDE`: what lies in none
    period: Interval
    until: datetime  #: end of what is judged: of the period, or of what is known
    occasion: str | None = None  #: key of what gave rise to a duty owed each time
    doubtful: bool = False  #: whether the occasion may have been while not in force
    first_due_at: datetime | None = None  #: if its time began as early as may be
    drawn_at: datetime | None = None  #: zones as of then; None where none was redrawn
    shut: tuple[str, ...] = ()  #: gates that keep it from being due, `gate <id>` each

    @property
    def clause(self) -> Clause:
        """Return the clause that is judged."""
        return self.rule.clause

    @property
    def reading(self) -> Reading:
        """Return the reading it is judged in, narrowed to whom it is judged for."""
        return self.rule.reading

    @property
    def last(self) -> datetime:
        """Return the last instant of which a fact counts: the end of a day is none."""
        once = self.occasion is not None or self.rule.form is Form.REACTION
        ended = self.until == self.period.end and not once
        return self.until - _TICK if ended else self.until

    @property
    def many_readings(self) -> bool:
        """Tell whether the clause can be read in several ways."""
        return len({each.id for each in self.clause.readings}) > 1

    @property
    def site(self) -> Site:
        """Return where the case looks."""
        return Site(self.reading.where, self.sector, self.drawn_at)

    @property
    def key(self) -> str:
        """Return a stable id: a digest of clause, reading, sector and period."""
        named = {
            "clause": self.clause.id,
            "reading": self.reading.id,
            "sector": self.sector,
            **self._binding,
        }
        if self.occasion is None:
            named["start"] = format_instant(self.period.start)
            named["end"] = format_instant(self.period.end)
        return digest(named)[:_KEY_LENGTH]

    @property
    def _binding(self) -> dict[str, str | None]:
        parts = {
            "party": self.rule.party if self.rule.shared else None,
            "zone": self.rule.zone,
            "occasion": self.occasion,
        }
        return {name: value for name, value in parts.items() if value is not None}

    @property
    def kinds(self) -> frozenset[str]:
        """Return every kind of incident that the clause speaks of."""
        return kinds_against(self.reading)

    @property
    def families(self) -> tuple[str, ...]:
        """Return the kinds that must be watched to see it kept."""
        reading = self.reading
        if reading.subject is Subject.EVENT:
            return reading.kinds
        if own_state(reading):
            return (reading.state,)
        persons = reading.bound is not None and reading.bound.unit == "persons"
        if reading.classes or reading.subject is Subject.STOCK:
            return ("person_presence",) if persons else ("weapon_presence",)
        return ("presence",)

    @property
    def own_events(self) -> tuple[str, ...]:
        """Return the events and states it names that only its agreement knows."""
        return tuple(kind for kind in self.families if kind not in KINDS)


def kinds_against(reading: Reading) -> frozenset[str]:
    """Return every kind of incident that a prohibition speaks of."""
    if reading.subject is Subject.STATE:
        # Mines seen are no weapon of a class, and people only where they are named
        # as one; a presence that a source does not name may be.
        return frozenset(_OF_CLASS) if reading.classes else _members("presence")
    return _kinds(reading.kinds)


_kinds = cache(kinds_of)
_members = cache(lambda kind: members([kind]))


class Court:
    """What every case is judged from; made once per assessment, then only read."""

    def __init__(
        self,
        agreement: Agreement,
        world: World,
        known_at: datetime,
        before: "Court | None" = None,
        *,
        late: bool = False,
    ) -> None:
        """Read the world's tables once.

        Args:
            agreement: Agreement in force; it is bound to what is on record.
            world: Tables as known at `known_at`.
            known_at: Last instant of knowledge [UTC].
            before: Court of the same agreement on other facts; what it has drawn is
                used again where no instant of the agreement changed.
            late: Whether anchors that are known to an interval came at its end.
        """
        whole = register_of(world, agreement)
        cut = whole.until(known_at)
        self.agreement, self.times = bound_by(cut, known_at, late=late)
        #: the same as if such anchors had come at their last instants; None: none is
        self.late: Court | None = None
        self.facts = whole.ground.facts
        self.ground = Ground(agreement=self.agreement, facts=self.facts)
        self.lookout = Lookout(world.coverage, self.agreement)
        if before is not None and before.times == self.times:
            self.agreement = before.agreement
            self.ground = before.ground.under(self.facts)
            self.lookout = before.lookout.with_rows(world.coverage)
        self.register: Register = replace(
            cut, agreement=self.agreement, ground=self.ground
        )
        self.world = world
        self.known_at = known_at
        self.shut: frozenset[str] = frozenset()  #: gates that count as shut
        self._made: dict[tuple[Hashable, ...], Any] = {}
        self.published: tuple[Published, ...] = (
            *published_of(world),
            *stated_of(world, tuple(agreement.events)),
        )
        self.rows: dict[str, Happening] = {row.key: row for row in whole.happenings}
        last = self.times if late else bound_by(cut, known_at, late=True)[1]
        if last != self.times:
            self.times = replace(self.times, late=last)
            drawn = before.late if before is not None else None
            self.late = Court(agreement, world, known_at, drawn, late=True)

    def row(self, i: int) -> Happening:
        """Return what happened at a position in the facts, as its actor's act."""
        row = self.rows[self.facts.key[i]]
        actor = self.facts.actor[i]
        return next((e for e in row.alternatives() if e.actor == actor), row)

    def once(self, name: tuple[Hashable, ...], make: Callable[[], _Made]) -> _Made:
        """Return what `make` makes, made only the first time that it is asked for.

        Args:
            name: Tells it from everything else that is made once.
            make: Pure function of what is known.

        Returns:
            The same value each time.
        """
        if name not in self._made:
            self._made[name] = make()
        found: _Made = self._made[name]
        return found

    def behind(self, gate: str) -> "Court":
        """Return the same court to which one more gate counts as shut."""
        court = copy(self)
        court.shut = self.shut | {gate}
        court._made = {}  # noqa: SLF001 - its own
        return court

    def limits(self, case: Case) -> Thresholds:
        """Return the thresholds by which a case is decided."""
        return case.clause.thresholds or self.agreement.thresholds

    def watch(self, case: Case, period: Interval) -> Watched:
        """Return how much of a case's area was watched over a period."""
        if not self.lookout.rows:
            return NOTHING
        area = self.ground.area(case.site)
        bare = case.sector == OUTSIDE and area is not None and area.is_empty
        scene = Scene(
            kinds=case.families,
            sector=case.sector,
            area=None if bare else area,  # what may be just outside is of no extent
            area_id=self.ground.site_id(case.site),
            period=period,
            means=case.clause.watched_by if case.own_events else None,
            watchers=case.clause.watched_by,
            known_at=self.known_at,
        )
        return watched(scene, self.lookout)


def occasion_of(case: Case, rows: Iterable[Happening]) -> Happening | None:
    """Return the occasion of a case among what may be one; None where it is none.

    Args:
        case: What is judged; its `occasion` is the key.
        rows: What may give rise to what the rule demands.

    Returns:
        The occasion, unsure where it may have been while nothing was demanded.
    """
    row = next((each for each in rows if each.key == case.occasion), None)
    return row.but(OPEN, Why.TIME) if row is not None and case.doubtful else row


def absence(seen: Watched, enough: float) -> tuple[Verdict, Why]:
    """Return what may be said of something that nobody reported.

    Args:
        seen: How much was watched.
        enough: Share that must be watched before silence speaks, in [0, 1].

    Returns:
        KEPT only where enough was watched by means whose detection is stated.
    """
    if seen.stated >= enough and seen.detection is not None:
        return Verdict.KEPT, Why.WATCHED
    if seen.share >= enough:
        return Verdict.UNDETERMINED, Why.DETECTION_UNSTATED
    if seen.share > 0.0 or seen.some:
        return Verdict.UNDETERMINED, Why.PARTIAL_COVERAGE
    if seen.denied:
        return Verdict.UNOBSERVED, Why.ACCESS_DENIED
    return Verdict.UNOBSERVED, Why.NO_COVERAGE


def of_a_part(said: tuple[Verdict, Why]) -> tuple[Verdict, Why]:
    """Return what silence says where a part was counted: it is not wholly unobserved.

    Args:
        said: What silence says by itself.

    Returns:
        The same, but UNDETERMINED where it was UNOBSERVED.
    """
    if said[0] is Verdict.UNOBSERVED:
        return Verdict.UNDETERMINED, Why.PARTIAL_COVERAGE
    return said


def enough_coverage(limits: Thresholds) -> float:
    """Return the share that must be watched for KEPT.

    What was not watched may be no more than the probability of breach that the
    agreement accepts with KEPT.
    """
    return 1.0 - limits.kept
