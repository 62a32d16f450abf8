"""The report of a stress test as plain values, for pages that draw it themselves.

Words and tables are those of the report; in place of each picture stand the figures
that it is drawn from, and the same figures as a table.
"""

from typing import Any, Final

import numpy as np

from pamiers.core.share import Share
from pamiers.render.page import Cell, Column, Detail, Grid, Links
from pamiers.render.stress.charts import Chart, lettered, stretches
from pamiers.render.stress.drawing import number
from pamiers.render.stress.page import Pages
from pamiers.render.stress.voice import Part
from pamiers.report.stress import PERIODS, StressReport, Weakest

Plain = dict[str, Any]
#: figures that a tornado shows
BARS: Final = 10
_DAY_S: Final = 86_400.0
_EVERY: Final = 8  #: of the points of a curve, which are in its table


def plain_page(report: StressReport, language: str) -> Plain:
    """Return the page of a report in one language, as values that JSON can hold.

    Args:
        report: The report.
        language: `en`, `uk`, `fr` or `lv`.

    Returns:
        `title`, `subtitle`, `agreement`, `about`, and `parts` in the order of the
        report: each with words, tables, and for every picture its `words`, its `drawn`
        figures and a `table`. A figure without a finite value is None.
    """
    drawn = _Drawn(report, language)
    page = drawn.page()
    return {
        "language": language,
        "title": page.title,
        "subtitle": page.subtitle,
        "agreement": page.agreement,
        "about": page.about,
        "parts": [_part(part, drawn) for part in page.parts],
    }


def _part(part: Part, drawn: "_Drawn") -> Plain:
    return {
        "id": part.id,
        "title": part.title,
        "paragraphs": list(part.paragraphs),
        "bullets": list(part.bullets),
        "grids": [plain_grid(each) for each in part.grids],
        "charts": [_chart(part.id, each, drawn) for each in part.charts],
    }


def _chart(part: str, chart: Chart, drawn: "_Drawn") -> Plain:
    figures, table = drawn.figures_of(part)
    return {"words": chart.words, "drawn": figures, "table": plain_grid(table)}


def plain_grid(grid: Grid) -> Plain:
    """Return a table as plain values; the first cell of each row names the row."""
    return {
        "caption": grid.caption,
        "note": grid.note,
        "columns": [
            {"label": each.label, "numeric": each.numeric} for each in grid.columns
        ],
        "rows": [[_cell(each) for each in row] for row in grid.rows],
    }


def _cell(cell: Cell) -> Plain:
    if isinstance(cell, str):
        return {"text": cell}
    if isinstance(cell, Links):
        return {"text": ", ".join(text for text, _ in cell.items), "small": cell.small}
    if isinstance(cell, Detail):
        return {"text": cell.text, "small": cell.small}
    return {
        "text": cell.text,
        "small": cell.small,
        "shape": cell.shape,
        "tone": cell.tone,
    }


def finite(value: float) -> float | None:
    """Return a figure, or None where it has no finite value."""
    return float(value) if np.isfinite(value) else None


def _listed(values: "np.ndarray[Any, np.dtype[np.float64]]") -> list[float | None]:
    return [finite(each) for each in values.tolist()]


class _Drawn(Pages):
    """Gives the figures of each picture, and the same as a table."""

    def figures_of(self, part: str) -> tuple[Plain, Grid]:
        """Return what the picture of a section is drawn from, and its table."""
        kind, _, at = part.partition("-")
        if kind == "ladder":
            return self._ladder_figures()
        if kind == "frontier":
            return self._frontier_figures()
        held = self.report.weakest[int(at)]
        if kind == "delay":
            return self._delay_figures(held)
        if kind == "strips":
            return self._strips_figures(held)
        return self._tornado_figures(int(at))

    def _table(self, labels: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Grid:
        columns = tuple(
            Column(label=each, numeric=i > 0) for i, each in enumerate(labels)
        )
        return Grid(caption="", columns=columns, rows=tuple(rows))

    def _labelled(self, keys: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Grid:
        return self._table(tuple(map(self.say, keys)), rows)

    def _tornado_figures(self, party: int) -> tuple[Plain, Grid]:
        shown = self.out.tornado[party][:BARS]
        bars = [
            {
                "name": each.name.partition(".")[2] or each.name,
                "low": finite(each.at_low),
                "high": finite(each.at_high),
            }
            for each in shown
        ]
        rows: list[tuple[Cell, ...]] = [
            (str(bar["name"]), number(each.at_low), number(each.at_high))
            for bar, each in zip(bars, shown, strict=True)
        ]
        figures = {
            "kind": "tornado",
            "along": self.say("margin"),
            "middle": finite(self._tornado_middle(party)),
            "bars": bars,
        }
        return figures, self._labelled(("figure", "at-lowest", "at-highest"), rows)

    def _delay_figures(self, held: Weakest) -> tuple[Plain, Grid]:
        curve, scale = held.delay, self.out.period_s / _DAY_S
        days = curve.lags * scale
        never = curve.least > 1.0
        rows: list[tuple[Cell, ...]] = [
            (
                number(float(days[i])),
                self.say("never") if never[i] else f"{Share(curve.least[i]):.0%}",
            )
            for i in range(0, len(days), _EVERY)
        ]
        figures = {
            "kind": "delay",
            "along": self.say("delay"),
            "up": self.say("detection"),
            "today": self.say("today"),
            "days": _listed(days),
            "least": _listed(curve.least),
            "lag": curve.lag * scale,
            "detection": curve.detection,
        }
        return figures, self._labelled(("delay", "needed-detection"), rows)

    def _strips_figures(self, held: Weakest) -> tuple[Plain, Grid]:
        rows: list[tuple[Cell, ...]] = []
        drawn: Plain = {}
        for key, runs in (("keeps", held.keeping), ("breaks", held.breaking)):
            drawn[key] = [list(stretches(each)) for each in runs.states.tolist()]
            for i, states in enumerate(runs.states.tolist()):
                name = Detail(text=f"{i + 1}", small=self.say(key))
                rows.append((name, str(states.count(1)), str(states.count(2))))
        figures = {
            "kind": "strips",
            "periods": PERIODS,
            "runs": drawn,
            "labels": {
                each: self.say(each)
                for each in ("keeps", "breaks", "quiet", "broken", "answered")
            },
        }
        keys = ("run", "periods-broken", "periods-answered")
        return figures, self._labelled(keys, rows)

    def _ladder_figures(self) -> tuple[Plain, Grid]:
        curve = self.report.ladder
        called = [self.name(each) for each in self.game.parties]
        rows: list[tuple[Cell, ...]] = [
            (
                number(float(curve.times[i])),
                *(f"{float(each[i]):.1%}" for each in curve.kept),
                *(_said(float(each[i])) for each in curve.smallest),
            )
            for i in range(0, len(curve.times), 5)
        ]
        figures = {
            "kind": "ladder",
            "along": self.say("times"),
            "upper": self.say("kept"),
            "lower": self.say("smallest-likeliest"),
            "parties": called,
            "times": _listed(curve.times),
            "kept": [_listed(each) for each in curve.kept],
            "smallest": [_listed(each) for each in curve.smallest],
        }
        labels = (
            self.say("times"),
            *(self.say("kept-by", party=each) for each in called),
            *(self.say("smallest-by", party=each) for each in called),
        )
        return figures, self._table(labels, rows)

    def _frontier_figures(self) -> tuple[Plain, Grid]:
        points = self.report.frontier
        figures = {
            "kind": "frontier",
            "along": self.say("cost"),
            "up": self.say("smallest-worst"),
            "points": [
                {
                    "cost": each.cost,
                    "worst": finite(each.worst),
                    "likeliest": finite(each.likeliest),
                    "letter": letter,
                }
                for each, letter in zip(points, lettered(points), strict=True)
            ],
        }
        rows: list[tuple[Cell, ...]] = [
            (
                "; ".join(map(self.lever_name, each.levers)) or self.say("no-lever"),
                number(each.cost),
                number(each.likeliest),
                number(each.worst),
            )
            for each in points
        ]
        keys = ("levers", "cost", "smallest-likeliest", "smallest-worst")
        return figures, self._labelled(keys, rows)


def _said(value: float) -> str:
    return number(value) if np.isfinite(value) else "–"
