"""Everything public says what it means; what takes or refuses much says how."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PACKAGE, Function, modules, name_of, parsed

MAX_SUMMARY = 80  # characters of the first line
SELF_EVIDENT = 3  # parameters that one sentence can carry
Public = Function | ast.ClassDef
COMMANDS = PACKAGE / "app" / "cli"  # a command's docstring is its help text


def public(path: Path) -> Iterator[Public]:
    """Yield the functions, classes and methods that another module may name."""
    for node in parsed(path).body:
        if isinstance(node, Public) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    part
                    for part in node.body
                    if isinstance(part, Function) and not part.name.startswith("_")
                )


def every_public() -> Iterator[tuple[str, Public, str]]:
    """Yield (where, node, docstring) of everything public in the package."""
    for path in modules():
        for node in public(path):
            where = f"{name_of(path)}:{node.lineno} {node.name}"
            yield where, node, ast.get_docstring(node) or ""


def promised() -> set[str]:
    """Return the methods of protocols and bases, which others need only fulfil."""
    classes = [
        node
        for path in modules()
        for node in parsed(path).body
        if isinstance(node, ast.ClassDef)
    ]
    bases = {
        name.id for each in classes for name in each.bases if isinstance(name, ast.Name)
    }
    return {
        part.name
        for each in classes
        if each.name in bases or "Protocol" in map(ast.unparse, each.bases)
        for part in each.body
        if isinstance(part, Function)
    }


def explained() -> Iterator[tuple[str, Function, str]]:
    """Yield the public functions that have to explain themselves."""
    elsewhere = promised()
    for path in modules():
        if COMMANDS in path.parents:
            continue
        for node in public(path):
            method = isinstance(node, Function) and node not in parsed(path).body
            if isinstance(node, Function) and not (method and node.name in elsewhere):
                where = f"{name_of(path)}:{node.lineno} {node.name}"
                yield where, node, ast.get_docstring(node) or ""


def raised(node: Function) -> bool:
    """Tell whether a function itself raises something new for its caller."""
    return any(
        isinstance(part, ast.Raise)
        and part.exc is not None
        and ast.unparse(part.exc) != "NotImplementedError"
        for part in ast.walk(node)
    )


def gives_something(node: Function) -> bool:
    """Tell whether a function is annotated to return more than None."""
    given = node.returns
    return not (
        given is None or (isinstance(given, ast.Constant) and given.value is None)
    )


def parameters(node: Function) -> int:
    names = [one.arg for one in node.args.args + node.args.kwonlyargs]
    return len([name for name in names if name not in {"self", "cls"}])


def test_every_module_says_what_it_is_for() -> None:
    missing = [
        name_of(path) for path in modules() if not ast.get_docstring(parsed(path))
    ]
    assert not missing, "\n".join(missing)


def test_everything_public_is_documented() -> None:
    assert [where for where, _, doc in every_public() if not doc] == []


def test_first_lines_are_one_short_sentence() -> None:
    poor = []
    for where, _, doc in every_public():
        first = doc.partition("\n")[0]
        if len(first) > MAX_SUMMARY or not first.endswith((".", "?")):
            poor.append(f"{where}: {first}")
    assert not poor, "\n".join(poor)


def test_functions_of_many_arguments_explain_each() -> None:
    poor = [
        where
        for where, node, doc in explained()
        if parameters(node) > SELF_EVIDENT and "Args:" not in doc
    ]
    assert not poor, "\n".join(poor)


def test_explained_arguments_come_with_what_is_returned() -> None:
    poor = [
        where
        for where, node, doc in explained()
        if "Args:" in doc
        and gives_something(node)
        and not re.search(r"^(Returns|Yields):", doc, re.MULTILINE)
    ]
    assert not poor, "\n".join(poor)


def test_what_a_function_raises_is_stated() -> None:
    poor = [
        where
        for where, node, doc in explained()
        if raised(node) and not re.search(r"^Raises:", doc, re.MULTILINE)
    ]
    assert not poor, "\n".join(poor)


def test_every_room_opens_with_a_charter() -> None:
    poor = [
        name_of(path)
        for path in PACKAGE.glob("*/__init__.py")
        if "May import" not in (ast.get_docstring(parsed(path)) or "")
    ]
    assert not poor, "\n".join(poor)
