"""Fusion depends on nothing it should not, and adds up."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.core.canonical import canonical_bytes
from pamiers.core.rows import Incident, Observation
from pamiers.core.table import table_of
from pamiers.fusion.binding import Bindings
from pamiers.fusion.estimate import probability_of, voices_of
from pamiers.fusion.fuse import fuse
from pamiers.fusion.model import FusionModel

BASE = datetime(2020, 8, 1, tzinfo=UTC)
MODEL = FusionModel()
#: each example fuses several times
FEW = settings(max_examples=30, deadline=None)
SWAP = {"A": "B", "B": "A", None: None}


@st.composite
def observation(draw: st.DrawFn) -> Observation:
    """Return a report somewhere in a crowded day and a few kilometres."""
    start = BASE + timedelta(seconds=draw(st.integers(0, 7_200)))
    lasts = draw(st.sampled_from([60, 600, 3_600, 86_400]))
    placed = draw(st.integers(0, 9)) > 0
    low = draw(st.none() | st.integers(1, 20))
    return Observation(
        source=draw(st.sampled_from("abcd")),
        key="",
        start=start,
        end=start + timedelta(seconds=lasts),
        lon=37.5 + draw(st.integers(0, 60)) / 1000 if placed else None,
        lat=48.0 + draw(st.integers(0, 30)) / 1000 if placed else None,
        radius_m=draw(st.sampled_from([200.0, 800.0, 3_000.0, 20_000.0])),
        standing=draw(st.sampled_from(["observed", "observed", "claimed"])),
        kind=draw(st.sampled_from(["explosion", "burst", "fire", "casualty", "mine"])),
        count_low=low,
        count_high=None if low is None else draw(st.none() | st.just(low + 3)),
        weapons=draw(st.none() | st.sampled_from(["mortar", "tank; mortar", "mlrs"])),
        calibre_mm=draw(st.none() | st.sampled_from([82.0, 120.0])),
        control=draw(st.none() | st.sampled_from("AB")),
        actor=draw(st.none() | st.sampled_from("AB")),
        reliability=draw(st.none() | st.sampled_from("ACF")),
    )


def numbered(rows: list[Observation]) -> list[Observation]:
    return [replace(row, key=f"{i:03d}") for i, row in enumerate(rows)]


REPORTS = st.lists(observation(), max_size=14).map(numbered)


def found(rows: list[Observation], model: FusionModel = MODEL) -> list[Incident]:
    views = fuse(table_of("observation", rows), model).incidents.views()
    return [row for row in views if isinstance(row, Incident)]


def parties_swapped(row: Incident) -> Incident:
    shares = json.loads(row.actors or "{}")
    swapped = {SWAP.get(name, name): share for name, share in shares.items()}
    return replace(
        row,
        control=SWAP[row.control],
        actor=SWAP[row.actor],
        actors=canonical_bytes(swapped).decode() if shares else None,
    )


@FEW
@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(
    rows: list[Observation], chance: Random
) -> None:
    shuffled = chance.sample(rows, len(rows))
    assert found(shuffled) == found(rows)


@FEW
@given(REPORTS)
def test_a_row_given_twice_changes_nothing(rows: list[Observation]) -> None:
    assert found(rows + rows) == found(rows)


@FEW
@given(REPORTS)
def test_swapping_the_parties_swaps_them_and_nothing_else(
    rows: list[Observation],
) -> None:
    swapped = [replace(r, control=SWAP[r.control], actor=SWAP[r.actor]) for r in rows]
    assert found(swapped) == [parties_swapped(row) for row in found(rows)]


@FEW
@given(REPORTS)
def test_far_away_data_changes_nothing_here(rows: list[Observation]) -> None:
    far = Observation(
        source="a",
        key="far",
        start=BASE,
        end=BASE + timedelta(minutes=1),
        lon=-60.0,
        lat=-30.0,
        radius_m=20_000.0,
        kind="explosion",
    )
    here = [row for row in found([*rows, far]) if row.members != "a:far"]
    assert here == found(rows)


@FEW
@given(REPORTS)
def test_every_report_is_in_exactly_one_incident(rows: list[Observation]) -> None:
    members = [m for row in found(rows) for m in row.members.split("; ") if m]
    assert sorted(members) == sorted(f"{r.source}:{r.key}" for r in rows)


@FEW
@given(REPORTS)
def test_no_observer_is_twice_in_an_incident(rows: list[Observation]) -> None:
    """What an observer gives two keys is two things."""
    seen = {f"{r.source}:{r.key}" for r in rows if r.standing == "observed"}
    for row in found(rows):
        own = [m.split(":")[0] for m in row.members.split("; ") if m in seen]
        assert len(own) == len(set(own))


@FEW
@given(REPORTS)
def test_a_claim_never_moves_what_was_observed(rows: list[Observation]) -> None:
    """Claims change neither which observations join nor where they lie."""
    seen = [row for row in rows if row.standing == "observed"]
    names = {f"{r.source}:{r.key}" for r in seen}
    with_claims = {
        frozenset(row.members.split("; ")) & names: (row.lon, row.start, row.count)
        for row in found(rows)
        if row.observed
    }
    without = {
        frozenset(row.members.split("; ")): (row.lon, row.start, row.count)
        for row in found(seen)
    }
    assert with_claims == without


@FEW
@given(REPORTS)
def test_a_thousand_claims_by_one_party_carry_what_one_does(
    rows: list[Observation],
) -> None:
    claims = [replace(r, source="press", standing="claimed") for r in rows]
    limit = round(MODEL.lone_claim, 4)
    assert all(round(row.probability, 4) == limit for row in found(claims))


@FEW
@given(REPORTS, observation())
def test_a_further_independent_report_never_lowers_belief(
    rows: list[Observation], more: Observation
) -> None:
    """Wherever it joins, the incident is believed no less than before."""
    more = replace(more, source="new", key="new")
    before = {row.members: row.probability for row in found(rows)}
    for row in found([*rows, more]):
        rest = "; ".join(m for m in row.members.split("; ") if m != "new:new")
        assert row.probability >= before.get(rest, 0.0)


@FEW
@given(REPORTS, st.data())
def test_a_marked_repetition_adds_nothing(
    rows: list[Observation], data: st.DataObject
) -> None:
    if not rows:
        return
    whole = data.draw(st.sampled_from(rows))
    copy = replace(whole, source="echo", key="echo")
    name = f"{whole.source}:{whole.key}"
    bound = Bindings().repeated("echo:echo", name)
    views = fuse(table_of("observation", [*rows, copy]), MODEL, bound).incidents.views()
    (mine,) = [r for r in views if "echo:echo" in getattr(r, "members", "")]
    assert isinstance(mine, Incident)
    others = [r for r in rows if f"{r.source}:{r.key}" in mine.members.split("; ")]
    alone = voices_of([asdict(row) for row in others], MODEL)
    assert mine.probability == probability_of(alone, MODEL)


@FEW
@given(REPORTS, st.data())
def test_what_was_decided_holds(rows: list[Observation], data: st.DataObject) -> None:
    names = [f"{row.source}:{row.key}" for row in rows]
    if len(names) < 2:
        return
    some = data.draw(st.lists(st.sampled_from(names), min_size=2, unique=True))
    joined = Bindings().joined(some)
    parted = Bindings().parted(some[:1], some[1:])
    table = table_of("observation", rows)
    assert any(set(some) <= set(g) for g in fuse(table, MODEL, joined).groups)
    for group in fuse(table, MODEL, parted).groups:
        assert not (some[0] in group and set(some[1:]) & set(group))
