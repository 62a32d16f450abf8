"""J5: a negotiator moves times and thresholds, and tries a text of his own, by keys.

Steps are numbered as in docs/reference/journeys.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pamiers.app.enrolled import enrol
from pamiers.app.wiring import opened
from tests.integration.browsing import AXE, chromium, grave, needs
from tests.integration.journeys.walking import LINK, Keys, port_of, signed_in, stranger
from tests.integration.lossy import routed
from tests.integration.program import answer
from tests.integration.service.serving import Serving, serving
from tests.shared import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs("index.html")
TEXT = (ROOT / "tests" / "assets" / "small-truce" / "agreement.yaml").read_text()
THRESHOLD = "agreement.thresholds.breached"
WARN = "procedures.response.steps[0].within"
#: two who saw one explosion, and one who heard another
ROWS = """source,key,start,end,lon,lat,radius_m,kind,party
post-1,a1,2026-05-12T09:00:00Z,2026-05-12T09:05:00Z,25.01,57.01,300,explosion,north
post-2,b1,2026-05-12T09:01:00Z,2026-05-12T09:06:00Z,25.011,57.011,300,explosion,north
post-1,a2,2026-05-13T09:00:00Z,2026-05-13T09:05:00Z,25.1,57.05,300,explosion,north
"""


@dataclass(slots=True)
class Trial:
    """A negotiator at the page of a draft, with keys alone."""

    page: "Page"
    keys: Keys

    def slider(self, path: str) -> str:
        return f".sliders li:has(code:text-is('{path}'))"

    def moves(self, path: str, key: str, until: str) -> None:
        """Press a key on a slider until it says something."""
        item = self.page.locator(self.slider(path))
        self.keys.to(item.locator("input"))
        for _ in range(12):
            if item.locator("output").inner_text() == until:
                return
            self.page.keyboard.press(key)
        raise AssertionError(item.inner_text())

    def told(self, row: str) -> list[str]:
        """Return what a row says of the agreement in force, and of the draft."""
        self.page.locator(".outcome[aria-busy=false] table").wait_for()
        cells = self.page.locator(f".outcome tr:has(th:text-is('{row}')) td")
        return [each.removeprefix("≠ ") for each in cells.all_inner_texts()]

    def chooses(self, *files: Path) -> None:
        self.keys.to(self.page.locator("input[type=file]"))
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        asked.value.set_files(files)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as started:
        yield started


def test_a_negotiator_tries_other_figures_and_texts(
    browser: "Browser", tmp_path: Path
) -> None:
    folder, written = tmp_path / "m", tmp_path / "written"
    written.mkdir()
    (written / "agreement.yaml").write_text(TEXT)
    answer("init", folder, "--agreement", written)
    (tmp_path / "rows.csv").write_text(ROWS)
    answer("ingest", folder, tmp_path / "rows.csv")
    names = {"oksana": ["commission"], "petro": ["party"]}
    passwords = {
        name: str(enrol(folder, name, roles, None, [])["token"])
        for name, roles in names.items()
    }
    with serving(folder) as service, routed(port_of(service)) as router:
        service.wait_for_pages()
        page = signed_in(browser, router.address, ("oksana", passwords["oksana"]))
        router.link = LINK
        size = answer("status", folder)["entries"]
        trial = Trial(page, Keys(page))
        what_is_in_force_comes_first(trial, folder)
        a_threshold_changes_what_is_found(trial, folder)
        a_time_changes_how_long_cases_last(trial)
        a_text_of_ones_own_is_tried_or_its_mistakes_are_named(trial, tmp_path)
        what_cannot_be_had_is_not_shown_as_something_else(trial)
        page.context.close()
        that_somebody_asked_is_all_that_is_on_record(folder, size)
        it_is_for_those_who_may_read_all_of_it(browser, service, passwords["petro"])


def what_is_in_force_comes_first(trial: Trial, folder: Path) -> None:
    """J5.3: the agreement on record by the same reckoning, found in the menu."""
    page, keys = trial.page, trial.keys
    page.goto("/")
    link = page.get_by_role("navigation").get_by_role("link", name="Try a draft")
    link.wait_for()
    keys.press(link)
    own = answer("replay", folder / ".." / "written", "--over", folder)
    for verdict in ("kept", "breached", "undetermined", "unobserved"):
        count = str(own["findings"][verdict])
        assert trial.told(verdict) == [count, count]
    page.get_by_text("the draft says what is in force").wait_for()
    if AXE.exists():
        assert grave(page) == set()


def a_threshold_changes_what_is_found(trial: Trial, folder: Path) -> None:
    """J5.5: by the arrows, in words and in outcomes, as the command line has it."""
    trial.moves(THRESHOLD, "ArrowLeft", "from 0.5 on")
    assert trial.told("breached") == ["1", "2"]
    assert trial.told("undetermined") == ["1", "0"]
    trial.page.get_by_text("falls from 0.9 to 0.5").wait_for()
    other = folder.parent / "other"
    other.mkdir()
    changed = TEXT.replace("breached: 0.9", "breached: 0.5")
    (other / "agreement.yaml").write_text(changed)
    found = answer("replay", other, "--over", folder)["findings"]
    assert (found["breached"], found["undetermined"]) == (2, 0)
    trial.keys.press(trial.page.get_by_role("button", name="As written"))
    assert trial.told("breached") == ["1", "1"]


def a_time_changes_how_long_cases_last(trial: Trial) -> None:
    """J5.5: 24, 48, 72 h; by buttons too, since nobody has to drag."""
    row = "Longest case, if nobody acts"
    item = trial.page.locator(trial.slider(WARN))
    before = trial.told(row)
    assert before[0] == before[1] == "18 hr 1 min"
    trial.moves(WARN, "ArrowRight", "48 hr (hours that pass)")
    assert trial.told(row) == [before[0], "1 day 18 hr"]
    trial.keys.press(item.get_by_role("button", name="More"))
    assert item.locator("output").inner_text() == "72 hr (hours that pass)"
    assert trial.told(row) == [before[0], "2 days 18 hr"]
    assert "written: 24 hr" in item.inner_text()
    trial.page.get_by_text("rises from 24 hours running to 72 hours").wait_for()
    trial.keys.leaves_the_page()


def a_text_of_ones_own_is_tried_or_its_mistakes_are_named(
    trial: Trial, home: Path
) -> None:
    """J5.3: a draft from this machine; one that cannot be run, by its lines."""
    path = home / "own" / "agreement.yaml"
    path.parent.mkdir()
    path.write_text(TEXT.replace("breached: 0.9", "breached: 0.995"))
    trial.chooses(path)
    trial.page.get_by_text("A draft of your own: agreement.yaml").wait_for()
    trial.page.get_by_text("rises from 0.9 to 0.995").wait_for()
    assert trial.told("breached") == ["1", "0"]
    assert trial.told("Cases opened") == ["1", "0"]
    path.write_text(TEXT.replace("bearer: each party", "bearer: nobody", 1))
    trial.chooses(path)
    trial.page.get_by_text("cannot be run").wait_for()
    line = TEXT[: TEXT.index("bearer: each party")].count("\n") + 1
    trial.page.get_by_text(f"agreement.yaml:{line}").first.wait_for()
    assert trial.page.locator(".outcome table").count() == 0
    back = trial.page.get_by_role("button", name="Back to the agreement in force")
    trial.keys.press(back)
    assert trial.told("breached") == ["1", "1"]


def what_cannot_be_had_is_not_shown_as_something_else(trial: Trial) -> None:
    """Figures of what was asked before do not stand under what is asked now."""
    trial.page.route("**/api/draft/replay", lambda route: route.abort())
    trial.moves(THRESHOLD, "ArrowLeft", "from 0.7 on")
    trial.page.locator(".outcome [role=alert]").wait_for()
    assert trial.page.locator(".outcome table").count() == 0
    trial.page.unroute("**/api/draft/replay")
    given_up = {"state": "too_long", "seconds": 60, "figures": []}
    trial.page.route("**/api/draft/replay", lambda route: route.fulfill(json=given_up))
    trial.moves(THRESHOLD, "ArrowLeft", "from 0.6 on")
    trial.page.get_by_text("given up after 60 seconds").wait_for()
    assert trial.page.locator(".sliders li").count() > 0
    trial.page.unroute("**/api/draft/replay")
    trial.moves(THRESHOLD, "ArrowLeft", "from 0.5 on")
    assert trial.told("breached") == ["1", "2"]


def that_somebody_asked_is_all_that_is_on_record(folder: Path, size: int) -> None:
    """J5.9: of a draft nothing is recorded; who asked what is, as always."""
    with opened(folder) as mission:
        later = list(mission.record.entries(start=size))
    assert {each.kind for each in later} <= {"access"}
    assert all("0.995" not in str(each.body) for each in later)


def it_is_for_those_who_may_read_all_of_it(
    browser: "Browser", service: Serving, password: str
) -> None:
    """Counts would tell of what is closed: neither the public nor a party has them."""
    assert service.ask("/api/draft").status == 401
    assert service.ask("/api/draft/replay", {}).status in {401, 403}
    page = signed_in(browser, service.address, ("petro", password))
    assert page.context.request.get("/api/draft").status == 403
    page.goto("/draft")
    page.get_by_text("Drafts are tried by the commission").wait_for()
    assert page.locator(".sliders").count() == 0
    page.context.close()
    public = stranger(browser, service.address)
    public.goto("/draft")
    public.get_by_text("Drafts are tried by the commission").wait_for()
    public.context.close()
