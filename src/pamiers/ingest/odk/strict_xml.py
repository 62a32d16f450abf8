"""XML as a tree, strictly: no document type, no entity, nothing fetched, bounded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from pamiers.ingest.limits import LIMITS
from pamiers.ingest.refusal import RefusedError


@dataclass(slots=True)
class Element:
    """An element; `children` are in the order of the file, names without prefix."""

    name: str
    attributes: Mapping[str, str]
    line: int
    begin: int  #: byte
    end: int = 0
    text: str = ""  #: its own letters
    children: list["Element"] = field(default_factory=list)

    def named(self, name: str) -> Iterator["Element"]:
        """Yield the elements of a name below this one, at any depth."""
        for each in self.children:
            if each.name == name:
                yield each
            yield from each.named(name)


@dataclass(slots=True)
class _Tree:
    """Takes what expat tells."""

    open: list[Element] = field(default_factory=list)
    root: Element | None = None
    seen: int = 0

    def read(self, data: bytes) -> Element:
        parser = ParserCreate()
        parser.buffer_text = True

        def begin(name: str, attributes: dict[str, str]) -> None:
            self._check()
            local = name.rpartition(":")[2]
            at = parser.CurrentLineNumber, parser.CurrentByteIndex
            element = Element(local, attributes, *at)
            if self.open:
                self.open[-1].children.append(element)
            else:
                self.root = element
            self.open.append(element)

        def end(_: str) -> None:
            self.open.pop().end = parser.CurrentByteIndex

        def letters(text: str) -> None:
            self.open[-1].text += text

        parser.StartElementHandler, parser.EndElementHandler = begin, end
        parser.CharacterDataHandler = letters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.Parse(data, True)  # noqa: FBT003 - expat's own form: this is all
        if self.root is None:
            raise RefusedError("F-XML", expected="an element", got="none")
        return self.root

    def _check(self) -> None:
        self.seen += 1
        if len(self.open) >= LIMITS.depth or self.seen > LIMITS.rows:
            raise RefusedError(
                "F-SIZE",
                expected=f"at most {LIMITS.depth} levels and {LIMITS.rows} elements",
                got="more",
            )


def _refuse_doctype(*_: object) -> None:
    raise RefusedError("F-XML", expected="no document type", got="one")


def read_tree(data: bytes) -> Element:
    """Return the root of an XML file.

    Raises:
        RefusedError: `F-XML`, `F-SIZE`: not well-formed, with a document type, or too
            large.
    """
    try:
        return _Tree().read(data)
    except ExpatError as error:
        raise RefusedError(
            "F-XML",
            expected="well-formed XML",
            got=f"something else at line {error.lineno}, column {error.offset + 1}",
        ) from error
