"""A mission's record opened for analysis: tables, rates, comparisons, explanations."""

import warnings
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.app.notebook.explained import Explained, explained
from pamiers.app.notebook.frames import frame_of, frame_of_rows, pandas, schema_of
from pamiers.app.notebook.rates import rates
from pamiers.app.notebook.reproduced import Reproduced, reproduced
from pamiers.app.notebook.taking import ingested
from pamiers.app.wiring import opened
from pamiers.core.errors import UsageError
from pamiers.core.instant import format_instant
from pamiers.core.table import INSTANT, Table
from pamiers.mission.export import told_findings, told_tables
from pamiers.mission.judged import agreement_of
from pamiers.mission.mission import Mission
from pamiers.mission.published import as_of_instant
from pamiers.report.redaction import edition_named
from pamiers.report.sectors import Sectors

#: share of the time below which a rate is warned of
LEAST_SHARE: Final = 0.5


class CoverageWarning(UserWarning):
    """A rate rests on little watching: fewer events may only mean fewer eyes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The record in one edition, now or as it was known at an instant."""

    folder: Path
    edition: str
    known: datetime | None = None  #: what came later is left out; None: everything

    def as_of(self, when: str) -> "Analysis":
        """Return the same record as it was known then.

        Args:
            when: An instant with its offset, or the name of a release on record.

        Returns:
            The record; tables leave out what was not yet known.

        Raises:
            UnknownTermError: Neither of them.
        """
        with opened(self.folder) as mission:
            return replace(self, known=as_of_instant(mission, when))

    def incidents(self, **chosen: str) -> Any:  # noqa: ANN401  (a geodata frame)
        """Return what happened, as best fused; see `select` for what may be chosen."""
        return self.select("incident", **chosen)

    def observations(self, **chosen: str) -> Any:  # noqa: ANN401  (a geodata frame)
        """Return what sources perceived, and claims by the sides, told apart."""
        return self.select("observation", **chosen)

    def coverage(self, **chosen: str) -> Any:  # noqa: ANN401  (a geodata frame)
        """Return where and when observation was possible, or denied."""
        return self.select("coverage", **chosen)

    def select(self, of: str, /, **chosen: str) -> Any:  # noqa: ANN401  (a geodata frame)
        """Return rows of a kind as a frame.

        Args:
            of: Kind of row, such as `incident`.
            chosen: `since` and `until` (day or instant; rows that end after the first
                and begin before the second), `sector` (its id or name), and any text
                column: its value.

        Returns:
            Rows in the order of the record.

        Raises:
            UsageError: No such kind or column.
        """
        return frame_of(self.table(of, **chosen), edition_named(self.edition))

    def table(self, of: str, /, **chosen: str) -> Table:
        """Return rows of a kind as columns of Arrow; as `select` chooses.

        Raises:
            UsageError: No such kind or column.
        """
        with opened(self.folder) as mission:
            table = self._told(mission, of)
            sectors = Sectors(agreement_of(mission))
        for name, value in chosen.items():
            table = _chosen(table, name, value, sectors)
        return table

    def _told(self, mission: Mission, of: str) -> Table:
        """Return the rows of a kind; nothing is fused for those that need none."""
        kinds = []
        for each in told_tables(mission, edition=self.edition, as_of=self.known):
            if each.kind == of:
                return each
            kinds.append(each.kind)
        raise _unknown("kind", of, kinds)

    def findings(self) -> Any:  # noqa: ANN401  (a data frame)
        """Return the judgements that stand: a clause, a sector, a day.

        Raises:
            UsageError: As of an earlier instant, which findings are not kept for.
        """
        if self.known is not None:
            raise UsageError(
                "findings",
                expected="the record as it is",
                got=f"as of {format_instant(self.known)}",
                remedy="Use `pamiers assess` on a copy up to that entry.",
            )
        with opened(self.folder) as mission:
            lines = told_findings(mission, edition=self.edition)
        return frame_of_rows(orjson.loads(line) for line in lines)

    def schema(self, kind: str = "incident") -> Any:  # noqa: ANN401  (a data frame)
        """Return the data dictionary of a kind of row."""
        return schema_of(self.select(kind))

    def rate(self, *, by: str = "day", least: float = LEAST_SHARE) -> Any:  # noqa: ANN401  (a data frame)
        """Return observed incidents per hour watched.

        Args:
            by: `day` (reporting days of the mission) or `sector`.
            least: Share of the time below which a row is warned of.

        Returns:
            `incidents`, those `while_watched`, `watched_h`, `share` of the time, and
            `per_hour` (of those while watched), which is missing where nobody is on
            record as watching a whole sector.

        Warns:
            CoverageWarning: Some rows rest on less than `least` of the time.
        """
        with opened(self.folder) as mission:
            agreement = agreement_of(mission)
        found = rates(self.table("incident"), self.table("coverage"), agreement, by=by)
        made = pandas().DataFrame(found).set_index(by)
        thin = int((made["share"] < least).sum())
        if thin:
            warnings.warn(
                f"{thin} of {len(made)} rows were watched less than {least:.0%} of the "
                "time: fewer incidents there may only mean fewer eyes.",
                CoverageWarning,
                stacklevel=2,
            )
        return made

    def compare(self, before: str, after: str | None = None) -> Any:  # noqa: ANN401  (a data frame)
        """Return which incidents came, went and changed as more became known.

        Args:
            before: An instant or a release, as in `as_of`.
            after: The later one; None for the record as it is.

        Returns:
            One row an incident that differs: `change` (added, gone, changed) and, of
            those that changed, the columns that did.
        """
        old = _rows(self.as_of(before))
        new = _rows(replace(self, known=None) if after is None else self.as_of(after))
        found = []
        for key in sorted({*old, *new}):
            differ = [
                name
                for name in {**old.get(key, {}), **new.get(key, {})}
                if old.get(key, {}).get(name) != new.get(key, {}).get(name)
            ]
            if differ:
                change = "added" if key not in old else "gone"
                change = "changed" if key in old and key in new else change
                columns = ", ".join(differ) if change == "changed" else ""
                found.append({"key": key, "change": change, "columns": columns})
        made = pandas().DataFrame(found, columns=["key", "change", "columns"])
        return made.set_index("key")

    def reproduce(self, report: str | Path) -> Reproduced:
        """Make a published report again from the record as it stood when it was made.

        Args:
            report: The report as JSON, as it was published.

        Returns:
            The report with the digests of both; `same` where they are one.

        Raises:
            MalformedSourceError: The file is no report in JSON.
        """
        return reproduced(self.folder, Path(report))

    def explain(self, key: str) -> Explained:
        """Return why an incident or a finding is what it is.

        Raises:
            UnknownTermError: Neither an incident that stands nor a finding.
        """
        return explained(self.folder, key)

    def ingest(self, frame: Any, mapping: str | Path | None = None) -> Any:  # noqa: ANN401  (data frames)
        """File the rows of a data frame on record; return those in quarantine.

        Args:
            frame: Rows, with columns as the `pamiers-csv` format has them.
            mapping: File that says otherwise which column is which field.

        Returns:
            A data frame of the rows that were not understood; empty where all were.

        Raises:
            MalformedSourceError: Nothing of it can be read; nothing was recorded.
        """
        return ingested(self.folder, frame, mapping)

    def cite(self) -> str:
        """Return a line to cite the record by, with its head and the program."""
        with opened(self.folder) as mission:
            title = agreement_of(mission).title.get("en", mission.name)
            head = mission.record.head()
        known = "" if self.known is None else f", as of {format_instant(self.known)}"
        return (
            f"{title}. Record of {head.size} entries{known}, {self.edition} edition, "
            f"head {head.hex}. pamiers {version('pamiers')}."
        )


def open_mission(folder: str | Path, *, edition: str = "public") -> Analysis:
    """Open the record of a mission for analysis.

    Args:
        folder: Mission folder.
        edition: public, parties or commission; what it may not hold is absent.

    Returns:
        The record; nothing but `ingest` writes to it.

    Raises:
        UsageError: There is no mission, or the extra is not installed.
        UnknownTermError: No such edition.
    """
    pandas()
    with opened(Path(folder)):
        return Analysis(folder=Path(folder), edition=edition_named(edition).id)


def _rows(known: Analysis) -> dict[str, dict[str, Any]]:
    rows = known.table("incident").columns.to_pylist()
    return {row["key"]: {n: v for n, v in row.items() if n != "source"} for row in rows}


def _chosen(table: Table, name: str, value: str, sectors: Sectors) -> Table:
    if name in {"since", "until"}:
        at = pa.scalar(_instant(value), INSTANT)
        column = table.columns["end" if name == "since" else "start"]
        return table.where(
            pc.greater(column, at) if name == "since" else pc.less(column, at)
        )
    if name == "sector":
        return table.where(pa.array(sectors.of(table) == sectors.named_by(value)))
    columns = table.columns
    texts = [f.name for f in columns.schema if pa.types.is_string(f.type)]
    if name not in texts:
        raise _unknown("column", name, ("since", "until", "sector", *texts))
    return table.where(pc.fill_null(pc.equal(columns[name], value), fill_value=False))


def _instant(value: str) -> datetime:
    """Return an instant; a day, or a time without an offset, is of UTC."""
    read = datetime.fromisoformat(value)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _unknown(what: str, got: str, known: Any) -> UsageError:  # noqa: ANN401  (names)
    return UsageError(
        what,
        expected=f"one of {', '.join(known)}",
        got=repr(got),
        remedy="Name one of these.",
    )
