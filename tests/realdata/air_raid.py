"""Two logs of the same air-raid alerts, and what one of them makes of alerts.

`python -m tests.realdata.air_raid [--wide]` prints the figures that
docs/explanation/real-data.md gives; `--wide` takes every name for its whole oblast, and
lets the two logs teach what they are like.
"""

import json
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pamiers.core.table import Table
from pamiers.fusion.fuse import Fusion
from tests.realdata.reading import DATA, Line, as_csv, fused, lines_of, observations

FOLDER: Final = DATA / "air_raid"
FROM, UNTIL = "2022-06-01", "2023-04-01"
#: starts that are one alert, and starts of which nobody can tell [s]
SAME_S, UNSURE_S = 300.0, 1_800.0
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert of one log."""

    place: str
    start_s: float
    end_s: float
    level: str = "oblast"
    guessed: bool = False  #: the log saw no end, and put half an hour


@dataclass(slots=True, kw_only=True)
class Logs:
    """Both logs over a stretch of time."""

    official: list[Line]
    volunteer: list[Line]
    parts: list[Alert] = field(default_factory=list)  #: official, of parts of oblasts

    def tables(self, *, wide: bool) -> tuple[Table, Table]:
        """Return both as observations."""
        change = _widened if wide else str
        return (
            observations(as_csv(self.official), "air-raid-official", change),
            observations(as_csv(self.volunteer), "air-raid-volunteer", change),
        )


def logs(since: str = FROM, until: str = UNTIL) -> Logs:
    """Return what both logs have of some days."""

    def within(line: Line) -> bool:
        return since <= line["started_at"] < until

    official = FOLDER / "official_without_2023-04.csv.gz"
    volunteer = FOLDER / "volunteer_without_2023-04.csv.gz"
    every = lines_of(official, keep=within)
    return Logs(
        official=[line for line in every if line["level"] == "oblast"],
        volunteer=lines_of(volunteer, keep=within),
        parts=[alert(line) for line in every if line["level"] != "oblast"],
    )


def alert(line: Line) -> Alert:
    """Return what a line of either log says."""
    return Alert(
        place=line.get("oblast") or line["region"],
        start_s=datetime.fromisoformat(line["started_at"]).timestamp(),
        end_s=datetime.fromisoformat(line["finished_at"]).timestamp(),
        level=line.get("level", "oblast"),
        guessed=line.get("naive") == "True",
    )


def _widened(mapping: str) -> str:
    """Return a mapping that puts each name anywhere in its oblast, and says no kind."""
    wide = mapping.replace("radius_m: 5000", "radius_m: 140000")
    return wide.replace("event:air-raid-alert", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How fusion's pairs agree with the nearest starts."""

    pairs: int  #: what it joined, less what nobody can tell
    unsure: int  #: what it joined of that
    true: int
    right: int

    @property
    def precision(self) -> float:
        """Return the share of its pairs that are true."""
        return self.right / self.pairs

    @property
    def recall(self) -> float:
        """Return the share of true pairs that it joined."""
        return self.right / self.true


def scored(fusion: Fusion) -> Score:
    """Return how fusion's pairs of the two logs agree with the nearest starts."""
    column = fusion.reports.table.columns.column
    ids, places = fusion.reports.ids, column("place").to_pylist()
    starts = [each.timestamp() for each in column("start").to_pylist()]
    said = dict(zip(ids, zip(places, starts, strict=True), strict=True))
    one = {name: at for name, at in said.items() if name.startswith("official")}
    two = {name: at for name, at in said.items() if name.startswith("volunteer")}
    near = nearest_pairs(one, two)
    true = {pair for pair, gap in near.items() if gap <= SAME_S}
    found = {
        (a, b)
        for group in fusion.groups
        for a in group
        if a in one
        for b in group
        if b in two
    }
    unsure = {pair for pair in found if _unsure(one[pair[0]], two[pair[1]])}
    return Score(
        pairs=len(found - unsure),
        unsure=len(unsure),
        true=len(true),
        right=len((found - unsure) & true),
    )


def _unsure(one: tuple[str, float], two: tuple[str, float]) -> bool:
    return one[0] == two[0] and SAME_S < abs(one[1] - two[1]) <= UNSURE_S


def nearest_pairs(
    one: dict[str, tuple[str, float]], two: dict[str, tuple[str, float]]
) -> dict[Pair, float]:
    """Return who is nearest to whom in one place, both ways, and the gap [s]."""
    to, back = _nearest(one, two), _nearest(two, one)
    return {
        (a, b): abs(one[a][1] - two[b][1]) for a, b in to.items() if back.get(b) == a
    }


def _nearest(
    of: dict[str, tuple[str, float]], among: dict[str, tuple[str, float]]
) -> dict[str, str]:
    there: dict[str, list[tuple[float, str]]] = {}
    for name, (place, start) in among.items():
        there.setdefault(place, []).append((start, name))
    for each in there.values():
        each.sort()
    found = {}
    for name, (place, start) in of.items():
        near = there.get(place, [])
        at = bisect_left(near, (start, ""))
        beside = near[max(at - 1, 0) : at + 1]
        if beside:
            found[name] = min(beside, key=lambda each: abs(each[0] - start))[1]
    return found


def artefacts(both: Logs) -> Counter[str]:
    """Return what the volunteers' alerts are that start with no official one.

    `within`, `between`: starts within 5 minutes, or 5 to 30, of an official one for
    the oblast. Of those not within, each under the first that holds: `late`: an
    official alert was on, and nobody had noticed it; `again`: one was on that had been
    noticed; `part`: a part of the oblast was under alert, or was put under it; `end`:
    an official one ended; `guessed`: its own end was never seen; `alone`: nothing
    official.
    """
    official, volunteer = (
        _by_place(map(alert, both.official)),
        map(alert, both.volunteer),
    )
    parts, found = _by_place(both.parts), Counter[str]()
    own = _by_place(volunteer)
    for place, alerts in own.items():
        there = official.get(place, [])
        for one in alerts:
            gap = min((abs(o.start_s - one.start_s) for o in there), default=1e12)
            found["within"] += gap <= SAME_S
            found["between"] += SAME_S < gap <= UNSURE_S
            if gap > SAME_S:
                found[_artefact(one, there, parts.get(place, []), alerts)] += 1
    return found


def _artefact(
    one: Alert, official: list[Alert], parts: list[Alert], own: list[Alert]
) -> str:
    on = [o for o in official if o.start_s < one.start_s < o.end_s]
    if on:
        seen = [o for o in own if abs(o.start_s - on[0].start_s) <= SAME_S]
        return "again" if seen else "late"
    if any(
        p.start_s - SAME_S <= one.start_s < max(p.end_s, p.start_s + SAME_S)
        for p in parts
    ):
        return "part"
    if any(abs(o.end_s - one.start_s) <= SAME_S for o in official):
        return "end"
    return "guessed" if one.guessed else "alone"


def _by_place(alerts: Iterable[Alert]) -> dict[str, list[Alert]]:
    found: dict[str, list[Alert]] = {}
    for one in alerts:
        found.setdefault(one.place, []).append(one)
    return found


def main(arguments: list[str]) -> None:
    """Print the figures."""
    both, wide = logs(), "--wide" in arguments
    score = scored(fused(*both.tables(wide=wide), taught=wide))
    said = {
        "official": len(both.official),
        "volunteer": len(both.volunteer),
        **{name: getattr(score, name) for name in ("true", "pairs", "unsure", "right")},
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "artefacts": dict(sorted(artefacts(both).items())),
    }
    sys.stdout.write(json.dumps(said, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
