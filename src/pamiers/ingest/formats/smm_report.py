"""Reports of the OSCE Special Monitoring Mission, read as prose.

One row is one sentence. Its category decides what it becomes in the record:
observations and totals with their figures, coverage for "calm" and "did not
observe", coverage with an observation of the restriction where passage or means
were denied at a named place, and a statement for everything accepted that
carries no quantity.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from pamiers.core.errors import MalformedSourceError
from pamiers.core.rows import Coverage, Observation, Row, Statement, Total, shape_text
from pamiers.core.table import table_of
from pamiers.ingest.gazetteer import read_gazetteer
from pamiers.ingest.limits import LIMITS
from pamiers.ingest.smm.filing import (
    calibre,
    control,
    details,
    families,
    figures,
    kind_of,
    means,
    packed,
    weapon_words,
)
from pamiers.ingest.smm.hindrance import denier, hindered_at, restriction_kind, times
from pamiers.ingest.smm.positions import Located, Positions
from pamiers.ingest.smm.reading import ParsedReport, parse_file
from pamiers.ingest.smm.refused import too_large, unreadable
from pamiers.ingest.smm.sentence import (
    Category,
    Observed,
    ParsedSentence,
    PlacePhrase,
    Published,
    ReportHeader,
    TimeSpan,
)
from pamiers.ingest.smm.text.long_lines import refused_line, without_long_lines
from pamiers.ingest.smm.wordlist import words
from pamiers.mission.reading import Note, Quarantined, Reading, ReadOptions

SOURCE: Final = "osce-smm"
UNREAD: Final = "Q-PROSE"  #: a sentence that the grammar does not understand
UNDATED: Final = "Q-PROSE-DATE"  #: a quantity whose date the report does not fix
_RAW: Final = 32_000
_TELLING: Final = re.compile(
    rb"OSCE|Special Monitoring Mission|\bSMM\b.*(?:recorded|heard|observed|saw)"
)
#: What a restriction says alike as lost coverage and as an event.
_SHARED: Final = words("source start end lon lat radius_m shape place region text cite")
_MEASURE: Final = {
    "ceasefire_violations": "ceasefire_violation",
    "explosions": "explosion",
    "projectiles": "projectile",
    "bursts": "burst",
    "shots": "shot",
    "bursts_and_shots": "fire",
    "muzzle_flashes": "muzzle_flash",
    "flares": "flare",
}


@dataclass(frozen=True, slots=True)
class SmmReport:
    """One or many reports of the Mission, as text."""

    name: str = "smm-report"

    def detect(self, head: bytes) -> bool:
        """Tell whether a text speaks of the Mission, and is no table or JSON."""
        begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        lines = head.splitlines()
        table = bool(lines) and lines[0].count(b",") > 3 and b" " not in lines[0]  # noqa: PLR2004 - a figure plain in its place
        return begin not in b"{[" and not table and bool(_TELLING.search(head))

    def read(self, data: bytes, options: ReadOptions) -> Reading:
        """Return the rows of every sentence, those not understood quarantined."""
        if len(data) > LIMITS.file_bytes:
            return too_large(len(data))
        data, long = without_long_lines(data, LIMITS.row_bytes)
        try:
            parsed = parse_file(data, options.file_name)
        except MalformedSourceError as error:
            return unreadable(error)
        gazetteer = read_gazetteer(options.places) if options.places else None
        filer = _Filer(options, Positions(gazetteer))
        for report in parsed.reports:
            filer.report(report)
        for row, (line, start) in enumerate(long, start=filer.sentences + 1):
            filer.sentences = row
            refusal = refused_line(row, line, start, LIMITS.row_bytes)
            filer.quarantined.append(refusal)
        return filer.reading(parsed.notes)


@dataclass(slots=True)
class _Filer:
    """Gathers rows of the record from sentences, report by report."""

    options: ReadOptions
    positions: Positions
    rows: dict[str, list[Row]] = field(default_factory=dict)
    origins: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    quarantined: list[Quarantined] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    header: int = 0

    def report(self, report: ParsedReport) -> None:
        """File one report."""
        self.header += len(report.headers)
        for text in report.header.notes:
            self.notes.append(
                Note(code="W-PERIOD-ASSUMED", message=text, line=report.header.line)
            )
        previous = _previous_counts(report.sentences)
        self.positions = self.positions.reading(
            place for parsed in report.sentences for place in parsed.places
        )
        base = report_id(report.header)
        told: Counter[str] = Counter()
        for index, parsed in enumerate(report.sentences, start=1):
            self.sentences += 1
            name = sentence_id(parsed.sentence.text, told)
            self._sentence(parsed, f"{base}#{name}", previous.get(index - 1, {}))

    def _sentence(
        self, parsed: ParsedSentence, key: str, previous: dict[str | None, Published]
    ) -> None:
        """File one sentence, or quarantine it."""
        if parsed.category is None:
            self._refuse(parsed, UNREAD, parsed.fault or "not understood")
            return
        if _needs_date(parsed):
            self._refuse(
                parsed, UNDATED, "the report gives no date that fixes its time"
            )
            return
        self.counts[parsed.category.value] += 1
        for kind, row in self._rows(parsed, key, previous):
            self.rows.setdefault(kind, []).append(row)
            self.origins.setdefault(kind, []).append(
                (self.sentences, parsed.sentence.line)
            )

    def _refuse(self, parsed: ParsedSentence, code: str, reason: str) -> None:
        """Quarantine a sentence whole, with the reason and the remedy."""
        remedy = (
            "State the date of the report, or of the sentence."
            if code == UNDATED
            else "Enter what it says by hand, or waive it with a reason."
        )
        self.quarantined.append(
            Quarantined(
                row=self.sentences,
                line=parsed.sentence.line,
                column=None,
                code=code,
                message=f"expected a sentence of the Mission's prose, got: {reason}",
                remedy=remedy,
                raw=parsed.sentence.text[:_RAW],
            )
        )

    def _rows(
        self, parsed: ParsedSentence, key: str, previous: dict[str | None, Published]
    ) -> Iterator[tuple[str, Row]]:
        """Yield the rows of the record that a sentence gives, at least one."""
        number = 0
        for row in self._quantities(parsed, key, previous):
            number += 1
            yield row
        if number == 0:
            yield "statement", self._statement(parsed, key)

    def _quantities(
        self, parsed: ParsedSentence, key: str, previous: dict[str | None, Published]
    ) -> Iterator[tuple[str, Row]]:
        """Yield rows with a quantity, a place watched, or a place denied."""
        for index, observed in enumerate(_each_place(parsed.observations), start=1):
            yield "observation", self._observation(parsed, observed, f"{key}.{index}")
        for index, total in enumerate(parsed.totals, start=1):
            before = previous.get(f"{total.region}/{total.measure}")
            yield "total", self._total(parsed, total, before, f"{key}.{index}")
            yield from self._quiet_region(parsed, total, f"{key}.{index}.1")
        if parsed.category is Category.COVERAGE and _is_timed(parsed.time):
            yield from self._watched(parsed, key)
        if parsed.category is Category.RESTRICTION and _is_timed(parsed.time):
            yield from self._restriction(parsed, key)

    def _quiet_region(
        self, parsed: ParsedSentence, total: Published, key: str
    ) -> Iterator[tuple[str, Row]]:
        """Yield a region watched, when the Mission counted no violation in it."""
        none = total.count is not None and total.count.low == total.count.high == 0
        now = total.period_kind in ("reporting", "stated") and _is_timed(total.period)
        if none and now and total.region and total.measure == "ceasefire_violations":
            timed = replace(parsed, time=total.period)
            row = self._coverage(timed, key, "observed", None)
            yield "coverage", replace(row, region=total.region, watched="fire")

    def _watched(self, parsed: ParsedSentence, key: str) -> Iterator[tuple[str, Row]]:
        """Yield a place watched for each family of kinds that was not seen there."""
        named = next((p for p in parsed.places if p.names), None)
        row = self._coverage(parsed, key, "observed", named)
        found = families(parsed.denied)
        for index, family in enumerate(found, start=1):
            own = key if len(found) == 1 else f"{key}.{index}"
            yield "coverage", replace(row, key=own, watched=family)

    def _statement(self, parsed: ParsedSentence, key: str) -> Statement:
        """Return a sentence kept whole."""
        time = parsed.time or TimeSpan(start=None, end=None, basis="unresolved")
        return Statement(
            source=self.options.source or SOURCE,
            key=key,
            text=parsed.sentence.text,
            category=str(parsed.category),
            start=time.start,
            end=time.end,
            cite=cite(parsed.sentence.report),
        )

    def _observation(
        self, parsed: ParsedSentence, observed: Observed, key: str
    ) -> Observation:
        """Return what was perceived once, with place and uncertainty."""
        located = self._event(observed, by_area=_by_area(parsed, observed))
        where = observed.place
        extra = details(observed) | {
            "place": located.how,
            "candidates": list(located.candidates),
            "worded": where.text if where is not None else None,
        }
        time = observed.time or TimeSpan(start=None, end=None, basis="unresolved")
        return Observation(
            **self._common(parsed, key, time),
            **_position(located),
            **figures(observed.count),
            place=_name(observed.place) or _name(observed.observer),
            region=_region(observed.place) or _region(observed.observer),
            standing=observed.standing.value,
            kind=kind_of(observed),
            means=means(observed),
            weapons=weapon_words(observed.weapons),
            calibre_mm=calibre(observed.weapons),
            control=control(observed.place, self.options.parties),
            observer=_stand(
                self.positions, observed.observer, by_area=_by_area(parsed, observed)
            ),
            extra=packed(extra),
        )

    def _event(self, observed: Observed, *, by_area: bool) -> Located:
        """Return where an event was: its own place before the observer's sector."""
        where, stand, sector = observed.place, observed.observer, observed.sector
        if where is not None and where.names:
            found = self.positions.of_phrase(where, by_area=by_area)
            if found.place is not None or sector is None:
                return found
        if stand is not None and (sector is not None or observed.sense == "heard"):
            return self.positions.of_event(sector, stand, by_area=by_area)
        return self.positions.of_phrase(where or stand, by_area=by_area)

    def _total(
        self,
        parsed: ParsedSentence,
        total: Published,
        before: Published | None,
        key: str,
    ) -> Total:
        """Return one published count, the figure before beside it."""
        earlier = total.previous or (before.count if before is not None else None)
        span = total.period or TimeSpan(start=None, end=None, basis="unresolved")
        stated = figures(earlier)
        exact = earlier is not None and stated["count_low"] is None
        return Total(
            **self._common(parsed, key, span),
            **figures(total.count),
            region=total.region,
            kind=_MEASURE[total.measure],
            previous=stated["count"] if exact else None,
            previous_text=earlier.text if earlier is not None and not exact else None,
            relation=total.change,
            cumulative=total.period_kind == "cumulative",
        )

    def _coverage(
        self,
        parsed: ParsedSentence,
        key: str,
        status: str,
        phrase: PlacePhrase | None,
    ) -> Coverage:
        """Return where observation was possible, or denied."""
        located = self.positions.of_phrase(phrase, by_area=_by_area(parsed))
        time = parsed.time or TimeSpan(start=None, end=None, basis="unresolved")
        return Coverage(
            **self._common(parsed, key, time),
            **_position(located),
            place=_name(phrase),
            region=next((p.region for p in parsed.places if p.region), None),
            status=status,
            watched="any",
            denied_by=denier(parsed.sentence.text) if status != "observed" else None,
            extra=packed(
                {"place": located.how, "candidates": list(located.candidates)}
            ),
        )

    def _restriction(
        self, parsed: ParsedSentence, key: str
    ) -> Iterator[tuple[str, Row]]:
        """Yield a restriction, at each place it names, as event and lost coverage."""
        kind = restriction_kind(parsed.sentence.text)
        status = "denied" if kind == "access_denied" else "degraded"
        found = hindered_at(parsed)
        often = times(parsed.sentence.text)
        for index, phrase in enumerate(found):
            lack = self._coverage(parsed, f"{key}.{2 * index + 1}", status, phrase)
            yield "coverage", lack
            event = _hindrance(lack, kind, f"{key}.{2 * index + 2}")
            alone = figures(often) if len(found) == 1 else {}
            each = often is not None and often.low == len(found)
            yield (
                "observation",
                replace(event, **(alone or ({"count": 1} if each else {}))),
            )

    def _common(
        self, parsed: ParsedSentence, key: str, time: TimeSpan
    ) -> dict[str, Any]:
        """Return the columns that every located row has."""
        return {
            "source": self.options.source or SOURCE,
            "key": key,
            "start": time.start,
            "end": time.end,
            "text": parsed.sentence.text,
            "cite": cite(parsed.sentence.report),
        }

    def reading(self, remarks: tuple[str, ...]) -> Reading:
        """Return the account of the whole file."""
        notes = [Note(code="W-ENC", message=text) for text in remarks]
        if self.sentences == 0:
            notes.append(Note(code="F-EMPTY", message="the file holds no sentence"))
        return Reading(
            tables={kind: table_of(kind, rows) for kind, rows in self.rows.items()},
            origins={
                kind: np.array(at, np.int64).reshape(-1, 2)
                for kind, at in self.origins.items()
            },
            rows_read=self.sentences,
            quarantined=tuple(self.quarantined),
            notes=(*notes, *self.notes),
            header=self.header,
            counts=dict(sorted(self.counts.items())),
        )


def _hindrance(lack: Coverage, kind: str, key: str) -> Observation:
    """Return a restriction as the event it was."""
    shared = {name: getattr(lack, name) for name in _SHARED}
    return Observation(key=key, kind=kind, **shared)


def _stand(
    positions: Positions, phrase: PlacePhrase | None, *, by_area: bool
) -> str | None:
    """Return where the observer stood, for the confidential column."""
    if phrase is None:
        return None
    place = positions.of_phrase(phrase, by_area=by_area).place
    spot = (
        {}
        if place is None
        else {
            "lon": round(place.lon, 5),
            "lat": round(place.lat, 5),
            "radius_m": round(place.radius_m, 1),
        }
    )
    return packed({"text": phrase.text, **spot})


def _by_area(parsed: ParsedSentence, observed: Observed | None = None) -> bool:
    """Return whether a sentence speaks of a camera or a disengagement area."""
    camera = observed is not None and observed.platform == "camera"
    return camera or "disengagement area" in parsed.sentence.text.lower()


def report_id(header: ReportHeader) -> str:
    """Return what names a report in keys: its number, else a digest of its head."""
    spot = "spot-" if header.kind == "spot" else ""
    if header.number is not None:
        return f"{spot}{header.number}"
    day = (header.as_of.date() if header.as_of else header.issued_on) or "undated"
    told = f"{header.title}|{header.url}".encode()
    return f"{spot}{day}-{hashlib.sha256(told).hexdigest()[:8]}"


def sentence_id(text: str, told: Counter[str]) -> str:
    """Return what names a sentence within its report: a digest of its words.

    An extract of a report gives the keys that the whole report gives, whatever
    stands between its sentences; a sentence told again is `-2`, `-3` ...
    """
    words = " ".join(text.split()).encode()
    name = hashlib.sha256(words).hexdigest()[:10]
    told[name] += 1
    return name if told[name] == 1 else f"{name}-{told[name]}"


def cite(header: ReportHeader) -> str | None:
    """Return where a sentence can be read: number, title or address of its report."""
    name = "Spot Report" if header.kind == "spot" else "Daily Report"
    number = f"{name} {header.number}" if header.number is not None else header.title
    issued = f", issued {header.issued_on}" if header.issued_on and number else ""
    return f"OSCE SMM {number}{issued}" if number else header.url


def _is_timed(time: TimeSpan | None) -> bool:
    """Return whether an interval is known."""
    return time is not None and time.start is not None and time.end is not None


def _needs_date(parsed: ParsedSentence) -> bool:
    """Return whether a quantity has no date that the record could hold."""
    times = [o.time for o in parsed.observations] + [t.period for t in parsed.totals]
    return any(not _is_timed(time) for time in times)


def _each_place(found: tuple[Observed, ...]) -> Iterator[Observed]:
    """Yield what was perceived, an uncounted thing once for each place it names."""
    for observed in found:
        place = observed.place
        several = place is not None and len(place.names) > 1
        if (
            place is None
            or not several
            or observed.count
            or place.relation == "between"
        ):
            yield observed
            continue
        for name in place.names:
            yield replace(observed, place=replace(place, names=(name,), anchor=None))


def _previous_counts(
    sentences: tuple[ParsedSentence, ...],
) -> dict[int, dict[str | None, Published]]:
    """Return, by sentence, the counts that the sentence after gives for before."""
    out: dict[int, dict[str | None, Published]] = {}
    for index, parsed in enumerate(sentences[1:]):
        for total in parsed.totals:
            if total.period_kind == "previous":
                name = f"{total.region}/{total.measure}"
                out.setdefault(index, {})[name] = total
    return out


def _position(located: Located) -> dict[str, Any]:
    """Return the columns of a place, all None where it is not known."""
    place = located.place
    if place is None:
        return {"lon": None, "lat": None, "radius_m": None, "shape": None}
    return {
        "lon": round(place.lon, 6),
        "lat": round(place.lat, 6),
        "radius_m": round(place.radius_m, 1),
        "shape": shape_text(place.shape),
    }


def _name(phrase: PlacePhrase | None) -> str | None:
    """Return the name of a place as written; "A and B" for several."""
    return " and ".join(phrase.names) or None if phrase is not None else None


def _region(phrase: PlacePhrase | None) -> str | None:
    """Return the region of a place."""
    return phrase.region if phrase is not None else None


FORMAT = SmmReport()
