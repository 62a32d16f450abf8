"""Where a case stands: its steps, its grounds, and what has happened to it so far.

The one object of this room that changes; it never leaves `advance` but inside a
`Case`, where nobody changes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile

from pamiers.procedure.event import Breach


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One step in one round: waiting, open, done, lapsed or withdrawn."""

    status: str = "waiting"
    opened_at: datetime | None = None
    due_at: datetime | None = None  #: None: no time is set
    base_at: datetime | None = None  #: due before what follows
    longer: tuple[str, ...] = ()  #: durations by which it was prolonged
    passed_to: tuple[str, ...] = ()
    passed_due: datetime | None = None
    lapsed_at: datetime | None = None  #: when its time ran out; kept when done late
    ended_at: datetime | None = None
    by: str = ""
    outcome: str = ""
    deemed: bool = False
    first: tuple[str, str, str] | None = None  #: of four eyes: by, person, outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyState:
    """A remedy that was determined, and what came of it."""

    determined_at: datetime
    by: str
    of: tuple[str, ...]  #: who is to do it
    due_at: datetime
    done_at: datetime | None = None
    check_at: datetime | None = None  #: until when it is to be verified
    verified_at: datetime | None = None
    refused_at: datetime | None = None  #: found not to have been done


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One thing that became so. Invariant: `identity` stands once in a case."""

    at: datetime  #: when it became so [UTC]
    what: str
    key: str = ""
    by: str = ""
    due_at: datetime | None = None
    outcome: str = ""
    reason: str = ""
    round: int = 0
    number: int = 1  #: of those that are alike but for who, and what came of it

    def is_like(self, other: "Transition") -> bool:
        """Tell whether another is the same but for who, and what came of it."""
        one, two = (
            (self.round, self.what, self.key),
            (other.round, other.what, other.key),
        )
        return self.at == other.at and one == two

    @property
    def identity(self) -> str:
        """Return what tells it apart within its case."""
        alike = f"{self.round}/{self.what}/{self.key}/{self.at.isoformat()}"
        return alike if self.number == 1 else f"{alike}/{self.number}"


@dataclass(slots=True, kw_only=True)
class Standing:
    """Where a case stands."""

    status: str = "new"  #: new, open, closed, merged
    opened_at: datetime | None = None
    opened_by: tuple[str, ...] = ()
    round: int = 0  #: how often it was reopened
    base_at: datetime | None = None  #: reopened; clocks run from here
    receipt_at: datetime | None = None
    report_at: datetime | None = None
    complaint_at: datetime | None = None
    breaches: dict[str, Breach] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)  #: retracted, parted
    recorded: tuple[str, ...] = ()  #: kinds of event
    met: frozenset[str] = frozenset()
    steps: dict[str, StepState] = field(default_factory=dict)
    votes: dict[str, dict[str, str]] = field(default_factory=dict)
    sessions: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    recused: frozenset[str] = frozenset()
    vacant: frozenset[str] = frozenset()
    asked: dict[str, tuple[str, str, frozenset[str]]] = field(default_factory=dict)
    hands: dict[str, str] = field(default_factory=dict)  #: who -> which kind of act
    attribution: dict[str, object] = field(default_factory=dict)
    remedies: dict[str, RemedyState] = field(default_factory=dict)
    replies: dict[str, datetime | None] = field(default_factory=dict)
    reply_at: datetime | None = None  #: since when replies are asked for
    reply_due: datetime | None = None
    appeal_at: datetime | None = None
    appeal_by: str = ""
    appeal_due: datetime | None = None
    decided_at: datetime | None = None  #: what may be appealed against
    suspended_at: datetime | None = None
    suspended_until: datetime | None = None
    pauses: tuple[tuple[datetime, datetime], ...] = ()  #: nothing ran; apart, in order
    evidence_at: datetime | None = None
    evidence_due: datetime | None = None
    minutes_due: datetime | None = None
    minutes_at: datetime | None = None
    signatures: dict[str, str] = field(default_factory=dict)
    publication_due: datetime | None = None
    published_at: datetime | None = None
    outcome: str = ""
    closed_at: datetime | None = None
    lapsed: frozenset[str] = frozenset()  #: other times that ran out
    reached_at: datetime | None = None  #: when the last thing so far came about
    log: list[Transition] = field(default_factory=list)

    def copy(self) -> "Standing":
        """Return one that may be changed without changing this."""
        return replace(
            self,
            breaches=dict(self.breaches),
            gone=dict(self.gone),
            steps=dict(self.steps),
            votes={name: dict(each) for name, each in self.votes.items()},
            sessions=dict(self.sessions),
            asked=dict(self.asked),
            hands=dict(self.hands),
            attribution=dict(self.attribution),
            remedies=dict(self.remedies),
            replies=dict(self.replies),
            signatures=dict(self.signatures),
            log=list(self.log),
        )

    @property
    def active(self) -> tuple[Breach, ...]:
        """Return the findings and allegations that stand."""
        return tuple(b for key, b in self.breaches.items() if key not in self.gone)

    @property
    def concerned(self) -> frozenset[str]:
        """Return the parties that a finding or allegation is about."""
        return frozenset(b.party for b in self.active if b.party)

    def pause(self, since: datetime, until: datetime) -> None:
        """Take note that nothing ran for a time."""
        apart = [p for p in self.pauses if p[1] < since or until < p[0]]
        joined = [p for p in self.pauses if p not in apart]
        start = min([since, *(a for a, _ in joined)])
        end = max([until, *(b for _, b in joined)])
        self.pauses = tuple(sorted([*apart, (start, end)]))

    def note(self, at: datetime, what: str, key: str = "", **facts: object) -> None:
        """Add what became so to the log; instants never go back in it."""
        found = Transition(at=at, what=what, key=key, round=self.round, **facts)  # type: ignore[arg-type] # names are those of Transition
        alike = 1 + sum(found.is_like(each) for each in self._at_the_end(at))
        self.log.append(found if alike == 1 else replace(found, number=alike))

    def _at_the_end(self, at: datetime) -> Iterator[Transition]:
        """Yield what became so at an instant, if that is the last one of the log."""
        return takewhile(lambda each: each.at == at, reversed(self.log))
