"""A change in words: what it is about, what it was and is, what that does to whom."""

from dataclasses import dataclass
from typing import Final

from pamiers.agreement.diff.compare import Difference
from pamiers.agreement.diff.effect import Clauses, Effect, later_by_s
from pamiers.agreement.diff.ground import Moved
from pamiers.agreement.diff.same import Value
from pamiers.agreement.diff.values import tell_value
from pamiers.agreement.grammar.clause import VERBS
from pamiers.agreement.grammar.forms import Ref
from pamiers.agreement.grammar.records import Record, Several
from pamiers.agreement.prose.telling import Teller
from pamiers.agreement.values.blank import BLANK
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import At, DayEdge, Relative
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import Provision

_DAY_S: Final = 86_400.0
_HOUR_S: Final = 3_600.0
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Those who speak of the earlier and of the later version."""

    old: Teller
    new: Teller

    def clause(self, name: object, *, old: bool = False) -> Provision | None:
        """Return a clause of one version by its id."""
        told = self.old if old else self.new
        return next((c for c in told.written.clauses if c.id == name), None)

    def clauses(self, each: Difference) -> Clauses | None:
        """Return the clause that a difference is in, twice where one is not there."""
        if each.keys[:1] != ("clauses",) or len(each.path) < _TWO:
            return None
        name = each.path[1].name
        old, new = self.clause(name, old=True), self.clause(name)
        one = old or new
        if one is None:
            return None
        return Clauses(old=one, new=new or one, tell_old=self.old, tell_new=self.new)


def tell_owner(pair: Pair, each: Difference) -> str:
    """Return what a change is about: the clause, zone or role that it is in."""
    section = each.keys[0]
    named = [step.name for step in each.path[1:2] if not step.is_key]
    known = f"diff.owner.{section}" in pair.new.tongue.phrases
    label = pair.new.say(f"diff.owner.{section}") if known else f"`{section}`"
    said = f"{label} [{named[0]}]" if named else label
    inner = _inner(pair, each)
    return f"{said}, {inner}" if inner else said


def _inner(pair: Pair, each: Difference) -> str:
    """Return where in its owner a change is, with the ids of what it is in."""
    steps = list(each.path[1:])
    if steps and not steps[0].is_key:
        steps = steps[1:]
    keys = [step.name for step in steps if step.is_key]
    said: list[str] = []
    for step in steps:
        if not step.is_key:
            said[-1:] = [f"{said[-1]} [{step.name}]" if said else f"[{step.name}]"]
        elif step.name not in _passed(keys):
            said.append(_label(pair.new, step.name, each))
    return ", ".join(said)


def _label(tell: Teller, key: str, each: Difference) -> str:
    """Return what people call a key; `of` is of classes where it names some."""
    inner = each.form.each if isinstance(each.form, Several) else each.form
    if key == each.key == "of" and isinstance(inner, Ref) and "classes" in inner.of:
        key = "classes"
    return tell.tongue.labels.get(key, f"`{key}`")


def _passed(keys: list[str]) -> set[str]:
    """Return keys that need not be said: a verb before what it is about."""
    return {key for key in keys[:-1] if key in VERBS or key == "near"}


def tell_what(pair: Pair, each: Difference) -> str:
    """Return what was and what is, by how much it moved, what came and went."""
    if each.renamed:
        return pair.new.say("diff.renamed", name=each.after)
    if each.reordered:
        order = ", ".join(each.after)
        return pair.new.say("diff.reordered", order=order)
    form = each.form
    if isinstance(form, Several) and not isinstance(form.each, Record):
        return _members(pair, each)
    return _came_or_went(pair, each)


def _came_or_went(pair: Pair, each: Difference) -> str:
    if each.before is None:
        return pair.new.say("diff.added", after=_after(pair, each))
    if each.after is None:
        return pair.new.say("diff.dropped", before=_before(pair, each))
    return _from_to(pair, each)


def _before(pair: Pair, each: Difference) -> str:
    return tell_value(pair.old, each.form, each.before).rstrip(".")


def _after(pair: Pair, each: Difference) -> str:
    return tell_value(pair.new, each.form, each.after).rstrip(".")


def _members(pair: Pair, each: Difference) -> str:
    old, new = _tuple(each.before), _tuple(each.after)
    form = each.form.each if isinstance(each.form, Several) else each.form
    came = tuple(one for one in new if one not in old)
    went = tuple(one for one in old if one not in new)
    if len(came) == len(went) == 1 and len(old) == len(new) == 1:
        one = Difference(path=each.path, form=form, before=went[0], after=came[0])
        return _from_to(pair, one)
    said = []
    if came:
        names = pair.new.joined(tell_value(pair.new, form, one) for one in came)
        said.append(pair.new.say("diff.added", after=names))
    if went:
        names = pair.new.joined(tell_value(pair.old, form, one) for one in went)
        said.append(pair.new.say("diff.dropped", before=names))
    return " ".join(said) or pair.new.say("diff.times")


def _tuple(value: Value) -> tuple[Value, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def _from_to(pair: Pair, each: Difference) -> str:
    before, after = _before(pair, each), _after(pair, each)
    key = "diff.changed"
    if BLANK in (each.before, each.after):
        key = "diff.filled" if each.before is BLANK else "diff.blanked"
    elif isinstance(each.before, Quantity | Duration | float):
        key = _risen(each.before, each.after)
    said = pair.new.say(key, before=before, after=after)
    moved = _moved(pair, each.before, each.after)
    return f"{said} {moved}" if moved else said


def _risen(before: Value, after: Value) -> str:
    one, other = _size(before), _size(after)
    if one is None or other is None or one == other:
        return "diff.changed"
    return "diff.rises" if other > one else "diff.falls"


def _size(value: Value) -> float | None:
    match value:
        case Quantity():
            return value.base
        case Duration():
            return value.nominal_s
        case float():
            return value
        case _:
            return None


def _moved(pair: Pair, before: Value, after: Value) -> str:
    moments = (At, Relative, DayEdge)
    if not isinstance(before, moments) or not isinstance(after, moments):
        return ""
    clause = Provision()
    both = Clauses(old=clause, new=clause, tell_old=pair.old, tell_new=pair.new)
    later_s = later_by_s(before, after, both)
    if not later_s:
        return ""
    key = "diff.later" if later_s > 0 else "diff.earlier"
    return pair.new.say(key, time=_stretch(pair.new, abs(later_s)))


def _stretch(tell: Teller, seconds: float) -> str:
    if seconds % _DAY_S == 0:
        return tell.tongue.counted(seconds / _DAY_S, "d")
    if seconds >= _DAY_S:
        days, rest = divmod(seconds, _DAY_S)
        hours = round(rest / _HOUR_S, 2)
        said = [tell.tongue.counted(days, "d"), tell.tongue.counted(hours, "h")]
        return tell.joined(said)
    return tell.tongue.counted(round(seconds / _HOUR_S, 2), "h")


def tell_bearers(pair: Pair, bearers: tuple[str, ...]) -> str:
    """Return whom a change concerns; both parties where there are two of them."""
    parties = pair.new.written.heading.parties
    if len(parties) == _TWO and set(map(str, parties)) == set(bearers):
        return pair.new.say("diff.both")
    return pair.new.who(bearers)


def tell_effect(pair: Pair, effect: Effect, who: str) -> str:
    """Return what a change does to whom, as a sentence; nothing where nothing."""
    if effect is Effect.NONE:
        return ""
    return " " + pair.new.say(f"diff.{effect.value}", who=who)


def tell_moved(pair: Pair, each: Moved) -> str:
    """Return how a zone or line lies elsewhere."""
    tell = pair.new
    owner = f"{tell.say(f'diff.owner.{each.section}')} [{each.name}]"
    if each.section == "lines":
        far = tell.tongue.counted(round(each.off_km, 3), "km")
        return tell.say("labelled", label=owner, value=tell.say("diff.line", far=far))
    said = [
        tell.say(key, area=tell.number(_figure(area)), side=tell.say(f"compass.{side}"))
        for key, area, side in (
            ("diff.gained", each.gained_km2, each.gained_side),
            ("diff.lost", each.lost_km2, each.lost_side),
        )
        if area
    ]
    return tell.say("labelled", label=owner, value=f"{tell.joined(said)}.")


def _figure(area_km2: float) -> float:
    """Return an area with as many digits as mean something."""
    return float(f"{area_km2:.3g}")


def tell_drawing(pair: Pair, name: str) -> str:
    """Return that a drawing came, went, or differs."""
    there = (name in pair.old.written.drawings, name in pair.new.written.drawings)
    key = {(False, True): "came", (True, False): "went"}.get(there, "differs")
    return pair.new.say(f"diff.drawing.{key}", name=name)
