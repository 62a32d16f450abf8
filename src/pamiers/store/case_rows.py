"""Everything that an index of cases holds, to be held against the record."""

from pathlib import Path
from typing import Final

import orjson
import sqlalchemy as sa

from pamiers.core.errors import StoreError
from pamiers.mission.case_audit import Indexed
from pamiers.store.sqlite import connect

_EVENTS: Final = "SELECT position, case_id, body FROM case_event"
_TOLD: Final = "SELECT key, body FROM case_told"
_THROUGH: Final = "SELECT value FROM mark WHERE name = 'through'"


def case_rows(path: Path) -> Indexed:
    """Return what an index of cases holds.

    Args:
        path: Its file.

    Returns:
        Events and effects as they stand in it, and how far it has come.

    Raises:
        StoreError: It is no index that can be read.
    """
    engine = connect(path)
    try:
        with engine.connect() as connection:
            events = connection.execute(sa.text(_EVENTS)).all()
            told = connection.execute(sa.text(_TOLD)).all()
            through = connection.execute(sa.text(_THROUGH)).scalar_one_or_none()
        return Indexed(
            through=int(through or 0),
            events={e.position: (e.case_id, orjson.loads(e.body)) for e in events},
            told={e.key: orjson.loads(e.body) for e in told},
        )
    except (sa.exc.SQLAlchemyError, ValueError) as error:
        raise StoreError(
            path.name,
            expected="an index of cases that can be read",
            got=str(error).splitlines()[0],
            remedy="Remove the file; it is made again from the record.",
        ) from error
    finally:
        engine.dispose()
