"""What had to be announced: by which notice, and what is open where it is open."""

from datetime import timedelta
from math import prod

from tests.property.compliance.reference.duties import conduct, while_in_force
from tests.property.compliance.reference.fact import Fact, by_each
from tests.property.compliance.reference.facts import (
    Bench,
    Truth,
    asked,
    everything,
    lies,
    of_class,
    papers,
    speaks,
)
from tests.property.compliance.reference.forbid import exempt

Bounds = tuple[float, float]
#: what may be open, in the order in which it is asked
QUESTIONS = ("location", "class", "exemption", "attribution", "time")


def announcement(bench: Bench, occasion: str) -> Truth:
    """Judge an activity that had to be announced."""
    fact = next(f for f in conduct(bench) if f.key == occasion)
    assert bench.reading.before is not None
    before = timedelta(seconds=bench.reading.before.quantity.base)
    early, due = fact.first - before, fact.begun - before
    best, beyond = (0.0, 0.0), False
    for paper in papers(bench, "notice"):
        assert paper.start is not None
        assert paper.end is not None
        fits = paper.actor in bench.who and paper.kind in {None, fact.kind}
        if not fits or paper.start > fact.begun or paper.end <= fact.first:
            continue
        free = not speaks(bench, paper)
        sure = float(free and paper.start <= fact.first and fact.begun < paper.end)
        if paper.given_at is None:
            told = (0.0, 1.0)
        elif paper.given_at > due:
            continue  # too late
        else:
            told = (0.0 if paper.given_at > early else sure, 1.0)
        if fact.lasts and fact.last > paper.end:
            beyond = True  # it covers nothing; another may
        else:
            best = max(best, told)
    return _announced(bench, fact, best, beyond=beyond and best == (0.0, 0.0))


def _announced(bench: Bench, fact: Fact, told: Bounds, *, beyond: bool) -> Truth:
    """Weigh it as the act of each who may have done it: it was one of them."""
    real = next(f for f in everything(bench) if f.key == fact.key)
    theirs = {who: high for who, _, high in fact.whose} or {fact.actor: 1.0}
    told_of = [one for one in by_each(real) if theirs.get(one.actor, 0.0) > 0.0]
    exempted = {one.actor: exempt(bench, one) for one in told_of}
    if all(sure for sure, _ in exempted.values()):
        return Truth("kept", "on_record", 0.0, 0.0)
    every: list[tuple[float, dict[str, Bounds]]] = []
    low = high = 0.0
    for one in by_each(real):
        sure, maybe = exempted.get(one.actor, (False, False))
        free = 0.0 if maybe else 1.0, 0.0 if sure else 1.0
        parts = _parts(bench, one)
        parts["exemption"] = free[0] * (1.0 - told[1]), free[1] * (1.0 - told[0])
        if one.actor in exempted:
            low += one.high * prod(part[0] for part in parts.values())
            high += one.high * prod(part[1] for part in parts.values())
        every.append((one.high / real.high, parts))
    parts = mixed(every)
    pairs = zip(by_each(real), every, strict=True)
    own = [(theirs[one.actor], each) for one, (_, each) in pairs if one in told_of]
    whole = sum(weight for weight, _ in own)
    parts["exemption"] = mixed([(w / whole, each) for w, each in own])["exemption"]
    if low >= bench.limits.breached - 1e-12:
        return Truth("breached", "overrun" if beyond else "not_announced", low, high)
    if high <= bench.limits.kept and not beyond:
        return Truth("kept", "announced", low, high)
    why = _open(real.high, parts, bench.limits.breached)
    return Truth("undetermined", why, low, high)


def mixed(told: list[tuple[float, dict[str, Bounds]]]) -> dict[str, Bounds]:
    """Return how far each thing is open, whoever of some did it."""
    return {
        name: (
            sum(share * parts[name][0] for share, parts in told),
            sum(share * parts[name][1] for share, parts in told),
        )
        for name in QUESTIONS
    }


def _parts(bench: Bench, fact: Fact) -> dict[str, Bounds]:
    """Return how far each thing is open that has to be so, the notice aside."""
    matter = bench.reading.matter
    theirs = fact.actor in {None, *bench.who}
    whole = {True: 1.0, None: 0.0}  # what surely is not is no activity of the clause
    classed = whole[of_class(bench, fact, matter.classes)]
    return {
        "location": lies(bench, matter, fact, of_day=False),
        "class": (classed * whole[asked(matter, fact.count)], 1.0),
        "attribution": (float(fact.actor in bench.who), float(theirs)),
        "time": (float(while_in_force(bench, fact) is fact), 1.0),
    }


def _open(real: float, parts: dict[str, Bounds], enough: float) -> str:
    """Return the question whose answer is enough; of several, the first that is open.

    What may not have happened at all no answer makes sure. Where it is asked who did
    it, the answer is one of those who are asked about.
    """
    best = {**{name: part[1] for name, part in parts.items()}, "attribution": 1.0}
    open_ = [name for name in QUESTIONS if parts[name][0] < best[name] - 1e-12]
    for name in open_:
        rest = prod(part[0] for other, part in parts.items() if other != name)
        if real * best[name] * rest >= enough:
            return name
    if open_ and real * prod(best.values()) >= enough:
        return open_[0]
    return "low_probability"
