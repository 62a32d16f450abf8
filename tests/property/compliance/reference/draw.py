# ruff: noqa: S311 - these are cases for tests, not secrets
"""Random agreements and random facts about them, on a grid of hours."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from pamiers.agreement.model import (
    Agreement,
    Clause,
    Detection,
    Everywhere,
    Mandate,
    Means,
    Reading,
    Subject,
    Thresholds,
)
from pamiers.agreement.values.calendar import WEEKDAYS
from pamiers.agreement.values.hours import Hours
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.party import Party
from pamiers.core.rows import Coverage, Incident, Row, Statement, Tally
from pamiers.core.source import Source
from pamiers.core.table import table_of
from tests.property.compliance.reference import clauses
from tests.property.compliance.reference.clauses import CLAUSES, Drawn, prohibition

START, HOUR = clauses.START, clauses.HOUR
at, hours = clauses.at, clauses.hours
TICK = timedelta(microseconds=1)
DAY = Interval(START + 48 * HOUR, START + 72 * HOUR)
WHO = ("A", "B", None)
FORMS = tuple(CLAUSES)
#: who may have done something, with which share
WEIGHTS: tuple[dict[str, float], ...] = (
    {"A": 0.8, "": 0.2},
    {"A": 0.5, "B": 0.5},
    {"A": 0.95, "B": 0.05},
    {"B": 0.6, "": 0.4},
    {"A": 0.4, "B": 0.4, "": 0.2},
    {"M": 0.7, "other": 0.3},
    {"A": 0.6, "M": 0.35, "other": 0.05},
    {"": 1.0},
    {"A": 1.0},
)
#: to the end of a month and back, and to when clocks go forward
SHIFTS = (0, 0, 0, 26, 28, 29, -2)


@dataclass(frozen=True)
class Problem:
    """An agreement, what is known of it by an instant, and the day asked about."""

    rules: Agreement
    rows: list[Row]
    known_at: datetime
    day: Interval
    sources: Mapping[str, Source] = field(default_factory=dict)


def problem(form: str, number: int, fewest: int = 0) -> Problem:
    """Return the problem of a form with a number, with so many incidents or more."""
    rng = Random(f"{form} {number}")
    rules = agreement(rng, form)
    every = facts(rng, form, fewest)
    known_at = at(rng, 40, 110)
    by = rng.choice(SHIFTS) * 24 * HOUR
    return Problem(
        rules=moved_rules(rules, by),
        rows=[moved(row, by) for row in known(every, known_at)],
        known_at=known_at + by,
        day=Interval(DAY.start + by, DAY.end + by),
    )


def agreement(rng: Random, form: str) -> Agreement:
    """Return an agreement of which the clause `c` is judged in a given form."""
    bearers = rng.choice([("A",), ("A", "B")])
    stated = Detection(probability=0.8, author="", on="", source="")
    judged = _clause(rng, form, CLAUSES[form](rng), bearers)
    others: tuple[Clause, ...] = ()
    if form == "reaction":
        judged = replace(judged, upon=("p",))
        others = (_broken(rng, bearers),)
    return Agreement(
        id="drawn",
        digest="d" * 64,
        title={},
        parties=(Party(id="A", name={}), Party(id="B", name={})),
        names={name: {} for name in ("A", "B", "M", "judge", "other")},
        instruments={"deal": {}},
        clauses=(judged, *others),
        classes={
            "tanks": WeaponClass(id="tanks", title={}, kinds=("tank",)),
            "guns": WeaponClass(id="guns", title={}, kinds=("gun",)),
        },
        zones={},
        lines={},
        events={"act": {}, "gate": {}},
        monitoring={
            "patrol": Means(id="patrol", title={}, by="judge", kinds=()),
            "drone": Means(
                id="drone", title={}, by="judge", kinds=(), detection=stated
            ),
        },
        sectors=(),
        mandate=rng.choice([Mandate.PERMITTED, Mandate.PERMITTED, Mandate.FORBIDDEN]),
        thresholds=Thresholds(breached=0.9, kept=0.1),
        time_zone=rng.choice(["UTC", "Europe/Kyiv"]),
        cut_off=time(0, 0),
        anchors={},
        states={"open": {}},
    )


def _broken(rng: Random, bearers: tuple[str, ...]) -> Clause:
    """Return a prohibition of fire that is easily breached."""
    own, verb = prohibition(rng)
    own |= {"kinds": ("fire",), "condition": None, "from_at": at(rng, 0, 50)}
    drawn = _clause(rng, "prohibition", (own, verb), bearers)
    return replace(drawn, id="p", thresholds=Thresholds(breached=0.3, kept=0.1))


def _clause(rng: Random, form: str, drawn: Drawn, bearers: tuple[str, ...]) -> Clause:
    own, verb = drawn
    given: dict[str, Any] = {
        "id": "as-written",
        "subject": Subject.EVENT,
        "kinds": (),
        "state": "",
        "classes": (),
        "where": Everywhere(),
        "bearers": bearers,
        "from_at": at(rng, 0, 60),
        "until_at": None,
        "by_at": None,
        **_clock(rng, form),
    }
    unless = own.pop("unless", ())
    checks = own.pop("verified_by", ())
    tree = own.pop("tree", None)
    return Clause(
        id="c",
        verb=verb,
        title={},
        text={},
        cite="",
        instrument="deal",
        readings=(Reading(**{**given, **own}),),
        unless=unless,
        verified_by=checks,
        tree=tree,
        answers_for=rng.choice([(), (), ("M",)]),
        watched_by=rng.choice([(), ("patrol",)]),
        thresholds=rng.choice([None, Thresholds(breached=0.7, kept=0.2)]),
    )


def _clock(rng: Random, form: str) -> dict[str, Any]:
    """Return at which hours a clause holds, if only at some."""
    if form not in _HOURLY or rng.random() < 0.7:
        return {}
    begin, end = rng.sample(range(24), 2)
    return {
        "hours": (Hours(begin * 60, end * 60 or 1440),),
        "days": rng.choice([(), tuple(rng.sample(WEEKDAYS, 4))]),
    }


_TIMES = ("start", "end", "given_at")


def moved(row: Row, by: timedelta) -> Row:
    """Return a row with its times moved."""
    held: dict[str, Any] = {name: getattr(row, name, None) for name in _TIMES}
    return replace(row, **{n: when + by for n, when in held.items() if when})


def moved_rules(rules: Agreement, by: timedelta) -> Agreement:
    """Return an agreement with the times of its readings moved."""
    clauses = tuple(
        replace(clause, readings=tuple(_later(each, by) for each in clause.readings))
        for clause in rules.clauses
    )
    return replace(rules, clauses=clauses)


def _later(reading: Reading, by: timedelta) -> Reading:
    names = ("from_at", "until_at", "by_at", "first_at", "since_at")
    held: dict[str, Any] = {name: getattr(reading, name) for name in names}
    return replace(reading, **{n: when + by for n, when in held.items() if when})


#: forms whose clauses may hold at some hours only
_HOURLY = (
    *("prohibition", "presence", "absence", "announcement", "frequency", "stock"),
    *("flow", "upkeep"),
)
_STATUSES = ("present", "present", "accepted", "accepted", "stored")
#: form -> how long what is done may have taken
_LONG = {"flow": (TICK, 30 * HOUR), "proportion": (TICK, 30 * HOUR)}
#: kinds of which weapons are told
SIGHTINGS = ("weapon_presence", "presence")
#: form -> kinds of incident that it is about
_OFTEN = {
    "announcement": ("movement", "fire"),
    "frequency": ("fire", "movement"),
    "proportion": ("fire",),
    "reaction": ("fire",),
    "duty": ("event:act",),
    "stock": ("weapon_presence",),
    "presence": ("weapon_presence",),
    "absence": ("weapon_presence",),
}


def facts(rng: Random, form: str, fewest: int = 0) -> list[Row]:
    """Return some facts of every kind, at most six of them unsure."""
    n = rng.randint(4 if form == "reaction" else fewest, 6)
    rows: list[Row] = [
        *(_incident(rng, i, form) for i in range(n)),
        *(_statement(rng, i) for i in range(rng.randint(0, 6))),
        *(_tally(rng, i, form) for i in range(rng.randint(0, 5))),
        *(_coverage(rng, i) for i in range(rng.randint(0, 3))),
    ]
    whose = Random(f"{[row.start for row in rows]}")  # as drawn, whoever did it
    return weighed(whose, rows) if whose.random() < 0.2 else rows


def weighed(rng: Random, rows: list[Row]) -> list[Row]:
    """Leave it open who did most incidents: each of some may have, and one did."""
    return [
        replace(row, actors=json.dumps(rng.choice(WEIGHTS)))
        if isinstance(row, Incident) and rng.random() < 0.7
        else row
        for row in rows
    ]


def known(rows: list[Row], by: datetime) -> list[Row]:
    """Return the facts that can be known by an instant."""
    return [row for row in rows if _told_at(row) <= by]


def _told_at(row: Row) -> datetime:
    given = row.given_at if isinstance(row, Statement) else None
    told = given or row.start
    return told if told is not None else START


def world(rows: list[Row], sources: Mapping[str, Source] | None = None) -> World:
    kinds = {
        "incidents": ("incident", Incident),
        "statements": ("statement", Statement),
        "tallies": ("tally", Tally),
        "coverage": ("coverage", Coverage),
    }
    tables: dict[str, Any] = {
        name: table_of(kind, [row for row in rows if isinstance(row, shape)])
        for name, (kind, shape) in kinds.items()
    }
    return World(**tables, sources=sources or {})


def _incident(rng: Random, i: int, form: str) -> Incident:
    start = at(rng)
    length = rng.choice([timedelta(minutes=1), HOUR, 6 * HOUR, 6 * HOUR])
    if rng.random() < 0.08:  # dated by its day
        length = 24 * HOUR
    kinds = ["fire", "explosion", "movement", "movement", "casualty", "event:act"]
    kind = rng.choice([*kinds, "fire", *(_OFTEN.get(form, ("casualty",)) * 6)])
    if kind == "weapon_presence":
        kind = rng.choice([*([kind] * 5), "presence", "mine", "person_presence"])
    weapons = rng.choice(["tank", "tank", "gun", None])
    return Incident(
        source="pamiers",
        key=f"i{i}",
        start=start,
        end=start + length,
        kind=kind,
        weapons=weapons if kind in SIGHTINGS else None,
        count=rng.choice([None, 1, 2, 3, 5]),
        actor=rng.choice([*WHO, "A", "M", "other"]),
        probability=rng.choice([1.0, 1.0, 0.97, 0.6, 0.3, 0.05]),
        observed=1,
        sources=f"s{i}",
        members=f"s{i}:{i}",
    )


def _statement(rng: Random, i: int) -> Statement:
    categories = ["event:act", "event:act", "event:gate", "notice", "approval:x"]
    category = rng.choice(
        [*categories, "verified:c", "not-done:c", "state:open", "not-state:open"]
    )
    start = at(rng)
    long = category.partition(":")[0] in {"notice", "approval", "state", "not-state"}
    length = rng.randint(1, 40) * HOUR if long else TICK
    given = category == "notice" and rng.random() < 0.8
    return Statement(
        source=f"t{i}",
        key=f"{i}",
        category=category,
        start=start,
        end=start + length,
        text="",
        actor=rng.choice(["A", "A", "B", "judge", "judge", "other", "M"]),
        to=rng.choice([None, "A", "B"]) if category != "event:act" else None,
        kind=rng.choice([None, "movement", "fire"]) if category == "notice" else None,
        ref=rng.choice([None, "i0", "i1", "i2"]) if category == "event:act" else None,
        given_at=start - rng.randint(0, 30) * HOUR if given else None,
    )


def _tally(rng: Random, i: int, form: str) -> Tally:
    start = at(rng)
    n = rng.randint(0, 10)
    spread = rng.random() < 0.3
    return Tally(
        source=rng.choice(["club", "club", "paper"]),
        key=f"{i}",
        start=start,
        end=start + rng.choice([TICK, HOUR, 6 * HOUR, *_LONG.get(form, ())]),
        of=rng.choice(["tank", "gun"]) if form == "proportion" else "tank",
        party=rng.choice(["A", "A", "B"]),
        place=rng.choice([None, "depot"]),
        status=rng.choice(["accepted"] if form == "flow" else _STATUSES),
        count=None if spread else n,
        count_low=n if spread else None,
        count_high=rng.choice([n + 2, None]) if spread else None,
        cumulative=rng.random() < 0.3,
    )


def _coverage(rng: Random, i: int) -> Coverage:
    start = rng.choice([START, at(rng)])
    return Coverage(
        source="club",
        key=f"{i}",
        start=start,
        end=start + rng.choice([120, 120, 24, 48]) * HOUR,
        status=rng.choice(["observed", "observed", "observed", "denied", "degraded"]),
        means=rng.choice([None, "patrol", "patrol", "drone"]),
        watched=rng.choice(["any", "any", "fire"]),
        detection=rng.choice([None, 0.8, 0.8]),
    )
