"""What MonPoly is asked means what was asked; where it is there, it answers alike."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pamiers.agreement.model import Bound, Matter, Subject, Verb, Window
from pamiers.agreement.values import formula as f
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.formula_text import parse_formula
from pamiers.agreement.values.quantity import Quantity
from pamiers.compliance.assess import assess
from pamiers.compliance.finding import Finding, Verdict
from pamiers.core.instant import Interval
from pamiers.core.rows import Coverage, Incident, Row, Statement
from tests.property.compliance.reference import draw
from tests.property.compliance.reference.clauses import HOUR as AN_HOUR
from tests.property.compliance.reference.clauses import START
from tests.property.compliance.reference.clauses import tree as drawn
from tools import monpoly

MANY = 60
PARTIES = ("A", "B")
HOUR = 10  #: units of time; instants lie at hours, beside them, and between
DAY = timedelta(days=1)
found = monpoly.program()
asks = pytest.mark.skipif(found is None, reason="no `monpoly` on the path")


def problem(number: int) -> tuple[f.Formula, list[int], dict[str, list[bool]]]:
    """Return a formula without variables, instants, and when its atoms hold."""
    rng = Random(f"monpoly {number}")  # noqa: S311 - a case
    tree = monpoly.grounded(drawn(rng, 3, {}), PARTIES)
    instants = [hour * HOUR + k for hour in range(30) for k in (0, 1, 5)]
    held = {
        str(atom): [rng.random() < 0.3 for _ in instants]
        for atom in f.atoms_of(tree)
        if isinstance(atom, f.Happens | f.Holds)
    }
    return _in_units(tree), instants, held


def _in_units(tree: f.Formula) -> f.Formula:
    """Return a formula whose hours are as long as those of the log."""
    text = re.sub(r"(\d+) h", lambda m: f"{int(m[1]) * HOUR} s", str(tree))
    return parse_formula(text)


def hold(  # noqa: PLR0911 - one case after another
    tree: f.Formula, instants: Sequence[int], held: Mapping[str, Sequence[bool]]
) -> list[bool]:
    """Return at which instants a formula holds, by its own definition."""
    if isinstance(tree, f.Truth):
        return [tree.value for _ in instants]
    if isinstance(tree, f.Equal):
        return [(tree.left == tree.right) != tree.negated for _ in instants]
    if isinstance(tree, f.Happens | f.Holds):
        return list(held[str(tree)])
    parts = [hold(part, instants, held) for part in f.parts_of(tree)]
    if isinstance(tree, f.Not):
        return [not each for each in parts[0]]
    if isinstance(tree, f.Joined):
        by = all if tree.by == "AND" else any
        return [by(each) for each in zip(*parts, strict=True)]
    if isinstance(tree, f.Implies):
        return [not a or b for a, b in zip(*parts, strict=True)]
    return [_at(tree, i, instants, parts) for i in range(len(instants))]


def _at(
    tree: f.Formula, i: int, instants: Sequence[int], parts: list[list[bool]]
) -> bool:
    assert isinstance(tree, f.Past | f.Future | f.Since | f.Until)
    back = isinstance(tree, f.Past | f.Since)
    low, high = tree.span.low_s, tree.span.high_s
    way = range(i, -1, -1) if back else range(i, len(instants))
    gone = {j: abs(instants[j] - instants[i]) for j in way}
    near = [j for j in way if low <= gone[j] <= (10**9 if high is None else high)]
    if isinstance(tree, f.Past | f.Future):
        every = tree.operator in {"HISTORICALLY", "ALWAYS"}
        return (all if every else any)(parts[0][j] for j in near)
    left, right = parts
    return any(
        right[j] and all(left[k] for k in way if gone[k] < gone[j]) for j in near
    )


@pytest.mark.parametrize("number", range(MANY))
def test_the_text_says_what_the_formula_says(number: int) -> None:
    """Read back as a formula of ours, MonPoly's text is the formula that was given."""
    tree, instants, held = problem(number)
    asked = monpoly.violations(tree, held, instants)
    names = dict(zip(asked.signature.splitlines(), sorted(held), strict=True))
    text = asked.formula.removeprefix("NOT ")
    text = text.replace("(0 = 0)", "TRUE").replace("(0 = 1)", "FALSE")
    text = re.sub(r"a\d+\(\)", lambda m: names[m[0]], text)
    text = re.sub(r"\[(\d+),(\d+)\]", r"[\1 s, \2 s]", text)
    text = re.sub(r"\[(\d+),\*\)", r"[\1 s, *]", text)
    again = parse_formula(text)
    assert hold(again, instants, held) == hold(tree, instants, held)
    assert str(again) == str(parse_formula(str(_without_equals(tree))))


def _without_equals(tree: f.Formula) -> f.Formula:
    """Return a formula with what is told of names put as what it comes to."""
    if isinstance(tree, f.Equal):
        return f.Truth(value=(tree.left == tree.right) != tree.negated)
    changed: dict[str, Any] = {
        name: tuple(_without_equals(each) for each in value)
        if isinstance(value, tuple)
        else _without_equals(value)
        for name in ("part", "parts", "left", "right")
        if (value := getattr(tree, name, None)) is not None
    }
    return replace(tree, **changed) if changed else tree


def test_a_log_has_one_time_point_for_each_instant() -> None:
    held = {"event(fire)": [True, False], "state(open)": [True, True]}
    tree = parse_formula("event(fire) IMPLIES state(open)")
    asked = monpoly.violations(tree, held, [3, 7])
    assert asked.signature == "a0()\na1()\n"
    assert asked.log.splitlines()[:2] == ["@3 a0() a1()", "@7 a1()"]
    assert asked.formula == "NOT ((a0() IMPLIES a1()))"


def test_a_variable_has_to_be_grounded_first() -> None:
    tree = parse_formula("FORALL p in party. NOT event(fire, party = p)")
    with pytest.raises(TypeError, match="Ground it"):
        monpoly.text_of(tree, {})
    plain = monpoly.grounded(tree, PARTIES)
    assert str(plain) == (
        "(NOT event(fire, party = A)) AND (NOT event(fire, party = B))"
    )


def test_what_is_printed_is_read(tmp_path: Path) -> None:
    script = tmp_path / "monpoly"
    lines = ["@3 (time point 0): true", "@7 (time point 1): false", '@9: ("i1")']
    script.write_text("#!/bin/sh\n" + "".join(f"echo '{each}'\n" for each in lines))
    script.chmod(0o755)
    asked = monpoly.unanswered(5, {3: ['trigger("i1")']})
    assert monpoly.answers(asked, str(script)) == {3: "true", 9: '("i1")'}
    script.write_text("#!/bin/sh\necho 'not monitorable' >&2; exit 1\n")
    with pytest.raises(RuntimeError, match="not monitorable"):
        monpoly.answers(asked, str(script))


@asks
@pytest.mark.parametrize("number", range(MANY))
def test_monpoly_finds_the_same_violations(number: int) -> None:
    assert found is not None
    tree, instants, held = problem(number)
    told = monpoly.answers(monpoly.violations(tree, held, instants), found)
    wanted = hold(tree, instants, held)
    settled = instants[-1] - f.ahead_s(tree)
    for at, so in zip(instants, wanted, strict=True):
        assert at > settled or (at in told) != so, (at, str(tree))


def facts(number: int) -> tuple[monpoly.Facts, monpoly.Facts]:
    """Return triggers with responses, and fire with counts, at whole hours."""
    rng = Random(f"facts {number}")  # noqa: S311 - a case
    events: dict[int, list[str]] = {hour: [] for hour in range(48)}
    shots: dict[int, list[str]] = {hour: [] for hour in range(48)}
    for i in range(rng.randint(1, 6)):
        at = rng.randrange(24)
        events[at].append(f'trigger("i{i}")')
        shots[at].append(f'fire("i{i}",{rng.randint(1, 3)})')
        if rng.random() < 0.7:
            events[at + rng.randrange(20)].append(f'response("i{i}")')
    return events, shots


def late(told: monpoly.Facts, width: int) -> set[tuple[int, str]]:
    """Return triggers that no response of the same id follows in time."""
    answered = {
        (at, name)
        for at in told
        for each in told[at]
        for name in _ids(each, "response")
    }
    return {
        (at, name)
        for at in told
        for each in told[at]
        for name in _ids(each, "trigger")
        if not any((at + k, name) in answered for k in range(width + 1))
    }


def _ids(text: str, predicate: str) -> list[str]:
    return re.findall(rf'{predicate}\("(\w+)"', text)


def over(told: monpoly.Facts, width: int, most: int) -> set[int]:
    """Return the instants at which a window that ends there holds too many."""
    counts = {
        at: sum(int(n) for each in told[at] for n in re.findall(r",(\d+)\)", each))
        for at in told
    }
    return {
        at for at in told if sum(counts.get(at - k, 0) for k in range(width + 1)) > most
    }


@pytest.mark.parametrize("number", range(MANY))
def test_the_engine_finds_the_same_by_the_same_facts(number: int) -> None:
    told, shots = facts(number)
    assert breached_answers(told, 6) == {name for _, name in late(told, 6)}
    assert is_over(shots, 6, 4) == any(at < 24 for at in over(shots, 6, 4))


def breached_answers(told: monpoly.Facts, width: int) -> set[str]:
    """Return the triggers of a day whose response the engine finds late."""
    rows: list[Row] = [_watch()]
    for at, texts in told.items():
        for text in texts:
            rows += [_incident(name, at, "casualty") for name in _ids(text, "trigger")]
            rows += [_act(name, at) for name in _ids(text, "response")]
    reading = {
        "kinds": ("act",),
        "upon": Matter(subject=Subject.EVENT, kinds=("casualty",)),
        "lasting": Duration(Quantity(float(width), "h"), "elapsed"),
        "same": ("id",),
    }
    told_of = _judged(reading, Verb.OBLIGE, rows)
    late_ones = [each for each in told_of if each.verdict is Verdict.BREACHED]
    return {each.occasion for each in late_ones if each.occasion is not None}


def is_over(told: monpoly.Facts, width: int, most: int) -> bool:
    """Tell whether the engine finds too many in some window of a day."""
    rows: list[Row] = [_watch()]
    for at, texts in told.items():
        for text in texts:
            found = re.search(r'"(\w+)",(\d+)', text)
            assert found is not None
            row = _incident(found[1], at, "fire")
            rows.append(replace(row, count=int(found[2])))
    bound = Bound(most=float(most), per=Window(seconds=3600.0 * width), unit="events")
    (told_of,) = _judged({"kinds": ("fire",), "bound": bound}, Verb.AT_MOST, rows)
    return told_of.verdict is Verdict.BREACHED


def _judged(own: dict[str, Any], verb: Verb, rows: list[Row]) -> list[Finding]:
    base = draw.agreement(Random("monpoly"), "prohibition")  # noqa: S311 - a case
    clause = base.clauses[0]
    plain = {"hours": (), "days": (), "condition": None, "from_at": START - DAY}
    reading = replace(clause.default, bearers=("A",), **{**plain, **own})
    given = replace(
        clause, verb=verb, readings=(reading,), unless=(), watched_by=("drone",)
    )
    rules = replace(base, clauses=(given,), time_zone="UTC")
    return assess(
        rules, draw.world(rows), Interval(START, START + DAY), START + 4 * DAY
    )


def _incident(name: str, hour: int, kind: str) -> Incident:
    at = START + hour * AN_HOUR
    return Incident(
        source="pamiers",
        key=name,
        start=at,
        end=at + timedelta(minutes=1),
        kind=kind,
        actor="A",
        probability=1.0,
        observed=1,
        sources=name,
        members=name,
    )


def _act(name: str, hour: int) -> Statement:
    at = START + hour * AN_HOUR
    return Statement(
        source="t",
        key=f"{name} {hour}",
        category="event:act",
        start=at,
        end=at + draw.TICK,
        text="",
        actor="A",
        ref=name,
    )


def _watch() -> Coverage:
    return Coverage(
        source="club",
        key="w",
        start=START - 4 * DAY,
        end=START + 9 * DAY,
        means="drone",
        detection=0.9,
    )


@asks
@pytest.mark.parametrize("number", range(MANY))
def test_monpoly_finds_the_same_late_answers_and_counts(number: int) -> None:
    assert found is not None
    told, shots = facts(number)
    answers = monpoly.answers(monpoly.unanswered(6, told), found)
    named = {(at, name) for at, text in answers.items() for name in _names(text)}
    assert named == late(told, 6)
    assert set(monpoly.answers(monpoly.too_often(4, 6, shots), found)) == over(
        shots, 6, 4
    )


def _names(text: str) -> list[str]:
    return re.findall(r'"?(i\d+)"?', text)
