"""What a circle of readers may see: clauses by their tier, tables on the grid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import orjson

from pamiers.agreement.model import Agreement
from pamiers.app.pages.marks import (
    Marks,
    column_values,
    marks_of,
    put_of_few,
)
from pamiers.app.weigh import weighed_of
from pamiers.app.weighed import Weigh
from pamiers.compliance.clauses.case import Court
from pamiers.compliance.finding import Finding
from pamiers.compliance.ledgers.visible import hidden
from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.instant import zone
from pamiers.core.sharing import Sharing
from pamiers.core.source import Source
from pamiers.core.table import Table, empty
from pamiers.mission.happened import incidents_of, sources_of
from pamiers.mission.judged import (
    agreement_of,
    known_at,
    standing_findings,
    world_of,
)
from pamiers.mission.mission import Mission
from pamiers.mission.open_part import as_told, open_to, readers_of
from pamiers.mission.register import Register
from pamiers.mission.standing_ids import standing_ids
from pamiers.mission.state import state
from pamiers.report.coarsen import blurred, coarsened
from pamiers.report.redaction import Edition, edition_named

_MOST_MARKED: Final = 4  #: instants of which marks are kept
#: columns of the incidents that a map and a list need
MARKED: Final = (
    *("key", "start", "end", "lon", "lat", "radius_m", "kind", "weapons", "place"),
    *("region", "count_low", "count_high", "probability", "observed", "claimed"),
    "sources",
)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A mission as one circle of readers may see it, at the head it has now."""

    #: as it is shown: up to the head of the last whole view, less what is closed
    mission: Mission
    live: Mission  #: as it is now, for what needs no view: cases, work, claims
    folder: Path  #: of the mission, where the index of its cases lies
    agreement: Agreement
    edition: Edition
    secret: frozenset[str]  #: ids of clauses that they may not read
    weigh: Weigh = weighed_of  #: works out the stress test and the plan
    placing: bool = False  #: of the commission: may know where posts stand, see least

    def told(self, table: Table) -> Table:
        """Return what they may be told of a whole table of what stands."""
        return as_told(table, self.edition)

    def marks(self, as_of: datetime | None = None) -> Marks:
        """Return the incidents as marks of a map, made once.

        Args:
            as_of: Leave out what was not yet known then; None for everything.

        Returns:
            The marks, coarsened as the edition demands; none where nothing happened.
        """
        if as_of not in self._marks:
            told = self.told(incidents_of(self.mission, as_of=as_of))
            shown = coarsened(told, self.edition) or empty("incident")
            tz = zone(self.agreement.time_zone)
            put_of_few(self._marks, as_of, marks_of(shown, MARKED, tz), _MOST_MARKED)
        return self._marks[as_of]

    @cached_property
    def _marks(self) -> dict[datetime | None, Marks]:
        return {}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings that stand, of clauses that they may read."""
        standing = standing_findings(self.mission)
        return tuple(each for each in standing if each.clause not in self.secret)

    @cached_property
    def incidents(self) -> list[dict[str, Any]]:
        """Return the incidents as the edition may have them."""
        return rows(self.told(incidents_of(self.mission)), self.edition)

    @cached_property
    def observations(self) -> dict[str, dict[str, Any]]:
        """Return observations as the edition may have them, by `source:key`.

        Rows of the public's still name who reported: whoever tells one leaves that out.
        """
        told = self.told(state(self.mission).tables["observation"])
        shown = blurred(told, self.edition)
        lines = [] if shown is None else canonical_lines(shown)
        found: list[dict[str, Any]] = [orjson.loads(line) for line in lines]
        return {f"{each['source']}:{each['key']}": each for each in found}

    @cached_property
    def resting(self) -> dict[str, list[str]]:
        """Return the reports of each incident, as `source:key`, by its id."""
        columns = incidents_of(self.mission).columns
        keys, texts = (columns.column(name).to_pylist() for name in ("key", "members"))
        return {
            key: [each for each in (text or "").split("; ") if each]
            for key, text in zip(keys, texts, strict=True)
        }

    @cached_property
    def held(self) -> Register:
        """Return the ids of incidents on record."""
        return standing_ids(self.mission)

    @cached_property
    def court(self) -> Court:
        """Return what findings rest on, read once."""
        world = world_of(self.mission, state(self.mission))
        return Court(self.agreement, world, known_at(self.mission))

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Return the sources that the agreement names, by id."""
        return sources_of(self.mission)


def reader_of(
    mission: Mission, edition: str, *, folder: Path, live: Mission | None = None
) -> Reader:
    """Return a mission as an edition shows it.

    Args:
        mission: The mission, as it is shown.
        folder: Its folder.
        live: The mission as it is now; None: the same.
        edition: public, parties or commission.

    Returns:
        The reader's view.

    Raises:
        UnknownTermError: No such edition.
    """
    agreement = agreement_of(mission)
    return Reader(
        mission=open_to(mission, Sharing(edition_named(edition).id)),
        live=live or mission,
        folder=folder,
        agreement=agreement,
        edition=readers_of(mission, edition),
        secret=hidden(agreement, edition),
    )


def rows(table: Table, edition: Edition) -> list[dict[str, Any]]:
    """Return a table's rows as an edition may have them; empty for none.

    What is unstated is left out of a row, as in an export.
    """
    shown = coarsened(table, edition)
    if shown is None:
        return []
    return [orjson.loads(line) for line in canonical_lines(shown)]


def table_columns(
    table: Table, edition: Edition, names: tuple[str, ...]
) -> dict[str, Any]:
    """Return some columns of a table as an edition may have them; empty for none.

    Rows are never made of them: a map of many thousand marks is told in little time.
    """
    shown = coarsened(table, edition)
    if shown is None:
        return {name: [] for name in names}
    return {name: column_values(shown.columns.column(name)) for name in names}


def columns(found: Iterable[dict[str, Any]], names: tuple[str, ...]) -> dict[str, Any]:
    """Return rows as columns: many rows cost few bytes, and a map reads them fast."""
    listed = list(found)
    return {name: [row.get(name) for row in listed] for name in names}
