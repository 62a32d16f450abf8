"""The report of a plan as a page: sections of words, tables, charts and maps."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from pamiers.core.errors import UnknownTermError
from pamiers.core.share import Share
from pamiers.deployment.remarks import Remark
from pamiers.deployment.stated.check import figures
from pamiers.deployment.words import LIMITS, sentence
from pamiers.deterrence.assumptions.written import Basis
from pamiers.render.deploy.charts import clause_map, money
from pamiers.render.deploy.words import LABELS
from pamiers.render.page import Badge, Cell, Column, Detail, Grid
from pamiers.render.stress.drawing import number
from pamiers.render.stress.made import rendered
from pamiers.render.stress.voice import QUOTES, Part, StressPage, in_unit
from pamiers.report.deploy import DeployReport, Protected, View
from pamiers.report.watched import Gap

_BAR: Final = 14  #: marks of a full bar


def render_deploy(report: DeployReport, *, language: str, form: str) -> bytes:
    """Return the report of a plan in one form and language.

    Args:
        report: The report.
        language: `en` or `uk`.
        form: `html` or `pdf`.

    Returns:
        The bytes of the file; equal for equal arguments.

    Raises:
        UnknownTermError: No such language or form.
    """
    if language not in LABELS:
        raise UnknownTermError(
            "language",
            expected=f"one of {', '.join(LABELS)}",
            got=repr(language),
            remedy="Name a language that reports are made in.",
        )
    return rendered(_Pages(report, language).page(), form)


def _whole(persons: float) -> float:
    """Return persons, of whom nobody comes in part."""
    return float(math.ceil(persons - 1e-6))


class _Voice:
    """Puts what a report holds into one language."""

    def __init__(self, report: DeployReport, language: str) -> None:
        """Take a report and the language of its pages."""
        self.report, self.language = report, language
        stated = report.stated
        self.titles: dict[str, object] = {
            **stated.hours,
            **stated.roads,
            **{str(each.id): each.title for each in stated.assets},
            **report.names,
        }

    def say(self, key: str, **given: object) -> str:
        """Return a label with its figures."""
        return LABELS[self.language][key].format(**given)

    def words(self, held: object) -> str:
        """Return words in this language, or in English."""
        known: Mapping[str, object] = held if isinstance(held, dict) else {}
        return str(known.get(self.language) or known.get("en") or "")

    def name(self, id_: str) -> str:
        """Return what a thing is called; its id where that is not known."""
        return self.words(self.titles.get(id_)) or id_

    def contingent(self, id_: str) -> str:
        """Return what a contingent is called: its country's name where one is known."""
        held = (e for e in self.report.stated.contingents if str(e.id) == id_)
        actor = next((str(each.by) for each in held), id_)
        return self.words(self.titles.get(actor)) or id_.replace("-", " ").title()

    def sentence(self, remark: Remark) -> str:
        """Return a sentence with names in place of ids."""
        named, (begin, end) = dict(remark.figures), QUOTES[self.language]
        for key in ("clauses", "clause"):
            if isinstance(held := named.get(key), str):
                called = [f"{begin}{self.name(id_)}{end}" for id_ in held.split(", ")]
                named[key] = ", ".join(called)
        return sentence(replace(remark, figures=named), self.language)

    def columns(self, *keys: str, numeric: int = 99) -> tuple[Column, ...]:
        """Return columns by their labels, numeric from one on."""
        return tuple(
            Column(label=self.say(key), numeric=at >= numeric)
            for at, key in enumerate(keys)
        )

    def bar(self, share: float | None) -> Cell:
        """Return a share with a bar that is read without colour."""
        if share is None:
            return "–"
        filled = round(share * _BAR)
        return Detail(
            text=f"{Share(share):.0%}", small="█" * filled + "░" * (_BAR - filled)
        )


class _Open(_Voice):
    """Lays out what everybody may read."""

    def limits(self) -> Part:
        """Return limits, edition and whose judgement it all is."""
        counts: dict[str, int] = {}
        for _, each in figures(self.report.stated):
            basis = each.by or str(self.report.stated.by)
            counts[basis] = counts.get(basis, 0) + 1
        rows = tuple(
            (self._basis(name), self.say("figures-of", n=count))
            for name, count in counts.items()
        )
        public = self.report.protected is None
        return Part(
            id="limits",
            title=self.say("limits"),
            bullets=LIMITS[self.language],
            paragraphs=(self.say("left-out"),) if public else (),
            grids=(
                Grid(
                    caption=self.say("assumed"),
                    columns=self.columns("who", "figures"),
                    rows=rows,
                    note=self.say("assumed-about"),
                ),
            ),
        )

    def _basis(self, name: str) -> str:
        basis = self.report.stated.bases[name]
        assert isinstance(basis, Basis)  # noqa: S101 - the reader left no blank
        return self.say("basis", author=basis.author, on=basis.on, source=basis.source)

    def summary(self) -> Part:
        """Return the certificate and what the plan takes."""
        lines = tuple(map(self.sentence, self.report.said))
        return Part(id="summary", title=self.say("summary"), bullets=lines)

    def bands(self) -> Part:
        """Return in which band lies what is noticed by clause and hour."""
        rows = tuple(
            (
                self.name(clause),
                self.name(hour),
                self.say(f"band-{self.report.bands[clause, hour]}"),
            )
            for clause in dict.fromkeys(each.clause for each in self.report.rows)
            for hour in self.report.hours
            if (clause, hour) in self.report.bands
        )
        columns = self.columns("clause", "hour", "bands")
        return Part(
            id="watched",
            title=self.say("watched"),
            paragraphs=(self.say("bands-about"),),
            grids=(Grid(caption="", columns=columns, rows=rows),),
        )

    def watched(self) -> Part:
        """Return what is noticed by clause and hour, for each party."""
        report = self.report
        if report.watched is None:
            return self.bands()
        clauses = tuple(dict.fromkeys(each.clause for each in report.rows))
        rows = tuple(
            (
                Detail(text=self.name(clause), small=self.name(hour)),
                *map(self.bar, noticed),
            )
            for clause, hour, noticed in report.watched.rows(clauses, report.parties)
        )
        called = (self.say("clause"), *map(self.name, report.parties))
        return Part(
            id="watched",
            title=self.say("watched"),
            paragraphs=(self.say("watched-about"),),
            grids=(
                Grid(
                    caption="",
                    columns=tuple(Column(label=each) for each in called),
                    rows=rows,
                ),
            ),
        )

    def margins(self) -> Part:
        """Return noticed and margins, clause by clause and party by party."""
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                Detail(text=self.name(each.clause), small=self.name(each.party)),
                *self._noticed(each.noticed),
                number(each.without),
                self._margin(each.margin, fine=each.holds),
            )
            for each in self.report.rows
        )
        open_ = self.report.protected is None
        labels = ("clause", *(() if open_ else ("noticed",)), "without", "with")
        return Part(
            id="margins",
            title=self.say("margins"),
            paragraphs=(self.say("margins-open" if open_ else "margins-about"),),
            grids=(Grid(caption="", columns=self.columns(*labels), rows=rows),),
        )

    @staticmethod
    def _noticed(noticed: tuple[float, ...] | None) -> tuple[str, ...]:
        """Return a cell with what is noticed; none where that may not be shown."""
        if noticed is None:
            return ()
        return (" – ".join(f"{Share(share):.0%}" for share in noticed),)

    def _margin(self, margin: float | None, *, fine: bool) -> Badge:
        stands = self.say("holds" if fine else "fails")
        return Badge(
            tone="kept" if fine else "breached",
            shape="●" if fine else "◆",
            text=stands if margin is None else number(margin),
            small="" if margin is None else stands,
        )

    def capped(self, value: float) -> str:
        """Return a smallest margin, of which more than was asked is not counted."""
        if value < self.report.enough - 1e-9:
            return number(value)
        return self.say("asked", value=number(self.report.enough))

    def maps(self) -> Iterator[Part]:
        """Yield a part per clause: the ground at each hour."""
        held: dict[str, list[View]] = {}
        for view in self.report.views:
            held.setdefault(view.clause, []).append(view)
        for at, (clause, views) in enumerate(held.items()):
            hours = [self.name(each.hour) for each in views]
            yield Part(
                id=f"map-{at}",
                title=self.say("maps", clause=self.name(clause)),
                charts=(clause_map(self.report, views, hours, self.say),),
            )

    def pledged(self) -> Part:
        """Return for every contingent what the plan needs and what is pledged."""
        none = self.say("no-figure")
        rows = tuple(
            (
                self.contingent(each.contingent),
                number(_whole(each.used)),
                number(each.here),
                none if each.most is None else number(each.most),
                none if each.delivered is None else number(each.delivered),
                none
                if each.delivered is None
                else number(max(_whole(each.used) - each.delivered, 0.0)),
            )
            for each in self.report.pledged
        )
        labels = ("contingent", "needed", "brings", "pledge", "come", "gap")
        columns = self.columns(*labels, numeric=1)
        return Part(
            id="pledged",
            title=self.say("pledged"),
            paragraphs=(self.say("pledged-about"),),
            grids=(Grid(caption="", columns=columns, rows=rows),),
        )

    def money(self) -> Part:
        """Return what more and less money reaches."""
        unit = str(self.report.stated.cost_unit)
        rows = tuple(
            (
                f"{each.share:.0%}",
                number(each.cost),
                number(each.posts),
                number(_whole(each.persons)),
                self.capped(each.value),
            )
            for each in self.report.budgets
        )
        labels = ("share", "spent", "posts", "persons", "smallest")
        columns = self.columns(*labels, numeric=0)
        note = self.say("asked-about", value=number(self.report.enough))
        return Part(
            id="money",
            title=self.say("money"),
            charts=(money(self.report, unit, self.say),),
            grids=(Grid(caption=unit, columns=columns, rows=rows, note=note),),
        )

    def assumptions(self) -> Part:
        """Return every range that was stated, with its path and basis."""
        rows = tuple(
            (
                path,
                ", ".join(number(value) for value in in_unit(figure).values)
                + (f" {figure.unit}" if figure.unit else ""),
                figure.by or str(self.report.stated.by),
            )
            for path, figure in figures(self.report.stated)
            if self.report.protected is not None or ".hours." not in path
        )
        columns = self.columns("figure", "range", "whose")
        grid = Grid(caption="", columns=columns, rows=rows)
        return Part(id="assumptions", title=self.say("all-figures"), grids=(grid,))


class _Pages(_Open):
    """Lays a report out in one language."""

    def page(self) -> StressPage:
        """Return the page, its limits and assumptions first."""
        stated, report = self.report.stated, self.report
        edition = self.say("public" if report.protected is None else "protected")
        return StressPage(
            language=self.language,
            title=self.say("title"),
            subtitle=edition,
            agreement=self.words(report.title) or str(stated.agreement),
            about=self.words(stated.about),
            foot=self.say("foot", agreement=stated.agreement, edition=edition),
            parts=tuple(self._parts()),
        )

    def _parts(self) -> Iterator[Part]:
        yield self.limits()
        yield self.summary()
        yield self.margins()
        yield self.watched()
        yield self.pledged()
        yield self.money()
        if self.report.protected is not None:
            yield from self._protected(self.report.protected)
        yield self.assumptions()

    def _protected(self, held: Protected) -> Iterator[Part]:
        yield self._losses(held)
        yield self._posts(held)
        yield self._gaps()
        yield from self.maps()

    def _losses(self, held: Protected) -> Part:
        rows = tuple(
            (
                self.say(f"{each.kind}-lost", what=self._lost(each.kind, each.what)),
                number(each.posts),
                replace(
                    self._margin(each.value, fine=each.value >= 0),
                    text=self.capped(each.value),
                ),
            )
            for each in held.losses
        )
        columns = self.columns("lost", "posts", "left")
        return Part(
            id="losses",
            title=self.say("losses"),
            paragraphs=(self.say("losses-about"),),
            grids=(Grid(caption="", columns=columns, rows=rows),),
        )

    def _lost(self, kind: str, what: str) -> str:
        return self.contingent(what) if kind == "contingent" else self.name(what)

    def _posts(self, held: Protected) -> Part:
        rows = tuple(
            (
                post.site,
                self.name(post.asset),
                self.contingent(candidate.contingent),
                number(candidate.cost),
                number(candidate.persons),
            )
            for post, candidate in held.posts
        )
        labels = ("site", "kind", "contingent", "cost-of", "persons")
        columns = self.columns(*labels, numeric=3)
        return Part(
            id="annex",
            title=self.say("annex"),
            paragraphs=(self.say("annex-about"),),
            grids=(Grid(caption="", columns=columns, rows=rows),),
        )

    def _worst(self) -> tuple[Gap, ...]:
        watched = self.report.watched
        return () if watched is None else watched.gaps

    def _gaps(self) -> Part:
        rows = tuple(
            (
                Detail(text=self.name(clause), small=self.name(party)),
                self.name(hour),
                area,
                f"{at[0]}, {at[1]}",
                f"{Share(share):.0%}",
            )
            for party, clause, hour, area, at, share in self._worst()
        )
        labels = ("clause", "hour", "area", "stretch", "noticed")
        columns = self.columns(*labels, numeric=4)
        grid = Grid(caption="", columns=columns, rows=rows)
        return Part(id="gaps", title=self.say("gaps"), grids=(grid,))
