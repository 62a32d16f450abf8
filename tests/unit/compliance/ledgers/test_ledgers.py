"""Pledges, corridors, access, notices, gates and implementation."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest

from pamiers.agreement.model import Bound, Exemption, Subject, Verb
from pamiers.agreement.undertaking import Delivery, Gate, Indicator, Pledge
from pamiers.agreement.values.duration import parse_duration
from pamiers.agreement.values.hours import parse_hours
from pamiers.compliance.finding import Verdict
from pamiers.compliance.gates import most_episodes
from pamiers.compliance.ledgers.access import access
from pamiers.compliance.ledgers.corridors import Spell, corridors
from pamiers.compliance.ledgers.gates import Passage, gates
from pamiers.compliance.ledgers.implementation import Progress, implementation
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.notices import Notified, Outcome, notices
from pamiers.compliance.ledgers.pledges import Came, pledges
from tests.unit.compliance import small
from tests.unit.compliance.ledgers.small import (
    agreement,
    at,
    duty,
    event,
    finding,
    known,
    owes,
    said,
    tally,
)

if TYPE_CHECKING:
    from pamiers.core.rows import Coverage, Incident

TROOPS = ("troops",)
PLEDGES = (
    Pledge(
        id="north", by="N", of=TROOPS, at_least=1000.0, up_to=1500.0, unit="persons"
    ),
    Pledge(id="south", by="S", of=TROOPS, at_least=500.0, up_to=500.0, unit="persons"),
    Pledge(id="west", by="W", of=TROOPS, up_to=200.0, unit="persons"),
)


def test_who_pledged_and_did_not_deliver_is_seen() -> None:
    rows = [
        tally(1200, "arrived", "2006-06-01", of="persons", party="N"),
        tally(40, "arrived", "2006-06-01", of="persons", party="S"),
    ]
    found = pledges(known(agreement(pledges=PLEDGES), rows))
    came = {c.by: [(r.came, r.short_by) for r in c.reports] for c in found.each}
    assert came == {"N": [(Came.DELIVERED, 0.0)], "S": [(Came.SHORT, 460.0)], "W": []}
    assert [c.is_reported for c in found.each] == [True, True, False]
    (total,) = found.together
    assert (total.low, total.cap, total.floor) == (1240.0, 2200.0, None)
    assert (total.reported, total.contributors, total.silent_on) == (2, 3, ("W",))


def test_more_than_the_cap_is_flagged() -> None:
    rows = [tally(1600, "arrived", "2006-06-01", of="persons", party="N")]
    (report,) = pledges(known(agreement(pledges=PLEDGES), rows)).each[0].reports
    assert (report.came, report.over_by) == (Came.OVER, 100.0)


def test_deliveries_of_the_agreement_count_as_of_their_day() -> None:
    told = (
        Delivery(on=date(2006, 6, 1), amount=300.0, source="press"),
        Delivery(on=date(2006, 7, 1), amount=500.0, source="press"),
        Delivery(on=date(2006, 9, 1), amount=900.0, source="press"),
    )
    deal = agreement(pledges=(replace(PLEDGES[0], deliveries=told),))
    (report,) = pledges(known(deal)).each[0].reports
    assert (report.low, report.as_of) == (500.0, "2006-07-01")


def test_nothing_delivered_is_a_report_and_silence_is_none() -> None:
    rows = [tally(0, "arrived", "2006-06-01", of="persons", party="S")]
    found = pledges(known(agreement(pledges=PLEDGES), rows))
    assert [r.came for c in found.each for r in c.reports] == [Came.NOTHING]


def keeps_open(**more: object) -> object:
    kept = small.reading(
        subject=Subject.STATE,
        kinds=(),
        state="corridor-open",
        from_at=at("2006-07-01"),
        **more,
    )
    return small.clause(kept, verb=Verb.MAINTAIN, name="corridor")


def test_uptime_stands_beside_what_was_not_reported() -> None:
    rows = [
        said("state:corridor-open", "2006-07-01", end=at("2006-07-05")),
        said("not-state:corridor-open", "2006-07-05", end=at("2006-07-06")),
        said(
            "state:corridor-open",
            "2006-07-05",
            key="b",
            end=at("2006-07-05T12:00+07:00"),
        ),
    ]
    found = known(agreement(keeps_open()), rows, now=at("2006-07-11"))
    (up,) = corridors(found)
    shares = (up.up_share, up.down_share, up.disputed_share, up.unreported_share)
    assert shares == (0.4, 0.05, 0.05, 0.5)
    assert up.up_of_reported == pytest.approx(8 / 9)
    assert [s.spell for s in up.stretches] == [
        Spell.UP,
        Spell.DISPUTED,
        Spell.DOWN,
        Spell.UNREPORTED,
    ]


def test_a_corridor_nobody_reports_on_is_all_unreported() -> None:
    (up,) = corridors(known(agreement(keeps_open()), now=at("2006-07-11")))
    assert (up.unreported_share, up.up_of_reported) == (1.0, None)


def test_two_corridors_run_apart() -> None:
    rows = [
        said("state:corridor-open", "2006-07-01", ref="north", key="n"),
        said("state:corridor-open", "2006-07-02", ref="south", key="s"),
    ]
    found = corridors(known(agreement(keeps_open()), rows))
    assert [each.place for each in found] == ["north", "south"]


def test_denials_are_counted_by_whom_and_where() -> None:
    denied = {"status": "denied", "denied_by": "A's troops", "place": "Bridge"}
    rows: list[Coverage | Incident] = [
        small.coverage("1", region="West region"),
        small.coverage("2", **denied),
        small.coverage("3", start=small.PERIOD.start + timedelta(hours=1), **denied),
        small.incident("x", kind="access_denied", actor="A", region="West region"),
    ]
    deal = small.agreement()
    found = access(known(deal, rows, now=small.KNOWN))
    (denial,) = found.denials
    assert (denial.denied_by, denial.where, denial.times) == ("A's troops", "Bridge", 2)
    assert denial.hours == pytest.approx(47.0)
    (hindrance,) = found.hindrances
    assert (hindrance.kind, hindrance.actor, hindrance.incidents) == (
        "access_denied",
        "A",
        1,
    )


def test_coverage_is_told_by_sector_day_and_means() -> None:
    rows = [small.coverage("1", means="patrols")]
    found = access(known(small.agreement(), rows, now=small.KNOWN))
    assert found.days == (small.DAY,)
    shares = {(s.area, s.means): s.share for s in found.shares}
    assert shares == {
        ("west", None): 1.0,
        ("west", "patrols"): 1.0,
        ("east", None): 0.0,
    }


def blasts(**more: object) -> object:
    notified = Exemption(
        id="demining",
        text={},
        priority=0,
        notified_s=48 * 3600.0,
        notice=parse_duration("48 h"),
        matching=("party", "time"),
        **more,  # type: ignore[arg-type]
    )
    rule = small.clause(duty(kinds=("explosion",)), name="quiet", unless=(notified,))
    return agreement(rule)


def blast(day: str, hours: float = 1.0, **more: object) -> object:
    start = at(day) + timedelta(hours=9)
    given = {"start": start, "end": start + timedelta(hours=hours), "actor": "A"}
    return small.incident(f"blast-{day}", **{**given, **more})


def announced(day: str, given: str, **more: object) -> object:
    fields = {"kind": "explosion", "actor": "A", "given_at": at(given), **more}
    return said("notice", day, **fields)


def met(deal: object, *rows: object) -> list[Notified]:
    return list(notices(known(deal, rows)))  # type: ignore[arg-type]


def test_a_notified_blast_is_matched() -> None:
    (found,) = met(blasts(), announced("2006-07-10", "2006-07-01"), blast("2006-07-10"))
    assert (found.outcome, found.rule) == (Outcome.MATCHED, "demining")
    assert (found.notice, found.act) == (
        "gazette:notice-2006-07-10",
        "blast-2006-07-10",
    )


@pytest.mark.parametrize(
    ("notice", "act", "flag"),
    [
        (
            {"lon": 95.0, "lat": 5.0, "radius_m": 1000.0},
            {"lon": 95.1, "lat": 5.0, "radius_m": 500.0},
            "place: at least 9.59 km outside",
        ),
        ({"extra": {"count": "2"}}, {"count": 5}, "size: 5 in all, announced 2"),
    ],
)
def test_an_over_run_is_flagged(
    notice: dict[str, object], act: dict[str, object], flag: str
) -> None:
    rows = (announced("2006-07-10", "2006-07-01", **notice), blast("2006-07-10", **act))  # type: ignore[arg-type]
    (found,) = met(blasts(), *rows)
    assert (found.outcome, found.overruns) == (Outcome.OVERRUN, (flag,))


def test_a_blast_whose_hour_is_not_known_has_not_over_run() -> None:
    rows = (announced("2006-07-10", "2006-07-01"), blast("2006-07-10", hours=20.0))
    (found,) = met(blasts(), *rows)
    assert (found.outcome, found.overruns) == (Outcome.UNSURE, ())


def test_a_notice_that_came_too_late_is_told() -> None:
    rows = (announced("2006-07-10", "2006-07-09"), blast("2006-07-10"))
    (found,) = met(blasts(), *rows)
    assert found.outcome is Outcome.LATE


def test_a_notice_that_nothing_met_is_unseen_or_still_to_come() -> None:
    past = announced("2006-07-10", "2006-07-01")
    coming = announced("2006-09-10", "2006-07-01")
    assert [n.outcome for n in met(blasts(), past, coming)] == [
        Outcome.UNSEEN,
        Outcome.COMING,
    ]


def test_a_notice_of_one_party_does_not_cover_the_other() -> None:
    rows = (announced("2006-07-10", "2006-07-01", actor="B"), blast("2006-07-10"))
    both = replace(duty(kinds=("explosion",)), bearers=("A", "B"))
    deal = blasts()
    rule = replace(deal.clauses[0], readings=(both,))  # type: ignore[attr-defined]
    found = met(agreement(rule), *rows)
    assert [each.outcome for each in found] == [Outcome.UNSEEN]


GATE = Gate(
    id="returns",
    title={"en": "Returns"},
    window=parse_duration("3 d"),
    indicators=(
        Indicator(clause="quiet", breaches_at_most=0.0),
        Indicator(clause="quiet", watched_share=0.5),
    ),
    certified_by="amm",
    opens=("law",),
    rolls_back=True,
)


def gated(
    days: list[tuple[str, Verdict]], *rows: object, now: str = "2006-07-10"
) -> Known:
    ban = small.clause(duty(kinds=("fire",)), name="quiet")
    deal = agreement(ban, owes(duty(within="10 d")), gates={"returns": GATE})
    deal = replace(deal, cut_off=time(0, 0))
    facts = [finding("quiet", day, verdict) for day, verdict in days]
    return known(deal, rows, facts, at(now))  # type: ignore[arg-type]


def passage(found: Known) -> Passage:
    (each,) = gates(found)
    return each


KEPT = [(f"2006-07-0{n}", Verdict.KEPT) for n in range(1, 6)]
CERTIFIED = said("gate:returns", "2006-07-04", actor="amm")


def test_a_gate_opens_once_it_is_certified() -> None:
    assert not passage(gated(KEPT, now="2006-07-06")).is_open
    found = passage(gated(KEPT, CERTIFIED, now="2006-07-06"))
    assert found.is_open
    assert [turn.to for turn in found.turns] == ["certified", "open"]
    assert {m.asks: m.holds for m in found.measures} == {
        "breaches at most 0": True,
        "share watched at least 0.5": True,
    }


@pytest.mark.parametrize(("share", "open_"), [(1.0, True), (0.4, False)])
def test_of_a_clause_with_hours_only_those_have_to_be_watched(
    share: float,
    open_: bool,  # noqa: FBT001 - a value
) -> None:
    nights = replace(duty(kinds=("fire",)), hours=(parse_hours("00:00-06:00"),))
    ban = small.clause(nights, name="quiet")
    deal = agreement(ban, owes(duty(within="10 d")), gates={"returns": GATE})
    facts = [
        finding(
            "quiet",
            day,
            verdict,
            end=at(day) + timedelta(hours=6),
            coverage_share=share,
        )
        for day, verdict in KEPT
    ]
    found = passage(known(deal, [CERTIFIED], facts, at("2006-07-06")))
    assert found.is_open is open_


def test_a_gate_rolls_back_when_an_indicator_fails_and_wants_certifying_anew() -> None:
    days = [*KEPT, ("2006-07-06", Verdict.BREACHED), ("2006-07-07", Verdict.KEPT)]
    found = passage(gated(days, CERTIFIED, now="2006-07-08"))
    assert not found.is_open
    assert [turn.to for turn in found.turns] == ["certified", "open", "shut"]
    assert found.turns[-1].why == "quiet: breaches at most 0, found 1"


@pytest.mark.parametrize("open_day", [Verdict.UNDETERMINED, Verdict.UNOBSERVED, None])
def test_days_on_which_a_breach_may_have_been_open_no_gate(
    open_day: Verdict | None,
) -> None:
    days = [each for each in KEPT if each[0] != "2006-07-04"]
    days += [("2006-07-04", open_day)] if open_day is not None else []
    found = passage(gated(days, CERTIFIED, now="2006-07-06"))
    assert not found.is_open
    first = found.measures[0]
    assert (first.holds, first.found) == (None, None)


def test_open_days_count_as_breaches_no_oftener_than_they_can() -> None:
    day = timedelta(days=1)
    verdicts = "UKUUB"
    names = {"U": Verdict.UNDETERMINED, "K": Verdict.KEPT, "B": Verdict.BREACHED}
    facts = [
        finding("quiet", f"2006-07-0{n}", names[each])
        for n, each in enumerate(verdicts, 1)
    ]
    assert most_episodes(facts, timedelta(0)) == 3  # the first, the third, the fifth
    assert most_episodes(facts, day) == 2
    assert most_episodes(facts, 9 * day) == 1
    assert most_episodes([], day) == 0


def test_nobody_else_can_certify_and_silence_opens_nothing() -> None:
    mine = said("gate:returns", "2006-07-04", actor="A")
    assert not passage(gated(KEPT, mine, now="2006-07-06")).is_open
    assert not passage(gated([], CERTIFIED, now="2006-07-06")).is_open


def test_an_appeal_is_shown_and_changes_nothing() -> None:
    appeal = said("appeal:returns", "2006-07-05", actor="B")
    found = passage(gated(KEPT, CERTIFIED, appeal, now="2006-07-06"))
    assert found.is_open
    assert found.appeals == ("gazette:appeal:returns-2006-07-05",)


def progress(found: Known, clause: str) -> Progress:
    return next(each for each in implementation(found) if each.clause == clause)


def test_levels_follow_what_is_done() -> None:
    both = duty(deadline="D + 30 d", bearers=("A", "B"))
    none = known(agreement(owes(both)))
    half = known(agreement(owes(both)), [event("law_enacted", "2005-09-01")])
    acts = [
        event("law_enacted", "2005-09-01", actor=who, key=who) for who in ("A", "B")
    ]
    every = known(agreement(owes(both)), acts)
    assert [progress(k, "law").level for k in (none, half, every)] == [None, 1, 3]


def test_a_count_on_its_way_is_intermediate() -> None:
    total = small.reading(
        subject=Subject.STOCK,
        kinds=(),
        classes=("arms",),
        bearers=("A",),
        status="accepted",
        from_at=at("2005-08-15"),
        bound=Bound(least=840.0),
        by_at=at("2006-12-31"),
    )
    deal = agreement(small.clause(total, verb=Verb.AT_LEAST, name="arms"))
    found = progress(known(deal, [tally(476, "accepted", "2006-01-01")]), "arms")
    assert found.level == 2
    assert found.share == pytest.approx(476 / 840)
    assert progress(known(deal), "arms").level is None


def test_what_is_kept_goes_by_decided_findings() -> None:
    ban = small.clause(duty(kinds=("fire",)), name="quiet")
    verdicts = [Verdict.KEPT, Verdict.BREACHED, Verdict.UNOBSERVED, Verdict.KEPT]
    facts = [finding("quiet", f"2006-07-0{n}", v) for n, v in enumerate(verdicts, 1)]
    found = progress(known(agreement(ban), findings=facts), "quiet")
    assert found.level == 2
    assert found.share == pytest.approx(2 / 3)


def test_what_cannot_have_begun_is_not_initiated() -> None:
    waits = duty(deadline="T + 30 d", from_=(), from_at=None)
    assert progress(known(agreement(owes(waits))), "law").level == 0


def test_rival_ratings_stand_beside_the_rule() -> None:
    rows = [
        said("status:law", "2006-07-01", source="gov", extra={"level": "3"}),
        said("status:law", "2006-07-02", source="kroc", extra={"level": "1"}),
        said(
            "status:law", "2006-06-02", source="kroc", key="old", extra={"level": "0"}
        ),
    ]
    found = progress(known(agreement(owes(duty(deadline="D + 30 d"))), rows), "law")
    assert [(r.source, r.level) for r in found.ratings] == [("gov", 3), ("kroc", 1)]
    assert found.is_disputed
    assert found.level is None
