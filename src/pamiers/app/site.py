"""The public site: the application, its data and the daily reports, as plain files.

Any web server can hold it, and a mirror of it is as good as the first. Addresses
of its views stand behind the `#`, so that no rule of rewriting is needed.
"""

import contextlib
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson

from pamiers.app.case_acts import is_case_name
from pamiers.app.front import front_files
from pamiers.app.issued_copies import FOLDER as ISSUED
from pamiers.app.issued_copies import issued_copies
from pamiers.app.pages.cases import listed
from pamiers.app.pages.catalogue import WHOLE, page
from pamiers.app.pages.happened import knowledge
from pamiers.app.pages.readers import Reader, reader_of
from pamiers.app.pages.words import LANGUAGES
from pamiers.app.report_folder import Shelf, write_reports
from pamiers.app.wiring import now, opened
from pamiers.core.errors import UsageError
from pamiers.mission.judged import days_on_record
from pamiers.mission.ports import Progress
from pamiers.mission.state import state

EDITION: Final = "public"
DATA: Final = "data"
MARK: Final = "site.json"


def write_site(folder: Path, output: Path, progress: Progress) -> dict[str, object]:
    """Write the public site of a mission.

    Args:
        folder: Mission folder.
        output: Folder to write to: new, empty, or of an earlier site, whose data
            are then replaced whole: nothing that was withdrawn is left lying there.
        progress: Told of each page.

    Returns:
        The folder, how many files and bytes, and the head of the record.

    Raises:
        UsageError: `output` holds something else.
    """
    _refuse_other(output)
    front = front_files()
    with opened(folder) as mission:
        reader = reader_of(mission, EDITION, folder=folder)
        head = mission.record.head()
        _clear(output)
        told = {"edition": EDITION, "entries": head.size, "head": head.hex}
        _written(output / MARK, orjson.dumps(told))
        sizes = [_written(output / name, data) for name, data in front.items()]
        at = now()
        names = list(_names(reader, at))
        for done, name in enumerate(names):
            progress(done, len(names), name)
            data = orjson.dumps(page(reader, name, at))
            sizes.append(_written(output / DATA / f"{name}.json", data))
        days = days_on_record(state(mission), reader.agreement)
        shelf = Shelf(folder=output / "reports", edition=EDITION, mission=folder)
        for name, data in issued_copies(folder, EDITION):
            sizes.append(_written(output / "reports" / ISSUED / name, data))
        write_reports(mission, days, shelf, progress)
    return {"folder": str(output), "pages": len(names), "bytes": sum(sizes), **told}


def _names(reader: Reader, at: datetime) -> Iterator[str]:
    yield from WHOLE
    for sort in ("words", "deterrence", "deployment"):
        yield from (f"{sort}/{language}" for language in LANGUAGES)
    yield from (f"finding/{each.key}" for each in reader.findings)
    yield from (f"incident/{key}" for key in _incidents(reader))
    yield from (f"known/{at}" for at in range(len(knowledge(reader)) - 1))
    named = (each.case.id for each in listed(reader, at))
    yield from (f"case/{name}" for name in named if is_case_name(name))


def _incidents(reader: Reader) -> list[str]:
    """Return every id that an incident bears or bore."""
    standing = [each["key"] for each in reader.incidents]
    return list(dict.fromkeys([*standing, *reader.held]))


def _written(path: Path, data: bytes) -> int:
    """Write a file that can be made again at any time; return its size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(data)


def _refuse_other(output: Path) -> None:
    if not output.exists() or (output.is_dir() and not any(output.iterdir())):
        return
    with contextlib.suppress(OSError, ValueError):
        if json.loads((output / MARK).read_bytes())["edition"] == EDITION:
            return
    raise UsageError(
        str(output),
        expected="a new or empty folder, or that of an earlier site",
        got="one that holds something else",
        remedy="Name another folder.",
    )


def _clear(output: Path) -> None:
    for name in (DATA, "assets", "reports"):
        shutil.rmtree(output / name, ignore_errors=True)
