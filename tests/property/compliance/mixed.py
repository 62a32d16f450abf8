"""Random agreements of several clauses, of every form, that rest on one another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from pamiers.agreement.model import (
    Agreement,
    Anchor,
    Bound,
    Clause,
    Exemption,
    Matter,
    Reading,
    Requirement,
    Subject,
    Verb,
    Window,
)
from pamiers.agreement.undertaking import Gate, Indicator
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.formula_text import parse_formula
from pamiers.agreement.values.moment import Relative
from pamiers.agreement.values.quantity import Quantity
from pamiers.compliance.rule import form_of
from pamiers.core.instant import Interval
from pamiers.core.rows import Incident, Row, Statement, Total
from tests.property.compliance.reference import clauses, draw

PERIODS = tuple(
    Interval(
        clauses.START + k * timedelta(days=1), clauses.START + (k + 1) * timedelta(1)
    )
    for k in range(5)
)
FORMULAE = (
    "event(fire) IMPLIES EVENTUALLY[0 h, 6 h] event(explosion)",
    "event(movement, party=A) IMPLIES ONCE[0 h, 24 h] event(act)",
    "NOT state(open)",
    "FORALL p in party . NOT event(fire, party=p)",
)
_EVENT = Matter(subject=Subject.EVENT)


def _calendar(rng: Random) -> Window:
    return rng.choice([Window(calendar="day"), Window(seconds=3600.0 * 12)])


def _limit(rng: Random, high: int, **more: Any) -> tuple[Bound, Verb]:  # noqa: ANN401
    n, most = float(rng.randint(0, high)), rng.random() < 0.5
    bound = Bound(most=n if most else None, least=None if most else n, **more)
    return bound, Verb.AT_MOST if most else Verb.AT_LEAST


def _presence(rng: Random) -> tuple[dict[str, Any], Verb]:
    taken = {"subject": Subject.STATE, "classes": ("tanks",)}
    if rng.random() < 0.5:
        return {**taken, "state": "presence"}, Verb.FORBID
    due = rng.choice([None, clauses.at(rng, 24, 96)])
    return {**taken, "state": "absence", "by_at": due}, Verb.OBLIGE


def _exempt(rng: Random) -> tuple[dict[str, Any], Verb]:
    asked: list[dict[str, Any]] = [
        {"in_answer_to": ("explosion",)},
        {"in_answer_to": ("fire",), "ordered_by": "judge"},
        {"notified_s": 7200.0, "matching": ("party",)},
        {"after_tried": "judge"},
        {"approved_by": ("judge",), "by": ("A",)},
    ]
    one = Exemption(id="x", text={}, priority=1, **rng.choice(asked))
    kinds = (rng.choice(["fire", "movement"]),)
    if rng.random() < 0.5:
        return {"kinds": kinds, "unless": (one,)}, Verb.FORBID
    bound, verb = _limit(rng, 2, unit="events", per=_calendar(rng))
    return {"kinds": kinds, "unless": (one,), "bound": bound}, verb


def _counted(rng: Random) -> tuple[dict[str, Any], Verb]:
    per = rng.choice([None, _calendar(rng)])
    bound, verb = _limit(rng, 2, unit="events", per=per)
    due = rng.choice([None, clauses.at(rng, 24, 96)])
    return {"kinds": ("fire",), "bound": bound, "by_at": due}, verb


def _flow(rng: Random) -> tuple[dict[str, Any], Verb]:
    bound, _ = _limit(rng, 8, per=rng.choice([None, _calendar(rng)]))
    taken = {"subject": Subject.STOCK, "classes": ("tanks",), "status": "accepted"}
    return {**taken, "bound": bound}, Verb.AT_MOST if bound.most else Verb.AT_LEAST


def _ratio(rng: Random) -> tuple[dict[str, Any], Verb]:
    per = rng.choice([None, _calendar(rng)])
    stock: dict[str, Any] = {"subject": Subject.STOCK, "classes": ("tanks",)}
    sides: list[dict[str, Any]] = [
        {"kinds": ("fire",), "other": replace(_EVENT, kinds=("explosion",))},
        {**stock, "other": Matter(**stock, status="accepted", by=("B",))},
    ]
    bound, _ = _limit(rng, 3, per=per)
    return {**rng.choice(sides), "bound": bound}, Verb.RATIO


def _reaction(rng: Random) -> tuple[dict[str, Any], Verb]:
    lasting = clauses.hours(rng, 6, 24)
    own = {"kinds": ("act",), "lasting": lasting, "upon_clauses": ("c0",)}
    return own, Verb.OBLIGE


def _chained(rng: Random) -> tuple[dict[str, Any], Verb]:
    needs = rng.choice([Requirement(clause="c0"), Requirement(event="gate", by="A")])
    given: list[dict[str, Any]] = [
        {"by_at": clauses.at(rng, 24, 96), "requires": (needs,)},
        {"upon": replace(_EVENT, kinds=("casualty",)), "requires": (needs,)},
        {"upon": Matter(subject=Subject.STATE, state="open"), "same": ("party",)},
    ]
    lasting = clauses.hours(rng, 6, 24)
    return {"kinds": ("act",), "lasting": lasting, **rng.choice(given)}, Verb.OBLIGE


def _daily(_rng: Random) -> tuple[dict[str, Any], Verb]:
    return {"kinds": ("act",), "period": Window(calendar="day")}, Verb.EVERY


def _formula(rng: Random) -> tuple[dict[str, Any], Verb]:
    return {"tree": parse_formula(rng.choice(FORMULAE))}, Verb.FORMULA


MORE: dict[str, Callable[[Random], tuple[dict[str, Any], Verb]]] = {
    "presence": _presence,
    "exempt": _exempt,
    "counted": _counted,
    "flow": _flow,
    "ratio": _ratio,
    "reaction": _reaction,
    "chained": _chained,
    "daily": _daily,
    "formula": _formula,
}
ALL = tuple(dict.fromkeys((*draw.FORMS, *MORE)))


def agreement(rng: Random, *forms: str) -> Agreement:
    """Return an agreement with a clause of each of some forms, `c0`, `c1` and so on.

    One in three has an anchor that waits for an event, and a gate that opens its
    last clause.
    """
    drawn = [_clause(rng, form, f"c{i}") for i, form in enumerate(forms)]
    whole = replace(draw.agreement(rng, "prohibition"), clauses=tuple(drawn))
    if rng.random() < 0.3:
        anchor = Anchor(id="D", event="gate", by=rng.choice([(), ("A",)]))
        first = drawn[0].readings[0]
        waits = replace(first, from_=(Relative("D"),), from_at=None)
        drawn[0] = replace(drawn[0], readings=(waits,))
        whole = replace(whole, clauses=tuple(drawn), waits={"D": anchor})
    if len(drawn) > 1 and rng.random() < 0.3:
        whole = replace(whole, gates={"g": _gate(rng, drawn[-1].id)})
    return whole


def _gate(rng: Random, opens: str) -> Gate:
    few = Indicator(clause="c0", breaches_at_most=float(rng.randint(0, 1)))
    kept = Indicator(clause="c0", kept_share=0.5)
    return Gate(
        id="g",
        title={},
        window=Duration(Quantity(24.0, "h"), "elapsed"),
        indicators=(rng.choice([few, kept]),),
        certified_by="judge",
        opens=(opens,),
        rolls_back=rng.random() < 0.5,
    )


def _clause(rng: Random, form: str, name: str) -> Clause:
    if form not in MORE:
        (clause,) = draw.agreement(rng, form).clauses
        return replace(clause, id=name)
    (clause,) = draw.agreement(rng, "upkeep").clauses
    own, verb = MORE[form](rng)
    tree, upon = own.pop("tree", None), own.pop("upon_clauses", ())
    unless = own.pop("unless", ())
    plain = {"subject": Subject.EVENT, "state": "", "kinds": ()}
    reading: Reading = replace(clause.readings[0], **{**plain, **own})
    if tree is not None:
        reading = replace(reading, subject=Subject.STATE, state="open")
    return replace(
        clause,
        id=name,
        verb=verb,
        readings=(reading,),
        unless=unless,
        tree=tree,
        upon=upon,
        verified_by=rng.choice([(), (), ("judge",)]),
    )


def facts(rng: Random, forms: tuple[str, ...]) -> list[Row]:
    """Return random facts about such an agreement, each with a key of its own."""
    rows: list[Row] = []
    for n, form in enumerate(forms):
        own = draw.facts(rng, form if form in draw.FORMS else "frequency")
        rows += [_renamed(row, n, rng) for row in own]
    rows += [_paper(rng, i) for i in range(rng.randint(0, 5))]
    rows += [_sighting(rng, i) for i in range(rng.randint(0, 3))]
    rows += [_total(rng, i) for i in range(rng.randint(0, 2))]
    return rows


def _renamed(row: Row, n: int, rng: Random) -> Row:
    key = f"{row.key}-{n}"
    if isinstance(row, Statement):
        lead, colon, _ = row.category.partition(":")
        clause = lead in {"verified", "not-done"}
        category = f"{lead}{colon}c{rng.randint(0, 2)}" if clause else row.category
        return replace(row, key=key, category=category)
    return replace(row, key=key)


def _paper(rng: Random, i: int) -> Statement:
    start = clauses.at(rng)
    names = ["gate:g", "gate:g", "appeal:g", "suspension:c0", "suspension:c1"]
    more = ["order:x", "tried:judge", "exemption:x", "event:gate", "notice"]
    return Statement(
        source="judge",
        key=f"p{i}",
        category=rng.choice([*names, *more]),
        start=start,
        end=rng.choice([start + draw.TICK, start + 6 * clauses.HOUR, None]),
        text="",
        actor=rng.choice(["judge", "judge", "A"]),
        given_at=rng.choice([None, start - 3 * clauses.HOUR]),
        extra=rng.choice([None, None, '{"open": "false"}']),
    )


def _sighting(rng: Random, i: int) -> Incident:
    start = clauses.at(rng)
    return Incident(
        source="pamiers",
        key=f"seen{i}",
        start=start,
        end=start + rng.choice([1, 6, 30]) * clauses.HOUR,
        kind=rng.choice(["weapon_presence", "presence"]),
        weapons=rng.choice(["tank", None]),
        count=rng.choice([None, 1, 4]),
        actor=rng.choice(draw.WHO),
        probability=rng.choice([1.0, 0.95, 0.4]),
        observed=1,
        sources=f"w{i}",
        members=f"w{i}:{i}",
    )


def _total(rng: Random, i: int) -> Total:
    start = clauses.at(rng)
    return Total(
        source="club",
        key=f"total{i}",
        start=start,
        end=start + 24 * clauses.HOUR,
        kind="fire",
        count=rng.randint(0, 3),
    )


def forms_in(rules: Agreement) -> set[str]:
    """Return the forms in which an agreement's clauses are judged."""
    return {str(form_of(c, r)) for c in rules.clauses for r in c.readings}
