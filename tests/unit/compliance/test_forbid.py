# ruff: noqa: ANN401 - fields of a row are of every type
"""Prohibitions: what is established, what is open, and why."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pamiers.agreement.model import Exemption, InZones, NearLine, Sector
from pamiers.compliance.assess import assess
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.world import World
from pamiers.core.rows import Statement
from tests.unit.compliance.small import (
    KNOWN,
    LINE,
    NOON,
    PERIOD,
    WEST,
    agreement,
    claim,
    clause,
    coverage,
    incident,
    presence,
    reading,
    world,
)

HEAVY = clause(presence(), name="heavy")
GUN: dict[str, Any] = {"kind": "weapon_presence", "weapons": "howitzer (2S1, 122mm)"}


def west(known: World, *clauses: Any, **changed: Any) -> Finding:
    """Return the finding on sector west."""
    found = assess(agreement(*clauses, **changed), known, PERIOD, KNOWN)
    return next(f for f in found if f.sector == "west")


def said(found: Finding) -> tuple[Verdict, Why]:
    return found.verdict, found.why


def test_one_sure_incident_is_a_breach() -> None:
    found = west(world([incident("a")]))
    assert said(found) == (Verdict.BREACHED, Why.ESTABLISHED)
    assert found.probability_low == found.reported_high == pytest.approx(0.97)
    assert (found.evidence, found.count_low) == (("a",), 1)


def test_several_doubtful_ones_together_are_a_breach() -> None:
    doubtful = [incident(k, probability=0.6) for k in "abc"]
    found = west(world(doubtful))
    assert found.probability_low == pytest.approx(1 - 0.4**3)
    assert found.verdict is Verdict.BREACHED


def test_a_doubtful_one_leaves_it_open() -> None:
    found = west(world([incident("a", probability=0.5)]))
    assert said(found) == (Verdict.UNDETERMINED, Why.LOW_PROBABILITY)


def test_what_lies_elsewhere_says_nothing_here() -> None:
    found = west(world([incident("a", lon=38.5)]))
    assert (found.evidence, found.reported_high) == ((), 0.0)


def test_on_the_edge_of_two_sectors_half_counts_in_each() -> None:
    edge = world([incident("a", lon=38.0)])
    found = assess(agreement(), edge, PERIOD, KNOWN)
    halves = [f.probability_low for f in found]
    assert halves == pytest.approx([0.485, 0.485], abs=0.02)
    assert sum(halves) == pytest.approx(0.97)


def test_an_incident_without_a_place_is_of_its_region() -> None:
    nowhere: dict[str, Any] = {"lon": None, "lat": None, "radius_m": None}
    named = world([incident("a", region="West region", **nowhere)])
    assert west(named).verdict is Verdict.BREACHED
    unnamed = world([incident("a", **nowhere)])
    assert said(west(unnamed)) == (Verdict.UNDETERMINED, Why.LOCATION)
    assert west(unnamed).probability_low == 0.0


def test_what_lies_in_no_sector_is_judged_too() -> None:
    found = assess(agreement(), world([incident("a", lon=40.0)]), PERIOD, KNOWN)
    assert [(f.sector, f.verdict) for f in found][-1] == (None, Verdict.BREACHED)
    assert len(found) == 3


def test_an_interval_counts_in_a_day_with_its_part_of_it() -> None:
    half = {"start": PERIOD.end - timedelta(hours=3)}
    straddling = incident("a", **half, end=PERIOD.end + timedelta(hours=3))
    found = west(world([straddling]))
    assert found.probability_low == pytest.approx(0.97 / 2)
    assert said(found) == (Verdict.UNDETERMINED, Why.LOW_PROBABILITY)


def test_a_flood_of_claims_by_one_voice_carries_what_one_does() -> None:
    found = west(world([claim(str(i)) for i in range(1000)]))
    assert found.probability_low == pytest.approx(0.2)
    assert said(found) == (Verdict.UNDETERMINED, Why.LOW_PROBABILITY)


def test_a_kind_the_clause_does_not_name_says_nothing() -> None:
    assert west(world([incident("a", kind="convoy")])).evidence == ()


def test_a_weapon_of_the_class_inside_the_distance_is_a_breach() -> None:
    found = west(world([incident("a", lat=48.6, **GUN)]), HEAVY)
    assert said(found) == (Verdict.BREACHED, Why.ESTABLISHED)
    assert found.margin_m == pytest.approx(25_000 - 11_120, abs=30)


def test_a_weapon_of_another_class_is_none() -> None:
    small = {**GUN, "weapons": "small arms"}
    assert west(world([incident("a", **small)]), HEAVY).reported_high == 0.0


@pytest.mark.parametrize("kind", ["person_presence", "mine", "position"])
def test_people_and_mines_are_no_weapon_of_a_class(kind: str) -> None:
    found = west(world([incident("a", lat=48.6, kind=kind)]), HEAVY)
    assert (found.evidence, found.reported_high) == ((), 0.0)


def test_where_nobody_watched_nothing_bounds_a_breach_from_above() -> None:
    found = west(world([]), HEAVY)
    assert said(found) == (Verdict.UNOBSERVED, Why.NO_COVERAGE)
    assert (found.probability_low, found.probability_high) == (0.0, 1.0)


def test_a_calibre_not_stated_leaves_the_class_open() -> None:
    vague = {**GUN, "weapons": "mortar"}
    found = west(world([incident("a", **vague)]), HEAVY)
    assert said(found) == (Verdict.UNDETERMINED, Why.CLASS)
    assert (found.probability_low, found.reported_high) == (0.0, 0.97)


def test_near_the_limit_the_tolerance_of_the_line_leaves_it_open() -> None:
    limit = world([incident("a", lat=48.7247, radius_m=50.0, **GUN)])
    found = west(limit, HEAVY)
    assert found.probability_low < 0.1
    assert found.reported_high == pytest.approx(0.97)
    assert said(found) == (Verdict.UNDETERMINED, Why.LOCATION)


def test_where_lines_differ_by_party_the_one_who_holds_the_ground_decides() -> None:
    north = replace(
        LINE, id="north", shape=LINE.shape.__class__([(36, 48.9), (39, 48.9)])
    )
    near = NearLine(lines={"A": "contact", "B": "north"}, distance_m=10_000.0)
    rules = {"lines": {"contact": LINE, "north": north}}
    by = {c: incident("a", control=c, **GUN) for c in ("A", "B", None)}
    verdicts = {
        c: west(world([row]), clause(presence(near)), **rules).verdict
        for c, row in by.items()
    }
    assert verdicts["A"] is Verdict.BREACHED
    assert verdicts["B"] is Verdict.UNOBSERVED
    assert verdicts[None] is Verdict.UNDETERMINED


def test_in_a_zone_with_a_margin() -> None:
    zoned = clause(reading(where=InZones(zones=("west",))))
    found = west(world([incident("a", lon=37.9)]), zoned)
    assert found.margin_m == pytest.approx(7_380, abs=20)


def test_a_clause_that_does_not_reach_a_sector_gives_no_finding_there() -> None:
    zoned = clause(reading(where=InZones(zones=("west",))))
    found = assess(agreement(zoned), world(), PERIOD, KNOWN)
    assert [f.sector for f in found] == ["west"]


def test_one_bound_party_and_nobody_named_leaves_open_who() -> None:
    bound = clause(reading(bearers=("A",)))
    assert said(west(world([incident("a")]), bound))[1] is Why.ATTRIBUTION
    assert west(world([incident("a", actor="A")]), bound).verdict is Verdict.BREACHED
    assert west(world([incident("a", actor="B")]), bound).evidence == ()


def test_actors_to_whom_it_does_not_apply_are_taken_out_and_named() -> None:
    free = Exemption(id="monitors", text={}, priority=1, by=("osce",))
    found = west(world([incident("a", actor="osce")]), clause(unless=(free,)))
    assert (found.exempt, found.evidence) == (("a",), ())
    assert found.verdict is Verdict.UNOBSERVED


def test_an_exception_nobody_invoked_does_not_apply() -> None:
    order = Exemption(id="order", text={}, priority=1, ordered_by="staff")
    assert west(world([incident("a")]), clause(unless=(order,))).exempt == ()


def statement(category: str, **changed: Any) -> Statement:
    given = {"start": NOON - timedelta(hours=1), "end": NOON + timedelta(hours=1)}
    return Statement(
        source="tcg", key="1", category=category, text="", **{**given, **changed}
    )


def test_an_exception_on_record_takes_out_what_it_covers() -> None:
    order = Exemption(id="order", text={}, priority=1, ordered_by="staff")
    known = world([incident("a")], statements=[statement("exemption:order")])
    assert west(known, clause(unless=(order,))).exempt == ("a",)


def test_an_exception_that_covers_part_leaves_it_open() -> None:
    order = Exemption(id="order", text={}, priority=1, ordered_by="staff")
    part = statement("exemption:order", end=NOON + timedelta(seconds=20))
    found = west(world([incident("a")], statements=[part]), clause(unless=(order,)))
    assert said(found) == (Verdict.UNDETERMINED, Why.EXEMPTION)


def test_silence_where_enough_was_watched_is_kept_with_its_detection() -> None:
    found = west(world(coverage=[coverage("1")]))
    assert said(found) == (Verdict.KEPT, Why.WATCHED)
    assert (found.coverage_share, found.detection) == (1.0, 0.8)


def test_coverage_never_heals_a_breach() -> None:
    found = west(world([incident("a")], coverage=[coverage("1")]))
    assert found.verdict is Verdict.BREACHED


def test_before_it_is_in_force_there_is_no_finding() -> None:
    later = clause(reading(from_at=PERIOD.end))
    assert assess(agreement(later), world(), PERIOD, KNOWN) == []


def test_a_day_on_which_it_begins_is_judged_from_then_on() -> None:
    noon = clause(reading(from_at=NOON + timedelta(hours=1)))
    found = west(world([incident("a")]), noon)
    assert (found.start, found.evidence) == (NOON + timedelta(hours=1), ())


def test_each_reading_gives_a_finding_of_its_own() -> None:
    wide = NearLine(lines={"A": "contact", "B": "contact"}, distance_m=50_000.0)
    two = clause(presence(id="each"), presence(wide, id="width"), name="heavy")
    far = world([incident("a", lat=48.8, **GUN)])
    found = assess(agreement(two), far, PERIOD, KNOWN)
    by = {f.reading: f.verdict for f in found if f.sector == "west"}
    assert by == {"each": Verdict.UNOBSERVED, "width": Verdict.BREACHED}
    assert len({f.key for f in found}) == len(found)


def test_without_sectors_there_is_one_finding() -> None:
    found = assess(agreement(sectors=()), world([incident("a")]), PERIOD, KNOWN)
    assert [(f.sector, f.verdict) for f in found] == [(None, Verdict.BREACHED)]


def test_an_event_of_the_agreement_is_established_by_a_statement() -> None:
    own = clause(reading(kinds=("disavowal",)))
    rules = {"events": {"disavowal": {"en": "an order"}}}
    said_so = world(statements=[statement("disavowal")])
    (found,) = assess(agreement(own, **rules), said_so, PERIOD, KNOWN)
    assert (found.sector, found.evidence) == (None, ("tcg:1",))
    assert found.probability_low == pytest.approx(0.5)


def test_who_watches_for_fire_does_not_watch_for_orders() -> None:
    own = clause(reading(kinds=("disavowal",)))
    rules = {"events": {"disavowal": {"en": "an order"}}}
    watch = world(coverage=[coverage("1"), coverage("2", region="East region")])
    (found,) = assess(agreement(own, **rules), watch, PERIOD, KNOWN)
    assert said(found) == (Verdict.UNOBSERVED, Why.NO_COVERAGE)


def test_a_sector_may_be_named_in_another_language() -> None:
    zone = Sector(id="w", title={"en": "West", "fr": "Ouest"}, zone=WEST)
    known = world([incident("a", region="Ouest", lon=None, lat=None, radius_m=None)])
    (found,) = assess(agreement(sectors=(zone,)), known, PERIOD, KNOWN)
    assert found.verdict is Verdict.BREACHED
