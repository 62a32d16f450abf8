"""What was learned of each source, in words and figures that a person can check."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints
from pamiers.fusion.conduct import Silence, Witnessed, silences
from pamiers.fusion.drift import Drift, drifts
from pamiers.fusion.learned import Learned, associated, columns_of
from pamiers.fusion.loops.state import INTERVAL_S
from pamiers.fusion.model import Belief
from pamiers.fusion.reports import Reports
from pamiers.fusion.strands import FORCE, LEAVES
from pamiers.fusion.told import Told

#: the least share of a kind that a word of a source is told to mean
LEAST: Final = 0.05


#: what is looked at for a change: whether others tell of it too; distance over error;
#: metres east and north of the others; seconds ahead of them; logarithm of its count
#: over theirs
MEASURED: Final = ("shared", "error", "east_m", "north_m", "clock_s", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """One source as learned.

    Invariant: `place` has one scale per stated error, in the order of errors.
    """

    source: str
    reports: int
    belief: Belief
    detection: float  #: P(it reports what several others report)
    place: tuple[tuple[float, float], ...]  #: stated standard deviation [m], scale
    east_m: float  #: how far its places lie off
    north_m: float
    clock_s: float  #: how far its clock is ahead
    clock_scale: float  #: error of its times over what is stated
    count_factor: float  #: its counts over others'
    late: float  #: P(dated a day late)
    kinds: Mapping[str, Mapping[str, float]]  #: kind as reported -> what happened
    copies: tuple[str, ...]  #: sources that it copies
    copied: int  #: how many of its reports copy another's
    echoes: tuple[str, ...]  #: sources with which it is one voice, as it follows them
    silent: tuple[Silence, ...]  #: acts that it passes over
    changes: tuple[Drift, ...]  #: since when it is no longer what it was


def scorecards(reports: Reports, learned: Learned) -> tuple[Scorecard, ...]:
    """Return a card for each source that taught, by name.

    Args:
        reports: The reports that taught, among others.
        learned: What they taught.

    Returns:
        Cards; empty where nothing was learned.
    """
    if not learned.taught:
        return ()
    known = set(learned.sources)
    force = np.array([s == FORCE for s in reports.strand], dtype=bool)
    own = np.array([name in known for name in reports.names], dtype=bool)
    at = np.flatnonzero(reports.placed & force & own)
    told = associated(reports, at, learned)
    seen = _seen(reports, at, learned, told)
    actors, witnessed = _witnessed(reports, at, learned, told)
    return tuple(
        _card(
            learned,
            number,
            seen.of(number),
            tuple(silences(witnessed, actors, number)),
        )
        for number, name in enumerate(learned.sources)
        if name in learned.beliefs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """Reports in order of time, with what came of each; shape (n,)."""

    source: Ints
    label: Ints
    when_s: Floats
    measured: Floats  #: columns as `MEASURED`, NaN where nothing is said, (n, 6)
    copies: Ints  #: number of the source that it copies, or -1

    def of(self, number: int) -> "_Seen":
        """Return the reports of one source."""
        at = self.source == number
        return _Seen(
            source=self.source[at],
            label=self.label[at],
            when_s=self.when_s[at],
            measured=self.measured[at],
            copies=self.copies[at],
        )


def _seen(reports: Reports, at: Ints, learned: Learned, told: Sequence[Told]) -> _Seen:
    ids = reports.ids
    order = at[np.lexsort((at, reports.start_s[at]))]
    columns = columns_of(reports, order, learned)
    number = {ids[i]: k for k, i in enumerate(order.tolist())}
    measured = np.full((len(order), len(MEASURED)), np.nan)
    measured[:, 0] = 0.0
    copies = np.full(len(order), -1, dtype=np.int64)
    scale = learned.calibration.sources.place[learned.calibration.mode_of(columns)]
    for each in told:
        members = np.array([number[m] for m in each.members], dtype=np.int64)
        for copy, whole in each.copies:
            copies[number[copy]] = columns.source[number[whole]]
        first = members[copies[members] < 0]
        if len(np.unique(columns.source[first])) > 1:
            measured[first] = _measured(columns, first, each, scale[first])
    return _Seen(
        source=columns.source,
        label=columns.label,
        when_s=columns.middle_s,
        measured=measured,
        copies=copies,
    )


def _measured(columns: Columns, rows: Ints, told: Told, scale: Floats) -> Floats:
    """Return what reports of one incident say beside the others, as `MEASURED`."""
    east, north = columns.x[rows] - told.x_m, columns.y[rows] - told.y_m
    variance = 2.0 * (columns.sigma_m[rows] * scale) ** 2
    instant = columns.end_s[rows] - columns.start_s[rows] <= INTERVAL_S
    counted = (columns.count[rows] > 0) & (told.count > 0.0)
    more = np.log(np.maximum(columns.count[rows], 1) / max(told.count, 1e-9))
    ahead = columns.middle_s[rows] - told.t_s
    return np.column_stack(
        (
            np.ones(len(rows)),
            np.sqrt((east**2 + north**2) / variance),
            east,
            north,
            np.where(instant & (told.error_s > 0.0), ahead, np.nan),
            np.where(counted, more, np.nan),
        )
    )


def _witnessed(
    reports: Reports, at: Ints, learned: Learned, told: Sequence[Told]
) -> tuple[tuple[str, ...], Witnessed]:
    """Return who is said to act, and who tells of what several tell of."""
    ids, said = reports.ids, reports.table.columns.column("actor").to_pylist()
    row = {ids[i]: i for i in at.tolist()}
    known = {name: i for i, name in enumerate(learned.sources)}
    numbers: dict[str, int] = {}
    several = [each for each in told if len(each.members) > 1]
    heard = np.zeros((len(several), len(known)), dtype=bool)
    names, actor = np.zeros_like(heard), np.full(len(several), -1, dtype=np.int64)
    for k, each in enumerate(several):
        copies = {copy for copy, _ in each.copies}
        rows = [row[m] for m in each.members if m not in copies]
        heard[k, [known[reports.names[i]] for i in rows]] = True
        names[k, [known[reports.names[i]] for i in rows if said[i]]] = True
        named = {said[i] for i in rows if said[i]}
        if len(named) == 1:
            (one,) = named
            actor[k] = numbers.setdefault(one, len(numbers))
    return tuple(numbers), Witnessed(heard=heard, names=names, actor=actor)


def _card(
    learned: Learned, s: int, seen: _Seen, silent: tuple[Silence, ...]
) -> Scorecard:
    known = learned.calibration
    of, one = known.sources, known.sources.source[s]
    modes = np.flatnonzero(known.modes[:, 0] == s)
    copied = seen.copies[seen.copies >= 0]
    return Scorecard(
        source=learned.sources[s],
        reports=len(seen.source),
        belief=learned.beliefs[learned.sources[s]],
        detection=float(one["odds"] / (1.0 + one["odds"])),
        place=tuple(
            (2.0 ** (float(known.modes[m, 1]) / 4.0), float(of.place[m]))
            for m in modes.tolist()
        ),
        east_m=float(of.east[s]),
        north_m=float(of.north[s]),
        clock_s=float(of.ahead[s]),
        clock_scale=float(of.clock[s]),
        count_factor=math.exp(float(of.more[s])),
        late=float(one["late"]),
        kinds=_kinds(learned, s, seen),
        copies=tuple(learned.sources[c] for c in np.unique(copied).tolist()),
        copied=len(copied),
        echoes=tuple(
            learned.sources[t] for t in np.flatnonzero(known.doubt.follows[s]).tolist()
        ),
        silent=silent,
        changes=tuple(
            drift
            for k, what in enumerate(MEASURED)
            for drift in drifts(what, seen.when_s, seen.measured[:, k])
        ),
    )


def _kinds(learned: Learned, s: int, seen: _Seen) -> dict[str, dict[str, float]]:
    known = learned.calibration
    first = int(known.taxonomy.offset[s]) + 1
    found = {}
    for label in np.unique(seen.label[seen.label >= 0]).tolist():
        shares = known.sources.kind[first + label]
        order = np.lexsort((np.arange(len(LEAVES)), -shares)).tolist()
        found[learned.vocabulary.labels[label]] = {
            LEAVES[k]: round(float(shares[k]), 3) for k in order if shares[k] >= LEAST
        }
    return found
