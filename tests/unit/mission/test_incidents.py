"""Incidents keep their ids; decisions bind, and are undone by further ones."""

from datetime import date, timedelta
from typing import Any

import pytest

from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.core.instant import Interval
from pamiers.core.rows import Observation
from pamiers.mission import incidents as deciding
from pamiers.mission.decided import decisions, in_force, undo
from pamiers.mission.happened import fuse, incidents_of
from pamiers.mission.mission import Mission, begin
from pamiers.mission.reading import Release
from pamiers.mission.register import (
    BY_DECISION,
    BY_SOURCE,
    MERGED,
    PAYLOAD,
    STANDING,
    register,
    resolve,
    said_in,
)
from pamiers.mission.state import state
from tests.shared import ROOT
from tests.unit.mission.world import DAY, NOW, file, mission, reading, seen

WHO = ("commission", "The two were compared by hand.")
AGREEMENT = {
    path.name: path.read_text()
    for path in (ROOT / "agreements" / "donbas-2020").iterdir()
    if path.suffix in {".yaml", ".geojson", ".csv"}
}


def begun(*rows: Observation) -> Mission:
    """Return a mission with some reports, fused on record."""
    made = mission()
    begin(made, AGREEMENT, NOW)
    file(made, reading(rows))
    fuse(made, NOW)
    return made


def elsewhere(key: str, source: str = "patrol", **fields: object) -> Observation:
    return seen(key, **{"source": source, "lon": 38.9, "lat": 48.6, **fields})


def ids(of: Mission) -> dict[str, str]:
    """Return the id of the incident of each report."""
    return {
        member: row.key
        for row in incidents_of(of).views()
        for member in getattr(row, "members", "").split("; ")
    }


def row(of: Mission, key: str) -> Any:  # noqa: ANN401 - a row of any kind
    (found,) = [each for each in incidents_of(of).views() if each.key == key]
    return found


def last(of: Mission, key: str) -> str:
    return register(of)[key].last.status


def test_a_late_report_reopens_and_what_was_said_stays() -> None:
    made = begun(seen("1"))
    (key,) = set(ids(made).values())
    file(made, reading([seen("2", source="camera")]), data=b"later")
    fuse(made, NOW + timedelta(days=1))
    assert ids(made) == {"patrol:1": key, "camera:2": key}
    said = register(made)[key].said
    assert [each.members for each in said] == [
        ("patrol:1",),
        ("camera:2", "patrol:1"),
    ]
    assert said[0].row is not None
    assert said[1].row is not None
    assert said[0].row["probability"] < said[1].row["probability"]


def test_fusing_again_says_nothing_new() -> None:
    made = begun(seen("1"), elsewhere("2"))
    assert fuse(made, NOW).new_entries == 0
    found = incidents_of(made)
    made.projections.clear()
    assert incidents_of(made).columns.equals(found.columns)


def test_a_merge_keeps_the_older_id_and_undoing_gives_both_back() -> None:
    made = begun(seen("1"), elsewhere("2", start=DAY + timedelta(minutes=1)))
    first, second = ids(made)["patrol:1"], ids(made)["patrol:2"]
    entry, _ = deciding.merge(made, [second, first], WHO, NOW)
    fuse(made, NOW)
    assert ids(made) == {"patrol:1": first, "patrol:2": first}
    assert last(made, second) == MERGED
    assert resolve(register(made), second).key == first
    undo(made, entry, WHO, NOW)
    fuse(made, NOW)
    assert ids(made) == {"patrol:1": first, "patrol:2": second}
    assert [each.status for each in register(made)[second].said] == [
        STANDING,
        MERGED,
        STANDING,
    ]


def test_a_split_binds_later_reports_too() -> None:
    made = begun(seen("1"), seen("2", source="camera"))
    (key,) = set(ids(made).values())
    deciding.split(made, key, ["camera:2"], WHO, NOW)
    file(made, reading([seen("3", source="press")]), data=b"later")
    found = ids(made)
    assert found["patrol:1"] != found["camera:2"]
    assert key in found.values()


def test_a_marked_repetition_adds_nothing() -> None:
    made = begun(seen("1"), seen("2", source="camera"))
    (key,) = set(ids(made).values())
    both = row(made, key).probability
    deciding.duplicate(made, "camera:2", "patrol:1", WHO, NOW)
    assert set(ids(made).values()) == {key}
    assert row(made, key).probability < both
    alone = begun(seen("1"))
    assert row(made, key).probability == row(alone, ids(alone)["patrol:1"]).probability


def test_withdrawn_by_decision_then_undone() -> None:
    made = begun(seen("1"), elsewhere("2"))
    key = ids(made)["patrol:2"]
    entry, _ = deciding.withdraw(made, "patrol:2", WHO, NOW)
    fuse(made, NOW)
    assert set(ids(made)) == {"patrol:1"}
    assert last(made, key) == BY_DECISION
    assert register(made)[key].whole.row is not None
    assert state(made).decided == 1
    undo(made, entry, WHO, NOW)
    fuse(made, NOW)
    assert ids(made)["patrol:2"] == key
    assert last(made, key) == STANDING


def test_a_correction_changes_what_stands_and_not_the_record() -> None:
    made = begun(seen("1"))
    (key,) = set(ids(made).values())
    changed = {"kind": "burst", "count": "4", "lon": "37.9"}
    deciding.correct(made, "patrol:1", changed, WHO, NOW)
    found = row(made, key)
    assert (found.kind, found.count, found.lon, found.lat) == ("burst", 4, 37.9, 48.0)
    made.projections.clear()
    assert row(made, key).kind == "burst"
    past = state(made, as_of=NOW - timedelta(seconds=1)).tables["observation"]
    assert len(past) == 0
    deciding.correct(made, "patrol:1", {"count": None}, WHO, NOW)
    assert row(made, key).count is None


def test_a_grade_that_people_give_weighs_as_one_given() -> None:
    made = begun(seen("1"))
    (key,) = set(ids(made).values())
    before = row(made, key).probability
    code = {"reliability": "A", "credibility": "1"}
    deciding.correct(made, "patrol:1", code, WHO, NOW)
    assert row(made, key).probability > before
    with pytest.raises(UsageError, match="reliability as one of A, B, C, D, E, F"):
        deciding.correct(made, "patrol:1", {"reliability": "G"}, WHO, NOW)


def release(name: str, day: int) -> Release:
    whole = Interval(DAY - timedelta(days=30), DAY + timedelta(days=30))
    return Release(name=name, released_on=date(2020, 8, day), covers=whole)


def released(of: Mission, name: str, day: int, *keys: str) -> None:
    rows = [
        elsewhere(key, "ucdp", release=name, lat=48.0 + i / 10)
        for i, key in enumerate(keys)
    ]
    file(of, reading(rows), data=name.encode(), release=release(name, day))


def test_an_incident_survives_what_its_source_withdraws() -> None:
    made = mission()
    begin(made, AGREEMENT, NOW)
    released(made, "19", 1, "a", "b", "c")
    fuse(made, NOW)
    key = ids(made)["ucdp:b"]
    released(made, "20", 2, "a", "c")
    fuse(made, NOW)
    assert set(ids(made)) == {"ucdp:a", "ucdp:c"}
    assert last(made, key) == BY_SOURCE
    assert register(made)[key].whole.members == ("ucdp:b",)


def test_what_was_withdrawn_before_it_was_fused_is_told_too() -> None:
    made = mission()
    begin(made, AGREEMENT, NOW)
    released(made, "19", 1, "a", "b")
    released(made, "20", 2, "a")
    fuse(made, NOW)
    gone = [each for each in register(made).values() if each.last.status == BY_SOURCE]
    assert [each.whole.members for each in gone] == [("ucdp:b",)]
    assert fuse(made, NOW).new_entries == 0


def test_an_undoing_can_be_undone() -> None:
    made = begun(seen("1"), elsewhere("2"))
    entry, _ = deciding.withdraw(made, "patrol:2", WHO, NOW)
    back, _ = undo(made, entry, WHO, NOW)
    undo(made, back, WHO, NOW)
    assert next(each.entry for each in in_force(decisions(made))) == entry
    assert set(ids(made)) == {"patrol:1"}


@pytest.mark.parametrize(
    ("act", "arguments"),
    [
        (deciding.merge, (["nothing", "else"],)),
        (deciding.split, ("nothing", ["patrol:1"])),
        (deciding.duplicate, ("patrol:1", "patrol:9")),
        (deciding.duplicate, ("patrol:1", "patrol:1")),
        (deciding.withdraw, ("patrol:9",)),
        (deciding.correct, ("patrol:1", {})),
        (deciding.correct, ("patrol:1", {"source": "x"})),
        (deciding.correct, ("patrol:1", {"kind": "nonsense"})),
        (deciding.correct, ("patrol:1", {"lon": "far"})),
        (deciding.correct, ("patrol:1", {"lon": None})),
        (deciding.correct, ("patrol:1", {"end": "2020-07-27T00:00Z"})),
        (deciding.correct, ("patrol:1", {"kind": None})),
        (undo, (0,)),
    ],
)
def test_what_cannot_be_decided_is_refused(act: Any, arguments: Any) -> None:  # noqa: ANN401
    made = begun(seen("1"), elsewhere("2"))
    before = made.record.head()
    with pytest.raises(UsageError) as refused:
        act(made, *arguments, WHO, NOW)
    assert refused.value.remedy.endswith((".", "names them."))
    assert made.record.head() == before


def test_nobody_and_no_reason_decide_nothing() -> None:
    made = begun(seen("1"))
    for who in (("", "why"), ("who", " ")):
        with pytest.raises(UsageError):
            deciding.withdraw(made, "patrol:1", who, NOW)


def test_one_incident_cannot_be_merged_with_itself_nor_split_whole() -> None:
    made = begun(seen("1"), seen("2", source="camera"))
    (key,) = set(ids(made).values())
    with pytest.raises(UsageError):
        deciding.merge(made, [key, key], WHO, NOW)
    for reports in ([], ["patrol:1", "camera:2"], ["patrol:9"]):
        with pytest.raises(UsageError):
            deciding.split(made, key, reports, WHO, NOW)


def test_altered_sayings_are_noticed() -> None:
    made = begun(seen("1"))
    (entry,) = made.record.entries(("fusion",))
    payloads = made.record._payloads  # type: ignore[attr-defined]  # noqa: SLF001
    payloads[entry.index][PAYLOAD] = b"other"
    with pytest.raises(LedgerMismatchError):
        said_in(made, entry)
