"""Releases: whose they are, in how many files they come, and what is said of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pamiers.core.errors import UsageError
from pamiers.core.instant import Interval
from pamiers.core.rows import Observation
from pamiers.mission.mission import Mission
from pamiers.mission.reading import Release
from pamiers.mission.release import changes
from pamiers.mission.state import state
from tests.unit.mission.world import NOW, file, mission, reading, seen

YEAR = Interval(datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC))
FIRST = Release(name="v1", released_on=date(2020, 9, 1), covers=YEAR)
SECOND = Release(name="v2", released_on=date(2020, 10, 1), covers=YEAR)


def publish(
    m: Mission, release: Release, data: bytes, *rows: Observation
) -> dict[str, object]:
    named = [replace(row, release=release.name) for row in rows]
    got = file(m, reading(named), data=data, release=release)
    return {"accepted": got.accepted, "new": got.new_entries}


def keys(m: Mission, as_of: datetime | None = None) -> list[str]:
    columns = state(m, as_of=as_of).tables["observation"].columns
    return sorted(columns.column("key").to_pylist())


def test_a_release_withdraws_nothing_of_another_source() -> None:
    m = mission()
    publish(m, FIRST, b"a", seen("a", source="one"), seen("b", source="one"))
    publish(m, SECOND, b"c", seen("c", source="two"))
    assert keys(m) == ["a", "b", "c"]
    assert state(m).withdrawn == 0
    found = changes(m, "v2")
    assert found is not None
    assert (found.previous, found.withdrawn, found.added) == (None, 0, 1)


def test_two_sources_may_give_their_releases_one_name() -> None:
    m = mission()
    publish(m, FIRST, b"a", seen("a", source="one"))
    later = replace(FIRST, released_on=date(2020, 12, 1))
    publish(m, later, b"b", seen("b", source="two"))
    assert keys(m) == ["a", "b"]
    assert keys(m, datetime(2020, 9, 2, tzinfo=UTC)) == ["a"]


def test_a_release_may_come_in_several_files() -> None:
    m = mission()
    publish(m, FIRST, b"a", seen("a"), seen("b"), seen("gone"))
    publish(m, SECOND, b"b", seen("a"))
    publish(m, SECOND, b"c", seen("b"), seen("new"))
    assert keys(m) == ["a", "b", "new"]
    found = changes(m, "v2")
    assert found is not None
    assert (found.withdrawn, found.added, found.recounted) == (1, 1, 0)


def test_what_a_release_covers_can_be_said_afterwards() -> None:
    m = mission()
    publish(m, FIRST, b"a", seen("a"), seen("b"))
    publish(m, replace(SECOND, covers=None), b"b", seen("a"))
    assert keys(m) == ["a", "b"]
    assert publish(m, SECOND, b"b", seen("a")) == {"accepted": 0, "new": 1}
    assert keys(m) == ["a"]
    assert publish(m, SECOND, b"b", seen("a")) == {"accepted": 0, "new": 0}
    assert publish(m, replace(SECOND, covers=None), b"b", seen("a"))["new"] == 1
    assert keys(m) == ["a", "b"]


def test_another_file_of_a_release_cannot_move_its_day() -> None:
    m = mission()
    publish(m, FIRST, b"a", seen("a"))
    before = m.record.head()
    with pytest.raises(UsageError, match="2020-09-01, as on record"):
        publish(m, replace(FIRST, released_on=date(2020, 9, 2)), b"b", seen("b"))
    assert m.record.head() == before
    publish(m, replace(FIRST, released_on=date(2020, 9, 2)), b"a", seen("a"))
    assert keys(m, datetime(2020, 9, 1, 12, tzinfo=UTC)) == []


def test_a_row_of_a_release_that_nobody_filed_stands() -> None:
    m = mission()
    publish(m, FIRST, b"a", seen("a", source="one"))
    file(m, reading([seen("b", release="v0"), seen("c", release="v1")]), data=b"b")
    assert keys(m) == ["a", "b", "c"]
    assert keys(m, NOW - timedelta(days=1)) == []


def test_a_release_replaces_what_was_filed_without_one() -> None:
    m = mission()
    file(m, reading([seen("a", count=1), seen("own")]), data=b"early")
    publish(m, FIRST, b"a", seen("a", count=2))
    assert keys(m) == ["a", "own"]
    assert state(m).superseded == 1
    assert keys(m, NOW) == ["a", "own"]


def test_not_stated_twice_is_no_change() -> None:
    m = mission()
    publish(m, FIRST, b"a", seen("a", count=None), seen("b", count=None))
    publish(m, SECOND, b"b", seen("a", count=None), seen("b", count=4))
    found = changes(m, "v2")
    assert found is not None
    assert found.recounted == 1


def test_releases_to_come_supersede_nothing_yet() -> None:
    m = mission()
    publish(m, FIRST, b"a", seen("a"))
    found = state(m, as_of=datetime(2019, 1, 1, tzinfo=UTC))
    assert (found.superseded, found.withdrawn) == (0, 0)
