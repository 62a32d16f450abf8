"""Sums that ought to come out, and counters that disagree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pamiers.compliance.ledgers.tallied import Figure, Range, plus

#: a whole, and the parts that make it up where all are reported
PARTS: Final = (("presented", ("accepted", "rejected", "under_verification")),)
#: what cannot be more than something else of the same counter
_AT_MOST: Final = (
    ("accepted", "presented"),
    ("rejected", "presented"),
    ("released", "declared"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Two figures that ought to agree: by how much they do not.

    `gap_low` and `gap_high` bound the first less the second; `holds` is None where a
    figure is missing, and then `lacks` says which.
    """

    rule: str  #: such as `accepted + rejected + under_verification = presented`
    counters: tuple[str, ...]  #: one; two where counters disagree
    left: Range | None
    right: Range | None
    holds: bool | None
    gap_low: int | None = None
    gap_high: int | None = None
    lacks: tuple[str, ...] = ()  #: statuses that are not reported


def sums(figures: Iterable[Figure]) -> Iterator[Sum]:
    """Yield the sums that a counter's figures ought to obey, each counter by itself."""
    for counter, held in _by_counter(figures).items():
        for whole, parts in PARTS:
            if whole in held and any(part in held for part in parts):
                yield _whole(counter, held, whole, parts)
        for less, more in _AT_MOST:
            if less in held and more in held:
                yield _less(counter, held[less], held[more])


def rivals(figures: Iterable[Figure]) -> Iterator[Sum]:
    """Yield every pair of counters that surely disagree about one status."""
    by_status: dict[str, list[Figure]] = {}
    for each in figures:
        by_status.setdefault(each.status, []).append(each)
    for status, held in sorted(by_status.items()):
        for n, one in enumerate(held):
            for other in held[n + 1 :]:
                found = _pair(status, one, other)
                if found.holds is False:
                    yield found


def _by_counter(figures: Iterable[Figure]) -> Mapping[str, dict[str, Figure]]:
    found: dict[str, dict[str, Figure]] = {}
    for each in figures:
        found.setdefault(each.counter, {})[each.status] = each
    return dict(sorted(found.items()))


def _range(figure: Figure) -> Range:
    return figure.low, figure.high


def _gap(left: Range, right: Range) -> tuple[int | None, int | None]:
    low = None if right[1] is None else left[0] - right[1]
    high = None if left[1] is None else left[1] - right[0]
    return low, high


def _whole(
    counter: str, held: Mapping[str, Figure], whole: str, parts: tuple[str, ...]
) -> Sum:
    """Return whether the parts make up the whole.

    Parts that are not reported might be anything: only a sum that is already too
    large fails without them.
    """
    lacks = tuple(part for part in parts if part not in held)
    left: Range = (0, 0)
    for part in parts:
        if part in held:
            left = plus(left, _range(held[part]))
    if lacks:
        left = (left[0], None)
    right = _range(held[whole])
    low, high = _gap(left, right)
    holds = _equal(low, high)
    return Sum(
        rule=f"{' + '.join(parts)} = {whole}",
        counters=(counter,),
        left=left,
        right=right,
        holds=holds,
        gap_low=low,
        gap_high=high,
        lacks=lacks,
    )


def _equal(low: int | None, high: int | None) -> bool | None:
    """Return whether a gap is nil: surely, surely not, or open."""
    if (low is not None and low > 0) or (high is not None and high < 0):
        return False
    return True if low == high == 0 else None


def _less(counter: str, less: Figure, more: Figure) -> Sum:
    low, high = _gap(_range(less), _range(more))
    holds = None
    if low is not None and low > 0:
        holds = False
    elif high is not None and high <= 0:
        holds = True
    return Sum(
        rule=f"{less.status} <= {more.status}",
        counters=(counter,),
        left=_range(less),
        right=_range(more),
        holds=holds,
        gap_low=low,
        gap_high=high,
    )


def _pair(status: str, one: Figure, other: Figure) -> Sum:
    low, high = _gap(_range(one), _range(other))
    return Sum(
        rule=status,
        counters=(one.counter, other.counter),
        left=_range(one),
        right=_range(other),
        holds=_equal(low, high),
        gap_low=low,
        gap_high=high,
    )
