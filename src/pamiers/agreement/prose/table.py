"""The agreement on one page: who owes what, to whom, by when, watched, answered how."""

import dataclasses
import html
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from pamiers.agreement.lint.clauses import watchers
from pamiers.agreement.prose.layout import INDENT, WIDTH, columns, fitted, in_columns
from pamiers.agreement.prose.show import speaker
from pamiers.agreement.prose.telling import Teller
from pamiers.agreement.prose.telling_clauses import tell_qualifications
from pamiers.agreement.prose.telling_verbs import (
    tell_due,
    tell_requirement,
    tell_substance,
    tell_time,
)
from pamiers.agreement.written import Alongside, Matter, Provision, Written

_STYLE: Final = (
    "@page{size:A4 landscape;margin:12mm}"
    "body{font:9pt/1.25 system-ui,sans-serif;margin:1rem;color:#111;background:#fff}"
    "h1{font-size:13pt;margin:0 0 .5rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #888;padding:.2rem .35rem;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}"
    "thead th{background:#eee}thead{display:table-header-group}"
    "tr,li{break-inside:avoid}"
    "ol{margin:.5rem 0;padding-left:2rem}sup{font-size:7pt}sup a{padding:0 .1em}"
)
_VERBS: Final = ("forbid", "oblige", "notify", "maintain", "every")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One clause as a row of the table, in the words of one language.

    Means and procedures stand under their ids, which the prose explains. What takes
    from the clause or adds to it stands in its `notes`, so that none is left out.
    """

    clause: str
    who: str
    what: str
    to: str
    when: str
    watched_by: str
    answered_by: str
    notes: tuple[str, ...] = ()


def commitments(written: Written, language: str = "en") -> tuple[Commitment, ...]:
    """Return a row for each clause, in the order of the text.

    Args:
        written: The agreement, blanks allowed.
        language: `en`, `uk` or `fr`.

    Returns:
        The rows; empty where no clause is agreed.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    tell = replace(speaker(written, language), brief=True)
    return tuple(_row(tell, clause) for clause in written.clauses)


def _row(tell: Teller, clause: Provision) -> Commitment:
    means = watchers(tell.written, clause)
    return Commitment(
        clause=tell.words(clause.id),
        who=tell.who(clause.bearer) if clause.bearer else tell.say("blank"),
        what=tell.tongue.parts(tell_substance(tell, clause)),
        to=_owed_to(tell, clause),
        when=_when(tell, clause),
        watched_by=", ".join(means) or tell.say("table.nobody"),
        answered_by=str(clause.on_breach) or tell.say("table.open"),
        notes=tuple(tell_qualifications(tell, clause)),
    )


def _owed_to(tell: Teller, clause: Provision) -> str:
    found = (getattr(clause, verb) for verb in _VERBS)
    to = [who for each in found if isinstance(each, Matter) for who in each.to]
    return tell.who(tuple(to)) if to else "–"


def _when(tell: Teller, clause: Provision) -> str:
    due = tell_due(tell, clause)
    said = [due or tell_time(tell, clause)]
    if due and clause.until is not None:
        moment = tell.moment(clause.until, case="until")
        said.append(tell.say("time.until", moment=moment))
    if clause.requires:
        required = tell.joined(tell_requirement(tell, r) for r in clause.requires)
        said.append(tell.say("table.after", required=required))
    said += [
        tell.say("table.step", clause=tell.clauses([step.clause]))
        for step in clause.alongside
        if isinstance(step, Alongside)
    ]
    return tell.tongue.parts(part.strip(" ,;\u00a0") for part in said) or "–"


def page_text(written: Written, language: str = "en") -> str:
    """Return the table as text of 80 columns that ends with a line end.

    Above the cells of each clause stand its id, what watches it, and what answers
    its breach: seven columns would cut words. Below them stand its notes.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    tell = speaker(written, language)
    rows = commitments(written, language)
    told = [dataclasses.astuple(each)[1:5] for each in rows]
    cells = [_heads(tell)[1:5], *told]
    widths = fitted(cells)
    lines = [tell.words(written.heading.title), "", *columns(cells[:1], widths)]
    for each, row in zip(rows, told, strict=True):
        lines += ["", *_above(tell, each), *in_columns(row, widths), *_below(each)]
    return "\n".join(lines) + "\n"


def _above(tell: Teller, each: Commitment) -> list[str]:
    labelled = (("watched_by", each.watched_by), ("answered_by", each.answered_by))
    said = (tell.tongue.headed(tell.say(f"table.{k}"), v) for k, v in labelled)
    text = f"[{each.clause}] {tell.tongue.parts(said)}"
    return textwrap.wrap(
        text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT * 2
    )


def _below(each: Commitment) -> Iterator[str]:
    for note in each.notes:
        yield from textwrap.wrap(
            note,
            WIDTH,
            initial_indent=f"{INDENT}* ",
            subsequent_indent=INDENT * 2,
            break_on_hyphens=False,
        )


def _heads(tell: Teller) -> tuple[str, ...]:
    return tuple(
        tell.say(f"table.{each.name}") for each in dataclasses.fields(Commitment)[:-1]
    )


def page_html(written: Written, language: str = "en") -> str:
    """Return the table as one HTML page that prints on a sheet of A4, landscape.

    What is noted on a clause stands below the table, under the number that its cell
    `what` carries.

    No script, nothing fetched; every text is escaped.

    Raises:
        UnknownTermError: No phrases in that language.
    """
    tell = speaker(written, language)
    title = html.escape(tell.words(written.heading.title))
    head = "".join(f'<th scope="col">{html.escape(h)}</th>' for h in _heads(tell))
    rows = commitments(written, language)
    begins = accumulate((len(each.notes) for each in rows), initial=1)
    body = "\n".join(map(_html_row, rows, begins))
    return (
        f'<!doctype html>\n<html lang="{tell.tongue.code}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n<h1>{title}</h1>\n<table>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>\n{_html_notes(rows)}</body>\n</html>\n"
    )


def _html_row(each: Commitment, first_note: int) -> str:
    clause, *rest = (html.escape(cell) for cell in dataclasses.astuple(each)[:-1])
    numbers = range(first_note, first_note + len(each.notes))
    rest[1] += "".join(f'<sup><a href="#note-{n}">{n}</a></sup>' for n in numbers)
    cells = "".join(f"<td>{cell}</td>" for cell in rest)
    return f'<tr id="{clause}"><th scope="row">{clause}</th>{cells}</tr>'


def _html_notes(rows: tuple[Commitment, ...]) -> str:
    """Return a numbered list of what is noted on the clauses; empty for nothing."""
    noted = ((each.clause, note) for each in rows for note in each.notes)
    items = "".join(
        f'<li id="note-{number}">[{html.escape(clause)}] {html.escape(note)}</li>\n'
        for number, (clause, note) in enumerate(noted, start=1)
    )
    return f"<ol>\n{items}</ol>\n" if items else ""
