"""Parts of a chart: axes, lines, marks and labels, as SVG that prints in grey.

The palette is that of Okabe and Ito (2008); whatever differs in colour differs in
form, dash or hatching too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDTH: Final = 640.0
_THOUSAND: Final = 999.5
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 18.0, 16.0, 46.0
INK: Final = "#1b1f24"
SOFT: Final = "#58616b"
RULE: Final = "#d9d6cd"
PARTY_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#7a5200")
PARTY_DASHES: Final = ("", "7 3", "2 3", "9 3 2 3")
STYLE: Final = (
    ".c text{fill:#1b1f24;font-size:12px;font-family:'Libertinus Serif',system-ui,"
    "'DejaVu Sans',sans-serif}.c .s{fill:#58616b;font-size:11px}"
    ".c .b{font-weight:700}"
)
#: diagonal lines over a light ground, told apart from it in grey
HATCH: Final = (
    '<pattern id="{id}" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="7" height="7" fill="#f6f5f1"/>'
    '<line x1="0" y1="0" x2="0" y2="7" stroke="#58616b" stroke-width="1.6"/></pattern>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """A plot's frame: the span of figures on each axis, and its height."""

    x: tuple[float, float]
    y: tuple[float, float]
    height: float = 280.0
    left: float = _LEFT

    def across(self, value: float) -> float:
        """Return where a figure lies along the page, kept within the frame."""
        low, high = self.x
        share = (value - low) / (high - low) if high > low else 0.5
        return self.left + min(max(share, 0.0), 1.0) * (WIDTH - self.left - _RIGHT)

    def up(self, value: float) -> float:
        """Return where a figure lies down the page, kept within the frame."""
        low, high = self.y
        share = (value - low) / (high - low) if high > low else 0.5
        bottom = self.height - _BOTTOM
        return bottom - min(max(share, 0.0), 1.0) * (bottom - _TOP)


def number(value: float) -> str:
    """Return a figure as a chart writes it, with a proper minus."""
    text = f"{value:,.0f}" if abs(value) >= _THOUSAND else f"{value:.3g}"
    return text.replace("-", "−")


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return round figures within a span, ascending."""
    if not high > low:
        return [low]
    raw = (high - low) / most
    power = 10.0 ** _floor_log10(raw)
    step = next(each for each in (1, 2, 2.5, 5, 10) if each * power >= raw) * power
    first = -(-low // step) * step
    found = []
    while first <= high + step * 1e-9:
        found.append(round(first, 12) + 0.0)  # no minus before nought
        first += step
    return found


def _floor_log10(value: float) -> int:
    power = 0
    while value >= 10:  # noqa: PLR2004 - one decade
        value, power = value / 10, power + 1
    while value < 1:
        value, power = value * 10, power - 1
    return power


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Return words at a place, as an element of a picture.

    Args:
        x: Across, from the left edge [px].
        y: Down, from the upper edge [px].
        words: What is said; escaped here.
        kind: `s` for small and soft, `b` for bold, empty for plain.
        anchor: Where the place lies in the words: `start`, `middle` or `end`.

    Returns:
        One `text` element.
    """
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def line(
    points: Iterable[tuple[float, float]],
    colour: str = INK,
    *,
    wide: float = 1.6,
    dash: str = "",
) -> str:
    """Return a line through points of the page.

    Args:
        points: Across and down [px], in order.
        colour: Of the line.
        wide: How wide [px].
        dash: Lengths drawn and left out [px]; empty for a whole line.

    Returns:
        One `polyline` element.
    """
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" '
        f'stroke-width="{wide:g}" stroke-dasharray="{dash}"/>'
    )


def area(points: Sequence[tuple[float, float]], fill: str) -> str:
    """Return a filled shape."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{path}" fill="{fill}"/>'


def frame(axes: Axes, names: tuple[str, str], *, y_ticks: bool = True) -> str:
    """Return axes with ticks, and the names of what they measure.

    Args:
        axes: The frame.
        names: Of the axis along, and of the axis up.
        y_ticks: Write figures on the axis up.

    Returns:
        Elements of a picture.
    """
    bottom = axes.height - _BOTTOM
    parts = []
    for tick in ticks(*axes.x):
        at = axes.across(tick)
        parts.append(line([(at, _TOP), (at, bottom)], RULE, wide=0.8))
        parts.append(text(at, bottom + 15, number(tick), "s", "middle"))
    for tick in ticks(*axes.y) if y_ticks else ():
        at = axes.up(tick)
        parts.append(line([(axes.left, at), (WIDTH - _RIGHT, at)], RULE, wide=0.8))
        parts.append(text(axes.left - 6, at + 4, number(tick), "s", "end"))
    parts.append(line([(axes.left, bottom), (WIDTH - _RIGHT, bottom)], SOFT, wide=1))
    middle = (axes.left + WIDTH - _RIGHT) / 2
    parts.append(text(middle, axes.height - 12, names[0], "s", "middle"))
    if names[1]:
        at = (axes.height - _BOTTOM + _TOP) / 2
        parts.append(
            f'<g transform="translate(14 {at:.1f}) rotate(-90)">'
            f"{text(0, 0, names[1], 's', 'middle')}</g>"
        )
    return "".join(parts)


def chart(height: float, words: str, body: Iterable[str], marks: str = "") -> str:
    """Return a chart as one `svg` element that says what it shows.

    Args:
        height: Of the page.
        words: What it shows, for those who do not see it.
        body: Its parts.
        marks: Definitions such as hatching.

    Returns:
        The whole picture.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" '
        f'class="c" role="img" aria-label="{escape(words)}"><style>{STYLE}</style>'
        f"<defs>{marks}</defs>"
        f'<rect width="{WIDTH:g}" height="{height:g}" fill="#ffffff"/>'
        f"{''.join(body)}</svg>"
    )
