"""What is written as a native table reads as the same rows."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.core.kind import KINDS
from pamiers.core.place import Ellipse, Sector
from pamiers.core.rows import Observation, shape_text
from pamiers.core.table import table_of
from pamiers.ingest.formats.pamiers_csv import FORMAT
from pamiers.mission.reading import ReadOptions

LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
texts = st.none() | st.text(LETTERS, min_size=1, max_size=20).filter(
    lambda text: text == text.strip(" \t\n\r\v\f") and text.strip()
)
risky = st.sampled_from(
    ["=1+1", "+1", "-x", "@SUM(A1)", "'=1", "'", "''", 'a "b"\nc,d']
)
words = st.sampled_from([None, "saw", "=cmd", "camera; uav"])
keys = st.text("abcXYZ0189-=+@/'", min_size=1, max_size=12)
shapes = st.sampled_from(
    [
        None,
        shape_text(Ellipse(major_m=3.5, minor_m=1.0, azimuth_deg=20.0)),
        shape_text(
            Sector(
                origin_lon=37.7,
                origin_lat=47.2,
                bearing_from_deg=0.0,
                bearing_to_deg=45.0,
                distance_from_m=2e3,
                distance_to_m=4e3,
            )
        ),
    ]
)


@st.composite
def times(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(st.datetimes(datetime(1991, 1, 1), datetime(2090, 1, 1)))
    start = start.replace(tzinfo=UTC)
    length = draw(st.integers(1, 10**15).map(lambda us: timedelta(microseconds=us)))
    return {
        "start": start.replace(tzinfo=UTC),
        "end": start.replace(tzinfo=UTC) + length,
    }


@st.composite
def places(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        return {}
    return {
        "lon": draw(st.floats(1.0, 180.0)),
        "lat": draw(st.floats(-90.0, 90.0)),
        "radius_m": draw(st.floats(0.1, 1e6)),
        "shape": draw(shapes),
    }


@st.composite
def counts(draw: st.DrawFn) -> dict[str, Any]:
    low, best, high = sorted(draw(st.tuples(*(st.integers(0, 10**9),) * 3)))
    given = {"count_low": low, "count": best, "count_high": high}
    return {name: draw(st.sampled_from([None, n])) for name, n in given.items()}


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    return Observation(
        source=draw(st.sampled_from(["osce-smm", "-x", "jcc_1"])),
        key=draw(keys),
        **draw(times()),
        **draw(places()),
        **draw(counts()),
        place=draw(texts | risky),
        text=draw(texts | risky),
        cite=draw(texts),
        kind=draw(st.sampled_from(sorted(KINDS))),
        standing=draw(st.sampled_from(["observed", "claimed"])),
        means=draw(words),
        reliability=draw(st.sampled_from([None, "A", "F"])),
        calibre_mm=draw(st.none() | st.floats(0.1, 500.0)),
        extra=draw(st.sampled_from([None, '{"a":"b"}'])),
    )


@settings(max_examples=200)
@given(st.lists(observations(), max_size=5))
def test_written_rows_read_as_they_were(rows: list[Observation]) -> None:
    written = FORMAT.write(table_of("observation", rows))
    reading = FORMAT.read(written, ReadOptions(file_name="w.csv"))
    assert reading.quarantined == ()
    found = list(reading.tables["observation"].views()) if rows else []
    assert found == rows


def test_a_formula_is_written_so_that_it_does_not_run() -> None:
    start = datetime(2020, 7, 27, tzinfo=UTC)
    end = start + timedelta(hours=1)
    row = Observation(source="s", key="=1+1", start=start, end=end, text="@SUM(A1)")
    written = FORMAT.write(table_of("observation", [row])).decode()
    assert "'=1+1" in written
    assert "'@SUM" in written
