"""Times that nobody can measure, and who hosts, deputises and commands."""

from pathlib import Path

import pytest

from pamiers.agreement import show
from pamiers.agreement.diff.change import diff
from tests.unit.agreement.small import checked, codes, texts
from tests.unit.app.calling import answer

ONCE = (
    "forbid: {event: fire, in: strip}",
    """oblige: {event: exercise}
    urgency: {en: as soon as possible, fr: dès que possible, uk: якнайшвидше}""",
)
ROLE = (
    "held_by: club, created_by",
    (
        "held_by: club, hosted_by: sage, vice_chairs: [north, south], "
        "under_command_of: umpire, created_by"
    ),
)


def told(language: str, *changes: tuple[str, str]) -> str:
    found = checked(*changes).written
    assert found is not None
    return " ".join(show(found, language).replace("\u00a0", " ").split())


def test_words_that_nobody_can_measure_are_kept_and_complained_of() -> None:
    found = [e for e in checked(ONCE).complaints if e.code == "L-VAGUE-TIME"]
    assert [each.path for each in found] == ["clauses[0].urgency"]
    assert "got 'as soon as possible', which nobody" in found[0].message
    assert "never late" in found[0].message
    assert "L-NO-DEADLINE" not in codes(ONCE)
    bare = ("forbid: {event: fire, in: strip}", "oblige: {event: exercise}")
    assert "L-NO-DEADLINE" in codes(bare)
    assert "L-VAGUE-TIME" not in codes(bare)


def test_the_calendar_keeps_them_open(tmp_path: Path) -> None:
    for name, text in texts(ONCE).items():
        (tmp_path / name).write_text(text)
    duties = answer("calendar", tmp_path, "--at", "2027-01-01")["duties"]
    (open_one,) = [each for each in duties if each["occasion"] == "deadline"][:1]
    assert open_one["status"] == "open"
    assert open_one["written"] == "as soon as possible"
    assert open_one["late"] is None


def test_beside_a_deadline_they_are_no_defect() -> None:
    dated = ("    from: D\n", "    from: D\n    deadline: D + 3 d\n")
    assert not {"L-VAGUE-TIME", "L-NO-DEADLINE"} & set(codes(ONCE, dated))
    assert "never late" not in told("en", ONCE, dated)


@pytest.mark.parametrize(
    ("language", "said", "never"),
    [
        ("en", "effect exercise (as soon as possible), from D", "it is never late"),
        ("fr", "(dès que possible)", "n’est jamais tardive"),
        ("uk", "(якнайшвидше)", "запізнення немає"),
    ],
)
def test_the_prose_tells_them(language: str, said: str, never: str) -> None:
    text = told(language, ONCE)
    assert said in text
    assert never in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "Vice-chaired by Northland and Southland. Hosted by The sage. "
                "Under the command of `umpire`."
            ),
        ),
        ("fr", "Vice-présidence : Northland [en] et Southland [en]. Hôte : The sage"),
        ("uk", "Заступники голови: Northland [en] та Southland [en]. Засідання прий"),
    ],
)
def test_hosts_deputies_and_commanders_are_told(language: str, said: str) -> None:
    assert said in told(language, ROLE)


def test_one_whom_the_agreement_does_not_know_hosts_nothing() -> None:
    unknown = ("held_by: club, created_by", "held_by: club, hosted_by: x, created_by")
    (found,) = checked(unknown).complaints
    assert found.path == "roles.monitor.hosted_by[0]"
    assert "expected a name defined in actors or roles, got 'x'" in found.message
    assert checked(ROLE).complaints == checked().complaints


def test_another_host_is_a_change() -> None:
    before, after = checked().written, checked(ROLE).written
    assert before is not None
    assert after is not None
    said = " ".join(str(each) for each in diff(before, after, "en"))
    assert "The sage" in said
    assert "host" in said


def test_a_number_of_the_agreements_own_may_be_a_date_and_has_no_commas() -> None:
    own = ("classes:\n", "attributes: {born: {en: day of birth}}\nclasses:\n")
    asked = ("in: strip}", 'in: strip, where: "born > 19880525 and count > 10000"}')
    text = told("en", own, asked)
    assert "is above 19880525 and the number is above 10,000" in text
