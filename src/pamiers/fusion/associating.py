"""Reports come, change and go; what they tell of follows.

The incidents are one function of the calibration, of the reports in force and of what
persons said of them: whichever way the reports came, one by one, in batches, corrected
or withdrawn, the result is the same to the last bit.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from pamiers.fusion.calibration import Calibration
from pamiers.fusion.columns import REPORTED, Columns, columns_of_none, joined
from pamiers.fusion.engine import Engine
from pamiers.fusion.solving import canonical
from pamiers.fusion.telling import told_of
from pamiers.fusion.told import (
    Bond,
    Change,
    Changed,
    Told,
    consistent,
    unknown_reports,
)
from pamiers.fusion.working import Said

#: reports that may change in one step before all are solved anew
_FEW: Final = 0.02


class Association:
    """Reports in force, and the incidents that they tell of.

    Reports that say the very same are one report that came more than once.
    """

    def __init__(self, calibration: Calibration) -> None:
        """Begin without reports.

        Args:
            calibration: What was learned, extended to every source that may report.
        """
        self._calibration = calibration
        self._engine: Engine | None = None
        self._bonds: tuple[Bond, ...] = ()
        self._key: dict[str, bytes] = {}  # what each report says
        self._came: dict[bytes, dict[str, Columns]] = {}  # who said it, and when
        self._row: dict[bytes, int] = {}
        self._at: dict[int, bytes] = {}
        self._told: dict[int, Told] = {}  # by the name of its group

    def apply(self, change: Change) -> Changed:
        """Take a step; return which incidents are no more and which are new.

        Raises:
            UnknownTermError: A report is added twice, or one that is corrected or
                withdrawn or bound is not known, or bonds contradict one another;
                nothing is changed then.
        """
        self._check(change)
        keys = self._take(change)
        bonds = self._bonds if change.bonds is None else change.bonds
        bound = {self._key[i] for b in bonds for i in (b.one, b.two)}
        anew = change.bonds is not None or bool(bound & keys)
        self._bonds = bonds
        gone, fresh = self._differences(keys)
        many = len(gone) + len(fresh)
        if (
            anew
            or self._engine is None
            or many > 64 + _FEW * len(self._row)
            or not self._engine.takes(len(fresh))
        ):
            return self._solve_all()
        return self._follow(gone, fresh, keys)

    def incidents(self) -> tuple[Told, ...]:
        """Return all incidents in the order of their keys."""
        return tuple(sorted(self._told.values(), key=lambda told: told.key))

    def of(self, report: str) -> Told:
        """Return the incident that a report tells of.

        Raises:
            UnknownTermError: There is no such report.
        """
        if report not in self._key:
            raise unknown_reports("of", [report])
        engine = self._engine
        assert engine is not None  # noqa: S101 - there is a report
        return self._told[engine.name_of(self._row[self._key[report]])]

    def _check(self, change: Change) -> None:
        known = self._key.keys()
        again = {name for name in change.add.ids if name in known}
        if again:
            raise unknown_reports("add", sorted(again))
        for what, names in (
            ("correct", change.correct.ids),
            ("withdraw", change.withdraw),
        ):
            missing = {name for name in names if name not in known}
            if missing:
                raise unknown_reports(what, sorted(missing))
        bonds = self._bonds if change.bonds is None else change.bonds
        gone, fresh = set(change.withdraw), set(change.add.ids)
        bound = {i for b in bonds for i in (b.one, b.two)}
        lost = {i for i in bound if i in gone or (i not in known and i not in fresh)}
        if lost:
            raise unknown_reports("bonds", sorted(lost))
        consistent(bonds)

    def _take(self, change: Change) -> set[bytes]:
        """Write down what came and went; return whose reports may differ."""
        touched = set()
        for name in (*change.withdraw, *change.correct.ids):
            key = self._key.pop(name)
            del self._came[key][name]
            touched.add(key)
        for part in (change.correct, change.add):
            for name, key, row in zip(
                part.ids, _keys(part.columns), _single(part.columns), strict=True
            ):
                self._key[name] = key
                self._came.setdefault(key, {})[name] = row
                touched.add(key)
        return touched

    def _differences(self, keys: set[bytes]) -> tuple[list[bytes], list[bytes]]:
        """Return what is said no more or otherwise received, and what is said now."""
        gone, fresh = [], []
        for key in sorted(keys):
            row, came = self._row.get(key), self._came.get(key)
            if not came:
                self._came.pop(key, None)
            engine = self._engine
            if row is not None and engine is not None:
                if came and engine.received(row) == _first(came):
                    continue
                gone.append(key)
            if came:
                fresh.append(key)
        return gone, fresh

    def _solve_all(self) -> Changed:
        """Solve everything anew."""
        keys = sorted(self._came)
        before = tuple(self._told.values())
        self._told, self._row, self._at, self._engine = {}, {}, {}, None
        if keys:
            columns = self._columns(keys)
            order = canonical(columns)
            self._number([keys[k] for k in order.tolist()], range(len(keys)))
            said = self._said()
            self._engine = Engine(columns.take(order), self._calibration, said)
            names = np.unique(self._engine.names())
            self._told = told_of(self._engine.groups(names), self._engine, self._ids)
        return _changed(before, tuple(self._told.values()))

    def _follow(
        self, gone: list[bytes], fresh: list[bytes], keys: set[bytes]
    ) -> Changed:
        """Follow what a few reports change.

        Args:
            gone: What is said no more.
            fresh: What is said now.
            keys: All whose reports differ in number.

        Returns:
            What changed.
        """
        engine = self._engine
        assert engine is not None  # noqa: S101 - asked before
        left = np.array([self._row.pop(key) for key in gone], dtype=np.int64)
        for row in left.tolist():
            del self._at[row]
        columns = self._columns(fresh)
        order = canonical(columns)
        came, touched = engine.step(left, columns.take(order))
        self._number([fresh[k] for k in order.tolist()], came.tolist())
        again = [key for key in keys if key in self._row]
        touched |= {engine.name_of(self._row[key]) for key in again}
        names = sorted(touched)
        before = [self._told.pop(name) for name in names if name in self._told]
        groups = engine.groups(np.array(names, dtype=np.int64))
        now = told_of(groups, engine, self._ids)
        self._told.update(now)
        return _changed(before, now.values())

    def _number(self, keys: list[bytes], rows: Iterable[int]) -> None:
        for key, row in zip(keys, rows, strict=True):
            self._row[key], self._at[row] = row, key

    def _ids(self, row: int) -> list[str]:
        return sorted(self._came[self._at[row]])

    def _columns(self, keys: list[bytes]) -> Columns:
        """Return what was said, each received when it was first."""
        rows = [min(self._came[key].values(), key=_received) for key in keys]
        return joined(rows) if rows else columns_of_none()

    def _said(self) -> Said:
        """Return the bonds by row."""
        pairs: dict[str, list[tuple[int, int]]] = {}
        for bond in self._bonds:
            one, two = (self._row[self._key[i]] for i in (bond.one, bond.two))
            if one != two:
                pairs.setdefault(bond.kind, []).append((one, two))
        return Said(
            together=tuple(sorted(pairs.get("together", ()))),
            apart=tuple(sorted(pairs.get("apart", ()))),
            copies=tuple(sorted(pairs.get("duplicate", ()))),
        )


def _keys(columns: Columns) -> list[bytes]:
    """Return what each report says, as bytes."""
    parts = [getattr(columns, n).astype(np.float64) + 0.0 for n in REPORTED]
    whole = np.ascontiguousarray(np.column_stack(parts))
    return [row.tobytes() for row in whole]


def _single(columns: Columns) -> list[Columns]:
    """Return the rows one by one."""
    return [columns.take(np.array([k])) for k in range(len(columns))]


def _received(row: Columns) -> float:
    return float(row.received_s[0])


def _first(came: dict[str, Columns]) -> float:
    return min(_received(row) for row in came.values())


def _changed(before: Iterable[Told], after: Iterable[Told]) -> Changed:
    was = {told.key: told for told in before}
    now = {told.key: told for told in after}
    return Changed(
        gone=tuple(sorted(key for key in was if now.get(key) != was[key])),
        now=tuple(now[key] for key in sorted(now) if was.get(key) != now[key]),
    )
