"""What sources' own words mean is read from tables, and what is wrong is told."""

from datetime import timedelta

import pytest

from pamiers.core.canonical import canonical_bytes
from pamiers.fusion.fuse import fuse
from pamiers.fusion.model import FusionModel
from pamiers.fusion.strands import LEAVES, PLAIN
from pamiers.fusion.words import read_words
from pamiers.mission.taxonomies import PACKAGED, table_texts
from tests.unit.fusion.small import NOON, seen, table

HEAD = "source,column,word,kind,share\n"


@pytest.mark.parametrize("name", PACKAGED)
def test_packaged_tables_are_right(name: str) -> None:
    found, wrong = read_words(table_texts(None)[name], name)
    assert wrong == []
    assert found.words


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("", 1, None),
        ("source,word\n", 1, None),
        (HEAD + "a,b,c,bang,1\n", 2, "kind"),
        (HEAD + "a,b,c,burst,much\n", 2, "share"),
        (HEAD + "a,b,c,burst,1.5\n", 2, "share"),
        (HEAD + "a,b,c,burst,nan\n", 2, "share"),
        (HEAD + "a,b,,burst,1\n", 2, "word"),
        (HEAD + "a,b,c,burst,0.5\na,b,c,shot,0.4\n", 3, "share"),
        (HEAD + "a,b,c,burst,0.5\na,b,c,burst,0.5\n", 3, "kind"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    text: str, line: int, field: str | None
) -> None:
    _, wrong = read_words(text, "t.csv")
    assert wrong
    where = wrong[0].where
    assert (where.source, where.line, where.field) == ("t.csv", line, field)
    assert wrong[0].remedy.endswith(".")


def test_every_complaint_is_gathered() -> None:
    _, wrong = read_words(HEAD + "a,b,c,bang,1\n" * 3, "t.csv")
    assert [each.where.line for each in wrong] == [2, 3, 4]


def test_the_nearest_source_speaks_and_a_later_table_comes_first() -> None:
    text = HEAD + "a*,w,x,burst,1\nab,w,x,shot,1\nclaims,kind,fire,impact,1\n"
    words, _ = read_words(text, "t.csv")
    extra = canonical_bytes({"w": "x"}).decode()
    assert words.label("ab", "fire", extra, claimed=False) == "ab: w=x"
    assert words.label("ac", "fire", extra, claimed=False) == "a*: w=x"
    assert words.label("b", "fire", extra, claimed=True) == "claims: kind=fire"
    assert words.label("b", "fire", extra, claimed=False) is None
    assert words.label("ab", "mine", extra, claimed=False) is None
    own, _ = read_words(HEAD + "ab,w,x,impact,1\n", "own.csv")
    assert own.over(words).words["ab", "w", "x"] == {"impact": 1.0}


def test_a_vocabulary_holds_kinds_and_words_each_summing_to_one() -> None:
    words, _ = read_words(HEAD + "a,w,x,burst,0.5\na,w,x,shot,0.5\n", "t.csv")
    found = words.vocabulary()
    assert found.labels == (*PLAIN.labels, "a: w=x")
    assert all(len(each) == len(LEAVES) for each in found.meanings)
    assert all(sum(each) == pytest.approx(1.0) for each in found.meanings)


def test_a_word_tells_what_a_kind_leaves_open() -> None:
    words, _ = read_words(HEAD + "a,w,x,burst,1\n", "t.csv")
    row = seen("a", kind="fire", extra=canonical_bytes({"w": "x"}).decode())
    rows = table([row, seen("b", kind="fire", start=NOON + timedelta(seconds=9))])
    told = fuse(rows, FusionModel(words=words)).incidents
    plain = fuse(rows, FusionModel()).incidents
    (one,), (other,) = (
        each.columns.column("kinds").to_pylist() for each in (told, plain)
    )
    assert one.startswith('{"burst":0.9')
    assert not other.startswith('{"burst":0.9')
    assert told.columns.column("kind").to_pylist() == ["fire"]
