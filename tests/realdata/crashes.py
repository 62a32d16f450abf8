"""Three invented lists of crashes with a published answer, and ours beside it.

`python -m tests.realdata.crashes` prints what docs/explanation/real-data.md tells.
"""

import json
import sys
from collections import Counter
from itertools import combinations
from typing import Any, Final

from tests.benchmarks.r_data import read_r
from tests.benchmarks.windows import Entry, Windows, matched, misfit
from tests.realdata.reading import DATA, fused, observations

FOLDER: Final = DATA / "meltt_crash"
LISTS: Final = (1, 2, 3)
#: as published with the answer
WINDOWS: Final = Windows(km=4.0, days=2)
Name = tuple[int, int]  #: which list, which row of it
Pair = tuple[Name, Name]


def entries() -> list[list[Entry]]:
    """Return the three lists, each entry with its categories, the finest first."""
    saved = read_r(FOLDER / "crashMD.rda")
    taxonomies: dict[str, dict[str, list[str]]] = saved["crash_taxonomies"]
    return [_entries(n, saved[f"crash_data{n}"], taxonomies) for n in LISTS]


def _entries(
    n: int, columns: dict[str, list[Any]], taxonomies: dict[str, dict[str, list[str]]]
) -> list[Entry]:
    meaning = {
        (name, word.strip()): levels
        for name, table in taxonomies.items()
        for of, word, *levels in zip(*table.values(), strict=True)
        if of == f"crash_data{n}"
    }
    return [
        Entry(
            of=n,
            key=i + 1,
            begins=int(columns["date"][i]),
            ends=int(columns["enddate"][i]),
            lat=columns["latitude"][i],
            lon=columns["longitude"][i],
            categories=tuple(
                tuple(meaning[name, columns[name][i].strip()]) for name in taxonomies
            ),
        )
        for i in range(len(columns["date"]))
    ]


def by_rule(lists: list[list[Entry]]) -> list[frozenset[Name]]:
    """Return the groups of the rule, under the windows of the published answer."""
    groups = matched(lists, WINDOWS)
    return [frozenset((each.of, each.key) for each in group) for group in groups]


def by_fusion() -> list[frozenset[Name]]:
    """Return the groups of fusion, taught by the lists themselves."""
    tables = [
        observations((FOLDER / f"crash_data{n}.csv").read_bytes(), "crashes")
        for n in LISTS
    ]
    groups = fused(*tables, taught=True).groups
    return [frozenset(_name(each) for each in group) for group in groups]


def _name(report: str) -> Name:
    source, key = report.split(":")
    return int(source[-1]), int(key)


def pairs_of(groups: list[frozenset[Name]]) -> set[Pair]:
    """Return the pairs that groups join, each in order."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def reason(pair: Pair, known: dict[Name, Entry]) -> str:
    """Return why the one joins two entries and the other does not.

    `days`: they are dated on different days. `lasts`: one is dated over several days,
    which the rule only flags. `words`: they share no category of some taxonomy.
    `finer`: a further entry shares finer categories, and lies on another day.
    """
    one, other = (known[name] for name in pair)
    if one.lasts != other.lasts:
        return "lasts"
    if one.begins != other.begins or one.ends != other.ends:
        return "days"
    miss = misfit(one, other)
    return "words" if miss is None else "finer" if miss > 0 else "unexplained"


def compared() -> dict[str, Any]:
    """Return both answers in figures, and where they differ."""
    lists = entries()
    known = {(each.of, each.key): each for each in (e for es in lists for e in es)}
    rule, ours = by_rule(lists), by_fusion()
    theirs, mine = pairs_of(rule), pairs_of(ours)
    several = [group for group in rule if len(group) > 1]
    return {
        "entries": len(known),
        "unique": len(rule),
        "matches": len(several),
        "duplicates": sum(len(group) - 1 for group in several),
        "of": dict(Counter("".join(str(n) for n, _ in sorted(g)) for g in several)),
        "incidents": len(ours),
        "pairs": {"rule": len(theirs), "fusion": len(mine), "both": len(theirs & mine)},
        "left apart": dict(Counter(reason(p, known) for p in theirs - mine)),
        "joined besides": dict(Counter(reason(p, known) for p in mine - theirs)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(compared(), indent=1) + "\n")
