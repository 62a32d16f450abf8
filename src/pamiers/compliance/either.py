"""What is found where an anchor is known only to an interval: under both its ends.

An agreement is then judged twice: as if each such anchor had come at the first instant
at which it may have, and as if at the last. What both find is found. Where one finds a
breach and the other none, when the anchor came decides, and nobody knows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pamiers.compliance.finding import NOT_MANDATED, UNATTRIBUTED, Finding, Verdict, Why

#: of two verdicts without a breach the one that claims less stands
_LESS: Final = (Verdict.UNDETERMINED, Verdict.UNOBSERVED, Verdict.KEPT)


def under_both(first: Sequence[Finding], last: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what is found of one rule, whichever end of an interval is meant.

    Args:
        first: Findings as if its anchors had come as early as may be.
        last: Findings as if they had come as late as may be.

    Yields:
        One finding for each of `first`, then those of `last` alone.
    """
    left = list(last)
    for one in first:
        other = next((each for each in left if _same_thing(one, each)), None)
        if other is not None:
            left.remove(other)
        yield _of_both(one, other)
    for alone in left:
        yield _of_both(alone, None)


def _same_thing(one: Finding, other: Finding) -> bool:
    """Tell whether two findings are of one sector, zone, party and time."""
    named = ("reading", "sector", "party", "zone", "counter", "occasion")
    alike = all(getattr(one, name) == getattr(other, name) for name in named)
    return alike and one.start < other.end and other.start < one.end


def _of_both(one: Finding, other: Finding | None) -> Finding:
    """Return what is found of one thing; None: under one end it is not judged."""
    if other is None:
        return _open(one, None) if one.verdict is Verdict.BREACHED else one
    if one.verdict is other.verdict:
        return replace(other, key=one.key, start=one.start, end=one.end)
    if Verdict.BREACHED in (one.verdict, other.verdict):
        return _open(one, other)
    least = min(one, other, key=lambda each: _LESS.index(each.verdict))
    return replace(least, key=one.key, start=one.start, end=one.end)


def _open(one: Finding, other: Finding | None) -> Finding:
    """Return a finding that is decided only once it is known when an anchor came."""
    both = (one,) if other is None else (one, other)
    named = NOT_MANDATED if one.attribution == NOT_MANDATED else UNATTRIBUTED
    return replace(
        one,
        verdict=Verdict.UNDETERMINED,
        why=Why.TIME,
        probability_low=0.0 if other is None else min(f.probability_low for f in both),
        probability_high=max(f.probability_high for f in both),
        reported_high=max(f.reported_high for f in both),
        count_low=0,
        attribution=named,
        attribution_share=(),
        due_at=max((f.due_at for f in both if f.due_at), default=None),
        late_s=None,
        margin=None,
        closed_at=None,
        evidence=tuple(dict.fromkeys(key for f in both for key in f.evidence)),
    )
