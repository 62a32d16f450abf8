"""What is wrong with a procedure before it is signed, found by playing it.

Dead ends, steps that a silent or absent party can block, steps and remedies that no
case comes to, clocks that conflict; and the longest time to the end of a case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from pamiers.agreement import Mandate, Read, Written
from pamiers.agreement.complaint import Notes
from pamiers.agreement.model.procedure import Procedure
from pamiers.agreement.reader import in_order
from pamiers.agreement.reckoning import calendar
from pamiers.agreement.resolve.procedure import holders, procedures
from pamiers.agreement.values.blank import Blank, filled
from pamiers.core.errors import PamiersError
from pamiers.procedure.exploring import Explored, Trouble, explore
from pamiers.procedure.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What playing the procedures of an agreement found."""

    read: Read  #: with the complaints added
    worst: Mapping[str, Mapping[str, timedelta]]  #: procedure -> clause -> to the end
    incomplete: tuple[str, ...]  #: procedures with more states than were looked at

    def to_dict(self) -> dict[str, object]:
        """Return the longest times to the end of a case [s], as plain values."""
        return {
            name: {
                "worst_case_s": {c: each.total_seconds() for c, each in held.items()},
                "complete": name not in self.incomplete,
            }
            for name, held in self.worst.items()
        }


_REMEDIES = {
    "L-CASE-DEAD-END": "Say what follows: another step, a silence that closes, or "
    "`cases.over`, after which a quiet case ends.",
    "L-CASE-BLOCKED": "Give the step a time, and a silence that passes to others, is "
    "deemed or closes.",
    "L-CASE-CLOCKS": "Count it from a later moment, or give it more time.",
    "L-CASE-ENDLESS": "Give the step a time within which it is done.",
}


def check_cases(read: Read) -> Played:
    """Return an agreement as checked, with what playing its procedures found.

    Args:
        read: What `check` returned.

    Returns:
        The same with the complaints added; procedures with blanks are left out.
    """
    written = read.written
    if written is None:
        return Played(read=read, worst={}, incomplete=())
    notes = Notes(complaints=list(read.complaints), marks=dict(read.marks))
    worst, incomplete = {}, []
    for name, rules in _rules(written):
        found = explore(rules, _clauses(written, name))
        worst[name] = dict(found.worst)
        if not found.complete:
            incomplete.append(name)
        for trouble in (*found.troubles.values(), *_unreached(rules, found)):
            _complain(notes, rules.procedure, trouble)
    after = replace(read, complaints=in_order(notes.complaints))
    return Played(read=after, worst=worst, incomplete=tuple(incomplete))


def _rules(written: Written) -> Iterator[tuple[str, Rules]]:
    try:
        found, counted = procedures(written), calendar(written)
    except PamiersError:  # a blank where a value has to be: named by the check
        return
    held = dict(holders(written))
    vacant = frozenset(name for name, each in held.items() if not each)
    for name, procedure in found.items():
        yield (
            name,
            Rules(
                procedure=procedure,
                parties=filled(written.heading.parties),
                calendar=counted,
                holders=held,
                mandate=Mandate.PERMITTED,
                vacant=vacant & set(written.roles),
            ),
        )


def _clauses(written: Written, procedure: str) -> tuple[str, ...]:
    """Return clauses that a procedure answers, one for each way it may go."""
    named = [
        str(each.id)
        for each in written.clauses
        if not isinstance(each.on_breach, Blank) and each.on_breach == procedure
    ]
    held = written.procedures.get(procedure)
    steps = () if held is None or isinstance(held, Blank) else held.steps
    asked = {
        name
        for step in steps
        if step.upon is not None and not isinstance(step.upon, Blank)
        for name in filled(step.upon.breach_of)
    }
    words = " ".join(str(step.when) for step in steps)
    telling = [n for n in named if n in asked or n in words]
    others = [n for n in named if n not in telling]
    return (*telling, *others[:1])


def _unreached(rules: Rules, found: Explored) -> Iterator[Trouble]:
    code, procedure = "L-CASE-UNREACHED", rules.procedure
    for step in procedure.steps:
        if step.id not in found.opened and found.complete:
            said = f"no case that was tried comes to step {step.id}"
            yield Trouble(code=code, step=step.id, says=said)
    acting = {
        who
        for step in procedure.steps
        if step.id in found.opened
        for who in (*step.by, *step.alternates, *_passed(step))
    }
    for remedy in procedure.remedies:
        able = rules.speakers(remedy.by)
        if not any(rules.speakers([who]) & able for who in acting):
            said = f"whoever determines {remedy.id} takes no step of a case"
            yield Trouble(code=code, step=f"remedies {remedy.id}", says=said)


def _passed(step: object) -> tuple[str, ...]:
    silence = getattr(step, "silence", None)
    return silence.to if silence is not None else ()


def _complain(notes: Notes, procedure: Procedure, trouble: Trouble) -> None:
    path = f"procedures.{procedure.id}"
    ids = [each.id for each in procedure.steps]
    if trouble.step in ids:
        path = f"{path}.steps[{ids.index(trouble.step)}]"
    elif trouble.step:
        names = [each.id for each in procedure.remedies]
        path = f"{path}.remedies[{names.index(trouble.step.partition(' ')[2])}]"
    moves = enumerate(trouble.trace, start=1)
    trace = "; ".join(f"({number}) {move}" for number, move in moves)
    notes.complain(
        trouble.code,
        path,
        f"expected that every case can come to its end, got one that cannot: "
        f"{trouble.says}" + (f". It comes to this so: {trace}" if trace else ""),
        _REMEDIES.get(trouble.code, "Let a step or case come to it, or remove it."),
    )
