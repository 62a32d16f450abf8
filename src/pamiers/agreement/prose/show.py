"""An agreement as numbered plain prose, for people who do not read YAML.

Works on the agreement as written, blanks and rival claims included. Names, titles
and the instrument's own words are given in the language asked for where the file
has them, else in another one, whose code is said; nothing is translated here.
"""

import textwrap
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pamiers.agreement.prose.layout import INDENT, WIDTH, columns
from pamiers.agreement.prose.telling import Item, Teller, teller
from pamiers.agreement.prose.telling_bodies import (
    blanks,
    tell_actor,
    tell_heading,
    tell_instrument,
    tell_pledge,
    tell_role,
    tell_signatures,
    tell_source,
    tell_statement,
)
from pamiers.agreement.prose.telling_clauses import tell_clause, tell_extra
from pamiers.agreement.prose.telling_ground import (
    tell_anchor,
    tell_class,
    tell_drawn,
    tell_term,
    tell_title,
)
from pamiers.agreement.prose.telling_procedure import tell_procedure
from pamiers.agreement.prose.telling_response import tell_gate, tell_means
from pamiers.agreement.prose.words import TONGUES
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.written import (
    Actor,
    Anchor,
    Arms,
    Drawn,
    Gate,
    Origin,
    Pledge,
    Procedure,
    Role,
    Statement,
    Term,
    Texts,
    Watch,
    Written,
)
from pamiers.core.errors import UnknownTermError

_Kind = TypeVar("_Kind")
#: instrument, actor, act, source
_SIGNED = (16, 18, 18, 19)


def show(written: Written, language: str = "en") -> str:
    """Return an agreement as numbered prose, at most 80 columns wide.

    Args:
        written: The agreement, blanks allowed.
        language: `en`, `uk` or `fr`.

    Returns:
        Text that ends with a line end.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    return "\n".join(_lines(speaker(written, language))) + "\n"


def show_parts(written: Written, language: str) -> dict[str, object]:
    """Return the same prose in its parts, for other programs.

    Args:
        written: The agreement, blanks allowed.
        language: `en`, `uk` or `fr`.

    Returns:
        `language`, `title`, `opening`, and `parts`: each with `number`, `part` (its
        key in the file), `title`, and `items` of `number`, `text` and `under`.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    tell = speaker(written, language)
    heading = written.heading
    return {
        "language": language,
        "title": tell.words(heading.title),
        "opening": [line for line in tell_heading(tell, heading) if line],
        "parts": [
            {
                "number": number,
                "part": key,
                "title": tell.say(f"part.{key}"),
                "items": [
                    {"number": f"{number}.{index}", "text": said, "under": list(under)}
                    for index, (said, under) in enumerate(items, start=1)
                ],
            }
            for number, (key, items) in enumerate(_parts(tell), start=1)
        ],
    }


def speaker(written: Written, language: str) -> Teller:
    """Return one who speaks of an agreement in a language that there is.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    if language not in TONGUES:
        raise UnknownTermError(
            "language",
            expected=f"one of {', '.join(TONGUES)}",
            got=repr(language),
            remedy="Choose one of these.",
        )
    return teller(written, language)


def _lines(tell: Teller) -> Iterator[str]:
    yield from _opening(tell)
    for number, (key, items) in enumerate(_parts(tell), start=1):
        yield ""
        yield f"{number}. {tell.say(f'part.{key}')}"
        for index, (said, under) in enumerate(items, start=1):
            yield from _numbered(f"{number}.{index}", said, under)
        signed = any(each.signatures for each in tell.written.instruments)
        if key == "instruments" and signed:
            yield ""
            yield f"{INDENT}{tell.say('signatures')}"
            yield from columns(tell_signatures(tell), _SIGNED)


def _opening(tell: Teller) -> Iterator[str]:
    heading = tell.written.heading
    yield from textwrap.wrap(tell.words(heading.title), WIDTH)
    yield ""
    said = " ".join(line for line in tell_heading(tell, heading) if line)
    yield from _wrapped(said, "", "")
    for line in tell_extra(tell, tell.written.extra):
        yield from _wrapped(line, "", "")


def _parts(tell: Teller) -> Iterator[tuple[str, list[Item]]]:
    """Yield the parts that have something to say; commitments are never left out."""
    told = tell.written
    clauses = [tell_clause(tell, each) for each in told.clauses]
    parts: dict[str, list[Item]] = {
        "actors": [tell_actor(tell, each) for each in _of(told.actors, Actor)],
        "instruments": [tell_instrument(tell, each) for each in told.instruments],
        "roles": [tell_role(tell, each) for each in _of(told.roles, Role)],
        "terms": [tell_term(tell, each) for each in _of(told.terms, Term)],
        "anchors": [tell_anchor(tell, each) for each in _of(told.anchors, Anchor)],
        "lines": [tell_drawn(tell, each) for each in _of(told.lines, Drawn)],
        "zones": [tell_drawn(tell, each) for each in _of(told.zones, Drawn)],
        "classes": [tell_class(tell, each) for each in _of(told.classes, Arms)],
        "events": [tell_title(tell, each) for each in _titles(told.events)],
        "states": [tell_title(tell, each) for each in _titles(told.states)],
        "attributes": [tell_title(tell, a) for a in _titles(told.attributes)],
        "clauses": clauses or [(tell.say("blank"), ())],
        "monitoring": [tell_means(tell, m) for m in _of(told.monitoring, Watch)],
        "procedures": [
            tell_procedure(tell, each) for each in _of(told.procedures, Procedure)
        ],
        "gates": [tell_gate(tell, each) for each in _of(told.gates, Gate)],
        "pledges": [
            tell_pledge(tell, p) for p in told.pledges if isinstance(p, Pledge)
        ],
        "statements": [
            tell_statement(tell, s) for s in told.statements if isinstance(s, Statement)
        ],
        "sources": [tell_source(tell, each) for each in _of(told.sources, Origin)],
    }
    for key, items in parts.items():
        held = getattr(told, key)
        open_ones = blanks(tell, held) if isinstance(held, Mapping) else ()
        if found := [*items, *(each for each in open_ones if each not in items)]:
            yield key, found


def _of(held: Mapping[str, object], kind: type[_Kind]) -> Iterator[tuple[str, _Kind]]:
    """Yield the entries that are no blanks."""
    for name, each in held.items():
        if isinstance(each, kind):
            yield name, each


def _titles(held: Mapping[str, Texts | Blank]) -> Iterator[tuple[str, Texts]]:
    for name, each in held.items():
        if not isinstance(each, Blank):
            yield name, each


def _numbered(label: str, said: str, under: tuple[str, ...]) -> Iterator[str]:
    indent = " " * (3 + len(label))
    yield from _wrapped(said, f"  {label} ", indent)
    for line in under:
        yield from _wrapped(line, indent, f"{indent}  ")


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )
