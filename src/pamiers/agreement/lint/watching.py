"""Is each clause watched, by means that can notice, whom somebody has tasked?"""

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.clauses import watchers
from pamiers.agreement.lint.parts import WATCHING, matters, tasked
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.written import Provision, Role, Watch, Written
from pamiers.core.kind import is_a


def check_watching(written: Written, notes: Notes) -> None:
    """Complain of clauses that nobody can see, or is asked to look at."""
    _check_detection(written, notes)
    for index, clause in enumerate(written.clauses):
        path = f"clauses[{index}]"
        _check_verifiers(written, clause, path, notes)
        blank = any(isinstance(each, Blank) for each in clause.watched_by)
        names = watchers(written, clause)
        means = [written.monitoring.get(name) for name in names]
        found = [each for each in means if isinstance(each, Watch)]
        if not names and not blank:
            _unwatched(clause, path, notes)
        elif found and not blank:
            _check_sight(clause, found, path, notes)
            _check_task(written, clause, found, path, notes)


def _check_verifiers(
    written: Written, clause: Provision, path: str, notes: Notes
) -> None:
    for name in filled(clause.verified_by):
        role = written.roles.get(name)
        if isinstance(role, Role) and not tasked(role, WATCHING):
            notes.complain(
                "L-UNTASKED",
                f"{path}.verified_by",
                f"expected someone tasked to verify {clause.id}, got {name}, whom no "
                "text tasks with it",
                "Give the role a task: verify, inspect or observe.",
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


def _unwatched(clause: Provision, path: str, notes: Notes) -> None:
    notes.complain(
        "L-UNWATCHED",
        path,
        f"expected a means that watches {clause.id}, got none",
        "Name one in `watched_by`; until then the verdict is UNOBSERVED.",
    )


def _check_sight(
    clause: Provision, means: list[Watch], path: str, notes: Notes
) -> None:
    looked_for = {kind for _, m in matters(clause, path) for kind in filled(m.event)}
    seen = {kind for each in means for kind in filled(each.kinds)}
    sees_all = any(not each.kinds for each in means)
    if sees_all or not looked_for:
        return
    if not any(is_a(a, b) or is_a(b, a) for a in looked_for for b in seen):
        notes.complain(
            "L-BLIND",
            f"{path}.watched_by" if clause.watched_by else path,
            f"expected means that notice {', '.join(sorted(looked_for))}, got "
            f"some that notice {', '.join(sorted(seen))}",
            "Add a means that can notice it, or its kind to `kinds` of one.",
        )


def _check_task(
    written: Written, clause: Provision, means: list[Watch], path: str, notes: Notes
) -> None:
    if any(_is_tasked(written, each) for each in means):
        return
    names = ", ".join(dict.fromkeys(str(each.by) for each in means))
    notes.complain(
        "L-UNTASKED",
        f"{path}.watched_by" if clause.watched_by else path,
        f"expected someone tasked to observe {clause.id}, got {names}, whom no text "
        "tasks with it",
        "Give the role that operates the means a task: observe, verify or inspect.",
    )


def _is_tasked(written: Written, means: Watch) -> bool:
    if means.by not in {*written.roles, *written.actors}:
        return True  # a blank, or named as undefined already
    offices = [
        role
        for name, role in written.roles.items()
        if isinstance(role, Role)
        and (name == means.by or means.by in (*role.held_by, *role.members))
    ]
    return any(tasked(role, WATCHING) for role in offices)
