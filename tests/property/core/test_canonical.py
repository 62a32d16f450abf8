"""Canonical bytes: one for each value, whatever wrote it."""

import json
import math
from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pamiers.core.canonical import canonical_bytes, number
from pamiers.core.canonical_rows import (
    canonical_lines,
    canonical_row,
    read_canonical_lines,
)
from pamiers.core.errors import MalformedSourceError
from pamiers.core.kind import KINDS
from pamiers.core.rows import Coverage, Observation
from pamiers.core.table import table_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FINITE | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcé😀"), inner),
    max_leaves=12,
)
INSTANTS = st.datetimes(
    datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)
)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    start = draw(INSTANTS)
    count = draw(st.none() | st.integers(0, 2**40))
    return Observation(
        source=draw(TEXT),
        key=draw(TEXT),
        start=start,
        end=start + timedelta(microseconds=draw(st.integers(1, 10**12))),
        lon=draw(st.none() | st.floats(-180, 180)),
        lat=draw(st.none() | st.floats(-90, 90)),
        radius_m=draw(st.none() | st.floats(0.001, 1e23)),
        kind=draw(st.sampled_from(sorted(KINDS))),
        count=count,
        text=draw(st.none() | TEXT),
        extra=draw(st.none() | TEXT),
    )


@given(JSON)
def test_reading_canonical_bytes_back_gives_the_same_bytes(value: object) -> None:
    once = canonical_bytes(value)
    # Python tells 2.0 ** 60 from 2 ** 60, JSON does not: read large ones as doubles.
    again = json.loads(once, parse_int=lambda t: float(t) if len(t) > 15 else int(t))
    assert canonical_bytes(again) == once


@given(FINITE)
def test_a_number_reads_back_as_the_same_double(value: float) -> None:
    assert float(number(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [  # RFC 8785, appendix B
        (0.0, "0"),
        (-0.0, "0"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992.0, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (1e23, "1e+23"),
        (999999999999999700000.0, "999999999999999700000"),
        (1e21, "1e+21"),
        (9.999999999999997e-7, "9.999999999999997e-7"),
        (0.000001, "0.000001"),
        (333333333.3333332, "333333333.3333332"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"),
        (1424953923781206.2, "1424953923781206.2"),
    ],
)
def test_numbers_are_printed_as_ecmascript_prints_them(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, 2**53 + 1, {1: 2}, {"é": 1, "e\u0301": 2}, b"bytes", {1, 2}],
)
def test_what_two_readers_would_read_differently_is_refused(value: object) -> None:
    with pytest.raises(MalformedSourceError):
        canonical_bytes(value)


def test_keys_sort_by_utf16_code_units() -> None:
    # RFC 8785, 3.2.3: a surrogate pair sorts before U+FF5A.
    assert canonical_bytes({"\uff5a": 1, "\U0001f600": 2}).startswith(
        '{"\U0001f600"'.encode()
    )


@given(st.lists(observations(), max_size=5))
def test_columns_give_the_bytes_that_rows_give(rows: list[Observation]) -> None:
    table = table_of("observation", rows)
    assert canonical_lines(table) == [canonical_row(row) for row in rows]


@given(st.lists(observations(), max_size=5))
def test_canonical_rows_read_back(rows: list[Observation]) -> None:
    lines = canonical_lines(table_of("observation", rows))
    again = read_canonical_lines("observation", lines)
    assert canonical_lines(again) == lines


def test_a_field_that_is_not_stated_is_left_out() -> None:
    now = datetime(2020, 7, 27, tzinfo=UTC)
    row = Coverage(source="s", key="k", start=now, end=now + timedelta(hours=1))
    assert canonical_row(row) == (
        b'{"end":"2020-07-27T01:00:00Z","key":"k","source":"s",'
        b'"start":"2020-07-27T00:00:00Z","status":"observed","watched":"any"}'
    )
