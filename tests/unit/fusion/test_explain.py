"""Every score can be taken apart into a sum."""

import pytest

from pamiers.fusion.explain import DIFFER, MOST, ONE_SOURCE, STRAND, explain
from tests.unit.fusion.small import claimed, fused, seen


def test_weights_add_up_exactly_to_the_total_and_to_the_probability() -> None:
    rows = [seen("a", reliability="B"), seen("b"), claimed("press")]
    found = fused(*rows)
    (key,) = found.keys
    told = explain(found, key)
    total = told.prior_bits + sum(member.bits for member in told.members)
    assert total == told.total_bits
    odds = 2.0**told.total_bits
    assert told.probability == pytest.approx(odds / (1 + odds), abs=1e-6)
    assert told.probability == found.incidents.columns["probability"][0].as_py()


def test_a_repeated_voice_is_shown_with_nothing() -> None:
    found = fused(seen("a", text="same words"), seen("b", text="same words"))
    bits = {m.member: m.bits for m in explain(found, found.keys[0]).members}
    assert bits["b:1"] == 0.0
    assert bits["a:1"] > 0.0


def test_the_rival_was_told_by_the_same_source() -> None:
    found = fused(seen("a", "1"), seen("a", "2", lon=37.5001))
    (rival,) = explain(found, found.keys[0]).rivals
    assert (rival.why, rival.key) == (ONE_SOURCE, found.keys[1])


def test_a_rival_that_is_too_far_and_one_of_another_kind() -> None:
    found = fused(seen("a"), seen("b", lon=37.6), seen("c", kind="uav_flight"))
    told = {r.key: r.why for r in explain(found, found.keys[found.label[0]]).rivals}
    assert set(told.values()) == {DIFFER, STRAND}


def test_rivals_are_told_nearest_first_and_a_few() -> None:
    rows = [seen("a", str(i), lon=37.5 + i / 10) for i in range(6)]
    found = fused(*rows)
    key = found.keys[int(found.label[0])]
    rivals = explain(found, key).rivals
    away = [rival.distance_m or 0.0 for rival in rivals]
    assert len(rivals) == MOST
    assert away == sorted(away)


def test_alone_in_the_world_there_is_no_rival() -> None:
    found = fused(seen("a"))
    assert explain(found, found.keys[0]).rivals == ()


def test_what_is_left_without_a_report_and_what_one_more_would_add() -> None:
    found = fused(seen("a", reliability="B"), seen("b", reliability="C"))
    told = explain(found, found.keys[0])
    left = {member.member: member.without for member in told.members}
    assert left == {"a:1": 0.8, "b:1": 0.92}
    assert told.next_probability > told.probability


def test_simpler_counts_stand_beside_it() -> None:
    rows = [seen("a", reliability="B", credibility="2"), claimed("press")]
    found = fused(*rows)
    other = explain(found, found.keys[0]).compared
    assert (other.naive, other.sources, other.additive) == (2, 2, 5)
    assert other.admiralty == "B2"
