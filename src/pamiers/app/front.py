"""The built pages of the web application, as they lie in this package."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from pamiers.core.errors import UsageError

#: the page that every address begins from
INDEX: Final = "index.html"


def front_files() -> dict[str, bytes]:
    """Return the files of the application by path below its root.

    Raises:
        UsageError: The package was built without them.
    """
    root = files("pamiers.app") / "static"
    found = dict(_below(root, "")) if root.is_dir() else {}
    if INDEX not in found:
        raise UsageError(
            "web application",
            expected="the pages that are built into the package",
            got="a package built without them",
            remedy="Build them with `make web`, or install a wheel that has them.",
        )
    return found


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _below(each, f"{path}{each.name}/")
        else:
            yield f"{path}{each.name}", each.read_bytes()
