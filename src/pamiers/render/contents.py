"""A page that lists daily reports: day, verdicts, and the forms of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from markupsafe import Markup

from pamiers.render.html import environment, style
from pamiers.render.language import Language

if TYPE_CHECKING:
    from pamiers.report.daily import DailyReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One daily report of the list, and where its forms lie."""

    report: "DailyReport"
    addresses: Mapping[str, str]  #: form -> relative address


def render_contents(
    listed: Sequence[Listed],
    *,
    language: str,
    tz: tzinfo,
    others: Mapping[str, str],
    feed: str = "",
) -> bytes:
    """Return the list as one HTML file, newest day first.

    Args:
        listed: Reports of one mission, at least one.
        language: Code of a catalogue.
        tz: Zone of the mission.
        others: Language code -> relative address of the same list.
        feed: Relative address of the feed of the same reports; empty: none.

    Returns:
        UTF-8 bytes; nothing in it runs or is fetched.
    """
    speaker = Language(language, tz)
    newest = sorted(listed, key=lambda each: each.report.header.day, reverse=True)
    header = newest[0].report.header
    rows = [
        {
            "day": speaker.day(each.report.header.day),
            "address": each.addresses.get("html"),
            "verdicts": [
                (speaker.word("verdict", verdict.value), count)
                for verdict, count in each.report.verdicts
            ],
            "forms": [
                (speaker.text(f"format.{form}"), address)
                for form, address in each.addresses.items()
                if form != "html"  # the day itself leads there
            ],
        }
        for each in newest
    ]
    page = (
        environment()
        .get_template("contents.html")
        .render(
            t=speaker.text,
            language=language,
            languages=[
                (speaker.text(f"language.{code}"), code, address)
                for code, address in others.items()
            ],
            title=speaker.say(header.agreement_title),
            head=header.head,
            entries=speaker.number(header.entries),
            rows=rows,
            feed=feed,
            style=Markup(style()),  # noqa: S704  (a file of this package)
        )
    )
    return page.encode()
