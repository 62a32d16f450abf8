"""The report as a web page: one file, no script, nothing fetched."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pamiers.render.layout import page, speaker_of
from pamiers.render.map_svg import draw, key_of, notes_of
from pamiers.render.page import Badge, Detail, Links

if TYPE_CHECKING:
    from pamiers.report.daily import DailyReport

#: languages and forms that a page may link to, in the order shown
_LANGUAGES: Final = ("en", "uk")
_FORMS: Final = ("html", "pdf", "json", "geojson", "svg")


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
        alternates: Language code or format -> relative address of the same report.

    Returns:
        UTF-8 bytes. Every text is escaped; the map is drawn by pamiers itself.
    """
    speaker = speaker_of(report, language)
    text = (
        environment()
        .get_template("daily.html")
        .render(
            page=page(report, language),
            t=speaker.text,
            languages=[
                (code, alternates[code]) for code in _LANGUAGES if code in alternates
            ],
            forms=[(form, alternates[form]) for form in _FORMS if form in alternates],
            # Signs and map are made by `map_svg`, which escapes every text in them.
            map=Markup(draw(report, speaker, foot=False)),  # noqa: S704
            legend=[(Markup(sign), text) for sign, text in key_of(report, speaker)],  # noqa: S704
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
