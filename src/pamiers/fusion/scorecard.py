"""What was learned of each source, in words and figures that a person can check."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.fusion.columns import Floats, Ints
from pamiers.fusion.learned import Learned, associated, columns_of
from pamiers.fusion.model import Belief
from pamiers.fusion.reports import Reports
from pamiers.fusion.strands import FORCE, LEAVES
from pamiers.fusion.told import Told

#: fewest reports of a half that a change is looked for in, and how many standard
#: errors make one
FEWEST, CLEAR = 20, 3.0
#: the least share of a kind that a word of a source is told to mean
LEAST: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs between the earlier and the later half of a source's reports."""

    what: str  #: `shared`: told by others too; `error`: distance over error
    earlier: float
    later: float
    clear: bool  #: by more than chance: `CLEAR` standard errors


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
    changes: tuple[Change, ...]


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
    return tuple(
        _card(learned, number, seen.of(number))
        for number, name in enumerate(learned.sources)
        if name in learned.beliefs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """Reports in order of time, with what came of each; shape (n,)."""

    source: Ints
    label: Ints
    shared: Floats  #: 1 where another voice tells of it too
    error: Floats  #: squared distance from its incident over variance; NaN alone
    copies: Ints  #: number of the source that it copies, or -1

    def of(self, number: int) -> "_Seen":
        """Return the reports of one source."""
        at = self.source == number
        return _Seen(
            source=self.source[at],
            label=self.label[at],
            shared=self.shared[at],
            error=self.error[at],
            copies=self.copies[at],
        )


def _seen(reports: Reports, at: Ints, learned: Learned, told: Sequence[Told]) -> _Seen:
    ids = reports.ids
    order = at[np.lexsort((at, reports.start_s[at]))]
    columns = columns_of(reports, order, learned)
    number = {ids[i]: k for k, i in enumerate(order.tolist())}
    shared, error = np.zeros(len(order)), np.full(len(order), np.nan)
    copies = np.full(len(order), -1, dtype=np.int64)
    sources = learned.calibration.sources
    scale = sources.place[learned.calibration.mode_of(columns)]
    for each in told:
        members = np.array([number[m] for m in each.members], dtype=np.int64)
        for copy, whole in each.copies:
            copies[number[copy]] = columns.source[number[whole]]
        first = members[copies[members] < 0]
        if len(np.unique(columns.source[first])) > 1:
            shared[first] = 1.0
            off = (columns.x[first] - each.x_m) ** 2 + (
                columns.y[first] - each.y_m
            ) ** 2
            variance = 2.0 * (columns.sigma_m[first] * scale[first]) ** 2
            error[first] = off / variance
    return _Seen(
        source=columns.source,
        label=columns.label,
        shared=shared,
        error=error,
        copies=copies,
    )


def _card(learned: Learned, s: int, seen: _Seen) -> Scorecard:
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
        changes=_changes(seen),
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


def _changes(seen: _Seen) -> tuple[Change, ...]:
    half = len(seen.source) // 2
    found = []
    for what, values in (("shared", seen.shared), ("error", np.sqrt(seen.error))):
        earlier, later = values[:half], values[half:]
        earlier, later = (each[np.isfinite(each)] for each in (earlier, later))
        if min(len(earlier), len(later)) >= FEWEST:
            gap = float(later.mean() - earlier.mean())
            spread = math.sqrt(
                earlier.var(ddof=1) / len(earlier) + later.var(ddof=1) / len(later)
            )
            found.append(
                Change(
                    what=what,
                    earlier=round(float(earlier.mean()), 4),
                    later=round(float(later.mean()), 4),
                    clear=abs(gap) > CLEAR * spread,
                )
            )
    return tuple(found)
