"""Reports come, change and go; what they tell of follows.

The incidents are one function of the calibration and the set of reports in force:
whichever way the reports came, one by one, in batches, corrected or withdrawn, the
result is the same to the last bit.
"""

import numpy as np

from pamiers.fusion.calibration import Calibration
from pamiers.fusion.columns import REPORTED, Columns, Ints, joined
from pamiers.fusion.loops.state import Record
from pamiers.fusion.solving import Solved, associated
from pamiers.fusion.told import Change, Changed, Told, unknown_reports


class Association:
    """Reports in force, and the incidents that they tell of."""

    def __init__(self, calibration: Calibration) -> None:
        """Begin without reports.

        Args:
            calibration: What was learned, extended to every source that may report.
        """
        self._calibration = calibration
        self._rows: dict[str, Columns] = {}
        self._told: dict[str, Told] = {}

    def apply(self, change: Change) -> Changed:
        """Take a step; return which incidents are no more and which are new.

        Raises:
            UnknownTermError: A report is added twice, or one that is corrected or
                withdrawn is not known; nothing is changed then.
        """
        self._check(change)
        rows = self._rows
        for name in change.withdraw:
            del rows[name]
        for part in (change.correct, change.add):
            for k, name in enumerate(part.ids):
                rows[name] = part.columns.take(np.array([k]))
        before, self._told = self._told, {t.key: t for t in self._solved()}
        now = [t for t in self._told.values() if before.get(t.key) != t]
        gone = [key for key in before if before[key] != self._told.get(key)]
        return Changed(
            gone=tuple(sorted(gone)), now=tuple(sorted(now, key=lambda t: t.key))
        )

    def incidents(self) -> tuple[Told, ...]:
        """Return all incidents in the order of their keys."""
        return tuple(self._told[key] for key in sorted(self._told))

    def _check(self, change: Change) -> None:
        known = self._rows.keys()
        again = set(change.add.ids) & known
        if again:
            raise unknown_reports("add", sorted(again))
        for what, names in (
            ("correct", change.correct.ids),
            ("withdraw", change.withdraw),
        ):
            missing = set(names) - known
            if missing:
                raise unknown_reports(what, sorted(missing))

    def _solved(self) -> list[Told]:
        names = sorted(self._rows)
        if not names:
            return []
        columns = joined([self._rows[name] for name in names])
        first, again = _repeated(columns)
        found = associated(columns.take(first), self._calibration)
        ids = [names[i] for i in first.tolist()]
        repeats: dict[int, list[tuple[str, str]]] = {}
        for i, j in again:
            repeats.setdefault(j, []).append((names[i], names[first[j]]))
        order = np.argsort(found.group, kind="stable")
        cuts = np.flatnonzero(np.diff(found.group[order])) + 1
        parts = np.split(order, cuts)
        return [_told(part.tolist(), ids, repeats, found) for part in parts]


def _told(
    part: list[int],
    ids: list[str],
    repeats: dict[int, list[tuple[str, str]]],
    found: Solved,
) -> Told:
    """Return what one group tells."""
    i = part[0]
    copied = [(j, int(found.original[j])) for j in part]
    copies = [(ids[j], ids[k]) for j, k in copied if k >= 0]
    again = sorted(pair for j in part for pair in repeats.get(j, []))
    group = found.groups[i]
    start, end = _interval(group)
    return Told(
        members=tuple(sorted([ids[j] for j in part] + [one for one, _ in again])),
        copies=tuple(sorted(copies)),
        repeats=tuple(again),
        real=float(found.real[i]),
        kinds=tuple(found.kinds[i].tolist()),
        sides=(float(group["one"]), float(group["two"])),
        x_m=float(found.x[i]),
        y_m=float(found.y[i]),
        error_m=float(np.sqrt(group["s"])),
        t_s=float(group["t"]),
        error_s=float(np.sqrt(group["q"])),
        start_s=start,
        end_s=end,
        count=float(np.exp(group["c"])) if found.counted[i] else 0.0,
        count_error=float(np.sqrt(group["r"])) if found.counted[i] else 0.0,
    )


def _interval(group: Record) -> tuple[float, float]:
    """Return when a group was: twice the error about its time, or its interval."""
    if group["q"] == 0.0:
        return float(group["a"]), float(group["b"])
    reach = 2.0 * float(np.sqrt(group["q"]))
    return float(group["t"]) - reach, float(group["t"]) + reach


def _repeated(columns: Columns) -> tuple[Ints, list[tuple[int, int]]]:
    """Return the first of equal reports, and each other with the row of its first."""
    values = np.column_stack(
        [getattr(columns, name).astype(np.float64) for name in REPORTED]
    )
    _, first, at = np.unique(values, axis=0, return_index=True, return_inverse=True)
    at = at.ravel()
    other = np.flatnonzero(first[at] != np.arange(len(at))).tolist()
    again = [(int(i), int(at[i])) for i in other]
    return np.asarray(first, dtype=np.int64), again
