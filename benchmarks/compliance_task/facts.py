"""Facts and rules drawn at random, from a seed: as many as are asked for.

Events lie about a winding line; zones are stars beside it; every kind, class and
party is as likely as the text below says. Nothing here stands for a real place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.bulk.engine import Batch
from pamiers.compliance.bulk.vocabulary import Thing, Vocabulary

_KINDS = ("fire", "weapon_presence", "event:alarm", "event:answer")
_SHARES = (0.55, 0.25, 0.10, 0.10)
_DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large a task is."""

    zones: int = 40
    rules: int = 10  #: bans and ceilings each; half as many duties and distances
    classes: int = 12
    parties: int = 4
    days: int = 365


def vocabulary(classes: int, parties: int) -> Vocabulary:
    """Return what the codes of a task's facts stand for."""
    return Vocabulary(
        kinds=_KINDS,
        things=tuple(Thing(system=f"model{i}") for i in range(classes)),
        actors=tuple(f"p{i}" for i in range(parties)),
    )


def task_of(seed: int, scale: Scale) -> dict[str, Any]:
    """Return a line, zones and rules drawn from a seed."""
    draw = np.random.default_rng([seed, 1])
    lat = np.linspace(47.0, 50.0, 180)
    lon = 37.5 + 0.5 * np.cos(np.linspace(0.0, 7.0, 180)) + 0.03 * draw.normal(size=180)
    line = np.column_stack([lon, lat])
    zones = [_star(draw, line) for _ in range(scale.zones)]
    return {
        "line": line.tolist(),
        "zones": zones,
        "rules": list(_rules(draw, scale)),
    }


def _star(draw: np.random.Generator, line: NDArray[np.float64]) -> list[Any]:
    lat = draw.uniform(47.2, 49.8)
    lon = float(np.interp(lat, line[:, 1], line[:, 0])) + draw.normal(0.0, 0.4)
    turn = np.linspace(0.0, 2.0 * np.pi, 60, endpoint=False)
    reach = draw.uniform(0.06, 0.25) * (1.0 + 0.3 * np.sin(4.0 * turn))
    reach *= draw.uniform(0.85, 1.15, 60)
    points = [lon + 1.5 * reach * np.cos(turn), lat + reach * np.sin(turn)]
    return np.column_stack(points).tolist()  # type: ignore[no-any-return]  # numpy


def _rules(draw: np.random.Generator, scale: Scale) -> Iterator[dict[str, Any]]:
    def some(of: int, many: int) -> list[int]:
        return [int(each) for each in draw.choice(of, many, replace=False)]

    for _ in range(scale.rules):
        yield {
            "type": "zone_prohib",
            "zones": some(scale.zones, 4),
            "classes": some(scale.classes, 3),
            "t_from": 30 * _DAY_S,
        }
    for _ in range(scale.rules):
        yield {
            "type": "window_count",
            "zone": int(draw.integers(scale.zones)),
            "party": int(draw.integers(scale.parties)),
            "N": int(draw.integers(8, 20)),
            "W": _DAY_S,
        }
    for _ in range(scale.rules // 2):
        yield {
            "type": "respond",
            "a_cls": int(draw.integers(scale.classes)),
            "W": _DAY_S,
        }
    for _ in range(scale.rules // 2):
        yield {
            "type": "distance",
            "km": float(draw.integers(10, 70)),
            "classes": some(scale.classes, 2),
        }


def batch_of(columns: dict[str, NDArray[Any]]) -> Batch:
    """Return the columns of a file of facts as a batch."""
    return Batch(
        time=columns["t"],
        lon=columns["lon"],
        lat=columns["lat"],
        kind=columns["kind"].astype(np.int16),
        group=columns["cls"].astype(np.int16),
        actor=columns["party"].astype(np.int16),
        chance=columns["p"],
        id=columns["oid"],
    )


def batches(
    task: dict[str, Any], seed: int, many: int, *, each: int, scale: Scale
) -> Iterator[Batch]:
    """Yield facts in order of time, without ever holding them all.

    Args:
        task: The line that they lie about.
        seed: What they are drawn from.
        many: How many in all.
        each: How many at a time.
        scale: Days, classes and parties.

    Yields:
        Batches, each of the time after the one before.
    """
    line = np.array(task["line"])
    for number, begin in enumerate(range(0, many, each)):
        size = min(each, many - begin)
        draw = np.random.default_rng([seed, 2, number])
        edges = [at * scale.days * _DAY_S // many for at in (begin, begin + size)]
        lat = draw.uniform(46.8, 50.2, size)
        yield Batch(
            np.sort(draw.integers(edges[0], max(edges[1], edges[0] + 1), size)),
            np.interp(lat, line[:, 1], line[:, 0]) + 0.5 * draw.normal(size=size),
            lat,
            np.searchsorted(np.cumsum(_SHARES)[:-1], draw.random(size)).astype(
                np.int16
            ),
            draw.integers(0, scale.classes, size).astype(np.int16),
            draw.integers(0, scale.parties, size).astype(np.int16),
            draw.beta(6.0, 2.0, size).astype(np.float32),
            draw.integers(0, max(many // 20, 1), size),
        )
