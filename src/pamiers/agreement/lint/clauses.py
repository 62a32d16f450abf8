"""Can each clause be judged, is it watched, and does anything follow a breach?"""

from math import prod
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.written import (
    Drawn,
    Matter,
    Option,
    Provision,
    Question,
    Watch,
    Within,
    Written,
)

MAX_READINGS: Final = 64


def check_clauses(written: Written, notes: Notes) -> None:
    """Complain of missing criteria of violation, zones, means and procedures."""
    if not written.clauses:
        notes.complain(
            "L-NO-CLAUSES",
            "clauses",
            "expected criteria of violation, got no clause",
            "Add a clause for each commitment: forbid or oblige, of whom, from when.",
        )
    _check_ground(written, notes)
    _check_detection(written, notes)
    for index, clause in enumerate(written.clauses):
        path = f"clauses[{index}]"
        _check_matter(clause, path, notes)
        _check_readings(clause, path, notes)
        _check_exemptions(clause, path, notes)
        _check_watched(written, clause, path, notes)
        if not isinstance(clause.on_breach, Blank) and not clause.on_breach:
            notes.complain(
                "L-NO-PROCEDURE",
                path,
                f"expected a procedure upon breach of {clause.id}, got none",
                "Name one in `on_breach`, or have the parties agree one.",
            )


def _check_ground(written: Written, notes: Notes) -> None:
    drawn = [*written.zones.values(), *written.lines.values()]
    if not any(isinstance(each, Drawn) for each in drawn):
        notes.complain(
            "L-NO-ZONE",
            "zones" if written.zones else "lines" if written.lines else "zones",
            "expected a zone or line to hold events against, got none drawn",
            "Draw at least the area in which the agreement holds.",
        )


def _check_detection(written: Written, notes: Notes) -> None:
    without = [
        name
        for name, means in written.monitoring.items()
        if isinstance(means, Watch) and means.detection is None
    ]
    if without:
        notes.complain(
            "L-NO-DETECTION",
            "monitoring",
            f"expected a probability of detection on someone's word, got none for "
            f"{', '.join(without)}",
            "State one with author, date and source; until then KEPT has none.",
        )


def matter(clause: Provision) -> Matter | None:
    """Return what a clause forbids or obliges; None unless exactly one is given."""
    given = [each for each in (clause.forbid, clause.oblige) if each is not None]
    found = given[0] if len(given) == 1 else None
    return None if isinstance(found, Blank) else found


def _check_matter(clause: Provision, path: str, notes: Notes) -> None:
    found = matter(clause)
    if found is None:
        if not isinstance(clause.forbid, Blank) and not isinstance(
            clause.oblige, Blank
        ):
            _no_trigger(path, "either forbid or oblige, got both or none", notes)
        return
    here = f"{path}.{'forbid' if clause.forbid is not None else 'oblige'}"
    if bool(found.event) == bool(found.state):
        _no_trigger(here, "either an event or a state, got both or none", notes)
    if clause.forbid is not None and clause.deadline:
        _misplaced(f"{path}.deadline", "no deadline for what is forbidden", notes)
    if isinstance(clause.lasting, Duration) and not (clause.upon or clause.requires):
        notes.complain(
            "L-ANCHOR",
            f"{path}.within",
            f"expected what {clause.lasting} runs from, got nothing",
            "Write `D + 14 d` with an anchor, or name clauses in `upon`.",
        )


def _no_trigger(path: str, expected: str, notes: Notes) -> None:
    notes.complain(
        "L-NO-TRIGGER",
        path,
        f"expected something to measure: {expected}",
        "Say which kind of event must not happen, or which state must not be.",
    )


def _misplaced(path: str, expected: str, notes: Notes) -> None:
    remedy = "Use `from`: it is forbidden from then on."
    notes.complain("F-SCHEMA-VALUE", path, f"expected {expected}", remedy)


def _check_readings(clause: Provision, path: str, notes: Notes) -> None:
    questions = [each for each in clause.readings if isinstance(each, Question)]
    for index, question in enumerate(questions):
        if len(question.options) < 2:  # noqa: PLR2004 - one answer is no question
            _unread(
                f"{path}.readings[{index}]",
                f"at least two options, got {len(question.options)}",
                notes,
            )
    if prod(max(1, len(each.options)) for each in questions) > MAX_READINGS:
        _unread(f"{path}.readings", f"at most {MAX_READINGS} combinations", notes)
    found = matter(clause)
    if found is not None and isinstance(found.within, Within):
        _check_distance(found.within, questions, path, notes)


def _check_distance(
    within: Within, questions: list[Question], path: str, notes: Notes
) -> None:
    given = any(
        all(isinstance(o, Option) and o.distance for o in q.options.values())
        for q in questions
    )
    if within.distance is None and not given:
        _unread(path, "a distance, in `within` or in every option", notes)


def _unread(path: str, expected: str, notes: Notes) -> None:
    remedy = "Complete the readings: each must be a whole clause."
    notes.complain("L-READINGS", path, f"expected {expected}", remedy)


def _check_exemptions(clause: Provision, path: str, notes: Notes) -> None:
    ranks = [known(each.priority) for each in clause.unless]
    if len(ranks) > len(set(ranks)):
        notes.complain(
            "L-EXCEPTIONS",
            f"{path}.unless",
            "expected a priority of its own for each exemption, got two alike",
            "Number them with `priority`; the lower is named first.",
        )


def watchers(written: Written, clause: Provision) -> tuple[str, ...]:
    """Return the means that watch a clause, named on either side."""
    named = filled(clause.watched_by)
    others = [
        name
        for name, means in written.monitoring.items()
        if isinstance(means, Watch) and clause.id in means.watches
    ]
    return (*named, *(name for name in others if name not in named))


def _check_watched(
    written: Written, clause: Provision, path: str, notes: Notes
) -> None:
    blank = any(isinstance(each, Blank) for each in clause.watched_by)
    if not watchers(written, clause) and not blank:
        notes.complain(
            "L-UNWATCHED",
            path,
            f"expected a means that watches {clause.id}, got none",
            "Name one in `watched_by`; until then the verdict is UNOBSERVED.",
        )
