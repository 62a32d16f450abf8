"""Classes of sharing form one order, and joining never widens."""

import itertools

import pytest

from pamiers.core.errors import UnknownTermError
from pamiers.core.sharing import UNLABELLED, Sharing, joined, sharing_named

ORDER = ["public", "parties", "commission", "confidential"]


def test_the_order_is_that_of_the_names() -> None:
    assert [each.value for each in sorted(Sharing)] == ORDER
    assert Sharing.PUBLIC < Sharing.PARTIES <= Sharing.PARTIES
    assert Sharing.CONFIDENTIAL > Sharing.COMMISSION


@pytest.mark.parametrize("reader", list(Sharing))
@pytest.mark.parametrize("label", list(Sharing))
def test_a_reader_sees_up_to_the_clearance(reader: Sharing, label: Sharing) -> None:
    reaches = ORDER.index(label.value) <= ORDER.index(reader.value)
    assert label.seen_with(reader) == reaches


def test_what_is_joined_is_seen_by_whoever_sees_every_part() -> None:
    for size in (1, 2, 3):
        for parts in itertools.product(Sharing, repeat=size):
            whole = joined(*parts)
            for reader in Sharing:
                every = all(part.seen_with(reader) for part in parts)
                assert whole.seen_with(reader) == every
    assert Sharing.PARTIES | Sharing.PUBLIC is Sharing.PARTIES


def test_names_are_exact_and_nothing_unlabelled_is_shown() -> None:
    assert [sharing_named(name) for name in ORDER] == list(Sharing)
    with pytest.raises(UnknownTermError, match="public, parties"):
        sharing_named("Public")
    assert not any(UNLABELLED.seen_with(s) for s in Sharing if s is not UNLABELLED)


def test_classes_compare_with_classes_only() -> None:
    with pytest.raises(TypeError):
        assert Sharing.PUBLIC < 1
