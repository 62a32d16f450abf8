"""From assumptions as written to a game of numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pamiers.agreement.values.blank import filled, known
from pamiers.deterrence.assumptions.written import (
    ClauseStakes,
    Figure,
    Incentives,
    LadderStep,
    PartyStakes,
    PerParty,
)
from pamiers.deterrence.game import Game, Layout, Rows, padded
from pamiers.deterrence.margins import Figures


@dataclass(slots=True)
class _Sheet:
    """Figures gathered in order, each with its path."""

    period_s: float
    names: list[str] = field(default_factory=list)
    values: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, name: str, figure: object) -> int:
        """Add a figure, in periods if it is a time, and return its row."""
        assert isinstance(figure, Figure)  # noqa: S101 - the reader left no blank
        scale = self.period_s if figure.unit else 1.0
        low, mode, high = figure.values
        self.names.append(name)
        self.values.append((low / scale, mode / scale, high / scale))
        return len(self.names) - 1

    def per_party(
        self, name: str, given: PerParty, parties: tuple[str, ...]
    ) -> list[int]:
        """Add one figure for all parties, or one each, and return their rows."""
        if isinstance(given, Mapping):
            return [self.add(f"{name}.{party}", given[party]) for party in parties]
        return [self.add(name, given)] * len(parties)

    def column(self, which: int) -> Figures:
        """Return the lowest, likeliest or highest of every figure."""
        return np.array([each[which] for each in self.values], dtype=np.float64)


def lay_out(found: Incentives) -> Game:
    """Return the game that assumptions describe.

    Args:
        found: Assumptions without errors or blanks.

    Returns:
        The game; parties in the order of the file, as are clauses and steps.
    """
    period = known(found.period)
    assert period is not None  # noqa: S101 - the reader left no blank
    sheet = _Sheet(period_s=period.base)
    parties = tuple(found.parties)
    correlation = sheet.add("correlation", found.correlation)
    rows = _of_parties(sheet, found) | _of_clauses(sheet, found, parties)
    rows |= _of_steps(sheet, found, parties)
    means = _means(sheet, found, len(parties))
    at = Layout(correlation=correlation, means=means, **rows)
    steps = [str(each.id) for each in found.ladder]
    return Game(
        parties=parties,
        clauses=tuple(str(each.id) for each in found.clauses),
        steps=tuple(steps),
        responders=tuple(str(each.responder) for each in found.ladder),
        means=tuple(tuple(each.detection) for each in found.clauses),
        standing=np.array([each.breach == "standing" for each in found.clauses], bool),
        answered=_answered(found.clauses, steps),
        names=tuple(sheet.names),
        low=sheet.column(0),
        mode=sheet.column(1),
        high=sheet.column(2),
        at=at,
    )


def _answered(
    clauses: tuple[ClauseStakes, ...], steps: list[str]
) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """Return which steps answer a breach of which clause, shape (C, S)."""
    table = np.zeros((len(clauses), len(steps)), dtype=np.bool_)
    for row, clause in enumerate(clauses):
        for name in filled(clause.answered_by):
            table[row, steps.index(name)] = True
    return table


def _of_parties(sheet: _Sheet, found: Incentives) -> dict[str, Any]:
    rows: dict[str, list[int]] = {}
    for party, stakes in found.parties.items():
        assert isinstance(stakes, PartyStakes)  # noqa: S101 - the reader left no blank
        for key in ("discount", "peace", "war", "first_strike"):
            row = sheet.add(f"parties.{party}.{key}", getattr(stakes, key))
            rows.setdefault(key, []).append(row)
    return {key: np.array(each, dtype=np.intp) for key, each in rows.items()}


def _means(sheet: _Sheet, found: Incentives, parties: int) -> Rows:
    """Return the rows of the means that watch each clause, the same for all sides."""
    tables = [
        np.array(
            [
                [
                    sheet.add(f"clauses.{clause.id}.detection.{name}", figure)
                    for name, figure in clause.detection.items()
                ]
            ]
            * parties,
            dtype=np.intp,
        )
        for clause in found.clauses
    ]
    return padded(tables)


def _of_clauses(
    sheet: _Sheet, found: Incentives, parties: tuple[str, ...]
) -> dict[str, Any]:
    named = {f"clauses.{each.id}": each for each in found.clauses}
    keys = ("gain", "verification", "attribution", "false_alarm", "lag")
    return _of_records(sheet, named, keys, parties)


def _of_steps(
    sheet: _Sheet, found: Incentives, parties: tuple[str, ...]
) -> dict[str, Any]:
    named = {f"ladder.{each.id}": each for each in found.ladder}
    keys = ("loss", "after", "lasts", "credibility", "cost", "restores")
    return _of_records(sheet, named, keys, parties)


def _of_records(
    sheet: _Sheet,
    named: Mapping[str, ClauseStakes | LadderStep],
    keys: tuple[str, ...],
    parties: tuple[str, ...],
) -> dict[str, Any]:
    """Return the rows of records: of the first key (P, n), of the others (n,)."""
    by_party, *others = keys
    each_party = []
    rows: dict[str, list[int]] = {key: [] for key in others}
    for path, record in named.items():
        given = getattr(record, by_party)
        each_party.append(sheet.per_party(f"{path}.{by_party}", given, parties))
        for key in others:
            rows[key].append(sheet.add(f"{path}.{key}", getattr(record, key)))
    return {
        by_party: np.array(each_party, dtype=np.intp).reshape(-1, len(parties)).T,
        **{key: np.array(each, dtype=np.intp) for key, each in rows.items()},
    }
