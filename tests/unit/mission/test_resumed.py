"""A second run goes on from the first, and finds what a run from nothing would."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from pamiers.compliance.docket import judge
from pamiers.core.rows import Coverage, Observation
from pamiers.mission.judged import assess, standing_lines
from pamiers.mission.mission import Mission
from tests.unit.mission.test_incidents import begun, elsewhere
from tests.unit.mission.world import DAY, NOW, file, reading, seen

WEEK = timedelta(days=7)


def watched(key: str, days: int) -> Coverage:
    start = DAY + timedelta(days=days)
    end = start + timedelta(days=1)
    return Coverage(source="patrol", key=key, start=start, end=end, detection=0.9)


def on(days: int, key: str, **fields: object) -> Observation:
    start = DAY + timedelta(days=days)
    return seen(key, start=start, end=start + timedelta(minutes=1), **fields)


def later(to: Mission, rows: Sequence[Any], weeks: int, kind: str) -> None:
    data = f"{weeks} {kind}".encode()
    file(to, reading(rows, kind=kind), data=data, now=NOW + weeks * WEEK)


def from_nothing(made: Mission) -> bytes:
    made.projections.clear()
    return standing_lines(made)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the clauses that are judged, as they are."""
    found: list[str] = []

    def noted(case: Any, court: Any) -> Any:  # noqa: ANN401 - as the one it stands for
        found.append(case.clause.id)
        return judge(case, court)

    monkeypatch.setattr("pamiers.compliance.docket.judge", noted)
    return found


def test_a_second_run_finds_what_one_from_nothing_finds(judged: list[str]) -> None:
    made = begun(*(on(n, f"r{n}") for n in range(0, 12, 3)))
    first = standing_lines(made)
    whole = len(judged)
    judged.clear()
    later(made, [on(3, "late")], 1, "observation")
    second = standing_lines(made)
    assert 0 < len(judged) < whole / 2
    assert first != second == from_nothing(made)


def test_a_correction_and_coverage_are_gone_on_from_too(judged: list[str]) -> None:
    made = begun(*(on(n, f"r{n}") for n in range(6)), elsewhere("far"))
    standing_lines(made)
    later(made, [on(2, "r1", kind="shot"), on(9, "new")], 1, "observation")
    assert standing_lines(made) == from_nothing(made)
    judged.clear()
    later(made, [watched("w", 4), watched("v", 20)], 2, "coverage")
    second = standing_lines(made)
    some = len(judged)
    judged.clear()
    assert second == from_nothing(made)
    assert some < len(judged)


def test_nothing_new_is_not_judged(judged: list[str]) -> None:
    made = begun(on(0, "one"))
    assess(made, NOW)
    judged.clear()
    assert assess(made, NOW + WEEK).new_entries == 0
    assert judged == []


@pytest.mark.parametrize("lost", ["findings", "assessment", "assessment-incidents"])
def test_where_part_of_what_was_kept_is_lost_all_is_judged(
    lost: str, judged: list[str]
) -> None:
    made = begun(on(0, "one"), on(5, "two"))
    standing_lines(made)
    whole = len(judged)
    judged.clear()
    made.projections.put(lost, "of something else", b"")
    later(made, [on(5, "late")], 1, "observation")
    assert standing_lines(made)
    assert len(judged) >= whole
