"""The table of the keys of agreements, made from the grammar that the reader uses."""

from collections.abc import Iterator
from typing import Final

from pamiers.agreement.grammar import clause_forms as c
from pamiers.agreement.grammar import forms as f
from pamiers.agreement.grammar.records import (
    ById,
    Listed,
    OneOrByParty,
    Record,
    Several,
)
from pamiers.agreement.grammar.whole import AGREEMENT

WRITTEN: Final[dict[type, str]] = {
    f.Amount: "`25 km`",
    c.ByClock: '`"22:00-06:00"`',
    c.Condition: "`calibre >= 100 mm and count > 5`",
    f.Clock: '`"19:30"`',
    f.Day: "`2015-02-12`",
    f.Figure: "amount or words",
    c.HowMany: "`75`, `6000 persons`, `10 events`",
    f.Id: "identifier",
    c.Per: "`24 h`, `calendar month`",
    c.Point: "`47.67 N, 38.08 E`",
    f.Range: '`">= 100 mm"`',
    f.Stretch: "`48 h elapsed`, `3 mo`",
    f.TimeZone: "`Europe/Kyiv`",
    f.When: "`D + 14 d`, `end of 2006-03-31`",
    f.Words: "text, or `{en: ..., uk: ...}`",
    f.Yes: "`true` or `false`",
    Listed: "list of mappings, each with `id`",
    OneOrByParty: "id in `lines`, or PARTY: id",
    Record: "mapping",
}


_NAMED: Final = 3  #: places of a record that its title names


def keys() -> str:
    """Return a table of keys for each record of the language, the file's first."""
    named: dict[int, tuple[Record, list[str]]] = {}
    for name, record in _records(AGREEMENT, ""):
        named.setdefault(id(record), (record, []))[1].append(name)
    return "\n\n".join(_table(names, record) for record, names in named.values())


def _records(form: f.Form, name: str) -> Iterator[tuple[str, Record]]:
    match form:
        case Record():
            yield name, form
            for key, field in form.fields.items():
                yield from _records(field.form, f"{name}.{key}".removeprefix("."))
        case Several(each) | Listed(each):
            yield from _records(each, f"{name}[]")
        case ById(each):
            yield from _records(each, f"{name}.ID")
        case _:
            return


def _table(names: list[str], record: Record) -> str:
    said = ", ".join(f"`{name}`" for name in names[:_NAMED] if name) or "The file"
    title = f"## {said}{' and alike' if len(names) > _NAMED else ''}"
    rows = [
        f"| `{key}`{' *' if field.required else ''} | {called(field.form)} "
        f"| {field.about} |"
        for key, field in record.fields.items()
    ]
    rules = [
        f"{said} of {_or(keys)}."
        for said, keys in (
            ("Exactly one", record.one_of),
            ("At most one", record.only_one_of),
        )
        if keys
    ]
    lone = f"A bare value stands for `{record.lone}`." if record.lone else ""
    said = " ".join(part for part in (*rules, lone) if part)
    head = "| Key | Written | Meaning |\n|---|---|---|\n"
    return "\n\n".join(part for part in (title, said, head + "\n".join(rows)) if part)


def called(form: f.Form) -> str:
    """Return how a value of a form is written, in a few words."""
    match form:
        case Several(each):
            return f"{called(each)}; one or a list"
        case ById(each):
            return f"ID: {called(each)}"
        case f.Ref() | f.Choice() | f.Number():
            return _of_words(form)
        case _:
            return WRITTEN.get(type(form), "text")


def _of_words(form: f.Ref | f.Choice | f.Number) -> str:
    match form:
        case f.Ref(of, also):
            return " or ".join([*(f"`{word}`" for word in also), f"id in {_or(of)}"])
        case f.Choice(words):
            return "one of " + " ".join(f"`{word}`" for word in words)
        case f.Number(low, high):
            return f"number, {low:g} to {high:g}"


def _or(words: tuple[str, ...]) -> str:
    return " or ".join(f"`{word}`" for word in words)
