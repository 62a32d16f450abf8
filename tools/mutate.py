"""Change one operator of a package at a time, and see whether the tests notice.

`python -m tools.mutate MODULE... --sample N --seed S -- COMMAND...` works on the files
given, restores each, and prints the share of changes that made the command fail. Run
it on a copy of the project: it writes to the files.
"""

import ast
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
}


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int]]:
    """Yield every operator of a module: its node, the field, and its position."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from ((node, "ops", i) for i, _ in enumerate(node.ops))
        elif isinstance(node, ast.BoolOp | ast.BinOp):
            yield node, "op", 0


def mutants(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of a module with one operator swapped, for each of them."""
    count = len(list(places(ast.parse(text))))
    for which in range(count):
        tree = ast.parse(text)
        node, field, i = list(places(tree))[which]
        held = getattr(node, field)
        old = held[i] if isinstance(held, list) else held
        new = _SWAPS.get(type(old))
        if new is None:
            continue
        if isinstance(held, list):
            held[i] = new()
        else:
            setattr(node, field, new())
        yield getattr(node, "lineno", 0), ast.unparse(tree)


def noticed(path: Path, text: str, command: list[str]) -> bool:
    """Tell whether a command fails while a file holds another text."""
    kept = path.read_text()
    try:
        path.write_text(text)
        run = subprocess.run(command, capture_output=True, check=False)
    finally:
        path.write_text(kept)
    return run.returncode != 0


def main(arguments: list[str]) -> None:
    """Run a sample of the mutants of some files and print the score."""
    at = arguments.index("--")
    given, command = arguments[:at], arguments[at + 1 :]
    sample = int(given[given.index("--sample") + 1])
    seed = int(given[given.index("--seed") + 1])
    files = [Path(each) for each in given if each.endswith(".py")]
    every = [(f, line, m) for f in files for line, m in mutants(f.read_text())]
    chosen = random.Random(seed).sample(every, min(sample, len(every)))  # noqa: S311
    killed = 0
    for path, line, text in chosen:
        found = noticed(path, text, command)
        killed += found
        if not found:
            print(f"survived: {path}:{line}", flush=True)
    print(f"{killed} of {len(chosen)} noticed, of {len(every)} there are")


if __name__ == "__main__":
    main(sys.argv[1:])
