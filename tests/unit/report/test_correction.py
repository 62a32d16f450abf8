"""A report tells how it differs from its first issue, and only where it does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pamiers.mission.issued import Issued, corrected
from pamiers.render import render
from pamiers.render.layout import page
from pamiers.report.correction import Change, difference
from pamiers.report.daily import DailyReport, compose
from pamiers.report.outline import outline
from tests.fakes.reports import dated, findings, incident, incidents, inputs, rows

AT = datetime(2020, 7, 28, 9, 0, tzinfo=UTC)
LINES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("12"))
OUTLINES = st.dictionaries(st.sampled_from(["annex", "findings"]), LINES)


def issued(report: DailyReport) -> list[Issued]:
    head = report.header
    one = Issued(
        kind=head.kind,
        day=head.day,
        edition=head.edition.id,
        issued_at=AT,
        entries=head.entries,
        head=head.head,
        outline=outline(report),
    )
    return [one]


def later() -> DailyReport:
    """Return the same day with an incident more and one that counts otherwise."""
    more = [each for each in incidents() if getattr(each, "key", "") != "INC-2"]
    row = dated(compose(inputs()).header.day, "o-1", count=21)
    new = dated(compose(inputs()).header.day, "o-9", count=1)
    fused = [incident(row, "INC-2", observed=1), incident(new, "INC-9", observed=1)]
    return compose(
        inputs(incidents=rows("incident", [*more, *fused]), entries=8, head="8e" * 32)
    )


def test_a_report_that_still_says_the_same_bears_no_banner() -> None:
    first = compose(inputs())
    facts = [replace(each, known_at=AT + timedelta(days=9)) for each in findings()]
    again = compose(inputs(findings=tuple(facts), entries=99, head="77" * 32))
    assert corrected(again, issued(first)).correction is None
    assert corrected(first, []).correction is None


def test_a_later_fact_is_told_with_how_much_it_changed() -> None:
    told = corrected(later(), issued(compose(inputs()))).correction
    assert told is not None
    assert told.entries == 7
    assert Change(section="incidents", added=1, gone=0, changed=1) in told.changes


def test_the_banner_stands_first_in_every_language() -> None:
    report = corrected(later(), issued(compose(inputs())))
    for language in ("en", "uk", "fr", "lv"):
        first = page(report, language).sections[0]
        assert first.id == "corrected"
        assert "9f9f9f9f" in first.paragraphs[0]
        assert b'id="corrected"' in render(report, language=language, format="html")


def test_another_edition_is_another_report() -> None:
    other = compose(inputs("commission"))
    assert corrected(later(), issued(other)).correction is None


@given(OUTLINES, OUTLINES)
def test_a_difference_counts_as_the_slow_way_does(
    old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]]
) -> None:
    slow = {}
    for section in {*old, *new}:
        before, after = old.get(section, {}), new.get(section, {})
        counts = [0, 0, 0]
        for key in {*before, *after}:
            counts[0] += key not in before
            counts[1] += key not in after
            counts[2] += key in before and key in after and before[key] != after[key]
        if any(counts):
            slow[section] = tuple(counts)
    told = difference(old, new)
    assert {e.section: (e.added, e.gone, e.changed) for e in told} == slow
    assert difference(old, old) == ()
