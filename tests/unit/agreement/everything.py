"""An agreement in which every key of the grammar is set, each to a value of its own."""

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, TypeAlias

from pamiers.agreement import Written, from_dict
from pamiers.agreement.grammar import clause_forms as c
from pamiers.agreement.grammar import forms as f
from pamiers.agreement.grammar.records import (
    ById,
    Field,
    Listed,
    OneOrByParty,
    Record,
    Several,
)
from pamiers.agreement.grammar.whole import AGREEMENT

Value: TypeAlias = Any  #: plain, of whatever shape
Path = tuple[str | int, ...]
ZONES: Final = ("Europe/Kyiv", "Asia/Seoul", "Africa/Khartoum", "Europe/Sarajevo")
#: forms whose value stands in the prose as it was written
VERBATIM: Final = (f.Text, f.Words, f.Ref, f.Id, f.Figure, c.Formula)


def _number(form: f.Number, n: int) -> float:
    if form.high > 1:
        return float(n % 997)
    return round(form.low + (form.high - form.low) * (1 + n % 97) / 100, 4)


MAKE: Final[dict[type, Callable[[Any, int], Any]]] = {
    f.Text: lambda _, n: f"zq{n}",
    f.Words: lambda _, n: f"zq{n}",
    f.Id: lambda _, n: f"zq{n}",
    f.Ref: lambda _, n: f"zq{n}",
    c.Bound: lambda _, n: f"zq{n}",
    f.Figure: lambda _, n: f"zq{n}",
    c.Formula: lambda _, n: f"event(zq{n})",
    f.Choice: lambda form, n: form.words[n % len(form.words)],
    f.Number: _number,
    f.Yes: lambda _, n: n % 2 == 0,
    f.Amount: lambda _, n: f"{n} km",
    c.HowMany: lambda _, n: f"{n} persons",
    c.Percent: lambda _, n: f"{1 + n % 99} %",
    c.Times: _number,
    c.ByClock: lambda _, n: f"{n % 24:02}:30-{(n + 5) % 24:02}:00",
    c.Per: lambda _, n: f"{n} h",
    c.HowOften: lambda _, n: f"{n} h",
    f.Stretch: lambda _, n: f"{n} h",
    f.When: lambda _, n: f"D + {n} d",
    f.Day: lambda _, n: (dt.date(2001, 1, 1) + dt.timedelta(n)).isoformat(),
    f.TimeZone: lambda _, n: ZONES[n % len(ZONES)],
    f.Clock: lambda _, n: f"{n // 60 % 24:02}:{n % 60:02}",
    f.Range: lambda form, n: f">= {n} {form.units[0]}",
    c.Condition: lambda _, n: f"count > {n}",
    c.Point: lambda _, n: f"{n % 80}.5 N, {n % 170}.25 E",
}


class Maker:
    """Numbers the values as it makes them, and remembers where each stands."""

    def __init__(self) -> None:
        self.n = 10
        self.leaves: list[tuple[Path, f.Form, int]] = []

    def make(self, form: f.Form, path: Path) -> Value:
        match form:
            case Record(_, fields):
                return {k: self.field(e, (*path, k)) for k, e in fields.items()}
            case Several(each) | Listed(each):
                return [self.make(each, (*path, 0))]
            case ById(each) | OneOrByParty(each):
                key = self.fresh("zk")
                return {key: self.make(each, (*path, key))}
            case _:
                return self.leaf(form, path)

    def leaf(self, form: f.Form, path: Path) -> Value:
        self.n += 1
        self.leaves.append((path, form, self.n))
        if path == ("pamiers",):
            return 2
        return MAKE[type(form)](form, self.n)

    def field(self, field: Field, path: Path) -> Value:
        return self.make(field.form, path)

    def fresh(self, letters: str) -> str:
        self.n += 1
        return f"{letters}{self.n}"


@cache
def _made() -> tuple[dict[str, Any], list[tuple[Path, f.Form, int]]]:
    maker = Maker()
    plain = maker.make(AGREEMENT, ())
    return plain, maker.leaves


def everything() -> dict[str, Any]:
    """Return the agreement as plain values, fresh."""
    return copy.deepcopy(_made()[0])


def written(plain: dict[str, Any]) -> Written:
    """Return what plain values state; all of them have to be taken.

    That keys which exclude one another all stand is complained of, and no matter.
    """
    found = from_dict(plain)
    errors = [e for e in found.complaints if e.severity == "error"]
    stops = [e for e in errors if e.code != "F-SCHEMA-ONE"]
    assert found.written is not None
    assert not stops, [str(each) for each in stops]
    return found.written


def leaves() -> list[tuple[Path, f.Form, int]]:
    """Return where each value stands, its form and its number."""
    return list(_made()[1])


def at(plain: Value, path: Path) -> Value:
    """Return what stands at a path."""
    for step in path:
        plain = plain[step]
    return plain


def changed(path: Path, form: f.Form, n: int) -> dict[str, Any]:
    """Return the agreement with one value replaced by another of its form."""
    plain = everything()
    held = at(plain, path[:-1])
    before = held[path[-1]]
    after = next(
        value
        for step in (9001, 1, 2, 3)
        if (value := MAKE[type(form)](form, n + step)) != before
    )
    held[path[-1]] = after if path != ("pamiers",) else 1
    return plain


def ids(plain: Value) -> Iterator[str]:
    """Yield every key that was made up, at any depth."""
    if isinstance(plain, dict):
        yield from (key for key in plain if str(key).startswith("zk"))
        for value in plain.values():
            yield from ids(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from ids(value)
