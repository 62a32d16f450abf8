"""Gates, looked at instant by instant: what was certified, and how days were found."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

from pamiers.agreement.undertaking import Gate, Indicator
from pamiers.compliance.rule import Form, Rule
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone
from pamiers.core.rows import Statement
from tests.property.compliance.reference.facts import (
    TICK,
    Bench,
    in_force,
    speaks,
    watched_share,
)
from tests.property.compliance.reference.forbid import prohibition

Found = tuple[Interval, str]  #: when, and which verdict
SLACK = 1e-9
ONE_DAY = timedelta(days=1)


def is_shut(bench: Bench, at: datetime) -> bool:
    """Tell whether a gate keeps a clause from being due at an instant."""
    gates = bench.agreement.gates.values()
    theirs = [gate for gate in gates if bench.clause.id in gate.opens]
    return any(not is_open(bench, gate, at) for gate in theirs)


def is_open(bench: Bench, gate: Gate, at: datetime) -> bool:
    """Go from one instant to the next: what was said, and whether conduct was good."""
    said = list(words(bench, gate))
    certified = opened = False
    for when in instants(bench, [each for each, _ in said], at):
        now = [word for told_at, word in said if told_at == when]
        certified = all(now) if now else certified
        good = certified and (
            (opened and not gate.rolls_back)
            or all(_holds(bench, gate, each, when) for each in gate.indicators)
        )
        if opened and not good:
            certified = False
        opened = good
    return opened


def words(bench: Bench, gate: Gate) -> Iterator[tuple[datetime, bool]]:
    """Yield what its certifier says: when, and whether it is open."""
    for row in bench.world.statements.views():
        assert isinstance(row, Statement)
        at = row.given_at or row.start
        named = row.category == f"gate:{gate.id}" and row.actor == gate.certified_by
        free = speaks(bench, row) <= {gate.certified_by}
        if named and free and at is not None and at <= bench.known_at:
            yield at, json.loads(row.extra or "{}").get("open") != "false"


def instants(bench: Bench, said: list[datetime], at: datetime) -> list[datetime]:
    """Return when a gate is looked at: upon each word, at ends of days, and at last."""
    if not said or min(said) > at:
        return []
    told = {each for each in said if each <= at} | {at}
    day = _day(bench, min(said))
    while day.end <= at:
        told.add(day.end)
        day = _day(bench, day.end)
    return sorted(told)


def _day(bench: Bench, at: datetime) -> Interval:
    tz, cut_off = zone(bench.agreement.time_zone), bench.agreement.cut_off
    return reporting_day(reporting_date(at, cut_off, tz), cut_off, tz)


def _holds(bench: Bench, gate: Gate, one: Indicator, at: datetime) -> bool:
    window = Interval(at - timedelta(seconds=gate.window.quantity.base), at)
    found = list(_judged(bench, one.clause, window))
    begun = bench.agreement.clause(one.clause).default.from_at
    if not found or begun is None or begun > window.start:
        return False
    if one.kept_share is not None:
        kept = sum(window.overlap_s(part) for part, so in found if so == "kept")
        return kept / window.seconds >= one.kept_share
    if one.watched_share is not None:
        parts = [part for part, _ in found]
        share = _watched(bench, one.clause, window, parts)
        return share / window.seconds >= one.watched_share - SLACK
    most = one.breaches_at_most or 0.0
    return _whole(bench, found, window) and _episodes(found) <= most


def _judged(bench: Bench, name: str, window: Interval) -> Iterator[Found]:
    """Yield what is found of a ban on each day, by all that is known."""
    clause = bench.agreement.clause(name)
    rule = Rule(clause=clause, reading=clause.default, form=Form.PROHIBITION)
    plain = replace(bench, rule=rule, cut=None, sector=None)
    day = _day(bench, window.start)
    while day.start < window.end:
        for part in in_force(plain, day):
            if window.start < part.end <= window.end:
                yield part, prohibition(replace(plain, period=part)).verdict
        day = _day(bench, day.end)


def _watched(bench: Bench, name: str, window: Interval, parts: list[Interval]) -> float:
    """Return for how long of a window, judged part by part, somebody watched [s]."""
    clause = bench.agreement.clause(name)
    rule = Rule(clause=clause, reading=clause.default, form=Form.PROHIBITION)
    plain = replace(bench, rule=rule, cut=None, sector=None)
    kinds = clause.default.kinds
    return sum(
        window.overlap_s(part) * watched_share(replace(plain, period=part), part, kinds)
        for part in parts
    )


def _whole(bench: Bench, found: list[Found], window: Interval) -> bool:
    """Tell whether all of a window was judged, up to the day that still runs."""
    day = _day(bench, window.end - TICK)
    end = window.end if day.end == window.end else day.start
    if end <= window.start:
        return True
    asked = Interval(window.start, end)
    return sum(asked.overlap_s(part) for part, _ in found) >= asked.seconds - 1e-6


def _episodes(found: list[Found]) -> int:
    """Return the most runs of breach there may be, over every way to take the open."""
    ways = [
        (True,) if so == "breached" else (False,) if so == "kept" else (True, False)
        for _, so in found
    ]
    return max(_runs(found, bad) for bad in product(*ways))


def _runs(found: list[Found], bad: tuple[bool, ...]) -> int:
    number, last = 0, None
    for (part, _), so in zip(found, bad, strict=True):
        if so:
            number += last is None or part.start - last > ONE_DAY
            last = part.end
    return number
