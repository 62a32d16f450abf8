"""What a clause looks for: kinds, classes, a place, how many over what time."""

from collections.abc import Mapping

from pamiers.agreement.model import (
    AllOf,
    Bound,
    Everywhere,
    InZones,
    Matter,
    NearLine,
    OutsideZones,
    Subject,
    Where,
    Window,
)
from pamiers.agreement.resolve.about import Slack
from pamiers.agreement.resolve.sure import amount, condition, held, nominal_s, sure
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import (
    Announced,
    Limit,
    Near,
    Periodic,
    Proportion,
    Provision,
    Trigger,
)
from pamiers.agreement.written import Matter as WrittenMatter

_CALENDAR = "calendar "


def verb_of(clause: Provision) -> str:
    """Return the one verb of a clause that the check lets through."""
    verbs = {
        "forbid": clause.forbid,
        "oblige": clause.oblige,
        "at_most": clause.at_most,
        "at_least": clause.at_least,
        "ratio": clause.ratio,
        "notify": clause.notify,
        "maintain": clause.maintain,
        "every": clause.every,
        "formula": clause.formula,
    }
    return sure(next((verb for verb, each in verbs.items() if each is not None), None))


def matter_of(clause: Provision) -> WrittenMatter:
    """Return what a clause looks for; of a ratio, what is measured."""
    verb = verb_of(clause)
    if verb == "formula":
        return WrittenMatter()
    found = getattr(clause, verb)
    return held(found.of if verb == "ratio" else found, WrittenMatter)


def matter(found: WrittenMatter, bearers: tuple[str, ...]) -> Matter:
    """Return a matter with its place resolved.

    Args:
        found: As written.
        bearers: Whom it binds, for lines that differ by party.

    Returns:
        The matter.
    """
    return Matter(
        subject=subject(found),
        kinds=filled(found.event),
        state=str(found.state),
        classes=filled(found.of),
        where=where(found, bearers),
        condition=condition(found.where),
        by=filled(found.by),
        not_by=filled(found.not_by),
        to=filled(found.to),
        status=str(found.status) if isinstance(found, Limit) else "",
        breach_of=filled(found.breach_of) if isinstance(found, Trigger) else (),
    )


def subject(found: WrittenMatter) -> Subject:
    """Return whether a matter is a happening, a state of affairs or a stock."""
    if found.event or (isinstance(found, Trigger) and found.breach_of):
        return Subject.EVENT
    return Subject.STOCK if isinstance(found, Limit) else Subject.STATE


def where(found: WrittenMatter, bearers: tuple[str, ...]) -> Where:
    """Return where a matter holds; conditions of place join by *and*.

    Args:
        found: As written; `in_each` is left to the reading.
        bearers: Whom it binds, for lines that differ by party.

    Returns:
        The place.
    """
    parts: list[InZones | OutsideZones | NearLine] = []
    if found.in_:
        parts.append(InZones(filled(found.in_)))
    if found.not_in:
        parts.append(OutsideZones(filled(found.not_in)))
    if isinstance(found.near, Near):
        parts.append(_near(found.near, bearers))
    if len(parts) > 1:
        return AllOf(tuple(parts))
    return parts[0] if parts else Everywhere()


def _near(near: Near, bearers: tuple[str, ...]) -> NearLine:
    of = sure(near.of)
    lines = of if isinstance(of, Mapping) else dict.fromkeys(bearers, of)
    if near.distance is not None:
        away = sure(near.distance).base
    else:
        away = sure(near.width).base / 2
    return NearLine({each: sure(lines.get(each)) for each in bearers}, away)


def window(per: Duration | str | Blank | None) -> Window | None:
    """Return the time over which things are counted; None where nothing is said."""
    match per:
        case Duration():
            return Window(seconds=per.nominal_s) if per.is_fixed else Window(length=per)
        case "unstated":
            return Window()
        case str():
            return Window(calendar=per.removeprefix(_CALENDAR))
        case _:
            return None


def bound(
    clause: Provision,
    found: WrittenMatter,
    counter: str | None,
    slack: Slack | None,
) -> Bound | None:
    """Return how many there may or must be; None for other verbs.

    Args:
        clause: The clause, as one reading has it.
        found: What is counted, as that reading has it.
        counter: Whose tallies that reading goes by.
        slack: How far off it takes a figure that is `about` so many.

    Returns:
        The bound.
    """
    if not isinstance(found, Limit):
        return None
    n = known(found.n)
    numbers = {
        "most": _ceiling(n, slack) if clause.at_most is not None else None,
        "least": _floor(n, slack) if clause.at_least is not None else None,
    }
    per = found.per
    if isinstance(clause.ratio, Proportion):
        ratio = clause.ratio
        numbers = {"most": known(ratio.at_most), "least": known(ratio.at_least)}
        per = ratio.per or found.per
    return Bound(
        **numbers,
        unit=n.unit if n else _unit(found),
        per=window(per),
        together=bool(known(found.together)),
        presence_lasts_s=nominal_s(found.presence_lasts),
        counter=counter,
    )


def _ceiling(n: Quantity | None, slack: Slack | None) -> float | None:
    if n is None or slack is None or not n.about:
        return amount(n)
    return slack.most(n.amount)


def _floor(n: Quantity | None, slack: Slack | None) -> float | None:
    if n is None or slack is None or not n.about:
        return amount(n)
    return slack.least(n.amount)


def _unit(found: Limit) -> str:
    return "events" if found.event else "items"


def counters(found: WrittenMatter) -> tuple[str | None, ...]:
    """Return whose tallies are judged side by side; (None,) for anybody's."""
    named = filled(found.counters) if isinstance(found, Limit) else ()
    return named or (None,)


def notice_of(found: WrittenMatter) -> tuple[Duration | None, tuple[str, ...]]:
    """Return how long before something is announced, and what has to match."""
    if not isinstance(found, Announced):
        return None, ()
    return known(found.before), filled(found.matching)


def period_of(found: WrittenMatter) -> Window | None:
    """Return how often something has to happen; None for other verbs."""
    return window(found.period) if isinstance(found, Periodic) else None
