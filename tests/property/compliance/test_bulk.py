"""One agreement, judged at once, in batches, or as facts come in: the same counts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement
from pamiers.compliance.bulk.compiled import program_of
from pamiers.compliance.bulk.engine import Batch, Engine, engine_of
from pamiers.compliance.bulk.running import Running
from pamiers.compliance.bulk.standing import Standing
from pamiers.compliance.bulk.vocabulary import Thing, Vocabulary
from pamiers.compliance.kernels.judging import Setting

WAYS = pytest.mark.parametrize("loops", [False, True], ids=["numpy", "loops"])
KINDS = ("explosion", "weapon_presence", "event:alarm", "event:answer", "flight")
SYSTEMS = ("gun", "mortar", "truck")
#: codes of several stand for one of them, who did it
PARTIES = ("north", "south", "north|south", "north|", "south|", "")
EITHER_OF_TWO, NOBODY_KNOWN = 2, 5
BEGIN = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())

TEXT = """
pamiers: 2
agreement:
  id: small
  title: {en: Small truce}
  kind: truce
  parties: [north, south]
  time_zone: UTC
  cut_off: "00:00"
  durations: elapsed
  mandate: {attribution: permitted, cite: article 9}
  thresholds: {breached: 0.9, kept: 0.1}
sources: {text: {speaker: The text}}
actors: {north: {name: {en: North}}, south: {name: {en: South}}}
instruments:
  - id: truce
    title: {en: Truce}
    date: 2026-02-28
    status: in force
    signatures:
      - {actor: north, act: signed, source: text}
      - {actor: south, act: signed, source: text}
roles:
  office:
    title: {en: Joint office}
    members: [north, south]
    created_by: truce
    tasks: [observe]
    verifies: [north, south]
zones: {town: {title: {en: Town}}, port: {title: {en: Port}}}
lines: {contact: {title: {en: Line}, as_of: 2026-02-28}}
classes:
  arms: {title: {en: Arms}, systems: [gun, mortar]}
events: {alarm: {en: alarm}, answer: {en: answer}}
clauses:
  - &c
    id: quiet
    title: {en: Quiet}
    text: {en: No fire in the town or the port.}
    cite: "1"
    instrument: truce
    bearer: each party
    from: 2026-03-01T00:00:10Z
    forbid: {event: fire, of: arms, in: [town, port]}
  - id: elsewhere
    title: {en: Elsewhere}
    text: {en: No flight but over the town.}
    cite: "2"
    instrument: truce
    bearer: each party
    from: 2026-03-01T00:00:00Z
    until: 2026-03-01T00:01:00Z
    forbid: {event: flight, not_in: town}
  - id: few
    title: {en: Few}
    text: {en: At most two shots in any twenty seconds.}
    cite: "3"
    instrument: truce
    bearer: each party
    from: 2026-03-01T00:00:00Z
    at_most: {n: 2 events, event: fire, in_each: [town, port], per: 20 s}
  - id: answered
    title: {en: Answered}
    text: {en: Every alarm is answered.}
    cite: "4"
    instrument: truce
    bearer: office
    from: 2026-03-01T00:00:00Z
    oblige: {event: answer}
    upon: {event: alarm}
    within: 15 s
    same: id
  - id: away
    title: {en: Away}
    text: {en: No arms within 30 km of the line.}
    cite: "5"
    instrument: truce
    bearer: each party
    from: 2026-03-01T00:00:00Z
    forbid: {state: presence, of: arms, within: {of: contact, distance: 30 km}}
""".replace("  - &c\n    id", "  - id")
DRAWN = """{"type": "FeatureCollection", "features": [
 {"type": "Feature", "id": "town", "properties": {}, "geometry": {"type": "Polygon",
  "coordinates": [[[0,0],[1,0],[1,1],[0,1],[0,0]]]}},
 {"type": "Feature", "id": "port", "properties": {}, "geometry": {"type": "Polygon",
  "coordinates": [[[1,0],[2,0],[1.5,1],[1,1],[1,0]]]}},
 {"type": "Feature", "id": "contact", "properties": {}, "geometry": {"type":
  "LineString", "coordinates": [[0,2],[2,2]]}}]}"""


@cache
def truce() -> Agreement:
    return load_agreement({"agreement.yaml": TEXT, "zones.geojson": DRAWN})


@cache
def engine(parties: tuple[str, ...] = PARTIES) -> Engine:
    codes = Vocabulary(
        kinds=KINDS,
        things=(*(Thing(system=each) for each in SYSTEMS), Thing()),
        actors=parties,
    )
    return engine_of(program_of(truce(), codes), codes)


ROWS = st.lists(
    st.tuples(
        st.integers(0, 90),
        st.sampled_from([-0.5, 0.0, 0.5, 1.0, 1.25, 2.0, np.nan]),
        st.sampled_from([-0.5, 0.0, 0.5, 1.0, 1.8, 2.5]),
        st.sampled_from([0, 0, 0, 1, 2, 2, 3, 3, 4]),
        st.integers(0, 3),
        st.integers(0, 5),
        st.sampled_from([0.2, 0.5, 0.95, 1.0]),
        st.integers(0, 2),
    ),
    max_size=30,
)


def batch_of(rows: list[tuple[float, ...]]) -> Batch:
    columns = np.array(rows, dtype=np.float64).reshape(-1, 8).T
    kind, group, actor = columns[3:6].astype(np.int16)
    return Batch(
        time=columns[0].astype(np.int64) + BEGIN,
        lon=columns[1].copy(),
        lat=columns[2].copy(),
        kind=kind,
        group=group,
        actor=actor,
        chance=columns[6].copy(),
        id=columns[7].astype(np.int64),
    )


def in_time(rows: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    return sorted(rows, key=lambda row: row[0])


def counted(
    rows: list[tuple[float, ...]], known: int = 100, *, loops: bool = False
) -> list[tuple[int, int]]:
    setting = Setting(known_s=BEGIN + known, loops=loops)
    return engine().count(batch_of(in_time(rows)), setting)


def may_be(party: int) -> tuple[int, ...]:
    """Return the codes of all that may be a party's: what is not surely the other's."""
    return tuple(code for code in range(NOBODY_KNOWN + 1) if code != 1 - party)


def by_hand(rows: list[tuple[float, ...]], known: int) -> Iterator[tuple[int, int]]:
    """Yield what each rule should count, read off the text of the truce."""
    lost = [row for row in rows if np.isnan(row[1])]
    known_of = [row for row in rows if not np.isnan(row[1])]
    town = [row for row in known_of if 0 <= row[1] <= 1 and 0 <= row[2] <= 1]
    port = [r for r in known_of if 0 <= r[2] <= 1 and 1 <= r[1] <= 2 - r[2] / 2]
    both = [row for row in known_of if row in town or row in port]
    shots, others = (
        [row[4] for row in some if row[3] == 0 and row[0] >= 10]
        for some in (both, lost)
    )
    open_ = sum(what == 3 for what in shots) + sum(what != 2 for what in others)
    yield sum(what < 2 for what in shots), open_
    away, perhaps = (
        [row for row in some if row[3] == 4 and row[0] < 60]
        for some in ([row for row in known_of if row not in town], lost)
    )
    yield len(away), len(perhaps)
    for party in (0, 1):
        for zone in (town, port):
            mine, all_told = (
                [row[0] for row in in_time(some) if row[3] == 0 and row[5] in doers]
                for some, doers in ((zone, (party,)), (zone + lost, may_be(party)))
            )
            sure, most = (
                sum(sum(t - 20 <= u <= t for u in times) > 2 for t in times)
                for times in (mine, all_told)
            )
            yield sure, most - sure
    alarms = [(row[0], row[7]) for row in rows if row[3] == 2]
    surely, by_any = (
        [(row[0], row[7]) for row in rows if row[3] == 3 and row[5] <= last]
        for last in (EITHER_OF_TWO, NOBODY_KNOWN)
    )
    unanswered, missed = (
        [t for t, i in alarms if not any(j == i and t <= u <= t + 15 for u, j in acts)]
        for acts in (by_any, surely)
    )
    late = sum(t + 15 <= known for t in unanswered)
    yield late, len(missed) - late
    near = [r for r in known_of if 1.8 <= r[2] <= 2.2 and -0.2 < r[1] < 2.2]
    seen, unseen = ([r[4] for r in some if r[3] == 1] for some in (near, lost))
    open_ = sum(what == 3 for what in seen) + sum(what != 2 for what in unseen)
    yield sum(what < 2 for what in seen), open_


@WAYS
@given(rows=ROWS, known=st.integers(90, 110))
def test_counts_are_those_of_the_text(
    rows: list[tuple[float, ...]], known: int, *, loops: bool
) -> None:
    assert counted(rows, known, loops=loops) == list(by_hand(rows, known))


@WAYS
@given(rows=ROWS, each=st.integers(1, 9), known=st.integers(90, 110))
def test_batches_add_up(
    rows: list[tuple[float, ...]], each: int, known: int, *, loops: bool
) -> None:
    running, ordered = Running(engine(), loops=loops), in_time(rows)
    for begin in range(0, len(ordered), each):
        running.put(batch_of(ordered[begin : begin + each]))
    assert running.counts(BEGIN + known) == counted(rows, known)


@WAYS
@given(data=st.data(), rows=ROWS, wrong=ROWS, each=st.integers(1, 9))
def test_late_and_corrected_facts_end_in_the_same_counts(
    data: st.DataObject,
    rows: list[tuple[float, ...]],
    wrong: list[tuple[float, ...]],
    each: int,
    *,
    loops: bool,
) -> None:
    standing = Standing(engine(), loops=loops)
    arriving = data.draw(st.permutations([*rows, *wrong]))
    for begin in range(0, len(arriving), each):
        standing.put(batch_of(arriving[begin : begin + each]))
    assert standing.counts(BEGIN + 100) == counted(arriving)
    for row in data.draw(st.permutations(wrong)):
        standing.take_out(batch_of([row]))
    assert standing.counts(BEGIN + 100) == counted(rows)


@given(rows=ROWS)
def test_the_whole_judgement_agrees_with_the_counts(
    rows: list[tuple[float, ...]],
) -> None:
    for loops in (False, True):
        setting = Setting(known_s=BEGIN + 100, loops=loops)
        found = engine().judge(batch_of(in_time(rows)), setting)
        counts = [(len(each.facts), len(each.open)) for each in found]
        assert counts == counted(rows)
        for each in found:
            assert 0.0 <= each.low <= each.high + 1e-12 <= 1.0 + 1e-9
            assert each.certain <= len(each.facts)
            assert (
                each.episodes.last.tolist()[-1:] == [len(each.facts)][: len(each.facts)]
            )
            assert (each.begin < each.end).all()


@given(rows=ROWS)
def test_loops_and_numpy_judge_alike(rows: list[tuple[float, ...]]) -> None:
    batch = batch_of(in_time(rows))
    one, other = (
        engine().judge(batch, Setting(known_s=BEGIN + 100, loops=loops))
        for loops in (False, True)
    )
    for a, b in zip(one, other, strict=True):
        assert a.facts.tolist() == b.facts.tolist()
        assert a.open.tolist() == b.open.tolist()
        assert a.begin.tolist() == b.begin.tolist()
        assert a.end.tolist() == b.end.tolist()
        assert (a.low, a.high) == pytest.approx((b.low, b.high), abs=1e-12)


@given(rows=ROWS)
def test_swapping_the_parties_swaps_the_counts(rows: list[tuple[float, ...]]) -> None:
    swapped = [(*row[:5], (1, 0, 2, 4, 3, 5)[int(row[5])], *row[6:]) for row in rows]
    plain, turned = counted(rows), counted(swapped)
    at = [demand.rule.party for demand in engine().program.demands]
    assert at[2:6] == ["north", "north", "south", "south"]
    order = [0, 1, 4, 5, 2, 3, 6, 7]
    assert [turned[k] for k in order] == plain


@given(rows=ROWS)
def test_the_chance_of_a_breach_is_that_of_possible_worlds(
    rows: list[tuple[float, ...]],
) -> None:
    found = engine().judge(batch_of(in_time(rows)), Setting(known_s=BEGIN + 100))
    batch = batch_of(in_time(rows))
    for each in (found[0], found[1], found[7]):
        none = float(np.prod(1.0 - batch.chance[each.facts]))
        assert each.low == pytest.approx(1.0 - none)
        none *= float(np.prod(1.0 - batch.chance[each.open]))
        assert each.high == pytest.approx(1.0 - none)
