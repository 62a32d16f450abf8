"""Phrases that several tables share: where, when, how many, how likely."""

import re
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from pamiers.render.language import Language
from pamiers.render.page import Cell, Detail
from pamiers.report.message import Named
from pamiers.report.places import Whereabouts
from pamiers.report.redaction import Spot

_CALIBRE: Final = re.compile(r"\b(\d+(?:\.\d+)?)\s*-?\s*mm\b")
_DAY: Final = timedelta(days=1)


def where(
    speaker: Language, place: Named | None, at: Whereabouts | None, spot: Spot | None
) -> Cell:
    """Return where something was: its name, distance and bearing, uncertainty.

    Args:
        speaker: The language.
        place: Name as the source gives it.
        at: Distance and bearing from a named place.
        spot: Position, for its uncertainty.

    Returns:
        A name or a bearing, with the rest in small.
    """
    name = speaker.say(place) if place else ""
    bearing = _bearing(speaker, at) if at else ""
    if place and at and at.near.words == place.words:
        bearing = ""  # the source says the place itself
    parts = [part for part in (name, bearing) if part]
    if not parts:
        return speaker.text("where.unknown")
    small = [*parts[1:], _within(speaker, spot)] if spot else parts[1:]
    return Detail(text=parts[0], small="; ".join(small)) if small else parts[0]


def _bearing(speaker: Language, at: Whereabouts) -> str:
    if at.distance_km is None or at.compass is None:
        return speaker.text("where.at", near=at.near)
    return speaker.text(
        "where.from",
        near=at.near,
        distance=at.distance_km,
        compass=speaker.word("compass", at.compass),
    )


def _within(speaker: Language, spot: Spot) -> str:
    return speaker.text("value.uncertainty", n=round(spot.radius_m / 1000, 1))


def when(speaker: Language, start: datetime, end: datetime) -> tuple[str, str]:
    """Return the date and the time of an interval, as the mission's clocks show.

    Args:
        speaker: The language and time zone.
        start: First instant [UTC].
        end: First instant past it [UTC].

    Returns:
        (date, time); whole calendar days have `by date` for a time,
        and 24 hours that end at another time are a reporting day.
    """
    first, last = start.astimezone(speaker.tz), end.astimezone(speaker.tz)
    day = speaker.local_day(start, pattern="date.short")
    if first.time() == last.time() == time():
        whole = last.date().toordinal() - first.date().toordinal()
        until = speaker.local_day(_before(last, speaker.tz), pattern="date.short")
        dates = day if whole == 1 else f"{day} – {until}"
        return dates, speaker.text("value.all_day")
    if last - first == _DAY and first.time() == last.time():
        end_day = speaker.local_day(end, pattern="date.short")
        return end_day, speaker.text("value.reporting_day", time=speaker.clock(end))
    if first.date() == last.date() or last.time() == time():
        dates = day
    else:
        until = speaker.local_day(end, pattern="date.short")
        dates = f"{day} – {until}"
    return dates, f"{speaker.clock(start)}–{speaker.clock(end)}"


def _before(midnight: datetime, tz: tzinfo) -> datetime:
    """Return an instant of the day that a midnight ends."""
    return datetime.fromtimestamp(midnight.timestamp() - 1, tz)


def how_many(
    speaker: Language, count: int | None, low: int | None, high: int | None
) -> str:
    """Return a count as the source gave it; `not stated` where it gave none.

    Args:
        speaker: The language.
        count: Best figure.
        low: Least.
        high: Most.

    Returns:
        A figure, a range, or that there is none.
    """
    if count is not None:
        return speaker.number(count)
    if low is not None and high is not None and low != high:
        return speaker.text("value.range", low=low, high=high)
    if low is not None:
        return speaker.text("value.or_more", n=low)
    return speaker.text("value.unstated")


def weapons(speaker: Language, listed: str) -> str:
    """Return a source's list of weapons, the words that are known in the language.

    Args:
        speaker: The language.
        listed: Weapons in the source's words, joined by `; `.

    Returns:
        The list; designations such as `D-30`, and words not known, as they are.
    """
    return "; ".join(_weapon(speaker, part.strip()) for part in listed.split(";"))


def _weapon(speaker: Language, part: str) -> str:
    size = _CALIBRE.search(part)
    bare = " ".join(_CALIBRE.sub(" ", part).split())
    words = bare.split(" ")
    for n in range(len(words), 0, -1):
        term = "_".join(words[:n]).lower().replace("-", "_")
        known = [t for t in (term, term.removesuffix("s")) if _named(speaker, t)]
        if known:
            words = [speaker.text(f"weapon.{known[0]}"), *words[n:]]
            break
    calibre = [speaker.text("weapon.mm", n=float(size[1]))] if size else []
    return " ".join([*words, *calibre])


def _named(speaker: Language, term: str) -> bool:
    return speaker.knows(f"weapon.{term}")


def names(speaker: Language, given: tuple[Named, ...]) -> str:
    """Return names in a row, or that there are none."""
    return ", ".join(map(speaker.say, given)) or speaker.text("value.none")


def or_unknown(speaker: Language, name: Named | None) -> str:
    """Return a name, or that it is not known."""
    return speaker.say(name) if name else speaker.text("value.unknown")
