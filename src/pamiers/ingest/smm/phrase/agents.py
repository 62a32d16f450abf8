"""Who or what perceived: the Mission, a patrol, a camera, an unmanned aircraft."""

from dataclasses import dataclass

from pamiers.ingest.smm.phrase.numbers import count
from pamiers.ingest.smm.stream import Match, Phrasebook, Stream
from pamiers.ingest.smm.wordlist import phrases, words


@dataclass(frozen=True, slots=True)
class Agent:
    """An observer of the Mission: its platform, and whether it was met before."""

    platform: str  #: patrol, camera, mini-uav, mid-range-uav, long-range-uav ...
    same: bool = False  #: "the same camera", "it": its place was said before


_HEADS: Phrasebook[str] = Phrasebook(
    {
        "camera": "camera",
        "cameras": "camera",
        "thermal camera": "camera",
        "camera system": "camera",
        "camera systems": "camera",
        "imagery": "imagery",
        "aerial imagery": "imagery",
        "satellite imagery": "satellite",
        "uav": "uav",
        "uavs": "uav",
        "unmanned aerial vehicle": "uav",
        "unmanned aerial vehicles": "uav",
        "unmanned aerial vehicle ( uav )": "uav",
        "unmanned aerial vehicles ( uavs )": "uav",
        "quadcopter": "mini-uav",
        "patrol": "patrol",
        "patrols": "patrol",
        "patrol members": "patrol",
        "patrol member": "patrol",
        "members": "patrol",
        "member": "patrol",
        "monitors": "patrol",
        "monitor": "patrol",
        "monitoring officers": "patrol",
        "observers": "patrol",
        "team": "patrol",
        "teams": "patrol",
        "monitoring teams": "patrol",
        "team members": "patrol",
        "officers": "patrol",
        "mission members": "patrol",
        "staff": "patrol",
        "staff members": "patrol",
        "vehicle": "patrol",
        "vehicles": "patrol",
        "technical means": "camera",
        "acoustic sensor": "sensor",
        "acoustic sensors": "sensor",
        "patrol 's": "patrol",
        "forward patrol base": "patrol",
        "uav imagery": "uav",
        "drone": "uav",
        "aerial images": "imagery",
        "images": "imagery",
        "mission member": "patrol",
        "monitoring officer": "patrol",
        "armoured vehicle": "patrol",
        "armoured vehicles": "patrol",
        "patrol vehicles": "patrol",
        "uav flight": "uav",
    }
)
_RANGE = {"mini": "mini-uav", "mid": "mid-range-uav", "long": "long-range-uav",
          "short": "mini-uav", "mini uav": "mini-uav"}  # fmt: skip
_WHOLE: Phrasebook[Agent] = Phrasebook(
    {
        "the smm": Agent("patrol"),
        "smm": Agent("patrol"),
        "the mission": Agent("patrol"),
        "the osce smm": Agent("patrol"),
        "the osce": Agent("patrol"),
        "the special monitoring mission": Agent("patrol"),
        "it": Agent("patrol", same=True),
        "they": Agent("patrol", same=True),
        "the monitors": Agent("patrol", same=True),
        "mission": Agent("patrol"),
        "the observers": Agent("patrol", same=True),
        "them": Agent("patrol", same=True),
        "the patrol": Agent("patrol", same=True),
        "the camera": Agent("camera", same=True),
        "the uav": Agent("uav", same=True),
        "osce smm": Agent("patrol"),
        "the osce special monitoring mission": Agent("patrol"),
    }
)
_LEADS = words(
    """
the an a another same second third first this other both these its remaining one two
three four some aforementioned 's newly installed several static
"""
)
_OWN_GROUP = phrases(
    """
consisting of|comprising|comprised of|composed of|made up of|which consisted of
consisting|that consisted of|including|of
"""
)
_CREW = words(
    """
members member vehicles vehicle monitors people persons patrol mission smm officers
monitoring armoured personnel staff medical officer paramedic the an a national
assistant language assistants
"""
)


def agent(stream: Stream, at: int) -> Match[Agent] | None:
    """Read an observer of the Mission, with the crew it consisted of.

    Examples:
        >>> agent(Stream.of("an SMM long-range UAV observed"), 0).value.platform
        'long-range-uav'
    """
    read = _platform(stream, at) or _WHOLE.read(stream, at)
    if read is None:
        return None
    return Match(read.value, _crew(stream, read.end))


def _platform(stream: Stream, at: int) -> Match[Agent] | None:
    """Read articles, "SMM", a range and a head: "four SMM patrol members"."""
    start = stream.skip(at, *_LEADS)
    number = count(stream, start)
    start = (
        number.end
        if number is not None
        and stream.is_word(number.end, "smm", "patrol", "mission", "members", "osce")
        else start
    )
    named = stream.skip(start, "osce", "smm", "mission", "'s", "own")
    span = stream.skip(named, "on", "site", "patrol's")
    reach, head_at = _range(stream, span)
    head = _HEADS.read(stream, head_at)
    if head is None or not (named > start or _definite(stream, at, start, head.value)):
        return None
    words = {stream.at(i).lower for i in range(at, head.end)}
    same = bool(words & {"same", "this", "that", "these", "its"}) or named == start
    end = head.end
    while (more := _HEADS.read(stream, stream.skip(end, "patrol"))) is not None:
        end = more.end
    platform = reach or head.value
    inner = _source(stream, end, head.value)
    if inner is not None:
        platform, end = inner.value.platform, inner.end
    for owner in ("of the osce smm", "of the smm", "of the mission"):
        end = stream.after(end, owner) or end
    return Match(Agent(platform, same=same), end)


def _definite(stream: Stream, at: int, start: int, platform: str) -> bool:
    """Return whether a head without "SMM" must still be the Mission's own."""
    if platform in ("camera", "imagery", "satellite"):
        return True
    if stream.is_word(start, "long", "mid") or stream.after(start, "patrol members"):
        return True
    if any(
        (stream.is_word(i, "of") and stream.after(i + 1, "the osce smm"))
        or stream.after(i, "of the smm")
        for i in range(start + 1, start + 5)
    ):
        return True
    words = {stream.at(i).lower for i in range(at, start)}
    pointed = bool(words & {"the", "same", "this", "that", "its"})
    head = stream.at(start).lower
    return pointed and head in (
        "uav",
        "uavs",
        "patrol",
        "monitors",
        "mini",
        "mid",
        "long",
    )


def _range(stream: Stream, at: int) -> tuple[str | None, int]:
    """Read "mini-", "mid-range" or "long-range" before the head."""
    word = stream.at(at).lower
    if word not in _RANGE:
        return None, at
    return _RANGE[word], stream.skip(at + 1, "range")


def _source(stream: Stream, at: int, platform: str) -> Match[Agent] | None:
    """Read "from an SMM long-range UAV", whose the imagery is."""
    if platform not in ("imagery", "satellite") or not stream.is_word(at, "from", "by"):
        return None
    return _platform(stream, at + 1)


def _crew(stream: Stream, at: int) -> int:
    """Return the position after "consisting of five members and two vehicles"."""
    for lead in _OWN_GROUP:
        start = stream.after(at, lead)
        end = _crew_list(stream, start) if start is not None else None
        if end is not None:
            return end
    return at


def _crew_list(stream: Stream, at: int) -> int | None:
    """Return the position after a counted list of members and vehicles."""
    end, read = at, False
    while (number := count(stream, end)) is not None:
        after = stream.skip(number.end, *_CREW)
        if after == number.end:
            break
        end, read = _more_crew(stream, after), True
        end = stream.skip(end, "and", "in", ",", "with", "plus")
    return end if read else None


def _more_crew(stream: Stream, at: int) -> int:
    """Return the position after "and the SMM medical officer", if that follows."""
    start = stream.skip(at, "and")
    end = stream.skip(start, *_CREW)
    titled = stream.is_word(start, "the", "an", "a") and end > start + 1
    return end if titled else at
