"""How the prose speaks: phrases, names, figures and moments in one language.

Nothing is translated here. Where a text of the agreement is not given in the
language asked for it stands in another one, with the code of that language behind
it; what has no name at all stands under its id, between backquotes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.prose.tongue import Tongue
from pamiers.agreement.prose.words import TONGUES
from pamiers.agreement.reckoning import anchor_instants, instant, time_zone
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import At, DayEdge, Moment, Relative
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.values.weapon import Bounds
from pamiers.agreement.written import Written

Item = tuple[str, tuple[str, ...]]  #: a numbered sentence and those under it


@dataclass(frozen=True, slots=True)
class Teller:
    """Speaks of one agreement in one language."""

    written: Written
    tongue: Tongue
    anchors: dict[str, dt.datetime] = field(default_factory=dict)

    def say(self, key: str, **facts: object) -> str:
        """Return a phrase with its facts filled in."""
        return self.tongue.phrases[key].format(**facts)

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

    def name(self, identifier: object) -> str:
        """Return the title of whatever an identifier names, or the identifier."""
        if isinstance(identifier, Blank):
            return self.say("blank")
        told = self.written
        for section in (
            *(told.actors, told.roles, told.zones, told.lines, told.classes),
            *(told.events, told.states, told.monitoring, told.procedures),
            *(told.gates, told.anchors, told.terms),
        ):
            if str(identifier) in section:
                return self._titled(section[str(identifier)], str(identifier))
        return self._listed_title(str(identifier))

    def _listed_title(self, identifier: str) -> str:
        for text in self.written.instruments:
            if text.id == identifier:
                return self._titled(text, identifier)
        for clause in self.written.clauses:
            if clause.id == identifier:
                return self._titled(clause, identifier)
        return self.word(identifier)

    def _titled(self, held: object, identifier: str) -> str:
        title = getattr(held, "name", None) or getattr(held, "title", held)
        named = isinstance(title, Mapping) and title
        return self.words(title) if named else self.word(identifier)

    def joined(self, said: Iterable[str], *, by: str = "and") -> str:
        """Return several words as a list in prose, the last joined by a word."""
        found = [each for each in said if each]
        if not found:
            return self.say("none")
        first = ", ".join(found[:-1])
        return self.say(by, first=first, last=found[-1]) if first else found[-1]

    def names(self, identifiers: Iterable[object], *, by: str = "and") -> str:
        """Return the titles of several things, joined."""
        return self.joined((self.name(each) for each in identifiers), by=by)

    def texts(self, values: Iterable[object]) -> str:
        """Return several plain texts, known words among them in this language."""
        return ", ".join(self.tongue.names.get(str(v), self.words(v)) for v in values)

    def clauses(self, identifiers: Iterable[object], *, by: str = "and") -> str:
        """Return several clauses by their ids, as the text has them in brackets."""
        said = (
            self.say("blank") if isinstance(each, Blank) else f"[{each}]"
            for each in identifiers
        )
        return self.joined(said, by=by)

    def bearer(self, identifiers: tuple[object, ...]) -> str:
        """Return whom a clause binds, in the form a sentence opens with."""
        if EACH_PARTY in identifiers:
            return self.say("bearer.each")
        key = "bearer.one" if len(identifiers) == 1 else "bearer.several"
        quoted = [self.say("bearer.named", name=self.name(i)) for i in identifiers]
        return self.say(key, names=self.joined(quoted))

    def who(self, identifiers: tuple[object, ...], *, by: str = "and") -> str:
        """Return actors and roles, each party among them, joined."""
        said = (
            self.say("each") if each == EACH_PARTY else self.name(each)
            for each in identifiers
        )
        return self.joined(said, by=by)

    def speaker(self, source: object) -> str:
        """Return whose word a source is."""
        held = self.written.sources.get(str(source))
        return self.words(getattr(held, "speaker", source))

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
        if isinstance(value, Quantity):
            return self.tongue.counted(value.amount, value.unit)
        return self.words(value)

    def duration(self, value: object) -> str:
        """Return a stretch of time, and how it is counted where it says so."""
        if not isinstance(value, Duration):
            return self.words(value)
        said = self.amount(value.quantity)
        if value.reckoning is None:
            return said
        return self.say(f"counted.{value.reckoning}", time=said)

    def per(self, value: object) -> str:
        """Return over which time things are counted."""
        if isinstance(value, Duration):
            return self.say("per.sliding", time=self.duration(value))
        if isinstance(value, Blank):
            return self.say("per.sliding", time=self.say("blank"))
        return self.say(f"per.{value}") if value else ""

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

    def moment(self, value: object, *, case: str = "plain") -> str:
        """Return a moment in the agreement's zone, and how it was reckoned.

        Args:
            value: The moment, a blank, or None.
            case: `plain`, `from` or `by`: the words that it stands after.
        """
        if isinstance(value, At):
            return self.say(f"at.{case}", instant=self._local(value.instant))
        if isinstance(value, Relative):
            said = self.say(f"formula.{case}", formula=self._formula(value))
            return self._reckoned(said, value)
        if isinstance(value, DayEdge):
            return self._edge(value, case)
        return self.words(value)

    def _reckoned(self, said: str, value: Moment) -> str:
        at = self.instant(value)
        known = self._local(at) if at else self.say("not.yet")
        return f"{said} ({known})"

    def _edge(self, value: DayEdge, case: str) -> str:
        of = value.of
        day = self._formula(of) if isinstance(of, Relative) else self.date(of)
        kind = value.edge.replace(" ", ".")
        counted = ".counted" if isinstance(of, Relative) else ""
        what = self.say(f"edge.{kind}{counted}", day=day)
        said = self.say(f"edge.{case}", what=what)
        return self._reckoned(said, value) if counted else said

    def instant(self, value: Moment) -> dt.datetime | None:
        """Return when a moment is [UTC]; None where its anchor is not known."""
        return instant(value, self.written, self.anchors)

    def _formula(self, value: Relative) -> str:
        if value.offset is None:
            return value.anchor
        sign = "−" if value.backward else "+"
        return f"{value.anchor} {sign} {self.duration(value.offset)}"

    def _local(self, at: dt.datetime) -> str:
        local = at.astimezone(ZoneInfo(time_zone(self.written)))
        clock = self.say("clock", hour=local.hour, minute=f"{local:%M}")
        if local.second:
            clock = f"{clock}:{local:%S}"
        return self.say("instant", date=self.date(local.date()), clock=clock)


def teller(written: Written, language: str) -> Teller:
    """Return one who speaks of an agreement; its anchors are reckoned once."""
    return Teller(written, TONGUES[language], anchor_instants(written))


def upper(text: str) -> str:
    """Return a sentence that begins with a capital letter."""
    return text[:1].upper() + text[1:]
