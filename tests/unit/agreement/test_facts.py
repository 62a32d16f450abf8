"""The tables of facts: each figure of a text leads to where it is encoded."""

import csv
import re
from collections.abc import Iterator
from functools import cache

import pytest

from pamiers.agreement import read
from pamiers.agreement.values.blank import filled
from pamiers.agreement.written import Heading, Question, Written
from pamiers.app.agreement_files import agreement_texts, bundled
from tests.shared import ROOT, SHARED, needs_shared

SHELF = ROOT / "src" / "pamiers" / "agreements"
TABLES = [name for name in bundled() if (SHELF / name / "facts.csv").exists()]
#: folder -> notes it was encoded from, where the name differs
NOTES = {"minsk-2014-2020": "minsk", "dayton-1a-1995": "dayton_annex_1a_1995"}
MAPPED = (
    *("sources", "actors", "roles", "terms", "anchors", "zones", "lines"),
    *("classes", "events", "states", "monitoring", "procedures", "gates"),
)
LISTED = ("instruments", "clauses", "pledges", "statements")
NUMBERED = re.compile(r"(\d+)([a-z]?) \S.*")
MARK = re.compile(r"\[[^\]]*\bV\b[^\]]*\]")
LEAST_EXPRESSED = 0.95
#: agreements that were encoded from notes of facts
EIGHT = (
    *("nuba-2002", "aceh-2005", "minsk-2014-2020", "israel-syria-1974"),
    *("egypt-israel-1979", "dayton-1a-1995", "korea-1953", "paris-2026"),
)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    with (SHELF / name / "facts.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def named(name: str) -> frozenset[str]:
    written = read(agreement_texts(name)).written
    assert written is not None
    scenarios = (SHELF / name / "scenarios").glob("*.yaml")
    return frozenset({*ids(written), *(f"scenarios/{each.stem}" for each in scenarios)})


def ids(written: Written) -> Iterator[str]:
    for section in MAPPED:
        yield from getattr(written, section)
    for section in LISTED:
        yield from (str(each.id) for each in getattr(written, section))
    for text in written.instruments:
        yield from (f"{text.id}.{each.actor}" for each in filled(text.signatures))
    for key in Heading.__slots__:
        if getattr(written.heading, key):
            yield f"agreement.{key}"
    yield from parts(written)


def parts(written: Written) -> Iterator[str]:
    for clause in written.clauses:
        questions = [q for q in clause.readings if isinstance(q, Question)]
        inside = [
            *(each.id for each in clause.unless),
            *(option for question in questions for option in question.options),
            *(getattr(each, "instrument", "") for each in clause.amended),
        ]
        yield from (f"{clause.id}.{each}" for each in inside)


def marks(name: str) -> int:
    notes = NOTES.get(name, name.replace("-", "_"))
    text = (SHARED / "agreements" / f"{notes}.md").read_text(encoding="utf-8")
    return len(MARK.findall(text))


def numbers(name: str) -> list[int]:
    found = [NUMBERED.fullmatch(row["fact"]) for row in table(name)]
    return [int(each[1]) for each in found if each is not None]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_columns_and_numbers_its_facts(name: str) -> None:
    assert list(table(name)[0]) == ["fact", "clause_ids", "expressed", "reason"]
    assert len(numbers(name)) == len(table(name))
    labels = [row["fact"].split()[0] for row in table(name)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", TABLES)
def test_every_id_of_a_table_is_defined(name: str) -> None:
    used = {each for row in table(name) for each in row["clause_ids"].split()}
    assert used - named(name) == set()


@pytest.mark.parametrize("name", TABLES)
def test_what_is_expressed_has_an_id_and_the_rest_a_reason(name: str) -> None:
    for row in table(name):
        assert row["expressed"] in {"yes", "no"}
        told = row["clause_ids"] if row["expressed"] == "yes" else row["reason"]
        assert told.strip(), row["fact"]


@pytest.mark.parametrize("name", TABLES)
def test_nearly_every_fact_is_expressed(name: str) -> None:
    said = [row["expressed"] == "yes" for row in table(name)]
    assert sum(said) >= LEAST_EXPRESSED * len(said)


@needs_shared
@pytest.mark.parametrize("name", TABLES)
def test_every_figure_seen_in_a_source_has_its_row(name: str) -> None:
    assert sorted(set(numbers(name))) == list(range(1, marks(name) + 1))


def test_each_of_the_eight_has_its_table() -> None:
    assert set(EIGHT) <= set(TABLES)


@needs_shared
def test_the_eight_tables_hold_every_figure_between_them() -> None:
    noted = [path.stem for path in (SHARED / "agreements").glob("*_*.md")]
    encoded = {NOTES.get(name, name.replace("-", "_")) for name in EIGHT}
    assert set(noted) <= encoded
    assert sum(len(set(numbers(name))) for name in EIGHT) == sum(map(marks, EIGHT))
