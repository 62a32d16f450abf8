"""What the service says: the public edition to strangers, and nothing more."""

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from pamiers.app.receive import Request, receive
from pamiers.ledger.checkpoint import read_checkpoint
from pamiers.ledger.tree import verify_consistency, verify_inclusion
from tests.integration.service.serving import CSV, Serving, prepared, serving

pytestmark = pytest.mark.integration
PAGES = (
    *("/api", "/api/status", "/api/days", "/api/findings", "/api/incidents"),
    *("/api/coverage", "/api/rows/observation", "/api/me"),
    *("/api/agreement", "/api/zones", "/api/calendar", "/api/ledgers/weapons"),
    *("/api/record", "/api/record/entries", "/api/record/checkpoint", "/metrics"),
    *("/ogc", "/ogc/conformance", "/ogc/collections", "/healthz", "/readyz"),
    *("/ogc/collections/incidents/items", "/ogc/collections/findings/items"),
    *("/ogc/collections/coverage/items", "/ogc/collections/zones/items"),
    "/api/openapi.json",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = prepared(tmp_path_factory.mktemp("service") / "mission")
    with serving(folder, "--read-only") as running:
        assert running.ask("/api/freshness?wait=120").json["newer"] == 0
        yield running


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_under_a_strict_policy(served: Serving, path: str) -> None:
    found = served.ask(path)
    assert found.status == 200, found.body
    assert "default-src 'none'" in found.headers["content-security-policy"]
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "server" not in found.headers


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_told_nothing_of_observers(served: Serving, path: str) -> None:
    body = served.ask(path).body
    for secret in (b"canary-words", b"38.123456", b"48.654321", b"observer"):
        assert secret not in body or path == "/api/openapi.json"


def test_incidents_are_those_of_the_program(served: Serving) -> None:
    found = served.ask("/api/incidents").json
    assert found["edition"] == "public"
    assert found["matched"] == len(found["items"]) == 1
    (one,) = found["items"]
    assert one["status"] == "not yet on record"
    assert one["sources_withheld"] is True
    assert "members" not in one
    whole = served.ask(f"/api/incidents/{one['key']}").json
    assert whole["incident"] == one
    assert whole["reasons"] is None


def test_findings_can_be_narrowed_and_opened(served: Serving) -> None:
    every = served.ask("/api/findings?limit=10000").json
    assert every["matched"] == len(every["items"]) > 1
    first = every["items"][0]
    some = served.ask(f"/api/findings?clause={first['clause']}&limit=10000").json
    assert {each["clause"] for each in some["items"]} == {first["clause"]}
    one = served.ask(f"/api/findings/{first['key']}").json
    assert one["finding"] == first
    assert one["clause"]["text"]
    assert served.ask("/api/findings?from=2021-01-01").json["matched"] == 0


def test_what_has_not_changed_is_not_sent_again(served: Serving) -> None:
    first = served.ask("/api/incidents")
    again = served.ask("/api/incidents", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = served.ask("/api/findings", if_none_match=first.headers["etag"])
    assert other.status == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/incidents?edition=commission", 403),
        ("/api/incidents?edition=none", 404),
        ("/api/incidents?from=yesterday", 400),
        ("/api/incidents?bbox=1,2,3", 400),
        ("/api/incidents?bbox=nan,2,3,4", 400),
        ("/api/incidents?kind=zork", 400),
        ("/api/incidents?limit=0", 422),
        ("/api/incidents/none", 404),
        ("/api/findings/none", 404),
        ("/api/ledgers/none", 404),
        ("/api/record/entries/99/proof", 404),
        ("/api/none", 404),
        ("/api/rows/statement", 401),  # a source's words are nobody's to read here
        ("/ogc/collections/none/items", 404),
    ],
)
def test_what_is_not_there_is_refused_with_words(
    served: Serving, path: str, status: int
) -> None:
    found = served.ask(path)
    assert found.status == status
    assert found.json["detail"]


def test_another_host_name_is_refused(served: Serving) -> None:
    assert served.ask("/api", host="elsewhere.example").status == 421


def test_proofs_lead_to_the_signed_checkpoint(served: Serving) -> None:
    proof = served.ask("/api/record/entries/1/proof").json
    signed = read_checkpoint(proof["checkpoint"].encode())
    path = [bytes.fromhex(each) for each in proof["path"]]
    verify_inclusion(bytes.fromhex(proof["leaf"]), 1, signed.head, path)
    grown = served.ask("/api/record/consistency?since=1").json
    first = served.ask("/api/record/entries?limit=1").json["items"][0]
    old = type(signed.head)(1, bytes.fromhex(first["leaf"]))
    steps = [bytes.fromhex(each) for each in grown["path"]]
    verify_consistency(old, signed.head, steps)


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="no ogrinfo here")
def test_gis_programs_read_the_collections(served: Serving, tmp_path: Path) -> None:
    source = f"OAPIF:{served.address}ogc"
    told = subprocess.run(
        ["ogrinfo", "-ro", "-so", "-al", source],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    for name in ("incidents", "findings", "coverage", "zones"):
        assert f"Layer name: {name}" in told
    target = tmp_path / "out.gpkg"
    asked = ["ogr2ogr", str(target), source, "incidents", "findings"]
    subprocess.run(asked, check=True, capture_output=True, timeout=120)
    counts = subprocess.run(
        ["ogrinfo", "-so", target, "findings"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    matched = served.ask("/api/findings").json["matched"]
    assert f"Feature Count: {matched}" in counts


def test_it_tells_of_news_and_stops_when_asked(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "mission")
    more = tmp_path / "more.csv"
    more.write_text(CSV.replace("a1", "a2").replace("b1", "b2"))
    with serving(folder) as running:
        events = f"{running.address}api/events"
        told: list[int] = []
        with urllib.request.urlopen(events, timeout=60) as feed:  # noqa: S310 - http
            for line in feed:
                if line.startswith(b"data:"):
                    told.append(json.loads(line[5:])["entries"])
                    if len(told) == 2:
                        break
                    receive(folder, more, Request(), lambda _, __, ___: None)
            assert running.ask("/api/incidents?bbox=1,2,3,4").status == 200
            assert running.stop() == 0
        assert told[0] < told[1]
        assert "bbox" not in running.errors.read_text()
