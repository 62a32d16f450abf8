"""The whole agreement as written, the drawings of its zones included."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pamiers.agreement.text.node import Plain
from pamiers.agreement.values.blank import BLANK, Maybe
from pamiers.agreement.written.bodies import (
    Actor,
    Heading,
    Instrument,
    Origin,
    Pledge,
    Role,
    Statement,
)
from pamiers.agreement.written.clause import Provision
from pamiers.agreement.written.ground import Anchor, Arms, Drawn, Term
from pamiers.agreement.written.procedure import Procedure
from pamiers.agreement.written.response import Gate, Watch
from pamiers.agreement.written.texts import Extra, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The whole agreement as written, the drawings of its zones included."""

    pamiers: Maybe[float] = 2.0  #: version of the language
    agreement: Maybe[Heading] = BLANK
    sources: Mapping[str, Maybe[Origin]] = field(default_factory=dict)
    actors: Mapping[str, Maybe[Actor]] = field(default_factory=dict)
    instruments: tuple[Instrument, ...] = ()
    roles: Mapping[str, Maybe[Role]] = field(default_factory=dict)
    pledges: tuple[Maybe[Pledge], ...] = ()
    statements: tuple[Maybe[Statement], ...] = ()
    terms: Mapping[str, Maybe[Term]] = field(default_factory=dict)
    anchors: Mapping[str, Maybe[Anchor]] = field(default_factory=dict)
    zones: Mapping[str, Maybe[Drawn]] = field(default_factory=dict)
    lines: Mapping[str, Maybe[Drawn]] = field(default_factory=dict)
    sectors: tuple[Maybe[str], ...] = ()
    classes: Mapping[str, Maybe[Arms]] = field(default_factory=dict)
    events: Mapping[str, Maybe[Texts]] = field(default_factory=dict)
    states: Mapping[str, Maybe[Texts]] = field(default_factory=dict)
    attributes: Mapping[str, Maybe[Texts]] = field(default_factory=dict)
    clauses: tuple[Provision, ...] = ()
    monitoring: Mapping[str, Maybe[Watch]] = field(default_factory=dict)
    procedures: Mapping[str, Maybe[Procedure]] = field(default_factory=dict)
    gates: Mapping[str, Maybe[Gate]] = field(default_factory=dict)
    extra: Extra = field(default_factory=dict)
    drawings: Mapping[str, Plain] = field(
        default_factory=dict
    )  #: feature id -> GeoJSON

    @property
    def heading(self) -> Heading:
        """Return the heading; an empty one where it is blank."""
        return self.agreement if isinstance(self.agreement, Heading) else Heading()
