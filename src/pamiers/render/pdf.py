"""The report as a PDF: tagged for readers, the same bytes every time.

Typst sets it from the same page as the web page, with the fonts it carries;
fonts of the machine are not looked at, so that a digest of the file holds
everywhere.
"""

import json
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import typst

from pamiers.render.layout import page, speaker_of
from pamiers.render.map_svg import alternative, draw
from pamiers.render.page import Badge, Cell, Detail, Links, Page

if TYPE_CHECKING:
    from pamiers.report.daily import DailyReport


def render_pdf(report: "DailyReport", language: str) -> bytes:
    """Return the report as PDF/UA-1, A4.

    Args:
        report: The report.
        language: Code of a catalogue.

    Returns:
        PDF bytes, dated with the report's own `generated_at`.
    """
    speaker = speaker_of(report, language)
    given = {
        **plain_page(page(report, language)),
        "map": draw(report, speaker, screen=False),
        "map_alt": alternative(report, speaker),
        "map_none": speaker.text("map.none"),
        "foot": speaker.text(
            "print.page", number=report.header.number, day=report.header.day
        ),
        "head": report.header.head,
    }
    made = typst.compile(
        template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps(given, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(report.header.generated_at.timestamp()),
    )
    return bytes(made)


@lru_cache(maxsize=1)
def template() -> bytes:
    """Return the template that every report is set from."""
    return (files("pamiers.render") / "templates" / "daily.typ").read_bytes()


def plain_page(laid_out: Page) -> dict[str, object]:
    """Return a page as plain values; each cell says what it is."""
    plain = asdict(laid_out)
    for section, made in zip(laid_out.sections, plain["sections"], strict=True):
        for grid, plain_grid in zip(section.grids, made["grids"], strict=True):
            plain_grid["rows"] = [[_cell(c) for c in row] for row in grid.rows]
        for clause, plain_clause in zip(section.clauses, made["clauses"], strict=True):
            plain_clause["rows"] = [[_cell(c) for c in row] for row in clause.rows]
    return plain


def _cell(cell: Cell) -> dict[str, str]:
    found = {"text": "", "small": "", "shape": "", "tone": ""}
    match cell:
        case Badge(tone=tone, shape=shape, text=text, small=small):
            return {"text": text, "small": small, "shape": shape, "tone": tone}
        case Detail(text=text, small=small):
            return {**found, "text": text, "small": small}
        case Links(items=items, small=small):
            numbers = ", ".join(text for text, _ in items)
            return {
                **found,
                "text": numbers or small,
                "small": small if numbers else "",
            }
        case _:
            return {**found, "text": cell}
