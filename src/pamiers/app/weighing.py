"""Work out the stress test and the plan of an agreement's texts.

In the same way as `pamiers stress` and `pamiers deploy` do.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pamiers.agreement import read
from pamiers.agreement.values.blank import filled, known
from pamiers.app.deploy_values import Given, given_in, plan_of, protected_of, values_of
from pamiers.app.stress_report import names_in
from pamiers.app.stress_values import Tested, assumed_in, tested
from pamiers.app.weighed import DEPLOYMENT, PlanSeen, Texts, Weighed
from pamiers.app.weighed_ground import ground_of
from pamiers.core.errors import PamiersError
from pamiers.deployment.plan import Plan
from pamiers.deployment.remarks import (
    loss_remarks,
    open_remarks,
    pledge_remarks,
    remarks,
    told_of,
)
from pamiers.deployment.stated import Stated
from pamiers.report.stress import Names, StressReport, compose_stress
from pamiers.report.watched import Watched

#: as `pamiers stress` has it where nothing else is asked for
DRAWS: Final = 10_000
SEED: Final = 0
_PLACE: Final = "the agreement on record"
#: what pages say in their own language, or do not say
_SAID: Final = frozenset({"says", "limits", "complaints", "edition"})


def worked_out(texts: Texts) -> Weighed:
    """Return the stress test and the plan of an agreement that has assumptions.

    Args:
        texts: Of its folder, file name -> text; `incentives.yaml` among them.

    Returns:
        As `pamiers.app.weigh.weigh` has it.
    """
    found = assumed_in(texts, _PLACE)
    if not found.runnable:
        missing = () if DEPLOYMENT in texts else (DEPLOYMENT,)
        return Weighed(missing=missing, complaints=found.complaints)
    test = tested(found, draws=DRAWS, seed=SEED)
    about, drawn = _drawn(texts)
    report = _report(texts, test, None if drawn is None else drawn[1])
    clauses = frozenset(test.outcome.game.clauses)
    if drawn is None or report.watched is None:
        return replace(about, report=report, clauses=clauses)
    given, plan = drawn
    return Weighed(
        clauses=clauses | _named_in(plan.setting.stated),
        report=report,
        plan=_seen(given, plan, report.watched),
    )


def _drawn(texts: Texts) -> tuple[Weighed, tuple[Given, Plan] | None]:
    """Return the plan of an agreement with what it is from; or why there is none."""
    if DEPLOYMENT not in texts:
        return Weighed(missing=(DEPLOYMENT,)), None
    given = given_in(texts, _PLACE)
    if not given.runnable:
        return Weighed(complaints=given.complaints), None
    try:
        return Weighed(), (given, plan_of(given))
    except PamiersError as error:
        return Weighed(refused=str(error)), None


def _named_in(stated: Stated) -> frozenset[str]:
    """Return the clauses that a file of means and limits names."""
    named = {str(each) for area in stated.areas for each in area.clauses}
    return frozenset(named | {str(each.clause) for each in stated.visits})


def _report(texts: Texts, test: Tested, plan: Plan | None) -> StressReport:
    written = read(texts).written
    title = None if written is None else known(written.heading.title)
    report = compose_stress(
        test.assumed,
        test.outcome,
        title=title if isinstance(title, dict) else {},
        plan=plan,
    )
    return report if written is None else replace(report, names=names_in(written))


def _seen(given: Given, plan: Plan, watched: Watched) -> PlanSeen:
    told = told_of(plan)
    open_ = values_of(given, told, "en", public=True)
    return PlanSeen(
        open_={key: each for key, each in open_.items() if key not in _SAID},
        protected=protected_of(told),
        said=open_remarks(told),
        closed=remarks(told),
        pledges=pledge_remarks(plan),
        losses=loss_remarks(told),
        watched=watched,
        ground=ground_of(plan),
        names=_names(given, plan.setting.stated),
        roads=_worded(plan.setting.stated.roads),
    )


def _names(given: Given, stated: Stated) -> Names:
    written = read(given.texts).written
    actors = {} if written is None else names_in(written)
    named: dict[str, Mapping[str, str]] = dict(actors)
    named |= _worded(stated.hours)
    named |= _worded({str(each.id): each.title for each in stated.assets})
    for each in filled(stated.contingents):
        if str(each.by) in actors:
            named[str(each.id)] = actors[str(each.by)]
    return named


def _worded(held: Mapping[str, object]) -> dict[str, Mapping[str, str]]:
    return {key: words for key, words in held.items() if isinstance(words, dict)}
