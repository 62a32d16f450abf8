"""The agreement on one page."""

import dataclasses
import html
import json
import re
from html.parser import HTMLParser

import pytest
from typer.testing import CliRunner

from pamiers.agreement import Written, check, read
from pamiers.agreement.prose.layout import columns, fitted, in_columns
from pamiers.agreement.prose.show import speaker
from pamiers.agreement.prose.table import commitments, page_html, page_text
from pamiers.agreement.prose.words import TONGUES
from pamiers.agreement.written import Amendment, Question
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.cli.agreement import agreement
from tests.unit.agreement.everything import everything, written
from tests.unit.agreement.small import checked


def small(*changes: tuple[str, str]) -> Written:
    found = checked(*changes).written
    assert found is not None
    return found


def bundled(name: str) -> Written:
    found = check(read(agreement_texts(name))).written
    assert found is not None
    return found


def test_a_clause_is_a_row() -> None:
    duty = (
        "forbid: {event: fire, in: strip}",
        "oblige: {event: exercise, to: club}\n    deadline: D + 3 d",
    )
    row = commitments(small(duty))[0]
    assert (row.clause, row.who) == ("quiet", "each party")
    assert row.what == "Shall effect exercise to Club of Friends"
    assert (row.to, row.when) == ("Club of Friends", "no later than D + 3 days")
    assert (row.watched_by, row.answered_by) == ("patrols", "session")


def test_nobody_and_nothing_are_said() -> None:
    silent = ("    watched_by: patrols\n    on_breach: session\n", "")
    row = commitments(small(silent))[0]
    assert (row.to, row.when) == ("–", "from D")
    assert (row.watched_by, row.answered_by) == ("nobody", "not agreed")


def test_what_has_to_be_done_first_is_said() -> None:
    locked = ("    from: D\n", "    from: D\n    requires: [withdrawal]\n")
    assert commitments(small(locked))[0].when == "from D; after [withdrawal] done"


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_what_takes_from_a_clause_or_adds_to_it_stands_under_it(language: str) -> None:
    """A minister who reads the table alone must not miss an exemption."""
    found = written(everything())
    clause = next(each for each in found.clauses if each.unless)
    row = next(r for r in commitments(found, language) if r.clause == clause.id)
    tell = speaker(found, language)
    named = [f"[{each.id}]" for each in clause.unless]
    named += [
        tell.words(q.question) for q in clause.readings if isinstance(q, Question)
    ]
    named += [tell.who(clause.verified_by), tell.hours(clause.hours)]
    for each in clause.amended:
        assert isinstance(each, Amendment)
        named += [tell.name(each.instrument, "instruments")]
    text = " ".join(page_text(found, language).split())
    page = html.unescape(page_html(found, language))
    assert len(named) >= 5
    for word in named:
        assert any(word in note for note in row.notes), word
        assert " ".join(word.split()) in text
        assert word in page
    assert (
        page.count("<sup>")
        == page.count("<li ")
        == sum(len(each.notes) for each in commitments(found, language))
    )


def test_an_end_is_said_beside_a_deadline() -> None:
    ends = ("    from: D\n", "    deadline: D + 3 d\n    until: D + 9 d\n")
    row = commitments(small(("forbid: {event: fire", "oblige: {event: fire"), ends))[0]
    assert row.when == "no later than D + 3 days; until D + 9 days"


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_the_text_fits_a_page_of_eighty_columns(language: str) -> None:
    for each in (small(), written(everything())):
        assert max(map(len, page_text(each, language).splitlines())) <= 80


@pytest.mark.parametrize("language", sorted(TONGUES))
@pytest.mark.parametrize("name", ["donbas-2020", "aceh-2005", "minsk-2014-2020"])
def test_no_word_of_the_text_is_cut(name: str, language: str) -> None:
    found = bundled(name)
    rows = (dataclasses.astuple(each) for each in commitments(found, language))
    words = {
        word
        for row in rows
        for cell in [*row[:-1], *row[-1]]
        for word in re.split(r"[\W\d_]+", cell)
    }
    text = set(re.split(r"[\W\d_]+", page_text(found, language)))
    assert sorted(words - text) == []


def test_columns_take_the_room_that_their_words_need() -> None:
    rows = [("a", "b"), ("Monitoring Mission", "complaint " * 9)]
    assert fitted(rows) == (14, 63)
    lines = list(columns(rows, (10, 20)))
    assert lines[2:4] == [
        "  Monitoring complaint complaint",
        "  Mission    complaint complaint",
    ]
    assert list(in_columns(("re-establishment",), (13,))) == [
        "  re-",
        "  establishment",
    ]
    assert list(in_columns(("on 2015-02-15",), (10,))) == ["  on", "  2015-02-15"]


class Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "src" not in dict(attrs)
        self.tags.append(tag)


def test_the_page_escapes_and_fetches_nothing() -> None:
    page = page_html(small(("title: The strip", 'title: "<script>x</script>"')), "en")
    found = Cells()
    found.feed(page)
    assert "script" not in found.tags
    assert "&lt;script&gt;" in page
    assert (found.tags.count("tr"), found.tags.count("td")) == (3, 12)
    assert "@page{size:A4 landscape" in page


def test_the_command_prints_text_html_and_json() -> None:
    run = CliRunner().invoke
    text = run(agreement, ["show", "donbas-2020", "--table"])
    page = run(agreement, ["show", "donbas-2020", "--html", "--lang", "uk"])
    rows = run(agreement, ["show", "donbas-2020", "--table", "--json"])
    assert text.stdout.splitlines()[2].split()[:2] == ["who", "what"]
    assert page.stdout.startswith('<!doctype html>\n<html lang="uk">')
    first = json.loads(rows.stdout)["commitments"][0]
    assert first["clause"] == "package-1-ceasefire"
