# ruff: noqa: ANN401 - fields of a row are of every type
"""Small observations to fuse."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pamiers.core.rows import Incident, Observation
from pamiers.core.table import Table, table_of
from pamiers.fusion.fuse import Fusion, fuse
from pamiers.fusion.model import FusionModel

NOON = datetime(2020, 8, 1, 12, tzinfo=UTC)
MODEL = FusionModel()


def seen(source: str, key: str = "1", **changed: Any) -> Observation:
    """Return an explosion seen within a minute and 500 m, with some fields changed."""
    given: dict[str, Any] = {
        "source": source,
        "key": key,
        "start": NOON,
        "end": NOON + timedelta(minutes=1),
        "lon": 37.5,
        "lat": 48.0,
        "radius_m": 500.0,
        "kind": "explosion",
    }
    return Observation(**{**given, **changed})


def claimed(source: str, key: str = "1", **changed: Any) -> Observation:
    return seen(source, key, **{"standing": "claimed", **changed})


def table(rows: Sequence[Observation]) -> Table:
    return table_of("observation", rows)


def fused(*rows: Observation, model: FusionModel = MODEL) -> Fusion:
    return fuse(table(rows), model)


def incidents(*rows: Observation, model: FusionModel = MODEL) -> list[Incident]:
    found = fused(*rows, model=model).incidents.views()
    return [row for row in found if isinstance(row, Incident)]


def only(*rows: Observation, model: FusionModel = MODEL) -> Incident:
    (found,) = incidents(*rows, model=model)
    return found


def groups(*rows: Observation, model: FusionModel = MODEL) -> set[str]:
    return {row.members for row in incidents(*rows, model=model)}
