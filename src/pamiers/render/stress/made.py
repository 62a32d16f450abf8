"""The one door to the report of a stress test: a value in, bytes out."""

import json
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from typing import Final

import typst
from markupsafe import Markup

from pamiers.core.errors import UnknownTermError
from pamiers.render.html import environment, style
from pamiers.render.page import Badge, Cell, Detail, Links
from pamiers.render.stress.page import Pages
from pamiers.render.stress.voice import StressPage
from pamiers.render.stress.words import LABELS
from pamiers.report.stress import StressReport

FORMS: Final = ("html", "pdf")
_EPOCH: Final = 0  #: PDF dates: the same report has the same bytes


def render_stress(report: StressReport, *, language: str, form: str) -> bytes:
    """Return the report of a stress test in one form and language.

    Args:
        report: The report.
        language: `en`, `uk`, `fr` or `lv`.
        form: `html` or `pdf`.

    Returns:
        The bytes of the file; equal for equal arguments.

    Raises:
        UnknownTermError: No such language or form.
    """
    _one_of("language", language, tuple(LABELS))
    return rendered(Pages(report, language).page(), form)


def rendered(page: StressPage, form: str) -> bytes:
    """Return a page of words, tables and charts in one form.

    Args:
        page: The page.
        form: `html` or `pdf`.

    Returns:
        The bytes of the file; equal for equal arguments.

    Raises:
        UnknownTermError: No such form.
    """
    _one_of("form", form, FORMS)
    return _html(page) if form == "html" else _pdf(page)


def _one_of(what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise UnknownTermError(
            what,
            expected=f"one of {', '.join(known)}",
            got=repr(given),
            remedy=f"Name a {what} that reports are made in.",
        )


def _html(page: StressPage) -> bytes:
    charts = {
        # Charts are made by `drawing`, which escapes every text in them.
        part.id: [(Markup(each.svg), each.words) for each in part.charts]  # noqa: S704 - drawn by this program
        for part in page.parts
    }
    text = (
        environment()
        .get_template("stress.html")
        .render(page=page, charts=charts, style=Markup(style()))  # noqa: S704  (a file of this package)
    )
    return text.encode()


def _pdf(page: StressPage) -> bytes:
    given = asdict(page)
    for part, made in zip(page.parts, given["parts"], strict=True):
        for grid, plain in zip(part.grids, made["grids"], strict=True):
            plain["rows"] = [[_cell(each) for each in row] for row in grid.rows]
    made_pdf = typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps(given, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=_EPOCH,
    )
    return bytes(made_pdf)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (files("pamiers.render") / "templates" / "stress.typ").read_bytes()


def _cell(cell: Cell) -> dict[str, str]:
    match cell:
        case Badge(tone=tone, shape=shape, text=text, small=small):
            return {"text": text, "small": small, "shape": shape, "tone": tone}
        case Detail(text=text, small=small):
            return {"text": text, "small": small, "shape": "", "tone": ""}
        case Links():
            return {"text": "", "small": cell.small, "shape": "", "tone": ""}
        case _:
            return {"text": cell, "small": "", "shape": "", "tone": ""}
