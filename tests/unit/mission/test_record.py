"""Filing a file: every row accounted for, and nothing twice."""

import zlib

import numpy as np
import pytest

from pamiers.core.canonical_rows import canonical_row
from pamiers.core.errors import LedgerMismatchError
from pamiers.core.rows import Observation, Statement
from pamiers.core.table import table_of
from pamiers.ledger.tree import Head, prove, verify_inclusion
from pamiers.mission.batch import leaves_of, unpack_lines, verify_batch
from pamiers.mission.reading import Quarantined, Reading, ReadOptions
from pamiers.mission.record import Receipt, Submission, record
from pamiers.mission.state import state
from tests.unit.mission.world import NOW, file, mission, reading, seen

REFUSED = Quarantined(
    row=3,
    line=4,
    column="lat",
    code="Q-NUM",
    message="expected a number, got 'x'",
    remedy="Correct it.",
    raw="a,b,x",
)


def accounted(receipt: Receipt) -> bool:
    parts = (receipt.accepted, receipt.duplicate, receipt.quarantined)
    return receipt.rows_read == sum(parts)


def test_every_row_is_accepted_or_quarantined() -> None:
    m = mission()
    got = file(m, reading([seen("1"), seen("2")], [REFUSED]))
    assert (got.rows_read, got.accepted, got.duplicate, got.quarantined) == (3, 2, 0, 1)
    assert [e.kind for e in m.record.entries()] == ["file", "quarantine", "rows"]
    assert m.originals.get(got.file) == b"file"


def test_filing_again_changes_nothing() -> None:
    m = mission()
    once = file(m, reading([seen("1"), seen("2")], [REFUSED]))
    again = file(m, reading([seen("1"), seen("2")], [REFUSED]))
    assert again.head == once.head
    assert again.new_entries == 0
    assert (again.accepted, again.duplicate, again.quarantined) == (0, 2, 1)
    assert accounted(again)


def test_after_mending_only_the_mended_row_is_new() -> None:
    m = mission()
    file(m, reading([seen("1"), seen("2")], [REFUSED]))
    got = file(m, reading([seen("1"), seen("2"), seen("3")]), data=b"mended")
    assert (got.accepted, got.duplicate, got.quarantined) == (1, 2, 0)
    assert len(state(m).tables["observation"]) == 3


def test_a_changed_row_revises_the_earlier_one() -> None:
    m = mission()
    file(m, reading([seen("1", count=3)]))
    got = file(m, reading([seen("1", count=4)]), data=b"corrected")
    assert (got.accepted, got.revised) == (1, 1)
    found = state(m)
    assert found.superseded == 1
    assert found.tables["observation"].columns.column("count").to_pylist() == [4]


def test_the_same_row_twice_in_a_file_is_a_duplicate() -> None:
    got = file(mission(), reading([seen("1"), seen("1")]))
    assert (got.accepted, got.duplicate, got.quarantined) == (1, 1, 0)


def test_one_identifier_for_two_events_is_a_conflict() -> None:
    m = mission()
    got = file(m, reading([seen("1", count=3), seen("2"), seen("1", count=9)]))
    assert (got.accepted, got.duplicate, got.quarantined) == (2, 0, 1)
    assert got.refusals[0].code == "Q-ID-CONFLICT"
    assert (got.refusals[0].row, got.refusals[0].line) == (3, 4)
    assert accounted(got)


def test_a_row_that_gives_several_counts_once() -> None:
    rows = [seen("1a"), seen("1b")]
    note = Statement(source="patrol", key="2", category="activity", text="Visited.")
    what = Reading(
        tables={
            "observation": table_of("observation", rows),
            "statement": table_of("statement", [note]),
        },
        origins={
            "observation": np.array([[1, 1], [1, 1]]),
            "statement": np.array([[2, 2]]),
        },
        rows_read=2,
    )
    m = mission()
    got = file(m, what)
    assert (got.rows_read, got.accepted, got.duplicate) == (2, 2, 0)
    assert got.filed == {"observation": 2, "statement": 1}


def test_a_large_file_is_filed_in_batches_of_provable_rows() -> None:
    rows = [seen(str(i)) for i in range(10_001)]
    m = mission()
    file(m, reading(rows))
    first, second = m.record.entries(("rows",))
    assert (first.body["rows"], second.body["rows"]) == (10_000, 1)
    lines = unpack_lines(m.record.payload(first.index, "rows"))
    leaves = leaves_of(first, lines)
    head = Head(len(leaves), bytes.fromhex(str(first.body["root"])))
    assert lines[1234] == canonical_row(rows[1234])
    verify_inclusion(leaves[1234], 1234, head, prove(leaves, 1234))


def test_altered_rows_are_noticed() -> None:
    m = mission()
    file(m, reading([seen("1", count=3)]))
    entry = next(iter(m.record.entries(("rows",))))
    names = ("rows", "origins", "digests")
    payload = {name: m.record.payload(entry.index, name) for name in names}
    verify_batch(entry, payload)
    forged = zlib.decompress(payload["rows"]).replace(b'"count":3', b'"count":4')
    for name, data in (
        ("root", {"rows": zlib.compress(forged)}),
        ("rows", {"rows": forged}),
        ("origins", {"origins": zlib.compress(bytes(16))}),
        ("digests", {"digests": bytes(32)}),
    ):
        with pytest.raises(LedgerMismatchError, match=name):
            verify_batch(entry, {**payload, **data})


def test_an_empty_file_is_still_put_on_record() -> None:
    m = mission()
    got = file(m, Reading(tables={}, origins={}, rows_read=0), data=b"")
    assert (got.rows_read, got.new_entries) == (0, 1)
    assert [e.kind for e in m.record.entries()] == ["file"]
    assert next(iter(m.record.entries())).recorded_at == NOW


def several(*rows: tuple[int, Observation]) -> Reading:
    """Return a reading in which each row of the record names its row of the file."""
    origins = np.array([[row, row + 1] for row, _ in rows])
    table = table_of("observation", [each for _, each in rows])
    count = len({row for row, _ in rows})
    return Reading(
        tables={"observation": table}, origins={"observation": origins}, rows_read=count
    )


def test_what_a_refused_row_gave_is_not_taken_for_known() -> None:
    m = mission()
    what = several(
        (1, seen("b", count=1)),
        (2, seen("a")),
        (2, seen("b", count=2)),  # contradicts row 1: row 2 is refused whole
        (3, seen("a")),
    )
    got = file(m, what)
    assert (got.accepted, got.duplicate, got.quarantined) == (2, 0, 1)
    assert accounted(got)
    keys = state(m).tables["observation"].columns.column("key").to_pylist()
    assert keys == ["a", "b"]


def test_a_row_that_contradicts_itself_is_refused_once() -> None:
    m = mission()
    got = file(m, several((1, seen("a", count=1)), (1, seen("a", count=2))))
    assert (got.accepted, got.duplicate, got.quarantined) == (0, 0, 1)
    assert got.filed == {}
    assert accounted(got)


def test_a_correction_back_is_a_correction() -> None:
    m = mission()
    for count, data in ((3, b"first"), (4, b"second"), (3, b"third")):
        got = file(m, reading([seen("1", count=count)]), data=data)
        assert got.accepted == 1
    counts = state(m).tables["observation"].columns.column("count")
    assert counts.to_pylist() == [3]


def test_old_bytes_filed_again_correct_nothing() -> None:
    m = mission()
    file(m, reading([seen("1", count=3)]), data=b"first")
    file(m, reading([seen("1", count=4)]), data=b"second")
    again = file(m, reading([seen("1", count=3)]), data=b"first")
    assert (again.accepted, again.duplicate, again.new_entries) == (0, 1, 0)


def test_the_same_bytes_of_another_source_are_another_file() -> None:
    m = mission()
    for source in ("patrol", "camera"):
        options = ReadOptions(file_name="rows.csv", source=source)
        what = reading([seen("1", source=source)], [REFUSED])
        submission = Submission(
            data=b"same", format="pamiers-csv", options=options, reading=what
        )
        assert record(m, submission, now=NOW).accepted == 1
    kinds = [entry.kind for entry in m.record.entries()]
    assert kinds == ["file", "quarantine", "rows"] * 2
