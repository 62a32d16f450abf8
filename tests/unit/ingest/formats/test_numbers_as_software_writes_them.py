"""Whole numbers and classes that went through software that knows decimals only."""

import pytest

from pamiers.core.rows import Observation
from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.registry import get
from pamiers.ingest.values.counts import Count, parse_count
from pamiers.ingest.values.numbers import NumberGrammar, parse_whole
from pamiers.mission.reading import ReadOptions

COMMA = NumberGrammar(decimal=",", thousands=".")


@pytest.mark.parametrize(
    ("text", "grammar", "found"),
    [
        ("4.0", NumberGrammar(), 4),
        ("0.0", NumberGrammar(), 0),
        ("4,0", COMMA, 4),
        ("1.234,0", COMMA, None),  # grouped and with a decimal: nobody counts so
        ("4.00", NumberGrammar(), None),
        ("4.5", NumberGrammar(), None),
        (".0", NumberGrammar(), None),
    ],
)
def test_one_decimal_of_zero_is_no_decimal(
    text: str, grammar: NumberGrammar, found: int | None
) -> None:
    if found is not None:
        assert parse_whole(text, grammar) == found
        return
    with pytest.raises(RefusedError):
        parse_whole(text, grammar)


def test_a_count_may_be_written_so() -> None:
    assert parse_count("12.0") == Count(best=12)


def test_classes_of_precision_and_counts_are_read_from_decimals() -> None:
    data = (
        "key,source,time,lat,lon,radius_m,count,count_low,count_high\n"
        "7,x,2016-01-01,48.0,37.8,2.0,3.0,1.0,5.0\n"
        "8,x,2016-01-01,48.0,37.8,3.0,3,1,5\n"
    )
    mapping = 'values: {radius_m: {"1": "5000", "2": "25000"}}\n'
    asked = ReadOptions(file_name="classes.csv", time_zone="UTC", mapping=mapping)
    reading = get("pamiers-csv").read(data.encode(), asked)
    assert [each.code for each in reading.quarantined] == ["Q-WORD"]
    (row,) = reading.tables["observation"].views()
    assert isinstance(row, Observation)
    assert (row.radius_m, row.count) == (25_000.0, 3)
    assert (row.count_low, row.count_high) == (1, 5)
