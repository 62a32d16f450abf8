"""Hatch's hook: a wheel holds the built pages; an editable install has them beside.

A wheel without its pages is refused. An editable install goes on without them,
saying so: the program runs, and `pamiers site` says what to do.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebHook(BuildHookInterface[Any]):
    """Build the pages before the package is packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is stale, and have the wheel carry it."""
        sys.path.insert(0, str(Path(self.root) / "tools"))
        # beside this file, which hatch loads by its path
        import bundle_pages  # type: ignore[import-not-found]  # noqa: PLC0415 - loaded when it is used

        try:
            bundle_pages.build()
        except bundle_pages.WebError as error:
            if version != "editable":
                raise
            print(f"pamiers: {error}", file=sys.stderr)
        if bundle_pages.STATIC.is_dir():
            build_data["artifacts"].append("src/pamiers/app/static/")
