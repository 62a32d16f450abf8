"""The readings of a clause: answers, counters and amendments multiplied out.

Every combination of answers is a reading; so is every counter whose tallies are
judged side by side; and every reading comes in one version per amending instrument,
each in force from where it amends until the next one does. Answers are applied
before amendments: an instrument that settles a figure settles it in every reading.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.model import Matter, Reading, Requirement
from pamiers.agreement.resolve.about import slacks
from pamiers.agreement.resolve.matter import (
    bound,
    counters,
    matter,
    matter_of,
    notice_of,
    period_of,
)
from pamiers.agreement.resolve.office import steps
from pamiers.agreement.resolve.sure import held, moments, sure
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import Moment
from pamiers.agreement.written import (
    Amendment,
    Announced,
    Limit,
    Near,
    Option,
    Periodic,
    Proportion,
    Provision,
    Question,
    Trigger,
)
from pamiers.agreement.written import Matter as WrittenMatter
from pamiers.agreement.written import Requirement as WrittenRequirement

AS_WRITTEN: Final = "as-written"
_Answered = tuple[tuple[str, ...], tuple[dict[str, str], ...], Provision, WrittenMatter]


@dataclass(frozen=True, slots=True)
class _Version:
    """A clause and its matter as one instrument has them, for a time."""

    clause: Provision
    found: WrittenMatter
    instrument: str = ""
    from_: tuple[Moment, ...] = ()
    until: tuple[Moment, ...] = ()


def readings(
    clause: Provision,
    parties: tuple[str, ...],
    counted: Literal["elapsed", "wall_clock"],
) -> Iterator[Reading]:
    """Yield the readings of a clause, without instants; versions side by side.

    Args:
        clause: The clause as written.
        parties: Whom clauses may bind, in the order of the file.
        counted: How a duration runs that does not say.

    Yields:
        Readings in the order of answers; then of counters; then of amendments.
    """
    for names, said, read_as, found in _answered(clause):
        for counter, slack in itertools.product(counters(found), slacks(found)):
            parts = (*names, counter or "", slack.name if slack else "")
            name = "+".join(part for part in parts if part) or AS_WRITTEN
            for version in _versions(read_as, found):
                reading = replace(
                    _reading(version, bearers(version.clause, parties)),
                    bound=bound(version.clause, version.found, counter, slack),
                )
                yield replace(
                    reading,
                    id=name,
                    answers=(*said, *((slack.says,) if slack else ())),
                    since=moments(read_as.from_),
                    without=_dropped(clause, version.clause),
                    within_s=_elapsed_s(reading.lasting, counted),
                )


def bearers(clause: Provision, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom a clause binds: parties in their order, then others as written."""
    names = filled(clause.bearer)
    wanted = {*names, *(parties if EACH_PARTY in names else ())}
    bound_parties = tuple(each for each in parties if each in wanted)
    others = (each for each in names if each not in parties and each != EACH_PARTY)
    return (*bound_parties, *dict.fromkeys(others))


def _answered(
    clause: Provision,
) -> Iterator[
    tuple[tuple[str, ...], tuple[dict[str, str], ...], Provision, WrittenMatter]
]:
    """Yield each combination of answers: names, words, clause and matter so read."""
    questions = [
        [(name, held(each, Option)) for name, each in held(q, Question).options.items()]
        for q in clause.readings
    ]
    for answers in itertools.product(*questions):
        read_as, found = clause, matter_of(clause)
        for _, option in answers:
            read_as, found = apply(option, read_as, found)
        said = tuple(dict(sure(option.says)) for _, option in answers)
        yield tuple(name for name, _ in answers), said, read_as, found


def _versions(clause: Provision, found: WrittenMatter) -> Iterator[_Version]:
    """Yield a clause as first written, then as each instrument amended it."""
    changes = [held(each, Amendment) for each in clause.amended]
    begins = moments(*(each.on for each in changes))
    version = _Version(clause, found)
    for index in range(len(changes) + 1):
        own = version.clause
        started = begins[index - 1 : index] if index else ()
        by_then = moments(*own.deadline) if own.ratio is not None else ()
        yield replace(
            version,
            from_=(*moments(own.from_), *started, *by_then),
            until=(*moments(own.until), *begins[index : index + 1]),
        )
        if index < len(changes):
            read_as, changed = apply(changes[index], own, version.found)
            version = _Version(read_as, changed, sure(changes[index].instrument))


def apply(
    option: Option, clause: Provision, found: WrittenMatter
) -> tuple[Provision, WrittenMatter]:
    """Return a clause and its matter with what an answer or amendment changes.

    Args:
        option: What it changes; what is left out stays.
        clause: The clause.
        found: Its matter.

    Returns:
        Both, changed.
    """
    read_as = replace(
        clause,
        bearer=option.bearer or clause.bearer,
        from_=option.from_ or clause.from_,
        until=option.until or clause.until,
        hours=option.hours or clause.hours,
        days=option.days or clause.days,
        deadline=option.deadline or clause.deadline,
        lasting=option.lasting or clause.lasting,
        requires=option.requires or clause.requires,
        unless=tuple(each for each in clause.unless if each.id not in option.without),
    )
    if isinstance(clause.ratio, Proportion) and option.per:
        read_as = replace(read_as, ratio=replace(clause.ratio, per=option.per))
    changed = replace(
        found,
        near=_near(option, found),
        of=option.of or found.of,
        in_=option.in_ or found.in_,
        not_in=option.not_in or found.not_in,
        where=option.where or found.where,
    )
    return read_as, _measured(option, changed)


def _measured(option: Option, found: WrittenMatter) -> WrittenMatter:
    match found:
        case Limit():
            return replace(
                found,
                n=option.n or found.n,
                per=option.per or found.per,
                presence_lasts=option.presence_lasts or found.presence_lasts,
            )
        case Announced():
            return replace(found, before=option.before or found.before)
        case Periodic():
            return replace(found, period=option.period or found.period)
        case _:
            return found


def _near(option: Option, found: WrittenMatter) -> Near | Blank | None:
    near = found.near
    if isinstance(near, Blank):
        return near
    if not (option.line or option.distance or option.width):
        return near
    base = near or Near()
    measured = bool(option.distance or option.width)
    return replace(
        base,
        of=option.line or base.of,
        distance=option.distance if measured else base.distance,
        width=option.width if measured else base.width,
    )


def _reading(version: _Version, bound_: tuple[str, ...]) -> Reading:
    clause, found = version.clause, version.found
    looked_for = matter(found, bound_)
    before, matching = notice_of(found)
    return Reading(
        id=AS_WRITTEN,
        subject=looked_for.subject,
        kinds=looked_for.kinds,
        state=looked_for.state,
        classes=looked_for.classes,
        where=looked_for.where,
        condition=looked_for.condition,
        by=looked_for.by,
        not_by=looked_for.not_by,
        status=looked_for.status,
        each_zone=filled(found.in_each),
        bearers=bound_,
        version=version.instrument,
        from_at=None,
        until_at=None,
        by_at=None,
        from_=version.from_,
        until=version.until,
        hours=filled(clause.hours),
        days=filled(clause.days),
        deadline=_deadlines(clause),
        lasting=known(clause.lasting),
        other=_other(clause, bound_),
        upon=matter(clause.upon, bound_) if isinstance(clause.upon, Trigger) else None,
        same=matching or filled(clause.same),
        before=before,
        period=period_of(found),
        first=filled(found.first) if isinstance(found, Periodic) else (),
        requires=tuple(_requirements(clause.requires)),
    )


def _deadlines(clause: Provision) -> tuple[Moment, ...]:
    """Return by when something has to be done; a ratio holds from its deadline on."""
    if clause.ratio is not None:
        return ()
    return (*moments(*clause.deadline), *steps(clause))


def _other(clause: Provision, bound_: tuple[str, ...]) -> Matter | None:
    if not isinstance(clause.ratio, Proportion):
        return None
    return matter(held(clause.ratio.to, Limit), bound_)


def _requirements(
    required: Sequence[WrittenRequirement | Blank],
) -> Iterator[Requirement]:
    for each in required:
        wanted = held(each, WrittenRequirement)
        yield Requirement(
            clause=str(wanted.clause) or None,
            event=str(wanted.event) or None,
            by=str(wanted.by) or None,
        )


def _dropped(clause: Provision, version: Provision) -> tuple[str, ...]:
    """Return the exemptions of a clause that one version of it does not have."""
    held = {each.id for each in version.unless}
    return tuple(sure(each.id) for each in clause.unless if each.id not in held)


def _elapsed_s(
    lasting: Duration | None, counted: Literal["elapsed", "wall_clock"]
) -> float | None:
    """Return the time allowed [s] where it is the same whenever it begins."""
    if lasting is None or lasting.months is not None:
        return None
    elapsed = (lasting.reckoning or counted) == "elapsed"
    return lasting.quantity.base if elapsed else None
