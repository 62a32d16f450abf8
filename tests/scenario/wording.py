"""Findings and entries of ledgers as lines of text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from pamiers.agreement.model import Agreement
from pamiers.compliance.explain import Reason
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.ledgers.access import Access, Share
from pamiers.compliance.ledgers.implementation import Progress
from pamiers.compliance.ledgers.tallied import Figure
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone

#: parts of an explanation that say more than the figures of the finding
_TOLD = (
    *("finding.evidence.incident", "finding.evidence.total", "finding.rests_on"),
    *("finding.flips",),
)


_HALF = 0.5


def instant(at: datetime) -> str:
    """Return an instant in UTC, to the minute where it is on the minute."""
    text = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return text.removesuffix(".000000").removesuffix(":00")


def number(value: float) -> str:
    """Return a number to the sixth decimal, as short as it can be."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def span(low: float | None, high: float | None) -> str:
    if high is None:
        return f"{number(low or 0)} or more"
    return number(high) if low == high else f"{number(low or 0)} to {number(high)}"


def subject(found: Sequence[Finding], agreement: Agreement) -> str:
    """Return whom findings that say the same are on, where and when."""
    whose: dict[str, list[str]] = {}
    for each in found:
        whose.setdefault(_about(each), []).append(_when(each, agreement))
    alike: dict[tuple[str, ...], list[str]] = {}
    for who, whens in whose.items():
        alike.setdefault(tuple(whens), []).append(who)
    return "; ".join(
        f"[{' | '.join(who)}] {', '.join(whens)}" for whens, who in alike.items()
    )


def _about(found: Finding) -> str:
    told = [
        f"{name} {_bare(value)}"
        for name in ("party", "reading", "zone", "sector", "counter", "occasion")
        if (value := getattr(found, name)) is not None
    ]
    return " ".join(told) or "all"


def _when(found: Finding, agreement: Agreement) -> str:
    """Return a reporting day by its date, and any other interval by its ends."""
    tz, cut_off = zone(agreement.time_zone), agreement.cut_off
    day = reporting_date(found.start, cut_off, tz)
    if reporting_day(day, cut_off, tz) == Interval(found.start, found.end):
        return day.isoformat()
    return f"{instant(found.start)} - {instant(found.end)}"


def bears(found: Finding) -> bool:
    """Tell whether a finding rests on more than silence."""
    decided = found.verdict in {Verdict.KEPT, Verdict.BREACHED}
    watched = found.coverage_share > 0.0
    return decided or watched or bool(found.evidence or found.exempt)


def contradicts_itself(found: Finding) -> bool:
    """Tell whether a verdict is against the probability of a breach beside it."""
    if found.verdict is Verdict.KEPT:
        return found.probability_high > _HALF
    return found.verdict is Verdict.BREACHED and found.probability_low < _HALF


def _bare(key: str) -> str:
    return key.rpartition(":")[2]


def body(found: Finding) -> str:
    """Return what a finding says."""
    return "; ".join(_parts(found))


def _parts(found: Finding) -> Iterator[str]:
    yield f"{found.verdict.value.upper()} ({found.why.value.replace('_', ' ')})"
    yield f"breach {span(found.probability_low, found.probability_high)}"
    if found.reported_high != found.probability_high:
        yield f"as reported at most {number(found.reported_high)}"
    noticing = "unstated" if found.detection is None else number(found.detection)
    yield f"watched {number(found.coverage_share)}, noticing {noticing}"
    yield f"counted {span(found.count_low, found.count_high)}"
    if found.measured_low is not None:
        yield f"measured {span(found.measured_low, found.measured_high)}"
    for name in ("limit", "margin", "margin_m", "late_s"):
        if (value := getattr(found, name)) is not None:
            yield f"{name} {number(value)}"
    yield from _dates(found)
    yield from _basis(found)


def _dates(found: Finding) -> Iterator[str]:
    for name in ("due_at", "done_at"):
        if (at := getattr(found, name)) is not None:
            yield f"{name.removesuffix('_at')} {instant(at)}"
    if found.closed_at is not None and found.closed_at != found.end:
        yield f"closed {instant(found.closed_at)}"
    if found.verdict is Verdict.KEPT and found.closed_at is None:
        yield "not closed"


def _basis(found: Finding) -> Iterator[str]:
    if found.rough:
        yield "rough"
    if found.supersedes is not None:
        yield "in place of another verdict"
    if found.locked_by:
        yield f"locked by {', '.join(found.locked_by)}"
    if found.evidence:
        yield f"evidence {', '.join(map(_bare, found.evidence))}"
    for key, under in zip(found.exempt, found.exempt_under, strict=True):
        yield f"{_bare(key)} exempt under {under}"
    shares = ", ".join(
        f"{who or 'not known'} {number(p)}" for who, p in found.attribution_share
    )
    yield f"{found.attribution}{f' ({shares})' if shares else ''}"


def reasons(told: Reason) -> list[str]:
    """Return what an explanation says of evidence, and of what would flip it."""
    lines = []
    for each in told.because:
        if each.key in _TOLD:
            lines.append(each.text)
            lines += [f"    {why.text}" for why in each.because if _doubt(why)]
    return lines


def _doubt(why: Reason) -> bool:
    return any(value != 1.0 for _, value in why.params)


def entry_lines(entry: object) -> list[str]:
    """Return an entry of a ledger as lines: one, or one for each of its parts.

    What has been reached of a clause on which nothing is decided is left out.
    """
    if isinstance(entry, Progress) and entry.level is None and not entry.ratings:
        return []
    head, parts = [], []
    for name, value in _held(entry):
        if isinstance(value, tuple) and value and _apart(value[0]):
            parts += [(name, each) for each in value]
        elif (text := _said(value)) is not None:
            head.append(f"{name} {text}")
    if isinstance(entry, Access):
        head, parts = [], _by_day(parts)
    first = "; ".join(head)
    start = f"{first} / " if first else ""
    rest = [
        f"{start}{name}: {line}" for name, each in parts for line in entry_lines(each)
    ]
    return [first, *rest] if first and not rest else rest


def _by_day(parts: list[tuple[str, object]]) -> list[tuple[str, object]]:
    """Return shares of what was watched that differ by the day alone as one."""
    first = datetime(1, 1, 1, tzinfo=UTC).date()
    found: dict[object, list[Share]] = {}
    for _, each in parts:
        if isinstance(each, Share):
            found.setdefault(replace(each, day=first), []).append(each)
    alike: list[tuple[str, object]] = []
    for group in found.values():
        days: Any = [each.day for each in group]  # told in place of the one day
        alike.append(("share", replace(group[0], day=days)))
    return [*alike, *(one for one in parts if not isinstance(one[1], Share))]


#: what an entry repeats of the agreement, or of others
_OF_THE_TEXT = frozenset({"key", "id", "findings", "title", "family", "binds"})


def _apart(value: object) -> bool:
    return is_dataclass(value) and not hasattr(value, "text")


def _held(entry: object) -> Iterator[tuple[str, object]]:
    """Yield what an entry says: not what is so of nearly all."""
    assert is_dataclass(entry)
    for each in fields(entry):
        value = getattr(entry, each.name)
        usual = each.name in {"times", "visibility"} and value in {1, "public"}
        if each.name not in _OF_THE_TEXT and not usual:
            yield each.name.removesuffix("_at"), value
    if isinstance(entry, Progress):
        yield "disputed", entry.is_disputed


def _said(value: object) -> str | None:
    """Return a value in words; none where it says nothing."""
    if value is None or value is False or value in ((), ""):
        return None
    for kind, words in _WORDS.items():
        if isinstance(value, kind):
            return words(value)
    if hasattr(value, "text"):
        return str(value.text)
    return f"({'; '.join(entry_lines(value))})" if is_dataclass(value) else str(value)


def _listed(values: Iterable[object]) -> str:
    return ", ".join(_said(each) or "none" for each in values)


def _figure(value: Figure) -> str:
    return f"{value} ({', '.join(map(_bare, value.keys))})"


#: kind of value -> how it is told; the first that fits
_WORDS: dict[type, Callable[[Any], str]] = {
    Enum: lambda value: str(value.value),
    bool: lambda _: "yes",
    float: number,
    datetime: instant,
    tuple: _listed,
    list: _listed,
    Figure: _figure,
}
