"""The one door to every form: a report in, bytes out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pamiers.core.errors import UnknownTermError
from pamiers.render.offered import FORMATS, LANGUAGES

if TYPE_CHECKING:
    from pamiers.report.daily import DailyReport


def render(
    report: "DailyReport",
    *,
    language: str,
    format: str,  # noqa: A002  (the word of the command line)
    alternates: Mapping[str, str] | None = None,
) -> bytes:
    """Return a report in one form and language.

    Args:
        report: The report, of the edition it was composed for.
        language: Code of a catalogue, such as `uk`.
        format: One of `FORMATS`.
        alternates: Links that a web page offers to the same report in another
            language or form: language code or format -> relative address.

    Returns:
        The bytes of the file; equal for equal arguments.

    Raises:
        UnknownTermError: No such language or format.
    """
    _one_of("language", language, LANGUAGES)
    _one_of("format", format, FORMATS)
    # Imported here so that naming the formats costs nothing at start-up.
    if format == "html":
        from pamiers.render.html import render_html  # noqa: PLC0415 - loaded when it is used

        return render_html(report, language, alternates or {})
    if format == "pdf":
        from pamiers.render.pdf import render_pdf  # noqa: PLC0415 - loaded when it is used

        return render_pdf(report, language)
    if format == "svg":
        from pamiers.render.map_svg import render_svg  # noqa: PLC0415 - loaded when it is used

        return render_svg(report, language)
    if format == "geojson":
        from pamiers.render.geojson import render_geojson  # noqa: PLC0415 - loaded when it is used

        return render_geojson(report, language)
    from pamiers.render.json_text import render_json  # noqa: PLC0415 - loaded when it is used

    return render_json(report, language)


def _one_of(what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise UnknownTermError(
            what,
            expected=f"one of {', '.join(known)}",
            got=repr(given),
            remedy=f"Name a {what} that reports are made in.",
        )
