"""The map of a day, as SVG: lines dashed, uncertainty drawn, no state border.

Observed and claimed differ in shape and in line, not only in colour; every mark
has its number in the table of incidents.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from pamiers.render.frame import Box, Frame, frame_round
from pamiers.render.labels import Label, Placed, place_labels
from pamiers.render.language import Language
from pamiers.render.layout import speaker_of
from pamiers.render.map_style import STYLE, STYLE_PAPER, STYLE_SCREEN
from pamiers.report.chart import Chart, DrawnLine, everything
from pamiers.report.happened import IncidentLine
from pamiers.report.redaction import Spot
from pamiers.report.watch import CoverageLine

if TYPE_CHECKING:
    from pamiers.report.daily import DailyReport

WIDTH: Final = 640.0
_FOOT: Final = 152.0
_FEW: Final = 6  # parts up to which a zone is outlined
#: places of at least this importance are labelled, the first few in large type
_TOWN, _CITY = 2, 3
_ABOUT_DEG: Final = 0.3
_BESIDE: Final = 15.0
_APART: Final = 40.0
_NEARBY_M: Final = 20_000.0
_LINE_LETTERS: Final = 108  # of the notes below the map, at their size
_MOST_MAJOR: Final = 8
_MOST_MINOR: Final = 40
#: incidents that a map can show and a reader tell apart; it says how many there are
_MOST_INCIDENTS: Final = 150
_LARGE, _SMALL, _NUMBER = 14.0, 11.0, 11.0
#: type grows on a phone (map_style): room is kept for that
_LARGE_ON_PHONE, _NUMBER_ON_PHONE = 21.0, 12.0
_MARK: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Incidents that fall on one spot."""

    numbers: tuple[int, ...]  #: as the table of incidents numbers them
    claimed: bool  #: only claims speak of all of them
    spot: Spot
    words: str


def render_svg(report: "DailyReport", language: str) -> bytes:
    """Return the map with its title, key, source and disclaimer, as a file."""
    return draw(report, speaker_of(report, language)).encode()


def draw(
    report: "DailyReport", speaker: Language, *, screen: bool = True, foot: bool = True
) -> str:
    """Return the map of a report.

    Args:
        report: The report.
        speaker: The language.
        screen: Follow the reader's dark mode and width; off for print.
        foot: Put key, date, source and disclaimer below; off where a page has them.

    Returns:
        One `svg` element, its style within; nothing in it is fetched or run.
    """
    points = _ground(report)
    if not points:
        return ""
    frame = frame_round(points, WIDTH)
    marks = _marks(report.incidents, speaker)
    body = [
        *_surface(report.chart, frame),
        *_watching(report.coverage, [_at(mark, frame) for mark in marks], frame),
        *_uncertainties(marks, frame),
        *_signs(marks, frame),
        *_texts(report.chart, marks, frame, speaker),
        *_furniture(frame, speaker),
    ]
    height = frame.height + (_FOOT if foot else 0)
    alt = escape(alternative(report, speaker))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" '
        f'class="m" role="img" aria-labelledby="m-t m-d">'
        f'<title id="m-t">{escape(speaker.text("map.title", day=report.header.day))}'
        f'</title><desc id="m-d">{alt}</desc>'
        f"<style>{STYLE}{STYLE_SCREEN if screen else STYLE_PAPER}</style>"
        f'<clipPath id="m-c"><rect width="{WIDTH:g}" height="{frame.height:g}"/>'
        f'</clipPath><rect class="m-sea" width="{WIDTH:g}" height="{height:g}"/>'
        f'<g clip-path="url(#m-c)">{"".join(body)}</g>'
        f"{''.join(_foot(report, frame, speaker)) if foot else ''}</svg>\n"
    )


def alternative(report: "DailyReport", speaker: Language) -> str:
    """Return the map in words, made from the same data."""
    placed = [line for line in report.incidents if line.spot]
    claimed = sum(line.standing == "claimed" for line in placed)
    lines = ", ".join(speaker.say(line.title) for line in report.chart.lines)
    return speaker.text(
        "map.alt",
        day=report.header.day,
        incidents=speaker.text("amount.incident", n=len(placed)),
        observed=len(placed) - claimed,
        claimed=claimed,
        lines=lines or speaker.text("value.none"),
    )


def _ground(report: "DailyReport") -> list[tuple[float, float]]:
    points = list(everything(report.chart))
    spots = [line.spot for line in report.incidents]
    spots += [line.spot for line in report.coverage]
    points += [(spot.lon, spot.lat) for spot in spots if spot]
    return points + (_cities_about(report.chart, points) if points else [])


def _cities_about(
    chart: Chart, points: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return the cities just outside the ground, which help to find one's way."""
    west, south = (min(each) - _ABOUT_DEG for each in zip(*points, strict=True))
    east, north = (max(each) + _ABOUT_DEG for each in zip(*points, strict=True))
    return [
        (place.lon, place.lat)
        for place in chart.places
        if place.importance >= _CITY
        and west <= place.lon <= east
        and south <= place.lat <= north
    ]


def _marks(lines: Sequence[IncidentLine], speaker: Language) -> list[Mark]:
    """Return one mark for each spot, since positions are given on a grid."""
    groups: dict[tuple[float, float], list[tuple[int, IncidentLine]]] = {}
    for number, line in enumerate(lines[:_MOST_INCIDENTS], 1):
        if line.spot:
            where = (line.spot.lon, line.spot.lat)
            groups.setdefault(where, []).append((number, line))
    return [_mark(group, speaker) for group in groups.values()]


def _mark(group: Sequence[tuple[int, IncidentLine]], speaker: Language) -> Mark:
    widest = max(
        (line.spot for _, line in group if line.spot), key=lambda s: s.radius_m
    )
    words = "; ".join(
        f"{number}: {speaker.word('kind', line.kind)}, "
        f"{speaker.word('standing', line.standing)}"
        for number, line in group
    )
    return Mark(
        numbers=tuple(number for number, _ in group),
        claimed=all(line.standing == "claimed" for _, line in group),
        spot=widest,
        words=words,
    )


def _surface(chart: Chart, frame: Frame) -> Iterator[str]:
    """Yield the tolerance of lines, then zones, then the lines themselves."""
    drawn = _distinct(chart.lines)
    for line in drawn:
        yield _path("m-band", [*line.band], frame, closed=True)
    for zone in chart.zones:
        name = "m-zone" if len(zone.rings) <= _FEW else "m-many"
        yield _path(name, [*zone.rings], frame, closed=True)
    for line in drawn:
        yield _path("m-line", [*line.paths], frame, closed=False)


def _distinct(lines: Sequence[DrawnLine]) -> list[DrawnLine]:
    """Return lines that differ on the ground; two names of one are drawn once."""
    return list({line.paths: line for line in reversed(lines)}.values())


def _path(
    name: str,
    rings: Sequence[Sequence[tuple[float, float]]],
    frame: Frame,
    *,
    closed: bool,
) -> str:
    if not rings:
        return ""
    pieces = []
    for ring in rings:
        points = [frame.at(lon, lat) for lon, lat in ring]
        start = f"M{points[0][0]:g} {points[0][1]:g}"
        pieces.append(start + "".join(f"L{x:g} {y:g}" for x, y in points[1:]))
    return f'<path class="{name}" d="{("Z" if closed else "").join([*pieces, ""])}"/>'


def _watching(
    lines: Sequence[CoverageLine],
    marked: Sequence[tuple[float, float]],
    frame: Frame,
) -> Iterator[str]:
    """Yield one sign for each place and status, beside a mark that is there too."""
    seen: set[tuple[str, float, float]] = set()
    for line in lines:
        if line.spot and (line.status, line.spot.lon, line.spot.lat) not in seen:
            seen.add((line.status, line.spot.lon, line.spot.lat))
            x, y = frame.at(line.spot.lon, line.spot.lat)
            radius = frame.length(line.spot.radius_m)
            taken = any(math.dist((x, y), mark) < _BESIDE for mark in marked)
            yield _watch_sign(line.status, x - _BESIDE * taken, y, radius)


def _watch_sign(status: str, x: float, y: float, radius: float) -> str:
    if status == "observed":
        return f'<circle class="m-seen" cx="{x:g}" cy="{y:g}" r="{max(radius, 7):g}"/>'
    return _cross(x, y)


def _cross(x: float, y: float) -> str:
    return (
        f'<g class="m-no"><rect x="{x - 6:g}" y="{y - 6:g}" width="12" height="12"/>'
        f'<path d="M{x - 6:g} {y - 6:g}l12 12m0 -12l-12 12"/></g>'
    )


def _uncertainties(marks: Sequence[Mark], frame: Frame) -> Iterator[str]:
    for mark in marks:
        name = "m-u m-uc" if mark.claimed else "m-u"
        if mark.spot.outline:
            yield _path(name, [mark.spot.outline], frame, closed=True)
        else:
            x, y = frame.at(mark.spot.lon, mark.spot.lat)
            radius = frame.length(mark.spot.radius_m)
            yield f'<circle class="{name}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'


def _signs(marks: Sequence[Mark], frame: Frame) -> Iterator[str]:
    for mark in marks:
        x, y = frame.at(mark.spot.lon, mark.spot.lat)
        title = f"<title>{escape(mark.words)}</title>"
        yield f"<g>{_sign(x, y, claimed=mark.claimed)}{title}</g>"


def _sign(x: float, y: float, *, claimed: bool) -> str:
    if claimed:
        return (
            f'<path class="m-cl" d="M{x:g} {y - 6.5:g}l6.5 6.5l-6.5 6.5l-6.5 -6.5Z"/>'
        )
    return f'<circle class="m-ob" cx="{x:g}" cy="{y:g}" r="{_MARK:g}"/>'


def _texts(
    chart: Chart, marks: Sequence[Mark], frame: Frame, speaker: Language
) -> Iterator[str]:
    taken = [_box(_at(mark, frame), _MARK) for mark in marks]
    taken += list(_reserved(frame))
    page = (frame.width, frame.height)
    towns = list(_towns(chart, frame, speaker))
    major = _apart([label for label in towns if label.major])[:_MOST_MAJOR]
    near = [*_points_on(chart, frame), *(_at(mark, frame) for mark in marks)]
    minor = [each for each in towns if not each.major and _close(each, near, frame)]
    numbers = [_number(mark, frame) for mark in marks]
    for placed in place_labels([*major, *numbers, *minor[:_MOST_MINOR]], taken, page):
        yield _label(placed, numbered=placed.label in numbers)


def _apart(labels: Sequence[Label]) -> list[Label]:
    """Return large labels that leave one another room on a phone as well."""
    kept: list[Label] = []
    for label in labels:
        if all(math.dist((label.x, label.y), (k.x, k.y)) > _APART for k in kept):
            kept.append(label)
    return kept


def _at(mark: Mark, frame: Frame) -> tuple[float, float]:
    return frame.at(mark.spot.lon, mark.spot.lat)


def _points_on(chart: Chart, frame: Frame) -> Iterator[tuple[float, float]]:
    for line in _distinct(chart.lines):
        for path in line.paths:
            yield from (frame.at(lon, lat) for lon, lat in path)


def _close(label: Label, near: Sequence[tuple[float, float]], frame: Frame) -> bool:
    """Tell whether a town is near enough to a line or a mark to help find it."""
    reach = frame.length(_NEARBY_M)
    return any(math.dist((label.x, label.y), point) <= reach for point in near)


def _towns(chart: Chart, frame: Frame, speaker: Language) -> Iterator[Label]:
    for place in chart.places:
        x, y = frame.at(place.lon, place.lat)
        if place.importance >= _TOWN and _box((x, y), 2).inside(
            frame.width, frame.height
        ):
            major = place.importance >= _CITY
            size = _LARGE if major else _SMALL
            text = speaker.say(place.name)
            room = _LARGE_ON_PHONE if major else size
            yield Label(text=text, x=x, y=y, size=size, room=room, major=major)


def _number(mark: Mark, frame: Frame) -> Label:
    x, y = frame.at(mark.spot.lon, mark.spot.lat)
    shown = ", ".join(str(number) for number in mark.numbers[:3])
    more = "…" if len(mark.numbers) > len(mark.numbers[:3]) else ""
    return Label(text=shown + more, x=x, y=y, size=_NUMBER, room=_NUMBER_ON_PHONE)


def _label(placed: Placed, *, numbered: bool) -> str:
    label = placed.label
    name = "m-n" if numbered else "m-city" if label.major else "m-town"
    dotted = "m-dot" if label.major else "m-dot m-dt"
    dot = f'<circle class="{dotted}" cx="{label.x:g}" cy="{label.y:g}" r="2"/>'
    anchor = "" if placed.anchor == "start" else f' text-anchor="{placed.anchor}"'
    where = f'x="{placed.x:g}" y="{placed.y:g}"{anchor}'
    text = f'<text class="{name}" {where}>{escape(label.text)}</text>'
    return text if numbered else dot + text


def _box(at: tuple[float, float], reach: float) -> Box:
    return Box(at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach)


def _reserved(frame: Frame) -> Iterator[Box]:
    yield Box(frame.width - 44, 0, frame.width, 62)
    yield Box(
        0, frame.height - 36, frame.length(frame.scale_km() * 1000) + 70, frame.height
    )


def _furniture(frame: Frame, speaker: Language) -> Iterator[str]:
    """Yield the north arrow and the scale bar."""
    x = frame.width - 24
    yield f'<path class="m-ink" d="M{x:g} 14l7 22l-7 -5l-7 5Z"/>'
    yield f'<text class="m-town" x="{x:g}" y="52" text-anchor="middle">'
    yield f"{escape(speaker.text('map.north'))}</text>"
    km = frame.scale_km()
    long, y = frame.length(km * 1000), frame.height - 14
    yield f'<path class="m-bar" d="M14 {y - 5:g}v5h{long:g}v-5"/>'
    yield f'<text class="m-town" x="{20 + long:g}" y="{y:g}">'
    yield f"{escape(speaker.text('map.scale', n=km))}</text>"


def _foot(report: "DailyReport", frame: Frame, speaker: Language) -> Iterator[str]:
    """Yield the key, and below it date, number shown, source and disclaimer."""
    top = frame.height + 20
    entries = list(key_of(report, speaker))
    for place, (sign, text) in enumerate(entries):
        x = 16 + (place % 2) * (WIDTH / 2)
        y = top + (place // 2) * 17
        yield f'<g transform="translate({x:g} {y:g})">{sign}'
        yield f'<text class="m-key" x="18" y="4">{escape(text)}</text></g>'
    y = top + ((len(entries) + 1) // 2) * 17 + 6
    for line in wrap(" ".join(notes_of(report, speaker)), _LINE_LETTERS):
        yield f'<text class="m-note" x="10" y="{y:g}">{escape(line)}</text>'
        y += 13


def key_of(report: "DailyReport", speaker: Language) -> Iterator[tuple[str, str]]:
    """Yield the key of the map: a sign, drawn about the origin, and what it means."""
    yield _sign(0, 0, claimed=False), speaker.text("map.observed")
    yield _sign(0, 0, claimed=True), speaker.text("map.claimed")
    yield '<circle class="m-u" r="7"/>', speaker.text("map.uncertainty")
    yield _cross(0, 0), speaker.text("map.denied")
    if any(line.spot and line.status == "observed" for line in report.coverage):
        yield '<circle class="m-seen" r="7"/>', speaker.text("map.watched")
    for line in _distinct(report.chart.lines)[:1]:
        band = '<path class="m-band" d="M-9 -4h18v8h-18Z"/>'
        stroke = f'{band}<path class="m-line" d="M-9 0h18"/>'
        text = speaker.text("map.line", title=line.title, km=line.tolerance_m / 1000)
        yield stroke, text[:1].upper() + text[1:]
    if report.chart.zones:
        yield (
            '<rect class="m-zone" x="-8" y="-5" width="16" height="10"/>',
            speaker.text("map.zone"),
        )


def notes_of(report: "DailyReport", speaker: Language) -> Iterator[str]:
    """Yield what stands below the map: date, number shown, source, disclaimer."""
    drawn = report.incidents[:_MOST_INCIDENTS]
    shown, total = sum(1 for each in drawn if each.spot), len(report.incidents)
    key = "map.shown" if shown < len(drawn) else "map.shown.all"
    title = speaker.text("map.title", day=report.header.day)
    yield f"{title}. {speaker.text(key, shown=shown, total=total)}"
    for line in _distinct(report.chart.lines):
        source = speaker.text("map.source", title=line.title, as_of=line.as_of)
        yield source[:1].upper() + source[1:]
    yield f"{speaker.text('map.drawn')} {speaker.text('map.no_border')}"
    yield speaker.text("about.disclaimer")
