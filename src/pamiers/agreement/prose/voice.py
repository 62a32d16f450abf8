"""How a language speaks: phrases, lists, and figures as its people write them."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.prose.tongue import Figure, Sentences, Tongue
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.hours import Hours
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.values.weapon import Bounds

_FILLED: Final = Sentences()
#: words without a letter that English does not have
_ENGLISH: Final = re.compile(r"(?=.*[A-Za-z]{2})(?:[A-Za-z]|[\W\d_])+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Speaks one language, of nothing in particular."""

    tongue: Tongue

    def say(self, key: str, **facts: object) -> str:
        """Return a phrase with its facts filled in."""
        return _FILLED.format(self.tongue.phrases[key], **facts)

    def also(self, key: str, wanted: object, **facts: object) -> str:
        """Return a phrase where something is there to be said, else nothing."""
        return self.say(key, **facts) if wanted else ""

    def words(self, value: object) -> str:
        """Return a text by language, plain text, or the word for a blank.

        A text that is not there in this language is followed by the code of the
        one it stands in.
        """
        if isinstance(value, Blank) or value is None or value in ("", {}):
            return self.say("blank")
        if not isinstance(value, Mapping):
            return " ".join(str(value).split())
        code = next((c for c in (self.tongue.code, "en") if c in value), None)
        code = code if code is not None else next(iter(value))
        text = " ".join(str(value[code]).split())
        return text if code == self.tongue.code else f"{text} [{code}]"

    def word(self, value: object) -> str:
        """Return what people call a kind, a state or a choice of the language."""
        if isinstance(value, Blank):
            return self.say("blank")
        return self.tongue.names.get(str(value), f"`{value}`")

    def joined(self, said: Iterable[str], *, by: str = "and") -> str:
        """Return several words as a list in prose, the last joined by a word."""
        found = [each for each in said if each]
        if not found:
            return self.say("none")
        first = ", ".join(found[:-1])
        return self.say(by, first=first, last=found[-1]) if first else found[-1]

    def texts(self, values: Iterable[object], known: Mapping[str, str]) -> str:
        """Return several texts, those that this language knows in its own words."""
        return ", ".join(known.get(str(v)) or self.text(v) for v in values)

    def text(self, value: object) -> str:
        """Return a text that is given once; one that is English says so elsewhere."""
        said = self.words(value)
        if self.tongue.code == "en" or not isinstance(value, str):
            return said
        return f"{said} [en]" if _ENGLISH.fullmatch(said) else said

    def number(self, value: object) -> str:
        """Return a number, or the word for a blank."""
        if isinstance(value, int | float):
            return self.tongue.number(value)
        return self.say("blank")

    def share(self, value: object) -> str:
        """Return a share of one as a percentage, or the word for a blank."""
        if isinstance(value, int | float):
            return self.say("percent", number=self.tongue.number(round(value * 100, 6)))
        return self.say("blank")

    def amount(self, value: object) -> str:
        """Return a quantity with its unit, or the word for a blank."""
        if not isinstance(value, Quantity):
            return self.words(value)
        return _figure(self, value)

    def duration(self, value: object) -> str:
        """Return a stretch of time, and how it is counted where it says so."""
        if not isinstance(value, Duration):
            return self.words(value)
        said = _figure(self, value.quantity)
        if value.reckoning is None:
            return said
        key = f"counted.{value.reckoning}"
        return said.within(lambda each: self.say(key, time=each))

    def per(self, value: object) -> str:
        """Return over which time things are counted."""
        if isinstance(value, Duration):
            return self.say("per.sliding", time=self.duration(value))
        if isinstance(value, Blank):
            return self.say("per.sliding", time=self.say("blank"))
        return self.say(f"per.{value}") if value else ""

    def hours(self, values: Iterable[object]) -> str:
        """Return hours of the day as people of this language write them."""
        return self.joined(
            self.words(each)
            if not isinstance(each, Hours)
            else self.say("hours.span", begin=each.begins, end=each.ends)
            for each in values
        )

    def bounds(self, value: object) -> str:
        """Return a range of sizes in words."""
        if not isinstance(value, Bounds):
            return self.words(value)
        if value.low is not None and value.low == value.high:
            size = self.tongue.counted(value.low, value.unit)
            return self.say("bound.exact", size=size)
        low = "bound.above" if value.open_low else "bound.from"
        high = "bound.below" if value.open_high else "bound.to"
        said = [
            self.say(key, size=self.tongue.counted(size, value.unit))
            for key, size in ((low, value.low), (high, value.high))
            if size is not None
        ]
        return self.joined(said)

    def date(self, value: object) -> str:
        """Return a date as people of this language write it."""
        if not isinstance(value, dt.date):
            return self.words(value)
        return self.say(
            "date.first" if value.day == 1 else "date",
            day=value.day,
            month=self.tongue.months[value.month - 1],
            year=value.year,
        )


def _figure(voice: Voice, value: Quantity) -> Figure:
    said = voice.tongue.counted(value.amount, value.unit)
    if not value.about:
        return said
    return said.within(lambda each: voice.say("about", amount=each))
