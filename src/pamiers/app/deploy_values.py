"""A deployment beside an agreement's folder: read, plan, and give plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.agreement import Complaint, load_agreement, read
from pamiers.agreement.values.blank import known
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.highs import Highs
from pamiers.app.stress_values import assumed_in
from pamiers.core.errors import UsageError
from pamiers.deployment.patrols import PatrolRound, rounds
from pamiers.deployment.placing.lay import setting
from pamiers.deployment.placing.task import Demand
from pamiers.deployment.plan import Plan, by_means, covering
from pamiers.deployment.remarks import (
    Pledged,
    Told,
    not_counted,
    open_remarks,
    pledged,
    remarks,
    taken,
    told_of,
)
from pamiers.deployment.stated import ReadDeployment, Stated, read_deployment
from pamiers.deployment.terrain import FILE as TERRAIN
from pamiers.deployment.terrain import read_terrain
from pamiers.deployment.words import LIMITS, sentence
from pamiers.deterrence.assumptions import Incentives
from pamiers.deterrence.laying_out import lay_out
from pamiers.mission.planned import planned
from pamiers.report.watched import BANDS, banded, watched_of

FILE: Final = "deployment.yaml"
Plain = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The texts of a folder, what they state, and everything that is wrong."""

    texts: Mapping[str, str]
    stated: Stated | None
    assumed: Incentives | None
    complaints: tuple[Complaint, ...]
    runnable: bool


def given(path: str) -> Given:
    """Return what stands in an agreement's folder for a deployment.

    Args:
        path: Folder of the agreement, or the name of a bundled one.

    Returns:
        What was read; it is runnable only if all three files are.

    Raises:
        UsageError: No folder, or no `deployment.yaml` in it.
    """
    return given_in(agreement_texts(path), path)


def given_in(texts: Mapping[str, str], path: str) -> Given:
    """Return what the texts of a folder state for a deployment.

    Args:
        texts: File name -> text.
        path: What the folder is called in messages.

    Returns:
        What was read; it is runnable only if all three files are.

    Raises:
        UsageError: No `deployment.yaml` or no `incentives.yaml` among them.
    """
    if FILE not in texts:
        raise UsageError(
            path,
            expected=f"a file {FILE} beside the agreement",
            got="none",
            remedy="State sites, kinds and limits; docs/howto/deploy.md says how.",
        )
    assumed = assumed_in(texts, path)
    agreement = read(texts)
    if agreement.written is None:
        stated = ReadDeployment(written=None, complaints=())
    else:
        stated = read_deployment(texts[FILE], agreement.written)
    return Given(
        texts=texts,
        stated=stated.written,
        assumed=assumed.written,
        complaints=(*assumed.complaints, *stated.complaints),
        runnable=assumed.runnable and stated.runnable,
    )


def plan_of(found: Given, *, solver: bool = True) -> Plan:
    """Return the plan for a folder.

    Args:
        found: A folder that is runnable.
        solver: Have a solver better the plan and its certificate.

    Returns:
        The plan.

    Raises:
        MalformedAgreementError: The agreement has errors or blanks, or the terrain
            is no grid.
        UsageError: There is nothing to place.
    """
    assert found.stated is not None  # noqa: S101 - the caller asked `runnable`
    assert found.assumed is not None  # noqa: S101 - the caller asked `runnable`
    period = known(found.assumed.period)
    assert period is not None  # noqa: S101 - the reader left no blank
    text = found.texts.get(TERRAIN)
    return planned(
        setting(
            found.stated,
            load_agreement(found.texts),
            lay_out(found.assumed),
            period.base,
            None if text is None else read_terrain(text),
        ),
        Highs() if solver else None,
    )


def values(found: Given, plan: Plan, language: str, *, public: bool = False) -> Plain:
    """Return a plan as plain values, for `--json`.

    Args:
        found: What it was made from.
        plan: The plan.
        language: Of the sentences.
        public: Only what everybody may read (ADR 0060).

    Returns:
        What JSON can hold.
    """
    return values_of(found, told_of(plan), language, public=public)


def values_of(
    found: Given, told: Told, language: str, *, public: bool = False
) -> Plain:
    """Return a plan with what is computed of it as plain values, for `--json`.

    Args:
        found: What it was made from.
        told: The plan, and what is computed of it.
        language: Of the sentences.
        public: Only what everybody may read (ADR 0060): in which band a breach is
            noticed, and neither chances, nor margins with the plan, nor places.

    Returns:
        What JSON can hold.
    """
    plan = told.plan
    said = open_remarks(told) if public else remarks(told)
    open_: Plain = {
        "agreement": str(plan.setting.stated.agreement),
        "edition": "public" if public else "protected",
        "limits": list(LIMITS.get(language, LIMITS["en"])),
        "cost_unit": str(plan.setting.stated.cost_unit),
        "period_days": plan.setting.period_s / 86_400.0,
        "certificate": _certificate(plan),
        "not_counted": list(not_counted(plan)),
        "kinds": _kinds(plan),
        "used": _used(plan),
        "equity": {"allowed": plan.task.equity},
        "clauses": _open_clauses(told),
        "bands": _bands(plan),
        "needed": _needed(told),
        "pledges": [_pledge(each) for each in pledged(plan)],
        "says": [sentence(each, language) for each in said],
        "complaints": [each.to_dict() for each in found.complaints],
    }
    return open_ if public else open_ | protected_of(told)


def _certificate(plan: Plan) -> Plain:
    return {
        "before": plan.before,
        "smallest_margin": plan.chosen.value,
        "enough": plan.task.enough,
        "no_plan_above": plan.bound,
        "at_most_better": plan.left,
        "proof": plan.proof,
    }


def _kinds(plan: Plan) -> Plain:
    """Return for each kind how many stand, and how well so many could cover at most."""
    counts: dict[str, int] = {}
    for each in plan.candidates:
        kind = plan.post(each).asset
        counts[kind] = counts.get(kind, 0) + 1
    best = covering(plan)
    return {
        kind: {
            "posts": count,
            "most_any_choice_covers": best[kind].bound,
            "best_found_covers": best[kind].value,
        }
        for kind, count in sorted(counts.items())
    }


def _used(plan: Plan) -> Plain:
    names = [each for each in plan.task.limits if not each.startswith(("site", "post"))]
    told: Plain = {}
    for name in names:
        used, most = taken(plan, name)
        told[name] = {"used": round(used, 6), "of": most}
    return told


def _open_clauses(told_: Told) -> Plain:
    """Return each clause's margin without posts, and whether it holds with them."""
    plan = told_.plan
    game, margins = plan.setting.game, plan.margins()
    none = plan.task.levels.margins(np.zeros(margins.shape))
    told: dict[str, Plain] = {name: {} for name in game.parties}
    for party, clause in sorted(told_.worst):
        told[game.parties[party]][game.clauses[clause]] = {
            "margin_without": float(none[party, clause]),
            "holds": bool(margins[party, clause] >= 0.0),
        }
    return dict(told)


def _bands(plan: Plan) -> list[Plain]:
    """Return between which shares lies the least noticed of either side."""
    edges = (0.0, *BANDS, 1.0)
    return [
        {"clause": clause, "hour": hour, "from": edges[band], "to": edges[band + 1]}
        for (clause, hour), band in banded(watched_of(plan, None)).items()
    ]


def _clauses(told_: Told) -> Plain:
    """Return what is noticed of each clause in its worst place, and the margin."""
    plan = told_.plan
    game, margins = plan.setting.game, plan.margins()
    none = plan.task.levels.margins(np.zeros(margins.shape))
    told: dict[str, Plain] = {name: {} for name in game.parties}
    for (party, clause), worst in sorted(told_.worst.items()):
        told[game.parties[party]][game.clauses[clause]] = {
            "noticed": dict(
                zip(("low", "likeliest", "high"), worst.noticed, strict=True)
            ),
            "margin_without": float(none[party, clause]),
            "margin": float(margins[party, clause]),
            "holds": bool(margins[party, clause] >= 0.0),
        }
    return dict(told)


def _needed(told: Told) -> Plain:
    each = told.needed
    return {
        "enough_sites": each.reached,
        "posts": each.posts,
        "cost": round(each.cost, 6),
        "persons": round(each.persons, 6),
    }


def _pledge(each: Pledged) -> Plain:
    return {
        "contingent": each.contingent,
        "pledge": each.pledge,
        "used": round(each.used, 6),
        "here": each.here,
        "most": each.most,
        "delivered": each.delivered,
        "gap": None if each.most is None else max(each.used - each.most, 0.0),
    }


def _visit(told: Told, at: int) -> Plain:
    each = told.lotteries[at]
    return {
        "clause": each.clause,
        "occasions": each.occasions,
        "visits": each.visits,
        "visit_now": float(each.now),
        "visit_now_exact": f"{each.now.numerator}/{each.now.denominator}",
        "announced": each.announced,
        "enough": each.enough,
    }


def protected_of(told: Told) -> Plain:
    """Return what only those may know who place posts.

    Chances and margins by clause, what each sensor sees, how visits are drawn, where
    posts stand, where they see least, and what is lost without them.
    """
    plan = told.plan
    found = plan.found()
    return {
        "equity": {"apart": plan.chosen.unequal, "allowed": plan.task.equity},
        "clauses": _clauses(told),
        "means": by_means(plan),
        "visits": [_visit(told, i) for i in range(len(told.lotteries))],
        "posts": [_post(plan, i) for i in range(len(plan.candidates))],
        "worst": [_where(plan, each.demand) for _, each in sorted(told.worst.items())],
        "coverage": [_demand(plan, i, float(found[i])) for i in range(len(found))],
        "losses": [
            {
                "kind": each.kind,
                "what": each.what,
                "posts": each.posts,
                "smallest_margin": each.value,
            }
            for each in told.losses
        ],
        "rounds": [_round(each) for each in rounds(plan)],
    }


def _post(plan: Plan, at: int) -> Plain:
    candidate = plan.candidates[at]
    post = plan.post(candidate)
    site = next(each for each in plan.setting.laid.sites if each.id == post.site)
    return {
        "site": post.site,
        "lon": site.lon,
        "lat": site.lat,
        "kind": post.asset,
        "means": post.means,
        "contingent": candidate.contingent,
        "cost": candidate.cost,
        "persons": round(candidate.persons, 6),
    }


def _where(plan: Plan, demand: Demand) -> Plain:
    game = plan.setting.game
    return {
        "party": game.parties[demand.party],
        "clause": game.clauses[demand.clause],
        "hour": demand.hour,
        "area": demand.area,
        "stretch": [demand.column, demand.row],
    }


def _demand(plan: Plan, at: int, noticed: float) -> Plain:
    return _where(plan, plan.task.demands[at]) | {"noticed": noticed}


def _round(each: PatrolRound) -> Plain:
    return {
        "site": each.site,
        "kind": each.asset,
        "stops": [list(stop) for stop in each.stops],
        "length_km": each.round.length / 1000.0,
        "worth": each.round.worth,
        "no_round_above": each.round.bound,
    }
