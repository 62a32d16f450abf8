"""What changed, as a text for people."""

import textwrap
from collections.abc import Iterator
from typing import Final

from pamiers.agreement.diff.change import diff
from pamiers.agreement.prose.layout import WIDTH
from pamiers.agreement.prose.show import speaker
from pamiers.agreement.written import Written

_BULLET: Final = "- "


def page_text(old: Written, new: Written, language: str = "en") -> str:
    """Return what changed as a list, at most 80 columns wide.

    Args:
        old: The earlier version, blanks allowed.
        new: The later one.
        language: `en`, `uk` or `fr`.

    Returns:
        Text that ends with a line end.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    return "\n".join(_lines(old, new, language)) + "\n"


def _lines(old: Written, new: Written, language: str) -> Iterator[str]:
    was, now = speaker(old, language), speaker(new, language)
    yield from _wrapped(was.say("diff.was", title=was.words(old.heading.title)), "")
    yield from _wrapped(now.say("diff.is", title=now.words(new.heading.title)), "")
    yield ""
    changes = diff(old, new, language)
    for each in changes:
        yield from _wrapped(each.says, _BULLET)
    if not changes:
        yield now.say("diff.none")


def _wrapped(text: str, first: str) -> list[str]:
    rest = " " * len(first)
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )
