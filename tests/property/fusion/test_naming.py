"""Ids go with their reports, whatever the order, and replay gives the same."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pamiers.fusion.naming import Borne, Named, name_groups

Groups = list[frozenset[str]]


@st.composite
def partition(draw: st.DrawFn) -> Groups:
    """Return some of ten reports in disjoint groups."""
    label = draw(st.lists(st.integers(-1, 4), min_size=10, max_size=10))
    found: dict[int, set[str]] = {}
    for report, group in enumerate(label):
        if group >= 0:
            found.setdefault(group, set()).add(f"s:{report}")
    return [frozenset(each) for each in found.values()]


HISTORY = st.lists(partition(), max_size=6)


def played(history: list[Groups]) -> tuple[list[Borne], list[Named]]:
    """Return what is on record after fusing again and again, and each naming."""
    told: dict[str, Borne] = {}
    namings = []
    for groups in history:
        named = name_groups(groups, list(told.values()))
        order = sorted(range(len(groups)), key=lambda g: min(groups[g]))
        for g in order:
            key = named.keys[g]
            told[key] = Borne(key=key, own=frozenset(named.own[g]))
        namings.append(named)
    return list(told.values()), namings


@given(HISTORY)
def test_every_id_is_borne_or_another_name_or_gone(history: list[Groups]) -> None:
    told: list[Borne] = []
    for n in range(len(history)):
        told, _ = played(history[:n])
        named = name_groups(history[n], told)
        assert len(set(named.keys)) == len(named.keys) == len(history[n])
        known = {each.key for each in told}
        borne = known & set(named.keys)
        parts = [borne, set(named.alias), set(named.gone)]
        assert set().union(*parts) == known
        assert sum(map(len, parts)) == len(known)
        assert set(named.alias.values()) <= set(named.keys)


@given(HISTORY, st.randoms(use_true_random=False))
def test_the_order_of_groups_changes_no_id(
    history: list[Groups], chance: Random
) -> None:
    told, _ = played(history[:-1])
    groups = history[-1] if history else []
    mixed = chance.sample(groups, len(groups))
    one, two = name_groups(groups, told), name_groups(mixed, told)
    assert dict(zip(groups, one.keys, strict=True)) == dict(
        zip(mixed, two.keys, strict=True)
    )
    assert (one.alias, one.gone) == (two.alias, two.gone)


@given(HISTORY)
def test_fusing_the_same_again_changes_no_id(history: list[Groups]) -> None:
    if not history:
        return
    _, once = played(history)
    _, twice = played([*history, history[-1]])
    assert twice[-1] == once[-1]


@given(HISTORY)
def test_replay_gives_the_same_ids(history: list[Groups]) -> None:
    assert played(history) == played(history)


@given(partition(), partition())
def test_merging_keeps_the_oldest_and_parting_gives_all_back(
    first: Groups, later: Groups
) -> None:
    told, before = played([first])
    if not told:
        return
    whole = [frozenset().union(*first)]
    merged = name_groups(whole, told)
    assert merged.keys == (told[0].key,)
    assert set(merged.alias) == {each.key for each in told[1:]}
    _, after = played([first, whole, first])
    assert after[-1].keys == before[0].keys
    _, detour = played([first, whole, later, first])
    assert len(set(detour[-1].keys)) == len(first)


@given(partition())
def test_an_id_is_gone_with_its_reports_and_back_with_them(groups: Groups) -> None:
    told, before = played([groups])
    gone = name_groups([], told)
    assert gone.gone == tuple(each.key for each in told)
    _, back = played([groups, [], groups])
    assert back[-1].keys == before[0].keys
