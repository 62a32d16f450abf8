"""Who may vote, whether enough are there, and what came of it."""

# ruff: noqa: ANN401 - facts of one decision

from typing import Any

import pytest

from pamiers.agreement.model import procedure as m
from pamiers.agreement.values.duration import parse_duration
from pamiers.procedure import Case
from pamiers.procedure.voting import decided
from tests.unit.procedure.ground import begun, breach, ladder, rules, said, then


def voting(**facts: Any) -> Case:
    held: dict[str, Any] = {"rule": "majority"} | facts
    decision = m.Decision(among=("a", "b", "c"), **held)
    step = m.Step(
        id="decide",
        act="decide",
        by=("body",),
        within=parse_duration("72 h"),
        decision=decision,
        recusal=bool(facts.get("chair")),
        closes=True,
    )
    return begun(rules(ladder(steps=(step,))), breach())


@pytest.mark.parametrize(
    ("rule", "votes", "came"),
    [
        ("consensus", "ffa", "adopted"),
        ("consensus", "ff", ""),
        ("consensus", "ffx", "blocked"),
        ("consensus", "aaa", ""),
        ("majority", "ff", "adopted"),
        ("majority", "xx", "rejected"),
        ("majority", "fxa", "tied"),
        ("majority", "fx", ""),
        ("two-thirds", "ff", "adopted"),
        ("two-thirds", "fxx", "rejected"),
        ("two-thirds", "xx", "rejected"),
    ],
)
def test_votes_come_to(rule: str, votes: str, came: str) -> None:
    words = {"f": "for", "x": "against", "a": "abstain"}
    cast = {name: words[v] for name, v in zip("abc", votes, strict=False)}
    assert decided(m.Decision(rule=rule), cast, ("a", "b", "c")) == came


def test_without_a_quorum_no_vote_is_recorded() -> None:
    case = then(voting(quorum=3), 2, "session", step="decide", present=("a", "b"))
    case = then(case, 3, "vote", step="decide", by="a", choice="for")
    assert [r.why for r in case.refused] == ["quorum-absent"]
    assert ("quorum-absent", "decide") in said(case)


def test_a_quorum_may_want_somebody_of_each_party() -> None:
    case = then(
        voting(each_party=True), 2, "session", step="decide", present=("a", "c")
    )
    case = then(case, 3, "vote", step="decide", by="c", choice="for")
    assert [r.why for r in case.refused] == ["quorum-absent"]


def test_a_tie_goes_to_the_chair_where_the_rule_says_so() -> None:
    case = voting(tie="chair", chair=("c",))
    case = then(case, 2, "vote", step="decide", by="b", choice="for")
    assert [
        r.why
        for r in then(case, 2, "vote", step="decide", by="a", choice="for").refused
    ] == ["recused"]
    case = then(case, 3, "vote", step="decide", by="c", choice="against")
    assert ("passed", "decide") in said(case)
    case = then(case, 4, "act", step="decide", by="c", outcome="rejected")
    assert case.standing.outcome == "rejected"


def test_whoever_votes_cannot_act_alone() -> None:
    case = then(voting(), 2, "act", step="decide", by="body", outcome="adopted")
    assert [r.why for r in case.refused] == ["decided-by-vote"]


def test_a_motion_that_is_adopted_is_the_outcome() -> None:
    case = then(
        voting(),
        2,
        "session",
        step="decide",
        present=("a", "b", "c"),
        outcome="accidental",
    )
    case = then(case, 3, "vote", step="decide", by="b", choice="for")
    case = then(case, 3, "vote", step="decide", by="c", choice="for")
    assert (case.standing.status, case.standing.outcome) == ("closed", "accidental")
