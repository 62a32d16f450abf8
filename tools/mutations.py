"""Ways to spoil the texts of an agreement: by letter, by line, and by structure."""

import itertools
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import yaml

from pamiers.agreement.grammar.records import (
    ById,
    Listed,
    OneOrByParty,
    Record,
    Several,
)
from pamiers.agreement.grammar.whole import AGREEMENT

Texts: TypeAlias = dict[str, str]
Plain: TypeAlias = Any

_YAML: Final = "agreement.yaml"
_ZONES: Final = "zones.geojson"
_MOST_PLACES: Final = 400
_MOST_STARS: Final = 20
#: what has broken readers before, and what stands at the edges of the language
_WORDS: Final = (
    *("TBD", "null", "~", "true", "NO", "0", "-1", "1e999", ".nan", "010", "22:00"),
    *("&a", "*a", "!!python/object:os.system", "<<: *a", "---", "...", "%TAG", "? "),
    *("|", ">-", "{", "}", "[", "]", ": ", "- ", "# ", "\t", '"', "'", "\\", "\u2028"),
    *("D + 14 d", "D - 9999999 w", "end of D", "start of 2006-02-30", "day after X"),
    *("D + 250 y", "D + 3 mo", "5 d working", "1 mo", "0 s", "24 h elapsed"),
    *("2015-02-15T24:00+02:00", "9999-12-31T23:59Z", "2015-03-29 03:30 Europe/Kyiv"),
    *("47.67 N, 38.08 E", "90 N, 180 E", "0 S, 0 W", "25 km", "0.0000001 mm"),
    *("999999999999999 km", ">= 100 mm", "> 60, <= 120 mm", "= 0 mm"),
    *("calibre >= 100 mm and not (kind in [gun, 'x'])", "count > 5 or unit > army"),
    *("FORALL p in party. event(fire, party = p) IMPLIES ONCE[0, 2 d] TRUE",),
    *("NOT event(fire) SINCE[0, *] state(presence, where = (count > 5))",),
    *("each party", "calendar month", "6000 persons", "\u0441lub", "a" * 300, ""),
    *("A\u030a", "\ufeff", "\x00", "\ud800", "\U0001f54a"),
)


class Mutator:
    """Spoils one input, perhaps with parts of another; remembers words and parts."""

    def __init__(self, chance: random.Random) -> None:
        """Take the generator that decides everything."""
        self.chance = chance
        self.words: list[str] = [*_WORDS, *_keys(AGREEMENT)]
        self.parts: list[Plain] = []

    def learn(self, texts: Mapping[str, str]) -> None:
        """Remember the words and the parts of an input."""
        words = re.findall(r"[\w.+:/-]+", texts.get(_YAML, ""))
        self.words += sorted({word for word in words if len(word) > 1})[:200]
        plain = _plain(texts.get(_YAML, ""))
        places = itertools.islice(_places(plain), _MOST_PLACES)
        self.parts += [each for _, _, each in places]

    def __call__(self, base: Texts, other: Texts) -> Texts:
        """Return an input spoilt in one to a few ways."""
        texts = dict(base)
        for _ in range(self.chance.choice((1, 1, 1, 2, 3, 6))):
            way = self.chance.choices(
                (self._structure, self._text, self._drawing), (6, 4, 2)
            )[0]
            way(texts, other)
        return texts

    def _text(self, texts: Texts, other: Texts) -> None:
        name = self.chance.choice(sorted(texts))
        ways: tuple[Callable[[str, str], str], ...] = (
            self._letter,
            self._word,
            self._line,
            self._splice,
            self._indent,
        )
        way = self.chance.choice(ways)
        texts[name] = way(texts[name], other.get(name, ""))

    def _letter(self, text: str, _: str) -> str:
        at = self.chance.randrange(len(text) + 1)
        letter = self.chance.choice(("", chr(self.chance.randrange(32, 0x2100)), "\n"))
        return text[:at] + letter + text[at + self.chance.randrange(3) :]

    def _word(self, text: str, _: str) -> str:
        spans = [m.span() for m in re.finditer(r"[\w.+:/-]+", text)]
        if not spans:
            return self.chance.choice(self.words)
        start, end = self.chance.choice(spans)
        return text[:start] + self.chance.choice(self.words) + text[end:]

    def _line(self, text: str, _: str) -> str:
        rows = text.split("\n")
        at = self.chance.randrange(len(rows))
        match self.chance.randrange(4):
            case 0:
                del rows[at]
            case 1:
                rows.insert(at, self.chance.choice(rows))
            case 2:
                rows[at:at] = rows[at : at + self.chance.randrange(1, 40)]
            case _:
                there = self.chance.randrange(len(rows))
                rows[at], rows[there] = rows[there], rows[at]
        return "\n".join(rows)

    def _splice(self, text: str, other: str) -> str:
        a = self.chance.randrange(len(text) + 1)
        b = self.chance.randrange(len(other) + 1)
        return text[:a] + other[b : b + self.chance.randrange(2000)] + text[a:]

    def _indent(self, text: str, _: str) -> str:
        rows = text.split("\n")
        at = self.chance.randrange(len(rows))
        shift = self.chance.choice((" ", "  ", "\t", "- "))
        for i in range(at, min(len(rows), at + self.chance.randrange(1, 6))):
            rows[i] = shift + rows[i] if shift != " " else rows[i][1:]
        return "\n".join(rows)

    def _structure(self, texts: Texts, _: Texts) -> None:
        plain = _plain(texts.get(_YAML, ""))
        places = list(itertools.islice(_places(plain), 10 * _MOST_PLACES))
        if not places:
            return self._text(texts, texts)
        holder, key, held = self.chance.choice(places)
        self._change(holder, key, held)
        dumped = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)
        texts[_YAML] = dumped
        return None

    def _change(self, holder: Plain, key: Plain, held: Plain) -> None:
        match self.chance.randrange(6):
            case 0:
                del holder[key]
            case 1:
                holder[key] = self.chance.choice(self.words)
            case 2 if isinstance(held, dict):
                held[self.chance.choice(self.words)] = self._part()
            case 3 if isinstance(held, list):
                held.append(self.chance.choice(held) if held else self._part())
            case 4:
                holder[key] = [held]
            case _:
                holder[key] = self._part()

    def _part(self) -> Plain:
        part = self.chance.choice(self.parts) if self.parts else "x"
        try:
            return json.loads(json.dumps(part, default=str))
        except ValueError:
            return "x"  # it holds itself

    def _drawing(self, texts: Texts, other: Texts) -> None:
        try:
            plain = json.loads(texts.get(_ZONES, ""))
        except (ValueError, RecursionError):
            return self._text(texts, other)
        places = [each for each in _places(plain) if self.chance.random() < 0.5]  # noqa: PLR2004 - a figure plain in its place
        if not places:
            return None
        holder, key, held = self.chance.choice(places)
        odd: tuple[Plain, ...] = (
            None,
            [],
            {},
            "x",
            1e300,
            -181,
            90.0000001,
            True,
            [[0, 0]],
            "Polygon",
        )
        if isinstance(held, int | float) and self.chance.random() < 0.5:  # noqa: PLR2004 - a figure plain in its place
            holder[key] = held + self.chance.gauss(0, 3)
        elif isinstance(held, list) and held and self.chance.random() < 0.5:  # noqa: PLR2004 - a figure plain in its place
            held.insert(self.chance.randrange(len(held)), self.chance.choice(held))
        else:
            holder[key] = self.chance.choice(odd)
        texts[_ZONES] = json.dumps(plain)
        return None


def _plain(text: str) -> Plain:
    """Return the tree of a text; none where aliases might blow it up."""
    if text.count("*") > _MOST_STARS:
        return None
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _places(plain: Plain, depth: int = 0) -> Iterator[tuple[Plain, Plain, Plain]]:
    """Yield (what holds it, key or index, value) of every value in a tree."""
    if depth > 40:  # noqa: PLR2004 - what nests deeper is left to the other ways
        return
    keys: list[Plain] = []
    if isinstance(plain, dict):
        keys = list(plain)
    elif isinstance(plain, list):
        keys = list(range(len(plain)))
    for key in keys:
        yield plain, key, plain[key]
        yield from _places(plain[key], depth + 1)


def _keys(form: object) -> Iterator[str]:
    """Yield every key of the grammar."""
    match form:
        case Record():
            for key, each in form.fields.items():
                yield key
                yield from _keys(each.form)
        case Several() | Listed() | ById() | OneOrByParty():
            yield from _keys(form.each)
        case _:
            return
