"""Write the report of a stress test into a file."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pamiers.agreement import read
from pamiers.agreement.values.blank import known
from pamiers.agreement.written import Written
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.deploy_values import FILE as DEPLOYMENT
from pamiers.app.deploy_values import given, plan_of
from pamiers.app.stress_values import Tested
from pamiers.app.wiring import write_file
from pamiers.core.errors import UsageError
from pamiers.deployment.plan import Plan
from pamiers.render.stress import FORMS, render_stress
from pamiers.report.stress import Names, compose_stress

_LANGUAGES: Final = ("en", "uk")


def plan_beside(path: str) -> Plan | None:
    """Return the plan for a folder; None where it has no `deployment.yaml`.

    Raises:
        UsageError: What is stated there is wrong; `pamiers deploy` names it all.
    """
    if DEPLOYMENT not in agreement_texts(path):
        return None
    found = given(path)
    if not found.runnable:
        raise UsageError(
            path,
            expected=f"a {DEPLOYMENT} without errors or blanks",
            got=f"{len(found.complaints)} complaints",
            remedy="Run `pamiers deploy` on it: it names each with line and remedy.",
        )
    return plan_of(found)


def check_file(file: Path) -> str:
    """Return the form that a file's name asks for.

    Raises:
        UsageError: Another ending than `.html` or `.pdf`.
    """
    form = file.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise UsageError(
            str(file),
            expected=f"a name that ends in {' or '.join(f'.{each}' for each in FORMS)}",
            got=repr(file.suffix),
            remedy="Name the file so: its ending says what it is.",
        )
    return form


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a report is to be."""

    language: str  #: `en` or `uk`; another falls back to English
    annex: bool  #: show where the plan of posts sees least
    plan: Plan | None  #: of posts; None: drawn up if there is a deployment file


def write_stress_report(path: str, tested: Tested, file: Path, wanted: Wanted) -> int:
    """Write the report of a stress test, and return how many bytes it has.

    Args:
        path: Folder of the agreement, or the name of a bundled one.
        tested: The stress test.
        file: Where to, `.html` or `.pdf`.
        wanted: How it is to be.

    Returns:
        Bytes written.

    Raises:
        UsageError: Another ending, or a deployment file with errors.
    """
    form = check_file(file)
    written = read(agreement_texts(path)).written
    title = None if written is None else known(written.heading.title)
    report = compose_stress(
        tested.assumed,
        tested.outcome,
        title=title if isinstance(title, dict) else {},
        plan=wanted.plan or plan_beside(path),
        annex=wanted.annex,
    )
    if written is not None:
        report = replace(report, names=_names(written))
    spoken = wanted.language if wanted.language in _LANGUAGES else "en"
    data = render_stress(report, language=spoken, form=form)
    write_file(file, data)
    return len(data)


def _names(written: Written) -> Names:
    """Return what the agreement calls its actors and clauses, by id and language."""
    every: list[tuple[object, object]] = [
        *(
            (key, held.name)
            for key, each in written.actors.items()
            if (held := known(each))
        ),
        *((known(each.id), each.title) for each in written.clauses),
    ]
    return {str(key): words for key, words in every if isinstance(words, dict)}
