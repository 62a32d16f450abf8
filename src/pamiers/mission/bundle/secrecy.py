"""Who may read an agreement's text: whoever may read its most closed part."""

from collections.abc import Iterator, Mapping
from typing import Final

from pamiers.agreement.reader import read
from pamiers.core.sharing import UNLABELLED, Sharing, joined
from pamiers.mission.mission import Mission

#: from means and limits anybody can draw up the plan of posts again, with its gaps
MEANS: Final = "deployment.yaml"
#: how an agreement says who may read a part of it -> class
_TIERS: Final = {
    "": Sharing.PUBLIC,  # nothing said
    "public": Sharing.PUBLIC,
    "parties": Sharing.PARTIES,
    "commission": Sharing.COMMISSION,
    "restricted": Sharing.COMMISSION,
}


def agreement_sharing(mission: Mission) -> Sharing:
    """Return who may read the whole of every version of the agreement on record."""
    told = [Sharing.PUBLIC]
    for entry in mission.record.entries(("mission", "agreement")):
        if "signs" in entry.body:
            continue  # a signature under a version
        files = entry.body.get("agreement")
        told.append(sharing_in(files) if isinstance(files, dict) else UNLABELLED)
    return joined(*told)


def sharing_in(files: Mapping[str, str]) -> Sharing:
    """Return who may read the whole of an agreement; the public, where all is.

    Args:
        files: Texts of its folder, by file name.

    Returns:
        The class of its most closed part; a part of a tier not known is confidential.
    """
    tiers = set(_tiers(files))
    return joined(Sharing.PUBLIC, *(_TIERS.get(each, UNLABELLED) for each in tiers))


def _tiers(files: Mapping[str, str]) -> Iterator[str]:
    if MEANS in files:
        yield "commission"
    written = read(files).written
    if written is None:
        yield "unread"
        return
    yield from (str(each.visibility) for each in written.instruments)
    yield from (str(each.visibility) for each in written.clauses)
