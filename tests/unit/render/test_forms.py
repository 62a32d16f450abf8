"""What the forms are: readable without script, complete, the same every time."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from pamiers.compliance.finding import Verdict
from pamiers.core.errors import UnknownTermError
from pamiers.render import FORMATS, LANGUAGES, render
from pamiers.render.layout import page as laid_out
from pamiers.report.daily import compose
from tests.fakes.reports import DAY, dated, finding, incident, inputs, rows, total

MOST_BYTES = 150_000
ALTERNATES = {"en": "en.html", "uk": "uk.html", "pdf": "report.pdf"}


def made(form: str, language: str = "en", edition: str = "public") -> bytes:
    return render(compose(inputs(edition)), language=language, format=form)


class Reader(HTMLParser):
    """Collects what a browser or a screen reader would meet."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def values(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> Reader:
    report = compose(inputs())
    data = render(report, language=request.param, format="html", alternates=ALTERNATES)
    return Reader(data.decode())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(form: str, language: str) -> None:
    assert made(form, language) == made(form, language)


def test_no_script_and_nothing_fetched(page: Reader) -> None:
    assert not {"script", "link-stylesheet", "iframe", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert page.values("style") == []
    addresses = page.values("href") + page.values("src")
    assert [a for a in addresses if "//" in a or a.startswith("data:")] == []


def test_no_foreign_host_anywhere() -> None:
    for form in ("html", "svg"):
        hosts = set(re.findall(r"https?://[^\s\"'<)]+", made(form).decode()))
        assert hosts <= {"http://www.w3.org/2000/svg"}


def test_headings_go_down_one_step_at_a_time(page: Reader) -> None:
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_links_within_the_page_lead_somewhere(page: Reader) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in page.values("href") if href.startswith("#")}
    assert inner <= set(ids)


def test_tables_name_their_rows_and_columns(page: Reader) -> None:
    assert page.tags.count("table") == page.tags.count("caption")
    assert {"col", "row"} <= set(page.values("scope"))


def test_languages_and_forms_are_linked(page: Reader) -> None:
    assert {"en.html", "uk.html", "report.pdf"} & set(page.values("href"))


def test_the_page_says_its_language() -> None:
    assert '<html lang="uk">' in made("html", "uk").decode()


def test_texts_of_the_record_are_escaped() -> None:
    row = dated(DAY, "x", place="<script>alert(1)</script>", count=1)
    found = incident(row, "INC-9", observed=1)
    report = compose(
        inputs(
            observations=rows("observation", [row]), incidents=rows("incident", [found])
        )
    )
    for form in ("html", "svg"):
        assert b"<script" not in render(report, language="en", format=form)


def test_a_thousand_observations_still_fit_a_slow_line() -> None:
    seen = [
        dated(DAY, f"o-{i}", count=i, lon=37.0 + i / 1000, place=f"Place {i}")
        for i in range(1000)
    ]
    fused = [incident(row, f"INC-{i}", observed=1) for i, row in enumerate(seen)]
    report = compose(
        inputs(
            observations=rows("observation", seen), incidents=rows("incident", fused)
        )
    )
    for language in LANGUAGES:
        data = render(report, language=language, format="html")
        assert len(data) < MOST_BYTES
        assert re.search("1[,\u00a0\u202f]?000", data.decode())


def test_json_has_plain_fields_for_machines() -> None:
    body = json.loads(made("json"))
    assert body["language"] == "en"
    first = body["reconciliation"][0]
    expected = {"report", "period_start", "period_end", "region", "kind", "published"}
    expected |= {"on_record", "on_record_low", "on_record_high", "difference"}
    assert expected | {"outcome", "note"} <= first.keys()
    since = body["claims"]["since_start"]
    assert (since["from"], since["to"], since["claims"]) == (
        "2020-07-27",
        "2020-07-27",
        2,
    )
    assert since["by_claimant"]["east-press"]["with_observation_within_5_km"] == 1


def test_codes_are_the_same_in_every_language() -> None:
    en, uk = (json.loads(made("json", code)) for code in ("en", "uk"))
    for part in ("findings", "reconciliation"):
        for code in ("verdict", "outcome", "why", "region", "kind"):
            assert [x.get(code) for x in en[part]] == [x.get(code) for x in uk[part]]


def test_geojson_follows_its_standard() -> None:
    body = json.loads(made("geojson"))
    assert body["type"] == "FeatureCollection"
    assert "crs" not in body
    whats = {feature["properties"]["what"] for feature in body["features"]}
    assert whats == {"incident", "coverage", "finding"}
    for feature in body["features"]:
        geometry = feature["geometry"]
        if geometry is not None:
            lon, lat = geometry["coordinates"]
            assert 36 < lon < 41
            assert 46 < lat < 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_is_a_drawing_with_words_for_those_who_cannot_see_it(
    language: str,
) -> None:
    root = ET.fromstring(made("svg", language))  # noqa: S314  (made by us)
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title") is not None
    alt = root.find(f"{space}desc")
    assert alt is not None
    assert "3" in (alt.text or "")
    text = " ".join(t.text or "" for t in root.iter(f"{space}text"))
    assert "20" in text


def test_claimed_and_observed_differ_in_shape_and_line() -> None:
    svg = made("svg").decode()
    assert '<circle class="m-ob"' in svg
    assert '<path class="m-cl"' in svg
    assert '<circle class="m-u m-uc"' in svg
    assert ".m-uc{fill:none;stroke:#0072b2;stroke-dasharray" in svg


def test_only_the_commission_sees_sectors_drawn() -> None:
    assert '<path class="m-u"' not in made("svg").decode()
    assert '<path class="m-u"' in made("svg", edition="commission").decode()


def test_the_pdf_is_tagged_and_dated_by_the_report() -> None:
    data = made("pdf", "uk")
    assert data.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in data or b"/StructTreeRoot" in data
    assert b"D:20200728060000" in data


def test_an_unknown_form_or_language_is_refused() -> None:
    report = compose(inputs())
    with pytest.raises(UnknownTermError, match="html, pdf, json, geojson, svg"):
        render(report, language="en", format="docx")
    with pytest.raises(UnknownTermError, match="en, uk"):
        render(report, language="xx", format="html")


def test_a_page_leads_back_to_the_list_of_days() -> None:
    report = compose(inputs())
    given = ALTERNATES | {"index": "../index.html"}
    data = render(report, language="en", format="html", alternates=given)
    assert Reader(data.decode()).values("href").count("../index.html") == 1
    assert "All days" not in render(report, language="en", format="html").decode()


def test_nothing_on_record_of_an_unwatched_sector_is_no_nought() -> None:
    bare = inputs(totals=rows("total", []), incidents=rows("incident", []))
    tiles = {tile.label: tile for tile in laid_out(compose(bare), "en").tiles}
    assert tiles["Luhansk region"].value == "\N{EN DASH}"
    assert "nobody on record as watching" in tiles["Luhansk region"].small
    assert tiles["Donetsk region"].value != "\N{EN DASH}"


def test_a_day_before_that_nobody_saw_does_not_read_as_one_without_breach() -> None:
    unseen = (finding(Verdict.UNOBSERVED, "donetsk"),)
    for before in (unseen, ()):
        made = laid_out(compose(inputs(previous_findings=before)), "en")
        tile = next(tile for tile in made.tiles if tile.label == "Findings")
        assert tile.small.endswith("of the day before nothing was observed")
        assert any(
            "Of the day before nothing was observed." in bullet
            for bullet in made.sections[0].bullets
        )


def test_a_figure_stated_from_below_has_its_gap() -> None:
    least = total(DAY, None, region="Donetsk", kind="explosion", count_low=201)
    report = compose(inputs(totals=rows("total", [least])))
    bullets = laid_out(report, "en").sections[0].bullets
    assert any("at least 201 explosions" in bullet for bullet in bullets)
    assert any("the gap is 181" in bullet for bullet in bullets), bullets


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.92, 1.0, "at least 92 %"),
        (0.99996, 1.0, ">99 %"),
        (0.0, 1.0, "not known"),
        (0.2, 0.4, "20–40 %"),
    ],
)
def test_a_chance_is_never_more_certain_than_known(
    low: float, high: float, told: str
) -> None:
    judged = finding(
        Verdict.BREACHED, "donetsk", probability_low=low, probability_high=high
    )
    sections = laid_out(compose(inputs(findings=(judged,))), "en").sections
    clause = next(each for section in sections for each in section.clauses)
    assert str(clause.rows[0][3]).replace("\N{NO-BREAK SPACE}", " ") == told
