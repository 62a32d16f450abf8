"""Which edges of some code a run takes: from which block of it to which.

Modules are given a mark at the beginning of every block and branch as they are
imported, so that watching costs little more than running. `watch` has to be called
before the first import of what is watched.
"""

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from types import CodeType, ModuleType, TracebackType
from typing import Final

_MARK: Final = "__edge__"
_MANY: Final = 1 << 24  #: more blocks than any program has


class Edges:
    """Remembers edges; use as a context around a run whose edges count."""

    def __init__(self) -> None:
        """Know no edge yet."""
        self.known: set[int] = set()
        self.signs: set[str] = set()
        self._now: set[int] = set()
        self._last = 0
        self._on = False

    def __enter__(self) -> None:
        """Begin a run."""
        self._now, self._last, self._on = set(), 0, True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it."""
        self._on = False

    def hit(self, block: int) -> None:
        """Note that a block is entered; marks in the code call this."""
        if self._on:
            self._now.add(self._last * _MANY + block)
            self._last = block

    def news(self, signs: set[str]) -> bool:
        """Tell whether the last run took a new edge, or gave a new sign.

        Args:
            signs: Other things to tell runs apart by.

        Returns:
            True where anything is new; it is known from then on.
        """
        before = len(self.known) + len(self.signs)
        self.known |= self._now
        self.signs |= signs
        return len(self.known) + len(self.signs) > before


def watch(package: str) -> Edges:
    """Return edges of the modules of a package that are imported from now on.

    Args:
        package: Such as `pamiers.agreement`; modules below it are watched too.

    Returns:
        The edges; nothing is noted outside of its context.

    Raises:
        RuntimeError: The package was imported before.
    """
    if package in sys.modules:
        raise RuntimeError(f"{package} was imported before it was to be watched")
    edges = Edges()
    sys.meta_path.insert(0, _Finder(package, _Marker(), edges))
    return edges


class _Marker(ast.NodeTransformer):
    """Puts a numbered mark at the beginning of every block and branch."""

    def __init__(self) -> None:
        self.count = 0

    def _call(self, at: ast.AST) -> ast.Call:
        self.count += 1
        name = ast.Name(_MARK, ast.Load())
        call = ast.Call(name, [ast.Constant(self.count)], [])
        return ast.fix_missing_locations(ast.copy_location(call, at))

    def _marked(self, body: list[ast.stmt]) -> list[ast.stmt]:
        first = body[0]
        worded = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        mark = ast.copy_location(ast.Expr(self._call(first)), first)
        return [*body[:worded], mark, *body[worded:]]

    def _branch(self, value: ast.expr) -> ast.expr:
        both = ast.Tuple([self._call(value), value], ast.Load())
        chosen = ast.Subscript(both, ast.Constant(1), ast.Load())
        return ast.fix_missing_locations(ast.copy_location(chosen, value))

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if not isinstance(node, ast.Module | ast.ClassDef | ast.Lambda | ast.IfExp):
            for name in ("body", "orelse", "finalbody"):
                held = getattr(node, name, None)
                if isinstance(held, list) and held:
                    setattr(node, name, self._marked(held))
        if isinstance(node, ast.IfExp):
            node.body = self._branch(node.body)
            node.orelse = self._branch(node.orelse)
        elif isinstance(node, ast.BoolOp):
            node.values[1:] = [self._branch(each) for each in node.values[1:]]
        return node


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module from its source, marked; leaves no bytecode behind."""

    marker: _Marker
    edges: Edges

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - of the protocol
        tree = self.marker.visit(ast.parse(self.get_data(self.path), self.path))
        return compile(tree, self.path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__[_MARK] = self.edges.hit
        super().exec_module(module)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of one package, for `_Loader`."""

    def __init__(self, package: str, marker: _Marker, edges: Edges) -> None:
        self.package, self.marker, self.edges = package, marker, edges

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.package and not fullname.startswith(f"{self.package}."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or not isinstance(
            spec.loader, importlib.machinery.SourceFileLoader
        ):
            return spec
        loader = _Loader(spec.loader.name, spec.loader.path)
        loader.marker, loader.edges = self.marker, self.edges
        spec.loader = loader
        return spec
