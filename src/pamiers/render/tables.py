"""The tables of a report in one language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from pamiers.render.language import Language
from pamiers.render.page import Cell, ClauseBlock, Column, Detail, Grid, Links, badge
from pamiers.render.phrase import how_many, names, or_unknown, weapons, when, where
from pamiers.render.readings import readings
from pamiers.report.annex import AnnexRow
from pamiers.report.daily import DailyReport
from pamiers.report.happened import IncidentLine, Published, SectorDay
from pamiers.report.judged import FindingLine
from pamiers.report.message import Named
from pamiers.report.summary import RELATIONS, figure_of, kinds
from pamiers.report.watch import CoverageLine, SectorWatch

#: incidents that a finding names as evidence; all are in the JSON edition
_MOST_EVIDENCE: Final = 12


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
    fire = dict(day.events)["fire"]
    return (
        sector_name(speaker, day.sector),
        _published(speaker, day),
        _pair(speaker, fire.now, fire.before),
        _pair(speaker, day.incidents.now, day.incidents.before),
        _pair(speaker, day.claimed_only.now, day.claimed_only.before),
        *_watched(speaker, watch),
    )


def _watched(speaker: Language, watch: SectorWatch | None) -> tuple[Cell, Cell]:
    if watch is None:
        return "", ""
    share = speaker.percent(watch.share)
    spots = speaker.text("watch.places", n=watch.places) if watch.places else ""
    restrictions = _pair(speaker, watch.restrictions, watch.restrictions_before)
    return Detail(text=share, small=spots) if spots else share, restrictions


def sector_name(speaker: Language, sector: Named | None) -> str:
    """Return a sector's title, or that it is outside every sector."""
    return speaker.say(sector) if sector else speaker.text("sector.none")


def _pair(speaker: Language, now: int, before: int) -> str:
    return speaker.text("value.now_before", now=now, before=before)


def _published(speaker: Language, day: SectorDay) -> str:
    said = [_figure(speaker, figure) for figure in day.published]
    return "; ".join(text for text in said if text) or speaker.text("value.none")


def _figure(speaker: Language, figure: Published) -> str:
    now = figure_of(figure)
    if now is None and figure.relation in RELATIONS:
        what = speaker.say(kinds(figure.kind))
        return f"{what}: {speaker.text(f'relation.{figure.relation}')}"
    before = "" if figure.previous is None else f" ({figure.previous})"
    return f"{speaker.say(now)}{before}" if now else ""


def clause_columns(speaker: Language, report: DailyReport) -> tuple[Column, ...]:
    """Return the columns of findings; of responsibility where the mandate allows."""
    keys = ("sector", "verdict", "why", "probability", "coverage", "evidence")
    named = () if report.header.attribution == "forbidden" else ("attribution",)
    return columns(speaker, *keys, *named)


def clauses(speaker: Language, report: DailyReport) -> tuple[ClauseBlock, ...]:
    """Return the findings by clause, those with the gravest verdict first."""
    first: dict[str, int] = {}
    for place, line in enumerate(report.findings):
        first.setdefault(line.clause, place)
    ordered = sorted(report.findings, key=lambda line: first[line.clause])
    number = {line.key: at for at, line in enumerate(report.incidents, 1)}
    return tuple(
        _clause(speaker, list(lines), number)
        for _, lines in groupby(ordered, key=lambda line: line.clause)
    )


def _clause(
    speaker: Language, lines: Sequence[FindingLine], number: Mapping[str, int]
) -> ClauseBlock:
    head = lines[0]
    return ClauseBlock(
        id=head.clause,
        title=speaker.say(head.title),
        text=speaker.say(head.text),
        text_language=head.text.language(speaker.code),
        cite=f"{speaker.say(head.instrument)} · {head.cite}",
        questions=tuple(
            speaker.text("reading.question", question=each) for each in head.questions
        ),
        rows=tuple(_alike(speaker, lines, number)),
    )


def _alike(
    speaker: Language, lines: Sequence[FindingLine], number: Mapping[str, int]
) -> Iterator[tuple[Cell, ...]]:
    """Yield one row for readings and sectors that come to the same, naming them."""
    by_sector: dict[tuple[str, tuple[Cell, ...]], list[FindingLine]] = {}
    for line in lines:
        key = (_sector_of(speaker, line), _finding(speaker, line, number))
        by_sector.setdefault(key, []).append(line)
    rows: dict[tuple[str, tuple[Cell, ...]], list[str]] = {}
    for (sector, cells), same in by_sector.items():
        rows.setdefault((readings(speaker, same, lines), cells), []).append(sector)
    for (reading, cells), sectors in rows.items():
        where = ", ".join(sectors)
        yield (Detail(text=where, small=reading) if reading else where, *cells)


def _sector_of(speaker: Language, line: FindingLine) -> str:
    return speaker.say(line.sector) if line.sector else speaker.text("sector.whole")


def _chance(speaker: Language, line: FindingLine) -> str:
    """Return the bounds in words; where nothing bounds it above, from below only."""
    if line.probability_high < 1.0:
        return speaker.percent(line.probability_low, line.probability_high)
    if line.probability_low <= 0.0:
        return speaker.text("value.unknown")
    least = speaker.percent(line.probability_low)
    # ">99 %" says it already.
    return least if least[0] == ">" else speaker.text("value.at_least", n=least)


def _finding(
    speaker: Language, line: FindingLine, number: Mapping[str, int]
) -> tuple[Cell, ...]:
    cells: tuple[Cell, ...] = (
        badge(line.verdict.value, speaker.word("verdict", line.verdict.value)),
        _why(speaker, line),
        _chance(speaker, line),
        _covered(speaker, line),
        _evidence(speaker, line, number),
    )
    if line.attribution == "not_mandated":
        return cells
    return (*cells, _attribution(speaker, line))


def _evidence(speaker: Language, line: FindingLine, number: Mapping[str, int]) -> Cell:
    """Return the numbers of the day's incidents, and how much else there is."""
    if not line.evidence:
        return speaker.text("value.none")
    today = sorted(number[key] for key in line.evidence if key in number)
    # A row of the record, a published total among them, is `source:key`.
    rows = sum(":" in key for key in line.evidence)
    earlier = len(line.evidence) - len(today) - rows
    also = (("evidence.published", rows), ("evidence.earlier", earlier))
    return Links(
        items=tuple((str(at), f"i-{at}") for at in today[:_MOST_EVIDENCE]),
        small="; ".join(speaker.text(key, n=n) for key, n in also if n),
    )


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
    if line.days:
        days = [(str(verdict), n) for verdict, n in line.days if n]
        told = ", ".join(f"{speaker.word('verdict', v)} {n}" for v, n in days)
        small.append(speaker.text("findings.days", list=told))
    if line.previous not in (None, line.verdict):
        before = speaker.word("verdict", str(line.previous))
        small.append(f"{speaker.text('table.previous')}: {before}")
    why = speaker.word("why", line.why)
    return Detail(text=why, small=" · ".join(small)) if small else why


def _covered(speaker: Language, line: FindingLine) -> Cell:
    share = speaker.percent(line.coverage_share)
    if line.detection is None:
        return share
    detection = speaker.percent(line.detection)
    label = speaker.text("table.detection")
    return Detail(text=share, small=f"{label}: {detection}")


def _attribution(speaker: Language, line: FindingLine) -> Cell:
    text = speaker.text(
        f"attribution.{line.attribution}", party=or_unknown(speaker, line.attributed_to)
    )
    other = speaker.text("attribution.not_known")
    shares = "; ".join(
        f"{speaker.say(name) if who else other} {speaker.percent(share)}"
        for who, name, share in line.attribution_share
    )
    return Detail(text=text, small=shares) if shares else text


def coverage(speaker: Language, lines: Sequence[CoverageLine]) -> Grid:
    """Return where observation was possible, impaired or refused."""
    keys = ("where", "status", "when", "means", "who_denied", "detection", "source")
    return Grid(
        caption=speaker.text("caption.coverage"),
        columns=columns(speaker, *keys),
        rows=tuple(_covering(speaker, line) for line in lines),
        note=_marks_note(speaker, (line.straddles for line in lines)),
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
        note=_marks_note(speaker, (line.straddles for line in lines)),
        anchor="i",
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
        note=_marks_note(speaker, (row.straddles for row in report.annex[:limit])),
    )


def _marks_note(speaker: Language, straddling: Iterable[bool]) -> str:
    """Return what the mark of dates means, where a table has one."""
    return speaker.text("intro.straddles") if any(straddling) else ""


def _observation(
    speaker: Language, row: AnnexRow, *, confidential: bool
) -> tuple[Cell, ...]:
    unstated = speaker.text("value.unstated")
    day, clock = when(speaker, row.start, row.end)
    cells: tuple[Cell, ...] = (
        where(speaker, row.place, row.whereabouts, row.spot),
        speaker.word("means", row.means) if row.means else unstated,
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
        return weapons(speaker, row.weapons)
    if row.calibre_mm:
        return speaker.text("weapon.mm", n=row.calibre_mm)
    return speaker.text("value.unstated")


def _marked(day: str, *, straddles: bool) -> str:
    return f"{day} ±" if straddles else day


def _sourced(speaker: Language, source: Named | None, cite: str | None) -> Cell:
    name = or_unknown(speaker, source)
    return Detail(text=name, small=cite) if cite else name
