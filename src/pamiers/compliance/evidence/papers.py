"""What was put on record: notices, approvals, orders, verifications, suspensions.

A paper is a statement of a category that judgements read. Whoever has to give one
owes the record of it: one that is not there was not given. What only somebody with an
interest tells of leaves it open, unless the clause itself makes that one competent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from pamiers.compliance.world import World
from pamiers.core.kind import is_a
from pamiers.core.place import Place
from pamiers.core.rows import Statement

#: category before the colon -> whether it says that something is so
FORMS: Final = (
    *("notice", "approval", "order", "exemption", "tried", "verified", "not-done"),
    *("state", "not-state", "suspension"),
)


#: later than anything on record
END: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One statement that judgements read."""

    key: str  #: `source:key`
    form: str  #: of `FORMS`
    about: str | None
    actor: str | None  #: who gave it; the source where nobody else is named
    to: str | None
    kind: str | None
    ref: str | None
    start: datetime
    end: datetime | None  #: None: no end is stated
    given_at: datetime | None
    place: Place | None
    region: str | None
    interested: frozenset[str] = field(default_factory=frozenset)

    def covers(self, start: datetime, end: datetime) -> bool:
        """Tell whether it is surely in force over an interval."""
        return self.start <= start and (self.end is None or end <= self.end)

    def touches(self, start: datetime, end: datetime) -> bool:
        """Tell whether it is in force in part of an interval."""
        return self.start < end and (self.end is None or start < self.end)

    def decides(self, competent: Iterable[str] = ()) -> bool:
        """Tell whether its word settles what it says.

        Args:
            competent: Those whom the clause makes competent to say it.

        Returns:
            False where somebody with an interest tells it, other than the competent.
        """
        return self.interested <= frozenset(competent)

    def is_by(self, whose: frozenset[str]) -> bool:
        """Tell whether one of some gave it, alone or with others."""
        return bool(named_in(self.actor) & whose)

    def is_of(self, kind: str) -> bool:
        """Tell whether it is about activities of a kind, or about any."""
        return self.kind is None or kind == self.kind or is_a(kind, self.kind)


def named_in(several: str | None) -> frozenset[str]:
    """Return those whom a cell of a record names, with `;` between them."""
    return frozenset(each.strip() for each in (several or "").split(";") if each)


def papers_of(world: World) -> tuple[Paper, ...]:
    """Return the papers on record, ordered by time and key; empty for none."""
    rows = (row for row in world.statements.views() if isinstance(row, Statement))
    found = [
        _paper(row, start, world)
        for row in rows
        for start in [row.start or row.given_at]
        if _form(row) in FORMS and start is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.start, each.key)))


def _form(row: Statement) -> str:
    return row.category.partition(":")[0]


def _paper(row: Statement, start: datetime, world: World) -> Paper:
    source = world.sources.get(row.source)
    return Paper(
        key=f"{row.source}:{row.key}",
        form=_form(row),
        about=row.about,
        actor=row.actor or row.source,
        to=row.to,
        kind=row.kind,
        ref=row.ref,
        start=start,
        end=row.end,
        given_at=row.given_at,
        place=row.at,
        region=row.region,
        interested=frozenset(source.interested if source else ()),
    )


def about(papers: Iterable[Paper], form: str, name: str | None = None) -> list[Paper]:
    """Return papers of a form, about something where it is named."""
    return [
        each
        for each in papers
        if each.form == form and (name is None or each.about == name)
    ]
