"""What an exception takes out of a clause, and what it might.

An exception has filters (only these actors, kinds, classes, zones, under this
condition, for this time) and may ask for something that only a record can show: an
announcement, an approval, an order, a procedure tried in vain, an event answered.
Whoever invokes it owes that record. A statement `exemption:<id>` that covers the
incident's time stands for all of it. Silence does not: an exception that nobody has
invoked does not apply, nor does one for certain actors to what nobody is named for.

The word of somebody with an interest takes nothing out: what a party invokes for
itself, or what only its own paper tells of, leaves the instance open. One whom the
clause makes competent to approve settles it by its own word.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Agreement, Clause, Exemption, InZones
from pamiers.compliance.evidence.ground import Site
from pamiers.compliance.evidence.happenings import (
    NO,
    OPEN,
    YES,
    Bounds,
    Happening,
    all_named,
    satisfies,
    summed,
)
from pamiers.compliance.evidence.meanwhile import not_so, so
from pamiers.compliance.evidence.notices import Asked, announced
from pamiers.compliance.evidence.papers import Paper, about
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.evidence.weaponry import belongs, kinds_named
from pamiers.core.instant import Interval
from pamiers.core.kind import is_a

Span = tuple[datetime, datetime]  #: first and last instant at which it may have been


@dataclass(frozen=True, slots=True)
class Excused:
    """Bounds on the probability that something is exempt, and under what."""

    bounds: Bounds
    under: str | None = None  #: exemption that surely takes it out, by priority


def excused(row: Happening, clause: Clause, register: Register) -> Excused:
    """Return whether the exceptions of a clause take something out of it.

    Args:
        row: What happened.
        clause: Its exceptions, in any order.
        register: What is on record.

    Returns:
        The likeliest of them; `under` names the first by priority that is sure.
    """
    ordered = sorted(clause.unless, key=lambda one: (one.priority, one.id))
    found = [(one, _applies(one, row, clause, register)) for one in ordered]
    limits = clause.thresholds or register.agreement.thresholds
    sure = next((one.id for one, b in found if b[0] >= limits.breached), None)
    low = max((bounds[0] for _, bounds in found), default=0.0)
    return Excused((low, max((b[1] for _, b in found), default=0.0)), sure)


def left_by(
    row: Happening, clause: Clause, register: Register
) -> tuple[Happening, str | None]:
    """Return what the exceptions of a clause leave of something, whoever did it.

    Args:
        row: What happened.
        clause: Its exceptions, in any order.
        register: What is on record.

    Returns:
        The same, less surely; and the exception that surely takes it out, whoever did
        it. What is surely taken out of what one may have done is nothing of his.
    """
    each = row.alternatives()
    out = [excused(one, clause, register) for one in each]
    pairs = list(zip(each, out, strict=True))
    unders = [told.under for one, told in pairs if one.high > 0.0 or not row.shares]
    if unders and None not in unders:
        return row, unders[0]
    return row.joined([one.but(_not(told)) for one, told in pairs]), None


def _not(out: Excused) -> Bounds:
    """Return bounds on the probability that something is not exempt."""
    if out.under is not None:
        return NO
    return 1.0 - out.bounds[1], 1.0 - out.bounds[0]


def _applies(
    one: Exemption, row: Happening, clause: Clause, register: Register
) -> Bounds:
    filters = list(_filters(one, row, register))
    asked = [part(one, row, clause, register) for part in _asked(one)]
    if not filters and not asked:
        asked = [NO]
    invoked = _invoked(one, row, register)
    if asked:
        shown = _all(asked)
        filters.append((max(shown[0], invoked[0]), max(shown[1], invoked[1])))
    return _within_number(one, row, _all(filters))


def _all(parts: Iterable[Bounds]) -> Bounds:
    lows, highs = zip(*parts, strict=True)
    return min(lows), min(highs)


def _any(parts: Iterable[Bounds]) -> Bounds:
    lows, highs = zip(*parts, strict=True)
    return max(lows), max(highs)


def _within_number(one: Exemption, row: Happening, bounds: Bounds) -> Bounds:
    """Return bounds cut by how many at once an exception lets through."""
    if one.up_to is None:
        return bounds
    if row.least > one.up_to:
        return NO
    over = row.most is None or row.most > one.up_to
    return (0.0, bounds[1]) if over else bounds


def _filters(one: Exemption, row: Happening, register: Register) -> Iterator[Bounds]:
    if one.by:
        theirs = register.agreement.meant_by(one.by)
        yield YES if row.actor is not None and row.actor in theirs else NO
    if one.kinds:
        yield _of_kinds(row.kind, one.kinds)
    if one.classes:
        classes = [register.agreement.classes[name] for name in one.classes]
        yield belongs(
            row.weapons,
            row.calibre_mm,
            classes,
            known=row.known,
            kinds=kinds_named(register.agreement.classes.values()),
        )
    if one.zones:
        site = Site(InZones(one.zones), None)
        yield register.ground.holds(site, row.place, row.region, row.actor)
    if one.condition is not None:
        yield satisfies(one.condition, row.known)
    yield from (so(state, row, register) for state in one.during)
    if one.lacking:
        yield _any(not_so(state, row, register) for state in one.lacking)
    if one.from_ is not None or one.until is not None:
        yield _in_term(one, row)


def _of_kinds(kind: str, kinds: Sequence[str]) -> Bounds:
    named = [each if ":" in each else f"event:{each}" for each in kinds]
    if kind in named or any(is_a(kind, each) for each in kinds):
        return YES
    return OPEN if any(is_a(each, kind) for each in kinds) else NO


def _in_term(one: Exemption, row: Happening) -> Bounds:
    """An exception whose beginning has not come, or is not known, does not apply."""
    if one.from_ is not None and one.from_at is None:
        return NO
    early = one.from_at is not None and row.latest < one.from_at
    late = one.until_at is not None and row.earliest >= one.until_at
    if early or late:
        return NO
    begun = one.from_at is None or one.from_at <= row.earliest
    lasts = one.until_at is None or row.latest < one.until_at
    return YES if begun and lasts else OPEN


_Part = Callable[[Exemption, Happening, Clause, Register], Bounds]


def _asked(one: Exemption) -> list[_Part]:
    """Return what an exception asks for that only a record can show."""
    parts: list[tuple[bool, _Part]] = [
        (one.notified_s is not None, _notified),
        (bool(one.approved_by), _approved),
        (one.ordered_by is not None, _ordered),
        (one.after_tried is not None, _tried),
        (bool(one.in_answer_to), _answered),
    ]
    return [part for wanted, part in parts if wanted]


def _notified(one: Exemption, row: Happening, _: Clause, register: Register) -> Bounds:
    asked = Asked(
        before=one.notice,
        to=one.notified_to,
        matching=one.matching,
    )
    told = announced(row, asked, register)
    return NO if told.overrun_s > 0.0 else told.bounds


def _approved(one: Exemption, row: Happening, _: Clause, register: Register) -> Bounds:
    """With the approval of each who is named; of a body, its own or all members'."""
    by = register.agreement.meant_by(one.approved_by)
    papers = [
        each
        for each in about(register.papers, "approval")
        if each.about in {None, one.id} and each.is_of(row.kind)
    ]

    def approved(whose: frozenset[str]) -> Bounds:
        theirs = [each for each in papers if each.is_by(whose)]
        return _standing(theirs, row, competent=by, to=register.agreement)

    ways = [register.agreement.ways_to_act(name) for name in one.approved_by]
    return _all([_any(_all(map(approved, way)) for way in each) for each in ways])


def _ordered(
    one: Exemption, row: Happening, clause: Clause, register: Register
) -> Bounds:
    """An order in force; one without an end stands until what it answers is over."""
    since = _answered_in(one, row, clause, register)
    orders = about(register.papers, "order", one.id)
    if since is None:
        return _standing(orders, row)
    sure = _standing([each for each in orders if each.start >= since[1]], row)
    perhaps = _standing([each for each in orders if each.start >= since[0]], row)
    return sure[0], perhaps[1]


def _invoked(one: Exemption, row: Happening, register: Register) -> Bounds:
    """Whether it is on record that it applies; by a party's own word it only may."""
    agreement = register.agreement
    parties = agreement.meant_by(agreement.party_ids)
    papers = about(register.papers, "exemption", one.id)
    found = [(each, _standing([each], row)) for each in papers]
    bounds = [(low * (each.actor not in parties), high) for each, (low, high) in found]
    return max(bounds, default=NO)


def _standing(
    papers: Sequence[Paper],
    row: Happening,
    *,
    competent: frozenset[str] = frozenset(),
    to: Agreement | None = None,
) -> Bounds:
    """Return whether one of some papers was in force, for whoever did it.

    Given an agreement, only for him to whom it was given, his party or his office.
    """
    best = NO
    for each in papers:
        named = each.to if to else None
        if to and named and row.actor and not to.are_one(named, row.actor):
            continue
        if each.covers(row.start, row.end) or _stands(each, row):
            whose = named is None or row.actor is not None
            best = max(best, YES if whose and each.decides(competent) else OPEN)
        elif each.touches(row.start, row.end):
            best = max(best, OPEN)
    return best


def _stands(paper: Paper, row: Happening) -> bool:
    """Tell whether an order of one instant stands for what follows it."""
    instant = paper.end is not None and paper.end - paper.start <= _INSTANT
    return paper.form == "order" and instant and paper.start <= row.earliest


def _tried(
    one: Exemption, row: Happening, clause: Clause, register: Register
) -> Bounds:
    """A procedure tried in vain before, by whoever did it, within one episode."""
    best = NO
    since = _answered_in(one, row, clause, register)
    for each in about(register.papers, "tried", one.after_tried):
        when = _came_before((each.start, each.start), row, clause)
        if since is not None:
            when = _between(each.start, since, row)
        if row.actor is None or each.actor is None:
            best = max(best, (0.0, when[1]))
        elif register.agreement.are_one(row.actor, each.actor):
            best = max(best, (when[0] if each.decides() else 0.0, when[1]))
    return best


def _between(at: datetime, since: Span, row: Happening) -> Bounds:
    """Whether something came after what it answers, and before the answer in kind."""
    first, last = row.begins
    low, high = since[1] <= at <= first, since[0] <= at <= last
    return float(low), float(high)


def _answered(
    one: Exemption, row: Happening, clause: Clause, register: Register
) -> Bounds:
    """An event by another that came first, within one episode."""
    best = NO
    for each in _just_before(row, one.in_answer_to, clause, register):
        low, high = _came_before(each.ends, row, clause)
        sure, perhaps = _of_another(each, row, register.agreement)
        if each.interested:
            low = 0.0
        if perhaps > 0.0:
            best = max(best, (sure * low, perhaps * high))
    return best


def _of_another(each: Happening, row: Happening, agreement: Agreement) -> Bounds:
    """Return how surely one thing happened, and was done by another than a second.

    A party and its army are one. What names others as those hit was not done to who
    answers; one of whom it names nobody may have been.
    """
    if _hit_others(each, row, agreement):
        return NO
    named = [one for one in each.alternatives() if one.actor and row.actor]
    same = [one for one in named if agreement.are_one(str(one.actor), str(row.actor))]
    others = [one for one in named if one not in same]
    perhaps = (one.high for one in each.alternatives() if one not in same)
    return summed(one.low for one in others), summed(perhaps)


def _hit_others(each: Happening, row: Happening, agreement: Agreement) -> bool:
    """Tell whether it names whom it hit, all known, and who answers is none of them."""
    if each.to is None or row.actor is None:
        return False
    hit, known = all_named(each.to), set(agreement.names)
    own = any(agreement.are_one(one, row.actor) for one in hit)
    return hit <= known and not own


def _answered_in(
    one: Exemption, row: Happening, clause: Clause, register: Register
) -> Span | None:
    """Return when what something answers began, perhaps and surely; None: not asked.

    What was tried or ordered before it was not for it.
    """
    if not one.in_answer_to:
        return None
    began = [
        each.earliest
        for each in _just_before(row, one.in_answer_to, clause, register)
        if _came_before(each.ends, row, clause) != NO
        and _of_another(each, row, register.agreement)[1] > 0.0
    ]
    none = row.earliest
    return min(began, default=none), max(began, default=none)


def _just_before(
    row: Happening, kinds: Sequence[str], clause: Clause, register: Register
) -> Iterator[Happening]:
    """Yield others of some kinds that may have come first, within one episode."""
    since = row.start - timedelta(seconds=clause.gap_s)
    for each in register.happenings:
        if each.start > row.end:
            return
        other = each.end >= since and each.key != row.key
        if other and _of_kinds(each.kind, kinds) == YES:
            yield each


def _came_before(span: Span, row: Happening, clause: Clause) -> Bounds:
    """Whether something of an instant in a span came first, within one episode."""
    gap = timedelta(seconds=clause.gap_s)
    first, last = row.begins
    sure = last - gap <= span[0] and span[1] <= first
    return float(sure), float(first - gap <= span[1] and span[0] <= last)


_INSTANT: Final = timedelta(minutes=1)
#: records that invoke an exception over a time
INVOKING: Final = ("exemption", "order", "approval", "notice")


def may_cover(clause: Clause, register: Register, period: Interval) -> bool:
    """Tell whether an exception was invoked for some of a period.

    Args:
        clause: Its exceptions.
        register: What is on record.
        period: Period asked about.

    Returns:
        False where nobody invoked any, and none asks what was so meanwhile.
    """
    if any(one.during or one.lacking for one in clause.unless):
        return True
    ids = {one.id for one in clause.unless}
    notified = any(one.notified_s is not None for one in clause.unless)
    approved = any(one.approved_by for one in clause.unless)
    return any(
        each.touches(period.start, period.end)
        and (
            (each.form in {"exemption", "order"} and each.about in ids)
            or (each.form == "notice" and notified)
            or (each.form == "approval" and approved and each.about in {None, *ids})
        )
        for each in register.papers
    )
