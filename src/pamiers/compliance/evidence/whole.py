"""Whether counts, taken together, are of all that a clause speaks of.

A count of a part says nothing of the rest. So counts are of the whole only where every
kind of every class is counted over all the ground, of each who is bound. A count that
names no place is of all places; one that names a site within a place is of that site
alone. What somebody with an interest counts is not counted by anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import Agreement, Everywhere
from pamiers.compliance.evidence.amounts import highest
from pamiers.compliance.evidence.ground import Ground, Site, drawn, drawn_since
from pamiers.compliance.evidence.levels import Step, heard
from pamiers.compliance.evidence.mixed import best_of_each, raised, together
from pamiers.compliance.evidence.sites import Counted, Part, Sites, parts_of

#: share of an area that drawings may leave between them without a meaning
_SLIVER: Final = 1e-3

_Areas = dict[tuple[Counted, datetime | None], BaseGeometry | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that a clause speaks of: where, of which classes, whose."""

    ground: Ground
    site: Site
    classes: tuple[str, ...]
    whose: Sequence[frozenset[str]]  #: for each who is bound, those who are its own
    anything: bool = False  #: whether it speaks of all that can be there
    _areas: _Areas = field(default_factory=dict)

    @property
    def agreement(self) -> Agreement:
        """Return the agreement of the clause."""
        return self.ground.agreement

    def counted(self, told: Sequence[Step], at: datetime) -> bool:
        """Tell whether counts that stand at an instant are of all of it.

        Args:
            told: What is counted, by whomever.
            at: When.

        Returns:
            False of none, and of all that can be there, for which no count has a word.
        """
        here = [step for step in told if step.free and step.start <= at < step.end]
        if self.anything or not here:
            return False
        return all(
            self._everywhere(_of(part, theirs, self.agreement), at)
            for who in self.whose or [frozenset()]
            for theirs in [[step for step in here if _is_of(step, who)]]
            for part in self._parts()
        )

    def most(self, told: Sequence[Step], at: datetime) -> float | None:
        """Return how many there can be at an instant, by those who counted it all.

        Args:
            told: What is counted, by whomever.
            at: When.

        Returns:
            The highest that one tells who counted all, or others found in parts of
            it; else what those come to who counted all together. None: or more, as
            where a part was counted by nobody.
        """
        here = heard(s for s in told if s.start <= at < s.end)
        by_counter = [
            [s for s in here if s.counter == name]
            for name in sorted({s.counter for s in here})
        ]
        if any(self.counted(own, at) for own in by_counter):
            best = best_of_each(here, self.agreement)
            return highest(raised(own, best) for own in by_counter)
        if not self.counted(here, at):
            return None
        return together(here, self.agreement)

    def _parts(self) -> Sequence[Part | None]:
        """Return the kinds of its classes; None: of what it names no class."""
        classes = self.agreement.classes
        named = [classes[name] for name in self.classes if name in classes]
        return [part for one in named for part in parts_of(one)] or [None]

    def _everywhere(self, told: Sequence[Step], at: datetime) -> bool:
        """Tell whether counts leave out no ground on which the clause holds."""
        if any(_of_all_places(step.site) for step in told):
            return True
        if isinstance(self.site.where, Everywhere) and self.site.sector is None:
            return False
        since = drawn_since(self.agreement, at)
        asked = self.ground.area(Site(self.site.where, self.site.sector, since))
        if asked is None:
            return False
        areas = [self._area(step) for step in told if step.site.ref is None]
        seen = shapely.union_all([each for each in areas if each is not None])
        return bool(shapely.difference(asked, seen).area <= _SLIVER * asked.area)

    def _area(self, step: Step) -> BaseGeometry | None:
        """Return where a count was taken, as drawn when it was."""
        since = drawn_since(self.agreement, step.start)
        key = step.site, since
        if key not in self._areas:
            self._areas[key] = Sites(drawn(self.agreement, since)).area(step.site)
        return self._areas[key]


def _of(part: Part | None, told: Sequence[Step], agreement: Agreement) -> list[Step]:
    """Return the counts that leave out nothing of a kind of a class."""
    if part is None:
        return list(told)
    return [s for s in told if part.within(s.site.of, agreement.classes)]


def _is_of(step: Step, who: frozenset[str]) -> bool:
    return step.site.party is None or step.site.party in who


def _of_all_places(site: Counted) -> bool:
    return site.place is None and site.lon is None and site.ref is None
