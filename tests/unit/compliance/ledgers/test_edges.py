"""Ledgers at their edges: stretches that meet, open figures, the first and last."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pamiers.agreement.model import InZones, Subject, Verb
from pamiers.agreement.undertaking import Delivery, Pledge
from pamiers.compliance.finding import Verdict
from pamiers.compliance.ledgers.access import access, days_watched
from pamiers.compliance.ledgers.corridors import Spell, Uptime, corridors
from pamiers.compliance.ledgers.implementation import (
    Progress,
    implementation,
    level_of,
)
from pamiers.compliance.ledgers.pledges import Came, Report, pledges
from pamiers.compliance.ledgers.tallied import (
    bounds,
    counted,
    plus,
    running,
)
from tests.unit.compliance import small
from tests.unit.compliance.ledgers.small import (
    NOW,
    agreement,
    at,
    finding,
    known,
    said,
    tally,
)

ROAD = "state:road"


def keeps_open(**more: Any) -> Any:  # noqa: ANN401
    fields = {"subject": Subject.STATE, "kinds": (), "state": "road", **more}
    return small.clause(small.reading(**fields), verb=Verb.MAINTAIN, name="corridor")


def ran(*rows: Any, until: str = "2006-07-11", **more: Any) -> list[Uptime]:  # noqa: ANN401
    given = {"from_at": at("2006-07-01"), **more}
    return list(corridors(known(agreement(keeps_open(**given)), rows, now=at(until))))


def test_stretches_that_say_the_same_are_one_and_sources_part_them() -> None:
    rows = [
        said(ROAD, "2006-07-01", end=at("2006-07-03")),
        said(ROAD, "2006-07-03", key="b", end=at("2006-07-05")),
        said(ROAD, "2006-07-05", key="c", end=at("2006-07-06"), source="press"),
        said(ROAD, "2006-07-05", key="d", end=at("2006-07-06"), source="amm"),
    ]
    (up,) = ran(*rows)
    told = [(s.start, s.end, s.spell, s.sources) for s in up.stretches]
    assert told == [
        (at("2006-07-01"), at("2006-07-05"), Spell.UP, ("gazette",)),
        (at("2006-07-05"), at("2006-07-06"), Spell.UP, ("amm", "press")),
        (at("2006-07-06"), at("2006-07-11"), Spell.UNREPORTED, ()),
    ]
    assert (up.clauses, up.start, up.end) == (
        ("corridor",),
        at("2006-07-01"),
        at("2006-07-11"),
    )
    assert (up.up_share, up.up_of_reported) == (0.5, 1.0)


def test_what_was_said_before_or_has_no_end_is_cut_to_the_time_in_force() -> None:
    rows = [
        said(ROAD, "2006-06-01", end=at("2006-07-02")),
        said("not-state:road", "2006-07-06", end=None),
        said(ROAD, "2006-07-11", key="late"),
        said(ROAD, "2006-07-12", key="later"),
    ]
    (up,) = ran(*rows)
    assert (up.up_share, up.down_share, up.unreported_share) == (0.1, 0.5, 0.4)
    assert up.up_of_reported == pytest.approx(1 / 6)
    (ended,) = ran(*rows, until_at=at("2006-07-05"))
    assert (ended.end, ended.up_share, ended.down_share) == (
        at("2006-07-05"),
        0.25,
        0.0,
    )
    assert ran(*rows, until="2006-07-01") == []
    other = small.clause(
        small.reading(from_at=at("2005-08-15"), until_at=at("2006-07-04"))
    )
    road = keeps_open(from_at=at("2006-07-01"))
    (alone,) = corridors(known(agreement(other, road), rows, now=at("2006-07-11")))
    assert (alone.start, alone.end) == (at("2006-07-01"), at("2006-07-11"))
    assert alone.clauses == ("corridor",)


def test_what_nobody_demands_runs_from_the_first_word_of_it() -> None:
    rows = [said("state:bridge", "2006-07-09"), said("state:bridge", "2006-07-05")]
    told = corridors(known(agreement(), rows, now=at("2006-07-11")))
    assert [(u.state, u.clauses, u.start) for u in told] == [
        ("bridge", (), at("2006-07-05"))
    ]
    assert corridors(known(agreement(), [], now=at("2006-07-11"))) == ()
    presence = small.clause(
        small.reading(subject=Subject.STATE, kinds=(), state="presence"),
        verb=Verb.MAINTAIN,
    )
    assert corridors(known(agreement(presence), [], now=at("2006-07-11"))) == ()


@pytest.mark.parametrize(
    ("share", "level"),
    [(0.0, 0), (0.01, 1), (0.5, 1), (0.51, 2), (0.99, 2), (1.0, 3)],
)
def test_a_share_has_a_level(share: float, level: int) -> None:
    assert level_of(share) == level


def quiet(*findings: Any, rows: Any = (), **more: Any) -> Progress:  # noqa: ANN401
    rule = small.clause(small.reading(from_at=more.pop("from_at", at("2005-08-15"))))
    (found,) = implementation(known(agreement(rule), rows, findings, **more))
    return found


def test_what_is_kept_is_a_share_of_what_is_decided() -> None:
    days = ("2006-07-01", "2006-07-02", "2006-07-03")
    kept, bad, open_ = (Verdict.KEPT, Verdict.BREACHED, Verdict.UNDETERMINED)

    def told(*verdicts: Verdict) -> tuple[int | None, float | None]:
        pairs = zip(days, verdicts, strict=False)
        found = quiet(*(finding("quiet", day, each) for day, each in pairs))
        return found.level, found.share

    assert told(kept, kept, kept) == (3, 1.0)
    assert told(kept, bad, open_) == (1, 0.5)
    assert told(kept, kept, bad) == (2, 2 / 3)
    assert told(bad) == (0, 0.0)
    assert told(open_) == told() == (None, None)


def test_what_is_not_in_force_yet_is_not_initiated() -> None:
    assert quiet(from_at=NOW + timedelta(days=1)).level == 0
    assert quiet(from_at=NOW).level is None
    assert quiet(from_at=None).level == 0


def test_of_each_source_the_last_rating_by_now_counts() -> None:
    def rated(level: object, day: str, **more: Any) -> Any:  # noqa: ANN401
        return said("status:quiet", day, extra={"level": str(level)}, **more)

    rows = [
        rated(1, "2006-07-01", key="a"),
        rated(2, "2006-07-05", key="b"),
        rated(0, "2006-07-03", key="c"),
        rated(3, "2006-07-03", key="d", source="press"),
        rated(3, "2006-07-03", key="e", source="press", actor="B"),
        rated(4, "2006-07-06", key="f"),
        rated(1, "2006-09-01", key="g"),
        rated(1, "2006-07-06", key="h", given_at=at("2006-09-01")),
        said("status:loud", "2006-07-06", extra={"level": "1"}),
    ]
    found = quiet(rows=rows)
    assert [(r.level, r.source, r.by, r.key) for r in found.ratings] == [
        (2, "gazette", None, "gazette:b"),
        (3, "press", None, "press:d"),
        (3, "press", "B", "press:e"),
    ]
    assert found.is_disputed
    assert not quiet(rows=rows[:1]).is_disputed
    days = [finding("quiet", "2006-07-01", Verdict.KEPT)]
    assert quiet(*days, rows=rows[:1]).is_disputed
    assert not quiet(*days, rows=rows[3:5]).is_disputed


def test_days_watched_are_those_of_the_reporting_day() -> None:
    noon = small.START + timedelta(hours=12)
    rows = [
        small.coverage("a", start=noon, end=small.START + timedelta(days=2)),
        small.coverage("b", start=noon, end=noon + timedelta(days=60)),
        small.coverage(
            "c",
            start=small.KNOWN + timedelta(days=1),
            end=small.KNOWN + timedelta(days=2),
        ),
    ]
    first = small.DAY
    found = days_watched(known(small.agreement(), rows[:1], now=small.KNOWN))
    assert found == (first, first + timedelta(days=1))
    found = days_watched(known(small.agreement(), rows, now=small.KNOWN))
    assert found == (first, first + timedelta(days=1), first + timedelta(days=60))


def test_a_month_of_coverage_is_told_day_by_day_and_more_by_its_ends() -> None:
    def days(many: int) -> int:
        end = small.START + timedelta(days=many)
        row = small.coverage("a", start=small.START, end=end)
        now = small.KNOWN + timedelta(days=99)
        return len(days_watched(known(small.agreement(), [row], now=now)))

    assert (days(1), days(30), days(31), days(32)) == (1, 30, 31, 2)


def test_access_is_told_of_sectors_then_of_zones_that_clauses_name() -> None:
    other = replace(small.EAST, id="bridge", title={"en": "Bridge"})
    rule = small.clause(small.reading(where=InZones(("bridge", "west"))))
    zones = {"west": small.WEST, "east": small.EAST, "bridge": other}
    deal = small.agreement(rule, zones=zones)
    rows = [
        small.coverage("a", means="patrols", watched="fire"),
        small.coverage("b", status="denied", region="East region", means="drones"),
    ]
    found = access(known(deal, rows, now=small.KNOWN), [small.DAY])
    told = [(s.area, s.watched_for, s.means, s.share, s.denied) for s in found.shares]
    assert told == [
        ("west", "any", None, 0.0, False),
        ("west", "fire", None, 1.0, False),
        ("west", "fire", "patrols", 1.0, False),
        ("east", "any", None, 0.0, True),
        ("east", "any", "drones", 0.0, True),
        ("east", "fire", None, 0.0, True),
        ("east", "fire", "drones", 0.0, True),
        ("bridge", "any", None, 0.0, True),
        ("bridge", "any", "drones", 0.0, True),
        ("bridge", "fire", None, 0.0, True),
        ("bridge", "fire", "drones", 0.0, True),
        ("bridge", "fire", "patrols", 0.0, False),
    ]
    assert access(known(deal, rows, now=small.KNOWN), []).denials == ()


def test_hindrances_and_denials_come_by_how_often() -> None:
    shut = {"status": "denied", "denied_by": "guards"}
    rows: list[Any] = [
        small.coverage("a", **shut, region="North"),
        small.coverage("b", **shut, region="South"),
        small.coverage("c", **shut, region="South", means="drones"),
        small.coverage("d", **shut, region="South", source="press"),
        small.incident("x", kind="access_denied", actor="B"),
        small.incident("y", kind="access_delayed", actor="A"),
        small.incident("z", kind="access_delayed", actor="A"),
        small.incident("w", kind="shot", actor="A"),
        small.incident(
            "v",
            kind="access_denied",
            start=small.START - timedelta(days=9),
            end=small.START - timedelta(days=8),
        ),
    ]
    found = access(known(small.agreement(), rows, now=small.KNOWN))
    told = [(d.where, d.means, d.times, d.hours, d.sources) for d in found.denials]
    assert told == [
        ("South", None, 2, 48.0, ("press", "smm")),
        ("North", None, 1, 24.0, ("smm",)),
        ("South", "drones", 1, 24.0, ("smm",)),
    ]
    made = [(h.kind, h.actor, h.region, h.incidents) for h in found.hindrances]
    assert made == [
        ("access_delayed", "A", None, 2),
        ("access_denied", "B", None, 1),
    ]


TROOPS = Pledge(id="t", by="N", of=("troops",), at_least=100.0, up_to=150.0)


def came(*rows: Any, pledge: Pledge = TROOPS, **more: Any) -> list[Report]:  # noqa: ANN401
    deal = agreement(pledges=(pledge,))
    return list(pledges(known(deal, rows, **more)).each[0].reports)


@pytest.mark.parametrize(
    ("low", "high", "what", "short", "over"),
    [
        (100, 100, Came.DELIVERED, 0.0, 0.0),
        (99, 99, Came.SHORT, 1.0, 0.0),
        (90, 99, Came.SHORT, 1.0, 0.0),
        (90, 100, Came.DELIVERED, 0.0, 0.0),
        (150, 150, Came.DELIVERED, 0.0, 0.0),
        (151, 151, Came.OVER, 0.0, 1.0),
        (151, None, Came.OVER, 0.0, 1.0),
        (1, None, Came.DELIVERED, 0.0, 0.0),
        (0, 0, Came.NOTHING, 100.0, 0.0),
    ],
)
def test_what_came_of_a_pledge(
    low: int, high: int | None, what: Came, short: float, over: float
) -> None:
    row = tally(
        None,
        "arrived",
        "2006-06-01",
        of="troops",
        party="N",
        count_low=low,
        count_high=high,
    )
    (report,) = came(row)
    assert (report.came, report.short_by, report.over_by) == (what, short, over)
    assert (report.low, report.high, report.source) == (low, high, "amm")


def test_without_a_least_or_a_cap_some_came() -> None:
    row = tally(5, "present", "2006-06-01", of="troops", party="N")
    bare = replace(TROOPS, at_least=None, up_to=None)
    assert [r.came for r in came(row, pledge=bare)] == [Came.SOME]
    by_ref = tally(5, "delivered", "2006-06-01", of="rice", party="S", ref="t")
    assert [r.low for r in came(by_ref)] == [5.0]
    for other in (
        tally(5, "declared", "2006-06-01", of="troops", party="N"),
        tally(5, "present", "2006-06-01", of="rice", party="N"),
        tally(5, "present", "2006-06-01", of="troops", party="S"),
        tally(5, "present", "2006-06-01", of="persons", party="N"),
    ):
        assert came(other) == []
    people = replace(TROOPS, unit="persons")
    assert (
        len(
            came(
                tally(5, "present", "2006-06-01", of="persons", party="N"),
                pledge=people,
            )
        )
        == 1
    )


def test_a_delivery_counts_from_its_day_and_the_last_of_a_source() -> None:
    told = (
        Delivery(on=date(2006, 8, 1), amount=50.0, source="press"),
        Delivery(on=None, amount=10.0, source="press"),
        Delivery(on=date(2006, 8, 2), amount=90.0, source="press"),
    )
    (report,) = came(pledge=replace(TROOPS, deliveries=told))
    assert (report.low, report.as_of) == (50.0, "2006-08-01")


def test_pledges_of_one_thing_are_summed_by_source() -> None:
    other = replace(TROOPS, id="s", by="S", at_least=None)
    third = replace(TROOPS, id="r", by="R", of=("rice",))
    rows = [
        tally(40, "arrived", "2006-06-01", of="troops", party="N"),
        tally(None, "arrived", "2006-06-01", of="troops", party="S", count_low=5),
        tally(7, "arrived", "2006-06-01", of="troops", party="S", source="press"),
    ]
    deal = agreement(pledges=(TROOPS, other, third))
    amm, press = pledges(known(deal, rows)).together
    assert (amm.low, amm.high, amm.reported, amm.contributors) == (45.0, None, 2, 2)
    assert (amm.floor, amm.cap, amm.silent_on) == (None, 300.0, ())
    assert (press.low, press.high, press.silent_on) == (7.0, 7.0, ("N",))


def test_bounds_and_sums_of_ranges() -> None:
    def range_of(**more: Any) -> tuple[int, int | None]:  # noqa: ANN401
        return bounds(tally(more.pop("count", None), "present", "2006-06-01", **more))

    assert range_of(count=3) == (3, 3)
    assert range_of(count_low=3) == (3, None)
    assert range_of(count_low=3, count_high=5) == (3, 5)
    assert range_of(count_high=5) == (0, 5)
    assert range_of() == (0, None)
    assert plus((1, 2), (3, 4)) == (4, 6)
    assert plus((1, None), (3, 4)) == plus((1, 2), (3, None)) == (4, None)


def sums(*rows: Any) -> list[tuple[int, int | None]]:  # noqa: ANN401
    return [(step.low, step.high) for step in running(rows)]


def test_levels_are_replaced_site_by_site_and_flows_are_added() -> None:
    sites = [
        tally(3, "present", "2006-06-01", place="x", key="1"),
        tally(4, "present", "2006-06-02", place="y", key="2"),
        tally(1, "present", "2006-06-03", place="x", key="3"),
    ]
    assert sums(*sites) == [(3, 3), (7, 7), (5, 5)]
    assert sums(*sites, tally(9, "present", "2006-06-04", key="4")) == [(9, 9)]
    flows = [
        tally(3, "accepted", "2006-06-01", key="1"),
        tally(4, "accepted", "2006-06-02", key="2", place="y"),
        tally(20, "accepted", "2006-06-03", key="3", cumulative=True),
        tally(1, "accepted", "2006-06-04", key="4"),
    ]
    assert sums(*flows) == [(3, 3), (7, 7), (20, 20), (21, 21)]
    apart = [
        tally(10, "accepted", "2006-06-01", key="1", place="x", cumulative=True),
        tally(5, "accepted", "2006-06-02", key="2", place="y", cumulative=True),
        tally(2, "accepted", "2006-06-02", key="3", place="x"),
        tally(12, "accepted", "2006-06-03", key="4", place="x", cumulative=True),
        tally(2, "accepted", "2006-06-03", key="5", place="x"),
    ]
    assert [low for low, _ in sums(*apart)] == [10, 12, 17, 19, 17]
    assert running([]) == ()


def test_a_figure_is_of_one_counter_and_status() -> None:
    rows = [
        tally(3, "accepted", "2006-06-01", key="1"),
        tally(4, "accepted", "2006-06-02", key="2"),
        tally(4, "rejected", "2006-06-02", key="3"),
        tally(9, "accepted", "2006-06-02", key="4", source="press"),
    ]
    told = [(f.status, f.counter, f.low, f.as_of, f.keys) for f in counted(rows)]
    assert told == [
        ("accepted", "amm", 7, at("2006-06-03"), ("amm:1", "amm:2")),
        ("accepted", "press", 9, at("2006-06-03"), ("press:4",)),
        ("rejected", "amm", 4, at("2006-06-03"), ("amm:3",)),
    ]
