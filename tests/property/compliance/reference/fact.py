"""One thing on record, and who may have done it."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pamiers.core.kind import is_a
from pamiers.core.place import Place
from pamiers.core.rows import Incident

HOUR = timedelta(hours=1)
Whose = tuple[str | None, float, float]  #: who; that it is asked for, and was his act


@dataclass(frozen=True)
class Fact:
    """One thing that may have happened, and how probably it is what is asked for."""

    key: str
    kind: str
    first: datetime
    last: datetime
    start: datetime
    end: datetime
    low: float
    high: float
    actor: str | None
    ref: str | None
    least: int
    most: int | None
    count: float | None = None
    weapons: str | None = None
    place: Place | None = None
    control: str | None = None
    to: str | None = None
    region: str | None = None
    claimed_by: str | None = None  #: of a mere claim: the voices that make it
    interested: frozenset[str] = frozenset()  #: in whose interest it is told
    whose: tuple[Whose, ...] = ()  #: of those who may have done it; empty: `actor`

    @property
    def names(self) -> set[str]:
        """What a formula calls it: what it refers to, else its own id."""
        return {self.ref} if self.ref else {self.key.rpartition(":")[2]}

    @property
    def lasts(self) -> bool:
        """What moves or is there goes on throughout, if given by the hour."""
        if self.end - self.start >= 23 * HOUR:
            return False
        families = ("presence", "movement", "flight", "restriction", "exercise")
        return any(is_a(self.kind, family) for family in families)

    @property
    def begun(self) -> datetime:
        """The last instant at which it may have begun."""
        return self.start if self.lasts else self.last


def weighed(row: Incident) -> list[tuple[str | None, float]]:
    """Return who may have done an incident, and with which share."""
    if row.actors is None:
        return [(row.actor, 1.0)]
    told = json.loads(row.actors)
    assert abs(sum(told.values()) - 1.0) < 1e-9
    return [(name or None, share) for name, share in told.items()]


def by_each(fact: Fact) -> list[Fact]:
    """Return a fact as the act of each of those who may have done it."""
    return [
        replace(fact, actor=who, low=low, high=high, whose=())
        for who, low, high in fact.whose
    ] or [fact]


def together(fact: Fact, ways: list[tuple[float, float]]) -> Fact:
    """Return a fact with its bounds as the act of each: it was one of them."""
    low, high = (round(sum(way[end] for way in ways), 12) for end in (0, 1))
    if not fact.whose:
        return replace(fact, low=ways[0][0], high=ways[0][1])
    whose = zip(fact.whose, ways, strict=True)
    return replace(
        fact, low=low, high=high, whose=tuple((who[0], *way) for who, way in whose)
    )
