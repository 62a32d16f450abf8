"""Where reports come from: each source, and what was learned of it, to its circle."""

from dataclasses import asdict

import pyarrow as pa

from pamiers.app.pages.cases import Values
from pamiers.app.pages.readers import Reader
from pamiers.core.instant import format_instant
from pamiers.core.sharing import Sharing
from pamiers.core.source import Source
from pamiers.mission.calibrated import last_calibration, learned_in_force
from pamiers.mission.state import state


def sources(reader: Reader) -> Values:
    """Return sources with what they reported and how good that was.

    Args:
        reader: The mission as its reader sees it.

    Returns:
        `sources`: those that the agreement names, in its order, with how many reports
        of theirs the reader may be told of; to the commission those of others too, and
        what was learned of each. The public is told of none: how well a source sees is
        of use to whoever would not be seen.
    """
    edition = Sharing(reader.edition.id)
    if edition is Sharing.PUBLIC:
        return {"withheld": True, "learned_at": None, "sources": []}
    told = _reports(reader)
    cards = _cards(reader) if edition >= Sharing.COMMISSION else {}
    known = dict(reader.sources)
    if edition >= Sharing.COMMISSION:
        known |= {
            name: Source(id=name, name=name) for name in told if name not in known
        }
    entry = last_calibration(reader.mission)
    return {
        "withheld": False,
        "learned_at": format_instant(entry.recorded_at) if entry and cards else None,
        "sources": [
            {**_plain(each), **told.get(name, _NONE), "card": cards.get(name)}
            for name, each in known.items()
        ],
    }


_NONE: Values = {"reports": 0, "first": None, "last": None}


def _plain(source: Source) -> Values:
    return {
        "id": source.id,
        "name": source.name,
        "reliability": source.reliability.name,
        "interested": list(source.interested),
        "citation": source.citation,
    }


def _reports(reader: Reader) -> dict[str, Values]:
    """Return how many reports there are of each source, and of which time."""
    table = reader.told(state(reader.mission).tables["observation"])
    every = pa.table({name: table.columns.column(name) for name in ("source", "start")})
    asked = [("start", "count"), ("start", "min"), ("start", "max")]
    return {
        each["source"]: {
            "reports": each["start_count"],
            "first": format_instant(each["start_min"]),
            "last": format_instant(each["start_max"]),
        }
        for each in every.group_by("source").aggregate(asked).to_pylist()
    }


def _cards(reader: Reader) -> dict[str, Values]:
    """Return what was learned of each source, as the record has it."""
    learned = learned_in_force(reader.mission)
    if learned is None:
        return {}
    # Compiled loops are loaded only where something was learned (ADR 0018).
    from pamiers.fusion.model import FusionModel  # noqa: PLC0415
    from pamiers.fusion.reports import reports_of  # noqa: PLC0415
    from pamiers.fusion.scorecard import scorecards  # noqa: PLC0415
    from pamiers.mission.taxonomies import words_in_force  # noqa: PLC0415

    model = FusionModel(sources=reader.sources, words=words_in_force(reader.mission))
    reports = reports_of(state(reader.mission).tables["observation"], model)
    return {each.source: asdict(each) for each in scorecards(reports, learned)}
