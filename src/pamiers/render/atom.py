"""A feed of reports: what is new, and what was corrected.

Source: RFC 4287. Addresses are relative, so that a mirror needs no rewriting.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final

from pamiers.core.instant import format_instant
from pamiers.render.contents import Listed
from pamiers.render.language import Language
from pamiers.render.layout import page, speaker_of

if TYPE_CHECKING:
    from pamiers.report.daily import DailyReport

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"


def render_feed(
    listed: Sequence[Listed], *, language: str, tz: tzinfo, address: str
) -> bytes:
    """Return the feed of some reports, the newest day first.

    Args:
        listed: Reports of one mission and where their pages lie; at least one.
        language: Code of a catalogue.
        tz: Zone of the mission.
        address: Where the feed itself lies, relative.

    Returns:
        UTF-8 XML; the same bytes for the same reports.
    """
    speaker = Language(language, tz)
    newest = sorted(listed, key=lambda each: each.report.header.day, reverse=True)
    head = newest[0].report.header
    feed = ET.Element(f"{{{_ATOM}}}feed", {f"{_XML}lang": language})
    title = f"{speaker.text('contents.title')}: {speaker.say(head.agreement_title)}"
    _add(feed, "title", title)
    _add(feed, "id", _name(newest[0].report, "feed", language))
    _add(feed, "updated", format_instant(max(updated_at(e.report) for e in newest)))
    _add(_add(feed, "author"), "name", speaker.text("ui.brand"))
    _add(feed, "link", rel="self", href=address, type="application/atom+xml")
    for each in newest:
        _entry(feed, each, language)
    ET.register_namespace("", _ATOM)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def updated_at(report: "DailyReport") -> datetime:
    """Return when a report was last news: at its cut-off, or when it was corrected."""
    head = report.header
    return head.generated_at if report.correction else head.end


def _entry(feed: ET.Element, each: Listed, language: str) -> None:
    report, laid_out = each.report, page(each.report, language, 1)
    entry = _add(feed, "entry")
    mark = speaker_of(report, language).text("corrected.title")
    title = laid_out.page_title
    _add(entry, "title", f"{mark}: {title}" if report.correction else title)
    _add(entry, "id", _name(report, str(report.header.day), language))
    _add(entry, "published", format_instant(report.header.end))
    _add(entry, "updated", format_instant(updated_at(report)))
    _add(entry, "link", href=each.addresses["html"], type="text/html")
    told = [*laid_out.sections[0].paragraphs, *laid_out.sections[0].bullets]
    _add(entry, "summary", " ".join(told))


def _name(report: "DailyReport", what: str, language: str) -> str:
    """Return a name that no other report has, and that never changes."""
    head = report.header
    origin = head.checkpoint.partition("\n")[0] or head.agreement
    parts = (*origin.split("/"), head.edition.id, head.kind, what, language)
    return ":".join(("urn:pamiers", *parts))


def _add(parent: ET.Element, name: str, text: str = "", **given: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}", given)
    made.text = text or None
    return made
