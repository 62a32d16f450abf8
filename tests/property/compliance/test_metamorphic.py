# ruff: noqa: S311 - these are cases for tests, not secrets
"""What must not change a finding, and how it may change with what is known."""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from pamiers.agreement.model import Agreement, Clause
from pamiers.agreement.values import formula as f
from pamiers.compliance.assess import assess
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.log import Logged, append, same_judgement, standing_at
from pamiers.core.instant import Interval
from pamiers.core.party import Party
from pamiers.core.rows import Coverage, Incident, Row, Statement, Tally
from tests.property.compliance.reference import draw
from tests.property.compliance.reference.clauses import START, at
from tests.property.compliance.reference.draw import moved, moved_rules

CASES = 24
WEEK = timedelta(days=7)
SWAP = {"A": "B", "B": "A"}


def case(form: str, number: int) -> tuple[Agreement, list[Row], datetime, Random]:
    rng = Random(f"{form} {number}")
    rules = draw.agreement(rng, form)
    every = draw.facts(rng, form)
    known_at = at(rng, 60, 110)
    return rules, draw.known(every, known_at), known_at, rng


def judged(
    rules: Agreement,
    rows: Sequence[Row],
    known_at: datetime,
    period: Interval = draw.DAY,
) -> list[Finding]:
    return assess(rules, draw.world(list(rows)), period, known_at)


every_form = pytest.mark.parametrize("form", draw.FORMS)


@every_form
def test_order_of_arrival_changes_nothing(form: str) -> None:
    for number in range(CASES):
        rules, rows, known_at, rng = case(form, number)
        mixed = rng.sample(rows, len(rows))
        assert judged(rules, mixed, known_at) == judged(rules, rows, known_at)


@every_form
def test_a_shift_in_time_shifts_the_findings(form: str) -> None:
    for number in range(CASES):
        rules, rows, known_at, _ = case(form, number)
        later = judged(
            moved_rules(rules, WEEK),
            [moved(row, WEEK) for row in rows],
            known_at + WEEK,
            Interval(draw.DAY.start + WEEK, draw.DAY.end + WEEK),
        )
        plain = judged(rules, rows, known_at)
        assert [_bare(f) for f in later] == [_bare(f) for f in plain], number
        starts = [f.start - WEEK for f in later]
        assert starts == [f.start for f in plain]


@every_form
def test_swapping_the_parties_swaps_the_findings(form: str) -> None:
    for number in range(CASES):
        rules, rows, known_at, _ = case(form, number)
        swapped = replace(
            rules,
            parties=(Party(id="B", name={}), Party(id="A", name={})),
            clauses=tuple(_renamed_clause(clause) for clause in rules.clauses),
        )
        told = judged(swapped, [_renamed(row) for row in rows], known_at)
        plain = judged(rules, rows, known_at)
        assert [_bare(f) for f in told] == [_bare(f) for f in plain]
        names = [SWAP.get(f.attribution, f.attribution) for f in told]
        assert names == [f.attribution for f in plain]
        for one, other in zip(told, plain, strict=True):
            shares = {SWAP.get(n, n): share for n, share in one.attribution_share}
            assert shares == dict(other.attribution_share)


@every_form
def test_coverage_only_decides_what_was_open(form: str) -> None:
    for number in range(CASES):
        rules, rows, known_at, _ = case(form, number)
        watch = Coverage(
            source="club",
            key="more",
            start=START - WEEK,
            end=START + WEEK,
            means="patrol",
            detection=0.9,
        )
        before = judged(rules, rows, known_at)
        after = judged(rules, [*rows, watch], known_at)
        for old, new in zip(before, after, strict=True):
            settled = old.verdict in {Verdict.BREACHED, Verdict.KEPT}
            assert not settled or new.verdict is old.verdict, (number, old, new)


@every_form
def test_a_log_of_many_batches_is_one_judgement(form: str) -> None:
    """Facts come late and are corrected; every slice equals a judgement from new."""
    for number in range(CASES // 4):
        rules, rows, known_at, rng = case(form, number)
        arrived = rng.sample(rows, len(rows))
        size = rng.choice([1, 2, 5, 100])
        log: tuple[Logged, ...] = ()
        held: dict[tuple[str, str, str], Row] = {}
        kept: list[tuple[datetime, list[Finding]]] = []
        for step, begin in enumerate(range(0, max(len(arrived), 1), size)):
            for row in arrived[begin : begin + size]:
                held[type(row).__name__, row.source, row.key] = row
                if rng.random() < 0.1:  # a correction of what was known before
                    old = rng.choice(list(held))
                    held[old] = moved(held[old], timedelta(hours=1))
            at = known_at + step * timedelta(hours=1)
            now = judged(rules, list(held.values()), known_at)
            now = [replace(each, known_at=at) for each in now]
            log = append(log, now, at)
            kept.append((at, now))
        for at, now in kept:
            stood = {each.key: each for each in standing_at(log, at)}
            assert stood.keys() == {each.key for each in now}
            assert all(same_judgement(stood[each.key], each) for each in now)


def test_a_breach_of_a_prohibition_turns_only_by_a_retraction() -> None:
    for number in range(CASES * 4):
        rules, rows, known_at, rng = case("prohibition", number)
        rules = replace(rules, clauses=(replace(rules.clauses[0], unless=()),))
        part = [row for row in rows if rng.random() < 0.5]
        for old in judged(rules, part, known_at):
            if old.verdict is Verdict.BREACHED:
                new = {f.key: f for f in judged(rules, rows, known_at)}[old.key]
                assert new.verdict is Verdict.BREACHED


@pytest.mark.parametrize("form", ["frequency", "stock"])
def test_a_higher_ceiling_never_makes_a_breach(form: str) -> None:
    for number in range(CASES * 2):
        rules, rows, known_at, _ = case(form, number)
        clause = rules.clauses[0]
        bound = clause.default.bound
        if bound is None or bound.most is None:
            continue
        higher = replace(bound, most=bound.most + 1)
        raised = replace(clause, readings=(replace(clause.default, bound=higher),))
        before = judged(rules, rows, known_at)
        after = judged(replace(rules, clauses=(raised,)), rows, known_at)
        for old, new in zip(before, after, strict=True):
            assert not (
                new.verdict is Verdict.BREACHED and old.verdict is not Verdict.BREACHED
            )
            assert old.verdict is not Verdict.KEPT or new.verdict is Verdict.KEPT


_OF_TIME = ("start", "end", "due_at", "done_at", "closed_at", "known_at", "key")


def _bare(finding: Finding) -> Finding:
    """Return a finding without its times and whose it is."""
    plain: dict[str, Any] = dict.fromkeys(_OF_TIME, START)
    plain |= {"key": "", "party": None, "attribution": "", "attribution_share": ()}
    return replace(finding, **plain)


def _renamed(row: Row) -> Row:
    changed: dict[str, Any] = {}
    for name in ("actor", "to", "party"):
        value = getattr(row, name, None)
        if isinstance(row, Incident | Statement | Tally) and value in SWAP:
            changed[name] = SWAP[value]
    if isinstance(row, Incident) and row.actors is not None:
        shares = json.loads(row.actors)
        swapped = {SWAP.get(name, name): share for name, share in shares.items()}
        changed["actors"] = json.dumps(swapped)
    return replace(row, **changed)


def _renamed_clause(clause: Clause) -> Clause:
    bearers = tuple(SWAP[each] for each in clause.default.bearers)
    needs = tuple(
        replace(each, by=SWAP.get(each.by or "", each.by))
        for each in clause.default.requires
    )
    reading = replace(clause.default, bearers=bearers, requires=needs)
    tree = None if clause.tree is None else _renamed_tree(clause.tree)
    return replace(clause, readings=(reading,), tree=tree)


def _renamed_tree(part: Any) -> Any:  # noqa: ANN401 - a formula, or what it is made of
    if isinstance(part, f.Name):
        return f.Name(SWAP.get(part.text, part.text))
    if isinstance(part, tuple):
        return tuple(_renamed_tree(each) for each in part)
    if not is_dataclass(part) or isinstance(part, f.Span | type):
        return part
    held = {each.name: getattr(part, each.name) for each in fields(part)}
    return replace(part, **{name: _renamed_tree(each) for name, each in held.items()})
