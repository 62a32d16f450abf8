"""The report as a web page: one file, no script, nothing fetched."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pamiers.render.layout import MOST_ROWS, page, speaker_of
from pamiers.render.map_svg import draw, key_of, notes_of
from pamiers.render.offered import FORMATS, LANGUAGES
from pamiers.render.page import Badge, Detail, Links

if TYPE_CHECKING:
    from pamiers.report.daily import DailyReport

#: languages and forms that a page may link to, in the order shown
_OFFERED: Final = (*LANGUAGES, *FORMATS)
#: what a slow line carries in a few seconds
MOST_BYTES: Final = 150_000
_ROWS: Final = (MOST_ROWS, 100, 70, 50, 30, 15)  # tried in this order


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the one environment of all templates: escaping, strict on names."""
    environment = Environment(
        loader=PackageLoader("pamiers.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # The one picture of a page beside its map: made by `square_code`, of no text.
    environment.filters["picture"] = Markup
    environment.tests["badge"] = lambda cell: isinstance(cell, Badge)
    environment.tests["links"] = lambda cell: isinstance(cell, Links)
    environment.tests["detail"] = lambda cell: isinstance(cell, Detail)
    return environment


def render_html(
    report: "DailyReport", language: str, alternates: Mapping[str, str]
) -> bytes:
    """Return the report as one HTML file.

    Args:
        report: The report.
        language: Code of a catalogue.
        alternates: Language code or format -> relative address of the same report;
            `index` -> that of the list of days; `issued` -> of its first issue.

    Returns:
        UTF-8 bytes, with as many rows in its tables as keep it below `MOST_BYTES`;
        it says how many there are. Every text is escaped.
    """
    data = b""
    for most in _ROWS:
        data = _rendered(report, language, alternates, most)
        if len(data) < MOST_BYTES:
            break
    return data


def _rendered(
    report: "DailyReport", language: str, alternates: Mapping[str, str], most: int
) -> bytes:
    speaker = speaker_of(report, language)
    links = {name: alternates[name] for name in _OFFERED if name in alternates}
    text = (
        environment()
        .get_template("daily.html")
        .render(
            page=page(report, language, most),
            t=speaker.text,
            languages=[(k, v) for k, v in links.items() if k in LANGUAGES],
            forms=[(k, v) for k, v in links.items() if k not in LANGUAGES],
            index=alternates.get("index"),
            issued=alternates.get("issued"),
            # Signs and map are made by `map_svg`, which escapes every text in them.
            map=Markup(draw(report, speaker, foot=False)),  # noqa: S704 - drawn by this program
            legend=[(Markup(sign), text) for sign, text in key_of(report, speaker)],  # noqa: S704 - drawn by this program
            notes=list(notes_of(report, speaker)),
            style=Markup(style()),  # noqa: S704  (a file of this package)
        )
    )
    return text.encode()


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style sheet of every page."""
    path = files("pamiers.render") / "templates" / "daily.css"
    return path.read_text(encoding="utf-8")
