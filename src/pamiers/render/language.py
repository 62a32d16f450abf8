"""Put messages, names and figures into a language.

Catalogues are gettext `.po` files keyed by message, one per language, English
among them; plural forms follow each file's own rule. A sentence that is missing
from a catalogue is an error, never a key shown to a reader. Only the words of
open vocabularies (a source's own means or weapon) fall back to themselves.
"""

import io
from datetime import date, datetime, tzinfo
from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from typing import Final

from babel.core import Locale
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from pamiers.core.errors import UnknownTermError
from pamiers.report.message import Message, Named, Term, Value

_ALL: Final = 100


@lru_cache(maxsize=8)
def catalogue(code: str) -> Catalog:
    """Return the catalogue of a language, as its file holds it."""
    path = files("pamiers.render") / "locale" / f"{code}.po"
    return read_po(io.BytesIO(path.read_bytes()), locale=code)


@lru_cache(maxsize=8)
def _translations(code: str) -> GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(code))
    compiled.seek(0)
    return GNUTranslations(compiled)


class Language:
    """Speaks one language, in one time zone, of one day or of several."""

    def __init__(self, code: str, tz: tzinfo, *, days: int = 1) -> None:
        """Open the catalogue of `code`; local times are those of `tz`.

        Of several days a sentence is told in its second wording, `KEY.period`, where
        the catalogue has one.
        """
        self.code = code
        self.tz = tz
        self._over = ".period" if days > 1 else ""
        self._locale = Locale.parse(code)
        self._texts = _translations(code)

    def text(self, key: str, **params: Value) -> str:
        """Return a sentence of the catalogue with its parameters put in.

        Raises:
            UnknownTermError: The catalogue has no such sentence.
        """
        n = params.get("n")
        plural = abs(n) if isinstance(n, int) else 0
        pattern = self._over and self._pattern(f"{key}{self._over}", plural)
        pattern = pattern or self._pattern(key, plural)
        if not pattern:
            raise UnknownTermError(
                f"catalogue {self.code}",
                expected="a sentence of the catalogue",
                got=repr(key),
                remedy=f"Add it to render/locale/{self.code}.po.",
            )
        return pattern.format(**{name: self.value(v) for name, v in params.items()})

    def _pattern(self, key: str, plural: int) -> str:
        """Return a sentence as the catalogue has it; empty where it has none."""
        found = self._texts.ngettext(key, key, plural)
        found = self._texts.gettext(key) if found == key else found
        return "" if found == key else found

    def say(self, spoken: Message | Named | Term) -> str:
        """Return a message, a name or a word of a vocabulary in this language."""
        match spoken:
            case Message(key=key, params=params):
                return self.text(key, **dict(params))
            case Named():
                return self._name(spoken)
            case Term(family=family, id=word):
                return self.word(family, word)

    def knows(self, key: str) -> bool:
        """Tell whether the catalogue has a sentence or word."""
        return self._texts.gettext(key) != key

    def word(self, family: str, word: str) -> str:
        """Return a word of a vocabulary; a source's own word stays as it is."""
        key = f"{family}.{word}"
        found = self._texts.gettext(key)
        return word.replace("_", " ") if found == key else found

    def _name(self, name: Named) -> str:
        """Return a name in this language; the catalogue knows a few by their id."""
        known = dict(name.words)
        key = f"source.{known.get('', '')}"
        listed = self._texts.gettext(key)
        if self.code in known or listed == key:
            return name.in_language(self.code)
        return listed

    def value(self, value: Value) -> str:
        """Return a parameter as text: figures, dates and names by the language."""
        if isinstance(value, Message | Named | Term):
            return self.say(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int | float):
            return self.number(value)
        return value or ""

    def number(self, value: float) -> str:
        """Return a number with the language's separators, to three decimals."""
        return str(format_decimal(value, locale=self._locale))

    def percent(self, low: float, high: float | None = None) -> str:
        """Return a share, or a range of shares, in per cent; never nothing or all.

        A share that rounds to 0 or 100 without being so is `<1` or `>99`.
        """
        first, last = _whole(low), _whole(low if high is None else high)
        if first == last:
            return self.text("value.percent", n=first)
        return self.text("value.percent", n=f"{first}–{last}")

    def day(self, day: date, *, pattern: str = "date.long") -> str:
        """Return a date in words, such as `27 July 2020`."""
        return str(format_date(day, self.text(pattern), locale=self._locale))

    def local_day(self, instant: datetime, *, pattern: str = "date.long") -> str:
        """Return the date that the mission's calendar showed at an instant."""
        return self.day(instant.astimezone(self.tz).date(), pattern=pattern)

    def clock(self, instant: datetime) -> str:
        """Return the time that the mission's clocks showed, such as `19:30`."""
        local = instant.astimezone(self.tz)
        pattern = "HH:mm:ss" if local.second else "HH:mm"
        return str(format_time(local.time(), pattern, locale=self._locale))

    def moment(self, instant: datetime) -> str:
        """Return an instant as the mission's clocks and calendar showed it."""
        return f"{self.clock(instant)}, {self.local_day(instant)}"

    def zone(self, instant: datetime) -> str:
        """Return what to call the mission's time at an instant."""
        short = instant.astimezone(self.tz).tzname() or "UTC"
        key = f"zone.{short}"
        return (
            self.text(key) if self.knows(key) else self.text("zone.other", zone=short)
        )


def _whole(share: float) -> str:
    whole = round(share * 100)
    if whole == 0 and share > 0.0:
        return "<1"
    return ">99" if whole == _ALL and share < 1.0 else str(whole)
