"""Worlds other than the one a file was made in: each disturbs a file of reports.

A file is its arrays by name, those of truth among them, and its `meta`. Nobody is known
by name: who is exact, who is partial and who tells much is read off the reports. A
disturbance that adds reports says with what incident each of them is.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

DAY_S, HOUR_S = 86_400.0, 3_600.0
Rows = dict[str, Any]
Random = np.random.Generator


class World(NamedTuple):
    """Reports with truth, and what `meta` says of them."""

    obs: Rows
    meta: dict[str, Any]


def exact(obs: Rows, many: int) -> list[int]:
    """Return the sources whose times are shortest, the most exact first."""
    length = obs["t_end"] - obs["t_start"]
    every = np.unique(obs["source"]).tolist()
    return sorted(every, key=lambda s: float(np.median(length[obs["source"] == s])))[
        :many
    ]


def partial(obs: Rows) -> dict[int, int]:
    """Return the sources that lay nearly all to one side, and the other, their own."""
    found = {}
    for s in np.unique(obs["source"]).tolist():
        named = obs["actor"][(obs["source"] == s) & (obs["actor"] >= 0)]
        many = np.bincount(named, minlength=2) if len(named) else np.zeros(2)
        if many.sum() > 0 and many.max() >= 0.95 * many.sum():
            found[s] = 1 - int(many.argmax())
    return found


def among(obs: Rows, sources: list[int]) -> Any:
    """Tell which reports are of some sources."""
    return np.isin(obs["source"], sources)


def of_rows(obs: Rows, at: Any) -> Rows:
    """Return some reports."""
    return {name: values[at].copy() for name, values in obs.items()}


def with_more(obs: Rows, more: Rows) -> Rows:
    """Return reports and further ones, in the order of their receipt."""
    both = {
        name: np.concatenate((values, more[name].astype(values.dtype)))
        for name, values in obs.items()
    }
    return of_rows(both, np.argsort(both["received"], kind="stable"))


def with_source(meta: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what is said of sources, and of one more with a single word."""
    return {
        **meta,
        "sources": [*meta["sources"], name],
        "families": [*meta["families"], name],
        "labels": {**meta["labels"], name: ["event"]},
    }


def moved_in_time(obs: Rows, by_s: Any) -> Rows:
    """Return reports that are so much later."""
    return {**obs, "t_start": obs["t_start"] + by_s, "t_end": obs["t_end"] + by_s}


def copied(world: World, rng: Random) -> World:
    """Two new sources: one copies half of two, re-geocoded, rounded; one copies it."""
    obs, meta = world
    told = np.bincount(obs["source"])
    origin = np.flatnonzero(among(obs, np.argsort(-told)[:2].tolist()))
    for name, share in (("copier", 0.5), ("copier of copies", 0.6)):
        number = len(meta["sources"])
        meta = with_source(meta, name)
        rows = of_rows(obs, origin[rng.random(len(origin)) < share])
        n = len(rows["x"])
        rows["source"][:], rows["label"][:] = number, 0
        for axis in ("x", "y"):
            rows[axis] += rng.normal(0.0, 400.0, n)
        begin = np.floor(rows["t_start"] / 900.0) * 900.0
        rows["t_end"] = begin + np.maximum(rows["t_end"] - rows["t_start"], 900.0)
        rows["t_start"] = begin
        rows["received"] += rng.exponential(3.0 * HOUR_S, n)
        obs = with_more(obs, rows)
        origin = np.flatnonzero(obs["source"] == number)
    return World(obs, meta)


def drifting(world: World, rng: Random) -> World:
    """Three sources drift by 4 km; half-way a fourth begins to invent as much again."""
    obs = {**world.obs}
    when = (obs["t_start"] + obs["t_end"]) / 2.0
    first, last = when.min(), when.max()
    *three, inventor = exact(obs, 4)
    gone = np.where(among(obs, three), (when - first) / (last - first), 0.0)
    obs["x"], obs["y"] = obs["x"] + 3_200.0 * gone, obs["y"] - 2_400.0 * gone
    later = np.flatnonzero((obs["source"] == inventor) & (when > (first + last) / 2.0))
    return World(with_more(obs, invented(obs, later, rng)), world.meta)


def invented(obs: Rows, like: Any, rng: Random) -> Rows:
    """Return reports like some, that never were: other days, some kilometres off."""
    rows = of_rows(obs, like)
    n = len(like)
    by_s = rng.choice([-1.0, 1.0], n) * np.floor(rng.uniform(3.0, 20.0, n)) * DAY_S
    rows = {**moved_in_time(rows, by_s), "received": rows["received"] + by_s}
    for axis in ("x", "y"):
        rows[axis] = rows[axis] + rng.normal(0.0, 6_000.0, n)
    rows["incident"] = obs["incident"].max() + 1 + np.arange(n)
    rows["real"] = np.zeros(n, dtype=obs["real"].dtype)
    return rows


def denying(world: World, _: Random) -> World:
    """Who is partial reports nothing that its own side did."""
    obs = world.obs
    kept = np.ones(len(obs["x"]), dtype=bool)
    for source, own in partial(obs).items():
        kept &= ~((obs["source"] == source) & (obs["true_side"] == own))
    return World(of_rows(obs, kept), world.meta)


def inflating(world: World, rng: Random) -> World:
    """Who is partial counts three times as many, and more as time goes on."""
    obs = {**world.obs}
    when = obs["t_start"] - obs["t_start"].min()
    factor = np.where(
        among(obs, list(partial(obs))), 3.0 + 3.0 * when / when.max(), 1.0
    )
    more = obs["count"] * factor * np.exp(rng.normal(0.0, 0.1, len(when)))
    obs["count"] = np.where(factor > 1.0, np.rint(more), obs["count"]).astype(
        obs["count"].dtype
    )
    return World(obs, world.meta)


def conspiring(world: World, rng: Random) -> World:
    """A new source repeats seven in ten of a partial one's inventions in its words."""
    obs, number = world.obs, len(world.meta["sources"])
    source = min(
        partial(obs), key=lambda s: float(obs["real"][obs["source"] == s].sum())
    )
    mine = obs["source"] == source
    share = np.where(obs["real"].astype(bool), 0.15, 0.7)
    rows = of_rows(obs, np.flatnonzero(mine & (rng.random(len(mine)) < share)))
    n = len(rows["x"])
    rows = moved_in_time(rows, rng.normal(0.0, 1_200.0, n))
    rows["source"][:], rows["label"][:], rows["count"][:] = number, 0, 0
    for axis in ("x", "y"):
        rows[axis] += rng.normal(0.0, 1_500.0, n)
    rows["received"] += rng.exponential(6.0 * HOUR_S, n)
    return World(with_more(obs, rows), with_source(world.meta, "ally"))


def clocks_off(world: World, _: Random) -> World:
    """The most exact clock is an hour ahead, the next two hours behind."""
    obs, (one, two) = world.obs, exact(world.obs, 2)
    by_s = np.where(obs["source"] == one, HOUR_S, 0.0)
    by_s -= np.where(obs["source"] == two, 2.0 * HOUR_S, 0.0)
    return World(moved_in_time(obs, by_s), world.meta)


def swapped(world: World, rng: Random) -> World:
    """Six rows in a hundred of three sources have their coordinates swapped."""
    obs = world.obs
    three = among(obs, np.argsort(-np.bincount(obs["source"]))[:3].tolist())
    turn = three & (rng.random(len(three)) < 0.06)
    x, y = obs["x"], obs["y"]
    there = {"x": np.where(turn, y, x), "y": np.where(turn, x, y)}
    return World({**obs, **there}, world.meta)


def late(world: World, rng: Random) -> World:
    """A third of the reports arrive up to 60 days late, out of order."""
    obs = {**world.obs}
    n = len(obs["x"])
    waited = np.where(rng.random(n) < 1.0 / 3.0, rng.uniform(0.0, 60.0, n), 0.0)
    obs["received"] = obs["received"] + waited * DAY_S
    return World(of_rows(obs, np.argsort(obs["received"], kind="stable")), world.meta)


def cautious(world: World, _: Random) -> World:
    """Three exact sources state three times the errors that they make."""
    obs = world.obs
    factor = np.where(among(obs, exact(obs, 3)), 3.0, 1.0)
    return World({**obs, "loc_sigma": obs["loc_sigma"] * factor}, world.meta)


def others(world: World, rng: Random) -> World:
    """Nine sources, four of them twice as far off as they say, with words unknown."""
    told = np.argsort(-np.bincount(world.obs["source"]))
    lost = set(told[[0, 3, 6, 9]].tolist()) if len(told) > 9 else {int(told[-1])}
    kept = [s for s in range(len(world.meta["sources"])) if s not in lost]
    obs = of_rows(world.obs, among(world.obs, kept))
    obs["source"] = np.searchsorted(kept, obs["source"]).astype(obs["source"].dtype)
    strange = np.arange(0, len(kept), 2)[:4].tolist()
    here = among(obs, strange)
    for axis in ("x", "y"):
        off = rng.normal(0.0, 1.0, len(here)) * obs["loc_sigma"] * 1.7
        obs[axis] = obs[axis] + np.where(here, off, 0.0)
    begin = np.where(here, np.round(obs["t_start"] / HOUR_S) * HOUR_S, obs["t_start"])
    obs = {**obs, "t_end": obs["t_end"] + begin - obs["t_start"], "t_start": begin}
    families = [world.meta["families"][s] for s in kept]
    labels = dict(world.meta["labels"])
    for s in strange:
        labels[f"strange {s}"] = [f"w{k}" for k in range(len(labels[families[s]]))]
        families[s] = f"strange {s}"
    sources = [world.meta["sources"][s] for s in kept]
    said = {"sources": sources, "families": families, "labels": labels}
    return World(obs, {**world.meta, **said})


def wordless(world: World, rng: Random) -> World:
    """Three labels in ten are empty."""
    label = world.obs["label"].copy()
    label[rng.random(len(label)) < 0.3] = -1
    return World({**world.obs, "label": label}, world.meta)


FAMILIES: dict[str, Callable[[World, Random], World]] = {
    "nine sources, four with other errors and words": others,
    "copies moved by 400 m, times rounded, copied again": copied,
    "three sources drift by 4 km; one begins to invent": drifting,
    "parties report nothing of their own": denying,
    "parties count three to six times as many": inflating,
    "an ally repeats inventions in words of its own": conspiring,
    "two clocks one and two hours off": clocks_off,
    "6 % of three sources' rows swapped": swapped,
    "a third of the reports up to 60 days late": late,
    "three exact sources state three times their errors": cautious,
    "three labels in ten are empty": wordless,
}
