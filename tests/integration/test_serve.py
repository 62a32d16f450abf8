"""Reports are served to this machine alone: files of one folder, and no more."""

import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pamiers.app.serve import served

pytestmark = pytest.mark.integration


def asked(address: str, path: str, host: str | None = None) -> tuple[int, str, bytes]:
    """Ask for a path as it stands; return status, policy and body."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=5)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or place.netloc)
    connection.endheaders()
    answer = connection.getresponse()
    policy = answer.getheader("Content-Security-Policy") or ""
    body = answer.read()
    connection.close()
    return answer.status, policy, body


def test_only_files_of_the_folder_are_answered(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "files").mkdir(parents=True)
    (folder / "index.html").write_text("<p>list</p>")
    (tmp_path / "secret.txt").write_text("secret")
    with served(folder) as address:
        status, policy, body = asked(address, "/")
        assert (status, body) == (200, b"<p>list</p>")
        assert "default-src 'none'" in policy
        for path in ("/files/", "/../secret.txt", "/%2e%2e/secret.txt", "/a%00.html"):
            status, _, body = asked(address, path)
            assert status == 404
            assert b"secret" not in body


def test_another_host_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>list</p>")
    with served(tmp_path) as address:
        port = urlsplit(address).port
        assert asked(address, "/", f"elsewhere.example:{port}")[0] == 421
        assert asked(address, "/", f"localhost:{port}")[0] == 200
