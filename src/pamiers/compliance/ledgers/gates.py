"""Gates: whether conduct over a rolling window was good enough, and who certified it.

A gate is open once its indicators hold and its certifier has put on record that they
do, by a statement of category `gate:<id>`. One that rolls back shuts when they fail
again, and wants certifying anew. An indicator that no finding bears on is not
established, and holds nothing open; of a share, days without a finding count as none.
Of a clause with hours of the day only those hours count.
Nor does an indicator hold before its clause was in force over the whole window.
An appeal on record (`appeal:<id>`) is shown beside the gate; it changes nothing by
itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pamiers.agreement.model import Reading
from pamiers.agreement.undertaking import Gate, Indicator
from pamiers.agreement.values.hours import open_hours
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import finding_reading
from pamiers.core.instant import Interval, zone
from pamiers.core.rows import Statement, read_extra


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """How a gate stands, and how it came to."""

    gate: str
    title: dict[str, str]
    is_open: bool
    measures: tuple[Measure, ...]  #: over the window that ends now
    certified_by: str  #: whose word it takes
    certified_at: datetime | None  #: since when their word holds
    opens: tuple[str, ...]  #: clauses
    rolls_back: bool
    window: str
    window_from: datetime
    turns: tuple[Turn, ...]  #: in order of time
    appeals: tuple[str, ...]  #: records of appeal, `source:key`


def gates(known: Known) -> tuple[Passage, ...]:
    """Return how each gate of the agreement stands, in the order of the file."""
    held = known.agreement.gates.values()
    return known.once(("gates",), lambda: tuple(_passage(g, known) for g in held))


def shut_by(clause: str, known: Known) -> tuple[str, ...]:
    """Return the gates that keep a clause from being due, in the order of the file."""
    named = [passage for passage in gates(known) if clause in passage.opens]
    return tuple(passage.gate for passage in named if not passage.is_open)


def measures(gate: Gate, known: Known, at: datetime) -> tuple[Measure, ...]:
    """Return each indicator of a gate over the window that ends at an instant."""
    start = window_start(gate, known, at)
    return tuple(
        measure
        for indicator in gate.indicators
        for measure in _measured(indicator, known, start, at)
    )


def window_start(gate: Gate, known: Known, at: datetime) -> datetime:
    """Return when the window that ends at an instant began [UTC]."""
    return known.agreement.calendar.before(at, gate.window)


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


def _passage(gate: Gate, known: Known) -> Passage:
    turns = tuple(_turns(gate, known))
    last = next((t for t in reversed(turns) if t.to in ("open", "shut")), None)
    words = [t for t in turns if t.to in ("certified", "not certified")]
    stands = bool(words) and words[-1].to == "certified"
    return Passage(
        gate=gate.id,
        title=gate.title,
        is_open=last is not None and last.to == "open",
        measures=measures(gate, known, known.now),
        certified_by=gate.certified_by,
        certified_at=words[-1].at if stands else None,
        opens=gate.opens,
        rolls_back=gate.rolls_back,
        window=str(gate.window),
        window_from=window_start(gate, known, known.now),
        turns=turns,
        appeals=tuple(_key(row) for row, _ in _about("appeal", gate, known)),
    )


def _turns(gate: Gate, known: Known) -> Iterator[Turn]:
    """Yield what became of a gate, looked at whenever a word or a finding is new."""
    words = sorted(_words(gate, known), key=lambda turn: (turn.at, turn.to, turn.why))
    ends = {f.end for i in gate.indicators for f in _findings(i, known)}
    past = {at for at in ends if at <= known.now}
    certified = is_open = False
    for at in sorted({*past, *(turn.at for turn in words), known.now}):
        now = [turn for turn in words if turn.at == at]
        yield from now
        certified = _certified(now, before=certified)
        found = measures(gate, known, at)
        if not is_open and certified and _hold(found):
            is_open = True
            yield Turn(at=at, to="open", why="every indicator holds, and is certified")
        elif is_open and (not certified or (gate.rolls_back and not _hold(found))):
            is_open = certified = False
            yield Turn(at=at, to="shut", why=_failed(found) or "no longer certified")


def _certified(words: Iterable[Turn], *, before: bool) -> bool:
    """Return whether a gate is certified after some words, the last of which holds."""
    said = [turn.to for turn in words if turn.to != "appealed"]
    return said[-1] == "certified" if said else before


def _words(gate: Gate, known: Known) -> Iterator[Turn]:
    for row, at in _about("gate", gate, known):
        meant = known.agreement.meant_by((gate.certified_by,))
        if row.actor in meant or row.source in meant:
            said = read_extra(row.extra).get("open", "true").lower()
            refused = said in ("false", "no", "0")
            yield _turn(row, at, "not certified" if refused else "certified")
    for row, at in _about("appeal", gate, known):
        yield _turn(row, at, "appealed")


def _turn(row: Statement, at: datetime, to: str) -> Turn:
    return Turn(at=at, to=to, by=row.actor or row.source, why=_key(row))


def _about(
    category: str, gate: Gate, known: Known
) -> Iterator[tuple[Statement, datetime]]:
    for row in known.statements:
        at = row.given_at or row.start
        named = row.category == f"{category}:{gate.id}"
        if named and at is not None and at <= known.now:
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


def _findings(indicator: Indicator, known: Known) -> Sequence[Finding]:
    """Return the findings on an indicator's clause, as it stands first in the text."""
    clause = known.agreement.clause(indicator.clause)
    return known.findings_on(clause.id, finding_reading(clause, clause.default))


def _measured(
    indicator: Indicator, known: Known, start: datetime, end: datetime
) -> Iterator[Measure]:
    """Yield what an indicator asks; it holds only over a window that is full."""
    clause = known.agreement.clause(indicator.clause)
    begun = clause.default.from_at
    full = begun is None or begun <= start
    found = [f for f in _findings(indicator, known) if start < f.end <= end]
    window = _open(clause.default, known, Interval(start, end))
    if indicator.breaches_at_most is not None:
        number = episodes(found, timedelta(seconds=clause.gap_s))
        decided = any(f.verdict in (Verdict.KEPT, Verdict.BREACHED) for f in found)
        most = indicator.breaches_at_most
        yield Measure(
            clause=clause.id,
            asks=f"breaches at most {most:g}",
            found=float(number) if decided else None,
            holds=_at_most(number, most, known=decided, full=full),
            findings=len(found),
        )
    if indicator.kept_share is not None:
        kept = [(f, float(f.verdict is Verdict.KEPT)) for f in found]
        share = _share(kept, window)
        yield _shared(
            clause.id, "kept", (share, indicator.kept_share, len(found)), full=full
        )
    if indicator.watched_share is not None:
        share = _share([(f, f.coverage_share) for f in found], window)
        yield _shared(
            clause.id,
            "watched",
            (share, indicator.watched_share, len(found)),
            full=full,
        )


def _at_most(number: int, most: float, *, known: bool, full: bool) -> bool | None:
    """Return whether breaches are few enough; too many are, full window or not."""
    if known and number > most:
        return False
    return True if known and full else None


def _open(reading: Reading, known: Known, window: Interval) -> tuple[Interval, ...]:
    """Return the parts of a window that lie in the hours of a reading."""
    tz = zone(known.agreement.time_zone)
    return tuple(open_hours(reading.hours, reading.days, window, tz))


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
