"""What each part of fusion buys: `fusion_parts.py OBS.npz ...`, files with truth.

Every part is left out in turn and the file is fused without it. Prints a table: F1 of
pairs, Brier score over the base rate's, calibration error, median error of fused places
over the reports', share of kinds found, CPU seconds. The last rows disturb the file
first: the most exact clock is an hour ahead, and one row in twenty-five is swapped.
Without arguments it says how it is called.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from fusion import columns_of, taxonomy
from fusion_task.score import brier, gap, kinds, pair_f1, place

solving: Any = import_module("pamiers.fusion.solving")
judging: Any = import_module("pamiers.fusion.judging")
reading: Any = import_module("pamiers.fusion.reading")
placing: Any = import_module("pamiers.fusion.placing")
Patch = tuple[Any, str, Any]


def of_errors() -> dict[str, list[Patch]]:
    """Return what is put in the place of what is learned of errors."""
    learned, habits_of = solving.learned, solving.habits_of

    def as_stated(now: Any, *rest: Any) -> Any:
        found = learned(now, *rest)
        one = np.ones_like
        return replace(found, place=one(found.place), clock=one(found.clock))

    def unbiased(now: Any, *rest: Any) -> Any:
        found = learned(now, *rest)
        none = np.zeros_like(found.east)
        return replace(found, east=none, north=none, more=none)

    def no_habits(x: Any, y: Any, mode: Any) -> Any:
        found = habits_of(x[:0], y[:0], mode[:0])
        nowhere = np.full(len(x), -1, dtype=np.int64)
        return replace(found, town=nowhere, uses=np.full(mode.max() + 1, -1))

    return {
        "errors as stated": [(solving, "learned", as_stated)],
        "no bias of places and counts": [(solving, "learned", unbiased)],
        "no places of habit": [(solving, "habits_of", no_habits)],
    }


def of_places() -> dict[str, list[Patch]]:
    """Return what is put in the place of where things happen."""
    ground_of = placing.ground_of

    def bare(*asked: Any) -> Any:
        found = ground_of(*asked)
        return found._replace(often=np.zeros_like(found.often), follows=0.0)

    def lonely(*asked: Any) -> Any:
        return ground_of(*asked)._replace(follows=0.0)

    return {
        "no word of where things happen": [(placing, "ground_of", bare)],
        "nothing follows another": [(placing, "ground_of", lonely)],
    }


def of_joining() -> dict[str, list[Patch]]:
    """Return what is put in the place of what joins reports."""
    tables = reading.Beliefs.tables.fget

    def even(name: str) -> property:
        def read(beliefs: Any) -> Any:
            held = tables(beliefs)
            return held._replace(**{name: np.ones_like(getattr(held, name))})

        return property(read)

    def uncounted(columns: Any) -> Any:
        return replace(columns, count=np.zeros_like(columns.count))

    def uncopied(*asked: Any) -> Any:
        return np.zeros((asked[-1], asked[-1]))

    return {
        "no copies": [(solving, "copiers", uncopied)],
        "no kinds": [(reading.Beliefs, "tables", even("kind"))],
        "no sides": [(reading.Beliefs, "tables", even("side"))],
        "no counts": [(solving, "upright", uncounted)],
        "no doubt while joining": [(solving, "LEAST", 0.0)],
        "no placing with the likeliest": [(solving, "EVEN", 0.0)],
    }


def of_belief() -> dict[str, list[Patch]]:
    """Return what is put in the place of what belief rests on."""

    def nobody(heard: Any, *_: Any) -> Any:
        return np.zeros((heard.shape[1], heard.shape[1]), dtype=bool)

    def no_days(*asked: Any) -> Any:
        return asked[1][:0], np.zeros(0)

    class Half:
        """Believes what stands alone as likely as not."""

        def __init__(self, heard: Any, *_: Any) -> None:
            self.sources = heard.shape[1]

        def lone(self) -> Any:
            return np.full(self.sources, 0.5)

    return {
        "no chance on other days": [(judging, "on_other_days", no_days)],
        "no capture and recapture": [(judging, "capture", Half)],
        "no speaking for one another": [(judging, "followers", nobody)],
    }


@contextmanager
def patched(patches: list[Patch]) -> Iterator[None]:
    """Put other things in the place of some for a while."""
    before = [(where, name, vars(where)[name]) for where, name, _ in patches]
    try:
        for where, name, other in patches:
            setattr(where, name, other)
        yield
    finally:
        for where, name, held in before:
            setattr(where, name, held)


def disturbed() -> dict[str, tuple[Callable[[Any], Any], list[Patch]]]:
    """Return how a file is disturbed, and what is left out."""

    def hour(obs: Any) -> Any:
        length, source = obs["t_end"] - obs["t_start"], obs["source"]
        blur = [np.median(length[source == s]) for s in np.unique(source)]
        exact = np.unique(source)[int(np.argmin(blur))]
        by = np.where(source == exact, 3_600.0, 0.0)
        return {**obs, "t_start": obs["t_start"] + by, "t_end": obs["t_end"] + by}

    def swapped(obs: Any) -> Any:
        turn = np.arange(len(obs["x"])) % 25 == 0
        x, y = obs["x"], obs["y"]
        return {**obs, "x": np.where(turn, y, x), "y": np.where(turn, x, y)}

    def still(*asked: Any) -> Any:
        return np.zeros(asked[-1])

    return {
        "a clock an hour ahead": (hour, []),
        "the same, not put right": (hour, [(solving, "clocks_ahead", still)]),
        "4 % of rows swapped": (swapped, []),
        "the same, not turned": (swapped, [(solving, "upright", lambda c: c)]),
    }


def row(name: str, obs: Any, meta: Any, truth: Any) -> str:
    """Return one row of the table."""
    columns, start = columns_of(obs), time.process_time()
    found = solving.solve(columns, taxonomy(meta))
    spent = time.process_time() - start
    figures = (
        pair_f1(truth["incident"], found.group),
        brier(truth["real"], found.real),
        gap(truth["real"], found.real),
        place(truth, found.x, found.y),
        kinds(truth, found.kind),
    )
    told = " | ".join(f"{value:.3f}" for value in figures)
    return f"| {name} | {told} | {spent:.1f} |"


def main() -> None:
    """Print one table for each file."""
    if len(sys.argv) == 1:
        print("usage: fusion_parts.py OBS.npz ...")
        return
    for path in map(Path, sys.argv[1:]):
        with np.load(path, allow_pickle=False) as held:
            obs = {name: held[name] for name in held.files if name != "meta"}
            meta = json.loads(str(held["meta"]))
        few = {name: values[:300] for name, values in obs.items()}
        solving.solve(columns_of(few), taxonomy(meta))  # compile outside the clock
        print(f"\n{path.name}: {len(obs['x'])} reports\n")
        print("| Without | F1 | Brier | gap | place | kind | CPU s |")
        print("|---|---|---|---|---|---|---|")
        parts = {"all parts": [], **of_errors(), **of_joining(), **of_belief()}
        parts |= of_places()
        for name, patches in parts.items():
            with patched(patches):
                print(row(name, obs, meta, obs), flush=True)
        for name, (how, patches) in disturbed().items():
            with patched(patches):
                print(row(name, how(obs), meta, obs), flush=True)


if __name__ == "__main__":
    main()
