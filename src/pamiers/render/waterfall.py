"""An incident taken apart: the sum of its weights as text, and as a picture."""

import json
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from html import escape
from typing import Final

from pamiers.fusion.agreement import Agreement
from pamiers.fusion.explain import Explanation, MemberWeight, Rival
from pamiers.render.language import Language

WIDTH: Final = 720
_COLUMNS: Final = 80
_LEFT, _RIGHT, _ROW, _HEAD, _FOOT = 16, 64, 46, 64, 40
_LETTERS: Final = 88  # of a label, at its size
_WHY: Final = 110  # letters of what stands below a bar
_WHY_ROW: Final = 16
_LEAST: Final = 0.0005  # what rounds to nothing, or to certainty
_STYLE: Final = (
    "text{font:14px sans-serif;fill:#1a1a1a;paint-order:stroke;stroke:#fff;"
    "stroke-width:4px}.t{font-weight:bold;font-size:16px}"
    ".s{font-size:12px;fill:#555}.b{fill:#fff}.up{fill:#1f6f8b}.down{fill:#b5651d}"
    ".sum{fill:#444}.axis{stroke:#888;stroke-width:1}"
    "@media(prefers-color-scheme:dark){text{fill:#eee;stroke:#1a1a1a}.s{fill:#bbb}.b{fill:#1a1a1a}"
    ".up{fill:#58b4d1}.down{fill:#e39a55}.sum{fill:#bbb}}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar: from where the sum was to where it is."""

    label: str
    start: float  #: [bit]
    end: float
    whole: bool = False  #: the sum itself, drawn from zero
    why: str = ""  #: why a report was joined with the others, part by part


def speaker(language: str) -> Language:
    """Return who speaks a language, in UTC."""
    return Language(language, UTC)


def text_lines(found: Explanation, say: Language) -> Iterator[str]:
    """Yield an explanation as lines of at most 80 columns.

    Args:
        found: The explanation.
        say: The language.

    Yields:
        The sum, report by report; then kinds, other counts, rivals, what would change.
    """
    yield from _wrapped(_title(found, say), "")
    for step, bits in _steps(found, say):
        yield from _wrapped(f"{_figure(bits, '+8.2f', say)}  {step.label}", " " * 10)
        if step.why:
            yield from _wrapped(f"{' ' * 10}{step.why}", " " * 12)
    yield from _wrapped(say.text("fusion.kinds", kinds=_kinds(found, say)), "  ")
    if found.actors:
        yield from _wrapped(say.text("fusion.actors", actors=_actors(found, say)), "  ")
    yield from _wrapped(_compared(found, say), "  ")
    yield from _wrapped(_next(found, say), "  ")
    yield say.text("fusion.rivals" if found.rivals else "fusion.rivals.none")
    for rival in found.rivals:
        yield from _wrapped(f"  {_rival(rival, say)}", "    ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _COLUMNS,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=True,
        drop_whitespace=True,
    )


def _figure(value: float, form: str, say: Language) -> str:
    """Return a figure with the language's decimal mark."""
    return format(value, form).replace(".", say.number(0.5)[1])


def _chance(value: float, say: Language) -> str:
    """Return a probability to a thousandth; never certainty that there is not."""
    if _LEAST <= value <= 1.0 - _LEAST:
        return _figure(value, ".3f", say)
    near = _figure(0.001 if value < _LEAST else 0.999, ".3f", say)
    return f"<{near}" if value < _LEAST else f">{near}"


def _title(found: Explanation, say: Language) -> str:
    chance = _chance(found.probability, say)
    return say.text("fusion.title", incident=found.key, probability=chance)


def _steps(found: Explanation, say: Language) -> list[tuple[Step, float]]:
    prior = _chance(1.0 / (1.0 + 2.0**-found.prior_bits), say)
    at = found.prior_bits
    first = Step(label=say.text("fusion.prior", probability=prior), start=0.0, end=at)
    steps = [(first, at)]
    joined = {each.member: _joined(each, say) for each in found.agreements}
    for member in found.members:
        step = Step(
            label=_member(member, say),
            start=at,
            end=at + member.bits,
            why=joined.get(member.member, ""),
        )
        steps.append((step, member.bits))
        at += member.bits
    chance = _chance(found.probability, say)
    label = say.text("fusion.total", probability=chance)
    total = Step(label=label, start=0.0, end=found.total_bits, whole=True)
    return [*steps, (total, found.total_bits)]


def _member(member: MemberWeight, say: Language) -> str:
    if member.letter == "claim":
        told = say.text("fusion.claim", member=member.member)
    else:
        told = say.text("fusion.member", member=member.member, letter=member.letter)
    if member.why:
        return say.text(f"fusion.why.{member.why}", told=told)
    if not member.without:
        return told
    return say.text(
        "fusion.without", told=told, probability=_chance(member.without, say)
    )


def _joined(found: Agreement, say: Language) -> str:
    figures = {
        name: _figure(getattr(found, f"{name}_bits"), "+.1f", say)
        for name in ("place", "time", "kind", "count", "told", "crowd", "total")
    }
    return say.text("fusion.joined", **figures)


def _actors(found: Explanation, say: Language) -> str:
    return ", ".join(
        f"{name or say.text('fusion.actors.other')} {say.percent(share)}"
        for name, share in found.actors.items()
    )


def _kinds(found: Explanation, say: Language) -> str:
    shares: dict[str, float] = json.loads(found.kinds or "{}")
    order = sorted(shares, key=lambda kind: (-shares[kind], kind))
    return ", ".join(
        f"{say.word('kind', kind)} {say.percent(shares[kind])}" for kind in order[:4]
    )


def _compared(found: Explanation, say: Language) -> str:
    other = found.compared
    reports = say.text("fusion.reports", n=other.naive, sources=other.sources)
    return say.text(
        "fusion.compared", reports=reports, points=other.additive, code=other.admiralty
    )


def _next(found: Explanation, say: Language) -> str:
    bits = say.text("fusion.bits", n=_figure(found.next_bits, "+.2f", say))
    chance = _chance(found.next_probability, say)
    return say.text("fusion.next", bits=bits, probability=chance)


def _rival(rival: Rival, say: Language) -> str:
    why = say.text(f"fusion.apart.{rival.why}")
    kind, hours = (
        say.word("kind", rival.kind),
        _figure(rival.apart_s / 3_600.0, ".1f", say),
    )
    if rival.distance_m is None:
        return say.text(
            "fusion.rival.unplaced", incident=rival.key, kind=kind, hours=hours, why=why
        )
    distance = _figure(rival.distance_m / 1_000.0, ".1f", say)
    return say.text(
        "fusion.rival",
        incident=rival.key,
        kind=kind,
        distance=distance,
        hours=hours,
        why=why,
    )


def waterfall_svg(found: Explanation, language: str) -> bytes:
    """Return the sum of an incident's weights as a picture, bar after bar.

    Args:
        found: The explanation.
        language: Code of a catalogue.

    Returns:
        One `svg` element; nothing in it is fetched or run.
    """
    say = speaker(language)
    steps = _steps(found, say)
    ends = [0.0, *(step.end for step, _ in steps)]
    low, high = min(ends), max(ends)
    wide = (WIDTH - _LEFT - _RIGHT) / max(high - low, 1.0)
    tops = [_HEAD]
    for step, _ in steps:
        tops.append(tops[-1] + _ROW + (_WHY_ROW if step.why else 0))
    tall = tops[-1] + _FOOT

    def across(bits: float) -> float:
        return _LEFT + (bits - low) * wide

    title = escape(_title(found, say))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}"',
        f' role="img" aria-label="{title}" lang="{say.code}">',
        f"<title>{title}</title><style>{_STYLE}</style>",
        f'<rect class="b" width="{WIDTH}" height="{tall}"/>',
        f'<text class="t" x="{_LEFT}" y="28">{title}</text>',
        f'<text class="s" x="{_LEFT}" y="48">{escape(say.text("fusion.axis"))}</text>',
        f'<line class="axis" x1="{across(0.0):.1f}" x2="{across(0.0):.1f}"',
        f' y1="{_HEAD}" y2="{tall - _FOOT}"/>',
    ]
    for top, (step, bits) in zip(tops, steps, strict=False):
        parts += _bar(step, _figure(bits, "+.2f", say), top, across)
    kinds = say.text("fusion.kinds", kinds=_kinds(found, say))
    parts.append(f'<text class="s" x="{_LEFT}" y="{tall - 14}">{escape(kinds)}</text>')
    return "".join([*parts, "</svg>\n"]).encode()


def _bar(
    step: Step, weight: str, top: float, across: Callable[[float], float]
) -> list[str]:
    """Return a label and the bar below it, its weight written at the end."""
    left, right = sorted((across(step.start), across(step.end)))
    look = "sum" if step.whole else "up" if step.end >= step.start else "down"
    label = textwrap.shorten(step.label, _LETTERS, placeholder="…")
    wide = max(right - left, 1.5)
    why = textwrap.shorten(step.why, _WHY, placeholder="…")
    return [
        f'<text x="{_LEFT}" y="{top + 16}">{escape(label)}</text>',
        f'<rect class="{look}" x="{left:.1f}" y="{top + 22}" width="{wide:.1f}"',
        ' height="14"/>',
        f'<text class="s" x="{left + wide + 6:.1f}" y="{top + 33}">{weight}</text>',
        *(
            [f'<text class="s" x="{_LEFT}" y="{top + 50}">{escape(why)}</text>']
            * bool(why)
        ),
    ]
