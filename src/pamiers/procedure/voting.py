"""How several decide: who may vote, whether enough are there, and what came of it."""

from collections import Counter
from collections.abc import Iterable

from pamiers.agreement.model.procedure import Decision, Step
from pamiers.procedure.rules import Rules
from pamiers.procedure.standing import Standing

#: rules under which nobody decides alone
VOTED = frozenset({"consensus", "majority", "two-thirds"})
_TWO_THIRDS = (2, 3)


def voters(rules: Rules, standing: Standing, step: Step) -> tuple[str, ...]:
    """Return who may vote on a step, in the order of the agreement."""
    decision = step.decision
    if decision is None:
        return ()
    out = standing.recused | standing.vacant
    if step.recusal:
        out |= {
            each for each in decision.among if rules.meant([each]) & standing.concerned
        }
    return tuple(each for each in decision.among if each not in out)


def has_quorum(
    rules: Rules, standing: Standing, step: Step, present: Iterable[str]
) -> bool:
    """Tell whether enough of those who may vote are there.

    Args:
        rules: Of the case.
        standing: Where it stands.
        step: With a rule of decision.
        present: Who is there.

    Returns:
        True where the rule asks for no quorum, or has it.
    """
    decision = step.decision
    if decision is None:
        return True
    there = set(present) & set(voters(rules, standing, step))
    if len(there) < decision.quorum:
        return False
    if not decision.each_party:
        return True
    asked = [p for p in rules.parties if not _recused(standing, step, p)]
    return all(any(p in rules.meant([each]) for each in there) for p in asked)


def _recused(standing: Standing, step: Step, party: str) -> bool:
    return step.recusal and party in standing.concerned


def decided(decision: Decision, votes: dict[str, str], able: tuple[str, ...]) -> str:
    """Return what a vote has come to.

    Args:
        decision: The rule.
        votes: Voter -> for, against or abstain.
        able: Who may vote: of those present, where a session is held.

    Returns:
        `adopted`, `rejected`, `tied`, `blocked` (an objection to consensus), or the
        empty string while it is open.
    """
    cast = Counter(votes[each] for each in able if each in votes)
    waiting = len(able) - sum(cast.values())
    yes, no = cast["for"], cast["against"]
    if decision.rule == "consensus":
        came = "blocked" if no else "adopted" if yes else ""
        return "" if waiting else came
    if decision.rule == "two-thirds":
        return _share(yes, no, waiting, _TWO_THIRDS)
    return _majority(yes, no, waiting)


def _majority(yes: int, no: int, waiting: int) -> str:
    if yes > no + waiting:
        return "adopted"
    if no > yes + waiting:
        return "rejected"
    return "" if waiting else "tied"


def _share(yes: int, no: int, waiting: int, share: tuple[int, int]) -> str:
    part, whole = share
    if yes and whole * yes >= part * (yes + no + waiting):
        return "adopted"
    could = yes + waiting
    if whole * could < part * (could + no):
        return "rejected"
    return "" if waiting else "rejected"
