"""What was said of incidents, as it would have been said of their open reports alone.

An incident that was first told of closed reports bears an id made of their names; of
the open ones it bears the id that they would have been given. Where reports of one id
went to an incident of closed ones, they keep it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from pamiers.fusion.estimate import incident_key
from pamiers.fusion.naming import next_key


class _Known(Protocol):
    """An id, and the reports that are its own."""

    @property
    def own(self) -> frozenset[str]:
        """Return the reports that are its own."""


class OpenLines:
    """Reads lines of entries `fusion` for somebody who may not know of some reports."""

    def __init__(self, hidden: Iterable[str]) -> None:
        """Take the reports that are hidden, as `source:key`."""
        self.hidden = frozenset(hidden)
        self._names: dict[str, str] = {}

    def opened(
        self, line: Mapping[str, Any], found: Mapping[str, _Known]
    ) -> dict[str, Any] | None:
        """Return a line as it would have been said of open reports.

        Args:
            line: As it is on record.
            found: Ids told so far, oldest first.

        Returns:
            The line under its open id, without columns where closed reports are in
            them; None where it says nothing of open reports.
        """
        every = list(line.get("members", ()))
        members = [each for each in every if each not in self.hidden]
        key = line["key"]
        if key not in self._names:
            if not members:
                return None
            whole = len(members) == len(every)
            self._names[key] = _named(key if whole else None, members, found)
        named = self._names[key]
        told = {**line, "key": named, "members": members}
        if line.get("alias_of") is not None:
            alias = self._names.get(line["alias_of"], named)
            if alias == named:
                return None
            told["alias_of"] = alias
        own = {each for each in line.get("own") or every if each not in self.hidden}
        had = found[named].own if named in found else frozenset[str]()
        if named != key:
            own |= had & set(every)
        told["own"] = sorted(own or had) or members
        if len(members) < len(every):
            told["row"] = None
        return told


def _named(key: str | None, members: Sequence[str], found: Mapping[str, _Known]) -> str:
    """Return the id of reports that are told for the first time under this one."""
    if key is not None and key not in found:
        return key
    claims = (name for name, each in found.items() if each.own & set(members))
    return next(claims, None) or next_key(incident_key(sorted(members)), members, found)
