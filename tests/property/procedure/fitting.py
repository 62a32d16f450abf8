"""What may sensibly be filed of a case as it stands, so that records reach deep."""

from collections.abc import Iterator
from dataclasses import replace

from pamiers.agreement.model.procedure import Office, Step
from pamiers.procedure import Case, Event
from pamiers.procedure.moves import available
from pamiers.procedure.voting import VOTED, voters


def fitting(case: Case, like: Event) -> list[Event]:
    """Return events that the case has a use for, each otherwise like a given one."""
    steps = list(_steps(case, like))
    rest = [*_remedies(case, like), *_papers(case, like), *_appeals(case, like)]
    rest += _offices(case, like)
    found = steps if steps and like.confidence else [*steps, *rest]
    return [replace(each, reason="so") for each in found]


def _steps(case: Case, like: Event) -> Iterator[Event]:
    for step in case.rules.procedure.steps:
        state = case.standing.steps.get(step.id)
        here = replace(like, step=step.id)
        if state is None or state.status == "waiting":
            if step.upon.words:
                yield replace(here, kind="met", by=step.by[0])
            for name in step.upon.event[:1]:
                yield replace(here, kind="recorded", name=name)
        elif state.status in {"open", "lapsed"}:
            yield from _open(case, step, here)


def _open(case: Case, step: Step, here: Event) -> Iterator[Event]:
    state, decision = case.standing.steps[step.id], step.decision
    able = available(case.rules, case.standing, step.id)
    if decision is not None and not state.passed_to:
        if decision.rule in VOTED:
            yield from _votes(case, step, here)
        able = {"chair": decision.chair, "arbitration": decision.arbiter}.get(
            decision.rule, able
        )
    for who in able:
        kind = "second" if state.first else "act"
        yield replace(here, kind=kind, by=who, choice="yes", outcome=_one(step, here))
    if step.longer is not None:
        asked = replace(here, kind="extension-asked", lasts="12 h elapsed")
        yield replace(asked, by=step.by[0])
    if step.id in case.standing.asked:
        for who in step.consent_of:
            choice = "no" if here.choice == "no" else "yes"
            yield replace(here, kind="consent", by=who, choice=choice)


def _one(step: Step, here: Event) -> str:
    if not step.outcomes:
        return here.outcome
    return step.outcomes[here.confidence % len(step.outcomes)]


def _votes(case: Case, step: Step, here: Event) -> Iterator[Event]:
    able = voters(case.rules, case.standing, step)
    there = able if here.confidence else able[:1]
    if step.id not in case.standing.sessions:
        outcome = _one(step, here)
        yield replace(here, kind="session", present=there, outcome=outcome)
    cast = case.standing.votes.get(step.id, {})
    for who in able:
        if who not in cast:
            choice = here.choice if here.choice in {"against", "abstain"} else "for"
            yield replace(here, kind="vote", by=who, choice=choice)


def _remedies(case: Case, like: Event) -> Iterator[Event]:
    for remedy in case.rules.procedure.remedies:
        held = case.standing.remedies.get(remedy.id)
        here = replace(like, name=remedy.id)
        if held is None:
            yield replace(here, kind="remedy", by=remedy.by[0])
        elif held.done_at is None:
            yield replace(here, kind="remedy-done", by=held.of[0])
        elif held.verified_at is None:
            for who in remedy.verified_by[:1]:
                yield replace(here, kind="remedy-verified", by=who)


def _appeals(case: Case, like: Event) -> Iterator[Event]:
    appeal = case.rules.procedure.appeal
    if appeal is None:
        return
    if case.standing.appeal_at is not None:
        for outcome in ("stands", "anew", "not-substantiated"):
            yield replace(like, kind="appeal-decided", by=appeal.to[0], outcome=outcome)
    elif case.standing.decided_at is not None:
        yield replace(like, kind="appeal", by=appeal.by[0])


def _offices(case: Case, like: Event) -> Iterator[Event]:
    held, standing = case.rules.procedure, case.standing
    asked: tuple[tuple[str, Office | None, bool], ...] = (
        ("suspended", held.suspension, case.is_open and not standing.suspended_at),
        ("resumed", held.suspension, standing.suspended_at is not None),
        ("stood-down", held.stand_down, case.is_open),
        ("reopened", held.reopening, standing.status == "closed"),
    )
    for kind, office, now in asked:
        if office is not None and office.by and now:
            yield replace(like, kind=kind, by=office.by[0])


def _papers(case: Case, like: Event) -> Iterator[Event]:
    held = case.rules.procedure
    if case.standing.status != "closed":
        yield replace(like, kind="finding")
        return
    yield replace(like, kind="evidence")
    if held.minutes is not None:
        yield replace(like, kind="minutes", by=held.minutes.by[0])
        for who in held.minutes.signed_by:
            yield replace(like, kind="signed", by=who)
    if held.publication is not None:
        yield replace(like, kind="published", by=held.publication.by[0])
