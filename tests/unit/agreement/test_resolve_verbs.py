"""Every verb and modifier of a clause, as engines take it."""

from datetime import UTC, datetime, timedelta

import pytest

from pamiers.agreement import (
    Agreement,
    Clause,
    Everywhere,
    InZones,
    NearLine,
    Subject,
    Verb,
    load_agreement,
)
from pamiers.agreement.model import AllOf, OutsideZones, Requirement, Window
from pamiers.agreement.schedule import bind, instant, life_end, waits_on
from pamiers.agreement.values.moment import parse_moment
from tests.unit.agreement.small import codes, texts

FORBID = "forbid: {event: fire, in: strip}"
D = datetime(2026, 2, 28, 22, tzinfo=UTC)
EVENT = ("anchors:\n", "anchors:\n  W: {event: fire, by: club}\n")
DAY = timedelta(days=1)


def loaded(*changes: tuple[str, str]) -> Agreement:
    return load_agreement(texts(*changes))


def clause(verb: str, *changes: tuple[str, str]) -> Clause:
    """Return the first clause of the small agreement with another verb and keys."""
    return loaded((FORBID, verb), *changes).clause("quiet")


def test_a_ceiling_counts_what_is_present() -> None:
    found = clause("at_most: {n: 75, of: big, in: strip, presence_lasts: 3 d}")
    reading = found.default
    assert found.verb is Verb.AT_MOST
    assert (reading.subject, reading.classes) == (Subject.STOCK, ("big",))
    assert reading.where == InZones(("strip",))
    bound = reading.bound
    assert bound is not None
    assert (bound.most, bound.least, bound.unit) == (75.0, None, "items")
    assert (bound.presence_lasts_s, bound.per) == (3 * 86_400.0, None)


def test_happenings_are_counted_over_a_window_or_a_unit_of_the_calendar() -> None:
    sliding = clause("at_most: {n: 10 events, event: fire, per: 24 h}").default
    assert sliding.bound is not None
    assert (sliding.subject, sliding.bound.unit) == (Subject.EVENT, "events")
    assert sliding.bound.per == Window(seconds=86_400.0)
    monthly = clause(
        "at_most: {n: 35000 persons, event: movement, per: calendar month,"
        " together: true}"
    ).default
    assert monthly.bound is not None
    assert monthly.bound.per == Window(calendar="month")
    assert (monthly.bound.unit, monthly.bound.together) == ("persons", True)


def test_each_counter_gives_a_reading_of_its_own() -> None:
    verb = (
        "at_least: {n: 840, of: big, status: accepted, counters: [gazette, herald]}\n"
        "    deadline: D + 90 d"
    )
    found = clause(verb)
    assert found.verb is Verb.AT_LEAST
    assert [each.id for each in found.readings] == ["gazette", "herald"]
    bounds = [each.bound for each in found.readings]
    assert [b.counter for b in bounds if b] == ["gazette", "herald"]
    assert all(each.status == "accepted" for each in found.readings)
    assert found.default.by_at == D + timedelta(days=90, hours=-1)  # clocks went on


def test_a_ratio_measures_one_thing_against_another() -> None:
    found = clause(
        "ratio: {of: {of: big, status: arrived}, to: {of: big, status: departed,"
        " in: strip}, at_most: 1, per: calendar month}"
    ).default
    assert found.bound is not None
    assert found.other is not None
    assert (found.bound.most, found.status) == (1.0, "arrived")
    assert found.bound.per == Window(calendar="month")
    assert (found.other.status, found.other.where) == (
        "departed",
        InZones(("strip",)),
    )


def test_what_has_to_be_announced_maintained_or_repeated() -> None:
    notify = clause("notify: {event: flight, before: 48 h, matching: [party, place]}")
    assert str(notify.default.before) == "48 h"
    assert notify.default.same == ("party", "place")
    maintain = clause("maintain: {state: presence, of: big, in: strip}").default
    assert (maintain.subject, maintain.state) == (Subject.STATE, "presence")
    every = clause("every: {event: movement, period: 15 d, first: D + 5 d}").default
    assert every.period == Window(seconds=15 * 86_400.0)
    assert every.first_at == D + 5 * DAY


def test_conditions_of_place_join_by_and() -> None:
    verb = (
        "forbid: {state: presence, of: big, in: strip, not_in: [strip],"
        " within: {of: river, width: 10 km}, where: 'count > 3', by: [club]}"
    )
    found = clause(verb).default
    near = NearLine({"north": "river", "south": "river"}, 5000.0)
    assert found.where == AllOf((InZones(("strip",)), OutsideZones(("strip",)), near))
    assert str(found.condition) == "count > 3"
    assert found.by == ("club",)


def test_each_of_several_zones_is_judged_by_itself() -> None:
    found = clause("at_most: {n: 5, of: big, in_each: [strip]}").default
    assert (found.each_zone, found.where) == (("strip",), Everywhere())


def test_a_duty_upon_an_event_runs_from_each() -> None:
    found = clause(
        "oblige: {event: movement}\n    upon: {event: fire, in: strip, by: club}\n"
        "    within: 24 h elapsed\n    same: [place]\n    perdurant: false"
    )
    trigger = found.default.upon
    assert trigger is not None
    assert (trigger.kinds, trigger.by) == (("fire",), ("club",))
    assert (found.default.within_s, found.default.same) == (86_400.0, ("place",))
    assert (found.perdurant, found.upon) == (False, ())


def test_time_that_runs_by_the_calendar_has_no_fixed_length() -> None:
    for lasting, seconds in (("24 h", None), ("2 mo", None), ("5 d working", None)):
        found = clause(
            f"oblige: {{event: movement}}\n    upon: withdrawal\n    within: {lasting}"
        ).default
        assert (str(found.lasting), found.within_s) == (lasting, seconds)


def test_what_is_required_first_and_who_verifies() -> None:
    found = clause(
        "oblige: {event: movement}\n    within: 5 d\n"
        "    requires: [withdrawal, {event: fire, by: club}]\n"
        "    verified_by: [monitor, club]\n    answers_for: club"
    )
    assert found.default.requires == (
        Requirement(clause="withdrawal"),
        Requirement(event="fire", by="club"),
    )
    assert found.verified_by == ("monitor", "club")
    assert found.answers_for == ("club",)


def test_a_body_may_be_bound_and_means_those_who_hold_it() -> None:
    small = loaded(("bearer: each party", "bearer: [monitor, each party]"))
    assert small.clause("quiet").default.bearers == ("north", "south", "monitor")
    assert small.meant_by(["monitor"]) == {"monitor", "club"}


def test_visibility_is_that_of_the_text_unless_said() -> None:
    hidden = ("title: Truce of March\n", "title: T\n    visibility: restricted\n")
    assert loaded(hidden).clause("quiet").visibility == "restricted"
    own = (FORBID, f"{FORBID}\n    visibility: parties")
    assert loaded(own).clause("quiet").visibility == "parties"


def test_thresholds_and_suspensions_of_a_clause() -> None:
    found = clause(
        f"{FORBID}\n    thresholds: {{breached: 0.6, kept: 0.3}}\n"
        "    suspended: [{from: D + 2 d, until: D + 3 d, by: club}]"
    )
    assert found.thresholds is not None
    assert (found.thresholds.breached, found.thresholds.kept) == (0.6, 0.3)
    (pause,) = found.suspended
    assert (pause.from_at, pause.until_at) == (D + 2 * DAY, D + 3 * DAY)


def test_an_exemption_may_have_a_term_an_approval_and_a_number() -> None:
    unless = (
        f"{FORBID}\n    unless: [{{id: x, event: flight, of: big, in: strip,"
        " approved_by: [monitor], up_to: 5, from: D, until: D + 9 d,"
        " where: 'duration < 2 h', notified: {before: 2 d working, to: club}}]"
    )
    (found,) = clause(unless).unless
    assert (found.kinds, found.classes, found.zones) == (
        *(("flight",), ("big",), ("strip",)),
    )
    assert (found.approved_by, found.up_to) == (("monitor",), 5.0)
    assert (found.from_at, found.until_at) == (D, D + 9 * DAY)
    assert (str(found.notice), found.notified_to) == ("2 d working", ("club",))
    assert str(found.condition) == "duration < 2 h"


AMENDED = (
    "oblige: {event: movement, in: strip}\n    deadline: D + 20 d\n    amended:\n"
    "      - {instrument: truce, on: D + 10 d, deadline: D + 40 d, cite: note 1}\n"
    "      - {instrument: truce, on: D + 50 d, in: [strip], bearer: north}"
)


def test_amendments_make_versions_that_follow_one_another() -> None:
    found = clause(AMENDED)
    first, second, third = found.readings
    assert {each.id for each in found.readings} == {"as-written"}
    assert [each.version for each in found.readings] == ["", "truce", "truce"]
    assert (first.from_at, first.until_at) == (D, D + 10 * DAY)
    assert (second.from_at, third.until_at) == (D + 10 * DAY, None)
    assert second.until_at == third.from_at
    assert (first.by_at, second.by_at) == (
        D + 20 * DAY,
        D + timedelta(days=40, hours=-1),
    )
    assert third.bearers == ("north",)
    assert third.by_at == second.by_at  # what is not changed stays
    assert {each.since_at for each in found.readings} == {D}
    assert found.amendments[0].on_at == D + 10 * DAY
    assert found.amendments[0].cite == "note 1"
    assert first.in_force(D)
    assert not first.in_force(D + 10 * DAY)


def test_answers_are_multiplied_by_amendments() -> None:
    question = (
        "\n    readings:\n      - question: Which?\n        options:\n"
        "          a: {says: a, deadline: D + 20 d}\n"
        "          b: {says: b, deadline: D + 30 d}"
    )
    found = clause(AMENDED + question)
    assert [each.id for each in found.readings] == [*("a",) * 3, *("b",) * 3]
    assert found.readings[1].by_at == found.readings[4].by_at  # settled by then
    assert found.readings[0].by_at != found.readings[3].by_at


def test_what_waits_for_an_event_is_bound_once_it_has_come() -> None:
    small = loaded(EVENT, ("    from: D\n", "    from: W + 2 d\n"))
    assert small.clause("quiet").default.from_at is None
    assert waits_on(parse_moment("W + 2 d", None), small) == "W"
    came = datetime(2026, 3, 4, tzinfo=UTC)
    bound = bind(small, {"W": came})
    assert bound.clause("quiet").default.from_at == came + 2 * DAY
    assert bound.anchors == {"D": D, "W": came}
    assert waits_on(parse_moment("W + 2 d", None), bound) is None
    assert instant(parse_moment("W - 1 d", None), bound) == came - DAY
    assert bind(bound, {}).clause("quiet").default.from_at is None


def test_an_anchor_is_taken_to_have_come_by_its_latest_date() -> None:
    late = (
        "anchors:\n",
        "anchors:\n  W: {event: fire, latest: D + 30 d}\n  X: W + 1 d\n",
    )
    small = loaded(late)
    latest = D + timedelta(days=30, hours=-1)
    assert set(bind(small, {}, known_at=latest - DAY).anchors) == {"D"}
    assert bind(small, {}, known_at=latest).anchors["X"] == latest + DAY
    assert bind(small, {"W": latest + 5 * DAY}).anchors["W"] == latest
    assert bind(small, {"W": D}).anchors["W"] == D


def test_an_anchor_may_be_the_last_or_the_first_of_several() -> None:
    small = loaded(
        (
            "anchors:\n",
            (
                "anchors:\n  W: {event: fire}\n  L: {last_of: [W + 1 d, D + 5 d]}\n"
                "  F: {first_of: [W, D + 5 d]}\n"
            ),
        )
    )
    assert small.anchors == {"D": D, "F": D + 5 * DAY}
    assert waits_on(parse_moment("L", None), small) == "W"
    early = bind(small, {"W": D + DAY}).anchors
    assert (early["L"], early["F"]) == (D + 5 * DAY, D + DAY)
    assert bind(small, {"W": D + 9 * DAY}).anchors["L"] == D + 10 * DAY


SELF_DEFENCE = (
    f"{FORBID}\n    unless:\n      - {{id: defence, in_answer_to: fire}}\n"
    "      - {id: blast, notified: {before: 48 h}}\n"
    "    readings:\n      - question: Is fire in answer to fire self-defence?\n"
    "        options:\n          it-is: {says: it is, in: strip}\n"
    "          it-is-not: {says: it is not, without: defence}"
)


def test_a_reading_may_do_without_an_exemption() -> None:
    found = clause(SELF_DEFENCE)
    first, second = found.readings
    assert (first.without, second.without) == ((), ("defence",))
    assert [each.id for each in found.as_read(second).unless] == ["blast"]
    assert found.as_read(first) is found
    spoilt = SELF_DEFENCE.replace("without: defence", "without: defense")
    assert "L-UNDEFINED" in codes((FORBID, spoilt))


def test_aid_is_counted_by_weight_and_volume() -> None:
    found = clause("at_least: {n: 500 t, event: movement, per: calendar day}").default
    assert found.bound is not None
    assert (found.bound.least, found.bound.unit) == (500.0, "t")


def test_an_anchor_of_each_party_names_them_all() -> None:
    small = loaded(("anchors:\n", "anchors:\n  W: {event: fire, by: each party}\n"))
    assert small.waits["W"].by == ("north", "south")
    assert small.waits["D"].at is not None


TERM = "from: D, lasts: 6 mo, renewed_by: renewal, ended_by: denunciation, notice: 14 d"
LIFE = ("life: {ended_by: denunciation}", f"life: {{{TERM}}}")
EVENTS = ("events:\n", "events:\n  renewal: renewed\n")


def test_a_life_is_renewed_in_time_and_ended_with_notice() -> None:
    small = loaded(LIFE, EVENTS)
    six = datetime(2026, 8, 31, 21, tzinfo=UTC)
    twelve = datetime(2027, 2, 28, 22, tzinfo=UTC)
    assert life_end(small, [], None) == six
    assert life_end(small, [six - DAY], None) == twelve
    assert life_end(small, [six + DAY], None) == six
    assert life_end(small, [], D) == D + 14 * DAY
    assert bind(small, {}, ends_at=six).clause("quiet").default.until_at == six
    assert life_end(loaded(), [D], None) is None
    assert life_end(loaded(), [], D) == D


def test_silence_renews_until_a_denunciation_that_comes_in_time() -> None:
    silent = (LIFE[0], LIFE[1].replace("renewed_by: renewal", "renewed_by: silence"))
    small = loaded(silent)
    six = datetime(2026, 8, 31, 21, tzinfo=UTC)
    twelve = datetime(2027, 2, 28, 22, tzinfo=UTC)
    assert life_end(small, [], None) is None
    assert life_end(small, [], six - 14 * DAY) == six
    assert life_end(small, [], six - 13 * DAY) == twelve
    assert life_end(small, [], twelve - 14 * DAY) == twelve


def test_calendar_of_the_heading() -> None:
    rest = ("  mandate:", "  weekend: [friday]\n  holidays: 2026-03-02\n  mandate:")
    small = loaded(rest)
    assert (small.weekend, len(small.holidays)) == ((4,), 1)
    assert small.calendar.durations == "wall_clock"


@pytest.mark.parametrize("per", ["1 mo", "5 d working"])
def test_a_window_has_a_length_of_its_own(per: str) -> None:
    spoilt = (FORBID, f"at_most: {{n: 10 events, event: fire, per: {per}}}")
    assert "Q-TIME-FORM" in codes(spoilt)
