"""Strict reading of YAML: the 1.2 core schema, with a position for every value.

PyYAML resolves YAML 1.1, in which `NO` is false, `22:00` is 1320 and `010` is 8.
So only its events are used here; scalars are resolved by the core schema of YAML
1.2.2 (section 10.3.2), and tags, merge keys, duplicate keys and cycles are refused.
Events are drawn one by one, so that a document nested too deep is refused as soon
as it gets too deep.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn

import yaml

from pamiers.agreement.complaint import Mark, Notes
from pamiers.agreement.text.node import Node
from pamiers.agreement.text.yaml_scalar import resolve_plain

MAX_DEPTH: Final = 64
MAX_ALIASES: Final = 100
MAX_NODES: Final = 100_000  #: aliases written out

#: line ends of YAML 1.1 that are none in 1.2, and would be folded away unseen
_ODD_BREAKS: Final = re.compile("[\x85\u2028\u2029]")
_LOADER: Final[type] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _RefusedError(Exception):
    """The document cannot be read on from here; the complaint is in the notes."""


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    node: Node
    anchor: str | None
    key: str | None = None
    key_mark: Mark | None = None
    dropped: bool = False  #: the value to come belongs to a key that is refused


@dataclass(slots=True)
class _Composer:
    """Builds the tree from events; one per document."""

    file: str
    notes: Notes
    open: list[_Open] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)  #: id of node -> written out
    aliases: int = 0
    root: Node | None = None

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the document."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._descend(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._ascend()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)

    def _begin(self, event: yaml.DocumentStartEvent) -> None:
        if self.root is not None:
            self._refuse(
                "F-YAML-DOCS",
                _mark(event, self.file),
                "expected one document, got a second",
                "Remove the line `---`, or put the rest in a file of its own.",
            )
        if event.tags:
            self._tag(event, "%TAG")

    def _descend(self, event: yaml.CollectionStartEvent) -> None:
        mark = _mark(event, self.file)
        if len(self.open) >= MAX_DEPTH:
            self._refuse(
                "F-YAML-DEPTH",
                mark,
                f"expected at most {MAX_DEPTH} levels, got more",
                "Check for unclosed brackets; no agreement nests so deep.",
            )
        if event.tag is not None:
            self._tag(event, event.tag)
        if self._awaits_key():
            self._complex_key(mark)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        node = Node({} if is_mapping else [], mark)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        self.open.append(_Open(node, event.anchor))

    def _ascend(self) -> None:
        closed = self.open.pop()
        children = _children(closed.node)
        self.sizes[id(closed.node)] = 1 + sum(self._size(each) for each in children)
        self._place(closed.node)

    def _alias(self, event: yaml.AliasEvent) -> None:
        mark, name = _mark(event, self.file), str(event.anchor)
        if any(each.anchor == name for each in self.open):
            self._refuse(
                "F-YAML-CYCLE",
                mark,
                f"expected a finite document, got *{name} inside itself",
                "Write the value out instead of the alias.",
            )
        if name not in self.anchors:
            self._refuse(
                "F-YAML-SYNTAX",
                mark,
                f"expected the name of a value above, got *{name}",
                "Quote text that begins with an asterisk.",
            )
        self.aliases += 1
        node = self.anchors[name]
        if self.aliases > MAX_ALIASES or self._size(node) > MAX_NODES:
            self._refuse_aliases(mark)
        if self._awaits_key() and isinstance(node.value, dict | list):
            self._complex_key(mark)
        self._place(node, mark)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        mark = _mark(event, self.file)
        if event.tag is not None:
            self._tag(event, event.tag)
        text = unicodedata.normalize("NFC", event.value)
        plain = not event.style
        if self._awaits_key():
            self._key(text, mark, merge=plain and text == "<<")
            return
        value, fault = resolve_plain(text) if plain else (text, None)
        node = Node(value, mark)
        if fault is not None:
            code, message, remedy = fault
            self.notes.complain(code, self._path(), message, remedy, mark=mark)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        self._place(node)

    def _key(self, text: str, mark: Mark, *, merge: bool) -> None:
        holder = self.open[-1]
        holder.key, holder.key_mark, holder.dropped = text, mark, merge
        if merge:
            self.notes.complain(
                "F-YAML-MERGE",
                self._path(),
                "expected keys written out, got the merge key <<",
                "Copy the keys here, so that nothing is overridden unseen.",
                mark=mark,
            )
        elif text in holder.node.keys:
            first = holder.node.keys[text].line
            self.notes.complain(
                "F-YAML-DUP",
                self._path(),
                f"expected each key once, got {text!r} on line {first} "
                f"and again on line {mark.line}",
                "Keep one of the two.",
                mark=mark,
            )

    def _place(self, node: Node, alias_at: Mark | None = None) -> None:
        """Put a finished value into what holds it."""
        if not self.open:
            self.root = node
            return
        holder = self.open[-1]
        total = self._size(holder.node) + self._size(node)
        self.sizes[id(holder.node)] = total
        if total > MAX_NODES:
            self._refuse_aliases(alias_at or node.mark)
        if isinstance(holder.node.value, list):
            holder.node.value.append(node)
        elif isinstance(holder.node.value, dict) and holder.key is not None:
            if not holder.dropped:
                holder.node.value.setdefault(holder.key, node)
                holder.node.keys.setdefault(holder.key, holder.key_mark or node.mark)
            holder.key = None

    def _size(self, node: Node) -> int:
        return self.sizes.get(id(node), 1)

    def _awaits_key(self) -> bool:
        if not self.open or not isinstance(self.open[-1].node.value, dict):
            return False
        return self.open[-1].key is None

    def _path(self) -> str:
        """Return the path of the value that is read now."""
        steps = ""
        for each in self.open:
            if each.key is not None:
                steps += f".{each.key}"
            elif isinstance(each.node.value, list):
                steps += f"[{len(each.node.value)}]"
        return steps.removeprefix(".")

    def _complex_key(self, mark: Mark) -> None:
        self._refuse(
            "F-YAML-KEY",
            mark,
            "expected a word as key, got a list or mapping",
            "Write a word before the colon; quote text that begins with [ or {.",
        )

    def _refuse_aliases(self, mark: Mark) -> None:
        self._refuse(
            "F-YAML-ALIAS",
            mark,
            f"expected at most {MAX_ALIASES} aliases and {MAX_NODES} values written "
            "out, got more",
            "Write the values out instead of aliases.",
        )

    def _tag(self, event: yaml.Event, tag: str) -> None:
        self._refuse(
            "F-YAML-TAG",
            _mark(event, self.file),
            f"expected plain data, got the tag {tag}",
            "Remove the tag.",
        )

    def _refuse(self, code: str, mark: Mark, message: str, remedy: str) -> NoReturn:
        path = "" if code == "F-YAML-DEPTH" else self._path()
        self.notes.complain(code, path, message, remedy, mark=mark)
        raise _RefusedError


def read_yaml(text: str, file: str, notes: Notes) -> Node | None:
    """Return the tree of a YAML text, or None where it cannot be read on.

    Args:
        text: The document; BOM and CRLF are taken as if they were not there.
        file: Name to give in complaints.
        notes: Takes every complaint.

    Returns:
        The root; keys and texts in NFC. None when refused, or empty.
    """
    canonical = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _odd_break(canonical, file, notes):
        return None
    composer = _Composer(file, notes)
    try:
        for event in _events(canonical):
            composer.take(event)
    except _RefusedError:
        return None
    except yaml.YAMLError as error:
        _syntax(error, Mark(file=file), canonical, notes)
        return None
    if composer.root is None:
        notes.complain(
            "F-YAML-DOCS",
            "",
            "expected a document, got an empty file",
            "Begin with `pamiers: 3`."
            if file == "agreement.yaml"
            else "Write its keys, or remove the file.",
            mark=Mark(file=file, line=1, column=1),
        )
    return composer.root


def _mark(event: yaml.Event, file: str) -> Mark:
    at = event.start_mark
    line, column = (at.line, at.column) if at else (0, 0)
    return Mark(file=file, line=line + 1, column=column + 1)


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except (UnicodeError, ValueError) as error:
        raise yaml.YAMLError(f"not text that YAML allows ({error})") from error


def _children(node: Node) -> list[Node]:
    if isinstance(node.value, dict):
        return list(node.value.values())
    return node.value if isinstance(node.value, list) else []


def _odd_break(text: str, file: str, notes: Notes) -> bool:
    found = _ODD_BREAKS.search(text)
    if found is None:
        return False
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    notes.complain(
        "F-TEXT-CHAR",
        "",
        f"expected ordinary line ends, got U+{ord(found[0]):04X}",
        "Replace it by a line end.",
        mark=Mark(file=file, line=line, column=column),
    )
    return True


def _syntax(error: yaml.YAMLError, mark: Mark, text: str, notes: Notes) -> None:
    at = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None)
    line, column = (at.line + 1, at.column + 1) if at else (1, 1)
    row = [*text.split("\n"), ""][line - 1 : line] or [""]
    tab = "\t" in row[0][: column + 1]
    notes.complain(
        "F-YAML-SYNTAX",
        "",
        f"expected YAML, got: {' '.join(str(problem or error).split())}",
        "Indent with spaces, not tabs."
        if tab
        else "Look at this line and the one above: indentation, quotes, brackets.",
        mark=Mark(file=mark.file, line=line, column=column),
    )
