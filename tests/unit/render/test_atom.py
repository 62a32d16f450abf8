"""The feed of reports: whole, dated, and leading to the pages."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta

import pytest

from pamiers.render.atom import render_feed
from pamiers.render.contents import Listed
from pamiers.render.offered import LANGUAGES
from pamiers.report.correction import Change, Correction
from pamiers.report.daily import compose
from tests.fakes.reports import DAY, KYIV, inputs

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGE = Change(section="annex", added=1, gone=0, changed=0)


def listed(*, corrected: bool = False) -> list[Listed]:
    found = []
    for day in (DAY - timedelta(days=1), DAY):
        report = compose(inputs(day=day))
        if corrected:
            told = Correction(entries=3, head="aa" * 32, changes=(CHANGE,))
            report = replace(report, correction=told)
        found.append(Listed(report=report, addresses={"html": f"files/{day}.html"}))
    return found


def feed(language: str = "en", *, corrected: bool = False) -> ET.Element:
    given = {"language": language, "address": "feed.xml"}
    return ET.fromstring(render_feed(listed(corrected=corrected), tz=KYIV, **given))  # noqa: S314  (our own bytes)


def texts(within: ET.Element, name: str) -> list[str | None]:
    return [each.text for each in within.iter(f"{ATOM}{name}")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_newest_day_stands_first_and_leads_to_its_page(language: str) -> None:
    entries = feed(language).findall(f"{ATOM}entry")
    links = [each.find(f"{ATOM}link").get("href") for each in entries]  # type: ignore[union-attr]
    assert links == [f"files/{DAY}.html", f"files/{DAY - timedelta(days=1)}.html"]


def test_every_id_is_its_own_and_does_not_change() -> None:
    ids = texts(feed(), "id")
    assert len(set(ids)) == 3
    assert texts(feed(corrected=True), "id") == ids


def test_a_corrected_report_is_news_and_says_so() -> None:
    before, after = feed(), feed(corrected=True)
    assert texts(before, "updated")[1] == "2020-07-27T16:30:00Z"
    assert texts(after, "updated")[1] == "2020-07-28T06:00:00Z"
    assert all("Corrected" in str(each) for each in texts(after, "title")[1:])
