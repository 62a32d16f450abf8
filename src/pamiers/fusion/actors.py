"""Who did it, by what reports say of it.

Each voice that names somebody may be mistaken. A party that names another would say so
whether or not it was so, and weighs nothing; where it names itself it weighs the more.
What no voice that weighs ascribes is nobody's that is known. Whether anything may be
attributed at all is for the mandate to say.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pamiers.fusion.member import NONE, member_id
from pamiers.fusion.model import FusionModel

#: how often a voice that names somebody is taken to be right; a party that names itself
RIGHT, OWN = 0.8, 0.95
#: stands for whoever nobody named
NOBODY_NAMED: Final = ""


def actors_of(
    reports: Sequence[Mapping[str, Any]],
    model: FusionModel,
    repeats: Mapping[str, str] = NONE,
) -> dict[str, float]:
    """Return how likely each did it, of those named and one whom nobody named.

    Args:
        reports: Reports of one incident, as rows.
        model: For whom each source speaks.
        repeats: Report -> the one that it repeats, and so adds nothing to.

    Returns:
        Name -> share, the likeliest first; they sum to nearly 1. Empty where nobody is
        named; where only those name somebody whose word weighs nothing, all of it is
        nobody's that is known. Before anything is said all are as likely.
    """
    if not any(report["actor"] for report in reports):
        return {}
    said = _said(reports, model, repeats)
    names = sorted({name for named in said.values() for name in named})
    every = [*names, NOBODY_NAMED]
    shares = dict.fromkeys(every, 1.0)
    for _, named in sorted(said.items()):
        right = max(named.values())
        for name in every:
            wrong = (1.0 - right) / (len(every) - len(named))
            shares[name] *= right / len(named) if name in named else wrong
    total = sum(shares.values())
    order = sorted(every, key=lambda name: (-shares[name], name))
    return {name: round(shares[name] / total, 4) for name in order}


def _said(
    reports: Sequence[Mapping[str, Any]], model: FusionModel, repeats: Mapping[str, str]
) -> dict[str, dict[str, float]]:
    """Return whom each voice names, and how surely it is right; no accusations."""
    here = {member_id(report) for report in reports}
    said: dict[str, dict[str, float]] = {}
    for report in reports:
        name, source = report["actor"], model.sources.get(report["source"])
        if not name or repeats.get(member_id(report)) in here:
            continue
        claimed = report["standing"] == "claimed"
        interested = source.interested if source else ()
        if (claimed or interested) and name not in interested:
            continue
        voice = model.voice(report["source"], claimed=claimed)
        said.setdefault(voice, {})[name] = OWN if interested else RIGHT
    return said
