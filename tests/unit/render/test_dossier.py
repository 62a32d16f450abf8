"""The dossier of a case: what contests it beside it, and nothing past its edition."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pamiers.render.dossier import Dossier, render_dossier
from pamiers.render.offered import LANGUAGES
from pamiers.report.message import Named

AT = datetime(2026, 5, 6, 7, tzinfo=UTC)
WORDS = "<b>we deny it</b>"
STEP = {
    "id": "warn",
    "do": {"en": "Warn the party", "uk": "Попередити сторону"},
    "by": ["coalition"],
    "status": "lapsed",
    "due_at": "2026-05-05T05:00:00Z",
    "ended_at": None,
}
DISPUTE = {
    "at": "2026-05-05T08:00:00Z",
    "what": "dispute",
    "about": "f1",
    "by": "north",
    "outcome": None,
    "reason": WORDS,
}
CASE: dict[str, Any] = {
    "id": "c1",
    "procedure": {"en": "Three tiers"},
    "status": "open",
    "outcome": None,
    "opened_at": "2026-05-04T07:00:00Z",
    "words_withheld": False,
    "votes_withheld": False,
    "findings": [
        {
            "clause": "no-fire",
            "title": {"en": "No fire"},
            "cite": "art. 1",
            "party": "north",
            "breach_at": "2026-05-04T05:00:00Z",
            "found_at": None,
        }
    ],
    "said": [DISPUTE],
    "steps": [STEP],
    "due": [{"by": ["south"], "due_at": "2026-05-07T05:00:00Z"}],
    "remedies": [],
    "log": [DISPUTE],
    "names": {"north": {"en": "North", "uk": "Північ"}},
}
DOSSIER = Dossier(
    case=CASE,
    agreement=Named((("en", "Quiet"),)),
    time_zone="Europe/Kyiv",
    edition="commission",
    head="9f" * 32,
    checkpoint="pamiers.mission/0123456789abcdef\n7\nnn=\n",
    at=AT,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dispute_stands_beside_what_it_contests(language: str) -> None:
    text = render_dossier(DOSSIER, language=language, form="html").decode()
    assert text.index('id="summary"') < text.index('id="said"') < text.index('id="log"')
    assert "&lt;b&gt;we deny it&lt;/b&gt;" in text
    assert WORDS not in text
    assert "08:00, 5 May 2026" in text if language == "en" else "2026" in text


def test_a_late_step_is_counted_and_names_are_told() -> None:
    text = render_dossier(DOSSIER, language="uk", form="html").decode()
    assert "Північ" in text
    assert "строк сплив" in text
    assert "Попередити сторону" in text


def test_what_an_edition_leaves_out_is_said() -> None:
    public = replace(DOSSIER, case={**CASE, "words_withheld": True}, edition="public")
    whole = render_dossier(DOSSIER, language="en", form="html")
    assert b"Nothing of the case is left out" in whole
    told = render_dossier(public, language="en", form="html")
    assert b"leaves out words or votes" in told


def test_a_dossier_on_paper_is_the_same_every_time() -> None:
    first = render_dossier(DOSSIER, language="en", form="pdf")
    assert first.startswith(b"%PDF")
    assert first == render_dossier(DOSSIER, language="en", form="pdf")
