"""Has each clause one verb, and has the verb all that it needs to be judged?"""

from collections.abc import Callable
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.clause_forms import UNSTATED
from pamiers.agreement.lint.parts import (
    changed,
    given_verbs,
    matters,
    occasion,
    read_in,
)
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import (
    Announced,
    Limit,
    Matter,
    Periodic,
    Proportion,
    Provision,
    Written,
)
from pamiers.core.rows import LEVELS

#: verbs for which a time to be done by means nothing
_STANDING: Final = ("forbid", "at_most", "ratio", "notify", "maintain", "formula")

#: verbs that judge one thing after another, each of which may have been while ...
_INSTANCES: Final = ("forbid", "at_most", "notify")

#: verbs of what holds from one instant to the next, and so at some hours only
_HOURLY: Final = ("forbid", "at_most", "notify", "maintain")


def check_verbs(written: Written, notes: Notes) -> None:
    """Complain of clauses that cannot be measured, and say what is missing."""
    if not written.clauses:
        notes.complain(
            "L-NO-CLAUSES",
            "clauses",
            "expected criteria of violation, got no clause",
            "Add a clause for each commitment: forbid or oblige, of whom, from when.",
        )
    for index, clause in enumerate(written.clauses):
        path = f"clauses[{index}]"
        verbs = given_verbs(clause)
        if len(verbs) != 1:
            _one_verb(clause, verbs, path, notes)
            continue
        _check_matters(clause, path, notes)
        _check_misplaced(clause, verbs[0], path, notes)
        _check_heeded(clause, verbs[0], path, notes)
        _check_hours(clause, verbs[0], path, notes)
        check = _NEEDS.get(verbs[0])
        if check is not None:
            check(clause, f"{path}.{verbs[0]}", notes)


def _one_verb(
    clause: Provision, verbs: tuple[str, ...], path: str, notes: Notes
) -> None:
    notes.complain(
        "L-VERB",
        path,
        f"expected one verb in {clause.id}, got {' and '.join(verbs) or 'none'}",
        "Say one thing a clause: forbid, oblige, at_most, at_least, ratio, notify, "
        "maintain or every.",
    )


def _check_matters(clause: Provision, path: str, notes: Notes) -> None:
    for here, matter in matters(clause, path):
        counted = isinstance(matter, Limit)
        if matter.event and matter.state:
            _no_trigger(here, "either an event or a state, got both", notes)
        elif not (matter.event or matter.state or (counted and _countable(matter))):
            _no_trigger(here, "an event or a state, got neither", notes)
        _check_near(clause, matter, here, notes)
    wanted = "state" if clause.maintain is not None else "event"
    for here, matter in matters(clause, path):
        lone = isinstance(matter, Announced | Periodic) or clause.maintain is matter
        if lone and (matter.event or matter.state) and not getattr(matter, wanted):
            _no_trigger(here, f"{wanted} of this verb, got the other", notes)


def _countable(matter: Matter) -> bool:
    n = getattr(matter, "n", None)
    counted = not isinstance(n, Blank) and n is not None and n.dimension != "items"
    return bool(matter.of or counted or matter.where)


def _no_trigger(path: str, expected: str, notes: Notes) -> None:
    notes.complain(
        "L-NO-TRIGGER",
        path,
        f"expected something to measure: {expected}",
        "Say which kind of event must not happen, or which state must not be.",
    )


def _check_near(clause: Provision, matter: Matter, path: str, notes: Notes) -> None:
    near = matter.near
    if near is None or isinstance(near, Blank):
        return
    read = read_in(clause, "distance") or read_in(clause, "width")
    if near.distance is not None and near.width is not None:
        notes.complain(
            "L-WIDTH",
            f"{path}.near",
            "expected a distance on each side or a width between them, got both",
            "Keep the one the text has; a rival reading belongs in `readings`.",
        )
    elif near.distance is None and near.width is None and not read:
        notes.complain(
            "L-READINGS",
            path,
            "expected a distance, in `near` or in every option of `readings`",
            "Give `distance` or `width`, or TBD while it is open; a text that says "
            "only *from the line* asks for an act: `oblige` an event of your own.",
        )


def _check_misplaced(clause: Provision, verb: str, path: str, notes: Notes) -> None:
    standing = verb in _STANDING
    for here, each in changed(clause, path) if standing else ():
        if each.deadline and verb != "ratio":
            remedy = "Use `from`: it holds from then on."
            _misplaced(f"{here}.deadline", verb, remedy, notes)
        if each.lasting is not None:
            remedy = (
                "Only a duty has a time to be done within; use `until`, and for a "
                "distance `near: {of: LINE, distance: 5 km}`."
            )
            _misplaced(f"{here}.within", verb, remedy, notes)
    if verb == "every" and clause.deadline:
        remedy = "Use `first` for the first time, and `until` for the last."
        _misplaced(f"{path}.deadline", verb, remedy, notes)
    _check_by_then(clause, verb, path, notes)
    _check_instances(clause, verb, path, notes)
    if clause.same and occasion(clause) is None:
        remedy = "Add `upon`, or leave out what act and trigger share."
        _misplaced(f"{path}.same", verb, remedy, notes)
    state = next((m.state for _, m in matters(clause, path)), "")
    if verb == "forbid" and state == "absence":
        notes.complain(
            "L-DOUBLE-NO",
            f"{path}.forbid.state",
            "expected a ban that reads in one way, got a ban on absence",
            "Write `maintain: {state: presence, ...}`: it has to be there.",
        )


def _check_instances(clause: Provision, verb: str, path: str, notes: Notes) -> None:
    """Complain of what is asked of single acts where none is judged by itself."""
    if clause.while_ and not (verb in _INSTANCES and _asked(clause, verb)):
        remedy = (
            "Only what happens, is announced or is counted is asked what was so "
            "meanwhile: use `from` and `until` of an anchor, or another verb."
        )
        _misplaced(f"{path}.while", verb, remedy, notes)
    ban = clause.forbid if isinstance(clause.forbid, Matter) else Matter()
    if ban.not_by and not ban.event:
        remedy = (
            "A state is nobody's act: name the kind of event, such as "
            "`event: person_presence`, and who may in `not_by`."
        )
        _misplaced(f"{path}.forbid.not_by", "state", remedy, notes)


def _check_heeded(clause: Provision, verb: str, path: str, notes: Notes) -> None:
    """Complain of an exemption where nothing is asked whether it is exempt."""
    if clause.unless and not _asked(clause, verb):
        notes.complain(
            "L-UNHEEDED",
            f"{path}.unless",
            "expected an exemption of what is forbidden, announced or limited, got one "
            f"beside `{verb}`: it is told, and {clause.id} is judged as if it were not",
            "Let the clause pause by `suspended` or a suspension on record, or end by "
            "`until`; else say it in `note`, and read each breach beside it.",
        )


def _asked(clause: Provision, verb: str) -> bool:
    """Tell whether each thing that a verb judges is asked whether it is exempt."""
    named = {str(matter.state) for _, matter in matters(clause, "")}
    if named - {"", "presence", "absence"}:
        return False
    if verb in {"oblige", "maintain"}:
        return named == {"absence"} and occasion(clause) is None
    limit = clause.at_most if clause.at_most is not None else clause.at_least
    if isinstance(limit, Limit) and not limit.event:
        return verb == "at_most" and (limit.status or "present") in LEVELS
    return verb in {"forbid", "at_most", "at_least", "notify"}


def _check_by_then(clause: Provision, verb: str, path: str, notes: Notes) -> None:
    if verb == "ratio" and len(clause.deadline) > 1:
        remedy = "A ratio holds from one deadline on; keep the one that is meant."
        _misplaced(f"{path}.deadline", verb, remedy, notes)
    if clause.alongside and verb not in {"oblige", "at_least"}:
        remedy = "Only what is done by a time keeps step; leave it out."
        _misplaced(f"{path}.alongside", verb, remedy, notes)


def _check_hours(clause: Provision, verb: str, path: str, notes: Notes) -> None:
    limit = clause.at_most if clause.at_most is not None else clause.at_least
    flows = isinstance(limit, Limit) and (limit.status or "present") not in LEVELS
    floor = isinstance(limit, Limit) and not (limit.event or clause.deadline)
    if not flows and (verb in _HOURLY or (verb == "at_least" and floor)):
        return
    remedy = (
        "Only what is forbidden, counted, announced or kept up has hours of the day; a "
        "duty has a `deadline`, or `within` of what it is owed upon."
    )
    for here, each in changed(clause, path):
        for key in ("hours", "days"):
            if getattr(each, key):
                _misplaced(f"{here}.{key}", verb, remedy, notes)


def _misplaced(path: str, verb: str, remedy: str, notes: Notes) -> None:
    key = path.rpartition(".")[2]
    message = f"expected no `{key}` here, got one beside `{verb}`"
    notes.complain("L-MISPLACED", path, message, remedy)


def _check_limit(clause: Provision, path: str, notes: Notes) -> None:
    limit = clause.at_most if clause.at_most is not None else clause.at_least
    if not isinstance(limit, Limit):
        return
    if limit.n is None and not read_in(clause, "n"):
        notes.complain(
            "L-NO-NUMBER",
            path,
            "expected how many, got no number",
            "Give `n`, here or in every option of one question.",
        )
    _check_about(limit, path, notes)
    ended = clause.deadline or clause.until or read_in(clause, "per")
    if limit.event and limit.per is None and not ended:
        notes.complain(
            "L-NO-WINDOW",
            path,
            "expected over what time events are counted, got none",
            "Give `per`: '24 h' slides, 'calendar month' counts each anew; or an end.",
        )


def _check_about(limit: Limit, path: str, notes: Notes) -> None:
    about = isinstance(limit.n, Quantity) and limit.n.about
    if about and not limit.tolerance:
        notes.complain(
            "L-ABOUT",
            f"{path}.n",
            f"expected how far off {limit.n} may be, got no tolerance",
            "Give those that are argued for, such as `tolerance: [5 %, 10 %]`: each is "
            "judged side by side. No figure is taken for exact that the text does not.",
        )
    if len(set(limit.tolerance)) < len(limit.tolerance):
        notes.complain(
            "L-READINGS",
            f"{path}.tolerance",
            "expected each tolerance once, got one again",
            "Keep one of the two: each is a reading of its own.",
        )
    if limit.tolerance and isinstance(limit.n, Quantity) and not about:
        notes.complain(
            "L-MISPLACED",
            f"{path}.tolerance",
            f"expected a figure that is about so many, got {limit.n}",
            f"Write `n: about {limit.n}` if the text does, or leave `tolerance` out.",
        )


def _check_ratio(clause: Provision, path: str, notes: Notes) -> None:
    ratio = clause.ratio
    if not isinstance(ratio, Proportion):
        return
    if ratio.at_most is None and ratio.at_least is None:
        notes.complain(
            "L-NO-RATIO",
            path,
            "expected how much of one for each of the other, got no bound",
            "Give `at_most` or `at_least`.",
        )


def _check_notice(clause: Provision, path: str, notes: Notes) -> None:
    announced = clause.notify
    if not isinstance(announced, Announced):
        return
    if announced.before is None and not read_in(clause, "before"):
        notes.complain(
            "L-NO-NOTICE",
            path,
            "expected how long before it has to be announced, got none",
            "Give `before`, such as '48 h', here or in every option of one question.",
        )


def _check_periodic(clause: Provision, path: str, notes: Notes) -> None:
    periodic = clause.every
    if not isinstance(periodic, Periodic):
        return
    if periodic.period is None and not read_in(clause, "period"):
        notes.complain(
            "L-NO-PERIOD",
            path,
            "expected how often, got no period",
            "Give `period`, such as '15 d' or 'calendar month'; `unstated` where the "
            "text does not say.",
        )
    read = changed(clause, path.rpartition(".")[0])
    for here, each in ((path, periodic), *read):
        if getattr(each, "period", None) != UNSTATED:
            continue
        notes.complain(
            "L-VAGUE-TIME",
            f"{here}.period",
            f"expected how often {clause.id} has to be done, got a text that does not "
            "say: it is never late, and never found kept",
            "Have the parties say how often; until then what is done is told.",
        )


_NEEDS: Final[dict[str, Callable[[Provision, str, Notes], None]]] = {
    "at_most": _check_limit,
    "at_least": _check_limit,
    "ratio": _check_ratio,
    "notify": _check_notice,
    "every": _check_periodic,
}
