"""Write the report of a stress test, or of a plan of posts, into a file."""

from collections.abc import Mapping
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
from pamiers.render.deploy import render_deploy
from pamiers.render.stress import FORMS, render_stress
from pamiers.render.stress.words import LABELS
from pamiers.report.deploy import compose_deploy
from pamiers.report.stress import Names, compose_stress

#: languages of the report of a plan
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

    language: str  #: one of `LABELS`; another falls back to English
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
    title, names = titles(path)
    report = compose_stress(
        tested.assumed,
        tested.outcome,
        title=title,
        plan=wanted.plan or plan_beside(path),
        annex=wanted.annex,
    )
    report = replace(report, names=names)
    spoken = wanted.language if wanted.language in LABELS else "en"
    data = render_stress(report, language=spoken, form=form)
    write_file(file, data)
    return len(data)


def write_deploy_report(
    path: str, plan: Plan, file: Path, *, language: str, public: bool
) -> int:
    """Write the report of a plan, and return how many bytes it has.

    Args:
        path: Folder of the agreement, or the name of a bundled one.
        plan: The plan.
        file: Where to, `.html` or `.pdf`.
        language: `en` or `uk`; another falls back to English.
        public: Leave out what only those may know who place posts.

    Returns:
        Bytes written.

    Raises:
        UsageError: Another ending.
    """
    form = check_file(file)
    title, names = titles(path)
    report = compose_deploy(plan, title=title, names=names, public=public)
    spoken = language if language in _LANGUAGES else "en"
    data = render_deploy(report, language=spoken, form=form)
    write_file(file, data)
    return len(data)


def titles(path: str) -> tuple[Mapping[str, str], Names]:
    """Return what an agreement is called, and its actors and clauses, by language."""
    written = read(agreement_texts(path)).written
    if written is None:
        return {}, {}
    title = known(written.heading.title)
    return title if isinstance(title, dict) else {}, names_in(written)


def names_in(written: Written) -> Names:
    """Return what an agreement calls its actors and clauses, by id and language."""
    every: list[tuple[object, object]] = [
        *(
            (key, held.name)
            for key, each in written.actors.items()
            if (held := known(each))
        ),
        *((known(each.id), each.title) for each in written.clauses),
    ]
    return {str(key): words for key, words in every if isinstance(words, dict)}
