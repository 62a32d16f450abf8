# ruff: noqa: C901, PLR0911, PLR0912 - one case after another
"""Random clauses, one function a form: what the reading says, and its verb."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from pamiers.agreement.model import (
    Bound,
    Exemption,
    Matter,
    Requirement,
    Subject,
    Verb,
    Window,
)
from pamiers.agreement.values import formula as f
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.expression import Comparison
from pamiers.agreement.values.quantity import Quantity

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
APPROVED = Exemption(id="x", text={}, priority=1, approved_by=("judge",))
Drawn = tuple[dict[str, Any], Verb]


def at(rng: Random, low: int = 0, high: int = 96) -> datetime:
    return START + rng.randint(low, high) * HOUR


def hours(rng: Random, *choices: int) -> Duration:
    return Duration(Quantity(float(rng.choice(choices)), "h"), "elapsed")


def per(rng: Random, *widths: int) -> Window:
    """Return a sliding window, or a unit of the calendar."""
    if rng.random() < 0.5:
        return Window(seconds=3600.0 * rng.choice(widths))
    return Window(calendar=rng.choice(["day", "day", "week", "month"]))


def _condition(rng: Random) -> Comparison | None:
    sign = rng.choice([">", "<="])
    return rng.choice([None, None, Comparison("count", sign, float(rng.randint(1, 4)))])


def prohibition(rng: Random) -> Drawn:
    return {
        "kinds": (rng.choice(["fire", "explosion", "movement"]),),
        "condition": _condition(rng),
        "unless": rng.choice([(), (APPROVED,)]),
    }, Verb.FORBID


def _duty(rng: Random) -> Drawn:
    need = Requirement(event="gate", by=rng.choice([None, "A", "judge"]))
    locked = rng.random() < 0.3
    return {
        "kinds": ("act",),
        "by_at": rng.choice([None, at(rng, 24, 96), at(rng, 24, 96)]),
        "requires": (need,) if locked else (),
        "lasting": hours(rng, 6, 24, 72) if rng.random() < 0.5 else None,
        "verified_by": rng.choice([(), (), ("judge",), ("judge", "other")]),
    }, Verb.OBLIGE


def _response(rng: Random) -> Drawn:
    return {
        "kinds": ("act",),
        "upon": Matter(subject=Subject.EVENT, kinds=("casualty",)),
        "lasting": hours(rng, 6, 12, 24),
        "same": rng.choice([(), ("id",)]),
        "verified_by": rng.choice([(), (), ("judge",)]),
    }, Verb.OBLIGE


def _announcement(rng: Random) -> Drawn:
    kinds = (rng.choice(["movement", "fire"]),)
    return {"kinds": kinds, "before": hours(rng, 6, 24)}, Verb.NOTIFY


def _frequency(rng: Random) -> Drawn:
    most = rng.random() < 0.6
    bound = Bound(
        most=float(rng.randint(0, 4)) if most else None,
        least=None if most else float(rng.randint(1, 4)),
        unit=rng.choice(["events", "events", "EUR"]),
        per=rng.choice([per(rng, 6, 12, 24), per(rng, 6, 12, 24), None]),
    )
    return {
        "kinds": (rng.choice(["fire", "fire", "movement"]),),
        "bound": bound,
        "condition": _condition(rng),
        "by_at": rng.choice([None, at(rng, 40, 80)]) if not most else None,
    }, Verb.AT_MOST if most else Verb.AT_LEAST


def _stock(rng: Random) -> Drawn:
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


def _goal(rng: Random) -> Drawn:
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


def _upkeep(rng: Random) -> Drawn:
    verb = rng.choice([Verb.MAINTAIN, Verb.MAINTAIN, Verb.FORBID])
    return {"subject": Subject.STATE, "state": "open"}, verb


def _rhythm(rng: Random) -> Drawn:
    return {
        "kinds": ("act",),
        "period": per(rng, 6, 12, 24, 36),
        "first_at": rng.choice([None, None, at(rng, 24, 72)]),
    }, Verb.EVERY


def _flow(rng: Random) -> Drawn:
    n = float(rng.randint(1, 10))
    most = rng.random() < 0.6
    bound = Bound(
        most=n if most else None,
        least=None if most else n,
        per=per(rng, 6, 24),
        counter=rng.choice([None, None, "club"]),
        together=rng.random() < 0.3,
    )
    taken = {
        "subject": Subject.STOCK,
        "classes": ("tanks",),
        "status": "accepted",
        "bound": bound,
    }
    return taken, Verb.AT_MOST if most else Verb.AT_LEAST


def _side(rng: Random) -> Matter:
    """Return one side of a ratio: events, what is there, or what was done."""
    if rng.random() < 0.5:
        kinds = (rng.choice(["fire", "movement"]),)
        return Matter(subject=Subject.EVENT, kinds=kinds, condition=_condition(rng))
    named = (rng.choice(["tanks", "guns"]),)
    status = rng.choice(["", "", "accepted"])
    return Matter(subject=Subject.STOCK, classes=named, status=status)


def _proportion(rng: Random) -> Drawn:
    of, rate = _side(rng), rng.choice([0.5, 1.0, 2.0])
    most = rng.random() < 0.6
    bound = Bound(
        most=rate if most else None,
        least=None if most else rate,
        per=rng.choice([None, None, per(rng, 6, 24)]),
        presence_lasts_s=rng.choice([None, 3600.0 * 12]),
        together=rng.random() < 0.3,
    )
    return {
        "subject": of.subject,
        "kinds": of.kinds,
        "classes": of.classes,
        "status": of.status,
        "condition": of.condition,
        "other": _side(rng),
        "bound": bound,
    }, Verb.RATIO


def presence(rng: Random) -> dict[str, Any]:
    return {
        "subject": Subject.STATE,
        "state": "presence",
        "classes": rng.choice([(), ("tanks",), ("tanks",)]),
        "unless": rng.choice([(), (APPROVED,)]),
    }


def _presence(rng: Random) -> Drawn:
    return presence(rng), Verb.FORBID


def _absence(rng: Random) -> Drawn:
    verb = rng.choice([Verb.OBLIGE, Verb.OBLIGE, Verb.MAINTAIN])
    due = None if verb is Verb.MAINTAIN else rng.choice([None, at(rng, 24, 96)])
    own = {**presence(rng), "state": "absence", "by_at": due}
    if verb is Verb.MAINTAIN or rng.random() < 0.6:
        return own, verb
    need = Requirement(event="gate", by=rng.choice([None, "A", "judge"]))
    late = rng.choice([None, hours(rng, 6, 24)])
    return {**own, "requires": (need,), "lasting": late}, verb


def _reaction(rng: Random) -> Drawn:
    owed, verb = _duty(rng)
    late = rng.choice([None, hours(rng, 6, 12, 48), hours(rng, 6, 12, 48)])
    return {**owed, "upon": None, "by_at": None, "lasting": late}, verb


def _formula(rng: Random) -> Drawn:
    return {"kinds": ("any",), "tree": tree(rng, 3, {})}, Verb.FORMULA


def tree(rng: Random, deep: int, scope: dict[str, f.Sort]) -> f.Formula:
    """Return a formula of at most so many levels over the facts that are drawn."""
    if deep == 0 or rng.random() < 0.1:
        return _atom(rng, scope)

    def part() -> f.Formula:
        return tree(rng, deep - 1, scope)

    match rng.randrange(10):
        case 0:
            return f.Not(part())
        case 1:
            return f.Joined(rng.choice(["AND", "OR"]), (part(), part()))
        case 2 | 3:
            return f.Implies(part(), part())
        case 4:
            return f.Past(rng.choice(["ONCE", "HISTORICALLY"]), _span(rng), part())
        case 5 | 6:
            ahead = _span(rng, bounded=True)
            return f.Future(rng.choice(["EVENTUALLY", "ALWAYS"]), ahead, part())
        case 7:
            return f.Since(_span(rng), part(), part())
        case 8:
            return f.Until(_span(rng, bounded=True), part(), part())
        case _:
            inner = tree(rng, deep - 1, {**scope, "p": "party"})
            return f.Quantified(rng.choice(["EXISTS", "FORALL"]), "p", "party", inner)


def _span(rng: Random, *, bounded: bool = False) -> f.Span:
    low = rng.choice([0, 0, 1, 6])
    high = low + rng.choice([0, 1, 6, 12])
    open_end = not bounded and rng.random() < 0.3
    first, last = (Duration(Quantity(float(n), "h")) for n in (low, high))
    return f.Span(first, None if open_end else last)


def _atom(rng: Random, scope: dict[str, f.Sort]) -> f.Formula:
    named: list[f.Term] = [f.Variable("p")] * 3 if "p" in scope else []
    party = rng.choice([None, None, f.Name("A"), *named])
    match rng.randrange(8):
        case 0 | 1 | 2:
            kind = rng.choice(["fire", "movement", "casualty", "act"])
            return f.Happens(kind=kind, party=party, where=_condition(rng))
        case 3:
            return f.Happens(kind="act", party=party)
        case 4 | 5:
            return f.Holds(state="open", party=party)
        case 6:
            of = rng.choice(["", "tanks"])
            state = rng.choice(["presence", "absence"])
            return f.Holds(state=state, party=party, of=of)
        case _:
            same = f.Equal(rng.choice([*named, f.Name("B")]), f.Name("A"))
            options: list[f.Formula] = [f.Truth(value=True), f.Truth(value=False), same]
            return rng.choice(options)


CLAUSES: dict[str, Callable[[Random], Drawn]] = {
    "prohibition": prohibition,
    "presence": _presence,
    "absence": _absence,
    "duty": _duty,
    "reaction": _reaction,
    "response": _response,
    "announcement": _announcement,
    "frequency": _frequency,
    "stock": _stock,
    "flow": _flow,
    "goal": _goal,
    "proportion": _proportion,
    "upkeep": _upkeep,
    "rhythm": _rhythm,
    "formula": _formula,
}
