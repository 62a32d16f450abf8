"""Physical lines of a report file, each with what it is for.

A line is prose, a bullet, or something about the page: separators, keys such as
`issued:`, page numbers, section headings, column headings of a table.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pamiers.ingest.smm.text.characters import normal
from pamiers.ingest.smm.text.table_rows import is_bare_row, is_row

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
    (?:osce\ )?special\ monitoring\ mission(?:\ to\ ukraine)?(?:\ \(smm\))?
      (?:\ page\ \d+(?:\ of\ \d+)?)?$|
    (?:osce\ )?(?:smm\ )?(?:daily|spot)\ report
      (?:\ (?:no\.?\ ?)?\d+/\d+)?(?:\ \d{1,3})?$|
    (?:for\ )?media\ contacts?:?$|contacts?:?$|read\ more.*|source:.*|attachments?$|
    published\ on.*|download\ (?:pdf|report).*|from\ organization\ for\ security.*|
    (?:vul|26)\.?\ turhenievska.*|\d{5}\ kyiv.*|ukraine$|kyiv$|english$|preview$|
    report$|
    format:.*|formats?$|view\ original.*|\[?(?:end|\.\.\.)\]?$|
    .*(?:information\ officer|press\ and\ public\ information\ unit|spokesperson)$|
    \u00a9.*|copyright.*|all\ rights\ reserved.*|sources?:.*|map\ of.*|legend.*""",
    re.IGNORECASE | re.VERBOSE,
)
#: The title of a figure, which speaks of recording and states nothing.
_CAPTION = re.compile(
    r"(?:number|map|maps|graph|trend) of (?:the )?(?:recorded )?"
    r"(?:ceasefire violations|explosions)$",
    re.IGNORECASE,
)
#: The head of a page that text extraction has set before a sentence.
_PAGE_HEAD = re.compile(
    r"((?:(?:osce\s+)?special\s+monitoring\s+mission\s+to\s+ukraine(?:\s\(smm\))?\s+)?"
    r"page\s+\d+\s+of\s+\d+|"
    r"(?:osce\s+)?(?:smm\s+)?daily\s+report\s+no\.?\s?\d+/20\d\d\s{2,}\d{1,3})"
    r"\s+(?-i:(?=[A-Z(\"\u201c]))",
    re.IGNORECASE,
)
_COLUMNS = re.compile(
    r"\b(?:smm position|event location|means|no\.|observation|description|weapon|"
    r"date, time|type of weapon|location|source of observation|event|date|time)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"""(?:summary|details?|in\ detail|ceasefire\ violations?|disengagement\ areas?.*|
    withdrawal\ of\ weapons|residential\ areas.*|restrictions?|other\ ceasefire.*|
    beyond\ (?:the\ )?(?:respective\ )?withdrawal\ lines.*|
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
    r"continued|denied|monitored|facilitated|visited|seen|remained|followed|counted|"
    r"detected|registered|witnessed|corroborated|confirmed|found|came|fired|hit)\b"
)
_MAX_HEADING = 18
_LONGEST_HEADING = 200  #: [character]
_MIN_COLUMNS = 3
_BARE = 8  #: words of a heading that no list holds


#: A date that stands alone, or at the end of a heading.
_DAY = re.compile(
    r"(?:^|[\s,/(|-]+)((?:on\s+)?\d{1,2}(?:\s?-\s?\d{1,2})?\s+(?:January|February|March|"
    r"April|May|June|July|August|September|October|November|December)(?:\s+20\d\d)?)"
    r"[):]*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One physical line.

    Kinds: blank, separator, key, furniture, columns, heading, bullet, row, text.
    """

    number: int  #: from 1
    kind: str
    text: str  #: normalised, without its bullet
    key: str | None = None  #: name of a `key: value` line, lower case
    width: int = 0  #: length as it stands in the file [character]
    day: str | None = None  #: date that a heading gives to what stands under it


def lines(text: str) -> Iterator[Line]:
    """Yield every physical line with its kind.

    Args:
        text: A whole file, as decoded.

    Yields:
        One value per line, blank ones included, numbered from 1; two where the
        head of a page stands before a sentence.
    """
    for number, line in enumerate(_BREAK.split(text), start=1):
        raw = line.replace("\f", " ")
        head = _PAGE_HEAD.match(raw.strip())
        if head is not None:
            yield Line(number=number, kind="furniture", text=normal(head[1]))
            raw = raw.strip()[head.end() :]
        yield replace(_line(number, raw), width=len(raw.rstrip()))


def _line(number: int, raw: str) -> Line:
    """Return one line with its kind."""
    text = normal(_celled(raw))
    for kind, holds in (
        ("blank", not text and not _SEPARATOR.fullmatch(raw.strip())),
        ("separator", bool(_SEPARATOR.fullmatch(raw.strip()))),
        ("furniture", bool(_FURNITURE.match(text)) and not _VERBAL.search(text)),
        ("furniture", bool(_CAPTION.match(text))),
    ):
        if holds:
            return Line(number=number, kind=kind, text=text)
    key = _KEY.fullmatch(text)
    if key is not None:
        return Line(number=number, kind="key", text=key[2], key=key[1].lower())
    return _prose(number, raw, text)


def _celled(raw: str) -> str:
    """Return a line with " | " between cells that tabs or wide gaps part.

    Wide gaps are cells only where they make a row of a table: justified prose
    has wide gaps too.
    """
    if "\t" in raw.strip():
        return " | ".join(cell.strip(" |") for cell in raw.rstrip().split("\t"))
    cells = re.split(r"\s{2,}", raw.strip())
    if len(cells) <= _MIN_COLUMNS or not is_row(cells):
        return raw
    return " | ".join(cells)


def _prose(number: int, raw: str, text: str) -> Line:
    """Return a bullet, table row, heading or line of text."""
    bullet = _BULLET.match(raw.strip())
    if bullet is not None:
        return Line(number=number, kind="bullet", text=normal(bullet[1]))
    if _is_columns(text):
        return Line(number=number, kind="columns", text=text)
    if text.count("|") >= _MIN_COLUMNS or is_bare_row(text):
        return Line(number=number, kind="row", text=text)
    return _heading(number, text) or Line(number=number, kind="text", text=text)


def _heading(number: int, text: str) -> Line | None:
    """Return a section heading with the date it gives, or a date alone."""
    if len(text) > _LONGEST_HEADING:
        return None
    dated = _DAY.search(text)
    title = text[: dated.start()] if dated is not None else text
    if title and not _is_heading(title):
        return None
    day = dated[1] if dated is not None else None
    return Line(number=number, kind="heading", text=text, day=day)


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


def is_bare(text: str) -> bool:
    """Return whether a line has the form of a heading that no list holds.

    A few capitalised words without a verb, a figure or a stop; whoever asks must
    know that nothing is counted or named as seen in it.
    """
    if len(text) > _LONGEST_HEADING:
        return False
    plain = text[:1].isupper() and text[-1:].isalpha() and len(text.split()) <= _BARE
    return plain and not _VERBAL.search(text) and not re.search(r"[\d|:;\"]", text)
