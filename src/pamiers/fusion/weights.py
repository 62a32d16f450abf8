"""How strongly two reports speak of one thing, in bits, part by part.

The weight of a pair is log2 of a likelihood ratio: how likely the second report is
if it tells of the same incident, over how likely it is if it is one more of its
source's reports from that neighbourhood (see `crowding`). Parts add: `scarcity`,
`place`, `time`, `kind`, `count`, `weapons`.

Weights are multiples of 2**-20 bit, so that sums are exact in any order. Who is
said to have done it, and who holds the ground, are not among the parts: rival
accounts of one event accuse each other.

Sources: Fellegi and Sunter (1969) for match weights; Good (1950) for bits.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from pamiers.core.kind import KINDS, is_a
from pamiers.fusion.crowding import WINDOW_AREA_M2, WINDOW_S
from pamiers.fusion.model import FusionModel
from pamiers.fusion.reports import Floats, Ints, Reports

PARTS: Final = ("scarcity", "place", "time", "kind", "count", "weapons")
_QUANTUM: Final = 2.0**20

#: what two kinds say about being one thing [bit]
SAME_KIND, SAME_FAMILY, SIBLINGS, CAUSE, CONTRARY = 1.0, 0.0, -1.0, -1.5, -60.0
_CAUSES: Final = frozenset({"fire", "harm"})  # shelling is also told by its harm
#: counts that agree, and the least that counts far apart can weigh [bit]
COUNT_AGREES, COUNT_FLOOR = 0.5, -3.0
WEAPON_AGREES, WEAPON_DIFFERS = 1.0, -1.5
CALIBRE_AGREES, CALIBRE_DIFFERS, _CALIBRE_MM = 2.0, -3.0, 1.0
#: most that kind, count and weapons together can add [bit]
MOST: Final = SAME_KIND + COUNT_AGREES + WEAPON_AGREES + CALIBRE_AGREES
#: words that name no weapon
_VAGUE: Final = frozenset({"", "unknown", "undetermined", "undetermined weapon"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs of reports with the parts of their weight.

    Invariant: `first[i] < second[i]`; `parts` has shape (n, 6), columns as `PARTS`.
    """

    first: Ints
    second: Ints
    parts: Floats

    @property
    def total(self) -> Floats:
        """Return the weight of each pair [bit], the exact sum of its parts."""
        return np.asarray(self.parts.sum(axis=1), dtype=np.float64)


def peak_bits(reports: Reports, crowd: Floats, model: FusionModel) -> Floats:
    """Return the most any pair with each report can weigh [bit]; NaN unplaced.

    Args:
        reports: Reports.
        crowd: Result of `crowding`.
        model: For the chance of detection.

    Returns:
        Upper bounds, shape (n,): a report at or below 0 joins nothing.
    """
    ratio = WINDOW_AREA_M2 * WINDOW_S * _chance(model) / (2.0 * math.pi)
    return np.asarray(
        MOST + math.log2(ratio) - np.log2(reports.sigma_m**2 * reports.length_s * crowd)
    )


def _chance(model: FusionModel) -> float:
    return model.detection / (1.0 - model.detection)


def weigh_pairs(
    reports: Reports, crowd: Floats, model: FusionModel, pairs: tuple[Ints, Ints]
) -> Weighed:
    """Return the parts of the weight of some pairs.

    Args:
        reports: Reports; those of the pairs have places.
        crowd: Result of `crowding`.
        model: Declared assumptions.
        pairs: First and second of each pair, shapes (m,), first < second.

    Returns:
        Weights in the order of the pairs; empty for none.
    """
    a, b = pairs
    parts = np.column_stack(
        (
            math.log2(_chance(model)) - np.log2(np.maximum(crowd[a], crowd[b])),
            _place(reports, a, b),
            _time(reports, a, b),
            _kind(reports, a, b),
            _count(reports, a, b),
            _weapons(reports, a, b),
        )
    )
    return Weighed(a, b, np.round(parts * _QUANTUM) / _QUANTUM)


def _place(reports: Reports, a: Ints, b: Ints) -> Floats:
    squared = ((reports.xyz[a] - reports.xyz[b]) ** 2).sum(axis=1)
    spread = reports.sigma_m[a] ** 2 + reports.sigma_m[b] ** 2
    peak = np.log2(WINDOW_AREA_M2 / (2.0 * math.pi * spread))
    return np.asarray(peak - squared / (2.0 * spread * math.log(2.0)))


def _time(reports: Reports, a: Ints, b: Ints) -> Floats:
    """Weigh two spreads that are even over their intervals; none shared refuses."""
    last = np.minimum(reports.end_s[a], reports.end_s[b])
    shared = last - np.maximum(reports.start_s[a], reports.start_s[b])
    lengths = reports.length_s[a] * reports.length_s[b]
    ratio = WINDOW_S * np.maximum(shared, 0.0) / lengths
    return np.where(shared > 0.0, np.log2(np.maximum(ratio, 1e-300)), CONTRARY)


def kind_bits(one: str, other: str) -> float:
    """Return what two kinds say about being one thing [bit]."""
    if "other" in {one, other} or one == "any" or other == "any":
        return SAME_FAMILY
    if one == other:
        return SAME_KIND
    if is_a(one, other) or is_a(other, one):
        return SAME_FAMILY
    families = {_family(one), _family(other)}
    if len(families) == 1:
        return SIBLINGS
    return CAUSE if families == _CAUSES else CONTRARY


def _family(kind: str) -> str:
    """Return the family that a kind belongs to, just below `any`."""
    tops = [k for k in KINDS if is_a(kind, k) and is_top(k)]
    return tops[0] if tops else kind


@cache
def is_top(kind: str) -> bool:
    """Tell whether a kind is a family just below `any`."""
    return kind != "any" and sum(is_a(kind, k) for k in KINDS) == 2  # noqa: PLR2004


def _kind(reports: Reports, a: Ints, b: Ints) -> Floats:
    words = sorted(set(reports.kind))
    bits = [kind_bits(x, y) for x in words for y in words]
    table = np.array(bits, dtype=np.float64).reshape(len(words), len(words))
    place = {word: i for i, word in enumerate(words)}
    code = np.array([place[word] for word in reports.kind], dtype=np.int64)
    return np.asarray(table[code[a], code[b]], dtype=np.float64)


def _count(reports: Reports, a: Ints, b: Ints) -> Floats:
    """Weigh how far apart two ranges of counts lie, in doublings."""
    low = np.maximum(reports.count_low[a], reports.count_low[b])
    high = np.minimum(reports.count_high[a], reports.count_high[b])
    gap = np.log2((low + 1.0) / (np.minimum(high, low) + 1.0))
    weight = np.maximum(COUNT_AGREES - gap**2 / 2.0, COUNT_FLOOR)
    return np.where(np.isnan(weight), 0.0, weight)


def _weapons(reports: Reports, a: Ints, b: Ints) -> Floats:
    gap = np.abs(reports.calibre_mm[a] - reports.calibre_mm[b])
    size = np.where(gap <= _CALIBRE_MM, CALIBRE_AGREES, CALIBRE_DIFFERS)
    words = sorted({word or "" for word in reports.weapons})
    place = {word: i for i, word in enumerate(words)}
    code = np.array([place[word or ""] for word in reports.weapons], dtype=np.int64)
    both, back = np.unique(code[a] * len(words) + code[b], return_inverse=True)
    named = [weapon_bits(words[k // len(words)], words[k % len(words)]) for k in both]
    sized = np.where(np.isnan(gap), 0.0, size)
    return np.asarray(sized + np.array(named, dtype=np.float64)[back])


def weapon_bits(one: str, other: str) -> float:
    """Return what two lists of weapons, joined by `; `, say [bit]."""
    first, second = weapon_words(one), weapon_words(other)
    if not first or not second:
        return 0.0
    return WEAPON_AGREES if first & second else WEAPON_DIFFERS


def weapon_words(text: str | None) -> frozenset[str]:
    """Return the weapons that a list names; vague words name none."""
    words = {part.strip().lower() for part in (text or "").split(";")}
    return frozenset(words - _VAGUE)
