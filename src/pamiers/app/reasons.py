"""Say why, in words: of an incident by its weights, of a finding by its reasons."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pamiers.app.wiring import opened
from pamiers.compliance.explain import Reason
from pamiers.compliance.explain import explain as explain_finding
from pamiers.core.errors import UnknownTermError
from pamiers.fusion.explain import Explanation, Link
from pamiers.fusion.explain import explain as explain_incident
from pamiers.mission.happened import happened
from pamiers.mission.judged import agreement_of, standing_findings, world_of
from pamiers.mission.mission import Mission
from pamiers.mission.news import Happened
from pamiers.mission.state import state


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """An explanation, as values and as lines of text."""

    values: dict[str, object]
    lines: list[str]


def reasons(folder: Path, key: str) -> Why:
    """Return why an incident or a finding is what it is.

    Args:
        folder: Mission folder.
        key: Key of an incident, or of a finding.

    Returns:
        Its explanation.

    Raises:
        UnknownTermError: Neither an incident nor a finding has that key.
    """
    with opened(folder) as mission:
        finding = _of_finding(mission, key)
        if finding is not None:
            return finding
        what = happened(mission)
        at = what.position(key)
        if at is None:
            raise UnknownTermError(
                key,
                expected="the key of an incident or of a finding",
                got="neither",
                remedy="Keys stand in the exports incident.jsonl and finding.jsonl.",
            )
        found = _under(what, explain_incident(what.fusion, what.fusion.keys[at]))
    return Why(values=asdict(found), lines=list(_weights(found)))


def _under(what: Happened, found: Explanation) -> Explanation:
    """Return an explanation under the ids that incidents bear."""
    ids = dict(zip(what.fusion.keys, what.keys, strict=True))
    rival = found.rival
    if rival is not None:
        rival = replace(rival, key=ids[rival.key])
    return replace(found, key=ids[found.key], rival=rival)


def _of_finding(mission: Mission, key: str) -> Why | None:
    for finding in standing_findings(mission):
        if finding.key == key:
            world = world_of(mission, state(mission))
            reason = explain_finding(finding, agreement_of(mission), world)
            return Why(values=asdict(reason), lines=list(_tree(reason, "")))
    return None


def _tree(reason: Reason, indent: str) -> Iterator[str]:
    yield f"{indent}{reason.text}"
    for each in reason.because:
        yield from _tree(each, f"{indent}  ")


def _weights(found: Explanation) -> Iterator[str]:
    yield f"Incident {found.key}: happened with probability {found.probability:.3f}"
    yield f"  {found.prior_bits:+8.2f} bits  before any report"
    for member in found.members:
        yield (
            f"  {member.bits:+8.2f} bits  {member.member} "
            f"(voice {member.voice}, {member.letter})"
        )
    yield f"  {found.total_bits:+8.2f} bits  in all"
    for link in found.links:
        yield f"Joined: {_link(link)}"
    if found.rival is not None:
        rival = found.rival
        yield f"Nearest other incident: {rival.key}, kept apart: {rival.why}"
        yield f"  {_link(rival.best)}"


def _link(link: Link) -> str:
    parts = ", ".join(f"{name} {bits:+.2f}" for name, bits in link.parts)
    return f"{link.first} and {link.second}: {link.total:+.2f} bits ({parts})"
