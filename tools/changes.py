"""The small changes that tests have to notice: one operator, constant or condition.

Each is what a slip of the pen would make of a line: `<` for `<=`, `and` for `or`, 1
for 0, one verdict for another, a condition left out. Annotations, text, what decorates,
what an error says and `strict=` decide nothing, and are not changed.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

Put: TypeAlias = Callable[[ast.AST], None]

_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
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
}
_RECKONED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_PAIRS: Final = (
    *(("min", "max"), ("any", "all"), ("minimum", "maximum"), ("floor", "ceil")),
    ("logical_and", "logical_or"),
)
_TWINS: Final = dict(_PAIRS) | {b: a for a, b in _PAIRS}
_SIDES: Final = {"left": "right", "right": "left"}  #: of numpy.searchsorted
_VERDICTS: Final = {
    "KEPT": "BREACHED",
    "BREACHED": "KEPT",
    "UNDETERMINED": "UNOBSERVED",
    "UNOBSERVED": "UNDETERMINED",
}
_LONGEST: Final = 200
_BUILT_IN: Final = frozenset(
    {"int", "float", "str", "bytes", "bool", "tuple", "list", "dict", "object"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a module, and where it is; `number` counts them in the module."""

    number: int
    kind: str  #: of operator: `comparison`, `constant`, ...
    line: int
    column: int
    function: str  #: dotted name of the function around it; empty: of the module
    block: str  #: the block of statements that it is in, as `blocks` names it
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A node that may be changed, what it is part of, and how to put another there."""

    node: ast.AST
    parent: ast.AST
    put: Put


def changes(text: str) -> list[Change]:
    """Return every change there is of a module's text, in the order of its lines."""
    tree = ast.parse(text)
    around = {id(node): where for node, where in _surroundings(tree, ("", ""))}
    found = []
    for number, (place, kind, new) in enumerate(_every(tree)):
        node = place.node
        was = _told(place, node)
        place.put(new)
        change = Change(
            number=number,
            kind=kind,
            line=_at(node)[0],
            column=_at(node)[1],
            function=around[id(node)][0],
            block=around[id(node)][1],
            was=was,
            now=_told(place, new),
        )
        place.put(node)
        found.append(change)
    return found


def changed(text: str, number: int) -> ast.Module:
    """Return the tree of a module's text after one of its `changes`."""
    tree = ast.parse(text)
    place, _, new = _every(tree)[number]
    place.put(new)
    return ast.fix_missing_locations(tree)


def _every(tree: ast.AST) -> list[tuple[_Place, str, ast.AST]]:
    found = [
        (place, kind, new)
        for place in _places(tree)
        for kind, new in _others(place.node)
    ]
    return sorted(found, key=lambda one: (_at(one[0].node), one[1]))


def _at(node: ast.AST) -> tuple[int, int]:
    """Return line and column; a case of a match stands where its pattern does."""
    spot = node.pattern if isinstance(node, ast.match_case) else node
    return getattr(spot, "lineno", 0), getattr(spot, "col_offset", 0)


def _places(parent: ast.AST) -> Iterator[_Place]:
    """Yield what may be changed, and how to put something else in its place."""
    for name, held in ast.iter_fields(parent):
        if _passed_over(parent, name):
            continue
        if isinstance(held, ast.AST):
            yield _Place(held, parent, partial(setattr, parent, name))
            yield from _places(held)
        elif isinstance(held, list):
            for i, each in enumerate(held):
                if isinstance(each, ast.AST):
                    yield _Place(each, parent, partial(held.__setitem__, i))
                    yield from _places(each)


def _passed_over(parent: ast.AST, field: str) -> bool:
    return (
        field in {"annotation", "returns", "decorator_list", "format_spec", "ctx", "op"}
        or (isinstance(parent, ast.Raise))
        or (isinstance(parent, ast.keyword) and parent.arg == "strict")
    )


def _others(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield (kind, node) of all that may stand in a node's place."""
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.Constant():
            yield from _constants(node)
        case ast.Name() | ast.Attribute():
            yield from _words(node)
        case ast.BoolOp() | ast.BinOp() | ast.AugAssign() | ast.UnaryOp():
            yield from _operators(node)
        case _:
            yield from _conditions(node)


def _operators(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield "boolean", _with(node, op=other)
        case ast.BinOp() | ast.AugAssign():
            if type(node.op) in _RECKONED and not _typed(node):
                yield "arithmetic", _with(node, op=_RECKONED[type(node.op)]())
        case ast.UnaryOp():
            kind = "not" if isinstance(node.op, ast.Not) else "sign"
            yield kind, node.operand
        case _:
            pass


def _words(node: ast.Name | ast.Attribute) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Name(id=name) if name in _TWINS:
            yield "least or most", _with(node, id=_TWINS[name])
        case ast.Attribute(attr=name) if name in _TWINS:
            yield "least or most", _with(node, attr=_TWINS[name])
        case ast.Attribute(value=ast.Name(id="Verdict"), attr=name):
            yield "verdict", _with(node, attr=_VERDICTS[name])
        case _:
            pass


def _comparisons(node: ast.Compare) -> Iterator[tuple[str, ast.AST]]:
    for i, op in enumerate(node.ops):
        ops = [*node.ops[:i], _COMPARED[type(op)](), *node.ops[i + 1 :]]
        yield "comparison", _with(node, ops=ops)


def _constants(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    match node.value:
        case bool(held):
            yield "constant", _with(node, value=not held)
        case int(held) | float(held) if held in {0, 1}:
            yield "constant", _with(node, value=type(held)(1 - held))
        case int(held) | float(held):
            yield "constant", _with(node, value=held + 1)
            yield "constant", _with(node, value=held - 1)
        case str(held) if held in _SIDES:
            yield "side", _with(node, value=_SIDES[held])


def _conditions(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield what becomes of a comprehension or of a case with a condition left out."""
    match node:
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            for i, each in enumerate(node.generators):
                for j in range(len(each.ifs)):
                    left = _with(each, ifs=[*each.ifs[:j], *each.ifs[j + 1 :]])
                    rows = [*node.generators[:i], left, *node.generators[i + 1 :]]
                    yield "condition", _with(node, generators=rows)
        case ast.match_case(guard=ast.expr()):
            yield "condition", _with(node, guard=None)
        case _:
            pass


def _with(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _typed(node: ast.BinOp | ast.AugAssign) -> bool:
    """Tell whether a bar stands between types, as in `int | None`."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.BitOr)
        and any(_is_type(each) for each in (node.left, node.right))
    )


def _is_type(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=None):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            bare = name.lstrip("_")
            capital = bare[:1].isupper() and not bare.isupper()
            return name in _BUILT_IN or capital
        case ast.Subscript():
            return _is_type(node.value)
        case ast.BinOp():
            return _typed(node)
        case _:
            return False


def blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield the blocks of statements that a node holds and may or may not run."""
    if not isinstance(node, ast.Module | ast.ClassDef):
        for name in ("body", "orelse", "handlers", "finalbody"):
            held = getattr(node, name, None)
            if isinstance(held, list) and held and isinstance(held[0], ast.stmt):
                yield held


def name_of(block: list[ast.stmt]) -> str:
    """Return the name of a block in its module: where its first statement stands."""
    return f"{block[0].lineno}:{block[0].col_offset}"


def _surroundings(
    node: ast.AST, around: tuple[str, str]
) -> Iterator[tuple[ast.AST, tuple[str, str]]]:
    """Yield each node below with the names of the function and block around it."""
    function, block = around
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}".lstrip(".")
    inner = {id(each): name_of(held) for held in blocks(node) for each in held}
    for child in ast.iter_child_nodes(node):
        where = (function, inner.get(id(child), block))
        yield child, where
        yield from _surroundings(child, where)


def _told(place: _Place, node: ast.AST) -> str:
    """Return a node as code; one word or number with what it is part of."""
    lone = isinstance(place.node, ast.Constant | ast.Name | ast.Attribute)
    whole = isinstance(
        place.parent, ast.expr | ast.Assign | ast.AnnAssign | ast.keyword
    )
    text = " ".join(ast.unparse(place.parent if lone and whole else node).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
