"""`pamiers stress`: is keeping each clause the better choice, for both parties?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from pamiers.app.cli.output import (
    ERROR,
    JSON_OPTION,
    errors_shown,
    print_json,
    say,
    warn,
)
from pamiers.app.cli.wrapping import wrapped
from pamiers.core.share import Share

if TYPE_CHECKING:
    from pamiers.app.stress_values import Tested
    from pamiers.deployment.plan import Plan
    from pamiers.deterrence.assumptions import ReadIncentives
    from pamiers.deterrence.game import Game
    from pamiers.deterrence.remarks import Remark

PATH: Final = typer.Argument(
    metavar="PATH", help="Folder of the agreement, or the name of a bundled one."
)
LANGUAGE: Final = typer.Option("--language", "--lang", help="en or uk.")
DRAWS: Final = typer.Option(min=1, max=1_000_000, help="Draws from the ranges.")
SEED: Final = typer.Option(min=0, help="Seed of the draws.")
REPORT: Final = typer.Option(
    metavar="FILE", help="Write a report there: .html or .pdf."
)
ANNEX: Final = typer.Option(
    "--annex", help="With --report: also show where a plan of posts sees least."
)
PLAN: Final = typer.Option(
    "--plan", help="With the posts of deployment.yaml in place of stated detection."
)
AGAINST: Final = typer.Option(
    metavar="PATH", help="Show another draft beside it, clause by clause."
)
_MARKS: Final = {"holds": "=", "partly": "~", "fails": "x"}


def stress(  # noqa: PLR0913 - one parameter for each option
    path: Annotated[str, PATH],
    *,
    language: Annotated[str, LANGUAGE] = "en",
    draws: Annotated[int, DRAWS] = 10_000,
    seed: Annotated[int, SEED] = 0,
    report: Annotated[Path | None, REPORT] = None,
    annex: Annotated[bool, ANNEX] = False,
    plan: Annotated[bool, PLAN] = False,
    against: Annotated[str | None, AGAINST] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Say whether keeping is each party's better choice, and why.

    Reads `incentives.yaml` beside the agreement: ranges with author, date and source.
    Prints both parties side by side, what would have to be true, and the cheapest
    change. It gives no probability of anything that people will do.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.stress_values import assumed, tested, values

        read = _read(assumed(path), as_json=as_json)
        if report is not None:
            from pamiers.app.stress_report import check_file

            check_file(report)
        placed = _placed(path) if plan else None
        game = None if placed is None else _with(placed)
        found = tested(read, draws=draws, seed=seed, game=game)
        told = values(found, language) if as_json else {}
        beside = None
        if against is not None:
            other = _read(assumed(against), as_json=as_json)
            beside = tested(other, draws=draws, seed=seed)
        size = 0
        if report is not None:
            from pamiers.app.stress_report import Wanted, write_stress_report

            wanted = Wanted(language=language, annex=annex, plan=placed)
            size = write_stress_report(path, found, report, wanted)
    if as_json:
        _print(told, report, (found, beside))
    elif report is not None:
        say(f"{report}: {size} bytes")
    elif beside is not None:
        _beside(found, beside)
    else:
        _tell(found, language)


def _read(found: "ReadIncentives", *, as_json: bool) -> "ReadIncentives":
    """Return assumptions that can be computed with; else say why not, and leave."""
    if not found.runnable:
        _refuse(found, as_json=as_json)
    for each in found.complaints:
        warn(f"{each}. {each.remedy}")
    return found


def _placed(path: str) -> "Plan":
    """Return the plan for a folder.

    Raises:
        UsageError: There is no deployment file, or it has errors.
    """
    from pamiers.app.stress_report import plan_beside
    from pamiers.core.errors import UsageError

    plan = plan_beside(path)
    if plan is None:
        raise UsageError(
            path,
            expected="a file deployment.yaml beside the agreement",
            got="none",
            remedy="State sites, kinds and limits, or leave out --plan.",
        )
    return plan


def _with(plan: "Plan") -> "Game":
    from pamiers.deployment.plan import game_with

    return game_with(plan)


def _print(
    told: dict[str, object],
    report: "Path | None",
    both: "tuple[Tested, Tested | None]",
) -> None:
    """Print one line of JSON."""
    from pamiers.app.stress_against import against_values

    found, beside = both
    extra: dict[str, object] = {} if report is None else {"report": str(report)}
    if beside is not None:
        extra["against"] = against_values(found, beside)
    print_json(told | extra)


def _beside(found: "Tested", other: "Tested") -> None:
    """Print two drafts side by side, clause by clause and party by party."""
    from pamiers.app.stress_against import against_values, change_of

    told = against_values(found, other)
    say(f"first: {found.agreement}; second: {other.agreement}")
    say("margin at the likeliest figures (in the worst corner)")
    say(f"{'':<30}{'first':>24}{'second':>24}")
    for row in told["rows"]:
        name = f"{row['clause'][:22]:<23}{row['party'][:6]:<7}"
        if row["only"]:
            say(f"{name}  only in {row['only']}"[:80])
        else:
            say(name + _margins(row["first"]) + _margins(row["second"]))
    say()
    for line in change_of(told):
        wrapped(line, first="- ")


def _margins(cell: "dict[str, float]") -> str:
    return f"{cell['likeliest']:+10.4g} ({cell['worst']:+10.4g})".rjust(24)


def _refuse(read: "ReadIncentives", *, as_json: bool) -> NoReturn:
    """Name everything that is wrong, each with line and remedy, and leave."""
    if as_json:
        told = [each.to_dict() for each in read.complaints]
        print_json({"runnable": False, "complaints": told})
    for each in read.complaints:
        warn(f"{each}. {each.remedy}")
    raise typer.Exit(ERROR)


def _tell(found: "Tested", language: str) -> None:
    from pamiers.app.words import in_language
    from pamiers.deterrence.remarks import remarks
    from pamiers.deterrence.words import LIMITS

    say(f"{found.agreement}: would it hold, within the stated ranges?")
    about = found.assumed.about
    if isinstance(about, dict) and about:
        wrapped(in_language(about, language))
    say()
    for limit in LIMITS.get(language, LIMITS["en"]):
        wrapped(limit, first="- ")
    say()
    _table(found)
    said = remarks(found.outcome)
    for party in (*found.outcome.game.parties, ""):
        _remarks([each for each in said if each.party == party], party, language)
    for complaint in found.complaints:
        say()
        wrapped(f"{complaint}. {complaint.remedy}")


def _remarks(said: "list[Remark]", party: str, language: str) -> None:
    from pamiers.deterrence.words import sentence

    say()
    if party:
        say(f"{party}:")
    for each in said:
        wrapped(sentence(each, language), first="- ")


def _hundredths(share: float) -> str:
    return f"{Share(share):.0%}"


def _table(found: "Tested") -> None:
    """Print clause by party: a mark, the likeliest margin, the worst, the share."""
    from pamiers.deterrence.remarks import status

    out = found.outcome
    say("margin: likeliest (worst) share of the ranges in which keeping is better")
    say("= holds everywhere   ~ not everywhere   x fails at the likeliest")
    wide = max((len(each) for each in out.game.clauses), default=0)
    wide = min(max(wide, len("taking part")), 24)
    head = "".join(f"  {name:<25}"[:27] for name in out.game.parties)
    say(f"{'':<{wide}}{head}".rstrip())
    rows = [("taking part", out.likeliest.taking_part[:, 0], out.corner.taking_part)]
    shares = [out.shares.taking_part]
    for i, name in enumerate(out.game.clauses):
        rows.append((name, out.likeliest.margins[:, i, 0], out.corner.margins[:, i]))
        shares.append(out.shares.keeping[:, i])
    for (name, likeliest, worst), share in zip(rows, shares, strict=True):
        cells = "".join(
            f"  {_MARKS[status(float(a), float(b))]} {a:+8.4g} ({b:+8.4g}) {told:>4}"
            for a, b, told in zip(
                likeliest, worst, map(_hundredths, share), strict=True
            )
        )
        say(f"{name[:wide]:<{wide}}{cells}")
