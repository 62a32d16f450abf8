"""Assumptions against their agreement: names, both parties, figures that fit."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from pamiers.agreement.complaint import Notes
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.written import Written
from pamiers.deterrence.assumptions.check_levers import check_levers
from pamiers.deterrence.assumptions.names import once, unknown
from pamiers.deterrence.assumptions.written import (
    ClauseStakes,
    Figure,
    Incentives,
    LadderStep,
    PartyStakes,
)


def check_against(found: Incentives, agreement: Written, notes: Notes) -> None:
    """Complain of everything by which assumptions do not fit their agreement.

    Args:
        found: The assumptions as read.
        agreement: The agreement they stand beside.
        notes: Takes the complaints.
    """
    _check_heading(found, agreement, notes)
    _check_parties(found, agreement, notes)
    _check_clauses(found, agreement, notes)
    _check_steps(found, agreement, notes)
    check_levers(found, notes)
    _check_bases(found, notes)


def _check_heading(found: Incentives, agreement: Written, notes: Notes) -> None:
    heading = known(agreement.agreement)
    own = known(heading.id) if heading is not None else None
    if own is not None and isinstance(found.agreement, str) and found.agreement != own:
        unknown(notes, "agreement", "the agreement beside it", found.agreement, [own])
    if isinstance(found.by, str) and found.by and found.by not in found.bases:
        unknown(notes, "by", "a basis", found.by, found.bases)
    if not isinstance(found.period, Blank) and found.period.amount <= 0:
        got = f"expected more than no time, got {found.period}"
        notes.complain("I-RANGE", "period", got, "State its length, such as '7 d'.")


def party_ids(agreement: Written) -> tuple[str, ...]:
    """Return the parties of an agreement, in its order; blanks are left out."""
    heading = known(agreement.agreement)
    return filled(heading.parties) if heading is not None else ()


def _check_parties(found: Incentives, agreement: Written, notes: Notes) -> None:
    parties = party_ids(agreement)
    for party in found.parties:
        if party not in parties:
            unknown(notes, f"parties.{party}", "a party", party, parties)
    for party in parties:
        if party not in found.parties:
            notes.complain(
                "I-PARTY",
                "parties",
                f"expected the stakes of every party, got none for {party!r}",
                "State them: there is no result for one party only.",
            )


def _check_clauses(found: Incentives, agreement: Written, notes: Notes) -> None:
    ids = {each.id for each in agreement.clauses if isinstance(each.id, str)}
    tested = {each.id for each in found.clauses}
    steps = [each.id for each in found.ladder]
    for index, each in enumerate(found.clauses):
        path = f"clauses[{index}]"
        if isinstance(each.id, str) and each.id not in ids:
            unknown(notes, f"{path}.id", "a clause", each.id, ids)
        _check_per_party(each.gain, f"{path}.gain", found, notes)
        _check_means(each, path, agreement, notes)
        for name in filled(each.answered_by):
            if name not in steps:
                unknown(notes, f"{path}.answered_by", "a step", name, steps)
        once(filled(each.answered_by), f"{path}.answered_by", notes)
    if left := sorted(ids - tested):
        notes.complain(
            "W-INCENTIVE-LEFT",
            "clauses",
            f"expected every clause of the agreement to be put to the test, got none "
            f"of {', '.join(left)}",
            "Add them, or say to the reader why they are left out.",
        )


def _check_means(
    each: ClauseStakes, path: str, agreement: Written, notes: Notes
) -> None:
    for means in each.detection:
        if means not in agreement.monitoring:
            here = f"{path}.detection.{means}"
            unknown(notes, here, "a means of monitoring", means, agreement.monitoring)


def _check_per_party(given: object, path: str, found: Incentives, notes: Notes) -> None:
    if not isinstance(given, Mapping):
        return
    for party in found.parties:
        if party not in given:
            notes.complain(
                "I-PARTY",
                path,
                f"expected a figure for every party, got none for {party!r}",
                "State it, or one figure for both.",
            )
    for party in given:
        if party not in found.parties:
            unknown(notes, f"{path}.{party}", "a party", party, found.parties)


def _check_steps(found: Incentives, agreement: Written, notes: Notes) -> None:
    known_names = {*agreement.actors, *agreement.roles}
    used = {name for each in found.clauses for name in filled(each.answered_by)}
    for index, step in enumerate(found.ladder):
        path = f"ladder[{index}]"
        _check_per_party(step.loss, f"{path}.loss", found, notes)
        if isinstance(step.responder, str) and step.responder not in known_names:
            here = f"{path}.responder"
            unknown(notes, here, "an actor or role", step.responder, known_names)
        if isinstance(step.id, str) and step.id not in used:
            notes.complain(
                "I-UNUSED",
                f"{path}.id",
                f"expected a clause that is answered by {step.id!r}, got none",
                "Name it in `answered_by` of a clause, or remove the step.",
            )


def figures(found: Incentives) -> Iterator[tuple[str, Figure]]:
    """Yield every figure of the assumptions with its path, in the order of the file."""
    if isinstance(found.correlation, Figure):
        yield "correlation", found.correlation
    for party, stakes in found.parties.items():
        if isinstance(stakes, PartyStakes):
            yield from _figures_of(stakes, f"parties.{party}")
            if not isinstance(stakes.belief, Blank):
                yield from _figures_of(stakes.belief, f"parties.{party}.belief")
    for index, each in enumerate(found.clauses):
        yield from _figures_of(each, f"clauses[{index}]")
    for index, step in enumerate(found.ladder):
        yield from _figures_of(step, f"ladder[{index}]")


def _figures_of(
    record: "PartyStakes | ClauseStakes | LadderStep | object", path: str
) -> Iterator[tuple[str, Figure]]:
    for each in fields(record):  # type: ignore[arg-type]  # records are dataclasses
        value = getattr(record, each.name)
        if isinstance(value, Figure):
            yield f"{path}.{each.name}", value
        elif isinstance(value, Mapping) and each.name != "extra":
            for key, figure in value.items():
                if isinstance(figure, Figure):
                    yield f"{path}.{each.name}.{key}", figure


def _check_bases(found: Incentives, notes: Notes) -> None:
    for path, figure in figures(found):
        if not figure.by and not found.by:
            notes.complain(
                "I-BASIS",
                path,
                "expected whose judgement this is, got no basis for it or for the file",
                "Add `by:` with one of the bases.",
            )
        elif figure.by and figure.by not in found.bases:
            unknown(notes, path, "a basis", figure.by, found.bases)
