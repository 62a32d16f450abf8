"""What each form of rule reads, and so when new facts can change what it finds.

For each form: which facts it reads, by kind and by what they are about, and from when
to when a fact bears on the period judged. An act that discharges a duty bears on every
period from then on; an answer, on every event before it; a count, on the windows that
hold it. Where a rule reads something without regard to its time, it is touched always.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from typing import Final

from pamiers.agreement.model import Bound, Clause, Matter, Reading, Subject
from pamiers.compliance.assessment.news import News
from pamiers.compliance.assessment.stretch import (
    ALWAYS,
    BEGINNING,
    END,
    Stretch,
    before,
    merged,
    onward,
    reached,
    widened,
)
from pamiers.compliance.clauses.acts import own_state, with_kinds
from pamiers.compliance.clauses.case import Court, kinds_against
from pamiers.compliance.compile import rules
from pamiers.compliance.evidence.exemption import INVOKING
from pamiers.compliance.evidence.happenings import kinds_of
from pamiers.compliance.evidence.papers import Paper
from pamiers.compliance.rule import Form, Rule

_TICK: Final = timedelta(microseconds=1)
_INSTANT: Final = timedelta(minutes=1)
_LONGEST: Final = {"day": 2, "week": 8, "month": 32, "year": 367}  # days, one spare
_CHECKS: Final = ("verified", "not-done")
_STATES: Final = ("state", "not-state")
_Read = Callable[[Rule, News, Court], Iterator[Stretch]]


def touched(rule: Rule, news: News, court: Court) -> list[Stretch]:
    """Return when new facts can change what a rule finds.

    Args:
        rule: The rule.
        news: What is new.
        court: What is known now.

    Returns:
        Stretches of time in order that do not meet; a period that meets none of them
        is found as before, as far as facts go. Empty for none.
    """
    suspended = [_span(p) for p in _papers(news, ("suspension",), {rule.clause.id})]
    if rule.form in {Form.RESPONSE, Form.ANNOUNCEMENT}:  # an occasion may last
        kinds = _kinds(rule.reading.upon or rule.reading.matter)
        suspended = _lasting(suspended, kinds, court)
    return merged([*suspended, *_READS[rule.form](rule, news, court)])


def _lasting(
    stretches: Iterable[Stretch], kinds: frozenset[str], court: Court
) -> list[Stretch]:
    """Return stretches, and those of happenings of some kinds that meet them."""
    found = merged(stretches)
    rows = court.rows.values() if found else ()
    return [
        *found,
        *(
            (row.start, row.end)
            for row in rows
            if row.kind in kinds and reached(found, row.start, row.end)
        ),
    ]


def _span(paper: Paper) -> Stretch:
    """Return when a paper is in force, by its own words."""
    return paper.start, paper.end or END


def _papers(
    news: News, forms: Collection[str], names: Collection[str | None]
) -> list[Paper]:
    """Return new papers of some forms about some names."""
    return [p for p in news.papers if p.form in forms and p.about in names]


def _told_at(paper: Paper) -> Stretch:
    """Return from when on a paper is on record."""
    return onward(min(paper.start, paper.given_at or paper.start))


def _kinds(*matters: Matter | None) -> frozenset[str]:
    """Return the kinds of happening that some matters are looked for in."""
    named = [with_kinds(each).kinds for each in matters if each is not None]
    return kinds_of([kind for kinds in named for kind in kinds])


def _happened(news: News, kinds: frozenset[str]) -> list[Stretch]:
    return [(h.start, h.end) for h in news.happenings if h.kind in kinds]


def _watched(news: News) -> list[Stretch]:
    return [(row.start, row.end) for row in news.coverage]


def _counts(news: News) -> list[Stretch]:
    """A count holds until the next, and is part of every later sum."""
    return [onward(row.start) for row in news.tallies]


def _prohibition(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    kinds = kinds_against(rule.reading)
    yield from _happened(news, kinds)
    yield from news.counted
    yield from _watched(news)
    if rule.reading.subject is Subject.STATE:
        yield from _counts(news)
    yield from _excused(rule, news, court, kinds)


def _excused(
    rule: Rule, news: News, court: Court, kinds: frozenset[str]
) -> Iterator[Stretch]:
    """Yield when an exception may apply otherwise to what a rule looks for.

    That is while its paper stands, and for as long as whatever lasts that the paper
    may take out, or that may be an answer to what is new.
    """
    if not rule.clause.unless:
        return
    found = [_invoked(p) for p in news.papers if p.form in {*INVOKING, "tried"}]
    states = {s for one in rule.clause.unless for s in (*one.during, *one.lacking)}
    found += map(_invoked, _papers(news, _STATES, states))
    if any(one.in_answer_to for one in rule.clause.unless):
        gap = timedelta(seconds=rule.clause.gap_s)
        found += [widened((h.start, h.end), ahead=gap) for h in news.happenings]
    yield from _lasting(found, kinds, court)


def _invoked(paper: Paper) -> Stretch:
    """Return when a paper may take something out; of one instant, from then on."""
    brief = paper.end is None or paper.end - paper.start <= _INSTANT
    return onward(paper.start) if brief or paper.form == "tried" else _span(paper)


def _required(reading: Reading, court: Court) -> tuple[list[Clause], frozenset[str]]:
    """Return the clauses that come first, and the kinds that show them and events."""
    named = [each.clause for each in reading.requires if each.clause is not None]
    clauses = [court.agreement.clause(name) for name in named]
    events = [each.event for each in reading.requires if each.event is not None]
    matters = [r.matter for clause in clauses for r in clause.readings]
    return clauses, _kinds(*matters) | kinds_of(events)


def _absence(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    """What has to come first opens it, from then on; the rest is as of a ban."""
    yield from _prohibition(rule, news, court)
    clauses, kinds = _required(rule.reading, court)
    yield from (onward(start) for start, _ in _happened(news, kinds))
    yield from map(_told_at, _papers(news, _CHECKS, {each.id for each in clauses}))
    if any(reading.bound for clause in clauses for reading in clause.readings):
        yield from _counts(news)


def _duty(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    clauses, kinds = _required(rule.reading, court)
    for start, _ in _happened(news, kinds | _kinds(rule.reading.matter)):
        yield onward(start)
    yield from map(_told_at, _papers(news, _CHECKS, _named(rule, clauses)))
    yield from (onward(start) for start, _ in _watched(news))
    if any(reading.bound for clause in clauses for reading in clause.readings):
        yield from _counts(news)


def _named(rule: Rule, clauses: Collection[Clause]) -> set[str | None]:
    return {rule.clause.id, *(clause.id for clause in clauses)}


def _goal(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    yield from _duty(rule, news, court)
    yield from _counts(news)


def _rhythm(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    yield from _duty(rule, news, court)


def _reaction(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    """A duty that begins with each period: what is done counts for all before it."""
    yield from (before(end) for _, end in _happened(news, _kinds(rule.reading.matter)))
    yield from (before(end) for _, end in _watched(news))
    yield from _first(rule, news, court)
    for name in rule.clause.upon:
        for other in rules(court.agreement, name):
            if other.form is not Form.REACTION:
                yield from touched(other, news, court)


def _first(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    """Yield always, where what has to come first, or who verified it, is new."""
    clauses, kinds = _required(rule.reading, court)
    counted = any(r.bound for clause in clauses for r in clause.readings)
    if (
        _happened(news, kinds)
        or _papers(news, _CHECKS, _named(rule, clauses))
        or (counted and news.tallies)
    ):
        yield ALWAYS


def _response(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    upon = rule.reading.upon
    yield from _happened(news, _kinds(upon))
    yield from (before(end) for _, end in _happened(news, _kinds(rule.reading.matter)))
    yield from (before(end) for _, end in _watched(news))
    yield from _first(rule, news, court)
    if upon is not None and own_state(upon):
        yield from map(_span, _papers(news, ("state",), {upon.state}))


def _announcement(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    kinds = _kinds(rule.reading.matter)
    yield from _happened(news, kinds)
    notices = [_invoked(p) for p in news.papers if p.form == "notice"]
    yield from _lasting(notices, kinds, court)
    yield from _excused(rule, news, court, kinds)


def _frequency(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    kinds = _kinds(rule.reading.matter)
    ahead = _window(rule.reading.bound)
    stopped = _papers(news, ("suspension",), {rule.clause.id})
    for part in (
        *_happened(news, kinds),
        *_watched(news),
        *map(_span, stopped),
        *_excused(rule, news, court, kinds),
    ):
        yield widened(part, _TICK, ahead)


def _window(bound: Bound | None) -> timedelta:
    """Return how long after it was something may still count; no end of it: ever."""
    per = bound.per if bound else None
    if per is None:
        return END - BEGINNING
    if per.calendar is not None:
        return timedelta(days=_LONGEST[per.calendar])
    return per.width + 2 * _TICK


def _stock(rule: Rule, news: News, court: Court) -> Iterator[Stretch]:
    kinds = _kinds(Matter(subject=Subject.STATE, state="presence", classes=("any",)))
    kinds |= _kinds(Matter(subject=Subject.STATE, state="presence"))
    stays = rule.reading.limit.stays
    for part in (*_happened(news, kinds), *_excused(rule, news, court, kinds)):
        yield widened(part, _TICK, stays)
    yield from _watched(news)
    yield from _counts(news)


def _flow(_rule: Rule, news: News, _court: Court) -> Iterator[Stretch]:
    yield from _counts(news)
    yield from _watched(news)


def _proportion(rule: Rule, news: News, _court: Court) -> Iterator[Stretch]:
    kinds = _kinds(rule.reading.matter, rule.reading.other)
    yield from (onward(start) for start, _ in _happened(news, kinds))
    yield from _counts(news)
    yield from _watched(news)


def _upkeep(rule: Rule, news: News, _court: Court) -> Iterator[Stretch]:
    said = _papers(news, _STATES, {rule.reading.state})
    yield from map(_span, said)
    yield from _watched(news)


def _formula(_rule: Rule, news: News, _court: Court) -> Iterator[Stretch]:
    """A formula may look back without end, and names all that its parts found."""
    if news.happenings or news.papers or news.coverage:
        yield ALWAYS


_READS: Final[dict[Form, _Read]] = {
    Form.PROHIBITION: _prohibition,
    Form.ABSENCE: _absence,
    Form.DUTY: _duty,
    Form.REACTION: _reaction,
    Form.RESPONSE: _response,
    Form.ANNOUNCEMENT: _announcement,
    Form.FREQUENCY: _frequency,
    Form.STOCK: _stock,
    Form.FLOW: _flow,
    Form.GOAL: _goal,
    Form.PROPORTION: _proportion,
    Form.UPKEEP: _upkeep,
    Form.RHYTHM: _rhythm,
    Form.FORMULA: _formula,
}
