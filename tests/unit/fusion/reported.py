"""A small world of incidents and sources, made from a seed, with its truth.

Five sources: two instruments, a channel that invents as much as it tells, a gazette
that names the nearest town and the day, and one that copies the channel.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints, Taxonomy, taxonomy_of

DAY: Final = 86_400.0
KINDS: Final = 3
WIDE, HIGH = 60e3, 30e3
CHANNEL, GAZETTE, COPIER = 2, 3, 4


class Row(NamedTuple):
    """One report, and the truth about it."""

    source: int
    x: float
    y: float
    sigma: float
    start: float
    end: float
    received: float
    label: int
    size: int
    side: int
    incident: int
    real: bool
    copied: int
    true_x: float
    true_y: float


@dataclass(frozen=True, kw_only=True)
class Reported:
    columns: Columns
    taxonomy: Taxonomy
    incident: Ints
    real: Floats
    copied: Ints  #: the report that each copies, or -1
    x: Floats  #: where it was
    y: Floats


class Event(NamedTuple):
    x: float
    y: float
    t: float
    kind: int
    size: int
    side: int
    number: int
    real: bool


def reported(seed: int = 1, incidents: int = 500, days: float = 40.0) -> Reported:
    """Return what the five sources report of some incidents."""
    rng = np.random.default_rng(seed)
    towns = np.rint(rng.uniform((0.0, 0.0), (WIDE, HIGH), (30, 2)))
    rows: list[Row] = []
    for number in range(incidents):
        event = _event(rng, days, number)
        rows += [
            _seen(rng, event, source, error)
            for source, chance, error in (
                (0, 0.7, (400.0, 30.0)),
                (1, 0.6, (800.0, 60.0)),
            )
            if rng.random() < chance
        ]
        if rng.random() < 0.5:
            rows.append(_seen(rng, event, CHANNEL, (1_500.0, 900.0)))
        if rng.random() < 0.5:
            rows.append(_dated(event, towns))
    for number in range(incidents, incidents + incidents // 2):
        invented = _event(rng, days, number)._replace(real=False)
        rows.append(_seen(rng, invented, CHANNEL, (1_500.0, 900.0)))
    rows += [
        _copy(rng, row, at)
        for at, row in enumerate(rows)
        if row.source == CHANNEL and rng.random() < 0.6
    ]
    return _columns(rows)


def _event(rng: np.random.Generator, days: float, number: int) -> Event:
    return Event(
        x=rng.uniform(0.0, WIDE),
        y=rng.uniform(0.0, HIGH),
        t=rng.uniform(0.0, days * DAY),
        kind=int(rng.integers(KINDS)),
        size=max(1, round(float(np.exp(rng.normal(2.0, 0.8))))),
        side=int(rng.integers(2)),
        number=number,
        real=True,
    )


def _seen(
    rng: np.random.Generator, event: Event, source: int, error: tuple[float, float]
) -> Row:
    t = event.t + rng.normal(0.0, error[1])
    return Row(
        source=source,
        x=event.x + rng.normal(0.0, error[0]),
        y=event.y + rng.normal(0.0, error[0]),
        sigma=error[0],
        start=t - 2.0 * error[1],
        end=t + 2.0 * error[1],
        received=t + 3_600.0,
        label=event.kind if rng.random() < 0.85 else int(rng.integers(KINDS)),
        size=max(1, round(event.size * float(np.exp(rng.normal(0.0, 0.2))))),
        side=event.side if rng.random() < 0.8 else -1,
        incident=event.number,
        real=event.real,
        copied=-1,
        true_x=event.x,
        true_y=event.y,
    )


def _dated(event: Event, towns: Floats) -> Row:
    nearest = towns[np.hypot(*(towns - (event.x, event.y)).T).argmin()]
    day = event.t // DAY * DAY
    return Row(
        source=GAZETTE,
        x=float(nearest[0]),
        y=float(nearest[1]),
        sigma=3_000.0,
        start=day,
        end=day + DAY,
        received=day + 2 * DAY,
        label=event.kind,
        size=event.size,
        side=-1,
        incident=event.number,
        real=event.real,
        copied=-1,
        true_x=event.x,
        true_y=event.y,
    )


def _copy(rng: np.random.Generator, row: Row, at: int) -> Row:
    return row._replace(
        source=COPIER,
        x=row.x + rng.normal(0.0, 60.0),
        y=row.y + rng.normal(0.0, 60.0),
        received=row.received + rng.uniform(60.0, 7_200.0),
        copied=at,
    )


def _columns(rows: list[Row]) -> Reported:
    def floats(name: str) -> Floats:
        return np.array([getattr(row, name) for row in rows], dtype=np.float64)

    def ints(name: str) -> Ints:
        return np.array([getattr(row, name) for row in rows], dtype=np.int64)

    prior = np.full((KINDS, KINDS), 0.1) + 0.7 * np.eye(KINDS)
    return Reported(
        columns=Columns(
            x=floats("x"),
            y=floats("y"),
            sigma_m=floats("sigma"),
            start_s=floats("start"),
            end_s=floats("end"),
            received_s=floats("received"),
            source=ints("source"),
            label=ints("label"),
            count=ints("size"),
            side=ints("side"),
        ),
        taxonomy=taxonomy_of(KINDS, [prior] * 5, [np.full(KINDS, 10.0)] * 5),
        incident=ints("incident"),
        real=floats("real"),
        copied=ints("copied"),
        x=floats("true_x"),
        y=floats("true_y"),
    )
