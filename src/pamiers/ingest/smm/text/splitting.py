"""From lines to reports, paragraphs and sentences.

Invariant: every line of prose ends up in exactly one sentence; every other
line that is not blank is counted as header.
"""

import re
from dataclasses import dataclass, field, replace

from pamiers.ingest.smm.sentence import ReportHeader, Sentence
from pamiers.ingest.smm.stream import Stream
from pamiers.ingest.smm.text.broken_words import joined
from pamiers.ingest.smm.text.heading import (
    Heading,
    header_of,
    is_boilerplate,
    is_title,
    take,
    take_number,
)
from pamiers.ingest.smm.text.lines import Line, is_bare, lines
from pamiers.ingest.smm.text.table_rows import Table, columns_of, row_text
from pamiers.ingest.smm.text.telling import perceives, tells
from pamiers.ingest.smm.words.nouns import HARD_GROUPS, NOUNS

_OPENER = re.compile(
    r"(?:At (?:\d|about|around|the)|On (?:the|\d|both|[A-Z])|In (?:the|an?|[A-Z])|"
    r"Positioned|While|Whilst|Between|During|From|Beyond|An? |It |This|Over|Following|"
    r"The (?:SMM|Mission|following|same|UAV|camera|patrol|majority)|Compared|Inside|"
    r"Outside|Near |Members|Small-arms|Based on|Latest|Summary|Imagery|Aerial|Three|"
    r"Two|Four|Less|After|Later|Also|\(In )"
)
_CONTINUES = re.compile(
    r"(?:[,:;(\-/]|\b(?:a|an|the|of|in|at|on|to|from|by|and|or|near|with|for|as|that|"
    r"which|between|about|approximately|around|over|under|into|towards|both|its|their|"
    r"government-controlled|SMM|was|were|is|are|had|has|heard|saw|recorded|observed|"
    r"spotted|\d+|one|two|three|four|five|six|seven|eight|nine|ten|undetermined|inside|"
    r"outside|close|area|areas|including|while|whilst|than))$"
)
#: A line that cannot be a whole heading or title: it ends in the middle of a phrase.
_LEFT_OPEN = re.compile(
    r"(?:[,(\-/]|\b(?:a|an|the|of|in|at|on|to|from|by|and|or|near|with|for|as|that|"
    r"which|between|received|until|\d{1,2}:\d\d(?:hrs)?,?|\d{1,2} [A-Z][a-z]+))$"
)
#: Headings that end with a word on which a wrapped line may end too.
_AREAS = re.compile(
    r"(?:Border|Residential|Disengagement|(?:Non-)?[Gg]overnment-controlled) areas"
)
_END = re.compile(r"[.!?][\"')\]]*(?=\s+[\"'(\[]*[A-Z0-9\u0400-\u042f])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:approx|no|nos|st|str|e\.g|i\.e|cf|etc|mr|mrs|ms|dr|gen|col|lt|maj|sgt|p|"
    r"pp|vs|ca|art|fig|incl|est|max|min|vul|prov|bldg|jan|feb|mar|apr|jun|jul|aug|"
    r"sept?|oct|nov|dec)|\b[A-Z])$",
    re.IGNORECASE,
)
_STOP = (".", "!", "?", ":", '."', ".)", ":)")
_YEAR = re.compile(r"\b20\d\d\)?$")  #: a title ends with its date, not with a stop
_WRAPPED = 40  #: a shorter title was not wrapped
_WRAP = 160  #: a longer line was not wrapped: with its stop a paragraph ends
_SHORT = 0.7  #: of the longest line: proportional type varies less
_NEAR = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """One report: its head, its sentences, and the lines that were neither."""

    header: ReportHeader
    sentences: tuple[Sentence, ...]
    headers: tuple[tuple[int, str], ...]  #: line and text of header and furniture
    glosses: tuple[str, ...] = ()  #: "(the village: ...)", said outside the prose


@dataclass(slots=True)
class _Paragraph:
    """Lines that run on, with where each begins in the joined text."""

    text: str = ""
    starts: list[tuple[int, int]] = field(default_factory=list)  #: offset, line
    last: int = 0  #: length of its last line [character]
    kind: str = "text"  #: of its first line

    def add(self, line: Line) -> None:
        """Append a line, closing a word that was broken at its end."""
        whole = joined(self.text, line.text)
        text = whole or (f"{self.text} {line.text}" if self.text else line.text)
        self.starts.append((len(text) - len(line.text), line.number))
        self.text = text
        self.last = line.width

    def line_at(self, offset: int) -> int:
        """Return the physical line of a character."""
        return max((start, number) for start, number in self.starts if start <= offset)[
            1
        ]


@dataclass(slots=True)
class _Reader:
    """The state of splitting: reports done, and the one being read."""

    width: int = 0  #: of the longest line of prose in the file [character]
    done: list[ReportText] = field(default_factory=list)
    heading: Heading = field(default_factory=Heading)
    sentences: list[Sentence] = field(default_factory=list)
    headers: list[tuple[int, str]] = field(default_factory=list)
    glosses: list[str] = field(default_factory=list)
    open: _Paragraph | None = None
    section: str | None = None
    day: str | None = None  #: date that the heading gives
    table: Table = field(default_factory=Table)
    paragraph: int = 0
    row: int = 0
    key: str | None = None  #: key of the line before: its value may go on
    page: bool = False  #: a page ended since the last prose
    blank: bool = False  #: a blank or furniture line came since the last prose


def split_reports(text: str) -> tuple[ReportText, ...]:
    """Return the reports of a file with their sentences and header lines.

    Args:
        text: The whole file, as decoded.

    Returns:
        Reports in the order of the file; a file without prose gives one
        report without sentences.
    """
    found = list(lines(text))
    prose = (line.width for line in found if line.kind in ("text", "bullet"))
    reader = _Reader(width=max(prose, default=0))
    for line in found:
        _ROUTES.get(line.kind, _prose)(reader, line)
        if line.kind not in ("key", "text") or reader.open is not None:
            reader.key = None
    _close_report(reader, None)
    return tuple(reader.done)


def _blank(reader: _Reader, line: Line) -> None:
    """Remember a gap; prose may go on after it."""
    del line
    reader.blank = True


def _separator(reader: _Reader, line: Line) -> None:
    """End a report at a line of equals signs; other rules are furniture."""
    _close_paragraph(reader)
    reader.headers.append((line.number, line.text or "====="))
    if reader.sentences or reader.heading.keys:
        _close_report(reader, line.number + 1)


def _key(reader: _Reader, line: Line) -> None:
    """Take a `key: value` line; one after prose opens another report."""
    _close_paragraph(reader)
    if reader.sentences and line.key in reader.heading.keys:
        _close_report(reader, line.number)
    reader.heading.keys.setdefault(line.key or "", line.text)
    reader.key = line.key
    if line.key == "title" and tells(line.text):
        _keep_title(reader, line.text, line.number)
    else:
        reader.headers.append((line.number, line.text))


def _furniture(reader: _Reader, line: Line) -> None:
    """Count a line of the page; a sentence may run on over it."""
    if not reader.sentences and reader.open is None:
        take_number(reader.heading, line.text)
    reader.headers.append((line.number, line.text))
    reader.blank = reader.page = True


def _columns(reader: _Reader, line: Line) -> None:
    """Remember the columns of the table that a line opens."""
    _close_paragraph(reader)
    reader.table = columns_of(line.text)
    reader.headers.append((line.number, line.text))
    reader.blank = True


def _heading(reader: _Reader, line: Line) -> None:
    """Take a section heading, unless it is part of a wrapped sentence."""
    open_ended = _CONTINUES.search(line.text) and not _AREAS.fullmatch(line.text)
    if line.day is None and open_ended:
        _prose(reader, line)
        return
    before = reader.open.text if reader.open is not None else "."
    lone = line.day is not None and line.day == line.text
    if not before.endswith(_STOP) and (lone or _CONTINUES.search(before)):
        _prose(reader, line)
        return
    _close_paragraph(reader)
    if not lone:
        reader.section = line.text
    reader.day = line.day
    reader.headers.append((line.number, line.text))


def _bullet(reader: _Reader, line: Line) -> None:
    """Begin a paragraph at a bullet; a dash inside a sentence is none."""
    before = reader.open.text if reader.open is not None else "."
    if line.text[:1].islower() and not before.endswith((*_STOP, ";", ",", "and", "or")):
        _prose(reader, replace(line, text=f"- {line.text}"))
        return
    _close_paragraph(reader)
    _begin(reader, line)


def _prose(reader: _Reader, line: Line) -> None:
    """Append a line to the open paragraph, or begin one."""
    if _goes_on(reader, line):
        return
    if line.kind == "row":
        _row(reader, line)
        return
    if reader.open is not None and _runs_on(reader.open.text, line, reader):
        reader.open.add(line)
        reader.blank = reader.page = False
        return
    _close_paragraph(reader)
    _begin(reader, line)


def _row(reader: _Reader, line: Line) -> None:
    """Keep a row of a table as a sentence, with the prose it stands for."""
    _close_paragraph(reader)
    _begin(reader, line)
    reader.open = None
    told = row_text(line.text, reader.table)
    reader.table = told.table
    _append(reader, Sentence(text=line.text, line=line.number, row=0, prose=told.prose))


def _goes_on(reader: _Reader, line: Line) -> bool:
    """Take the rest of a wrapped title into its key; a sentence is none."""
    if reader.key != "title":
        return False
    title = reader.heading.keys.get("title", "")
    left = title.count("(") > title.count(")") or _LEFT_OPEN.search(title) is not None
    whole = (_YEAR.search(title) or title.endswith(_STOP)) and not left
    fresh = _OPENER.match(line.text) or perceives(line.text) or line.text.endswith(".")
    wrapped = len(title) >= _WRAPPED and not whole and not fresh
    low = line.text[:1].islower() or line.text.startswith("(")
    if tells(line.text) or not (wrapped or left or (low and not fresh)):
        return False
    reader.heading.keys["title"] = f"{title} {line.text}"
    reader.headers.append((line.number, line.text))
    return True


def _runs_on(before: str, line: Line, reader: _Reader) -> bool:
    """Return whether a line continues the text before it."""
    if before.endswith(":") and line.text[:1].islower():
        return not reader.blank
    if before.endswith(_STOP):
        return _goes_on_after_stop(before, line, reader)
    if _ends_title(before, line.text):
        return False
    if line.text[:1].islower() or _CONTINUES.search(before):
        return True
    parted = reader.blank and not reader.page
    return not parted and not _OPENER.match(line.text) and not is_title(line.text)


def _goes_on_after_stop(before: str, line: Line, reader: _Reader) -> bool:
    """Return whether a line after a full stop belongs to the same paragraph."""
    if reader.blank or before.endswith(":") or _is_boundary(line.text):
        return False
    cut = bool(_ABBREVIATION.search(before.rstrip(".")))
    fresh = _is_new(line.text) or (line.text[:1].islower() and not cut)
    full = _is_full(line, reader)
    return not fresh if full is None or cut else full


def _is_boundary(text: str) -> bool:
    """Return whether a line opens a report or belongs to the page."""
    return is_title(text) or is_boilerplate(text)


def _is_full(line: Line, reader: _Reader) -> bool | None:
    """Return whether the line before was full, None where widths do not tell.

    The first word of this line did not fit on a full one, so the text was only
    wrapped there; a line well short of it, or longer than any wrapped one, ends a
    paragraph with its stop.
    """
    last = reader.open.last if reader.open is not None else 0
    if reader.width > _WRAP:
        return False if last > _WRAP else None
    needed = last + 1 + len(line.text.partition(" ")[0])
    if needed > reader.width:
        return True
    return False if needed < _SHORT * reader.width else None


def _ends_title(before: str, text: str) -> bool:
    """Return whether a title ended with the line before."""
    if _YEAR.search(before) and (is_title(before) or _is_new(text)):
        return True
    whole = is_title(before) and not _LEFT_OPEN.search(before)
    return whole and _is_sentence(text)


def _is_sentence(text: str) -> bool:
    """Return whether a line after a title begins the report's own text."""
    return text[:1].isupper() and (bool(_OPENER.match(text)) or perceives(text))


def _is_new(text: str) -> bool:
    """Return whether a line after a full stop begins a paragraph of its own."""
    return bool(_OPENER.match(text)) or is_title(text) or is_boilerplate(text)


def _begin(reader: _Reader, line: Line) -> None:
    """Open a paragraph with its first line."""
    reader.open = _Paragraph(kind=line.kind)
    reader.open.add(line)
    reader.paragraph += 1
    reader.blank = reader.page = False


def _close_paragraph(reader: _Reader) -> None:
    """Cut the open paragraph into sentences and keep them."""
    if reader.open is None:
        return
    paragraph, reader.open = reader.open, None
    if _is_unlisted_heading(paragraph):
        reader.section, reader.day = paragraph.text, None
        reader.headers.append((paragraph.line_at(0), paragraph.text))
        return
    for start, end in _cuts(paragraph.text):
        text = paragraph.text[start:end].strip()
        if text:
            _keep(reader, text, paragraph.line_at(paragraph.text.index(text, start)))


def _is_unlisted_heading(paragraph: _Paragraph) -> bool:
    """Return whether a paragraph is a heading: one bare line that names no event."""
    lone = paragraph.kind == "text" and len(paragraph.starts) == 1
    if not lone or not is_bare(paragraph.text):
        return False
    found = NOUNS.find(Stream.of(paragraph.text))
    hard = any(match.value.group in HARD_GROUPS for _, match in found)
    return not hard and not is_boilerplate(paragraph.text)


def _keep(reader: _Reader, text: str, line: int) -> None:
    """Keep a sentence as row or as header of the report."""
    if is_title(text) and tells(text):
        if reader.sentences:
            _close_report(reader, line)
        take(reader.heading, text)
        _keep_title(reader, text, line)
        return
    if is_boilerplate(text):
        if is_title(text) and reader.sentences:
            _close_report(reader, line)
        take(reader.heading, text)
        reader.headers.append((line, text))
        if text.startswith("(the "):
            reader.glosses.append(text)
        return
    _append(reader, Sentence(text=text, line=line, row=0))


def _keep_title(reader: _Reader, text: str, line: int) -> None:
    """Keep a title that states a quantity as a row, so that it is not lost."""
    _append(reader, Sentence(text=text, line=line, row=0, title=True))


def _append(reader: _Reader, sentence: Sentence) -> None:
    """Number a row and set it under its heading."""
    reader.row += 1
    reader.sentences.append(
        replace(
            sentence,
            row=reader.row,
            paragraph=reader.paragraph,
            section=reader.section,
            day=reader.day,
        )
    )


def _close_report(reader: _Reader, next_line: int | None) -> None:
    """Close the report being read and open the next."""
    _close_paragraph(reader)
    if next_line is not None or reader.sentences or not reader.done or reader.headers:
        header = header_of(reader.heading)
        rows = tuple(replace(row, report=header) for row in reader.sentences)
        reader.done.append(
            ReportText(
                header=header,
                sentences=rows,
                headers=tuple(reader.headers),
                glosses=tuple(reader.glosses),
            )
        )
    reader.heading = Heading(line=next_line or 1)
    reader.sentences, reader.headers, reader.section = [], [], None
    reader.day, reader.table = None, Table()
    reader.glosses = []


_ROUTES = {
    "blank": _blank,
    "separator": _separator,
    "key": _key,
    "furniture": _furniture,
    "columns": _columns,
    "heading": _heading,
    "bullet": _bullet,
}


def _cuts(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of a paragraph begins and ends."""
    out: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _is_end(text, start, match):
            out.append((start, match.end()))
            start = match.end()
    out.append((start, len(text)))
    return out


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether a full stop ends a sentence: no abbreviation, none inside."""
    before = text[start : match.start()]
    if text[match.start()] == "." and _ABBREVIATION.search(before):
        return bool(re.search(r"\b(?:etc|p\.m|a\.m)$", before))
    opened = before.count("(") - before.count(")")
    closes = text.find(")", match.end(), match.end() + _NEAR)
    inside = opened > 0 and closes != -1 and ")" not in match.group()
    return not inside
