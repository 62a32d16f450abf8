"""Take in a bundle of another mission, after checking all of it."""

from dataclasses import asdict
from pathlib import Path

from pamiers.app.bundle_reading import opened_bundle
from pamiers.app.bundled import MALFORMED, malformed
from pamiers.app.wiring import now, opened
from pamiers.mission.bundle.check import Trust, check_bundle
from pamiers.mission.bundle.merge import merge


def take_in(folder: Path, bundle: Path, trust: Trust) -> dict[str, object]:
    """Check a bundle and take in what a mission does not have yet.

    Args:
        folder: The mission folder.
        bundle: The file.
        trust: What is known of the other record.

    Returns:
        The account, as plain values.

    Raises:
        LedgerMismatchError: The bundle was altered: nothing is taken in.
        UsageError: It withholds what is needed, or is of another agreement.
    """
    with opened_bundle(bundle) as files, opened(folder) as mission:
        try:
            checked = check_bundle(files, trust)
        except MALFORMED as error:
            raise malformed(error) from error
        done = merge(files, checked, mission, now())
        head = mission.record.head()
    return {
        "origin": checked.checkpoint.origin,
        "key": str(checked.key),
        "key_known": trust.key is not None,
        **asdict(done),
        "entries": head.size,
        "head": head.hex,
    }
