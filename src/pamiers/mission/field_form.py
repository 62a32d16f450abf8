"""A field form as a value, for phones that run ODK Collect or KoboCollect.

The names of its questions are those that the reader of submissions knows, so that a
form written here comes back without a mapping.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Words = Mapping[str, str]  #: language -> text

#: every question that the form asks, and what its answer becomes
ROW: Final = "row"
COUNT: Final = "count"
COUNT_MANNER: Final = "count_manner"
BEGIN: Final = "begin"
UNTIL: Final = "until"
TIME_MANNER: Final = "time_manner"
WHERE: Final = "where"
OBSERVER: Final = "observer"
FROM: Final = ("from_lat", "from_lon", "bearing_deg", "distance_km")
#: how far the named place itself may reach [m]
CENTRE_M: Final = 500.0
#: a bearing read off a compass is held to this [deg]
COMPASS_DEG: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a list; `lat` and `lon` where it is a place [deg]."""

    listed: str
    name: str
    label: Words
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of the sheet `survey`; expressions are XPath as XLSForm writes it."""

    type: str
    name: str
    label: Words = field(default_factory=dict)
    hint: Words = field(default_factory=dict)
    required: str = ""  #: `yes`, or when it is
    relevant: str = ""
    constraint: str = ""
    constraint_message: Words = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    appearance: str = ""
    parameters: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldForm:
    """A whole form. Languages are codes, the first the one it opens in."""

    id: str
    title: str
    version: str
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    choices: tuple[Choice, ...]
