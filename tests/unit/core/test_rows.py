"""Rows that grew: older ones still read, and unsaid fields leave no bytes."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from pamiers.core.canonical_rows import (
    canonical_lines,
    canonical_row,
    read_canonical_lines,
)
from pamiers.core.errors import MalformedSourceError, UnknownTermError
from pamiers.core.kind import check_kind, is_a, members
from pamiers.core.rows import NOT_KNOWN, Statement, Tally, read_extra, read_shares
from pamiers.core.table import SCHEMAS, table_of, upgraded

AT = datetime(2005, 9, 15, tzinfo=UTC)
OLD = (
    b'{"category":"notice","end":"2005-09-15T01:00:00Z","key":"1",'
    b'"source":"a","start":"2005-09-15T00:00:00Z","text":"Told."}'
)


def test_an_old_statement_reads_and_keeps_its_bytes() -> None:
    table = read_canonical_lines("statement", [OLD])
    (row,) = table.views()
    assert isinstance(row, Statement)
    assert row.actor is None
    assert row.given_at is None
    assert canonical_lines(table) == [OLD]


def test_columns_of_an_older_schema_get_what_was_added() -> None:
    names = ["source", "key", "category", "text"]
    old = pa.table(
        [pa.array([each]) for each in ("a", "1", "notice", "Told.")], names=names
    )
    (row,) = upgraded("statement", old).views()
    assert row == Statement(source="a", key="1", category="notice", text="Told.")


def test_a_tally_goes_through_canonical_bytes() -> None:
    row = Tally(
        source="amm",
        key="1",
        start=AT,
        end=AT.replace(hour=1),
        of="arms",
        party="gam",
        status="accepted",
        count=243,
        cumulative=True,
    )
    table = table_of("tally", [row])
    assert canonical_lines(table) == [canonical_row(row)]
    assert list(read_canonical_lines("tally", canonical_lines(table)).views()) == [row]


def test_a_tally_of_another_status_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match="status"):
        Tally(source="a", key="1", start=AT, end=AT, of="tank", status="gone")


def test_an_event_of_an_agreement_is_of_no_family_but_itself() -> None:
    assert check_kind("event:handover") == "event:handover"
    assert is_a("event:handover", "event:handover")
    assert not is_a("event:handover", "fire")
    assert "event:handover" in members(["event:handover", "fire"])
    with pytest.raises(UnknownTermError):
        check_kind("event:")


def test_extras_that_are_no_object_state_nothing() -> None:
    assert read_extra('{"persons":"7","x":null}') == {"persons": "7"}
    assert read_extra("free text") == {}
    assert read_extra("[1]") == {}
    assert read_extra(None) == {}


def test_every_kind_of_row_has_source_and_key_first() -> None:
    assert all(schema.names[:2] == ["source", "key"] for schema in SCHEMAS.values())


def test_a_row_without_shares_weighs_one_on_its_actor() -> None:
    assert read_shares(None, "a") == (("a", 1.0),)
    assert read_shares(None, None) == ((NOT_KNOWN, 1.0),)


def test_what_shares_leave_is_of_nobody_known() -> None:
    assert read_shares('{"a":0.75}', "a") == (("a", 0.75), (NOT_KNOWN, 0.25))
    assert read_shares('{"":0.2,"a":0.5,"b":0.3}', None)[1] == ("b", 0.3)
    third = read_shares('{"a":0.3333,"b":0.3333,"c":0.3333}', None)
    assert [share for _, share in third] == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"a":"x"}', '{"a":-0.1}', '{"a":0.7,"b":0.4}', '{"a":null}']
)
def test_what_is_no_shares_is_refused(text: str) -> None:
    with pytest.raises(MalformedSourceError, match="actors"):
        read_shares(text, None)
