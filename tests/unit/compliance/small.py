# ruff: noqa: ANN401 - fields of a row are of every type
"""A small agreement and small facts to judge: two sectors, a line, two parties."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import shapely

from pamiers.agreement.model import (
    Agreement,
    Clause,
    Everywhere,
    Mandate,
    Means,
    NearLine,
    Reading,
    Sector,
    Subject,
    Thresholds,
    Verb,
    Where,
)
from pamiers.agreement.values.weapon import WeaponClass, parse_bounds
from pamiers.agreement.zones import Line, Zone
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.party import Party
from pamiers.core.rows import Coverage, Incident, Row, Total
from pamiers.core.table import Table, table_of

DAY = date(2020, 8, 1)
START = datetime(2020, 7, 31, 19, 30, tzinfo=UTC)
PERIOD = Interval(START, START + timedelta(days=1))
KNOWN = datetime(2020, 9, 1, tzinfo=UTC)
NOON = datetime(2020, 8, 1, 12, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

WEST = Zone(id="west", title={"en": "West region"}, shape=shapely.box(37, 48, 38, 49))
EAST = Zone(id="east", title={"en": "East region"}, shape=shapely.box(38, 48, 39, 49))
LINE = Line(
    id="contact",
    title={"en": "Contact"},
    shape=shapely.LineString([(36.5, 48.5), (39.5, 48.5)]),
    tolerance_m=200.0,
)
HEAVY = WeaponClass(
    id="heavy",
    title={"en": "Heavy"},
    kinds=("gun", "howitzer", "mortar"),
    calibre_mm=parse_bounds(">= 100 mm", ("mm",)),
)


def reading(**changed: Any) -> Reading:
    """Return a reading that forbids fire everywhere, with some fields changed."""
    given: dict[str, Any] = {
        "id": "as-written",
        "subject": Subject.EVENT,
        "kinds": ("fire",),
        "state": "",
        "classes": (),
        "where": Everywhere(),
        "bearers": ("A", "B"),
        "from_at": LONG_AGO,
        "until_at": None,
        "by_at": None,
    }
    return Reading(**{**given, **changed})


def presence(where: Where | None = None, **changed: Any) -> Reading:
    """Return a reading that forbids heavy weapons within 25 km of the line."""
    near = NearLine(lines={"A": "contact", "B": "contact"}, distance_m=25_000.0)
    fields = {
        "subject": Subject.STATE,
        "kinds": (),
        "state": "presence",
        "classes": ("heavy",),
        "where": where or near,
    }
    return reading(**{**fields, **changed})


def clause(
    *readings: Reading, verb: Verb = Verb.FORBID, name: str = "quiet", **more: Any
) -> Clause:
    return Clause(
        id=name,
        verb=verb,
        title={"en": name},
        text={"en": name},
        cite="art. 1",
        instrument="deal",
        readings=readings or (reading(),),
        **more,
    )


def agreement(*clauses: Clause, **changed: Any) -> Agreement:
    """Return an agreement with the sectors west and east, and the clauses given."""
    given: dict[str, Any] = {
        "id": "small",
        "digest": "d" * 64,
        "title": {"en": "Small"},
        "parties": (Party(id="A", name={}), Party(id="B", name={})),
        "names": {},
        "instruments": {"deal": {"en": "Deal"}},
        "clauses": clauses or (clause(),),
        "classes": {"heavy": HEAVY},
        "zones": {"west": WEST, "east": EAST},
        "lines": {"contact": LINE},
        "events": {},
        "monitoring": {},
        "sectors": (
            Sector(id="west", title={"en": "West region"}, zone=WEST),
            Sector(id="east", title={"en": "East region"}, zone=EAST),
        ),
        "mandate": Mandate.PERMITTED,
        "thresholds": Thresholds(breached=0.9, kept=0.1),
        "time_zone": "UTC",
        "cut_off": time(19, 30),
        "anchors": {},
    }
    return Agreement(**{**given, **changed})


def incident(key: str, **changed: Any) -> Incident:
    """Return an explosion in the middle of sector west at noon, observed."""
    given: dict[str, Any] = {
        "source": "pamiers",
        "key": key,
        "start": NOON,
        "end": NOON + timedelta(minutes=1),
        "lon": 37.5,
        "lat": 48.5,
        "radius_m": 500.0,
        "kind": "explosion",
        "probability": 0.97,
        "observed": 1,
        "sources": "smm",
        "members": f"smm:{key}",
    }
    return Incident(**{**given, **changed})


def claim(key: str, **changed: Any) -> Incident:
    """Return an incident that rests on a claim alone."""
    given = {"observed": 0, "claimed": 1, "sources": "press-a", "probability": 0.2}
    return incident(key, **{**given, **changed})


def coverage(key: str, **changed: Any) -> Coverage:
    """Return a whole day's watch over sector west."""
    given: dict[str, Any] = {
        "source": "smm",
        "key": key,
        "start": PERIOD.start,
        "end": PERIOD.end,
        "region": "West region",
        "detection": 0.8,
    }
    return Coverage(**{**given, **changed})


def total(key: str, count: int | None, **changed: Any) -> Total:
    """Return a published total for sector west and the whole day."""
    given: dict[str, Any] = {
        "source": "smm",
        "key": key,
        "start": PERIOD.start,
        "end": PERIOD.end,
        "region": "West region",
        "count": count,
    }
    return Total(**{**given, **changed})


def table(kind: str, rows: Iterable[Row]) -> Table:
    return table_of(kind, rows)


def world(incidents: Sequence[Incident] = (), **rows: Any) -> World:
    """Return a world of some incidents and of `coverage`, `totals`, `statements`."""
    kinds = {"coverage": "coverage", "totals": "total", "statements": "statement"}
    tables = {name: table_of(kind, rows.get(name, ())) for name, kind in kinds.items()}
    return World(
        incidents=table_of("incident", incidents),
        sources=rows.get("sources", {}),
        **tables,
    )


def means(name: str, detection: Any) -> Means:
    return Means(id=name, title={}, by="monitor", kinds=(), detection=detection)
