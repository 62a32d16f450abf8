"""Random agreements of one clause and random facts about it, on a grid of hours."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from pamiers.agreement.model import (
    Agreement,
    Bound,
    Clause,
    Detection,
    Everywhere,
    Exemption,
    Mandate,
    Matter,
    Means,
    Reading,
    Requirement,
    Subject,
    Thresholds,
    Verb,
    Window,
)
from pamiers.agreement.values.calendar import WEEKDAYS
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.expression import Comparison
from pamiers.agreement.values.hours import Hours
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.party import Party
from pamiers.core.rows import Coverage, Incident, Row, Statement, Tally
from pamiers.core.table import table_of

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
DAY = Interval(START + 48 * HOUR, START + 72 * HOUR)
WHO = ("A", "B", None)


def at(rng: Random, low: int = 0, high: int = 96) -> datetime:
    return START + rng.randint(low, high) * HOUR


def hours(rng: Random, *choices: int) -> Duration:
    return Duration(Quantity(float(rng.choice(choices)), "h"), "elapsed")


def agreement(rng: Random, form: str) -> Agreement:
    """Return an agreement of one clause, judged in a given form."""
    own, verb = _CLAUSES[form](rng)
    bearers = rng.choice([("A",), ("A", "B")])
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
    clause = Clause(
        id="c",
        verb=verb,
        title={},
        text={},
        cite="",
        instrument="deal",
        readings=(Reading(**{**given, **own}),),
        unless=unless,
        verified_by=checks,
        answers_for=rng.choice([(), (), ("M",)]),
        watched_by=rng.choice([(), ("patrol",)]),
        thresholds=rng.choice([None, Thresholds(breached=0.7, kept=0.2)]),
    )
    stated = Detection(probability=0.8, author="", on="", source="")
    return Agreement(
        id="drawn",
        digest="d" * 64,
        title={},
        parties=(Party(id="A", name={}), Party(id="B", name={})),
        names={name: {} for name in ("A", "B", "M", "judge", "other")},
        instruments={"deal": {}},
        clauses=(clause,),
        classes={"tanks": WeaponClass(id="tanks", title={}, kinds=("tank",))},
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
        mandate=Mandate.PERMITTED,
        thresholds=Thresholds(breached=0.9, kept=0.1),
        time_zone="UTC",
        cut_off=time(0, 0),
        anchors={},
        states={"open": {}},
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


def _condition(rng: Random) -> Comparison | None:
    sign = rng.choice([">", "<="])
    return rng.choice([None, None, Comparison("count", sign, float(rng.randint(1, 4)))])


def _prohibition(rng: Random) -> tuple[dict[str, Any], Verb]:
    exempt = Exemption(id="x", text={}, priority=1, approved_by=("judge",))
    return {
        "kinds": (rng.choice(["fire", "explosion", "movement"]),),
        "condition": _condition(rng),
        "unless": rng.choice([(), (exempt,)]),
    }, Verb.FORBID


def _duty(rng: Random) -> tuple[dict[str, Any], Verb]:
    need = Requirement(event="gate", by=rng.choice([None, "A", "judge"]))
    locked = rng.random() < 0.3
    return {
        "kinds": ("act",),
        "by_at": rng.choice([None, at(rng, 24, 96), at(rng, 24, 96)]),
        "requires": (need,) if locked else (),
        "lasting": hours(rng, 6, 24, 72) if rng.random() < 0.5 else None,
        "verified_by": rng.choice([(), (), ("judge",), ("judge", "other")]),
    }, Verb.OBLIGE


def _response(rng: Random) -> tuple[dict[str, Any], Verb]:
    return {
        "kinds": ("act",),
        "upon": Matter(subject=Subject.EVENT, kinds=("casualty",)),
        "lasting": hours(rng, 6, 12, 24),
        "same": rng.choice([(), ("id",)]),
        "verified_by": rng.choice([(), (), ("judge",)]),
    }, Verb.OBLIGE


def _announcement(rng: Random) -> tuple[dict[str, Any], Verb]:
    kinds = (rng.choice(["movement", "fire"]),)
    return {"kinds": kinds, "before": hours(rng, 6, 24)}, Verb.NOTIFY


def _frequency(rng: Random) -> tuple[dict[str, Any], Verb]:
    per = Window(seconds=3600.0 * rng.choice([6, 12, 24]))
    return {
        "kinds": ("fire",),
        "bound": Bound(most=float(rng.randint(0, 4)), unit="events", per=per),
        "condition": _condition(rng),
    }, Verb.AT_MOST


def _stock(rng: Random) -> tuple[dict[str, Any], Verb]:
    n = float(rng.randint(1, 8))
    most = rng.random() < 0.6
    bound = Bound(
        most=n if most else None,
        least=None if most else n,
        presence_lasts_s=rng.choice([None, 3600.0 * 12]),
        counter=rng.choice([None, None, "club"]),
        together=rng.random() < 0.3,
    )
    taken = {"subject": Subject.STOCK, "classes": ("tanks",), "bound": bound}
    return taken, Verb.AT_MOST if most else Verb.AT_LEAST


def _goal(rng: Random) -> tuple[dict[str, Any], Verb]:
    return {
        "subject": Subject.STOCK,
        "classes": ("tanks",),
        "status": rng.choice(["accepted", "accepted", "stored"]),
        "bound": Bound(
            least=float(rng.randint(1, 12)), counter=rng.choice([None, "club"])
        ),
        "by_at": at(rng, 24, 96),
        "requires": rng.choice([(), (), (Requirement(event="gate"),)]),
    }, Verb.AT_LEAST


def _upkeep(rng: Random) -> tuple[dict[str, Any], Verb]:
    verb = rng.choice([Verb.MAINTAIN, Verb.MAINTAIN, Verb.FORBID])
    return {"subject": Subject.STATE, "state": "open"}, verb


def _rhythm(rng: Random) -> tuple[dict[str, Any], Verb]:
    width = 3600.0 * rng.choice([6, 12, 24, 36])
    return {"kinds": ("act",), "period": Window(seconds=width)}, Verb.EVERY


_CLAUSES: dict[str, Callable[[Random], tuple[dict[str, Any], Verb]]] = {
    "prohibition": _prohibition,
    "duty": _duty,
    "response": _response,
    "announcement": _announcement,
    "frequency": _frequency,
    "stock": _stock,
    "goal": _goal,
    "upkeep": _upkeep,
    "rhythm": _rhythm,
}
FORMS = tuple(_CLAUSES)
#: forms whose clauses may hold at some hours only
_HOURLY = ("prohibition", "announcement", "frequency", "stock", "upkeep")
#: form -> kinds of incident that it is about
_OFTEN = {
    "announcement": ("movement", "fire"),
    "frequency": ("fire",),
    "duty": ("event:act",),
}


def facts(rng: Random, form: str) -> list[Row]:
    """Return some facts of every kind, at most six of them unsure."""
    n = rng.randint(0, 6)
    return [
        *(_incident(rng, i, form) for i in range(n)),
        *(_statement(rng, i) for i in range(rng.randint(0, 6))),
        *(_tally(rng, i) for i in range(rng.randint(0, 5))),
        *(_coverage(rng, i) for i in range(rng.randint(0, 3))),
    ]


def known(rows: list[Row], by: datetime) -> list[Row]:
    """Return the facts that can be known by an instant."""
    return [row for row in rows if _told_at(row) <= by]


def _told_at(row: Row) -> datetime:
    given = row.given_at if isinstance(row, Statement) else None
    told = given or row.start
    return told if told is not None else START


def world(rows: list[Row]) -> World:
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
    return World(**tables)


def _incident(rng: Random, i: int, form: str) -> Incident:
    start = at(rng)
    length = rng.choice([timedelta(minutes=1), HOUR, 6 * HOUR])
    kinds = ["fire", "explosion", "movement", "movement", "casualty", "event:act"]
    return Incident(
        source="pamiers",
        key=f"i{i}",
        start=start,
        end=start + length,
        kind=rng.choice([*kinds, "fire", *(_OFTEN.get(form, ("casualty",)) * 6)]),
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


def _tally(rng: Random, i: int) -> Tally:
    start = at(rng)
    n = rng.randint(0, 10)
    spread = rng.random() < 0.3
    return Tally(
        source=rng.choice(["club", "club", "paper"]),
        key=f"{i}",
        start=start,
        end=start + rng.choice([TICK, HOUR, 6 * HOUR]),
        of="tank",
        party=rng.choice(["A", "A", "B"]),
        place=rng.choice([None, "depot"]),
        status=rng.choice(["present", "present", "accepted", "accepted", "stored"]),
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
