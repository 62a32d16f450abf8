"""What it means: findings, each beside its clause, its reasons and its evidence."""

from dataclasses import asdict
from typing import Any, Final

from pamiers.app.pages.readers import Reader, columns
from pamiers.compliance.explain import explain_before
from pamiers.compliance.finding import Finding
from pamiers.core.errors import UnknownTermError
from pamiers.core.instant import format_instant
from pamiers.mission.assessed import assessed
from pamiers.mission.mission import basis
from pamiers.report.redaction import distance_km

_COLUMNS: Final = (
    *("key", "clause", "sector", "start", "end", "verdict", "why", "reading"),
    *("probability_low", "probability_high", "coverage_share", "evidence"),
)
#: fields of a finding whose change is told
_TOLD: Final = (
    *("verdict", "why", "probability_low", "probability_high", "coverage_share"),
    *("attribution", "evidence", "count_low", "count_high"),
)


def findings(reader: Reader) -> dict[str, Any]:
    """Return every finding as columns; of `evidence` how many incidents there are.

    Args:
        reader: The mission as its reader sees it.

    Returns:
        Columns of equal length, in the order of the record; empty for none.
    """
    listed = [
        {**_plain(each, reader), "evidence": len(each.evidence)}
        for each in reader.findings
    ]
    return {"findings": columns(listed, _COLUMNS)}


def finding(reader: Reader, key: str) -> dict[str, Any]:
    """Return one finding with its clause, its proof tree and its incidents.

    Args:
        reader: The mission as its reader sees it.
        key: Id of the finding.

    Returns:
        The finding, the clause's words, why, and what it rests on.

    Raises:
        UnknownTermError: There is no such finding, or the reader may not see it.
    """
    for each in reader.findings:
        if each.key == key:
            return _whole(each, reader)
    raise UnknownTermError(
        "finding",
        expected="the id of a finding that stands",
        got=repr(key),
        remedy="The list of findings names them.",
    )


def _whole(found: Finding, reader: Reader) -> dict[str, Any]:
    clause = reader.agreement.clause(found.clause)
    by_key = {each["key"]: each for each in reader.incidents}
    return {
        "finding": _plain(found, reader),
        "clause": {
            "id": clause.id,
            "title": dict(clause.title),
            "text": dict(clause.text),
            "cite": clause.cite,
            "verb": clause.verb.value,
            "readings": list(dict.fromkeys(each.id for each in clause.readings)),
        },
        "why": asdict(explain_before(found, reader.court)),
        "evidence": [by_key.get(each) for each in found.evidence],
        "exempt": list(found.exempt),
        **_versions(found, reader),
    }


def _versions(found: Finding, reader: Reader) -> dict[str, Any]:
    """Return how a finding differs from what was put on record of it.

    Returns:
        `assessed`, the entry and instant of the last assessment, null where there was
        none; `newer`, whether facts came since that may bear on it; `since` and
        `before`, what they changed and what that assessment had changed, field by
        field: empty where nothing, null where it can no longer be told.
    """
    made = assessed(reader.mission, reader.live.projections)
    if not made:
        return {"assessed": None, "newer": True, "since": None, "before": None}
    last = made[0]
    told = {"entry": last.entry, "at": format_instant(last.recorded_at)}
    then = last.finding(found.key)
    earlier = made[1].finding(found.key) if len(made) > 1 else None
    return {
        "assessed": told,
        "newer": last.basis != basis(reader.mission),
        "since": _changes(then, found, reader),
        "before": _changes(earlier, then, reader),
    }


def _changes(
    old: Finding | None, new: Finding | None, reader: Reader
) -> list[dict[str, Any]] | None:
    if old is None or new is None:
        return None
    was, now = _plain(old, reader), _plain(new, reader)
    return [
        {"field": name, "was": was[name], "now": now[name]}
        for name in _TOLD
        if was[name] != now[name]
    ]


def _plain(found: Finding, reader: Reader) -> dict[str, Any]:
    plain = asdict(found)
    for name in ("start", "end", "due_at", "done_at", "closed_at", "known_at"):
        plain[name] = None if plain[name] is None else format_instant(plain[name])
    if not reader.edition.confidential and found.margin_m is not None:
        rounded = distance_km(found.margin_m, reader.edition)
        plain["margin_m"] = (rounded or 0) * 1000
    return plain
