"""The complaints that a folder's `source.md` expects, and those that are found.

Under `## Expected complaints`, each list item that begins with codes in backticks
counts; the paths follow in backticks, with ids in the place of indexes:

    - `L-UNWATCHED` `clauses[quiet]`, `clauses[withdrawal]`: why it stands so.

`python -m tests.unit.agreement.expected NAME` prints what is found in that form.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

from pamiers.agreement import Complaint, Read, Written, check, read

HEADING: Final = "## Expected complaints"
FILES: Final = ("agreement.yaml", "zones.geojson")
FOLDER: Final = Path(__file__).parents[3] / "src" / "pamiers" / "agreements"
_QUOTED: Final = re.compile(r"`([^`]+)`")
_CODE: Final = re.compile(r"[FQLW]-[A-Z0-9-]+")
_LISTS: Final = ("steps", "remedies")
_INDEX: Final = re.compile(r"([a-z_]+)\[(\d+)\]")

Told = set[tuple[str, str]]  #: code and path


def folders() -> list[str]:
    """Return the names of the agreements that come with the program."""
    return sorted(each.name for each in FOLDER.iterdir() if each.is_dir())


def checked(name: str) -> Read:
    """Return an agreement that comes with the program, checked."""
    held = (FOLDER / name / file for file in FILES)
    return check(read({file.name: file.read_text() for file in held if file.exists()}))


def named(path: str, written: Written | None) -> str:
    """Return a path with the ids of clauses, texts and exemptions for indexes."""
    here: object = written

    def step(found: re.Match[str]) -> str:
        nonlocal here
        here = _part(here, path[: found.start()], found[1], int(found[2]), written)
        name = getattr(here, "id", "")
        return f"{found[1]}[{name}]" if name else found[0]

    return _INDEX.sub(step, path)


def _part(
    here: object, before: str, key: str, index: int, written: Written | None
) -> object:
    if not before:
        here = written
    elif before.startswith("procedures.") and key in _LISTS and written is not None:
        here = written.procedures.get(before.split(".")[1])
    held = getattr(here, key, ())
    return held[index] if isinstance(held, tuple) and index < len(held) else None


def found_in(outcome: Read) -> Told:
    """Return code and path of every complaint about an agreement."""
    return {
        (each.code, named(each.path, outcome.written)) for each in outcome.complaints
    }


def expected_in(text: str) -> Told:
    """Return code and path of every complaint that a `source.md` expects."""
    section = text.partition(f"{HEADING}\n")[2].partition("\n## ")[0]
    told: Told = set()
    for item in re.split(r"\n\s*[-*] ", f"\n{section}")[1:]:
        quoted = _QUOTED.findall(re.split(r": |\n\n", item)[0])
        codes = [each for each in quoted if _CODE.fullmatch(each)]
        if item.startswith("`") and codes:
            paths = [each for each in quoted if each not in codes] or [""]
            told |= {(code, path) for code in codes for path in paths}
    return told


def listed(complaints: tuple[Complaint, ...], written: Written | None) -> str:
    """Return complaints as the items of a `source.md`, one a code."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for each in complaints:
        path = named(each.path, written)
        if path not in by_code[each.code]:
            by_code[each.code].append(path)
    lines = [
        f"- `{code}` {', '.join(f'`{path}`' for path in paths)}: "
        for code, paths in by_code.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    outcome = checked(sys.argv[1])
    sys.stdout.write(listed(outcome.complaints, outcome.written) + "\n")
