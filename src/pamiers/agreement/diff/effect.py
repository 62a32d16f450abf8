"""Whether a change tightens or loosens what a clause asks, where that can be told.

More of one thing against less of another is not weighed: it cannot be compared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pamiers.agreement.diff.compare import Difference
from pamiers.agreement.diff.ground import Moved
from pamiers.agreement.diff.same import Value
from pamiers.agreement.grammar.clause import VERBS
from pamiers.agreement.prose.telling import Teller
from pamiers.agreement.values.blank import BLANK, Blank
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.hours import Hours
from pamiers.agreement.values.moment import At, DayEdge, Relative
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import Matter, Provision


class Effect(StrEnum):
    """What a change does to those whom a clause binds."""

    TIGHTENS = "tightens"
    LOOSENS = "loosens"
    UNCLEAR = "unclear"  #: it cannot be compared
    NONE = "none"  #: what is asked stays as it was

    @property
    def mirrored(self) -> "Effect":
        """Return what the change in the other direction does."""
        return _MIRROR.get(self, self)


_MIRROR: Final = {Effect.TIGHTENS: Effect.LOOSENS, Effect.LOOSENS: Effect.TIGHTENS}
#: keys that say something about a clause and ask nothing
_SILENT: Final = frozenset(
    {"title", "text", "substance", "cite", "note", "instrument", "visibility"}
    | {"watched_by", "on_breach", "severity", "thresholds", "gap", "priority"}
    | {"breached", "kept", "id", "source"}
)
#: of a ban, more is tighter (+1) or looser (-1)
_BAN: Final = {
    **dict.fromkeys(("distance", "width", "in", "in_each", "of", "event"), 1),
    **dict.fromkeys(("presence_lasts", "per"), 1),
    **dict.fromkeys(("not_in", "not_by", "where", "near"), -1),
}
#: of a duty to do something once
_DUTY: Final = {"in_each": 1, "where": 1}
#: of a duty to have something there, or so many of it
_LESS: Final = {
    **dict.fromkeys(("distance", "width", "in", "presence_lasts", "per"), -1),
    **dict.fromkeys(("of", "event"), -1),
    **dict.fromkeys(("not_in", "in_each", "where", "near"), 1),
}
_TRIGGER: Final = dict.fromkeys(("event", "breach_of", "of", "in", "by"), 1)
_SUSPENDED: Final = {"suspended": -1, "from": 1, "until": -1}
#: of any clause
_ANY: Final = {
    **dict.fromkeys(("deadline", "within", "from", "requires"), -1),
    **dict.fromkeys(("until", "verified_by", "answers_for", "perdurant"), 1),
    **dict.fromkeys(("hours", "days"), 1),
    "while": -1,
    "unless": -1,
    "ratio.at_most": -1,
    "ratio.at_least": 1,
    "notify.before": 1,
    "every.period": -1,
    "every.first": -1,
}
#: of an exemption: the more it lets through, the looser for those bound
_EXEMPT: Final = {
    **dict.fromkeys(("event", "of", "in", "by", "up_to", "until"), -1),
    **dict.fromkeys(("in_answer_to", "approved_by"), -1),
    **dict.fromkeys(("from", "before", "matching", "where", "notified", "while"), 1),
    **dict.fromkeys(("after_tried", "ordered_by"), 1),
}
#: an empty list of these means all of them
_EMPTY_IS_ALL: Final = frozenset(
    {"in", "of", "event", "by", "in_answer_to", "approved_by", "hours", "days"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """A clause before and after, and those who speak of each."""

    old: Provision
    new: Provision
    tell_old: Teller
    tell_new: Teller


def judge(change: Difference, clauses: Clauses) -> Effect:
    """Return what a change of a clause does to those whom it binds."""
    keys = change.keys[1:]
    if not keys or keys[-1] in _SILENT or change.renamed:
        return Effect.NONE
    if keys[0] in {"readings", "amended"}:
        return Effect.UNCLEAR
    weight = _weight(keys, clauses.old)
    return _effect(weight * _grown(change, clauses))


def _effect(sign: int) -> Effect:
    if not sign:
        return Effect.UNCLEAR
    return Effect.TIGHTENS if sign > 0 else Effect.LOOSENS


def _weight(keys: tuple[str, ...], clause: Provision) -> int:
    """Return +1 where more is tighter, -1 where it is looser, 0 where unknown."""
    first, last = keys[0], keys[-1]
    if first == "unless" and len(keys) > 1:
        return _EXEMPT.get(last, 0)
    if first == "suspended":
        return _SUSPENDED.get(last, 0)
    if last in {"n", "together"} and first in _NUMBERED:
        return _NUMBERED[first] * (1 if last == "n" else -1)
    return _ANY.get(".".join(keys), _table(first, clause).get(last, 0))


_NUMBERED: Final = {"at_most": -1, "at_least": 1}


def _table(verb: str, clause: Provision) -> dict[str, int]:
    if verb == "upon":
        return _TRIGGER
    found = getattr(clause, verb, None)
    state = found.state if isinstance(found, Matter) else ""
    ban = verb in {"forbid", "at_most", "notify"}
    if state == "absence":
        return _LESS if ban else _BAN
    if ban:
        return _BAN
    return _LESS if verb == "at_least" or state == "presence" else _DUTY


def _grown(change: Difference, clauses: Clauses) -> int:
    """Return +1 where there is more of it, -1 for less, 0 where that is not known."""
    before, after = change.before, change.after
    if BLANK in (before, after):
        return 0
    for kinds, measure in _MEASURES:
        if isinstance(before, kinds) and isinstance(after, kinds):
            return measure(before, after, clauses)
    if isinstance(before, tuple) or isinstance(after, tuple):
        return _wider(change.key, before or (), after or (), clauses)
    return _appeared(change)


def _appeared(change: Difference) -> int:
    """Return the sign of what is there now and was not, or the other way round."""
    there = (change.before is not None, change.after is not None)
    if there == (True, True):
        return 0
    last = change.key in {"until", "up_to"} or change.key == "within"
    sign = 1 if there[1] else -1
    return -sign if last else sign  # no end, and no limit, is later than any


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _amounts(before: Quantity, after: Quantity, _: Clauses) -> int:
    return _sign(after.base - before.base) if _dimensions(before, after) else 0


def _dimensions(before: Quantity, after: Quantity) -> bool:
    return before.dimension == after.dimension


def _durations(before: Duration, after: Duration, _: Clauses) -> int:
    return _sign(after.nominal_s - before.nominal_s)


def _truths(before: bool, after: bool, _: Clauses) -> int:  # noqa: FBT001 - values
    return int(after) - int(before)


def _numbers(before: float, after: float, _: Clauses) -> int:
    return _sign(after - before)


def _moments(before: Value, after: Value, clauses: Clauses) -> int:
    return _sign(later_by_s(before, after, clauses) or 0.0)


def later_by_s(before: Value, after: Value, clauses: Clauses) -> float | None:
    """Return by how much a moment moved to later [s]; None where it is not known."""
    was, now = clauses.tell_old.instant(before), clauses.tell_new.instant(after)
    if was is not None and now is not None:
        return (now - was).total_seconds()
    if not isinstance(before, Relative) or not isinstance(after, Relative):
        return None
    if before.anchor != after.anchor:
        return None
    return _offset_s(after) - _offset_s(before)


def _offset_s(moment: Relative) -> float:
    length = 0.0 if moment.offset is None else moment.offset.nominal_s
    return -length if moment.backward else length


_MOMENTS: Final = (At, Relative, DayEdge)
_MEASURES: Final[tuple[tuple[type | tuple[type, ...], Callable[..., int]], ...]] = (
    (Quantity, _amounts),
    (Duration, _durations),
    (bool, _truths),
    (float, _numbers),
    (_MOMENTS, _moments),
)


def _wider(
    key: str, before: tuple[Value, ...], after: tuple[Value, ...], clauses: Clauses
) -> int:
    if any(isinstance(each, Blank) for each in (*before, *after)):
        return 0
    if key in {"deadline", "first"}:
        return _earliest(before, after, clauses)
    one, other = _members(before), _members(after)
    if key in _EMPTY_IS_ALL and not (one and other):
        return 1 if one else -1
    if one < other:
        return 1
    return -1 if other < one else 0


def _members(values: tuple[Value, ...]) -> set[str]:
    """Return what is told apart in a list: of hours of the day, each minute."""
    minutes = (each.minutes() for each in values if isinstance(each, Hours))
    rest = (str(each) for each in values if not isinstance(each, Hours))
    return {*map(str, frozenset().union(*minutes)), *rest}


def _earliest(
    before: tuple[Value, ...], after: tuple[Value, ...], clauses: Clauses
) -> int:
    if not before or not after:
        return 1 if before else -1  # no deadline is later than any
    if len(before) == len(after) == 1:
        return _moments(before[0], after[0], clauses)
    was = [clauses.tell_old.instant(each) for each in before]
    now = [clauses.tell_new.instant(each) for each in after]
    early = [min((at for at in times if at), default=None) for times in (was, now)]
    if early[0] is None or early[1] is None or None in (*was, *now):
        return 0
    return _sign((early[1] - early[0]).total_seconds())


def zone_effect(moved: Moved, old: Provision, new: Provision) -> Effect | None:
    """Return what a zone or line that moved does to a clause; None where nothing.

    Args:
        moved: How it moved.
        old: The clause before.
        new: The clause after.

    Returns:
        What it does; `UNCLEAR` where area was gained and lost, and for lines.
    """
    for verb in VERBS[:-1]:
        found, still = getattr(old, verb), getattr(new, verb)
        if not isinstance(found, Matter) or not isinstance(still, Matter):
            continue
        for key in ("in", "in_each", "not_in", "near"):
            if moved.name in _names(found, key):
                return _resized(moved, _table(verb, old).get(key, 0), key)
    return None


def _names(found: Matter, key: str) -> tuple[str, ...]:
    if key == "near":
        of = getattr(found.near, "of", ())
        return tuple(of.values()) if isinstance(of, Mapping) else (str(of),)
    held = getattr(found, "in_" if key == "in" else key)
    return tuple(map(str, held))


def _resized(moved: Moved, weight: int, key: str) -> Effect:
    if moved.section == "lines" or key == "in_each":
        return Effect.UNCLEAR
    if moved.gained_km2 and moved.lost_km2:
        return Effect.UNCLEAR
    return _effect(weight * (1 if moved.gained_km2 else -1))
