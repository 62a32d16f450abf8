"""The walk through a text ends in an agreement that checks, runs and is judged."""

import json
import re
from functools import cache
from pathlib import Path

from pamiers.agreement import Read, check, read, resolve
from pamiers.agreement.origins import sources_in
from pamiers.app.scenario_files import run_one
from tests.unit.agreement.test_cookbook import Plain, merged, parsed

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "encode-a-text.md"
BLOCK = re.compile(
    r"^```(yaml|json)(?: title=\"(.+?)\")?\n(.*?)^```", re.MULTILINE | re.DOTALL
)
ROW = re.compile(r"^\| `(L-[A-Z-]+)` \| `([a-z0-9-]+)` \|", re.MULTILINE)
LINK = re.compile(r"\]\(say-it-in-pamiers\.md#([a-z0-9-]+)\)")


def blocks() -> list[tuple[str, str]]:
    """Return (title, text) of every block of data, in order."""
    return [(title, text) for _, title, text in BLOCK.findall(PAGE.read_text())]


@cache
def joined() -> Read:
    """Return the agreement that the blocks make, checked."""
    whole: Plain = {}
    for title, text in blocks():
        if not title:
            whole = merged(whole, parsed(text))
    drawn = next(text for title, text in blocks() if title == "zones.geojson")
    return check(read({"agreement.yaml": json.dumps(whole), "zones.geojson": drawn}))


def test_the_agreement_runs_and_has_the_defects_that_are_named_and_no_other() -> None:
    found = joined()
    assert found.runnable, [str(each) for each in found.complaints]
    assert found.written is not None
    ids = [str(each.id) for each in found.written.clauses]
    where = [int(re.findall(r"clauses\[(\d+)\]", e.path)[0]) for e in found.complaints]
    told = {(e.code, ids[n]) for e, n in zip(found.complaints, where, strict=True)}
    assert told == set(ROW.findall(PAGE.read_text()))


def test_the_scenario_comes_out() -> None:
    name, text = next(each for each in blocks() if each[0].startswith("scenarios/"))
    found = joined()
    outcome = run_one(text, name, resolve(found), sources_in(found.written))
    assert outcome.error is None
    assert [each.reasons for each in outcome.failures] == []


def test_every_article_of_the_text_is_encoded() -> None:
    text = PAGE.read_text()
    articles = [int(n) for n in re.findall(r"^## Articles? (\d+)", text, re.MULTILINE)]
    assert articles == [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14]
    assert text.count("\n> *") == len(articles) + 1


def test_what_the_table_links_to_is_there() -> None:
    guide = PAGE.with_name("say-it-in-pamiers.md").read_text()
    heads = re.findall(r"^#{2,3} (.+)$", guide, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", h.casefold()).strip() for h in heads}
    slugs = {re.sub(r"[ -]+", "-", each) for each in anchors}
    assert set(LINK.findall(PAGE.read_text())) - slugs == set()
