"""How the prose speaks: phrases, names and moments in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.prose.phrases import NAMES, PHRASES, UNIT_NAMES
from pamiers.agreement.reckoning import anchor_instants, instant, time_zone
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import At, DayEdge, Relative
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import Written


@dataclass(frozen=True, slots=True)
class Teller:
    """Speaks of one agreement in one language."""

    written: Written
    language: str
    anchors: dict[str, datetime] = field(default_factory=dict)

    def say(self, key: str, **facts: object) -> str:
        """Return a phrase with its facts filled in."""
        return PHRASES[self.language][key].format(**facts)

    def also(self, key: str, wanted: object, **facts: object) -> str:
        """Return a phrase where something is there to be said, else nothing."""
        return self.say(key, **facts) if wanted else ""

    def speaker(self, source: object) -> str:
        """Return whose word a source is."""
        held = self.written.sources.get(str(source))
        return self.words(getattr(held, "speaker", source))

    def words(self, value: object) -> str:
        """Return text by language, a name of the file, or the word for a blank."""
        if isinstance(value, Blank) or value is None or value in ("", {}):
            return self.say("blank")
        if isinstance(value, Mapping):
            first = next(iter(value.values()), self.say("blank"))
            return str(value.get(self.language, value.get("en", first))).strip()
        if isinstance(value, Duration):
            counted = f"counted.{value.reckoning}" if value.reckoning else ""
            said = self.words(value.quantity)
            return f"{said} {self.say(counted)}" if counted else said
        if isinstance(value, Quantity):
            amount, unit = str(value).split(" ")
            return f"{amount} {UNIT_NAMES.get(self.language, {}).get(unit, unit)}"
        text = str(value)
        return NAMES.get(self.language, {}).get(text, text.replace("_", " "))

    def name(self, identifier: object) -> str:
        """Return the title of whatever an identifier names."""
        if identifier == EACH_PARTY:
            return self.say(EACH_PARTY)
        for section in (
            *(self.written.actors, self.written.roles, self.written.zones),
            *(self.written.lines, self.written.classes, self.written.monitoring),
            *(self.written.procedures, self.written.events),
        ):
            held = section.get(str(identifier))
            if held is not None and not isinstance(held, Blank):
                title = getattr(held, "name", None) or getattr(held, "title", held)
                return self.words(title or str(identifier))
        return self.words(identifier)

    def names(self, identifiers: Iterable[object]) -> str:
        """Return several names, joined."""
        found = [self.name(each) for each in identifiers]
        return ", ".join(found) if found else self.say("none")

    def moment(self, value: object) -> str:
        """Return a moment in the agreement's own zone, and how it was reckoned."""
        if isinstance(value, At):
            return self._local(value.instant)
        if not isinstance(value, Relative | DayEdge):
            return self.words(value)
        at = instant(value, self.written, self.anchors)
        return f"{value} ({self._local(at) if at else self.say('blank')})"

    def _local(self, at: datetime) -> str:
        local = at.astimezone(ZoneInfo(time_zone(self.written)))
        return f"{local:%Y-%m-%d %H:%M}"


def teller(written: Written, language: str) -> Teller:
    """Return one who speaks of an agreement; its anchors are reckoned once."""
    return Teller(written, language, anchor_instants(written))
