"""The parts of a clause that checks walk through, each with its path."""

from collections.abc import Iterable, Iterator
from typing import Final

from pamiers.agreement.grammar.clause import EACH_PARTY, VERBS
from pamiers.agreement.grammar.clause_forms import Formula
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.values.expression import (
    Among,
    Comparison,
    Junction,
    Negation,
    attributes_of,
)
from pamiers.agreement.values.formula import asked_in
from pamiers.agreement.written import (
    Amendment,
    Limit,
    Matter,
    Option,
    Proportion,
    Provision,
    Question,
    Requirement,
    Role,
    Trigger,
    Written,
)

Placed = tuple[str, Matter]  #: path, and the matter that stands there
#: stems of the words for looking, in what a body is tasked with
WATCHING: Final = (
    *("observ", "verif", "monitor", "inspect", "patrol", "watch", "supervis"),
    *("investigat", "reconn", "record", "count", "survey", "oversee", "control"),
)
#: stems of the words for deciding
DECIDING: Final = (
    *("decid", "attribut", "remed", "address breach", "rule", "ruling", "adjudic"),
    *("settl", "arbitrat", "interpret", "resolv", "reconcil"),
)


def given_verbs(clause: Provision) -> tuple[str, ...]:
    """Return the verbs a clause has, blank ones included; a sound one has one."""
    held = ((verb, getattr(clause, verb)) for verb in VERBS)
    return tuple(verb for verb, value in held if value is not None and value != "")


def matters(clause: Provision, path: str) -> Iterator[Placed]:
    """Yield what a clause's verbs are about; a ratio is about two things."""
    for verb in given_verbs(clause):
        held = getattr(clause, verb)
        here = f"{path}.{verb}"
        if isinstance(held, Matter):
            yield here, held
        elif isinstance(held, Proportion):
            parts = (("of", held.of), ("to", held.to))
            yield from ((f"{here}.{k}", m) for k, m in parts if isinstance(m, Limit))


def occasion(clause: Provision) -> Trigger | None:
    """Return what a duty is owed upon; None for nothing, or a blank."""
    return clause.upon if isinstance(clause.upon, Trigger) else None


def questions(clause: Provision) -> tuple[tuple[int, Question], ...]:
    """Return the questions of reading, each with its place in the list."""
    found = enumerate(clause.readings)
    return tuple((index, each) for index, each in found if isinstance(each, Question))


def options(question: Question) -> dict[str, Option]:
    """Return the answers to a question that are no blanks."""
    held = question.options.items()
    return {name: each for name, each in held if isinstance(each, Option)}


def amendments(clause: Provision) -> tuple[tuple[int, Amendment], ...]:
    """Return what later texts changed, each with its place in the list."""
    found = enumerate(clause.amended)
    return tuple((index, each) for index, each in found if isinstance(each, Amendment))


def changed(
    clause: Provision, path: str
) -> Iterator[tuple[str, Provision | Option | Amendment]]:
    """Yield a clause, each answer to its questions, and each amendment of it."""
    yield path, clause
    for index, question in questions(clause):
        for name, option in options(question).items():
            yield f"{path}.readings[{index}].options.{name}", option
    for index, amendment in amendments(clause):
        yield f"{path}.amended[{index}]", amendment


def read_in(clause: Provision, attribute: str) -> bool:
    """Tell whether some question gives an attribute in each of its answers."""
    return any(
        bool(found) and all(getattr(each, attribute) for each in found.values())
        for found in (options(question) for _, question in questions(clause))
    )


def needed(clause: Provision) -> tuple[str, ...]:
    """Return the clauses that have to be done before this one is due."""
    held = (each for each in clause.requires if isinstance(each, Requirement))
    return tuple(
        each.clause for each in held if isinstance(each.clause, str) if each.clause
    )


def parties(written: Written) -> tuple[str, ...]:
    """Return the actors whom clauses may bind."""
    return filled(written.heading.parties)


def bearers(written: Written, clause: Provision) -> tuple[str, ...]:
    """Return whom a clause binds, `each party` and roles spelt out, in order."""
    names = filled(clause.bearer)
    spelt = parties(written) if EACH_PARTY in names else ()
    rest = (name for name in names if name != EACH_PARTY)
    return tuple(dict.fromkeys((*spelt, *holders(written, tuple(rest)))))


def holders(written: Written, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the actors behind names of actors and roles; empty: nobody holds it."""
    found: list[str] = []
    for name in names:
        role = written.roles.get(name)
        if isinstance(role, Role):
            found += (*filled(role.held_by), *filled(role.members))
        elif name not in written.roles:
            found.append(name)
    return tuple(dict.fromkeys(found))


def tasked(role: Role, stems: tuple[str, ...]) -> bool:
    """Tell whether one of a role's tasks, or a blank, may be one of some kind."""
    tasks = [str(task).casefold() for task in filled(role.tasks)]
    blank = any(isinstance(task, Blank) for task in role.tasks)
    return blank or any(stem in task for task in tasks for stem in stems)


def words(value: object) -> str:
    """Return texts in all their languages as one, for a search in lower case."""
    if isinstance(value, Blank) or not value:
        return ""
    told = value.values() if isinstance(value, dict) else (value,)
    return " ".join(str(each) for each in told).casefold()


def asked_for(written: Written) -> Iterator[tuple[str, str]]:
    """Yield (path, name) of each attribute that a condition or a formula asks for."""
    for path, form, value in AGREEMENT.walk(written, ""):
        names: Iterable[str] = ()
        if isinstance(value, Comparison | Among | Negation | Junction):
            names = attributes_of(value)
        elif isinstance(form, Formula):
            names = asked_in(value)
        yield from ((path, name) for name in names)
