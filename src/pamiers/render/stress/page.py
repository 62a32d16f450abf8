"""The report of a stress test as a page: sections of words, tables and charts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pamiers.agreement.values.quantity import UNITS
from pamiers.core.share import Share
from pamiers.deterrence.assumptions.check import figures
from pamiers.deterrence.assumptions.written import (
    Basis,
    ClauseStakes,
    Figure,
    Incentives,
    LadderStep,
)
from pamiers.deterrence.remarks import Remark, status
from pamiers.render.page import Badge, Cell, Column, Detail, Grid
from pamiers.render.remarks import plan_sentence, stress_limits, stress_sentence
from pamiers.render.stress.charts import (
    Chart,
    delay,
    frontier,
    ladder,
    strips,
    tornado,
)
from pamiers.render.stress.drawing import number
from pamiers.render.stress.words import LABELS
from pamiers.report.stress import PERIODS, StressReport, Watched

_SHAPES = {"holds": "●", "partly": "◐", "fails": "◆"}
_TONES = {"holds": "kept", "partly": "undetermined", "fails": "breached"}
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section: words, then tables, then charts."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StressPage:
    """A whole report in one language."""

    language: str
    title: str
    subtitle: str
    agreement: str
    about: str
    foot: str
    parts: tuple[Part, ...]


def named(path: str, assumed: Incentives) -> str:
    """Return a path with the ids of clauses and steps in place of their numbers."""
    section, _, rest = path.partition("[")
    place, _, key = rest.partition("].")
    if not key:
        return path
    held: tuple[ClauseStakes | LadderStep, ...]
    held = assumed.clauses if section == "clauses" else assumed.ladder
    return f"{held[int(place)].id}: {key}"


def in_unit(figure: Figure) -> Figure:
    """Return a figure in the unit that it was written in, not in seconds."""
    if not figure.unit:
        return figure
    scale = UNITS[figure.unit][1]
    low, mode, high = (each / scale for each in figure.values)
    return Figure(low=low, mode=mode, high=high, unit=figure.unit, by=figure.by)


#: what stands about the name of a clause, by language
QUOTES: Final = {
    "en": ("“", "”"),
    "uk": ("«", "»"),
    "fr": ("« ", " »"),
    "lv": ("„", "“"),
}


class _Voice:
    """Puts what a report holds into one language."""

    def __init__(self, report: StressReport, language: str) -> None:
        """Take a report and the language of its pages."""
        self.report, self.language = report, language
        self.out, self.game = report.outcome, report.outcome.game

    def say(self, key: str, **given: object) -> str:
        """Return a label with its figures."""
        return LABELS[self.language][key].format(periods=PERIODS, **given)

    def _words(self, words: object) -> str:
        held = words if isinstance(words, dict) else {}
        return str(held.get(self.language) or held.get("en") or "")

    def _basis(self, name: str) -> str:
        basis = self.report.assumed.bases[name]
        assert isinstance(basis, Basis)  # noqa: S101 - the reader left no blank
        return self.say("basis", author=basis.author, on=basis.on, source=basis.source)

    def _said(self, *, party: str, start: tuple[str, ...]) -> tuple[str, ...]:
        found = [
            each
            for each in self.report.said
            if each.party == party and each.code.startswith(start)
        ]
        return tuple(self._sentence(each) for each in found)

    def name(self, id_: str) -> str:
        """Return what a party or clause is called; its id where that is not known."""
        return self._words(self.report.names.get(id_)) or id_

    def _called(self) -> tuple[str, ...]:
        return tuple(map(self.name, self.game.parties))

    def _sentence(self, remark: Remark) -> str:
        party, figures = self.name(remark.party), dict(remark.figures)
        if isinstance(several := figures.get("clauses"), str):
            begin, end = QUOTES[self.language]
            called = [f"{begin}{self.name(id_)}{end}" for id_ in several.split(", ")]
            figures["clauses"] = ", ".join(called)
        clause = self.name(remark.clause)
        named = replace(remark, party=party, clause=clause, figures=figures)
        words = stress_sentence(named, self.language)
        return f"{party}: {words}" if party else words

    def _lever(self, party: int, clause: int) -> str:
        """Return the cheapest lever that closes a clause alone, and how far."""
        if (lever := self.out.singles.get((party, clause))) is not None:
            return self.say("lever", lever=lever)
        lever = self.out.singles_likeliest.get((party, clause))
        return "" if lever is None else self.say("lever-likeliest", lever=lever)

    def _cell(self, likeliest: float, worst: float, share: float, lever: str) -> Badge:
        stands = str(status(likeliest, worst))
        small = self.say("cell", worst=number(worst), share=f"{Share(share):.0%}")
        if lever:
            small = f"{small}; {lever}"
        return Badge(
            tone=_TONES[stands],
            shape=_SHAPES[stands],
            text=f"{number(likeliest)} {self.say(stands)}",
            small=small,
        )

    def _bound(self, bound: str, now: str, *, never: bool) -> str:
        return f"{self.say('never') if never else bound} ({now})"

    def _noticed(self, share: float | None) -> Cell:
        """Return a share with a bar that is read without colour."""
        if share is None:
            return "–"
        filled = round(share * 10)
        return Detail(
            text=f"{Share(share):.0%}", small="█" * filled + "░" * (10 - filled)
        )


class _Found(_Voice):
    """Lays out what was found: words and tables."""

    def _limits(self) -> Part:
        out = self.out
        return Part(
            id="limits",
            title=self.say("limits"),
            bullets=stress_limits(self.language),
            paragraphs=(
                self.say("period", days=out.period_s / _DAY_S, unit=out.unit),
                self.say("draws", draws=out.shares.draws, seed=out.shares.seed),
            ),
            grids=(self._bases(),),
        )

    def _bases(self) -> Grid:
        """Return who judged how many figures."""
        counts: dict[str, int] = {}
        for _, each in figures(self.report.assumed):
            basis = each.by or str(self.report.assumed.by)
            counts[basis] = counts.get(basis, 0) + 1
        rows = tuple(
            (self._basis(name), self.say("figures-of", n=count))
            for name, count in counts.items()
        )
        return Grid(
            caption=self.say("assumed"),
            columns=(Column(label=self.say("who")), Column(label=self.say("figures"))),
            rows=rows,
            note=self.say("assumed-about"),
        )

    def _summary(self) -> Part:
        """Return what fails for each party, the weakest with why; then the change."""
        lines: list[str] = []
        for at, party in enumerate(self.game.parties):
            lines += self._said(party=party, start=("peace",))
            own = [each for each in self.report.weakest if each.party == party]
            for each in own:
                clause = self.game.clauses.index(each.clause)
                margin = float(self.out.likeliest.margins[at, clause, 0])
                worst = float(self.out.corner.margins[at, clause])
                lines.append(
                    self.say(
                        "weakest-of",
                        party=self.name(party),
                        clause=self.name(each.clause),
                        margin=number(margin),
                        worst=number(worst),
                    )
                )
                lines += [
                    self._sentence(said)
                    for said in self.report.said
                    if said.party == party
                    and said.clause == each.clause
                    and said.code not in {f"clause-{s}" for s in _SHAPES}
                ]
            weak = {each.clause for each in own}
            lines += [
                self._sentence(said)
                for said in self.report.said
                if said.party == party
                and said.clause not in weak
                and said.code.startswith(("clause-fails", "joint", "trust"))
            ]
        lines += self._said(party="", start=("change",))
        return Part(id="summary", title=self.say("summary"), bullets=tuple(lines))

    def _heat(self) -> Part:
        out = self.out
        rows: list[tuple[Cell, ...]] = [
            (
                self.say("taking-part"),
                *(
                    self._cell(
                        float(out.likeliest.taking_part[i, 0]),
                        float(out.corner.taking_part[i]),
                        float(out.shares.taking_part[i]),
                        "",
                    )
                    for i in range(len(self.game.parties))
                ),
            )
        ]
        for at, clause in enumerate(self.game.clauses):
            cells = [
                self._cell(
                    float(out.likeliest.margins[i, at, 0]),
                    float(out.corner.margins[i, at]),
                    float(out.shares.keeping[i, at]),
                    self._lever(i, at),
                )
                for i in range(len(self.game.parties))
            ]
            rows.append((self.name(clause), *cells))
        parties = [Column(label=each) for each in self._called()]
        grid = Grid(
            caption=self.say("heat-about"),
            columns=(Column(label=self.say("clause")), *parties),
            rows=tuple(rows),
        )
        return Part(id="heat", title=self.say("heat"), grids=(grid,))

    def _thresholds(self) -> Part:
        grids = tuple(
            self._thresholds_of(i, party) for i, party in enumerate(self.game.parties)
        )
        return Part(
            id="thresholds",
            title=self.say("thresholds"),
            paragraphs=(self.say("thresholds-about"),),
            grids=grids,
        )

    def _thresholds_of(self, party: int, name: str) -> Grid:
        out, scale = self.out, self.out.period_s / _DAY_S
        stakes = out.likeliest.stakes
        shape = out.likeliest.margins.shape
        lags = np.broadcast_to(stakes.lag, shape)[party, :, 0] * scale
        rows = []
        for at, clause in enumerate(self.game.clauses):
            detection = float(out.thresholds.detection[party, at])
            lag = float(out.thresholds.lag[party, at]) * scale
            loss = float(out.thresholds.loss[party, at])
            now = float(stakes.detection[party, at, 0])
            held = float(stakes.loss[party, at, 0])
            rows.append(
                (
                    self.name(clause),
                    self._bound(f"{detection:.0%}", f"{now:.0%}", never=detection > 1),
                    self._bound(
                        self.say("any") if np.isinf(lag) and lag > 0 else number(lag),
                        number(float(lags[at])),
                        never=lag < 0,
                    ),
                    self._bound(number(loss), number(held), never=bool(np.isinf(loss))),
                )
            )
        labels = ("clause", "least-detection", "longest-lag", "least-loss")
        columns = tuple(Column(label=self.say(each)) for each in labels)
        return Grid(caption=self.name(name), columns=columns, rows=tuple(rows))

    def _joint(self) -> Part:
        lines = [
            line
            for party in self.game.parties
            for line in self._said(party=party, start=("joint",))
        ]
        return Part(
            id="joint",
            title=self.say("joint"),
            bullets=tuple(lines) or (self.say("joint-none"),),
            paragraphs=(self.say("joint-about"),) if lines else (),
        )

    def _others(self) -> Part:
        lines = [
            line
            for party in self.game.parties
            for line in self._said(party=party, start=("trust",))
        ]
        lines += self._said(party="", start=("step",))
        return Part(id="others", title=self.say("others"), bullets=tuple(lines))


class Pages(_Found):
    """Lays a report out in one language."""

    def page(self) -> StressPage:
        """Return the page, its limits and assumptions first."""
        return StressPage(
            language=self.language,
            title=self.say("title"),
            subtitle=self.say("subtitle"),
            agreement=self._words(self.report.title) or self.report.agreement,
            about=self._words(self.report.about),
            foot=self.say("foot", agreement=self.report.agreement),
            parts=tuple(self._parts()),
        )

    def _parts(self) -> Iterator[Part]:
        yield self._limits()
        yield self._summary()
        yield self._heat()
        yield self._thresholds()
        yield self._joint()
        yield from self._charts()
        yield self._frontier()
        yield self._others()
        if self.report.watched is not None:
            yield from self._watched(self.report.watched)
        yield self._assumptions()

    def _charts(self) -> Iterator[Part]:
        for at, each in enumerate(self.report.weakest):
            named = {"party": self.name(each.party), "clause": self.name(each.clause)}
            yield Part(
                id=f"tornado-{at}",
                title=self.say("tornado", **self._tornado_of(at)),
                charts=(
                    tornado(self.out.tornado[at], self._tornado_middle(at), self.say),
                ),
            )
            yield Part(
                id=f"delay-{at}",
                title=self.say("delay-chart", **named),
                charts=(delay(each.delay, self.out.period_s, self.say),),
            )
            yield Part(
                id=f"strips-{at}",
                title=self.say("strips", **named),
                charts=(strips(each.keeping, each.breaking, self.say),),
            )
        yield Part(
            id="ladder",
            title=self.say("ladder"),
            charts=(
                ladder(
                    self.report.ladder,
                    [self.name(p) for p in self.game.parties],
                    self.say,
                ),
            ),
        )

    def _tornado_of(self, party: int) -> dict[str, str]:
        at = self.out.weakest(party)
        clause = "" if at is None else self.game.clauses[at]
        return {
            "party": self.name(self.game.parties[party]),
            "clause": self.name(clause),
        }

    def _tornado_middle(self, party: int) -> float:
        at = self.out.weakest(party)
        return 0.0 if at is None else float(self.out.likeliest.margins[party, at, 0])

    def _frontier(self) -> Part:
        best = [each for each in self.report.frontier if each.best]
        rows = tuple(
            (
                letter,
                ", ".join(each.levers) or self.say("no-lever"),
                number(each.cost),
                number(each.likeliest),
                number(each.worst),
            )
            for letter, each in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", best, strict=False)
        )
        labels = ("letter", "levers", "cost", "smallest-likeliest", "smallest-worst")
        columns = tuple(
            Column(label=self.say(each), numeric=i > 1) for i, each in enumerate(labels)
        )
        unit = self.out.cost_unit
        return Part(
            id="frontier",
            title=self.say("frontier"),
            charts=(frontier(self.report.frontier, self.say),),
            grids=(Grid(caption=unit, columns=columns, rows=rows),),
        )

    def _watched(self, held: Watched) -> Iterator[Part]:
        parties = self.game.parties
        keys = [(c, h) for c in self.game.clauses for h in held.hours]
        rows = tuple(
            (
                Detail(text=self.name(clause), small=hour),
                *(self._noticed(held.least.get((p, clause, hour))) for p in parties),
            )
            for clause, hour in keys
            if any((p, clause, hour) in held.least for p in parties)
        )
        called = (self.say("clause"), *map(self.name, parties))
        columns = tuple(Column(label=each) for each in called)
        yield Part(
            id="watched",
            title=self.say("watched"),
            paragraphs=(
                self.say("watched-about"),
                plan_sentence(held.certificate, self.language),
            ),
            grids=(Grid(caption="", columns=columns, rows=rows),),
        )
        if self.report.annex:
            yield self._annex(held)

    def _annex(self, held: Watched) -> Part:
        labels = ("party", "clause", "hour", "area", "stretch", "noticed")
        columns = tuple(Column(label=self.say(each)) for each in labels)
        rows = tuple(
            (
                self.name(party),
                self.name(clause),
                hour,
                area,
                f"{at[0]}, {at[1]}",
                f"{Share(share):.0%}",
            )
            for party, clause, hour, area, at, share in held.gaps
        )
        return Part(
            id="annex",
            title=self.say("annex"),
            paragraphs=(self.say("annex-about"),),
            grids=(Grid(caption="", columns=columns, rows=rows),),
        )

    def _assumptions(self) -> Part:
        rows = tuple(
            (
                path,
                ", ".join(number(value) for value in figure.values)
                + (f" {figure.unit}" if figure.unit else ""),
                figure.by or str(self.report.assumed.by),
            )
            for path, figure in self._shown()
        )
        labels = ("figure", "range", "whose")
        columns = tuple(Column(label=self.say(each)) for each in labels)
        grid = Grid(caption="", columns=columns, rows=rows)
        return Part(id="assumptions", title=self.say("all-figures"), grids=(grid,))

    def _shown(self) -> Iterator[tuple[str, Figure]]:
        """Yield figures with the ids of what they belong to, times in their unit."""
        for path, figure in figures(self.report.assumed):
            yield named(path, self.report.assumed), in_unit(figure)
