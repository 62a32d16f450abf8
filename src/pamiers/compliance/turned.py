"""Why a finding no longer stands: the facts that came, or went, and turned it.

A breach that rests on what is on record is turned by a withdrawal, a correction, or
something later on record that takes it out (an exception, another's count). One that
rests on silence is turned by the record that was owed, when that comes late. The clock
turns none. Whatever it was, the finding that takes its place names it.

Source: divide and conquer for a minimal set (Junker 2004, QuickXplain).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pamiers.agreement.model import Agreement
from pamiers.compliance.assess import assess
from pamiers.compliance.assessment.change import Change, changed, difference
from pamiers.compliance.finding import Finding
from pamiers.compliance.log import finding_id
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.rows import Row

_Sign = tuple[int, Row]  #: +1 for what came, -1 for what went
_Turns = Callable[[Sequence[_Sign]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """From what was known to what is: all that may have turned a finding."""

    agreement: Agreement
    before: World
    after: World
    known_at: datetime  #: of what is known now [UTC]


def turned_by(old: Finding, period: Interval, turning: Turning) -> tuple[str, ...]:
    """Return the least that turned a finding: keys of rows that came or went.

    Args:
        old: The finding that stood.
        period: Reporting interval that it was found over.
        turning: What was known, and what is.

    Returns:
        Keys, in order; a row that was corrected is named once. Empty where the finding
        would be another by now if nothing had come or gone.
    """
    change = difference(turning.before, turning.after)
    came: list[_Sign] = [(1, row) for row in change.added]
    news = [*came, *((-1, row) for row in change.withdrawn)]

    def turns(some: Sequence[_Sign]) -> bool:
        world = changed(turning.before, _as_change(some))
        world = replace(world, sources=turning.after.sources)
        found = assess(
            turning.agreement, world, period, turning.known_at, (old.clause,)
        )
        same = [each for each in found if each.key == old.key]
        return not any(each.verdict is old.verdict for each in same)

    if turns(()) or not turns(news):
        return ()
    least = _least((), had=False, news=news, turns=turns)
    return tuple(sorted({_key(row) for _, row in (least if turns(least) else news)}))


def naming(
    before: Iterable[Finding],
    found: Iterable[Finding],
    period: Interval,
    turning: Turning,
) -> list[Finding]:
    """Return findings, naming what each takes the place of and what turned it.

    Args:
        before: What was found earlier over the period.
        found: What is found on it now.
        period: Reporting interval.
        turning: What was known, and what is.

    Returns:
        The findings of `found`, in order; one of an earlier's verdict names nothing.
    """
    earlier = {each.key: each for each in before}
    named = []
    for each in found:
        old = earlier.get(each.key)
        if old is None or old.verdict is each.verdict:
            named.append(each)
        else:
            by = turned_by(old, period, turning)
            named.append(replace(each, supersedes=finding_id(old), turned_by=by))
    return named


def _as_change(some: Sequence[_Sign]) -> Change:
    return Change(
        added=tuple(row for sign, row in some if sign > 0),
        withdrawn=tuple(row for sign, row in some if sign < 0),
    )


def _least(
    held: Sequence[_Sign], *, had: bool, news: Sequence[_Sign], turns: _Turns
) -> Sequence[_Sign]:
    """Return a least part of what is new that turns, with what is held."""
    if had and turns(held):
        return ()
    if len(news) == 1:
        return news
    middle = len(news) // 2
    first, second = news[:middle], news[middle:]
    after = _least((*held, *first), had=bool(first), news=second, turns=turns)
    ahead = _least((*held, *after), had=bool(after), news=first, turns=turns)
    return (*ahead, *after)


def _key(row: Row) -> str:
    """Return a row's key as evidence names it."""
    bare = type(row).__name__ == "Incident"
    return row.key if bare else f"{row.source}:{row.key}"
