"""Observations and claims in, incidents out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from pamiers.core.errors import UnknownTermError
from pamiers.core.table import SCHEMAS, Table
from pamiers.fusion.binding import Bindings
from pamiers.fusion.columns import Ints
from pamiers.fusion.estimate import incident_of
from pamiers.fusion.model import FusionModel
from pamiers.fusion.plane import plane_about
from pamiers.fusion.reports import Reports, reports_of

if TYPE_CHECKING:
    from pamiers.fusion.learned import Learned
    from pamiers.fusion.told import Told

#: columns of a report that estimates are made from
USED: Final = (
    "extra",
    *("source", "key", "start", "end", "lon", "lat", "radius_m", "shape", "place"),
    *("region", "text", "cite", "standing", "kind", "count", "count_low"),
    *("count_high", "weapons", "calibre_mm", "control", "actor"),
    *("reliability", "credibility"),
)


Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fusion:
    """Incidents, and how they came of their reports.

    Invariants: `incidents` are ordered by start, then key; `label[i]` is the row
    in `incidents` that report `i` belongs to; every report belongs to one.
    """

    incidents: Table  #: kind `incident`
    reports: Reports
    label: Ints  #: shape (n,)
    repeats: Mapping[str, str]  #: report -> the one that it copies or repeats
    model: FusionModel
    learned: "Learned"  #: reaches every source of the reports

    @cached_property
    def keys(self) -> list[str]:
        """Return the keys of the incidents, in order."""
        found: list[str] = self.incidents.columns.column("key").to_pylist()
        return found

    @cached_property
    def groups(self) -> list[tuple[str, ...]]:
        """Return the reports of each incident, in the order of `incidents`."""
        found: list[list[str]] = [[] for _ in range(len(self.incidents))]
        for name, at in zip(self.reports.ids, self.label.tolist(), strict=True):
            found[at].append(name)
        return [tuple(sorted(each)) for each in found]

    def members(self, key: str) -> Ints:
        """Return the positions of an incident's reports.

        Raises:
            UnknownTermError: There is no such incident.
        """
        if key not in self.keys:
            raise UnknownTermError(
                "incident",
                expected="the key of an incident of this fusion",
                got=repr(key),
                remedy="List the incidents.",
            )
        return np.flatnonzero(self.label == self.keys.index(key))

    def rows(self, positions: Ints) -> list[Row]:
        """Return some reports as `incident_of` takes them."""
        return _rows(self.reports, positions, self.learned)


def fuse(
    observations: Table,
    model: FusionModel,
    bindings: Bindings | None = None,
    learned: "Learned | None" = None,
) -> Fusion:
    """Return the incidents that observations and claims tell of.

    Args:
        observations: Rows of kind `observation`, one version each; may be empty.
        model: What is declared, and believed, of sources.
        bindings: What people decided of reports; None for nothing.
        learned: What was learned of sources; None for priors.

    Returns:
        The same for the same set of rows, whatever their order.
    """
    # Compiled loops are loaded only where something is fused (ADR 0018).
    from pamiers.fusion.learned import priors  # noqa: PLC0415 - loaded when it is used

    reports = reports_of(observations, model)
    placed = reports.placed
    if learned is None:
        plane = plane_about(reports.lon[placed], reports.lat[placed])
        learned = priors(plane, model.words.vocabulary())
    learned = learned.reaching([reports.names[i] for i in np.flatnonzero(placed)])
    ids = reports.ids
    bound = (bindings or Bindings()).among(set(ids))
    groups, copies = _associated(reports, learned)
    repeats = {**copies, **bound.repeats}
    number = {name: i for i, name in enumerate(ids)}
    parts = [
        np.array(sorted(number[name] for name in group), dtype=np.int64)
        for group in bound.regrouped(groups)
    ]
    incidents, label = _incidents(reports, parts, model, (repeats, learned))
    return Fusion(
        incidents=incidents,
        reports=reports,
        label=label,
        repeats=repeats,
        model=model,
        learned=learned,
    )


def lone_incidents(observations: Table, model: FusionModel) -> Table:
    """Return an incident for each report alone, whatever else there is.

    Args:
        observations: Rows of kind `observation`.
        model: What is declared of sources.

    Returns:
        Incidents of one report each, ordered by start, then key.
    """
    reports = reports_of(observations, model)
    parts = [np.array([i], dtype=np.int64) for i in range(len(reports))]
    return _incidents(reports, parts, model, ({}, None))[0]


def _associated(
    reports: Reports, learned: "Learned"
) -> tuple[list[frozenset[str]], dict[str, str]]:
    """Return groups of report ids, strand by strand, and which copy which."""
    from pamiers.fusion.learned import associated  # noqa: PLC0415 - loaded when it is used

    ids, placed = reports.ids, reports.placed
    strands = np.array(reports.strand, dtype=object)
    groups = [frozenset({ids[i]}) for i in np.flatnonzero(~placed).tolist()]
    copies: dict[str, str] = {}
    for strand in sorted(set(reports.strand)):
        at = np.flatnonzero(placed & (strands == strand))
        if not reports.claimed[at].any() and len({reports.names[i] for i in at}) == 1:
            groups += [frozenset({ids[i]}) for i in at.tolist()]  # nobody beside it
            continue
        seen = associated(reports, at[~reports.claimed[at]], learned)
        told = associated(reports, at, learned) if reports.claimed[at].any() else seen
        groups += _with_claims([frozenset(each.members) for each in seen], told)
        for each in told:
            copies.update((*each.copies, *each.repeats))
    return groups, copies


def _with_claims(
    seen: list[frozenset[str]], told: "tuple[Told, ...]"
) -> list[frozenset[str]]:
    """Return groups of observations with the claims that tell of them.

    What was observed is joined as if nobody had claimed anything: a claim goes where
    most of the observations are that it was found with, and joins nothing.
    """
    home = {member: k for k, group in enumerate(seen) for member in group}
    found = [set(group) for group in seen]
    for each in told:
        claims = [member for member in each.members if member not in home]
        near = Counter(home[member] for member in each.members if member in home)
        if claims and not near:
            found.append(set(claims))
        elif claims:
            most = max(near.values())
            first = (home[m] for m in each.members if m in home)
            found[next(k for k in first if near[k] == most)].update(claims)
    return [frozenset(each) for each in found]


def _rows(
    reports: Reports, at: Ints, learned: "Learned | None"
) -> list[dict[str, Any]]:
    """Return reports as rows, with errors and meanings as they are believed."""
    table = reports.table.take(pa.array(at, pa.int64()))
    columns = [_plain(table.columns.column(name)) for name in USED]
    if learned is None:
        told = zip(*columns, strict=True)
        return [dict(zip(USED, values, strict=True)) for values in told]
    return [
        {**dict(zip(USED, values, strict=True)), **believed}
        for values, believed in zip(
            zip(*columns, strict=True), _believed(reports, at, learned), strict=True
        )
    ]


def _plain(column: pa.ChunkedArray) -> list[Any]:
    whole = column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column
    values: list[Any] = whole.to_pylist()
    return values


def _believed(
    reports: Reports, at: Ints, learned: "Learned"
) -> Iterator[dict[str, Any]]:
    """Yield what is believed of each report: its error, its shift, its meaning."""
    number = {name: i for i, name in enumerate(learned.sources)}
    known = learned.calibration
    wider = np.ones(len(at))
    placed = np.flatnonzero(reports.placed[at])
    if learned.taught and placed.size:
        columns = reports.columns(
            at[placed], learned.sources, learned.vocabulary.labels, learned.plane
        )
        wider[placed] = known.sources.place[known.mode_of(columns)]
    labels = reports.labels(at, learned.vocabulary.labels).tolist()
    for k, i in enumerate(at.tolist()):
        s, label = number.get(reports.names[i]), labels[k]
        means = learned.vocabulary.meanings[label] if label >= 0 else None
        if means is not None and s is not None:
            row = int(known.taxonomy.offset[s]) + label + 1
            means = tuple(known.sources.kind[row].tolist())
        yield {
            "wider": float(wider[k]),
            "east_m": 0.0 if s is None else float(known.sources.east[s]),
            "north_m": 0.0 if s is None else float(known.sources.north[s]),
            "means": means,
        }


def _incidents(
    reports: Reports,
    parts: list[Ints],
    model: FusionModel,
    said: "tuple[Mapping[str, str], Learned | None]",
) -> tuple[Table, Ints]:
    """Return the table of incidents in order, and the row of each report."""
    repeats, learned = said
    rows = _rows(reports, np.arange(len(reports)), learned)
    found = [incident_of([rows[i] for i in part], model, repeats) for part in parts]
    turn = sorted(range(len(found)), key=lambda k: (found[k]["start"], found[k]["key"]))
    label = np.empty(len(reports), dtype=np.int64)
    for place, k in enumerate(turn):
        label[parts[k]] = place
    return _table([found[k] for k in turn]), label


def _table(found: list[dict[str, Any]]) -> Table:
    schema = SCHEMAS["incident"]
    arrays = []
    for field in schema:
        values = [row.get(field.name) for row in found]
        stamp = pa.types.is_timestamp(field.type)
        plain = pa.array(values, pa.int64() if stamp else field.type)
        arrays.append(plain.cast(field.type))
    return Table("incident", pa.table(arrays, schema=schema))
