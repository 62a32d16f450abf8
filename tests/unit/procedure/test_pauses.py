"""While a procedure is suspended, or an appeal that suspends pends, no time runs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pamiers.agreement.model import procedure as m
from pamiers.agreement.values.duration import parse_duration
from pamiers.procedure import Case, Event, Rules, advance
from tests.unit.procedure.ground import at, begun, breach, ladder, rules, then

TEN_DAYS = parse_duration("10 d")


def paused(**facts: object) -> Rules:
    """Return rules under which the chair may suspend, and parties are heard."""
    held = {"suspension": m.Office(by=("chair",), within=TEN_DAYS), **facts}
    return rules(ladder(reply=parse_duration("48 h"), **held))


def dues(case: Case) -> dict[str, datetime]:
    return {each.key: each.due_at for each in case.due}


def test_a_reply_is_waited_for_as_long_as_nothing_ran() -> None:
    case = then(begun(paused()), 10, "suspended", by="c")
    case = then(case, 100, "resumed", by="c")
    assert dues(case) == {"step:warn": at(24 + 90), "reply:a": at(1 + 48 + 90)}


def test_a_step_that_opens_after_a_pause_does_not_count_it() -> None:
    case = then(begun(paused()), 10, "suspended", by="c")
    case = then(case, 50, "resumed", by="c")
    case = then(case, 60, "finding", breaches=(breach("f2", 59, severity=4),))
    assert case.standing.steps["decide"].due_at == at(72 + 40)


def test_what_is_due_as_a_pause_begins_is_due_as_it_ends() -> None:
    case = then(begun(paused()), 24, "suspended", by="c")
    case = then(case, 30, "resumed", by="c")
    assert dues(case)["step:warn"] == at(30)


def test_a_pause_after_its_time_does_not_help_a_step() -> None:
    case = then(begun(paused()), 40, "suspended", by="c")
    case = then(case, 50, "resumed", by="c")
    case = then(case, 51, "finding", breaches=(breach("f0", -1),))
    assert case.standing.steps["warn"].due_at == at(23)


def test_a_remedy_that_was_carried_out_is_checked_so_much_later() -> None:
    remedy = m.Remedy(
        id="leave",
        title={},
        by=("chair",),
        within=TEN_DAYS,
        verified_by=("judge",),
        verified_within=TEN_DAYS,
    )
    case = then(begun(paused(remedies=(remedy,))), 2, "remedy", by="c", name="leave")
    case = then(case, 3, "remedy-done", by="a", name="leave")
    case = then(case, 10, "suspended", by="c")
    case = then(case, 15, "resumed", by="c")
    assert dues(case)["remedy-check:leave"] == at(3 + 240 + 5)


def appealed(*, suspends: bool = True) -> Case:
    """Return a case in which party a appealed at 30 h, with 5 d to decide it."""
    appeal = m.Appeal(
        to=("judge",),
        by=("a", "b"),
        within=TEN_DAYS,
        decided_within=parse_duration("5 d"),
        suspends=suspends,
    )
    first = m.Step(
        id="find", act="decide", by=("chair",), within=parse_duration("24 h")
    )
    second = m.Step(
        id="end",
        by=("judge",),
        upon=m.Upon(after=("find",)),
        within=parse_duration("24 h"),
        from_="previous step",
    )
    held = paused(steps=(first, second), appeal=appeal)
    case = then(begun(held), 20, "act", step="find", by="c")
    return then(case, 30, "appeal", by="a", reason="not we")


def test_meanwhile_nothing_else_runs() -> None:
    assert dues(appealed()) == {"appeal": at(150)}
    assert set(dues(appealed(suspends=False))) == {"appeal", "reply:a", "step:end"}


def test_what_is_done_late_moves_no_clock_that_ran_from_its_silence() -> None:
    first = m.Step(id="find", by=("chair",), within=parse_duration("24 h"))
    second = m.Step(
        id="end",
        by=("judge",),
        upon=m.Upon(after=("find",), how="silent"),
        within=parse_duration("24 h"),
        from_="previous step",
    )
    case = then(begun(paused(steps=(first, second))), 40, "act", step="find", by="c")
    assert dues(case)["step:end"] == at(25 + 24)
    case = then(case, 41, "finding", breaches=(breach("f2", 1),))
    assert dues(case)["step:end"] == at(25 + 24)


def test_a_pause_within_a_pause_counts_once() -> None:
    case = then(appealed(), 40, "suspended", by="c")
    case = then(case, 60, "resumed", by="c")
    assert dues(case) == {"appeal": at(150 + 20)}
    case = then(case, 70, "appeal-decided", by="j", outcome="stands", reason="so")
    assert case.standing.pauses == ((at(30), at(70)),)
    assert dues(case) == {"step:end": at(44 + 40), "reply:a": at(49 + 40)}


def test_breaches_at_the_end_of_all_calendars_are_borne() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    found = tuple(replace(breach(f"f{n}"), breach_at=last) for n in range(3))
    case, _ = advance(
        Case(id="c", rules=paused()),
        Event(kind="finding", at=at(0), breaches=found),
        at(0) + timedelta(days=400),
    )
    assert case.standing.steps["consult"].due_at is None
