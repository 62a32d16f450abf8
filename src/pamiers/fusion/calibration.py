"""What was learned of the sources, as one value that is recorded and used again.

Learning looks at all reports and takes its time; using what was learned looks at a
report and at what is near it. A mission records the value, so that a finding can be
computed again from the same beliefs, and a late report changes only what it touches.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from pamiers.core.errors import UnknownTermError
from pamiers.fusion.columns import Columns, Floats, Ints, Taxonomy
from pamiers.fusion.doubt import Doubt
from pamiers.fusion.habit import Habits
from pamiers.fusion.kin import kin_of, words_of
from pamiers.fusion.loops.state import SOURCE
from pamiers.fusion.reading import Beliefs
from pamiers.fusion.sources import LONE_SHARE, Sources, levels_of, unknown

VERSION: Final = 1
_TYPES: Final = {"f": np.float64, "i": np.int64, "b": np.bool_}
_NUMBERS: Final = ("spots", "levels", "zones", "amount", "lone", "origin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was learned of sources.

    Invariant: row m of `sources.place`, `sources.rank` and `habits.uses` is of the
    source and stated error of row m of `modes`; a last row of `place` and `rank` is
    for modes never seen; `habits.town` is empty.
    """

    taxonomy: Taxonomy  #: what labels meant before anything was learned
    sources: Sources
    modes: Ints  #: source, and stated error in quarter octaves, shape (modes, 2)
    habits: Habits  #: the places of habit, where their incidents were
    spots: Floats  #: the same as they are reported, shape (m, 2) [m]
    levels: Floats  #: as `copying.copiers` finds them, shape (S, S)
    zones: Floats  #: clocks that are ahead by hours [s], shape (S,)
    amount: Floats  #: mean and variance of the logarithm of counts, shape (2,)
    doubt: Doubt  #: how agreement is read
    lone: Floats  #: P(a lone report is real), shape (S,)
    origin: Floats  #: where grids begin: x, y [m], t [s], shape (3,)
    usual: float  #: density of reports that is usual [1 / m2 s]
    reports: int  #: how many taught it
    version: int = VERSION

    def mode_of(self, columns: Columns) -> Ints:
        """Return the mode of each report; the nearest of its source; last: none."""
        level = levels_of(columns.sigma_m)
        found = np.full(len(columns), len(self.modes), dtype=np.int64)
        for s in np.unique(columns.source).tolist():
            own = np.flatnonzero(self.modes[:, 0] == s)
            if own.size:
                at = columns.source == s
                gap = np.abs(level[at][:, None] - self.modes[own, 1][None])
                found[at] = own[gap.argmin(axis=1)]
        return found

    def extended(self, taxonomy: Taxonomy) -> "Calibration":
        """Return the same with priors for sources that were never seen.

        Args:
            taxonomy: Of all sources; those known here come first, unchanged.

        Returns:
            Itself where there are no others.

        Raises:
            UnknownTermError: Sources that are known here are missing or changed.
        """
        old, s = self.taxonomy, taxonomy.sources
        rows = len(old.rows)
        if s < old.sources or not np.array_equal(taxonomy.rows[:rows], old.rows):
            raise UnknownTermError(
                "taxonomy",
                expected=f"the {old.sources} sources of the calibration, then new ones",
                got=f"{s} sources, or other labels for those that are known",
                remedy="Calibrate anew, or put new sources after the known ones.",
            )
        if s == old.sources:
            return self
        share = np.full(s, self.sources.lone.mean() / LONE_SHARE)
        fresh = _padded(self.sources, unknown(share, taxonomy, len(self.modes) + 1))
        zones = np.append(self.zones, np.zeros(s - old.sources))
        levels = np.zeros((s, s))
        levels[: old.sources, : old.sources] = self.levels
        lone = np.append(self.lone, np.full(s - old.sources, self.lone.min()))
        return replace(
            self,
            taxonomy=taxonomy,
            sources=fresh,
            levels=levels,
            doubt=self.doubt.extended(s),
            zones=zones,
            lone=lone,
        )

    @property
    def beliefs(self) -> Beliefs:
        """Return what is believed when reports are read."""
        return Beliefs(
            taxonomy=self.taxonomy,
            sources=self.sources,
            habits=replace(self.habits, xy=self.spots),
            meant=self.habits.xy,
            amount=self.amount,
            usual=self.usual,
            kin=words_of(kin_of(self.doubt.follows)),
        )

    @property
    def at_first(self) -> Beliefs:
        """Return what is believed of sources of which only their hours are known.

        Copies are told by it, since who copies a place copies its errors.
        """
        taxonomy, modes = self.taxonomy, len(self.sources.place)
        nothing = unknown(np.ones(taxonomy.sources), taxonomy, modes)
        return self.beliefs._replace(
            sources=replace(nothing, ahead=self.zones), meant=self.spots
        )

    def plain(self) -> dict[str, Any]:
        """Return it as lists and numbers; `calibration_of` reads them back exactly."""
        return {
            "version": self.version,
            "reports": self.reports,
            "usual": self.usual,
            "taxonomy": _plain(self.taxonomy),
            "sources": _plain(self.sources),
            "habits": _plain(self.habits),
            "doubt": _plain(self.doubt),
            "modes": self.modes.tolist(),
            **{name: getattr(self, name).tolist() for name in _NUMBERS},
        }


def _padded(old: Sources, fresh: Sources) -> Sources:
    """Return what is known, and what is believed of the others."""
    found = {}
    for field in fields(Sources):
        known, new = getattr(old, field.name), getattr(fresh, field.name).copy()
        new[: len(known)] = known
        found[field.name] = new
    found["prior"] = old.prior
    return Sources(**found)


def _plain(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any of our dataclasses
    found = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if isinstance(held, np.ndarray):
            held = (
                {name: held[name].tolist() for name in held.dtype.names}
                if held.dtype.names
                else {
                    "of": held.dtype.kind,
                    "shape": list(held.shape),
                    "values": held.ravel().tolist(),
                }
            )
        found[field.name] = held
    return found


def calibration_of(plain: dict[str, Any]) -> Calibration:
    """Return what `Calibration.plain` wrote.

    Raises:
        UnknownTermError: Another version, or a part is missing.
    """
    if plain.get("version") != VERSION:
        raise UnknownTermError(
            "calibration (version)",
            expected=str(VERSION),
            got=repr(plain.get("version")),
            remedy="Calibrate anew with this version of the program.",
        )
    try:
        numbers = {name: np.array(plain[name], dtype=np.float64) for name in _NUMBERS}
        return Calibration(
            taxonomy=_back(Taxonomy, plain["taxonomy"]),
            sources=_back(Sources, plain["sources"]),
            habits=_back(Habits, plain["habits"]),
            doubt=_back(Doubt, plain["doubt"]),
            modes=np.array(plain["modes"], dtype=np.int64).reshape(-1, 2),
            spots=numbers["spots"].reshape(-1, 2),
            levels=numbers["levels"].reshape(len(numbers["lone"]), -1),
            zones=numbers["zones"],
            amount=numbers["amount"],
            lone=numbers["lone"],
            origin=numbers["origin"],
            usual=float(plain["usual"]),
            reports=int(plain["reports"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnknownTermError(
            "calibration",
            expected="the parts that calibration writes",
            got=f"{type(error).__name__}: {error}",
            remedy="Restore the record, or calibrate anew.",
        ) from None


def _back(kind: type, plain: dict[str, Any]) -> Any:  # noqa: ANN401 - any of ours
    found = {}
    for field in fields(kind):
        held = plain[field.name]
        if isinstance(held, dict) and "shape" in held:
            values: Any = np.array(held["values"], dtype=_TYPES[held["of"]])
            held = values.reshape(held["shape"])
        elif isinstance(held, dict):
            held = _records(held)
        found[field.name] = held
    return kind(**found)


def _records(plain: dict[str, Any]) -> Any:  # noqa: ANN401 - a structured array
    found = np.zeros(len(plain["odds"]), SOURCE)
    for name in SOURCE.fields or ():
        found[name] = plain[name]
    return found
