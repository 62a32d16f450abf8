"""`pamiers deploy`: where to watch, under real budgets and caveats."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple, NoReturn

import typer

from pamiers.app.cli.output import (
    ERROR,
    JSON_OPTION,
    errors_shown,
    print_json,
    say,
    table,
    warn,
)
from pamiers.app.cli.wrapping import wrapped
from pamiers.core.share import Share

if TYPE_CHECKING:
    from pamiers.app.deploy_values import Given
    from pamiers.deployment.plan import Plan
    from pamiers.deployment.remarks import Told

PATH: Final = typer.Argument(
    metavar="PATH", help="Folder of the agreement, or the name of a bundled one."
)
LANGUAGE: Final = typer.Option("--language", "--lang", help="en or uk.")
PUBLIC: Final = typer.Option(
    "--public", help="Only what everybody may read: bands, no chances, no places."
)
SOLVER: Final = typer.Option(
    help="Have a solver better the plan and prove how good it is."
)


WRITE: Final = typer.Option(
    metavar="FOLDER",
    help="Write the agreement there, with what this plan notices as stated.",
)
REPORT: Final = typer.Option(
    metavar="FILE",
    help="Write a report there: .html or .pdf; with --public what all may read.",
)


def deploy(  # noqa: PLR0913 - one parameter for each option
    path: Annotated[str, PATH],
    *,
    language: Annotated[str, LANGUAGE] = "en",
    public: Annotated[bool, PUBLIC] = False,
    solver: Annotated[bool, SOLVER] = True,
    write: Annotated[Path | None, WRITE] = None,
    report: Annotated[Path | None, REPORT] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Say where posts, patrols and sensors should stand.

    Reads `deployment.yaml` and `incentives.yaml` beside the agreement. The smallest
    margin of deterrence is made as large as money, persons, caveats and roads allow,
    and a certificate says how much better any plan could be.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.deploy_values import given, plan_of, values

        found = given(path)
        if not found.runnable:
            _refuse(found, as_json=as_json)
        wanted = _Wanted(path, language, public, write, report)
        _check(report)
        plan = plan_of(found, solver=solver)
        told = values(found, plan, language, public=public) if as_json else None
        lines = [*_fed(wanted, plan), *_reported(wanted, plan)]
    if told is not None:
        print_json(told if report is None else told | {"report": str(report)})
        return
    if report is None:
        _tell(found, plan, language, public=public)
    for each in lines:
        say(each)


class _Wanted(NamedTuple):
    """What is to be written, and how."""

    path: str
    language: str
    public: bool
    folder: Path | None
    report: Path | None


def _check(report: Path | None) -> None:
    """Refuse a report of another form before anything is computed."""
    if report is not None:
        from pamiers.app.stress_report import check_file

        check_file(report)


def _fed(wanted: _Wanted, plan: "Plan") -> list[str]:
    """Write the agreement with what the plan notices; return what to say of it."""
    if wanted.folder is None:
        return []
    from pamiers.app.deploy_feedback import write_fed

    unstated = write_fed(wanted.path, plan, wanted.folder)
    return [
        "",
        f"{wanted.folder}: the agreement with what the plan notices",
        *(f"{each}: states no detection; add one by hand" for each in unstated),
    ]


def _reported(wanted: _Wanted, plan: "Plan") -> list[str]:
    """Write the report; return what to say of it."""
    if wanted.report is None:
        return []
    from pamiers.app.stress_report import write_deploy_report

    size = write_deploy_report(
        wanted.path,
        plan,
        wanted.report,
        language=wanted.language,
        public=wanted.public,
    )
    return [f"{wanted.report}: {size} bytes"]


def _refuse(found: "Given", *, as_json: bool) -> NoReturn:
    """Name everything that is wrong, each with line and remedy, and leave."""
    if as_json:
        told = [each.to_dict() for each in found.complaints]
        print_json({"runnable": False, "complaints": told})
    for each in found.complaints:
        warn(f"{each}. {each.remedy}")
    raise typer.Exit(ERROR)


def _tell(found: "Given", plan: "Plan", language: str, *, public: bool) -> None:
    from pamiers.app.words import in_language
    from pamiers.deployment.remarks import open_remarks, remarks, told_of
    from pamiers.deployment.words import LIMITS, sentence

    stated = plan.setting.stated
    say(f"{stated.agreement}: where to watch")
    if isinstance(stated.about, dict) and stated.about:
        wrapped(in_language(stated.about, language))
    say()
    for limit in LIMITS.get(language, LIMITS["en"]):
        wrapped(limit, first="- ")
    say()
    told = told_of(plan)
    for remark in open_remarks(told) if public else remarks(told):
        wrapped(sentence(remark, language), first="- ")
    say()
    if public:
        _bands(told)
    else:
        _clauses(told)
        say()
        _posts(plan)
        say()
        _losses(told, language)
    for complaint in found.complaints:
        say()
        wrapped(f"{complaint}. {complaint.remedy}")


def _bands(told: "Told") -> None:
    """Print in which band a breach is noticed, alike for both sides (ADR 0060)."""
    from pamiers.report.watched import BANDS, banded, watched_of

    edges = (0.0, *BANDS, 1.0)
    rows = [
        [clause, hour, f"{edges[band]:.0%} to {edges[band + 1]:.0%}"]
        for (clause, hour), band in banded(watched_of(told.plan, None)).items()
    ]
    say("the least noticed in any stretch, of either side, at the likeliest figures")
    say(table(rows, ["clause", "hour", "noticed"]))


def _clauses(told: "Told") -> None:
    """Print what is noticed in the worst place and hour, and the margin, by clause."""
    plan = told.plan
    game, margins = plan.setting.game, plan.margins()
    rows = [
        [
            game.clauses[clause],
            game.parties[party],
            *(f"{Share(each):.0%}" for each in worst.noticed),
            f"{margins[party, clause]:+.3g}",
        ]
        for (party, clause), worst in sorted(
            told.worst.items(), key=lambda each: each[0][::-1]
        )
    ]
    say("noticed in the worst stretch and hour, and the margin in periods of peace")
    say(table(rows, ["clause", "party", "low", "likeliest", "high", "margin"]))


def _posts(plan: "Plan") -> None:
    rows = []
    for each in plan.candidates:
        post = plan.post(each)
        rows.append(
            [
                post.site,
                post.asset,
                each.contingent,
                f"{each.cost:g}",
                f"{each.persons:.0f}",
            ]
        )
    say("protected: where posts stand")
    say(table(rows, ["site", "kind", "contingent", "cost", "persons"]))


def _losses(told: "Told", language: str) -> None:
    from pamiers.deployment.remarks import loss_remarks, pledge_remarks
    from pamiers.deployment.words import sentence

    for each in (*pledge_remarks(told.plan), *loss_remarks(told)):
        wrapped(sentence(each, language), first="- ")
