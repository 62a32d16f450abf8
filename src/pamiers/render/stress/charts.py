"""The charts of a stress test, each with the words that say what it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from pamiers.deterrence.curves import DelayCurve, LadderCurve
from pamiers.deterrence.frontier import Point
from pamiers.deterrence.runs import ANSWERED, BROKEN, Runs
from pamiers.deterrence.worst import Swing
from pamiers.render.stress.drawing import (
    HATCH,
    INK,
    PARTY_COLOURS,
    PARTY_DASHES,
    SOFT,
    WIDTH,
    Axes,
    area,
    chart,
    frame,
    line,
    number,
    text,
    ticks,
)

_BARS: Final = 10  #: figures that a tornado shows
_ROW: Final = 24.0
_KINDS: Final = ("", "1.5 3")  #: strokes of the worst corner and of the likeliest
_STRIP: Final = 12.0
_QUIET, _BREACH, _REPLY = "#eef1ee", "#d55e00", "#33414d"
_DAY_S: Final = 86_400.0


class Speaks(Protocol):
    """Puts a label into a language."""

    def __call__(self, key: str, **figures: object) -> str:
        """Return the label with its figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture, and what it shows in words."""

    svg: str
    words: str


def tornado(swings: Sequence[Swing], middle: float, say: Speaks) -> Chart:
    """Return which figures move the weakest margin most.

    Args:
        swings: The strongest first.
        middle: The margin at the likeliest figures.
        say: Puts labels into a language.

    Returns:
        The chart; without a bar where nothing moves the margin.
    """
    shown = swings[:_BARS]
    ends = [end for each in shown for end in (each.at_low, each.at_high)]
    low = min([*ends, middle, 0.0])
    high = max([*ends, middle, 0.0])
    spare = 0.06 * (high - low or 1.0)
    height = 70.0 + _ROW * len(shown)
    axes = Axes(x=(low - spare, high + spare), y=(0, 1), height=height, left=250.0)
    body = [frame(axes, (say("margin"), ""), y_ticks=False)]
    for row, each in enumerate(shown):
        y = 20.0 + _ROW * row
        body.append(text(244, y + 12, _short(each.name), "s", "end"))
        for end, fill in ((each.at_low, "#b4bcc5"), (each.at_high, "#4f5963")):
            first, last = sorted((axes.across(middle), axes.across(end)))
            body.append(
                f'<rect x="{first:.1f}" y="{y:.1f}" height="15" '
                f'width="{max(last - first, 0.8):.1f}" fill="{fill}"/>'
            )
    for value, dash in ((middle, ""), (0.0, "4 3")):
        at = axes.across(value)
        body.append(line([(at, 14), (at, height - 46)], INK, wide=1.4, dash=dash))
    words = say(
        "tornado-words",
        figure=_short(shown[0].name) if shown else "–",
        low=number(shown[0].at_low if shown else middle),
        high=number(shown[0].at_high if shown else middle),
    )
    return Chart(svg=chart(height, words, body), words=words)


def _short(name: str) -> str:
    """Return the path of a figure without the section that it stands in."""
    return name.partition(".")[2] or name


def on_frontier(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return packages that none betters, in the worst corner or at the likeliest."""
    shown: list[Point] = []
    top = -np.inf
    for each in points:
        if each.best or each.likeliest > top:
            shown.append(each)
        top = max(top, each.likeliest)
    return tuple(shown)


def lettered(points: Sequence[Point]) -> tuple[str, ...]:
    """Return the letter of every package: of those that none betters, A to Z."""
    shown, letters = on_frontier(points), iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return tuple(next(letters, "") if each in shown else "" for each in points)


def frontier(points: Sequence[Point], say: Speaks, unit: str) -> Chart:
    """Return cost against the smallest margin, in the worst corner and at likeliest.

    The best packages of each are joined and named.
    """
    kinds = ("worst", "likeliest")
    values = [getattr(each, kind) for each in points for kind in kinds]
    low, high = min([*values, 0.0]), max([*values, 0.0])
    spare = 0.08 * (high - low or 1.0)
    most = max([1.0, *(each.cost for each in points)])
    axes = Axes(x=(0.0, most), y=(low - spare, high + spare), height=340.0)
    body = [frame(axes, (f"{say('cost')} ({unit})", say("smallest")))]
    at = axes.up(0.0)
    body.append(line([(axes.left, at), (WIDTH - 18, at)], INK, wide=1.2, dash="4 3"))
    names = lettered(points)
    for at_kind, kind in enumerate(kinds):
        body += _reached(axes, points, names, (kind, at_kind))
    keys = zip(("in-corner", "at-likeliest"), (0, 1), strict=True)
    for label, each in keys:
        x = 90.0 + 190.0 * each
        body.append(line([(x, 10), (x + 30, 10)], INK, wide=2, dash=_KINDS[each]))
        body.append(text(x + 36, 14, say(label), "b"))
    words = say(
        "frontier-words",
        packages=len(points),
        best=len(on_frontier(points)),
        most=number(max((each.worst for each in points), default=0.0)),
    )
    closing = [each.cost for each in points if each.likeliest >= 0]
    words += " " + (
        say("frontier-likeliest", cost=number(min(closing)))
        if closing
        else say("frontier-likeliest-never")
    )
    return Chart(svg=chart(340.0, words, body), words=words)


def _reached(
    axes: Axes, points: Sequence[Point], names: Sequence[str], kind: tuple[str, int]
) -> Iterator[str]:
    """Yield packages as dots, and as steps and letters those that none betters."""
    key, stroke = kind
    steps: list[tuple[float, float]] = []
    dots: list[str] = []
    top = -np.inf
    for each, name in zip(points, names, strict=True):
        value = getattr(each, key)
        x, y = axes.across(each.cost), axes.up(value)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.8" fill="#b4bcc5"/>'
        if value > top:
            top = value
            steps += [(x, steps[-1][1]), (x, y)] if steps else [(x, y)]
            dots.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="#ffffff" '
                f'stroke="{INK}" stroke-width="1.2"/>'
                f"{text(x, y + 4, name, 'b', 'middle')}"
            )
    if steps:
        steps.append((WIDTH - 18, steps[-1][1]))
    yield line(steps, INK, wide=2, dash=_KINDS[stroke])
    yield from dots


def delay(curve: DelayCurve, period_s: float, say: Speaks) -> Chart:
    """Return detection against delay: where keeping is better, and where none helps."""
    days = curve.lags * period_s / _DAY_S
    least = np.minimum(curve.least, 1.0)
    never = curve.least > 1.0
    axes = Axes(x=(0.0, float(days[-1])), y=(0.0, 1.0), height=300.0)
    edge = list(zip(days.tolist(), least.tolist(), strict=True))
    on_page = [(axes.across(x), axes.up(y)) for x, y in edge]
    floor = [(axes.across(float(days[-1])), axes.up(0)), (axes.across(0), axes.up(0))]
    roof = [(axes.across(float(days[-1])), axes.up(1)), (axes.across(0), axes.up(1))]
    body = [area([*on_page, *roof], "#cfe8df"), area([*on_page, *floor], "#ffffff")]
    if never.any():
        first = axes.across(float(days[int(np.argmax(never))]))
        last = axes.across(float(days[-1]))
        box = [(first, axes.up(0)), (first, axes.up(1)), (last, axes.up(1))]
        body.append(area([*box, (last, axes.up(0))], "url(#h)"))
    body.append(frame(axes, (say("delay"), say("detection"))))
    body.append(line(on_page, INK, wide=2))
    x, y = axes.across(curve.lag * period_s / _DAY_S), axes.up(curve.detection)
    body.append(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{PARTY_COLOURS[1]}" '
        f'stroke="#ffffff" stroke-width="1.5"/>'
    )
    right = x > WIDTH * 0.7
    body.append(
        text(
            x - 10 if right else x + 10,
            y - 8,
            say("today"),
            "b",
            "end" if right else "start",
        )
    )
    now = float(np.interp(curve.lag, curve.lags, curve.least))
    closed = "delay-never" if now > 1 else "delay-words"
    words = say(closed, least=f"{min(now, 1.0):.0%}", now=f"{curve.detection:.0%}")
    return Chart(svg=chart(300.0, words, body, HATCH.format(id="h")), words=words)


def ladder(curve: LadderCurve, parties: Sequence[str], say: Speaks) -> Chart:
    """Return what longer responses leave of the peace, and what they deter."""
    times = curve.times
    low = float(min(curve.kept.min(initial=1.0), 1.0))
    top = Axes(x=(0.0, float(times[-1])), y=(max(low - 0.02, 0.0), 1.0), height=220.0)
    finite = np.where(np.isfinite(curve.smallest), curve.smallest, 0.0)
    span = (
        float(min(finite.min(initial=0.0), 0.0)),
        float(max(finite.max(initial=0.0), 0.0)),
    )
    spare = 0.08 * (span[1] - span[0] or 1.0)
    lower = Axes(x=top.x, y=(span[0] - spare, span[1] + spare), height=260.0)
    body = [frame(top, ("", say("kept")))]
    below = [frame(lower, (say("times"), say("smallest-likeliest")))]
    zero = lower.up(0.0)
    below.append(
        line([(lower.left, zero), (WIDTH - 18, zero)], INK, wide=1.2, dash="4 3")
    )
    for at, name in enumerate(parties):
        colour = PARTY_COLOURS[at % len(PARTY_COLOURS)]
        dash = PARTY_DASHES[at % len(PARTY_DASHES)]
        for held, axes, into in (
            (curve.kept[at], top, body),
            (finite[at], lower, below),
        ):
            path = [
                (axes.across(x), axes.up(y))
                for x, y in zip(times.tolist(), held.tolist(), strict=True)
            ]
            into.append(line(path, colour, wide=2, dash=dash))
        x = 90.0 + 130.0 * at
        body.append(line([(x, 158), (x + 30, 158)], colour, wide=2, dash=dash))
        body.append(text(x + 36, 162, name, "b"))
    one = top.across(1.0)
    body.append(line([(one, 16), (one, 174)], SOFT, wide=1, dash="2 2"))
    below.append(line([(one, 16), (one, 214)], SOFT, wide=1, dash="2 2"))
    moved = f'<g transform="translate(0 205)">{"".join(below)}</g>'
    at_one = int(np.argmin(np.abs(times - 1.0)))
    words = say(
        "ladder-words",
        now=f"{float(curve.kept[:, at_one].min(initial=1.0)):.1%}",
        long=f"{float(curve.kept[:, -1].min(initial=1.0)):.1%}",
    )
    return Chart(svg=chart(465.0, words, [*body, moved]), words=words)


def strips(keeping: Runs, breaking: Runs, say: Speaks) -> Chart:
    """Return single runs of both strategies, a strip each.

    Those that keep stand in the order in which something first befalls them, those
    that break in the order in which they are answered. What lasts differs in tone and
    in height, so that it is told apart in grey.
    """
    parts: list[str] = []
    height = 18.0
    for name, held in (("keeps", keeping), ("breaks", breaking)):
        parts.append(text(10, height + 2, say(name), "b"))
        parts += _strips(held, height + 10)
        height += 16 + _STRIP * len(held.states)
        parts += _periods(held.states.shape[1], height - 4, say)
        height += 30
    key = [("quiet", _QUIET, 1.0), ("broken", _BREACH, 1.0), ("answered", _REPLY, 0.6)]
    for at, (name, fill, share) in enumerate(key):
        x, tall = 10 + 205 * at, _STRIP * share
        parts.append(
            f'<rect x="{x}" y="{height + _STRIP - tall:.1f}" width="22" '
            f'height="{tall:.1f}" fill="{fill}"/>'
            f"{text(x + 28, height + 10, say(name), 's')}"
        )
    falsely = int(np.any(keeping.states == ANSWERED, axis=1).sum())
    found = int(np.any(breaking.states == ANSWERED, axis=1).sum())
    words = say("strips-words", runs=len(keeping.states), falsely=falsely, found=found)
    return Chart(svg=chart(height + 26, words, parts), words=words)


def _strips(held: Runs, top: float) -> Iterator[str]:
    """Yield a strip for every run: quiet, a breach in full, a response lower."""
    looks = {BROKEN: (_BREACH, 1.0), ANSWERED: (_REPLY, 0.6)}
    periods, tall = held.states.shape[1], _STRIP - 2.5
    wide = (WIDTH - 20) / periods
    states = held.states
    firsts = [np.argmax(each == ANSWERED) or periods for each in states]
    for row, at_run in enumerate(np.argsort(firsts, kind="stable").tolist()):
        y = top + _STRIP * row
        yield (
            f'<rect x="10" y="{y:.1f}" width="{WIDTH - 20:g}" '
            f'height="{tall:g}" fill="{_QUIET}"/>'
        )
        for state, start, end in stretches(states[at_run].tolist()):
            fill, share = looks[state]
            yield (
                f'<rect x="{10 + start * wide:.1f}" y="{y + tall * (1 - share):.1f}" '
                f'width="{(end - start) * wide:.1f}" height="{tall * share:.1f}" '
                f'fill="{fill}"/>'
            )


def stretches(states: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (state, from, until) of every stretch of a run that is not quiet."""
    start = 0
    for at in range(1, len(states) + 1):
        if at < len(states) and states[at] == states[start]:
            continue
        if states[start]:
            yield states[start], start, at
        start = at


def _periods(periods: int, top: float, say: Speaks) -> Iterator[str]:
    """Yield the scale below some strips, in periods from the beginning."""
    wide = (WIDTH - 20) / periods
    for at in ticks(0.0, float(periods)):
        x = 10 + at * wide
        if x > WIDTH - 80:
            continue  # the word that names the scale stands there
        yield line([(x, top), (x, top + 4)], SOFT, wide=1)
        yield text(x, top + 15, f"{at:g}", "s", "middle" if at else "start")
    yield text(WIDTH - 10, top + 15, say("strips-along"), "s", "end")
