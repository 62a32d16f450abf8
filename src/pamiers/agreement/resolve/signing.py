"""Since when those who signed an instrument are bound by it."""

from collections.abc import Iterable
from datetime import date, datetime

from pamiers.agreement.grammar.bodies import SIGNED
from pamiers.agreement.texts import claims
from pamiers.agreement.written import Signature, Written
from pamiers.core.instant import calendar_day, zone


def joined(written: Written, time_zone: str) -> dict[str, dict[str, datetime]]:
    """Return instrument -> actor -> since when the actor is bound by it.

    Args:
        written: Its signatures; rival sources may give several dates.
        time_zone: In which a date begins.

    Returns:
        The beginning of the day of the first act that binds; of an act that sources
        date otherwise, the latest of its dates. An actor with such an act of which no
        source gives a date is left out: it is bound from when the clause is in force.
    """
    found = {
        str(each.id): dict(_bound(claims(written, str(each.id)), time_zone))
        for each in written.instruments
    }
    return {name: actors for name, actors in found.items() if actors}


def _bound(told: Iterable[Signature], time_zone: str) -> list[tuple[str, datetime]]:
    dates: dict[str, dict[str, date | None]] = {}
    for each in told:
        if each.act in SIGNED:
            acts = dates.setdefault(str(each.actor), {})
            on = each.on if isinstance(each.on, date) else None
            before = acts.get(str(each.act), on)
            acts[str(each.act)] = max(on, before) if on and before else None
    tz = zone(time_zone)
    return [
        (actor, calendar_day(min(days), tz).start)
        for actor, acts in dates.items()
        if (days := [on for on in acts.values() if on is not None])
        and len(days) == len(acts)
    ]
