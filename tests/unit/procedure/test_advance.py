"""A case goes on by events and by the passing of time, each thing once."""

from datetime import timedelta

from pamiers.agreement.model import procedure as m
from pamiers.agreement.values.duration import parse_duration
from pamiers.procedure import Case, Event, advance, fold
from tests.unit.procedure.ground import at, begun, breach, ladder, rules, said, then


def test_nothing_but_a_ground_opens_a_case() -> None:
    case = Case(id="c1", rules=rules())
    after, effects = advance(case, Event(kind="act", step="warn", at=at(0)), at(0))
    assert after.standing.status == "new"
    assert [(e.kind, e.reason) for e in effects] == [("refusal", "not-open")]


def test_times_count_from_the_initial_breach() -> None:
    case = begun()
    assert [(d.key, d.due_at) for d in case.due] == [("step:warn", at(24))]
    case = then(case, 30, "finding", breaches=(breach("f2", 29, severity=4),))
    assert case.standing.steps["decide"].due_at == at(72)


def test_an_earlier_breach_moves_the_times_of_open_steps() -> None:
    case = then(begun(), 3, "joined", breaches=(breach("f0", -5),), reason="same fire")
    assert case.standing.steps["warn"].due_at == at(19)


def test_what_is_due_now_is_not_late() -> None:
    assert begun().due == advance(begun(), None, at(24))[0].due
    late, effects = advance(begun(), None, at(24) + timedelta(minutes=1))
    assert ("step-lapsed", "warn") in said(late)
    assert [(e.what, e.at) for e in effects] == [("step-lapsed", at(24))]


def test_a_lapse_is_dated_when_it_came_about_and_told_once() -> None:
    late, effects = advance(begun(), None, at(24 * 40))
    again, more = advance(late, None, at(24 * 80))
    assert [e.at for e in effects if e.what == "step-lapsed"] == [at(24)]
    assert more == ()
    assert again.log == late.log


def test_a_lapsed_step_can_be_done_late() -> None:
    case = then(begun(), 30, "act", step="warn", by="c")
    state = case.standing.steps["warn"]
    assert (state.status, state.lapsed_at, state.ended_at) == ("done", at(24), at(30))


def test_an_act_in_time_that_is_recorded_late_takes_its_place() -> None:
    late, _ = advance(begun(), None, at(30))
    act = Event(kind="act", step="warn", by="chair", at=at(20), recorded_at=at(30))
    case, effects = advance(late, act, at(30))
    assert case.standing.steps["warn"].lapsed_at is None
    assert [e.what for e in effects] == ["step-done"]


def test_events_of_the_future_are_refused() -> None:
    case, effects = advance(begun(), Event(kind="act", step="warn", at=at(9)), at(2))
    assert [e.reason for e in effects] == ["not-yet"]
    assert [r.why for r in case.refused] == ["not-yet"]


def test_only_whoever_is_to_act_acts() -> None:
    case = then(begun(), 2, "act", step="warn", by="b")
    assert [r.why for r in case.refused] == ["not-entitled"]


def test_recurrence_raises_the_rung() -> None:
    case = begun(None, breach(), breach("f2", 0.5))
    assert "consult" not in case.standing.steps
    case = then(case, 9, "finding", breaches=(breach("f3", 8),))
    assert case.standing.steps["consult"].due_at == at(48)


def test_recurrence_outside_the_window_does_not() -> None:
    case = begun(None, breach(), breach("f2", 0.5))
    case = then(case, 60, "finding", breaches=(breach("f3", 59),))
    assert "consult" not in case.standing.steps


def test_findings_below_the_threshold_open_nothing_that_answers() -> None:
    with_ = rules(ladder(thresholds={"quiet": 3}))
    case = begun(with_, breach(confidence=2))
    assert case.due == ()
    case = then(case, 5, "classified", breaches=(breach(confidence=3),))
    assert case.standing.steps["warn"].opened_at == at(5)


def test_the_retraction_of_the_only_finding_closes_the_case() -> None:
    case = then(begun(), 3, "retracted", findings=("f1",), reason="wrong place")
    assert (case.standing.status, case.standing.outcome) == ("closed", "retracted")
    assert case.due == ()


def test_silence_passes_to_others_with_a_time_of_their_own() -> None:
    silence = m.Silence(then="passes", to=("judge",), within=parse_duration("12 h"))
    first = m.Step(
        id="warn", by=("chair",), within=parse_duration("24 h"), silence=silence
    )
    case, effects = advance(begun(rules(ladder(steps=(first,)))), None, at(26))
    assert [(d.by, d.due_at) for d in case.due] == [(("judge",), at(37))]
    assert [(e.kind, e.to) for e in effects if e.kind == "draft"] == [
        ("draft", ("judge",))
    ]


def test_the_order_of_arrival_changes_nothing() -> None:
    case = then(begun(), 9, "finding", breaches=(breach("f2", 8),))
    case = then(case, 20, "act", step="warn", by="c")
    case, _ = advance(case, None, at(100))
    turned = fold(case.id, case.rules, reversed(case.entries), at(100))
    assert turned.standing == case.standing
