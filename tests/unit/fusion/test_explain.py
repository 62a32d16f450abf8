"""Every score can be taken apart into a sum."""

import math

import pytest

from pamiers.fusion.explain import DISAGREES, SAME_SOURCE, TAKEN, explain
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


def test_one_link_fewer_than_members_each_an_exact_sum() -> None:
    found = fused(seen("a"), seen("b"), seen("c"))
    links = explain(found, found.keys[0]).links
    assert len(links) == 2
    assert all(link.total > 0.0 for link in links)
    assert links[0].total == math.fsum(bits for _, bits in links[0].parts)


def test_a_repeated_voice_is_shown_with_nothing() -> None:
    found = fused(seen("a", text="same words"), seen("b", text="same words"))
    bits = {m.member: m.bits for m in explain(found, found.keys[0]).members}
    assert bits["b:1"] == 0.0
    assert bits["a:1"] > 0.0


def test_the_rival_was_told_by_the_same_source() -> None:
    found = fused(seen("a", "1"), seen("a", "2", lon=37.5001))
    rival = explain(found, found.keys[0]).rival
    assert rival is not None
    assert (rival.why, rival.key) == (SAME_SOURCE, found.keys[1])


def test_the_rival_disagrees_and_it_is_said_where() -> None:
    found = fused(seen("a"), seen("b", lon=37.6))
    rival = explain(found, found.keys[0]).rival
    assert rival is not None
    assert rival.why == DISAGREES
    assert min(rival.worst.parts, key=lambda part: part[1])[0] == "place"


def test_the_rival_that_agrees_had_joined_others() -> None:
    chain = [seen("a", lon=37.488), seen("b", lon=37.5), seen("c", lon=37.512)]
    found = fused(*chain)
    key = next(k for k in found.keys if len(found.members(k)) == 1)
    rival = explain(found, key).rival
    assert rival is not None
    assert rival.best.total > 0.0
    assert rival.why in {DISAGREES, TAKEN}


def test_alone_in_the_world_there_is_no_rival() -> None:
    found = fused(seen("a"))
    assert explain(found, found.keys[0]).rival is None
