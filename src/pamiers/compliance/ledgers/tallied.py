"""What a counter counted, over time: levels that replace, and flows that add up.

Of what is there (`present`, `stored`, `declared` ...) the last count at each site and
list holds until the same counter counts again. Of what is done (`accepted`,
`released` ...) counts add up, and a cumulative count stands for all before it. Two
counters are never added together.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pamiers.core.rows import LEVELS, Tally

Range = tuple[int, int | None]  #: at least, and at most; None: or more


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many of one status, according to one counter, as of one time."""

    status: str
    counter: str  #: source that counted
    low: int
    high: int | None  #: None: or more
    as_of: datetime  #: end of the last count that it rests on [UTC]
    keys: tuple[str, ...]  #: tallies it rests on, `source:key`

    @property
    def exact(self) -> int | None:
        """Return the number where it is one; None for a range."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        """Return the number, such as `243`, `30 to 40` or `at least 12`."""
        if self.exact is not None:
            return str(self.low)
        if self.high is None:
            return f"at least {self.low}" if self.low else "not stated"
        return f"{self.low} to {self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one more tally made of a running figure."""

    at: datetime  #: end of the tally
    low: int
    high: int | None
    key: str


def is_level(status: str) -> bool:
    """Tell whether a status says what is there, not what was done."""
    return status in LEVELS


def key_of(tally: Tally) -> str:
    """Return how a tally is named in a ledger."""
    return f"{tally.source}:{tally.key}"


def bounds(tally: Tally) -> Range:
    """Return the least and most that a tally states; (0, None) for no figure."""
    low = tally.count_low if tally.count_low is not None else tally.count
    if tally.count_high is not None:
        return low or 0, tally.count_high
    return low or 0, tally.count if tally.count_low is None else None


def plus(one: Range, other: Range) -> Range:
    """Return the sum of two ranges."""
    if one[1] is None or other[1] is None:
        return one[0] + other[0], None
    return one[0] + other[0], one[1] + other[1]


def running(tallies: Iterable[Tally]) -> tuple[Step, ...]:
    """Return the running figure of one counter and one status.

    Args:
        tallies: Of one counter, class, party and status, in any order.

    Returns:
        One step for each tally, in order of time; empty for none.
    """
    held = sorted(tallies, key=_order)
    if not held:
        return ()
    fold = _levels if is_level(held[0].status) else _flows
    return fold(held)


def figure(tallies: Sequence[Tally]) -> Figure | None:
    """Return where a running figure stands; None where nobody counted."""
    steps = running(tallies)
    if not steps:
        return None
    last = steps[-1]
    return Figure(
        status=tallies[0].status,
        counter=tallies[0].source,
        low=last.low,
        high=last.high,
        as_of=last.at,
        keys=tuple(dict.fromkeys(step.key for step in steps)),
    )


def counted(tallies: Iterable[Tally]) -> tuple[Figure, ...]:
    """Return a figure for each counter and status, those of one status together."""
    groups: dict[tuple[str, str], list[Tally]] = {}
    for each in tallies:
        groups.setdefault((each.status, each.source), []).append(each)
    found = [figure(group) for _, group in sorted(groups.items())]
    return tuple(each for each in found if each is not None)


def _order(tally: Tally) -> tuple[object, ...]:
    first = tally.start if is_level(tally.status) else tally.end
    return first, tally.cumulative, tally.end, tally.key, tally.release or ""


def _site(tally: Tally) -> Hashable:
    return tally.place or tally.region, tally.ref


def _levels(held: Sequence[Tally]) -> tuple[Step, ...]:
    """Return the running sum over sites; a count of no site is of all of them."""
    overall = any(_site(each) == (None, None) for each in held)
    sites: dict[Hashable, Range] = {}
    steps = []
    for each in held:
        if overall and _site(each) != (None, None):
            continue
        sites[_site(each)] = bounds(each)
        low, high = _sum(sites.values())
        steps.append(Step(at=each.end, low=low, high=high, key=key_of(each)))
    return tuple(steps)


def _flows(held: Sequence[Tally]) -> tuple[Step, ...]:
    """Return the running sum; a cumulative count replaces what came before it.

    Cumulative counts of single sites run apart from one another, and are added up.
    """
    apart = any(each.cumulative and _site(each) != (None, None) for each in held)
    sums: dict[Hashable, Range] = {}
    until: dict[Hashable, datetime] = {}
    steps = []
    for each in held:
        site = _site(each) if apart else None
        if each.cumulative:
            sums[site], until[site] = bounds(each), each.end
        elif site not in until or each.end > until[site]:
            sums[site] = plus(sums.get(site, (0, 0)), bounds(each))
        low, high = _sum(sums.values())
        steps.append(Step(at=each.end, low=low, high=high, key=key_of(each)))
    return tuple(steps)


def _sum(parts: Iterable[Range]) -> Range:
    total: Range = (0, 0)
    for part in parts:
        total = plus(total, part)
    return total
