"""Gates: whether conduct over a rolling window was good enough, and who certified it.

A gate is open once its indicators hold and its certifier has put on record that they
do, by a statement of category `gate:<id>`; a party's own paper that they did certifies
nothing. One that rolls back shuts when they fail again, and wants certifying anew. It
is looked at when a word on it comes, and at the end of each reporting day. An indicator
that no finding bears on is not established, and holds nothing open; of a share, days
without a finding count as none, and of a clause with hours of the day only those hours.
Breaches are few enough only if they are so whatever was the case where nobody could
tell: an episode that may have been counts, and so does a day that was not judged. Nor
does an indicator hold before its clause was in force over the whole window. An appeal
on record (`appeal:<id>`) changes nothing by itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from pamiers.agreement.model import Agreement, Clause, Reading
from pamiers.agreement.undertaking import Gate, Indicator
from pamiers.agreement.values.hours import open_hours
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.rule import Form, form_of
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone
from pamiers.core.rows import Statement, read_extra
from pamiers.core.source import Source

_TICK: Final = timedelta(microseconds=1)
_SLACK: Final = 1e-9
#: forms that are judged when there is an occasion, not day by day
_ON_OCCASION: Final = (Form.RESPONSE, Form.REACTION, Form.ANNOUNCEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One indicator over one window: what was asked, what was found."""

    clause: str
    asks: str  #: such as `breaches at most 2`
    found: float | None  #: None: no finding bears on it
    holds: bool | None  #: None: not established
    findings: int  #: how many it rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An instant at which a gate opened, shut, was certified or appealed against."""

    at: datetime
    to: str  #: open, shut, certified, not certified, appealed
    by: str | None = None  #: who certified or appealed
    why: str = ""


class Conduct(Protocol):
    """What gates are told by: an agreement, statements, and findings on conduct."""

    @property
    def agreement(self) -> Agreement:
        """Return the agreement, its anchors bound."""
        ...

    @property
    def statements(self) -> Sequence[Statement]:
        """Return all statements, by source and key."""
        ...

    @property
    def sources(self) -> Mapping[str, Source]:
        """Return the sources of statements, with whose interest each has."""
        ...

    def findings_within(self, clause: str, window: Interval) -> Sequence[Finding]:
        """Return findings that end in a window, as the text stands first, in time."""
        ...


def measures(gate: Gate, conduct: Conduct, at: datetime) -> tuple[Measure, ...]:
    """Return each indicator of a gate over the window that ends at an instant."""
    window = Interval(window_start(gate, conduct.agreement, at), at)
    return tuple(
        measure
        for indicator in gate.indicators
        for measure in _measured(indicator, conduct, window)
    )


def window_start(gate: Gate, agreement: Agreement, at: datetime) -> datetime:
    """Return when the window that ends at an instant began [UTC]."""
    return agreement.calendar.before(at, gate.window)


def turns(gate: Gate, conduct: Conduct, now: datetime) -> Iterator[Turn]:
    """Yield what became of a gate by an instant, in order of time.

    Args:
        gate: Gate of the agreement.
        conduct: What it is told by.
        now: What is on record later is left out.

    Yields:
        Its turns; where they come at one instant, words first.
    """
    words = sorted(
        _words(gate, conduct, now), key=lambda turn: (turn.at, turn.to, turn.why)
    )
    certified = is_open = False
    for at in _instants(words, conduct.agreement, now):
        said = [turn for turn in words if turn.at == at]
        yield from said
        certified = _certified(said, before=certified)
        asked = certified if not is_open else gate.rolls_back and certified
        found = measures(gate, conduct, at) if asked else ()
        if not is_open and certified and _hold(found):
            is_open = True
            yield Turn(at=at, to="open", why="every indicator holds, and is certified")
        elif is_open and not (certified and _hold(found)):
            is_open = certified = False
            yield Turn(at=at, to="shut", why=_failed(found) or "no longer certified")


def open_at(past: Iterable[Turn]) -> bool:
    """Tell whether a gate is open after some turns, in order of time."""
    last = [turn.to for turn in past if turn.to in {"open", "shut"}]
    return bool(last) and last[-1] == "open"


def appeals(gate: Gate, conduct: Conduct, now: datetime) -> tuple[str, ...]:
    """Return the records of appeal by an instant, each `source:key`."""
    return tuple(_key(row) for row, _ in _about("appeal", gate, conduct, now))


def episodes(found: Iterable[Finding], gap: timedelta) -> int:
    """Return how many runs of breach there are, those closer than a gap as one.

    Args:
        found: Findings of one clause and reading, in order of time.
        gap: What lies further apart is two episodes.

    Returns:
        Number of episodes; sectors that are breached at one time are one.
    """
    number = 0
    last: datetime | None = None
    for each in found:
        if each.verdict is Verdict.BREACHED:
            number += last is None or each.start - last > gap
            last = each.end if last is None else max(last, each.end)
    return number


def most_episodes(found: Iterable[Finding], gap: timedelta) -> int:
    """Return how many runs of breach there may be at most, what is open taken so.

    Args:
        found: Findings of one clause and reading, in order of time.
        gap: What lies further apart is two episodes.

    Returns:
        The most episodes that any choice among what is neither kept nor breached makes
        together with what is breached.
    """
    best: dict[datetime | None, int] = {None: 0}
    for each in found:
        if each.verdict is Verdict.KEPT:
            continue
        kept = {} if each.verdict is Verdict.BREACHED else dict(best)
        for last, number in best.items():
            end = each.end if last is None else max(last, each.end)
            more = number + int(last is None or each.start - last > gap)
            kept[end] = max(kept.get(end, 0), more)
        best = kept
    return max(best.values())


def _instants(
    words: Sequence[Turn], agreement: Agreement, now: datetime
) -> list[datetime]:
    """Return when a gate is looked at, in order: never before the first word."""
    if not words:
        return []
    told = {now, *(turn.at for turn in words)}
    tz = zone(agreement.time_zone)
    day = reporting_date(words[0].at, agreement.cut_off, tz)
    end = reporting_day(day, agreement.cut_off, tz).end
    while end <= now:
        told.add(end)
        day += timedelta(days=1)
        end = reporting_day(day, agreement.cut_off, tz).end
    return sorted(told)


def _certified(words: Iterable[Turn], *, before: bool) -> bool:
    """Return whether a gate is certified after the words of one instant.

    Who says at one instant both that it is and that it is not has certified nothing.
    """
    said = [turn.to for turn in words if turn.to != "appealed"]
    return all(to == "certified" for to in said) if said else before


def _words(gate: Gate, conduct: Conduct, now: datetime) -> Iterator[Turn]:
    meant = conduct.agreement.speaking_for(gate.certified_by)
    for row, at in _about("gate", gate, conduct, now):
        theirs = row.actor in meant or row.source in meant
        if theirs and _free(row, conduct, meant):
            said = read_extra(row.extra).get("open", "true").lower()
            refused = said in ("false", "no", "0")
            yield _turn(row, at, "not certified" if refused else "certified")
    for row, at in _about("appeal", gate, conduct, now):
        yield _turn(row, at, "appealed")


def _free(row: Statement, conduct: Conduct, meant: frozenset[str]) -> bool:
    """Tell whether nobody with an interest tells it, other than the certifier."""
    source = conduct.sources.get(row.source)
    return source is None or frozenset(source.interested) <= meant


def _turn(row: Statement, at: datetime, to: str) -> Turn:
    return Turn(at=at, to=to, by=row.actor or row.source, why=_key(row))


def _about(
    category: str, gate: Gate, conduct: Conduct, now: datetime
) -> Iterator[tuple[Statement, datetime]]:
    for row in conduct.statements:
        at = row.given_at or row.start
        named = row.category == f"{category}:{gate.id}"
        if named and at is not None and at <= now:
            yield row, at


def _key(row: Statement) -> str:
    return f"{row.source}:{row.key}"


def _hold(found: Iterable[Measure]) -> bool:
    return all(each.holds is True for each in found)


def _failed(found: Iterable[Measure]) -> str:
    said = [
        f"{each.clause}: {each.asks}, found {_number(each.found)}"
        for each in found
        if each.holds is not True
    ]
    return "; ".join(said)


def _number(found: float | None) -> str:
    return "not established" if found is None else f"{found:.3g}"


def _measured(
    indicator: Indicator, conduct: Conduct, window: Interval
) -> Iterator[Measure]:
    """Yield what an indicator asks; it holds only over a window that is full."""
    clause = conduct.agreement.clause(indicator.clause)
    begun = clause.default.from_at
    full = begun is None or begun <= window.start
    found = conduct.findings_within(clause.id, window)
    hours = _open(clause.default, conduct.agreement, window)
    if indicator.breaches_at_most is not None:
        gap, most = timedelta(seconds=clause.gap_s), indicator.breaches_at_most
        number, perhaps = episodes(found, gap), most_episodes(found, gap)
        whole = full and _all_judged(clause, found, conduct.agreement, window)
        holds = _at_most((number, perhaps), most, whole=whole)
        yield Measure(
            clause=clause.id,
            asks=f"breaches at most {most:g}",
            found=float(number) if holds is not None else None,
            holds=holds,
            findings=len(found),
        )
    if indicator.kept_share is not None:
        kept = [(f, float(f.verdict is Verdict.KEPT)) for f in found]
        share = _share(kept, hours)
        yield _shared(
            clause.id, "kept", (share, indicator.kept_share, len(found)), full=full
        )
    if indicator.watched_share is not None:
        share = _share([(f, f.coverage_share) for f in found], hours)
        yield _shared(
            clause.id,
            "watched",
            (share, indicator.watched_share, len(found)),
            full=full,
        )


def _at_most(number: tuple[int, int], most: float, *, whole: bool) -> bool | None:
    """Return whether breaches are few enough; too many are, full window or not."""
    surely, perhaps = number
    if surely > most:
        return False
    return True if whole and perhaps <= most else None


def _all_judged(
    clause: Clause, found: Sequence[Finding], agreement: Agreement, window: Interval
) -> bool:
    """Tell whether all of a window was judged, up to the day that still runs."""
    if not found or form_of(clause, clause.default) in _ON_OCCASION:
        return bool(found)
    tz = zone(agreement.time_zone)
    today = reporting_date(window.end - _TICK, agreement.cut_off, tz)
    day = reporting_day(today, agreement.cut_off, tz)
    end = window.end if day.end == window.end else day.start
    if end <= window.start:
        return True
    hours = _open(clause.default, agreement, Interval(window.start, end))
    share = _share([(each, 1.0) for each in found], hours)
    return share is None or share >= 1.0 - _SLACK


def _open(
    reading: Reading, agreement: Agreement, window: Interval
) -> tuple[Interval, ...]:
    """Return the parts of a window that lie in the hours of a reading."""
    calendar = agreement.calendar
    return tuple(open_hours(reading.hours, reading.days, window, calendar))


def _share(
    parts: Sequence[tuple[Finding, float]], window: Sequence[Interval]
) -> float | None:
    """Return the share of time and sectors, days without a finding counting as none."""
    if not parts or not window:
        return None
    sectors = len({f.sector for f, _ in parts})
    held = sum(
        each.overlap_s(Interval(f.start, f.end)) * part
        for f, part in parts
        for each in window
    )
    return min(1.0, held / (sum(each.seconds for each in window) * sectors))


def _shared(
    clause: str, of: str, told: tuple[float | None, float, int], *, full: bool
) -> Measure:
    share, least, number = told
    holds = None if share is None else share >= least
    return Measure(
        clause=clause,
        asks=f"share {of} at least {least:g}",
        found=share,
        holds=holds if full or holds is False else None,
        findings=number,
    )
