"""J6: somebody of the public reads the report of a day, without a script or a mouse.

Steps are numbered as in docs/reference/journeys.md.
"""

import itertools
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.browsing import AXE, chromium, grave, needs
from tests.integration.journeys.walking import BAD_LINK, Keys, port_of, stranger
from tests.integration.lossy import Link, routed
from tests.integration.program import answer, run
from tests.integration.service.serving import Serving, prepared, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs("index.html")
REPORT = "reports/files/2020-08-01-en.html"
MOST_BYTES = 150_000
LATE = (
    "source,key,start,end,lon,lat,radius_m,kind\n"
    "post-3,c1,2020-08-01T12:00:00Z,2020-08-01T12:05:00Z,38.2,48.2,300,explosion\n"
)
#: what no public page may hold: words of an observer, and where he stood
CANARIES = ("canary", "38.123456", "48.654321")
A4_PX = 794  #: width of A4 at 96 dots an inch
SLOW = Link(bytes_s=8_000)  #: 64 kbit/s


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as started:
        yield started


def test_a_reader_of_the_public_checks_a_corrected_report(
    browser: "Browser", tmp_path: Path
) -> None:
    folder = prepared(tmp_path / "m")
    first = tmp_path / "first.html"
    run("report", folder, "--day", "2020-08-01", "--issue", "-o", first)
    rows = tmp_path / "late.csv"
    rows.write_text(LATE)
    answer("ingest", folder, rows)
    with serving(folder) as service:
        service.wait_for_pages()
        it_reads_without_a_script_on_a_slow_link(browser, service)
        page = stranger(browser, service.address, java_script_enabled=False)
        asked: set[str] = set()
        page.on("request", lambda request: asked.add(request.url))
        page.goto(f"/{REPORT}")
        it_says_numbers_with_the_day_before_and_who_watched(page)
        headings_and_tables_say_what_the_map_shows(page)
        a_correction_is_told_and_the_first_issue_stays(page, service)
        the_language_is_changed_and_figures_stay_as_they_run(page)
        it_says_how_to_check_it(page)
        nothing_is_kept_or_asked_of_others(page, asked, service)
        nobody_is_named_and_no_post_is_placed(page, service)
        the_report_is_read_by_keys_alone(browser, service)
        page.context.close()
    what_can_be_taken_away(folder, tmp_path / "site")


def it_reads_without_a_script_on_a_slow_link(
    browser: "Browser", service: Serving
) -> None:
    """J6.1: at most 150 kB, under 5 s at 64 kbit/s, fits a phone and A4."""
    with routed(port_of(service)) as way:
        size: Any = {"width": 360, "height": 740}
        page = stranger(browser, way.address, java_script_enabled=False, viewport=size)
        way.link = SLOW
        begun = time.monotonic()
        page.goto(f"/{REPORT}")
        assert time.monotonic() - begun < (5 if BAD_LINK else 60)
        assert 0 < way.passed < 5 * SLOW.bytes_s
        assert len(service.ask(f"/{REPORT}").body) <= MOST_BYTES
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.emulate_media(media="print")
        page.set_viewport_size({"width": A4_PX, "height": 1123})
        assert page.evaluate("document.documentElement.scrollWidth") <= A4_PX
        assert page.pdf(format="A4").count(b"/Type /Page\n") >= 1
        page.context.close()


def it_says_numbers_with_the_day_before_and_who_watched(page: "Page") -> None:
    """J6.2: summary, change, coverage note, map, annex, terms, disclaimer."""
    bullets = " ".join(page.locator("#summary li").all_inner_texts())
    assert "previous day" in bullets
    assert "What was not reported is not known" in bullets
    assert page.locator("#map svg").first.is_visible()
    for part in ("annex", "incidents", "coverage"):
        assert page.locator(f"#{part} table, #{part} p").count() >= 1
    assert page.locator("#terms dt").count() >= 10
    assert "no judgement on the status" in page.locator("#map").inner_text()
    assert "Based on information received as of" in page.locator(".asof").inner_text()


def headings_and_tables_say_what_the_map_shows(page: "Page") -> None:
    """J6.4: headings in order, a table for the map, words for each picture."""
    levels = page.locator("h1, h2, h3, h4").evaluate_all(
        "all => all.map((each) => Number(each.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    steps = itertools.pairwise(levels)
    assert all(after - before <= 1 for before, after in steps)
    shown = re.search(
        r"(\d+) of (\d+) incidents shown", page.locator("#map").inner_text()
    )
    assert shown
    rows = page.locator("#incidents tbody tr").count()
    assert rows == int(shown[2])
    bare = "svg:not([aria-hidden]):not([aria-label]):not([aria-labelledby])"
    assert page.locator(f"#map {bare}:not(:has(title))").count() == 0


def a_correction_is_told_and_the_first_issue_stays(
    page: "Page", service: Serving
) -> None:
    """J6.5: corrected, by what, and the first issue byte for byte where it was."""
    told = page.locator("#corrected").inner_text()
    assert "was issued before" in told
    assert "1 incidents added" in told or "1 incident added" in told
    link = page.locator("#corrected a")
    where = str(link.evaluate("e => e.href"))
    kept = service.ask(where.removeprefix(service.address.rstrip("/"))).body.decode()
    assert "Corrected</h2>" not in kept
    assert "on record 2 reports of fire" not in kept.replace("\n", " ")
    link.click()
    page.get_by_role("heading", level=1).wait_for()
    assert page.locator("#corrected").count() == 0
    other = where.replace("-public-", "-commission-")
    refused = service.ask(other.removeprefix(service.address.rstrip("/")))
    assert refused.status == 404
    page.go_back()


def the_language_is_changed_and_figures_stay_as_they_run(page: "Page") -> None:
    """J6.3: the same parts under the same anchors in each language."""
    parts = page.locator("section[id]").evaluate_all("all => all.map((e) => e.id)")
    page.goto(f"/{REPORT}#annex")
    page.get_by_role("link", name="Українська").click()
    page.locator("html[lang=uk]").wait_for()
    same = page.locator("section[id]").evaluate_all("all => all.map((e) => e.id)")
    assert same == parts
    page.get_by_role("link", name="English").click()
    page.locator("html[lang=en]").wait_for()


def it_says_how_to_check_it(page: "Page") -> None:
    """J6.6: what checking means in plain words, and the line to do it oneself."""
    check = page.locator("#check")
    assert check.locator("code, pre").count() >= 1
    assert "pamiers" in check.inner_text()
    assert re.search(r"[0-9a-f]{16}", check.inner_text())


def nothing_is_kept_or_asked_of_others(
    page: "Page", asked: set[str], service: Serving
) -> None:
    """J6.8, J6.9: no cookie, no other host, and nobody's address in the log."""
    assert page.context.cookies() == []
    assert {each for each in asked if not each.startswith(service.address)} == set()
    assert "127.0.0.1:" not in service.errors.read_text().replace(service.address, "")


def nobody_is_named_and_no_post_is_placed(page: "Page", service: Serving) -> None:
    """J6.10: no words of observers, no place of theirs, positions on the grid."""
    paths = (REPORT, "api/incidents", "data/situation.json", "data/coverage.json")
    pages = [page.content()]
    pages += [service.ask(f"/{path}").body.decode() for path in paths]
    for canary in CANARIES:
        assert all(canary not in each for each in pages), canary
    found = service.ask("/api/incidents").json["items"]
    assert found
    for each in found:
        for axis in ("lon", "lat"):
            steps = each[axis] / 0.02
            assert abs(steps - round(steps)) < 1e-6, each


def the_report_is_read_by_keys_alone(browser: "Browser", service: Serving) -> None:
    """Every stop is seen, nothing holds the focus, and axe finds nothing grave."""
    page = stranger(browser, service.address)
    page.goto(f"/{REPORT}")
    keys = Keys(page)
    keys.press(page.locator("a.skip"))
    assert page.url.endswith("#summary")
    keys.press(page.locator("nav.contents a[href='#annex']"))
    assert page.url.endswith("#annex")
    keys.leaves_the_page()
    if AXE.exists():
        assert grave(page) == set()
    page.context.close()


def what_can_be_taken_away(folder: Path, site: Path) -> None:
    """J6.7: the files beside a report, with HXL, licence and how to cite it."""
    run("site", folder, "-o", site)
    report = (site / REPORT).read_text()
    for name in ("2020-08-01.json", "2020-08-01.geojson"):
        assert f'href="{name}"' in report
        assert (site / "reports" / "files" / name).stat().st_size > 0
    assert (site / "reports" / "issued").is_dir()
    first = re.search(r'href="\.\./(issued/[^"]+)"', report)
    assert first
    assert (site / "reports" / first[1]).is_file()
    tables = site.parent / "csv"
    run("export", folder, "--format", "csv", "-o", tables)
    head = (tables / "incident.csv").read_text().split("\n")[:2]
    assert "#date" in head[1]
