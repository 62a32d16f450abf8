"""Judge a duty to act by a deadline: done, late, pending, or nobody could see.

A duty is done by an incident of the kind by its bearer, or by a statement of the
event; an act that names nobody is that of a single bearer. Before the deadline
nothing is decided but what is done. After it, silence is lateness only where the act
would have been seen, or where it is on record as not done; where nobody watched, it
is unobserved. A duty that something else has to precede is locked until then.

A duty that something be absent is a prohibition of the bearer's own presence, from its
deadline on, or all the time where it has none, and not while it is locked; a duty that
something be present is done by an incident of presence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from pamiers.compliance.clauses import forbid
from pamiers.compliance.clauses.acts import Completion, acts, completion, owed_since
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.locks import Locks, locks
from pamiers.compliance.clauses.said import Said, by_silence, finding_of, owed_by
from pamiers.compliance.either import under_both
from pamiers.compliance.evidence.happenings import OPEN, Happening
from pamiers.compliance.finding import UNATTRIBUTED, Finding, Verdict, Why
from pamiers.compliance.rule import Form
from pamiers.core.instant import Interval

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """By when something is due, at the earliest and at the latest; None: never."""

    first: datetime | None
    last: datetime | None

    def open_at(self, at: datetime) -> bool:
        """Tell whether something done at an instant may be late, and may be in time."""
        return self.first is not None and self.first < at <= (self.last or at)


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on a duty.

    Args:
        case: What is judged; its reading obliges an event or a state.
        court: What is known.
        without: Keys of incidents and statements to leave out.

    Returns:
        One finding.
    """
    register = court.register.without(without).until(case.until, case.last)
    since = _counts_from(case, court)
    rows = list(_owed(acts(case.reading, case.clause, register), since, case.last))
    locked = locks(case.reading, register, case.shut)
    done = completion(case.reading, case.clause, register, rows)
    said = decided(case, court, (rows, done), locked)
    return finding_of(case, court, replace(said, evidence=done.evidence))


def _counts_from(case: Case, court: Court) -> datetime:
    """Return since when an act counts: one owed upon a breach not before it."""
    begun = case.reading.since_at or case.reading.from_at
    if case.rule.form is Form.DUTY:
        begun = owed_since(case.reading, case.clause, court.agreement)
    return begun or _EPOCH


def _owed(
    rows: Iterable[Happening], since: datetime, until: datetime
) -> Iterator[Happening]:
    """Yield acts that may be of a time; those that may be of another are unsure."""
    for row in rows:
        if row.earliest <= until and since <= row.latest:
            begun = row.lasts or since <= row.earliest
            yield row if begun and row.there_by <= until else row.but(OPEN)


def judge_absence(
    case: Case, court: Court, without: frozenset[str] = frozenset()
) -> Finding:
    """Return the finding on a duty of absence: presence is forbidden once it is due.

    It is due at its deadline, and not before what it requires was done; where that is
    known only to an interval, what is found under both its ends is found.

    Args:
        case: What is judged; its reading obliges absence.
        court: What is known.
        without: Keys of incidents and statements to leave out.

    Returns:
        One finding.
    """
    register = court.register.without(without).until(case.until, case.last)
    locked = locks(case.reading, register)
    due = due_in(case, court, locked)
    if locked.open:
        said = Said(verdict=Verdict.UNDETERMINED, why=Why.LOCKED, due_at=due.last)
        return finding_of(case, court, replace(said, locked_by=locked.open))
    ends = (due.first, locked.may_open_at), (due.last, locked.opened_at)
    found = [_absent_from(case, court, without, at) for at in dict.fromkeys(ends)]
    return next(under_both(found[:1], found[-1:]))


def _absent_from(
    case: Case,
    court: Court,
    without: frozenset[str],
    times: tuple[datetime | None, datetime | None],
) -> Finding:
    """Return the finding where it is due, and what comes first was done, by two times.

    A breach of what one party owes is ascribed to it, where the mandate lets it be.
    """
    due = times[0]
    start = max((at for at in times if at is not None), default=case.period.start)
    if start >= case.period.end:
        said = Said(verdict=Verdict.UNDETERMINED, why=Why.PENDING, due_at=due)
        return finding_of(case, court, said)
    cut = Interval(max(start, case.period.start), case.period.end)
    found = forbid.judge(replace(case, period=cut), court, without)
    whose = found.attribution
    if found.verdict is Verdict.BREACHED and whose == UNATTRIBUTED:
        whose = owed_by(case, whose)
    return replace(
        found,
        key=case.key,
        start=case.period.start,
        end=case.period.end,
        attribution=whose,
        due_at=due,
    )


def due_in(case: Case, court: Court, locked: Locks) -> Due:
    """Return by when a duty is due: its deadline, or its time from unlocking on.

    Where nothing has to come first, the time runs from when the duty began. Where what
    had to come first is known only to an interval, so is the time that runs from it.

    Args:
        case: What is judged.
        court: Counts the time.
        locked: What has to come first.

    Returns:
        The earlier of the two, at the earliest and at the latest; None where the text
        sets none.
    """
    begun = case.reading.since_at or case.reading.from_at
    waits = case.reading.requires or locked.open
    spans = (locked.may_open_at, locked.opened_at) if waits else (begun, begun)
    first, last = (_earlier(case, court, start) for start in spans)
    perhaps = case.first_due_at
    if perhaps is not None:
        first = perhaps if first is None else min(first, perhaps)
    return Due(first, last)


def _earlier(case: Case, court: Court, start: datetime | None) -> datetime | None:
    times = [case.reading.by_at]
    if case.reading.lasting is not None and start is not None:
        times.append(court.agreement.calendar.after(start, case.reading.lasting))
    return min((at for at in times if at is not None), default=None)


def decided(
    case: Case,
    court: Court,
    told: tuple[list[Happening], Completion],
    locked: Locks,
) -> Said:
    """Return what is said of a duty.

    Args:
        case: What is judged.
        court: What is known.
        told: Acts on record, and how far they discharge the duty.
        locked: What has to come first.

    Returns:
        The verdict, with how late it is where it is.
    """
    rows, done = told
    due = due_in(case, court, locked)
    plain = Said(verdict=Verdict.UNDETERMINED, why=Why.PENDING, due_at=due.last)
    if done.done_at is not None:
        early = due.last is None or done.done_at <= due.last
        if early or not case.shut:
            return _done(replace(plain, done_at=done.done_at), done, due)
    if locked.open:
        return replace(plain, why=Why.LOCKED, locked_by=locked.open)
    may_be = rows if done.begun_at is not None else []
    return undone(case, court, plain, (may_be, done, _begun(case)))


def undone(
    case: Case,
    court: Court,
    plain: Said,
    told: tuple[list[Happening], Completion, datetime],
) -> Said:
    """Return what is said of an act that is not surely done, nor locked.

    Args:
        case: What is judged.
        court: What is known.
        plain: What is said while it is pending, with the time it is due.
        told: What may be the act, how far it is done, since when it is owed.

    Returns:
        A breach where it is due and on record as not done, or would have been seen.
    """
    rows, done, since = told
    due = plain.due_at
    if due is not None and done.not_done_at is not None and done.not_done_at >= due:
        known = replace(plain, verdict=Verdict.BREACHED, why=Why.NOT_DONE, low=1.0)
        return known.late(case.until)
    if done.unverified:
        return replace(plain, why=Why.UNVERIFIED)
    if due is None or case.last < due:
        return plain
    if rows:
        return replace(plain, why=Why.LOW_PROBABILITY)
    over = Interval(since, due) if since < due else case.period
    return silent(case, court, plain, over)


def _begun(case: Case) -> datetime:
    return case.reading.since_at or case.reading.from_at or _EPOCH


def _done(said: Said, done: Completion, due_in: Due) -> Said:
    due, at = due_in.last, done.done_at
    if at is not None and due_in.open_at(at):
        return replace(said, why=Why.TIME)
    if due is not None and at is not None and at > due:
        if done.perhaps_by(due):
            return replace(said, why=Why.LOW_PROBABILITY)
        breached = replace(said, verdict=Verdict.BREACHED, why=Why.LATE, low=1.0)
        return breached.late(at)
    undone = 1.0 - done.probability
    return replace(said, verdict=Verdict.KEPT, why=Why.DONE, high=undone)


def silent(case: Case, court: Court, plain: Said, over: Interval) -> Said:
    """Return what silence says of an act that was due: late, only if watched.

    Args:
        case: What is judged.
        court: What is known.
        plain: What is said of it otherwise; its `due_at` is over.
        over: Time in which the act would have been seen.

    Returns:
        Late where enough was watched; else why silence says nothing.
    """
    seen = court.watch(case, over)
    late = replace(plain, verdict=Verdict.BREACHED, why=Why.LATE, low=1.0)
    said = absence(seen, enough_coverage(court.limits(case)))
    return by_silence(seen, said, late.late(case.until))
