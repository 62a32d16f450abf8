"""Which facts each stream takes: kind, class, actor, time and place as bits.

A stream is what one part of a rule looks for. Sixty-four streams make a word; each
attribute of a fact is looked up as the word of streams that admit it, and the word
of the fact is what all of them admit. More streams take more words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.gathering import distinct, spans
from pamiers.compliance.kernels.index import Entries, Index, project
from pamiers.compliance.kernels.lengths import compared_m, planar_squared
from pamiers.compliance.kernels.shapes import inside

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int16]
Mask = NDArray[np.bool_]
Words = NDArray[np.uint64]

WORD: Final = 64
ALWAYS: Final = (np.iinfo(np.int64).min, np.iinfo(np.int64).max)
_ONE: Final = np.uint64(1)


class Columns(NamedTuple):
    """What is looked at of each fact; arrays of one length, in any order."""

    time: Ints  #: seconds since 1970, UTC
    lon: Floats  #: NaN where the place is not known [deg]
    lat: Floats
    kind: Codes
    group: Codes  #: of weapons or things: which classes hold it
    actor: Codes

    def at(self, some: Ints | slice) -> "Columns":
        """Return the columns of some facts, by number or in a row."""
        return Columns(
            self.time[some],
            self.lon[some],
            self.lat[some],
            self.kind[some],
            self.group[some],
            self.actor[some],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What one part of a rule looks for; conditions join by *and*.

    `places` are numbers of areas, of which any will do; None asks for no place.
    With `elsewhere` it must lie in none of them. What has no place is taken where a
    place is asked for only with `unplaced`: it may lie there.
    """

    kinds: frozenset[int]
    groups: frozenset[int]
    actors: frozenset[int]
    span: tuple[int, int] = ALWAYS  #: first second, and the first no longer in force
    places: frozenset[int] | None = None
    elsewhere: bool = False
    unplaced: bool = False


class Sieve(NamedTuple):
    """One word of streams."""

    by_kind: Words
    by_group: Words
    by_actor: Words
    cuts: Ints  #: instants at which streams come into force or go out of it
    force: Words  #: streams in force before the first cut, between cuts, after
    placed: np.uint64  #: streams that ask for a place
    elsewhere: np.uint64  #: streams that ask for another place than theirs
    unplaced: np.uint64  #: streams that take what has no place
    looks: Words  #: streams that look in each area
    cells: Words  #: streams whose areas hold all of a cell


def sieves_of(
    streams: Sequence[Stream], index: Index, codes: tuple[int, int, int]
) -> tuple[Sieve, ...]:
    """Return the sieves of some streams, sixty-four to a word.

    Args:
        streams: What is looked for; their order numbers the bits.
        index: Areas that `places` count in.
        codes: How many kinds, groups and actors there are.

    Returns:
        One sieve per word; empty for no streams.
    """
    words = [streams[at : at + WORD] for at in range(0, len(streams), WORD)]
    return tuple(_sieve(word, index, codes) for word in words)


def _sieve(
    streams: Sequence[Stream], index: Index, codes: tuple[int, int, int]
) -> Sieve:
    cuts = distinct(
        np.array([at for s in streams for at in s.span if at not in ALWAYS], np.int64)
    )
    begin = np.concatenate([[ALWAYS[0]], cuts])
    looks = _word_per(
        [s.places or frozenset() for s in streams], len(index.bands.reach)
    )
    return Sieve(
        by_kind=_word_per([s.kinds for s in streams], codes[0]),
        by_group=_word_per([s.groups for s in streams], codes[1]),
        by_actor=_word_per([s.actors for s in streams], codes[2]),
        cuts=cuts,
        force=_bits([(begin >= s.span[0]) & (begin < s.span[1]) for s in streams]),
        placed=_bits([np.array([s.places is not None]) for s in streams])[0],
        elsewhere=_bits([np.array([s.elsewhere]) for s in streams])[0],
        unplaced=_bits([np.array([s.unplaced]) for s in streams])[0],
        looks=looks,
        cells=project(index, looks),
    )


def _word_per(wanted: Sequence[frozenset[int]], codes: int) -> Words:
    """Return for each code the word of streams that want it."""
    table = np.zeros((len(wanted), codes), dtype=bool)
    for row, codes_wanted in zip(table, wanted, strict=True):
        row[[code for code in codes_wanted if code < codes]] = True
    return _bits(list(table))


def _bits(rows: Sequence[Mask]) -> Words:
    """Return columns of truth values as words; row i is bit i."""
    found = np.zeros(len(rows[0]), dtype=np.uint64)
    for bit, row in enumerate(rows):
        found |= row.astype(np.uint64) << np.uint64(bit)
    return found


def sift(sieve: Sieve, index: Index, facts: Columns) -> Words:
    """Return the streams that take each fact: the definition, in numpy.

    Args:
        sieve: Streams.
        index: Their areas.
        facts: Facts, in any order. One without a place is in no area, nor outside;
            streams that take what has no place take it.

    Returns:
        One word per fact.
    """
    word = sieve.by_kind[facts.kind] & sieve.by_group[facts.group]
    word &= sieve.by_actor[facts.actor]
    word &= sieve.force[np.searchsorted(sieve.cuts, facts.time, side="right")]
    asked = np.flatnonzero(word & sieve.placed)
    lon, lat = facts.lon[asked], facts.lat[asked]
    known = np.isfinite(lon) & np.isfinite(lat)
    word[asked[~known]] &= ~sieve.placed | sieve.unplaced
    asked = asked[known]
    held = _held(sieve, index, word[asked] & sieve.placed, (lon[known], lat[known]))
    word[asked] &= ~sieve.placed | (held ^ sieve.elsewhere)
    return word


def _held(sieve: Sieve, index: Index, word: Words, at: tuple[Floats, Floats]) -> Words:
    """Return the streams of a word in whose areas points lie."""
    lon, lat = at
    cell = index.frame.cell(lon, lat)
    held = np.where(cell >= 0, sieve.cells[cell], np.uint64(0))
    fact, entry = _open(index.entries, cell)
    shape = index.entries.shape[entry]
    looks = sieve.looks[shape]
    some = np.flatnonzero(looks & word[fact] & ~held[fact])
    fact, entry, shape, looks = fact[some], entry[some], shape[some], looks[some]
    within = _within(index, shape, entry, (lon[fact], lat[fact]))
    np.bitwise_or.at(held, fact[within], looks[within])
    return held


def _open(entries: Entries, cell: Ints) -> tuple[Ints, Ints]:
    """Return (point, entry) for what points must still be tested against."""
    known = cell >= 0
    first = np.where(known, entries.first[cell], 0)
    fact, offset = spans(np.where(known, entries.first[cell + 1] - first, 0))
    return fact, first[fact] + offset


def _within(index: Index, shape: Ints, entry: Ints, at: tuple[Floats, Floats]) -> Mask:
    """Tell which points lie in the area of their entry, boundary included."""
    lon, lat = at
    bands = index.bands
    found = np.zeros(len(shape), dtype=bool)
    polygon = np.flatnonzero(bands.reach[shape] < 0.0)
    found[polygon] = inside(index.slabs, shape[polygon], lon[polygon], lat[polygon])
    band = np.flatnonzero(bands.reach[shape] >= 0.0)
    low, high = index.entries.low[entry[band]], index.entries.high[entry[band]]
    which, offset = spans(high - low)
    edges = bands.edges[index.entries.edge[low[which] + offset]]
    metres = _metres(
        index, shape[band][which], edges, (lon[band][which], lat[band][which])
    )
    near = metres <= bands.reach[shape[band]][which]
    found[band[which[near]]] = True
    return found


def _metres(
    index: Index, shape: Ints, edges: Floats, at: tuple[Floats, Floats]
) -> Floats:
    """Return distances to edges, exact where they decide, as each band measures [m]."""
    lon, lat = at
    east, north = index.bands.east[shape], index.bands.north[shape]
    found = np.empty(len(shape))
    plane = np.flatnonzero(east > 0.0)
    turned = np.where(lon < index.frame.west, lon + 360.0, lon)
    found[plane] = np.sqrt(
        planar_squared(
            edges[plane], turned[plane], lat[plane], (east[plane], north[plane])
        )
    )
    globe = np.flatnonzero(east <= 0.0)
    reach = index.bands.reach[shape[globe]]
    found[globe] = compared_m(edges[globe], lon[globe], lat[globe], reach)
    return found
