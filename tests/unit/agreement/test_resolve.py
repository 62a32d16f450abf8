"""From the agreement as written to the one that engines take."""

from datetime import UTC, datetime, time

import pytest

from pamiers.agreement import (
    Agreement,
    Everywhere,
    InZones,
    Mandate,
    NearLine,
    Subject,
    Verb,
    load_agreement,
)
from pamiers.core.errors import UnknownTermError
from tests.unit.agreement.small import texts

QUESTIONS = """\
    readings:
      - question: How far?
        options:
          width: {says: half of it each, distance: 5 km}
          each: {says: each side, distance: 10 km}
      - question: From when?
        options:
          early: {says: from the truce, from: D + 14 d}
          late: {says: from its second day, from: D + 16 d}
"""


def loaded(*changes: tuple[str, str]) -> Agreement:
    return load_agreement(texts(*changes))


def test_the_heading_arrives_in_plain_types() -> None:
    small = loaded()
    assert small.party_ids == ("north", "south")
    assert small.parties[0].name == {"en": "Northland"}
    assert (small.mandate, small.thresholds.kept) == (Mandate.PERMITTED, 0.1)
    assert (small.cut_off, small.time_zone) == (time(19, 30), "Europe/Kyiv")
    assert small.anchors == {"D": datetime(2026, 2, 28, 22, tzinfo=UTC)}
    assert small.names["monitor"] == {"en": "Monitor"}
    assert [each.id for each in small.sectors] == ["strip"]
    assert len(small.digest) == 64


def test_clauses_are_found_by_id_or_refused() -> None:
    small = loaded()
    assert small.clause("quiet").verb is Verb.FORBID
    with pytest.raises(UnknownTermError, match="withdrawal"):
        small.clause("noise")


def test_each_party_is_every_party_and_lines_are_metres() -> None:
    reading = loaded().clause("withdrawal").default
    assert reading.bearers == ("north", "south")
    assert reading.where == NearLine({"north": "river", "south": "river"}, 5000.0)
    assert (reading.subject, reading.state) == (Subject.STATE, "presence")
    assert reading.id == "as-written"


def test_zones_and_everywhere() -> None:
    assert loaded().clause("quiet").default.where == InZones(("strip",))
    anywhere = loaded((", in: strip", "")).clause("quiet").default
    assert anywhere.where == Everywhere()


def test_a_line_may_differ_by_party() -> None:
    small = loaded(
        ("of: river,", "of: {north: river, south: creek},"),
        ("lines:\n", "lines:\n  creek: {title: The creek, feature: river}\n"),
    )
    where = small.clause("withdrawal").default.where
    assert where == NearLine({"north": "river", "south": "creek"}, 5000.0)
    assert small.lines["creek"].shape.equals(small.lines["river"].shape)


def test_wall_clock_days_keep_the_hour_where_clocks_change() -> None:
    small = loaded(("from: D + 14 d", "from: D + 30 d"))
    from_at = small.clause("withdrawal").default.from_at
    assert from_at == datetime(2026, 3, 30, 21, tzinfo=UTC)  # +03:00 by then
    elapsed = loaded(("from: D + 14 d", "from: D + 30 d elapsed"))
    from_at = elapsed.clause("withdrawal").default.from_at
    assert from_at == datetime(2026, 3, 30, 22, tzinfo=UTC)


def test_questions_multiply_into_whole_readings() -> None:
    place = "    bearer: each party\n    from: D + 14 d\n"
    clause = loaded((place, place + QUESTIONS)).clause("withdrawal")
    told = {
        each.id: (each.where, each.from_at.day)
        for each in clause.readings
        if isinstance(each.where, NearLine) and each.from_at is not None
    }
    assert [(where.distance_m, day) for where, day in told.values()] == [
        (5000.0, 14),
        (5000.0, 16),
        (10_000.0, 14),
        (10_000.0, 16),
    ]
    assert list(told) == ["width+early", "width+late", "each+early", "each+late"]
    assert [each["en"] for each in clause.questions] == ["How far?", "From when?"]
    said = [tuple(each["en"] for each in read.answers) for read in clause.readings]
    assert said[1] == ("half of it each", "from its second day")


def test_an_obligation_has_a_deadline_or_a_time_from_its_occasion() -> None:
    old = "forbid: {event: fire, in: strip}"
    dated = loaded((old, "oblige: {event: movement}\n    deadline: D + 2 d"))
    assert dated.clause("quiet").verb is Verb.OBLIGE
    by_at = dated.clause("quiet").default.by_at
    assert by_at == datetime(2026, 3, 2, 22, tzinfo=UTC)
    upon = loaded(
        (
            old,
            (
                "oblige: {event: movement, to: monitor}\n    upon: withdrawal\n"
                "    deadline: 24 h elapsed"
            ),
        )
    ).clause("quiet")
    assert (upon.upon, upon.to) == (("withdrawal",), ("monitor",))
    assert (upon.default.by_at, upon.default.within_s) == (None, 86_400.0)


def test_exemptions_arrive_with_their_conditions() -> None:
    place = "    on_breach: session\n"
    unless = (
        "    unless:\n      - {id: demining, priority: 2, by: club, ordered_by: chief,"
        " after_tried: session, in_answer_to: [fire],"
        " notified: {before: 48 h elapsed, matching: [party, place, time]}}\n"
    )
    (found,) = loaded((place, place + unless)).clause("quiet").unless
    assert (found.id, found.priority, found.by) == ("demining", 2, ("club",))
    assert (found.notified_s, found.matching) == (
        172_800.0,
        ("party", "place", "time"),
    )
    assert (found.after_tried, found.ordered_by) == ("session", "chief")
    assert found.in_answer_to == ("fire",)


def test_who_watches_is_joined_from_both_sides() -> None:
    small = loaded(
        ("    watched_by: patrols\n", ""),
        ("    by: monitor\n", "    by: monitor\n    watches: [quiet]\n"),
    )
    assert small.clause("quiet").watched_by == ("patrols",)
    detection = small.monitoring["patrols"].detection
    assert detection is not None
    assert (detection.probability, detection.author) == (0.8, "A. Umpire")
    assert (detection.on, detection.source) == ("2026-02-01", "gazette")


def test_classes_hold_their_parts() -> None:
    small = loaded(("classes:\n", "classes:\n  all: {title: all, any_of: [big]}\n"))
    assert small.classes["all"].holds(kind="gun", calibre_mm=122) is True
    assert small.classes["all"].holds(kind="gun", calibre_mm=85) is False
