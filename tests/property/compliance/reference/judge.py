"""One function a form: a rule and what is known, in; what is to be found, out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pamiers.compliance.rule import Form
from pamiers.core.instant import Interval
from tests.property.compliance.reference.counts import (
    frequency,
    goal,
    stock,
    upkeep,
)
from tests.property.compliance.reference.duties import (
    announcement,
    duty,
    response,
    rhythm,
)
from tests.property.compliance.reference.facts import (
    Bench,
    Fact,
    Truth,
    matching,
    papers,
    watched,
    worlds,
)


def judge(bench: Bench, occasion: str | None = None) -> Truth:
    """Return what is to be found of a rule over a period, or of one occasion."""
    if occasion is not None:
        return _EACH[bench.rule.form](bench, occasion)
    return _FORMS[bench.rule.form](bench)


def prohibition(bench: Bench) -> Truth:
    rows = []
    everyone = set(bench.reading.bearers) >= set(bench.agreement.party_ids)
    for fact in matching(bench, bench.reading.matter, None, alone=False):
        share = _share(fact, bench.period)
        if share <= 0.0:
            continue
        low = fact.low * share
        if fact.actor in bench.agreement.names and fact.actor not in bench.who:
            continue
        if not everyone and fact.actor not in bench.who:
            low = 0.0
        sure, maybe = _exempt(bench, _within(fact, bench))
        if sure:
            continue
        rows.append((0.0 if maybe else low, fact.high * share))
    low = sum(w for w, bits in worlds([p for p, _ in rows]) if any(bits))
    high = sum(w for w, bits in worlds([p for _, p in rows]) if any(bits))
    if low >= bench.limits.breached:
        return Truth("breached", "established", low)
    if high > bench.limits.kept:
        return Truth("undetermined", "", low)
    verdict, why = watched(bench, bench.period, bench.reading.kinds)
    return Truth(verdict, why, low)


def _within(fact: Fact, bench: Bench) -> Fact:
    """Return the part of what lasts that is in the period."""
    if not fact.lasts:
        return fact
    start, end = bench.period.start, bench.period.end
    return replace(fact, start=max(fact.start, start), end=min(fact.end, end))


def _share(fact: Fact, period: Interval) -> float:
    shared = min(fact.end, period.end) - max(fact.start, period.start)
    if fact.lasts:
        return float(shared > timedelta(0))
    return max(shared / (fact.end - fact.start), 0.0)


def _exempt(bench: Bench, fact: Fact) -> tuple[bool, bool]:
    """Return whether an approval surely, or possibly, takes a fact out."""
    sure = maybe = False
    for one in bench.clause.unless:
        for paper in papers(bench, "approval", one.id):
            assert paper.start is not None
            assert paper.end is not None
            named = paper.to is not None
            if paper.actor not in one.approved_by:
                continue
            if named and fact.actor is not None and paper.to != fact.actor:
                continue
            whole = paper.start <= fact.start and fact.end <= paper.end
            part = paper.start < fact.end and fact.start < paper.end
            if whole and (not named or fact.actor is not None):
                sure = True
            maybe = maybe or whole or part
    return sure, maybe


_FORMS: dict[Form, Callable[[Bench], Truth]] = {
    Form.PROHIBITION: prohibition,
    Form.DUTY: duty,
    Form.FREQUENCY: frequency,
    Form.STOCK: stock,
    Form.GOAL: goal,
    Form.UPKEEP: upkeep,
    Form.RHYTHM: rhythm,
}
_EACH: dict[Form, Callable[[Bench, str], Truth]] = {
    Form.RESPONSE: response,
    Form.ANNOUNCEMENT: announcement,
}
