"""Bytes to characters, and characters to the few the grammar knows.

Refuses: decoding with replacement characters, which destroys what was said.
"""

import re
import unicodedata
from dataclasses import dataclass

from pamiers.core.errors import MalformedSourceError, Where

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HYPHENS = "\u2010\u2011\u2012\u2212\u00ad\ufe63\uff0d"
_SPACES = "\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u3000\t\x0b\x0c"
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_TABLE: dict[int, str | None] = {
    **{ord(c): "-" for c in _HYPHENS if c != "\u00ad"},
    **{ord(c): " " for c in _SPACES},
    **{ord(c): None for c in _NOTHING + "\u00ad"},
    **{ord(c): '"' for c in "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"},
    **{ord(c): "'" for c in "\u2018\u2019\u201a\u201b\u02bc\u2032\u0060\u00b4"},
    ord("\u2026"): "...",
    ord("\u00d7"): "x",
}
_NOTE_MARK = re.compile(
    r"\s?\[(?:\d{1,2}|[ivx]{1,4})\]|\*+|(?<=[a-z.,])\s?[\u00b9\u00b2\u00b3]"
)
#: A footnote number run into a word, a stop or a year by text extraction.
_GLUED = re.compile(
    r"(?<=[a-z]{3})\d{1,2}(?=[\s,;]|$)|(?<=[a-z]\.)\d{1,2}(?=\s+[A-Z]|$)"
    r"|(?<=\b20[12]\d)\d(?=\s|$)|(?<=[a-z]{3}[,;])\d{1,2}(?=\s|$)"
)
_DASH = re.compile(
    r"(?<=[\w)])[\u2013\u2014](?=\w)"
    r"|(?<=\d) ?[\u2013\u2014] ?(?=\d[\d.,]* ?(?:km|m|kilomet\w+|met\w+)\b)"
)
_LOOSE_HYPHEN = re.compile(r"(?<=\d)\s-\s(?=\d)|(?<=\bgovernment)\s?-\s(?=controlled)")
_CONFUSABLE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406",
    "aeopcyxiABEKMHOPCTXI",
)
_MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff])[\w]+\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text of a file and how it was told from its bytes."""

    text: str
    encoding: str
    note: str | None = None  #: what was assumed, None for plain UTF-8


def decode(data: bytes, source: str = "report") -> Decoded:
    """Return the text of a report file, by byte-order mark, UTF-8 or code page.

    A file that is not UTF-8 is read as Windows-1251 when it then spells
    Cyrillic words, otherwise as Windows-1252; either way a note says so.

    Raises:
        MalformedSourceError: the bytes are no text in any of these.
    """
    if not data.strip():
        raise MalformedSourceError(
            Where(source),
            expected="a report",
            got="an empty file",
            remedy="Give the text of at least one report.",
        )
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _strict(data, codec, source, f"{codec} by its byte-order mark")
    wide = _wide(data)
    if wide is not None:
        return _strict(data, wide, source, f"{wide} without a mark, by its zero bytes")
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        codec = "cp1251" if _looks_cyrillic(data) else "cp1252"
        return _strict(data, codec, source, f"not UTF-8; read as {codec}")


def _wide(data: bytes) -> str | None:
    """Return which UTF-16 the zero bytes of plain prose betray, or None."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 < len(head):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _looks_cyrillic(data: bytes) -> bool:
    """Return whether high bytes come in runs, as letters of a word do."""
    runs = re.findall(rb"[\xc0-\xff]{2,}", data)
    single = re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", data)
    return len(runs) > len(single)


def _strict(data: bytes, codec: str, source: str, note: str) -> Decoded:
    """Return the text, or say at which byte it stops being text."""
    try:
        text = data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise MalformedSourceError(
            Where(source),
            expected=f"text in {codec}",
            got=f"byte {data[error.start]:#04x} at offset {error.start}",
            remedy="Save the report as UTF-8.",
        ) from error
    return Decoded(text=text, encoding=codec, note=note)


def normal(text: str) -> str:
    r"""Return a line in NFC with plain hyphens, quotes and spaces.

    Footnote marks and asterisks go; a dash between figures or words becomes a
    hyphen; a Cyrillic letter inside a Latin word becomes the Latin one.

    Examples:
        >>> normal("10\u201150m \u201cDPR\u201d,[1]  violations.*")
        '10-50m "DPR", violations.'
    """
    out = unicodedata.normalize("NFC", text).translate(_TABLE)
    out = _NOTE_MARK.sub("", out)
    out = _GLUED.sub("", out)
    out = _DASH.sub("-", out)
    out = _LOOSE_HYPHEN.sub("-", out)
    out = _MIXED.sub(_one_script, out)
    return re.sub(r"\s+", " ", out).strip()


def _one_script(match: re.Match[str]) -> str:
    """Return a mixed word in Latin letters where every Cyrillic one has a twin."""
    latin = match.group().translate(_CONFUSABLE)
    return latin if latin.isascii() else match.group()
