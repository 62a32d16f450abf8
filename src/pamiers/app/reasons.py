"""Say why, in words: of an incident by its weights, of a finding by its reasons."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pamiers.app.wiring import opened
from pamiers.compliance.explain import Reason
from pamiers.compliance.explain import explain as explain_finding
from pamiers.core.errors import UnknownTermError
from pamiers.fusion.explain import Explanation
from pamiers.fusion.explain import explain as explain_incident
from pamiers.mission.happened import happened
from pamiers.mission.judged import agreement_of, standing_findings, world_of
from pamiers.mission.mission import Mission
from pamiers.mission.news import Happened
from pamiers.mission.state import state
from pamiers.render.waterfall import speaker, text_lines


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
        found = incident_reasons(mission, key)
    return Why(values=asdict(found), lines=list(text_lines(found, speaker("en"))))


def incident_reasons(mission: Mission, key: str) -> Explanation:
    """Return an incident taken apart, under the ids that incidents bear.

    Args:
        mission: The mission.
        key: Id of an incident, or another name of one.

    Returns:
        Its explanation.

    Raises:
        UnknownTermError: No incident that stands has that id.
    """
    return reasons_in(happened(mission), key)


def reasons_in(what: Happened, key: str) -> Explanation:
    """Return an incident taken apart, of what was fused already.

    Args:
        what: Incidents and how they came of their reports.
        key: Id of an incident, or another name of one.

    Returns:
        Its explanation.

    Raises:
        UnknownTermError: No incident that stands has that id.
    """
    at = what.position(what.named.alias.get(key, key))
    if at is None:
        raise UnknownTermError(
            key,
            expected="the key of an incident that stands, or of a finding",
            got="neither",
            remedy="`pamiers incident list` and finding.jsonl of an export name them.",
        )
    found = explain_incident(what.fusion, what.fusion.keys[at])
    ids = dict(zip(what.fusion.keys, what.keys, strict=True))
    rivals = tuple(replace(each, key=ids[each.key]) for each in found.rivals)
    return replace(found, key=ids[found.key], rivals=rivals)


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
