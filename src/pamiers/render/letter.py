"""A letter to print, as PDF: the same text in each of its languages, on one sheet."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files

import typst


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a letter says, in one language."""

    language: str
    title: str
    mark: str = ""  #: such as that it is a draft
    facts: tuple[tuple[str, str], ...]  #: label and value, in order


def render_letter(parts: Sequence[Part], at: datetime, foot: str) -> bytes:
    """Return a letter as PDF/UA-1, A4; equal for equal arguments.

    Args:
        parts: Its languages, in order; one or more.
        at: When it was written [UTC].
        foot: What stands at the foot of each sheet.

    Returns:
        PDF bytes. Text is set as it is: nothing in it is read as mark-up.
    """
    given = {"parts": [asdict(each) for each in parts], "foot": foot}
    made = typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"letter": json.dumps(given, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    return bytes(made)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (files("pamiers.render") / "templates" / "letter.typ").read_bytes()
