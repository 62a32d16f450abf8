# ruff: noqa: S311 - these are cases for tests, not secrets
"""What may be added to a clause of any form: suspensions, rival readings, gates, ...

Each twist takes a problem as it is drawn and changes the agreement, the facts or who
tells them. Its form is that of the problem that it was made of.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

from shapely.geometry import box

from pamiers.agreement.model import (
    Agreement,
    Bound,
    Clause,
    Extension,
    Life,
    LifeEvent,
    Matter,
    Reading,
    Requirement,
    Subject,
    Suspension,
    Thresholds,
    Verb,
)
from pamiers.agreement.model.whole import Sector
from pamiers.agreement.undertaking import Gate, Indicator
from pamiers.agreement.values import formula as f
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.expression import Comparison
from pamiers.agreement.values.moment import SILENCE, At
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.zones import Zone
from pamiers.core.rows import Coverage, Incident, Row, Statement, Tally
from pamiers.core.source import Source
from tests.property.compliance.reference import draw, parts
from tests.property.compliance.reference.clauses import (
    APPROVED,
    CLAUSES,
    prohibition,
)

HOUR = draw.HOUR
Problem = draw.Problem
#: regions that sources name, and the sectors that they are
REGIONS = ("west", "east", "far away", None)


def problem(form: str, number: int) -> Problem:
    """Return the problem of a form, or of a twist, with a number."""
    if form in CLAUSES:
        return draw.problem(form, number)
    rng = Random(f"{form} {number}")
    of = rng.choice(BASES[form])
    return TWISTS[form](rng, draw.problem(of, number))


def weighed_problem(form: str, number: int) -> Problem:
    """Return the problem of a form with a number, open as to who did most of it."""
    return _ascribed(Random(f"whose {form} {number}"), problem(form, number))


def _first(posed: Problem, clause: Clause, **others: Any) -> Problem:  # noqa: ANN401
    """Return a problem with another clause `c`, and other parts of its agreement."""
    rest = posed.rules.clauses[1:]
    rules = replace(posed.rules, clauses=(clause, *rest), **others)
    return replace(posed, rules=rules)


def _when(rng: Random, posed: Problem, low: int = -30, high: int = 30) -> datetime:
    return posed.day.start + rng.randint(low, high) * HOUR


def _known(posed: Problem, rows: list[Row]) -> Problem:
    """Return a problem with more facts, as far as they can be known."""
    told = draw.known(rows, posed.known_at)
    return replace(posed, rows=[*posed.rows, *told])


def _said(rng: Random, posed: Problem, i: int, category: str) -> Statement:
    start = _when(rng, posed)
    return Statement(
        source=f"w{i}",
        key=f"{i}",
        category=category,
        start=start,
        end=rng.choice([None, start + rng.randint(1, 20) * HOUR]),
        text="",
        actor=rng.choice(["judge", "A", "B"]),
    )


def _suspended(rng: Random, posed: Problem) -> Problem:
    """Suspend a clause for some hours, by its text or by what is on record."""
    spans = []
    for _ in range(rng.randint(0, 2)):
        start = _when(rng, posed)
        end = rng.choice([None, start + rng.randint(1, 20) * HOUR])
        until = None if end is None else At(end, "")
        spans.append(
            Suspension(from_=At(start, ""), until=until, from_at=start, until_at=end)
        )
    clause = replace(posed.rules.clauses[0], suspended=tuple(spans))
    rows: list[Row] = [
        _said(rng, posed, i, "suspension:c") for i in range(rng.randint(0, 2))
    ]
    posed = _known(_first(posed, clause), rows)
    return replace(posed, sources=_interests(rng, posed, ("w",)))


def _interests(
    rng: Random, posed: Problem, leads: tuple[str, ...]
) -> dict[str, Source]:
    """Return the sources of statements; some speak for a party, or for both."""
    names = {row.source for row in posed.rows if isinstance(row, Statement)}
    return {
        name: Source(
            id=name,
            name=name,
            interested=rng.choice([(), (), ("A",), ("B",), ("A", "B")]),
        )
        for name in sorted(names)
        if name.startswith(leads)
    }


def _interested(rng: Random, posed: Problem) -> Problem:
    """Let some speak for a party, and some incidents be mere claims."""
    rows = [
        replace(row, observed=0, claimed=1, sources=rng.choice(["A", "B", "club"]))
        if isinstance(row, Incident) and rng.random() < 0.5
        else row
        for row in posed.rows
    ]
    sources = _interests(rng, posed, ("t",))
    return replace(posed, rows=rows, sources=sources)


def _rival(rng: Random, posed: Problem) -> Problem:
    """Read a clause in a second way: at other times, of other numbers."""
    clause = posed.rules.clauses[0]
    one = clause.default
    by = rng.choice([-12, 6, 12]) * HOUR
    other: dict[str, Any] = {"id": "other", "from_at": _moved(one.from_at, by)}
    if one.by_at is not None:
        other["by_at"] = one.by_at + rng.choice([-24, 12]) * HOUR
    if one.bound is not None and one.bound.most is not None:
        other["bound"] = replace(one.bound, most=one.bound.most + 1.0)
    if one.lasting is not None:
        other["lasting"] = Duration(Quantity(rng.choice([8.0, 30.0]), "h"), "elapsed")
    if clause.unless:
        other["without"] = rng.choice([(), ("x",)])
    readings = (one, replace(one, **other))
    return _first(posed, replace(clause, readings=readings))


def _moved(at: datetime | None, by: Any) -> datetime | None:  # noqa: ANN401
    return None if at is None else at + by


def _addressed(rng: Random, posed: Problem) -> Problem:
    """Say to whom it is done, in the clause and on record."""
    clause = posed.rules.clauses[0]
    to = rng.choice([("judge",), ("judge", "other"), ("M",)])
    whom = (None, "judge", "other", "judge; other", "A")
    rows: list[Row] = []
    for row in posed.rows:
        named = rng.choice(whom)
        if isinstance(row, Incident):
            extra = None if named is None else json.dumps({"to": named})
            rows.append(replace(row, extra=extra))
        elif isinstance(row, Statement) and row.category == "event:act":
            rows.append(replace(row, to=named))
        else:
            rows.append(row)
    return replace(_first(posed, replace(clause, to=to)), rows=rows)


def _sectors(rng: Random, posed: Problem) -> Problem:
    """Break an area down by two sectors, which sources name or do not."""
    sectors = tuple(
        Sector(
            id=name,
            title={"en": f"{name} sector"},
            zone=Zone(id=name, title={}, shape=box(lon, 48.0, lon + 0.5, 48.5)),
        )
        for name, lon in (("west", 37.0), ("east", 38.0))
    )
    rows: list[Row] = [
        replace(row, region=rng.choice([*REGIONS, "West"]))
        if isinstance(row, Incident | Coverage)
        else row
        for row in posed.rows
        if not isinstance(row, Tally)
    ]
    posed = _first(posed, posed.rules.clauses[0], sectors=sectors)
    return replace(posed, rows=rows)


def _gated(rng: Random, posed: Problem) -> Problem:
    """Let a gate open a clause: after so many breaches at most, or shares of days."""
    own, verb = prohibition(rng)
    own |= {"kinds": ("fire",), "condition": None}
    start = posed.day.start - rng.choice([50, 100, 200]) * HOUR
    watch = _ban(posed.rules, own, verb, start)
    measured = rng.choice(["breaches_at_most", "kept_share", "watched_share"])
    number = float(rng.randint(0, 1)) if measured == "breaches_at_most" else 0.5
    gate = Gate(
        id="g",
        title={},
        window=Duration(Quantity(rng.choice([24.0, 36.0, 48.0]), "h"), "elapsed"),
        indicators=(Indicator(clause="p", **{measured: number}),),
        certified_by="judge",
        opens=("c",),
        rolls_back=rng.random() < 0.5,
    )
    words: list[Row] = []
    for i in range(rng.randint(0, 4)):
        said = replace(_said(rng, posed, i, "gate:g"), end=None)
        extra = rng.choice([None, json.dumps({"open": "false"})])
        words.append(replace(said, extra=extra))
    clause = posed.rules.clauses[0]
    rules = replace(posed.rules, clauses=(clause, watch), gates={"g": gate})
    whole: Row = replace(_watch(posed), means=rng.choice(["drone", "patrol"]))
    rows = [*words, *([whole] if rng.random() < 0.7 else [])]
    return _known(replace(posed, rules=rules), rows)


def _watch(posed: Problem) -> Coverage:
    return Coverage(
        source="club",
        key="whole",
        start=posed.day.start - 100 * HOUR,
        end=posed.day.start + 100 * HOUR,
        status="observed",
        watched="any",
    )


def _ban(rules: Agreement, own: dict[str, Any], verb: Verb, start: datetime) -> Clause:
    """Return a ban of fire, called `p`, in force from an instant on."""
    unless = own.pop("unless", ())
    one = rules.clauses[0].default
    blank = Reading(
        id="as-written",
        subject=Subject.EVENT,
        kinds=(),
        state="",
        classes=(),
        where=one.where,
        bearers=("A", "B"),
        from_at=start,
        until_at=None,
        by_at=None,
    )
    reading = replace(blank, **own)
    return replace(
        rules.clauses[0],
        id="p",
        verb=verb,
        readings=(reading,),
        unless=unless,
        upon=(),
        verified_by=(),
        tree=None,
        suspended=(),
        answers_for=(),
        thresholds=Thresholds(breached=0.5, kept=0.2),
    )


def _called(rng: Random, posed: Problem) -> Problem:
    """Let a formula say which event it means, by its id or by one that it binds."""
    clause = posed.rules.clauses[0]
    tree = f.Quantified(
        rng.choice(["FORALL", "EXISTS"]), "e", "id", _about(rng, f.Variable("e"))
    )
    named = _about(rng, f.Name(rng.choice(["i0", "i1", "i2"])))
    return _first(posed, replace(clause, tree=rng.choice([tree, named])))


def _about(rng: Random, one: f.Term) -> f.Formula:
    """Return a formula on an event of a given id: answered, or not there."""
    kinds = ("fire", "movement", "casualty")
    seen = f.Happens(kind=rng.choice(kinds), id=one, where=None)
    done = f.Happens(kind="act", id=one)
    span = f.Span(
        *(Duration(Quantity(float(n), "h")) for n in (0, rng.choice([6, 12])))
    )
    way = rng.choice(["answered", "not", "before"])
    if way == "not":
        return f.Not(seen)
    if way == "before":
        return f.Implies(done, f.Past("ONCE", span, seen))
    return f.Implies(seen, f.Future("EVENTUALLY", span, done))


def _shared(rng: Random, posed: Problem) -> Problem:
    """Let a duty wait until a share of what was declared is accepted."""
    taken = Matter(subject=Subject.STOCK, classes=("tanks",), status="accepted")
    given = rng.choice(["declared", "stored"])
    start = _when(rng, posed, -60, 0)
    own = {
        "subject": Subject.STOCK,
        "kinds": (),
        "classes": taken.classes,
        "status": taken.status,
        "other": replace(taken, status=given),
        "bound": Bound(least=rng.choice([0.3, 0.5, 1.0])),
    }
    share = replace(_ban(posed.rules, own, Verb.RATIO, start), id="s")
    clause = posed.rules.clauses[0]
    needs = (*clause.default.requires, Requirement(clause="s"))
    reading = replace(clause.default, requires=needs)
    rules = replace(posed.rules, clauses=(replace(clause, readings=(reading,)), share))
    rows: list[Row] = [
        Tally(
            source=rng.choice(["club", "club", "paper"]),
            key=f"s{i}",
            start=at,
            end=at + rng.choice([draw.TICK, HOUR, 6 * HOUR]),
            of="tank",
            party=rng.choice(["A", "A", "B"]),
            status=rng.choice([given, "accepted"]),
            count=rng.randint(0, 6),
            cumulative=rng.random() < 0.5,
        )
        for i in range(rng.randint(0, 6))
        for at in [_when(rng, posed)]
    ]
    rest: list[Row] = [row for row in posed.rows if not isinstance(row, Tally)]
    return _known(replace(posed, rules=rules, rows=rest), rows)


def _excepted(rng: Random, posed: Problem) -> Problem:
    """Let an approval by a judge take out of a clause what it covers."""
    clause = replace(posed.rules.clauses[0], unless=(APPROVED,))
    bound = clause.default
    if rng.random() < 0.3 and bound.subject is Subject.EVENT:
        counted = Comparison("count", ">", float(rng.randint(1, 3)))
        clause = replace(clause, readings=(replace(bound, condition=counted),))
    rows: list[Row] = []
    for i in range(rng.randint(1, 4)):
        start = _when(rng, posed, 0, 23)
        rows.append(
            Incident(
                source="pamiers",
                key=f"e{i}",
                start=start,
                end=start + rng.choice([draw.TICK, HOUR, 6 * HOUR]),
                kind=rng.choice(bound.kinds),
                count=rng.choice([None, 1, 3]),
                actor=rng.choice([None, "A", "A", "B"]),
                probability=rng.choice([1.0, 1.0, 0.97, 0.6]),
                observed=1,
                sources=f"e{i}",
                members=f"e{i}:{i}",
            )
        )
        category = rng.choice(["approval:x", "notice"])
        said = replace(_said(rng, posed, i, category), start=start - HOUR)
        paper = replace(said, end=start + rng.choice([HOUR, 9 * HOUR]), kind=None)
        rows.append(replace(paper, given_at=start - 30 * HOUR))
    return _known(_first(posed, clause), rows)


def _termed(rng: Random, posed: Problem) -> Problem:
    """Let the agreement run out, be lengthened, renewed, tacitly too, or denounced."""
    lasts = float(rng.choice([24, 30, 48]))
    longer = []
    for _ in range(rng.randint(0, 2)):
        on = _when(rng, posed)
        until = on + rng.randint(0, 30) * HOUR
        longer.append(Extension(on=At(on, ""), until=At(until, "")))
    life = Life(
        from_=At(_when(rng, posed, -40, 0), ""),
        lasts=Duration(Quantity(lasts, "h"), "elapsed"),
        renewed_by=_life_event(rng, rng.choice([None, "renewal", "renewal", SILENCE])),
        ended_by=_life_event(rng, rng.choice([None, "quit"])),
        notice=rng.choice([None, Duration(Quantity(6.0, "h"), "elapsed")]),
        extended=tuple(longer),
    )
    rows: list[Row] = []
    for i in range(rng.randint(0, 4)):
        at = _when(rng, posed)
        said = _said(rng, posed, i, rng.choice(TURNS))
        rows.append(replace(said, start=at, end=at + draw.TICK))
    return _known(_first(posed, posed.rules.clauses[0], life=life), rows)


def _life_event(rng: Random, event: str | None) -> LifeEvent | None:
    by = rng.choice([(), ("A", "B"), ("A",)])
    return None if event is None else LifeEvent(event=event, by=by)


#: what renews an agreement, and what ends it
TURNS = ("event:renewal", "event:renewal", "event:quit")


def _ascribed(rng: Random, posed: Problem) -> Problem:
    """Leave it open who did most incidents: each of some may have, and one did."""
    return replace(posed, rows=draw.weighed(rng, posed.rows))


def _ranged(rng: Random, posed: Problem) -> Problem:
    """Let a ratio have a floor beside its ceiling, mostly of events of known doers."""
    clause = posed.rules.clauses[0]
    one = clause.default
    assert one.bound is not None
    least = rng.choice([0.25, 0.5, 1.0])
    bound = replace(one.bound, least=least, most=least * rng.choice([1.0, 2.0, 6.0]))
    rows = posed.rows
    if rng.random() < 0.6:
        fire, moves = (
            Matter(subject=Subject.EVENT, kinds=(k,)) for k in ("fire", "movement")
        )
        one = replace(one, subject=Subject.EVENT, kinds=fire.kinds, classes=())
        one = replace(one, status="", condition=None, other=moves, bearers=("A", "B"))
        rows = [
            replace(
                row,
                kind=rng.choice(["fire", "movement"]),
                start=(start := posed.day.start + rng.randint(0, 20) * HOUR),
                end=start + draw.TICK,
                actor=rng.choice(["A", "B"]),
                actors=None,
                weapons=None,
                count=1,
            )
            if isinstance(row, Incident)
            else row
            for row in rows
        ]
        rows = [*draw.known(rows, posed.known_at), _watch(posed)]
    reading = replace(one, bound=bound)
    posed = _first(posed, replace(clause, readings=(reading,)))
    return replace(posed, rows=rows)


TWISTS: dict[str, Callable[[Random, Problem], Problem]] = {
    "ascribed": _ascribed,
    "suspended": _suspended,
    "rival": _rival,
    "interested": _interested,
    "addressed": _addressed,
    "sectors": _sectors,
    "gated": _gated,
    "called": _called,
    "shared": _shared,
    "excepted": _excepted,
    "termed": _termed,
    "parted": parts.parted,
    "ranged": _ranged,
}
#: twist -> forms that it is a twist of
_ALL = tuple(CLAUSES)
BASES: dict[str, tuple[str, ...]] = {
    "ascribed": _ALL,
    "suspended": _ALL,
    "rival": _ALL,
    "interested": tuple(form for form in _ALL if form != "reaction"),
    "addressed": ("prohibition", "duty", "reaction", "response", "frequency", "rhythm"),
    "sectors": ("prohibition", "presence", "absence"),
    "gated": tuple(form for form in _ALL if form != "reaction"),
    "called": ("formula",),
    "shared": ("duty",),
    "excepted": ("announcement",),
    "termed": _ALL,
    "parted": ("presence", "absence", "stock"),
    "ranged": ("proportion",),
}
FORMS = (*CLAUSES, *TWISTS)
