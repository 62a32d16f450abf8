"""What stands: corrections, releases in order of publication, and earlier days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from pamiers.core.errors import UnknownTermError
from pamiers.core.instant import Interval
from pamiers.mission.mission import Mission
from pamiers.mission.published import as_of_instant, releases
from pamiers.mission.reading import Release
from pamiers.mission.release import changes
from pamiers.mission.state import state
from tests.unit.mission.world import DAY, NOW, file, mission, reading, seen

YEAR = Interval(datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC))
FIRST = Release(name="v19", released_on=date(2019, 6, 1))
SECOND = Release(name="v20", released_on=date(2020, 6, 1), covers=YEAR)
THIRD = Release(name="v21", released_on=date(2021, 6, 1))
OUTSIDE = DAY - timedelta(days=400)

ROWS = {
    FIRST: [seen("a", count=1), seen("b", count=2), seen("old", start=OUTSIDE)],
    SECOND: [seen("a", count=5), seen("c", count=3)],
    THIRD: [seen("c", count=3, lon=37.9)],
}


def file_release(m: Mission, release: Release) -> None:
    rows = [replace(row, release=release.name) for row in ROWS[release]]
    file(m, reading(rows), data=release.name.encode(), release=release)


def standing(m: Mission, as_of: datetime | None = None) -> dict[str, int | None]:
    columns = state(m, as_of=as_of).tables["observation"].columns
    keys, counts = (columns.column(name).to_pylist() for name in ("key", "count"))
    return dict(zip(keys, counts, strict=True))


@pytest.mark.parametrize("order", list(permutations(ROWS)))
def test_releases_order_by_publication_not_by_arrival(order: list[Release]) -> None:
    m = mission()
    for release in order:
        file_release(m, release)
    assert [p.release.name for p in releases(m)] == ["v19", "v20", "v21"]
    assert standing(m) == {"a": 5, "c": 3, "old": None}
    assert state(m).withdrawn == 1  # b: covered by v20 and absent from it


def test_absence_withdraws_only_what_a_release_covers() -> None:
    m = mission()
    for release in ROWS:
        file_release(m, release)
    found = changes(m, "v20")
    assert found is not None
    assert (found.withdrawn, found.added, found.recounted) == (1, 1, 1)
    last = changes(m, "v21")
    assert last is not None
    assert (last.withdrawn, last.added, last.moved, last.recounted) == (0, 0, 1, 0)
    assert changes(m, "v99") is None


@pytest.mark.parametrize(
    ("as_of", "keys"),
    [("v19", {"a", "b", "old"}), ("2020-07-01T00:00Z", {"a", "c", "old"})],
)
def test_what_was_known_when(as_of: str, keys: set[str]) -> None:
    m = mission()
    for release in ROWS:
        file_release(m, release)
    assert set(standing(m, as_of_instant(m, as_of))) == keys


def test_rows_without_a_release_are_known_from_when_they_were_recorded() -> None:
    m = mission()
    file(m, reading([seen("1")]), now=NOW)
    file(m, reading([seen("2")]), data=b"later", now=NOW + timedelta(days=1))
    assert set(standing(m, NOW)) == {"1"}
    assert set(standing(m)) == {"1", "2"}


def test_an_unknown_release_is_refused_with_those_there_are() -> None:
    m = mission()
    file_release(m, FIRST)
    with pytest.raises(UnknownTermError, match="v19"):
        as_of_instant(m, "v18")


def test_the_state_is_the_same_when_projections_are_gone() -> None:
    m = mission()
    file(m, reading([seen("2"), seen("1")]))
    once = state(m).tables["observation"].columns
    m.projections.clear()
    assert state(m).tables["observation"].columns.equals(once)
