"""What a notice says, in the words of a language: in letters, e-mail and messages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pamiers.agreement.model import Agreement
from pamiers.app.pages.words import LANGUAGES, text
from pamiers.app.words import in_language, name_of
from pamiers.core.instant import parse_instant, zone
from pamiers.render.letter import Part, render_letter

Told = Mapping[str, Any]
#: how many languages a letter is written in, where nobody says which
_BOTH: Final = 2
#: what a notice says, in this order
_FACTS: Final = (
    *("to", "agreement", "case", "about", "at", "due_at", "by", "outcome"),
    *("reason", "told_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The agreement that notices are about, and the languages they are written in."""

    agreement: Agreement
    languages: tuple[str, ...]

    def part(self, told: Told, language: str) -> Part:
        """Return what a notice says in one language."""
        draft = told["kind"] == "draft"
        return Part(
            language=language,
            title=self.subject(told, language),
            mark=text(language, "letter.draft") if draft else "",
            facts=tuple(self._facts(told, language)),
        )

    def subject(self, told: Told, language: str) -> str:
        """Return what a notice is about, in one line."""
        what = told["what"]
        return f"{text(language, f'became.{what}')} – {told['case']}"

    def _facts(self, told: Told, language: str) -> Iterator[tuple[str, str]]:
        for key in _FACTS:
            value = self._value(key, told, language)
            if value:
                yield text(language, f"letter.{key}"), value

    def _value(self, key: str, told: Told, language: str) -> str:
        if key == "agreement":
            return in_language(self.agreement.title, language)
        value = told.get(key)
        match key:
            case _ if not value:
                said = ""
            case "about":
                said = self._about(told, language)
            case "at" | "due_at" | "told_at":
                said = self._instant(str(value))
            case "to" | "by":
                names = (name_of(each, self.agreement, language) for each in value)
                said = ", ".join(names)
            case "outcome":
                said = text(language, f"outcome.{value}", else_=str(value))
            case _:
                said = str(value)
        return said

    def _about(self, told: Told, language: str) -> str:
        """Return what is meant by an id: of a step, a remedy, or something due."""
        about = str(told["about"])
        what, _, name = about.partition(":")
        procedure = self.agreement.procedures.get(str(told.get("procedure", "")))
        step = procedure.step(about) if procedure else None
        if step is not None:
            return f"{in_language(step.do, language)} ({about})"
        remedy = procedure.remedy(name or about) if procedure else None
        called = in_language(remedy.title, language) if remedy is not None else ""
        called = called or name_of(name or about, self.agreement, language)
        due = text(language, f"due.{what}", else_="")
        return f"{due}: {called}" if due and name else due or called

    def _instant(self, value: str) -> str:
        at = parse_instant(value)
        local = at.astimezone(zone(self.agreement.time_zone))
        return f"{local:%Y-%m-%d %H:%M} {self.agreement.time_zone} ({at:%H:%M} UTC)"

    def letter(self, told: Told) -> bytes:
        """Return a notice as a PDF to print, in all languages on one sheet."""
        parts = [self.part(told, each) for each in self.languages]
        return render_letter(parts, parse_instant(str(told["told_at"])), told["key"])

    def plain(self, told: Told) -> str:
        """Return a notice as plain text, in all languages."""
        return "\n\n".join(
            "\n".join(
                [
                    each.title,
                    *filter(None, [each.mark]),
                    *(f"{label}: {value}" for label, value in each.facts),
                ]
            )
            for each in (self.part(told, code) for code in self.languages)
        )


def languages_of(agreement: Agreement) -> tuple[str, ...]:
    """Return the languages of notices where nobody says which.

    The first two that the title of the agreement is written in, of those that the
    program speaks; English and Ukrainian where it names fewer.
    """
    named = [code for code in agreement.title if code in LANGUAGES]
    return tuple(dict.fromkeys([*named, *LANGUAGES]))[:_BOTH]
