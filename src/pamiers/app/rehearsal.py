"""Rehearse an agreement: live through a simulated world, and write what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import orjson

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement
from pamiers.agreement.origins import sources_in
from pamiers.agreement.reader import read
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.dates import read_date
from pamiers.app.wiring import write_file
from pamiers.core.errors import UsageError
from pamiers.core.source import Source
from pamiers.render import LANGUAGES
from pamiers.render.after_action import render_html, render_pdf
from pamiers.report.after_action import AfterAction, after_action
from pamiers.report.document import plain
from pamiers.report.message import Message, Named, Term
from pamiers.simulation.living import Hearing, Lived, live
from pamiers.simulation.outcome import outcome_of
from pamiers.simulation.setting import Setting
from pamiers.simulation.stage import Stage, stage_of
from pamiers.simulation.written import read_setting, starting

#: most days that are rehearsed at once
MOST_DAYS: Final = 366
_MOST_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be rehearsed."""

    seed: int = 0
    days: int | None = None  #: None: as the scenario says, else a week
    first: str | None = None  #: first day, ISO; None: as said, or chosen
    scenario: Path | None = None
    quick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An agreement on its stage, and the setting that it is lived through in."""

    texts: Mapping[str, str]
    stage: Stage
    setting: Setting
    sources: Mapping[str, Source]


def rehearse(agreement: str, wanted: Wanted, out: Path | None) -> dict[str, object]:
    """Rehearse an agreement and write its after-action report.

    Args:
        agreement: Folder, or name of a bundled agreement.
        wanted: Seed, days, setting.
        out: Folder to write to; None for one named after agreement and seed.

    Returns:
        Figures, roles, parties and the paths of what was written, as plain values.

    Raises:
        MalformedAgreementError: The agreement cannot be run.
        UsageError: It has no procedure that its clauses lead to.
    """
    prepared = prepare(agreement, wanted)
    lived, report = lived_through(prepared, wanted.seed)
    del lived
    name = f"rehearsal-{prepared.stage.agreement.id}-{wanted.seed}"
    folder = out if out is not None else Path(name)
    return {**told(report), **write_report(report, folder)}


def prepare(agreement: str, wanted: Wanted) -> Prepared:
    """Return an agreement laid out in the setting that is wanted.

    Raises:
        MalformedAgreementError: The agreement cannot be run.
        MalformedSourceError: The scenario cannot be read.
        UsageError: Nothing to rehearse, or days that are none.
    """
    texts = agreement_texts(agreement)
    loaded = load_agreement(texts)
    refuse_without_procedures(loaded)
    stage = stage_of(loaded)
    if not stage.temptations:
        raise UsageError(
            loaded.id,
            expected="a clause that something can break by being done",
            got="none",
            remedy="Add a clause that forbids an event or a presence.",
        )
    return Prepared(
        texts=texts,
        stage=stage,
        setting=setting_of(wanted),
        sources=sources_in(read(texts).written),
    )


def refuse_without_procedures(agreement: Agreement) -> None:
    """Refuse an agreement no clause of which leads to a procedure of its own.

    Raises:
        UsageError: There is none.
    """
    led = [c.id for c in agreement.clauses if c.on_breach in agreement.procedures]
    if not led:
        raise UsageError(
            agreement.id,
            expected="clauses whose `on_breach` names one of its procedures",
            got=f"{len(agreement.procedures)} procedures, none of them named",
            remedy="Write what is agreed for the case of a breach under `procedures`.",
        )


def setting_of(wanted: Wanted) -> Setting:
    """Return the setting that is wanted: the scenario's, or the defaults.

    Raises:
        MalformedSourceError: The scenario cannot be read.
        UsageError: Days that are none, or too many.
    """
    setting = Setting()
    first = None
    if wanted.scenario is not None:
        written = read_setting(text_of(wanted.scenario), wanted.scenario.name)
        setting, first = written.setting, written.from_on
    if wanted.first is not None:
        first = read_date(wanted.first, "--from")
    if wanted.days is not None:
        setting = replace(setting, days=wanted.days)
    if not 1 <= setting.days <= MOST_DAYS:
        raise UsageError(
            "--days",
            expected=f"1 to {MOST_DAYS}",
            got=str(setting.days),
            remedy="Rehearse fewer days at once.",
        )
    if wanted.quick:
        setting = replace(setting, fused=False)
    return starting(setting, first)


def text_of(path: Path) -> str:
    """Return the text of a scenario.

    Raises:
        UsageError: There is no such file, or it is too large or not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(path, "bytes that are not UTF-8") from error
    if len(data) > _MOST_BYTES:
        raise _unreadable(path, f"{len(data):,} bytes")
    return text


def _unreadable(path: Path, got: str) -> UsageError:
    return UsageError(
        str(path),
        expected="a scenario as UTF-8 text",
        got=got,
        remedy="Give the YAML file of a simulation.",
    )


def lived_through(
    prepared: Prepared, seed: int, heard: Hearing = lambda *_: None
) -> tuple[Lived, AfterAction]:
    """Return a life with a seed, and the report of it."""
    rng = np.random.default_rng(seed)
    lived = live(prepared.stage, prepared.setting, prepared.sources, rng, heard)
    return lived, after_action(lived, outcome_of(lived), seed)


def told(report: AfterAction) -> dict[str, object]:
    """Return the figures of a rehearsal, and who kept what, as plain values."""
    return {
        **dict(report.figures),
        "agreement": report.rehearsed.agreement.words[0][1],
        "seed": report.rehearsed.seed,
        "days": report.rehearsed.days,
        "from": report.rehearsed.start.isoformat(),
        "to": report.rehearsed.end.isoformat(),
        "roles": plain(report.roles, _in_english),
        "parties": plain(report.parties, _in_english),
    }


def _in_english(spoken: Message | Named | Term) -> str:
    match spoken:
        case Named():
            return spoken.in_language("en")
        case Term():
            return spoken.id
        case _:
            return spoken.key


def write_report(report: AfterAction, folder: Path) -> dict[str, object]:
    """Write an after-action report in every language, and its values as JSON.

    Args:
        report: The report.
        folder: Where to; files of those names are replaced.

    Returns:
        `after_action`, the page in English, and `files`, all that was written.

    Raises:
        StoreError: The disk refused.
    """
    files: list[Path] = []
    for language in LANGUAGES:
        links = {code: f"after-action-{code}.html" for code in LANGUAGES}
        links["pdf"] = f"after-action-{language}.pdf"
        page = folder / links[language]
        write_file(page, render_html(report, language, links))
        paper = folder / links["pdf"]
        write_file(paper, render_pdf(report, language))
        files += [page, paper]
    data = folder / "after-action.json"
    write_file(data, orjson.dumps(plain(report, _in_english), option=_INDENTED))
    files.append(data)
    return {
        "after_action": str(files[0]),
        "files": [str(each) for each in files],
    }


_INDENTED: Final = orjson.OPT_INDENT_2
