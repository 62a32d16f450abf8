"""Duties upon each event of a kind, or upon a breach."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Clause, Reading, Verb
from pamiers.compliance.clauses.response import occasions
from pamiers.compliance.evidence.happenings import Happening
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.joining import as_joined
from pamiers.compliance.ledgers.calendar.duty import Occasion
from pamiers.compliance.ledgers.calendar.locks import lock
from pamiers.compliance.ledgers.calendar.owed import Owed, bearers_of
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import finding_reading
from pamiers.compliance.rule import Rule, form_of

_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggered:
    """What a duty is owed upon, once."""

    key: str
    start: datetime
    end: datetime
    actor: str | None = None
    happening: Happening | None = None  #: None: a breach
    whose: frozenset[str] = frozenset()  #: of a breach: who did it, as far as is said


def responses(clause: Clause, known: Known) -> Iterator[Owed]:
    """Yield what a clause demands upon each trigger on record.

    Where there was none, one duty waits for the first.
    """
    if clause.verb is not Verb.OBLIGE:
        return
    for reading in clause.readings:
        if reading.upon is not None or clause.upon:
            found = list(_triggers(clause, reading, known))
            for each in found:
                yield from _upon(clause, reading, each, known)
            if not found:
                yield from _waiting(clause, reading, known)


def _triggers(clause: Clause, reading: Reading, known: Known) -> Iterator[Triggered]:
    if reading.upon is not None:
        rule = Rule(clause=clause, reading=reading, form=form_of(clause, reading))
        for act in known.established(occasions(rule, known.register)):
            if _in_force(reading, act.start, act.end):
                yield Triggered(
                    key=act.key,
                    start=act.start,
                    end=act.end,
                    actor=act.happening.actor,
                    happening=act.happening,
                )
    yield from _breaches(_of_breach(clause, reading), known)


def _of_breach(clause: Clause, reading: Reading) -> tuple[str, ...]:
    return clause.upon or (reading.upon.breach_of if reading.upon is not None else ())


def _in_force(reading: Reading, start: datetime, end: datetime) -> bool:
    begun = reading.from_at is not None and end > reading.from_at
    return begun and (reading.until_at is None or start < reading.until_at)


def _breaches(clauses: tuple[str, ...], known: Known) -> Iterator[Triggered]:
    """Yield the episodes of breach of some clauses, as they stand first in the text."""
    for name in clauses:
        clause = known.agreement.clause(name)
        reading = finding_reading(clause, clause.default)
        found = [
            each
            for each in known.findings_on(name, reading)
            if each.verdict is Verdict.BREACHED
        ]
        for run in _episodes(found, timedelta(seconds=clause.gap_s)):
            yield Triggered(
                key=run[0].key,
                start=run[0].start,
                end=min(_began(each, known) for each in run),
                whose=frozenset(each.attribution for each in run),
            )


def _episodes(found: list[Finding], gap: timedelta) -> list[list[Finding]]:
    runs: list[list[Finding]] = []
    last: datetime | None = None
    for each in found:
        if last is None or each.start - last > gap:
            runs.append([])
        runs[-1].append(each)
        last = each.end if last is None else max(last, each.end)
    return runs


def _began(breach: Finding, known: Known) -> datetime:
    """Return when the first incident of a breach was over, at the latest.

    From then on runs what is owed upon it; from its end where none tells of it.
    """
    rows = known.once(("happenings",), lambda: _by_key(known))
    told = [rows[key] for key in breach.evidence if key in rows]
    ends = [_over(row) for row in told if row.latest >= breach.start]
    return min([breach.end, *ends])


def _over(row: Happening) -> datetime:
    """Return when something was over: its end, or its instant."""
    return row.end if row.end - row.latest <= _TICK else row.latest


def _by_key(known: Known) -> dict[str, Happening]:
    return {row.key: row for row in known.register.happenings}


def _upon(
    clause: Clause, reading: Reading, trigger: Triggered, known: Known
) -> Iterator[Owed]:
    due = None
    if reading.lasting is not None:
        due = known.agreement.calendar.after(trigger.end, reading.lasting)
    whose = trigger.whose & set(reading.bearers)
    for owed in _each(clause, reading, known):
        if whose and owed.bearer in reading.bearers and owed.bearer not in whose:
            continue  # whose breach it is may be said: it is owed by them alone
        if "party" in reading.same and trigger.actor not in (None, owed.bearer):
            continue
        own = as_joined(reading, clause, owed.bearer, known.agreement)
        if own is not reading and not _in_force(own, trigger.start, trigger.end):
            continue  # it had not signed yet
        yield replace(
            owed,
            due_at=due,
            since=trigger.start,
            trigger=trigger.key,
            upon=trigger.happening,
        )


def _waiting(clause: Clause, reading: Reading, known: Known) -> Iterator[Owed]:
    for owed in _each(clause, reading, known):
        yield replace(owed, waits_for=_named(clause, reading))


def _each(clause: Clause, reading: Reading, known: Known) -> Iterator[Owed]:
    """Yield what each who is bound owes upon a trigger, before there was one."""
    locked = lock(clause, reading, known)
    for bearer in bearers_of(reading):
        yield Owed(
            clause=clause,
            reading=reading,
            occasion=Occasion.RESPONSE,
            bearer=bearer,
            written=_written(clause, reading),
            due_at=None,
            since=known.now,
            locked_by=locked.locked_by,
        )


def _named(clause: Clause, reading: Reading) -> tuple[str, ...]:
    upon = reading.upon
    kinds = upon.kinds if upon is not None else ()
    state = (upon.state,) if upon is not None and upon.state else ()
    breached = _of_breach(clause, reading)
    return (*kinds, *state, *(f"a breach of {each}" for each in breached))


def _written(clause: Clause, reading: Reading) -> str:
    names = " or ".join(_named(clause, reading))
    allowed = f"within {reading.lasting} of" if reading.lasting is not None else "upon"
    return f"{allowed} {names}"
