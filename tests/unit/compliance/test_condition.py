"""Kleene's logic with four values, over every combination of up to three."""

import itertools

import pytest

from pamiers.compliance.condition import all_of, any_of
from pamiers.compliance.finding import Verdict

NOT = {
    Verdict.KEPT: Verdict.BREACHED,
    Verdict.BREACHED: Verdict.KEPT,
    Verdict.UNDETERMINED: Verdict.UNDETERMINED,
    Verdict.UNOBSERVED: Verdict.UNOBSERVED,
}
COMBINATIONS = [
    each for n in (1, 2, 3) for each in itertools.product(list(Verdict), repeat=n)
]


@pytest.mark.parametrize("verdicts", COMBINATIONS)
def test_joining_obeys_de_morgan_and_forgets_order(verdicts: list[Verdict]) -> None:
    turned = [NOT[verdict] for verdict in verdicts]
    assert NOT[all_of(verdicts)] is any_of(turned)
    assert all_of(verdicts) is all_of(verdicts[::-1])
    assert all_of([all_of(verdicts[:1]), *verdicts[1:]]) is all_of(verdicts)


def test_one_breach_breaches_all_and_one_kept_keeps_any() -> None:
    every = list(Verdict)
    assert all_of(every) is Verdict.BREACHED
    assert any_of(every) is Verdict.KEPT


@pytest.mark.parametrize("join", [all_of, any_of])
def test_an_empty_rule_is_refused(join: object) -> None:
    assert callable(join)
    with pytest.raises(ValueError, match="at least one verdict"):
        join([])


def test_a_verdict_is_no_truth_value() -> None:
    with pytest.raises(TypeError, match="comparison"):
        bool(Verdict.KEPT)
