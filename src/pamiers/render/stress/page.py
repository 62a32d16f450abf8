"""The report of a stress test as a page: sections of words, tables and charts."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

import numpy as np

from pamiers.core.share import Share
from pamiers.deployment.remarks import Remark
from pamiers.deterrence.assumptions.check import figures
from pamiers.deterrence.assumptions.written import Figure
from pamiers.render.page import Cell, Column, Detail, Grid
from pamiers.render.remarks import plan_sentence, stress_limits
from pamiers.render.stress.charts import delay, ladder, strips, tornado
from pamiers.render.stress.drawing import number
from pamiers.render.stress.menu import Menu
from pamiers.render.stress.voice import (
    DAY_S,
    SHAPES,
    Part,
    StressPage,
    Told,
    in_unit,
    named,
)
from pamiers.report.stress import Closing
from pamiers.report.watched import Watched, banded


class _Found(Menu):
    """Lays out what was found: words and tables."""

    def _limits(self) -> Part:
        out = self.out
        return Part(
            id="limits",
            title=self.say("limits"),
            bullets=stress_limits(self.language),
            paragraphs=(
                self.say("period", days=out.period_s / DAY_S, unit=out.unit),
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
            (self.basis(name), self.say("figures-of", n=count))
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
        rest: list[str] = []
        for at, party in enumerate(self.game.parties):
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
                        **self._because(at, clause),
                    )
                )
                rest += [
                    self.sentence(said)
                    for said in self.report.said
                    if said.party == party
                    and said.clause == each.clause
                    and said.code not in {f"clause-{s}" for s in SHAPES}
                ]
            weak = {each.clause for each in own}
            rest += self.said(party=party, start=("peace",))
            rest += [
                self.sentence(said)
                for said in self.report.said
                if said.party == party
                and said.clause not in weak
                and said.code.startswith(("clause-fails", "joint", "trust"))
            ]
        if (closing := self.report.closing) is not None:
            lines.append(self._package(closing))
        told = closing is not None
        lines += [
            self.sentence(said)
            for said in self.report.said
            if said.code.startswith("change")
            and not (told and said.code == "change-likeliest")
        ]
        return Part(id="summary", title=self.say("summary"), bullets=(*lines, *rest))

    def _because(self, party: int, clause: int) -> dict[str, str]:
        """Return what a margin is made of: gain, detection, delay and loss."""
        stakes, shape = self.out.likeliest.stakes, self.out.likeliest.margins.shape
        of = {
            key: float(np.broadcast_to(held, shape)[party, clause, 0])
            for key, held in (
                ("gain", stakes.gain),
                ("found", stakes.detection),
                ("lag", stakes.lag),
                ("loss", stakes.loss),
            )
        }
        return {
            "gain": self.say("each-period", n=number(of["gain"]))
            if self.game.standing[clause]
            else number(of["gain"]),
            "found": f"{Share(of['found']):.0%}",
            "time": self.time(of["lag"] * self.out.period_s / DAY_S),
            "loss": number(of["loss"]),
            "unit": self.out.unit.partition(",")[0],
        }

    def _package(self, held: Closing) -> str:
        """Return the cheapest package that closes everything, and how far it does."""
        begin, end = self.quotes
        levers = [e for e in self.report.assumed.levers if str(e.id) in held.levers]
        payers = dict.fromkeys(
            self.words(each.paid_by) or self.say("payer-open") for each in levers
        )
        return self.say(
            "package",
            levers=", ".join(f"{begin}{self.lever_name(e)}{end}" for e in held.levers),
            cost=number(held.cost),
            unit=self.out.cost_unit,
            payers=", ".join(payers),
            likeliest=number(held.likeliest),
            worst=number(held.worst),
            shares=", ".join(
                f"{Share(share):.0%} ({name})"
                for share, name in zip(held.share, self.called(), strict=True)
            ),
        )

    def _heat(self) -> Part:
        out = self.out
        rows: list[tuple[Cell, ...]] = [
            (
                self.say("taking-part"),
                *(
                    self.cell(
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
                self.cell(
                    float(out.likeliest.margins[i, at, 0]),
                    float(out.corner.margins[i, at]),
                    float(out.shares.keeping[i, at]),
                    self.lever(i, at),
                )
                for i in range(len(self.game.parties))
            ]
            rows.append((self.name(clause), *cells))
        parties = [Column(label=each) for each in self.called()]
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
        out, scale = self.out, self.out.period_s / DAY_S
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
                    self._bound(
                        self._wanted(detection, clause),
                        f"{now:.0%}",
                        never=detection > 1,
                    ),
                    self._bound(
                        self.say("any")
                        if np.isinf(lag) and lag > 0
                        else self._days(lag),
                        number(float(lags[at])),
                        never=lag < 0,
                    ),
                    self._bound(number(loss), number(held), never=bool(np.isinf(loss))),
                )
            )
        labels = ("clause", "least-detection", "longest-lag", "least-loss")
        columns = tuple(Column(label=self.say(each)) for each in labels)
        return Grid(caption=self.name(name), columns=columns, rows=tuple(rows))

    def _bound(self, bound: str, now: str, *, never: bool) -> str:
        """Return a threshold beside what is now."""
        return f"{self.say('never') if never else bound} ({now})"

    def _days(self, days: float) -> str:
        """Return a number of days; below one, and not never, in hours."""
        return self.time(days) if 0 < days < 1 else number(days)

    def _wanted(self, detection: float, clause: str) -> str:
        """Return a wanted detection; beside it what watching alone can give."""
        most, told = self.ceiling(clause), f"{detection:.0%}"
        if detection <= most:
            return told
        return self.say(
            "above-watching", least=told, most=f"{ceil(most * 100 - 1e-9)}%"
        )

    def _joint(self) -> Part:
        lines = [
            line
            for party in self.game.parties
            for line in self.said(party=party, start=("joint",))
        ]
        return Part(
            id="joint",
            title=self.say("joint"),
            bullets=tuple(lines) or (self.say("joint-none"),),
            paragraphs=(self.say("joint-about"),) if lines else (),
        )


class Pages(_Found):
    """Lays a report out in one language."""

    def page(self) -> StressPage:
        """Return the page, its limits and assumptions first."""
        return StressPage(
            language=self.language,
            title=self.say("title"),
            subtitle=self.say("subtitle"),
            agreement=self.words(self.report.title) or self.report.agreement,
            about=self.words(self.report.about),
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
        if self.report.assumed.levers:
            yield self.levers()
        yield self.packages()
        yield self.trust()
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

    def _watched(self, held: Watched) -> Iterator[Part]:
        """Yield what is noticed: in bands, or to those who place posts exactly."""
        if not self.report.annex:
            yield self._banded(held)
            return
        parties = self.game.parties
        rows = tuple(
            (
                Detail(
                    text=self.name(clause), small=self.words(held.hours[hour]) or hour
                ),
                *map(self._noticed, noticed),
            )
            for clause, hour, noticed in held.rows(self.game.clauses, parties)
        )
        called = (self.say("clause"), *map(self.name, parties))
        columns = tuple(Column(label=each) for each in called)
        yield Part(
            id="watched",
            title=self.say("watched"),
            paragraphs=(
                self.say("watched-about"),
                *map(self._planned, self.report.planned),
                self._in_periods(),
            ),
            grids=(Grid(caption=self.say("watched"), columns=columns, rows=rows),),
        )
        yield self._annex(held)

    def _banded(self, held: Watched) -> Part:
        """Return in which band a breach is noticed, alike for all sides (ADR 0060)."""
        found = banded(held)
        rows = tuple(
            (
                Detail(
                    text=self.name(clause), small=self.words(held.hours[hour]) or hour
                ),
                self.say(f"band-{found[clause, hour]}"),
            )
            for clause in self.game.clauses
            for hour in held.hours
            if (clause, hour) in found
        )
        columns = tuple(Column(label=self.say(each)) for each in ("clause", "bands"))
        return Part(
            id="watched",
            title=self.say("watched"),
            paragraphs=(
                self.say("bands-about"),
                *map(self._planned, self.report.planned),
                self._in_periods(),
            ),
            grids=(Grid(caption=self.say("watched"), columns=columns, rows=rows),),
        )

    def _noticed(self, share: float | None) -> Cell:
        """Return a share with a bar that is read without colour."""
        if share is None:
            return "–"
        filled = round(share * 10)
        return Detail(
            text=f"{Share(share):.0%}", small="█" * filled + "░" * (10 - filled)
        )

    def _planned(self, remark: Remark) -> str:
        figures, (begin, end) = dict(remark.figures), self.quotes
        if isinstance(several := figures.get("clauses"), str):
            called = [f"{begin}{self.name(id_)}{end}" for id_ in several.split(", ")]
            figures["clauses"] = ", ".join(called)
        for key, figure in figures.items():
            if isinstance(figure, float):
                figures[key] = Told(figure)
        return plan_sentence(replace(remark, figures=figures), self.language)

    def _in_periods(self) -> str:
        """Return what a plan's period of peace is in the unit of this report."""
        worths = ", ".join(
            f"{number(abs(float(self.game.mode[row])))} – {self.name(party)}"
            for party, row in zip(
                self.game.parties, self.game.at.peace.tolist(), strict=True
            )
        )
        return self.say("watched-unit", worths=worths, unit=self.out.unit)

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
