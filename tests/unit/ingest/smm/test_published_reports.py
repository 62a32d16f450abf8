"""The Mission's own reports, where they stand beside the project: every sentence.

Their texts may not be copied, so the table of what is read of them names each
sentence by file, line and order; run with `-s` to see it beside the sentences.
"""

import csv
import textwrap
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from pamiers.ingest.smm.phrase.items import item
from pamiers.ingest.smm.phrase.numbers import count
from pamiers.ingest.smm.reading import ParsedFile, parse_file
from pamiers.ingest.smm.sentence import Category, ParsedSentence
from pamiers.ingest.smm.stream import Stream
from pamiers.ingest.smm.words.verbs import PERCEIVE
from tests.shared import SHARED, needs_shared
from tests.unit.ingest.smm.rendering import rendered

FOLDER = SHARED / "data/osce_smm"
NAMES = ("smm_narrative_and_spot_reports", "smm_daily_summaries_pages")
TABLE = (
    Path(__file__).resolve().parents[3]
    / "assets/smm-report/readings-of-published-reports.txt"
)
EVENTS = {"event", "weapon", "mine", "casualty", "violation", "damage", "people"}


@lru_cache
def parsed(name: str) -> ParsedFile:
    return parse_file((FOLDER / f"{name}.txt").read_bytes(), name)


def numbered(file: ParsedFile) -> dict[str, ParsedSentence]:
    """Return sentences by line and order in the line."""
    seen: Counter[int] = Counter()
    out = {}
    for one in file.sentences:
        seen[one.sentence.line] += 1
        out[f"{one.sentence.line}.{seen[one.sentence.line]}"] = one
    return out


def table() -> list[tuple[str, str, list[str]]]:
    """Return (file, line.order, what is read) of every block."""
    out = []
    for part in TABLE.read_text().split("# ")[1:]:
        name, _, body = part.partition("\n")
        for block in body.split("> ")[1:]:
            at, *lines = block.strip().splitlines()
            out.append((name, at, [line.strip() for line in lines]))
    return out


def states_a_quantity(text: str) -> bool:
    """Return whether a verb of perception and a counted thing stand in a sentence.

    Looser than the grammar on purpose: it knows no attachment at all.
    """
    stream = Stream.of(text)
    perceives = any(PERCEIVE.find(stream))
    counted = [
        found.value
        for at in range(len(stream))
        if count(stream, at) is not None and (found := item(stream, at)) is not None
    ]
    return perceives and any(one.noun.group in EVENTS for one in counted)


@needs_shared
@pytest.mark.parametrize("name", NAMES)
def test_every_observed_quantity_is_read_or_quarantined(name: str) -> None:
    stating = [s for s in parsed(name).sentences if states_a_quantity(s.sentence.text)]
    for one in stating:
        print(f"\n{one.sentence.line}: {one.sentence.text}")  # noqa: T201
        print("    " + "\n    ".join(rendered(one)))  # noqa: T201
    quarantined = [s for s in stating if s.category is None]
    silent = [
        s.sentence.text
        for s in stating
        if s.category is not None
        and not s.observations
        and not s.totals
        and s.category not in {Category.RESTRICTION, Category.COVERAGE}
    ]
    assert not silent, silent
    assert all(s.fault for s in quarantined)
    assert len(quarantined) <= 0.1 * len(stating)
    assert len(stating) >= 20


@needs_shared
@pytest.mark.parametrize(("name", "at", "expected"), table(), ids=lambda v: str(v)[:40])
def test_a_published_sentence_reads_as_the_table_says(
    name: str, at: str, expected: list[str]
) -> None:
    assert rendered(numbered(parsed(name))[at]) == expected


def test_the_table_of_published_sentences_is_long_enough() -> None:
    assert len(table()) >= 100


@needs_shared
@pytest.mark.parametrize("name", NAMES)
def test_no_published_sentence_is_left_without_a_category(name: str) -> None:
    assert [s.sentence.text for s in parsed(name).sentences if s.category is None] == []


@needs_shared
def test_published_totals_equal_those_taken_by_hand() -> None:
    rows = csv.DictReader((FOLDER / "smm_counts.csv").read_text().splitlines())
    reports = {r.header.number: r for r in parsed(NAMES[1]).reports}
    compared = 0
    for row in rows:
        found = figures(reports[row["report"]].sentences)
        for column, text in row.items():
            running = column.startswith("cumulative") and column not in found
            if column in {"report", "issued"} or not text or running:
                continue
            assert found.get(column) == int(text), (row["report"], column)
            compared += 1
    assert compared >= 40


def figures(sentences: tuple[ParsedSentence, ...]) -> dict[str, int | None]:
    """Return the totals of one report under the names of the table of counts."""
    out: dict[str, int | None] = {}
    for total in (t for s in sentences for t in s.totals):
        stated = total.count.stated if total.count is not None else None
        before = total.previous.stated if total.previous is not None else None
        region = (total.region or "").lower()
        kind = total.measure.removeprefix("ceasefire_")
        if total.period_kind == "cumulative":
            out["cumulative_since_2020-07-27T00:01"] = stated
        elif total.period_kind == "previous":
            out[f"{region}_previous_period"] = stated
        else:
            out[f"{region}_{kind}"] = stated
            if stated == 0 and kind == "violations":
                out[f"{region}_explosions"] = 0
            if before is not None:
                out[f"{region}_previous_period"] = before
    return out


def rewrapped(text: str, width: int, bullet: str) -> str:
    """Return a file with its lines wrapped and its bullets changed."""
    out: list[str] = []
    for line in text.splitlines():
        if line.startswith(("url:", "=")):
            out.append(line)
            continue
        shown = bullet + line[2:] if line.startswith("- ") else line
        out += textwrap.wrap(
            shown, width, break_on_hyphens=False, break_long_words=False
        )
    return "\r\n".join(out)


@needs_shared
@pytest.mark.parametrize("width", [55, 66, 80, 90, 120])
@pytest.mark.parametrize("name", NAMES)
def test_wrapping_changes_no_reading(name: str, width: int) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    again = parse_file(rewrapped(text, width, "\u2022 ").encode(), name)
    assert [(str(s.category), s.observations, s.totals) for s in again.sentences] == [
        (str(s.category), s.observations, s.totals) for s in parsed(name).sentences
    ]
