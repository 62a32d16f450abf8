"""A page that is no daily report, as a web page and as PDF: without a map."""

import json
from collections.abc import Mapping
from datetime import datetime

import typst
from markupsafe import Markup

from pamiers.render.html import environment, style
from pamiers.render.language import Language
from pamiers.render.page import Page
from pamiers.render.pdf import plain_page, template


def html_of(
    page: Page, speaker: Language, alternates: Mapping[str, str] | None = None
) -> bytes:
    """Return a page as one HTML file.

    Args:
        page: What it holds.
        speaker: Its language.
        alternates: Language code or format -> relative address of the same page.

    Returns:
        UTF-8 bytes; nothing in it runs or is fetched.
    """
    given = (alternates or {}).items()
    languages = [(k, v) for k, v in given if speaker.knows(f"language.{k}")]
    made = (
        environment()
        .get_template("daily.html")
        .render(
            page=page,
            t=speaker.text,
            languages=languages,
            forms=[each for each in given if each not in languages],
            index=None,
            map="",
            legend=[],
            notes=[],
            style=Markup(style()),  # noqa: S704  (a file of this package)
        )
    )
    return made.encode()


def pdf_of(page: Page, at: datetime, head: str = "") -> bytes:
    """Return a page as PDF/UA-1, A4; equal for equal arguments.

    Args:
        page: What it holds.
        at: The instant that the file is dated with.
        head: Of the record that it is of; empty where it is of none.

    Returns:
        PDF bytes.
    """
    none = {"map": "", "map_alt": "", "map_none": ""}
    given = {**plain_page(page), **none, "head": head, "foot": page.page_title}
    made = typst.compile(
        template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps(given, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    return bytes(made)
