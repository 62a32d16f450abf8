"""The tables that a server or a public site gives to whoever asks."""

import json
import urllib.request
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import urlsplit

from pamiers.app.notebook.frames import frame_of_rows, pandas, schema_of
from pamiers.core.errors import UsageError

_TIMEOUT_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A record that is served elsewhere; what the token may not see is absent."""

    url: str
    token: str | None = field(default=None, repr=False)

    def incidents(self) -> Any:  # noqa: ANN401  (a geodata frame)
        """Return what happened, as best fused."""
        return _frame(self._page("situation")["incidents"])

    def coverage(self) -> Any:  # noqa: ANN401  (a geodata frame)
        """Return where and when observation was possible, or denied."""
        return _frame(self._page("situation")["coverage"])

    def findings(self) -> Any:  # noqa: ANN401  (a data frame)
        """Return the judgements that stand, without their evidence."""
        return _frame(self._page("findings")["findings"])

    def schema(self) -> Any:  # noqa: ANN401  (a data frame)
        """Return the data dictionary of incidents."""
        return schema_of(self.incidents())

    def cite(self) -> str:
        """Return a line to cite the record by, with its head and the program."""
        about = self._page("about")
        title, record = about["agreement"]["title"], about["record"]
        words = title.get("en") or next(iter(title.values()), about["mission"])
        return (
            f"{words}. Record of {record['entries']} entries, {about['edition']} "
            f"edition, head {record['head']}. {self.url}. pamiers {version('pamiers')}."
        )

    def _page(self, name: str) -> Any:  # noqa: ANN401  (plain values)
        request = urllib.request.Request(f"{self.url}/data/{name}.json")  # noqa: S310  (http or https, checked)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310  (the same)
                return json.loads(answer.read())
        except (OSError, ValueError) as error:
            raise UsageError(
                f"{self.url}/data/{name}.json",
                expected="an answer of a pamiers server or site",
                got=str(error),
                remedy="Check the address and the token.",
            ) from error


def connect(url: str, token: str | None = None) -> Served:
    """Return a record that is served elsewhere.

    Args:
        url: Address of the server, or of a public site's folder.
        token: Whose edition to have; None: the public one.

    Returns:
        The record; nothing is asked of the address before a table is.

    Raises:
        UsageError: Not an address of http or https, or the extra is not installed.
    """
    pandas()
    if urlsplit(url).scheme not in {"http", "https"}:
        raise UsageError(
            "connect",
            expected="an address that begins with http:// or https://",
            got=repr(url),
            remedy="Use `pamiers.open` for a folder.",
        )
    return Served(url=url.rstrip("/"), token=token)


def _frame(columns: dict[str, list[Any]]) -> Any:  # noqa: ANN401  (data frames)
    names = list(columns)
    rows = zip(*(columns[name] for name in names), strict=True)
    return frame_of_rows(dict(zip(names, row, strict=True)) for row in rows)
