"""The description of the API is true, and no input makes the service fail."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.service.inside import token_of
from tests.integration.service.serving import prepared, serving

pytestmark = pytest.mark.integration
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.mark.skipif(not SCHEMATHESIS.exists(), reason="no schemathesis here")
def test_no_input_makes_the_service_fail(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "mission")
    token = token_of(folder, "admin", "admin", "monitor", "commission", sources=("*",))
    with serving(folder) as running:
        running.wait_for_pages()  # until then, 503 is the answer that is due
        done = subprocess.run(
            [
                *(str(SCHEMATHESIS), "run", f"{running.address}api/openapi.json"),
                *("--header", f"Authorization: Bearer {token}"),
                *("--checks", "not_a_server_error", "--max-examples", "6"),
                *("--phases", "fuzzing", "--exclude-path", "/api/events"),
                *("--seed", "1", "--no-color", "--generation-deterministic"),
                *("--request-timeout", "60"),  # slow is no fault of the service
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=280,
            cwd=tmp_path,
        )
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        assert "fault" not in running.errors.read_text()
