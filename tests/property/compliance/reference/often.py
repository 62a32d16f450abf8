"""How often something happened over a time: what lasts counts where it began."""

from dataclasses import replace
from datetime import datetime

from pamiers.agreement.model import Bound
from pamiers.core.instant import Interval
from tests.property.compliance.reference.duties import acts, conduct, receivers
from tests.property.compliance.reference.fact import Fact
from tests.property.compliance.reference.facts import (
    HOUR,
    TICK,
    Bench,
    Truth,
    shown,
    watched,
    worlds,
)
from tests.property.compliance.reference.windows import Span, spans

#: what silence says, from what says most to what says least
SAYS = ("watched", "detection_unstated", "partial_coverage", "access_denied")


def frequency(bench: Bench) -> Truth:
    bound = bench.reading.bound or Bound()
    every = acts(bench) if bound.most is None else _addressed(bench, conduct(bench))
    rows = [row for fact in every for row in _at_hours(bench, fact)]
    told = spans(bench, [t for fact in rows for t in (fact.first, fact.begun)])
    if bound.most is None:
        return _at_least(bench, rows, told)
    low = _chance(rows, told, lambda n: n > (bound.most or 0.0), surely=True)
    high = _chance(rows, told, lambda n: n > (bound.most or 0.0), surely=False)
    high = max(low, high)
    if low >= bench.limits.breached:
        return Truth("breached", "exceeded", low, high)
    if high > bench.limits.kept:
        return Truth("undetermined", "count", low, high)
    verdict, why = watched(bench, bench.period, bench.reading.kinds)
    return Truth(verdict, why, low, high if verdict == "kept" else 1.0)


def _addressed(bench: Bench, rows: list[Fact]) -> list[Fact]:
    """Return what may count against a ceiling; to nobody named is not sure."""
    if not receivers(bench):
        return rows
    return [replace(row, low=0.0) if row.to is None else row for row in rows]


def _at_hours(bench: Bench, fact: Fact) -> list[Fact]:
    """Return a fact whole, as one that may count, or not at all."""
    at, inside = fact.first, []
    while at <= fact.begun:
        open_now = shown(bench.reading, at, bench.agreement.time_zone)
        inside.append(open_now and not bench.suspended(at))
        at += HOUR / 2
    if not any(inside):
        return []
    return [fact if all(inside) else replace(fact, low=0.0)]


def _at_least(bench: Bench, rows: list[Fact], told: list[Span]) -> Truth:
    """Judge the windows that are over; where none is, those that run."""
    ended = [span for span in told if span.over]
    judged = ended or [span for span in told if span.runs]
    if not judged:
        return Truth("undetermined", "pending")
    least = (bench.reading.bound or Bound()).least or 0.0
    low = _chance(rows, judged, lambda n: n < least, surely=False)
    high = _chance(rows, judged, lambda n: n < least, surely=True)
    if high <= bench.limits.kept:
        return Truth("kept", "counted", high=high)
    if not ended:
        return Truth("undetermined", "pending")
    if low < bench.limits.breached:
        return Truth("undetermined", "count")
    return _short(bench, rows, ended, low)


def _short(bench: Bench, rows: list[Fact], ended: list[Span], low: float) -> Truth:
    """Return what silence says of a window that is short; of all, where none alone."""
    least = (bench.reading.bound or Bound()).least or 0.0
    alone = [
        span
        for span in ended
        if _chance(rows, [span], lambda n: n < least, surely=False)
        >= bench.limits.breached
    ]
    kinds = bench.reading.kinds
    over = alone or [Span(ended[0].start, max(s.end for s in ended), over=True)]
    said = [
        watched(bench, Interval(span.start, max(span.end, span.start + TICK)), kinds)
        for span in over
    ]
    verdict, why = min(said, key=lambda each: (*SAYS, "no_coverage").index(each[1]))
    if verdict == "kept":
        return Truth("breached", "short", low)
    return Truth(verdict, why, 0.0, 1.0)


def _chance(rows, told, wrong, *, surely: bool) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Return the weight of the worlds with a window whose number is wrong."""
    total = 0.0
    for weight, bits in worlds([f.low if surely else f.high for f in rows]):
        real = [f for f, bit in zip(rows, bits, strict=True) if bit]
        if any(wrong(_count(real, span, surely=surely)) for span in told):
            total += weight
    return total


def _count(real: list[Fact], span: Span, *, surely: bool) -> float:
    found = 0.0
    for fact in real:
        if surely and inside(span, fact.first, fact.begun):
            found += fact.least
        if not surely and touches(span, fact.first, fact.begun):
            found += float("inf") if fact.most is None else fact.most
    return found


def inside(span: Span, first: datetime, last: datetime) -> bool:
    return span.start <= first and last <= span.end


def touches(span: Span, first: datetime, last: datetime) -> bool:
    return span.start <= last and first <= span.end
