"""A message's row has the bytes that any reader of rows gives it."""

import json
import string
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pamiers.core.canonical_rows import canonical_lines, canonical_row
from pamiers.core.rows import Coverage, Observation, Row, Tally, Total
from pamiers.core.table import table_of
from pamiers.ledger.rows import STANDARD, split_rows
from pamiers.mission.messages.message import canonical_split, known_as, read_message

NAMES = st.text(string.ascii_letters + string.digits + "._-", min_size=1, max_size=20)
TEXTS = st.none() | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40
)
NUMBERS = st.none() | st.floats(-1e6, 1e6, allow_subnormal=False)
COUNTS = st.none() | st.integers(0, 10**6)
STARTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1))


@st.composite
def rows(draw: Any) -> Row:  # noqa: ANN401 - hypothesis's own form
    start = draw(STARTS).replace(tzinfo=UTC)
    end = start + timedelta(microseconds=draw(st.integers(1, 10**12)))
    located = {
        "source": draw(NAMES),
        "key": draw(NAMES),
        "start": start,
        "end": end,
        "lon": draw(NUMBERS),
        "place": draw(TEXTS),
        "text": draw(TEXTS),
    }
    match draw(st.integers(0, 3)):
        case 0:
            return Observation(**located, count=draw(COUNTS), calibre_mm=draw(NUMBERS))
        case 1:
            return Coverage(**located, means=draw(TEXTS))
        case 2:
            return Total(**located, cumulative=draw(st.booleans()))
        case _:
            return Tally(**located, of="persons", cumulative=draw(st.booleans()))


@given(rows())
def test_lines_are_canonical(row: Row) -> None:
    assert canonical_split(row)[0] == canonical_row(row)


def test_a_message_is_known_as_the_same_row_of_a_file_is() -> None:
    from pamiers.mission.batch import _keys  # noqa: PLC0415

    row = {"start": "2020-01-01T00:00:00Z", "end": "2020-01-01T01:00:00.5+02:00"}
    row["end"] = "2020-01-01T03:00:00+02:00"
    said = {"source": "s", "id": "k", "row": {**row, "place": "Київ", "count": 3}}
    found = read_message(json.dumps(said).encode())
    start = datetime(2020, 1, 1, tzinfo=UTC)
    same = Observation(
        source="s",
        key="k",
        start=start,
        end=start + timedelta(hours=1),
        place="Київ",
        count=3,
    )
    table = table_of("observation", [same])
    assert [found.line] == canonical_lines(table)
    assert [found.known] == _keys(table) == [known_as("observation", "s", "k")]


@given(rows())
def test_parts_are_those_that_the_line_splits_into(row: Row) -> None:
    line, parts = canonical_split(row)
    (split,) = split_rows([line], STANDARD)
    assert list(parts) == split
