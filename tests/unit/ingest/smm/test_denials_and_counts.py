"""What is denied, missing, shared out or counted in words: nothing twice or lost."""

from pathlib import Path

import pytest

from pamiers.core.rows import Coverage, Observation, Total
from pamiers.ingest.formats.smm_report import FORMAT
from pamiers.ingest.smm.sentence import Category, ParsedSentence
from pamiers.mission.reading import Reading, ReadOptions
from tests.unit.ingest.smm.rendering import read, rendered

TABLE = Path(__file__).resolve().parents[3] / "assets/smm-report/denials-and-counts.txt"
HEAD = (
    "OSCE Special Monitoring Mission to Ukraine (SMM) Daily Report 185/2020 issued on "
    "5 August 2020\nBased on information from the Monitoring Teams as of 19:30 4 "
    "August 2020.\n"
)


def cases() -> list[tuple[str, list[str]]]:
    """Return (sentence, expected lines) of every block of the table."""
    blocks = TABLE.read_text(encoding="utf-8").split("\n> ")[1:]
    return [
        (lines[0], [line.strip() for line in lines[1:] if line.strip()])
        for lines in (block.splitlines() for block in blocks)
    ]


def told(parsed: ParsedSentence) -> list[str]:
    """Return the rendering, with what a negative sentence watched for."""
    watched = [f"watched {', '.join(parsed.denied) or '-'}"]
    return rendered(parsed) + (watched if parsed.category is Category.COVERAGE else [])


@pytest.mark.parametrize(("text", "expected"), cases(), ids=lambda v: str(v)[:60])
def test_a_sentence_reads_as_the_table_says(text: str, expected: list[str]) -> None:
    assert told(read(text)) == expected


def filed(*sentences: str) -> Reading:
    return FORMAT.read(
        (HEAD + "\n\n".join(sentences)).encode(), ReadOptions(file_name="report.txt")
    )


def observed(*sentences: str) -> list[Observation]:
    rows = filed(*sentences).tables["observation"].views()
    return [row for row in rows if isinstance(row, Observation)]


def covered(*sentences: str) -> list[Coverage]:
    rows = filed(*sentences).tables["coverage"].views()
    return [row for row in rows if isinstance(row, Coverage)]


@pytest.mark.parametrize(
    "said",
    [
        "were missing from the site",
        "continued to be absent",
        "were no longer present",
        "were no longer there",
        "were again missing",
    ],
)
def test_what_is_missing_is_never_filed_as_present(said: str) -> None:
    (row,) = observed(f"The SMM noted that nine mortars (2B11, 120mm) {said}.")
    assert (row.kind, row.count, row.weapons) == ("other", 9, "mortar (2B11) 120 mm")
    assert '"absent":true' in (row.extra or "")


def test_what_is_there_beside_what_is_missing_is_present() -> None:
    rows = observed(
        "The SMM saw six tanks (T-64) and noted that two tanks (T-72) were missing."
    )
    assert [(row.kind, row.count) for row in rows] == [
        ("weapon_presence", 6),
        ("other", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Eight of the 10 towed howitzers were oriented towards the north.",
        "Near Donske, the SMM had previously observed eight towed howitzers.",
    ],
)
def test_what_was_counted_before_is_not_counted_again(text: str) -> None:
    (row,) = observed(text)
    assert (row.kind, row.count) == ("other", 8)
    assert '"known":true' in (row.extra or "")


def test_only_those_present_are_present() -> None:
    (row,) = observed(
        "Only two of the nine tanks seen earlier at the site were present."
    )
    assert (row.kind, row.count) == ("weapon_presence", 2)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("The SMM did not see any civilians in Shchastia.", ["person_presence"]),
        ("The SMM saw no weapons in Shchastia.", ["weapon_presence"]),
        ("The SMM did not observe any casualties in Shchastia.", ["casualty"]),
        ("The SMM observed no traffic in Shchastia.", ["movement"]),
        ("The SMM heard nothing in Shchastia.", ["fire"]),
        ("The SMM heard no shots or explosions in Shchastia.", ["fire"]),
        ("The SMM saw no tanks or mines in Shchastia.", ["weapon_presence", "mine"]),
        ("The situation in Shchastia was calm.", ["fire"]),
    ],
)
def test_coverage_watches_only_for_what_was_denied(
    text: str, families: list[str]
) -> None:
    rows = covered(text)
    assert [row.watched for row in rows] == families
    assert {(row.status, row.place) for row in rows} == {("observed", "Shchastia")}


def test_the_interval_of_a_silence_is_the_one_stated() -> None:
    (row,) = covered(
        "On 3 August, between 10:00 and 14:00, positioned in Krymske, the SMM heard "
        "nothing."
    )
    assert f"{row.start:%d %H:%M} {row.end:%d %H:%M}" == "03 07:00 03 11:01"


def test_who_could_not_see_did_not_watch() -> None:
    reading = filed("The SMM could not see any tanks in Shchastia.")
    assert "coverage" not in reading.tables
    assert "observation" not in reading.tables


def test_a_quiet_region_is_a_total_of_none_and_watched() -> None:
    reading = filed("In Luhansk region, the SMM did not observe any violations.")
    (total,) = (r for r in reading.tables["total"].views() if isinstance(r, Total))
    (row,) = covered("In Luhansk region, the SMM did not observe any violations.")
    assert (total.count, total.region, total.kind) == (
        0, "Luhansk", "ceasefire_violation")  # fmt: skip
    assert (row.watched, row.region, row.lat) == ("fire", "Luhansk", None)


def test_no_further_violations_is_no_total_of_none() -> None:
    reading = filed("The SMM camera in Maiorsk recorded no further violations.")
    assert "total" not in reading.tables


@pytest.mark.parametrize(
    "shares",
    [
        "one impact and two undetermined",
        "two outgoing and one undetermined explosion",
        "two assessed as outgoing, one as an impact",
        "one caused by a mortar round, two unknown",
    ],
)
def test_a_breakdown_in_parentheses_is_not_counted_again(shares: str) -> None:
    rows = observed(f"The SMM heard three explosions ({shares}) 2km east of Shchastia.")
    assert [(row.kind, row.count) for row in rows] == [("explosion", 3)]


def test_totals_keep_every_kind_they_name() -> None:
    reading = filed(
        "Since 27 July 2020, the SMM has recorded a total of at least 600 ceasefire "
        "violations in both Donetsk and Luhansk regions (including 200 explosions, 90 "
        "projectiles in flight, nine muzzle flashes and 301 bursts and shots)."
    )
    rows = [r for r in reading.tables["total"].views() if isinstance(r, Total)]
    assert [(r.kind, r.count or r.count_low) for r in rows] == [
        ("ceasefire_violation", 600),
        ("explosion", 200),
        ("projectile", 90),
        ("muzzle_flash", 9),
        ("fire", 301),
    ]
    assert all(r.cumulative for r in rows)
