"""Do the keys of a procedure fit one another: names, hands, quorums, outcomes?

What can only be seen by running it is asked by `pamiers.procedure.checking`.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.names import circles, defined
from pamiers.agreement.values.blank import filled, known
from pamiers.agreement.written import (
    Appeal,
    Decision,
    Procedure,
    Remedy,
    Role,
    Silence,
    Step,
    Upon,
    Written,
)


def check_keys(written: Written, procedure: Procedure, path: str, notes: Notes) -> None:
    """Complain of keys of a procedure that cannot mean anything together.

    Args:
        written: The agreement.
        procedure: One of its procedures.
        path: Where it stands.
        notes: Takes the complaints.
    """
    steps = [str(each.id) for each in procedure.steps]
    _names(
        procedure.thresholds, defined(written, "clauses"), f"{path}.thresholds", notes
    )
    for index, step in enumerate(procedure.steps):
        here = f"{path}.steps[{index}]"
        upon = known(step.upon)
        if upon is not None:
            _names(filled(upon.after), steps, f"{here}.upon.after", notes)
            _check_upon(procedure, upon, f"{here}.upon", notes)
        _check_silence(step, f"{here}.silence", notes)
        _check_decision(written, step, f"{here}.decision", notes)
    _check_order(procedure, path, notes)
    _check_appeal(procedure, f"{path}.appeal", notes)
    for index, remedy in enumerate(procedure.remedies):
        _check_remedy(remedy, f"{path}.remedies[{index}]", notes)


def _names(
    given: Iterable[str], choices: Iterable[str], path: str, notes: Notes
) -> None:
    among = list(choices)
    for name in given:
        if name not in among:
            near = difflib.get_close_matches(name, among, n=1, cutoff=0.6)
            meant = f"Did you mean {near[0]}? " if near else ""
            notes.complain(
                "L-UNDEFINED",
                path,
                f"expected one of {', '.join(among) or 'none'}, got {name!r}",
                f"{meant}Define it, or use one of these.",
            )


def _check_upon(procedure: Procedure, upon: Upon, path: str, notes: Notes) -> None:
    """Complain of outcomes that the step before can never have."""
    after = filled(upon.after)
    before = next((e for e in procedure.steps if after and e.id == after[-1]), None)
    asked = set(filled(upon.outcome))
    if not asked:
        return
    if before is None:
        _misplaced("outcome", "the step in `after` that it is of", path, notes)
        return
    may = set(_outcomes(before))
    if may and not asked & may:
        notes.complain(
            "L-STEP-OUTCOME",
            f"{path}.outcome",
            f"expected an outcome that {before.id} may have "
            f"({', '.join(sorted(may))}), got {', '.join(sorted(asked))}",
            f"Add it to the outcomes of {before.id}, or wait for one of these.",
        )


def _outcomes(step: Step) -> Iterator[str]:
    yield from filled(step.outcomes)
    silence = known(step.silence)
    if step.outcomes and silence is not None and silence.then == "deemed":
        yield str(silence.outcome)
    if step.outcomes and known(step.decision) is not None:
        yield "rejected"


def _check_silence(step: Step, path: str, notes: Notes) -> None:
    silence = known(step.silence)
    if not isinstance(silence, Silence):
        return
    if silence.then == "passes" and not silence.to:
        _misplaced("then", "`to`, whom it passes to", path, notes)
    if silence.then == "deemed" and not silence.outcome:
        _misplaced("then", "`outcome`, what is deemed", path, notes)
    if step.within is None:
        _misplaced("silence", "`within`: without a time nothing is late", path, notes)


def _misplaced(key: str, wanted: str, path: str, notes: Notes) -> None:
    notes.complain(
        "L-STEP-KEY",
        path,
        f"expected beside `{key}` {wanted}; got none",
        "Add it, or remove the key.",
    )


def _check_decision(written: Written, step: Step, path: str, notes: Notes) -> None:
    decision = known(step.decision)
    if not isinstance(decision, Decision):
        return
    for rule, key in (("chair", decision.chair), ("arbitration", decision.arbiter)):
        if decision.rule == rule and not key:
            _misplaced("rule", "who it is that decides", path, notes)
    for tie, key in (("chair", decision.chair), ("arbiter", decision.arbiter)):
        if decision.tie == tie and not key:
            _misplaced("tie", f"`{tie}`", path, notes)
    voters = _voters(written, filled(decision.among) or filled(step.by))
    quorum = known(decision.quorum)
    if quorum and quorum > len(voters):
        notes.complain(
            "L-STEP-QUORUM",
            f"{path}.quorum",
            f"expected at most {len(voters)}, as many as may vote, got {quorum:g}",
            "Lower the quorum, or name more members.",
        )


def _voters(written: Written, names: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        role = written.roles.get(name)
        found.extend((isinstance(role, Role) and filled(role.members)) or (name,))
    return tuple(dict.fromkeys(found))


def _check_order(procedure: Procedure, path: str, notes: Notes) -> None:
    """Complain of steps that wait for one another."""
    graph: Mapping[str, tuple[str, ...]] = {
        str(step.id): filled(upon.after)
        for step in procedure.steps
        if (upon := known(step.upon)) is not None
    }
    whole = {
        name: tuple(n for n in after if n in graph) for name, after in graph.items()
    }
    for circle in circles(whole):
        notes.complain(
            "L-CIRCULAR",
            f"{path}.steps",
            f"expected an order, got a circle: {' -> '.join((*circle, circle[0]))}",
            "Let one of them open without the others.",
        )


def _check_appeal(procedure: Procedure, path: str, notes: Notes) -> None:
    appeal = known(procedure.appeal)
    if not isinstance(appeal, Appeal):
        return
    deciding = {
        name
        for step in procedure.steps
        if known(step.act) in {"decide", "rule"} or known(step.decision) is not None
        for name in filled(step.by)
    }
    same = sorted(deciding & set(filled(appeal.to)))
    if same:
        notes.complain(
            "L-SAME-HANDS",
            f"{path}.to",
            f"expected another body than decided, got {', '.join(same)}",
            "Let somebody hear the appeal who did not decide.",
        )


def _check_remedy(remedy: Remedy, path: str, notes: Notes) -> None:
    both = sorted(set(filled(remedy.done_by)) & set(filled(remedy.verified_by)))
    if both:
        notes.complain(
            "L-SAME-HANDS",
            f"{path}.verified_by",
            f"expected another than who does it, got {', '.join(both)}",
            "Let somebody else verify it.",
        )
    if not remedy.verified_by:
        notes.complain(
            "L-REMEDY-OPEN",
            path,
            f"expected who verifies {remedy.id}, got nobody",
            "Name who verifies that it was done, in `verified_by`.",
        )
