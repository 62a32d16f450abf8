"""Catalogues are complete, and their sentences come out right."""

import re
import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pamiers.core.errors import UnknownTermError
from pamiers.core.kind import KINDS
from pamiers.render.language import Language, catalogue
from pamiers.render.layout import TERMS
from pamiers.render.offered import LANGUAGES
from pamiers.render.phrase import weapons
from pamiers.report.message import Named, Term, message
from tests.fakes.reports import KYIV
from tests.shared import ROOT

SOURCES = [*(ROOT / "src/pamiers/report").rglob("*.py")]
SOURCES += [*(ROOT / "src/pamiers/render").rglob("*.py")]
KEY = re.compile(r"""(?:message|text|\bt)\(\s*["']([a-z_]+(?:\.[a-z_-]+)+)["']""")
TEMPLATES = [*(ROOT / "src/pamiers/render/templates").glob("*.html")]
CYRILLIC = re.compile(r"[а-яіїєґ]", re.IGNORECASE)
#: letters of other languages that a careless keyboard puts into Ukrainian
FOREIGN = re.compile(r"[ыэъё]", re.IGNORECASE)


def texts(code: str) -> dict[str, tuple[str, ...]]:
    """Return the texts of a catalogue by key, plural forms together."""
    found = {}
    for entry in catalogue(code):
        if entry.id:
            key = entry.id if isinstance(entry.id, str) else entry.id[0]
            one = (entry.string,) if isinstance(entry.string, str) else entry.string
            found[key] = tuple(one or ())
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def speaker(code: str) -> Language:
    return Language(code, KYIV)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_key_is_in_every_language(code: str) -> None:
    assert texts("en").keys() == texts(code).keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_is_empty(code: str) -> None:
    assert [k for k, forms in texts(code).items() if not all(forms)] == []


@pytest.mark.parametrize(("code", "plural"), [("uk", 3), ("fr", 2), ("lv", 3)])
def test_plurals_have_as_many_forms_as_the_language(code: str, plural: int) -> None:
    en, other = texts("en"), texts(code)
    for key, forms in en.items():
        assert (len(forms), len(other[key])) in {(1, 1), (2, plural)}, key


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_uses_the_same_parameters(code: str) -> None:
    en, other = texts("en"), texts(code)
    different = [
        key
        for key in en
        if set().union(*map(fields, en[key])) != set().union(*map(fields, other[key]))
    ]
    assert different == []


@pytest.mark.parametrize("code", ["fr", "lv"])
def test_sentences_are_translated(code: str) -> None:
    en, other = texts("en"), texts(code)
    bare = [
        key
        for key, forms in en.items()
        if len(re.findall(r"[A-Za-z]{3,}", re.sub(r"\{[^}]*\}", "", forms[0]))) > 2
        and forms == other[key]
    ]
    assert bare == []


@pytest.mark.parametrize("path", SOURCES + TEMPLATES, ids=lambda p: p.name)
def test_every_key_in_use_is_in_the_catalogue(path: Path) -> None:
    known = texts("en")
    used = set(KEY.findall(path.read_text(encoding="utf-8")))
    assert sorted(used - known.keys()) == []


def test_every_kind_and_term_has_a_name() -> None:
    known = texts("en")
    assert sorted(kind for kind in KINDS if f"kind.{kind}" not in known) == []
    assert [t for t in TERMS if f"term.{t}.means" not in known] == []


def test_ukrainian_is_written_in_ukrainian() -> None:
    bare = {"ui.brand", "value.percent", "value.now_before", "value.count_of"}
    for key, forms in texts("uk").items():
        for text in forms:
            assert not FOREIGN.search(text), key
            plain = re.sub(r"\{[^}]*\}", "", text)
            latin = re.search(r"[A-Za-z]{3,}", plain)
            allowed = key.startswith(("language.", "format.", "date.", "intro.shown"))
            allowed = allowed or key in bare or "JSON" in text or "pamiers" in text
            assert allowed or not latin or key.startswith("source."), key


@pytest.mark.parametrize(
    ("n", "expected"),
    [(1, "1 вибух"), (3, "3 вибухи"), (11, "11 вибухів"), (21, "21 вибух")],
)
def test_ukrainian_plurals(n: int, expected: str) -> None:
    assert speaker("uk").say(message("amount.explosion", n=n)) == expected


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, "0 explosion"), (1, "1 explosion"), (2, "2 explosions")],
)
def test_french_plurals(n: int, expected: str) -> None:
    assert speaker("fr").say(message("amount.explosion", n=n)) == expected


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        *((1, "1 sprādziens"), (2, "2 sprādzieni"), (11, "11 sprādzienu")),
        *((20, "20 sprādzienu"), (21, "21 sprādziens"), (111, "111 sprādzienu")),
    ],
)
def test_latvian_plurals(n: int, expected: str) -> None:
    assert speaker("lv").say(message("amount.explosion", n=n)) == expected


def test_phrases_nest_and_names_take_the_language() -> None:
    name = Named((("en", "Avdiivka"), ("uk", "Авдіївка")))
    said = message("where.from", near=name, distance=2.0, compass="south")
    assert speaker("en").say(said) == "2\u00a0km south of Avdiivka"
    assert "Авдіївка, 2\u00a0км" in speaker("uk").say(said)


def test_dates_and_clocks_are_those_of_the_mission() -> None:
    instant = datetime(2020, 7, 27, 16, 30, tzinfo=UTC)
    assert speaker("en").moment(instant) == "19:30, 27 July 2020"
    assert speaker("uk").day(date(2020, 7, 27)) == "27 липня 2020 року"
    assert speaker("fr").day(date(2020, 7, 27)) == "27 juillet 2020"
    assert speaker("lv").day(date(2020, 7, 27)) == "27.07.2020."
    assert speaker("uk").zone(instant) == "за східноєвропейським літнім часом"


def test_a_missing_sentence_is_an_error() -> None:
    with pytest.raises(UnknownTermError, match=r"render/locale/uk\.po"):
        speaker("uk").text("no.such.sentence")


def test_a_source_known_by_its_id_alone_still_has_a_name() -> None:
    assert speaker("uk").say(Named((("", "osce-smm"),))) == "СММ ОБСЄ"
    assert speaker("uk").say(Named((("", "somebody"),))) == "somebody"


def test_an_open_vocabulary_falls_back_to_the_source_s_word() -> None:
    assert speaker("uk").say(Term("means", "thermal_eye")) == "thermal eye"
    assert CYRILLIC.search(speaker("uk").say(Term("means", "camera")))


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("heavy machine gun; small arms", "великокаліберний кулемет; стрілецька зброя"),
        ("tank T-64", "танк T-64"),
        ("towed howitzer D-30 122 mm", "буксирувана гаубиця D-30 122\u00a0мм"),
        ("120mm mortar", "міномет 120\u00a0мм"),
        ("something new", "something new"),
    ],
)
def test_weapons_are_named_where_the_word_is_known(listed: str, expected: str) -> None:
    assert weapons(speaker("uk"), listed) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, "0"), (0.001, "<1"), (0.5, "50"), (0.999, ">99"), (1.0, "100")],
)
def test_a_little_is_not_nothing_and_nearly_is_not_all(
    share: float, expected: str
) -> None:
    assert speaker("en").percent(share) == f"{expected}\u00a0%"
    assert speaker("en").percent(0.25, share).startswith("25")
