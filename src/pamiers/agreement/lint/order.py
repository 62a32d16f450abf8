"""Does a clause wait for itself, and do the parties agree on what comes first?"""

from collections.abc import Iterator
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.lint.names import circles
from pamiers.agreement.lint.parts import (
    amendments,
    given_verbs,
    needed,
    options,
    questions,
)
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.values.moment import At, DayEdge, Relative, anchor_of
from pamiers.agreement.written import (
    Alongside,
    Anchor,
    Gate,
    Indicator,
    Option,
    Proportion,
    Provision,
    Question,
    Requirement,
    Statement,
    Written,
)

#: verbs that are done once and for all
_DONE: Final = ("oblige", "at_least")
Edges = dict[str, tuple[str, ...]]


def check_order(written: Written, notes: Notes) -> None:
    """Complain of clauses that wait for one another, and of rival orders of steps."""
    plain = _waiting(written, read=False)
    for circle in circles(plain):
        notes.complain(
            "L-CYCLE",
            f"{_path_of(written, circle[0])}.requires",
            f"expected an order of steps, got clauses that wait for one another: "
            f"{' -> '.join((*circle, circle[0]))}",
            "Have the parties say which comes first, or divide them into stages.",
        )
    read = _waiting(written, read=True)
    for circle in circles(read):
        if not all(b in plain.get(a, ()) for a, b in _steps(circle)):
            _disputed(
                f"{_path_of(written, circle[0])}.readings",
                f"under some readings {' -> '.join((*circle, circle[0]))} wait for "
                "one another",
                notes,
            )
    _check_questions(written, notes)
    _check_statements(written, plain, notes)
    _check_ends(written, notes)


def _steps(circle: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return zip(circle, (*circle[1:], circle[0]), strict=True)


def _path_of(written: Written, clause: str) -> str:
    ids = [each.id for each in written.clauses]
    return f"clauses[{ids.index(clause)}]" if clause in ids else "clauses"


def _waiting(written: Written, *, read: bool) -> Edges:
    """Return clause -> clauses it waits for; with `read`, under any reading."""
    opened = _opened(written)
    return {
        clause.id: tuple(
            dict.fromkeys(
                (
                    *_waits(written, clause),
                    *(_read_waits(written, clause) if read else ()),
                    *opened.get(clause.id, ()),
                )
            )
        )
        for clause in written.clauses
        if not isinstance(clause.id, Blank)
    }


def _opened(written: Written) -> Edges:
    """Return clause -> clauses whose keeping opens it through a gate."""
    found: dict[str, list[str]] = {}
    for gate in written.gates.values():
        if isinstance(gate, Gate):
            held = [each for each in gate.indicators if isinstance(each, Indicator)]
            for clause in filled(gate.opens):
                found.setdefault(clause, []).extend(str(each.clause) for each in held)
    return {clause: tuple(names) for clause, names in found.items()}


def _waits(written: Written, clause: Provision) -> Iterator[str]:
    yield from needed(clause)
    for moment in (clause.from_, *clause.deadline):
        yield from _completed(written, moment)


def _read_waits(written: Written, clause: Provision) -> Iterator[str]:
    changes: list[Option] = [each for _, each in amendments(clause)]
    for _, question in questions(clause):
        changes += options(question).values()
    for option in changes:
        held = (each for each in option.requires if isinstance(each, Requirement))
        yield from (str(each.clause) for each in held if each.clause)
        for moment in (option.from_, *option.deadline):
            yield from _completed(written, moment)


def _completed(written: Written, moment: object) -> Iterator[str]:
    """Yield the clauses whose completion a moment is counted from."""
    for _ in range(len(written.anchors)):
        if not isinstance(moment, At | Relative | DayEdge):
            return
        anchor = written.anchors.get(anchor_of(moment) or "")
        if not isinstance(anchor, Anchor):
            return
        if isinstance(anchor.completed, str) and anchor.completed:
            yield anchor.completed
        moment = anchor.at


def _check_questions(written: Written, notes: Notes) -> None:
    for index, clause in enumerate(written.clauses):
        for at, question in questions(clause):
            if len(set(_orders(question))) > 1:
                _disputed(
                    f"clauses[{index}].readings[{at}]",
                    f"the readings of {clause.id} differ in what has to come first",
                    notes,
                )


def _orders(question: Question) -> Iterator[frozenset[str]]:
    for option in options(question).values():
        held = (each for each in option.requires if isinstance(each, Requirement))
        yield frozenset(str(each.clause or each.event) for each in held)


def _check_statements(written: Written, graph: Edges, notes: Notes) -> None:
    """Complain of sides that take rival positions on clauses that need one another."""
    said = [
        (index, each, set(filled(each.bears_on)) & set(graph))
        for index, each in enumerate(written.statements)
        if isinstance(each, Statement) and each.interested
    ]
    for at, (_, before, about) in enumerate(said):
        for index, after, also in said[at + 1 :]:
            rivals = not set(before.interested) & set(after.interested)
            shared = sorted(about & also)
            if rivals and _linked(shared, graph):
                _disputed(
                    f"statements[{index}]",
                    f"{before.speaker} and {after.speaker} differ on "
                    f"{', '.join(shared)}, of which one waits for another",
                    notes,
                )


def _check_ends(written: Written, notes: Notes) -> None:
    """Complain where something waits for the end of what has none."""
    standing = {
        str(each.id)
        for each in written.clauses
        if len(given_verbs(each)) == 1
        and given_verbs(each)[0] not in _DONE
        and not _is_share(each)
    }
    for path, _, value in AGREEMENT.walk(written, ""):
        if isinstance(value, Requirement | Alongside) and value.clause in standing:
            _never_done(str(value.clause), path, notes)
    for name, anchor in written.anchors.items():
        if isinstance(anchor, Anchor) and anchor.completed in standing:
            _never_done(str(anchor.completed), f"anchors.{name}.completed", notes)


def _is_share(clause: Provision) -> bool:
    """Tell whether a ratio is a share that has to be reached by a time."""
    ratio = clause.ratio
    shared = isinstance(ratio, Proportion) and ratio.at_least is not None
    return shared and bool(clause.deadline)


def _never_done(clause: str, path: str, notes: Notes) -> None:
    notes.complain(
        "L-NEVER-DONE",
        path,
        f"expected a duty that is done at some time, got {clause}, which only holds",
        "Name a clause with `oblige` or `at_least`; for good conduct over a time, use "
        "a gate.",
    )


def _linked(names: list[str], graph: Edges) -> bool:
    return any(b in graph[a] for a in names for b in names if a != b)


def _disputed(path: str, got: str, notes: Notes) -> None:
    notes.complain(
        "L-ORDER-DISPUTE",
        path,
        f"expected one order of steps, got rival ones: {got}",
        "Have the parties agree the order; until then each reading is judged.",
    )
