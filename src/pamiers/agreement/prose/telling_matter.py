"""What a clause is about, in words: which things, of whom, where, on what condition."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pamiers.agreement.prose.conditions import tell_condition
from pamiers.agreement.prose.telling import HAPPENINGS, Teller, called
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import Limit, Matter, Near, Proportion

PRESENCE: Final = ("presence", "absence")


def tell_what(tell: Teller, found: Matter, *, by: str = "and") -> str:
    """Return what happens or is so, with its classes, its condition and its doer.

    Args:
        tell: Who speaks.
        found: The matter.
        by: `and` or `or`: how several kinds of event are joined.

    Returns:
        A noun phrase.
    """
    said = _happening(tell, found, by) if found.event else _state(tell, found)
    return said + tell_condition_of(tell, found) + tell_doer(tell, found)


def _happening(tell: Teller, found: Matter, by: str) -> str:
    said = tell.names(found.event, *HAPPENINGS, by=by)
    if found.of:
        what, classes = said, tell_classes(tell, found)
        said = tell.say("what.with", what=what, classes=classes)
    if found.state:
        said = tell.say("what.also", what=said, state=_state(tell, found))
    return said


def _state(tell: Teller, found: Matter) -> str:
    if isinstance(found.state, Blank):
        return tell.say("blank")
    if found.state in PRESENCE:
        return tell.say(f"what.{found.state}", classes=tell_classes(tell, found))
    if not found.state:
        return tell_classes(tell, found) if found.of else tell.say("blank")
    said = tell.name(found.state, "states", "kinds")
    if not found.of:
        return said
    return tell.say("what.with", what=said, classes=tell_classes(tell, found))


def tell_classes(tell: Teller, found: Matter) -> str:
    """Return the classes a clause speaks of; all of them where it names none."""
    if not found.of:
        return tell.say("class.any")
    return tell.names(found.of, "classes", by="or")


def tell_condition_of(tell: Teller, found: Matter) -> str:
    """Return the condition that narrows a matter, as a clause in apposition."""
    if found.where is None:
        return ""
    return tell.say("what.where", condition=tell_condition(tell, found.where))


def tell_doer(tell: Teller, found: Matter) -> str:
    """Return whose conduct it is, where not the bearer's, and to whom it is owed."""
    by = tell.who(found.by, by="or")
    stands = not found.event and (found.state in PRESENCE or not found.state)
    said = tell.also("what.of" if stands else "what.by", found.by, who=by)
    but = tell.also("what.not.by", found.not_by, who=tell.who(found.not_by))
    return said + but + tell_receiver(tell, found)


def tell_receiver(tell: Teller, found: Matter) -> str:
    """Return to whom an act is owed, or a notice is to be given."""
    return tell.also("what.to", found.to, who=tell.who(found.to))


def tell_where(tell: Teller, found: Matter) -> str:
    """Return where a clause holds: in zones, outside them, near a line."""
    said = (
        _zones(tell, *_together(found), found.in_),
        _zones(tell, "in_each", "and", found.in_each),
        _zones(tell, "not_in", "and", found.not_in),
        _near(tell, found.near),
    )
    return "".join(f" {each}" for each in said if each)


def _together(found: Matter) -> tuple[str, str]:
    """Return how zones are joined: what is counted is counted in all of them."""
    return ("joint", "and") if isinstance(found, Limit) else ("in", "or")


def _zones(tell: Teller, key: str, by: str, zones: tuple[object, ...]) -> str:
    if not zones:
        return ""
    number = "one" if len(zones) == 1 else "several"
    quoted = [tell.say("zone.named", name=tell.name(each, "zones")) for each in zones]
    return tell.say(f"where.{key}.{number}", zones=tell.joined(quoted, by=by))


def _near(tell: Teller, near: Near | Blank | None) -> str:
    if near is None:
        return ""
    if isinstance(near, Blank):
        return tell.say("blank")
    line = tell_line(tell, near.of)
    said = []
    if near.distance is not None or near.width is None:
        given = near.distance
        distance = tell.amount(given) if given else tell.say("where.read")
        said.append(tell.say("where.distance", distance=distance, line=line))
    if near.width is not None:
        width, half = tell.amount(near.width), _half(tell, near.width)
        said.append(tell.say("where.width", width=width, half=half, line=line))
    return tell.joined(said)


def _half(tell: Teller, width: Quantity | Blank) -> str:
    if isinstance(width, Blank):
        return tell.say("blank")
    return tell.amount(Quantity(width.amount / 2, width.unit))


def tell_line(tell: Teller, of: object) -> str:
    """Return a line, or the line of each party."""
    if not isinstance(of, Mapping):
        return tell.say("line.named", name=tell.name(of, "lines"))
    said = (
        tell.say(
            f"line.of.{called(tell.written, (owner,))}",
            line=tell.name(line, "lines"),
            who=tell.name(owner, "actors"),
        )
        for owner, line in of.items()
    )
    return tell.joined(said)


def tell_number(tell: Teller, found: Limit) -> str:
    """Return how many of what: `75 tanks`, `6,000 persons`, `10 events of fire`."""
    if found.n is None:
        said = tell.say("number.read", what=_counted(tell, found))
    elif isinstance(found.n, Blank):
        said = tell.say("number.read", what=_counted(tell, found))
        said = f"{tell.say('blank')} {said}"
    elif found.n.unit == "items" and not found.event:
        said = _items(tell, found, tell.amount(found.n))
    else:
        said = _measured(tell, found, found.n)
    return said + _status(tell, found) + tell_condition_of(tell, found)


def _items(tell: Teller, found: Limit, number: str) -> str:
    if not found.of and not found.state:
        return tell.say("number.items", number=number)
    return tell.say("number.of", number=number, what=_counted(tell, found))


def _measured(tell: Teller, found: Limit, n: Quantity) -> str:
    if found.event and n.unit in {"events", "items"}:
        number = tell.amount(replace(n, unit="events"))
        return tell.say("number.events", number=number, what=_counted(tell, found))
    if not (found.of or found.state or found.event):
        return tell.amount(n)
    what = _counted(tell, found)
    return tell.say("number.measured", number=tell.amount(n), what=what)


def _counted(tell: Teller, found: Limit) -> str:
    said = []
    if found.event:
        said.append(tell.names(found.event, *HAPPENINGS, by="or"))
    if found.of:
        said.append(tell_classes(tell, found))
    if found.state and found.state != "presence":
        said.append(tell.name(found.state, "states", "kinds"))
    return tell.joined(said, by="or") if said else tell.say("class.any")


def _status(tell: Teller, found: Limit) -> str:
    status = tell.word(found.status)
    return tell.also("number.status", found.status, status=status)


def tell_measured(tell: Teller, found: Limit | Blank) -> str:
    """Return one side of a ratio: what is measured, where, in which status."""
    if isinstance(found, Blank):
        return tell.say("blank")
    if found.n is not None:
        said = tell_number(tell, found)
    else:
        said = _counted(tell, found) + _status(tell, found)
        said += tell_condition_of(tell, found)
    per = f" {tell.per(found.per)}" if found.per else ""
    return said + tell_doer(tell, found) + tell_where(tell, found) + per


def tell_share(tell: Teller, found: Proportion, *, per_cent: bool = False) -> str:
    """Return the bounds of a ratio: at most so many, at least so many, or exactly."""
    figure = tell.share if per_cent else tell.number
    if found.at_most is not None and found.at_most == found.at_least:
        return tell.say("ratio.exactly", number=figure(found.at_most))
    floor = "ratio.no.less" if per_cent else "ratio.at_least"
    said = [
        tell.say(key, number=figure(value))
        for key, value in (("ratio.at_most", found.at_most), (floor, found.at_least))
        if value is not None
    ]
    return tell.joined(said) if said else tell.say("ratio.read")


def tell_proportion(found: Proportion) -> str:
    """Return which sentence says a ratio as people say it.

    Returns:
        `ratio.as.many`, `ratio.no.fewer` and `ratio.no.more` of what is measured one
        for one; `ratio.share` of what is a part of the other; else `ratio`.
    """
    bounds = (found.at_least, found.at_most)
    given = [each for each in bounds if isinstance(each, int | float)]
    if len(given) < sum(each is not None for each in bounds) or not given:
        return "ratio"
    if set(given) == {1}:
        return _one_for_one(found)
    return "ratio.share" if max(given) <= 1 else "ratio"


def _one_for_one(found: Proportion) -> str:
    if found.at_most is None:
        return "ratio.share" if _is_part(found) else "ratio.no.fewer"
    return "ratio.no.more" if found.at_least is None else "ratio.as.many"


def _is_part(found: Proportion) -> bool:
    """Tell whether both sides count the same things, in another status or time."""
    sides = [each for each in (found.of, found.to) if isinstance(each, Limit)]
    return len({(each.of, each.by, each.in_) for each in sides}) == 1
