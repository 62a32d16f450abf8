"""Run the scenarios of an agreement's folder: `scenarios/*.yaml` beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from pamiers.agreement.lint.check import check
from pamiers.agreement.model import Agreement
from pamiers.agreement.origins import sources_in
from pamiers.agreement.reader import read
from pamiers.agreement.resolve import resolve
from pamiers.app.agreement_files import agreement_folder, agreement_texts
from pamiers.app.case_scenarios import case_scenario, run_case_scenario
from pamiers.compliance.ledgers.trial.calendar import KEYS as CALENDAR_KEYS
from pamiers.compliance.ledgers.trial.calendar import check_calendar
from pamiers.compliance.ledgers.trial.ledger import KEYS as LEDGER_KEYS
from pamiers.compliance.ledgers.trial.ledger import check_ledger
from pamiers.compliance.scenario.run import Check, Failure, try_out
from pamiers.compliance.scenario.written import read_scenario
from pamiers.core.errors import PamiersError
from pamiers.core.source import Source

#: first key of an expectation other than `clause` -> what compares it
CHECKS: Final[dict[str, Check]] = {
    "calendar": check_calendar,
    "ledger": check_ledger,
}
#: the same -> the keys that such an expectation may have
KEYS: Final = {"calendar": CALENDAR_KEYS, "ledger": LEDGER_KEYS}
_FOLDER: Final = "scenarios"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one scenario came to."""

    file: str
    title: str
    failures: tuple[Failure, ...] = ()
    error: str | None = None  #: why it could not be run

    @property
    def passed(self) -> bool:
        """Tell whether everything came out as expected."""
        return self.error is None and not self.failures


def scenario_files(agreement: str) -> list[Traversable | Path]:
    """Return the scenario files of an agreement, by name; empty for none.

    Raises:
        UsageError: Neither a folder nor a bundled name.
    """
    folder = agreement_folder(agreement) / _FOLDER
    if not folder.is_dir():
        return []
    files = [each for each in folder.iterdir() if each.name.endswith(".yaml")]
    return sorted(files, key=lambda each: each.name)


def run_scenarios(agreement: str) -> Iterator[Outcome]:
    """Run the scenarios of an agreement, in the order of their files' names.

    Args:
        agreement: Path of a folder, or the name of a bundled agreement.

    Yields:
        One outcome each.

    Raises:
        MalformedAgreementError: The agreement cannot run.
    """
    taken, sources = runnable(agreement)
    texts = agreement_texts(agreement)
    for file in scenario_files(agreement):
        text = file.read_text(encoding="utf-8")
        found = case_scenario(text, file.name)
        if found is None:
            yield run_one(text, file.name, taken, sources)
        else:
            yield _run_case(found, file.name, texts)


def _run_case(found: Mapping[str, Any], name: str, texts: Mapping[str, str]) -> Outcome:
    """Return what a scenario of a procedure comes to, in the form of the others."""
    title = str(found.get("scenario") or name)
    try:
        came = run_case_scenario(found, texts)
    except PamiersError as error:
        return Outcome(file=name, title=title, error=str(error))
    failures = tuple(
        Failure(line=0, clause="procedure", reasons=(said,)) for said in came.failed
    )
    return Outcome(file=name, title=title, failures=failures)


def runnable(agreement: str) -> tuple[Agreement, dict[str, Source]]:
    """Return an agreement that can be judged against, and its sources.

    Raises:
        MalformedAgreementError: It has errors or blanks.
    """
    written = read(agreement_texts(agreement))
    return resolve(check(written)), sources_in(written.written)


def run_one(
    text: str, name: str, agreement: Agreement, sources: dict[str, Source]
) -> Outcome:
    """Return what one scenario comes to.

    Args:
        text: The scenario.
        name: Name of its file.
        agreement: What it is judged against.
        sources: Described by the agreement.

    Returns:
        The outcome; a scenario that cannot be read is one with its error.
    """
    title = name
    try:
        scenario = read_scenario(text, name, KEYS)
        title = scenario.title or name
        failures = try_out(scenario, agreement, sources, CHECKS)
    except PamiersError as error:
        return Outcome(file=name, title=title, error=str(error))
    return Outcome(file=name, title=title, failures=failures)
