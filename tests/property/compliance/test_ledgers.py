# ruff: noqa: ANN401 - fields of a row are of every type
"""What holds of every calendar and ledger: order, symmetry, totals, monotony."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pamiers.agreement.model import Agreement, Matter, Reading, Subject, Verb, Window
from pamiers.agreement.values.duration import parse_duration
from pamiers.app.plain import plain
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.duty import Duty, Status
from pamiers.compliance.ledgers.corridors import corridors
from pamiers.compliance.ledgers.holdings import weapons
from pamiers.compliance.ledgers.kinds import KINDS, ledger
from pamiers.compliance.ledgers.tallied import bounds, figure, running
from pamiers.core.rows import Row, Statement, Tally
from tests.unit.compliance import small
from tests.unit.compliance.ledgers.small import (
    agreement,
    at,
    duty,
    event,
    known,
    owes,
    said,
    tally,
)

START = at("2005-09-01")
BOTH = ("A", "B")
KINDS_OF_EVENT = ("law_enacted", "visit", "request", "movement")
STATUSES = ("presented", "accepted", "rejected", "stored", "missing")
days = st.integers(0, 300).map(lambda n: (START + timedelta(days=n)).date().isoformat())
actors = st.sampled_from((*BOTH, None))


@st.composite
def statements(draw: Any) -> Statement:
    kind, day, actor = draw(st.sampled_from(KINDS_OF_EVENT)), draw(days), draw(actors)
    key = f"e{draw(st.integers(0, 10**6))}"
    if draw(st.booleans()):
        return event(kind, day, actor=actor, key=key)
    categories = (
        "verified:law",
        "suspension:law",
        "state:open",
        "not-state:open",
        "notice",
    )
    return said(draw(st.sampled_from(categories)), day, actor=actor, key=key)


@st.composite
def tallies(draw: Any) -> Tally:
    return tally(
        draw(st.integers(0, 50) | st.none()),
        draw(st.sampled_from(STATUSES)),
        draw(days),
        party=draw(st.sampled_from(BOTH)),
        source=draw(st.sampled_from(("amm", "tni"))),
        place=draw(st.sampled_from(("north", "south", None))),
        ref=draw(st.sampled_from(("stage-1", "stage-2", None))),
        cumulative=draw(st.booleans()),
        key=f"t{draw(st.integers(0, 10**6))}",
    )


facts = st.lists(statements() | tallies(), max_size=12, unique_by=lambda row: row.key)
nows = st.integers(0, 320).map(lambda n: START + timedelta(days=n))


def deal() -> Agreement:
    """Return an agreement with a duty of every occasion, owed alike by both."""
    request = Matter(subject=Subject.EVENT, kinds=("request",))
    more: dict[str, Any] = {"bearers": BOTH}

    def owed(name: str, verb: Verb = Verb.OBLIGE, **fields: Any) -> Any:
        return owes(duty(**{**more, **fields}), name=name, verb=verb)

    return agreement(
        owed("law", deadline="D + 120 d"),
        owed("answer", kinds=("visit",), upon=request, within="48 h"),
        owed(
            "rounds", Verb.EVERY, kinds=("visit",), period=Window(seconds=15 * 86_400.0)
        ),
        owed("months", Verb.EVERY, kinds=("visit",), period=Window(calendar="month")),
        owed("notice", Verb.NOTIFY, kinds=("movement",), before=parse_duration("48 h")),
        small.clause(
            small.reading(
                subject=Subject.STATE, kinds=(), state="open", from_at=at("2005-08-15")
            ),
            verb=Verb.MAINTAIN,
            name="corridor",
        ),
    )


DEAL = deal()


def drawn(rows: list[Row], now: Any, of: Agreement = DEAL) -> list[object]:
    found = known(of, rows, now=now)
    return [
        plain(calendar(found)),
        *(plain(ledger(k, found, "restricted")) for k in KINDS),
    ]


@given(facts, nows, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(
    rows: list[Row], now: Any, by: Any
) -> None:
    shuffled = list(rows)
    by.shuffle(shuffled)
    assert drawn(shuffled, now) == drawn(rows, now)


@given(facts, nows)
def test_drawn_up_again_it_is_the_same(rows: list[Row], now: Any) -> None:
    assert drawn(rows, now) == drawn(rows, now)


def _swapped(row: Any) -> Any:
    other = {"A": "B", "B": "A"}
    if isinstance(row, Tally):
        return replace(row, party=other.get(row.party or "", row.party))
    return replace(row, actor=other.get(row.actor or "", row.actor))


def _duty_facts(duty: Duty, swap: bool = False) -> tuple[object, ...]:  # noqa: FBT001, FBT002
    names = {"A": "B", "B": "A"} if swap else {}
    who = names.get(duty.bearer or "", duty.bearer)
    times = (duty.due_at, duty.done_at, str(duty.late))
    return (
        duty.clause,
        duty.occasion,
        who,
        duty.status,
        times,
        duty.done_by,
        duty.times,
    )


@given(facts, nows)
def test_swapping_the_parties_swaps_the_calendar(rows: list[Row], now: Any) -> None:
    one = calendar(known(DEAL, rows, now=now))
    other = calendar(known(DEAL, [_swapped(row) for row in rows], now=now))
    assert sorted(map(repr, (_duty_facts(d) for d in one))) == sorted(
        map(repr, (_duty_facts(d, swap=True) for d in other))
    )


@given(facts, nows)
def test_swapping_the_parties_swaps_the_accounts(rows: list[Row], now: Any) -> None:
    names = {"A": "B", "B": "A"}
    one = weapons(known(DEAL, rows, now=now))
    other = weapons(known(DEAL, [_swapped(row) for row in rows], now=now))
    plain_one = {(a.of, a.party): plain(a.figures) for a in one}
    plain_other = {(a.of, names.get(a.party or "")): plain(a.figures) for a in other}
    assert plain_one == plain_other


@given(facts, nows)
def test_every_key_is_its_own(rows: list[Row], now: Any) -> None:
    keys = [each.key for each in calendar(known(DEAL, rows, now=now))]
    assert len(keys) == len(set(keys))


@given(facts, nows)
def test_lateness_is_given_where_something_is_late(rows: list[Row], now: Any) -> None:
    late = {Status.DONE_LATE, Status.OVERDUE, Status.MISSED}
    for each in calendar(known(DEAL, rows, now=now)):
        assert (each.late is not None) == (each.status in late)
        if each.status in (Status.DONE, Status.DONE_LATE):
            assert each.done_by


@given(facts, nows)
def test_what_is_done_stays_done_when_more_is_known(rows: list[Row], now: Any) -> None:
    closed = {Status.DONE, Status.DONE_LATE}
    before = calendar(known(DEAL, rows[:-1], now=now))
    after = {d.key: d for d in calendar(known(DEAL, rows, now=now))}
    for each in before:
        if each.clause == "law" and each.status in closed:
            assert after[each.key].status in {*closed, Status.DONE_UNTIMED}


@given(st.lists(tallies(), max_size=8, unique_by=lambda row: row.key))
def test_flows_conserve_their_total(rows: list[Tally]) -> None:
    flows = [
        replace(
            row, status="accepted", source="amm", cumulative=False, count=row.count or 0
        )
        for row in rows
    ]
    found = figure(flows)
    total = sum(bounds(row)[0] for row in flows)
    assert (found.low if found else 0) == total
    accounts = weapons(known(DEAL, flows, now=at("2007-01-01")))
    assert sum(f.low for a in accounts for f in a.figures) == total
    assert sum(s.figure.low for a in accounts for s in a.stages) == total


@given(st.lists(tallies(), min_size=1, max_size=4, unique_by=lambda row: row.key))
def test_a_running_figure_does_not_depend_on_order(rows: list[Tally]) -> None:
    same = [replace(row, status="stored", source="amm") for row in rows]
    assert len({running(list(order)) for order in permutations(same)}) == 1


@given(facts, nows)
def test_shares_of_a_state_add_up(rows: list[Row], now: Any) -> None:
    for up in corridors(known(DEAL, rows, now=now)):
        parts = (up.up_share, up.down_share, up.disputed_share, up.unreported_share)
        assert abs(sum(parts) - 1.0) < 1e-9
        assert up.stretches[0].start == up.start
        assert up.stretches[-1].end == up.end


def _reading_of(agreement_: Agreement, clause: str) -> Reading:
    return agreement_.clause(clause).default


def test_the_agreement_tried_has_every_occasion() -> None:
    rows: list[Row] = [event("request", "2005-10-01"), event("movement", "2005-10-01")]
    found = calendar(known(DEAL, rows, now=at("2006-01-01")))
    occasions = {each.occasion.value for each in found}
    assert occasions == {"deadline", "response", "period", "notice", "begins"}
    assert _reading_of(DEAL, "law").bearers == BOTH
