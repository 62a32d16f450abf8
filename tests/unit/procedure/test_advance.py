"""A case goes on by events and by the passing of time, each thing once."""

from datetime import timedelta

from pamiers.agreement.model import procedure as m
from pamiers.agreement.values.duration import parse_duration
from pamiers.procedure import Case, Effect, Event, advance, fold
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


def test_whoever_has_to_act_is_told_that_a_time_counts_anew() -> None:
    earlier = Event(
        kind="joined", at=at(3), breaches=(breach("f0", -5),), reason="same fire"
    )
    case, effects = advance(begun(), earlier, at(3))
    anew = [(e.kind, e.to, e.due_at) for e in effects if e.what == "step-retimed"]
    assert anew == [("draft", ("chair",), at(19)), ("notice", ("a", "b"), at(19))]
    again = then(case, 4, "joined", breaches=(breach("f3", 1),), reason="same fire")
    assert ("step-retimed", "warn") not in said(again)[len(case.log) :]


def test_an_earlier_breach_found_late_makes_an_overdue_step_later_still() -> None:
    earlier = Event(kind="finding", at=at(50), breaches=(breach("f0", -30),))
    case, _ = advance(begun(), earlier, at(50))
    state = case.standing.steps["warn"]
    assert (state.status, state.lapsed_at, state.due_at) == ("lapsed", at(24), at(-6))
    done = then(case, 51, "act", step="warn", by="c")
    assert done.log[-1].due_at == at(-6)


def test_a_time_that_was_over_before_it_was_known_runs_out_when_it_is() -> None:
    case = then(begun(), 20, "finding", breaches=(breach("f0", -30),))
    assert case.next_due == at(20)
    case, _ = advance(case, None, at(21))
    lapse = case.log[-1]
    assert (lapse.what, lapse.at, lapse.due_at) == ("step-lapsed", at(20), at(-6))
    assert [e.at for e in case.log] == sorted(e.at for e in case.log)


def test_a_retraction_makes_no_overdue_step_early() -> None:
    earlier = then(begun(), 50, "finding", breaches=(breach("f0", -30),))
    case = then(earlier, 51, "retracted", findings=("f0",))
    assert case.standing.steps["warn"].due_at == at(-6)


def test_what_two_say_at_one_instant_is_told_of_both() -> None:
    said_by = [
        Event(kind="reply", at=at(2), by=party, reason="no", position=n)
        for n, party in enumerate("ab", 9)
    ]
    case = begun()
    told: list[Effect] = []
    for event in said_by:
        case, effects = advance(case, event, at(2))
        told += effects
    assert len({effect.key for effect in told}) == 2
    assert len({each.identity for each in case.log}) == len(case.log)


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
