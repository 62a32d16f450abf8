"""Who did it, by what is said; what parties say of each other weighs nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.core.rows import Incident, Observation
from pamiers.core.source import Source
from pamiers.fusion.actors import NOBODY_NAMED, OWN, RIGHT
from pamiers.fusion.explain import explain
from pamiers.fusion.model import FusionModel
from tests.unit.fusion.small import claimed, fused, seen

SOURCES = {
    name: Source(id=name, name=name, interested=(party,))
    for name, party in (("press-r", "reds"), ("press-b", "blues"))
}
MODEL = FusionModel(sources=SOURCES)


def actors(*rows: Observation) -> dict[str, float]:
    found = fused(*rows, model=MODEL)
    (key,) = found.keys
    return dict(explain(found, key).actors)


def test_an_incident_carries_what_is_said_of_who_did_it() -> None:
    rows = [seen("a", actor="reds"), seen("b", actor="blues")]
    (row,) = fused(*rows, model=MODEL).incidents.views()
    assert isinstance(row, Incident)
    assert row.actor is None
    assert json.loads(row.actors or "") == actors(*rows)
    (bare,) = fused(seen("a"), model=MODEL).incidents.views()
    assert isinstance(bare, Incident)
    assert bare.actors is None


def test_where_nobody_is_named_nothing_is_said() -> None:
    assert actors(seen("a"), seen("b")) == {}


def test_one_observer_may_be_mistaken_and_two_less_so() -> None:
    one = actors(seen("a", actor="reds"))
    assert one == {"reds": RIGHT, NOBODY_NAMED: pytest.approx(1.0 - RIGHT)}
    two = actors(seen("a", actor="reds"), seen("b", actor="reds"))
    assert two["reds"] > one["reds"]


def test_two_who_differ_are_told_side_by_side() -> None:
    found = actors(seen("a", actor="reds"), seen("b", actor="blues"))
    assert found["reds"] == found["blues"] > found[NOBODY_NAMED]


def test_an_accusation_by_the_other_party_weighs_nothing() -> None:
    rows = [seen("a", actor="reds"), claimed("press-b", actor="reds")]
    assert actors(*rows) == actors(rows[0])
    alone = actors(claimed("press-b", actor="reds"))
    assert alone == {NOBODY_NAMED: 1.0}
    beside = actors(seen("a", actor="blues"), claimed("press-b", actor="reds"))
    assert beside == actors(seen("a", actor="blues"))


def test_what_a_party_says_of_itself_weighs_more() -> None:
    found = actors(claimed("press-r", actor="reds"))
    assert found["reds"] == OWN


def test_a_repeated_report_names_nobody_again() -> None:
    same = [seen("a", actor="reds"), seen("a", "2", actor="reds")]
    found = fused(*same, model=MODEL)
    for key in found.keys:
        assert explain(found, key).actors["reds"] == RIGHT


_SAID = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "press-r", "press-b"]),
        st.sampled_from([None, "reds", "blues"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each[0],
)


def _told(said: list[tuple[str, str | None]]) -> dict[str, float]:
    return actors(
        *(
            (claimed if source in SOURCES else seen)(source, actor=actor)
            for source, actor in said
        )
    )


@given(said=_SAID)
def test_swapping_the_parties_swaps_the_shares(
    said: list[tuple[str, str | None]],
) -> None:
    swap = {"reds": "blues", "blues": "reds", "press-r": "press-b"}
    swap |= {"press-b": "press-r"}
    other = [(swap.get(s, s), swap.get(a, a) if a else None) for s, a in said]
    found, mirrored = _told(said), _told(other)
    assert mirrored == {swap.get(name, name): share for name, share in found.items()}
    assert not found or sum(found.values()) == pytest.approx(1.0, abs=1e-3)
