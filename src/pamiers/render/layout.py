"""Lay a report out as a page in one language."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pamiers.core.instant import zone
from pamiers.render import tables, tallies
from pamiers.render.language import Language
from pamiers.render.page import Badge, Page, Section, Tile, badge
from pamiers.render.square_code import square_code
from pamiers.report.correction import Correction
from pamiers.report.daily import DailyReport
from pamiers.report.happened import Published, SectorDay
from pamiers.report.message import Named
from pamiers.report.redaction import Edition

#: terms explained, in the order a reader meets them
TERMS: Final = (
    *("observation", "claim", "incident", "finding", "kept", "breached"),
    *("undetermined", "unobserved", "probability", "coverage", "reporting_day"),
    "reading",
)
#: rows of a table that a page shows; all are in the JSON and GeoJSON editions
MOST_ROWS: Final = 150
_HEAD_SHOWN: Final = 16


def speaker_of(report: DailyReport, language: str) -> Language:
    """Return who speaks a language in the mission's time zone."""
    head = report.header
    return Language(language, zone(head.time_zone), days=head.days)


def page(report: DailyReport, language: str, most: int = MOST_ROWS) -> Page:
    """Return a report as a page in one language.

    Args:
        report: The report.
        language: Code of a catalogue.
        most: Rows that a table may have; the page says how many there are.

    Returns:
        The page: header, key figures and sections, in reading order.
    """
    speaker, head = speaker_of(report, language), report.header
    edition = badge("observed", speaker.word("edition", head.edition.id))
    return Page(
        language=language,
        page_title=_told_of(speaker, report, "ui.page_title"),
        title=title_of(speaker, report),
        day=_days(speaker, report),
        number=speaker.text("ui.number", number=head.number),
        agreement=speaker.say(head.agreement_title),
        edition=Badge(tone="plain", shape="", text=edition.text),
        edition_note=_edition_note(speaker, head.edition),
        as_of=_as_of(speaker, report),
        period=speaker.text("ui.period", start=head.start, end=head.end),
        generated=speaker.text("ui.generated", at=head.generated_at),
        following=speaker.text("ui.next", cut_off=head.cut_off, day=head.next_day),
        disclaimer=speaker.text("about.disclaimer"),
        tiles=tuple(_tiles(speaker, report)),
        sections=tuple(_sections(speaker, report, most)),
        code=square_code(head.checkpoint),
        code_label=speaker.text("check.code"),
    )


def title_of(speaker: Language, report: DailyReport) -> str:
    """Return what a report of its kind is called."""
    kind = report.header.kind
    return speaker.text("ui.title" if kind == "daily" else f"ui.title.{kind}")


def _told_of(speaker: Language, report: DailyReport, key: str) -> str:
    """Return a sentence that names the report; daily ones have their own wording."""
    head = report.header
    return speaker.text(
        key if head.kind == "daily" else f"{key}.of",
        title=title_of(speaker, report),
        number=head.number,
        day=head.day,
        agreement=head.agreement_title,
        edition=speaker.word("edition", head.edition.id),
        head=head.head[:_HEAD_SHOWN],
    )


def _days(speaker: Language, report: DailyReport) -> str:
    head = report.header
    if head.days == 1:
        return speaker.day(head.day, pattern="date.weekday")
    return speaker.text("ui.span", first=head.first_day, last=head.day)


def _edition_note(speaker: Language, edition: Edition) -> str:
    if edition.grid_deg is None:
        return speaker.text("edition.note.full")
    return speaker.text("edition.note.coarse", grid=edition.grid_deg)


def _as_of(speaker: Language, report: DailyReport) -> str:
    head = report.header
    return speaker.text(
        "ui.asof",
        cut_off=head.cut_off,
        day=head.day,
        zone=speaker.zone(head.end),
        offset=head.utc_offset,
    )


def _tiles(speaker: Language, report: DailyReport) -> Iterator[Tile]:
    unwatched = {each.region for each in report.watch if not each.share}
    for day in report.sectors[:3]:
        yield from _sector_tile(speaker, day, watched=day.region not in unwatched)
    yield _findings_tile(speaker, report)
    yield Tile(
        label=speaker.text("table.restrictions"),
        value=speaker.number(sum(each.restrictions for each in report.watch)),
        small=_before(speaker, sum(each.restrictions_before for each in report.watch)),
    )
    yield Tile(
        label=speaker.text("table.claims"),
        value=speaker.number(report.claims.day.total.claims),
        small=_before(speaker, report.claims.before.total.claims),
    )


def _findings_tile(speaker: Language, report: DailyReport) -> Tile:
    """Return the breaches found, with how much was not found out beside them."""
    now = {verdict.value: n for verdict, n in report.verdicts}
    before = {verdict.value: n for verdict, n in report.previous_verdicts}
    seen = sum(before.values()) > before["unobserved"]
    key = "tile.findings" if seen else "tile.findings.first"
    return Tile(
        label=speaker.text("section.findings"),
        value=speaker.number(now["breached"]),
        small=speaker.text(key, before=before["breached"], **now),
        badge=_tile_badge(speaker, "breached", seen=bool(now["breached"])),
    )


def _tile_badge(speaker: Language, verdict: str, *, seen: bool) -> Badge:
    """Return a verdict's badge, without its colour where there is none of it."""
    shown = badge(verdict, speaker.word("verdict", verdict))
    return shown if seen else replace(shown, tone="quiet")


def _sector_tile(speaker: Language, day: SectorDay, *, watched: bool) -> Iterator[Tile]:
    """Yield the published figure of a sector, else what is on record.

    Nothing on record of a sector that nobody watched whole is no nought.
    """
    stated = [figure for figure in day.published if figure.count is not None]
    if stated:
        yield _published_tile(speaker, day, stated[0])
    elif day.region:
        fire = dict(day.events)["fire"]
        known = bool(watched or fire.now)
        key = "tile.on_record" if known else "tile.unwatched"
        yield Tile(
            label=tables.sector_name(speaker, day.sector),
            value=speaker.number(fire.now) if known else "\N{EN DASH}",
            small=speaker.text(key, before=fire.before),
        )


def _published_tile(speaker: Language, day: SectorDay, figure: Published) -> Tile:
    before = figure.previous
    known = speaker.text("value.unstated") if before is None else before
    return Tile(
        label=tables.sector_name(speaker, day.sector),
        value=speaker.number(figure.count or 0),
        small=speaker.text("tile.published", before=known),
    )


def _before(speaker: Language, before: int) -> str:
    return speaker.text("tile.before", before=before)


def _sections(speaker: Language, report: DailyReport, most: int) -> Iterator[Section]:
    if report.correction is not None:
        yield _corrected(speaker, report, report.correction)
    yield Section(
        id="summary",
        title=speaker.text("section.summary"),
        paragraphs=tuple(_standing(speaker, report)),
        bullets=tuple(speaker.say(each) for each in report.summary),
    )
    yield Section(
        id="sectors",
        title=speaker.text("section.sectors"),
        grids=(tables.sectors(speaker, report),),
    )
    yield Section(id="map", title=speaker.text("section.map"))
    if report.header.stage == "flash":  # what cannot wait, and how to check it
        yield _incidents(speaker, report, most)
        yield _check(speaker, report)
        yield _about(speaker, report)
        return
    yield _findings(speaker, report)
    yield _coverage(speaker, report, most)
    yield _claims(speaker, report, most)
    yield _reconciliation(speaker, report, most)
    yield _incidents(speaker, report, most)
    yield _annex(speaker, report, most)
    yield _terms(speaker)
    yield _check(speaker, report)
    yield _about(speaker, report)


def _corrected(
    speaker: Language, report: DailyReport, correction: Correction
) -> Section:
    """Return what changed since the report was first issued."""
    told = speaker.text(
        "corrected.told",
        day=report.header.day,
        entries=correction.entries,
        head=correction.head[:_HEAD_SHOWN],
    )
    counts = (
        (f"corrected.{how}", each.section, getattr(each, how))
        for each in correction.changes
        for how in ("added", "gone", "changed")
    )
    return Section(
        id="corrected",
        title=speaker.text("corrected.title"),
        paragraphs=(told,),
        bullets=tuple(
            speaker.text(key, n=n, what=speaker.text(f"corrected.what.{section}"))
            for key, section, n in counts
            if n
        ),
    )


def _standing(speaker: Language, report: DailyReport) -> Iterator[str]:
    """Yield how far along the report is, and what it is about, where it says so."""
    head = report.header
    for key in (f"stage.{head.stage}", f"theme.{head.kind}"):
        if speaker.knows(key):
            yield speaker.text(key)


def _findings(speaker: Language, report: DailyReport) -> Section:
    mandate = speaker.text(f"intro.attribution.{report.header.attribution}")
    found = bool(report.findings)
    intro = speaker.text("intro.findings" if found else "intro.findings.none")
    return Section(
        id="findings",
        title=speaker.text("section.findings"),
        paragraphs=(intro, mandate) if found else (intro,),
        clauses=tables.clauses(speaker, report),
        clause_columns=tables.clause_columns(speaker, report),
    )


def _coverage(speaker: Language, report: DailyReport, most: int) -> Section:
    lines = report.coverage[:most]
    intro = [speaker.text("intro.coverage" if lines else "intro.coverage.none")]
    intro += _shown(speaker, len(lines), len(report.coverage))
    if report.activities:
        subjects = ", ".join(
            f"{speaker.word('category', name)} {n}" for name, n in report.activities
        )
        intro.append(speaker.text("intro.activities", list=subjects))
    return Section(
        id="coverage",
        title=speaker.text("section.coverage"),
        paragraphs=tuple(intro),
        grids=(tables.coverage(speaker, lines),) if lines else (),
    )


def _claims(speaker: Language, report: DailyReport, most: int) -> Section:
    said = report.claims
    since = speaker.text(
        "claims.sentence",
        first=said.since.first,
        last=said.since.last,
        n=said.since.total.claims,
        near=said.since.total.near,
    )
    any_claim = bool(said.since.total.claims or said.lines)
    lines = said.lines[:most]
    cut = _shown(speaker, len(lines), len(said.lines))
    grids = tallies.claim_counts(speaker, report) if any_claim else ()
    day = (tallies.claims(speaker, lines),) if lines else ()
    today = () if lines else (speaker.text("intro.claims.none"),)
    counted = (since,) if said.since.total.claims else ()
    return Section(
        id="claims",
        title=speaker.text("section.claims"),
        paragraphs=(speaker.text("intro.claims"), *today, *counted, *cut),
        grids=(*grids, *day),
    )


def _reconciliation(speaker: Language, report: DailyReport, most: int) -> Section:
    lines = report.reconciliation
    key = "intro.reconciliation" if lines else "intro.reconciliation.none"
    # The latest running totals matter most; earlier ones are in the JSON.
    shown = lines[-most:]
    return Section(
        id="reconciliation",
        title=speaker.text("section.reconciliation"),
        paragraphs=(
            speaker.text(key),
            *_shown(speaker, len(shown), len(lines)),
        ),
        grids=(tallies.reconciliation(speaker, shown),) if lines else (),
    )


def _incidents(speaker: Language, report: DailyReport, most: int) -> Section:
    lines = report.incidents[:most]
    intro = speaker.text("intro.incidents" if lines else "intro.incidents.none")
    return Section(
        id="incidents",
        title=speaker.text("section.incidents"),
        paragraphs=(intro, *_shown(speaker, len(lines), len(report.incidents))),
        grids=(tables.incidents(speaker, lines),) if lines else (),
    )


def _annex(speaker: Language, report: DailyReport, most: int) -> Section:
    shown = min(most, len(report.annex))
    intro = speaker.text("intro.annex" if shown else "intro.annex.none")
    return Section(
        id="annex",
        title=speaker.text("section.annex"),
        paragraphs=(intro, *_shown(speaker, shown, len(report.annex))),
        grids=(tables.annex(speaker, report, most),) if shown else (),
    )


def _shown(speaker: Language, shown: int, total: int) -> tuple[str, ...]:
    if shown == total:
        return ()
    return (speaker.text("intro.shown", shown=shown, total=total),)


def _terms(speaker: Language) -> Section:
    return Section(
        id="terms",
        title=speaker.text("section.terms"),
        terms=tuple(
            (speaker.text(f"term.{term}"), speaker.text(f"term.{term}.means"))
            for term in TERMS
        ),
    )


def _check(speaker: Language, report: DailyReport) -> Section:
    head = report.header
    kind = "" if head.kind == "daily" else f"--kind {head.kind} "
    made = f"{kind}--day {head.day} --edition {head.edition.id} --lang {speaker.code}"
    return Section(
        id="check",
        title=speaker.text("section.check"),
        paragraphs=(
            speaker.text("check.explained", n=head.entries),
            speaker.text("check.how"),
        ),
        code=("pamiers status DIR --json", f"pamiers report DIR {made} --format html"),
        facts=(
            (speaker.text("check.head"), head.head),
            (speaker.text("check.entries"), speaker.number(head.entries)),
            (speaker.text("check.agreement"), head.agreement_digest),
            *_checkpoint(speaker, head.checkpoint),
        ),
    )


def _checkpoint(speaker: Language, text: str) -> tuple[tuple[str, str], ...]:
    if not text:
        return ()
    return ((speaker.text("check.checkpoint"), text.strip()),)


def _about(speaker: Language, report: DailyReport) -> Section:
    head = report.header
    licence = ".confidential" if head.edition.confidential else ""
    citation = _told_of(speaker, report, "about.citation")
    return Section(
        id="about",
        title=speaker.text("section.about"),
        paragraphs=(
            speaker.text("about.disclaimer"),
            speaker.text("about.neutral"),
            speaker.text("about.sources", list=_sources(speaker, report.sources)),
            speaker.text(f"about.licence{licence}"),
            citation,
        ),
    )


def _sources(speaker: Language, sources: tuple[Named, ...]) -> str:
    return ", ".join(map(speaker.say, sources)) or speaker.text("value.none")
