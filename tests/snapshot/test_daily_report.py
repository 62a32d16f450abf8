"""The words of a report, as they were last approved.

`RENEW=1 pytest tests/snapshot` writes them anew; the change is then reviewed.
"""

import os
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

from pamiers.render import LANGUAGES
from pamiers.render.layout import page
from pamiers.render.page import Cell, Page
from pamiers.report.daily import compose
from tests.fakes.reports import inputs

FOLDER = Path(__file__).parent / "daily_report"


def flat(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return " / ".join(str(part) for part in astuple(cell) if part)


def words(laid_out: Page) -> Iterator[str]:
    """Yield the page line by line."""
    yield f"{laid_out.number} | {laid_out.day} | {laid_out.agreement}"
    yield laid_out.as_of
    for tile in laid_out.tiles:
        yield f"[{tile.label}: {tile.value}; {tile.small}]"
    for section in laid_out.sections:
        yield f"## {section.title}"
        yield from section.paragraphs
        yield from (f"- {text}" for text in section.bullets)
        for clause in section.clauses:
            yield f"### {clause.title}: {clause.text} ({clause.cite})"
            yield from (" | ".join(map(flat, row)) for row in clause.rows)
        for grid in section.grids:
            yield " | ".join(column.label for column in grid.columns)
            yield from (" | ".join(map(flat, row)) for row in grid.rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_those_approved(language: str) -> None:
    path = FOLDER / f"{language}.txt"
    text = "\n".join(words(page(compose(inputs()), language))) + "\n"
    if os.environ.get("RENEW"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
