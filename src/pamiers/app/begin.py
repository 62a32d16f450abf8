"""Begin a mission: read the agreement, refuse what cannot run, open the record."""

from pathlib import Path

from pamiers.agreement import load_agreement
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.wiring import created, now
from pamiers.mission.mission import begin
from pamiers.mission.places import read_places


def begin_mission(
    folder: Path, agreement: str, database: str | None = None
) -> dict[str, object]:
    """Make a mission folder on an agreement.

    Args:
        folder: New or empty.
        agreement: Folder of the agreement, or the name of a bundled one.
        database: Address of an empty database of PostgreSQL for the record, without a
            password; None keeps the record in the folder.

    Returns:
        Agreement, number of entries and head, as plain values.

    Raises:
        MalformedAgreementError: It has errors or blanks, so it cannot be run.
        UsageError: The folder holds something already.
    """
    files = agreement_texts(agreement)
    loaded = load_agreement(files)
    read_places(files.get("places.csv", ""))  # what is on record stays as it is
    with created(folder, database) as mission:
        head = begin(mission, files, now())
    return {
        "agreement": loaded.id,
        "digest": loaded.digest,
        "entries": head.size,
        "head": head.hex,
    }
