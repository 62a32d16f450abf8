"""An agreement as numbered plain prose, for people who do not read YAML.

Works on the agreement as written, blanks and rival claims included. Names, titles
and the instrument's own words are given in the language asked for where the file
has them, else in English; nothing is translated here.
"""

import textwrap
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pamiers.agreement.prose.phrases import PHRASES
from pamiers.agreement.prose.telling import Teller, teller
from pamiers.agreement.prose.telling_clauses import Item, tell_clause
from pamiers.agreement.prose.telling_parts import (
    tell_class,
    tell_drawn,
    tell_instrument,
    tell_means,
    tell_pledge,
    tell_procedure,
    tell_role,
    tell_signatures,
    tell_statement,
    tell_term,
)
from pamiers.agreement.written import (
    Arms,
    Cuts,
    Drawn,
    Mandated,
    Pledge,
    Procedure,
    Role,
    Statement,
    Term,
    Watch,
    Written,
)
from pamiers.core.errors import UnknownTermError

WIDTH = 80

_Kind = TypeVar("_Kind")


def show(written: Written, language: str = "en") -> str:
    """Return an agreement as numbered prose, at most 80 columns wide.

    Args:
        written: The agreement, blanks allowed.
        language: `en` or `uk`.

    Returns:
        Text that ends with a line end.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    if language not in PHRASES:
        raise UnknownTermError(
            "language",
            expected=f"one of {', '.join(PHRASES)}",
            got=repr(language),
            remedy="Choose one of these.",
        )
    return "\n".join(_lines(teller(written, language))) + "\n"


def _lines(tell: Teller) -> Iterator[str]:
    yield from _opening(tell)
    for number, (key, items) in enumerate(_parts(tell), start=1):
        yield ""
        yield f"{number}. {tell.say(key)}"
        yield from _numbered(number, items)
        if key == "instruments":
            yield ""
            yield f"   {tell.say('signatures')}"
            yield from _table(tell_signatures(tell))


def _opening(tell: Teller) -> Iterator[str]:
    heading = tell.written.heading
    yield from textwrap.wrap(tell.words(heading.title), WIDTH)
    yield ""
    said = [
        tell.say("parties", parties=tell.names(heading.parties)),
        tell.say(
            "frame",
            zone=tell.words(heading.time_zone),
            cut_off=tell.words(heading.cut_off),
        ),
    ]
    if isinstance(heading.mandate, Mandated):
        key = f"mandate.{heading.mandate.attribution}"
        said.append(tell.say(key if key in PHRASES[tell.language] else "blank"))
    cuts = heading.thresholds
    if isinstance(cuts, Cuts):
        breached, kept = tell.words(cuts.breached), tell.words(cuts.kept)
        said.append(tell.say("thresholds", breached=breached, kept=kept))
    yield from textwrap.wrap(" ".join(said), WIDTH)


def _parts(tell: Teller) -> Iterator[tuple[str, list[Item]]]:
    """Yield the parts that have something to say; commitments are never left out."""
    told = tell.written
    drawn = {**told.zones, **told.lines}
    clauses = [tell_clause(tell, each) for each in told.clauses]
    parts: dict[str, list[Item]] = {
        "instruments": [tell_instrument(tell, each) for each in told.instruments],
        "roles": [tell_role(tell, each) for each in _of(told.roles, Role)],
        "pledges": [
            tell_pledge(tell, p) for p in told.pledges if isinstance(p, Pledge)
        ],
        "statements": [
            tell_statement(tell, s) for s in told.statements if isinstance(s, Statement)
        ],
        "zones": [
            *(tell_drawn(tell, each) for each in _of(drawn, Drawn)),
            *(
                (f"{name}: {tell.say('blank')}", ())
                for name, each in drawn.items()
                if not isinstance(each, Drawn)
            ),
        ],
        "terms": [tell_term(tell, each) for each in _of(told.terms, Term)],
        "classes": [tell_class(tell, each) for each in _of(told.classes, Arms)],
        "clauses": clauses or [(tell.say("blank"), ())],
        "monitoring": [tell_means(tell, m) for m in _of(told.monitoring, Watch)],
        "procedures": [
            tell_procedure(tell, each) for each in _of(told.procedures, Procedure)
        ],
    }
    yield from ((key, items) for key, items in parts.items() if items)


def _of(held: Mapping[str, object], kind: type[_Kind]) -> Iterator[tuple[str, _Kind]]:
    """Yield the entries that are no blanks."""
    for name, each in held.items():
        if isinstance(each, kind):
            yield name, each


def _numbered(number: int, items: list[Item]) -> Iterator[str]:
    for index, (said, under) in enumerate(items, start=1):
        label = f"{number}.{index} "
        yield from textwrap.wrap(
            said,
            WIDTH,
            initial_indent=f"  {label}",
            subsequent_indent=" " * (2 + len(label)),
        )
        for line in under:
            indent = " " * (2 + len(label))
            yield from textwrap.wrap(
                line, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  "
            )


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows in columns of equal width, long cells wrapped."""
    widths = (16, 20, 14, 20)
    for index, row in enumerate(rows):
        cells = [
            textwrap.wrap(cell, width) or [""]
            for cell, width in zip(row, widths, strict=True)
        ]
        for depth in range(max(len(cell) for cell in cells)):
            texts = [cell[depth] if depth < len(cell) else "" for cell in cells]
            padded = (t.ljust(w) for t, w in zip(texts, widths, strict=True))
            yield f"   {'  '.join(padded)}".rstrip()
        if index == 0:
            yield "   " + "  ".join("-" * width for width in widths)
