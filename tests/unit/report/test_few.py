"""Of few sources none is named to the public, in whatever rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pamiers.core.rows import Coverage, Incident, Observation
from pamiers.core.table import table_of
from pamiers.report.coarsen import WITHHELD, coarsened
from pamiers.report.redaction import EDITIONS, Edition

DAY = datetime(2031, 5, 10, 9, 0, tzinfo=UTC)
SPAN: dict[str, Any] = {"start": DAY, "end": DAY + timedelta(minutes=1)}
PUBLIC = replace(EDITIONS["public"], authors=frozenset({"osce"}))


def incident(sources: str, edition: Edition) -> tuple[str, str]:
    members = "; ".join(f"{each}:k" for each in sources.split("; "))
    row = Incident(
        source="pamiers",
        key="i",
        **SPAN,
        kind="fire",
        kinds="{}",
        probability=0.5,
        observed=1,
        sources=sources,
        members=members,
    )
    shown = coarsened(table_of("incident", [row]), edition)
    assert shown is not None
    (told,) = shown.columns.to_pylist()
    return told["sources"], told["members"]


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ("a", WITHHELD),
        ("a; b", WITHHELD),
        ("a; b; c", "a; b; c"),
        ("osce", "osce"),
        ("a; osce", f"osce; {WITHHELD}"),
        ("a; b; osce", f"osce; {WITHHELD}"),
        ("a; b; c; osce", "a; b; c; osce"),
    ],
)
def test_sources_of_an_incident_hide_among_three(sources: str, told: str) -> None:
    named, members = incident(sources, PUBLIC)
    assert named == told
    assert [each.removesuffix(":k") for each in members.split("; ")] == told.split("; ")
    assert incident(sources, EDITIONS["parties"])[0] == sources


def test_a_row_of_one_source_names_it_only_where_it_publishes() -> None:
    rows = [
        Observation(
            source="post-7", key="post-7/9", **SPAN, kind="fire", cite="post-7"
        ),
        Observation(source="osce", key="d1", **SPAN, kind="fire", cite="daily 1"),
        Observation(source="a-first", key="post-7/1", **SPAN, kind="explosion"),
    ]
    shown = coarsened(table_of("observation", rows), PUBLIC)
    assert shown is not None
    told = shown.columns.to_pylist()
    assert sorted(each["source"] for each in told) == ["osce", WITHHELD, WITHHELD]
    assert sorted(each["key"] for each in told) == ["1", "2", "d1"]
    assert "post-7" not in str(told)
    assert "a-first" not in str(told)


def test_the_order_of_rows_names_nobody() -> None:
    one = Coverage(source="a", key="1", **SPAN, region="south")
    two = Coverage(source="b", key="2", **SPAN, region="north")
    turned = [replace(one, source="z"), replace(two, source="y")]
    told = [
        coarsened(table_of("coverage", rows), PUBLIC)
        for rows in ([one, two], [two, one], turned)
    ]
    assert all(each == told[0] for each in told)
    assert told[0] is not None
