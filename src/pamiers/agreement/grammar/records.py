"""Forms that hold other forms: lists, mappings by identifier, records."""

import dataclasses
import difflib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.forms import (
    Form,
    Id,
    Schema,
    Value,
    Walked,
    blank_at,
    checked_id,
    misfit,
)
from pamiers.agreement.text.node import Node, Plain
from pamiers.agreement.values.blank import BLANK, Blank

BLANK_SCHEMA: Schema = {"const": "TBD", "description": "a blank, still to be agreed"}


def or_blank(form: Form) -> Schema:
    """Return the schema of a form or of the blank that may stand for it."""
    inner = form.schema()
    return {"anyOf": [inner, BLANK_SCHEMA]} if inner else {}


def _write(form: Form, value: Value) -> Plain:
    return BLANK.value if isinstance(value, Blank) else form.write(value)


def _walk(form: Form, value: Value, path: str) -> Walked:
    if not isinstance(value, Blank) and value is not None and value != "":
        yield from form.walk(value, path)


@dataclass(frozen=True, slots=True)
class Several:
    """A list; a single value may stand without brackets."""

    each: Form

    def read(self, node: Node, notes: Notes, path: str) -> Value:
        """Return a tuple of values, blanks among them."""
        if not isinstance(node.value, list):
            return (self.each.read(node, notes, path),)
        notes.marks[path] = node.mark
        found = []
        for index, item in enumerate(node.value):
            notes.marks[f"{path}[{index}]"] = item.mark
            found.append(self.each.read(item, notes, f"{path}[{index}]"))
        return tuple(found)

    def write(self, value: Value) -> Plain:
        """Return a list."""
        return [_write(self.each, item) for item in value]

    def walk(self, value: Value, path: str) -> Walked:
        """Yield every item."""
        yield path, self, value
        for index, item in enumerate(value):
            yield from _walk(self.each, item, f"{path}[{index}]")

    def schema(self) -> Schema:
        """Return the schema of a list or a single value."""
        item = or_blank(self.each)
        return {"anyOf": [{"type": "array", "items": item}, item]}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of records that each carry an `id`, unique in the list."""

    each: "Record"

    def read(self, node: Node, notes: Notes, path: str) -> Value:
        """Return a tuple of records; one without usable shape is left out."""
        if blank_at(node, notes, path):
            return ()
        if not isinstance(node.value, list):
            misfit(node, notes, path, "a list, each item after a dash")
            return ()
        notes.marks[path] = node.mark
        found = Several(self.each).read(node, notes, path)
        self._distinct(found, notes, path)
        return tuple(each for each in found if each is not BLANK)

    def _distinct(self, found: tuple[Value, ...], notes: Notes, path: str) -> None:
        first: dict[str, int] = {}
        for index, record in enumerate(found):
            name = getattr(record, "id", None)
            if not isinstance(name, str) or not name:
                continue
            if name in first:
                line = notes.mark(f"{path}[{first[name]}].id").line
                notes.complain(
                    "F-ID-DUP",
                    f"{path}[{index}].id",
                    f"expected each id once, got {name!r} again; first on line {line}",
                    "Give one of the two another id.",
                )
            first.setdefault(name, index)

    def write(self, value: Value) -> Plain:
        """Return a list of mappings."""
        return Several(self.each).write(value)

    def walk(self, value: Value, path: str) -> Walked:
        """Yield every record."""
        return Several(self.each).walk(value, path)

    def schema(self) -> Schema:
        """Return the schema of a list of records."""
        return {"type": "array", "items": self.each.schema()}


@dataclass(frozen=True, slots=True)
class ById:
    """A mapping from identifiers to values."""

    each: Form

    def read(self, node: Node, notes: Notes, path: str) -> Value:
        """Return identifier -> value; a blank stands where a value is blank."""
        if blank_at(node, notes, path):
            return {}
        if not isinstance(node.value, dict):
            misfit(node, notes, path, "a mapping of identifiers")
            return {}
        notes.marks[path] = node.mark
        return dict(self._items(node, notes, path))

    def _items(
        self, node: Node, notes: Notes, path: str
    ) -> Iterator[tuple[str, Value]]:
        held = node.value if isinstance(node.value, dict) else {}
        for key, item in held.items():
            here = f"{path}.{key}"
            at = node.keys.get(key, item.mark)
            notes.marks[here] = at
            if checked_id(key, notes, here, Node(key, at)) is not BLANK:
                yield key, self.each.read(item, notes, here)

    def write(self, value: Value) -> Plain:
        """Return a mapping."""
        return {key: _write(self.each, item) for key, item in value.items()}

    def walk(self, value: Value, path: str) -> Walked:
        """Yield every value."""
        yield path, self, value
        for key, item in value.items():
            yield from _walk(self.each, item, f"{path}.{key}")

    def schema(self) -> Schema:
        """Return the schema of the mapping."""
        return {
            "type": "object",
            "propertyNames": Id().schema(),
            "additionalProperties": or_blank(self.each),
        }


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record."""

    form: Form
    about: str  #: one line for the reference and the schema
    required: bool = False
    attribute: str = ""  #: where the key cannot be a name in Python


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys, read into a dataclass.

    The dataclass has an attribute per key, all with defaults, and `extra`, which
    keeps keys that are not known here: a later version may know them.
    """

    make: type
    fields: Mapping[str, Field]
    lone: str = ""  #: the key that a bare value stands for, if any
    bare: bool = False  #: also written so where that key says all: digests stay
    one_of: tuple[str, ...] = ()  #: keys of which exactly one stands
    only_one_of: tuple[str, ...] = ()  #: keys of which at most one stands
    #: what a key was called in an older version, or is often called -> its name
    renamed: Mapping[str, str] = field(default_factory=dict)
    likely: str = ""  #: the key that an id alone is most likely meant for, if any
    #: keys that people look for in vain -> what to write instead
    instead: Mapping[str, str] = field(default_factory=dict)

    def read(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the record, blank fields where values are blank or wrong."""
        if blank_at(node, notes, path):
            return BLANK
        notes.marks.setdefault(path, node.mark)
        held = self._held(node)
        if held is None:
            expected = f"a mapping with {', '.join(self.fields)}"
            meant = self._meant(node) if self.likely else ""
            if not meant:
                return misfit(node, notes, path, expected)
            message = f"expected {expected}, got {node.plain()!r}"
            notes.complain("F-SCHEMA-TYPE", path, message, meant, mark=node.mark)
            return BLANK
        given: dict[str, Value] = {}
        for key, item in held.items():
            here = f"{path}.{key}".removeprefix(".")
            notes.marks[here] = item.mark
            if key in self.fields:
                given[self._name(key)] = self.fields[key].form.read(item, notes, here)
            else:
                self._unknown(key, node, notes, here)
                given.setdefault("extra", {})[key] = item.plain()
        self._missing(held, node, notes, path, given)
        self._several(held, node, notes, path)
        return self.make(**given)

    def _meant(self, node: Node) -> str:
        """Return what to write for a bare id, or ids; empty for anything else."""
        held = node.value if isinstance(node.value, list) else [node]
        names = [each.value for each in held if isinstance(each.value, str)]
        if not names or len(names) < len(held):
            return ""
        said = ", ".join(names)
        several = f"[{said}]" if isinstance(node.value, list) else said
        return f"Write `{{{self.likely}: {several}}}`; where and by whom go beside it."

    def _held(self, node: Node) -> dict[str, Node] | None:
        if isinstance(node.value, dict):
            return node.value
        return {self.lone: node} if self.lone and node.value is not None else None

    def _name(self, key: str) -> str:
        return self.fields[key].attribute or key

    def _missing(
        self,
        held: Mapping[str, Node],
        node: Node,
        notes: Notes,
        path: str,
        given: dict[str, Value],
    ) -> None:
        defaults = _defaults(self.make)
        for key, each in self.fields.items():
            if each.required and key not in held:
                default = defaults[self._name(key)]
                several = isinstance(default, tuple | dict)
                given[self._name(key)] = default if several else BLANK
                notes.complain(
                    "F-SCHEMA-MISSING",
                    path,
                    f"expected the key {key!r} ({each.about}), got none",
                    f"Add `{key}:`, with TBD where nothing is agreed.",
                    mark=node.mark,
                )

    def _several(
        self, held: Mapping[str, Node], node: Node, notes: Notes, path: str
    ) -> None:
        given = [key for key in (*self.one_of, *self.only_one_of) if key in held]
        if len(given) == 1 or (not given and not self.one_of):
            return
        keys = ", ".join(self.one_of or self.only_one_of)
        at = node.keys.get(given[1], node.mark) if given else node.mark
        notes.complain(
            "F-SCHEMA-ONE",
            path,
            f"expected one of the keys {keys}, got {' and '.join(given) or 'none'}",
            "Keep the one that the text means." if given else "Add one of them.",
            mark=at,
        )

    def _unknown(self, key: str, node: Node, notes: Notes, path: str) -> None:
        near = difflib.get_close_matches(key, self.fields, n=1, cutoff=0.75)
        near = [self.renamed[key]] if key in self.renamed else near
        message = f"expected one of {', '.join(self.fields)}, got {key!r}"
        at = node.keys.get(key, node.mark)
        if key in self.instead:
            remedy = self.instead[key]
            notes.complain("F-SCHEMA-UNKNOWN", path, message, remedy, mark=at)
        elif near:
            remedy = f"Did you mean {near[0]}?"
            notes.complain("F-SCHEMA-UNKNOWN", path, message, remedy, mark=at)
        else:
            remedy = "It is kept and not acted on; remove it if that is not meant."
            if " " in key.strip():
                remedy += " Text with a comma inside {} has to stand in quotes."
            notes.complain("W-SCHEMA-UNKNOWN", path, message, remedy, mark=at)

    def write(self, value: Value) -> Plain:
        """Return a mapping of what is required or differs from the defaults."""
        written = self._written(value)
        alone = self.bare and list(written) == [self.lone]
        return written[self.lone] if alone else written

    def _written(self, value: Value) -> dict[str, Plain]:
        defaults = _defaults(self.make)
        written: dict[str, Plain] = {}
        for key, each in self.fields.items():
            held = getattr(value, self._name(key))
            if each.required or held != defaults[self._name(key)]:
                written[key] = _write(each.form, held)
        return written | dict(value.extra)

    def walk(self, value: Value, path: str) -> Walked:
        """Yield the record and every field of it."""
        yield path, self, value
        for key, each in self.fields.items():
            held = getattr(value, self._name(key))
            here = f"{path}.{key}".removeprefix(".")
            yield from _walk(each.form, held, here)

    def schema(self) -> Schema:
        """Return the schema of the mapping; unknown keys are allowed and kept."""
        mapping: Schema = {
            "type": "object",
            "properties": {
                key: or_blank(each.form) | {"description": each.about}
                for key, each in self.fields.items()
            },
            "required": [key for key, each in self.fields.items() if each.required],
        }
        if self.one_of:
            mapping["oneOf"] = [{"required": [key]} for key in self.one_of]
        if self.only_one_of:
            mapping["not"] = {
                "anyOf": [
                    {"required": list(pair)}
                    for pair in itertools.combinations(self.only_one_of, 2)
                ]
            }
        if not self.lone:
            return mapping
        return {"anyOf": [mapping, self.fields[self.lone].form.schema()]}


@dataclass(frozen=True, slots=True)
class OneOrByParty:
    """One reference, or a reference per party."""

    each: Form
    party: Form

    def read(self, node: Node, notes: Notes, path: str) -> Value:
        """Return an identifier, or party -> identifier."""
        if isinstance(node.value, dict):
            return ById(self.each).read(node, notes, path)
        return self.each.read(node, notes, path)

    def write(self, value: Value) -> Plain:
        """Return what was read."""
        if isinstance(value, Mapping):
            return ById(self.each).write(value)
        return self.each.write(value)

    def walk(self, value: Value, path: str) -> Walked:
        """Yield every reference, and every party named as a key."""
        if not isinstance(value, Mapping):
            yield from _walk(self.each, value, path)
            return
        yield from ById(self.each).walk(value, path)
        for key in value:
            yield from self.party.walk(key, f"{path}.{key}")

    def schema(self) -> Schema:
        """Return the schema of one reference or one per party."""
        return {"anyOf": [self.each.schema(), ById(self.each).schema()]}


def _defaults(make: type) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for each in dataclasses.fields(make):
        if each.default_factory is not dataclasses.MISSING:
            found[each.name] = each.default_factory()
        else:
            found[each.name] = each.default
    return found
