"""What had to be announced: by which notice, and what is open where it is open."""

from datetime import timedelta
from math import prod

from tests.property.compliance.reference.duties import conduct, while_in_force
from tests.property.compliance.reference.facts import (
    Bench,
    Fact,
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
    sure, maybe = exempt(bench, fact)
    if sure:
        return Truth("kept", "on_record", 0.0, 0.0)
    parts = _parts(bench, fact)
    parts["exemption"] = ((0.0 if maybe else 1.0) * (1.0 - told[1]), 1.0 - told[0])
    real = next(f.low for f in everything(bench) if f.key == fact.key)
    low, high = (real * prod(part[end] for part in parts.values()) for end in (0, 1))
    if low >= bench.limits.breached:
        return Truth("breached", "overrun" if beyond else "not_announced", low, high)
    if high <= bench.limits.kept and not beyond:
        return Truth("kept", "announced", low, high)
    why = _open(real, parts, bench.limits.breached)
    return Truth("undetermined", why, low, high)


def _parts(bench: Bench, fact: Fact) -> dict[str, Bounds]:
    """Return how far each thing is open that has to be so, the notice aside."""
    matter = bench.reading.matter
    whole = {True: 1.0, None: 0.0}  # what surely is not is no activity of the clause
    classed = whole[of_class(bench, fact, matter.classes)]
    return {
        "location": lies(bench, matter, fact, of_day=False),
        "class": (classed * whole[asked(matter, fact.count)], 1.0),
        "attribution": (float(fact.actor is not None), 1.0),
        "time": (float(while_in_force(bench, fact) is fact), 1.0),
    }


def _open(real: float, parts: dict[str, Bounds], enough: float) -> str:
    """Return the question whose answer is enough; of several, the first that is open.

    What may not have happened at all no answer makes sure.
    """
    open_ = [name for name in QUESTIONS if parts[name][0] < parts[name][1]]
    for name in open_:
        answered = {**parts, name: (parts[name][1],) * 2}
        if real * prod(part[0] for part in answered.values()) >= enough:
            return name
    if open_ and real * prod(part[1] for part in parts.values()) >= enough:
        return open_[0]
    return "low_probability"
