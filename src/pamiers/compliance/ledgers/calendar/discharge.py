"""Whether a duty was done: by which record, when, and on whose word.

A duty that somebody has to verify is done once they have put on record that it was.
A duty to act is done by the act of its bearer; an act on record without an actor
stands for all who owe it. A duty that something be so is done by a record of the
state, or by a finding that it is kept once its instant has passed. A duty of so many
is done once the tallies of its counter have reached them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from pamiers.agreement.model import Clause, Reading, Subject, Verb
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.ledgers.act import Act, when
from pamiers.compliance.ledgers.calendar.owed import bearers_of
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import finding_reading, standing
from pamiers.compliance.ledgers.tallied import Step, reached
from pamiers.core.rows import Statement, Tally

VERIFIED = "verified"
STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """What shows that a duty was done, between `start` and `end`."""

    start: datetime
    end: datetime
    keys: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose duty is asked about, in which reading, and over which time."""

    clause: Clause
    reading: Reading
    bearer: str | None
    since: datetime | None = None
    until: datetime | None = None
    due_at: datetime | None = None
    ref: str | None = None  #: what act and trigger share

    def covers(self, start: datetime, end: datetime) -> bool:
        """Tell whether something done in a time may count."""
        begun = self.since is None or end > self.since
        return begun and (self.until is None or start < self.until)


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


def done_by_all(clause: Clause, known: Known) -> datetime | None:
    """Return when all who owe a clause had done it, as it stands first in the text.

    Returns:
        The instant by which the last of them surely had; None while one has not.
    """
    reading = standing(clause, known.now)
    since = reading.since_at or reading.from_at
    found = [
        discharge(
            Asked(clause=clause, reading=reading, bearer=each, since=since), known
        )
        for each in bearers_of(reading)
    ]
    ends = [each.end for each in found if each is not None]
    return max(ends) if len(ends) == len(found) else None


def _all(asked: Asked, known: Known) -> Iterator[Discharge]:
    if asked.clause.verified_by:
        yield from _verified_by_all(asked, known)
        return
    yield from _verifications(asked, (), known)
    if asked.clause.verb is Verb.AT_LEAST:
        yield from _totals(asked, known)
    elif asked.reading.subject is Subject.EVENT:
        yield from _acts(asked, known)
    else:
        yield from _states(asked, known)
        yield from _findings(asked, known)


def _verified_by_all(asked: Asked, known: Known) -> Iterator[Discharge]:
    """Yield the verification of a duty, once everybody who has to has verified it."""
    firsts = []
    for body in asked.clause.verified_by:
        meant = known.agreement.meant_by((body,))
        found = _verifications(asked, meant, known)
        firsts.append(min(found, key=lambda d: (d.end, d.keys), default=None))
    held = [each for each in firsts if each is not None]
    if held and len(held) == len(firsts):
        yield Discharge(
            start=max(each.start for each in held),
            end=max(each.end for each in held),
            keys=tuple(key for each in held for key in each.keys),
            sources=tuple(source for each in held for source in each.sources),
        )


def _verifications(
    asked: Asked, by: Collection[str], known: Known
) -> Iterator[Discharge]:
    for row in known.statements:
        named = row.category == f"{VERIFIED}:{asked.clause.id}"
        whose = row.to is None or asked.bearer in (None, row.to)
        theirs = not by or row.actor in by or row.source in by
        if named and whose and theirs:
            yield from _stated(row, asked, known)


def _stated(row: Statement, asked: Asked, known: Known) -> Iterator[Discharge]:
    span = when(row)
    if span is None or span.start > known.now or not asked.covers(span.start, span.end):
        return
    yield Discharge(
        start=span.start,
        end=span.end,
        keys=(f"{row.source}:{row.key}",),
        sources=(row.source,),
    )


def _acts(asked: Asked, known: Known) -> Iterator[Discharge]:
    for act in known.acts:
        fits = act.is_of(asked.reading.kinds) and asked.covers(act.start, act.end)
        if fits and is_whose(act, asked, known) and asked.ref in (None, act.ref):
            yield Discharge(
                start=act.start, end=act.end, keys=(act.key,), sources=(act.source,)
            )


def is_whose(act: Act, asked: Asked, known: Known) -> bool:
    """Tell whether an act is that of the one who owes it, or stands for all."""
    if asked.reading.by:
        return act.actor in known.agreement.meant_by(asked.reading.by)
    if act.actor is None or asked.bearer is None or len(asked.reading.bearers) <= 1:
        return True
    mine = (asked.bearer, *asked.clause.answers_for)
    return act.actor in known.agreement.meant_by(mine)


def _states(asked: Asked, known: Known) -> Iterator[Discharge]:
    for row in known.statements:
        head, _, about = row.category.partition(":")
        whose = row.actor is None or asked.bearer in (None, row.actor)
        if head == STATE and about == asked.reading.state and whose:
            yield from _stated(row, asked, known)


def _findings(asked: Asked, known: Known) -> Iterator[Discharge]:
    """Yield the first day after its instant on which a state was kept everywhere.

    It was so by the beginning of that day, and not before the end of a day on which
    it was breached.
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
            yield Discharge(start=earliest, end=start, keys=keys, sources=("pamiers",))
            return
        if any(each.verdict is Verdict.BREACHED for each in held):
            earliest = held[0].end


def _after(asked: Asked, known: Known) -> Iterator[Finding]:
    name = finding_reading(asked.clause, asked.reading)
    for each in known.findings_on(asked.clause.id, name):
        if asked.due_at is not None and each.start >= asked.due_at:
            yield each


def breach_after(asked: Asked, known: Known) -> Finding | None:
    """Return the last finding that a duty was breached after its instant, if any."""
    found = [f for f in _after(asked, known) if f.verdict is Verdict.BREACHED]
    return found[-1] if found else None


def _totals(asked: Asked, known: Known) -> Iterator[Discharge]:
    bound = asked.reading.bound
    if bound is None or bound.least is None:
        return
    for rows in by_counter(asked, known):
        step: Step | None = reached(rows, bound.least)
        if step is not None and asked.covers(step.at, step.at):
            yield Discharge(
                start=step.at, end=step.at, keys=(step.key,), sources=(rows[0].source,)
            )


def by_counter(asked: Asked, known: Known) -> Iterator[list[Tally]]:
    """Yield the tallies that a duty of so many goes by, each counter's apart."""
    bound = asked.reading.bound
    counter = None if bound is None else bound.counter
    status = asked.reading.status or "present"
    groups: dict[str, list[Tally]] = {}
    for row in known.tallies:
        of = not asked.reading.classes or row.of in asked.reading.classes
        whose = row.party is None or asked.bearer in (None, row.party)
        theirs = counter in (None, row.source)
        if row.status == status and of and whose and theirs:
            groups.setdefault(row.source, []).append(row)
    yield from (rows for _, rows in sorted(groups.items()))
