"""The fast and the careful path agree on every input, cell by cell."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pamiers.ingest.mapping import Mapping
from pamiers.ingest.rows.read import Recipe, read_rows
from pamiers.mission.reading import Reading, ReadOptions

OPTIONS = ReadOptions(
    file_name="t.csv",
    time_zone="Europe/Kyiv",
    source="osce-smm",
    bounds=(36.0, 46.0, 41.0, 50.0),
)
LOOSE = Mapping(time_zone="Europe/Kyiv", optional_trailing=True)
HEADER = "key,time,lat,lon,radius_m,kind,count,place,text,other"

TIMES = [
    *("2020-07-27", "2020-07-27T10:15Z", "2020-07-27 10:15:30Z", "2020-07-27T24:00Z"),
    *(
        "2020-07-27T10:15+03:00",
        "2020-07-27T10:15:30-11:30",
        "2020-02-30",
        "0000-00-00",
    ),
    *(
        "2020-07-27T10:15",
        "2015-03-29 03:30",
        "2015-10-25T03:30:00",
        "2020-13-45T10:00Z",
    ),
    *("03/04/2015", "13/04/2015", "04/13/2015", "10.11.12", "noon", "42050", "", "12"),
    *("2020-07-27T10:15:30.5Z", "2020-07-27T23:59:60Z", "2015-02-XX", "1900-01-01"),
    *("2020-07-27 10:00 EET", "1595800000", "20200727", "9999-12-31", "27 July 2020"),
    *(
        "2020-07-27T25:00Z",
        "2020-07-27T10:15+25:00",
        "2020-02-31T10:15Z",
        "9999-12-31Z",
    ),
    *("2015-03-28T23:30", "2015-10-24", "2020-07-27T1015Z", "1700-01-01T10:15Z"),
]
ANGLES = [
    *("48.01", "37.8", "-37.8", "0", "0.001", "91", "181", "48 00 36 N", "48-00-36"),
    *("nan", "inf", "1e5", "4_8.0", "", "48,01", "4207000", "6108000", "N48.5", "5."),
    *(".5", "-.5", "+48", "٤٨٫٠١", "48.123456789012345", "--5", "/5", "37.8E", "-"),
]
COUNTS = [
    *("12", "0", "", "about 110", "30-35", ">=48", "1.234", "1,234", "-3", "٣", "1e3"),
    *("99999999999999999999", "007", "several", "5-3", "4_8", " 5 "),
]
KINDS = ["explosion", "burst", "kaboom", "", " Shot ", "fire"]
KEYS = ["a", "b", "", "00123", "1E05", "a\u200bb", "п", "Раb", "x" * 201, " k "]
TEXTS = [
    *("plain", "", "Київ", "Ки\u0438\u0306в", "Гoрлівка", "04-Mar", "a\u202eb", "\t"),
    *("=1+1", "'=1+1", "\u2028", "  x  ", "\ufeff", "-", "NA"),
]
RADII = ["50", "", "0", "-1", "3000.5", "nan", "99999999999"]


def fields_of(reading: Reading) -> tuple[object, ...]:
    """Return all that a reading says, as values that compare."""
    tables = {
        kind: table.columns.combine_chunks() for kind, table in reading.tables.items()
    }
    origins = {kind: at.tolist() for kind, at in reading.origins.items()}
    rest = (reading.rows_read, reading.quarantined, reading.header, reading.truncated)
    return (tables, origins, set(reading.notes), dict(reading.counts), *rest)


def both(data: bytes, mapping: Mapping) -> Reading:
    """Read by both paths, whole and in small parts, and refuse any difference."""
    fast, careful, parts = (
        read_rows(data, OPTIONS, recipe)
        for recipe in (
            Recipe(mapping=mapping),
            Recipe(mapping=mapping, fast=False),
            Recipe(mapping=mapping, part=2),
        )
    )
    assert fields_of(fast) == fields_of(careful)
    assert fields_of(fast) == fields_of(parts)
    return fast


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


row = st.tuples(
    *(
        st.sampled_from(each)
        for each in (KEYS, TIMES, ANGLES, ANGLES, RADII, KINDS, COUNTS, TEXTS, TEXTS)
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters=',"\r\n')),
)
good = st.tuples(
    *(
        st.sampled_from(each)
        for each in (
            ["a", "b"],
            ["2020-07-27", "2020-07-27T10:15Z", "2020-07-27T10:15+03:00"],
            ["48.01", "48.5"],
            ["37.8", "37.25"],
            ["50", ""],
            ["explosion", "burst"],
            ["1", "", "12"],
            ["Hnutove", ""],
            ["heard", "Київ"],
            ["", "x"],
        )
    )
)


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    lines = [HEADER]
    for cells in draw(st.lists(st.one_of(good, row), max_size=12)):
        how = draw(st.integers(0, 9))
        line = ",".join(quoted(c) if how == 1 else c for c in cells)
        if how == 2:
            line += draw(st.sampled_from([",x", '"', "\x00", ',"a\nb"', "\x7f"]))
        if how == 3:
            line = draw(st.sampled_from(["", '"' + line, line[:20], "\ufeff" + line]))
        lines.append(line)
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return (end.join(lines) + draw(st.sampled_from(["", end]))).encode()


@settings(max_examples=300)
@given(tables(), st.sampled_from([Mapping(), LOOSE]))
@example(f'{HEADER}\n"a,b\nc,d\n"'.encode(), Mapping())
def test_both_paths_read_the_same(data: bytes, mapping: Mapping) -> None:
    reading = both(data, mapping)
    accepted = len(reading.tables.get("observation", ()))
    assert reading.rows_read == accepted + len(reading.quarantined)


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_accounted_for(data: bytes) -> None:
    reading = both(HEADER.encode() + b"\n" + data, Mapping())
    accepted = len(reading.tables.get("observation", ()))
    assert reading.rows_read == accepted + len(reading.quarantined)


@pytest.mark.parametrize("decimal", [".", ","])
@settings(max_examples=150)
@given(st.lists(st.tuples(*(st.text("0123456789.,-+ e_\u0663", max_size=8),) * 4)))
def test_numbers_read_the_same(decimal: str, cells: list[tuple[str, ...]]) -> None:
    lines = ["key;time;lat;lon;radius_m;count"]
    lines += [f"k{i};2020-07-27;" + ";".join(each) for i, each in enumerate(cells)]
    mapping = Mapping.model_validate({"delimiter": ";", "decimal": decimal})
    both("\n".join(lines).encode(), mapping)


@settings(max_examples=150)
@given(st.lists(st.text("0123456789-:TZ +./", max_size=26), max_size=8))
def test_times_read_the_same(cells: list[str]) -> None:
    lines = ["key,time", *(f"k{i},{each}" for i, each in enumerate(cells))]
    both("\n".join(lines).encode(), Mapping(time_zone="Europe/Kyiv"))


def test_order_of_the_file_is_kept_when_lines_need_care() -> None:
    lines = [
        "key,time,text",
        "a,2020-07-27,x",
        '"b",2020-07-27,"y\nz"',
        "c,2020-07-27,",
    ]
    reading = both("\n".join(lines).encode(), Mapping())
    table = reading.tables["observation"].columns
    assert table.column("key").to_pylist() == ["a", "b", "c"]
    assert np.array_equal(reading.origins["observation"], [[1, 2], [2, 3], [3, 5]])
    assert pa.types.is_string(table.column("text").type)
