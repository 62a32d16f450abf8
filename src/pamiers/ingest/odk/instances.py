"""Submissions in XML: one instance as a phone keeps it, or many within one element."""

from typing import Final

from pamiers.ingest.odk.strict_xml import Element, read_tree
from pamiers.ingest.odk.submission import Answers, Submission
from pamiers.ingest.text_table.reader import RAW_BYTES

_IDS: Final = ("instanceID", "rootUuid")


def read_instances(data: bytes) -> list[Submission]:
    """Return the submissions of a file.

    Args:
        data: An instance, or an element that holds many.

    Returns:
        Submissions in the order of the file; none where nothing has an `instanceID`.

    Raises:
        RefusedError: `F-XML`, `F-SIZE`: not well-formed, with a document type, or too
            large.
    """
    root = read_tree(data)
    inside = [*root.children, *(e for one in root.children for e in one.children)]
    found = [root] if _is_one(root) else [each for each in inside if _is_one(each)]
    return [
        Submission(number, each.line, _answers(each), _raw(data, each))
        for number, each in enumerate(found, start=1)
    ]


def _is_one(element: Element) -> bool:
    """Tell whether an element is a submission: it has an identifier in its `meta`."""
    meta = [each for each in element.children if each.name == "meta"]
    return any(each.name in _IDS for one in meta for each in one.children)


def _raw(data: bytes, element: Element) -> str:
    end = min(element.end, element.begin + RAW_BYTES)
    return data[element.begin : end].decode("utf-8", "backslashreplace")


def _answers(element: Element) -> Answers:
    found: Answers = {}
    _collect(element, "", found)
    return found


def _collect(element: Element, above: str, found: Answers) -> None:
    """Put the leaves of an element under their paths; a repeat's are joined."""
    for each in element.children:
        path = f"{above}{each.name}"
        if each.children:
            _collect(each, f"{path}/", found)
        elif path in found:
            found[path] += f"; {each.text.strip()}"
        else:
            found[path] = each.text.strip()
