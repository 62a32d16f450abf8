"""Decisions as sets equal decisions pair by pair, the later overriding."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pamiers.fusion.binding import Bindings

REPORTS = "abcdefg"
SETS = st.frozensets(st.sampled_from(REPORTS), min_size=1)
DECISIONS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), SETS, st.just(frozenset[str]())),
        st.tuples(st.just("part"), SETS, SETS),
        st.tuples(
            st.just("repeat"),
            st.frozensets(st.sampled_from(REPORTS), min_size=2, max_size=2),
            st.just(frozenset[str]()),
        ),
    ),
    max_size=8,
)
Decision = tuple[str, frozenset[str], frozenset[str]]


def bound(decisions: list[Decision]) -> Bindings:
    held = Bindings()
    for act, one, other in decisions:
        if act == "join":
            held = held.joined(one)
        elif act == "repeat":
            held = held.repeated(*sorted(one))
        elif one - other and other:
            held = held.parted(one - other, other)
    return held


def linked(held: Bindings) -> set[frozenset[str]]:
    return {frozenset(p) for s in held.together for p in combinations(s, 2)}


def barred(held: Bindings) -> set[frozenset[str]]:
    return {frozenset((a, b)) for one, two in held.apart for a in one for b in two}


@given(DECISIONS)
def test_nothing_is_both_together_and_apart(decisions: list[Decision]) -> None:
    held = bound(decisions)
    assert not linked(held) & barred(held)
    assert len(frozenset().union(*held.together)) == sum(map(len, held.together))


@given(DECISIONS, SETS)
def test_the_last_joining_holds(decisions: list[Decision], one: frozenset[str]) -> None:
    before = bound(decisions)
    after = before.joined(one)
    assert {frozenset(p) for p in combinations(one, 2)} <= linked(after)
    assert linked(before) <= linked(after)
    untouched = {pair for pair in barred(before) if pair not in linked(after)}
    assert barred(after) == untouched


@given(DECISIONS, SETS, SETS)
def test_the_last_parting_holds(
    decisions: list[Decision], one: frozenset[str], other: frozenset[str]
) -> None:
    stay = one - other
    if not stay:
        return
    before = bound(decisions)
    after = before.parted(stay, other)
    across = {frozenset((a, b)) for a in stay for b in other}
    assert across <= barred(after)
    assert linked(after) <= linked(before)
    assert barred(before) <= barred(after)
    lost = linked(before) - linked(after)
    touched = [each for each in before.together if each & stay and each & other]
    assert all(any(pair <= each for each in touched) for pair in lost)


@given(DECISIONS)
def test_a_repetition_is_with_its_original_which_is_none(
    decisions: list[Decision],
) -> None:
    held = bound(decisions)
    for copy, whole in held.repeats.items():
        assert frozenset((copy, whole)) in linked(held)
        assert whole not in held.repeats


@given(DECISIONS, SETS)
def test_what_is_withdrawn_binds_nothing(
    decisions: list[Decision], standing: frozenset[str]
) -> None:
    held = bound(decisions)
    some = held.among(standing)
    assert linked(some) == {pair for pair in linked(held) if pair <= standing}
    assert barred(some) == {pair for pair in barred(held) if pair <= standing}
