"""Physical lines of a report file, each with what it is for.

A line is prose, a bullet, or something about the page: separators, keys such as
`issued:`, page numbers, section headings, column headings of a table.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pamiers.ingest.smm.text.characters import normal

_BREAK = re.compile(r"\r\n|\n|\r|\u2028|\u2029")
_SEPARATOR = re.compile(r"[=_#~*-]{4,}")
_KEY = re.compile(
    r"(url|title|report|issued|kind|date|source|published|number|report number|"
    r"issued on|published on)\s*:\s*(.*)",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"(?:[-\u2022\u2013\u2014*\u00b7\u25aa\u25cf\u25e6\u2023\u25ba\uf0b7\uf02d]|o(?=\s+[A-Z])"
    r"|\(?\d{1,2}[.)](?=\s+[A-Z]))\s+(.*)"
)
_FURNITURE = re.compile(
    r"""(?:[-\u2013]\s*)?\d{1,3}(?:\s*[-\u2013])?$|
    page\s+\d+(?:\s+of\s+\d+)?$|\d+\s*/\s*\d+$|
    (?:https?://|www\.)\S+(?:\s.*)?$|\S+@osce\.org.*|
    (?:tel|phone|fax|office|mobile)\b[.:].*|
    osce$|organi[sz]ation\ for\ security\ and\ co-?operation.*|
    (?:osce\ )?special\ monitoring\ mission\ to\ ukraine(?:\ \(smm\))?$|
    osce\ special\ monitoring\ mission(?:\ to\ ukraine)?$|daily\ report(?:\ \d+/\d+)?$|
    (?:for\ )?media\ contacts?:?$|contacts?:?$|read\ more.*|source:.*|attachments?$|
    published\ on.*|download\ (?:pdf|report).*|from\ organization\ for\ security.*|
    (?:vul|26)\.?\ turhenievska.*|\d{5}\ kyiv.*|ukraine$|kyiv$|english$|preview$|
    report$|
    format:.*|formats?$|view\ original.*|\[?(?:end|\.\.\.)\]?$|
    .*(?:information\ officer|press\ and\ public\ information\ unit|spokesperson)$|
    \u00a9.*|copyright.*|all\ rights\ reserved.*|sources?:.*|map\ of.*|legend.*""",
    re.IGNORECASE | re.VERBOSE,
)
_COLUMNS = re.compile(
    r"\b(?:smm position|event location|means|no\.|observation|description|weapon|"
    r"date, time|type of weapon|location|source of observation|event|date|time)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"""(?:summary|details?|in\ detail|ceasefire\ violations?|disengagement\ areas?.*|
    withdrawal\ of\ weapons|beyond\ (?:the\ )?(?:respective\ )?withdrawal\ lines.*|
    weapons\ (?:in\ violation|beyond|that|permanently|at).*|
    (?:table\ of|annex).*|indications?\ of\ military.*|civilian\ casualt.*|
    presence\ of\ mines.*|mine\ hazard.*|unexploded.*|(?:efforts|localised|localized).*|
    respect\ for\ .*|border\ areas.*|situation\ (?:in|at|of|along).*|
    smm\ (?:uavs?|facilitation|monitoring|restrict).*|restrictions?\ (?:of|to)\ .*|
    conditional\ access|denials?\ of\ access|delays?|other\ impediments.*|
    regular\ restrictions.*|damage(?:\ to\ civilian.*|\ and\ casualties.*)?|
    (?:non-)?government-controlled\ areas|donetsk\ region|luhansk\ region|
    areas?\ (?:not|outside).*|civilian\ casualties.*|presence\ of\ .*|denial|delay|
    conditionality|long-range\ .*unmanned\ aerial\ vehicles.*|note\ on\ .*)$""",
    re.IGNORECASE | re.VERBOSE,
)
_VERBAL = re.compile(
    r"\b(?:saw|heard|observed|recorded|spotted|noted|was|were|is|are|has|had|did|said|"
    r"continued|denied|monitored|facilitated|visited|seen|remained|followed)\b"
)
_MAX_HEADING = 14
_MIN_COLUMNS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One physical line.

    Kinds: blank, separator, key, furniture, heading, bullet, row, text.
    """

    number: int  #: from 1
    kind: str
    text: str  #: normalised, without its bullet
    key: str | None = None  #: name of a `key: value` line, lower case


def lines(text: str) -> Iterator[Line]:
    """Yield every physical line with its kind.

    Args:
        text: A whole file, as decoded.

    Yields:
        One value per line, blank ones included, numbered from 1.
    """
    for number, raw in enumerate(_BREAK.split(text), start=1):
        yield _line(number, raw.replace("\f", " "))


def _line(number: int, raw: str) -> Line:
    """Return one line with its kind."""
    cells = (
        re.sub(r"\t+|\s{3,}\|\s*", " | ", raw.strip()) if "\t" in raw.strip() else raw
    )
    text = normal(cells)
    for kind, holds in (
        ("blank", not text and not _SEPARATOR.fullmatch(raw.strip())),
        ("separator", bool(_SEPARATOR.fullmatch(raw.strip()))),
        ("furniture", bool(_FURNITURE.match(text)) and not _VERBAL.search(text)),
    ):
        if holds:
            return Line(number=number, kind=kind, text=text)
    key = _KEY.fullmatch(text)
    if key is not None:
        return Line(number=number, kind="key", text=key[2], key=key[1].lower())
    return _prose(number, raw, text)


def _prose(number: int, raw: str, text: str) -> Line:
    """Return a bullet, table row, heading or line of text."""
    bullet = _BULLET.match(raw.strip())
    if bullet is not None:
        return Line(number=number, kind="bullet", text=normal(bullet[1]))
    if text.count("|") >= _MIN_COLUMNS:
        kind = "furniture" if _is_columns(text) else "row"
        return Line(number=number, kind=kind, text=text)
    if _is_columns(text):
        return Line(number=number, kind="furniture", text=text)
    kind = "heading" if _is_heading(text) else "text"
    return Line(number=number, kind=kind, text=text)


def _is_columns(text: str) -> bool:
    """Return whether a line only names the columns of a table."""
    found = _COLUMNS.findall(text)
    rest = _COLUMNS.sub("", text).replace("|", "").strip(" ,.")
    return len(found) >= _MIN_COLUMNS and len(rest) <= len(text) // 4


def _is_heading(text: str) -> bool:
    """Return whether a line is one of the section headings of the reports."""
    short = len(text.split()) <= _MAX_HEADING and not text.endswith((".", ",", ";"))
    short = short and text[:1].isupper()
    return short and bool(_SECTION.match(text)) and not _VERBAL.search(text)
