"""How the prose speaks: phrases, names, figures and moments in one language.

Nothing is translated here. Where a text of the agreement is not given in the
language asked for it stands in another one, with the code of that language behind
it; what has no name at all stands under its id, between backquotes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from zoneinfo import ZoneInfo

from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.prose.voice import Voice
from pamiers.agreement.prose.words import TONGUES
from pamiers.agreement.reckoning import anchor_instants, instant, time_zone
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.moment import At, DayEdge, Moment, Relative
from pamiers.agreement.written import Anchor, Written

Item = tuple[str, tuple[str, ...]]  #: a numbered sentence and those under it


#: sections of those who act, and of what happens
BODIES: Final = ("actors", "roles")
HAPPENINGS: Final = ("events", "kinds")
#: words after which a moment is the last of a time, not the first of the next
_CLOSING: Final = ("by", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller(Voice):
    """Speaks of one agreement in one language."""

    written: Written
    anchors: dict[str, dt.datetime] = field(default_factory=dict)
    #: phrase -> anchors as they were foreseen, or are at the latest
    supposed: Mapping[str, Mapping[str, dt.datetime]] = field(default_factory=dict)
    brief: bool = False  #: where `D + 14 d` falls, and midnight, are left out

    def name(self, identifier: object, *sections: str) -> str:
        """Return the title of what an identifier names, or the identifier.

        Args:
            identifier: The identifier, or a blank.
            sections: Where it may be defined, in this order; `kinds` are the words
                that every agreement knows. An id may stand in several sections.

        Returns:
            Title in this language or another, or the id between backquotes.
        """
        if isinstance(identifier, Blank):
            return self.say("blank")
        name = str(identifier)
        for section in sections:
            held = _section(self.written, section).get(name)
            if held is not None and not isinstance(held, Blank):
                return self._titled(held, name)
            if section == "kinds" and name in self.tongue.names:
                return self.tongue.names[name]
        return f"`{name}`"

    def _titled(self, held: object, identifier: str) -> str:
        title = getattr(held, "name", None) or getattr(held, "title", held)
        named = isinstance(title, Mapping) and title
        return self.words(title) if named else f"`{identifier}`"

    def names(
        self, identifiers: Iterable[object], *sections: str, by: str = "and"
    ) -> str:
        """Return the titles of several things, joined."""
        return self.joined((self.name(each, *sections) for each in identifiers), by=by)

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
        number = "one" if len(identifiers) == 1 else "several"
        key = f"bearer.{number}.{called(self.written, identifiers)}"
        quoted = [self.say("bearer.named", name=self._who(i)) for i in identifiers]
        return self.say(key, names=self.joined(quoted))

    def who(self, identifiers: tuple[object, ...], *, by: str = "and") -> str:
        """Return actors and roles, each party among them, joined."""
        return self.joined((self._who(each) for each in identifiers), by=by)

    def _who(self, identifier: object) -> str:
        if identifier == EACH_PARTY:
            return self.say("each")
        return self.name(identifier, *BODIES)

    def speaker(self, source: object) -> str:
        """Return whose word a source is."""
        held = self.written.sources.get(str(source))
        return self.words(getattr(held, "speaker", source))

    def moment(
        self, value: object, *, case: str = "plain", closes: bool = False
    ) -> str:
        """Return a moment in the agreement's zone, and how it was reckoned.

        Args:
            value: The moment, a blank, or None.
            case: `plain`, `from`, `by` or `until`: the words that it stands after.
            closes: True: a time ends with it, whatever it stands after.

        Returns:
            Words such as `D + 14 days (15 March 2026, 00:00)`.
        """
        if isinstance(value, At):
            return self.say(f"at.{case}", instant=self._local(value.instant))
        if isinstance(value, Relative):
            said = self.say(f"formula.{case}", formula=self._formula(value))
            return self._reckoned(said, value, ends=closes or case in _CLOSING)
        if isinstance(value, DayEdge):
            return self._edge(value, case)
        return self.words(value)

    def _reckoned(self, said: str, value: Moment, *, ends: bool = False) -> str:
        if self.brief:
            return said
        return f"{said} ({self._known(value, ends=ends)})"

    def _known(self, value: Moment, *, ends: bool = False) -> str:
        """Return a moment by the clock; a time that ends at midnight ends its day."""
        ends = ends or (isinstance(value, DayEdge) and value.edge == "end of")
        at = self.instant(value)
        if at is not None:
            return self._local(at, ends=ends)
        for key, anchors in self.supposed.items():
            at = instant(value, self.written, anchors)
            if at is not None:
                return self.say(key, instant=self._local(at, ends=ends))
        return self.say("not.yet")

    def _edge(self, value: DayEdge, case: str) -> str:
        of = value.of
        plain = ".plain" if case == "plain" else ""
        day = self._formula(of) if isinstance(of, Relative) else self.date(of)
        kind = value.edge.replace(" ", ".")
        counted = ".counted" if isinstance(of, Relative) else ""
        what = self.say(f"edge.{kind}{counted}{plain}", day=day)
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

    def _local(self, at: dt.datetime, *, ends: bool = False) -> str:
        """Return an instant by the clock; the end of a day is its hour 24."""
        local = at.astimezone(ZoneInfo(time_zone(self.written)))
        midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
        day = local.date() - dt.timedelta(days=ends and midnight)
        if self.brief and midnight:
            return self.date(day)
        hour = 24 if ends and midnight else local.hour
        clock = self.say("clock", hour=hour, minute=f"{local:%M}")
        if local.second:
            clock = f"{clock}:{local:%S}"
        return self.say("instant", date=self.date(day), clock=clock)


def teller(written: Written, language: str) -> Teller:
    """Return one who speaks of an agreement; its anchors are reckoned once."""
    return Teller(
        tongue=TONGUES[language],
        written=written,
        anchors=anchor_instants(written),
        supposed={
            "foreseen": anchor_instants(_as_if(written, "expected")),
            "at.latest": anchor_instants(_as_if(written, "latest")),
        },
    )


def _as_if(written: Written, attribute: str) -> Written:
    """Return an agreement whose anchors came when they were foreseen."""
    return replace(
        written,
        anchors={
            name: replace(each, at=each.at or getattr(each, attribute))
            if isinstance(each, Anchor)
            else each
            for name, each in written.anchors.items()
        },
    )


def _section(written: Written, section: str) -> Mapping[str, object]:
    """Return what a section of an agreement holds, by id; empty for `kinds`."""
    held = getattr(written, section, {})
    if isinstance(held, tuple):
        return {str(each.id): each for each in held if not isinstance(each, Blank)}
    found: Mapping[str, object] = held
    return found


def called(written: Written, identifiers: Iterable[object]) -> str:
    """Return `party` of parties to the agreement alone, `other` of any others."""
    parties = set(written.heading.parties)
    return "party" if parties.issuperset(identifiers) else "other"


def upper(text: str) -> str:
    """Return a sentence that begins with a capital letter."""
    return text[:1].upper() + text[1:]
