"""The one verb: a case, an event and an instant make the next case, and effects."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pamiers.procedure.case import Case, Refused
from pamiers.procedure.effects import Effect, effects_of
from pamiers.procedure.event import Event
from pamiers.procedure.lapsing import run_to
from pamiers.procedure.recording import record
from pamiers.procedure.rules import Rules
from pamiers.procedure.standing import Standing


def advance(
    case: Case, event: Event | None, now: datetime
) -> tuple[Case, tuple[Effect, ...]]:
    """Return a case after an event, as far as an instant, and what it asks for.

    Total and deterministic: an event that means nothing to the case is kept as
    refused, with the reason. An event that took place before what is known already
    is put in its place, and everything after it follows anew.

    Args:
        case: As it stood; unchanged.
        event: What was recorded; None for the passing of time alone.
        now: Until when times are taken to have run out [UTC]; an earlier one than
            the case has seen is taken for that.

    Returns:
        The next case; and effects, in the order in which they came about. Asked
        again with the same, they have the same keys.
    """
    until = max(now, case.as_of) if case.as_of else now
    if event is None:
        return _time_passes(case, until)
    if event.at > until:
        return _refuse(case, event, "not-yet", until)
    entries = (*case.entries, event)
    in_order = not case.entries or case.entries[-1].order <= event.order
    seen = case.as_of is None or event.at >= case.as_of
    if in_order and seen:
        return _next(case, event, entries, until)
    fresh = fold(case.id, case.rules, entries, until)
    known = {each.identity for each in case.standing.log}
    new = [each for each in fresh.standing.log if each.identity not in known]
    effects = list(effects_of(case.id, case.rules, fresh.standing, new))
    effects += _refusals(case, fresh)
    return fresh, tuple(effects)


def fold(id_: str, rules: Rules, entries: Iterable[Event], now: datetime) -> Case:
    """Return the case that entries make, in whatever order they are given.

    Args:
        id_: Of the case.
        rules: Of the case.
        entries: Everything recorded of it.
        now: Until when times are taken to have run out [UTC].

    Returns:
        The case; one without entries has the status `new`.
    """
    standing, refused = Standing(), []
    ordered = tuple(sorted(entries, key=lambda each: each.order))
    for event in ordered:
        run_to(rules, standing, event.at)
        why = record(rules, standing, event)
        if why:
            refused.append(Refused(event=event, why=why))
    run_to(rules, standing, now)
    return Case(
        id=id_,
        rules=rules,
        entries=ordered,
        as_of=now,
        standing=standing,
        refused=tuple(refused),
    )


def _next(
    case: Case, event: Event, entries: tuple[Event, ...], now: datetime
) -> tuple[Case, tuple[Effect, ...]]:
    standing = case.standing.copy()
    before = len(standing.log)
    run_to(case.rules, standing, event.at)
    why = record(case.rules, standing, event)
    run_to(case.rules, standing, now)
    refused = (*case.refused, Refused(event=event, why=why)) if why else case.refused
    after = replace(
        case, entries=entries, as_of=now, standing=standing, refused=refused
    )
    effects = list(effects_of(case.id, case.rules, standing, standing.log[before:]))
    effects += _refusals(case, after)
    return after, tuple(effects)


def _time_passes(case: Case, now: datetime) -> tuple[Case, tuple[Effect, ...]]:
    standing = case.standing.copy()
    before = len(standing.log)
    run_to(case.rules, standing, now)
    after = replace(case, as_of=now, standing=standing)
    new = standing.log[before:]
    return after, tuple(effects_of(case.id, case.rules, standing, new))


def _refuse(
    case: Case, event: Event, why: str, now: datetime
) -> tuple[Case, tuple[Effect, ...]]:
    after, effects = _time_passes(case, now)
    after = replace(after, refused=(*after.refused, Refused(event=event, why=why)))
    return after, (*effects, *_refusals(case, after))


def _refusals(before: Case, after: Case) -> list[Effect]:
    known = {(each.event, each.why) for each in before.refused}
    return [
        Effect(
            key=f"{after.id}/refused/{each.event.kind}/{each.event.at.isoformat()}/"
            f"{each.event.position}",
            kind="refusal",
            case=after.id,
            at=each.event.at,
            to=(each.event.by,),
            what=each.event.kind,
            about=each.event.step,
            reason=each.why,
        )
        for each in after.refused
        if (each.event, each.why) not in known
    ]
