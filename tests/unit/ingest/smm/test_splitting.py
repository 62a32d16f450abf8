"""Reports, paragraphs and sentences: wrapped, bulleted, numbered, furnished."""

import textwrap

import pytest

from pamiers.core.errors import MalformedSourceError
from pamiers.ingest.smm.reading import ParsedFile, parse_file
from pamiers.ingest.smm.text.characters import decode, normal
from pamiers.ingest.smm.text.splitting import split_reports

HEAD = "Based on information from the Monitoring Teams as of 19:30 4 August 2020."
TITLE = "OSCE Special Monitoring Mission to Ukraine (SMM) Daily Report"
ONE = (
    "On the night of 2-3 August, the SMM camera 1.5km north-east of Hnutove "
    "(government-controlled, 20km north-east of Mariupol) recorded three undetermined "
    "explosions and about 110 projectiles in flight, all 2-4km east."
)
TWO = "The SMM heard approx. 12 shots 3.5km south of its position. It left the area."
THREE = "The SMM observed a calm situation at the Donetsk Filtration Station (DFS)."
PROSE = (ONE, TWO, THREE)


def sentences(text: str) -> list[str]:
    return [s.text for report in split_reports(text) for s in report.sentences]


def plain() -> list[str]:
    return sentences("\n\n".join([HEAD, *PROSE]))


def test_a_point_in_a_figure_or_abbreviation_ends_no_sentence() -> None:
    assert plain() == [ONE, *TWO.replace(". It", ".|It").split("|"), THREE]


@pytest.mark.parametrize("width", [28, 40, 57, 72, 100, 300])
@pytest.mark.parametrize("bullet", ["", "- ", "\u2022 ", "\u2013 ", "* "])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lines_may_be_wrapped_anywhere(width: int, bullet: str, gap: str) -> None:
    wrapped = [
        textwrap.fill(
            bullet + text, width, break_on_hyphens=False, subsequent_indent="  "
        )
        for text in PROSE
    ]
    assert sentences(HEAD + "\n" + gap.join(wrapped)) == plain()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_gives_the_same_line_numbers(end: str) -> None:
    text = end.join([HEAD, "Summary", f"- {ONE}", f"- {TWO}"])
    found = split_reports(text)[0].sentences
    assert [s.line for s in found] == [3, 4, 4]


def test_a_wrapped_sentence_keeps_the_line_it_begins_on() -> None:
    wrapped = textwrap.wrap(f"{TWO} {THREE}", 40)
    found = split_reports("\n".join(["Summary", *wrapped]))[0].sentences
    assert [s.line for s in found] == [2, 3, 4]


FURNITURE = [
    "- 2 -", "2", "Page 3 of 11", "www.osce.org/ukraine-smm", "OSCE",
    "Special Monitoring Mission to Ukraine", "Daily Report 185/2020", "",
]  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_a_sentence_runs_on_over_the_foot_of_a_page(line: str) -> None:
    first, _, rest = ONE.partition("recorded three ")
    text = f"{HEAD}\n{first}recorded three\n\n{line}\n\n{rest}"
    assert sentences(text) == [ONE]


def test_furniture_headings_and_boilerplate_are_header() -> None:
    text = "\n".join(
        [
            f"{TITLE} 185/2020 issued on 5 August 2020",
            HEAD + " All times are in Eastern European Summer Time.",
            "This report is for the media and the general public.",
            "Summary",
            f"- {ONE}",
            "Ceasefire violations[1]",
            f"{TWO}*",
            "[1] For a complete breakdown of the violations, see the annexed table.",
            "- 2 -",
            "www.osce.org",
        ]
    )
    (report,) = split_reports(text)
    assert [s.section for s in report.sentences] == [
        "Summary", "Ceasefire violations", "Ceasefire violations",
    ]  # fmt: skip
    assert len(report.sentences) == 3
    assert len(report.headers) == 9
    assert report.header.number == "185/2020"
    assert str(report.header.issued_on) == "2020-08-05"
    assert str(report.header.as_of) == "2020-08-04 16:30:00+00:00"


def test_a_sentence_is_never_lost_as_a_heading() -> None:
    text = "Summary\nPositioned in Pisky the SMM heard 12 explosions 3km south"
    assert sentences(text) == [text.splitlines()[1]]


def test_a_file_may_hold_many_reports() -> None:
    block = "=====\nreport: {n}/2020\nissued: 2020-08-0{n}\nSummary\n- {text}\n"
    text = "".join(block.format(n=n, text=THREE) for n in (5, 6, 7))
    found = split_reports(text)
    assert [r.header.number for r in found] == ["5/2020", "6/2020", "7/2020"]
    assert [len(r.sentences) for r in found] == [1, 1, 1]
    assert [s.row for r in found for s in r.sentences] == [1, 2, 3]


def test_titles_part_reports_that_no_rule_parts() -> None:
    title = (
        "Latest from the OSCE Special Monitoring Mission to Ukraine (SMM), based on "
        "information received as of 19:30, {day} August 2017"
    )
    text = "\n\n".join([title.format(day=3), THREE, title.format(day=4), TWO])
    days = [r.header.as_of and r.header.as_of.day for r in split_reports(text)]
    assert days == [3, 4]


@pytest.mark.parametrize(
    "head",
    [
        "Based on information from the Monitoring Teams as of 19:30, 19 July 2017.",
        "based on information received as of 19:30 (Kyiv time), 19 July 2017",
        "Latest from OSCE SMM, based on information as of 19:30hrs, 19 July 2017",
        "title: OSCE SMM update of 20 July 2017 (information as of 19:30 on 19 July)",
    ],
)
def test_the_cut_off_is_read_in_its_several_forms(head: str) -> None:
    (report,) = split_reports(f"{head}\n\n{THREE}")
    assert str(report.header.as_of) == "2017-07-19 16:30:00+00:00"
    assert report.header.as_of_stated


def test_a_cut_off_in_winter_is_two_hours_from_utc() -> None:
    (report,) = split_reports(HEAD.replace("4 August", "4 December") + "\n" + THREE)
    assert str(report.header.as_of) == "2020-12-04 17:30:00+00:00"


def test_a_cut_off_that_is_not_stated_is_derived_and_said_so() -> None:
    (report,) = split_reports(f"report: 188/2020\nissued: 2020-08-08\n{THREE}")
    assert str(report.header.as_of) == "2020-08-07 16:30:00+00:00"
    assert not report.header.as_of_stated
    assert "eve of issue" in report.header.notes[0]


def parsed(data: bytes) -> ParsedFile:
    return parse_file(data, "report.txt")


@pytest.mark.parametrize(
    ("codec", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_give_the_same_sentences(codec: str, note: str | None) -> None:
    text = HEAD + "\n" + ONE.replace("-", "\u2013") + "\n\nThe SMM\u2019s UAV flew."
    found = parsed(text.encode(codec))
    assert found.sentences[0].observations[1].count is not None
    assert found.sentences[0].sentence.text == ONE
    assert (note is None) == (found.notes == ())


def test_cyrillic_bytes_are_told_from_western_ones() -> None:
    assert decode("Місія в Авдіївці: 3 вибухи".encode("cp1251")).encoding == "cp1251"
    assert decode("Café déjà – vu".encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize("data", [b"", b" \n ", b"\xff\xfe\x00\xd8\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedSourceError):
        decode(data)


def test_odd_characters_become_the_few_the_grammar_knows() -> None:
    odd = "600\u2011800m\u00a0north\u2010west of \u201cDPR\u201d\u2019s Аvdiivka\u200b*"
    assert normal(odd) == '600-800m north-west of "DPR"\'s Avdiivka'


def test_a_name_in_cyrillic_stays_as_it_is() -> None:
    assert normal("Авдіївка and Avdiivka") == "Авдіївка and Avdiivka"
