"""A reading as a few plain lines, so that a person can check it at a glance."""

from datetime import UTC, datetime

from pamiers.ingest.smm.calendar import ZONE
from pamiers.ingest.smm.context import opening
from pamiers.ingest.smm.parser import parse_sentence
from pamiers.ingest.smm.sentence import (
    Count,
    Flight,
    Observed,
    ParsedSentence,
    PlacePhrase,
    Published,
    ReportHeader,
    Sector,
    Sentence,
    TimeSpan,
    Weapon,
)

AS_OF = datetime(2020, 8, 4, 16, 30, tzinfo=UTC)  # 19:30 in Kyiv


def read(text: str, header: ReportHeader | None = None) -> ParsedSentence:
    """Return the reading of one sentence of a report as of 4 August 2020."""
    header = header or ReportHeader(as_of=AS_OF)
    sentence = Sentence(text=text, line=1, row=1, report=header)
    return parse_sentence(sentence, opening(header))[0]


def rendered(parsed: ParsedSentence) -> list[str]:
    """Return the category, then one line for each thing or total read."""
    if parsed.category is None:
        return [f"quarantined: {parsed.fault}"]
    return [
        str(parsed.category),
        *(observed(one) for one in parsed.observations),
        *(total(one) for one in parsed.totals),
    ]


def observed(one: Observed) -> str:
    facts = {
        "absent": "yes" if one.absent else "",
        "known": "yes" if one.known else "",
        "is": one.description,
        "weapons": ", ".join(weapon(w) for w in one.weapons),
        "by": " ".join(filter(None, (one.platform, one.sense))),
        "sector": sector(one.sector),
        "from": place(one.observer),
        "at": place(one.place),
        "flight": "; ".join(flight(f) for f in one.flights),
        "parts": "; ".join(
            " ".join(
                filter(
                    None,
                    (number(p.count), weapon(p.weapon) if p.weapon else None, p.noun),
                )
            )
            for p in one.parts
        ),
        "when": span(one.time),
        "standing": "" if one.standing == "observed" else str(one.standing),
    }
    told = " | ".join(f"{name} {value}" for name, value in facts.items() if value)
    return f"{one.kind} {number(one.count)} | {told}"


def total(one: Published) -> str:
    parts = [
        f"{one.measure} in {one.region or 'all'}: {number(one.count)}",
        f"{one.change}" if one.change else "",
        f"before {number(one.previous)}" if one.previous else "",
        f"{one.period_kind} {span(one.period)}",
    ]
    return " | ".join(part for part in parts if part)


def number(count: Count | None) -> str:
    if count is None:
        return "-"
    low = "" if count.low is None else str(count.low)
    high = "" if count.high is None else str(count.high)
    figure = low if low == high else f"{low}..{high}"
    return figure if count.manner == "exact" else f"{count.manner}:{figure}"


def weapon(one: Weapon) -> str:
    size = f"{one.calibre_mm:g}mm" if one.calibre_mm is not None else None
    return "/".join(filter(None, (one.kind, one.system, size)))


def sector(one: Sector | None) -> str:
    if one is None:
        return ""
    far = ""
    if one.distance is not None:
        far = f"{one.distance.low_m:g}-{one.distance.high_m:g}m "
    winds = ",".join(f"{w.degrees:g}~{w.half_width_deg:g}" for w in one.bearings)
    return f"{far}{winds}".strip() or "unknown"


def flight(one: Flight) -> str:
    origin = f"{one.origin.degrees:g}" if one.origin else "?"
    goal = f"{one.goal.degrees:g}" if one.goal else "?"
    share = f"{number(one.count)}x " if one.count else ("mostly " if one.mostly else "")
    return f"{share}{origin}>{goal}"


def place(one: PlacePhrase | None) -> str:
    if one is None:
        return ""
    offset = ""
    if one.offset is not None:
        offset = f"{one.offset.low_m:g}-{one.offset.high_m:g}m"
    wind = f"{one.bearing.degrees:g}" if one.bearing is not None else None
    anchor = None
    if one.anchor is not None:
        far, wind_to = one.anchor.distance.low_m, one.anchor.bearing.degrees
        anchor = f"({far:g}m {wind_to:g} of {one.anchor.name})"
    words = (
        one.relation, offset, wind, "+".join(one.names), one.feature,
        one.control, one.region, anchor,
        f"formerly {one.former}" if one.former else None,
    )  # fmt: skip
    return " ".join(filter(None, words))


def span(time: TimeSpan | None) -> str:
    if time is None or time.start is None or time.end is None:
        return "unresolved"
    if time.basis == "reporting-period":
        return "period"
    start, end = (t.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") for t in (
        time.start, time.end))  # fmt: skip
    return f"{start}..{end} ({time.basis})"
