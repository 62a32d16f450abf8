"""What was concluded about one clause over one interval, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NoReturn


class Verdict(StrEnum):
    """The four things that can be said of a clause; there is no fifth."""

    KEPT = "kept"  #: observed well enough, and nothing against it
    BREACHED = "breached"  #: an incident contrary to it is established
    UNDETERMINED = "undetermined"  #: observed, but the evidence does not decide
    UNOBSERVED = "unobserved"  #: nobody was in a position to see

    def __bool__(self) -> NoReturn:
        """Refuse to be a truth value: two of the four are neither."""
        raise TypeError(
            f"verdict: expected a comparison such as `v is Verdict.KEPT`, got {self} "
            "used as true or false. Name the verdicts you mean."
        )


class Why(StrEnum):
    """Why a verdict is what it is; one word a surface can put into any language."""

    ESTABLISHED = "established"  #: breached: incidents past the declared threshold
    DONE = "done"  #: kept: the act was observed in time
    WATCHED = "watched"  #: kept: coverage with a stated detection, and nothing seen
    LATE = "late"  #: breached: the act came after its deadline, or not at all
    PENDING = "pending"  #: undetermined: the deadline has not passed
    LOW_PROBABILITY = "low_probability"  #: undetermined: real or not is open
    TIME = "time"  #: undetermined: when it was, or by when it was due, is open
    LOCATION = "location"  #: undetermined: inside or outside is open
    CLASS = "class"  #: undetermined: of the class of the clause or not is open
    EXEMPTION = "exemption"  #: undetermined: an exception may apply
    ATTRIBUTION = "attribution"  #: undetermined: whether one who is bound did it
    PARTIAL_COVERAGE = "partial_coverage"  #: undetermined: part was watched
    DETECTION_UNSTATED = "detection_unstated"  #: undetermined: watched, how well?
    NO_COVERAGE = "no_coverage"  #: unobserved
    EXCEEDED = "exceeded"  #: breached: more than the clause allows
    SHORT = "short"  #: breached: fewer than the clause asks for
    NOT_DONE = "not_done"  #: breached: not done in time, and on record as not done
    NOT_ANNOUNCED = "not_announced"  #: breached: no notice, or one given too late
    OVERRUN = "overrun"  #: breached: past what had been announced or approved
    COUNTED = "counted"  #: kept: a count on record is within the limit
    ANNOUNCED = "announced"  #: kept: announced in time
    ON_RECORD = "on_record"  #: kept, or breached: a record says that it was so
    UNVERIFIED = "unverified"  #: undetermined: done as told, not verified yet
    LOCKED = "locked"  #: undetermined: what has to be done first is not done
    CONFLICT = "conflict"  #: undetermined: what is on record contradicts itself
    COUNT = "count"  #: undetermined: how many there are is open
    ACCESS_DENIED = "access_denied"  #: unobserved: observation was refused


#: what may be said of who did it, where it may not be said at all
NOT_MANDATED = "not mandated"
UNATTRIBUTED = "not attributed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The judgement of one clause: in one sector over one reporting day, or once.

    What is owed once, or once for each occasion, is judged once: its interval is
    the time in which it was owed.

    Invariants: `probability_low <= reported_high <= probability_high`: what nobody
    could have seen may have been a breach. The probability stands
    beside the verdict and never replaces it; `attribution` is a separate field,
    never implied by a breach.
    """

    key: str  #: stable id, a digest of clause, reading, sector and interval
    clause: str  #: id of the clause
    reading: str | None  #: which of rival interpretations this holds under
    sector: str | None  #: sector of the agreement; None where it has none
    start: datetime  #: [UTC]
    end: datetime  #: [UTC]
    verdict: Verdict
    why: Why
    probability_low: float  #: P(breach), lower bound
    probability_high: float  #: P(breach), upper bound; 1 where too little was watched
    reported_high: float  #: upper bound from what was reported alone
    coverage_share: float  #: share of interval and sector that was watched, [0, 1]
    detection: float | None  #: P(noticing one event where watched); None if unstated
    count_low: int  #: events surely counted against the clause
    count_high: int | None  #: events possibly counted; None is "or more"
    margin_m: float | None  #: how far inside the forbidden distance [m], if one
    evidence: tuple[str, ...]  #: keys of incidents, strongest first
    exempt: tuple[str, ...]  #: keys of incidents taken out by an exception
    attribution: str  #: `not mandated`, `not attributed`, or a party id
    attribution_share: tuple[tuple[str, float], ...]  #: party -> share; "": not known
    known_at: datetime  #: last knowledge it rests on [UTC]
    agreement: str  #: digest of the agreement version judged against
    party: str | None = None  #: whose alone it is; None: of several together
    zone: str | None = None  #: zone judged by itself
    counter: str | None = None  #: whose tallies it goes by
    occasion: str | None = None  #: key of the fact that gave rise to the duty
    due_at: datetime | None = None  #: by when it was, or is, to be done [UTC]
    done_at: datetime | None = None  #: when it was surely done [UTC]
    late_s: float | None = None  #: how late it is, or was done [s]
    limit: float | None = None  #: how many, or how much for each, the clause allows
    measured_low: float | None = None  #: how many there surely are or were
    measured_high: float | None = None  #: how many there possibly are or were
    margin: float | None = None  #: how many over the limit, or short of it
    locked_by: tuple[str, ...] = ()  #: what has to be done first
    exempt_under: tuple[str, ...] = ()  #: exemption of each of `exempt`, in order
    rough: bool = False  #: too many combinations: the probabilities only bound it
    closed_at: datetime | None = None  #: from when on only late facts bear on it [UTC]
    supersedes: str | None = None  #: id of the earlier finding it takes the place of
    turned_by: tuple[str, ...] = ()  #: keys of what came, or went, and turned that
