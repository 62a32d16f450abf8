"""The least that a finding rests on: a minimal set of facts that gives it by itself.

The evidence of a finding is everything on record that bears on it. What it rests on is
a part of that: with nothing else on record but what was watched, the verdict and its
reason are the same, and without any one of its facts they are not. Where several such
sets exist, the one is told that keeps what stands first in the evidence, which is
strongest first; so the same facts give the same set in whatever order they arrived.

It need not be the smallest of all: to find that would mean to try every set.

Source: greedy deletion, as for minimal unsatisfiable sets (Junker 2004, QuickXplain),
after the shortest sufficient beginning.
"""

from collections.abc import Callable, Sequence

from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.docket import judge
from pamiers.compliance.evidence.register import tally_key
from pamiers.compliance.finding import Finding, Verdict

_Same = Callable[[Sequence[str]], bool]


def rests_on(case: Case, court: Court) -> tuple[str, ...]:
    """Return the least that the finding on a case rests on.

    Args:
        case: What is judged; that it is judged at all (an occasion, a breach that gave
            rise to it, anchors that came) is given.
        court: What is known.

    Returns:
        Keys of incidents, totals, tallies and statements, strongest first; empty where
        what was watched decides alone, and where nothing is decided.
    """
    found = judge(case, court)
    if found.verdict not in {Verdict.BREACHED, Verdict.KEPT}:
        return ()
    every = _on_record(court)

    def same(kept: Sequence[str]) -> bool:
        other = judge(case, court, every.difference(kept))
        return _said(other) == _said(found)

    bearing = list(found.evidence)
    if not same(bearing):  # what opened the way is no evidence of what was done
        bearing += sorted(every.difference(bearing))
    return tuple(_least(_beginning(bearing, same), same))


def _said(found: Finding) -> tuple[str, str]:
    return found.verdict, found.why


def _on_record(court: Court) -> frozenset[str]:
    register = court.register
    return frozenset(
        [
            *court.rows,
            *(each.key for each in court.published),
            *(each.key for each in register.papers),
            *(tally_key(each) for each in register.tallies),
        ]
    )


def _beginning(keys: Sequence[str], same: _Same) -> Sequence[str]:
    """Return a shortest beginning that is enough, where more never is less."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) // 2
        if same(keys[:middle]):
            high = middle
        else:
            low = middle + 1
    return keys[:high] if same(keys[:high]) else keys


def _least(keys: Sequence[str], same: _Same) -> list[str]:
    """Return what is left once nothing can be taken away, the last taken first."""
    left, before = list(keys), -1
    while before != len(left):
        before = len(left)
        for key in reversed(tuple(left)):
            without = [each for each in left if each != key]
            if same(without):
                left = without
    return left
