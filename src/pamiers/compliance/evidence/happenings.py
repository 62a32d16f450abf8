"""What is on record as having happened: incidents, and statements of events.

One happening is one incident, or one statement `event:<id>` (also `<id>`, and
`<id>:<party>`). Each is asked whether it is what a clause speaks of: of its kinds
and classes, where and under the condition it says, by whom it says. The answer is
a pair of bounds on a probability; what the record leaves open is from 0 to 1.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import prod
from typing import Final

from pamiers.agreement.model import Agreement, Matter
from pamiers.agreement.values.expression import ATTRIBUTES, Expression, holds
from pamiers.agreement.values.quantity import parse_quantity
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.compliance.evidence.ground import Ground, Site, drawn_since
from pamiers.compliance.evidence.papers import FORMS
from pamiers.compliance.evidence.weaponry import belongs, kinds_named
from pamiers.compliance.finding import Why
from pamiers.compliance.world import World
from pamiers.core.errors import MalformedAgreementError
from pamiers.core.instant import Interval
from pamiers.core.kind import DAY_S, EVENT, KINDS, lasts, members
from pamiers.core.place import Place
from pamiers.core.rows import Incident, Statement, read_extra

Bounds = tuple[float, float]
Value = float | str | bool | None

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that may have happened, and how probably it is what is asked for.

    Of what lasts, and is given by the hour, the interval is that of its going on; of
    everything else it is known only to have been some time in it (`core.kind.lasts`).

    Invariants: `low <= high`; `earliest <= latest`.
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
    doubts: tuple[tuple[Why, Bounds], ...] = ()  #: what is open of it, and how far

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
        return replace(self, low=low, high=high, doubts=doubts)

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
            if told * parts[why][1] * rest >= sure:
                return why
        return asked[0] if asked and self.high >= sure else Why.LOW_PROBABILITY


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


def _of_incident(row: Incident) -> Happening:
    extra = read_extra(row.extra)
    count = row.count if row.count is not None else row.count_low
    named = {
        "kind": row.kind.removeprefix(EVENT),
        "count": None if count is None else float(count),
        "actor": row.actor,
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
        actor=row.actor,
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
    return YES if actor in who or _named(actor) & who else NO


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
    return YES if _named(named) & whom else NO


def _named(several: str) -> set[str]:
    return {each.strip() for each in several.split(";")}


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for on record, and by whom it has to be."""

    matter: Matter
    who: frozenset[str] | None = None  #: None: anybody
    to: frozenset[str] | None = None
    unnamed: bool = False  #: what names nobody counts as theirs


def found(
    sought: Sought,
    rows: Iterable[Happening],
    agreement: Agreement,
    ground: Ground,
) -> list[Happening]:
    """Return the happenings that may be what is sought, in their order.

    Args:
        sought: Kinds, classes, place, condition and actors.
        rows: What is on record.
        agreement: Its classes.
        ground: Tells where places lie.

    Returns:
        Each with its probability of being what is sought; those that surely are
        not are left out.
    """
    kinds = kinds_of(sought.matter.kinds)
    classes = [agreement.classes[name] for name in sought.matter.classes]
    own = kinds_named(agreement.classes.values())
    answers = []
    for row in rows:
        if row.kind not in kinds:
            continue
        site = Site(sought.matter.where, None, drawn_since(agreement, row.start))
        by = (
            YES
            if sought.unnamed and row.actor is None
            else done_by(row.actor, sought.who)
        )
        to = YES if row.to is None else done_to(row.to, sought.to)
        parts = (
            (by, Why.ATTRIBUTION),
            (to, Why.ATTRIBUTION),
            (satisfies(sought.matter.condition, row.known), Why.CLASS),
            (_of_class(row, sought.matter, classes, own), Why.CLASS),
            (ground.holds(site, row.place, row.region, row.actor), Why.LOCATION),
        )
        for part, why in parts:
            row = row.but(part, why)  # noqa: PLW2901 - one factor after another
        if row.high > 0.0:
            answers.append(row)
    return answers


#: no weapons: of a class only where a source calls them so, or the clause names them
_NO_WEAPONS: Final = ("mine", "person_presence", "position")


def _of_class(
    row: Happening,
    matter: Matter,
    classes: Sequence[WeaponClass],
    kinds: Sequence[str],
) -> Bounds:
    """Return bounds on the probability that what happened is of some classes."""
    told = belongs(row.weapons, row.calibre_mm, classes, known=row.known, kinds=kinds)
    bare = row.kind in _NO_WEAPONS and row.kind not in matter.kinds
    return NO if classes and bare and told != YES else told
