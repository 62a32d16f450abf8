"""The reliability diagram: what was said along, what was found up."""

from html import escape
from typing import Final

from pamiers.fusion.reliability import Curve
from pamiers.render.waterfall import speaker

SIZE: Final = 460
_LEFT, _TOP, _SIDE = 64, 56, 360
_STYLE: Final = (
    "text{font:13px sans-serif;fill:#1a1a1a}.t{font-weight:bold}.b{fill:#fff}"
    ".even{stroke:#888;stroke-dasharray:4 4}.frame{fill:none;stroke:#888}"
    ".bar{stroke:#1f6f8b;stroke-width:2}.dot{fill:#1f6f8b}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.b{fill:#1a1a1a}"
    ".bar{stroke:#58b4d1}.dot{fill:#58b4d1}}"
)


def reliability_svg(curve: Curve, language: str) -> bytes:
    """Return said against found as a picture; a dot on the diagonal keeps its word.

    Args:
        curve: Said and found.
        language: Code of a catalogue.

    Returns:
        One `svg` element; the bars hold the share found nine times in ten.
    """
    say = speaker(language)
    title = escape(say.text("fusion.calibration"))
    wide, tall = SIZE + 60, SIZE + 20
    right, bottom = _LEFT + _SIDE, _TOP + _SIDE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}"',
        f' role="img" aria-label="{title}" lang="{say.code}">',
        f"<title>{title}</title><style>{_STYLE}</style>",
        f'<rect class="b" width="{wide}" height="{tall}"/>',
        f'<text class="t" x="8" y="24">{title}</text>',
        f'<text x="8" y="44">{escape(say.text("fusion.calibration.found"))}</text>',
        f'<rect class="frame" x="{_LEFT}" y="{_TOP}" width="{_SIDE}"',
        f' height="{_SIDE}"/>',
        f'<line class="even" x1="{_LEFT}" y1="{bottom}" x2="{right}" y2="{_TOP}"/>',
    ]
    for tenth in range(0, 11, 2):
        at, figure = tenth / 10.0, escape(say.number(tenth / 10.0))
        x, y = _LEFT + _SIDE * at, bottom - _SIDE * at
        parts.append(f'<text x="{x - 8:.0f}" y="{bottom + 18}">{figure}</text>')
        parts.append(f'<text x="{_LEFT - 32}" y="{y + 4:.0f}">{figure}</text>')
    for point in curve.points:
        x = _LEFT + _SIDE * point.said
        low, high = (bottom - _SIDE * share for share in (point.low, point.high))
        y = bottom - _SIDE * point.found
        parts.append(
            f'<line class="bar" x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}"'
            f' y2="{high:.1f}"/>'
        )
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
        parts.append(f'<text x="{x + 8:.1f}" y="{y - 6:.1f}">{point.n}</text>')
    below = escape(say.text("fusion.calibration.said"))
    parts.append(f'<text x="{_LEFT}" y="{bottom + 40}">{below}</text>')
    return "".join([*parts, "</svg>\n"]).encode()
