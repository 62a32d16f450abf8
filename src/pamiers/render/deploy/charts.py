"""The charts of a plan: maps of what is noticed, and what money buys."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pamiers.core.share import Share
from pamiers.render.stress.charts import Chart, Speaks
from pamiers.render.stress.drawing import (
    HATCH,
    INK,
    PARTY_COLOURS,
    RULE,
    WIDTH,
    Axes,
    chart,
    frame,
    line,
    number,
    text,
)
from pamiers.report.deploy import DeployReport, Patch, View

#: tones by the least share that they stand for: hatched, then ever darker
TONES: Final = (
    (0.0, "url(#h)"),
    (0.2, "#dfe5ea"),
    (0.4, "#b3c1cc"),
    (0.6, "#7d95a8"),
    (0.8, "#3d5c76"),
)
_NOTHING: Final = "#ffffff"
_GAP: Final = 16.0
_HEAD: Final = 22.0
_LEGEND: Final = 46.0
_BAR_KM: Final = 20.0
_WORST: Final = PARTY_COLOURS[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where the ground lies on the page: edges in kilometres, and the scale."""

    west: float
    north: float
    scale: float  #: [px per km]
    wide: float  #: of one map [px]
    high: float  #: of one map [px]

    @classmethod
    def of(cls, report: DeployReport, maps: int) -> "Frame":
        """Return the frame in which so many maps stand side by side."""
        runs = [run for patch in report.patches for run in patch.runs]
        west, south = min(run[0] for run in runs), min(run[1] for run in runs)
        east = max(run[0] + run[2] for run in runs)
        north = max(run[1] for run in runs) + report.spacing_km
        wide = (WIDTH - _GAP * (maps + 1)) / maps
        scale = min(wide / (east - west), 420.0 / (north - south))
        return cls(
            west=west,
            north=north,
            scale=scale,
            wide=wide,
            high=(north - south) * scale,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return across and down [px] from the corner of its map."""
        return (x - self.west) * self.scale, (self.north - y) * self.scale


def tone(share: float | None) -> str:
    """Return the fill that stands for a share; white where nothing is watched for."""
    if share is None:
        return _NOTHING
    return [fill for least, fill in TONES if share >= least - 1e-9][-1]


def clause_map(
    report: DeployReport, views: Sequence[View], hours: Sequence[str], say: Speaks
) -> Chart:
    """Return maps of one clause, an hour each, with their legend.

    Args:
        report: The report; where posts stand is drawn if it holds it.
        views: What is noticed of the clause, at least one hour.
        hours: What these hours are called.
        say: Puts labels into a language.

    Returns:
        The chart.
    """
    held = Frame.of(report, len(views))
    body = []
    for at, (view, hour) in enumerate(zip(views, hours, strict=True)):
        left = _GAP + at * (held.wide + _GAP)
        inside = "".join(_map(report, view, held))
        body.append(text(left, 15, hour, "b"))
        body.append(f'<g transform="translate({left:.1f} {_HEAD:g})">{inside}</g>')
    height = _HEAD + held.high + _LEGEND
    body.append(_legend(height, held.scale, say))
    held_posts = report.protected.at_km if report.protected else ()
    least = ", ".join(
        say("least-at", hour=hour, share=f"{Share(_least(view)):.0%}")
        for view, hour in zip(views, hours, strict=True)
    )
    words = say(
        "map-exact", least=least, posts=len(held_posts), sites=len(set(held_posts))
    )
    return Chart(svg=chart(height, words, body, HATCH.format(id="h")), words=words)


def _least(view: View) -> float:
    return min(each for each in view.noticed if each is not None)


def _map(report: DeployReport, view: View, held: Frame) -> list[str]:
    drawn = [
        f'<path d="{_path(patch, report.spacing_km, held)}" fill="{tone(share)}" '
        f'stroke="{RULE}" stroke-width="0.4"/>'
        for patch, share in zip(report.patches, view.noticed, strict=True)
    ]
    if report.protected is None:
        return drawn
    weakest = _weakest(report, view)
    drawn += [_marked(worst, report.spacing_km, held) for worst in weakest]
    for place, posts in sorted(Counter(report.protected.at_km).items()):
        x, y = held.at(*place)
        drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + posts * 0.6:.1f}" '
            f'fill="{INK}" stroke="#ffffff"/>'
        )
    return drawn


def _weakest(report: DeployReport, view: View) -> list[Patch]:
    """Return the stretch of each area that is watched least."""
    least: dict[str, tuple[float, Patch]] = {}
    for patch, share in zip(report.patches, view.noticed, strict=True):
        if share is not None and share < least.get(patch.area, (2.0, patch))[0]:
            least[patch.area] = (share, patch)
    return [patch for _, patch in least.values()]


def _path(patch: Patch, high_km: float, held: Frame) -> str:
    parts = []
    for west, south, wide in patch.runs:
        x, y = held.at(west, south + high_km)
        across, down = wide * held.scale, high_km * held.scale
        parts.append(f"M{x:.1f} {y:.1f}h{across:.1f}v{down:.1f}h-{across:.1f}z")
    return "".join(parts)


def _marked(patch: Patch, high_km: float, held: Frame) -> str:
    """Return the edge of a patch's own strips, thick, with a cross in the widest."""
    west, south, wide = max(patch.runs, key=lambda run: run[2])
    (left, top) = held.at(west, south + high_km)
    (right, low) = held.at(west + wide, south)
    return (
        f'<path d="{_path(patch, high_km, held)}" fill="none" stroke="{_WORST}" '
        'stroke-width="2"/>'
        + line([(left, top), (right, low)], _WORST, wide=1)
        + line([(left, low), (right, top)], _WORST, wide=1)
    )


def _legend(height: float, scale: float, say: Speaks) -> str:
    y = height - 24
    parts = []
    for at, (least, fill) in enumerate(TONES):
        x = _GAP + at * 92
        label = say("from", share=f"{least:.0%}")
        if at == 0:
            label = say("below", share=f"{TONES[1][0]:.0%}")
        parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="16" height="12" fill="{fill}" '
            f'stroke="{INK}" stroke-width="0.6"/>{text(x + 20, y + 10, label, "s")}'
        )
    long = _BAR_KM * scale
    end = WIDTH - _GAP
    parts.append(line([(end - long, y + 12), (end, y + 12)], INK, wide=2))
    parts.append(text(end, y + 8, say("km"), "s", "end"))
    return "".join(parts)


def money(report: DeployReport, unit: str, say: Speaks) -> Chart:
    """Return cost against the smallest margin, this plan ringed."""
    held = report.budgets
    values = [each.value for each in held]
    span = min([*values, 0.0]), max([*values, report.enough, 0.0])
    spare = 0.08 * (span[1] - span[0] or 1.0)
    axes = Axes(
        x=(0.0, max([each.cost for each in held] + [1e-9])),
        y=(span[0] - spare, span[1] + spare),
        height=300.0,
        left=74.0,
    )
    body = [frame(axes, (say("cost", unit=unit), say("smallest")))]
    for level, dash in ((0.0, ""), (report.enough, "4 3")):
        at = axes.up(level)
        body.append(line([(axes.left, at), (WIDTH - 18, at)], INK, wide=1, dash=dash))
    points = [(axes.across(each.cost), axes.up(each.value)) for each in held]
    body.append(line(points, PARTY_COLOURS[0], wide=2))
    for each, (x, y) in zip(held, points, strict=True):
        body.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{PARTY_COLOURS[0]}"/>'
        )
        if each.share == 1.0:
            body.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="none" '
                f'stroke="{INK}" stroke-width="1.6"/>'
            )
    words = say(
        "money-words",
        least=f"{held[0].share:.0%}",
        most=f"{held[-1].share:.0%}",
        low=number(values[0]),
        high=number(values[-1]),
    )
    return Chart(svg=chart(300.0, words, body), words=words)
