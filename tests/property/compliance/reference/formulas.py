# ruff: noqa: C901, PLR0911, PLR0912 - brute force goes case by case
"""A formula, held against the record instant by instant.

Facts lie on hours and spans are of whole hours, so that nothing turns but within two
microseconds of an hour. Instants there, and one between, stand for all of time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import accumulate

from pamiers.agreement.model import Matter, Subject
from pamiers.agreement.values import formula as f
from pamiers.core.instant import Interval
from pamiers.core.kind import KINDS
from tests.property.compliance.reference.fact import Fact
from tests.property.compliance.reference.facts import (
    HOUR,
    TICK,
    Bench,
    Truth,
    everything,
    matching,
    papers,
    speaks,
    watched,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEAR = (-2, -1, 0, 1, 2, 1_800_000_000)  #: microseconds after an hour
EDGE = -80  #: hours from the period; before it nothing is on record, all is alike
BEFORE = 13  #: hours back from the edge that stand for everything before it
Held = list[bool]  #: at each of some instants
Both = tuple[Held, Held]  #: surely, and possibly


def us(at: datetime) -> int:
    return (at - EPOCH) // TICK


def instants(bench: Bench) -> list[int]:
    hour = us(bench.period.start)
    return [hour + us(EPOCH + h * HOUR) + k for h in range(-160, 120) for k in NEAR]


@dataclass(frozen=True)
class Scene:
    """The instants that are looked at, and what is on record of them."""

    bench: Bench
    names: dict[str, str] = field(default_factory=dict)

    times: list[int] = field(default_factory=list)
    closed: bool = False  #: whether what nobody told of was not

    def named(self, term: f.Term) -> str:
        return self.names[term.name] if isinstance(term, f.Variable) else term.text

    def who(self, atom: f.Happens | f.Holds) -> set[str] | None:
        return None if atom.party is None else {self.named(atom.party)}


def formula(bench: Bench) -> Truth:
    tree = bench.clause.tree
    assert tree is not None
    scene = Scene(bench, {}, instants(bench))
    surely, possibly = held(tree, scene)
    begin, end = us(bench.period.start), us(bench.until)
    inside = [i for i, t in enumerate(scene.times) if begin <= t < end]
    if any(not possibly[i] for i in inside):
        return Truth("breached", "established")
    unsure = {i for i in inside if not surely[i]}
    if not unsure:
        return Truth("kept", "done")
    wait, known = us(EPOCH) + int(f.ahead_s(tree) * 1e6), us(bench.known_at)
    ends = [min(scene.times[i + 1], end) for i in unsure if i + 1 not in unsure]
    if all(each + wait > known + 1 for each in ends):
        return Truth("undetermined", "pending")
    verdict, why = looked(bench)
    low, high = held(tree, replace(scene, closed=True))
    by_record = any(high[i] and not low[i] for i in inside)
    if verdict == "kept" or (verdict == "unobserved" and by_record):
        return Truth("undetermined", "low_probability")
    return Truth(verdict, why)


def looked(bench: Bench) -> tuple[str, str]:
    """Return what silence says of the kinds that a formula speaks of."""
    tree = bench.clause.tree
    assert tree is not None
    kinds = [a.kind for a in f.atoms_of(tree) if isinstance(a, f.Happens)]
    own = [kind for kind in kinds if kind not in KINDS]
    wait = f.ahead_s(tree) / 3600 * HOUR
    end = min(bench.period.end + wait, bench.known_at)
    over = Interval(bench.period.start, max(end, bench.period.start + TICK))
    asked = tuple(kind for kind in kinds if kind in KINDS) or ("any",)
    return watched(bench, over, asked, own=bool(own))


def held(tree: f.Formula, scene: Scene) -> Both:
    """Return at which instants a formula surely, and possibly, holds."""
    always, never = [True] * len(scene.times), [False] * len(scene.times)
    match tree:
        case f.Truth(value):
            return (always, always) if value else (never, never)
        case f.Equal(left, right, negated):
            same = (scene.named(left) == scene.named(right)) != negated
            return (always, always) if same else (never, never)
        case f.Happens():
            return happens(tree, scene)
        case f.Holds(state="presence" | "absence"):
            low, high = present(tree, scene)
            return (low, high) if tree.state == "presence" else (no(high), no(low))
        case f.Holds():
            return told(tree, scene)
        case f.Not(part):
            low, high = held(part, scene)
            return no(high), no(low)
        case f.Joined("AND", parts):
            return fold(all, [held(part, scene) for part in parts])
        case f.Joined(_, parts):
            return fold(any, [held(part, scene) for part in parts])
        case f.Implies(left, right):
            return fold(any, [held(f.Not(left), scene), held(right, scene)])
        case f.Quantified("EXISTS", _, _, part):
            found = [held(part, each) for each in bound(tree, scene)]
            return fold(any, found) if found else (never, never)
        case f.Quantified(_, _, _, part):
            found = [held(part, each) for each in bound(tree, scene)]
            return fold(all, found) if found else (always, always)
        case _:
            return over_time(tree, scene)


def no(one: Held) -> Held:
    return [not each for each in one]


def fold(by: Callable[[Sequence[bool]], bool], parts: list[Both]) -> Both:
    lows = zip(*(low for low, _ in parts), strict=True)
    highs = zip(*(high for _, high in parts), strict=True)
    return [by(each) for each in lows], [by(each) for each in highs]


def bound(tree: f.Quantified, scene: Scene) -> Iterator[Scene]:
    values = {
        "party": scene.bench.agreement.party_ids,
        "zone": tuple(scene.bench.agreement.zones),
        "id": [*told_of_by_name(scene.bench), "what nobody told of"],
    }
    for value in values[tree.sort]:
        yield replace(scene, names={**scene.names, tree.variable: value})


def told_of_by_name(bench: Bench) -> list[str]:
    return sorted({name for fact in told_of(bench) for name in fact.names})


def told_of(bench: Bench) -> list[Fact]:
    return [fact for fact in everything(bench) if fact.first <= bench.known_at]


def over_time(tree: f.Formula, scene: Scene) -> Both:
    match tree:
        case f.Past("ONCE", span, part):
            return met(held(part, scene), scene, back(span))
        case f.Past(_, span, part):
            low, high = held(f.Past("ONCE", span, f.Not(part)), scene)
            return no(high), no(low)
        case f.Future("EVENTUALLY", span, part):
            return met(held(part, scene), scene, ahead(span))
        case f.Future(_, span, part):
            low, high = held(f.Future("EVENTUALLY", span, f.Not(part)), scene)
            return no(high), no(low)
        case f.Since(span, left, right) | f.Until(span, left, right):
            window = back(span) if isinstance(tree, f.Since) else ahead(span)
            one, other = held(left, scene), held(right, scene)
            pairs = list(zip(one, other, strict=True))
            low, high = (linked(a, b, scene, window) for a, b in pairs)
            return low, high
        case _:
            raise AssertionError(tree)


Window = tuple[int | None, int]
"""Microseconds from the instant judged, negative back; None: as far as there is."""


def back(span: f.Span) -> Window:
    high = None if span.high_s is None else -int(span.high_s * 1e6)
    return high, -int(span.low_s * 1e6)


def ahead(span: f.Span) -> Window:
    assert span.high_s is not None
    return int(span.low_s * 1e6), int(span.high_s * 1e6)


def met(both: Both, scene: Scene, window: Window) -> Both:
    """Tell from which instants something is met within a window."""
    times, found = scene.times, []
    for one in both:
        sums = [0, *accumulate(one)]
        found.append(
            [
                sums[bisect_right(times, t + window[1])]
                > sums[bisect_left(times, earliest(t, scene, window))]
                for t in times
            ]
        )
    return found[0], found[1]


def earliest(t: int, scene: Scene, window: Window) -> int:
    """Return how far back a window reaches, seen from an instant."""
    if window[0] is not None:
        return t + window[0]
    edge = us(scene.bench.period.start + EDGE * HOUR)
    return min(edge, t) - us(EPOCH + BEFORE * HOUR)


def linked(left: Held, right: Held, scene: Scene, window: Window) -> Held:
    """Tell from where the right is met in a window, the left holding on the way."""
    times, step = scene.times, 1 if window[1] > 0 else -1
    found = []
    for i, t in enumerate(times):
        at, so = i, False
        first, last = earliest(t, scene, window), t + window[1]
        while 0 <= at < len(times) and not so:
            if (times[at] > last) if step > 0 else (times[at] < first):
                break
            so = right[at] and first <= times[at] <= last
            if not left[at]:
                break
            at += step
        found.append(so)
    return found


def happens(atom: f.Happens, scene: Scene) -> Both:
    """Return when an event surely is, and when it may be."""
    matter = Matter(
        subject=Subject.EVENT,
        kinds=(atom.kind,),
        classes=(atom.of,) if atom.of else (),
        condition=atom.where,
    )
    high = open_at(scene)
    low = [False for _ in high]
    meant = None if atom.id is None else scene.named(atom.id)
    for fact in matching(scene.bench, matter, scene.who(atom), alone=False):
        if meant is not None and meant not in fact.names:
            continue
        first, last = us(fact.first), us(fact.last)
        for i, t in enumerate(scene.times):
            sure = fact.low >= scene.bench.limits.breached and free(fact, scene)
            there = sure and (first == last or fact.lasts) and first <= t <= last
            low[i] = low[i] or there
            may = fact.high > scene.bench.limits.kept
            high[i] = high[i] or (may and first <= t <= last)
    return low, high


def free(fact: Fact, scene: Scene) -> bool:
    """Tell whether it is no party's own word."""
    return not fact.interested & set(scene.bench.agreement.party_ids)


def open_at(scene: Scene) -> Held:
    """Return when something may have been of which nobody told."""
    watched_well = scene.closed or looked(scene.bench)[0] == "kept"
    known = us(scene.bench.known_at)
    return [not watched_well or t > known for t in scene.times]


def present(atom: f.Holds, scene: Scene) -> Both:
    """Return when things are surely, and possibly, there."""
    matter = Matter(
        subject=Subject.STATE,
        state="presence",
        classes=(atom.of,) if atom.of else (),
        condition=atom.where,
    )
    high = open_at(scene)
    low = [False for _ in high]
    for fact in matching(scene.bench, matter, scene.who(atom), alone=False):
        start, end = us(fact.start), us(fact.end)
        for i, t in enumerate(scene.times):
            inside = start <= t < end
            sure = fact.lasts and fact.low >= scene.bench.limits.breached
            sure = sure and free(fact, scene)
            low[i] = low[i] or (inside and sure)
            high[i] = high[i] or (inside and fact.high > scene.bench.limits.kept)
    return low, high


def told(atom: f.Holds, scene: Scene) -> Both:
    """Return when a state is on record as so, and when nothing speaks against it."""
    so, no_so = (said(form, atom, scene) for form in ("state", "not-state"))
    free, no_free = (
        said(form, atom, scene, free=True) for form in ("state", "not-state")
    )
    low = [a and not b for a, b in zip(free, no_so, strict=True)]
    high = [not (b and not a) for a, b in zip(so, no_free, strict=True)]
    return low, high


def said(form: str, atom: f.Holds, scene: Scene, *, free: bool = False) -> Held:
    found = [False for _ in scene.times]
    who = scene.who(atom)
    for paper in papers(scene.bench, form, atom.state):
        if who is not None and paper.to is not None and paper.to not in who:
            continue
        if free and speaks(scene.bench, paper):
            continue
        assert paper.start is not None
        start = us(paper.start)
        end = None if paper.end is None else us(paper.end)
        for i, t in enumerate(scene.times):
            found[i] = found[i] or (start <= t and (end is None or t < end))
    return found
