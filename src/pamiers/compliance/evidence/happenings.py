"""What is on record as having happened: incidents, and statements of events.

One happening is one incident, or one statement `event:<id>` (also `<id>`, and
`<id>:<party>`). How surely it is what is asked for is a pair of bounds on a
probability; what the record leaves open is from 0 to 1.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import fsum, prod
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.agreement.values.expression import ATTRIBUTES, Expression, holds
from pamiers.agreement.values.quantity import parse_quantity
from pamiers.compliance.evidence.papers import FORMS
from pamiers.compliance.finding import Why
from pamiers.compliance.world import World
from pamiers.core.errors import MalformedAgreementError
from pamiers.core.instant import Interval
from pamiers.core.kind import DAY_S, EVENT, KINDS, lasts, members
from pamiers.core.place import Place
from pamiers.core.rows import Incident, Statement, read_extra, read_shares

Bounds = tuple[float, float]
Value = float | str | bool | None

Doubts = tuple[tuple[Why, Bounds], ...]

YES: Final[Bounds] = (1.0, 1.0)
NO: Final[Bounds] = (0.0, 0.0)
OPEN: Final[Bounds] = (0.0, 1.0)
#: a time given to the minute is taken as an instant
_INSTANT: Final = timedelta(minutes=1)
_TICK: Final = timedelta(microseconds=1)
_METRE: Final = 0.001  # of a millimetre
#: what may be open of what happened, asked in this order
_QUESTIONS: Final = (
    Why.LOCATION,
    Why.CLASS,
    Why.EXEMPTION,
    Why.ATTRIBUTION,
    Why.TIME,
)
_THERE: Final = members(["presence"])
#: categories of records about something, which no event of that name is
_RECORDS: Final = (*FORMS, "gate", "appeal")
_TRUTHS: Final = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Share:
    """That something happened, is what is asked for, and was one party's act."""

    actor: str | None  #: None: of somebody who is not known
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that may have happened, and how probably it is what is asked for.

    Where it is not sure who did it, `actor` is None and `shares` say how likely it was
    each of those who may have: they exclude one another.

    Of what lasts, and is given by the hour, the interval is that of its going on; of
    everything else it is known only to have been some time in it (`core.kind.lasts`).

    Invariants: `low <= high`; `earliest <= latest`; where there are shares, `low` and
    `high` are their sums.
    """

    key: str
    kind: str  #: of `core.kind`; `event:<id>` for an event of the agreement
    start: datetime
    end: datetime
    low: float = 1.0
    high: float = 1.0
    actor: str | None = None
    to: str | None = None
    ref: str | None = None
    place: Place | None = None
    region: str | None = None
    weapons: str | None = None
    calibre_mm: float | None = None
    least: int = 1  #: fewest it stands for
    most: int | None = 1  #: None: or more
    known: Mapping[str, Value] = field(default_factory=dict)  #: what conditions ask
    interested: frozenset[str] = frozenset()  #: parties in whose interest it is told
    doubts: Doubts = ()  #: what is open of it, and how far
    shares: tuple[Share, ...] = ()  #: of those who may have done it; empty: `actor`

    @property
    def named(self) -> str | None:
        """Return the one whom sources name, however surely; None where they differ."""
        told = [each.actor for each in self.shares if each.actor is not None]
        return told[0] if len(told) == 1 else self.actor

    @property
    def earliest(self) -> datetime:
        """Return the first instant at which it may have been."""
        return self.start

    @property
    def latest(self) -> datetime:
        """Return the last instant at which it may have been."""
        length = self.end - self.start
        return self.start if length <= _INSTANT else self.end - _TICK

    @property
    def lasts(self) -> bool:
        """Tell whether it goes on throughout its interval."""
        by_the_hour = (self.end - self.start).total_seconds() < DAY_S
        return by_the_hour and lasts(self.kind)

    @property
    def begins(self) -> tuple[datetime, datetime]:
        """Return the first and the last instant at which it may have begun."""
        return (self.start, self.start if self.lasts else self.latest)

    @property
    def ends(self) -> tuple[datetime, datetime]:
        """Return the first and the last instant at which it may have been over."""
        return (self.latest if self.lasts else self.earliest, self.latest)

    @property
    def there_by(self) -> datetime:
        """Return the instant by which it surely was: there, or done."""
        there = self.lasts and self.kind in _THERE
        return self.start if there else self.latest

    def within(self, period: Interval) -> "Happening":
        """Return the part of it in a period that it touches, where it lasts."""
        if not self.lasts:
            return self
        start, end = max(self.start, period.start), min(self.end, period.end)
        return replace(self, start=start, end=end)

    def but(self, bounds: Bounds, why: Why | None = None) -> "Happening":
        """Return it with its probability multiplied by bounds.

        Args:
            bounds: On the probability of one thing more that has to be so.
            why: What would tell whether it is, where that is open.

        Returns:
            The same, less sure.
        """
        doubts = self.doubts
        if why is not None and bounds[0] < bounds[1]:
            doubts = (*doubts, (why, bounds))
        low, high = self.low * bounds[0], self.high * bounds[1]
        shares = tuple(
            Share(each.actor, each.low * bounds[0], each.high * bounds[1])
            for each in self.shares
        )
        return replace(self, low=low, high=high, doubts=doubts, shares=shares)

    def alternatives(self) -> "list[Happening]":
        """Return it as the act of each who may have done it; itself where one did."""
        if not self.shares:
            return [self]
        return [
            replace(
                self,
                low=each.low,
                high=each.high,
                actor=each.actor,
                known={**self.known, **({"actor": each.actor} if each.actor else {})},
                shares=(),
            )
            for each in self.shares
        ]

    def joined(
        self, parts: "Sequence[Happening]", doubts: Doubts | None = None
    ) -> "Happening":
        """Return it with what was found of it as the act of each who may have done it.

        Args:
            parts: Its alternatives, in their order, each as sure as it is.
            doubts: What is open of it; None: as before.

        Returns:
            The same, its bounds the sums of theirs.
        """
        if not self.shares:
            (one,) = parts
            return one
        return replace(
            self,
            low=summed(each.low for each in parts),
            high=summed(each.high for each in parts),
            doubts=self.doubts if doubts is None else doubts,
            shares=tuple(Share(each.actor, each.low, each.high) for each in parts),
        )

    def by(self, who: frozenset[str]) -> "Happening":
        """Return it as far as one of some did it, or may have.

        What is surely another's is as likely as nothing.
        """
        if not self.shares:
            return self.but(done_by(self.actor, who))
        bounds = [done_by(each.actor, who) for each in self.shares]
        pairs = zip(self.alternatives(), bounds, strict=True)
        return self.joined([each.but(part) for each, part in pairs])

    def share_of(self, who: frozenset[str]) -> Bounds:
        """Return bounds on the share of some in it, if it happened."""
        if not self.shares:
            return done_by(self.actor, who)
        told = [(each.high, done_by(each.actor, who)) for each in self.shares]
        total = sum(high for high, _ in told) or 1.0
        return (
            summed(high / total * part[0] for high, part in told),
            summed(high / total * part[1] for high, part in told),
        )

    def open_by(self, sure: float) -> Why:
        """Return what has to be known for it to count surely.

        Args:
            sure: Probability from which it does.

        Returns:
            The one question whose answer would be enough; where it takes several, the
            first of them; `LOW_PROBABILITY` where it may not have happened at all.
        """
        parts: dict[Why, Bounds] = {}
        for why, (low, high) in self.doubts:
            known = parts.get(why, YES)
            parts[why] = known[0] * low, known[1] * high
        asked = [why for why in _QUESTIONS if why in parts]
        told = self.high / (prod(high for _, high in parts.values()) or 1.0)
        for why in asked:
            rest = prod(low for other, (low, _) in parts.items() if other != why)
            # who did it, once told, was one of those who are asked about
            answer = 1.0 if why is Why.ATTRIBUTION else parts[why][1]
            if told * answer * rest >= sure:
                return why
        tops = ((why, high) for why, (_, high) in parts.items())
        answered = told * prod(1.0 if w is Why.ATTRIBUTION else top for w, top in tops)
        return asked[0] if asked and answered >= sure else Why.LOW_PROBABILITY


def happenings_of(world: World, agreement: Agreement) -> tuple[Happening, ...]:
    """Return everything on record as having happened, in order of time and key.

    Args:
        world: Incidents, statements, and the sources of statements.
        agreement: Names its events.

    Returns:
        The same for every order of the rows; empty for none.
    """
    rows = [
        *(_of_incident(r) for r in world.incidents.views() if isinstance(r, Incident)),
        *_of_statements(world, agreement),
    ]
    return tuple(sorted(rows, key=lambda each: (each.start, each.key)))


def summed(parts: Iterable[float]) -> float:
    """Return a sum of shares; what adds up to a round figure is one."""
    return round(fsum(parts), 12)


def _of_incident(row: Incident) -> Happening:
    extra = read_extra(row.extra)
    told = read_shares(row.actors, row.actor)
    actor = (told[0][0] or None) if len(told) == 1 else None
    weighed = [(name or None, share * row.probability) for name, share in told]
    count = row.count if row.count is not None else row.count_low
    named = {
        "kind": row.kind.removeprefix(EVENT),
        "count": None if count is None else float(count),
        "actor": actor,
        "control": row.control,
        "calibre": None if row.calibre_mm is None else row.calibre_mm * _METRE,
    }
    return Happening(
        key=row.key,
        kind=row.kind,
        start=row.start,
        end=row.end,
        low=row.probability,
        high=row.probability,
        actor=actor,
        to=extra.get("to"),
        ref=extra.get("ref"),
        place=row.at,
        region=row.region,
        weapons=row.weapons,
        calibre_mm=row.calibre_mm,
        least=_least(row),
        most=_most(row),
        known={**typed(extra), **{k: v for k, v in named.items() if v is not None}},
        interested=frozenset() if row.observed else frozenset({row.sources}),
        shares=tuple(Share(name, p, p) for name, p in weighed if len(told) > 1),
    )


def _least(row: Incident) -> int:
    stated = row.count_low if row.count_low is not None else row.count
    return max(stated if stated is not None else 1, 1)


def _most(row: Incident) -> int | None:
    if row.count_high is not None:
        return max(row.count_high, 1)
    if row.count is not None and row.count_low is None:
        return max(row.count, 1)
    return None if row.count_low is not None else 1


def _of_statements(world: World, agreement: Agreement) -> Iterable[Happening]:
    for row in world.statements.views():
        if not isinstance(row, Statement) or row.start is None:
            continue
        event, party = _event(row, agreement)
        if event is None:
            continue
        source = world.sources.get(row.source)
        extra = read_extra(row.extra)
        yield Happening(
            key=f"{row.source}:{row.key}",
            kind=event if event in KINDS else f"{EVENT}{event}",
            start=row.start,
            end=row.end or row.start + _TICK,
            actor=row.actor or party,
            to=row.to,
            ref=row.ref or extra.get("ref"),
            place=row.at,
            region=row.region,
            known={**typed(extra), "kind": event},
            interested=frozenset(source.interested if source else ()),
        )


def _event(row: Statement, agreement: Agreement) -> tuple[str | None, str | None]:
    """Return the event a statement is of, and the party its category names."""
    lead, _, rest = row.category.partition(":")
    if lead == "event":
        return rest, None
    if rest and lead in _RECORDS:  # even where an event of the agreement is so called
        return None, None
    known = lead in agreement.events or lead in KINDS
    return (lead, rest or None) if known else (None, None)


def typed(extra: Mapping[str, str]) -> dict[str, Value]:
    """Return attributes as conditions compare them: numbers, yes and no, words."""
    return {name: _value(name, text) for name, text in extra.items()}


def _value(name: str, text: str) -> Value:
    truth = _TRUTHS.get(text.casefold())
    meant = str(ATTRIBUTES.get(name))
    if truth is not None or meant == "word":
        return text if truth is None else truth
    if meant in {"length", "time"}:
        with suppress(MalformedAgreementError):
            return parse_quantity(text, meant).base
    try:
        return float(text)
    except ValueError:
        return text


def satisfies(condition: Expression | None, known: Mapping[str, Value]) -> Bounds:
    """Return bounds on the probability that a condition holds of what is known."""
    if condition is None:
        return YES
    answer = holds(condition, known)
    return OPEN if answer is None else YES if answer else NO


def kinds_of(names: Sequence[str]) -> frozenset[str]:
    """Return every kind that names mean: families whole, and events by their ids."""
    own = {name if name.startswith(EVENT) else f"{EVENT}{name}" for name in names}
    return members([name for name in names if name in KINDS]) | own


def done_by(actor: str | None, who: frozenset[str] | None) -> Bounds:
    """Return bounds on the probability that one of some did it.

    Args:
        actor: Whom the record names, several of a joint act with `;`; None where it
            names nobody.
        who: Those asked about; None for anybody.

    Returns:
        (1, 1), (0, 0), or (0, 1) where the record names nobody.
    """
    if who is None:
        return YES
    if actor is None:
        return OPEN
    return YES if actor in who or all_named(actor) & who else NO


def done_to(named: str | None, whom: frozenset[str] | None) -> Bounds:
    """Return bounds on the probability that it was done to one of some.

    Args:
        named: Whom the record names, several with `;`; None where it names nobody.
        whom: Those asked about; None for anybody.

    Returns:
        (1, 1), (0, 0), or (0, 1) where the record names nobody.
    """
    if whom is None:
        return YES
    if named is None:
        return OPEN
    return YES if all_named(named) & whom else NO


def all_named(several: str) -> set[str]:
    """Return whom a record names, several with `;`."""
    return {each.strip() for each in several.split(";")}
