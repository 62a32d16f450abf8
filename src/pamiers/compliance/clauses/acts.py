"""Acts that discharge a duty, and since when it counts as done.

An act is an incident of the kind by whom the duty binds, or a statement of the
event. Where the agreement says who has to verify, a duty is done only once all of
them have said so on record; it was then done when the act was, or, where no act is
on record, when they say. A statement by an interested party of what it did itself
leaves it open, until somebody else says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Agreement, Clause, Matter, Reading, Subject, Verb
from pamiers.compliance.evidence.ground import Site
from pamiers.compliance.evidence.happenings import (
    NO,
    OPEN,
    YES,
    Happening,
    done_by,
    done_to,
)
from pamiers.compliance.evidence.papers import Paper, about, named_in
from pamiers.compliance.evidence.register import Register, found_in
from pamiers.compliance.evidence.sought import Sought
from pamiers.core.kind import PARENT

_PRESENCES: Final = ("presence", "absence", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How far a duty is done, as far as is known.

    `done_at` is the first instant at which it was surely done; `begun_at` the first
    at which it may have been; `settled_at` that by which it was also verified by all
    who have to.
    """

    done_at: datetime | None = None  #: UTC; None: not surely done
    settled_at: datetime | None = None  #: UTC; None: not done, or not verified
    begun_at: datetime | None = None  #: UTC; None: nothing tells of it
    probability: float = 0.0  #: that it was done, at least
    unverified: bool = False  #: told, but not by all who have to verify it
    not_done_at: datetime | None = None  #: last instant it is on record as not done
    evidence: tuple[str, ...] = ()

    def perhaps_by(self, due: datetime) -> bool:
        """Tell whether it may have been done by an instant."""
        return self.begun_at is not None and self.begun_at <= due


def acts(
    reading: Reading,
    clause: Clause,
    register: Register,
    matter: Matter | None = None,
) -> list[Happening]:
    """Return what may be acts of those whom a reading binds, in order of time.

    Args:
        reading: What is owed, and by whom.
        clause: Says whose conduct is theirs.
        register: What is on record.
        matter: Another matter than what the reading is about.

    Returns:
        Happenings with their bounds; a party's own word for what it did has the
        lower bound 0, and so has what one member of a body did, where the body owes
        it: whether that was the body's act is open.
    """
    who = _whose(reading, clause, register, matter)
    rows = _found(reading, clause, register, matter, unnamed=True)
    told = (_own_word(row, who) for row in rows)
    if (matter or reading.matter).by:
        return list(told)
    names = (*reading.bearers, *clause.answers_for)
    return [_of_body(row, names, register.agreement) for row in told]


def conduct(
    reading: Reading,
    clause: Clause,
    register: Register,
    matter: Matter | None = None,
) -> list[Happening]:
    """Return what those whom a reading binds may have done, whoever tells of it.

    Args:
        reading: What is looked for, and by whom.
        clause: Says whose conduct is theirs.
        register: What is on record.
        matter: Another matter than what the reading is about.

    Returns:
        Happenings with their bounds, in order of time; none that names another as the
        one to whom it was done than the clause does. One that names nobody leaves open
        whose it is.
    """
    return _found(reading, clause, register, matter, unnamed=False)


def _found(
    reading: Reading,
    clause: Clause,
    register: Register,
    matter: Matter | None,
    *,
    unnamed: bool,
) -> list[Happening]:
    """Return happenings; `unnamed` takes what names nobody for the only bearer's."""
    sought = matter or reading.matter
    who = _whose(reading, clause, register, matter)
    names = sought.to if matter else receivers(clause)
    to = register.agreement.meant_by(names) if names else None
    alone = unnamed and _alone(reading, clause)
    return found_in(register, Sought(with_kinds(sought), who, to, unnamed=alone))


def _alone(reading: Reading, clause: Clause) -> bool:
    """Tell whether a reading, before it was narrowed to one, binds one alone."""
    same = (
        each.bearers
        for each in clause.readings
        if (each.id, each.version) == (reading.id, reading.version)
    )
    return len(next(same, reading.bearers)) == 1


def receivers(clause: Clause) -> tuple[str, ...]:
    """Return to whom what a clause speaks of is done; of a notice, who is told is not.

    Args:
        clause: Of any verb.

    Returns:
        Ids of actors and roles; empty: to whomever.
    """
    return () if clause.verb is Verb.NOTIFY else clause.to


def owed_since(
    reading: Reading, clause: Clause, agreement: Agreement
) -> datetime | None:
    """Return since when an act does a duty that is owed once; early is done.

    Args:
        reading: Of the clause, bound.
        clause: A duty.
        agreement: Whose other clauses may ask for the same act before.

    Returns:
        When the first clause of its instrument began, and not later than the duty
        itself; where another clause demands the same act, not before the duty, for it
        may have been done for the other; nor of a state that was so before. None: the
        duty has not begun.
    """
    begun = reading.since_at or reading.from_at
    others = [each for each in agreement.clauses if each.id != clause.id]
    once = reading.subject is Subject.EVENT
    if begun is None or not once or any(_demands(one, reading) for one in others):
        return begun
    same = (each for each in others if each.instrument == clause.instrument)
    starts = (one.from_at for each in same for one in each.readings)
    return min([begun, *(at for at in starts if at is not None)])


def _demands(clause: Clause, reading: Reading) -> bool:
    """Tell whether a clause demands an act of the kinds of a reading."""
    return clause.verb in {Verb.OBLIGE, Verb.EVERY, Verb.AT_LEAST} and any(
        set(each.kinds) & set(reading.kinds) for each in clause.readings
    )


def own_state(matter: Matter) -> bool:
    """Tell whether a matter is a state of affairs that the agreement defines."""
    return matter.subject is Subject.STATE and matter.state not in _PRESENCES


def shown(matter: Matter, register: Register) -> list[Happening]:
    """Return the statements that a state of affairs was so, as happenings.

    Args:
        matter: A state that the agreement defines.
        register: What is on record.

    Returns:
        One each, in order of time, with the probability that it was there.
    """
    site = Site(matter.where, None)
    rows = []
    for each in about(register.papers, "state", matter.state):
        row = Happening(
            key=each.key,
            kind=matter.state,
            start=each.start,
            end=each.start + timedelta(microseconds=1),
            actor=each.to or each.actor,
            ref=each.ref,
            place=each.place,
            region=each.region,
            interested=each.interested,
        )
        here = register.ground.holds(site, each.place, each.region, row.actor)
        if here[1] > 0.0:
            rows.append(row.but(here))
    return rows


def _whose(
    reading: Reading, clause: Clause, register: Register, matter: Matter | None
) -> frozenset[str]:
    by = (matter or reading.matter).by
    if by:
        return register.agreement.meant_by(by)
    return register.bound(reading, clause)


def with_kinds(matter: Matter) -> Matter:
    """Return a matter that names the kinds of event that show its state."""
    if matter.subject is Subject.EVENT or matter.state != "presence":
        return matter
    shown = [kind for kind in PARENT if PARENT[kind] == "presence"]
    named = ("weapon_presence", "presence") if matter.classes else (*shown, "presence")
    return _of_kinds(matter, named)


def _of_kinds(matter: Matter, kinds: Sequence[str]) -> Matter:
    """Return a matter of other kinds of event."""
    return Matter(
        subject=Subject.EVENT,
        kinds=tuple(kinds),
        classes=matter.classes,
        where=matter.where,
        condition=matter.condition,
        by=matter.by,
        to=matter.to,
    )


def _own_word(row: Happening, who: frozenset[str]) -> Happening:
    return row.but((0.0, 1.0)) if row.interested & who else row


def _of_body(row: Happening, names: Sequence[str], agreement: Agreement) -> Happening:
    """Return an act, open where it is that of one member of a body that owes it."""
    ways = [way for name in names for way in agreement.ways_to_act(name)]
    parts = []
    for each in row.alternatives():
        doers = named_in(each.actor)
        acted = not doers or any(all(doers & one for one in way) for way in ways)
        parts.append(each if acted else each.but(OPEN))
    return row.joined(parts)


def completion(
    reading: Reading,
    clause: Clause,
    register: Register,
    done: Iterable[Happening],
) -> Completion:
    """Return how far the bearers of a reading have done their duty.

    Args:
        reading: What is owed, and by whom; one bearer, or several for whom one act
            or verification that names nobody stands.
        clause: Says who has to verify it.
        register: What is on record, cut to what is known.
        done: Acts, as `acts` gives them.

    Returns:
        The completion; what was not done has no instants.
    """
    sure = (clause.thresholds or register.agreement.thresholds).breached
    rows = list(done)
    parts = [
        _completed(bearer, (reading, clause), register, own, sure)
        for bearer in reading.bearers
        for own in _to_each(rows, clause, register)
    ]
    return parts[0] if len(parts) == 1 else _all(parts)


def _to_each(
    rows: Sequence[Happening], clause: Clause, register: Register
) -> list[list[Happening]]:
    """Return the acts to each of those to whom a duty is owed; to anybody, all."""
    whom = [register.agreement.meant_by([name]) for name in receivers(clause)]
    if not whom:
        return [list(rows)]
    return [
        [row for row in rows if row.to is None or done_to(row.to, one) == YES]
        for one in whom
    ]


def to_all(row: Happening, clause: Clause, register: Register) -> bool:
    """Tell whether an act names nobody, or all to whom a clause says it is owed."""
    return all(row in rows for rows in _to_each([row], clause, register))


def _completed(
    bearer: str,
    owed: tuple[Reading, Clause],
    register: Register,
    rows: Sequence[Happening],
    sure: float,
) -> Completion:
    reading, clause = owed
    alone = len(reading.bearers) == 1
    theirs = register.agreement.meant_by([bearer]) | set(clause.answers_for)
    own = [row if alone else of_one(row, theirs) for row in rows]
    own = [row for row in own if row.high > 0.0]
    # one act is surely of two who owe it by no threshold, however low
    half = 0.0 if alone else 0.5
    certain = [r for r in own if r.low >= sure and (r.low > half or not r.shares)]
    first = min(certain, key=lambda row: row.there_by, default=None)
    checks, verified_at = verified(clause, register, theirs)
    not_done = _not_done(clause, register, theirs)
    told_at = first.there_by if first else None
    done_at = told_at
    if clause.verified_by:
        done_at = (told_at or verified_at) if verified_at else None
    against = [] if done_at is not None else not_done
    return Completion(
        done_at=done_at,
        settled_at=_later(done_at, verified_at),
        begun_at=min((row.earliest for row in own), default=None),
        probability=first.low if first else float(done_at is not None),
        unverified=bool(own) and bool(clause.verified_by) and verified_at is None,
        not_done_at=max((each.start for each in not_done), default=None),
        evidence=tuple(
            dict.fromkeys(
                [row.key for row in own] + [each.key for each in (*checks, *against)]
            )
        ),
    )


def of_one(row: Happening, theirs: frozenset[str]) -> Happening:
    """Return an act as far as it may be that of one of several who owe it.

    Args:
        row: As an act of any of them.
        theirs: Whose conduct is that of the one.

    Returns:
        The same, no surer; what names nobody is as sure as it is for all of them.
    """
    if row.shares:
        return row.by(theirs)
    return row.but(NO) if done_by(row.actor, theirs) == NO else row


def _later(done_at: datetime | None, verified_at: datetime | None) -> datetime | None:
    """Return when what is done had been verified too; None for what is not done."""
    if done_at is None or verified_at is None:
        return done_at
    return max(done_at, verified_at)


def _all(parts: Sequence[Completion]) -> Completion:
    """Return the completion of what all of several have to do."""
    finished = [each.done_at for each in parts if each.done_at is not None]
    undone = [each.not_done_at for each in parts if each.not_done_at is not None]
    settled = [each.settled_at for each in parts if each.settled_at is not None]
    begun = [each.begun_at for each in parts if each.begun_at is not None]
    return Completion(
        done_at=max(finished) if len(finished) == len(parts) else None,
        settled_at=max(settled) if len(settled) == len(parts) else None,
        begun_at=max(begun) if len(begun) == len(parts) else None,
        probability=min(each.probability for each in parts),
        unverified=any(each.unverified for each in parts),
        not_done_at=max(undone, default=None),
        evidence=tuple(dict.fromkeys(key for p in parts for key in p.evidence)),
    )


def verified(
    clause: Clause, register: Register, whose: frozenset[str]
) -> tuple[list[Paper], datetime | None]:
    """Return the verifications of a duty, and as of when all verify it.

    Args:
        clause: Says who has to verify it.
        register: What is on record.
        whose: Those whose conduct is verified; a paper that names nobody counts.

    Returns:
        Papers by verifiers in office, and the last of the first one of each; None
        where one of them has not verified it.
    """
    agreement = register.agreement
    papers = [
        each
        for each in about(register.papers, "verified", clause.id)
        if each.to is None or each.to in whose
    ]
    firsts: list[datetime | None] = []
    used: list[Paper] = []
    for name in clause.verified_by:
        by = agreement.meant_by([name])
        theirs = [
            each
            for each in papers
            if each.is_by(by)
            and each.decides(by)
            and agreement.in_office(name, each.start)
        ]
        used += theirs
        firsts.append(_said_by(theirs, agreement.ways_to_act(name)))
    return used, _last(firsts)


def _said_by(
    papers: Sequence[Paper], ways: Iterable[Sequence[frozenset[str]]]
) -> datetime | None:
    """Return when a body had said something: itself, or the last of all its members."""

    def first(whose: frozenset[str]) -> datetime | None:
        return min((each.start for each in papers if each.is_by(whose)), default=None)

    times = [_last([first(one) for one in way]) for way in ways]
    return min((at for at in times if at is not None), default=None)


def _last(times: Sequence[datetime | None]) -> datetime | None:
    """Return the last of some times; None where one has not come, or none is."""
    known = [at for at in times if at is not None]
    return max(known) if known and len(known) == len(times) else None


def _not_done(clause: Clause, register: Register, whose: frozenset[str]) -> list[Paper]:
    return [
        each
        for each in about(register.papers, "not-done", clause.id)
        if (each.to is None or each.to in whose) and not each.interested
    ]
