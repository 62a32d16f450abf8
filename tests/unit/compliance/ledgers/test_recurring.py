"""Duties upon events, again and again, before activities, and the agreement's life."""

from datetime import timedelta

import pytest

from pamiers.agreement.model import Life, LifeEvent, Matter, Subject, Verb, Window
from pamiers.agreement.values.duration import parse_duration
from pamiers.compliance.finding import Verdict
from pamiers.compliance.ledgers.calendar.duty import Duty, Occasion, Status
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
)

DAY = 86_400.0
REQUEST = Matter(subject=Subject.EVENT, kinds=("request",))
ANSWER = duty(kinds=("visit",), upon=REQUEST, within="48 h")
FORTNIGHT = duty(
    kinds=("visit",),
    period=Window(seconds=15 * DAY),
    from_at=at("2006-01-01"),
)


def statuses(found: list[Duty]) -> list[tuple[Status, str | None]]:
    return [
        (each.status, None if each.late is None else str(each.late)) for each in found
    ]


def test_each_request_is_answered_in_its_own_time() -> None:
    acts = [
        event("request", "2006-07-01", actor="B"),
        event("visit", "2006-07-03"),
        event("request", "2006-07-10", actor="B"),
        event("visit", "2006-07-17"),
        event("request", "2006-07-31", actor="B"),
    ]
    found = duties(known(agreement(owes(ANSWER)), acts))
    assert statuses(found) == [
        (Status.DONE, None),
        (Status.DONE_LATE, "5 d"),
        (Status.DUE, None),
    ]
    assert {each.occasion for each in found} == {Occasion.RESPONSE}
    assert found[2].due_at == at("2006-08-03")


def test_a_duty_upon_an_event_waits_for_the_first() -> None:
    found = one(known(agreement(owes(ANSWER))))
    assert (found.status, found.waits_for) == (Status.WAITING, ("request",))


def test_a_duty_upon_a_breach_runs_from_its_episode() -> None:
    ban = owes(duty(kinds=("fire",)), name="quiet", verb=Verb.FORBID)
    answer = duty(
        kinds=("visit",),
        within="3 d",
        upon=Matter(subject=Subject.EVENT, breach_of=("quiet",)),
    )
    days = ["2006-07-01", "2006-07-02", "2006-07-20"]
    facts = [finding("quiet", day, Verdict.BREACHED) for day in days]
    found = duties(known(agreement(ban, owes(answer)), findings=facts))
    assert [each.due_at for each in found] == [at("2006-07-05"), at("2006-07-24")]


def test_act_and_trigger_share_what_they_have_to() -> None:
    shares = duty(kinds=("visit",), upon=REQUEST, within="48 h", same=("id",))
    acts = [
        event("request", "2006-07-01", actor="B", ref="r1"),
        event("visit", "2006-07-02", ref="r2"),
    ]
    assert one(known(agreement(owes(shares)), acts)).status is Status.OVERDUE


def test_the_next_visit_is_due_a_period_after_the_last() -> None:
    acts = [event("visit", day) for day in ("2006-01-10", "2006-01-20")]
    found = duties(
        known(agreement(owes(FORTNIGHT, verb=Verb.EVERY)), acts, now=at("2006-01-25"))
    )
    assert statuses(found) == [(Status.DUE, None)]
    assert found[0].due_at == at("2006-01-21") + timedelta(days=15)
    assert found[0].why[0].text == "Met in time 2 of 2 times on record."


def test_a_visit_that_came_late_is_told_apart() -> None:
    acts = [event("visit", day) for day in ("2006-01-10", "2006-02-10")]
    found = duties(
        known(agreement(owes(FORTNIGHT, verb=Verb.EVERY)), acts, now=at("2006-03-10"))
    )
    assert statuses(found) == [(Status.DONE_LATE, "16 d"), (Status.OVERDUE, "13 d")]


def test_months_left_out_are_told_as_one_run() -> None:
    monthly = duty(
        kinds=("visit",), period=Window(calendar="month"), from_at=at("2005-12-15")
    )
    acts = [event("visit", "2006-01-31"), event("visit", "2006-05-01")]
    found = duties(
        known(agreement(owes(monthly, verb=Verb.EVERY)), acts, now=at("2006-07-04"))
    )
    told = [(d.status, d.times, d.due_at) for d in found]
    assert told == [
        (Status.MISSED, 3, at("2006-03-01")),
        (Status.MISSED, 1, at("2006-07-01")),
        (Status.DUE, 1, at("2006-08-01")),
    ]


def test_before_it_begins_a_period_has_its_first_date() -> None:
    later = duty(
        kinds=("visit",), period=Window(seconds=15 * DAY), from_at=at("2006-09-01")
    )
    found = one(known(agreement(owes(later, verb=Verb.EVERY))))
    assert (found.status, found.due_at) == (Status.DUE, at("2006-09-16"))


def test_before_it_begins_what_no_text_says_how_often_has_no_date() -> None:
    later = duty(kinds=("visit",), period=Window(), from_at=at("2006-09-01"))
    found = one(known(agreement(owes(later, verb=Verb.EVERY))))
    assert (found.status, found.due_at) == (Status.OPEN, None)


@pytest.mark.parametrize(
    ("given", "status", "late"),
    [
        ("2006-07-01T00:00+07:00", Status.DONE, None),
        ("2006-07-09T12:00+07:00", Status.DONE_LATE, "2 d"),
        (None, Status.MISSED, "25 d"),
    ],
)
def test_a_movement_wants_its_notice_in_time(
    given: str | None, status: Status, late: str | None
) -> None:
    rule = duty(kinds=("movement",), before=parse_duration("48 h"))
    acts = [event("movement", "2006-07-10", end=at("2006-07-10T12:00+07:00"))]
    if given:
        acts.append(said("notice", "2006-07-10", actor="A", given_at=at(given)))
    found = duties(known(agreement(owes(rule, verb=Verb.NOTIFY)), acts))
    found = [d for d in found if d.occasion is Occasion.NOTICE and d.due_at]
    assert statuses(found) == [(status, late)]
    assert found[0].due_at == at("2006-07-08")


def test_the_agreement_runs_out_unless_it_is_renewed() -> None:
    life = Life(
        from_=moment("D"),
        lasts=parse_duration("6 mo"),
        renewed_by=LifeEvent(event="renewed"),
    )
    deal = agreement(owes(duty()), life=life)
    acts = [event("renewed", "2006-02-01", actor=None)]
    found = duties(known(deal, acts), deal.id)
    assert statuses(found) == [(Status.DONE, None), (Status.DUE, None)]
    assert [d.due_at for d in found] == [at("2006-02-15"), at("2006-08-15")]
    over = duties(known(deal), deal.id)
    assert statuses(over) == [(Status.ENDED, None)]


def test_silence_renews_it_until_it_is_denounced_in_time() -> None:
    life = Life(
        from_=moment("D"),
        lasts=parse_duration("6 mo"),
        renewed_by=LifeEvent(event="silence"),
        ended_by=LifeEvent(event="denounced"),
        notice=parse_duration("30 d"),
    )
    deal = agreement(owes(duty()), life=life)
    (term,) = duties(known(deal), deal.id)
    assert (term.due_at, term.status) == (at("2006-08-15"), Status.COMING)
    acts = [event("denounced", "2006-01-10", actor="B")]
    found = {d.occasion: d for d in duties(known(deal, acts), deal.id)}
    assert found[Occasion.RENEWAL].due_at == at("2006-02-15")
    assert found[Occasion.RENEWAL].status is Status.ENDED
    assert found[Occasion.ENDS].due_at == at("2006-02-15")


def test_a_denunciation_ends_it_after_its_notice() -> None:
    life = Life(
        from_=moment("D"),
        lasts=parse_duration("5 y"),
        ended_by=LifeEvent(event="denounced"),
        notice=parse_duration("30 d"),
    )
    deal = agreement(owes(duty()), life=life)
    acts = [event("denounced", "2006-07-20", actor="B")]
    found = {d.occasion: d for d in duties(known(deal, acts), deal.id)}
    end = found[Occasion.ENDS]
    assert (end.due_at, end.bearer) == (at("2006-08-20"), "B")
    assert end.status is Status.COMING


def test_what_has_run_out_cannot_be_renewed() -> None:
    life = Life(
        from_=moment("D"),
        lasts=parse_duration("6 mo"),
        renewed_by=LifeEvent(event="renewed"),
    )
    deal = agreement(owes(duty()), life=life)
    acts = [event("renewed", "2006-03-01", actor=None)]
    assert statuses(duties(known(deal, acts), deal.id)) == [(Status.ENDED, None)]
