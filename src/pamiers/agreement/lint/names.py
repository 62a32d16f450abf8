"""Are all names defined, and does no definition wait for itself?"""

import difflib
from collections.abc import Iterator, Mapping
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.clause_forms import Formula
from pamiers.agreement.grammar.forms import Ref
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.values.formula import Formula as Tree
from pamiers.agreement.values.formula import names_of
from pamiers.agreement.values.moment import At, DayEdge, Relative, anchor_of
from pamiers.agreement.written import (
    Anchor,
    Arms,
    Drawn,
    Option,
    Provision,
    Question,
    Term,
    Written,
)
from pamiers.core.kind import KINDS

Graph = Mapping[str, tuple[str, ...]]


def check_names(written: Written, notes: Notes) -> None:
    """Complain of every name that is used and not defined.

    Args:
        written: The agreement.
        notes: Takes the complaints.
    """
    known = {section: defined(written, section) for section in _SECTIONS}
    for path, form, value in AGREEMENT.walk(written, ""):
        if isinstance(form, Ref) and value not in form.also:
            choices = [name for section in form.of for name in known[section]]
            if value not in choices:
                _undefined(str(value), form.of, choices, path, notes)
        if isinstance(form, Formula):
            _check_formula(value, known, path, notes)
        if isinstance(value, Provision):
            _check_without(value, path, notes)


def _check_without(clause: Provision, path: str, notes: Notes) -> None:
    """Complain of exemptions that an answer or amendment drops and nobody made."""
    known = [str(each.id) for each in clause.unless]
    for index, question in enumerate(clause.readings):
        options = question.options.items() if isinstance(question, Question) else ()
        for name, option in options:
            here = f"{path}.readings[{index}].options.{name}.without"
            _check_dropped(option, known, here, notes)
    for index, each in enumerate(clause.amended):
        _check_dropped(each, known, f"{path}.amended[{index}].without", notes)


def _check_dropped(
    option: Option | Blank, known: list[str], path: str, notes: Notes
) -> None:
    dropped = filled(option.without) if isinstance(option, Option) else ()
    for index, name in enumerate(dropped):
        if name not in known:
            of = ("`unless` of the clause",)
            _undefined(name, of, known, f"{path}[{index}]", notes)


#: what a formula calls by name -> the sections that may define it
_CALLED: Final = {
    "kind": ("kinds", "events"),
    "state": ("states",),
    "class": ("classes",),
    "party": ("parties", "actors", "roles"),
    "zone": ("zones",),
}


def _check_formula(
    formula: Tree, known: Mapping[str, tuple[str, ...]], path: str, notes: Notes
) -> None:
    for called, name in names_of(formula):
        choices = [each for section in _CALLED[called] for each in known[section]]
        common = called == "state" and name in {"presence", "absence"}
        if name not in choices and not common:
            _undefined(name, _CALLED[called], choices, path, notes)


_SECTIONS: Final = (
    *("actors", "parties", "sources", "instruments", "roles", "zones", "lines"),
    *("classes", "events", "states", "kinds", "clauses", "monitoring"),
    *("procedures", "gates", "terms"),
)


def defined(written: Written, section: str) -> tuple[str, ...]:
    """Return the identifiers that a section defines, in the order of the file."""
    if section == "kinds":
        return tuple(sorted(KINDS))
    if section == "parties":
        return filled(written.heading.parties)
    held = getattr(written, section)
    if isinstance(held, Mapping):
        return tuple(held)
    return tuple(each.id for each in held if not isinstance(each.id, Blank))


def _undefined(
    name: str, of: tuple[str, ...], choices: list[str], path: str, notes: Notes
) -> None:
    near = difflib.get_close_matches(name, choices, n=1, cutoff=0.6)
    meant = f"Did you mean {near[0]}? " if near else ""
    some = ", ".join(choices[:12]) or "none"
    notes.complain(
        "L-UNDEFINED",
        path,
        f"expected a name defined in {' or '.join(of)}, got {name!r}",
        f"{meant}Define it, or use one of: {some}.",
    )


def check_circles(written: Written, notes: Notes) -> None:
    """Complain of deadlines and definitions that wait for one another."""
    for section, graph in (
        ("anchors", _anchor_graph(written)),
        ("classes", _class_graph(written)),
        ("actors", _member_graph(written)),
        ("zones", _zone_graph(written)),
        ("terms", _term_graph(written)),
    ):
        for circle in circles(graph):
            notes.complain(
                "L-CIRCULAR",
                f"{section}.{circle[0]}",
                f"expected an order, got a circle: {' -> '.join((*circle, circle[0]))}",
                "Define one of them without the others.",
            )


def _anchor_graph(written: Written) -> Graph:
    return {
        name: tuple(_waits_for(each))
        for name, each in written.anchors.items()
        if isinstance(each, Anchor)
    }


def _waits_for(anchor: Anchor) -> Iterator[str]:
    put_off = [e.until for e in anchor.extended if not isinstance(e, Blank)]
    several = (*anchor.last_of, *anchor.first_of, *put_off)
    for moment in (anchor.at, anchor.latest, *several):
        if isinstance(moment, At | Relative | DayEdge):
            name = anchor_of(moment)
            if name is not None:
                yield name


def _class_graph(written: Written) -> Graph:
    return {
        name: filled(each.any_of)
        for name, each in written.classes.items()
        if isinstance(each, Arms)
    }


def _member_graph(written: Written) -> Graph:
    return {
        name: filled(each.members)
        for name, each in written.actors.items()
        if not isinstance(each, Blank)
    }


def _zone_graph(written: Written) -> Graph:
    return {
        name: (*filled(each.any_of), *filled(each.but_not))
        for name, each in written.zones.items()
        if isinstance(each, Drawn)
    }


def _term_graph(written: Written) -> Graph:
    return {
        name: filled(each.sum_of)
        for name, each in written.terms.items()
        if isinstance(each, Term)
    }


def circles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield each circle of a graph once, from its first name in the alphabet."""
    seen: set[tuple[str, ...]] = set()
    for start in sorted(graph):
        circle = _circle_from(start, graph)
        if circle and circle not in seen:
            seen.add(circle)
            yield circle


def _circle_from(start: str, graph: Graph) -> tuple[str, ...]:
    """Return the circle through a name, turned to begin with its least name."""
    came: dict[str, str] = {}
    waiting = list(graph[start])
    came.update(dict.fromkeys(waiting, start))
    while waiting:
        name = waiting.pop()
        if name == start:
            return _turned(start, came)
        for after in graph.get(name, ()):
            if after not in came:
                came[after] = name
                waiting.append(after)
    return ()


def _turned(start: str, came: Mapping[str, str]) -> tuple[str, ...]:
    back = [start]
    while came[back[-1]] != start:
        back.append(came[back[-1]])
    forward = [start, *reversed(back[1:])]
    least = forward.index(min(forward))
    return tuple(forward[least:] + forward[:least])
