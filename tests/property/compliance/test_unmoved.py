"""What leaves findings as they are, and what may move them one way only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import prod
from random import Random
from typing import Any

import pytest
import shapely

from pamiers.agreement.model import (
    Agreement,
    AllOf,
    NearLine,
    OutsideZones,
    Thresholds,
    Where,
)
from pamiers.agreement.shapes import buffer
from pamiers.agreement.zones import Zone
from pamiers.compliance.assess import assess
from pamiers.compliance.assessment.assessment import Assessment
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.log import Logged, append, same_judgement, standing_at
from pamiers.core.instant import Interval
from pamiers.core.rows import Coverage, Incident, Row, Statement, Tally
from tests.property.compliance.reference import draw, terrain

CASES = 16
HOUR = timedelta(hours=1)
BANS = ("prohibition", "presence", "absence")
every_form = pytest.mark.parametrize("form", draw.FORMS)


def judged(posed: draw.Problem, rows: Sequence[Row] | None = None) -> list[Finding]:
    told = posed.rows if rows is None else rows
    return assess(posed.rules, draw.world(list(told)), posed.day, posed.known_at)


def more(form: str, number: int, posed: draw.Problem) -> list[Row]:
    """Return other facts of the same time, each with a key of its own."""
    rng = Random(f"more {form} {number}")  # noqa: S311 - a case
    by = posed.day.start - draw.DAY.start
    told = [draw.moved(row, by) for row in draw.facts(rng, form)]
    return [replace(row, key=f"{row.key} more") for row in told]


@pytest.mark.parametrize("form", BANS)
def test_a_wider_zone_takes_no_breach_back(form: str) -> None:
    breached = 0
    for number in range(CASES * 3):
        posed = eager(terrain.problem(form, number)[0])
        if leaves_out(posed.rules.clauses[0].default.where):
            continue
        after = {each.key: each for each in judged(replace(posed, rules=wider(posed)))}
        for old in judged(posed):
            new = after[old.key]
            breached += old.verdict is Verdict.BREACHED
            assert new.probability_low >= old.probability_low - 0.01
            assert old.verdict is not Verdict.BREACHED or new.verdict is old.verdict
    assert breached


def eager(posed: draw.Problem) -> draw.Problem:
    """Return a problem whose clause holds at all hours and is easily breached."""
    clause = posed.rules.clauses[0]
    plain = replace(clause.default, hours=(), days=(), condition=None, by_at=None)
    plain = replace(plain, from_at=posed.day.start - 48 * HOUR)
    if plain.kinds:
        plain = replace(plain, kinds=("any",))
    limits = Thresholds(breached=0.1, kept=0.05)
    one = replace(clause, readings=(plain,), thresholds=limits)
    rules = replace(posed.rules, clauses=(one,))
    rows = [_on_the_day(row, posed.day) for row in posed.rows]
    return replace(posed, rules=rules, rows=rows, known_at=posed.day.end + 24 * HOUR)


def _on_the_day(row: Row, day: Interval) -> Row:
    """Return an incident as it would have been at that hour of a day."""
    if not isinstance(row, Incident):
        return row
    start = day.start + (row.start - day.start) % (24 * HOUR)
    return replace(row, start=start, end=start + (row.end - row.start))


def leaves_out(where: Where) -> bool:
    parts = where.parts if isinstance(where, AllOf) else (where,)
    return any(isinstance(part, OutsideZones) for part in parts)


def wider(posed: draw.Problem) -> Agreement:
    """Return an agreement whose zones and distances reach 2 km further."""
    zones = {name: _wider(zone) for name, zone in posed.rules.zones.items()}
    clause = posed.rules.clauses[0]
    reading = replace(clause.default, where=_further(clause.default.where))
    first = replace(clause, readings=(reading,))
    return replace(posed.rules, zones=zones, clauses=(first,))


def _wider(zone: Zone) -> Zone:
    shape = shapely.union(zone.shape, buffer(shapely.boundary(zone.shape), 2_000.0))
    return replace(zone, shape=shape, versions=tuple(_wider(v) for v in zone.versions))


def _further(where: Where) -> Where:
    match where:
        case NearLine(lines, distance_m):
            return NearLine(lines, distance_m + 2_000.0)
        case AllOf(parts):
            return AllOf(tuple(_further(part) for part in parts))  # type: ignore[misc]
        case _:
            return where


@every_form
def test_a_fact_put_in_and_taken_out_leaves_only_the_log(form: str) -> None:
    for number in range(CASES):
        posed = draw.problem(form, number)
        plain, both = judged(posed), [*posed.rows, *more(form, number, posed)]
        log: tuple[Logged, ...] = ()
        at = posed.known_at
        for step, found in enumerate((plain, judged(posed, both), plain)):
            at = posed.known_at + step * HOUR
            log = append(log, [replace(each, known_at=at) for each in found], at)
        for then in (posed.known_at, at):
            assert_standing(log, plain, then)


def assert_standing(
    log: tuple[Logged, ...], plain: list[Finding], at: datetime
) -> None:
    stood = {each.key: each for each in standing_at(log, at)}
    assert stood.keys() == {each.key for each in plain}
    for each in plain:
        assert same_judgement(stood[each.key], replace(each, known_at=at))


@every_form
def test_an_assessment_that_loses_a_fact_forgets_it(form: str) -> None:
    for number in range(CASES):
        posed = draw.problem(form, number)
        both = [*posed.rows, *more(form, number, posed)]
        running = Assessment(posed.rules, [posed.day], None)
        for rows in (posed.rows, both, posed.rows):
            running.advance(draw.world(list(rows)), posed.known_at)
        assert running.findings() == judged(posed)


@every_form
def test_what_no_clause_speaks_of_changes_nothing(form: str) -> None:
    for number in range(CASES):
        posed = draw.problem(form, number)
        assert judged(posed, [*posed.rows, *beside(posed.day)]) == judged(posed)


def beside(day: Interval) -> list[Row]:
    """Return facts of other kinds, by and about others, on the day asked about."""
    when: dict[str, Any] = {"start": day.start + 3 * HOUR, "end": day.start + 5 * HOUR}
    return [
        Incident(
            source="pamiers",
            key="jam",
            kind="jamming",
            actor="other",
            probability=1.0,
            observed=1,
            sources="s",
            members="s:1",
            **when,
        ),
        Statement(source="s", key="2", category="remark", text="", **when),
        Tally(source="gazette", key="3", of="boat", party="C", count=9, **when),
        Tally(
            source="gazette",
            key="4",
            of="tank",
            party="C",
            status="accepted",
            count=9,
            **when,
        ),
    ]


@pytest.mark.parametrize("form", ["prohibition", "frequency", "duty", "response"])
def test_what_is_far_away_changes_nothing(form: str) -> None:
    for number in range(CASES):
        posed, _ = terrain.problem(form, number)
        if leaves_out(posed.rules.clauses[0].default.where):
            continue
        far = [
            replace(row, key=f"{row.key} far", lon=60.0, lat=10.0, radius_m=100.0)
            for row in posed.rows
            if isinstance(row, Incident) and row.kind != "casualty"
        ]
        plain = [replace(row, shape=None) for row in far]
        assert judged(posed, [*posed.rows, *plain]) == judged(posed)


@every_form
def test_what_is_said_twice_is_said_once(form: str) -> None:
    for number in range(CASES):
        posed = draw.problem(form, number)
        twice = [
            replace(row, key=f"{row.key} again")
            for row in posed.rows
            if isinstance(row, Coverage | Statement | Tally) and _counts_once(row)
        ]
        told = judged(posed, [*posed.rows, *twice])
        for old, new in zip(judged(posed), told, strict=True):
            assert _but_keys(new) == _but_keys(old), number


def _but_keys(found: Finding) -> Finding:
    return replace(found, evidence=(), exempt=(), exempt_under=())


def _counts_once(row: Row) -> bool:
    """Tell whether a record says how it is; one of an event is an event more."""
    if isinstance(row, Statement):
        return not row.category.startswith("event:")
    return not isinstance(row, Tally) or row.status != "accepted" or row.cumulative


@pytest.mark.parametrize("form", ["prohibition", "presence"])
def test_a_day_in_two_parts_is_the_day(form: str) -> None:
    breached = 0
    for number in range(CASES * 6):
        posed = eager(draw.problem(form, number, fewest=3))
        rows = [_at_once(row) for row in posed.rows if not isinstance(row, Tally)]
        noon = posed.day.start + 12 * HOUR
        parts = [Interval(posed.day.start, noon), Interval(noon, posed.day.end)]
        halves = [
            each for day in parts for each in judged(replace(posed, day=day), rows)
        ]
        whole = judged(posed, rows)
        breached += any(each.verdict is Verdict.BREACHED for each in whole)
        assert kept(whole) == pytest.approx(kept(halves), abs=1e-6)
    assert breached


def _at_once(row: Row) -> Row:
    if not isinstance(row, Incident):
        return row
    return replace(row, end=row.start + timedelta(minutes=1))


def kept(found: list[Finding]) -> float:
    """Return the probability that nothing surely counts against any part."""
    return prod(1.0 - each.probability_low for each in found)
