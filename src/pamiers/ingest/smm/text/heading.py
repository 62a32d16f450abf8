"""What a report says of itself: number, date of issue, cut-off, kind."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from pamiers.ingest.smm.calendar import CUT_OFF, ZONE, at_clock
from pamiers.ingest.smm.phrase.dates import Day
from pamiers.ingest.smm.phrase.times import TimePhrase, time_phrase
from pamiers.ingest.smm.sentence import ReportHeader
from pamiers.ingest.smm.stream import Stream
from pamiers.ingest.smm.text.telling import perceives, tells

_BOILERPLATE = re.compile(
    r"""(?:\(?\[?\d{1,2}[\].)]*\s+)?(?:
    based\ on\ information|all\ times\ (?:are|mentioned)|
    this\ report\ is\ (?:for|provided)|latest\ from|spot\ report|
    for\ a\ (?:complete|full)\ breakdown|please\ see|see\ the\ annexed|
    \(see\ the\ annex|
    an?\ (?:complete|full)\ (?:list|breakdown)|
    the\ (?:table|annex)\ (?:below|above|only)|this\ table\ only|
    the\ smm's\ monitoring\ is\ restrained|issued\ on|thematic\ report|
    weekly\ (?:report|update)|status\ report
    )""",
    re.IGNORECASE | re.VERBOSE,
)
#: Words that open the page's own text and prose alike: header without a verb only.
_AMBIGUOUS = re.compile(
    r"""(?:osce\ special\ monitoring\ mission|osce\ smm\b|daily\ report|note:|
    details$|summary:?$|
    the\ smm\ cameras?\ (?:mentioned|locations?))""",
    re.IGNORECASE | re.VERBOSE,
)
_TITLE = re.compile(
    r"(?:latest from (?:the )?(?:osce|special monitoring)|"
    r"(?:osce )?(?:smm )?spot report|"
    r"osce special monitoring mission to ukraine \(smm\) daily report|"
    r"(?:osce )?(?:smm )?daily report (?:no\.? ?)?\d+/20\d\d|"
    r"(?:weekly (?:report|update)|status report|thematic report)\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b(\d{1,3}/20\d\d)\b")
_ISSUED = re.compile(r"\bissued\b.{0,90}\bon\b", re.IGNORECASE | re.DOTALL)
_GLOSS = re.compile(r"\(the (?:village|town|city|settlement)\s*:")


@dataclass(slots=True)
class Heading:
    """Facts of a report's head, gathered line by line."""

    line: int = 1
    keys: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    as_of: TimePhrase | None = None
    notes: list[str] = field(default_factory=list)


def is_boilerplate(text: str) -> bool:
    """Return whether a sentence is about the report itself, not the ground."""
    if _AMBIGUOUS.match(text) and not is_title(text):
        return not perceives(text)
    told = _BOILERPLATE.match(text) or is_title(text)
    return bool(_GLOSS.match(text) or (told and not tells(text)))


def is_title(text: str) -> bool:
    """Return whether a sentence is a title that opens another report."""
    return _TITLE.match(text) is not None


def take(heading: Heading, text: str) -> None:
    """Take a title or boilerplate sentence into the head of a report."""
    if heading.as_of is None:
        heading.as_of = _as_of(text)
    heading.titles.append(text)


def take_number(heading: Heading, text: str) -> None:
    """Take the number of the report from the head of its first page."""
    found = _NUMBER.search(text)
    if found is not None:
        heading.keys.setdefault("number", found[1])


def _as_of(text: str) -> TimePhrase | None:
    """Return the cut-off that "as of 19:30, 19 July 2017" states."""
    stream = Stream.of(text)
    for at in range(len(stream)):
        start = stream.after(at, "as of") or stream.after(at, "received until")
        if start is None:
            continue
        plain = re.sub(r"\(Kyiv time\)\s*,?", ",", text[stream.at(start).start :])
        plain = re.sub(r"^(.*?\d)\s?(?:hrs|hours|h)\b", r"\1", plain).replace(" ,", ",")
        found = time_phrase(Stream.of("at " + plain), 0)
        return found.value if found is not None else None
    return None


def header_of(heading: Heading) -> ReportHeader:
    """Return the head of a report from its keys, titles and cut-off.

    A daily report that gives its date of issue but no cut-off is taken to end
    at 19:30 the evening before, and a note says so.
    """
    text = " ".join([*heading.keys.values(), *heading.titles])
    kind = _kind(text)
    issued = _issued(heading) if kind != "thematic" else _keyed(heading)
    base = ReportHeader(
        number=_number(heading, text),
        issued_on=issued,
        kind=kind,
        line=heading.line,
        title=heading.keys.get("title") or next(iter(heading.titles), None),
        url=heading.keys.get("url"),
        notes=tuple(heading.notes),
    )
    cut = _cut_off(heading, issued)
    if cut is not None:
        return replace(base, as_of=cut, as_of_stated=True)
    said = bool(heading.keys.get("issued")) or _ISSUED.search(text) is not None
    if kind == "daily" and issued is not None and said:
        note = "cut-off not stated: taken as 19:30 in Kyiv on the eve of issue"
        eve = at_clock(issued - timedelta(days=1), CUT_OFF)
        return replace(base, as_of=eve, notes=(*base.notes, note))
    return base


def _kind(text: str) -> str:
    """Return the kind of report that its title names."""
    for kind in ("spot", "weekly", "thematic", "status"):
        if re.search(rf"\b{kind}[ _](?:report|update)", text, re.IGNORECASE):
            return kind
    return "daily"


def _number(heading: Heading, text: str) -> str | None:
    """Return the report number N/YYYY, from its key before its title."""
    key = heading.keys.get("report") or heading.keys.get("number") or ""
    found = _NUMBER.search(key) or _NUMBER.search(text)
    return found[1] if found is not None else None


def _issued(heading: Heading) -> date | None:
    """Return the date of issue, from its key or from a title that has a year."""
    keyed = _keyed(heading)
    if keyed is not None:
        return keyed
    for title in [heading.keys.get("title", ""), *heading.titles]:
        found = _date_in(title)
        if found is not None:
            return found
    return None


def _keyed(heading: Heading) -> date | None:
    """Return the date of issue from its key; a thematic title names what it covers."""
    for key in ("issued", "issued on", "date", "published", "published on"):
        found = _date_in(heading.keys.get(key, ""))
        if found is not None:
            return found
    return None


def _date_in(text: str) -> date | None:
    """Return the first date with a year in a text, or None."""
    stream = Stream.of(text)
    for at in range(len(stream)):
        if stream.at(at).kind not in ("number", "date", "month"):
            continue
        found = time_phrase(stream, at)
        day = found.value.days[-1] if found is not None and found.value.days else None
        if day is not None and day.year is not None and day.month is not None:
            return _valid(day)
    return None


def _valid(day: Day) -> date | None:
    """Return a date, or None for one that no calendar has."""
    try:
        return date(day.year or 1, day.month or 1, day.day)
    except ValueError:
        return None


def _cut_off(heading: Heading, issued: date | None) -> datetime | None:
    """Return the stated cut-off in UTC, its year from the date of issue if left out."""
    title = heading.keys.get("title", "")
    phrase = heading.as_of or _as_of(title)
    if phrase is None or phrase.start_min is None or not phrase.days:
        return None
    day = phrase.days[-1]
    year = day.year or (issued.year if issued is not None else None)
    if year is None or day.month is None:
        heading.notes.append("the cut-off has no year and the report no other date")
        return None
    if (
        day.year is None
        and issued is not None
        and (day.month, day.day)
        > (
            issued.month,
            issued.day,
        )
    ):
        year -= 1
    found = _valid(replace(day, year=year))
    if found is None:
        return None
    minutes = int(phrase.start_min)
    clock = CUT_OFF.replace(hour=minutes // 60, minute=minutes % 60)
    return datetime.combine(found, clock, tzinfo=ZONE).astimezone(at_clock(
        found, clock).tzinfo)  # fmt: skip
