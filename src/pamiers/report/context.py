"""What every part of a report is made from: the inputs, seen through an edition."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

import pyarrow as pa

from pamiers.agreement.model import Agreement, Words
from pamiers.compliance.finding import Finding
from pamiers.core.rows import Coverage, Incident, Observation
from pamiers.core.table import Table
from pamiers.report.message import Named, named
from pamiers.report.period import Period, period_of
from pamiers.report.places import Gazetteer, NamedPlace, Whereabouts
from pamiers.report.product import PRODUCTS, Product, rows_of, speaks_of
from pamiers.report.redaction import Edition, Spot, edition_named, spot
from pamiers.report.sectors import Sectors
from pamiers.report.tally import counted

#: stands where nobody is named
UNNAMED: Final = Named(
    (
        ("en", "a source that is not named"),
        ("uk", "джерело, яке не назване"),
        ("fr", "une source qui n’est pas nommée"),
        ("lv", "avots, kas nav nosaukts"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyInputs:
    """Everything a daily report is composed from; nothing is looked up elsewhere.

    Tables hold the current state of the record as of the report: every day up to
    it, corrections and withdrawals applied. `incidents` and the findings hold at least
    those of the days that the kind of report covers, and of as many before.
    """

    agreement: Agreement
    day: date  #: the day whose cut-off ends the reporting period
    edition: str  #: public, parties or commission
    number: int  #: N of the report number N/YYYY
    now: datetime  #: when the report is made [UTC]
    head: str  #: root of the ledger over `entries` entries, hexadecimal
    entries: int
    checkpoint: str = ""  #: that of the record, unsigned (C2SP); empty: not stated
    observations: Table
    totals: Table
    coverage: Table
    statements: Table
    incidents: Table
    findings: tuple[Finding, ...] = ()
    previous_findings: tuple[Finding, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    source_names: Mapping[str, Words] = field(default_factory=dict)
    authors: frozenset[str] = frozenset()  #: sources that publish what they say
    product: Product = PRODUCTS["daily"]
    since: datetime | None = None
    #: when the measures counted from took effect; None: the latest clause's start


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The inputs with what follows from them directly."""

    inputs: DailyInputs
    period: Period
    edition: Edition
    sectors: Sectors
    gazetteer: Gazetteer
    observations: Table  #: and claims, less rows marked as an illustration
    coverage: Table  #: less rows marked as an illustration

    def spot(self, row: Observation | Coverage | Incident) -> Spot | None:
        """Return a row's position as the edition may give it."""
        return spot(row.at, self.edition)

    def whereabouts(self, at: Spot | None) -> Whereabouts | None:
        """Return a position in words, from what the edition may give of it."""
        if at is None:
            return None
        return self.gazetteer.describe(
            at.lon, at.lat, at.radius_m, step_km=self.edition.step_km
        )

    def who(self, identifier: str | None) -> Named | None:
        """Return what to call a source, party or role; None for nobody."""
        if not identifier:
            return None
        names = (self.inputs.source_names, self.inputs.agreement.names)
        told = [words for each in names if (words := each.get(identifier))]
        # A source registered under its id alone has no name yet.
        words = next((w for w in told if set(w.values()) != {identifier}), {})
        code = (("", identifier),) if words else ()
        return Named((*named(words, identifier).words, *code))

    def reporter(self, source: str) -> Named | None:
        """Return what to call who gave a row; that nobody is named where he is not."""
        return self.who(source) if self.edition.names(source) else UNNAMED

    def cited(self, source: str, cite: str | None) -> str | None:
        """Return where a row is from, where its source is named."""
        return cite if self.edition.names(source) else None

    def reporters(self, sources: str) -> tuple[Named, ...]:
        """Return what to call the sources of an incident, few of whom are not named."""
        every = [each for each in sources.split("; ") if each]
        hidden = {each for each in every if not self.edition.names(each)}
        if len(hidden) >= self.edition.least_sources:
            hidden = set()
        named = [self.who(each) for each in every if each not in hidden]
        told = [each for each in named if each is not None]
        return (*told, *([UNNAMED] if hidden else []))

    @property
    def since_day(self) -> date:
        """Return the reporting day from which running figures count."""
        since = self.inputs.since or measures_since(self.inputs)
        return self.period.day_of(since)


def context_of(inputs: DailyInputs) -> Context:
    """Return the context of a report's inputs.

    Raises:
        UnknownTermError: No such edition.
    """
    inputs = themed(inputs, inputs.product)
    return Context(
        inputs=inputs,
        period=period_of(inputs.agreement, inputs.day, inputs.product.days),
        edition=replace(edition_named(inputs.edition), authors=inputs.authors),
        sectors=Sectors(inputs.agreement),
        gazetteer=Gazetteer(inputs.places),
        observations=counted(inputs.observations),
        coverage=counted(inputs.coverage),
    )


def themed(inputs: DailyInputs, product: Product) -> DailyInputs:
    """Return the inputs that a kind of report is about; all of them without a theme.

    Args:
        inputs: Everything on record that the edition may hold.
        product: The kind of report.

    Returns:
        Inputs with the rows and findings of the theme. Coverage stays whole: what
        nobody could watch belongs to every theme.
    """
    if not product.families:
        return inputs
    clauses = {
        each.id
        for each in inputs.agreement.clauses
        if speaks_of(each, product.families)
    }
    category = pa.compute.equal(inputs.statements.columns["category"], product.category)
    return replace(
        inputs,
        observations=rows_of(inputs.observations, product.families),
        incidents=rows_of(inputs.incidents, product.families),
        totals=rows_of(inputs.totals, product.families),
        statements=inputs.statements.where(category),
        findings=tuple(f for f in inputs.findings if f.clause in clauses),
        previous_findings=tuple(
            f for f in inputs.previous_findings if f.clause in clauses
        ),
    )


def measures_since(inputs: DailyInputs) -> datetime:
    """Return when the latest clause in force on the day took effect.

    Returns:
        The latest start of a clause before the end of the reporting day; the start
        of the day itself where no clause is in force yet.
    """
    window = period_of(inputs.agreement, inputs.day).window
    starts = [
        reading.from_at
        for clause in inputs.agreement.clauses
        for reading in clause.readings
        if reading.from_at is not None and reading.from_at < window.end
    ]
    return max(starts, default=window.start)
