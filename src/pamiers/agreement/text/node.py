"""A document as a tree whose every value knows where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from pamiers.agreement.complaint import Mark

Scalar = str | int | float | bool | None
Plain = Scalar | list["Plain"] | dict[str, "Plain"]

EXACT = 2**53  #: integers beyond it are kept as text (RFC 8785, appendix D)
NOWHERE = Mark(file="")


@dataclass(slots=True, eq=False)
class Node:
    """One value of a document. Invariant: `keys` has the marks of a mapping's keys."""

    value: "Scalar | list[Node] | dict[str, Node]"
    mark: Mark = NOWHERE
    keys: dict[str, Mark] = field(default_factory=dict)

    def plain(self) -> Plain:
        """Return the value without positions."""
        if isinstance(self.value, dict):
            return {key: each.plain() for key, each in self.value.items()}
        if isinstance(self.value, list):
            return [each.plain() for each in self.value]
        return self.value


def is_plain(value: object) -> TypeGuard[Plain]:
    """Tell whether a value is made of JSON's types only."""
    if isinstance(value, Mapping):
        return all(isinstance(k, str) and is_plain(v) for k, v in value.items())
    if isinstance(value, list | tuple):
        return all(is_plain(each) for each in value)
    return value is None or isinstance(value, str | int | float | bool)


def from_plain(value: object, file: str = "") -> Node:
    """Return a tree over plain values, without positions.

    Args:
        value: Made of JSON's types; tuples count as lists.
        file: Name to give in complaints.

    Returns:
        The tree.

    Raises:
        TypeError: A value of another type.
    """
    mark = Mark(file=file)
    if isinstance(value, Mapping):
        held = {str(key): from_plain(each, file) for key, each in value.items()}
        return Node(held, mark)
    if isinstance(value, list | tuple):
        return Node([from_plain(each, file) for each in value], mark)
    if value is None or isinstance(value, str | int | float | bool):
        return Node(value, mark)
    raise TypeError(f"expected JSON's types, got {type(value).__name__}")


def type_name(node: Node) -> str:
    """Return what a person calls the type of a value."""
    names = {dict: "a mapping", list: "a list", str: "text", bool: "true or false"}
    if node.value is None:
        return "nothing"
    return names.get(type(node.value), "a number")
