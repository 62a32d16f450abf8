"""What the change of a record's key promises, asked where the record lies on a server.

The same is asked of a record in a file in `tests/integration/test_record_key.py`.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from pamiers.app.backup import backup, restore
from pamiers.app.wiring import opened
from pamiers.store.postgres import PostgresRecord
from tests.cluster import Cluster
from tests.integration import test_record_key as promised
from tests.integration.program import begun

pytestmark = pytest.mark.integration
PROMISES: tuple[Callable[[Path], None], ...] = (
    promised.test_who_knew_the_first_key_follows_to_the_last,
    promised.test_a_key_that_nothing_leads_from_is_refused,
    promised.test_what_the_old_key_signs_later_is_not_believed,
    promised.test_a_process_killed_between_entry_and_file_is_finished,
    promised.test_a_service_that_runs_signs_with_the_key_in_force,
    promised.test_parties_vouch_where_the_key_was_compromised,
    promised.test_a_thief_cannot_have_others_vouch,
)


@pytest.fixture
def folder(tmp_path: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a mission whose record lies on a server."""
    name = postgres.database()
    backup(begun(tmp_path / "first"), tmp_path / "copy")
    monkeypatch.setenv("PAMIERS_DATABASE_URL", postgres.url(name))
    restore(tmp_path / "copy", tmp_path / "mission", postgres.url(name, secret=False))
    return tmp_path / "mission"


@pytest.mark.parametrize("promise", PROMISES, ids=lambda each: each.__name__[5:])
def test_on_a_server_it_holds_as_well(
    folder: Path, promise: Callable[[Path], None]
) -> None:
    with opened(folder) as mission:
        assert isinstance(mission.record, PostgresRecord)
    promise(folder)
