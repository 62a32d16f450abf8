"""The cases of a mission: recorded, found again, and kept going on the clock.

An event and what it asks for are recorded together; so are the times that ran out and
what follows from them. Nothing is told twice: each effect has a key, and a key that is
on record is left out. The index may lag behind the record, and catches up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pamiers.core.errors import OutOfOrderError, UsageError
from pamiers.core.instant import format_instant
from pamiers.ledger.entry import Draft
from pamiers.mission.case_index import (
    UNTOLD,
    CaseIndex,
    CaseLine,
    Filed,
    Kept,
    Plain,
    Receipt,
)
from pamiers.mission.mission import Mission, new_draft
from pamiers.procedure.advance import fold
from pamiers.procedure.case import Case
from pamiers.procedure.effects import Effect, effects_of
from pamiers.procedure.event import Breach, Event
from pamiers.procedure.grouping import case_for
from pamiers.procedure.rules import Rules
from pamiers.procedure.writing import from_dict, to_dict

Author = tuple[str, str]  #: office, and person of it
NOBODY: Final[Author] = ("", "")
EVENT: Final = "case"
TOLD: Final = "notice"
DELIVERED: Final = "delivery"
_KINDS: Final = (EVENT, TOLD, DELIVERED)
_BATCH: Final = 500
_TRIES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The cases of one mission. Invariant: `rules` are those of its agreement."""

    mission: Mission
    index: CaseIndex
    rules: Mapping[str, Rules]  #: procedure -> its rules

    def rules_for(self, procedure: str) -> Rules:
        """Return the rules of a procedure.

        Raises:
            UsageError: The agreement has no such procedure.
        """
        if procedure in self.rules:
            return self.rules[procedure]
        raise UsageError(
            "procedure",
            expected=f"one of {', '.join(self.rules) or 'none'}",
            got=repr(procedure),
            remedy="Name a procedure of the agreement in force.",
        )


def caught_up(cases: Cases, now: datetime) -> None:
    """Let the index take in what the record has gained."""
    start, size = cases.index.through(), cases.mission.record.head().size
    if start >= size:
        return
    found: dict[str, list[tuple[int, Plain]]] = {}
    told: dict[str, list[Plain]] = {}
    procedures: dict[str, str] = {}
    receipts: list[Receipt] = []
    for entry in cases.mission.record.entries(_KINDS, start=start):
        body: Any = entry.body
        if entry.kind == EVENT:
            procedures[body["case"]] = body["procedure"]
            found.setdefault(body["case"], []).append((entry.index, body["event"]))
        elif entry.kind == TOLD:
            told.setdefault(body["case"], []).extend(body["told"])
        else:
            by, means = body.get("by", ""), body.get("means", "")
            receipts += [
                Receipt(key=key, at=entry.recorded_at, by=by, means=means)
                for key in body["keys"]
            ]
    _take_in(cases, (found, told, procedures), now, size)
    if receipts:
        cases.index.received(receipts, through=size)


def _take_in(
    cases: Cases,
    new: tuple[Mapping[str, list[Any]], Mapping[str, list[Plain]], dict[str, str]],
    now: datetime,
    size: int,
) -> None:
    found, told, procedures = new
    names = sorted({*found, *told})
    filed = []
    for start in range(0, len(names), _BATCH):
        part = names[start : start + _BATCH]
        kept = cases.index.kept(part)
        for name in part:
            old = kept.get(name) or Kept(id=name, procedure=procedures[name])
            events = (*old.events, *found.get(name, ()))
            keys = {each["key"] for each in told.get(name, ())}
            held = Kept(
                id=name,
                procedure=old.procedure,
                events=events,
                told=old.told | keys,
            )
            case = _case(cases, held, now)
            filed.append(
                Filed(
                    line=line_of(case, held.told),
                    events=tuple(found.get(name, ())),
                    told=tuple(told.get(name, ())),
                )
            )
    cases.index.put(filed, through=size)


def _case(cases: Cases, kept: Kept, now: datetime) -> Case:
    events = [from_dict(body, position=n) for n, body in kept.events]
    return fold(kept.id, cases.rules_for(kept.procedure), events, now)


def line_of(case: Case, told: frozenset[str]) -> CaseLine:
    """Return a case as it is listed; what ran out and is not told yet is due first."""
    held = case.standing
    pending = [e for e in _effects(case) if e.key not in told]
    due, next_due = case.due, case.next_due
    next_key = due[0].key if due else ""
    untold = min((e.at for e in pending), default=None)
    if untold and (next_due is None or untold <= next_due):
        next_due, next_key = untold, UNTOLD
    return CaseLine(
        id=case.id,
        procedure=case.rules.procedure.id,
        status=held.status,
        outcome=held.outcome,
        clause=next((b.clause for b in held.breaches.values()), ""),
        parties=tuple(sorted(held.concerned)),
        opened_at=held.opened_at,
        next_due=next_due,
        next_key=next_key,
        lapsed=sum(each.what in {"step-lapsed", "lapsed"} for each in held.log),
    )


def _effects(case: Case) -> Iterator[Effect]:
    return effects_of(case.id, case.rules, case.standing, case.standing.log)


def load(cases: Cases, name: str, now: datetime) -> Case:
    """Return a case as it stands at an instant.

    Raises:
        UsageError: There is no such case.
    """
    caught_up(cases, now)
    kept = cases.index.kept([name]).get(name)
    if kept is None:
        raise UsageError(
            "case",
            expected="the id of a case on record",
            got=repr(name),
            remedy="`pamiers case list DIR` names them.",
        )
    return _case(cases, kept, now)


def folded(cases: Cases, names: Sequence[str], now: datetime) -> Iterator[Case]:
    """Yield some cases as they stand at an instant, in the order of their names given.

    Those of which the index knows nothing are left out.
    """
    kept = cases.index.kept(names)
    for name in names:
        if name in kept:
            yield _case(cases, kept[name], now)


def record_event(
    cases: Cases, name: str, procedure: str, event: Event, now: datetime
) -> tuple[Case, list[Effect]]:
    """Put an event of a case on record, and what it asks for with it.

    Args:
        cases: Of the mission.
        name: Id of the case; a new one where nothing is on record of it.
        procedure: Under which a new case runs.
        event: What happened; not later than now.
        now: Instant of recording, aware.

    Returns:
        The case after it, and the effects that are new on record. An event that the
        case refuses is on record as refused.

    Raises:
        UsageError: No such procedure.
        OutOfOrderError: Others were faster five times.
    """
    for _ in range(_TRIES):
        caught_up(cases, now)
        kept = cases.index.kept([name]).get(name)
        kept = kept or Kept(id=name, procedure=procedure)
        size = cases.index.through()  # what came in since is not known of yet
        whole = Kept(
            id=name,
            procedure=kept.procedure,
            events=(*kept.events, (size, to_dict(event))),
            told=kept.told,
        )
        case = _case(cases, whole, now)
        new = [each for each in _effects(case) if each.key not in kept.told]
        body = {"case": name, "procedure": kept.procedure, "event": to_dict(event)}
        drafts = [new_draft(cases.mission, EVENT, body, now)]
        drafts += _told(cases, kept, new, now)
        try:
            cases.mission.record.append(drafts, after=size)
        except OutOfOrderError:
            continue
        caught_up(cases, now)
        return case, new
    raise OutOfOrderError(
        name,
        expected="a record that nobody else appends to meanwhile",
        got="others that were faster five times",
        remedy="Try again.",
    )


def _told(
    cases: Cases, kept: Kept, new: Sequence[Effect], now: datetime
) -> list[Draft]:
    if not new:
        return []
    told = [effect_to_dict(each, kept.procedure, now) for each in new]
    body = {"case": kept.id, "told": told}
    return [new_draft(cases.mission, TOLD, body, now)]


def effect_to_dict(effect: Effect, procedure: str, now: datetime) -> dict[str, Any]:
    """Return an effect as plain values; `late_s` is by how much it was noticed late."""
    plain: dict[str, Any] = {
        "key": effect.key,
        "kind": effect.kind,
        "case": effect.case,
        "procedure": procedure,
        "at": format_instant(effect.at),
        "told_at": format_instant(now),
        "late_s": max((now - effect.at).total_seconds(), 0.0),
        "to": list(effect.to),
        "what": effect.what,
        "about": effect.about,
        "by": list(effect.by),
        "outcome": effect.outcome,
        "reason": effect.reason,
    }
    if effect.due_at is not None:
        plain["due_at"] = format_instant(effect.due_at)
    return plain


def file_finding(
    cases: Cases, procedure: str, breach: Breach, now: datetime, *, by: Author = NOBODY
) -> tuple[Case, list[Effect]]:
    """Put a finding into the open case that it belongs to, or open one for it.

    Args:
        cases: Of the mission.
        procedure: That answers its clause.
        breach: The finding.
        now: Instant of recording, aware.
        by: Who brings it in: office, and person where that is known.

    Returns:
        The case and what is new on record. A finding that is in a case already
        changes nothing.
    """
    caught_up(cases, now)
    names = cases.index.alike(procedure, breach.clause)
    held = [_case(cases, each, now) for each in cases.index.kept(names).values()]
    for case in held:
        if breach.key in case.standing.breaches.keys() - case.standing.gone.keys():
            return case, []
    name = case_for(held, breach) or _new_name(cases, f"{procedure}-{breach.key[:12]}")
    office, person = by
    event = Event(kind="finding", at=now, by=office, person=person, breaches=(breach,))
    return record_event(cases, name, procedure, event, now)


def _new_name(cases: Cases, name: str) -> str:
    """Return a name that no case has yet: a closed case takes in no finding."""
    n, found = 1, name
    while cases.index.line(found) is not None:
        n += 1
        found = f"{name}.{n}"
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What one round of the worker did."""

    cases: int  #: with a time that had run out
    told: tuple[Mapping[str, Any], ...]  #: effects put on record, in deadline order


def work(cases: Cases, now: datetime, *, limit: int = 1_000_000) -> Worked:
    """Let every time run out that has, and put on record what follows, each once.

    Args:
        cases: Of the mission.
        now: By the one clock of the worker.
        limit: Most cases in one round.

    Returns:
        What was told, the earliest first. Broken off and begun again, it tells what
        it had not told.
    """
    caught_up(cases, now)
    told: list[Mapping[str, Any]] = []
    done = 0
    while done < limit:
        names = cases.index.due(now, min(_BATCH, limit - done))
        if not names:
            break
        told += _worked_at_last(cases, names, now)
        done += len(names)
    return Worked(cases=done, told=tuple(sorted(told, key=lambda e: e["at"])))


def _worked_at_last(
    cases: Cases, names: Sequence[str], now: datetime
) -> list[Mapping[str, Any]]:
    """Record what follows in some cases, though others may record meanwhile."""
    tries = 0
    while True:
        try:
            return _worked(cases, names, now)
        except OutOfOrderError:
            tries += 1
            if tries == _TRIES:
                raise
            caught_up(cases, now)


def _worked(
    cases: Cases, names: Sequence[str], now: datetime
) -> list[Mapping[str, Any]]:
    """Record what follows in some cases, in one append; and index it."""
    size = cases.index.through()  # what came in since is not known of yet
    kept = cases.index.kept(names)
    drafts: list[Draft] = []
    filed: list[Filed] = []
    told: list[Mapping[str, Any]] = []
    for name in names:
        case = _case(cases, kept[name], now)
        new = [each for each in _effects(case) if each.key not in kept[name].told]
        procedure = kept[name].procedure
        plain = tuple(effect_to_dict(each, procedure, now) for each in new)
        keys = kept[name].told | {each.key for each in new}
        drafts += _told(cases, kept[name], new, now)
        filed.append(Filed(line=line_of(case, keys), told=plain))
        told += plain
    if drafts:
        size = cases.mission.record.append(drafts, after=size).size
    cases.index.put(filed, through=size)
    return told
