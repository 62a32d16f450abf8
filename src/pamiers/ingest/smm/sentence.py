"""What a sentence of a monitoring report says, as values.

Everything here is what the grammar *read*; nothing is resolved against a map or
a vocabulary of the record. Words of the text are kept beside each reading, so
that a person can check one against the other. A reading never states more than
its sentence: a missing part is None or an empty tuple.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Category(StrEnum):
    """The one kind a sentence that was understood belongs to."""

    OBSERVATION = "observation"  #: something seen, heard or recorded
    TOTAL = "total"  #: the Mission's own published count, zero included
    COMPARISON = "comparison"  #: more, fewer or similar, without a figure
    COVERAGE = "coverage"  #: looked and saw nothing, or a calm situation
    RESTRICTION = "restriction"  #: movement or means denied, delayed, jammed
    WITHDRAWAL = "withdrawal"  #: weapons against withdrawal lines and storage
    ACTIVITY = "activity"  #: what the Mission did; never an observed quantity


class Manner(StrEnum):
    """How a count was worded; vague words are kept, never turned into figures."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    OVER = "over"
    ALMOST = "almost"
    UP_TO = "up_to"
    RANGE = "range"
    VAGUE = "vague"  #: some, several, multiple, a plural without a number


class Standing(StrEnum):
    """Whether the Mission perceived it or was told of it."""

    OBSERVED = "observed"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of things as worded; `low` and `high` are the stated bounds.

    `about 30` keeps 30 as both bounds and says ABOUT; `over 200` keeps low=200
    and no high; `several` keeps neither.
    """

    low: int | None
    high: int | None
    manner: Manner
    text: str  #: the words of the sentence

    @property
    def stated(self) -> int | None:
        """Return the figure the text names: a range gives its lower end."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """A direction on the 16-wind rose; `half_width_deg` is its stated spread."""

    degrees: float  #: clockwise from north [deg]
    half_width_deg: float  #: 11.25 for a wind, 45 for "easterly directions"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """A stated distance between `low_m` and `high_m` [m], equal when single."""

    low_m: float
    high_m: float
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """Where an event was seen from the observer; None and () mean not known."""

    distance: Distance | None = None
    bearings: tuple[Bearing, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """A direction of flight, or of fire when only `origin` is given."""

    origin: Bearing | None = None
    goal: Bearing | None = None
    count: Count | None = None  #: how many of the counted things flew so
    mostly: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon:
    """A weapon as named: its class, and calibre or system when given."""

    kind: str
    calibre_mm: float | None = None
    system: str | None = None
    probable: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A larger town that fixes a place: "20km north-east of Mariupol"."""

    name: str
    distance: Distance
    bearing: Bearing


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePhrase:
    """A place as worded, with everything its phrase says of it."""

    names: tuple[str, ...]  #: one, or several joined by "and" or "between"
    relation: str = "in"  #: in, near, edge, inside, between, offset, outside
    offset: Distance | None = None  #: from the named place to the place meant
    bearing: Bearing | None = None  #: direction of that offset, or of an edge
    control: str | None = None  #: government, non_government, dpr, lpr
    anchor: Anchor | None = None
    former: str | None = None  #: "formerly Stakhanov"
    feature: str | None = None  #: checkpoint, disengagement area, training area
    region: str | None = None  #: Donetsk, Luhansk, Kherson
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """An interval [start, end) in UTC and how it was arrived at."""

    start: datetime | None
    end: datetime | None
    basis: str  #: stated, part-of-day, carried, reporting-period, unresolved
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A breakdown nested in a count, already contained in it."""

    count: Count | None
    weapon: Weapon | None = None
    flight: Flight | None = None
    place: PlacePhrase | None = None
    noun: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One counted thing that a sentence says was perceived."""

    kind: str  #: a word of `pamiers.ingest.smm.words.nouns`
    noun: str  #: the noun of the sentence
    count: Count | None
    description: str | None = None  #: undetermined, outgoing, incoming, impact
    weapons: tuple[Weapon, ...] = ()
    sense: str | None = None  #: heard, saw, saw and heard, recorded
    platform: str | None = None  #: patrol, camera, mini-uav, long-range-uav
    observer: PlacePhrase | None = None
    sector: Sector | None = None
    place: PlacePhrase | None = None  #: of the event, when named itself
    time: TimeSpan | None = None
    flights: tuple[Flight, ...] = ()
    parts: tuple[Part, ...] = ()
    standing: Standing = Standing.OBSERVED
    absent: bool = False  #: known of before, and said to be no longer there
    known: bool = False  #: told of again: "eight of the ten tanks", "had seen before"
    marks: tuple[str, ...] = ()  #: assessed words and qualifiers kept as read


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The Mission's own count of a kind in a region over a period."""

    region: str | None  #: None when the count is for the whole Mission area
    measure: str  #: ceasefire_violations, explosions
    count: Count | None  #: None when only a comparison was published
    change: str | None = None  #: more, fewer, similar, same
    previous: Count | None = None  #: the figure the same sentence gives before
    period: TimeSpan | None = None
    period_kind: str = "reporting"  #: reporting, previous, cumulative, stated


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHeader:
    """What a report says of itself; absent facts are None, never supplied."""

    number: str | None = None  #: "178/2020"
    issued_on: date | None = None
    as_of: datetime | None = None  #: UTC; the Mission's cut-off, 19:30 in Kyiv
    as_of_stated: bool = False  #: False when derived from the date of issue
    title: str | None = None
    url: str | None = None
    kind: str = "daily"  #: daily, spot, weekly, thematic
    line: int = 1  #: physical line at which the report begins
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One row: a sentence with the physical line on which it begins."""

    text: str
    line: int  #: from 1
    row: int  #: order among the sentences of the file, from 1
    paragraph: int = 0
    section: str | None = None  #: the heading it stands under
    day: str | None = None  #: the date that this heading gives
    prose: str | None = None  #: a row of a table, put as the sentence it stands for
    title: bool = False  #: a title that states a quantity, which the text may repeat
    report: ReportHeader = ReportHeader()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedSentence:
    """A sentence and what was read of it.

    Invariant: `category` is None exactly when `fault` says why not; an
    observed quantity never stands under `ACTIVITY`.
    """

    sentence: Sentence
    category: Category | None
    observations: tuple[Observed, ...] = ()
    totals: tuple[Published, ...] = ()
    places: tuple[PlacePhrase, ...] = ()
    time: TimeSpan | None = None
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()  #: words skipped, none of them a quantity
    fault: str | None = None
    denied: tuple[str, ...] = ()  #: kinds looked for and not perceived
