"""Fill the marked blocks of docs/reference from the program itself.

Usage: `python -m tools.reference write|check [BLOCK...]`. A command's block is
named after it, such as `agreement-check`; the codes stand in `codes`
and `complaints`, what weapons, persons and events are called in `kinds`.
"""

import sys
from functools import partial
from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from pamiers.agreement.codes import CODES as COMPLAINTS
from pamiers.agreement.complaint import severity_of
from pamiers.agreement.prose.words import TONGUES
from pamiers.agreement.values.known_kinds import PERSONS, WEAPONS
from pamiers.app.cli.main import app
from pamiers.core.kind import PARENT
from pamiers.ingest.codes import CODES
from tools.blocks import Body, console, run
from tools.keys import keys

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
OUTCOMES = {
    "F": "The file is refused",
    "Q": "The row is quarantined",
    "W": "The row is accepted and flagged",
}


def verbs() -> list[tuple[str, ...]]:
    """Return every command of the program, in the order of its help."""
    found: list[tuple[str, ...]] = []
    for name, command in getattr(get_command(app), "commands", {}).items():
        below = getattr(command, "commands", None)
        found += [(name, verb) for verb in below] if below else [(name,)]
    return found


def usage(verb: tuple[str, ...]) -> str:
    """Return what a command's `--help` prints in a terminal of 80 columns."""
    found = CliRunner().invoke(app, [*verb, "--help"], prog_name="pamiers", env=PLAIN)
    lines = "\n".join(line.rstrip() for line in found.stdout.strip("\n").splitlines())
    return console(f"pamiers {' '.join(verb)} --help", lines)


def codes() -> str:
    """Return the tables of codes, one for each outcome."""
    parts = []
    for letter, title in OUTCOMES.items():
        rows = [
            f"| `{name}` | {code.meaning} | {code.remedy} |"
            for name, code in CODES.items()
            if name.startswith(letter)
        ]
        head = f"## {title}\n\n| Code | Meaning | Remedy |\n|---|---|---|\n"
        parts.append(head + "\n".join(rows))
    return "\n\n".join(parts)


def complaints() -> str:
    """Return the table of what can be wrong with an agreement."""
    rows = [
        f"| `{code}` | {severity_of(code)} | {meaning} |"
        for code, meaning in COMPLAINTS.items()
    ]
    return "| Code | Severity | Meaning |\n|---|---|---|\n" + "\n".join(rows)


def kinds() -> str:
    """Return the tables of kinds: weapons, persons, and what can happen."""
    tongue = TONGUES["en"]
    told = [
        (title, [(each, tongue.kinds[each]) for each in named])
        for title, named in (("Weapons", WEAPONS), ("Persons", PERSONS))
    ]
    families = [
        (each, f"{tongue.names[each]}, a kind of `{PARENT[each]}`")
        for each in sorted(PARENT)
    ]
    return "\n\n".join(
        f"## {title}\n\n| Kind | Means |\n|---|---|\n"
        + "\n".join(f"| `{each}` | {means} |" for each, means in rows)
        for title, rows in (*told, ("What can be observed", families))
    )


PAGES: dict[Path, dict[str, Body]] = {
    REFERENCE / "cli.md": {"-".join(verb): partial(usage, verb) for verb in verbs()},
    REFERENCE / "quarantine-codes.md": {"codes": codes},
    REFERENCE / "complaints.md": {"complaints": complaints},
    REFERENCE / "agreement-keys.md": {"keys": keys},
    REFERENCE / "kinds.md": {"kinds": kinds},
}

if __name__ == "__main__":
    sys.exit(run(PAGES, sys.argv[1:]))
