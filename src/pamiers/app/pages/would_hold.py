"""Would it hold, and where to watch: the report of the stress test, and the plan.

Both are made of what `pamiers stress --report` and `pamiers deploy` are made of. The
figures rest on every clause at once; where a circle may not read one of them, it is
given none of the figures, since leaving the clause out would give others.
"""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from pamiers.app.pages.readers import Reader
from pamiers.app.pages.words import known_language
from pamiers.app.weighed import DEPLOYMENT, INCENTIVES, PlanSeen, Weighed
from pamiers.core.sharing import Sharing
from pamiers.mission.versions import agreement_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pamiers.deployment.remarks import Remark
    from pamiers.report.stress import Names, StressReport

Values = dict[str, Any]


def deterrence(reader: Reader, language: str) -> Values:
    """Return the report of the agreement's stress test in a language.

    Args:
        reader: The mission as its reader sees it.
        language: One of the pages' languages.

    Returns:
        `state`: `ready`, `missing` (a file), `faulty` (one that cannot be computed
        with) or `withheld` (the reader may not read a clause that it is about);
        `missing` files, `complaints` for the commission, and the `page`.

    Raises:
        UnknownTermError: No such language.
        StoreError: It is still being worked out; ask again.
    """
    known_language(language)
    found = _weighed(reader)
    ready = found.report is not None and not _closed(reader, found)
    report = found.report if ready else None
    return {
        "state": _state(reader, found, INCENTIVES, ready=ready),
        **_why(reader, found),
        "page": None if report is None else _page(report, language),
    }


def deployment(reader: Reader, language: str) -> Values:
    """Return the plan of posts in a language, as far as a reader may know it.

    Args:
        reader: The mission as its reader sees it.
        language: One of the pages' languages.

    Returns:
        `state` and what goes with it as for `deterrence`; `plan` as `pamiers deploy
        --public --json` gives it, what it `says`, and areas as they are in the
        agreement. `protected`: chances and margins, posts, gaps, losses and stretches,
        for those who place posts; None for all others.

    Raises:
        UnknownTermError: No such language.
        StoreError: It is still being worked out; ask again.
    """
    known_language(language)
    found = _weighed(reader)
    ready = found.plan is not None and not _closed(reader, found)
    plan = found.plan if ready else None
    told = {} if plan is None else _plan(plan, language)
    return {
        "state": _state(reader, found, DEPLOYMENT, ready=ready),
        **_why(reader, found),
        **told,
        "protected": _protected(plan, language) if plan and _places(reader) else None,
    }


def _page(report: "StressReport", language: str) -> Values:
    from pamiers.render.stress.plain import plain_page  # noqa: PLC0415 - slow to load

    return plain_page(report, language)


def _weighed(reader: Reader) -> Weighed:
    return reader.weigh(agreement_files(reader.mission))


def _closed(reader: Reader, found: Weighed) -> bool:
    return bool(reader.secret & found.clauses)


def _places(reader: Reader) -> bool:
    """Tell whether a reader may know where posts stand: never below the commission."""
    return reader.placing and Sharing(reader.edition.id) >= Sharing.COMMISSION


def _state(reader: Reader, found: Weighed, file: str, *, ready: bool) -> str:
    if ready:
        return "ready"
    if _closed(reader, found):
        return "withheld"
    return "missing" if {file, INCENTIVES} & set(found.missing) else "faulty"


def _why(reader: Reader, found: Weighed) -> Values:
    """Return what is missing; to the commission also what is wrong, line by line."""
    able = Sharing(reader.edition.id) >= Sharing.COMMISSION
    return {
        "missing": list(found.missing),
        "complaints": [each.to_dict() for each in found.complaints] if able else [],
        "refused": found.refused if able else "",
    }


def _plan(plan: PlanSeen, language: str) -> Values:
    from pamiers.render.remarks import plan_limits  # noqa: PLC0415 - slow to load

    return {
        "limits": list(plan_limits(language)),
        "plan": dict(plan.open_),
        "says": _said(plan.said, plan.names, language),
        "pledges": _said(plan.pledges, plan.names, language),
        "hours": list(plan.watched.hours),
        "ground": {
            "areas": [asdict(each) for each in plan.ground.areas],
            "lines": plan.ground.lines,
        },
        "names": {key: dict(words) for key, words in plan.names.items()},
    }


def _protected(plan: PlanSeen, language: str) -> Values:
    names = {**plan.names, **plan.roads}
    return {
        **plan.protected,
        "in_short": _said(plan.closed, plan.names, language),
        "least": [
            {"party": party, "clause": clause, "hour": hour, "noticed": noticed}
            for (party, clause, hour), noticed in plan.watched.least.items()
        ],
        "says": _said(plan.losses, names, language),
        "stretches": [asdict(each) for each in plan.ground.stretches],
        "names": {key: dict(words) for key, words in plan.roads.items()},
    }


def _said(said: "Iterable[Remark]", names: "Names", language: str) -> list[str]:
    """Return sentences with names in place of ids."""
    from pamiers.render.remarks import plan_sentence  # noqa: PLC0415 - slow to load

    return [plan_sentence(_named(each, names, language), language) for each in said]


def _named(remark: "Remark", names: "Names", language: str) -> "Remark":
    def name(value: object) -> object:
        if not isinstance(value, str):
            return value
        words = [names.get(each, {}) for each in value.split(", ")]
        ids = value.split(", ")
        called = [
            each.get(language) or each.get("en") or id_
            for each, id_ in zip(words, ids, strict=True)
        ]
        return ", ".join(called)

    figures = {key: name(value) for key, value in remark.figures.items()}
    return replace(remark, figures=figures)
