"""When the times of a case run out: each from its anchor, by its calendar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pamiers.agreement.model.procedure import Step
from pamiers.agreement.values.duration import parse_duration
from pamiers.procedure.event import Breach
from pamiers.procedure.rules import Rules, after, later
from pamiers.procedure.standing import Standing, StepState
from pamiers.procedure.triggers import counting


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something to be done in a case by an instant, and by whom."""

    key: str  #: `step:ID`, `remedy:ID`, `remedy-check:ID`, `reply:PARTY`, `appeal` ...
    by: tuple[str, ...]
    since: datetime
    due_at: datetime

    @property
    def what(self) -> str:
        """Return what kind of thing is due."""
        return self.key.partition(":")[0]

    @property
    def name(self) -> str:
        """Return which of its kind."""
        return self.key.partition(":")[2]


def anchor(rules: Rules, standing: Standing, step: Step, opened: datetime) -> datetime:
    """Return what the time of a step runs from.

    Args:
        rules: Of the case.
        standing: Where the case stands.
        step: The step.
        opened: When it opened [UTC].

    Returns:
        The instant of its clock; in a case that was opened again, no sooner than
        that; its own opening where what the clock names is not on record.
    """
    if step.from_ == "previous step":
        return max(_ends(standing, step, opened), default=opened)
    found = {
        "initial breach": _first(b.breach_at for b in _grounds(rules, standing)),
        "finding": _first(b.found_at for b in counting(rules, standing)),
        "receipt": standing.receipt_at or standing.opened_at,
        "report": standing.report_at or standing.opened_at,
        "complaint": standing.complaint_at or standing.opened_at,
    }.get(step.from_)
    start = found or opened
    return max(start, standing.base_at) if standing.base_at else start


def _grounds(rules: Rules, standing: Standing) -> tuple[Breach, ...]:
    return counting(rules, standing) or standing.active


def _first(times: Iterator[datetime | None]) -> datetime | None:
    return min((each for each in times if each is not None), default=None)


def _ends(standing: Standing, step: Step, opened: datetime) -> Iterator[datetime]:
    """Yield when steps before were over; what is done late afterwards moves nothing."""
    for name in step.upon.after:
        state = standing.steps.get(name)
        for at in (state.ended_at, state.lapsed_at) if state else ():
            if at is not None and at <= opened:
                yield at


def timed(rules: Rules, standing: Standing, step: Step, state: StepState) -> StepState:
    """Return the state of an open step with the instant at which it is due.

    Args:
        rules: Of the case.
        standing: Where the case stands.
        step: The step.
        state: As it is; `opened_at` set where it is open.

    Returns:
        The state, counted anew.
    """
    if state.opened_at is None:
        return state
    base = state.passed_due or _base(rules, standing, step, state.opened_at)
    due: datetime | None = base
    for longer in state.longer:
        due = due and after(rules, due, parse_duration(longer))
    start = anchor(rules, standing, step, state.opened_at)
    if state.passed_due and state.lapsed_at:
        start = state.lapsed_at
    return replace(state, base_at=base, due_at=moved(standing.pauses, start, due))


def moved(
    pauses: Iterable[tuple[datetime, datetime]], start: datetime, due: datetime | None
) -> datetime | None:
    """Return when a time is over that ran from an instant on, but in no pause."""
    for since, until in pauses:
        if due is None or since > due:
            return due
        if until > start:
            due = later(due, (until - max(since, start)).total_seconds())
    return due


def _base(
    rules: Rules, standing: Standing, step: Step, opened: datetime
) -> datetime | None:
    if step.within is None:
        return None
    due = after(rules, anchor(rules, standing, step, opened), step.within)
    least = after(rules, opened, step.no_less)
    return max(due, least) if due and least else due


def dues(rules: Rules, standing: Standing) -> Iterator[Due]:
    """Yield everything of a case that is due, in no order; paused: the end of that."""
    if standing.suspended_at is not None:
        if standing.suspended_until is not None:
            yield _due(
                "suspension", (), standing.suspended_at, standing.suspended_until
            )
        return
    yield from _appeals(rules, standing)
    appeal = rules.procedure.appeal
    if standing.appeal_due and appeal is not None and appeal.suspends:
        return
    yield from _steps(rules, standing)
    yield from _remedies(rules, standing)
    yield from _replies(standing)
    yield from _papers(rules, standing)


def _due(key: str, by: tuple[str, ...], since: datetime | None, at: datetime) -> Due:
    return Due(key=key, by=by, since=since or at, due_at=at)


def _steps(rules: Rules, standing: Standing) -> Iterator[Due]:
    for step in rules.procedure.steps:
        state = standing.steps.get(step.id)
        if state and state.status == "open" and state.due_at:
            by = state.passed_to or step.by
            yield _due(f"step:{step.id}", by, state.opened_at, state.due_at)


def _remedies(rules: Rules, standing: Standing) -> Iterator[Due]:
    for name, state in standing.remedies.items():
        if state.done_at is None and f"remedy:{name}" not in standing.lapsed:
            yield _due(f"remedy:{name}", state.of, state.determined_at, state.due_at)
        remedy = rules.procedure.remedy(name)
        waits = state.done_at and not (state.verified_at or state.refused_at)
        key = f"remedy-check:{name}"
        if remedy and waits and state.check_at and key not in standing.lapsed:
            yield _due(key, remedy.verified_by, state.done_at, state.check_at)


def _appeals(rules: Rules, standing: Standing) -> Iterator[Due]:
    if standing.appeal_due is not None and rules.procedure.appeal is not None:
        to = rules.procedure.appeal.to
        yield _due("appeal", to, standing.appeal_at, standing.appeal_due)


def _replies(standing: Standing) -> Iterator[Due]:
    if standing.reply_due is None or standing.status != "open":
        return
    for party, replied in standing.replies.items():
        key = f"reply:{party}"
        if replied is None and key not in standing.lapsed:
            yield _due(key, (party,), standing.opened_at, standing.reply_due)


def _papers(rules: Rules, standing: Standing) -> Iterator[Due]:
    """Yield minutes, publication, and a decision whether to open a case again."""
    found = rules.procedure
    asked = (
        ("minutes", found.minutes, standing.minutes_due, standing.minutes_at),
        (
            "publication",
            found.publication,
            standing.publication_due,
            standing.published_at,
        ),
        ("reopening", found.reopening, standing.evidence_due, None),
    )
    for key, office, due, done in asked:
        if office and due and done is None and key not in standing.lapsed:
            yield _due(key, office.by, standing.closed_at, due)
    rest = _rests_at(rules, standing)
    if rest is not None:
        yield _due("rest", (), standing.opened_at, rest)


def _rests_at(rules: Rules, standing: Standing) -> datetime | None:
    """Return when a case in which nothing is left to do comes to rest."""
    over = rules.procedure.cases.over
    if over is None or standing.status != "open" or _busy(standing):
        return None
    last = max((b.breach_at for b in standing.active), default=standing.opened_at)
    ends = [e.ended_at or e.lapsed_at for e in standing.steps.values()]
    start = max((each for each in (last, *ends) if each), default=None)
    return moved(standing.pauses, start, after(rules, start, over)) if start else None


def _busy(standing: Standing) -> bool:
    """Tell whether a step is open, or a remedy neither done nor settled."""
    if any(each.status == "open" for each in standing.steps.values()):
        return True
    return any(
        each.done_at is None
        or not (each.verified_at or each.refused_at or each.check_at is None)
        for each in standing.remedies.values()
    )
