"""The after-action report of a rehearsal as a web page and PDF, in one language."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pamiers.core.instant import zone
from pamiers.render.language import Language
from pamiers.render.page import Badge, Cell, Column, Grid, Page, Section, Tile, badge
from pamiers.render.sheet import html_of, pdf_of
from pamiers.report.after_action import (
    AfterAction,
    Inject,
    Letter,
    StepLine,
)

if TYPE_CHECKING:
    from pamiers.report.message import Named

#: rows of a table that a page shows; all are in the JSON beside it
MOST_ROWS: Final = 60
_MOST_LETTERS: Final = 12
_KEY: Final = "rehearsal"
#: key figures in the order of the tiles, each with the tone of its badge
_TILES: Final = (
    *(("breaches", ""), ("first_steps_in_time", "kept"), ("late", "undetermined")),
    *(("missed", "breached"), ("omissions", "unobserved")),
)
#: what the summary counts, and of that what it says of none, too
_COUNTED: Final = (
    *("cases", "deeds", "unseen", "retracted", "no_step_foreseen"),
    *("complaints", "disputes", "longer_asked", "longer_granted"),
)
_ALWAYS: Final = ("cases", "deeds")
_PARTY: Final = (
    *("deeds", "staged", "retaliations", "invented", "found", "remedies"),
    *("late_replies", "undone", "complaints", "disputes"),
)


def render_html(
    report: AfterAction, language: str, alternates: Mapping[str, str]
) -> bytes:
    """Return an after-action report as one HTML file.

    Args:
        report: The report.
        language: Code of a catalogue.
        alternates: Language code or format -> relative address of the same report.

    Returns:
        UTF-8 bytes; nothing in it runs or is fetched.
    """
    speaker = Language(language, zone(report.rehearsed.time_zone))
    return html_of(page(report, speaker), speaker, alternates)


def render_pdf(report: AfterAction, language: str) -> bytes:
    """Return an after-action report as PDF/UA-1, A4; equal for equal reports.

    Args:
        report: The report.
        language: Code of a catalogue.

    Returns:
        PDF bytes, dated with the end of the rehearsal.
    """
    speaker = Language(language, zone(report.rehearsed.time_zone))
    return pdf_of(page(report, speaker), report.rehearsed.ran_until)


def page(report: AfterAction, speaker: Language) -> Page:
    """Return an after-action report as a page in one language."""
    head = report.rehearsed
    told = _Told(report, speaker)
    title = speaker.text(f"{_KEY}.title")
    return Page(
        language=speaker.code,
        page_title=f"{title}: {speaker.say(head.agreement)}",
        title=title,
        day=speaker.text(f"{_KEY}.span", start=head.start, end=head.end),
        number=speaker.text(f"{_KEY}.number", seed=str(head.seed)),
        agreement=speaker.say(head.agreement),
        edition=Badge(tone="plain", shape="", text=speaker.text(f"{_KEY}.edition")),
        edition_note=speaker.text(f"{_KEY}.note"),
        as_of=speaker.text(f"{_KEY}.until", at=head.ran_until),
        period=speaker.text(f"{_KEY}.days", n=head.days),
        generated=speaker.text(f"{_KEY}.{'fused' if head.fused else 'apart'}"),
        following="",
        disclaimer=speaker.text(f"{_KEY}.note"),
        tiles=tuple(told.tiles()),
        sections=tuple(told.sections()),
    )


class _Told:
    """A report, told in one language."""

    def __init__(self, report: AfterAction, speaker: Language) -> None:
        self.report, self.speaker = report, speaker
        self.figures = dict(report.figures)

    def text(self, key: str, **params: str | int | datetime) -> str:
        return self.speaker.text(f"{_KEY}.{key}", **params)

    def tiles(self) -> Iterator[Tile]:
        for name, tone in _TILES:
            n = self.figures[name]
            yield Tile(
                label=self.text(f"figure.{name}"),
                value=self.speaker.number(n),
                small=self.text(f"means.{name}"),
                badge=None
                if not tone or not n
                else badge(tone, self.text(f"is.{name}")),
            )

    def sections(self) -> Iterator[Section]:
        yield self._summary()
        yield self._section("late", [self._late()] if self.report.late else [])
        yield self._section("roles", [self._roles()])
        yield self._section("parties", [self._parties()])
        yield self._section("clauses", [self._clauses()])
        yield self._section("injects", [self._injects()] if self.report.injects else [])
        yield self._section("words", [self._words()] if self.report.words else [])
        yield self._section("inboxes", list(self._inboxes()))

    def _summary(self) -> Section:
        counted = [
            self.text(key, n=self.figures[key])
            for key in _COUNTED
            if self.figures[key] or key in _ALWAYS
        ]
        undrawn = [
            f"{self.speaker.say(clause)}: {self.speaker.say(why)}"
            for clause, why in self.report.undrawn
        ]
        head = [self.text("undrawn")] if undrawn else []
        return Section(
            id="summary",
            title=self.speaker.text("section.summary"),
            paragraphs=(self.text("about"), self.text("sum"), " ".join(counted), *head),
            bullets=tuple(undrawn),
        )

    def _section(self, name: str, grids: Sequence[Grid]) -> Section:
        says = self.text(f"{name}.about") if grids else self.text(f"{name}.none")
        title = self.text(f"{name}.title")
        return Section(id=name, title=title, paragraphs=(says,), grids=tuple(grids))

    def _grid(
        self, name: str, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]
    ) -> Grid:
        """Return a table; columns that begin with `#` hold numbers."""
        shown = tuple(rows[:MOST_ROWS])
        more = len(rows) - len(shown)
        return Grid(
            caption=self.text(f"{name}.caption"),
            columns=tuple(
                Column(
                    label=self.text(f"column.{each.removeprefix('#')}"),
                    numeric=each.startswith("#"),
                )
                for each in columns
            ),
            rows=shown,
            note=self.text("more", n=more) if more else "",
        )

    def _late(self) -> Grid:
        columns = ("step", "role", "clauses", "due", "late_by")
        return self._grid(
            "late", columns, [self._late_row(e) for e in self.report.late]
        )

    def _late_row(self, line: StepLine) -> tuple[Cell, ...]:
        by = (
            badge("unobserved", self.text("never"))
            if line.late_s is None
            else badge("undetermined", _lasts(self.speaker, line.late_s))
        )
        due = _moment(self.speaker, line.due_at)
        clock = "" if line.clocked else f" ({self.text('own_clock')})"
        clauses = "; ".join(self.speaker.say(each) for each in line.clauses)
        step = f"{line.step} ({line.case})"
        return (step, self.speaker.say(line.role), clauses, due + clock, by)

    def _roles(self) -> Grid:
        columns = (
            "role",
            "#messages",
            "#asked",
            "#in_time",
            "#late",
            "#undone",
            "#worst",
        )
        rows: list[tuple[Cell, ...]] = [
            (
                self.speaker.say(each.role),
                *map(
                    self.speaker.number,
                    (each.messages, each.asked, each.in_time, each.late, each.undone),
                ),
                ""
                if each.worst_late_s is None
                else _lasts(self.speaker, each.worst_late_s),
            )
            for each in self.report.roles
        ]
        return self._grid("roles", columns, rows)

    def _parties(self) -> Grid:
        """Return the parties side by side: a row a figure, a column a party."""
        names = [self.speaker.say(each.party) for each in self.report.parties]
        rows: list[tuple[Cell, ...]] = [
            (
                self.text(f"party.{what}"),
                *(
                    self.speaker.number(int(getattr(p, what)))
                    for p in self.report.parties
                ),
            )
            for what in _PARTY
        ]
        return Grid(
            caption=self.speaker.text("rehearsal.parties.caption"),
            columns=(
                Column(label=self.speaker.text("rehearsal.column.what")),
                *(Column(label=name, numeric=True) for name in names),
            ),
            rows=tuple(rows),
        )

    def _clauses(self) -> Grid:
        columns = (
            *("clause", "#deeds", "#reported", "#found", "#in_time", "#late"),
            "#no_step",
        )
        rows: list[tuple[Cell, ...]] = [
            (
                self.speaker.say(each.clause),
                *map(
                    self.speaker.number,
                    (
                        *(each.deeds, each.reported, each.found),
                        *(each.in_time, each.late, each.no_step),
                    ),
                ),
            )
            for each in self.report.clauses
        ]
        return self._grid("clauses", columns, rows)

    def _injects(self) -> Grid:
        columns = ("at", "kind", "clause", "party", "#reports", "case")
        rows = [_inject(self.speaker, each) for each in self.report.injects]
        return self._grid("injects", columns, rows)

    def _words(self) -> Grid:
        columns = ("at", "party", "kind", "about", "case", "came")
        rows: list[tuple[Cell, ...]] = [
            (
                _moment(self.speaker, each.at),
                self.speaker.say(each.by),
                self.speaker.say(each.what),
                self.speaker.say(each.about),
                each.case,
                self.speaker.say(each.came),
            )
            for each in self.report.words
        ]
        return self._grid("words", columns, rows)

    def _inboxes(self) -> Iterator[Grid]:
        by_role: dict[Named, list[Letter]] = {}
        for letter in self.report.inboxes:
            by_role.setdefault(letter.to, []).append(letter)
        columns = ("at", "case", "message", "step", "due")
        for role, letters in by_role.items():
            grid = self._grid(
                "inboxes",
                columns,
                [_letter(self.speaker, e) for e in letters[:_MOST_LETTERS]],
            )
            more = len(letters) - _MOST_LETTERS
            count = self.speaker.number(len(letters))
            yield Grid(
                caption=f"{self.speaker.say(role)} ({count})",
                columns=grid.columns,
                rows=grid.rows,
                note=self.text("more", n=more) if more > 0 else "",
            )


def _lasts(speaker: Language, seconds: float) -> str:
    """Return a length of time in words: days and hours, or hours and minutes."""
    minutes = round(seconds / 60)
    days, hours = minutes // 1440, minutes // 60
    if days >= 2:  # noqa: PLR2004 - below, hours say more
        return speaker.text(f"{_KEY}.lasts.d", d=days, h=hours % 24)
    return speaker.text(f"{_KEY}.lasts.h", h=hours, m=minutes % 60)


def _moment(speaker: Language, at: datetime) -> str:
    return f"{speaker.local_day(at, pattern='date.short')}, {speaker.clock(at)}"


def _inject(speaker: Language, each: Inject) -> tuple[Cell, ...]:
    """Return one deed as a row, whom it was blamed on beside who did it."""
    kind = speaker.say(each.kind)
    if each.count > 1:
        kind = f"{kind} × {each.count}"
    party = speaker.say(each.party)
    if each.blamed is not None:
        whom = speaker.say(each.blamed)
        party += f" ({speaker.text(f'{_KEY}.blamed', whom=whom)})"
    none = badge("unobserved", speaker.text(f"{_KEY}.no_case"))
    return (
        _moment(speaker, each.at),
        kind,
        speaker.say(each.clause),
        party,
        speaker.number(each.reports),
        each.case or none,
    )


def _letter(speaker: Language, each: Letter) -> tuple[Cell, ...]:
    return (
        _moment(speaker, each.at),
        each.case,
        speaker.say(each.what),
        each.about,
        "" if each.due_at is None else _moment(speaker, each.due_at),
    )
