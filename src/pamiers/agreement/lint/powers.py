"""Who decides, does anybody hold the office, and can one party stall it by silence?"""

import re
from collections.abc import Iterator
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.parts import DECIDING, holders, parties, tasked, words
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.written import Actor, Gate, Procedure, Role, Written

#: rules by which everybody has to say yes
_ALL_AGREE: Final = re.compile(
    r"consens|unanim|parity|common accord|mutual|by agreement|jointly|joint decision"
    r"|both (?:sides|parties)|all (?:sides|parties|members)|equal number|casting vote"
    r"|agreement of|консенсус|одностайн|паритет|consensuel|unanimit",
    re.IGNORECASE,
)
#: what a rule may say for the case that they do not
_DEFAULT: Final = re.compile(
    r"otherwise|failing (?:that|agreement)|in case of a tie|breaks? (?:a|the) tie"
    r"|is deemed|(?:chair\w*|head|commander) (?:decides|rules|has the (?:last|final))"
    r"|silence (?:is|means|counts)|final (?:authority|say|decision)"
    r"|(?:chair\w*|head|president|commander)(?:\W+\w+){0,4}\W+casting vote",
    re.IGNORECASE,
)


def check_powers(written: Written, notes: Notes) -> None:
    """Complain of bodies without rule, holder or way out, and of none to decide."""
    roles = {n: each for n, each in written.roles.items() if isinstance(each, Role)}
    used = _consulted(written)
    for name, role in roles.items():
        path = f"roles.{name}"
        decides = tasked(role, DECIDING)
        _check_holder(role, path, notes)
        _check_rule(role, path, notes)
        if decides or name in used or role.decides_by:
            _check_deadlock(written, name, path, notes)
    blank = any(isinstance(each, Blank) for each in written.roles.values())
    decided = any(tasked(role, DECIDING) for role in roles.values())
    if not (blank or decided or _settled_by_steps(written)):
        notes.complain(
            "L-NO-ARBITER",
            "roles",
            "expected a body that settles disputes about text or breach, got none",
            "Give a role the task to decide or to rule, with its rule of decision.",
        )


def _settled_by_steps(written: Written) -> bool:
    held = [each for each in written.procedures.values() if isinstance(each, Procedure)]
    return any(_decides(words(step.do)) for each in held for step in each.steps)


def _consulted(written: Written) -> set[str]:
    """Return the roles without whose word a duty or a gate comes to nothing."""
    found = {n for clause in written.clauses for n in filled(clause.verified_by)}
    gates = [each for each in written.gates.values() if isinstance(each, Gate)]
    found |= {str(gate.certified_by) for gate in gates}
    return found & set(written.roles)


def _check_holder(role: Role, path: str, notes: Notes) -> None:
    if not role.held_by and not role.members:
        notes.complain(
            "L-NO-HOLDER",
            path,
            f"expected someone who holds {path.partition('.')[2]}, got nobody",
            "Name who holds it in `held_by` or `members`, or TBD while it is open.",
        )


def _check_rule(role: Role, path: str, notes: Notes) -> None:
    tasks = [task for task in filled(role.tasks) if _decides(task)]
    if tasks and (isinstance(role.decides_by, Blank) or not role.decides_by):
        notes.complain(
            "L-NO-RULE",
            f"{path}.decides_by",
            f"expected a rule of decision, got none for a body that is to "
            f"{', '.join(sorted(tasks))}",
            "State quorum, majority, who is recused, and what silence means.",
        )


def _decides(task: str) -> bool:
    return any(stem in task.casefold() for stem in DECIDING)


def _seats(written: Written, role: str) -> Iterator[str]:
    """Yield who sits on a body, groups spelt out into their members."""
    for actor in holders(written, (role,)):
        group = written.actors.get(actor)
        yield from (filled(group.members) if isinstance(group, Actor) else ()) or (
            actor,
        )


def _check_deadlock(written: Written, name: str, path: str, notes: Notes) -> None:
    role = written.roles[name]
    if not isinstance(role, Role) or isinstance(role.decides_by, Blank):
        return
    rule = str(role.decides_by)
    if role.otherwise or _DEFAULT.search(rule):
        return
    seats = set(_seats(written, name))
    rivals = seats & set(parties(written))
    parity = len(rivals) > 1 and seats <= set(parties(written)) and "major" not in rule
    shared = len(seats) > 1 or rivals or re.search("part(?:y|ies)|sides", rule)
    if (_ALL_AGREE.search(rule) and shared) or parity:
        who = ", ".join(sorted(seats)) or name
        notes.complain(
            "L-DEADLOCK",
            f"{path}.decides_by" if rule else path,
            f"expected a decision even where one side is silent, got "
            f"{rule or 'no rule'} among {who}: any of them can stall {name}",
            "Say in `otherwise` what silence or a tie means, or who decides then.",
        )
