"""Notices: the same for all, to all at once, on record with who acknowledged them."""

import hashlib
import hmac
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pamiers.app import notices
from pamiers.app.cli.main import app
from pamiers.app.worker import one_round
from pamiers.core.errors import UsageError
from tests.fakes.posts import mailbox, posts

RUN = CliRunner().invoke
OPENED = "2026-05-04T10:00+03:00"
NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)
LATER = "2026-05-05T13:00+03:00"
PARTIES = {"north": "n@example.org", "south": "s@example.org"}


def said(*words: str) -> Any:  # noqa: ANN401 - whatever the command prints
    found = RUN(app, [*words, "--json"])
    return json.loads(found.stdout)


@pytest.fixture
def mission(tmp_path: Path) -> Path:
    folder = tmp_path / "mission"
    said("init", str(folder), "--agreement", "paris-three-tiers")
    said("case", "open", str(folder), "finding=f1", "clause=no-fire", "party=north",
         "severity=S2", "confidence=C3", "began=2026-05-04T08:00+03:00",
         f"at={OPENED}", "--now", OPENED)  # fmt: skip
    return folder


def by(mission: Path, **means: object) -> None:
    (mission / notices.FILE).write_text(json.dumps(means))


def printed(path: Path) -> str:
    found = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True
    )
    return found.stdout


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="reads the PDF back")
def test_a_letter_is_one_sheet_in_both_languages(mission: Path) -> None:
    one_round(mission, NOW)
    (lapsed,) = (mission / "notices" / "letters").glob("*step-lapsed*.pdf")
    text = printed(lapsed)
    assert text.count("\f") == 1
    for words in (
        *("The time of a step ran out", "the northern party, the southern party"),
        *("diplomatic warning to the party concerned (warn)", "the coalition"),
        *("Строк кроку сплив", "північна сторона, південна сторона", "коаліція"),
        "2026-05-05 08:00 Europe/Kyiv (05:00 UTC)",
    ):
        assert words in text, text
    drafts = (mission / "notices" / "drafts").glob("*.pdf")
    assert all("Draft, for decision" in printed(each) for each in drafts)


def test_letters_are_written_in_the_languages_asked_for(mission: Path) -> None:
    by(mission, languages=["fr", "lv"])
    one_round(mission, NOW)
    assert len(list((mission / "notices" / "letters").glob("*.pdf"))) >= 2
    by(mission, languages=["ru"])
    with pytest.raises(UsageError, match="expected languages of en, uk, fr, lv"):
        one_round(mission, NOW)


def test_mail_goes_to_all_parties_in_one_message(mission: Path) -> None:
    with mailbox() as taken:
        mail = {"host": "127.0.0.1", "port": taken.port, "sender": "m@example.org"}
        by(mission, mail={**mail, "to": PARTIES})
        assert one_round(mission, NOW).undelivered == 0
    assert {tuple(to) for to, _ in taken.mails} == {tuple(PARTIES.values())}
    (lapsed,) = (m for _, m in taken.mails if "ran out" in m["Subject"])
    assert "Строк кроку сплив" in lapsed.get_body().get_content()  # type: ignore[union-attr] # it has one
    (letter,) = lapsed.iter_attachments()
    assert letter.get_content().startswith(b"%PDF")
    assert all("is to be taken" not in str(m["Subject"]) for _, m in taken.mails)


def test_where_one_party_is_refused_the_notice_waits_for_all(mission: Path) -> None:
    with mailbox() as taken:
        mail = {"host": "127.0.0.1", "port": taken.port, "sender": "m@example.org"}
        by(mission, mail={**mail, "to": PARTIES})
        taken.refuses = {PARTIES["south"]}
        assert one_round(mission, NOW).undelivered > 0
        shown = said("case", "show", str(mission), "response-1", "--now", LATER)
        assert {each["delivered_at"] for each in shown["notices"]} == {None}
        taken.refuses.clear()
        assert one_round(mission, NOW).undelivered == 0


def test_a_webhook_is_signed_and_carries_one_key(mission: Path) -> None:
    (mission / "secret").write_text("s3cret\n")
    with posts() as taken:
        urls = [f"http://127.0.0.1:{taken.port}/{party}" for party in PARTIES]
        by(mission, webhook={"urls": urls, "secret_file": "secret"})
        taken.refuses = {"/south"}
        assert one_round(mission, NOW).undelivered > 0
        taken.refuses.clear()
        assert one_round(mission, NOW).undelivered == 0
    for _, headers, body in taken.posts:
        mac = hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
        assert headers["Pamiers-Signature"] == f"sha256={mac}"
        assert headers["Idempotency-Key"] == json.loads(body)["key"]
    got = {
        party: {body for path, _, body in taken.posts if path == f"/{party}"}
        for party in PARTIES
    }
    assert got["north"] == got["south"]
    at = [json.loads(b)["at"] for path, _, b in taken.posts if path == "/south"]
    assert at == sorted(at)  # in the order in which things came about


def test_other_services_get_the_same_words_for_every_party(mission: Path) -> None:
    with posts() as taken:
        to = {party: f"json://127.0.0.1:{taken.port}/{party}" for party in PARTIES}
        by(mission, apprise=to)
        taken.refuses = {"/south"}
        assert one_round(mission, NOW).undelivered > 0
        taken.refuses.clear()
        assert one_round(mission, NOW).undelivered == 0
    got = {
        party: {
            json.loads(body)["message"]
            for path, _, body in taken.posts
            if path.startswith(f"/{party}")
        }
        for party in PARTIES
    }
    assert got["north"] == got["south"]
    assert any("The time of a step ran out" in each for each in got["north"])


@pytest.mark.parametrize(
    "means",
    [
        {"apprise": {"north": "json://127.0.0.1:9/"}},
        {"mail": {"host": "h", "port": 1, "sender": "m", "to": {"south": "s@e.org"}}},
    ],
)
def test_means_that_leave_out_a_party_are_refused(
    mission: Path, means: dict[str, object]
) -> None:
    by(mission, **means)
    with pytest.raises(UsageError, match="an address of every party"):
        one_round(mission, NOW)


def test_what_was_delivered_is_acknowledged_once_and_shown(mission: Path) -> None:
    name = ("case", "acknowledge", str(mission), "response-1", "--by", "north")
    early = said(*name, "--now", OPENED)
    assert (early["acknowledged"], early["not_delivered"]) == (0, 1)
    one_round(mission, NOW)
    assert said(*name, "--now", LATER)["acknowledged"] >= 2
    assert said(*name, "--now", "2026-05-06T13:00+03:00")["acknowledged"] == 0
    (mission / "cases.sqlite").unlink()  # all of it is on record
    shown = said("case", "show", str(mission), "response-1", "--now", LATER)
    assert {each["means"] for each in shown["notices"]} == {"letter"}
    for each in shown["notices"]:
        assert each["acknowledged"] == {"north": "2026-05-05T10:00:00Z", "south": None}
    wrong = RUN(app, [*name[:-1], "coalition", "--now", LATER])
    assert (wrong.exit_code, "a party that notices go to" in wrong.stderr) == (2, True)


def test_an_index_of_an_older_release_is_made_again(mission: Path) -> None:
    one_round(mission, NOW)
    before = said("case", "show", str(mission), "response-1", "--now", LATER)
    with closing(sqlite3.connect(mission / "cases.sqlite")) as held:
        held.execute("DROP TABLE case_receipt")
    after = said("case", "show", str(mission), "response-1", "--now", LATER)
    assert after == before
    assert one_round(mission, NOW).delivered == 0
