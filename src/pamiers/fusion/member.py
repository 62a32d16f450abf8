"""Reports as members of incidents: what they are called, and what repeats what."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

Report = Mapping[str, Any]
#: no report repeats another
NONE: Final[Mapping[str, str]] = MappingProxyType({})


def member_id(report: Report) -> str:
    """Return the id of a row in an incident, `source:key`."""
    return f"{report['source']}:{report['key']}"
