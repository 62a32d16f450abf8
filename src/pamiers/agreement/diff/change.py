"""What changed between two versions of an agreement, as values with their words."""

from collections.abc import Iterator
from dataclasses import dataclass

from pamiers.agreement.diff.compare import Difference, compare
from pamiers.agreement.diff.effect import Clauses, Effect, judge, zone_effect
from pamiers.agreement.diff.ground import Moved, moved
from pamiers.agreement.diff.telling import (
    Pair,
    tell_bearers,
    tell_drawing,
    tell_effect,
    tell_moved,
    tell_owner,
    tell_what,
)
from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.prose.show import speaker
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.written import Provision, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed.

    `where` is the path in the file with ids in brackets; `bearers` are those whom
    `effect` concerns, by id, in the order of the clause.
    """

    where: str
    says: str
    effect: Effect
    bearers: tuple[str, ...] = ()


def diff(old: Written, new: Written, language: str = "en") -> tuple[Change, ...]:
    """Return what changed between two versions, in words, and for whom.

    Args:
        old: The earlier version, blanks allowed.
        new: The later one.
        language: `en`, `uk` or `fr`.

    Returns:
        The changes in the order of the grammar, then the zones and lines that lie
        elsewhere; empty where the two mean the same.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    pair = Pair(speaker(old, language), speaker(new, language))
    found = [_change(pair, each) for each in compare(old, new)]
    ground = list(moved(old, new))
    found += [change for each in ground for change in _ground(pair, each)]
    told = {each.name for each in ground}
    return (*found, *_drawings(pair, told))


def _change(pair: Pair, each: Difference) -> Change:
    clauses = pair.clauses(each)
    judged = None if clauses is None else _judged(each, clauses)
    effect, bearers = judged or (Effect.NONE, ())
    owner, what = tell_owner(pair, each), tell_what(pair, each)
    said = pair.new.say("labelled", label=owner, value=what)
    who = tell_bearers(pair, bearers)
    return Change(
        where=each.written,
        says=f"{said}{tell_effect(pair, effect, who)}",
        effect=effect,
        bearers=bearers,
    )


def _judged(each: Difference, clauses: Clauses) -> tuple[Effect, tuple[str, ...]]:
    old = bound(clauses.tell_old.written, clauses.old)
    new = bound(clauses.tell_new.written, clauses.new)
    if len(each.keys) == 1 and not each.renamed:  # the whole clause came or went
        effect = Effect.TIGHTENS if each.before is None else Effect.LOOSENS
        return effect, new if each.before is None else old
    if each.keys[1:] == ("bearer",):
        return _rebound(old, new)
    return judge(each, clauses), tuple(name for name in old if name in new)


def _rebound(
    old: tuple[str, ...], new: tuple[str, ...]
) -> tuple[Effect, tuple[str, ...]]:
    came = tuple(name for name in new if name not in old)
    went = tuple(name for name in old if name not in new)
    if came and went:
        return Effect.UNCLEAR, (*went, *came)
    return (Effect.TIGHTENS, came) if came else (Effect.LOOSENS, went)


def bound(written: Written, clause: Provision) -> tuple[str, ...]:
    """Return the ids of those whom a clause binds; of each party, all parties."""
    named = tuple(str(each) for each in clause.bearer)
    if EACH_PARTY not in named:
        return named
    return tuple(str(each) for each in written.heading.parties)


def _ground(pair: Pair, each: Moved) -> Iterator[Change]:
    where = f"{each.section}[{each.name}]"
    yield Change(where=where, says=tell_moved(pair, each), effect=Effect.NONE)
    for old in pair.old.written.clauses:
        new = pair.clause(old.id)
        effect = None if new is None else zone_effect(each, old, new)
        if effect is None:
            continue
        bearers = bound(pair.old.written, old)
        who = tell_bearers(pair, bearers)
        said = pair.new.say(
            "diff.through", id=old.id, zone=pair.new.name(each.name, each.section)
        )
        yield Change(
            where=f"clauses[{old.id}]",
            says=f"{said}{tell_effect(pair, effect, who)}",
            effect=effect,
            bearers=bearers,
        )


def _drawings(pair: Pair, told: set[str]) -> Iterator[Change]:
    """Yield drawings that differ and are not told as a zone or line that moved."""
    old, new = pair.old.written, pair.new.written
    for name in (*old.drawings, *(n for n in new.drawings if n not in old.drawings)):
        if old.drawings.get(name) != new.drawings.get(name) and not (
            told & _users(pair, name)
        ):
            yield Change(
                where=f"zones.geojson[{name}]",
                says=tell_drawing(pair, name),
                effect=Effect.NONE,
            )


def _users(pair: Pair, feature: str) -> set[str]:
    found = {feature}
    for section in (pair.new.written.zones, pair.new.written.lines):
        found |= {
            name
            for name, each in section.items()
            if not isinstance(each, Blank) and each.feature == feature
        }
    return found
