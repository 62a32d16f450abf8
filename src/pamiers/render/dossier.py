"""The dossier of a case as a page in one language: findings, replies, steps, remedies.

It is made of the values that a page of the case has, as an edition may have them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pamiers.core.instant import parse_instant, zone
from pamiers.render.language import Language
from pamiers.render.page import Badge, Cell, Column, Detail, Grid, Page, Section, Tile
from pamiers.render.sheet import html_of, pdf_of
from pamiers.render.square_code import square_code
from pamiers.report.message import Named, named

Values = Mapping[str, Any]
_COLUMN = "dossier.column"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A case as an edition may have it, and the record that it is of."""

    case: Values
    agreement: Named
    time_zone: str
    edition: str
    head: str
    checkpoint: str
    at: datetime  #: as of when, aware


def render_dossier(dossier: Dossier, *, language: str, form: str) -> bytes:
    """Return a dossier as a web page or as PDF/UA-1, A4.

    Args:
        dossier: The dossier.
        language: Code of a catalogue.
        form: html or pdf.

    Returns:
        The bytes of the file; equal for equal arguments.
    """
    speaker = Language(language, zone(dossier.time_zone))
    laid_out = page(dossier, speaker)
    if form == "html":
        return html_of(laid_out, speaker)
    return pdf_of(laid_out, dossier.at, dossier.head)


def page(dossier: Dossier, speaker: Language) -> Page:
    """Return a dossier as a page in one language."""
    told = _Told(dossier.case, speaker)
    number = speaker.text("dossier.number", name=dossier.case["id"])
    withheld = dossier.case["words_withheld"] or dossier.case["votes_withheld"]
    return Page(
        language=speaker.code,
        page_title=f"{number}: {speaker.say(dossier.agreement)}",
        title=speaker.text("dossier.title"),
        day=told.words(dossier.case["procedure"]),
        number=number,
        agreement=speaker.say(dossier.agreement),
        edition=Badge(
            tone="plain", shape="", text=speaker.word("edition", dossier.edition)
        ),
        edition_note=speaker.text("dossier.withheld" if withheld else "dossier.whole"),
        as_of=speaker.text("dossier.as_of", at=dossier.at, zone=dossier.time_zone),
        period=speaker.text("dossier.opened", at=told.at("opened_at")),
        generated=speaker.text("ui.generated", at=dossier.at),
        following="",
        disclaimer=speaker.text("dossier.neutral"),
        tiles=tuple(told.tiles()),
        sections=tuple(told.sections()),
        code=square_code(dossier.checkpoint),
        code_label=speaker.text("check.code"),
    )


class _Told:
    """A case, told in one language."""

    def __init__(self, case: Values, speaker: Language) -> None:
        self.case, self.speaker = case, speaker
        self.names: Mapping[str, Mapping[str, str]] = case["names"]

    def words(self, words: Mapping[str, str]) -> str:
        return self.speaker.say(named(words, "")) if words else ""

    def who(self, *names: str | None) -> str:
        known = (
            self.words(self.names[each]) if each in self.names else each
            for each in names
            if each
        )
        return ", ".join(known)

    def at(self, name: str, within: Values | None = None) -> str:
        text = (self.case if within is None else within).get(name)
        return self.speaker.moment(parse_instant(text)) if text else ""

    def tiles(self) -> Iterator[Tile]:
        say, case = self.speaker, self.case
        late = sum(step["status"] == "lapsed" for step in case["steps"])
        due = case["due"][:1]
        outcome = case["outcome"]
        yield self._tile("status", say.text(f"dossier.is.{case['status']}"))
        yield self._tile(
            "outcome",
            outcome.replace("-", " ") if outcome else say.text("value.none"),
        )
        yield self._tile("late", say.number(late))
        yield self._tile(
            "next",
            self.at("due_at", due[0]) if due else say.text("value.none"),
            self.who(*due[0]["by"]) if due else "",
        )

    def _tile(self, key: str, value: str, small: str = "") -> Tile:
        return Tile(label=self.speaker.text(f"dossier.{key}"), value=value, small=small)

    def sections(self) -> Iterator[Section]:
        yield self._section("findings", self.findings())
        yield self._section("said", self.lines(self.case["said"]))
        yield self._section("steps", self.steps())
        yield self._section("remedies", self.remedies())
        yield self._section("log", self.lines(self.case["log"]))

    def _section(self, key: str, grid: Grid | None) -> Section:
        say = self.speaker
        neutral = (say.text("dossier.neutral"),) if key == "findings" else ()
        none = f"dossier.{key}.none"
        told = (say.text(none),) if grid is None and say.knows(none) else ()
        return Section(
            id="summary" if key == "findings" else key,
            title=say.text(f"dossier.{key}"),
            paragraphs=(*neutral, *told),
            grids=() if grid is None else (grid,),
        )

    def findings(self) -> Grid | None:
        rows = [
            (
                Detail(text=self._clause(each), small=each["cite"]),
                self.who(each["party"]),
                self.at("breach_at", each),
                self.at("found_at", each) or self.speaker.text("dossier.alleged"),
            )
            for each in self.case["findings"]
        ]
        return self._grid("findings", ("clause", "party", "at", "found"), rows)

    def _clause(self, told: Values) -> str:
        return self.words(told["title"]) or str(told["clause"])

    def lines(self, told: list[Values]) -> Grid | None:
        rows = [
            (
                self.at("at", each),
                Detail(
                    text=self.speaker.word("became", each["what"]),
                    small=each["about"] or "",
                ),
                self.who(each["by"]),
                each["reason"] or each["outcome"] or "",
            )
            for each in told
        ]
        return self._grid("log", ("at", "what", "by", "reason"), rows)

    def steps(self) -> Grid | None:
        rows = [
            (
                self.words(each["do"]) or each["id"],
                self.who(*each["by"]),
                self.speaker.word("dossier.step", each["status"]),
                self.at("due_at", each),
                self.at("ended_at", each),
            )
            for each in self.case["steps"]
        ]
        return self._grid("steps", ("what", "by", "status", "due", "ended"), rows)

    def remedies(self) -> Grid | None:
        rows = [
            (
                self.words(each["title"]) or each["key"],
                self.who(*each["of"]),
                self.at("due_at", each),
                self.at("done_at", each),
                self.at("verified_at", each),
            )
            for each in self.case["remedies"]
        ]
        columns = ("what", "party", "due", "done", "verified")
        return self._grid("remedies", columns, rows)

    def _grid(
        self, key: str, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]
    ) -> Grid | None:
        if not rows:
            return None
        own = {"clause": "table.clause", "status": "dossier.status"}
        labels = (own.get(each, f"{_COLUMN}.{each}") for each in columns)
        return Grid(
            caption=self.speaker.text(f"dossier.{key}"),
            columns=tuple(Column(label=self.speaker.text(each)) for each in labels),
            rows=tuple(rows),
        )
