"""Rows of the annexed tables, put as the sentences they stand for.

The annex of a daily report lists violations (position, place of the event,
means, number, observation, description, weapon, date and time); the sections on
weapons list date, number, type, location and source. A row is read by its
columns, from the heading of the table or from what its cells hold.
"""

import re
from dataclasses import dataclass, replace

from pamiers.ingest.smm.lexer import MONTH_NUMBER
from pamiers.ingest.smm.wordlist import words

_MEANS = re.compile(
    r"recorded|heard|saw|observed|spotted|detected|(?:saw|seen) (?:and|&) heard|"
    r"heard (?:and|&) (?:saw|seen)|seen",
    re.IGNORECASE,
)
_WIND = r"(?:[NSEW]{1,3}\b|(?:north|south|east|west)[a-z-]*)"
_RANGE = r"\d[\d.,]*(?:\s?-\s?\d[\d.,]*)?\s?k?m"
_NOUNS = words(
    """
explosion projectile burst shot flare round mortar airburst impact flash salvo fire
tracer illumination rocket muzzle grenade
"""
)
_FIGURE = (
    r"(?:(?:about|approx\.?|at least|over|up to)\s)?"
    r"(?:\d[\d,]*(?:\s?-\s?\d+)?|multiple|several|N/K|n/a|-)"
)
_MONTH = "|".join(name.title() for name in MONTH_NUMBER)
_DATE = (
    rf"\d{{1,2}}[-/. ](?:{_MONTH})(?:[-/. ,]*20\d\d)?|\d{{1,2}}[/.]\d{{1,2}}[/.]20\d\d"
)
_WHEN = rf"(?:{_DATE})(?:[, ]+\d{{1,2}}:\d\d(?:\s?-\s?\d{{1,2}}:\d\d)?)?"
_BARE_EVENT = re.compile(
    r"(?P<left>[^|]{0,200}?) ?\b"
    r"(?P<means>Recorded|Heard|Saw|Observed|(?:Saw|Seen) and heard|"
    r"Heard and (?:saw|seen)) "
    rf"(?P<number>{_FIGURE}) "
    r"(?P<noun>(?:Muzzle |Illumination |Tracer )?[A-Z]?[a-z]+)\b"
    rf" ?(?P<rest>[^|]{{0,200}}?) ?(?P<when>{_WHEN})$"
)
#: One word of the place of an event: a range, a wind, or that it is not known.
_PLACE_WORD = re.compile(
    rf"(?:N/K|{_RANGE}|{_WIND}|and|to|about|approx\.?),?", re.IGNORECASE
)
_BARE_WEAPON = re.compile(
    rf"(?P<when>{_DATE})\s+(?P<number>\d+)\s+(?P<kind>[A-Z].+?)\s+"
    r"(?P<place>(?:Near|In|On|About|At|Inside|Outside|Between|"
    r"[NSEW]{1,3} (?:of|edge)|\d+k?m)\s.+?\)?)"
    r"(?:\s+(?P<means>(?:SMM )?(?:Patrol|(?:Mini|Mid-range|Long-range|Short-range)"
    r"[- ]UAV|UAV|Camera|Aerial imagery|Imagery|Satellite imagery).*))?$"
)
_GUNS = {
    "hmg": "heavy-machine-gun",
    "lmg": "light-machine-gun",
    "agl": "automatic-grenade-launcher",
    "agsl": "automatic-grenade-launcher",
    "sa": "small-arms",
    "salw": "small-arms",
    "small arms": "small-arms",
    "small-arms": "small-arms",
    "rpg": "rocket-propelled-grenade",
    "atgm": "anti-tank-guided-missile",
    "uw": "",
}
_NAMES = {
    "smm position": "position",
    "position": "position",
    "event location": "place",
    "location": "place",
    "means": "means",
    "source of observation": "means",
    "source": "means",
    "no.": "number",
    "no": "number",
    "number": "number",
    "observation": "noun",
    "event": "noun",
    "description": "rest",
    "weapon": "weapon",
    "type of weapon": "kind",
    "type": "kind",
    "date, time": "when",
    "date": "when",
    "time": "clock",
}
_LONGEST_ROW = 400  #: [character]
_EVENT_CELLS = 4  #: means, number, observation, and the last one: the time
_NOT_KNOWN = re.compile(r"\b(?:N/K|N/A)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """The table being read: names of its columns, and what its last row said."""

    columns: tuple[str, ...] = ()
    position: str = ""  #: a merged cell holds for the rows below it


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as a sentence, or as cells in a known order, and the table after it."""

    prose: str | None
    table: Table


def columns_of(text: str) -> Table:
    """Return the table that a line of column headings opens."""
    cells = [cell.strip().lower() for cell in text.split("|")]
    return Table(columns=tuple(_NAMES.get(cell, cell) for cell in cells))


def is_row(cells: list[str]) -> bool:
    """Return whether cells make a row of one of the tables."""
    if len(cells) < _EVENT_CELLS:
        return False
    dated = re.fullmatch(_DATE, cells[0]) is not None and cells[1].isdigit()
    timed = re.search(rf"{_DATE}|\d:\d\d", cells[-1]) is not None
    return dated or (timed and any(_MEANS.fullmatch(cell) for cell in cells[:4]))


def is_bare_row(text: str) -> bool:
    """Return whether a line without marks between its cells is such a row."""
    short = len(text) <= _LONGEST_ROW
    return short and bool(_BARE_EVENT.match(text) or _BARE_WEAPON.match(text))


def row_text(text: str, table: Table) -> RowText:
    """Return a row of a table as the sentence it stands for.

    Args:
        text: The row, its cells parted by " | " or, in known forms, by nothing.
        table: Columns and carried position.

    Returns:
        No prose for a row of no known form; it is then read as it stands.
    """
    cells = _cells(text, table)
    if cells is None:
        return RowText(None, table)
    if "kind" in cells:
        return RowText(_weapon(cells), table)
    position = _known(cells.get("position", "")) or table.position
    prose = _event({**cells, "position": position})
    return RowText(prose, replace(table, position=position))


def _cells(text: str, table: Table) -> dict[str, str] | None:
    """Return the cells of a row by the names of their columns."""
    cells = [cell.strip() for cell in text.split("|")]
    if len(cells) == 1:
        found = _BARE_WEAPON.match(text) or _BARE_EVENT.match(text)
        return _matched(found) if found is not None else None
    if len(cells) == len(table.columns) and {"number", "when"} <= set(table.columns):
        return dict(zip(table.columns, cells, strict=True))
    means = next((i for i, c in enumerate(cells) if _MEANS.fullmatch(c)), None)
    if means is None or len(cells) - means < _EVENT_CELLS:
        return None
    names = ("means", "number", "noun", *("rest", "weapon")[: len(cells) - means - 4])
    named = dict(zip((*names, "when"), (*cells[means:-1], cells[-1]), strict=False))
    named["when"] = cells[-1]
    named["place"] = cells[means - 1] if means > 0 else ""
    named["position"] = cells[means - 2] if means > 1 else ""
    return named


def _matched(found: re.Match[str]) -> dict[str, str]:
    """Return what the named groups of a match hold."""
    cells = {name: value or "" for name, value in found.groupdict().items()}
    if "left" not in cells:
        return cells
    words = cells.pop("left").split()
    at = len(words)
    while at > 0 and _PLACE_WORD.fullmatch(words[at - 1]):
        at -= 1
    return {**cells, "position": " ".join(words[:at]), "place": " ".join(words[at:])}


def _known(cell: str) -> str:
    """Return a cell, "N/K" being nothing."""
    return re.sub(r"\s+", " ", _NOT_KNOWN.sub("", cell)).strip(" ,;-")


def _weapon(cells: dict[str, str]) -> str:
    """Return a row on weapons in the one order that the grammar reads."""
    when = _day(cells["when"])
    parts = (when, cells["number"], cells["kind"], cells.get("place"))
    return " | ".join(part or "" for part in (*parts, cells.get("means")))


def _day(text: str) -> str:
    """Return a date with its month in letters; the Mission writes day before month."""
    found = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](20\d\d)", text.strip())
    names = {number: name for name, number in MONTH_NUMBER.items() if len(name) > 4}  # noqa: PLR2004 - a figure plain in its place
    names |= {number: name for name, number in MONTH_NUMBER.items() if len(name) > 3}  # noqa: PLR2004 - a figure plain in its place
    names |= {5: "may"}
    if found is None:
        return re.sub(r"(?<=\d)[-/.](?=[A-Z])|(?<=[a-z])[-/.](?=\d)", " ", text.strip())
    month = names.get(int(found[2]))
    return f"{int(found[1])} {month.title()} {found[3]}" if month else text.strip()


def _event(cells: dict[str, str]) -> str | None:
    """Return a row on violations as a sentence."""
    noun = cells.get("noun", "").lower()
    if not any(name in noun for name in _NOUNS):
        return None
    place = _known(cells.get("place", ""))
    rest = _known(f"{cells.get('rest', '')} {cells.get('weapon', '')}")
    told = " ".join(
        part
        for part in (
            f"{_when(cells)}{_observer(cells['position'])}",
            _means(cells.get("means", "")),
            _things(_known(cells.get("number", "")), noun, rest),
            place[:1].lower() + place[1:] if place[:1] == "A" else place,
        )
        if part
    )
    return f"{told}."


def _means(cell: str) -> str:
    """Return the verb of a row."""
    return cell.lower().replace("&", "and").replace("seen", "saw") or "recorded"


def _when(cells: dict[str, str]) -> str:
    """Return "On 17 Jun, at 21:47, " or what of it the row gives."""
    date, clock = _known(cells.get("when", "")), cells.get("clock", "")
    found = re.match(rf"({_DATE})[, ]*(.*)", f"{date} {clock}".strip())
    day, times = (_day(found[1]), found[2]) if found is not None else ("", date)
    ends = re.findall(r"\d{1,2}:\d\d", times)
    said = f"on {day}, " if day else ""
    if len(ends) > 1:
        said += f"between {ends[0]} and {ends[-1]}, "
    elif ends:
        said += f"at {ends[0]}, "
    return said[:1].upper() + said[1:]


def _observer(position: str) -> str:
    """Return who observed, and from where."""
    if not position:
        return "the SMM"
    if re.search(r"\bcamera\b", position, re.IGNORECASE):
        return re.sub(r"^(?:the )?", "the ", position)
    where = position[:1].lower() + position[1:]
    if re.match(r"(?:about|approx\.?|\d|near|in|at|on|outside|inside)\b", where):
        return f"positioned {where}, the SMM"
    edge = re.match(
        r"([NSEW]{1,3}|\w+ern|centr\w+) (?:edge|outskirts|part|of)\b", position
    )
    return f"positioned {'on the' if edge else 'in'} {position}, the SMM"


def _things(number: str, noun: str, rest: str) -> str:
    """Return what was counted, with what the row says of it."""
    names = re.split(r"\s*(?:/|&|\band\b)\s*", noun)
    things = " and ".join(_plural(name) for name in names)
    low = rest.lower()
    flight = re.search(rf"(?:from )?({_WIND}) to ({_WIND})", rest)
    adjective = next(
        (w for w in ("undetermined", "outgoing", "incoming") if w in low), ""
    )
    said = f"{number} {adjective} {things}".replace("  ", " ").strip()
    for word in ("impact", "airburst"):
        if word in low and word not in noun:
            said += f", assessed as {word}s,"
    gun = _gun(re.sub(rf"(?:from )?{_WIND} to {_WIND}", "", rest))
    if gun:
        fire = "rounds" if re.search("explosion|impact|airburst", noun) else "fire"
        said += f" of {gun} {fire}" if fire == "fire" else f" assessed as {gun} {fire}"
    if flight is not None:
        said += f" in flight from {flight[1]} to {flight[2]}"
    return said


def _plural(noun: str) -> str:
    """Return a noun of the table in the plural."""
    if noun.endswith(("s", "fire")) and not noun.endswith("ss"):
        return noun
    return f"{noun}es" if noun.endswith(("sh", "o")) else f"{noun}s"


def _gun(rest: str) -> str:
    """Return the weapon of a row as prose names it, "" when none is known."""
    bare = re.sub(
        r"\b(?:undetermined|outgoing|incoming|impacts?|airbursts?|in flight|vertical|"
        r"assessed as|inside|outside|disengagement area|assessed|flight|in|an?|the)\b",
        " ",
        rest,
        flags=re.IGNORECASE,
    )
    name = re.sub(r"\s+", " ", bare).strip(" ,;().")
    if not name:
        return ""
    head = re.match(r"[A-Za-z-]+(?: arms)?", name)
    known = _GUNS.get(head[0].lower()) if head is not None else None
    if known is not None and head is not None:
        return f"{known}{name[head.end() :]}".strip()
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
