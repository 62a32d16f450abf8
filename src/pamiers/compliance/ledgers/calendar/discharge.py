"""Whether a duty was done: by which record, when, and on whose word.

The same acts, verifications and tallies count as in a judgement. A duty that
something be so is done by a record of the state, or by findings that it is kept
everywhere once its instant has passed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pamiers.agreement.model import Clause, Reading, Subject, Verb
from pamiers.compliance.clauses.acts import (
    Completion,
    completion,
    of_one,
    own_state,
    shown,
    verified,
)
from pamiers.compliance.clauses.reached import reached_at
from pamiers.compliance.clauses.response import answers
from pamiers.compliance.evidence.happenings import NO, Happening, done_by
from pamiers.compliance.evidence.levels import steps
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.ledgers.act import TICK, Act
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import finding_reading
from pamiers.core.rows import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """What shows that a duty was done, between `start` and `end`."""

    start: datetime
    end: datetime  #: first instant by which it surely had been done
    keys: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose duty is asked about, in which reading, and over which time."""

    clause: Clause
    reading: Reading
    bearer: str | None  #: None: all of them together
    since: datetime | None = None
    until: datetime | None = None
    due_at: datetime | None = None
    upon: Happening | None = None  #: what it is owed upon

    def covers(self, start: datetime, end: datetime) -> bool:
        """Tell whether something done in a time may count."""
        begun = self.since is None or end > self.since
        return begun and (self.until is None or start < self.until)

    @property
    def narrowed(self) -> Reading:
        """Return the reading as it binds the one who is asked about."""
        if self.bearer is None:
            return self.reading
        return replace(self.reading, bearers=(self.bearer,))


def discharge(asked: Asked, known: Known) -> Discharge | None:
    """Return the first record that shows a duty done; None while none does.

    Args:
        asked: The duty.
        known: What is on record.

    Returns:
        The earliest, by the instant by which it was surely done.
    """
    found = sorted(_all(asked, known), key=lambda d: (d.end, d.start, d.keys))
    return found[0] if found else None


def _all(asked: Asked, known: Known) -> Iterator[Discharge]:
    if asked.clause.verb is Verb.AT_LEAST:
        yield from _reached(asked, known)
    elif asked.reading.subject is Subject.EVENT or asked.reading.state == "presence":
        yield from _done(asked, known)
    else:
        yield from _checked(asked, known)
        if not asked.clause.verified_by:
            yield from _states(asked, known)
            yield from _findings(asked, known)


def acts_of(asked: Asked, known: Known) -> list[Happening]:
    """Return what may be acts of the one who owes a duty, in order of time."""
    rows: Iterable[Happening] = known.acts_by(asked.clause, asked.reading)
    if asked.upon is not None:
        rows = answers(asked.reading, list(rows), asked.upon)
    theirs = _theirs(asked, known)
    if theirs is not None:
        rows = [of_one(row, theirs) for row in rows]
    return [
        row
        for row in rows
        if asked.covers(row.earliest, row.latest + TICK) and row.high > 0.0
    ]


def _theirs(asked: Asked, known: Known) -> frozenset[str] | None:
    """Return whose acts are those of the one asked about; None for whoever's."""
    alone = len(asked.reading.bearers) <= 1 or asked.bearer is None
    if alone or asked.reading.by:
        return None
    return known.agreement.meant_by((asked.bearer or "", *asked.clause.answers_for))


def completed(asked: Asked, known: Known) -> Completion:
    """Return how far an act is done by those who owe it, as a judgement sees it."""
    rows = acts_of(asked, known)
    return completion(asked.narrowed, asked.clause, known.register, rows)


def _done(asked: Asked, known: Known) -> Iterator[Discharge]:
    done = completed(asked, known)
    if done.done_at is None:
        return
    acts = known.established(acts_of(asked, known))
    yield Discharge(
        start=acts[0].start if acts else done.done_at,
        end=done.done_at + TICK,
        keys=done.evidence,
        sources=sources_of(done.evidence, acts),
    )


def sources_of(keys: Iterable[str], acts: Iterable[Act] = ()) -> tuple[str, ...]:
    """Return who says what some records say, each once, in order.

    Args:
        keys: Of incidents, or `source:key`.
        acts: Those among them that are acts.

    Returns:
        Ids of sources; `pamiers` for a finding.
    """
    told = {act.key: act.sources for act in acts}
    named = [source for key in keys for source in told.get(key, (_source(key),))]
    return tuple(dict.fromkeys(named))


def _source(key: str) -> str:
    return key.partition(":")[0] if ":" in key else "pamiers"


def _checked(asked: Asked, known: Known) -> Iterator[Discharge]:
    """Yield the verification of a state, once all have verified it who have to."""
    clause = asked.clause
    whose = known.register.bound(asked.narrowed, clause)
    papers, at = verified(clause, known.register, whose)
    if at is not None:
        keys = tuple(each.key for each in papers)
        yield Discharge(start=at, end=at + TICK, keys=keys, sources=sources_of(keys))


def _states(asked: Asked, known: Known) -> Iterator[Discharge]:
    if not own_state(asked.reading.matter):
        return
    theirs = _theirs(asked, known)
    for act in known.established(shown(asked.reading.matter, known.register)):
        whose = done_by(act.actor, theirs) != NO
        if whose and asked.covers(act.start, act.end):
            yield Discharge(
                start=act.start, end=act.end, keys=(act.key,), sources=act.sources
            )


def _findings(asked: Asked, known: Known) -> Iterator[Discharge]:
    """Yield the first day after its instant on which a state was kept everywhere.

    It was so by the beginning of that day, and not before the end of a day on which
    it was breached. Of the day in which its instant lies only what follows that counts.
    """
    if asked.due_at is None:
        return
    earliest = asked.since or asked.due_at
    days: dict[datetime, list[Finding]] = {}
    for finding in _after(asked, known):
        days.setdefault(finding.start, []).append(finding)
    for start, held in sorted(days.items()):
        if all(each.verdict is Verdict.KEPT for each in held):
            keys = tuple(each.key for each in held)
            by = max(start, asked.due_at)
            yield Discharge(start=earliest, end=by, keys=keys, sources=("pamiers",))
            return
        if any(each.verdict is Verdict.BREACHED for each in held):
            earliest = held[0].end


def _after(asked: Asked, known: Known) -> Iterator[Finding]:
    name = finding_reading(asked.clause, asked.reading)
    for each in known.findings_on(asked.clause.id, name):
        theirs = asked.bearer is None or each.party in {None, asked.bearer}
        if theirs and asked.due_at is not None and each.end > asked.due_at:
            yield each


def breach_after(asked: Asked, known: Known) -> Finding | None:
    """Return the last finding that a duty was breached after its instant, if any."""
    found = [f for f in _after(asked, known) if f.verdict is Verdict.BREACHED]
    return found[-1] if found else None


def _reached(asked: Asked, known: Known) -> Iterator[Discharge]:
    """Yield when a number was reached, and verified where it has to be."""
    at = reached_at(asked.narrowed, asked.clause, known.register)
    if at is None or not asked.covers(at, at + TICK):
        return
    told = steps(asked.narrowed, asked.clause, known.register)
    keys = tuple(dict.fromkeys(step.key for step in told if step.start <= at))
    sources = tuple(dict.fromkeys(step.counter for step in told if step.start <= at))
    yield Discharge(start=at, end=at + TICK, keys=keys, sources=sources)


def by_counter(asked: Asked, known: Known) -> Iterator[list[Tally]]:
    """Yield the tallies that a duty of so many goes by, each counter's apart."""
    named = {f"{row.source}:{row.key}": row for row in known.tallies}
    told = {s.key for s in steps(asked.narrowed, asked.clause, known.register)}
    groups: dict[str, list[Tally]] = {}
    for key, row in named.items():
        if key in told:
            groups.setdefault(row.source, []).append(row)
    yield from (rows for _, rows in sorted(groups.items()))
