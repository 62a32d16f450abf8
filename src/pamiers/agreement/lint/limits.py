"""Do ceilings, floors and bans leave anything that can be kept?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.extent import Lie, lie, lie_of
from pamiers.agreement.lint.parts import bearers, given_verbs, read_in
from pamiers.agreement.lint.timeline import Fixed, Timeline
from pamiers.agreement.values.blank import filled
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import Limit, Matter, Proportion, Provision, Written
from pamiers.core.rows import LEVELS

_ZERO = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one clause says of how many there may be, or must be."""

    clause: str
    verb: str
    path: str
    matter: Matter
    n: float  #: 0 for a ban
    bound: frozenset[str]
    begin: Fixed | None
    end: Fixed | None

    @property
    def caps(self) -> bool:
        """Tell whether it sets a ceiling, if only of nought."""
        return self.verb in {"at_most", "forbid"}


def check_limits(written: Written, notes: Notes) -> None:
    """Complain of ceilings, floors and bans that contradict one another."""
    for clause_path, ratio in _ratios(written):
        _check_ratio(ratio, clause_path, notes)
    for one, two in combinations(_rules(written), 2):
        if _alike(one, two) and _at_once(one, two):
            _check_pair(written, one, two, notes)
    _check_acts(written, notes)
    for index, clause in enumerate(written.clauses):
        _check_standing(clause, f"clauses[{index}]", notes)


def _check_standing(clause: Provision, path: str, notes: Notes) -> None:
    """Complain of a count of what is there that stands until the next, however late."""
    for verb, limit in (("at_most", clause.at_most), ("at_least", clause.at_least)):
        if not isinstance(limit, Limit) or limit.event or clause.deadline:
            continue
        there = (limit.status or "present") in LEVELS
        if there and not (limit.presence_lasts or read_in(clause, "presence_lasts")):
            notes.complain(
                "L-STANDING",
                f"{path}.{verb}",
                f"expected how long a count for {clause.id} holds, got no word: it is "
                "taken to stand until the same counter counts again",
                "Give `presence_lasts`, such as '72 h elapsed', or TBD if it is open.",
            )


def _ratios(written: Written) -> Iterator[tuple[str, Proportion]]:
    for index, clause in enumerate(written.clauses):
        if isinstance(clause.ratio, Proportion):
            yield f"clauses[{index}].ratio", clause.ratio


def _check_ratio(ratio: Proportion, path: str, notes: Notes) -> None:
    least, most = ratio.at_least, ratio.at_most
    if isinstance(least, float) and isinstance(most, float) and least > most:
        _impossible(path, f"at least {least:g} and at most {most:g}", notes)


def _rules(written: Written) -> Iterator[Rule]:
    time = Timeline(written)
    for index, clause in enumerate(written.clauses):
        for verb, matter, n in _amounts(clause):
            yield Rule(
                clause=str(clause.id),
                verb=verb,
                path=f"clauses[{index}].{verb}",
                matter=matter,
                n=n,
                bound=frozenset(bearers(written, clause)),
                begin=time.lay(clause.from_),
                end=time.lay(clause.until),
            )


def _amounts(clause: Provision) -> Iterator[tuple[str, Matter, float]]:
    if len(given_verbs(clause)) != 1 or clause.hours or clause.days:
        return
    for verb, limit in (("at_most", clause.at_most), ("at_least", clause.at_least)):
        if isinstance(limit, Limit) and isinstance(limit.n, Quantity):
            yield verb, limit, limit.n.amount
    ban = clause.forbid
    if isinstance(ban, Matter) and ban.state == "presence" and not clause.unless:
        yield "forbid", ban, 0.0


def _alike(one: Rule, two: Rule) -> bool:
    """Tell whether two rules count the same things of somebody they both bind."""
    a, b = one.matter, two.matter
    return bool(one.bound & two.bound) and _counted(a) == _counted(b)


def _counted(matter: Matter) -> tuple[object, ...]:
    per = str(matter.per) if isinstance(matter, Limit) else "None"
    status = str(matter.status) if isinstance(matter, Limit) else ""
    state = "" if matter.state == "presence" else str(matter.state)
    return (
        frozenset(matter.event),
        frozenset(matter.of),
        frozenset(matter.by),
        state,
        str(matter.where),
        str(matter.near),
        frozenset(matter.not_in),
        per,
        status if status != "present" else "",
    )


def _at_once(one: Rule, two: Rule) -> bool:
    return not (_ends_before(one, two) or _ends_before(two, one))


def _ends_before(one: Rule, two: Rule) -> bool:
    gap = two.begin.later_than(one.end) if two.begin is not None else None
    return gap is not None and gap >= _ZERO


def _check_pair(written: Written, one: Rule, two: Rule, notes: Notes) -> None:
    where = _where(written, one.matter, two.matter)
    if where is Lie.APART:
        return
    if one.caps and two.caps:
        _check_ceilings(one, two, where, notes)
    elif one.caps != two.caps:
        cap, floor = (one, two) if one.caps else (two, one)
        held = where if cap is two else _turned(where)
        if held in {Lie.SAME, Lie.INSIDE} and floor.n > cap.n:
            _impossible(
                floor.path,
                f"at least {floor.n:g} in {floor.clause} and at most {cap.n:g} in "
                f"{cap.clause}",
                notes,
            )


def _turned(found: Lie) -> Lie:
    swapped = {Lie.INSIDE: Lie.AROUND, Lie.AROUND: Lie.INSIDE}
    return swapped.get(found, found)


def _where(written: Written, one: Matter, two: Matter) -> Lie:
    """Return how the grounds of two rules lie to one another."""
    a, b = _zones(one), _zones(two)
    if set(a) == set(b):
        return Lie.SAME
    if not a or not b:
        return Lie.INSIDE if a else Lie.AROUND
    if len(a) > 1 or len(b) > 1:
        return lie_of(written, a, b)
    return lie(written, a[0], b[0])


def _zones(matter: Matter) -> tuple[str, ...]:
    return (*filled(matter.in_), *filled(matter.in_each))


def _check_ceilings(one: Rule, two: Rule, where: Lie, notes: Notes) -> None:
    if where is Lie.ACROSS:
        if one.n != two.n:
            _overlap(one, two, notes)
        return
    inner, outer = (two, one) if where is Lie.AROUND else (one, two)
    contradictory = one.n != two.n if where is Lie.SAME else inner.n > outer.n
    if contradictory:
        notes.complain(
            "L-CEILINGS",
            inner.path,
            f"expected ceilings that fit together, got {inner.n:g} in {inner.clause} "
            f"and {outer.n:g} in {outer.clause}, which counts the same things",
            "Keep the one that is meant, or say that one replaces the other (`until`).",
        )


def _overlap(one: Rule, two: Rule, notes: Notes) -> None:
    notes.complain(
        "L-OVERLAP",
        two.path,
        f"expected zones that nest or lie apart, got {one.clause} ({one.n:g}) and "
        f"{two.clause} ({two.n:g}), which overlap: what stands in both counts twice",
        "Let the bands meet at an edge, or nest one in the other.",
    )


def _impossible(path: str, got: str, notes: Notes) -> None:
    notes.complain(
        "L-IMPOSSIBLE",
        path,
        f"expected bounds that can both be kept, got {got}",
        "Correct one of the figures, or end one before the other begins.",
    )


def _check_acts(written: Written, notes: Notes) -> None:
    """Complain of acts that one clause forbids and another obliges to."""
    time = Timeline(written)
    for index, clause in enumerate(written.clauses):
        ban = clause.forbid if given_verbs(clause) == ("forbid",) else None
        if not isinstance(ban, Matter) or _gives_way(clause):
            continue
        for other in written.clauses:
            duty = next(
                (d for d in (other.oblige, other.maintain, other.every) if d), None
            )
            shared = set(bearers(written, clause)) & set(bearers(written, other))
            same = isinstance(duty, Matter) and _act(ban) == _act(duty)
            if same and shared and not _leaves_time(time, clause, other):
                _impossible(
                    f"clauses[{index}].forbid",
                    f"{clause.id} forbids {', '.join(sorted(shared))} what {other.id} "
                    "obliges to",
                    notes,
                )


def _leaves_time(time: Timeline, ban: Provision, duty: Provision) -> bool:
    """Tell whether what a ban forbids may be done before it begins, or once it ends.

    A text that allows a vote after ten years and demands it within fifteen forbids
    and obliges to the same thing, and can be kept.
    """
    begin, end = time.lay(ban.from_), time.lay(ban.until)
    due = [time.lay(moment) for moment in duty.deadline]
    last = [each.later_than(end) for each in due if each] if end else []
    free = bool(last) and all(gap is not None and gap > _ZERO for gap in last)
    start = time.lay(duty.from_)
    early = begin.later_than(start) if begin else None
    return duty.oblige is not None and (
        free or (early is not None and early > _ZERO) or (end is not None and not due)
    )


def _gives_way(clause: Provision) -> bool:
    """Tell whether a ban leaves cases or hours in which it does not hold."""
    return bool(clause.unless or clause.hours or clause.days)


def _act(matter: Matter) -> tuple[object, ...]:
    return (
        frozenset(matter.event),
        frozenset(matter.of),
        frozenset(matter.by),
        frozenset(_zones(matter)),
        str(matter.state),
        str(matter.where),
        str(matter.near),
        frozenset(matter.not_in),
    )
