"""J3: the secretary of a commission and two parties, by keys alone.

The service is killed on the way, and a deadline passes while it is down. Steps are
numbered as in docs/reference/journeys.md.
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from pamiers.app.enrolled import enrol
from pamiers.app.wiring import now, opened
from tests.integration.browsing import chromium, needs
from tests.integration.journeys.walking import (
    LINK,
    Keys,
    killed,
    long_walk,
    port_of,
    signed_in,
    stranger,
)
from tests.integration.lossy import Router, routed
from tests.integration.program import answer, run
from tests.integration.service.serving import Serving, serving
from tests.shared import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [*needs("index.html"), long_walk]
KYIV = ZoneInfo("Europe/Kyiv")
NOW = now().replace(second=0, microsecond=0)
OPENED = NOW - timedelta(hours=8)
LONG_AGO = NOW - timedelta(hours=80)
DELIVERED = NOW - timedelta(hours=7)
PEOPLE = {
    "oksana": (["commission"], "chair-state"),
    "petro": (["party"], "north"),
    "maria": (["party"], "south"),
}


@dataclass(slots=True)
class Walk:
    """A commission's secretary without a mouse, two parties, and the public."""

    folder: Path
    passwords: dict[str, str]
    service: Serving
    router: Router
    pages: dict[str, "Page"] = field(default_factory=dict)

    def keys(self, name: str) -> Keys:
        return Keys(self.pages[name])

    def records(self, name: str, act: str, by: str, **filled: str) -> None:
        """Record an act from the form of a page, and wait for what came of it."""
        page, keys = self.pages[name], self.keys(name)
        form = page.locator(".acts form").first
        keys.choose(form.locator("select").first, act)
        keys.choose(form.locator("select").nth(1), by)
        for field_, value in filled.items():
            self.fills(keys, form, field_, value)
        keys.press(form.get_by_role("button", name="Put on record"))

    def fills(self, keys: Keys, form: "Locator", name: str, value: str) -> None:
        if name == "text":
            keys.type(form.locator("textarea"), value)
        elif name == "line":
            keys.type(form.locator("input[type=text]").first, value)
        elif name == "at":
            keys.press(form.locator("summary"))
            took = form.locator("input[type=datetime-local]")
            keys.to(took)
            at = datetime.fromisoformat(value)
            keys.page.keyboard.type(f"{at:%m%d%Y}")
            keys.page.keyboard.press("ArrowRight")
            keys.page.keyboard.type(f"{at:%I%M%p}")
            assert took.input_value() == value
        elif name == "present":
            for each in form.locator("fieldset input").all():
                keys.press(each, "Space")
        elif name == "file":
            keys.to(form.locator("input[type=file]"))
            with keys.page.expect_file_chooser() as asked:
                keys.page.keyboard.press("Enter")
            asked.value.set_files(value)
        else:
            named = f"select:has(option:text-is('{value}'))"
            holds = form.locator(f"select:has(option[value='{value}']), {named}")
            keys.choose(holds.last, value)

    def told(self, name: str) -> str:
        return self.pages[name].locator(".acts [role=status]").first.inner_text()

    def on_record(self, name: str) -> None:
        self.pages[name].get_by_text("On record.", exact=True).wait_for()

    def case(self, name: str = "c1") -> Any:  # noqa: ANN401 - any JSON
        return answer("case", "show", self.folder, name)


def begun(home: Path) -> Path:
    """Make a mission with a case of today, and one whose time ran out unseen.

    What came of a case is published for everybody.
    """
    folder, written = home / "m", home / "agreement"
    shutil.copytree(ROOT / "src" / "pamiers" / "library" / "jmc-joint-visit", written)
    text = (written / "agreement.yaml").read_text()
    minutes = "    minutes: {by: jmc-chair,"
    assert minutes in text
    public = "    publication: {by: jmc-chair, edition: public, within: 5 d working}\n"
    (written / "agreement.yaml").write_text(text.replace(minutes, public + minutes))
    answer("init", folder, "--agreement", written)
    for name, at in (("c1", OPENED), ("c0", LONG_AGO)):
        when = at.isoformat()
        about = (f"finding=k-{name}", "clause=no-fire", "party=north", "by=monitors")
        more = ("place=strip", f"began={when}", f"at={when}", f"case={name}")
        answer("case", "open", folder, *about, *more, "--now", when)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as started:
        yield started


def test_a_secretary_keeps_the_cases_of_a_commission(
    browser: "Browser", tmp_path: Path
) -> None:
    folder = begun(tmp_path)
    passwords = {
        name: str(enrol(folder, name, roles, office, [])["token"])
        for name, (roles, office) in PEOPLE.items()
    }
    kept = folder.parent / "my-checkpoint.txt"
    kept.write_text(run("checkpoint", folder).stdout)
    a_deadline_that_passed_unseen_is_told_once(folder)
    with ExitStack() as stack:
        service = stack.enter_context(serving(folder))
        router = stack.enter_context(routed(port_of(service)))
        service.wait_for_pages()
        walk = Walk(folder, passwords, service, router)
        walk.pages["oksana"] = stranger(browser, router.address)
        for name in ("petro", "maria"):
            who = (name, passwords[name])
            walk.pages[name] = signed_in(browser, router.address, who)
        router.link = LINK
        the_board_says_what_is_late_in_words(walk)
        the_case_tells_each_step_by_both_clocks(walk)
        a_notification_is_recorded_and_the_clock_starts_from_delivery(walk)
        the_service_is_killed_and_the_page_goes_on(walk, stack)
        a_longer_time_needs_the_consent_of_the_other(walk)
        without_a_quorum_no_vote_is_recorded(walk)
        a_contest_stands_beside_the_finding_everywhere(walk, browser)
        minutes_are_signed_or_refused_by_each_party(walk)
        what_is_published_stands_beside_its_contest(walk, browser)
        deadlines_go_to_a_calendar_and_the_week_to_paper(walk)
        what_lies_ahead_is_told_and_nothing_recorded(walk)
        a_party_checks_the_record_in_its_browser(walk, kept)
        for page in walk.pages.values():
            page.context.close()
    each_party_checks_the_record_against_what_it_kept(folder, kept)


def a_deadline_that_passed_unseen_is_told_once(folder: Path) -> None:
    """J3.5: overdue since its hour, drafted once, dated right, however late it is."""
    first = answer("work", folder, "--once")["told"]
    lapsed = [each for each in first if each["case"] == "c0"]
    assert lapsed
    due = min(datetime.fromisoformat(each["at"]) for each in lapsed)
    assert due == LONG_AGO + timedelta(hours=48)
    assert all(each["late_s"] > 0 for each in lapsed)
    assert len({each["key"] for each in lapsed}) == len(lapsed)
    assert answer("work", folder, "--once")["told"] == []


def the_board_says_what_is_late_in_words(walk: Walk) -> None:
    """J3.1: by next deadline; late in words and a sign; by party, sector, clause."""
    page, keys = walk.pages["oksana"], walk.keys("oksana")
    page.goto("/cases")
    page.locator("main h1").wait_for()
    keys.sign_in("oksana", walk.passwords["oksana"])
    cards = page.locator(".board .card")
    cards.first.wait_for()
    assert cards.count() == 2
    assert "c0" in cards.first.inner_text()
    assert "late by" in cards.first.inner_text()
    assert "⚠" in cards.first.inner_text()
    filters = page.locator(".filters select")
    for at, (some, other) in enumerate(
        (("north", "south"), ("strip", None), ("no-fire", None))
    ):
        if other:
            keys.choose(filters.nth(at), other)
            cards.first.wait_for(state="detached")
        keys.choose(filters.nth(at), some)
        cards.nth(1).wait_for()
    keys.leaves_the_page()


def the_case_tells_each_step_by_both_clocks(walk: Walk) -> None:
    """J3.2: who, what, until when, in both zones; how the time is reckoned."""
    page = walk.pages["oksana"]
    page.goto("/cases")
    page.locator(".board .card").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator(".steps .step").first.wait_for()
    assert page.url.endswith("/case/c1")
    visit = page.locator("li.step", has_text="visit the place").inner_text()
    for told in ("48 hr", "UTC", "the joint military commission", "passes"):
        assert told in visit, visit
    assert "by the wall clock" in visit or "wall" in visit, visit
    assert page.locator("li.step").count() == 4
    for name in ("petro", "maria"):
        walk.pages[name].goto("/case/c1")
        walk.pages[name].locator(".acts form").wait_for()


def a_notification_is_recorded_and_the_clock_starts_from_delivery(walk: Walk) -> None:
    """J3.3: the letter, when it was delivered; all parties are told at once."""
    local = DELIVERED.astimezone(KYIV)
    letter = walk.folder.parent / "letter-17.pdf"
    letter.write_bytes(b"%PDF-1.7 the north is told of a finding")
    when = f"{local:%Y-%m-%dT%H:%M}"
    given = {"line": "letter 17", "file": str(letter), "at": when}
    walk.records("oksana", "received", "jmc-chair", **given)
    walk.on_record("oksana")
    its_file_is_bound_to_the_entry(walk, letter.read_bytes())
    due = {each["key"]: each["due_at"] for each in walk.case()["due"]}
    expected = DELIVERED + timedelta(hours=48)
    assert datetime.fromisoformat(due["step:visit"]) == expected
    answer("work", walk.folder, "--once")
    told = walk.case()["notices"]
    assert told
    for each in told:  # one notice to both: what is delivered to one is to the other
        assert each["to"] == ["north", "south"]
        assert each["delivered_at"]


def its_file_is_bound_to_the_entry(walk: Walk, data: bytes) -> None:
    """J3.3: the act on record names the bytes; who may read it takes them away."""
    digest = hashlib.sha256(data).hexdigest()
    with opened(walk.folder) as mission:
        acts = [each.body["event"] for each in mission.record.entries(("case",))]
        held = [each for each in acts if isinstance(each, dict) and each.get("files")]
        assert [each["files"] for each in held] == [[digest]]
        assert mission.originals.get(digest) == data
    link = walk.pages["oksana"].locator(".files a", has_text="letter 17")
    link.wait_for()
    where = str(link.evaluate("e => e.href"))
    assert walk.pages["oksana"].context.request.get(where).body() == data
    assert walk.service.ask(f"/api/cases/c1/files/{digest}").status == 404


def the_service_is_killed_and_the_page_goes_on(walk: Walk, stack: ExitStack) -> None:
    """What was acknowledged is there; what was not is still in the form."""
    page, keys = walk.pages["oksana"], walk.keys("oksana")
    killed(walk.service)
    walk.records("oksana", "evidence", "jmc-chair", text="the log of the post")
    page.get_by_text("nothing was recorded", exact=False).first.wait_for()
    again = serving(walk.folder, "--port", str(walk.router.to))
    walk.service = stack.enter_context(again)
    walk.service.wait_for_pages()
    assert [e["what"] for e in walk.case()["log"]].count("received") == 1
    form = page.locator(".acts form").first
    assert form.locator("textarea").input_value() == "the log of the post"
    keys.press(form.get_by_role("button", name="Put on record"))
    inside = page.locator(".acts")
    keys.type(inside.get_by_label("Name"), "oksana")
    keys.type(inside.get_by_label("Password"), walk.passwords["oksana"])
    page.keyboard.press("Enter")
    inside.get_by_label("Password").wait_for(state="detached")
    keys.press(form.get_by_role("button", name="Put on record"))
    walk.on_record("oksana")
    told = ".beside blockquote:has-text('the log of the post')"
    page.locator(told).wait_for()
    assert page.locator(told).count() == 1


def again_signed_in(walk: Walk, browser: "Browser", name: str) -> None:
    """Sessions ended with the service: sign in anew."""
    walk.pages[name].context.close()
    who = (name, walk.passwords[name])
    walk.pages[name] = signed_in(browser, walk.router.address, who)
    walk.pages[name].goto("/case/c1")
    walk.pages[name].locator(".acts form").wait_for()


def a_longer_time_needs_the_consent_of_the_other(walk: Walk) -> None:
    """J3.4: asked, refused, asked and accepted; all on record; the new deadline."""
    browser = walk.pages["oksana"].context.browser
    assert browser is not None
    for name in ("petro", "maria"):
        again_signed_in(walk, browser, name)
    before = due_of(walk, "step:visit")
    walk.records("petro", "extension-asked", "north", line="12 h elapsed")
    walk.on_record("petro")
    assert due_of(walk, "step:visit") == before
    walk.records("maria", "consent", "south", choice="no")
    walk.on_record("maria")
    walk.records("petro", "extension-asked", "north", line="6 h elapsed")
    walk.pages["maria"].locator("li", has_text="6 hr").first.wait_for()
    walk.records("maria", "consent", "south", choice="yes")
    walk.on_record("maria")
    assert due_of(walk, "step:visit") == before + timedelta(hours=6)
    said = [each["what"] for each in walk.case()["log"]]
    assert said.count("extension-asked") == 2
    assert "extension-refused" in said


def due_of(walk: Walk, key: str) -> datetime:
    due = {each["key"]: each["due_at"] for each in walk.case()["due"]}
    return datetime.fromisoformat(due[key])


def without_a_quorum_no_vote_is_recorded(walk: Walk) -> None:
    """J3.6: refused on record for want of a quorum; a reserved position is its own."""
    walk.records("oksana", "act", "jmc", outcome="substantiated")
    walk.on_record("oksana")
    form = walk.pages["petro"].locator(".acts select").first
    form.locator("option[value=vote]").wait_for(state="attached")
    walk.records("petro", "vote", "north", choice="for")
    walk.pages["petro"].get_by_text("On record as refused").wait_for()
    assert "quorum" in walk.told("petro")
    walk.records("petro", "reserved", "north", text="the place was not the mill")
    walk.on_record("petro")
    kinds = [each["what"] for each in walk.case()["log"]]
    assert "reserved" in kinds


def a_contest_stands_beside_the_finding_everywhere(
    walk: Walk, browser: "Browser"
) -> None:
    """J3.9: the finding stays; that it is contested is seen in every edition."""
    walk.records("petro", "dispute", "north", finding="k-c1", text="another place")
    walk.on_record("petro")
    for name in ("oksana", "maria"):
        walk.pages[name].locator("li.card", has_text="≠").first.wait_for()
    board = signed_in(browser, walk.router.address, ("maria", walk.passwords["maria"]))
    board.goto("/cases")
    card = board.locator(".board .card", has_text="c1")
    card.get_by_text("contested").wait_for()
    board.context.close()


def minutes_are_signed_or_refused_by_each_party(walk: Walk) -> None:
    """J3.7: written from the entries; each signs for itself; a refusal is kept."""
    walk.records("oksana", "session", "jmc-chair", present="all", line="settled")
    walk.on_record("oksana")
    for name, member in (
        *(("petro", "north"), ("maria", "south"), ("oksana", "chair-state")),
    ):
        walk.records(name, "vote", member, choice="for")
        walk.on_record(name)
    assert walk.case()["status"] == "closed"
    options = walk.pages["oksana"].locator(".acts option[value=minutes]")
    options.wait_for(state="attached")
    form = walk.pages["oksana"].locator(".acts form").first
    walk.keys("oksana").choose(form.locator("select").first, "minutes")
    drafted = form.locator("textarea").input_value()
    for told in ("letter 17", "the place was not the mill", "settled", "contested"):
        assert told in drafted, drafted
    walk.records("oksana", "minutes", "jmc-chair", text=f"{drafted}\nGone over.")
    walk.on_record("oksana")
    walk.pages["maria"].locator(".minutes", has_text="Gone over.").wait_for()
    for name, party, choice in (("petro", "north", "no"), ("maria", "south", "yes")):
        options = walk.pages[name].locator(".acts option[value=signed]")
        options.wait_for(state="attached")
        walk.records(name, "signed", party, choice=choice)
        walk.on_record(name)
    papers = walk.pages["oksana"].locator("section", has_text="refused to sign").last
    papers.wait_for()
    assert "signed" in papers.inner_text()
    hidden = walk.service.ask("/data/case/c1.json")
    assert hidden.status == 404  # the public is told of no case that was not published


def what_is_published_stands_beside_its_contest(walk: Walk, browser: "Browser") -> None:
    """J3.9: the public reads what came of it, that it is contested, nobody's words."""
    walk.records("oksana", "published", "jmc-chair")
    walk.on_record("oksana")
    public = stranger(browser, walk.router.address)
    public.goto("/cases")
    card = public.locator(".board .card", has_text="c1")
    card.get_by_text("contested").wait_for()
    Keys(public).press(card.get_by_role("link").first)
    public.locator("li.card", has_text="≠").first.wait_for()
    text = public.locator("main").inner_text()
    assert "settled" in text
    for word in ("another place", "the mill", "letter 17", "Gone over", "oksana"):
        assert word not in text, word
    public.context.close()


def a_party_checks_the_record_in_its_browser(walk: Walk, kept: Path) -> None:
    """J3.11: from a kept checkpoint; one that was tampered with is refused."""
    page, keys = walk.pages["maria"], walk.keys("maria")
    page.goto("/record")
    form = page.locator("form.checking")
    form.wait_for()
    keys.type(form.locator("textarea"), kept.read_text())
    keys.press(form.get_by_role("button", name="Check it here"))
    size = int(kept.read_text().split("\n")[1])
    added = answer("status", walk.folder)["entries"] - size
    form.get_by_text(f"entries added since: {added}; none before").wait_for()
    name, _, rest = kept.read_text().split("\n", 2)
    keys.type(form.locator("textarea"), f"{name}\n{size - 1}\n{rest}")
    keys.press(form.get_by_role("button", name="Check it here"))
    form.get_by_text("did not sign that checkpoint").wait_for()


def deadlines_go_to_a_calendar_and_the_week_to_paper(walk: Walk) -> None:
    """J3.8: a feed of deadlines, a weekly PDF, the clause named by its number."""
    page = walk.pages["oksana"]
    feed = page.context.request.get("/api/calendar.ics")
    assert feed.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in feed.text()
    assert "c0" in feed.text()
    public = walk.service.ask("/api/calendar.ics").body.decode()
    assert "c0" not in public
    paper = walk.folder.parent / "week.pdf"
    day = f"{NOW - timedelta(days=1):%Y-%m-%d}"
    written = ("--kind", "weekly", "--day", day, "--format", "pdf", "-o", paper)
    run("report", walk.folder, *written)
    assert paper.read_bytes().startswith(b"%PDF-")


def what_lies_ahead_is_told_and_nothing_recorded(walk: Walk) -> None:
    """J3.10: what follows if a party stays silent."""
    size = answer("status", walk.folder)["entries"]
    told = answer("case", "simulate", walk.folder, "c0", "--if", "south silent")
    assert told["ahead"]
    assert told["stuck"] is False
    assert answer("status", walk.folder)["entries"] == size


def each_party_checks_the_record_against_what_it_kept(folder: Path, kept: Path) -> None:
    """J3.11: how much was added since a checkpoint, and that nothing was rewritten."""
    told = answer("verify", folder, "--since", kept)
    text = run("verify", folder, "--since", kept).stdout
    size = int(kept.read_text().split("\n")[1])
    added = answer("status", folder)["entries"] - size
    assert str(added) in text or f"{added:,}" in text, text
    assert told
