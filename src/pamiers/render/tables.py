"""The tables of a report in one language."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from pamiers.render.language import Language
from pamiers.render.page import Cell, ClauseBlock, Column, Detail, Grid, badge
from pamiers.render.phrase import how_many, names, or_unknown, when, where
from pamiers.report.annex import AnnexRow
from pamiers.report.daily import DailyReport
from pamiers.report.happened import Compared, IncidentLine, SectorDay
from pamiers.report.judged import FindingLine
from pamiers.report.message import Named
from pamiers.report.summary import amount
from pamiers.report.watch import CoverageLine, SectorWatch

#: keys of evidence that a table names; all are in the JSON edition
_MOST_EVIDENCE: Final = 4


def columns(speaker: Language, *keys: str) -> tuple[Column, ...]:
    """Return columns by the keys of their labels; a `#` before one sets figures."""
    return tuple(
        Column(label=speaker.text(f"table.{key.lstrip('#')}"), numeric=key[0] == "#")
        for key in keys
    )


def sectors(speaker: Language, report: DailyReport) -> Grid:
    """Return each sector on the day beside the day before."""
    watch = {each.region: each for each in report.watch}
    keys = ("sector", "published", "#events", "#incidents", "#claimed_only")
    return Grid(
        caption=speaker.text("caption.sectors"),
        columns=columns(speaker, *keys, "#watched", "#restrictions"),
        rows=tuple(
            _sector(speaker, day, watch.get(day.region)) for day in report.sectors
        ),
        note=speaker.text("table.now_before"),
    )


def _sector(
    speaker: Language, day: SectorDay, watch: SectorWatch | None
) -> tuple[Cell, ...]:
    fire = dict(day.events).get("fire", Compared(now=0, before=0))
    return (
        sector_name(speaker, day.sector),
        _published(speaker, day),
        _pair(speaker, fire),
        _pair(speaker, day.incidents),
        _pair(speaker, day.claimed_only),
        speaker.percent(watch.share) if watch else "",
        _pair(
            speaker,
            Compared(now=watch.restrictions, before=watch.restrictions_before),
        )
        if watch
        else "",
    )


def sector_name(speaker: Language, sector: Named | None) -> str:
    """Return a sector's title, or that it is outside every sector."""
    return speaker.say(sector) if sector else speaker.text("sector.none")


def _pair(speaker: Language, compared: Compared) -> str:
    if compared.before is None:
        return speaker.number(compared.now)
    return speaker.text("value.now_before", now=compared.now, before=compared.before)


def _published(speaker: Language, day: SectorDay) -> str:
    said = []
    for figure in day.published:
        now = amount(figure.kind, figure.count, figure.count_low)
        text = speaker.say(now) if now else speaker.text("value.unstated")
        before = "" if figure.previous is None else f" ({figure.previous})"
        said.append(text + before)
    return "; ".join(said) or speaker.text("value.none")


def clauses(speaker: Language, report: DailyReport) -> tuple[ClauseBlock, ...]:
    """Return the findings by clause, those with the gravest verdict first."""
    first = {
        line.clause: place for place, line in reversed([*enumerate(report.findings)])
    }
    ordered = sorted(report.findings, key=lambda line: first[line.clause])
    return tuple(
        _clause(speaker, list(lines))
        for _, lines in groupby(ordered, key=lambda line: line.clause)
    )


def _clause(speaker: Language, lines: Sequence[FindingLine]) -> ClauseBlock:
    head = lines[0]
    keys = ("sector", "verdict", "why", "probability", "coverage", "attribution")
    return ClauseBlock(
        id=head.clause,
        title=speaker.say(head.title),
        text=speaker.say(head.text),
        text_language=head.text.language(speaker.code),
        cite=f"{speaker.say(head.instrument)} · {head.cite}",
        grid=Grid(
            caption=f"{head.clause}: {speaker.say(head.title)}",
            columns=columns(speaker, *keys, "evidence"),
            rows=tuple(_alike(speaker, lines)),
        ),
    )


def _alike(
    speaker: Language, lines: Sequence[FindingLine]
) -> Iterator[tuple[Cell, ...]]:
    """Yield one row for rival readings that come to the same, naming them."""
    groups: dict[tuple[Cell, ...], list[FindingLine]] = {}
    for line in lines:
        groups.setdefault(_finding(speaker, line), []).append(line)
    for (sector, *cells), same in groups.items():
        reading = _readings(speaker, same)
        first = Detail(text=str(sector), small=reading) if reading else sector
        yield (first, *cells)


def _readings(speaker: Language, same: Sequence[FindingLine]) -> str:
    rivals = same[0].rival_readings
    if rivals == 1:
        return ""
    if len(same) == rivals:
        return speaker.text("reading.every", n=rivals)
    listed = "; ".join(line.reading or "" for line in same)
    return f"{speaker.text('table.reading')}: {listed}"


def _finding(speaker: Language, line: FindingLine) -> tuple[Cell, ...]:
    sector = speaker.say(line.sector) if line.sector else speaker.text("sector.whole")
    return (
        sector,
        badge(line.verdict.value, speaker.word("verdict", line.verdict.value)),
        _why(speaker, line),
        speaker.percent(line.probability_low, line.probability_high),
        _covered(speaker, line),
        _attribution(speaker, line),
        _evidence(speaker, line),
    )


def _evidence(speaker: Language, line: FindingLine) -> str:
    if not line.evidence:
        return speaker.text("value.none")
    more = "…" if len(line.evidence) > _MOST_EVIDENCE else ""
    return ", ".join(line.evidence[:_MOST_EVIDENCE]) + more


def _why(speaker: Language, line: FindingLine) -> Cell:
    small = []
    if line.count_low or line.count_high:
        counted = how_many(speaker, None, line.count_low, line.count_high)
        small.append(f"{speaker.text('table.counted')}: {counted}")
    if line.margin_km is not None:
        margin = speaker.text("value.km", n=line.margin_km)
        small.append(f"{speaker.text('table.margin')}: {margin}")
    if line.exempt:
        small.append(f"{speaker.text('table.exempt')}: {', '.join(line.exempt[:4])}")
    if line.previous is not None:
        before = speaker.word("verdict", line.previous.value)
        small.append(f"{speaker.text('table.previous')}: {before}")
    why = speaker.word("why", line.why)
    return Detail(text=why, small="; ".join(small)) if small else why


def _covered(speaker: Language, line: FindingLine) -> Cell:
    detection = speaker.text("value.unstated")
    if line.detection is not None:
        detection = speaker.percent(line.detection)
    return Detail(
        text=speaker.percent(line.coverage_share),
        small=f"{speaker.text('table.detection')}: {detection}",
    )


def _attribution(speaker: Language, line: FindingLine) -> Cell:
    text = speaker.text(
        f"attribution.{line.attribution}", party=or_unknown(speaker, line.attributed_to)
    )
    shares = "; ".join(
        f"{speaker.say(name)} {speaker.percent(share)}"
        for _, name, share in line.attribution_share
    )
    return Detail(text=text, small=shares) if shares else text


def coverage(speaker: Language, lines: Iterable[CoverageLine]) -> Grid:
    """Return where observation was possible, impaired or refused."""
    keys = ("where", "status", "when", "means", "who_denied", "detection", "source")
    return Grid(
        caption=speaker.text("caption.coverage"),
        columns=columns(speaker, *keys),
        rows=tuple(_covering(speaker, line) for line in lines),
    )


def _covering(speaker: Language, line: CoverageLine) -> tuple[Cell, ...]:
    day, clock = when(speaker, line.start, line.end)
    place = where(speaker, line.place, line.whereabouts, line.spot)
    if not line.place and not line.spot:
        place = sector_name(speaker, line.sector)
    none = speaker.text("value.unstated")
    return (
        place,
        badge(line.status, speaker.word("status", line.status)),
        Detail(text=_marked(day, straddles=line.straddles), small=clock),
        speaker.word("means", line.means) if line.means else none,
        or_unknown(speaker, line.denied_by) if line.status == "denied" else "",
        speaker.percent(line.detection) if line.detection is not None else none,
        _sourced(speaker, line.source, line.cite),
    )


def incidents(speaker: Language, lines: Sequence[IncidentLine]) -> Grid:
    """Return the incidents of the day, numbered as the map numbers them."""
    keys = ("#index", "where", "kind", "status", "#real", "when", "sources")
    return Grid(
        caption=speaker.text("caption.incidents"),
        columns=columns(speaker, *keys),
        rows=tuple(
            _incident(speaker, number, line) for number, line in enumerate(lines, 1)
        ),
    )


def _incident(speaker: Language, number: int, line: IncidentLine) -> tuple[Cell, ...]:
    day, clock = when(speaker, line.start, line.end)
    count = how_many(speaker, line.count, line.count_low, line.count_high)
    return (
        speaker.number(number),
        where(speaker, line.place, line.whereabouts, line.spot),
        Detail(text=speaker.word("kind", line.kind), small=count),
        badge(line.standing, speaker.word("standing", line.standing)),
        speaker.percent(line.probability),
        Detail(text=_marked(day, straddles=line.straddles), small=clock),
        names(speaker, line.sources),
    )


def annex(speaker: Language, report: DailyReport, limit: int) -> Grid:
    """Return the day's observations as a monitor would file them."""
    confidential = report.header.edition.confidential
    keys = ["where", "means", "#number", "observation", "description", "weapon"]
    keys += ["date", "time", "source"] + (["observer", "text"] if confidential else [])
    return Grid(
        caption=speaker.text("caption.annex"),
        columns=columns(speaker, *keys),
        rows=tuple(
            _observation(speaker, row, confidential=confidential)
            for row in report.annex[:limit]
        ),
        note=speaker.text("intro.straddles"),
    )


def _observation(
    speaker: Language, row: AnnexRow, *, confidential: bool
) -> tuple[Cell, ...]:
    unknown = speaker.text("value.unknown")
    day, clock = when(speaker, row.start, row.end)
    cells: tuple[Cell, ...] = (
        where(speaker, row.place, row.whereabouts, row.spot),
        speaker.word("means", row.means) if row.means else unknown,
        how_many(speaker, row.count, row.count_low, row.count_high),
        speaker.word("kind", row.kind),
        speaker.word("description", row.description) if row.description else "",
        _weapon(speaker, row),
        _marked(day, straddles=row.straddles),
        clock,
        _sourced(speaker, row.source, row.cite),
    )
    return (*cells, row.observer or "", row.text or "") if confidential else cells


def _weapon(speaker: Language, row: AnnexRow) -> str:
    if row.weapons:
        return row.weapons
    if row.calibre_mm:
        return f"{speaker.number(row.calibre_mm)} mm"
    return speaker.text("value.unknown")


def _marked(day: str, *, straddles: bool) -> str:
    return f"{day} ±" if straddles else day


def _sourced(speaker: Language, source: Named | None, cite: str | None) -> Cell:
    name = or_unknown(speaker, source)
    return Detail(text=name, small=cite) if cite else name
