"""What a mapping file says: which column means what, in which words and zone.

A mapping is how a person answers what the bytes do not say. It is strict YAML (as
an agreement is); an unknown key is an error. docs/reference/mapping.md has it all.
"""

from datetime import tzinfo
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.core.errors import UnknownTermError
from pamiers.core.instant import zone
from pamiers.ingest.refusal import RefusedError

RowKind = Literal["observation", "total", "coverage", "statement", "tally"]
TimeFormat = Literal[
    "iso", "epoch_s", "epoch_ms", "epoch_us", "excel_1900", "excel_1904"
]
Constant = str | int | float | bool
#: `time_zone: mission` stands for the zone of the mission's agreement
MISSION: Final = "mission"


class Spot(BaseModel):
    """Where a name is, for a source that names its places and has no coordinates."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    lon: float = Field(ge=-180.0, le=180.0)  #: WGS 84 [deg]
    lat: float = Field(ge=-90.0, le=90.0)
    radius_m: float = Field(gt=0.0)  #: holds the true place 95 times in 100


class Mapping(BaseModel):
    """A mapping file; every field has a meaning when it is left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    row: RowKind = "observation"
    columns: dict[str, str] = Field(default_factory=dict)  #: header -> field
    ignore: list[str] = Field(default_factory=list)  #: headers left out
    keep: list[str] = Field(default_factory=list)
    #: headers kept among the extras besides the field they give
    constants: dict[str, Constant] = Field(default_factory=dict)  #: field -> value
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    #: field -> word of the source -> value
    separators: dict[str, str] = Field(default_factory=dict)
    #: field -> what parts several words in one cell
    nulls: dict[str, list[str]] = Field(default_factory=dict)
    #: field or header -> words that mean "not stated"
    speaks_for: dict[str, str] = Field(default_factory=dict)
    #: claimant, as written -> party id
    time_zone: str | None = None  #: IANA name, or `mission`
    time_format: TimeFormat = "iso"
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    period: str | None = None  #: FROM/TO: dates outside are flagged
    decimal: Literal[".", ","] | None = None
    thousands: Literal[".", ",", " ", "'"] | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    encoding: str | None = None
    header_row: int | None = Field(default=None, ge=1)  #: physical line
    widen_counts: bool = False  #: take a best figure outside its bounds as it is
    midnight_is_day: bool = False  #: `2014-01-22 00:00:00` stands for the day
    optional_trailing: bool = False  #: rows may leave out their last cells
    crs: str = "EPSG:4326"
    places: dict[str, Spot] = Field(default_factory=dict)
    #: name in the column of `place`, else of `region` -> where it is
    mgrs_zone: str | None = None  #: such as 37U, for grid references without one

    def zone(self, mission: str | None) -> tzinfo | None:
        """Return the zone of times without one; None where none is declared."""
        name = mission if self.time_zone == MISSION else self.time_zone
        return None if name is None else zone(name)

    def null_words(self, field: str, header: str) -> frozenset[str]:
        """Return the words that mean "not stated" in a column."""
        return frozenset({"", *self.nulls.get(field, ()), *self.nulls.get(header, ())})


NO_MAPPING: Final = Mapping()


def read_mapping(text: str | None) -> Mapping:
    """Return what a mapping file says.

    Args:
        text: The file, YAML; None or empty for the defaults.

    Returns:
        The mapping.

    Raises:
        RefusedError: `F-MAPPING`, naming each key that is wrong.
    """
    if text is None or not text.strip():
        return NO_MAPPING
    notes = Notes()
    node = read_yaml(text, "mapping", notes)
    if node is None or notes.complaints:
        raise _refused("; ".join(str(each) for each in notes.complaints[:5]))
    try:
        mapping = Mapping.model_validate(node.plain())
        mapping.zone(None)
    except ValidationError as error:
        raise _refused(_listed(error)) from error
    except UnknownTermError as error:
        raise _refused(str(error)) from error
    return mapping


def joined(built_in: Mapping, own: Mapping) -> Mapping:
    """Return a format's own mapping with what a person's mapping adds to it.

    Args:
        built_in: Mapping of a format with a layout of its own.
        own: Mapping file of a person; it comes first where both speak.

    Returns:
        The mapping.
    """
    update: dict[str, object] = {}
    for name in own.model_fields_set:
        ours, theirs = getattr(built_in, name), getattr(own, name)
        update[name] = {**ours, **theirs} if isinstance(theirs, dict) else theirs
    return built_in.model_copy(update=update)


def _listed(error: ValidationError) -> str:
    found = error.errors(include_url=False)[:5]
    return "; ".join(
        f"{'.'.join(str(step) for step in each['loc']) or 'mapping'}: {each['msg']}"
        for each in found
    )


def _refused(got: str) -> RefusedError:
    return RefusedError("F-MAPPING", expected="a mapping file", got=got)
