"""Ask MonPoly the same question: formulas, answers in time, counts in a window.

MonPoly (Basin, Klaedtke, Zălinescu) monitors metric first-order temporal logic. It is
not shipped; where a program `monpoly` is on the path, tests ask it. What happens and
what is the case is given for a list of instants; each is a time point of its log, all
facts of one instant in it, for the order of time points would matter. Whoever calls
chooses instants that stand for all of time between them.

Source: monpoly-tool, `monpoly -sig FILE -formula FILE -log FILE`.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from pamiers.agreement.values import formula as f

_SATISFIED: Final = re.compile(r"@(\d+)\s*(?:\(time point \d+\))?:\s*(.*)")
_SECONDS: Final = 60  #: as long may one question take
_LAST: Final = 2**31  #: a time point after all others, so that windows close

#: instant -> the facts of it, such as `a0()` or `fire("i1", 3)`
Facts = Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What MonPoly is given: three texts."""

    signature: str
    formula: str
    log: str


def program() -> str | None:
    """Return the path of a `monpoly`, or None where none is to be found."""
    return shutil.which("monpoly")


def violations(
    tree: f.Formula, held: Mapping[str, Sequence[bool]], instants: Sequence[int]
) -> Question:
    """Return the question at which instants a formula does not hold.

    Args:
        tree: Formula without variables; its atoms are events and states.
        held: Text of an atom -> whether it holds at each of the instants.
        instants: Whole units of time, in order, none twice; spans are in the same.

    Returns:
        The question; its answers are instants.
    """
    names = {text: f"a{i}" for i, text in enumerate(sorted(held))}
    facts = {
        at: [f"{names[text]}()" for text in names if held[text][i]]
        for i, at in enumerate(instants)
    }
    return Question(
        signature="".join(f"{name}()\n" for name in names.values()),
        formula=f"NOT ({text_of(tree, names)})",
        log=log_of(facts),
    )


def unanswered(width: int, facts: Facts) -> Question:
    """Return the question which triggers no response of the same id followed in time.

    Args:
        width: Time allowed, both ends included.
        facts: Facts `trigger("id")` and `response("id")`.
    """
    return Question(
        signature="trigger(string)\nresponse(string)\n",
        formula=f"trigger(i) AND NOT EVENTUALLY[0,{width}] response(i)",
        log=log_of(facts),
    )


def too_often(most: int, width: int, facts: Facts) -> Question:
    """Return the question at which instants more than so many lie in a window.

    Args:
        most: Number that may be reached, not passed.
        width: Width of the window that ends there, both ends included.
        facts: Facts `fire("id", count)`.
    """
    return Question(
        signature="fire(string,int)\n",
        formula=f"EXISTS n. (n <- SUM k; ONCE[0,{width}] fire(i,k)) AND n > {most}",
        log=log_of(facts),
    )


def log_of(facts: Facts) -> str:
    """Return a log: one time point for each instant, and one after all."""
    lines = [f"@{at} {' '.join(facts[at])}".rstrip() for at in sorted(facts)]
    return "\n".join([*lines, f"@{_LAST}", ""])


def text_of(tree: f.Formula, names: Mapping[str, str]) -> str:
    """Return a formula as MonPoly writes it, every part in brackets.

    Args:
        tree: Formula without variables.
        names: Text of an atom -> predicate without arguments.

    Returns:
        Text of MonPoly's grammar.

    Raises:
        TypeError: A part that has no counterpart, such as a variable.
    """
    match tree:
        case f.Truth() | f.Equal() | f.Happens() | f.Holds():
            return _atom(tree, names)
        case f.Not(part):
            return f"(NOT {text_of(part, names)})"
        case f.Joined(by, parts):
            return f"({f' {by} '.join(text_of(each, names) for each in parts)})"
        case f.Implies(left, right):
            return f"({text_of(left, names)} IMPLIES {text_of(right, names)})"
        case _:
            return _over_time(tree, names)


def _atom(tree: f.Atom, names: Mapping[str, str]) -> str:
    match tree:
        case f.Truth(value):
            return "(0 = 0)" if value else "(0 = 1)"
        case f.Equal(f.Name(left), f.Name(right), negated):
            return "(0 = 0)" if (left == right) != negated else "(0 = 1)"
        case f.Happens() | f.Holds():
            return f"{names[str(tree)]}()"
        case _:
            raise _variable(tree)


def _over_time(tree: f.Formula, names: Mapping[str, str]) -> str:
    match tree:
        case f.Past(operator, span, part) | f.Future(operator, span, part):
            return f"({operator}{_span(span)} {text_of(part, names)})"
        case f.Since(span, left, right):
            a, b = text_of(left, names), text_of(right, names)
            return f"({a} SINCE{_span(span)} {b})"
        case f.Until(span, left, right):
            a, b = text_of(left, names), text_of(right, names)
            return f"({a} UNTIL{_span(span)} {b})"
        case _:
            raise _variable(tree)


def _variable(tree: f.Formula) -> TypeError:
    return TypeError(f"formula: expected no variable, got {tree}. Ground it.")


def _span(span: f.Span) -> str:
    high = "*" if span.high_s is None else f"{span.high_s:.0f}"
    return f"[{span.low_s:.0f},{high}{')' if high == '*' else ']'}"


def grounded(tree: f.Formula, parties: Sequence[str]) -> f.Formula:
    """Return a formula without variables: each is replaced by every party in turn."""
    found: f.Formula = _put(tree, parties, {})
    return found


def _put(part: Any, parties: Sequence[str], names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any value
    """Return a formula, or what it is made of, with names for its variables."""
    if isinstance(part, f.Variable):
        return f.Name(names[part.name])
    if isinstance(part, f.Quantified):
        told = [{**names, part.variable: each} for each in parties]
        every = tuple(_put(part.part, parties, each) for each in told)
        by: Literal["OR", "AND"] = "OR" if part.operator == "EXISTS" else "AND"
        return every[0] if len(every) == 1 else f.Joined(by, every)
    if isinstance(part, tuple):
        return tuple(_put(each, parties, names) for each in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    held = {each.name: getattr(part, each.name) for each in fields(part)}
    return replace(part, **{k: _put(v, parties, names) for k, v in held.items()})


def answers(question: Question, monpoly: str) -> dict[int, str]:
    """Return what MonPoly finds: instant -> the answers at it, in its own words.

    Args:
        question: The three texts.
        monpoly: Path of the program.

    Returns:
        Only instants with an answer.

    Raises:
        RuntimeError: The program refuses the question, with its own words.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [monpoly]
        for name in ("sig", "formula", "log"):
            file = Path(folder, name)
            text = {"sig": question.signature, "formula": question.formula}
            file.write_text(text.get(name, question.log), encoding="utf-8")
            command += [f"-{name}", str(file)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    if done.returncode != 0:
        raise RuntimeError(f"{monpoly}: {done.stderr.strip() or done.stdout.strip()}")
    return dict(_satisfied(done.stdout))


def _satisfied(told: str) -> Iterator[tuple[int, str]]:
    for line in told.splitlines():
        match = _SATISFIED.match(line)
        if match and match[2].strip() not in {"false", "()", ""}:
            yield int(match[1]), match[2].strip()
