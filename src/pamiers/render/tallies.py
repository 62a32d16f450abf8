"""Claims and reconciliations in one language, as tables."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pamiers.render.language import Language
from pamiers.render.page import Cell, Column, Detail, Grid, badge
from pamiers.render.phrase import how_many, or_unknown, weapons, where
from pamiers.render.tables import columns
from pamiers.report.claims import ClaimCount, ClaimTally
from pamiers.report.daily import DailyReport
from pamiers.report.reconciliation import Reconciled
from pamiers.report.said import ClaimLine
from pamiers.report.summary import kinds


def claims(speaker: Language, lines: Iterable[ClaimLine]) -> Grid:
    """Return the claims of the day, each beside the nearest observation."""
    keys = ("where", "claimant", "accused", "claim", "nearest", "#distance")
    return Grid(
        caption=speaker.text("caption.claims.day"),
        columns=columns(speaker, *keys),
        rows=tuple(_claim(speaker, line) for line in lines),
    )


def _claim(speaker: Language, line: ClaimLine) -> tuple[Cell, ...]:
    what = speaker.word("kind", line.kind)
    distance = line.nearest_km
    return (
        where(speaker, line.place, line.whereabouts, line.spot),
        or_unknown(speaker, line.claimant),
        or_unknown(speaker, line.accused),
        _with_weapons(speaker, what, line.weapons),
        _nearest(speaker, line),
        speaker.text("value.none")
        if distance is None
        else speaker.text("value.km", n=distance),
    )


def _with_weapons(speaker: Language, what: str, listed: str | None) -> Cell:
    return Detail(text=what, small=weapons(speaker, listed)) if listed else what


def _nearest(speaker: Language, line: ClaimLine) -> Cell:
    if line.nearest_kind is None:
        return speaker.text("value.none")
    kind = speaker.word("kind", line.nearest_kind)
    place = speaker.say(line.nearest_place) if line.nearest_place else ""
    source = or_unknown(speaker, line.nearest_source)
    return Detail(text=f"{kind}, {place}" if place else kind, small=source)


def claim_counts(speaker: Language, report: DailyReport) -> tuple[Grid, Grid]:
    """Return claims by who makes them and by who is accused, all sides named."""
    said = report.claims
    since = speaker.text(
        "claims.since",
        first=speaker.day(said.since.first, pattern="date.short"),
        last=speaker.day(said.since.last, pattern="date.short"),
    )
    by_claimant = _counts(speaker, report, "claimant", since)
    return by_claimant, _counts(speaker, report, "accused", since)


def _counts(speaker: Language, report: DailyReport, by: str, since: str) -> Grid:
    said, known = report.claims, dict(report.claims.names)
    today, so_far = dict(_split(said.day, by)), dict(_split(said.since, by))
    labels = (speaker.text("claims.day"), since)
    none = ClaimCount()
    return Grid(
        caption=speaker.text(f"caption.claims.by_{by}"),
        columns=(
            *columns(speaker, by),
            *(Column(label=label, numeric=True) for label in labels),
        ),
        rows=tuple(
            (
                speaker.say(known[who]) if who else speaker.text("value.unknown"),
                _figures(speaker, today.get(who, none)),
                _figures(speaker, so_far.get(who, none)),
            )
            for who in dict.fromkeys([*today, *so_far])
        ),
        note=speaker.text("table.near"),
    )


def _split(tally: ClaimTally, by: str) -> tuple[tuple[str, ClaimCount], ...]:
    return tally.by_claimant if by == "claimant" else tally.by_accused


def _figures(speaker: Language, count: ClaimCount) -> str:
    return speaker.text("value.now_before", now=count.claims, before=count.near)


def reconciliation(speaker: Language, lines: Sequence[Reconciled]) -> Grid:
    """Return published figures beside what is on record."""
    keys = ("report", "period", "#published", "#on_record", "#range", "#difference")
    return Grid(
        caption=speaker.text("caption.reconciliation"),
        columns=columns(speaker, *keys, "outcome"),
        rows=tuple(_reconciled(speaker, line) for line in lines),
    )


def _reconciled(speaker: Language, line: Reconciled) -> tuple[Cell, ...]:
    outcome = line.outcome.value
    return (
        Detail(text=line.report, small=speaker.say(kinds(line.kind))),
        _period(speaker, line),
        how_many(speaker, line.published, line.published_low, line.published_high),
        speaker.number(line.on_record),
        f"{line.on_record_low}–{line.on_record_high}",
        "" if line.difference is None else speaker.number(line.difference),
        badge(outcome, speaker.word("outcome", outcome), small=speaker.say(line.note)),
    )


def _period(speaker: Language, line: Reconciled) -> Cell:
    sector = speaker.say(line.sector) if line.sector else speaker.text("sector.all")
    days = speaker.text(
        "value.from_to",
        first=_edge(speaker, line.period_start),
        last=_edge(speaker, line.period_end),
    )
    running = f"{speaker.text('value.running')}; " if line.cumulative else ""
    return Detail(text=sector, small=f"{running}{days}")


def _edge(speaker: Language, instant: datetime) -> str:
    day = speaker.local_day(instant, pattern="date.short")
    return f"{day} {speaker.clock(instant)}"
