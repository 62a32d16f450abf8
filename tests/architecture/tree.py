"""The project as files: what the architecture tests look at."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "pamiers"
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(folder: Path = PACKAGE) -> list[Path]:
    """Return every module below a folder that has any code or charter in it."""
    return [path for path in sorted(folder.rglob("*.py")) if path.read_text().strip()]


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(), filename=str(path))


def functions(path: Path) -> list[Function]:
    """Return every function of a module, nested ones and methods included."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, Function)]


def name_of(path: Path) -> str:
    """Return a path as a reader of the project knows it."""
    return path.relative_to(ROOT).as_posix()
