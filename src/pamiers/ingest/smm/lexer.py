"""Typed tokens of report prose: numbers, measures, times, bearings, names.

The lexer decides what can be decided without grammar: `1.5km` is a measure,
`T-64` a code, `south-south-east` a bearing, `"DPR"-controlled` a control mark.
Hyphens between common words only join, so `heavy-machine-gun` gives three
tokens and reads like `heavy machine gun`.
"""

import re
from dataclasses import dataclass

from pamiers.ingest.smm.compass import BEARING, degrees, nearest_wind
from pamiers.ingest.smm.numerals import CARDINAL, number_word
from pamiers.ingest.smm.wordlist import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token with its place in the sentence text.

    Kinds: word, name, number, measure, clock, date, month, bearing, control,
    party, code, ref, mark (punctuation), end.
    """

    kind: str
    text: str
    lower: str
    start: int  #: offset of the first character in the sentence
    end: int  #: offset after the last character
    low: float = 0.0  #: lower bound of a number or measure; degrees of a bearing
    high: float = 0.0
    unit: str | None = None  #: m or mm, after conversion, for a measure
    value: str | None = None  #: meaning of a control, party or date


END = Token(kind="end", text="", lower="", start=-1, end=-1)

_UNIT_M = {
    "km": 1000.0,
    "kilometre": 1000.0,
    "kilometer": 1000.0,
    "m": 1.0,
    "metre": 1.0,
    "meter": 1.0,
    "cm": 0.01,
    "centimetre": 0.01,
    "mm": 0.0,
    "millimetre": 0.0,
    "millimeter": 0.0,
}
_UNIT = (
    r"(?:km|kms|kilomet(?:re|er)s?|mm|millimet(?:re|er)s?|cm|centimetres?|"
    r"m|mtrs|met(?:re|er)s?)(?![A-Za-z])"
)
_NUM = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
#: "1 204 violations": thousands parted by a space, before the noun they count.
_SPACED = r"(?<![\d.,:/-])\b[1-9]\d{0,2}(?: \d{3})+(?=\s+[a-z(])(?!\s?" + _UNIT + ")"
_IN_WORDS = "(?:" + "|".join(sorted(CARDINAL, key=len, reverse=True)) + ")"
_MONTHS = words(
    """
january february march april may june july august september october november
december
"""
)
MONTH_NUMBER = {
    **{name: n for n, name in enumerate(_MONTHS, start=1)},
    **{name[:3]: n for n, name in enumerate(_MONTHS, start=1)},
    "sept": 9,
}
_PARTY = (
    r"(?P<party>\"?(?:Donetsk|Luhansk|Lugansk)\s+People's\s+Republic\"?"
    r"(?:\s*\(?[\"']*[DL]PR[\"']*\)?)?|[\"']*\b[DL]PR\b[\"']*)"
)
_CONTROL = (
    r"(?P<control>"
    r"(?i:\bnon\s?-?\s?government(?:al)?\s?-?\s?controlled)|"
    r"(?i:\bgovernment(?:al)?\s?-?\s?controlled)|"
    r"(?i:\b(?:not|outside|outside of|beyond)\s+(?:under\s+)?(?:the\s+)?"
    r"(?:control(?:led)?\s+(?:of|by)\s+the\s+government|government(?:'s)?\s+control))|"
    r"(?i:\bunder\s+(?:the\s+)?government\s+control)|"
    r"\"?(?:Donetsk|Luhansk|Lugansk)\s+People's\s+Republic\"?"
    r"\s*\(?[\"']*[DL]PR[\"']*\)?[\"']?\s?-\s?(?i:controlled)|"
    r"[\"']*\b[DL]PR[\"']*\s?-\s?(?i:controlled))"
)
_CLOCK = (
    r"(?P<clock>\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\b\d{1,2}h\d\d\b"
    r"|\b\d{1,2}:\d\d(?::\d\d)?(?:\s?(?:hrs?|hours|h)\b\.?)?"
    r"|\b\d{1,2}\.?\d\d\s?(?:hrs|hours)\b\.?)"
)
_MEASURE = (
    rf"(?P<measure>\b{_NUM}(?:\s?{_UNIT})?\s?(?:-|\bto\b|\bor\b)\s?{_NUM}[ -]?{_UNIT}"
    rf"|\b{_NUM}(?:x\d+)?[ -]?{_UNIT})"
)
_CODE = (
    r"(?P<code>\b(?:[A-Z]{1,5}-\d+[A-Za-z]*\d*|\d{1,2}[A-Z]{1,3}\d*"
    r"|[A-Z]{1,4}\d+|[A-Z]+\d[A-Z\d]*|\d[A-Z][A-Z\d]*)"
    r"(?:[-/][A-Z\d]+)*s?\b|\bMT-LB[A-Zu]?s?\b)"
)
#: Lower-case letters of Latin and Cyrillic, which no proper name begins with.
_LOWER = "a-z\u00df-\u00ff\u0430-\u045f\u0491"
_NAME_PART = rf"[^\W\d_{_LOWER}][^\W\d_]*(?:'[^\W\d_]{{2,}})*"
_FIGURE = rf"(?P<figure>(?i:\b{_IN_WORDS}(?:-{_IN_WORDS})?)(?![\w-]))"
_COMPOUND = rf"(?P<compound>\b(?:\d+|(?i:{_IN_WORDS}))-(?!\d)[a-z]{{2,}}(?:-[a-z]+)*)"
_MONTH = rf"(?P<monthname>\b(?:{'|'.join(m.title() for m in MONTH_NUMBER)})\b)"
_ALTERNATIVES = (
    _CONTROL,
    _PARTY,
    r"(?P<ref>\b\d{1,3}/20\d\d\b)",
    r"(?P<date>\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b)",
    _CLOCK,
    _MEASURE,
    _CODE,
    rf"(?P<bearing>{BEARING})",
    _FIGURE,
    _COMPOUND,
    rf"(?P<number>{_SPACED}|\b{_NUM}(?:\s?-\s?{_NUM})?)",
    _MONTH,
    rf"(?P<name>{_NAME_PART}(?:[-/](?:{_NAME_PART}|\d+))*)",
    r"(?P<possessive>'s\b|(?<=s)'(?=\s))",
    r"(?P<word>[^\W\d_]+(?:'[^\W\d_]{2,}|'t)?)",
    r"(?P<hyphen>(?<=[^\W\d_])-(?=[^\W\d_]))",
    r"(?P<space>\s+)",
    r"(?P<mark>.)",
)
_MASTER = re.compile("|".join(_ALTERNATIVES))
_PREFIXES = frozenset(words("mini mid long short anti non multi pre semi"))


def lex(text: str) -> tuple[Token, ...]:
    """Return the tokens of a normalised sentence, joining hyphens left out.

    Examples:
        >>> [t.kind for t in lex("about 30 shots 1-4km north-west of T-64s")]
        ['word', 'number', 'word', 'measure', 'bearing', 'word', 'code']
    """
    tokens: list[Token] = []
    for match in _MASTER.finditer(text):
        kind = match.lastgroup or "mark"
        if kind not in ("space", "hyphen"):
            tokens.extend(_tokens(kind, match.group(), match.start()))
    return tuple(_mend_bearings(_join_units(tokens)))


def _tokens(kind: str, text: str, start: int) -> list[Token]:
    """Return the token a match stands for; a few matches give several."""
    if kind == "name" and text.partition("-")[0].lower() in _PREFIXES:
        return _split(text, start)
    if kind in ("word", "name", "figure", "monthname"):
        return _word(kind, text, start)
    if kind == "code":
        return [_code(text, start)]
    reader = _READERS.get(kind)
    return [reader(text, start) if reader else _plain(kind, text, start)]


def _code(text: str, start: int) -> Token:
    """Return a designation; the plural s of T-64s is no part of it."""
    base = _plain("code", text, start)
    bare = text.removesuffix("s")
    return Token(kind="code", text=bare, lower=bare.lower(), start=start, end=base.end)


def _split(text: str, start: int) -> list[Token]:
    """Return the hyphened parts of a capitalised compound such as Mini-UAV."""
    return [
        _plain("word", match.group(), start + match.start())
        for match in re.finditer(r"[^-]+", text)
    ]


def _plain(kind: str, text: str, start: int) -> Token:
    """Return a token that carries no value."""
    shown = "word" if kind in ("possessive", "compound") else kind
    return Token(
        kind=shown, text=text, lower=text.lower(), start=start, end=start + len(text)
    )


def _word(kind: str, text: str, start: int) -> list[Token]:
    """Return a word as month, number or word, whichever it spells."""
    lower = text.lower()
    base = _plain(kind, text, start)
    if kind == "monthname":
        return [_valued(base, "month", MONTH_NUMBER[lower], MONTH_NUMBER[lower])]
    bounds = number_word(lower)
    if bounds is not None:
        return [_valued(base, "number", *bounds)]
    return [base]


def _valued(base: Token, kind: str, low: float, high: float) -> Token:
    """Return a token of another kind with numeric bounds."""
    return Token(
        kind=kind,
        text=base.text,
        lower=base.lower,
        start=base.start,
        end=base.end,
        low=low,
        high=high,
    )


def _figure(text: str) -> float:
    """Return a figure; a comma or space before three digits groups, else a point."""
    if re.fullmatch(r"\d{1,3}(?:[, ]\d{3})+", text):
        return float(re.sub("[, ]", "", text))
    return float(text.replace(",", "."))


def _number(text: str, start: int) -> Token:
    """Return a number, or a range of two."""
    figures = [_figure(part) for part in re.split(r"\s?-\s?", text)]
    return _valued(_plain("number", text, start), "number", figures[0], figures[-1])


def _measure(text: str, start: int) -> Token:
    """Return a measure in metres, or in millimetres when it is a calibre."""
    found = re.findall(rf"({_NUM})(?:x\d+)?[ -]?({_UNIT})?", text)
    last = _unit(found[-1][1])
    bounds = [_figure(num) * (_UNIT_M[_unit(unit) or last] or 1) for num, unit in found]
    unit = "mm" if last.startswith("m") and _UNIT_M[last] == 0 else "m"
    return Token(
        kind="measure",
        text=text,
        lower=text.lower(),
        start=start,
        end=start + len(text),
        low=bounds[0],
        high=bounds[-1],
        unit=unit,
    )


def _unit(text: str) -> str:
    """Return a unit in the singular."""
    return "m" if text == "mtrs" else text.lower().removesuffix("s")


def _bearing(text: str, start: int) -> Token:
    """Return a bearing, or a plain word when the words make no wind."""
    value = degrees(text)
    base = _plain("word", text, start)
    return base if value is None else _valued(base, "bearing", value, value)


def _control(text: str, start: int) -> Token:
    """Return who controls a place, in the four words of the reports."""
    lower = text.lower()
    if "republic" in lower or "pr" in re.findall(r"[dl](pr)", lower):
        meaning = "lpr" if "lpr" in lower or "luhansk" in lower else "dpr"
    elif lower.startswith(("non", "not", "outside", "beyond")):
        meaning = "non_government"
    else:
        meaning = "government"
    return _meaning("control", text, start, meaning)


def _party(text: str, start: int) -> Token:
    """Return a reference to one of the self-styled republics."""
    lower = text.lower()
    meaning = "lpr" if "lpr" in lower or lower.strip("\"'").startswith("lu") else "dpr"
    return _meaning("party", text, start, meaning)


def _date(text: str, start: int) -> Token:
    """Return a numeric date in ISO form; an ambiguous one carries no value."""
    parts = [int(part) for part in re.split("[-./]", text)]
    if "-" in text:
        return _meaning("date", text, start, text)
    day, month, year = parts
    sure = "." in text or day > 12 or day == month  # noqa: PLR2004 - a figure plain in its place
    iso = f"{year:04d}-{month:02d}-{day:02d}" if sure else None
    return _meaning("date", text, start, iso)


def _clock(text: str, start: int) -> Token:
    """Return a time of day; `low` holds its minutes after midnight."""
    digits = re.findall(r"\d+", text)
    half = re.search(r"([ap])\.?m", text)
    if len(digits) == 1:
        split = -2 if half is None else len(digits[0])
        digits = [digits[0][:split], digits[0][split:] or "0"]
    hours = int(digits[0]) if half is None else int(digits[0]) % 12
    later = half is not None and half[1] == "p"
    minutes = 60.0 * (hours + 12 * later) + int(digits[1])
    return _valued(_plain("clock", text, start), "clock", minutes, minutes)


def _meaning(kind: str, text: str, start: int, value: str | None) -> Token:
    """Return a token that carries a word as its value."""
    return Token(
        kind=kind,
        text=text,
        lower=text.lower(),
        start=start,
        end=start + len(text),
        value=value,
    )


_READERS = {
    "number": _number,
    "measure": _measure,
    "bearing": _bearing,
    "control": _control,
    "party": _party,
    "date": _date,
    "clock": _clock,
}


def _join_units(tokens: list[Token]) -> list[Token]:
    """Return tokens with `five metres` read as one measure."""
    out: list[Token] = []
    for token in tokens:
        unit = token.lower.removesuffix("s")
        if out and out[-1].kind == "number" and unit in _UNIT_M and len(unit) > 1:
            out[-1] = _measured(out[-1], token, _UNIT_M[unit] or 1.0)
        else:
            out.append(token)
    return out


def _measured(number: Token, unit: Token, metres: float) -> Token:
    """Return the measure a number and the unit word after it make."""
    return Token(
        kind="measure",
        text=f"{number.text} {unit.text}",
        lower=f"{number.lower} m",
        start=number.start,
        end=unit.end,
        low=number.low * metres,
        high=number.high * metres,
        unit="mm" if metres == 1.0 and "mill" in unit.lower else "m",
    )


def _mend_bearings(tokens: list[Token]) -> list[Token]:
    """Return tokens with a misspelt wind after a distance read as that wind."""
    out: list[Token] = []
    for token in tokens:
        after = bool(out) and out[-1].kind == "measure" and out[-1].unit == "m"
        wind = nearest_wind(token.lower) if after and token.kind == "word" else None
        out.append(token if wind is None else _valued(token, "bearing", wind, wind))
    return out
