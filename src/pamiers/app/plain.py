"""Values of any room as plain ones, ready to be written as JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from pamiers.core.instant import format_instant


def plain(value: object) -> object:
    """Return a value as texts, numbers, lists and mappings.

    Records become mappings of their fields and of the properties that tell more
    than the fields do; instants are UTC text; NaN never occurs in what rooms give.
    """
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _record(value)
    return _single(value)


def _single(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return format_instant(value)
    return value.isoformat() if isinstance(value, date) else value


def _record(value: object) -> dict[str, object]:
    kind = type(value)
    told = {
        name: plain(getattr(value, name))
        for name, member in vars(kind).items()
        if isinstance(member, property) and not name.startswith("_")
    }
    held = {
        field.name: plain(getattr(value, field.name))
        for field in fields(value)  # type: ignore[arg-type] # told apart by the caller
    }
    return {**held, **told}
