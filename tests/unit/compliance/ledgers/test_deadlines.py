"""Duties by a date: done, late, due, overdue, waiting, locked, suspended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pamiers.agreement.model import (
    Agreement,
    Bound,
    Requirement,
    Subject,
    Suspension,
    Verb,
)
from pamiers.agreement.values.expression import parse_expression
from pamiers.compliance.assess import assess
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.duty import Duty, Occasion, Status
from pamiers.core.instant import Interval
from pamiers.core.rows import Statement, Tally
from pamiers.core.source import Source
from tests.unit.compliance import small
from tests.unit.compliance.ledgers.small import (
    agreement,
    at,
    duties,
    duty,
    event,
    finding,
    known,
    moment,
    one,
    owes,
    said,
    tally,
)

LAW = duty(deadline="end of 2006-03-31")


def test_a_law_due_in_march_and_enacted_in_july_is_late_by_102_days() -> None:
    # Aceh, memorandum of 15 August 2005, 1.1.1; enacted on 11 July 2006.
    found = one(known(agreement(owes(LAW)), [event("law_enacted", "2006-07-11")]))
    assert found.due_at == datetime(2006, 3, 31, 17, tzinfo=UTC)
    assert found.status is Status.DONE_LATE
    assert str(found.late) == "102 d"
    assert found.done_at == at("2006-07-12")
    assert found.sources == ("gazette",)
    assert found.written == "end of 2006-03-31"


def test_done_on_the_last_day_is_done_in_time() -> None:
    found = one(known(agreement(owes(LAW)), [event("law_enacted", "2006-03-31")]))
    assert (found.status, found.late) == (Status.DONE, None)


@pytest.mark.parametrize(
    ("day", "status", "late"),
    [
        ("2006-03-31", Status.DUE, "None"),
        ("2006-04-01", Status.OVERDUE, "1 d"),
        ("2006-04-02", Status.OVERDUE, "2 d"),
        ("2006-07-11", Status.OVERDUE, "102 d"),
    ],
)
def test_without_a_record_it_is_due_and_then_overdue(
    day: str, status: Status, late: str
) -> None:
    found = one(known(agreement(owes(LAW)), now=at(day)))
    assert (found.status, str(found.late)) == (status, late)


def test_overdue_says_that_silence_is_no_evidence() -> None:
    found = one(known(agreement(owes(LAW))))
    assert [each.key for each in found.why] == ["calendar.not_reported"]


def test_what_somebody_else_did_does_not_count() -> None:
    both = duty(deadline="end of 2006-03-31", bearers=("A", "B"))
    found = duties(known(agreement(owes(both)), [event("law_enacted", "2006-03-01")]))
    by = {each.bearer: each.status for each in found}
    assert by == {"A": Status.DONE, "B": Status.OVERDUE}


def test_an_act_without_an_actor_is_that_of_one_who_owes_it_alone() -> None:
    acts = [event("law_enacted", "2006-03-01", actor=None)]
    assert one(known(agreement(owes(LAW)), acts)).status is Status.DONE
    both = duty(deadline="end of 2006-03-31", bearers=("A", "B"))
    found = duties(known(agreement(owes(both)), acts))
    assert {each.status for each in found} == {Status.OVERDUE}


def test_a_record_that_spans_the_instant_leaves_open_whether_it_was_in_time() -> None:
    spans = event("law_enacted", "2006-03-31", end=at("2006-04-05"))
    found = one(known(agreement(owes(LAW)), [spans]))
    assert (found.status, found.late) == (Status.DONE_UNTIMED, None)


def test_a_deadline_of_an_event_waits_for_it() -> None:
    waits = duty(deadline="T + 30 d", from_=(moment("T"),), from_at=None)
    found = one(known(agreement(owes(waits))))
    assert (found.status, found.waits_for) == (Status.WAITING, ("T",))
    assert (found.due_at, found.written) == (None, "T + 30 d")
    assert found.why[0].text == "Waits for T."


def test_once_the_event_has_come_the_same_duty_has_a_date() -> None:
    waits = duty(deadline="T + 30 d", from_=(moment("T"),), from_at=None)
    before = one(known(agreement(owes(waits))))
    anchors = {"T": at("2006-08-01")}
    after = one(known(agreement(owes(waits), anchors=anchors)))
    assert (after.key, after.status) == (before.key, Status.DUE)
    assert after.due_at == at("2006-08-31")


def test_a_duty_is_locked_until_another_is_verified() -> None:
    first = owes(LAW, name="law", verified_by=("amm",))
    second = owes(
        duty(kinds=("visit",), within="20 d", requires=(Requirement(clause="law"),)),
        name="relocation",
    )
    deal = agreement(first, second)
    acts = [event("law_enacted", "2006-03-01")]
    found = one(known(deal, acts), "relocation")
    assert (found.status, found.locked_by) == (Status.LOCKED, ("law",))
    verified = said("verified:law", "2006-07-20", actor="amm", to="A")
    found = one(known(deal, [verified]), "relocation")
    assert (found.status, found.due_at) == (Status.DUE, at("2006-08-09"))
    done = one(known(deal, [*acts, verified]))
    assert "gazette:verified:law-2006-07-20" in done.done_by
    assert done.done_at == at("2006-03-02")


def test_only_those_who_are_to_verify_can() -> None:
    deal = agreement(owes(LAW, verified_by=("amm",)))
    mine = said("verified:law", "2006-03-20", actor="A", to="A")
    assert one(known(deal, [mine])).status is Status.OVERDUE


def test_a_duty_is_suspended_while_it_is() -> None:
    rest = Suspension(
        from_=moment("D"),
        until=moment("D + 400 d"),
        from_at=at("2005-08-15"),
        until_at=at("2006-09-19"),
    )
    deal = agreement(owes(LAW, suspended=(rest,)))
    assert one(known(deal)).status is Status.SUSPENDED
    assert one(known(deal, now=at("2007-01-01"))).status is Status.OVERDUE


def test_a_record_can_suspend_too() -> None:
    rest = said("suspension:law", "2006-07-01", end=None)
    assert one(known(agreement(owes(LAW)), [rest])).status is Status.SUSPENDED


def test_what_lapses_is_missed_and_not_overdue() -> None:
    found = one(known(agreement(owes(LAW, perdurant=False))))
    assert found.status is Status.MISSED


def test_a_duty_without_a_date_is_open() -> None:
    found = one(known(agreement(owes(duty()))))
    assert (found.status, found.due_at) == (Status.OPEN, None)


def test_rival_readings_stand_side_by_side() -> None:
    early = duty(id="d90", deadline="D + 90 d")
    late = duty(id="d91", deadline="D + 91 d")
    found = duties(known(agreement(owes(early, late))))
    assert [each.readings for each in found] == [("d90",), ("d91",)]
    assert [str(each.late) for each in found] == ["262 d", "261 d"]


def test_a_state_is_reached_by_a_finding_that_it_is_kept() -> None:
    gone = small.reading(
        subject=Subject.STATE,
        kinds=(),
        state="absence",
        from_at=at("2005-08-15"),
        deadline=(moment("D + 30 d"),),
        bearers=("A",),
    )
    deal = agreement(owes(gone))
    days = ["2005-09-14", "2005-09-15", "2005-09-16"]
    verdicts = [Verdict.UNOBSERVED, Verdict.BREACHED, Verdict.KEPT]
    facts = [
        finding("law", d, v, party="A") for d, v in zip(days, verdicts, strict=True)
    ]
    found = one(known(deal, findings=facts[:2]))
    assert (found.status, found.why[0].key) == (Status.OVERDUE, "calendar.breached")
    found = one(known(deal, findings=facts))
    assert (found.status, str(found.late)) == (Status.DONE_LATE, "2 d")


def test_a_clause_begins_to_hold() -> None:
    ban = small.clause(duty(kinds=("fire",)), name="quiet")
    found = one(known(agreement(ban)), "quiet")
    assert (found.occasion, found.status) == (Occasion.BEGINS, Status.IN_FORCE)


def test_the_calendar_is_in_order_of_time() -> None:
    clauses = [owes(duty(deadline=f"D + {n} d"), name=f"c{n}") for n in (90, 30, 45)]
    found = calendar(known(agreement(*clauses)))
    assert [each.clause for each in found] == ["c30", "c45", "c90"]


def test_an_end_of_the_clause_ends_what_is_owed() -> None:
    over = replace(duty(), until=(moment("D + 10 d"),), until_at=at("2005-08-25"))
    found = {
        each.occasion: each.status for each in duties(known(agreement(owes(over))))
    }
    assert found == {Occasion.DEADLINE: Status.ENDED, Occasion.ENDS: Status.ENDED}


def test_within_a_day_hours_tell_how_late_it_is() -> None:
    soon = duty(deadline="D + 12 h")
    act = event("law_enacted", "2005-08-15", start=at("2005-08-15T14:00+07:00"))
    act = replace(act, end=at("2005-08-15T15:00+07:00"))
    found = one(known(agreement(owes(soon)), [act]))
    assert (str(found.late), found.late and found.late.seconds) == ("3 h", 3 * 3600)
    assert found.due_at == at("2005-08-15") + timedelta(hours=12)


def test_verbs_other_than_duties_have_no_deadline() -> None:
    ban = small.clause(duty(from_=()), name="quiet", verb=Verb.FORBID)
    assert duties(known(agreement(ban)), "quiet") == []


def test_a_clause_that_has_ended_is_no_longer_in_force() -> None:
    ban = duty(kinds=("fire",), until=(moment("D + 10 d"),))
    found = duties(known(agreement(small.clause(ban, name="quiet"))), "quiet")
    assert {each.status for each in found} == {Status.ENDED}


def test_a_condition_tells_one_act_from_another() -> None:
    wanted = parse_expression("stage == 1")
    first = owes(duty(deadline="end of 2006-03-31", condition=wanted))
    other = event("law_enacted", "2006-03-01", extra={"stage": "2"})
    right = event("law_enacted", "2006-03-02", extra={"stage": "1"})
    assert one(known(agreement(first), [other])).status is Status.OVERDUE
    assert one(known(agreement(first), [other, right])).status is Status.DONE


def test_a_partys_own_word_establishes_nothing() -> None:
    palace = Source(id="palace", name="Palace", interested=("A",))
    said_so = event("law_enacted", "2006-03-01", source="palace")
    found = known(agreement(owes(LAW)), [said_so], sources={"palace": palace})
    assert one(found).status is Status.OVERDUE
    assert one(known(agreement(owes(LAW)), [said_so])).status is Status.DONE


def amended() -> Agreement:
    """Return a law due in March, put off to December by an instrument of February."""
    on = at("2006-02-01")
    first = duty(
        deadline="end of 2006-03-31",
        until=(moment("start of 2006-02-01"),),
        until_at=on,
    )
    later = duty(
        deadline="end of 2006-12-31",
        version="protocol",
        from_=(moment("start of 2006-02-01"),),
        since=(moment("D"),),
    )
    return agreement(owes(first, later))


def test_a_deadline_that_was_put_off_in_time_never_came_due() -> None:
    found = {each.version: each for each in duties(known(amended())) if each.due_at}
    dated = {v: d.status for v, d in found.items() if d.occasion is Occasion.DEADLINE}
    assert dated == {"": Status.ENDED, "protocol": Status.DUE}


def test_what_was_done_before_the_amendment_counts_after_it() -> None:
    acts = [event("law_enacted", "2006-01-10")]
    found = duties(known(amended(), acts))
    statuses = {d.version: d.status for d in found if d.occasion is Occasion.DEADLINE}
    assert statuses == {"": Status.DONE, "protocol": Status.DONE}


def both(
    deal: Agreement, *rows: Statement | Tally, now: datetime
) -> tuple[Duty, Finding]:
    """Return the duty `law` as the calendar tells it, and the finding on it."""
    told = known(deal, rows, now=now)
    (due,) = [each for each in calendar(told) if each.clause == "law"]
    day = Interval(now - timedelta(days=1), now)
    (found,) = assess(deal, told.world, day, now, ("law",))
    return due, found


def test_a_time_that_runs_from_nothing_else_runs_from_the_beginning() -> None:
    deal = agreement(owes(duty(within="10 d")))
    due, found = both(deal, now=at("2005-09-01"))
    assert due.due_at == found.due_at == at("2005-08-25")
    assert due.status is Status.OVERDUE
    done = event("law_enacted", "2005-08-27")
    due, found = both(deal, done, now=at("2005-09-01"))
    assert due.status is Status.DONE_LATE
    assert (found.verdict, found.why) == (Verdict.BREACHED, Why.LATE)


def test_an_amendment_does_not_set_a_running_time_back() -> None:
    first = duty(within="10 d", from_at=at("2005-08-15"), until_at=at("2005-08-20"))
    later = duty(
        within="20 d", from_at=at("2005-08-20"), since_at=at("2005-08-15"), version="b"
    )
    deal = agreement(owes(first, later))
    told = known(deal, now=at("2005-08-22"))
    dues = {each.version: each.due_at for each in calendar(told)}
    assert dues["b"] == at("2005-09-04")
    day = Interval(at("2005-08-21"), at("2005-08-22"))
    (found,) = assess(deal, told.world, day, at("2005-08-22"), ("law",))
    assert found.due_at == at("2005-09-04")


@pytest.mark.parametrize("counted", [False, True])
def test_time_runs_from_the_verification_of_what_comes_first(counted: bool) -> None:  # noqa: FBT001
    bound = Bound(least=1.0, counter="gazette") if counted else None
    stage = duty(kinds=("visit",), deadline="end of 2006-03-31")
    if counted:
        stage = replace(
            stage, subject=Subject.STOCK, kinds=(), status="accepted", bound=bound
        )
    first = owes(
        stage,
        name="stage",
        verb=Verb.AT_LEAST if counted else Verb.OBLIGE,
        verified_by=("amm",),
    )
    second = duty(requires=(Requirement(clause="stage"),), within="5 d")
    deal = agreement(first, owes(second))
    act = (
        tally(1, "accepted", "2005-09-01", source="gazette")
        if counted
        else event("visit", "2005-09-01")
    )
    due, found = both(deal, act, now=at("2005-09-10"))
    assert due.status is Status.LOCKED
    assert found.locked_by == due.locked_by == ("stage",)
    checked = said("verified:stage", "2005-09-10", actor="amm")
    due, found = both(deal, act, checked, now=at("2005-09-12"))
    assert due.due_at == found.due_at == at("2005-09-15")
    assert due.status is Status.DUE
    assert found.why is Why.PENDING
