"""Harm to civilians in early 2022 as three sources tell of it.

`python -m tests.realdata.harm` prints what docs/explanation/real-data.md tells. Labels
are in `labels/bellingcat-acled.csv`: who read both texts, and what was found.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pamiers.core.geodesy import distance_m
from pamiers.core.table import Table
from pamiers.fusion.fuse import Fusion
from tests.realdata.ranking import Pair, weighed
from tests.realdata.reading import DATA, Line, as_csv, fused, lines_of, observations

LABELS: Final = Path(__file__).parent / "labels" / "bellingcat-acled.csv"
UNTIL: Final = datetime(2022, 5, 1)
#: the sample of ACLED ends with April 2022
NEAR_M, DAYS = 5_000.0, 1


def bellingcat() -> bytes:
    """Return the incidents of Bellingcat as a table, with their first weapon."""
    folder = DATA / "bellingcat_civharm"
    known = json.loads((folder / "bc_assoc.json").read_text())
    weapon = {
        each["id"]: each["title"]
        for each in known
        if each["filter_paths"][0] == "Weapon System"
    }
    return as_csv(
        {
            "id": each["id"],
            "date": each["date"],
            "lat": each["latitude"],
            "lon": each["longitude"],
            "location": each["location"],
            "weapon": next(
                (weapon[a] for a in each["associations"] if a in weapon), ""
            ),
        }
        for each in json.loads((folder / "bc_events.json").read_text())
        if datetime.strptime(each["date"], "%m/%d/%Y") < UNTIL  # noqa: DTZ007 - days
    )


def acled() -> bytes:
    """Return the events of the sample that lie in Ukraine."""
    path = DATA / "acled_sample/acled_2022H1_sample_dev.csv.gz"
    lines = lines_of(path, keep=lambda line: line["country"] == "Ukraine")
    return _only(
        lines,
        "event_id_cnty event_date latitude longitude geo_precision "
        "location sub_event_type",
    )


def viina() -> bytes:
    """Return the events of VIINA that name a target, to the end of April 2022."""
    path = DATA / "viina_2022_2023_infrastructure/VIINA_2022_REBUILD.csv.gz"
    lines = lines_of(path, keep=lambda line: line["date"] < "20220501")
    for line in lines:
        day = line["date"]
        line["date"] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return _only(lines, "event_id_1pd date latitude longitude asciiname")


def _only(lines: Iterable[Line], names: str) -> bytes:
    return as_csv({name: line[name] for name in names.split()} for line in lines)


def together(*, taught: bool) -> Fusion:
    """Return what the three sources tell of."""
    tables = (
        observations(bellingcat(), "bellingcat"),
        observations(acled(), "acled"),
        observations(viina(), "viina"),
    )
    return fused(*tables, taught=taught)


def candidates(table: Table) -> list[Pair]:
    """Return pairs of two sources within 5 km and a day, Bellingcat's first."""
    columns = table.columns
    names = ("source", "key", "lon", "lat", "start")
    rows = list(zip(*(columns.column(n).to_pylist() for n in names), strict=True))
    found = []
    for source, key, lon, lat, start in rows:
        if source != "bellingcat":
            continue
        for of, other, x, y, when in rows:
            if of == source or abs(when - start) > timedelta(days=DAYS, hours=1):
                continue
            if float(distance_m(lon, lat, x, y)) <= NEAR_M:
                found.append((f"{source}:{key}", f"{of}:{other}"))
    return found


def passes() -> dict[str, dict[Pair, str]]:
    """Return what was found of each pair, by who read it and when."""
    found: dict[str, dict[Pair, str]] = {}
    with LABELS.open() as file:
        for row in csv.DictReader(file):
            pair = f"bellingcat:{row['bellingcat']}", f"acled:{row['acled']}"
            found.setdefault(row["labeller"], {})[pair] = row["label"]
    return found


def labels() -> dict[Pair, str]:
    """Return what the first reader found of each pair in the end."""
    read = [each for who, each in passes().items() if who.startswith("reader, ")]
    return {pair: said for each in read for pair, said in each.items()}


def agreed() -> dict[Pair, str]:
    """Return what both readers found of each pair; `unclear` where they differ."""
    second = passes()["second reader"]
    return {
        pair: said if said == second[pair] else "unclear"
        for pair, said in labels().items()
    }


def alike(one: str, other: str) -> tuple[int, int]:
    """Return of how many pairs two passes said the same, and how many there are."""
    first, second = passes()[one], passes()[other]
    return sum(first[pair] == second[pair] for pair in first), len(first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How an answer agrees with labels; `unclear` is counted neither way."""

    right: int
    wrong: int  #: said to be one, and are not
    missed: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 0 where none is right."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def held(said: Mapping[Pair, bool], known: Mapping[Pair, str]) -> Found:
    """Return how an answer agrees with labels."""
    counted = Counter((said[p], label) for p, label in known.items())
    return Found(
        right=counted[True, "yes"],
        wrong=counted[True, "no"],
        missed=counted[False, "yes"],
    )


def precision_by_rank(weight: Mapping[Pair, float], known: Mapping[Pair, str]) -> float:
    """Return the mean, over true pairs, of the share of true pairs down to each.

    Pairs of one weight are taken in the worst order.
    """
    decided = [p for p in known if known[p] != "unclear"]
    ranked = sorted(decided, key=lambda p: (-weight[p], known[p] == "yes", p))
    at = [i for i, p in enumerate(ranked, 1) if known[p] == "yes"]
    return sum(n / i for n, i in enumerate(at, 1)) / len(at)


def one_incident(fusion: Fusion, pairs: Iterable[Pair]) -> dict[Pair, bool]:
    """Return of which pairs fusion made one incident."""
    label = dict(zip(fusion.reports.ids, fusion.label.tolist(), strict=True))
    return {(a, b): label[a] == label[b] for a, b in pairs}


def figures(fusion: Fusion) -> dict[str, Any]:
    """Return what fusion made of the three sources, and of the labelled pairs."""
    known, near = labels(), candidates(fusion.reports.table)
    said = one_incident(fusion, {*known, *near})
    answer = held(said, known)
    weight = weighed(fusion, sorted({*known, *near}))
    heavier = {pair: weight[pair] > 0.0 for pair in known}
    by_weight = held(heavier, known)
    return {
        "reports": len(fusion.reports),
        "incidents": len(fusion.incidents),
        "near": dict(Counter(b.split(":")[0] for _, b in near)),
        "one": dict(Counter(b.split(":")[0] for a, b in near if said[a, b])),
        "labels": dict(Counter(known.values())),
        "answer": [answer.right, answer.wrong, answer.missed, round(answer.f1, 3)],
        "by weight": [
            by_weight.right,
            by_weight.wrong,
            by_weight.missed,
            round(by_weight.f1, 3),
        ],
        "by both readers": {
            "labels": dict(Counter(agreed().values())),
            "answer": round(held(said, agreed()).f1, 3),
            "by weight": round(
                held({p: weight[p] > 0.0 for p in known}, agreed()).f1, 3
            ),
            "rank": round(precision_by_rank(weight, agreed()), 3),
        },
        "rank": round(precision_by_rank(weight, known), 3),
        "ranked": [
            [round(weight[p], 1), known[p], said[p], *p]
            for p in sorted(known, key=lambda p: -weight[p])
        ],
    }


def main() -> None:
    """Print the figures, by priors and as taught."""
    for taught in (False, True):
        sys.stdout.write(json.dumps(figures(together(taught=taught))) + "\n")


if __name__ == "__main__":
    main()
