"""Observations and claims in, incidents out."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa

from pamiers.core.errors import UnknownTermError
from pamiers.core.table import SCHEMAS, Table
from pamiers.fusion.association import associate
from pamiers.fusion.binding import Bindings
from pamiers.fusion.blocking import candidate_pairs
from pamiers.fusion.crowding import crowding
from pamiers.fusion.estimate import incident_of
from pamiers.fusion.model import FusionModel
from pamiers.fusion.reports import Floats, Ints, Reports, reports_of
from pamiers.fusion.weights import Weighed, peak_bits, weigh_pairs

#: columns of a report that estimates are made from
USED: Final = (
    "extra",
    *("source", "key", "start", "end", "lon", "lat", "radius_m", "shape", "place"),
    *("region", "text", "cite", "standing", "kind", "count", "count_low"),
    *("count_high", "weapons", "calibre_mm", "control", "actor"),
    *("reliability", "credibility"),
)


@dataclass(frozen=True, kw_only=True)
class Fusion:
    """Incidents, and how they came of their reports.

    Invariants: `incidents` are ordered by start, then key; `label[i]` is the row
    in `incidents` that report `i` belongs to; every report belongs to one.
    """

    incidents: Table  #: kind `incident`
    reports: Reports
    label: Ints  #: shape (n,)
    joined: Weighed  #: the pairs that joined reports, in the order of joining
    crowd: Floats  #: reports of its source about each report, shape (n,)
    model: FusionModel
    bindings: Bindings

    @cached_property
    def keys(self) -> list[str]:
        """Return the keys of the incidents, in order."""
        found: list[str] = self.incidents.columns.column("key").to_pylist()
        return found

    @property
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
                remedy="List the incidents; a key changes when its members do.",
            )
        return np.flatnonzero(self.label == self.keys.index(key))

    def rows(self, positions: Ints) -> list[dict[str, Any]]:
        """Return some reports as rows, times in microseconds since 1970."""
        return _rows(self.reports.table.take(pa.array(positions, pa.int64())))


def fuse(
    observations: Table, model: FusionModel, bindings: Bindings | None = None
) -> Fusion:
    """Return the incidents that observations and claims tell of.

    Args:
        observations: Rows of kind `observation`, one version each; may be empty.
        model: Declared assumptions.
        bindings: What people decided of reports; None for nothing.

    Returns:
        The same for the same set of rows, whatever their order.
    """
    bound = bindings or Bindings()
    reports = reports_of(observations, model)
    crowd = crowding(reports, model)
    peak = peak_bits(reports, crowd, model)
    pairs = weigh_pairs(reports, crowd, model, candidate_pairs(reports, peak))
    group, used = associate(reports, pairs)
    group = _bound(reports, group, bound)
    incidents, label = _incidents(reports, group, model, bound)
    return Fusion(
        incidents=incidents,
        reports=reports,
        label=label,
        joined=Weighed(pairs.first[used], pairs.second[used], pairs.parts[used]),
        crowd=crowd,
        model=model,
        bindings=bound,
    )


def _bound(reports: Reports, group: Ints, bindings: Bindings) -> Ints:
    """Return the groups as people decided them, numbered by their first report."""
    names = reports.ids
    bound = bindings.among(set(names))
    if not bound.together and not bound.apart:
        return group
    found: dict[int, set[str]] = {}
    for name, g in zip(names, group.tolist(), strict=True):
        found.setdefault(g, set()).add(name)
    groups = bound.regrouped([frozenset(each) for each in found.values()])
    number = {name: min(each) for each in groups for name in each}
    _, back = np.unique([number[name] for name in names], return_inverse=True)
    return np.asarray(back, dtype=np.int64)


def lone_incidents(observations: Table, model: FusionModel) -> Table:
    """Return an incident for each report alone, whatever else there is.

    Args:
        observations: Rows of kind `observation`.
        model: Declared assumptions.

    Returns:
        Incidents of one report each, ordered by start, then key.
    """
    reports = reports_of(observations, model)
    return _incidents(reports, np.arange(len(reports)), model, Bindings())[0]


def _rows(table: Table) -> list[dict[str, Any]]:
    columns = [_plain(table.columns.column(name)) for name in USED]
    return [
        dict(zip(USED, values, strict=True)) for values in zip(*columns, strict=True)
    ]


def _plain(column: pa.ChunkedArray) -> list[Any]:
    whole = column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column
    values: list[Any] = whole.to_pylist()
    return values


def _incidents(
    reports: Reports, group: Ints, model: FusionModel, bindings: Bindings
) -> tuple[Table, Ints]:
    """Return the table of incidents in order, and the row of each report."""
    rows = _rows(reports.table)
    order = np.argsort(group, kind="stable")
    cuts = np.flatnonzero(np.diff(group[order])) + 1
    parts = np.split(order, cuts) if order.size else []
    repeats = bindings.repeats
    found = [incident_of([rows[i] for i in part], model, repeats) for part in parts]
    turn = sorted(range(len(found)), key=lambda k: (found[k]["start"], found[k]["key"]))
    place = np.empty(len(found), dtype=np.int64)
    place[turn] = np.arange(len(found))
    return _table([found[k] for k in turn]), place[group]


def _table(found: list[dict[str, Any]]) -> Table:
    schema = SCHEMAS["incident"]
    arrays = []
    for field in schema:
        values = [row.get(field.name) for row in found]
        stamp = pa.types.is_timestamp(field.type)
        plain = pa.array(values, pa.int64() if stamp else field.type)
        arrays.append(plain.cast(field.type))
    return Table("incident", pa.table(arrays, schema=schema))
