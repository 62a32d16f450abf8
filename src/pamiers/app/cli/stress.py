"""`pamiers stress`: is keeping each clause the better choice, for both parties?"""

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

if TYPE_CHECKING:
    from pamiers.app.stress_values import Tested
    from pamiers.deterrence.assumptions import ReadIncentives
    from pamiers.deterrence.remarks import Remark

PATH: Final = typer.Argument(
    metavar="PATH", help="Folder of the agreement, or the name of a bundled one."
)
LANGUAGE: Final = typer.Option("--language", "--lang", help="en or uk.")
DRAWS: Final = typer.Option(min=1, max=1_000_000, help="Draws from the ranges.")
SEED: Final = typer.Option(min=0, help="Seed of the draws.")
_MARKS: Final = {"holds": "=", "partly": "~", "fails": "x"}


def stress(
    path: Annotated[str, PATH],
    *,
    language: Annotated[str, LANGUAGE] = "en",
    draws: Annotated[int, DRAWS] = 10_000,
    seed: Annotated[int, SEED] = 0,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Say whether keeping is each party's better choice, and what would change it.

    Reads `incentives.yaml` beside the agreement: ranges with author, date and source.
    Prints both parties side by side, what would have to be true, and the cheapest
    change. It gives no probability of anything that people will do.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.stress_values import assumed, tested, values

        read = assumed(path)
        if not read.runnable:
            _refuse(read, as_json=as_json)
        found = tested(read, draws=draws, seed=seed)
        told = values(found, language) if as_json else None
    if told is not None:
        print_json(told)
        return
    _tell(found, language)


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
            f"  {_MARKS[status(float(a), float(b))]} {a:+8.4g} ({b:+8.4g}) {s:4.0%}"
            for a, b, s in zip(likeliest, worst, share, strict=True)
        )
        say(f"{name[:wide]:<{wide}}{cells}")
