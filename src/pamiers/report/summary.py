"""The summary: a few sentences, each against the previous reporting day."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from pamiers.compliance.finding import Verdict
from pamiers.report.claims import ClaimTally
from pamiers.report.context import Context
from pamiers.report.happened import Compared, Published, SectorDay
from pamiers.report.judged import verdict_counts
from pamiers.report.message import Message, Named, Term, message
from pamiers.report.reconciliation import Outcome, Reconciled
from pamiers.report.watch import SectorWatch

#: kinds that sources publish totals of, and that sentences name in the plural
PUBLISHED: Final = ("ceasefire_violation", "explosion")
#: how a source may compare with the period before, where it gives no figure
RELATIONS: Final = ("more", "fewer", "similar")


def summary(
    context: Context,
    days: Sequence[SectorDay],
    watch: Sequence[SectorWatch],
    claims: tuple[ClaimTally, ClaimTally],
    reconciled: Sequence[Reconciled],
) -> tuple[Message, ...]:
    """Return the bullets of a daily report, in the order a reader needs them.

    Args:
        context: The inputs, seen through the edition.
        days: Each sector on the day.
        watch: How well each sector was watched.
        claims: Claims of the day, and of the day before.
        reconciled: Published totals beside the record.

    Returns:
        Published figures, events on record, findings, what nobody could watch,
        restrictions, claims, and what the reconciliation left open.
    """
    return (
        *(each for day in days for each in _sector(day)),
        _findings(context),
        *_watching(watch, frozenset(day.region for day in days if _told(day))),
        *_claims(*claims),
        *_open_figures(reconciled),
    )


def _sector(day: SectorDay) -> Iterator[Message]:
    sector = day.sector or message("sector.none")
    stated = [f for f in day.published if figure_of(f)]
    for _, figures in groupby(stated, key=lambda f: (f.source.words, f.report)):
        yield _published(sector, list(figures))
    for figure in day.published:
        if figure not in stated and figure.relation in RELATIONS:
            yield _related(sector, figure)
    yield _on_record(sector, day)


def _published(sector: Named | Message, figures: Sequence[Published]) -> Message:
    known = [f for f in figures if f.previous is not None or f.previous_text]
    shown = [_figure(figure, alone=not known) for figure in figures]
    return message(
        "summary.published" if known else "summary.published.alone",
        sector=sector,
        figures=_list(shown),
        source=figures[0].source,
        report=_report(figures[0].report),
    )


def _figure(figure: Published, *, alone: bool) -> Message:
    now = figure_of(figure)
    if alone and now is not None:
        return now
    return message("summary.period", now=now, before=_before(figure))


def _related(sector: Named | Message, figure: Published) -> Message:
    return message(
        f"summary.published.{figure.relation}",
        sector=sector,
        what=kinds(figure.kind),
        source=figure.source,
        report=_report(figure.report),
    )


def _before(figure: Published) -> Message:
    if figure.previous is not None:
        return message(
            "before.count" if figure.previous else "before.none", n=figure.previous
        )
    if figure.previous_text:
        return message("before.text", text=figure.previous_text)
    return message("before.unstated")


def _report(report: str) -> Message | str:
    """Return `report 178/2020`, or the citation of a report without a number."""
    numbered = report.replace("/", "").isdigit()
    return message("report.numbered", number=report) if numbered else report


def figure_of(published: Published) -> Message | None:
    """Return a published figure as a phrase; None where there is none."""
    phrase = amount(published.kind, published.count, published.count_low)
    vague = published.count is not None and published.count != published.count_low
    if phrase and vague and published.count_low is not None:
        return message("amount.about", what=phrase)
    return phrase


def amount(kind: str, count: int | None, low: int | None = None) -> Message | None:
    """Return `three explosions`, `no explosions`, `at least ...`; None if unstated.

    Args:
        kind: Kind of row.
        count: Best figure.
        low: Least figure, where there is no best one.

    Returns:
        The phrase, or None where neither figure is given.
    """
    if count is not None and kind in PUBLISHED:
        return message(f"amount.{kind}" if count else f"amount.none.{kind}", n=count)
    if count is not None:
        return message("amount.other", n=count, what=kinds(kind))
    if low is not None and kind in PUBLISHED:
        return message("value.at_least", n=message(f"amount.{kind}", n=low))
    return message("amount.least", n=low, what=kinds(kind)) if low is not None else None


def kinds(kind: str) -> Message | Term:
    """Return the name of many of a kind, where the catalogue has one."""
    return message(f"kinds.{kind}") if kind in PUBLISHED else Term("kind", kind)


def _on_record(sector: Named | Message, day: SectorDay) -> Message:
    families = [(f, c) for f, c in day.events if c.now or c.before or c.unstated]
    if not families:
        return message("summary.record.none", sector=sector)
    return message(
        "summary.record",
        sector=sector,
        events=_list([_family(family, compared) for family, compared in families]),
        incidents=message("amount.incident", n=day.incidents.now),
        before=day.incidents.before,
    )


def _family(family: str, compared: Compared) -> Message:
    now = message(
        f"events.{family}" if compared.now else f"events.none.{family}", n=compared.now
    )
    if compared.unstated:
        also = message("events.uncounted", n=compared.unstated)
        now = message("list.more", first=now, then=also) if compared.now else also
    return message("summary.compared", now=now, before=compared.before)


def _list(parts: Sequence[Message]) -> Message:
    """Return several phrases as one, read from left to right."""
    joined = parts[0]
    for part in parts[1:]:
        joined = message("list.more", first=joined, then=part)
    return joined


def _findings(context: Context) -> Message:
    if not context.inputs.findings:
        return message("summary.findings.none")
    now = dict(verdict_counts(context.inputs.findings))
    before = dict(verdict_counts(context.inputs.previous_findings))
    seen = len(context.inputs.previous_findings) > before[Verdict.UNOBSERVED]
    return message(
        "summary.findings" if seen else "summary.findings.first",
        breached=now[Verdict.BREACHED],
        undetermined=now[Verdict.UNDETERMINED],
        unobserved=now[Verdict.UNOBSERVED],
        kept=now[Verdict.KEPT],
        before=before[Verdict.BREACHED],
    )


def _told(day: SectorDay) -> bool:
    """Tell whether anything at all was observed or published of a sector."""
    return bool(day.published or day.incidents.now)


def _watching(
    watch: Sequence[SectorWatch], told: frozenset[str | None]
) -> Iterator[Message]:
    for each in watch:
        if not each.share:
            yield _unwatched(each, told=each.region in told)
    now = sum(each.restrictions for each in watch)
    before = sum(each.restrictions_before for each in watch)
    key = "summary.restrictions" if now else "summary.restrictions.none"
    yield message(key, n=now, before=before)


def _unwatched(watch: SectorWatch, *, told: bool) -> Message:
    sector = watch.sector or message("sector.whole")
    if watch.places:
        return message("summary.unwatched.else", sector=sector, n=watch.places)
    key = "summary.unwatched.unstated" if told else "summary.unwatched"
    return message(key, sector=sector)


def _claims(now: ClaimTally, before: ClaimTally) -> Iterator[Message]:
    key = "summary.claims" if now.total.claims else "summary.claims.none"
    yield message(
        key, n=now.total.claims, near=now.total.near, before=before.total.claims
    )


def _open_figures(reconciled: Sequence[Reconciled]) -> Iterator[Message]:
    gaps = [each for each in reconciled if each.outcome is Outcome.GAP]
    if gaps:
        worst = max(gaps, key=_missing)
        yield message(
            "summary.gaps",
            n=len(gaps),
            worst=_missing(worst),
            report=_report(worst.report),
        )


def _missing(line: Reconciled) -> int:
    """Return how much of a published figure, at the least, is not on record."""
    stated = line.published_low if line.published is None else line.published
    return abs((stated or 0) - line.on_record)
