"""Does something follow a breach, when, by whose act, and what if they are silent?

A bounded check of procedures as they stand in the grammar: steps in order, each by
somebody, upon something, within some time.
"""

from datetime import datetime
from itertools import pairwise
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.ladder import check_keys
from pamiers.agreement.lint.names import defined
from pamiers.agreement.lint.timeline import SOME_DAY
from pamiers.agreement.lint.wording import is_measured, vague_words
from pamiers.agreement.reckoning import instant
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.moment import Relative
from pamiers.agreement.written import Procedure, Step, Upon, Written

#: words that say that times run anew from each step
_ANEW: Final = ("previous", "preceding", "each step", "step before", "last step")


def check_procedures(written: Written, notes: Notes) -> None:
    """Complain of breaches that nothing follows, and of steps nobody can be held to."""
    for index, clause in enumerate(written.clauses):
        if not isinstance(clause.on_breach, Blank) and not clause.on_breach:
            notes.complain(
                "L-NO-PROCEDURE",
                f"clauses[{index}]",
                f"expected a procedure upon breach of {clause.id}, got none",
                "Name one in `on_breach`, or have the parties agree one.",
            )
    for name, procedure in written.procedures.items():
        if isinstance(procedure, Procedure):
            _check_procedure(written, procedure, f"procedures.{name}", notes)


def _check_procedure(
    written: Written, procedure: Procedure, path: str, notes: Notes
) -> None:
    if not procedure.steps:
        notes.complain(
            "L-NO-STEPS",
            path,
            "expected a step that somebody takes, got none",
            "Say who does what within which time, or TBD while it is open.",
        )
    _check_clock(procedure, path, notes)
    _check_order(written, procedure, path, notes)
    check_keys(written, procedure, path, notes)
    for index, step in enumerate(procedure.steps):
        here = f"{path}.steps[{index}]"
        _check_trigger(written, procedure, step, f"{here}.when", notes)
        _check_time(step, here, notes)
        _check_silence(procedure, index, here, notes)


def _check_clock(procedure: Procedure, path: str, notes: Notes) -> None:
    timed = any(step.within is not None and not step.from_ for step in procedure.steps)
    if timed and not isinstance(procedure.clock, Blank) and not procedure.clock:
        notes.complain(
            "L-NO-CLOCK",
            path,
            "expected what the times of the steps run from, got nothing",
            "Name it in `clock`: the initial breach, receipt of a report, a finding.",
        )


def _check_order(
    written: Written, procedure: Procedure, path: str, notes: Notes
) -> None:
    if any(word in str(procedure.clock).casefold() for word in _ANEW):
        return
    timed = [
        (index, step, _ends(written, step))
        for index, step in enumerate(procedure.steps)
        if step.within is not None and not isinstance(step.within, Blank)
        if not step.from_ and step.upon is None
    ]
    for (_, before, earlier), (index, step, later) in pairwise(timed):
        if later is not None and earlier is not None and later < earlier:
            notes.complain(
                "L-STEP-TIMES",
                f"{path}.steps[{index}].within",
                f"expected {step.id} to end no sooner than {before.id} before it "
                f"({before.within}), got {step.within}",
                "Count both from the same clock, or put the steps in their order.",
            )


def _ends(written: Written, step: Step) -> datetime | None:
    if step.within is None or isinstance(step.within, Blank):
        return None
    return instant(Relative("clock", step.within), written, {"clock": SOME_DAY})


def _check_trigger(
    written: Written, procedure: Procedure, step: Step, path: str, notes: Notes
) -> None:
    when = str(step.when)
    if not when or isinstance(step.when, Blank) or step.upon is not None:
        return
    steps = tuple(str(each.id) for each in procedure.steps)
    sections = ("clauses", "events", "procedures", "states", "roles")
    names = [*steps, *(name for s in sections for name in defined(written, s))]
    if not is_measured(when, names):
        loose = ", ".join(vague_words(when))
        notes.complain(
            "L-STEP-TRIGGER",
            path,
            f"expected a trigger that can be measured, got {when!r}"
            + f" ({loose} by what measure?)" * bool(loose),
            "Say how many, how long, or upon which clause.",
        )


def _check_time(step: Step, path: str, notes: Notes) -> None:
    if step.within is None:
        notes.complain(
            "L-STEP-UNTIMED",
            path,
            f"expected a time within which {step.id} is done, got none",
            "Give `within`, such as '24 h elapsed', or TBD while it is open.",
        )


def _check_silence(procedure: Procedure, index: int, path: str, notes: Notes) -> None:
    step = procedure.steps[index]
    if step.within is None or isinstance(step.otherwise, Blank) or step.otherwise:
        return  # without a time there is no moment at which it was not done
    if step.silence is not None:
        return
    after = procedure.steps[index + 1 :]
    if any(_follows_silence(str(each.when), str(step.id)) for each in after):
        return
    if any(_upon_silence(each, str(step.id)) for each in after):
        return
    notes.complain(
        "L-STEP-SILENCE",
        path,
        f"expected what holds where {step.id} is not done, got nothing",
        "Say it in `otherwise`: the next step, a decision deemed taken, who decides.",
    )


def _upon_silence(later: Step, step: str) -> bool:
    upon = later.upon
    return isinstance(upon, Upon) and step in upon.after and upon.how != "done"


_UNDONE: Final = (
    *("not ", "no answer", "no agreement", "silen", "fail", "unresolved", "refus"),
    *("lapse", "without "),
)


def _follows_silence(when: str, step: str) -> bool:
    said = when.casefold()
    return (step in when or "step" in said) and any(word in said for word in _UNDONE)
