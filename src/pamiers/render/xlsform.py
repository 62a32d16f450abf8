"""A field form as an XLSForm: the workbook that ODK and Kobo read.

Columns and types are those of the XLSForm standard (xlsform.org); every cell is a text.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from babel.core import Locale
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pamiers.mission.field_form import FieldForm, Words
from pamiers.render.tabular.xlsx import OPTIONS

_WIDTH: Final = 28


def xlsform(form: FieldForm, *, at: datetime) -> bytes:
    """Return a form as one XLSX file.

    Args:
        form: The form.
        at: What the file is dated with, aware.

    Returns:
        Its bytes, equal for equal arguments.
    """
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    book.set_properties({"title": form.title, "created": at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    for name, rows in _sheets(form):
        page = book.add_worksheet(name)
        page.freeze_panes(1, 0)
        _fill(page, rows, bold)
    book.close()
    return out.getvalue()


def _fill(page: Worksheet, rows: Sequence[Sequence[str]], bold: object) -> None:
    page.set_column(0, len(rows[0]) - 1, _WIDTH)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                page.write_string(number, column, cell, None if number else bold)


def _sheets(form: FieldForm) -> Iterator[tuple[str, list[list[str]]]]:
    yield "survey", list(_survey(form))
    yield "choices", list(_choices(form))
    yield (
        "settings",
        [
            ["form_title", "form_id", "version", "default_language"],
            [form.title, form.id, form.version, _told(form.languages[0])],
        ],
    )


def _survey(form: FieldForm) -> Iterator[list[str]]:
    worded = ("label", "hint", "constraint_message")
    plain = (
        "required",
        "relevant",
        "constraint",
        "calculation",
        "default",
        "appearance",
        "parameters",
    )
    heads = [head for name in worded for head in _headers(name, form.languages)]
    yield ["type", "name", *heads, *plain]
    for each in form.questions:
        cells = [cell for name in worded for cell in _cells(getattr(each, name), form)]
        told = [getattr(each, name) for name in plain]
        yield [each.type, each.name, *cells, *told]


def _choices(form: FieldForm) -> Iterator[list[str]]:
    yield ["list_name", "name", *_headers("label", form.languages), "lat", "lon"]
    for each in form.choices:
        spot = [f"{at:.5f}" if at is not None else "" for at in (each.lat, each.lon)]
        yield [each.listed, each.name, *_cells(each.label, form), *spot]


def _headers(name: str, languages: Iterable[str]) -> list[str]:
    return [f"{name}::{_told(language)}" for language in languages]


def _cells(words: Words, form: FieldForm) -> list[str]:
    return [words.get(language, "") for language in form.languages]


def _told(language: str) -> str:
    """Return a language as ODK shows it: its own name, and its code."""
    own = Locale.parse(language).get_display_name(language) or language
    return f"{own.capitalize()} ({language})"
