"""The sources that an agreement's folder describes, as those who weigh them need."""

from pamiers.agreement.values.blank import Blank
from pamiers.agreement.written import Written
from pamiers.core.source import Reliability, Source


def sources_in(written: Written | None) -> dict[str, Source]:
    """Return the sources of an agreement as written, by id; empty for none."""
    origins = {} if written is None else written.sources
    return {
        name: Source(
            id=name,
            name=str(origin.speaker),
            reliability=Reliability(str(origin.reliability)),
            interested=tuple(str(party) for party in origin.interested),
            citation=str(origin.url) or None,
        )
        for name, origin in origins.items()
        if not isinstance(origin, Blank)
    }
