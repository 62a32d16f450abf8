"""How far each clause is carried out, 0 to 3, by rule and by what others recorded.

0 not initiated, 1 minimum, 2 intermediate, 3 complete. By rule: what has to be done
is complete once all who owe it have done it, or the count is reached; up to half of
it is the minimum, more is intermediate. What has to be kept goes by the share of
decided findings that are *kept*. Where nothing is on record there is no level: not
reported is not the same as not initiated. Ratings on record (`status:<clause>`) stand
beside the rule, each with its source, and never replace it or one another.

Source:
    The four levels are those of the Kroc Institute's barometer of the Colombian
    accord (peaceaccords.nd.edu/barometer); the shares are a choice made here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.agreement.model import Clause
from pamiers.compliance.finding import Verdict
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.calendar.duty import Duty, Occasion, Status
from pamiers.compliance.ledgers.calendar.settle import total_share
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import finding_reading, standing
from pamiers.compliance.ledgers.remark import Remark, remark
from pamiers.core.rows import read_extra

LEVELS: Final = ("not initiated", "minimum", "intermediate", "complete")
_HALF: Final = 0.5
_TO_DO: Final = frozenset(
    {Occasion.DEADLINE, Occasion.RESPONSE, Occasion.PERIOD, Occasion.TOTAL}
    | {Occasion.NOTICE}
)
_DONE: Final = frozenset({Status.DONE, Status.DONE_LATE, Status.DONE_UNTIMED})
_CANNOT: Final = frozenset({Status.LOCKED, Status.WAITING, Status.SUSPENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What one source recorded about how far a clause is carried out."""

    level: int
    source: str
    by: str | None  #: who rated, where the source is not the one
    at: datetime
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a clause is carried out: by rule, and by each rating on record."""

    clause: str
    title: dict[str, str]
    level: int | None  #: by rule; None: not reported, or not established
    share: float | None  #: done, of what is to be done or kept; None: not known
    why: Remark
    ratings: tuple[Rating, ...]  #: the last of each source

    @property
    def is_disputed(self) -> bool:
        """Tell whether the levels that are stated differ."""
        stated = {each.level for each in self.ratings}
        if self.level is not None:
            stated.add(self.level)
        return len(stated) > 1


def implementation(known: Known) -> tuple[Progress, ...]:
    """Return how far each clause is carried out, in the order of the file.

    Of rival readings the first counts.
    """
    duties: dict[str, list[Duty]] = {}
    for duty in calendar(known):
        duties.setdefault(duty.clause, []).append(duty)
    return tuple(
        _progress(clause, duties.get(clause.id, ()), known)
        for clause in known.agreement.clauses
    )


def _progress(clause: Clause, duties: Sequence[Duty], known: Known) -> Progress:
    first = [d for d in duties if not d.readings or clause.default.id in d.readings]
    acts = [d for d in first if d.occasion in _TO_DO]
    level, share, why = _by_duties(acts, known) if acts else _by_findings(clause, known)
    return Progress(
        clause=clause.id,
        title=dict(clause.title),
        level=level,
        share=share,
        why=why,
        ratings=tuple(_ratings(clause, known)),
    )


def level_of(share: float) -> int:
    """Return the level of a share done.

    Args:
        share: In [0, 1].

    Returns:
        0 for nothing, 3 for all, 1 up to a half, else 2.
    """
    if share <= 0.0:
        return 0
    if share >= 1.0:
        return 3
    return 1 if share <= _HALF else 2


_Level = tuple[int | None, float | None, Remark]


def _by_duties(acts: Sequence[Duty], known: Known) -> _Level:
    """Return the level of what is to be done, each duty counting alike."""
    if all(each.status in _CANNOT for each in acts):
        states = ", ".join(sorted({each.status.value for each in acts}))
        text = f"It cannot have begun: {states}."
        return 0, 0.0, remark("implementation.cannot", text, states=states)
    shares = [_share(each, known) for each in acts]
    told = [share for share in shares if share is not None]
    if not told:
        text = "Nothing is on record of it."
        return None, None, remark("implementation.not_reported", text)
    share = sum(told) / len(shares)
    done = sum(each.status in _DONE for each in acts)
    text = f"{done} of {len(acts)} duties done; share {share:.2f}."
    why = remark("implementation.duties", text, done=done, of=len(acts), share=share)
    return level_of(share), share, why


def _share(duty: Duty, known: Known) -> float | None:
    """Return how much of a duty is done; None where nothing is on record of it."""
    if duty.status in _DONE:
        return 1.0
    if duty.occasion is Occasion.TOTAL:
        return total_share(duty, known)
    return 0.0 if duty.status is Status.MISSED else None


def _by_findings(clause: Clause, known: Known) -> _Level:
    """Return the level of what is to be kept, by the share of findings kept."""
    found = known.findings_on(clause.id, finding_reading(clause, clause.default))
    kept = sum(each.verdict is Verdict.KEPT for each in found)
    breached = sum(each.verdict is Verdict.BREACHED for each in found)
    begun_at = standing(clause, known.now).from_at
    begun = begun_at is not None and begun_at <= known.now
    if not begun:
        text = "It is not in force yet."
        return 0, 0.0, remark("implementation.not_in_force", text)
    if not kept + breached:
        text = f"Not established: none of {len(found)} findings is decided."
        why = remark("implementation.undecided", text, findings=len(found))
        return None, None, why
    share = kept / (kept + breached)
    text = f"Kept in {kept} of {kept + breached} decided findings."
    why = remark("implementation.findings", text, kept=kept, decided=kept + breached)
    return level_of(share), share, why


def _ratings(clause: Clause, known: Known) -> Iterator[Rating]:
    last: dict[tuple[str, str], Rating] = {}
    for row in known.statements:
        at = row.given_at or row.start
        stated = read_extra(row.extra).get("level", "")
        rated = row.category == f"status:{clause.id}" and stated in ("0", "1", "2", "3")
        if not rated or at is None or at > known.now:
            continue
        rating = Rating(
            level=int(stated),
            source=row.source,
            by=row.actor,
            at=at,
            key=f"{row.source}:{row.key}",
        )
        held = last.get((row.source, row.actor or ""))
        if held is None or (held.at, held.key) < (rating.at, rating.key):
            last[row.source, row.actor or ""] = rating
    yield from (last[key] for key in sorted(last))
