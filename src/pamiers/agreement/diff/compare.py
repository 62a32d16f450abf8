"""Where two agreements differ: paths of the grammar, with the values before and after.

Records in lists are told apart by their ids, or by what names them (who signed
according to whom); a record that only got another id was renamed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import zip_longest
from typing import Final

from pamiers.agreement.diff.same import Value, same
from pamiers.agreement.grammar.forms import Form
from pamiers.agreement.grammar.records import ById, Listed, Record, Several
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.values.blank import BLANK, Blank
from pamiers.agreement.written import Written

#: attributes that tell records without an id apart, the first that are there
_NAMED_BY: Final = (
    ("id",),
    ("actor", "source"),
    ("instrument", "on"),
    ("clause", "event", "by"),
    ("on", "source"),
    ("by", "of"),
    ("speaker", "says"),
    ("question",),
    ("from_",),
    ("clause",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a path: a key of the grammar, or which of several."""

    name: str
    is_key: bool


Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where two agreements differ.

    Invariant: `before` and `after` do not mean the same; None is for *not there*.
    """

    path: Path
    form: Form
    before: Value
    after: Value
    renamed: bool = False  #: the values are ids of one and the same record
    reordered: bool = False  #: the values are ids, in two orders

    @property
    def key(self) -> str:
        """Return the innermost key of the grammar."""
        return next((s.name for s in reversed(self.path) if s.is_key), "")

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the path, outermost first."""
        return tuple(step.name for step in self.path if step.is_key)

    @property
    def written(self) -> str:
        """Return the path as a person writes it: `clauses[quiet].forbid.event`."""
        said = ""
        for step in self.path:
            said += f".{step.name}" if step.is_key else f"[{step.name}]"
        return said.removeprefix(".")


def compare(old: Written, new: Written) -> tuple[Difference, ...]:
    """Return every place where two agreements as written differ in meaning.

    Args:
        old: The earlier version.
        new: The later one.

    Returns:
        Differences in the order of the grammar; empty where they mean the same.
        Drawings are compared by whoever asks for areas.
    """
    return tuple(_differ(AGREEMENT, old, new, ()))


def _differ(form: Form, one: Value, other: Value, path: Path) -> Iterator[Difference]:
    if _absent(one) or _absent(other) or isinstance(one, str) != isinstance(other, str):
        if not same(_plain(one), _plain(other)):
            yield Difference(
                path=path, form=form, before=_held(one), after=_held(other)
            )
        return
    match form:
        case Record():
            yield from _records(form, one, other, path)
        case ById(each) if isinstance(one, Mapping):
            yield from _entries(each, one, other, path)
        case Listed(each):
            yield from _listed(each, one, other, path)
        case Several(each) if isinstance(each, Record):
            yield from _several(each, one, other, path)
        case _:
            if not same(one, other):
                yield Difference(path=path, form=form, before=one, after=other)


def _absent(value: Value) -> bool:
    return value is None or value is BLANK or value == ""


def _plain(value: Value) -> Value:
    return None if value == "" else value


def _held(value: Value) -> Value:
    """Return a value; None where nothing stands. A blank stands."""
    return None if value in (None, "", (), {}) else value


def _records(
    form: Record, one: Value, other: Value, path: Path
) -> Iterator[Difference]:
    for key, field in form.fields.items():
        name = field.attribute or key
        here = (*path, Step(name=key, is_key=True))
        yield from _differ(field.form, getattr(one, name), getattr(other, name), here)
    if one.extra != other.extra:
        for key in sorted({*one.extra, *other.extra}):
            before, after = one.extra.get(key), other.extra.get(key)
            if before != after:
                here = (*path, Step(name=key, is_key=True))
                yield Difference(path=here, form=form, before=before, after=after)


def _entries(
    form: Form,
    one: Mapping[str, Value],
    other: Mapping[str, Value],
    path: Path,
) -> Iterator[Difference]:
    moved = _renamed(one, other)
    for before, after in moved.items():
        yield _renaming(form, before, after, path)
    for name in (*one, *(each for each in other if each not in one)):
        if name in moved or name in moved.values():
            continue
        here = (*path, Step(name=name, is_key=False))
        if name in one and name in other:
            yield from _differ(form, one[name], other[name], here)
        else:
            was, now = one.get(name), other.get(name)
            yield Difference(path=here, form=form, before=was, after=now)


def _renaming(form: Form, before: str, after: str, path: Path) -> Difference:
    here = (*path, Step(name=before, is_key=False))
    return Difference(path=here, form=form, before=before, after=after, renamed=True)


def _renamed(one: Mapping[str, Value], other: Mapping[str, Value]) -> dict[str, str]:
    """Return old name -> new name of what is the same under another name."""
    found: dict[str, str] = {}
    fresh = [name for name in other if name not in one]
    for name in (each for each in one if each not in other):
        twins = [n for n in fresh if _twins(one[name], other[n])]
        if twins and not _absent(one[name]):
            found[name] = twins[0]
            fresh.remove(twins[0])
    return found


def _twins(one: Value, other: Value) -> bool:
    if type(one) is not type(other) or isinstance(one, Blank):
        return False
    if not hasattr(one, "extra"):
        return same(one, other)
    mine = [(f.name, getattr(one, f.name)) for f in fields(one) if f.name != "id"]
    return all(value == getattr(other, name) for name, value in mine)


def _listed(each: Record, one: Value, other: Value, path: Path) -> Iterator[Difference]:
    before = {str(held.id): held for held in one}
    after = {str(held.id): held for held in other}
    yield from _entries(each, before, after, path)
    kept = [name for name in before if name in after]
    order = [name for name in after if name in before]
    if path and path[-1].name == "steps" and kept != order:
        values = (tuple(kept), tuple(order))
        yield Difference(
            path=path, form=each, before=values[0], after=values[1], reordered=True
        )


def _several(
    each: Record, one: Value, other: Value, path: Path
) -> Iterator[Difference]:
    left, right = _less(one, other), _less(other, one)
    naming = _naming(each)
    named = {naming(held): held for held in right if naming(held)}
    unmatched: list[Value] = []
    for held in left:
        twin = named.pop(naming(held), None)
        if twin is None:
            unmatched.append(held)
            continue
        right = [rest for rest in right if rest is not twin]
        here = (*path, Step(name=_label(held), is_key=False))
        yield from _differ(each, held, twin, here)
    for was, now in zip_longest(unmatched, right):
        yield from _unlike(each, was, now, path)


def _unlike(
    each: Record, before: Value, after: Value, path: Path
) -> Iterator[Difference]:
    """Yield what became of records that nothing tells apart: one, or two."""
    for was, now in ((before, None), (None, after)):
        if was is not None or now is not None:
            name = _label(now if was is None else was)
            here = (*path, Step(name=name, is_key=False))
            yield Difference(path=here, form=each, before=was, after=now)


def _less(one: tuple[Value, ...], other: tuple[Value, ...]) -> list[Value]:
    """Return what is in one and not in the other, as often as it is."""
    left = list(other)
    found = []
    for each in one:
        if each in left:
            left.remove(each)
        else:
            found.append(each)
    return found


def _naming(each: Record) -> Callable[[Value], str]:
    attributes = {field.attribute or key for key, field in each.fields.items()}
    fitting = [names for names in _NAMED_BY if attributes >= set(names)]

    def name(held: Value) -> str:
        said = (
            "|".join(str(getattr(held, n)) for n in names if getattr(held, n))
            for names in fitting
        )
        return next((each for each in said if each), "")

    return name


def _label(held: Value) -> str:
    """Return a name for a record without an id, from what stands in it."""
    for names in _NAMED_BY:
        first = getattr(held, names[0], None)
        if first:
            return ", ".join(_words(first))
    return "–"


def _words(value: Value) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = tuple(value.values())[:1]
    yield from (str(each) for each in (value if isinstance(value, tuple) else (value,)))
